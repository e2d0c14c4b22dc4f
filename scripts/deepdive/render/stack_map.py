"""The map of the stack: every tool in its category in its layer, with its neighbours."""

from __future__ import annotations

from collections import defaultdict

from deepdive.model.catalog import Catalog
from deepdive.model.places import target, tool_page
from deepdive.model.vocabulary import LAYERS
from deepdive.render.environment import render
from deepdive.render.stack import ABOUT


def render_stack_map(catalog: Catalog) -> str:
    """Six bands, applications on top; a tool names its neighbours in both directions."""
    near = neighbours(catalog)
    bands = []
    for layer in reversed(LAYERS):
        boxes = []
        for category in sorted(catalog.categories.values(), key=lambda one: one.title.casefold()):
            tools = [tool for tool in catalog.tools.values() if tool.category == category.id]
            if category.layer != layer or not tools:
                continue
            chips = [
                {
                    "id": tool.id,
                    "name": tool.name,
                    "href": target(tool_page(tool.id)),
                    "openness": tool.openness,
                    "status": "ended" if tool.ended else tool.status,
                    "near": " ".join(sorted(near[tool.id])),
                }
                for tool in sorted(tools, key=lambda tool: tool.name.casefold())
            ]
            boxes.append({"title": category.title, "about": category.summary, "tools": chips})
        bands.append(
            {
                "layer": layer,
                "number": LAYERS.index(layer) + 1,
                "about": ABOUT[layer],
                "href": target(f"{layer}/index.md"),
                "count": sum(len(box["tools"]) for box in boxes),
                "boxes": boxes,
            }
        )
    return render("stack_map.html", bands=bands)


def neighbours(catalog: Catalog) -> dict[str, set[str]]:
    """By tool: what it is built on, works with, is part of, can be replaced by or was succeeded by, and the reverse."""
    found: dict[str, set[str]] = defaultdict(set)
    for tool in catalog.tools.values():
        others = {*tool.built_on, *tool.works_with, *tool.alternatives, tool.part_of, tool.successor}
        for other in others:
            if other in catalog.tools and other != tool.id:
                found[tool.id].add(other)
                found[other].add(tool.id)
    return found

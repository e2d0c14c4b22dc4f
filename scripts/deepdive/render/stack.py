"""The stack as six cards from the bottom up, with counts from the catalog."""

from __future__ import annotations

from deepdive.model.catalog import Catalog
from deepdive.model.places import SHARED_PAGES, target
from deepdive.model.vocabulary import LAYERS
from deepdive.render.environment import render

ABOUT = {
    "hardware": "Chips, memory and links: what a second and a watt can buy.",
    "infrastructure": "Machines made into a cluster: networks, schedulers, clouds.",
    "frameworks": "Arrays, dataframes and automatic differentiation.",
    "training": "From data and compute to weights.",
    "serving": "From weights to answers, within a deadline.",
    "applications": "Retrieval, agents and the products people meet.",
}


def render_stack(catalog: Catalog, pages: dict[str, int]) -> str:
    """Six cards, applications on top; ``pages`` counts written pages by layer, a layer without any is no link."""
    cards = []
    for layer in reversed(LAYERS):
        tools = [row for table, row in catalog.rows("tools") if table.layer == layer]
        tables = [table for table in catalog.tables if table.layer == layer and table.kind not in SHARED_PAGES]
        cards.append(
            {
                "layer": layer,
                "number": LAYERS.index(layer) + 1,
                "about": ABOUT[layer],
                "href": target(f"{layer}/index.md") if pages.get(layer) else "",
                "counts": [(len(tools), "tool"), (len(tables), "table"), (pages.get(layer, 0), "page")],
            }
        )
    totals = [
        (len(catalog.tools), "tools"),
        (sum(1 for _ in catalog.rows("accelerators")), "accelerators"),
        (len(catalog.terms), "terms"),
        (len(catalog.papers), "papers"),
    ]
    return render("stack.html", cards=cards, totals=totals)

"""The page of a tool: what it is, whether it lives, what else there is, and how that is known."""

from __future__ import annotations

from dataclasses import dataclass

from deepdive.model.catalog import Catalog, Table
from deepdive.model.places import table_page, target, tool_page
from deepdive.model.row import Source
from deepdive.model.tool import Tool
from deepdive.render.environment import render

STATUS_MEANING = {
    "active": "In development, as far as its sources show.",
    "maintenance": "Its owner says: repairs, no new features.",
    "deprecated": "Its owner advises against new use.",
    "archived": "The repository is read-only; there will be no fixes.",
    "discontinued": "The product or service is no longer offered.",
    "announced": "Announced, not yet to be had.",
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A page whose prose links to the tool: its path below docs and its title."""

    path: str
    title: str


def render_tool(tool: Tool, catalog: Catalog, mentions: tuple[Mention, ...] = ()) -> str:
    """The body of the tool's page, below its heading."""
    table = catalog.home[("tool", tool.id)]
    related = {
        "Alternatives": catalog.alternatives.get(tool.id, ()),
        "Works with": tool.works_with,
        "Built on": tool.built_on,
        "Part of": (tool.part_of,) if tool.part_of else (),
    }
    links = {title: [_link(one, catalog) for one in ids if one in catalog.tools] for title, ids in related.items()}
    paper = catalog.papers.get(tool.paper) if tool.paper else None
    return render(
        "tool.html",
        tool=tool,
        category=catalog.categories.get(tool.category),
        layer=catalog.layer_of(tool),
        meaning=STATUS_MEANING[tool.status],
        successor=_link(tool.successor, catalog) if tool.successor in catalog.tools else None,
        succeeds=[_link(one, catalog) for one in catalog.predecessors.get(tool.id, ())],
        parts=[_link(one, catalog) for one in catalog.parts.get(tool.id, ())],
        related={title: found for title, found in links.items() if found},
        shown_on=_shown_on(table, mentions),
        sources=[_source(one, catalog) for one in tool.sources],
        paper=paper,
        api=f"api/v1/tools/{tool.id}.json",
    )


def _link(tool_id: str | None, catalog: Catalog) -> dict[str, str]:
    tool = catalog.tools[str(tool_id)]
    return {"href": target(tool_page(tool.id)), "name": tool.name, "summary": tool.summary, "status": tool.status}


def _shown_on(table: Table, mentions: tuple[Mention, ...]) -> list[tuple[str, str]]:
    shown = [(target(table_page(table)), f"Table: {table.title}")]
    own = table_page(table)
    return shown + [(target(one.path), one.title) for one in mentions if one.path != own]


def _source(source: Source | str, catalog: Catalog) -> dict[str, str]:
    if isinstance(source, Source):
        return {
            "href": source.url,
            "title": source.title or source.url.removeprefix("https://"),
            "shows": source.shows or "",
            "accessed": source.accessed.isoformat() if source.accessed else "",
        }
    paper = catalog.papers.get(source.partition(":")[2])
    if paper is None:
        return {"href": "", "title": source, "shows": "", "accessed": ""}
    return {"href": paper.address, "title": paper.name, "shows": paper.citation, "accessed": ""}

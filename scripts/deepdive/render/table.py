"""A view to an HTML table: caption, scopes, units in the head, numbers right-aligned."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from deepdive.load.views import View
from deepdive.model.catalog import Catalog, Table
from deepdive.model.columns import columns, value_at
from deepdive.model.paper import Paper
from deepdive.model.places import row_target, table_page, target, tool_page
from deepdive.model.row import WEB, Figure, Row, Source
from deepdive.model.tool import Tool
from deepdive.render.environment import host, number, render

FILTER_FROM = 6  # a table with fewer rows is read at a glance and gets no filter box
ORIGIN = {"vendor": "vendor figure", "measured": "measured", "derived": "derived", "assumed": "assumed"}


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows: one of text, items, links, a status, or a mark for a missing value."""

    kind: str
    text: str = ""
    title: str = ""
    href: str = ""
    sort: str = ""
    items: tuple[str, ...] = ()
    links: tuple[tuple[str, str, str], ...] = ()
    suffix: str = ""


def render_table(view: View, catalog: Catalog, page: str | None = None) -> str:
    """The table's HTML. On the table's own page (``page``) each row carries its id as an anchor."""
    known = columns(view.kind)
    heads = [known[name] for name in view.columns]
    rows: list[dict[str, Any]] = []
    for table, row in view.rows:
        cells = [_without_columns(cell(table, row, name, catalog), view) for name in view.columns]
        over = isinstance(row, Tool) and row.ended
        anchor = row.id if page == table_page(table) and table.kind != "tools" else ""
        rows.append({"anchor": anchor, "cells": cells, "ended": over, "id": row.id})
    ended = sum(1 for row in rows if row["ended"])
    source = "" if len(view.tables) != 1 or page == table_page(view.tables[0]) else target(table_page(view.tables[0]))
    return render(
        "table.html",
        view=view,
        heads=heads,
        rows=rows,
        ended=ended,
        source=source,
        tables=json.dumps([table.id for table in view.tables]),
        filterable=len(rows) >= FILTER_FROM,
        any_unknown=any(one.kind == "unknown" for row in rows for one in row["cells"]),
        any_gap=any(one.kind == "gap" for row in rows for one in row["cells"]),
    )


def cell(table: Table, row: Row, name: str, catalog: Catalog) -> Cell:
    """The cell of ``row`` in column ``name``."""
    value = value_at(row, name)
    if name == "name":
        return _name(table, row, catalog)
    if name == "status" and isinstance(row, Tool):
        return _status(row, catalog)
    if name == "sources":
        return Cell("links", links=tuple(source_links(row, catalog)))
    if value is None or value == ():
        return Cell("gap", title="not recorded yet")
    if isinstance(value, Figure):
        return figure_cell(value, row)
    leads = columns(table.kind)[name].points_to
    if leads == WEB:
        return Cell("links", links=((value, host(value), value),), sort=host(value))
    if leads:
        ids = value if isinstance(value, tuple) else (value,)
        links = tuple(row_link(leads, one, catalog) for one in ids if one in catalog.by_kind[leads])
        return Cell("links", links=links, sort=" ".join(link[1] for link in links))
    if name == "repo" and isinstance(row, Tool):
        return Cell("links", links=((str(row.repo_url), value, ""),), sort=value)
    if name == "category" and value in catalog.categories:
        return Cell("text", catalog.categories[value].title)
    if isinstance(value, tuple):
        items = tuple(str(item) for item in value)
        return Cell("items" if name in ("use_when", "avoid_when") else "text", ", ".join(items), items=items)
    if isinstance(value, bool):
        return Cell("text", "yes" if value else "no")
    if isinstance(value, int):
        return Cell("number", str(value), sort=str(value))
    return Cell("text", str(value))


def row_link(kind: str, name: str, catalog: Catalog) -> tuple[str, str, str]:
    """Address, text and title of a link to a row: a work is cited, everything else goes by its name."""
    table, row = catalog.by_kind[kind][name]
    if isinstance(row, Paper):
        return row.address, row.citation, row.name
    return row_target(table, row), row.name, ""


def figure_cell(figure: Figure, row: Row) -> Cell:
    """A number with its origin in the title, ``?`` when nobody publishes it, ``—`` when there is none."""
    if not figure.applicable:
        return Cell("none", title="not applicable")
    if figure.value is None:
        return Cell("unknown", title=figure.note or "nobody publishes this figure")
    title = "; ".join(part for part in (ORIGIN[figure.kind], figure_source(figure, row), figure.note or "") if part)
    return Cell("number", number(figure.value), title=title, sort=repr(figure.value), suffix=figure.meaning or "")


def figure_source(figure: Figure, row: Row) -> str:
    """The title of the source a figure names, or of the row's only source."""
    sources = [one for one in row.sources if isinstance(one, Source)]
    for source in sources:
        if source.id == figure.source and figure.source is not None:
            return source.title or source.shows or source.url
    if len(sources) == 1:
        return sources[0].title or sources[0].shows or sources[0].url
    return ""


def _without_columns(one: Cell, view: View) -> Cell:
    """A status cell without what columns of its own say."""
    if one.kind != "status":
        return one
    title = "" if "status_since" in view.columns else one.title
    links = () if "successor" in view.columns else one.links
    return replace(one, title=title, links=links)


def _name(table: Table, row: Row, catalog: Catalog) -> Cell:
    if isinstance(row, Paper):
        return Cell("name", row.name, href=row.address)
    href = row_target(table, row) if table.kind in ("tools", "terms") else ""
    return Cell("name", row.name, href=href)


def _status(tool: Tool, catalog: Catalog) -> Cell:
    since = f"since {tool.status_since.isoformat()}" if tool.status_since else ""
    links: tuple[tuple[str, str, str], ...] = ()
    if tool.successor in catalog.tools:
        successor = catalog.tools[str(tool.successor)]
        links = ((target(tool_page(successor.id)), successor.name, ""),)
    return Cell("status", tool.status, title=since, links=links)


def source_links(row: Row, catalog: Catalog) -> list[tuple[str, str, str]]:
    """Address, number and title of each source of a row."""
    links: list[tuple[str, str, str]] = []
    for index, source in enumerate(row.sources, 1):
        if isinstance(source, Source):
            title = "; ".join(part for part in (source.title, source.shows) if part)
            links.append((source.url, str(index), title or source.url))
        elif (paper := catalog.papers.get(source.partition(":")[2])) is not None:
            links.append((paper.address, str(index), paper.name))
    return links

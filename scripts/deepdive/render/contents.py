"""What a layer holds: its pages in reading order, and its tables with counts; made from the pages and the data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from deepdive.model.catalog import Catalog
from deepdive.model.places import SHARED_PAGES, table_page, target
from deepdive.model.tool import Tool
from deepdive.render.environment import render


def render_contents(layer: str, order: Sequence[str], pages: Mapping[str, Mapping[str, Any]], catalog: Catalog) -> str:
    """HTML of the list. ``order`` names pages to put first; ``pages`` is the front matter of topic pages by path."""
    first = {f"{layer}/{name}.md": place for place, name in enumerate(order)}
    mine = sorted(
        (path for path in pages if path.startswith(f"{layer}/")),
        key=lambda path: (first.get(path, len(first)), str(pages[path].get("title")).casefold()),
    )
    listed = [
        {
            "href": target(path),
            "title": pages[path].get("title") or path,
            "about": pages[path].get("description") or "",
            "level": pages[path].get("level") or "",
            "minutes": pages[path].get("minutes"),
        }
        for path in mine
    ]
    tables = [
        {
            "href": target(table_page(table)),
            "title": table.title,
            "about": table.summary,
            "rows": len(table.rows),
            "ended": sum(1 for row in table.rows if isinstance(row, Tool) and row.ended),
        }
        for table in sorted(catalog.tables, key=lambda table: table.title.casefold())
        if table.layer == layer and table.kind not in SHARED_PAGES
    ]
    return render("contents.html", layer=layer, pages=listed, tables=tables)

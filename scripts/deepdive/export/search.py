"""Pagefind over the built site: pages by their HTML, terms and rows as records of their own."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path

from pagefind.index import IndexConfig, PagefindIndex

from deepdive.model.catalog import Catalog
from deepdive.model.places import row_target, table_page, tool_page
from deepdive.model.term import Term

FOLDER = "pagefind"
NAMES = "assets/names.json"


def index_site(site: Path, catalog: Catalog) -> int:
    """Write the index into ``site``; the number of pages and records in it."""
    (site / NAMES).parent.mkdir(parents=True, exist_ok=True)
    (site / NAMES).write_text(json.dumps(names(catalog), ensure_ascii=False, separators=(",", ":")), "utf-8")
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    return asyncio.run(_index(site, catalog))


async def _index(site: Path, catalog: Catalog) -> int:
    config = IndexConfig(output_path=str(site / FOLDER), force_language="en", include_characters="+#._-")
    async with PagefindIndex(config=config) as index:
        pages = await index.add_directory(str(site), glob="**/*.html")
        count = int(pages["page_count"])
        for table, row in catalog.rows("terms"):
            assert isinstance(row, Term)
            await index.add_custom_record(
                url="/" + site_path(row_target(table, row)),
                content=" ".join([row.name, row.expansion or "", *row.aliases, row.definition]),
                language="en",
                meta={"title": row.name, "type": "term", "about": row.definition},
                filters={"type": ["term"], "layer": [table.layer]},
            )
            count += 1
    return count


def names(catalog: Catalog) -> list[list[str]]:
    """``[name, type, address, aliases joined by |, note]`` of everything that has a name of its own."""
    found = []
    for tool in catalog.tools.values():
        note = "" if tool.status == "active" else tool.status
        found.append([tool.name, "tool", site_path("/" + tool_page(tool.id)), "|".join([*tool.aliases, tool.id]), note])
    for table in catalog.tables:
        if table.kind in ("accelerators", "models"):
            for row in table.rows:
                aliases = getattr(row, "aliases", ())
                kind = "device" if table.kind == "accelerators" else "model"
                found.append([row.name, kind, site_path(row_target(table, row)), "|".join([*aliases, row.id]), ""])
        elif table.kind == "terms":
            for row in table.rows:
                assert isinstance(row, Term)
                also = [*row.aliases, row.expansion or "", row.id]
                found.append(
                    [row.name, "term", site_path(row_target(table, row)), "|".join(one for one in also if one), ""]
                )
        if table.kind not in ("terms", "papers"):
            found.append([table.title, "table", site_path("/" + table_page(table)), table.id.replace("/", " "), ""])
    return sorted(found, key=lambda one: (one[0].casefold(), one[1]))


def site_path(target: str) -> str:
    """The address below the site of a target such as ``/reference/glossary.md#hbm``."""
    page, hash_, anchor = target.lstrip("/").partition("#")
    return f"{page.removesuffix('.md').removesuffix('index').rstrip('/')}/{hash_}{anchor}"

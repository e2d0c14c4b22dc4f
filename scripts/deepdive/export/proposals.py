"""What the form for a new tool must know of the catalogue, beside the schema: one file, read in the browser."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from deepdive.checks.identity import folded
from deepdive.checks.rows import SUPERLATIVE
from deepdive.model.address import LOCAL_SUFFIXES, TRACKING
from deepdive.model.catalog import Catalog, Table
from deepdive.model.columns import columns
from deepdive.model.licence import OSI_APPROVED
from deepdive.model.row import MARKUP, WEB
from deepdive.model.tool import Tool
from deepdive.text_source import CONTROL, INVISIBLE

PATH = "assets/propose.json"


def proposals(catalog: Catalog) -> str:
    """The text of the file. Patterns are those of the checks, so that form and checks cannot drift apart."""
    tables = [table for table in catalog.tables if table.kind == "tools"]
    shown = columns("tools")
    return json.dumps(
        {
            "order": list(Tool.model_fields),
            "titles": {name: column.title for name, column in shown.items()},
            "points_to": {name: one.points_to for name, one in shown.items() if one.points_to not in ("", WEB)},
            "tables": [{"id": one.id, "title": one.title, "layer": one.layer} for one in tables],
            "categories": [
                {**category.model_dump(), "table": _home(category.id, category.layer, tables)}
                for category in catalog.categories.values()
            ],
            "repos": {
                f"{folded(tool.repo)} {tool.path or ''}": tool.id for tool in catalog.tools.values() if tool.repo
            },
            "papers": [[paper.id, paper.name] for paper in catalog.papers.values()],
            "licences": sorted(OSI_APPROVED | {tool.license for tool in catalog.tools.values()}),
            "osi": sorted(OSI_APPROVED),
            "local": list(LOCAL_SUFFIXES),
            "patterns": {
                "markup": MARKUP.pattern,
                "praise": SUPERLATIVE.pattern,
                "tracking": TRACKING.pattern,
                "control": CONTROL.pattern,
                "invisible": INVISIBLE.pattern,
            },
        },
        # Some patterns hold what cannot be seen.
        ensure_ascii=True,
        separators=(",", ":"),
    )


def _home(category: str, layer: str, tables: list[Table]) -> str:
    """The table that holds most tools of a category, else the layer's first; empty when the layer has none."""
    own = [table for table in tables if table.layer == layer]
    counts: Counter[str] = Counter()
    for table in own:
        rows: list[Any] = list(table.rows)
        counts[table.id] += sum(row.category == category for row in rows)
    best = counts.most_common(1)
    return best[0][0] if best else ""

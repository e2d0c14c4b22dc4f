"""The JSON API, version 1: ``api/v1/index.json``, a file a table, a file a tool.

Field names are those of the YAML tables. A figure is an object with ``value`` and ``unit``;
``value`` null means that nobody publishes it. An optional field that nobody recorded is absent.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from pydantic import BaseModel

from deepdive.model.catalog import KINDS, Catalog, Table
from deepdive.model.columns import DERIVED, Column, columns, value_at
from deepdive.model.places import site_path, table_page, tool_page
from deepdive.model.row import Figure, Row
from deepdive.model.tool import Tool

VERSION = "1"
FOLDER = "api/v1"
LICENCE = "CC-BY-4.0"


def api_files(catalog: Catalog) -> dict[str, Callable[[], str]]:
    """Every file of the API by path below the site; its text is made when it is asked for."""
    files: dict[str, Callable[[], str]] = {f"{FOLDER}/index.json": lambda: _text(_index(catalog))}
    for table in catalog.tables:
        files[f"{FOLDER}/tables/{table.id}.json"] = lambda table=table: _text(_table(table, catalog))  # type: ignore[misc]
    for tool in catalog.tools.values():
        files[f"{FOLDER}/tools/{tool.id}.json"] = lambda tool=tool: _text(_tool(tool, catalog))  # type: ignore[misc]
    return files


def whole(catalog: Catalog) -> str:
    """Every table in one file."""
    return _text(
        {"version": VERSION, "licence": LICENCE, "tables": [_table(table, catalog) for table in catalog.tables]}
    )


def _index(catalog: Catalog) -> dict[str, Any]:
    return {
        "version": VERSION,
        "licence": LICENCE,
        "schemas": {kind: f"{FOLDER}/schema/{kind}.schema.json" for kind in KINDS},
        "tables": [
            {
                "id": table.id,
                "kind": table.kind,
                "title": table.title,
                "layer": table.layer,
                "rows": len(table.rows),
                "url": f"{FOLDER}/tables/{table.id}.json",
                "page": site_path(table_page(table)),
            }
            for table in catalog.tables
        ],
        "tools": [
            {
                "id": tool.id,
                "name": tool.name,
                "status": tool.status,
                "layer": catalog.layer_of(tool),
                "url": f"{FOLDER}/tools/{tool.id}.json",
            }
            for tool in sorted(catalog.tools.values(), key=lambda tool: tool.id)
        ],
    }


def _table(table: Table, catalog: Catalog) -> dict[str, Any]:
    return {
        "id": table.id,
        "kind": table.kind,
        "title": table.title,
        "summary": table.summary,
        "layer": table.layer,
        "page": site_path(table_page(table)),
        "columns": [{**asdict(one), **_names(table, one, catalog)} for one in columns(table.kind).values()],
        "rows": [row_data(table.kind, row) for row in table.rows],
    }


def _names(table: Table, column: Column, catalog: Catalog) -> dict[str, dict[str, str]]:
    """What the ids in a column are called, as ``names``; nothing where a column holds no ids."""
    if column.path in ("category", "also_in"):
        known = {one.id: one.title for one in catalog.categories.values()}
    else:
        known = {name: row.name for name, (_, row) in catalog.by_kind.get(column.points_to, {}).items()}
    if not known:
        return {}
    found = (value_at(row, column.path) for row in table.rows)
    ids = {one for value in found for one in (value if isinstance(value, tuple) else (value,))}
    names = {one: known[one] for one in sorted(ids & known.keys())}
    return {"names": names} if names else {}


def _tool(tool: Tool, catalog: Catalog) -> dict[str, Any]:
    data = row_data("tools", tool)
    data["alternatives"] = list(catalog.alternatives.get(tool.id, ()))
    data["layer"] = catalog.layer_of(tool)
    data["table"] = catalog.home[("tool", tool.id)].id
    data["page"] = site_path(tool_page(tool.id))
    if tool.repo_url:
        data["repo_url"] = tool.repo_url
    return data


def row_data(kind: str, row: Row) -> dict[str, Any]:
    """A row as plain data; figures carry their unit."""
    known = columns(kind)

    def plain(value: Any, path: str) -> Any:
        if isinstance(value, Figure):
            data = {"value": value.value, "unit": known[path].unit, "kind": value.kind, "applicable": value.applicable}
            data.update({key: text for key in ("source", "note", "meaning") if (text := getattr(value, key))})
            return data
        if isinstance(value, BaseModel):
            prefix = f"{path}." if path else ""
            return {
                name: plain(inner, f"{prefix}{name}")
                for name in type(value).model_fields
                if (inner := getattr(value, name)) is not None and inner != ()
            }
        if isinstance(value, tuple):
            return [plain(item, path) for item in value]
        return value.isoformat() if isinstance(value, datetime.date) else value

    data: dict[str, Any] = plain(row, "")
    for column in DERIVED.get(kind, ()):
        data[column.path] = plain(value_at(row, column.path), column.path)
    return {key: value for key, value in data.items() if value not in ({}, None)}


def _text(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"

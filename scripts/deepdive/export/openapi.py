"""The description of the JSON API for programs that read descriptions (OpenAPI 3.1)."""

from __future__ import annotations

from typing import Any

from deepdive.model.catalog import KINDS, Catalog

_JSON = "application/json"


def openapi(catalog: Catalog, server: str) -> dict[str, Any]:
    """The document; ``server`` is the site's address."""
    rows = {kind: {"$ref": f"schema/{kind}.schema.json#/$defs/{shape.__name__}"} for kind, shape in KINDS.items()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "AI Stack DeepDive",
            "version": "1",
            "summary": "Tools, devices, models, papers and terms of the AI stack, with sources.",
            "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": f"{server.rstrip('/')}/api/v1"}],
        "paths": {
            "/index.json": _get("Every table and tool with its address", {"$ref": "#/components/schemas/Index"}),
            # A table's id holds a slash, which a path parameter of OpenAPI may not: one path a table.
            **{
                f"/tables/{table.id}.json": _get(table.title, {"$ref": "#/components/schemas/Table"})
                for table in sorted(catalog.tables, key=lambda one: one.id)
            },
            "/tools/{id}.json": _get(
                "One tool",
                {"$ref": "#/components/schemas/Tool"},
                {"name": "id", "in": "path", "required": True, "schema": {"enum": sorted(catalog.tools)}},
            ),
            "/all.json": _get("Every table in one file", {"$ref": "#/components/schemas/All"}),
        },
        "components": {
            "schemas": {
                **_SCHEMAS,
                "x-kinds": {"description": "Rows as written, by kind", "anyOf": list(rows.values())},
            }
        },
    }


def _get(summary: str, schema: dict[str, Any], *parameters: dict[str, Any]) -> dict[str, Any]:
    answer = {"description": summary, "content": {_JSON: {"schema": schema}}}
    return {"get": {"summary": summary, "parameters": list(parameters), "responses": {"200": answer}}}


_SCHEMAS: dict[str, Any] = {
    "Figure": {
        "type": "object",
        "required": ["value", "unit", "kind", "applicable"],
        "properties": {
            "value": {"type": ["number", "null"], "description": "null: nobody publishes it, or there is none"},
            "unit": {"type": "string"},
            "kind": {"enum": ["vendor", "measured", "derived", "assumed"]},
            "applicable": {"type": "boolean"},
            "source": {"type": "string"},
            "note": {"type": "string"},
            "meaning": {"type": "string"},
        },
    },
    "Row": {
        "type": "object",
        "required": ["id", "name", "reviewed"],
        "properties": {
            "id": {"type": "string"},
            "name": {"type": "string"},
            "reviewed": {"type": "string", "format": "date"},
        },
    },
    "Tool": {
        "allOf": [
            {"$ref": "#/components/schemas/Row"},
            {
                "type": "object",
                "required": ["status", "layer", "table", "page", "license", "alternatives"],
                "properties": {
                    "status": {
                        "enum": ["active", "maintenance", "deprecated", "archived", "discontinued", "announced"]
                    },
                    "alternatives": {"type": "array", "items": {"type": "string"}},
                },
            },
        ]
    },
    "Table": {
        "type": "object",
        "required": ["id", "kind", "title", "layer", "columns", "rows"],
        "properties": {
            "id": {"type": "string"},
            "kind": {"enum": list(KINDS)},
            "columns": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["path", "title", "unit", "numeric"],
                    "properties": {
                        "names": {"type": "object", "description": "What the ids in the column are called, by id."}
                    },
                },
            },
            "rows": {"type": "array", "items": {"$ref": "#/components/schemas/Row"}},
        },
    },
    "Index": {
        "type": "object",
        "required": ["version", "licence", "tables", "tools"],
        "properties": {"tables": {"type": "array"}, "tools": {"type": "array"}},
    },
    "All": {
        "type": "object",
        "required": ["version", "licence", "tables"],
        "properties": {"tables": {"type": "array", "items": {"$ref": "#/components/schemas/Table"}}},
    },
}

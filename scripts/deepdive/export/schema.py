"""JSON Schemas of the table files, generated from the models, for editors and other programs."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from deepdive.model.catalog import KINDS, sections
from deepdive.model.taxonomy import Category

FOLDER = "api/v1/schema"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def export_schemas() -> dict[str, str]:
    """One schema a kind, by path below the docs folder (and so below the site)."""
    files = {}
    for kind, row in KINDS.items():
        files[f"{FOLDER}/{kind}.schema.json"] = _text(_table_schema(kind, row, "rows"))
    files[f"{FOLDER}/taxonomy.schema.json"] = _text(_table_schema("taxonomy", Category, "categories"))
    return files


def _table_schema(kind: str, row: Any, key: str) -> dict[str, Any]:
    schema = TypeAdapter(row).json_schema(mode="validation", ref_template="#/$defs/{model}")
    definitions = schema.pop("$defs", {})
    definitions[row.__name__] = schema
    properties: dict[str, Any] = {
        "kind": {"const": kind},
        "title": {"type": "string"},
        "summary": {"type": "string"},
    }
    required = ["kind", "title", "summary", key]
    if kind != "taxonomy":
        properties["layer"] = {"enum": list(sections(kind)), "description": "The folder the file stands in."}
        properties["order"] = {"enum": ["name", "as-written"], "default": "name"}
        required.append("layer")
    properties[key] = {"type": "array", "minItems": 1, "items": {"$ref": f"#/$defs/{row.__name__}"}}
    return {
        "$schema": _DIALECT,
        "title": f"AI Stack DeepDive: a table of kind {kind}",
        "type": "object",
        "additionalProperties": False,
        "required": required,
        "properties": properties,
        "$defs": definitions,
    }


def _text(data: Any) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False, sort_keys=True) + "\n"

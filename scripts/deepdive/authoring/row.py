"""A row in the words of a table file: fields in their order, every value quoted where YAML would misread it."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from deepdive.model.tool import Tool
from deepdive.yaml_source import read

_PLAIN = re.compile(r"[A-Za-z0-9(](?:[^\n:#\"\[\]{}&*!|>%@`]|:(?=[^\s:]))*[A-Za-z0-9.)]|[A-Za-z]")


def propose_id(name: str, taken: Sequence[str] | set[str]) -> str:
    """An id made of the name's letters and digits, numbered when it is taken."""
    stem = re.sub(r"[^a-z0-9]+", "-", name.casefold().replace("+", "-plus").replace("#", "-sharp")).strip("-")[:48]
    stem = stem.rstrip("-") if len(stem) > 1 else f"{stem or 'tool'}-tool"
    number, proposed = 1, stem
    while proposed in taken:
        number += 1
        proposed = f"{stem[:44]}-{number}"
    return proposed


def write_row(fields: Mapping[str, Any]) -> str:
    """The lines of one row, indented as an entry of ``rows``; unknown fields come last."""
    order = [name for name in ("id", "name", *Tool.model_fields) if name in fields]
    names = list(dict.fromkeys([*order, *fields]))
    lines = [f"    {name}:{_value(fields[name])}" for name in names if fields[name] not in (None, "", [])]
    return "  - " + "\n".join(lines).removeprefix("    ") + "\n"


def _value(value: Any) -> str:
    if isinstance(value, list):
        if all(isinstance(entry, str) and re.fullmatch(r"[\w.+-]+", entry) for entry in value):
            return " [" + ", ".join(_scalar(entry) for entry in value) + "]"
        return "".join(f"\n      - {_entry(entry)}" for entry in value)
    return f" {_scalar(value)}"


def _entry(entry: Any) -> str:
    if isinstance(entry, Mapping):
        return "\n        ".join(f"{name}: {_scalar(value)}" for name, value in entry.items())
    return _scalar(entry)


def _scalar(value: Any) -> str:
    if isinstance(value, datetime.date | bool | int | float):
        return value.isoformat() if isinstance(value, datetime.date) else json.dumps(value)
    text = str(value)
    if re.fullmatch(r"https://[^\s,\[\]{}#\"']+", text):
        return text
    # Plain only where our own reader gives the same text back.
    if _PLAIN.fullmatch(text):
        document = read(f"a: {text}\n", "row")
        if document.data == {"a": text} and not document.diagnostics:
            return text
    # What cannot be seen is written as an escape, for the reviewer's sake and the parser's.
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(one if one.isprintable() else f"\\U{ord(one):08x}" for one in quoted)

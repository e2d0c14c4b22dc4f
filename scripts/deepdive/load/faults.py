"""Pydantic's faults in our own words: code, sentence and repair at the place of the field."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from deepdive.diagnostic import Diagnostic, Location, error
from deepdive.yaml_source import Document, Path
from deepdive.yaml_source.scalar import plain_value

# Words that other lists use for a field of ours.
_SYNONYMS = {
    "licence": "license", "url": "homepage", "website": "homepage", "link": "homepage", "title": "name",
    "description": "summary", "github": "repo", "repository": "repo", "language": "languages",
    "platform": "platforms", "maintainer": "owner", "company": "owner", "state": "status", "vendors": "vendor",
    "tags": "category", "bandwidth": "memory_bandwidth", "memory": "memory_gb", "power": "power_w", "tdp": "power_w",
    "author": "authors", "abstract": "result", "term": "name", "pros": "use_when", "cons": "avoid_when",
}  # fmt: skip
_SHAPES = {
    "string_type": "text", "tuple_type": "a list", "list_type": "a list", "int_type": "a whole number",
    "float_type": "a number", "dict_type": "a mapping", "model_type": "a mapping", "bool_type": "true or false",
    "model_attributes_type": "a mapping", "int_from_float": "a whole number",
}  # fmt: skip


def did_you_mean(word: object, known: Iterable[str]) -> str | None:
    """``did you mean 'x'?`` for the nearest known word, if one is near."""
    names = sorted(set(known))
    text = str(word).casefold()
    synonym = _SYNONYMS.get(text)
    if synonym in names:
        return f"did you mean '{synonym}'?"
    folded = {name.casefold(): name for name in names}
    near = difflib.get_close_matches(text, folded, n=1, cutoff=0.6)
    return f"did you mean '{folded[near[0]]}'?" if near else None


def one_of(known: Iterable[str]) -> str:
    """``one of: a, b, c`` for short lists."""
    names = list(known)
    return f"one of: {', '.join(names)}" if len(names) <= 16 else f"one of {len(names)} words; see the schema"


def translate(
    invalid: ValidationError, data: object, document: Document, at: Path, subject: str, model: type[BaseModel]
) -> list[Diagnostic]:
    """Every fault of one row (or table head), ``data`` at ``at``, at its own key; one finding per place and code."""
    found: dict[tuple[Any, str], Diagnostic] = {}
    faults = invalid.errors(include_url=False)
    # A source may be a mapping or "paper:id". When it was meant as a mapping, only that branch's
    # faults help; and the list that holds it is not "too short" because its entry was refused.
    inside = {fault["loc"][: fault["loc"].index("Source")] for fault in faults if "Source" in fault["loc"]}
    for fault in faults:
        if "Source" not in fault["loc"] and any(fault["loc"][: len(where)] == where for where in inside):
            continue
        if fault["type"] == "too_short" and fault.get("input") and not isinstance(fault["input"], str):
            continue
        path = _path(fault["loc"], data, fault["type"] == "missing")
        diagnostic = _one(fault, document, at, path, subject, model)
        found.setdefault((diagnostic.location, diagnostic.code), diagnostic)
    return list(found.values())


def _path(place: tuple[int | str, ...], data: Any, missing: bool) -> Path:
    """The keys in ``place``: Pydantic also names there which branch of a union it tried."""
    path: list[int | str] = []
    for number, part in enumerate(place, 1):
        keyed = isinstance(data, dict) and part in data
        listed = isinstance(data, list) and isinstance(part, int) and part < len(data)
        if keyed or listed:
            data = data[part]
        elif not (missing and number == len(place)):
            continue
        path.append(part)
    return tuple(path)


def _one(fault: Any, document: Document, at: Path, path: Path, subject: str, model: type[BaseModel]) -> Diagnostic:
    kind, context, value = fault["type"], fault.get("ctx") or {}, fault.get("input")
    name = ".".join(str(part) for part in path if isinstance(part, str)) or "value"
    here = document.locate(*at, *path)
    key = document.locate(*at, *path, key=True)
    if "text" in context:
        return error(kind, f"{subject}: {name}: {context['text']}", here, context.get("fix"))
    if kind == "extra_forbidden":
        fix = did_you_mean(path[-1], _fields_at(model, path[:-1]))
        if value is None and " " in str(path[-1]):
            fix = "quote the text before it: within {…} a comma ends a value."
        return error("unknown-field", f"{subject}: there is no field '{name}'.", key, fix)
    if kind == "missing":
        return error(
            "missing-field", f"{subject}: the field '{name}' is missing.", document.locate(*at), f"add {path[-1]}: …"
        )
    if value is None:
        return error("null-field", f"{subject}: '{name}' may not be null.", here, "fill it in or remove the field.")
    if kind == "literal_error":
        words = _expected(context.get("expected", ""))
        fix = did_you_mean(value, words) or f"use {one_of(words)}."
        return error("unknown-value", f"{subject}: {name} cannot be '{value}'.", here, fix)
    if kind in _SHAPES:
        plain = not isinstance(value, str | list | dict)
        shown = _written(value, document, here) if plain else str(value)
        fix = f"quote it: '{shown}'." if plain and kind == "string_type" else None
        return error("wrong-type", f"{subject}: {name} must be {_SHAPES[kind]}, not {_word(value, shown)}.", here, fix)
    if kind in ("string_too_long", "string_too_short", "too_long", "too_short"):
        limit = context.get("max_length", context.get("min_length"))
        bound = "it may have at most" if kind.endswith("long") else "it needs at least"
        what = "characters" if isinstance(value, str) else "entries"
        message = f"{subject}: {name} has {len(value)} {what}; {bound} {limit}."
        return error("wrong-length", message, here, "shorten it." if kind.endswith("long") else "add to it.")
    return error("wrong-value", f"{subject}: {name}: {fault['msg'][:1].lower()}{fault['msg'][1:]}.", here)


def _fields_at(model: type[BaseModel], path: Path) -> list[str]:
    here: Any = model
    for part in path:
        if isinstance(part, str):
            fields = _fields_of(here)
            here = _model_in(fields[part].annotation) if part in fields else None
    return list(_fields_of(here))


def _fields_of(model: Any) -> dict[str, Any]:
    return dict(model.model_fields) if isinstance(model, type) and issubclass(model, BaseModel) else {}


def _model_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in get_args(annotation):
        if (model := _model_in(inner)) is not None:
            return model
    return None


def _expected(text: str) -> list[str]:
    return [word.strip().strip("'") for word in text.replace(" or ", ", ").split(",") if word.strip()]


def _written(value: object, document: Document, place: Location) -> str:
    """A number or date as the file spells it: ``1.10``, which is data as 1.1."""
    line = "".join(document.text.splitlines()[place.line - 1 - document.line_offset :][:1])
    word = re.match(r"[^\s,\[\]{}]*", line[place.column - 1 :])
    return word[0] if word and plain_value(word[0])[0] == value else str(value)


def _word(value: object, shown: str) -> str:
    if isinstance(value, bool):
        return f"the boolean {shown}"
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    return f"'{shown}'"

"""What a field is called, in which unit, and how its value is read: for tables, prose and the API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from deepdive.model.accelerator import PeakRates
from deepdive.model.catalog import KINDS
from deepdive.model.row import Figure, PointsTo, Row


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a kind, by its dotted path."""

    path: str
    title: str
    unit: str
    numeric: bool
    description: str = ""
    points_to: str = ""
    """The kind of row its values are ids of, or ``WEB`` when they are addresses."""


# Columns computed from a row's own figures, by kind: path, title, unit, meaning.
DERIVED = {
    "accelerators": (
        Column("ridge_bf16", "Ridge point, bf16 dense", "FLOP/byte", True, "Peak bf16 rate ÷ memory bandwidth."),
    )
}


@cache
def columns(kind: str) -> dict[str, Column]:
    """Every field of ``kind`` that can be a column, by dotted path, in the order of the model."""
    found = {column.path: column for column in _fields(KINDS[kind])}
    found.update({column.path: column for column in DERIVED.get(kind, ())})
    return found


def _fields(model: type[BaseModel], prefix: str = "", heading: str = "") -> list[Column]:
    found: list[Column] = []
    for name, info in model.model_fields.items():
        title = info.title or name.replace("_", " ").capitalize()
        if info.annotation is PeakRates:
            found.extend(_fields(PeakRates, f"{prefix}{name}.", f"{title.removeprefix('Peak, ')}"))
            continue
        extra = info.json_schema_extra
        unit = str(extra.get("unit", "")) if isinstance(extra, dict) else ""
        numeric = (isinstance(extra, dict) and "unit" in extra) or name == "year"
        full_title = f"{title} {heading}" if heading else title
        leads = next((mark.kind for mark in _marks(info.annotation, info.metadata) if isinstance(mark, PointsTo)), "")
        found.append(Column(f"{prefix}{name}", full_title, unit, numeric, info.description or "", leads))
    return found


def _marks(annotation: Any, metadata: Iterable[Any]) -> Iterator[Any]:
    """The marks of a type and of the types within it: ``tuple[ToolId, ...] | None`` has those of ToolId."""
    yield from metadata
    for inner in get_args(annotation):
        yield from _marks(inner, getattr(inner, "__metadata__", ()))


@cache
def figure_paths(kind: str) -> tuple[str, ...]:
    """The figures a row of ``kind`` may record, by dotted path; not those computed from them, nor a plain year."""
    derived = {column.path for column in DERIVED.get(kind, ())}
    return tuple(one.path for one in columns(kind).values() if one.numeric and one.path not in {*derived, "year"})


def value_at(row: Row, path: str) -> Any:
    """The value of a column; None when it is not recorded."""
    here: Any = row
    for name in path.split("."):
        here = getattr(here, name)
        if here is None:
            return None
    return here


def number_at(row: Row, path: str) -> int | float | None:
    """The bare number of a column, None when unknown or not recorded."""
    value = value_at(row, path)
    if isinstance(value, Figure):
        return value.value
    return value if isinstance(value, int | float) else None

"""What every kind of row shares: text without markup, sources, figures with their unit."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from deepdive.model.address import AddressProblem, check_address
from deepdive.model.vocabulary import FigureKind

_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,47}")
MARKUP = re.compile(r"<[A-Za-z/!?]|\]\(|\*\*|`|\{\{|\{%|\{:|&(?:#\d+|#x[0-9a-f]+|[a-z]+);", re.I)
_PARTIAL_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")
_PURL = re.compile(r"pkg:[a-z][a-z0-9.+-]*/[^\s@?#]+")
PAPER_SOURCE = re.compile(r"paper:([a-z0-9][a-z0-9-]{1,47})")


def fault(code: str, message: str, fix: str | None = None) -> PydanticCustomError:
    """A validation error that carries its own code, message and repair."""
    return PydanticCustomError(code, "{text}", {"text": message, "fix": fix})


def _id(value: str) -> str:
    if not _ID.fullmatch(value):
        raise fault("bad-id", f"'{value}' is not an id.", "use 2–48 lower-case letters, digits and hyphens.")
    return value


def _text(value: str) -> str:
    if not value.strip():
        raise fault("empty-value", "the value is empty.", "fill it in or remove the field.")
    if value != value.strip() or "  " in value:
        raise fault("stray-space", "the value has stray spaces.", f"write '{' '.join(value.split())}'.")
    if "\n" in value or "\t" in value:
        raise fault("stray-space", "the value runs over several lines.", "write it on one line.")
    if found := MARKUP.search(value):
        raise fault("markup-in-value", f"the value holds markup ('{found.group()}').", "write plain text.")
    return value


def _address(value: str) -> str:
    try:
        return check_address(value)
    except AddressProblem as problem:
        raise fault("bad-address", str(problem), problem.fix) from None


def _partial_date(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str) and not _PARTIAL_DATE.fullmatch(value):
        raise fault("impossible-date", f"'{value}' is not a date.", 'write 2024, "2024-03" or 2024-03-18.')
    return value


def _purl(value: str) -> str:
    if not _PURL.fullmatch(value):
        raise fault("bad-purl", f"'{value}' is not a package URL.", "write pkg:pypi/name, pkg:npm/name, …")
    return value


def _exact_date(value: Any) -> Any:
    if not isinstance(value, datetime.date):
        raise fault(
            "impossible-date", f"'{value}' is not a date.", "write an ISO date such as 2026-11-21, without quotes."
        )
    return value


WEB = "web"


@dataclass(frozen=True, slots=True)
class PointsTo:
    """Marks a field that leads somewhere: to a row of this kind of table, or to a page of the ``WEB``.

    Checks follow the mark to see that the row exists, tables to draw the link: a kind of row declares
    where its fields lead, and nothing else needs to know it.
    """

    kind: str


Id = Annotated[str, AfterValidator(_id), Field(json_schema_extra={"pattern": f"^{_ID.pattern}$"})]
ToolId = Annotated[Id, PointsTo("tools")]
PaperId = Annotated[Id, PointsTo("papers")]
TermId = Annotated[Id, PointsTo("terms")]
AcceleratorId = Annotated[Id, PointsTo("accelerators")]
ArchitectureId = Annotated[Id, PointsTo("architectures")]
Text = Annotated[str, AfterValidator(_text)]
Address = Annotated[str, AfterValidator(_address), Field(json_schema_extra={"format": "uri"}), PointsTo(WEB)]
Purl = Annotated[str, AfterValidator(_purl), Field(json_schema_extra={"pattern": f"^{_PURL.pattern}$"})]
Date = Annotated[datetime.date, BeforeValidator(_exact_date)]
# A year, a month or a day, kept as text so that no precision is invented.
PartialDate = Annotated[str, BeforeValidator(_partial_date, json_schema_input_type=str | int | datetime.date)]
Year = Annotated[int, Field(strict=True, ge=1800, le=2100, title="Year")]
YesNo = Annotated[bool, Field(strict=True)]
Advice = Annotated[Text, Field(max_length=120)]
Aliases = Annotated[tuple[Text, ...], Field(title="Also known as")]
Note = Annotated[Text | None, Field(max_length=240, title="Note")]


class Strict(BaseModel):
    """Immutable, and no field beyond those declared."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Source(Strict):
    """Where a value was read, what the page shows, and when it was opened."""

    url: Address
    id: Id | None = None
    title: Text | None = None
    shows: Annotated[Text, Field(max_length=240)] | None = None
    accessed: Date | None = None


def _source(value: Any) -> Any:
    return {"url": value} if isinstance(value, str) and not PAPER_SOURCE.fullmatch(value) else value


# A bare address, a Source, or "paper:<id>" for a row of a papers table.
AnySource = Annotated[
    Source | Annotated[str, Field(pattern=f"^{PAPER_SOURCE.pattern}$")],
    BeforeValidator(_source, json_schema_input_type=Address | Source | str),
]


class Figure(Strict):
    """A number with its origin; the unit is the field's.

    ``value`` None: nobody publishes it. ``applicable`` False: the thing has no such property
    (written ``n/a`` in a table), so there is nothing to publish.
    """

    value: Annotated[int, Field(strict=True)] | Annotated[float, Field(strict=True)] | None
    applicable: bool = True
    kind: FigureKind = "vendor"
    source: Id | None = None
    note: Annotated[Text, Field(max_length=160)] | None = None
    meaning: Annotated[Text, Field(max_length=40)] | None = None


def _figure(value: Any, plausible: Callable[[float], bool], code: str, fix: str) -> Any:
    if value == "n/a":
        return {"value": None, "applicable": False}
    if isinstance(value, bool | str):
        raise fault("not-a-number", f"'{value}' is not a number.", "write a plain number; the unit is the field's.")
    if value is None or isinstance(value, int | float):
        value = {"value": value}
    if isinstance(value, dict):
        number = value.get("value")
        if isinstance(number, int | float) and not isinstance(number, bool) and not plausible(number):
            raise fault(code, f"{number} is not a plausible figure.", fix)
    return value


_POSITIVE = "write a positive number, or null when nobody publishes one."


def _quantity(value: Any) -> Any:
    return _figure(value, lambda number: 0 < number < 1e15, "not-a-number", _POSITIVE)


def _magnitude(value: Any) -> Any:
    return _figure(value, lambda number: 0 < number < math.inf, "not-a-number", _POSITIVE)


def _share(value: Any) -> Any:
    found = _figure(value, lambda number: 0 <= number <= 1, "wrong-value", "write a number from 0 to 1, such as 0.7.")
    # No vendor prints a probability: whoever wrote the row assumed it.
    return {"kind": "assumed", **found} if isinstance(found, dict) else found


_WRITTEN_FIGURE = float | Literal["n/a"] | Figure | None
# None (the default): not recorded yet.
Quantity = Annotated[Figure | None, BeforeValidator(_quantity, json_schema_input_type=_WRITTEN_FIGURE)]
# The range of a number format ends far beyond what a misplaced unit could explain.
Magnitude = Annotated[Figure | None, BeforeValidator(_magnitude, json_schema_input_type=_WRITTEN_FIGURE)]
# A probability or proportion, from 0 to 1.
Share = Annotated[Figure, BeforeValidator(_share, json_schema_input_type=float | Figure)]


def figure(title: str, unit: str = "", description: str = "", required: bool = False) -> Any:
    """A field that holds a Figure: header, unit and meaning for tables, API and editors."""
    default = ... if required else None
    return Field(default=default, title=title, description=description, json_schema_extra={"unit": unit})


class Row(Strict):
    """A row of any kind."""

    id: Id
    name: Annotated[Text, Field(max_length=240, title="Name")]
    sources: Annotated[tuple[AnySource, ...], Field(min_length=1, title="Sources")]
    reviewed: Annotated[
        Date, Field(title="Reviewed", description="The day a contributor last compared the row with its sources.")
    ]

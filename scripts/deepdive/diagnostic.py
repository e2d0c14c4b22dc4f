"""The one type for "what is wrong": a coded message at a place, with its repair."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any


class Severity(IntEnum):
    """How much a finding weighs. Errors fail a run; warnings and notes are shown."""

    ERROR = 0
    WARNING = 1
    NOTE = 2

    @property
    def label(self) -> str:
        """The word a report prints: ``error``, ``warning`` or ``note``."""
        return self.name.lower()


@dataclass(frozen=True, order=True, slots=True)
class Location:
    """A place in a file; line and column count from 1, columns in characters."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        """``path:line:column``."""
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Edit:
    """A safe replacement: the text from ``start`` to ``end`` (offsets in characters) becomes ``text``."""

    path: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. ``code`` has a heading in ``docs/contributing/checks.md``."""

    severity: Severity
    code: str
    message: str
    location: Location
    fix: str | None = None
    edit: Edit | None = None

    @classmethod
    def kept(cls, data: dict[str, Any]) -> Diagnostic:
        """A finding from what ``dataclasses.asdict`` made of it. Raises KeyError, TypeError or ValueError for other data."""
        return cls(
            Severity(data["severity"]),
            str(data["code"]),
            str(data["message"]),
            Location(**data["location"]),
            data["fix"],
            Edit(**data["edit"]) if data["edit"] else None,
        )

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """The fixed order of a report: by place, then code, then message."""
        place = self.location
        return (place.path, place.line, place.column, self.code, self.message)


def error(code: str, message: str, location: Location, fix: str | None = None, edit: Edit | None = None) -> Diagnostic:
    """A finding that fails the run."""
    return Diagnostic(Severity.ERROR, code, message, location, fix, edit)


def warning(
    code: str, message: str, location: Location, fix: str | None = None, edit: Edit | None = None
) -> Diagnostic:
    """A finding that is shown and does not fail the run (it does fail a strict build)."""
    return Diagnostic(Severity.WARNING, code, message, location, fix, edit)


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings without repetition, in report order."""
    return sorted(set(diagnostics), key=lambda found: found.sort_key)

"""GitHub workflow commands, one a finding, with everything escaped that could end or start one."""

from __future__ import annotations

from collections.abc import Sequence

from deepdive.diagnostic import Diagnostic
from deepdive.report.text import clean

_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def report(diagnostics: Sequence[Diagnostic]) -> str:
    """``::error file=…,line=…,col=…,title=…::message``, a line a finding."""
    return "".join(_line(found) for found in diagnostics)


def _line(found: Diagnostic) -> str:
    place = found.location
    message = found.message + (f" Fix: {found.fix}" if found.fix else "")
    properties = f"file={_property(place.path)},line={place.line},col={place.column},title={_property(found.code)}"
    return f"::{_LEVELS[found.severity.label]} {properties}::{_data(message)}\n"


def _data(text: str) -> str:
    return clean(text).replace("%", "%25").replace("::", "%3A%3A")


def _property(text: str) -> str:
    return clean(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")

"""Diagnostics to text, JSON, GitHub annotations, SARIF, JUnit and the body of an issue: one formatter a module."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from deepdive.diagnostic import Diagnostic
from deepdive.report import as_json, github, issue, junit, sarif, text

Formatter = Callable[[Sequence[Diagnostic]], str]

FORMATS: dict[str, Formatter] = {
    "text": text.report,
    "json": as_json.report,
    "github": github.report,
    "sarif": sarif.report,
    "junit": junit.report,
    "issue": issue.report,
}

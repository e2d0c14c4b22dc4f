"""Plain text: one finding, its repair below, a closing count."""

from __future__ import annotations

import re
from collections.abc import Sequence

from deepdive.diagnostic import Diagnostic, Severity

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


def clean(text: str) -> str:
    """Text that cannot move a terminal's cursor or colour it: control characters become ``�``."""
    return _CONTROL.sub("\ufffd", text)


def report(diagnostics: Sequence[Diagnostic], colour: bool = False) -> str:
    """All findings and how many there are."""
    lines = []
    for found in diagnostics:
        label = f"{found.severity.label}[{found.code}]"
        if colour:
            label = f"\x1b[{_COLOURS[found.severity]};1m{label}\x1b[0m"
        lines.append(f"{clean(str(found.location))}: {label} {clean(found.message)}")
        if found.fix:
            lines.append(f"    fix: {clean(found.fix)}")
    lines.append(summary(diagnostics))
    return "\n".join(lines) + "\n"


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """``3 errors, 1 warning in 2 files.`` or ``No problems found.``"""
    if not diagnostics:
        return "No problems found."
    counts = [(sum(1 for one in diagnostics if one.severity is severity), severity.label) for severity in Severity]
    words = ", ".join(f"{count} {label}{'' if count == 1 else 's'}" for count, label in counts if count)
    files = len({one.location.path for one in diagnostics})
    return f"{words} in {files} file{'' if files == 1 else 's'}."

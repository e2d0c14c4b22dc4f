"""The body of an issue: how many findings each file has, then those that waited longest, as many as an issue holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from deepdive.diagnostic import Diagnostic
from deepdive.report.cells import code
from deepdive.report.text import summary

# GitHub takes 65,536 characters; a workflow may write a few lines above ours.
_LONGEST = 60_000
_MOST_FINDINGS = 100
_AGE = re.compile(r"\b(\d+) days ago\b")


def report(diagnostics: Sequence[Diagnostic]) -> str:
    """Markdown of at most 60,000 characters; ``No problems found.`` when there is nothing to tell."""
    lines: list[str] = []
    length = 0
    for line in _lines(diagnostics):
        length += len(line) + 1
        if length > _LONGEST:
            lines.append("\n… and more: the list is too long for an issue.")
            break
        lines.append(line)
    return "\n".join(lines) + "\n"


def _lines(diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    yield summary(diagnostics)
    if not diagnostics:
        return
    oldest = sorted(diagnostics, key=_urgency)[:_MOST_FINDINGS]
    yield "\n| File | Findings |\n|---|--:|"
    for path, count in sorted(Counter(found.location.path for found in diagnostics).items()):
        yield f"| {code(path)} | {count} |"
    whole = len(oldest) == len(diagnostics)
    yield f"\n## {'Longest overdue first' if whole else f'The {len(oldest)} that are longest overdue'}\n"
    yield "| Where | What |\n|---|---|"
    yield from (f"| {code(str(found.location))} | {code(found.message)} |" for found in oldest)


def _urgency(found: Diagnostic) -> tuple[int, float, tuple[str, int, int, str, str]]:
    """Errors first, then what has no age in its message, then the oldest."""
    age = _AGE.search(found.message)
    return found.severity, -float(age[1]) if age else -float("inf"), found.sort_key

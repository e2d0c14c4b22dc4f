"""Apply the safe repairs: replacements that touch nothing else in the file."""

from __future__ import annotations

import difflib
import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from deepdive.diagnostic import Diagnostic, Edit


def apply_edits(root: Path, diagnostics: Iterable[Diagnostic]) -> str:
    """Write every edit of the findings below ``root``; the change as a unified diff.

    Edits of one file are made from its end to its start, overlapping ones are left for the next
    run. Line ends and everything outside an edit stay byte for byte. Each file is replaced at once.
    """
    by_path: dict[str, list[Edit]] = defaultdict(list)
    for found in diagnostics:
        if found.edit is not None:
            by_path[found.edit.path].append(found.edit)
    return "".join(_apply(root, path, edits) for path, edits in sorted(by_path.items()))


def _apply(root: Path, path: str, edits: list[Edit]) -> str:
    file = root / path
    raw = file.read_bytes().decode("utf-8")
    mark = "\ufeff" if raw.startswith("\ufeff") else ""
    carriage = "\r\n" in raw
    before = raw.removeprefix(mark).replace("\r\n", "\n")
    after, limit = before, len(before) + 1
    for edit in sorted(set(edits), key=lambda one: one.start, reverse=True):
        if edit.end <= limit:
            after = after[: edit.start] + edit.text + after[edit.end :]
            limit = edit.start
    if after == before:
        return ""
    written = mark + (after.replace("\n", "\r\n") if carriage else after)
    temporary = file.with_name(f".{file.name}.fix")
    temporary.write_bytes(written.encode("utf-8"))
    os.replace(temporary, file)
    lines = difflib.unified_diff(before.splitlines(True), after.splitlines(True), f"a/{path}", f"b/{path}", n=1)
    return "".join(lines)

"""Apply the safe repairs: replacements that touch nothing else in the file."""

from __future__ import annotations

import difflib
import os
import re
import shutil
from bisect import bisect_left
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
    places = _Places(raw)
    after, limit = raw, len(raw) + 1
    for edit in sorted(set(edits), key=lambda one: one.start, reverse=True):
        start, end = places.in_file(edit.start), places.in_file(edit.end)
        if end <= limit:
            after = after[:start] + edit.text.replace("\n", places.line_end) + after[end:]
            limit = start
    if after == raw:
        return ""
    temporary = file.with_name(f".{file.name}.fix")
    temporary.write_bytes(after.encode("utf-8"))
    shutil.copymode(file, temporary)
    os.replace(temporary, file)
    old, new = (text.replace("\r\n", "\n").splitlines(True) for text in (raw, after))
    return "".join(difflib.unified_diff(old, new, f"a/{path}", f"b/{path}", n=1))


class _Places:
    """Findings count characters without the byte order mark, and a line end as one."""

    def __init__(self, raw: str) -> None:
        self.before = 1 if raw.startswith("\ufeff") else 0
        pairs = (found.start() for found in re.finditer("\r\n", raw[self.before :]))
        self.pairs = [start - number for number, start in enumerate(pairs)]
        self.line_end = "\r\n" if self.pairs else "\n"

    def in_file(self, offset: int) -> int:
        return self.before + offset + bisect_left(self.pairs, offset)

"""Check again whenever a file of the project changes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

INTERVAL_SECONDS = 0.3


def watch(config_file: Path, check: Callable[[], int], rounds: int | None = None) -> int:
    """Run ``check`` now and after each change, until interrupted (or for so many ``rounds``); its last exit code.

    Modification times and sizes are compared: network drives and containers often send no events.
    """
    root = config_file.resolve().parent
    code, seen = 0, None
    while rounds is None or rounds > 0:
        now = snapshot(root)
        if now == seen:
            time.sleep(INTERVAL_SECONDS)
            continue
        code = check()
        seen = now
        rounds = rounds - 1 if rounds is not None else None
    return code


def snapshot(root: Path) -> dict[str, tuple[int, int]]:
    """Time and size of every file below ``root`` that a contributor edits."""
    return {path: (stat.st_mtime_ns, stat.st_size) for path, stat in _files(str(root))}


def _files(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        # Hidden folders hold caches and the built site is no source: neither may start a round.
        if entry.name.startswith(".") or entry.name in ("site", "__pycache__"):
            continue
        try:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path)
            elif entry.is_file(follow_symlinks=False):
                yield entry.path, entry.stat()
        except OSError:
            continue

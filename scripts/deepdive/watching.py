"""Check again whenever a file of the project changes."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

INTERVAL_SECONDS = 0.3
ASIDE_SECONDS = 1.5


def watch(
    config_file: Path,
    check: Callable[[], int],
    rounds: int | None = None,
    warm: Callable[[], Path | None] = lambda: None,
) -> int:
    """Run ``check`` now and after each change, until interrupted (or for so many ``rounds``); its last exit code.

    ``warm`` runs once after the first check, while nobody waits; the folder it returns is watched too.
    Modification times and sizes are compared: network drives and containers often send no events.
    """
    folders = [config_file.resolve().parent]
    code, cold = 0, True
    seen: dict[str, tuple[int, int]] | None = None
    while rounds is None or rounds > 0:
        now = {path: state for folder in folders for path, state in snapshot(folder).items()}
        if now == seen:
            time.sleep(INTERVAL_SECONDS)
            continue
        code = check()
        seen = now
        if cold:
            docs = warm()
            if docs and not docs.is_relative_to(folders[0]):
                folders.append(docs)
                seen |= snapshot(docs)
            cold = False
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


class Aside:
    """A command in a process of its own, begun once nothing has changed for a moment, so that nobody waits for it.

    A run that another change overtakes is ended: nobody wants its answer.
    """

    def __init__(self, command: Sequence[str], seconds: float = ASIDE_SECONDS) -> None:
        self.command, self.seconds = command, seconds
        self.timer: threading.Timer | None = None
        self.process: subprocess.Popen[bytes] | None = None

    def again(self) -> None:
        """Something changed."""
        self.stop()
        self.timer = threading.Timer(self.seconds, self._begin)
        self.timer.daemon = True
        self.timer.start()

    def stop(self) -> None:
        """End what runs or waits."""
        if self.timer:
            self.timer.cancel()
            self.timer.join()  # a run may have just begun
        if self.process:
            self.process.terminate()
            self.process.wait()
        self.timer = self.process = None

    def _begin(self) -> None:
        self.process = subprocess.Popen(self.command)

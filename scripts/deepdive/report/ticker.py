"""A line that says what is being done, on a terminal, once it takes longer than a second."""

from __future__ import annotations

import shutil
import time
from types import TracebackType
from typing import TextIO

PATIENCE_SECONDS = 1.0
_EVERY_SECONDS = 0.1


class Ticker:
    """Call it with what comes next; leaving it wipes the line. A stream that is no terminal stays untouched."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.shown = 0
        self.begun = self.last = time.monotonic()

    def __enter__(self) -> Ticker:
        """Start."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wipe the line."""
        self._write("")

    def __call__(self, what: str) -> None:
        """Say what is being done now."""
        now = time.monotonic()
        if self.stream.isatty() and now - self.begun > PATIENCE_SECONDS and now - self.last > _EVERY_SECONDS:
            self.last = now
            self._write(what[: shutil.get_terminal_size().columns - 1])

    def _write(self, text: str) -> None:
        if self.shown or text:
            self.stream.write("\r" + text.ljust(self.shown) + ("\r" if not text else ""))
            self.stream.flush()
            self.shown = len(text)

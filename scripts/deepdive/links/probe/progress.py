"""One line on a terminal that says how a run is going."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable
from typing import TextIO

from deepdive.links.probe.verdict import Outcome, Verdict

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_WIDEST = 118


class Progress:
    """Counts outcomes and rewrites its line; silent where there is no terminal."""

    def __init__(self, stream: TextIO | None, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.stream = stream if stream is not None and stream.isatty() else None
        self.total, self.clock = total, clock
        self.begun = clock()
        self.counts: Counter[Verdict] = Counter()
        self.slowest = ("", 0.0)
        self.limit = 0.0
        self._shown = False

    def take(self, host: str, outcomes: tuple[Outcome, ...]) -> None:
        """Count what became known about some addresses of a host."""
        for outcome in outcomes:
            self.counts[outcome.verdict] += 1
            if outcome.seconds > self.slowest[1]:
                self.slowest = (host, outcome.seconds)

    def line(self) -> str:
        """``done 120/2000 · 100 alive · 5 dead · 15 undecided · slowest example.com 9 s · 1:20 left``."""
        done = self.counts.total()
        parts = [f"done {done}/{self.total}"]
        words = ((Verdict.ALIVE, "alive"), (Verdict.DEAD, "dead"), (Verdict.INCONCLUSIVE, "undecided"))
        parts += [f"{self.counts[verdict]} {word}" for verdict, word in words]
        if self.slowest[0]:
            parts.append(f"slowest {_CONTROL.sub('?', self.slowest[0])[:40]} {self.slowest[1]:.0f} s")
        if done and done < self.total:
            parts.append(f"{self._left(done)} left")
        return " · ".join(parts)[:_WIDEST]

    def _left(self, done: int) -> str:
        passed = self.clock() - self.begun
        seconds = passed / done * (self.total - done)
        if self.limit:
            seconds = min(seconds, max(0.0, self.limit - passed))
        return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"

    def show(self) -> None:
        """Write the line over the last one."""
        self._write(f"\r\x1b[2K{self.line()}")
        self._shown = True

    def close(self) -> None:
        """Take the line away, so that the report starts on a clean one."""
        if self._shown:
            self._write("\r\x1b[2K")

    def _write(self, text: str) -> None:
        if self.stream is None:
            return
        try:
            self.stream.write(text)
            self.stream.flush()
        except (OSError, ValueError):
            self.stream = None  # nobody looks any more, which is no reason to stop

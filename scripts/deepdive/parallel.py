"""Work over many items, spread over the processors where that is safe and worth it."""

from __future__ import annotations

import contextlib
import os
import pickle
import sys
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_IN_COPY = False
"""Whether this process is such a copy. Then the processors are taken."""


def spread(work: Callable[[T], R], items: Sequence[T], least: int = 8) -> list[R]:
    """``[work(item) for item in items]``, each processor taking its share in a copy of this process.

    What ``work`` changes beside its result is lost in the copies. Fewer than ``least`` items, one
    processor, a system where copying a process is not safe, or already in a copy: all is done here.
    So is the share of a copy that failed, so that its exception is raised where it can be handled.
    """
    workers = min(len(items), len(os.sched_getaffinity(0))) if sys.platform == "linux" else 1
    if workers < 2 or len(items) < least or _IN_COPY:
        return [work(item) for item in items]
    # The last share is done here, while the copies do theirs.
    copies = [_start(work, items[share::workers]) for share in range(workers - 1)]
    results: list[R | None] = [None] * len(items)
    results[workers - 1 :: workers] = [work(item) for item in items[workers - 1 :: workers]]
    for share, (process, channel) in enumerate(copies):
        mine = items[share::workers]
        found: list[R] | None = _collect(process, channel)
        results[share::workers] = found if found is not None else [work(item) for item in mine]
    return results  # type: ignore[return-value]  # every place has been filled


def _start(work: Callable[[T], R], items: Sequence[T]) -> tuple[int, int]:
    """A copy of this process at work; its number, and where its results can be read."""
    reader, writer = os.pipe()
    process = os.fork()
    if process:
        os.close(writer)
        return process, reader
    # From here on, only the copy: it never returns, and prints nothing.
    global _IN_COPY
    _IN_COPY = True
    code = 1
    with contextlib.suppress(BaseException):
        os.close(reader)
        with os.fdopen(writer, "wb") as channel:
            channel.write(pickle.dumps([work(item) for item in items]))
        code = 0
    os._exit(code)


def _collect(process: int, channel: int) -> Any:
    """What a copy found; None when it failed."""
    with os.fdopen(channel, "rb") as results:
        data = results.read()
    _, status = os.waitpid(process, 0)
    return pickle.loads(data) if status == 0 else None  # noqa: S301  # our own copy wrote it

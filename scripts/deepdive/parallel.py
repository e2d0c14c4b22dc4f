"""Work over many items, spread over the processors where that is safe and worth it."""

from __future__ import annotations

import contextlib
import os
import pickle
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

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
    workers = min(len(items), _processors())
    if workers < 2 or len(items) < least:
        return [work(item) for item in items]

    def done(share: int) -> list[R]:
        return [work(item) for item in items[share::workers]]

    # The last share is done here, while the copies do theirs.
    copies = [Ahead(partial(done, share)) for share in range(workers - 1)]
    results: list[R | None] = [None] * len(items)
    results[workers - 1 :: workers] = done(workers - 1)
    for share, copy in enumerate(copies):
        results[share::workers] = copy.result()
    return results  # type: ignore[return-value]  # every place has been filled


class Ahead(Generic[R]):
    """Work begun in a copy of this process, which goes on while this one does something else."""

    def __init__(self, work: Callable[[], R]) -> None:
        self.work = work
        self.copy = _start(work) if _processors() > 1 else None

    def result(self) -> R:
        """What the work gave, to be asked for once, here or in another copy. Without a copy, or when it failed, it is done now."""
        if self.copy is None:
            return self.work()
        (process, channel), self.copy = self.copy, None
        found = _collected(process, channel)
        return found[0] if found else self.work()

    def end(self) -> None:
        """Nobody asks any more: a copy that another copy asked, or nobody, is not left behind."""
        if self.copy is not None:
            (process, channel), self.copy = self.copy, None
            os.close(channel)
            os.waitpid(process, 0)


def _processors() -> int:
    """How many processors may be used from here; one in a copy, and where copying a process is not safe."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" and not _IN_COPY else 1


def _start(work: Callable[[], Any]) -> tuple[int, int]:
    """A copy of this process at work; its number, and where its result can be read."""
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
            channel.write(pickle.dumps((work(),)))
        code = 0
    os._exit(code)


def _collected(process: int, channel: int) -> Any:
    """What a copy found, in a tuple; None when it failed."""
    with os.fdopen(channel, "rb") as results:
        data = results.read()
    with contextlib.suppress(ChildProcessError):  # a copy of its parent asks
        os.waitpid(process, 0)
    try:
        return pickle.loads(data)  # noqa: S301  # our own copy wrote it
    except (EOFError, pickle.UnpicklingError):
        return None

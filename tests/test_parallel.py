"""Work is spread over processors, and comes back in order, whatever becomes of a copy."""

from __future__ import annotations

import os
import signal

import pytest

from deepdive import parallel
from deepdive.parallel import Ahead, spread


@pytest.fixture(autouse=True)
def three_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel.os, "sched_getaffinity", lambda _: {0, 1, 2})


def test_results_come_back_in_order() -> None:
    assert spread(lambda number: number * 2, range(100)) == [number * 2 for number in range(100)]


def test_the_work_is_done_in_several_processes() -> None:
    assert len(set(spread(lambda _: os.getpid(), range(30)))) == 3


def test_little_work_stays_here() -> None:
    assert set(spread(lambda _: os.getpid(), range(7))) == {os.getpid()}


def test_the_share_of_a_copy_that_dies_is_done_here() -> None:
    here = os.getpid()

    def work(number: int) -> int:
        if os.getpid() != here and number % 3 == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    assert spread(work, range(30)) == list(range(30))


def test_an_exception_is_raised_here() -> None:
    def work(number: int) -> int:
        if number == 0:
            raise KeyError("no")
        return number

    with pytest.raises(KeyError, match="no"):
        spread(work, range(30))


def test_large_results_do_not_block() -> None:
    assert [len(one) for one in spread(lambda number: "x" * 200_000, range(12))] == [200_000] * 12


def test_a_copy_does_not_copy_itself_again() -> None:
    here = os.getpid()
    found = spread(lambda _: {os.getpid(), *spread(lambda _: os.getpid(), range(30))}, range(30))
    assert all(len(processes) == 1 for processes in found if here not in processes)
    assert any(here in processes and len(processes) == 3 for processes in found)


def test_work_begins_ahead_in_a_copy() -> None:
    begun = Ahead(lambda: (os.getpid(), "x" * 200_000))
    process, text = begun.result()
    assert process != os.getpid()
    assert len(text) == 200_000


def test_another_copy_may_ask_for_it_and_none_is_left_behind() -> None:
    here = os.getpid()
    begun = Ahead(os.getpid)
    assert begun.copy is not None
    process = begun.copy[0]
    found = spread(lambda place: begun.result() if place == 0 else 0, [0, 1], least=2)
    assert found == [process, 0]
    begun.end()
    begun.end()
    with pytest.raises(ChildProcessError):
        os.waitpid(process, os.WNOHANG)
    assert os.getpid() == here


def test_work_ahead_that_fails_is_done_here() -> None:
    here = os.getpid()

    def work() -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return os.getpid()

    assert Ahead(work).result() == here


def test_on_one_processor_work_ahead_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel.os, "sched_getaffinity", lambda _: {0})
    assert Ahead(os.getpid).result() == os.getpid()

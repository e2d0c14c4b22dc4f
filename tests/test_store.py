"""Results kept between runs: believed only when whole, written at once, never in the way."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deepdive.store import Store, digest

KEY = digest("a")


def test_a_result_comes_back(tmp_path: Path) -> None:
    Store(tmp_path / "kept").put(KEY, {"a": [1, "ö", None]})
    assert Store(tmp_path / "kept").get(KEY) == {"a": [1, "ö", None]}
    assert Store(tmp_path / "kept").get(digest("b")) is None


def test_parts_are_told_apart() -> None:
    assert len({digest("ab", "c"), digest("a", "bc"), digest("abc"), digest("abc", "")}) == 4


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_a_damaged_entry_counts_as_absent(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    store = Store(tmp_path_factory.mktemp("kept"))
    store.put(KEY, {"verdict": "fine", "lines": list(range(20))})
    assert store.folder is not None
    file = store.folder / KEY
    whole = file.read_bytes()
    position = data.draw(st.integers(0, len(whole) - 1))
    change = data.draw(st.sampled_from(["cut", "flip", "add"]))
    if change == "cut":
        file.write_bytes(whole[:position])
    elif change == "flip":
        file.write_bytes(whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :])
    else:
        file.write_bytes(whole + b" ")
    assert store.get(KEY) is None


def test_an_entry_under_another_name_is_not_believed(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(KEY, {"fault": None})
    (tmp_path / KEY).rename(tmp_path / digest("other"))
    assert store.get(digest("other")) is None


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = Store(tmp_path / "file" / "below")
    store.put(KEY, {})
    assert store.get(KEY) is None


def test_a_committed_folder_is_not_believed(tmp_path: Path) -> None:
    Store(tmp_path / ".cache/check").put(KEY, {"fault": None})
    for command in (["init", "-q"], ["add", "-f", "."]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    assert Store(tmp_path / ".cache/check").get(KEY) is None


def test_what_nobody_asked_for_in_a_month_goes(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for name, days in (("old", 40), ("new", 2)):
        store.put(digest(name), name)
        then = time.time() - days * 86_400
        os.utime(tmp_path / digest(name), (then, then))
    store.prune()
    assert (store.get(digest("old")), store.get(digest("new"))) == (None, "new")


def _write(folder: Path, seed: int) -> None:
    store, chance = Store(folder), random.Random(seed)
    for _ in range(200):
        name = str(chance.randrange(20))
        found = store.get(digest(name))
        assert found in (None, {"name": name * 500})
        store.put(digest(name), {"name": name * 500})


def test_runs_side_by_side_agree(tmp_path: Path) -> None:
    workers = [multiprocessing.get_context("spawn").Process(target=_write, args=(tmp_path, seed)) for seed in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0] * 4
    assert all(Store(tmp_path).get(digest(str(one))) == {"name": str(one) * 500} for one in range(20))


_WRITER = """
import sys
from pathlib import Path
from deepdive.store import Store, digest
store = Store(Path(sys.argv[1]))
print("ready", flush=True)
while True:
    for number in range(50):
        store.put(digest(str(number)), {"n": number, "filler": "x" * 20_000})
"""


def test_a_kill_at_any_moment_leaves_whole_entries(tmp_path: Path) -> None:
    chance = random.Random(7)
    for _ in range(20):
        writer = subprocess.Popen([sys.executable, "-c", _WRITER, str(tmp_path)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.03))
        writer.send_signal(signal.SIGKILL)
        writer.wait(30)
        writer.stdout.close()
        for number in range(50):
            # A damaged entry would be None although its file exists.
            if (tmp_path / digest(str(number))).exists():
                assert Store(tmp_path).get(digest(str(number))) == {"n": number, "filler": "x" * 20_000}

"""The cache (items 131 to 135, 139, 144): lifetimes, damage, poison, locks, kills."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fault_server import Exchange, FaultServer, answer, page

from deepdive.links.probe.cache import Cache
from deepdive.links.probe.policy import DAY, Policy
from deepdive.links.probe.report import Report
from deepdive.links.probe.verdict import Kind, Outcome, Verdict

NOW = 1_795_262_400.0
HERE = Path(__file__).parent
URL = "https://example.com/"


def at(moment: float, **changes: Any) -> Policy:
    return Policy(now=lambda: moment, **changes)


def kept(folder: Path, *outcomes: Outcome) -> None:
    cache = Cache(folder, at(NOW))
    cache.note(outcomes)
    cache.finish()


def verdict(kind: Verdict, when: float = NOW, url: str = URL) -> Outcome:
    return Outcome(url, kind, "because", when=when)


@pytest.mark.parametrize(
    ("kind", "days", "holds"),
    [
        (Verdict.ALIVE, 13.9, True),
        (Verdict.ALIVE, 14.1, False),
        (Verdict.DEAD, 0.9, True),
        (Verdict.DEAD, 1.1, False),
        (Verdict.INCONCLUSIVE, 0.0, False),
    ],
)
def test_a_verdict_lives_as_long_as_its_kind(kind: Verdict, days: float, holds: bool, folder: Path) -> None:
    kept(folder, verdict(kind))
    assert (Cache(folder, at(NOW + days * DAY)).fresh(URL) is not None) is holds


def test_an_undecided_verdict_is_remembered_for_comparison_only(folder: Path) -> None:
    kept(folder, verdict(Verdict.INCONCLUSIVE))
    cache = Cache(folder, at(NOW + 60))
    assert cache.fresh(URL) is None
    assert cache.last(URL)


@pytest.mark.parametrize("problem", ["item-131-a-file-in-the-way", "item-131-no-permission"])
def test_a_folder_that_cannot_be_written_means_a_run_without_and_a_warning(
    problem: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    server: FaultServer,
    ask: Callable[..., Report],
    policy: Policy,
) -> None:
    folder = tmp_path / "cache"
    if "file" in problem:
        folder.write_text("")
    else:
        real = Path.open

        def refuse(path: Path, mode: str = "r", *rest: Any, **more: Any) -> Any:
            if path.parent == folder and set(mode) & set("aw+"):
                raise OSError(30, "Read-only file system")
            return real(path, mode, *rest, **more)

        monkeypatch.setattr(Path, "open", refuse)
    url = server.url("uncached")
    report = ask(url, cache=Cache(folder, policy))
    assert report.outcomes[url].verdict is Verdict.ALIVE
    assert "goes without it" in report.warnings[0]


DAMAGED = [
    b"",
    b"{",
    b"null",
    b"[]",
    b'{"version": 1}',
    b'{"version": 1, "entries": 5}',
    b'{"version": 1, "entries": [' + b"[" * 100_000,
    b"\xff\xfe\x00",
    b'{"version": 2, "entries": {}}x',
]


@pytest.mark.parametrize("content", DAMAGED, ids=lambda content: f"item-132-{content[:20]!r}")
def test_a_damaged_snapshot_is_reported_and_built_anew(content: bytes, folder: Path) -> None:
    kept(folder, verdict(Verdict.ALIVE))
    (folder / "verdicts.json").write_bytes(content)
    cache = Cache(folder, at(NOW))
    assert cache.fresh(URL) is None
    assert "damaged" in cache.warnings[0]
    cache.note((verdict(Verdict.ALIVE),))
    cache.finish()
    assert Cache(folder, at(NOW)).fresh(URL)


def test_item_132_a_snapshot_cut_at_any_byte_never_raises(folder: Path) -> None:
    kept(folder, *[verdict(Verdict.ALIVE, url=f"{URL}{number}") for number in range(3)])
    whole = (folder / "verdicts.json").read_bytes()
    for length in range(0, len(whole), 7):
        (folder / "verdicts.json").write_bytes(whole[:length])
        assert Cache(folder, at(NOW)).usable


def test_item_132_strange_entries_are_left_out_one_by_one(folder: Path) -> None:
    kept(folder, verdict(Verdict.ALIVE))
    data = json.loads((folder / "verdicts.json").read_text())
    good = data["entries"][0]
    data["entries"] += [
        None,
        7,
        {},
        {**good, "url": "u1", "verdict": "fine"},
        {**good, "url": "u2", "when": "now"},
        {**good, "url": "u3", "extra": 1},
        {**good, "url": ["u4"]},
        {**good, "url": "u5", "when": True},
    ]
    (folder / "verdicts.json").write_text(json.dumps(data))
    assert set(Cache(folder, at(NOW)).known) == {URL}


def test_item_133_a_cache_that_is_committed_is_not_trusted(tmp_path: Path) -> None:
    folder = tmp_path / ".cache" / "links"
    kept(folder, verdict(Verdict.ALIVE))
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    assert Cache(folder, at(NOW)).fresh(URL)
    subprocess.run(["git", "add", "--force", ".cache/links/verdicts.json"], cwd=tmp_path, check=True)
    poisoned = Cache(folder, at(NOW))
    assert poisoned.fresh(URL) is None
    assert "committed" in poisoned.warnings[0]


def test_item_133_refusals_are_never_taken_from_a_cache(folder: Path) -> None:
    kept(folder, Outcome(URL, Verdict.DEAD, "x", Kind.UNSAFE, when=NOW))
    assert Cache(folder, at(NOW + 7200)).fresh(URL) is None


@pytest.mark.parametrize("ahead", [3600.0, 365 * DAY], ids=["item-144-an-hour", "item-144-a-year"])
def test_a_verdict_from_the_future_is_ignored(ahead: float, folder: Path) -> None:
    cache = Cache(folder, at(NOW))
    cache.note((verdict(Verdict.ALIVE, NOW + ahead),))
    cache.finish()
    assert Cache(folder, at(NOW)).fresh(URL) is None


def test_item_135_a_full_disk_leaves_the_old_cache_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(folder, verdict(Verdict.ALIVE))
    before = (folder / "verdicts.json").read_bytes()
    cache = Cache(folder, at(NOW))
    cache.note((verdict(Verdict.ALIVE, url=f"{URL}new"),))

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    cache.finish()
    assert (folder / "verdicts.json").read_bytes() == before
    assert "no space left" in cache.warnings[0]
    assert not list(folder.glob("*.tmp"))


def _write(folder: Path, number: int) -> None:
    cache = Cache(folder, at(NOW))
    for entry in range(40):
        cache.note((verdict(Verdict.ALIVE, url=f"{URL}{number}/{entry}"),))
        if entry % 20 == 19:
            cache.finish()


def test_item_134_eight_runs_at_once_lose_nothing(folder: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_write, args=(folder, number)) for number in range(8)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(30)
    cache = Cache(folder, at(NOW))
    assert len(cache.known | cache.recent) == 8 * 40
    assert cache.warnings == []


def settings(
    server: FaultServer,
    urls: list[str],
    cache: Path | None = None,
    with_everything: bool = False,
    runs: bool = False,
    **policy: Any,
) -> str:
    data = {
        "authority": str(server.authority),
        "ports": list(server.ports.values()),
        "urls": urls,
        "cache": str(cache) if cache else None,
        "with_everything": with_everything,
        "runs": runs,
        "policy": policy,
    }
    return json.dumps(data)


@contextlib.contextmanager
def program() -> Iterator[subprocess.Popen[str]]:
    """The client in a process of its own, waiting for its settings."""
    command = [sys.executable, str(HERE / "client.py")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@contextlib.contextmanager
def started(text: str) -> Iterator[subprocess.Popen[str]]:
    """A run in a process of its own that has begun to ask."""
    with program() as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(text)
        process.stdin.close()
        process.stdin = None
        assert process.stdout.readline() == "begun\n"
        yield process


class Runs:
    """Runs one after the other over the same addresses and the same cache, each in a fork of its own."""

    def __init__(self, process: subprocess.Popen[str], text: str) -> None:
        assert process.stdin
        assert process.stdout
        self.write, self.out = process.stdin, process.stdout
        self._say(text)

    def _say(self, line: str) -> None:
        self.write.write(f"{line}\n")
        self.write.flush()

    def begin(self, **policy: Any) -> int:
        """Start a run; its process id, once it asks."""
        self._say(json.dumps(policy))
        process = int(self.out.readline())
        assert self.out.readline() == "begun\n"
        return process

    def end(self) -> str:
        """Wait until the run is gone; what it printed."""
        lines = list(iter(self.out.readline, "ended\n"))
        assert "" not in lines
        return "".join(lines)


def seen_within(server: FaultServer, position: int, seconds: float) -> None:
    """Wait for the next request, but not for ever."""
    until = time.monotonic() + seconds
    while len(server.log.seen) == position and time.monotonic() < until:
        time.sleep(0.002)


KILLS = 50


def test_item_139_a_run_killed_at_random_moments_goes_on_where_it_was(server: FaultServer, folder: Path) -> None:
    """Fifty kills; the cache is readable after each, and no verdict in it is asked for again.

    A host has more pages than there are kills, and its pace allows a run that lives for less than a
    minute one of them: however slow or fast the machine is, the last kill meets a run with work to do.
    """
    choice = random.Random(20)

    async def after_a_while(exchange: Exchange) -> None:
        import asyncio

        await asyncio.sleep(choice.uniform(0.0, 0.04))
        await exchange.send(answer(403) if exchange.path.endswith("7") else page())

    labels = [f"killed-{number}" for number in range(4)]
    for label in labels:
        server.on(label, after_a_while)
    urls = [server.url(label, f"/{number}") for label in labels for number in range(KILLS + 1)]
    known: set[str] = set()
    learning = 0
    position = len(server.log.seen)
    with program() as process:
        runs = Runs(process, settings(server, urls, folder, runs=True))
        for _ in range(KILLS):
            child = runs.begin(pace_seconds=60.0)
            if choice.random() < 0.75:
                seen_within(server, position, 2.0)
            time.sleep(choice.uniform(0.0, 0.06))
            os.kill(child, signal.SIGKILL)
            assert runs.end() == ""
            requests = [server.url(label, path) for _, label, path, _ in server.log.seen[position:]]
            position += len(requests)
            assert known.isdisjoint(requests)
            cache = Cache(folder, at(time.time()))
            assert cache.warnings == []
            assert known <= set(cache.recent)
            learning += len(cache.recent) > len(known)
            known = set(cache.recent)
        assert learning >= KILLS / 4
        assert len(known) < len(urls)
        runs.begin(pace_seconds=0.0)
        report = Report.from_json(json.loads(runs.end())["report"])
    assert report.reused >= len(known)
    assert len(report.outcomes) == len(urls)
    assert known.isdisjoint(server.url(label, path) for _, label, path, _ in server.log.seen[position:])
    assert (folder / "journal.jsonl").read_bytes() == b""


def test_a_second_run_asks_only_for_what_is_not_settled(
    server: FaultServer, ask: Callable[..., Report], policy: Policy, folder: Path
) -> None:
    server.on("again", page())
    server.on("unsure", answer(403))
    urls = [server.url("again"), server.url("unsure")]
    moment = time.time()
    first = ask(*urls, cache=Cache(folder, policy))
    later = replace(policy, now=lambda: moment + 7200)
    second = ask(*urls, cache=Cache(folder, later), now=later.now)
    assert (first.reused, second.reused) == (0, 1)
    assert (server.log.requests["again"], server.log.requests["unsure"]) == (1, 2)
    assert second.before == {urls[0]: "alive", urls[1]: "inconclusive"}

"""Runs as a whole: memory, Ctrl-C (item 138), a reader who left (item 140), hostile pages, progress."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import io
import json
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest
from fault_server import Exchange, FaultServer, answer
from test_probe_cache import settings, started

from deepdive.links.probe import content, fragments
from deepdive.links.probe.cache import Cache
from deepdive.links.probe.hosts import Hosts
from deepdive.links.probe.policy import Policy
from deepdive.links.probe.progress import Progress
from deepdive.links.probe.report import Report
from deepdive.links.probe.request import Client
from deepdive.links.probe.run import _Run, probe
from deepdive.links.probe.settle import settle
from deepdive.links.probe.verdict import Outcome, Verdict


async def endless_chunks(exchange: Exchange) -> None:
    await exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        await exchange.send(b"2710\r\n" + b"w" * 10_000 + b"\r\n")


async def endless_header(exchange: Exchange) -> None:
    await exchange.send(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while True:
        await exchange.send(b"x" * 10_000)


async def endless_line(exchange: Exchange) -> None:
    while True:
        await exchange.send(b"x" * 10_000)


def test_items_104_105_106_116_memory_stays_small_whatever_is_sent(server: FaultServer) -> None:
    """Sixty-six hosts at once with bombs, endless bodies and endless headers: 150 MB, package included."""
    bomb = gzip.compress(b"<p>" * 20_000_000)
    ids = b"".join(b"<p id=x%d>" % number for number in range(150_000))
    kinds: list[bytes | Callable[[Exchange], Any]] = [
        answer(body=bomb, headers={"Content-Encoding": "gzip"}), endless_chunks, endless_header, endless_line, answer(body=ids), answer(body=b"\xc3\xa9" * 2_000_000),
    ]  # fmt: skip
    urls = []
    for number in range(66):
        server.on(f"heavy-{number}", kinds[number % len(kinds)])
        urls.append(server.url(f"heavy-{number}", "/page#nowhere"))
    with started(
        settings(server, urls, with_everything=True, attempts=1, attempt_seconds=2.0, pace_seconds=0.0)
    ) as process:
        out, errors = process.communicate(timeout=50)
    assert process.returncode == 0, errors
    result = json.loads(out.splitlines()[-1])
    assert result["megabytes"] <= 150, result["megabytes"]
    assert len(Report.from_json(result["report"]).outcomes) == 66


def test_item_138_an_interrupt_gives_the_partial_report_within_two_seconds(server: FaultServer) -> None:
    async def hang(exchange: Exchange) -> None:
        await asyncio.sleep(30)

    server.on("interrupted", hang)
    urls = [server.url(f"quick-{number}") for number in range(10)] + [
        server.url("interrupted", f"/{number}") for number in range(50)
    ]
    with started(settings(server, urls, pace_seconds=0.0)) as process:
        time.sleep(0.8)
        begun = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, errors = process.communicate(timeout=10)
    assert time.monotonic() - begun < 2, errors
    assert process.returncode == 0, errors
    report = Report.from_json(json.loads(out.splitlines()[-1])["report"])
    assert (report.interrupted, report.complete) == (True, False)
    assert report.count(Verdict.ALIVE) == 10
    assert len(report.outcomes) == 60


def test_item_140_a_reader_who_left_does_not_stop_a_run(server: FaultServer, policy: Any) -> None:
    from deepdive.links.probe.spelling import read

    class Gone(io.StringIO):
        def isatty(self) -> bool:
            return True

        def write(self, text: str) -> int:
            raise BrokenPipeError

    url = server.url("unwatched")
    address = read(url, policy.ports, policy.refuse)
    report = asyncio.run(probe([address], policy, Cache(None, policy), Progress(Gone(), 1)))
    assert report.outcomes[url].verdict is Verdict.ALIVE


def test_progress_names_counts_slowest_host_and_time_left() -> None:
    now = 0.0
    progress = Progress(None, 100, clock=lambda: now)
    progress.take("slow\x1b[31m.example.com", (Outcome("u", Verdict.ALIVE, "", seconds=9.4),))
    progress.take("b", (Outcome("v", Verdict.DEAD, "", seconds=1.0), Outcome("w", Verdict.INCONCLUSIVE, "")))
    now = 6.0
    assert (
        progress.line() == "done 3/100 · 1 alive · 1 dead · 1 undecided · slowest slow?[31m.example.com 9 s · 3:14 left"
    )


def test_progress_is_written_to_a_terminal_and_to_nothing_else() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal, pipe = Terminal(), io.StringIO()
    for stream in (terminal, pipe):
        progress = Progress(stream, 1)
        progress.show()
        progress.close()
    assert "done 0/1" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[2K")
    assert pipe.getvalue() == ""


def test_a_fault_of_our_own_costs_one_address_and_not_the_run(
    server: FaultServer, ask: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def sometimes(one: Any, client: Any) -> Any:
        if "bad" in one.target.url:
            raise KeyError("surprise")
        return await settle(one, client)

    monkeypatch.setattr("deepdive.links.probe.run.settle", sometimes)
    bad, good = server.url("bad"), server.url("fine")
    report = ask(bad, good)
    assert report.outcomes[bad].reason == "the prober failed on it (KeyError)"
    assert report.outcomes[good].verdict is Verdict.ALIVE


SIZE = 1 << 20
HOSTILE = {
    "angles": "<" * SIZE, "tags": '<a "' * (SIZE // 4), "scripts": "<script></script>" * (SIZE // 17), "open-scripts": "<script>" * (SIZE // 8), "comments": "<!---->" * (SIZE // 7), "ids": '<a id="' * (SIZE // 7), "spaces": "<a id" + " " * SIZE + ">",
    "metas": ("<meta http-equiv=refresh content=" + " " * 900 + ">") * 1000, "titles": "<title>" * (SIZE // 7), "headings": "<h1>" * (SIZE // 4), "lines": "\n" * SIZE, "words": "this domain " * (SIZE // 12), "capitals": "İ" * (SIZE // 2),
    "attributes": "<a " + "b " * (SIZE // 2), "bare-values": "<p id=x>" * (SIZE // 8), "many-ids": "<a " + "id=x " * (SIZE // 5) + ">", "single-quotes": "<a b='" * (SIZE // 6), "open-comments": "<!--" * (SIZE // 4), "end-tags": "</a>" * (SIZE // 4),
    "nearly-regular": ("<a" + ' b="x"' * 29 + " !>") * (SIZE // 180), "half-ends": "<title></titl" * (SIZE // 13), "empty-attributes": "<a " + "= " * (SIZE // 2), "questions": "<?>" * (SIZE // 3), "short-tags": "<a>" * (SIZE // 3),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_read_in_linear_time(name: str) -> None:
    begun = time.process_time()
    fragments.judge("nowhere", HOSTILE[name], True)
    content.suspicion("https://example.com/a", "https://example.com/a", HOSTILE[name])
    assert time.process_time() - begun < 1.0


@pytest.mark.parametrize("charset", ["punycode", "idna", "utf-7", "unicode_escape", "hz", *sorted(content._CHARSETS)])
def test_a_hostile_body_is_decoded_in_linear_time(charset: str) -> None:
    begun = time.process_time()
    for body in (b"a-" + b"aa" * (SIZE // 2), b"\xff\x81" * (SIZE // 2), b"\x1b$B" * (SIZE // 3)):
        assert isinstance(content.text_of(body, charset), str)
    assert time.process_time() - begun < 2.0


def test_a_charset_that_browsers_know_is_read_and_another_is_utf_8() -> None:
    assert content.text_of("Überblick".encode("cp1252"), "windows-1252") == "Überblick"
    assert content.text_of("概要".encode("shift_jis"), "Shift_JIS") == "概要"
    for charset in ("", "punycode", "x-no-such", "rot13", "utf-7"):
        assert content.text_of("Überblick".encode(), charset) == "Überblick"


def test_only_loopback_is_in_use_by_these_tests() -> None:
    assert sys.modules["fault_server"].PUBLIC.startswith("127.")


def test_hosts_take_turns_and_every_page_is_there_once(policy: Any) -> None:
    from deepdive.links.probe.run import pages_of
    from deepdive.links.probe.spelling import read

    urls = [
        "https://a.example.com/1",
        "https://a.example.com/2",
        "https://a.example.com/2#x",
        "https://b.example.com/1",
    ]
    pages = pages_of([read(url, policy.ports) for url in urls])
    assert [one.target.url for one in pages] == [urls[0], urls[3], urls[1]]
    assert [len(one.members) for one in pages] == [1, 1, 2]


def test_a_task_that_loses_a_cancellation_is_told_again(policy: Policy) -> None:
    async def deaf_once() -> None:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(60)
        await asyncio.sleep(60)

    async def stopped() -> bool:
        run = _Run([], policy, Cache(None, policy), Progress(None, 0))
        ticker, task = asyncio.create_task(run.tick()), asyncio.create_task(deaf_once())
        run.tasks = [task]
        await asyncio.sleep(0)
        await run.stop(ticker)
        return task.cancelled()

    assert asyncio.run(stopped())


@pytest.mark.parametrize("how", ["raises", "hangs"])
def test_a_connection_that_cannot_be_closed_ends_no_run(
    policy: Policy, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    async def fail(_: object) -> None:
        if how == "hangs":
            await asyncio.sleep(60)
        raise AttributeError("'NoneType' object has no attribute '_abort'")

    async def closed() -> bool:
        client = Client(policy, Hosts(policy))
        with monkeypatch.context() as patch:
            patch.setattr(aiohttp.ClientSession, "close", fail)
            begun = time.monotonic()
            await client.close()
        return client.session.closed and time.monotonic() - begun < 5

    assert asyncio.run(closed())

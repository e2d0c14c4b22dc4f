"""Names that do not resolve (item 114), and a network that is down (item 122)."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from fault_server import Exchange, FaultServer, redirect

from deepdive.diagnostic import Location
from deepdive.links.probe.cache import Cache
from deepdive.links.probe.collect import Collected, Linked, Place
from deepdive.links.probe.diagnose import diagnose
from deepdive.links.probe.policy import Policy
from deepdive.links.probe.report import Report
from deepdive.links.probe.resolver import system_lookup
from deepdive.links.probe.spelling import read
from deepdive.links.probe.verdict import Kind, Outcome, Verdict

Ask = Callable[..., Report]


def failing(number: int) -> Callable[[str], object]:
    async def lookup(host: str) -> list[str]:
        if host.startswith("alive"):
            return ["127.0.0.1"]
        raise socket.gaierror(number, "no")

    return lookup


def test_item_114_a_missing_name_is_dead_after_a_second_run_and_not_before(
    policy: Policy, ask: Ask, folder: Path
) -> None:
    url, now = "https://nobody.example.com/", 1_795_000_000.0

    def run(when: float) -> Outcome:
        changes = {"now": lambda: when, "lookup": failing(socket.EAI_NONAME)}
        cache = Cache(folder, Policy(now=lambda: when))
        return ask(url, cache=cache, **changes).outcomes[url]

    first = run(now)
    assert (first.verdict, first.kind) == (Verdict.INCONCLUSIVE, Kind.NO_NAME)
    assert "does not exist (DNS)" in first.reason
    assert run(now + 600).verdict is Verdict.INCONCLUSIVE
    second = run(now + 86_400)
    assert (second.verdict, "does not exist (DNS)" in second.reason) == (Verdict.DEAD, True)


@pytest.mark.parametrize(
    ("number", "word"),
    [(socket.EAI_AGAIN, "did not answer"), (socket.EAI_FAIL, "failed")],
    ids=["item-114-timeout", "item-114-servfail"],
)
def test_name_servers_in_trouble_prove_nothing(number: int, word: str, outcome: Callable[..., Outcome]) -> None:
    found = outcome("https://unsure.example.com/", lookup=failing(number))
    assert (found.verdict, word in found.reason, "DNS" in found.reason) == (Verdict.INCONCLUSIVE, True, True)


def test_item_122_a_network_that_is_down_is_one_finding(ask: Ask, policy: Policy) -> None:
    urls = [f"https://host-{number}.example.com/" for number in range(300)]
    begun = time.monotonic()
    report = ask(*urls, lookup=failing(socket.EAI_AGAIN), backoff_seconds=0.1)
    assert time.monotonic() - begun < 5
    assert (report.network_down, report.complete, len(report.outcomes)) == (True, False, 300)
    collected = Collected({url: Linked(read(url, policy.ports), [Place(Location("page.md"))]) for url in urls})
    assert [found.code for found in diagnose(collected, report, [], Location("mkdocs.yml"))] == ["network-down"]


def test_item_122_with_few_hosts_the_end_of_the_run_tells(ask: Ask) -> None:
    assert ask(
        *[f"https://host-{number}.example.com/" for number in range(4)], lookup=failing(socket.EAI_AGAIN)
    ).network_down


def test_one_silent_host_is_no_network_that_is_down(ask: Ask) -> None:
    assert not ask("https://host-1.example.com/", lookup=failing(socket.EAI_AGAIN)).network_down


def test_many_dead_hosts_in_a_row_are_no_network_that_is_down_while_one_still_answers(
    server: FaultServer, ask: Ask
) -> None:
    urls = [f"https://dead-{number}.example.com/" for number in range(40)]
    report = ask(server.url("alive"), *urls, lookup=failing(socket.EAI_AGAIN), backoff_seconds=0.2)
    assert not report.network_down
    assert report.count(Verdict.INCONCLUSIVE) == 40


def test_item_122_a_network_that_goes_down_midway_keeps_what_was_known(server: FaultServer, ask: Ask) -> None:
    good = [server.url(f"alive-{number}") for number in range(5)]
    lost = [f"https://later-{number}.example.com/" for number in range(40)]
    asked = 0

    async def lookup(host: str) -> list[str]:
        nonlocal asked
        if host.startswith("alive") and asked < 5:
            asked += 1
            return ["127.0.0.1"]
        await asyncio.sleep(0.3)
        raise socket.gaierror(socket.EAI_AGAIN, "no")

    async def everything_fails(host: str) -> list[str]:
        return await lookup(host)

    report = ask(*good, *lost, lookup=everything_fails, refuse=_until(5), attempts=1)
    assert report.count(Verdict.ALIVE) == 5
    assert report.network_down


def test_item_114_dead_names_are_asked_again_when_everything_else_is_known_to_be_alive(
    server: FaultServer, policy: Policy, ask: Ask, folder: Path
) -> None:
    alive = [server.url(f"alive-{number}") for number in range(2)]
    gone = [f"https://gone-{number}.example.com/" for number in range(3)]
    begun = time.time()

    def run(later: float, failure: int = socket.EAI_NONAME, prefix: str = "alive") -> Report:
        async def lookup(host: str) -> list[str]:
            if host.startswith(prefix):
                return ["127.0.0.1"]
            raise socket.gaierror(failure, "no")

        moment = begun + later
        return ask(*alive, *gone, cache=Cache(folder, Policy(now=lambda: moment)), now=lambda: moment, lookup=lookup)

    assert not run(0).network_down
    # Nobody answers, not even who is known to be alive: it is us.
    assert run(7200, socket.EAI_AGAIN, "nobody").network_down
    second = run(14_400)
    assert (second.network_down, second.reused) == (False, 2)
    assert {second.outcomes[url].verdict for url in gone} == {Verdict.DEAD}


def test_item_102_a_page_that_stops_after_its_headers_was_an_answer(server: FaultServer, ask: Ask) -> None:
    async def stall(exchange: Exchange) -> None:
        await exchange.send(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n<title>A</title>"
        )
        await asyncio.sleep(20)

    for number in range(4):
        server.on(f"stalling-{number}", stall)
        server.on(f"sends-on-{number}", redirect(f"https://alone-{number}.example.net/"))
    slow = ask(*[server.url(f"stalling-{number}") for number in range(4)], attempts=1)
    assert (slow.network_down, slow.count(Verdict.INCONCLUSIVE)) == (False, 4)

    async def lookup(host: str) -> list[str]:
        if host.startswith("sends-on"):
            return ["127.0.0.1"]
        raise socket.gaierror(socket.EAI_AGAIN, "no")

    assert not ask(*[server.url(f"sends-on-{number}") for number in range(4)], lookup=lookup).network_down


def _until(most: int) -> Callable[[str], str]:
    """A rule that lets the first so many connections through (twice: name and socket), then the link is cut."""
    used = 0

    def rule(address: str) -> str:
        nonlocal used
        used += 1
        if used > 2 * most:
            raise OSError(101, "Network is unreachable")
        return ""

    return rule


def test_a_name_server_that_hangs_delays_neither_the_others_nor_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(host: str, *rest: object, **more: object) -> list[object]:
        if host == "hanging":
            time.sleep(1.5)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 0))]

    monkeypatch.setattr("deepdive.links.probe.resolver.socket.getaddrinfo", hang)

    async def ask_both() -> list[str]:
        stuck = asyncio.create_task(system_lookup("hanging"))
        found = await system_lookup("quick")
        stuck.cancel()
        return found

    begun = time.monotonic()
    assert asyncio.run(ask_both()) == ["127.0.0.1"]
    assert time.monotonic() - begun < 1.0

"""Manners and bounds: pace, Retry-After, circuit breaker, budgets of address, host and run (items 83 to 86, figures 5 and 6)."""

from __future__ import annotations

import asyncio
import email.utils
import itertools
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from fault_server import Exchange, FaultServer, answer, page

from deepdive.links.probe.hosts import Hosts, retry_after
from deepdive.links.probe.policy import Policy
from deepdive.links.probe.report import Report
from deepdive.links.probe.verdict import Kind, Verdict

Ask = Callable[..., Report]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("120", 120.0),
        (" 5 ", 5.0),
        ("0", 0.0),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("1e9", None),
        ("٣", None),
        ("9" * 400, 999999999.0),
        ("Wed, 99 Foo 2026", None),
    ],
    ids=lambda value: f"item-83-{str(value)[:12].encode('ascii', 'replace').decode()}",
)
def test_retry_after_is_read_in_seconds(header: str, expected: float | None) -> None:
    assert retry_after(header, 0.0) == expected


def test_item_83_retry_after_is_read_as_a_date_and_never_lies_in_the_past() -> None:
    now = 1_795_262_400.0
    assert retry_after(email.utils.formatdate(now + 90, usegmt=True), now) == 90.0
    assert retry_after(email.utils.formatdate(now - 90, usegmt=True), now) == 0.0


def test_five_hundred_addresses_of_one_host_that_answers_429_end_early(server: FaultServer, ask: Ask) -> None:
    """Items 83 and 84: at most ten requests after the breaker opened, and everybody is undecided."""
    server.on("busy", answer(429))
    begun = time.monotonic()
    report = ask(*[server.url("busy", f"/{number}") for number in range(500)])
    assert time.monotonic() - begun < 10
    assert server.log.requests["busy"] <= 5 + 10
    assert {outcome.verdict for outcome in report.outcomes.values()} == {Verdict.INCONCLUSIVE}


def test_with_the_real_limits_that_takes_less_than_a_minute(
    monkeypatch: pytest.MonkeyPatch, server: FaultServer, ask: Ask
) -> None:
    """Figure 6, with the real pace, backoff and breaker on a clock that jumps over every wait."""
    jumped = 0.0
    real_clock, real_sleep = time.monotonic, asyncio.sleep

    async def jump(seconds: float, *rest: Any) -> None:
        nonlocal jumped
        jumped += max(0.0, seconds)
        await real_sleep(0)

    monkeypatch.setattr("deepdive.links.probe.hosts.asyncio.sleep", jump)
    server.on("busy-for-real", answer(429))
    begun = real_clock()
    limits = {
        "pace_seconds": 0.5,
        "backoff_seconds": 1.0,
        "breaker_seconds": 5.0,
        "wait_seconds": 20.0,
        "host_wait_seconds": 40.0,
        "url_seconds": 30.0,
        "attempt_seconds": 10.0,
        "confirm_seconds": 2.0,
    }
    report = ask(
        *[server.url("busy-for-real", f"/{number}") for number in range(500)],
        clock=lambda: real_clock() + jumped,
        **limits,
    )
    assert len(report.outcomes) == 500
    assert real_clock() - begun + jumped < 60
    assert server.log.requests["busy-for-real"] <= 5 + 10


def test_the_breaker_closes_again_when_a_trial_succeeds(server: FaultServer, ask: Ask) -> None:
    server.on("recovers", *[answer(503)] * 5, page())
    report = ask(*[server.url("recovers", f"/{number}") for number in range(30)])
    assert report.count(Verdict.ALIVE) >= 28


def test_trouble_of_one_host_is_not_trouble_of_another(server: FaultServer, ask: Ask) -> None:
    server.on("sick", answer(503))
    urls = [server.url(label, f"/{number}") for label in ("sick", "well") for number in range(20)]
    report = ask(*urls)
    assert {report.outcomes[url].verdict for url in urls if "well" in url} == {Verdict.ALIVE}


def test_item_86_a_host_that_asks_to_wait_an_hour_is_left_alone(server: FaultServer, ask: Ask) -> None:
    server.on("later", answer(503, headers={"Retry-After": "3600"}))
    report = ask(*[server.url("later", f"/{number}") for number in range(40)])
    assert server.log.requests["later"] <= 2
    assert sum("left alone" in outcome.reason for outcome in report.outcomes.values()) >= 38


def test_a_host_gets_no_more_connections_at_once_than_allowed_and_a_pace(server: FaultServer, ask: Ask) -> None:
    at_once = most = 0
    starts: list[float] = []

    async def watch(exchange: Exchange) -> None:
        nonlocal at_once, most
        at_once, most = at_once + 1, max(most, at_once + 1)
        starts.append(time.monotonic())
        await asyncio.sleep(0.06)
        at_once -= 1
        await exchange.send(page())

    server.on("paced", watch)
    ask(*[server.url("paced", f"/{number}") for number in range(8)], pace_seconds=0.05)
    assert most <= 2
    assert all(later - earlier > 0.03 for earlier, later in itertools.pairwise(starts))


def test_an_address_costs_no_more_than_three_attempts_and_its_seconds(server: FaultServer, ask: Ask) -> None:
    async def slow_error(exchange: Exchange) -> None:
        await asyncio.sleep(0.3)
        await exchange.send(answer(500))

    server.on("expensive", slow_error)
    begun = time.monotonic()
    url = server.url("expensive")
    found = ask(url, url_seconds=0.5).outcomes[url]
    assert found.attempts == 2
    assert time.monotonic() - begun < 1.0
    assert found.seconds <= 0.6


def test_a_run_ends_at_its_deadline_and_says_what_it_left(server: FaultServer, ask: Ask) -> None:
    async def hang(exchange: Exchange) -> None:
        await asyncio.sleep(20)

    server.on("stuck", hang)
    good, stuck = server.url("quick"), server.url("stuck")
    begun = time.monotonic()
    report = ask(good, stuck, run_seconds=0.6, attempt_seconds=10.0, url_seconds=30.0)
    assert time.monotonic() - begun < 2
    assert (report.out_of_time, report.complete) == (True, False)
    assert report.outcomes[good].verdict is Verdict.ALIVE
    assert report.outcomes[stuck].kind is Kind.UNASKED


def test_nobody_queues_on_an_attempts_time(server: FaultServer, ask: Ask) -> None:
    """Twenty healthy hosts on two connections, each slower than half an attempt, look-up included."""

    async def slowly(exchange: Exchange) -> None:
        await asyncio.sleep(0.2)
        await exchange.send(page())

    async def lookup(host: str) -> list[str]:
        await asyncio.sleep(0.1)
        return ["127.0.0.1"]

    for number in range(20):
        server.on(f"queued-{number}", slowly)
    report = ask(
        *[server.url(f"queued-{number}") for number in range(20)], connections=2, attempt_seconds=0.6, lookup=lookup
    )
    assert report.count(Verdict.ALIVE) == 20
    assert report.requests == 20


def test_a_host_keeps_its_pace_when_the_connections_are_taken(policy: Policy) -> None:
    paced = replace(policy, pace_seconds=0.1)
    starts: list[float] = []

    async def send(hosts: Hosts, connections: asyncio.Semaphore) -> None:
        async with hosts.turn("paced.example.com", connections):
            starts.append(time.monotonic())

    async def all_at_once() -> None:
        hosts, connections = Hosts(paced), asyncio.Semaphore(2)
        async with connections, connections:
            sending = [asyncio.create_task(send(hosts, connections)) for _ in range(3)]
            await asyncio.sleep(0.4)
            assert starts == []
        await asyncio.gather(*sending)

    asyncio.run(all_at_once())
    assert len(starts) == 3
    assert all(later - earlier > 0.09 for earlier, later in itertools.pairwise(starts))


def test_a_connection_is_not_held_while_its_host_asks_to_wait(policy: Policy) -> None:
    async def taken() -> bool:
        hosts, connections = Hosts(policy), asyncio.Semaphore(1)
        async with connections:
            sending = asyncio.create_task(enter(hosts, connections))
            await asyncio.sleep(0.01)
            hosts.get("busy.example.com").put_off(2.0, "it is busy")
        await asyncio.sleep(0.01)
        free = not connections.locked()
        sending.cancel()
        await asyncio.wait([sending])
        return free

    async def enter(hosts: Hosts, connections: asyncio.Semaphore) -> None:
        async with hosts.turn("busy.example.com", connections):
            pass

    assert asyncio.run(taken())

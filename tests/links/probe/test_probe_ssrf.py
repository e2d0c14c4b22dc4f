"""No packet to what is not public: literal, by name, by redirect (items 46 to 48, 92, 93), counted at the socket."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fault_server import PUBLIC, FaultServer, redirect
from test_probe_spelling import PRIVATE

from deepdive.links.probe.addresses import refusal
from deepdive.links.probe.hosts import Hosts
from deepdive.links.probe.policy import Policy
from deepdive.links.probe.request import Client
from deepdive.links.probe.spelling import Refused, Spelled, spell
from deepdive.links.probe.verdict import Kind, Outcome, Verdict

SPELLINGS = [
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0x0.0x0.0x1", "0177.0.0.1", "017700000001", "0x7f.1", "127.0.0.1.", "0", "0.0.0.0", "0x0", "10.0.0.5", "0xa.5", "167772165", "012.0.0.5",
    "169.254.169.254", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "169.254.43518", "100.64.0.1", "192.168.0.1", "172.16.0.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "１２７.０.０.１", "127。0。0。1",
    "①②⑦.0.0.1", "%31%32%37.0.0.1", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:169.254.169.254]", "[::127.0.0.1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b::127.0.0.1]",
    "[64:ff9b:1::a00:1]", "[2002:7f00:1::]", "[2001:0:7f00:1::]", "[fe80::1]", "[fe80::1%25lo]", "[fc00::1]", "[fd00:ec2::254]", "[ff02::1]", "[2001:db8::1]", "localhost", "localhost.", "LOCALHOST", "a.localhost", "router.local",
]  # fmt: skip


@pytest.fixture
def packets(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every address a socket of this process is connected or sends to, from now on."""
    sent: list[Any] = []
    for name in ("connect", "connect_ex", "sendto", "sendmsg"):
        real = getattr(socket.socket, name)

        def count(self: socket.socket, *arguments: Any, _real: Any = real, _name: str = name) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6):
                sent.append((_name, arguments[-1]))
            return _real(self, *arguments)

        monkeypatch.setattr(socket.socket, name, count)
    return sent


@pytest.fixture
def strict(policy: Policy) -> Policy:
    """The real rule, but for the one loopback address that plays a public host."""

    async def lookup(host: str) -> list[str]:
        return [PUBLIC]

    return replace(policy, refuse=lambda address: "" if address == PUBLIC else refusal(address), lookup=lookup)


@pytest.mark.parametrize(
    "host", SPELLINGS, ids=lambda host: f"items-46-47-48-{host.encode('ascii', 'replace').decode()}"
)
def test_a_literal_is_refused_before_there_is_a_socket(host: str, packets: list[Any]) -> None:
    for scheme in ("http", "https"):
        with pytest.raises(Refused):
            spell(f"{scheme}://{host}/x")
    assert packets == []


def test_items_46_47_a_literal_that_slipped_through_meets_the_gate_at_the_socket(
    strict: Policy, packets: list[Any]
) -> None:
    async def visit() -> list[Any]:
        client = Client(strict, Hosts(strict))
        hosts = ["127.0.0.1", "10.0.0.5", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]", "2130706433"]
        try:
            return [(await client.visit(Spelled(f"http://{host}/", host), False, 2.0))[0] for host in hosts]
        finally:
            await client.close()

    answers = asyncio.run(visit())
    assert all(answer.verdict is not Verdict.ALIVE for answer in answers)
    assert packets == []


@pytest.mark.parametrize("address", PRIVATE, ids=lambda address: f"item-93-{address}")
def test_a_name_that_leads_inside_is_not_followed(
    address: str, strict: Policy, outcome: Callable[..., Outcome], packets: list[Any]
) -> None:
    async def inside(host: str) -> list[str]:
        return [address]

    found = outcome("https://rebound.example.com/", lookup=inside, refuse=strict.refuse)
    assert (found.verdict, found.kind, found.attempts) == (Verdict.DEAD, Kind.UNSAFE, 1)
    assert packets == []


def test_item_93_of_mixed_answers_only_the_public_one_is_reached(
    server: FaultServer, strict: Policy, outcome: Callable[..., Outcome], packets: list[Any]
) -> None:
    async def mixed(host: str) -> list[str]:
        return ["127.0.0.1", "10.0.0.5", "::1", PUBLIC]

    assert outcome(server.url("mixed", port="public"), lookup=mixed, refuse=strict.refuse).verdict is Verdict.ALIVE
    assert {address[0] for _, address in packets} == {PUBLIC}


def test_item_93_a_name_that_changes_its_mind_is_judged_by_the_address_connected_to(
    server: FaultServer, strict: Policy, outcome: Callable[..., Outcome], packets: list[Any]
) -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"], ["127.0.0.1"]])

    async def rebinding(host: str) -> list[str]:
        return next(answers)

    server.on("rebinding", redirect(f"http://other.example.com:{server.ports['plain']}/"))
    found = outcome(server.url("rebinding", port="public"), lookup=rebinding, refuse=strict.refuse)
    assert found.kind is Kind.UNSAFE
    assert {address[0] for _, address in packets} == {PUBLIC}


@pytest.mark.parametrize("host", SPELLINGS, ids=lambda host: f"item-92-{host.encode('ascii', 'replace').decode()}")
def test_a_redirect_inside_is_not_followed(
    host: str, server: FaultServer, strict: Policy, outcome: Callable[..., Outcome], packets: list[Any]
) -> None:
    label = f"inside-{SPELLINGS.index(host)}"
    before = server.log.connections[server.ports["plain"]]
    server.on(label, redirect(f"http://{host}:{server.ports['plain']}/latest/meta-data"))
    found = outcome(server.url(label, port="public"), lookup=strict.lookup, refuse=strict.refuse)
    assert found.verdict is Verdict.DEAD
    assert {address[0] for _, address in packets} == {PUBLIC}
    assert server.log.connections[server.ports["plain"]] == before


def test_item_92_a_redirect_to_a_name_that_leads_inside_is_not_followed(
    server: FaultServer, strict: Policy, outcome: Callable[..., Outcome], packets: list[Any]
) -> None:
    async def lookup(host: str) -> list[str]:
        return ["169.254.169.254"] if host.startswith("metadata") else [PUBLIC]

    server.on("outside", redirect("http://metadata.example.com/"))
    found = outcome(server.url("outside", port="public"), lookup=lookup, refuse=strict.refuse)
    assert (found.verdict, found.kind) == (Verdict.DEAD, Kind.UNSAFE)
    assert "169.254" not in found.reason
    assert {address[0] for _, address in packets} == {PUBLIC}


def test_items_46_47_48_92_93_not_one_frame_goes_inside_counted_by_the_network_itself() -> None:
    """Figure 4: every spelling, literal, by name and by redirect, over http and https, where all of it would arrive.

    The rule is the real one. The counter is shown to work twice: by the public host's requests, and
    by the same run without the rule.
    """
    program = Path(__file__).with_name("namespace.py")
    done = subprocess.run(
        [sys.executable, str(program)],
        input=json.dumps({"hosts": SPELLINGS}),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    public, count = "93.184.216.34", 2 * len(SPELLINGS)
    assert result["refused"] == len(SPELLINGS) >= 40
    assert set(result["frames"]) == {public}
    assert result["requests"] == {public: count}
    assert {way: sum(verdicts.values()) for way, verdicts in result["verdicts"].items()} == dict.fromkeys(
        ("literal", "name", "redirect"), count
    )
    assert "alive" not in {verdict for verdicts in result["verdicts"].values() for verdict in verdicts}
    inside = {"127.0.0.1", "10.0.0.5", "169.254.169.254", "192.168.0.1", "172.16.0.1", "100.64.0.1", "::1", "fc00::1"}
    assert inside | {public} <= set(result["without_the_rule"]["frames"])
    assert inside | {public} <= set(result["without_the_rule"]["requests"])

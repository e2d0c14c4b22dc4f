"""A fault server for the folder, and a policy that reaches nothing but it."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fault_server import FaultServer, running

from deepdive.links.probe.addresses import refusal
from deepdive.links.probe.cache import Cache
from deepdive.links.probe.policy import Policy
from deepdive.links.probe.report import Report
from deepdive.links.probe.run import probe
from deepdive.links.probe.spelling import read
from deepdive.links.probe.verdict import Outcome


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FaultServer]:
    with running(tmp_path_factory.mktemp("fault-server")) as started:
        yield started


def loopback_allowed(address: str) -> str:
    """The rule of tests: the real one, and the loopback addresses the fault server listens on."""
    return "" if address in ("127.0.0.1", "::1") else refusal(address)


async def everything_is_here(host: str) -> list[str]:
    return ["127.0.0.1"]


@pytest.fixture
def policy(server: FaultServer) -> Policy:
    """The real limits made small, and all names leading to the fault server."""

    def tls() -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(server.authority))

    return Policy(
        attempt_seconds=0.5, url_seconds=3.0, confirm_seconds=0.01, backoff_seconds=0.02, pace_seconds=0.0, paces={},
        wait_seconds=2.0, host_wait_seconds=4.0, breaker_seconds=0.05, run_seconds=30.0,
        ports=frozenset({80, 443, *server.ports.values()}), refuse=loopback_allowed, lookup=everything_is_here, tls=tls, twin=lambda url: "",
    )  # fmt: skip


Ask = Callable[..., Report]


@pytest.fixture
def ask(policy: Policy) -> Ask:
    """Probe some addresses; the report."""

    def run(*urls: str, cache: Cache | None = None, **changes: Any) -> Report:
        changed = replace(policy, **changes)
        addresses = [read(url, changed.ports, changed.refuse) for url in urls]
        return asyncio.run(probe(addresses, changed, cache or Cache(None, changed)))

    return run


@pytest.fixture
def outcome(ask: Ask) -> Callable[..., Outcome]:
    """Probe one address; its outcome."""

    def run(url: str, **changes: Any) -> Outcome:
        return ask(url, **changes).outcomes[url]

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"

"""Every limit of the prober in one place; tests replace single fields."""

from __future__ import annotations

import ssl
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from deepdive.links.probe.addresses import refusal
from deepdive.links.probe.resolver import system_lookup

DAY = 86_400.0
KIB = 1024


def secure_twin(url: str) -> str:
    """The https address that an http one should have been; empty when there is none to try."""
    return "https:" + url.removeprefix("http:") if url.startswith("http:") else ""


@dataclass(frozen=True, slots=True)
class Policy:
    """What the prober allows itself and others. Times are seconds, sizes are bytes."""

    # One address: the clock stops while it queues for its host, never while it is served or told to wait.
    attempts: int = 3
    attempt_seconds: float = 10.0
    url_seconds: float = 30.0
    redirects: int = 10
    confirm_seconds: float = 2.0
    backoff_seconds: float = 1.0

    # One answer. A page is read whole only when a fragment must be found in it.
    wire_bytes: int = 1024 * KIB
    decoded_bytes: int = 1024 * KIB
    skim_bytes: int = 64 * KIB
    enough_bytes: int = 16 * KIB
    header_bytes: int = 16 * KIB
    headers: int = 128
    whole_bodies: int = 8

    # One host: connections at once, time between starts, and when to leave it alone.
    per_host: int = 2
    pace_seconds: float = 0.5
    paces: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({"arxiv.org": 3.0}))
    wait_seconds: float = 20.0
    host_wait_seconds: float = 40.0
    breaker_failures: int = 5
    breaker_seconds: float = 5.0
    breaker_trials: int = 2

    # The run. Look-ups at once are no more than connections.
    connections: int = 64
    run_seconds: float = 3600.0
    down_after: int = 10
    name_gap_seconds: float = 3600.0
    alive_seconds: float = 14 * DAY
    dead_seconds: float = DAY
    resume_seconds: float = 3600.0

    # The world outside, replaced by tests.
    ports: frozenset[int] = frozenset({80, 443})
    refuse: Callable[[str], str] = refusal
    lookup: Callable[[str], Awaitable[list[str]]] = system_lookup
    tls: Callable[[], ssl.SSLContext] = ssl.create_default_context
    twin: Callable[[str], str] = secure_twin
    now: Callable[[], float] = time.time
    clock: Callable[[], float] = time.monotonic

    def pace(self, host: str) -> float:
        """Seconds between two requests to a host."""
        return self.paces.get(host, self.pace_seconds)

"""Manners towards one host: few at once, a pace, its wishes to wait obeyed, and an end to asking."""

from __future__ import annotations

import asyncio
import email.utils
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Any

from deepdive.links.probe.policy import Policy

Gate = AbstractAsyncContextManager[Any]


class LeftAlone(Exception):
    """This run asks the host nothing more."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def retry_after(header: str, now: float) -> float | None:
    """Seconds a Retry-After header asks for, in either of its forms; None when it says nothing."""
    text = header.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return max(0.0, moment.timestamp() - now) if text.isascii() else None


class Turn:
    """Leave to send one request; the sender says how it went."""

    def __init__(self, host: Host, trial: bool) -> None:
        self._host, self.trial = host, trial

    def answered(self) -> None:
        """The host works, whatever it said about the page."""
        self._host.failures = self._host.trials = 0

    def failed(self, reason: str, asked: float | None = None, slow_down: bool = False) -> None:
        """The host is in trouble, or asks to be left in peace for ``asked`` seconds."""
        self._host.note_failure(reason, asked, slow_down, self.trial)


class Host:
    """One host's queue and state. The breaker opens after so many failures in a row; then single trials decide."""

    def __init__(self, name: str, policy: Policy) -> None:
        self.name, self.policy = name, policy
        self.failures = self.trials = 0
        self.left_alone = ""
        self._slots = asyncio.Semaphore(policy.per_host)
        self._order = asyncio.Lock()
        self._next = 0.0
        self._waited = 0.0

    @property
    def open(self) -> bool:
        """Whether the breaker is open."""
        return self.failures >= self.policy.breaker_failures

    @asynccontextmanager
    async def turn(self, *gates: Gate) -> AsyncIterator[Turn]:
        """Wait for leave to send, with every gate held. Raises LeftAlone."""
        async with self._slots, AsyncExitStack() as held:
            await self._order.acquire()
            trial = False
            try:
                await self._enter(held, gates)
                # A trial keeps everybody else out until its result is known.
                trial = self.open
                self._next = self.policy.clock() + self.policy.pace(self.name)
            finally:
                if not trial:
                    self._order.release()
            try:
                yield Turn(self, trial)
            finally:
                if trial:
                    self._order.release()

    async def _enter(self, held: AsyncExitStack, gates: tuple[Gate, ...]) -> None:
        """Through the gates at a moment that suits the host; whoever has to wait for it does so outside."""
        while True:
            await self._wait()
            async with AsyncExitStack() as entered:
                for gate in gates:
                    await entered.enter_async_context(gate)
                if not self.left_alone and self._next <= self.policy.clock():
                    held.push_async_exit(entered.pop_all())
                    return

    async def _wait(self) -> None:
        while not self.left_alone and (delay := self._next - self.policy.clock()) > 0:
            await asyncio.sleep(delay)
        if self.left_alone:
            raise LeftAlone(self.left_alone)

    def note_failure(self, reason: str, asked: float | None, slow_down: bool, trial: bool) -> None:
        """Count a failure; put off the next request, or end the asking."""
        policy = self.policy
        self.failures += 1
        if asked is not None and asked > policy.wait_seconds:
            self._leave(f"the host asks to wait {asked:,.0f} seconds, longer than a run does")
            return
        if trial:
            self.trials += 1
            if self.trials >= policy.breaker_trials:
                self._leave(f"the host failed {self.failures} times in a row ({reason})")
                return
        delay = 0.0
        if self.open:
            delay = policy.breaker_seconds * 2**self.trials
        elif slow_down:
            delay = policy.backoff_seconds * 2 ** (self.failures - 1)
        self.put_off(max(delay, asked or 0.0), reason)

    def put_off(self, seconds: float, reason: str) -> None:
        """No request before so many seconds; the host's whole share of waiting is limited."""
        until = self.policy.clock() + seconds
        if until <= self._next:
            return
        self._waited += until - max(self._next, self.policy.clock())
        self._next = until
        if self._waited > self.policy.host_wait_seconds:
            self._leave(f"the host made us wait for {self.policy.host_wait_seconds:,.0f} seconds ({reason})")

    def _leave(self, reason: str) -> None:
        if not self.left_alone:
            self.left_alone = f"{reason}; it is left alone for the rest of the run"


class Hosts:
    """All hosts of a run by name."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._hosts: dict[str, Host] = {}

    def get(self, name: str) -> Host:
        """The state of one host."""
        if name not in self._hosts:
            self._hosts[name] = Host(name, self.policy)
        return self._hosts[name]

    def turn(self, name: str, *gates: Gate) -> AbstractAsyncContextManager[Turn]:
        """Leave to send one request to a host. ``gates`` limit what all hosts do at once."""
        return self.get(name).turn(*gates)

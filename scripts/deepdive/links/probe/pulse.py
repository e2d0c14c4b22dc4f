"""Is it them, or is it us? One finding for a network that is down, instead of one for each address."""

from __future__ import annotations

import asyncio

from deepdive.links.probe.answer import Response
from deepdive.links.probe.policy import Policy
from deepdive.links.probe.request import Client
from deepdive.links.probe.settle import Page, Settled

_FEWEST_HOSTS = 3
_MOST_WITNESSES = 3


class Pulse:
    """Hosts that stayed silent since anybody last answered."""

    def __init__(self, policy: Policy, client: Client) -> None:
        self.policy, self.client = policy, client
        self.down = False
        self.silent: dict[str, list[str]] = {}
        self.known_alive: list[Page] = []
        """Pages that are not asked because they were alive lately: witnesses when nobody answered in this run."""
        self._heard = False
        self._witness: Page | None = None
        self._asking = asyncio.Lock()

    async def feel(self, page: Page, settled: Settled) -> bool:
        """Take note of one result; whether the network is down."""
        if not settled.silent:
            self._heard = True
            if any(outcome.status for outcome in settled.outcomes):
                self._witness = page
                self.silent.clear()
            return self.down
        self.silent.setdefault(page.target.host, []).extend(one.url for one in settled.outcomes)
        if len(self.silent) >= self.policy.down_after:
            async with self._asking:
                if len(self.silent) >= self.policy.down_after and not self.down:
                    await self._ask_witness()
        return self.down

    async def _ask_witness(self) -> None:
        """Many silent hosts in a row may be so many dead ones: somebody who answered before is asked again."""
        witnesses = [self._witness] if self._witness else []
        witnesses += [page for page in self.known_alive if page.target.host not in self.silent][:_MOST_WITNESSES]
        visits = [
            self.client.visit(page.target, whole=False, seconds=self.policy.attempt_seconds, quiet=True)
            for page in witnesses
        ]
        if any(isinstance(answer, Response) for answer, _ in await asyncio.gather(*visits)):
            self._heard = True
            self.silent.clear()
        else:
            self.down = True

    async def conclude(self) -> None:
        """At the end of a run: nobody answered at all, and there was more than one or two to do so."""
        if not self._heard and not self.down and len(self.silent) >= _FEWEST_HOSTS:
            await self._ask_witness()

"""A run: which addresses are asked, side by side, until all are, time is up, or somebody says stop."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from deepdive.links.probe.cache import Cache
from deepdive.links.probe.collect import github_slug
from deepdive.links.probe.github import ENDPOINT, NotAsked, ask_github
from deepdive.links.probe.hosts import Hosts
from deepdive.links.probe.policy import Policy
from deepdive.links.probe.progress import Progress
from deepdive.links.probe.pulse import Pulse
from deepdive.links.probe.report import Report
from deepdive.links.probe.request import Client
from deepdive.links.probe.settle import Page, Settled, settle
from deepdive.links.probe.spelling import Spelled
from deepdive.links.probe.verdict import Kind, Outcome, Verdict

_SHOW_EVERY_SECONDS = 0.5
_STOP_WITHIN_SECONDS = 1.0
_STOP_TIMES = 4


async def probe(
    addresses: Sequence[Spelled],
    policy: Policy,
    cache: Cache,
    progress: Progress | None = None,
    token: str = "",
    slugs: Iterable[str] = (),
    endpoint: str = ENDPOINT,
) -> Report:
    """Ask every address that no fresh verdict is known of.

    Never raises: when cancelled, out of time or without a network it returns what it knows, and the
    report says so. ``slugs`` are further GitHub repositories to ask about when there is a token.
    """
    run = _Run(addresses, policy, cache, progress or Progress(None, len(addresses)))
    return await run.all(token, slugs, endpoint)


def pages_of(addresses: Iterable[Spelled]) -> list[Page]:
    """Addresses that differ in their fragment alone are asked once. The hosts take turns in the list."""
    members: dict[str, list[Spelled]] = defaultdict(list)
    for address in addresses:
        members[address.page].append(address)
    by_host: dict[str, list[Page]] = defaultdict(list)
    for page in sorted(members):
        target = replace(members[page][0], url=page)
        by_host[target.host].append(Page(target, tuple(sorted(members[page], key=lambda one: one.url))))
    return list(_in_turns(by_host))


def _in_turns(by_host: dict[str, list[Page]]) -> Iterator[Page]:
    longest = max(map(len, by_host.values()), default=0)
    for place in range(longest):
        for host in sorted(by_host):
            if place < len(by_host[host]):
                yield by_host[host][place]


class _Run:
    def __init__(self, addresses: Sequence[Spelled], policy: Policy, cache: Cache, progress: Progress) -> None:
        self.addresses, self.policy, self.cache, self.progress = addresses, policy, cache, progress
        self.report = Report(total=len(addresses))
        self.client = Client(policy, Hosts(policy))
        self.pulse = Pulse(policy, self.client)
        self.tasks: list[asyncio.Task[None]] = []
        # Silence may be our own: it is written to the journal only once the network has proved itself.
        self.held: list[Outcome] = []

    async def all(self, token: str, slugs: Iterable[str], endpoint: str) -> Report:
        begun = self.policy.clock()
        self.progress.limit = self.policy.run_seconds
        ticker = asyncio.create_task(self.tick())
        try:
            async with asyncio.timeout(self.policy.run_seconds):
                if token:
                    await self.ask_github(token, slugs, endpoint)
                self.tasks = [asyncio.create_task(self.one(page)) for page in self.unknown()]
                if self.tasks:
                    await asyncio.wait(self.tasks)
                    await self.pulse.conclude()
        except TimeoutError:
            self.report.out_of_time = True
        except asyncio.CancelledError:
            # Ctrl-C: the caller gets what is known instead of an exception.
            self.report.interrupted = True
            if task := asyncio.current_task():
                task.uncancel()
        finally:
            await self.stop(ticker)
        self.conclude()
        self.report.seconds = self.policy.clock() - begun
        return self.report

    async def stop(self, ticker: asyncio.Task[None]) -> None:
        waiting: set[asyncio.Task[None]] = {ticker, *self.tasks}
        # Before Python 3.12 a task can lose a cancellation that meets a result: it is told again.
        for _ in range(_STOP_TIMES):
            for task in waiting:
                task.cancel()
            _, waiting = await asyncio.wait(waiting, timeout=_STOP_WITHIN_SECONDS / _STOP_TIMES)
            if not waiting:
                break
        await self.client.close()
        self.progress.close()

    async def tick(self) -> None:
        while self.progress.stream is not None:
            self.progress.show()
            await asyncio.sleep(_SHOW_EVERY_SECONDS)

    def unknown(self) -> list[Page]:
        """The pages with an address that has to be asked; fresh verdicts go into the report at once."""
        asked = []
        for page in pages_of(address for address in self.addresses if address.url not in self.report.outcomes):
            fresh = [self.cache.fresh(member.url) for member in page.members]
            known = tuple(replace(outcome, seconds=0.0) for outcome in fresh if outcome)
            if len(known) == len(fresh):
                self.report.reused += len(known)
                self.take(page.target.host, known)
            else:
                asked.append(page)
        alive = {url for url, outcome in self.report.outcomes.items() if outcome.verdict is Verdict.ALIVE}
        self.pulse.known_alive = pages_of(address for address in self.addresses if address.url in alive)
        return asked

    async def one(self, page: Page) -> None:
        """Settle one page. Whatever a server thinks of, one address never ends the run."""
        try:
            settled = await settle(page, self.client)
        except Exception as problem:
            reason = f"the prober failed on it ({type(problem).__name__})"
            outcomes = tuple(
                Outcome(one.url, Verdict.INCONCLUSIVE, reason, when=self.policy.now()) for one in page.members
            )
            settled = Settled(outcomes, silent=False)
        outcomes = tuple(self.remembered(outcome) for outcome in settled.outcomes)
        self.take(page.target.host, outcomes)
        if settled.silent:
            self.held += outcomes
        else:
            self.cache.note(outcomes)
        if await self.pulse.feel(page, replace(settled, outcomes=outcomes)):
            for task in self.tasks:
                task.cancel()

    def remembered(self, outcome: Outcome) -> Outcome:
        """A name that does not exist is dead only when an earlier run found the same."""
        if outcome.kind is not Kind.NO_NAME or outcome.verdict is not Verdict.DEAD:
            return outcome
        last = self.cache.last(outcome.url)
        if last and last.kind is Kind.NO_NAME and outcome.when - last.when >= self.policy.name_gap_seconds:
            return outcome
        reason = f"{outcome.reason}; it counts as dead when a later run finds the same"
        # The first sighting stays the first, however often somebody runs this within the hour.
        when = last.when if last and last.kind is Kind.NO_NAME else outcome.when
        return replace(outcome, verdict=Verdict.INCONCLUSIVE, reason=reason, when=when)

    def take(self, host: str, outcomes: tuple[Outcome, ...]) -> None:
        self.progress.take(host, outcomes)
        for outcome in outcomes:
            self.report.outcomes[outcome.url] = outcome

    async def ask_github(self, token: str, slugs: Iterable[str], endpoint: str) -> None:
        """Repositories are settled by one question for fifty; those GitHub does not know are asked like the rest."""
        fronts = {address: slug for address in self.addresses if (slug := github_slug(address.page))}
        try:
            found = await ask_github(self.client.session, [*fronts.values(), *slugs], token, endpoint)
        except NotAsked as problem:
            self.report.warnings.append(f"{problem}; renamed and archived repositories are not found in this run")
            return
        self.report.repositories = found
        for address, slug in fronts.items():
            state = found.get(slug)
            if state is None or address.fragment:
                continue
            outcome = Outcome(
                address.url, Verdict.ALIVE, "GitHub knows the repository", status=200, when=self.policy.now()
            )
            if state.renamed:
                reason = f"the repository is called {state.name} now"
                outcome = replace(
                    outcome, kind=Kind.MOVED, reason=reason, replacement=f"https://github.com/{state.name}"
                )
            self.take(address.host, (outcome,))
            self.cache.note((outcome,))

    def conclude(self) -> None:
        """Settle what the end of the run leaves open, and keep what it learned."""
        report = self.report
        report.network_down = self.pulse.down
        if report.network_down:
            silent = {url for urls in self.pulse.silent.values() for url in urls}
            for url in silent:
                report.outcomes.pop(url, None)
            self.held = [outcome for outcome in self.held if outcome.url not in silent]
        self.cache.note(tuple(self.held))
        for address in self.addresses:
            if last := self.cache.last(address.url):
                kind = last.kind.value if last.kind in (Kind.MOVED, Kind.SUSPICIOUS) else last.verdict.value
                report.before[address.url] = kind
            if address.url not in report.outcomes:
                reason = "the run ended before its turn"
                report.outcomes[address.url] = Outcome(address.url, Verdict.INCONCLUSIVE, reason, Kind.UNASKED)
        if report.complete:
            self.cache.finish()
        report.requests = self.client.requests
        report.warnings += self.cache.warnings

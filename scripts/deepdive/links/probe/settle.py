"""One page to its outcomes: attempts, confirmation, and a verdict for each fragment that is linked."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, replace

from deepdive.links.probe.answer import Answer, Fault, Response
from deepdive.links.probe.classify import Judgement, classify
from deepdive.links.probe.fragments import needs_page
from deepdive.links.probe.hosts import retry_after
from deepdive.links.probe.request import Client
from deepdive.links.probe.spelling import Refused, Spelled, read
from deepdive.links.probe.verdict import Kind, Outcome, Verdict


@dataclass(frozen=True, slots=True)
class Page:
    """One address to ask, and every linked address that differs from it in the fragment alone."""

    target: Spelled
    members: tuple[Spelled, ...]

    @property
    def whole(self) -> bool:
        """Whether an anchor has to be found in the page."""
        return any(needs_page(member.fragment) for member in self.members)


@dataclass(frozen=True, slots=True)
class Settled:
    """The outcomes of a page. ``silent``: its host never answered with anything."""

    outcomes: tuple[Outcome, ...]
    silent: bool


async def settle(page: Page, client: Client) -> Settled:
    """Ask until the answer is firm or the address's budget is spent."""
    return await _Settling(page, client).run()


class _Settling:
    def __init__(self, page: Page, client: Client) -> None:
        self.page, self.client, self.policy = page, client, client.policy
        self.spent = 0.0
        self.attempts = 0
        self.silent = True
        self.deaths: Counter[Kind] = Counter()

    async def run(self) -> Settled:
        if secure := await self.secure():
            return secure
        self.attempts = 0
        while True:
            answer = await self.attempt(self.page.target)
            judgement = classify(answer, self.page.target.page)
            if judgement.verdict is Verdict.DEAD:
                self.deaths[judgement.kind] += 1
            firm = judgement.verdict is Verdict.ALIVE or self.is_confirmed(judgement)
            if firm or not (judgement.transient or judgement.verdict is Verdict.DEAD):
                return self.settled(answer, judgement)
            delay = self.delay(answer, judgement)
            if self.attempts >= self.policy.attempts or self.spent + delay >= self.policy.url_seconds:
                return self.settled(answer, judgement)
            self.spent += delay
            await asyncio.sleep(delay)

    def is_confirmed(self, judgement: Judgement) -> bool:
        """A dead address is dead twice; one that leads where no packet may go needs no second look."""
        if judgement.verdict is not Verdict.DEAD:
            return False
        return judgement.kind is Kind.UNSAFE or self.deaths.total() > 1

    async def attempt(self, target: Spelled, quiet: bool = False) -> Answer:
        seconds = min(self.policy.attempt_seconds, self.policy.url_seconds - self.spent)
        self.attempts += 1
        answer, served = await self.client.visit(target, self.page.whole, seconds, quiet)
        self.spent += served
        self.silent &= isinstance(answer, Fault) and answer.silent
        return answer

    def delay(self, answer: Answer, judgement: Judgement) -> float:
        if judgement.verdict is Verdict.DEAD:
            return self.policy.confirm_seconds
        asked = retry_after(answer.retry_after, self.policy.now()) if isinstance(answer, Response) else None
        return self.policy.backoff_seconds * 2 ** (self.attempts - 1) if asked is None else asked

    async def secure(self) -> Settled | None:
        """The https twin of an http address, when it shows a page just as well."""
        twin = self.policy.twin(self.page.target.page)
        if not twin:
            return None
        try:
            target = read(twin, self.policy.ports, self.policy.refuse)
        except Refused:
            return None
        answer = await self.attempt(target, quiet=True)
        judgement = classify(answer, target.page)
        if judgement.verdict is not Verdict.ALIVE or judgement.kind is Kind.SUSPICIOUS:
            return None
        if not isinstance(answer, Response) or not answer.url.startswith("https:"):
            return None
        moved = []
        for outcome in self.outcomes(answer, judgement):
            fragment = outcome.url.partition("#")[2]
            goal = (judgement.replacement or target.page).partition("#")[0] + (f"#{fragment}" if fragment else "")
            if outcome.verdict is Verdict.ALIVE and outcome.kind is not Kind.SUSPICIOUS:
                outcome = replace(outcome, kind=Kind.MOVED, replacement=goal, reason="the same page answers over https")
            moved.append(outcome)
        return Settled(tuple(moved), silent=False)

    def settled(self, answer: Answer, judgement: Judgement) -> Settled:
        if judgement.verdict is Verdict.DEAD and not self.is_confirmed(judgement):
            reason = f"{judgement.reason}, which no second attempt confirmed"
            judgement = replace(judgement, verdict=Verdict.INCONCLUSIVE, reason=reason)
        return Settled(self.outcomes(answer, judgement), self.silent)

    def outcomes(self, answer: Answer, judgement: Judgement) -> tuple[Outcome, ...]:
        found = []
        for member in self.page.members:
            one = judgement
            if judgement.verdict is Verdict.ALIVE and member.fragment:
                one = classify(answer, member.url)
            found.append(
                Outcome(
                    member.url, one.verdict, one.reason, one.kind, one.replacement, one.status,
                    self.attempts, round(self.spent, 3), self.policy.now(),
                )
            )  # fmt: skip
        return tuple(found)

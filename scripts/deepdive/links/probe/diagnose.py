"""A run's report to findings at their places: what fails, what is shown, what ``--fix`` writes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deepdive.diagnostic import Diagnostic, Edit, Location, Severity, error, warning
from deepdive.links.probe.collect import Collected, Linked, Place, Repository
from deepdive.links.probe.github import RepositoryState
from deepdive.links.probe.report import Report
from deepdive.links.probe.spelling import redact, redact_refused
from deepdive.links.probe.suppressions import Suppression, unused
from deepdive.links.probe.verdict import Kind, Outcome, Verdict
from deepdive.model.address import AddressProblem, check_address

_REMEDY = "replace the address, or remove the link."
# Characters that would end a Markdown link or a quoted YAML value.
_RISKY = re.compile(r"[()<>\"'`|\[\]{}\\*]|_$")


def diagnose(
    collected: Collected,
    report: Report,
    suppressions: list[Suppression],
    config: Location,
    everything: bool = False,
) -> Iterator[Diagnostic]:
    """Every finding of a run. ``config`` is the place of findings about the run itself.

    ``everything``: the run was meant to ask every address there is. When it also came to its end,
    suppressions that hid nothing are findings.
    """
    for written, refused, place in collected.refused:
        code = "unsafe-address" if refused.kind is Kind.UNSAFE else "bad-address"
        yield error(code, f"{redact_refused(written)[:200]}: {refused.reason}", place.location, refused.fix)
    for url, linked in sorted(collected.linked.items()):
        found = [*_outcome(report.outcomes[url], linked), *_notes(linked)]
        if any(one.covers(url) for one in suppressions):
            if any(finding.code != "unsafe-address" for finding in found):
                report.suppressed.append(url)
            found = [finding for finding in found if finding.code == "unsafe-address"]
        yield from found
    for repository in collected.repositories:
        state = report.repositories.get(repository.slug)
        if state is not None:
            yield from _repository(repository, state)
    if everything and report.complete:
        yield from unused(suppressions, report.suppressed)
    yield from _run(report, config)


def _outcome(outcome: Outcome, linked: Linked) -> Iterator[Diagnostic]:
    shown = redact(outcome.url)
    for place in linked.places:
        if outcome.kind is Kind.UNSAFE:
            yield error("unsafe-address", f"{shown}: {outcome.reason}.", place.location, "remove the link.")
        elif outcome.verdict is Verdict.DEAD:
            yield error("dead-link", f"{shown}: {outcome.reason}.", place.location, _REMEDY)
        elif outcome.kind is Kind.UNASKED:
            continue  # one finding speaks for the whole run
        elif outcome.verdict is Verdict.INCONCLUSIVE:
            yield Diagnostic(Severity.NOTE, "undecided-link", f"{shown}: {outcome.reason}.", place.location)
        elif outcome.kind is Kind.SUSPICIOUS:
            yield warning(
                "suspicious-link",
                f"{shown}: {outcome.reason}.",
                place.location,
                "open it, and link to the page you meant.",
            )
        elif outcome.kind is Kind.MOVED:
            yield _moved(outcome, place)


def _moved(outcome: Outcome, place: Place) -> Diagnostic:
    written = outcome.replacement
    if place.form == "repo":
        slug = re.fullmatch(r"https://github\.com/([\w-]+/[\w.-]+)/?", outcome.replacement)
        written = f"github:{slug[1]}" if slug else ""
    message = f"{redact(outcome.url)}: {outcome.reason}."
    fix = f"write {redact(written or outcome.replacement)}."
    return warning("moved-link", message, place.location, fix, _edit(place, written, outcome.replacement))


def _edit(place: Place, written: str, address: str) -> Edit | None:
    """The replacement, where it can be written without a second thought."""
    if place.start < 0 or not written or _RISKY.search(written) or place.form == "derived":
        return None
    try:
        check_address(address)
    except AddressProblem:
        return None  # what we would not accept from a contributor we do not write either
    return Edit(place.location.path, place.start, place.end, written)


def _notes(linked: Linked) -> Iterator[Diagnostic]:
    spelled = linked.spelled
    for place in linked.places:
        for note in spelled.notes:
            tracking = bool(spelled.cleaned) and "tracking" in note
            edit = _edit(place, spelled.cleaned, spelled.cleaned) if tracking else None
            fix = f"write {redact(spelled.cleaned)}." if tracking else None
            yield warning("suspicious-link", f"{redact(spelled.url)}: {note}.", place.location, fix, edit)


def _repository(repository: Repository, state: RepositoryState) -> Iterator[Diagnostic]:
    place = repository.place
    if state.archived and repository.status == "active":
        message = f"{repository.row}: the repository was archived on {state.archived}, and the row says it is active."
        fix = f"write status: archived and status_since: {state.archived}, and cite the repository."
        yield error("archived-repository", message, place.location, fix)
    if state.renamed and place.form == "repo":
        written = f"github:{state.name}"
        message = f"{repository.row}: the repository {state.asked} is called {state.name} now."
        edit = _edit(place, written, f"https://github.com/{state.name}")
        yield warning("moved-link", message, place.location, f"write {written}.", edit)


def _run(report: Report, config: Location) -> Iterator[Diagnostic]:
    if report.network_down:
        message = "no host answered: the network here is down, and nothing is said about the addresses."
        yield error("network-down", message, config, "run it again when the network is back.")
    unasked = sum(1 for outcome in report.outcomes.values() if outcome.kind is Kind.UNASKED)
    if unasked and not report.network_down:
        why = "was interrupted" if report.interrupted else "came to its deadline"
        message = f"the run {why} before {unasked:,} of {report.total:,} addresses had their turn."
        yield warning("unfinished-run", message, config, "run it again: what is known by now is not asked twice.")
    for text in report.warnings:
        yield warning("incomplete-run", f"{text}.", config)

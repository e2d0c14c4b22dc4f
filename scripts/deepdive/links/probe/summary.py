"""A run in Markdown, for the one issue that is opened, updated and closed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deepdive.links.probe.report import Report
from deepdive.links.probe.spelling import redact
from deepdive.links.probe.verdict import Kind, Outcome, Verdict

# GitHub takes 65,536 characters.
_LONGEST = 60_000
_MOST_PLACES = 3
_MOST_UNDECIDED = 50


def needs_issue(report: Report) -> bool:
    """Whether something is left to do: the issue is open; else it is closed."""
    labels = {report.label(url) for url in report.outcomes if url not in report.suppressed}
    return bool(labels & {"dead", "moved", "suspicious"} or report.repositories)


def summarise(report: Report) -> str:
    """What is dead, moved or doubtful, what changed since the last run, and what nobody knows."""
    lines: list[str] = []
    length = 0
    for line in _lines(report):
        if length + len(line) > _LONGEST:
            lines.append("\n… and more: the list is too long for an issue.")
            break
        lines.append(line)
        length += len(line) + 1
    return "\n".join(lines).rstrip() + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield "# External links\n"
    yield (
        f"{report.total:,} addresses: {report.count(Verdict.ALIVE):,} alive, {report.count(Verdict.DEAD):,} dead, "
        f"{report.count(Verdict.INCONCLUSIVE):,} undecided. {report.reused:,} verdicts were still fresh; "
        f"{report.requests:,} requests in {report.seconds:,.0f} seconds.\n"
    )
    if report.network_down:
        yield "**The network was down.** Nothing is said about the addresses that were not reached.\n"
    elif not report.complete:
        yield "**The run is incomplete.** Addresses that had no turn count as undecided.\n"
    for warning in report.warnings:
        yield f"- {_plain(warning)}\n"
    shown = {url: outcome for url, outcome in sorted(report.outcomes.items()) if url not in report.suppressed}
    yield from _changes(report)
    for title, label in (("Dead", "dead"), ("Moved for good", "moved"), ("Doubtful", "suspicious")):
        yield from _section(title, [outcome for url, outcome in shown.items() if report.label(url) == label], report)
    yield from _archived(report)
    undecided = [
        outcome
        for outcome in shown.values()
        if outcome.verdict is Verdict.INCONCLUSIVE and outcome.kind is not Kind.UNASKED
    ]
    yield from _section("Undecided", undecided[:_MOST_UNDECIDED], report, len(undecided))
    if report.suppressed:
        yield f"## Suppressed ({len(report.suppressed)})\n"
        yield from (f"- {code(url)}" for url in sorted(report.suppressed)[:_MOST_UNDECIDED])


def _changes(report: Report) -> Iterator[str]:
    changed = report.changed()
    if changed:
        yield f"## Changed since the last run ({len(changed)})\n"
        yield from (f"- {code(url)}: {report.before[url]} → **{report.label(url)}**" for url in changed)
        yield ""


def _section(title: str, outcomes: list[Outcome], report: Report, count: int | None = None) -> Iterator[str]:
    if not outcomes:
        return
    yield f"## {title} ({len(outcomes) if count is None else count})\n"
    for outcome in outcomes:
        line = f"- {code(outcome.url)}: {_plain(outcome.reason)}"
        if outcome.replacement:
            line += f"; write {code(outcome.replacement)}"
        places = report.places.get(outcome.url, [])
        where = ", ".join(code(place) for place in places[:_MOST_PLACES])
        more = f" and {len(places) - _MOST_PLACES} more" if len(places) > _MOST_PLACES else ""
        yield f"{line} ({where}{more})" if where else line
    yield ""


def _archived(report: Report) -> Iterator[str]:
    states = [state for _, state in sorted(report.repositories.items()) if state.archived or state.renamed]
    if states:
        yield f"## Repositories archived or renamed ({len(states)})\n"
        for state in states:
            words = [f"archived on {state.archived}"] if state.archived else []
            words += [f"called {code(state.name)} now"] if state.renamed else []
            yield f"- {code(state.asked)}: {', '.join(words)}"
        yield ""


def code(text: str) -> str:
    """Text that a stranger chose, as a code span: no link, no mention, no markup comes of it."""
    plain = re.sub(r"[`\n\r]", "", redact(text))[:300]
    return f"`{plain}`"


def _plain(text: str) -> str:
    clean = re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text)
    return re.sub(r"([\\`*_\[\]<>#|~])", r"\\\1", clean).replace("@", "@\u2060")[:400]

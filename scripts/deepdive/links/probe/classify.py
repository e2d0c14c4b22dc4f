"""From an answer to a verdict. One table for statuses, one order of questions for pages that answer 200."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from deepdive.links.probe import content, fragments
from deepdive.links.probe.answer import Answer, Fault, Response
from deepdive.links.probe.verdict import Kind, Verdict

_PERMANENT = (301, 308)
_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 527, 530})
_CLOSED = {
    401: "it asks for a password (401)",
    402: "it asks for payment (402)",
    403: "it refuses robots, or everybody (403)",
    407: "it asks for a proxy's password (407)",
    418: "it refuses robots (418)",
    429: "it is asked too often (429)",
    451: "it is closed for legal reasons (451)",
    999: "it refuses robots (999)",
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one answer says. ``transient``: another attempt may say something else."""

    verdict: Verdict
    reason: str
    kind: Kind = Kind.PLAIN
    replacement: str = ""
    status: int = 0
    transient: bool = False
    silent: bool = False


def classify(answer: Answer, asked: str) -> Judgement:
    """The judgement on ``asked`` (fragment included) that an answer allows."""
    if isinstance(answer, Fault):
        return Judgement(answer.verdict, answer.reason, answer.kind, transient=answer.transient, silent=answer.silent)
    status = answer.status
    if status in (404, 410):
        reason = "it answers 404 Not Found" if status == 404 else "it answers 410 Gone: its owner removed it for good"
        return Judgement(Verdict.DEAD, reason, status=status)
    if 200 <= status < 300:
        return _content(answer, asked)
    reason = _CLOSED.get(status) or f"it answers {_name(status)}"
    return Judgement(Verdict.INCONCLUSIVE, reason, status=status, transient=status in _TRANSIENT)


def _name(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _content(answer: Response, asked: str) -> Judgement:
    status = answer.status
    if status in (202, 204, 205):
        return Judgement(Verdict.INCONCLUSIVE, f"it answers {_name(status)}: there is nothing to read", status=status)
    if answer.damaged:
        return Judgement(Verdict.ALIVE, answer.damaged, Kind.SUSPICIOUS, status=status)
    if answer.whole and not answer.body.strip():
        return Judgement(Verdict.ALIVE, "the page is empty", Kind.SUSPICIOUS, status=status)
    markup = content.text_of(answer.body, answer.charset) if answer.is_html else ""
    if content.is_challenge(markup):
        return Judgement(Verdict.INCONCLUSIVE, "it answers with a test for robots", status=status)
    doubt = content.suspicion(asked, answer.url, markup)
    if doubt:
        return Judgement(Verdict.ALIVE, doubt, Kind.SUSPICIOUS, status=status)
    fragment = asked.partition("#")[2]
    if fragment and answer.is_html:
        found, reason = fragments.judge(fragment, markup, answer.whole)
        if found is None:
            return Judgement(Verdict.INCONCLUSIVE, reason, status=status)
        if not found:
            return Judgement(Verdict.ALIVE, reason, Kind.SUSPICIOUS, status=status)
    if replacement := lasting_replacement(answer, asked):
        reason = f"it moved for good ({answer.hops[0].status})"
        return Judgement(Verdict.ALIVE, reason, Kind.MOVED, replacement, status)
    return Judgement(Verdict.ALIVE, f"it answers {_name(status)}", status=status)


def lasting_replacement(answer: Response, asked: str) -> str:
    """Where the permanent redirects before any passing one lead; empty when the address itself is right."""
    target = ""
    for hop in answer.hops:
        if hop.status not in _PERMANENT:
            break
        target = hop.target
    if not target:
        return ""
    fragment = asked.partition("#")[2]
    if fragment and "#" not in target:
        target = f"{target}#{fragment}"
    return "" if _same(target, asked) else target


def _same(one: str, two: str) -> bool:
    # A slash at the end is no reason to edit a page.
    first, second = urlsplit(one), urlsplit(two)
    return (first.scheme, first.netloc, first.path.rstrip("/"), first.query) == (
        second.scheme,
        second.netloc,
        second.path.rstrip("/"),
        second.query,
    )

"""Findings a page asks not to hear of, for a reason and for a while: ``silence`` in its front matter.

silence:
  - {code: long-sentence, reason: a quotation of the standard, until: 2027-01-31}
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from deepdive.diagnostic import Diagnostic, error, warning
from deepdive.load.corpus import Corpus
from deepdive.load.pages import Page
from deepdive.model.day import today

LONGEST = datetime.timedelta(days=90)
# What protects readers is not a matter of taste.
NEVER = frozenset(
    [
        "unsafe-html",
        "unsafe-link",
        "diagram-unsafe",
        "invisible-character",
        "control-character",
        "not-utf8",
        "symbolic-link",
        "special-file",
        "bad-silence",
        "unused-silence",
    ]
)
_FIELDS = ("code", "reason", "until")


def silenced(corpus: Corpus, found: Iterable[Diagnostic], whole: bool) -> list[Diagnostic]:
    """``found`` without what pages silence, and with what is wrong about the silences themselves.

    ``whole``: every check ran, so that a silence without a finding is needed no more.
    """
    rest = list(found)
    for page in corpus.pages.values():
        for index, entry in enumerate(_entries(page)):
            assert page.front is not None
            place = page.front.locate("silence", index)
            problem = _problem(entry)
            if problem:
                rest.append(error("bad-silence", problem[0], place, problem[1]))
                continue
            code = entry["code"]
            kept = [one for one in rest if one.code != code or one.location.path != page.shown]
            if whole and len(kept) == len(rest):
                message = f"the page silences '{code}', and there is nothing of the kind."
                kept.append(warning("unused-silence", message, place, "remove the entry."))
            rest = kept
    return rest


def _entries(page: Page) -> Iterator[Any]:
    written = page.meta.get("silence")
    if isinstance(written, list):
        yield from written
    elif written is not None:
        yield written


def _problem(entry: Any) -> tuple[str, str] | None:
    if not isinstance(entry, dict) or sorted(entry) != sorted(_FIELDS):
        return "a silence has a code, a reason and a date 'until'.", "write - {code: …, reason: …, until: 2027-01-31}."
    code, reason, until = (entry[name] for name in _FIELDS)
    if not isinstance(code, str):
        return "a silence names one code.", "write code: long-sentence, or another."
    if code in NEVER:
        return f"'{code}' cannot be silenced.", "mend what it reports."
    if not isinstance(reason, str) or len(reason.split()) < 3:
        return "a silence needs a reason in words.", "say why the page is right."
    if not isinstance(until, datetime.date):
        return "a silence ends on a date.", "write until: 2027-01-31."
    if until < today():
        return f"the silence of '{code}' ended on {until}.", "mend what it reports, or give a new reason and date."
    if until - today() > LONGEST:
        return f"a silence lasts at most {LONGEST.days} days.", f"write a date until {today() + LONGEST}."
    return None

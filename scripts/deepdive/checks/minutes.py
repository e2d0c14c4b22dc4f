"""Minutes: what a page says of its reading time fits its words, and plans made of such times add up."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from markdown.extensions.toc import slugify

from deepdive.diagnostic import Diagnostic, Edit, error, warning
from deepdive.load.corpus import Corpus
from deepdive.load.fences import prose
from deepdive.load.link_forms import label
from deepdive.load.pages import Page

WORDS_A_MINUTE = 200
_WORD = re.compile(r"\b[\w'-]+\b")
_STATED = re.compile(r"^minutes:[ \t]*(\d+)[ \t]*$", re.M)
_RULE = re.compile(r"\|[ \t:|-]+\|[ \t]*")
_CELL = re.compile(r"\|((?:[^|\\\n]|\\.)*)(?=\|)")
_NUMBER = re.compile(r"(?<![\d.,])[1-9][0-9]{0,3}(?![\d.,])")
_LINK = re.compile(
    r"\]\(\s*(?:<(?P<angled>[^<>\n]*)>|(?P<bare>[^()<>\s]+))[^()\n]*\)"
    r"|(?<!\\)\[(?P<text>[^\[\]]+)\](?:\[(?P<label>[^\[\]]*)\]|(?!\())"
)
_DEFINITION = re.compile(r"^[ ]{0,3}\[(?!\^)([^\[\]\n]+)\]:[ \t]*\n?[ \t]*<?([^\s<>]+)", re.M)
_HEADING = re.compile(r"#{2,6}[ \t]+(.+)")
_SAYS_SUM = re.compile(
    r"(?:(?:the|grand|in) )*(?:sum|totals?|together|altogether|in all|all together|all in all)"
    r"(?: (?:time|minutes|reading time)| (?:of|for|with|without|so far)\b.*)?",
    re.I,
)


def words(page: Page) -> int:
    """How many words a reader reads: those of code do not count."""
    return len(_WORD.findall(prose(page.body)))


def minutes_fit_the_words(corpus: Corpus) -> Iterator[Diagnostic]:
    """A page takes the minutes that its head states, at 200 words a minute, give or take one."""
    for page in corpus.pages.values():
        stated = page.meta.get("minutes")
        if page.front is None or type(stated) is not int:  # yes and no are no minutes
            continue
        needed = max(1, -(-words(page) // WORDS_A_MINUTE))
        if abs(stated - needed) > 1:
            written = _STATED.search(page.text, 0, page.offset)
            message = f"the page says {stated} minutes; its {words(page):,} words take {needed}."
            place = page.front.locate("minutes")
            edit = Edit(page.shown, *written.span(1), str(needed)) if written else None
            yield warning("reading-time", message, place, f"write minutes: {needed} (--fix does).", edit)


def planned_minutes_agree(corpus: Corpus) -> Iterator[Diagnostic]:
    """A table with a column of minutes repeats those of the pages it leads to, and its sums are right."""
    for page in corpus.pages.values():
        plans = list(_plans(page))
        totals: dict[str, int] = {}
        for plan in reversed(plans):  # a list of plans stands before them
            sums = [_taken(stop, page, corpus, totals) for stop in plan.stops]
            total = totals[plan.anchor] = sum(sums)
            for stop, right in zip(plan.stops, sums, strict=True):
                if right != stop.minutes:
                    what = f"'{stop.links[0]}' takes" if len(stop.links) == 1 else f"its {len(stop.links)} stops take"
                    yield _wrong(page, stop.start, stop.minutes, right, f"{what} {right}")
            if plan.stated is not None and plan.stated != total:
                yield _wrong(page, plan.start, plan.stated, total, f"the rows above take {total} together")


def _taken(stop: _Stop, page: Page, corpus: Corpus, totals: dict[str, int]) -> int:
    """What the pages and sections take that a row leads to; what it says itself when one of them does not tell."""
    taken = 0 if stop.links else stop.minutes
    for link in stop.links:
        path, _, anchor = link.partition("#")
        # An address that begins with a slash begins at the docs folder.
        below = posixpath.join("/", posixpath.dirname(page.path), unquote(path))
        other = corpus.pages.get(posixpath.normpath(below).lstrip("/"))
        minutes = other.meta.get("minutes") if path and other else totals.get(anchor)
        if type(minutes) is not int:
            return stop.minutes
        taken += minutes
    return taken


def _wrong(page: Page, start: int, written: int, right: int, why: str) -> Diagnostic:
    edit = Edit(page.shown, start, start + len(str(written)), str(right))
    fix = f"write {right} (--fix does)."
    return error("minutes-disagree", f"the table says {written} minutes; {why}.", page.locate(start), fix, edit)


@dataclass(frozen=True, slots=True)
class _Stop:
    """A row: the pages, or sections of its own page, that it leads to; ``start`` is where its minutes stand."""

    links: list[str]
    minutes: int
    start: int
    is_sum: bool


@dataclass(slots=True)
class _Plan:
    """One table, the anchor of the heading above it, and the sum it states."""

    anchor: str
    stops: list[_Stop]
    stated: int | None = None
    start: int = 0


def _plans(page: Page) -> Iterator[_Plan]:
    text = prose(page.body)
    definitions = {label(one[1]): one[2] for one in _DEFINITION.finditer(text)}
    anchor, head, column = "", "", 0
    plan: _Plan | None = None
    offset = page.offset
    for line in text.split("\n"):
        if heading := _HEADING.match(line):
            anchor = slugify(heading[1].strip(), "-")
        if not line.startswith("|"):
            if plan:
                yield _summed(plan)
            plan, head = None, ""
        elif plan:
            cells = [(found[1], offset + found.start(1)) for found in _CELL.finditer(line)]
            plan.stops += _stop(cells, column, definitions)
        elif _RULE.fullmatch(line) and "Minutes" in (names := [one.strip() for one in _CELL.findall(head)]):
            plan, column = _Plan(anchor, []), names.index("Minutes")
        else:
            head = line
        offset += len(line) + 1
    if plan:
        yield _summed(plan)


def _stop(cells: list[tuple[str, int]], column: int, definitions: dict[str, str]) -> Iterator[_Stop]:
    number = _NUMBER.search(cells[column][0]) if column < len(cells) else None
    if number:
        links = [link for text, _ in cells for link in _links(text, definitions)]
        named = (re.sub(r"[*_\s]+", " ", text).strip(" .:") for text, _ in [*cells[:column], *cells[column + 1 :]])
        is_sum = not links and bool(_SAYS_SUM.fullmatch(next(filter(None, named), "")))
        yield _Stop(links, int(number[0]), cells[column][1] + number.start(), is_sum)


def _links(cell: str, definitions: dict[str, str]) -> Iterator[str]:
    for found in _LINK.finditer(cell):
        target = found["angled"] or found["bare"] or definitions.get(label(found["label"] or found["text"] or ""))
        if target:
            yield target


def _summed(plan: _Plan) -> _Plan:
    """The sum is what the last row states, when that row says so; sums further up are of parts and count for nothing."""
    if len(plan.stops) > 1 and plan.stops[-1].is_sum:
        plan.stated, plan.start = plan.stops[-1].minutes, plan.stops[-1].start
    plan.stops = [stop for stop in plan.stops if not stop.is_sum]
    return plan

"""The template of pages: front matter and sections."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from itertools import pairwise

from deepdive.checks.minutes import words
from deepdive.diagnostic import Diagnostic, error, warning
from deepdive.load.corpus import Corpus
from deepdive.load.faults import did_you_mean, one_of
from deepdive.load.fences import fences, prose
from deepdive.load.pages import Page
from deepdive.model.vocabulary import LAYERS

LEVELS = ("introductory", "intermediate", "advanced", "reference")
FIELDS = (
    "title",
    "description",
    "asked",
    "layer",
    "level",
    "minutes",
    "status",
    "verified",
    "authors",
    "reviewers",
    "sources",
    "hide",
    "template",
    "kind",
    "search",
    "silence",
)
_REQUIRED = ("title", "description", "layer", "level", "status", "verified", "authors")
MAX_WORDS = 2200

# Sections of a topic page, in order; the explanation stands between the second and the third.
SECTIONS = (
    "Why it matters", "You will learn", "By the numbers", "Run it", "Tools", "Common mistakes",
    "Challenges and limitations", "Research highlights", "Outlook", "Key takeaways", "Check yourself", "Related",
)  # fmt: skip
OPTIONAL = {"Tools"}
INDEX_SECTIONS = (
    "Why it matters",
    "Pages",
    "Challenges and limitations",
    "Research highlights",
    "Outlook",
    "Key takeaways",
)

_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+)$", re.M)
# The first line of a paragraph, underlined.
_UNDERLINED = re.compile(r"^[ \t]*\n([^\n]+)\n([=-])[=-]*[ ]*$", re.M)


def kind_of(page: Page) -> str:
    """``topic``, ``index`` or ``reference`` for pages of the six layers; empty for the rest."""
    folder, _, name = page.path.partition("/")
    if folder not in LAYERS or not name:
        return ""
    if name == "index.md":
        return "index"
    return "reference" if page.meta.get("level") == "reference" else "topic"


def headings(page: Page) -> list[tuple[int, str, int]]:
    """Level, text and offset of each heading outside code, in order."""
    masked = prose(page.body)
    found = [(len(one[1]), one[2].rstrip(" \t#").lstrip(), one.start()) for one in _HEADING.finditer(masked)]
    code = [(fence.start, fence.end) for fence in fences(page.body)]
    for one in _UNDERLINED.finditer("\n" + masked):
        start, end = one.start(1) - 1, one.end(1) - 1
        if page.body[start:end].strip() and not any(begin <= start < stop for begin, stop in code):
            found.append((1 if one[2] == "=" else 2, masked[start:end].strip(), start))
    return [(level, text, page.offset + start) for level, text, start in sorted(found, key=lambda one: one[2])]


def front_matter_is_complete(corpus: Corpus) -> Iterator[Diagnostic]:
    """A page of a layer says what it is, how hard, how long, and when its figures were last verified."""
    for page in corpus.pages.values():
        kind = kind_of(page)
        if not kind:
            continue
        if page.front is None:
            yield error(
                "front-matter", "the page has no front matter.", page.locate(0), "copy that of a neighbouring page."
            )
            continue
        for name in page.meta:
            if name not in FIELDS:
                yield error(
                    "front-matter",
                    f"front matter has no field '{name}'.",
                    page.front.locate(name, key=True),
                    did_you_mean(name, FIELDS),
                )
        wanted = (*_REQUIRED, *(("minutes", "sources") if kind == "topic" else ()))
        absent = [name for name in wanted if page.meta.get(name) in (None, "", [])]
        if absent:
            yield error(
                "front-matter", f"front matter lacks {', '.join(absent)}.", page.front.locate(), f"add {absent[0]}: …"
            )
        yield from _values(page)


def _values(page: Page) -> Iterator[Diagnostic]:
    assert page.front is not None
    folder = page.path.partition("/")[0]
    if page.meta.get("layer") not in (None, folder):
        yield error(
            "wrong-layer",
            f"the page says layer '{page.meta['layer']}' and stands in '{folder}'.",
            page.front.locate("layer"),
            f"write layer: {folder}.",
        )
    level = page.meta.get("level")
    if level is not None and level not in LEVELS:
        yield error(
            "front-matter",
            f"level cannot be '{level}'.",
            page.front.locate("level"),
            did_you_mean(level, LEVELS) or f"use {one_of(LEVELS)}.",
        )
    verified = page.meta.get("verified")
    if verified is not None and not isinstance(verified, datetime.date):
        yield error("front-matter", "verified must be a date.", page.front.locate("verified"), "write an ISO date.")
    description = str(page.meta.get("description") or "")
    if description and not 50 <= len(description) <= 170:
        yield warning(
            "front-matter",
            f"the description has {len(description)} characters; search results show 50 to 170.",
            page.front.locate("description"),
            "rewrite it.",
        )
    if not isinstance(page.meta.get("sources", []), list):
        place = page.front.locate("sources")
        yield error("front-matter", "sources must be a list.", place, "write - {title: …, url: …, shows: …} below it.")
    for index, source in enumerate(page.sources):
        if not isinstance(source, dict) or not source.get("url") or not source.get("title"):
            yield error(
                "front-matter",
                "a source needs a title and a url.",
                page.front.locate("sources", index),
                "write {title: …, url: …, shows: …}.",
            )


def sections_are_there(corpus: Corpus) -> Iterator[Diagnostic]:
    """A topic page has the sections of the template, in their order; an index those of an index."""
    for page in corpus.pages.values():
        kind = kind_of(page)
        if kind not in ("topic", "index"):
            continue
        wanted = SECTIONS if kind == "topic" else INDEX_SECTIONS
        present = [(text, offset) for level, text, offset in headings(page) if level == 2]
        names = [text for text, _ in present]
        absent = [name for name in wanted if name not in names and name not in OPTIONAL]
        if absent:
            spare = [name for name in names if name not in wanted]
            near = next(
                (
                    f"is '{name}' spelled '{other}'?"
                    for name in absent
                    for other in spare
                    if name.casefold() in other.casefold()
                ),
                None,
            )
            yield error(
                "missing-section",
                f"missing: {', '.join(f'## {name}' for name in absent)}.",
                page.locate(page.offset),
                near or "add them in the order of the template.",
            )
        order = [(wanted.index(text), text, offset) for text, offset in present if text in wanted]
        for (rank, text, _), (after, later, offset) in pairwise(order):
            if after < rank:
                yield error(
                    "section-order", f"'## {later}' must stand before '## {text}'.", page.locate(offset), "move it."
                )
        if not re.search(r"^> \*\*In one sentence\.\*\* \S", page.body, re.M):
            yield error(
                "missing-section",
                "the page has no '> **In one sentence.** …'.",
                page.locate(page.offset),
                "write it under the title.",
            )
        if (count := words(page)) > MAX_WORDS:
            yield warning(
                "page-too-long",
                f"the page has {count:,} words; {MAX_WORDS:,} is the limit.",
                page.locate(page.offset),
                "split it.",
            )


def one_h1(corpus: Corpus) -> Iterator[Diagnostic]:
    """A page has one H1, and levels are not skipped."""
    for page in corpus.pages.values():
        found = headings(page)
        tops = [one for one in found if one[0] == 1]
        if len(tops) != 1 and page.meta.get("template") is None:
            place = page.locate(tops[1][2] if len(tops) > 1 else page.offset)
            yield error(
                "heading-order",
                f"the page has {len(tops)} headings of level 1; it needs one.",
                place,
                "start the page with '# Title', the rest with '##'.",
            )
        for (level, _, _), (deeper, text, offset) in pairwise(found):
            if deeper > level + 1:
                yield warning(
                    "heading-order",
                    f"'{text}' jumps from level {level} to {deeper}.",
                    page.locate(offset),
                    f"use {'#' * (level + 1)}.",
                )

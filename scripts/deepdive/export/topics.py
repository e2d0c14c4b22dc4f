"""What each page is about, in words: what a search ranks pages by."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from deepdive.export.published import Published
from deepdive.load.fences import blanked, fences, prose
from deepdive.load.pages import Page
from deepdive.model.catalog import Table
from deepdive.model.places import SHARED_PAGES, site_path, table_page
from deepdive.model.row import Row
from deepdive.model.tool import Tool

_HEADING = re.compile(r"^#{1,3}[ \t]+(.+?)(?:[ \t]*\{[^}\n]*\})?[ \t]*$", re.M)
_LINK = re.compile(r"\[([^\]\n]*)\]\([^)\n]*\)")
_ADDRESS = re.compile(r"(?<=\])\([^()\s]*(?:\s+\"[^\"\n]*\")?\)|https?://[^\s)>\]]+|<[^<>\n]*>")
_WORD = re.compile(r"[^\W\d_][\w+#]*")
_SHORTEST = 3
# A word on so large a share of the pages tells none from another.
_COMMON = 0.4
# How often a word stands in a text of usual length that is about it, and that speaks of it.
_ABOUT, _SPOKEN = 6, 3
_USUAL = 1000
# Where a page says what it is for, in its readers' words.
_SENTENCE = re.compile(r"^> \*\*In one sentence\.\*\*(.+)$", re.M)
_QUESTION = re.compile(r'^\?{3}\+? question "(.+)"$', re.M)
_SECTION = re.compile(r"^## (.+)\n((?:(?!## ).*\n?)*)", re.M)
_PURPOSES = ("Why it matters", "You will learn", "Common mistakes", "Key takeaways")


def topics(site: Published) -> list[list[str]]:
    """``[title, address, question, asked, about, headings, terms, words it is about, speaks of, of its purpose, type]``.

    Of every page written by hand, and of every page that is a table of its own; what is asked, headings and
    terms are joined by ``|``, words by spaces. A heading that many pages share says nothing about a page and is left out.
    """
    headings = {
        path: [_plain(one) for one in _HEADING.findall(prose(page.body))] for path, page in site.corpus.pages.items()
    }
    shared = {
        one for one, count in Counter(one for all_ in headings.values() for one in set(all_)).items() if count > 5
    }
    found, texts, purposes = [], [], []
    for path in sorted(headings):
        title, about, _ = site.texts[path]
        first, *rest = headings[path] or [""]
        own = [one for one in rest if one not in shared]
        terms = {one.target for one in site.corpus.references[path] if one.scheme == "term"} & set(site.catalog.terms)
        spoken = sorted(site.catalog.terms[one].name for one in terms)
        asked = "|".join(site.corpus.pages[path].asked)
        found.append([title, site_path("/" + path), first, asked, about, "|".join(own), "|".join(spoken)])
        texts.append(_spoken(site.corpus.pages[path].body))
        purposes.append(_purpose(site.corpus.pages[path].body))
    for table in site.catalog.tables:
        if table.kind not in SHARED_PAGES and table_page(table) not in headings:
            found.append([table.title, site_path("/" + table_page(table)), "", "", table.summary, "", ""])
            texts.append(" ".join(_of_rows(table)))
            purposes.append("")
    kinds = ["page"] * len(headings) + ["table"] * (len(found) - len(headings))
    words = zip(found, _weighed(texts), purposes, kinds, strict=True)
    return [[*row, *weighed, purpose, kind] for row, weighed, purpose, kind in words]


def question_of(page: Page) -> str:
    """The first heading of a page, as plain text."""
    found = _HEADING.search(prose(page.body))
    return _plain(found[1]) if found else ""


def _spoken(body: str) -> str:
    """A page's words without its fenced blocks and its addresses; what stands in code between words is searched too."""
    text = blanked(body, [(fence.start, fence.end) for fence in fences(body)])
    return _ADDRESS.sub(" ", text)


def _purpose(body: str) -> str:
    """The words in which a page says why it is read: what it promises, asks, warns of and leaves its readers with."""
    text = _ADDRESS.sub(" ", body)
    sections = dict(_SECTION.findall(text))
    said = [*_SENTENCE.findall(text), *_QUESTION.findall(text), *(sections.get(name, "") for name in _PURPOSES)]
    return " ".join(sorted({word for word in _WORD.findall(" ".join(said).lower()) if len(word) >= _SHORTEST}))


def _of_rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        yield row.name
        yield from _said(row)


def _said(row: Row) -> Iterator[str]:
    yield getattr(row, "summary", None) or ""
    if isinstance(row, Tool):
        yield from row.use_when


def _weighed(texts: list[str]) -> Iterator[list[str]]:
    """Per text the words it is about, and those it speaks of, in lower case."""
    counts = [Counter(_WORD.findall(text.lower())) for text in texts]
    holders = Counter(word for one in counts for word in one)
    for one in counts:
        scale = min(1.0, _USUAL / max(sum(one.values()), 1))
        groups: list[list[str]] = [[], []]
        for word, count in sorted(one.items()):
            share = holders[word] / len(texts)
            if len(word) < _SHORTEST or share > _COMMON:
                continue
            often = count * scale
            if often >= _ABOUT:
                groups[0].append(word)
            elif often >= _SPOKEN:
                groups[1].append(word)
        yield [" ".join(group) for group in groups]


def _plain(heading: str) -> str:
    return re.sub(r"[`*_]", "", _LINK.sub(r"\1", heading)).strip()

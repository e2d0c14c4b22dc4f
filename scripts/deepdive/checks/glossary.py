"""Terms in prose: the first use of a term on a page leads to its definition."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deepdive.checks.pages import kind_of
from deepdive.diagnostic import Diagnostic, Edit, warning
from deepdive.load.corpus import Corpus
from deepdive.load.pages import Page
from deepdive.load.wording import markdown

# A text in brackets may hold an image's, and go on in the next line, not over a blank one.
_INNER = r"[^\[\]\n]|\n(?![ \t]*\n)"
_BRACKETS = re.compile(rf"\[(?:{_INNER}|\[(?:{_INNER})*\])*\]")
_HEADING = re.compile(
    r"^(?:#{1,6}[ \t]|\*Figure: |\||[ \t]*> \*\*In one sentence)[^\n]*$|^[^\n]+(?=\n(?:=+|-+)[ ]*$)", re.M
)


def first_use_is_linked(corpus: Corpus) -> Iterator[Diagnostic]:
    """An abbreviation of the glossary is linked where a topic page first uses it."""
    terms = _abbreviations(corpus)
    if not terms:
        return
    forms = re.compile(rf"(?<![\w./-])(?:{'|'.join(sorted(terms, key=len, reverse=True))})(?![\w/-])")
    for page in corpus.pages.values():
        if kind_of(page) != "topic":
            continue
        linked = {one.target: one.start for one in reversed(corpus.references[page.path]) if one.scheme == "term"}
        seen: set[str] = set()
        for first in forms.finditer(_unlinked(page)):
            word, term = first.group(), terms[first.group()]
            if word in seen or linked.get(term, len(page.text)) < first.start():
                continue
            seen.add(word)
            right = f"[{word}](term:{term})"
            yield warning(
                "term-not-linked",
                f"'{word}' is used before it is linked to the glossary.",
                page.locate(first.start()),
                f"write {right} (--fix does).",
                Edit(page.shown, first.start(), first.end(), right),
            )


def _abbreviations(corpus: Corpus) -> dict[str, str]:
    """Terms that stand for longer ones and that no reader can guess: capitals in the name, expansion given."""
    return {
        term.name: term.id
        for term in corpus.catalog.terms.values()
        if term.expansion and re.fullmatch(r"[A-Za-z]*[A-Z][A-Za-z]*[A-Z][A-Za-z0-9]*", term.name)
    }


def _unlinked(page: Page) -> str:
    """Running text without the text of links, headings, captions and table rows."""
    text = _HEADING.sub(lambda found: " " * len(found.group()), markdown(page))
    return _BRACKETS.sub(lambda found: " " * len(found.group()), text)

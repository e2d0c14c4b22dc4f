"""How pages are written: names as their makers spell them, links and images that say what they are, short sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deepdive.diagnostic import Diagnostic, Edit, error, warning
from deepdive.load.corpus import Corpus
from deepdive.load.fences import prose
from deepdive.load.wording import markdown, readable, sentences

MAX_SENTENCE = 45

_WORD = re.compile(r"(?<![\w./@&+-])[^\W\d_][\w+]*(?:[.&-][^\W\d_][\w+]*)*(?![\w/@]|\.\w|-\w)")
# Text in brackets may go on in the next line, not over a blank one.
_IN_BRACKETS = r"(?:[^\[\]\n]|\n(?![ \t]*\n))*"
_LINK = re.compile(rf"(?<![!\\])\[(?P<text>{_IN_BRACKETS})\]\(")
_IMAGE = re.compile(rf"!\[(?P<alt>{_IN_BRACKETS})\][(\[]|<img\b(?P<attributes>[^<>]*)>", re.I)
_SAYS_NOTHING = frozenset(
    [
        "here",
        "this",
        "link",
        "this link",
        "click here",
        "read more",
        "more",
        "see here",
        "this page",
        "page",
        "source",
        "this article",
        "article",
    ]
)


def products_are_spelled(corpus: Corpus) -> Iterator[Diagnostic]:
    """A product's name is written as its row writes it (``PyTorch``, not ``Pytorch``)."""
    right = _spellings(corpus)
    for page in corpus.pages.values():
        text, editable = readable(page), markdown(page)
        for match in _WORD.finditer(text):
            word, start = match.group(), match.start()
            wanted = right.get(word.casefold())
            if wanted and word != wanted:
                edit = Edit(page.shown, start, match.end(), wanted) if editable.startswith(word, start) else None
                fix = f"write {wanted} (--fix does)." if edit else f"write {wanted}."
                yield error("product-name", f"'{word}' is written '{wanted}'.", page.locate(start), fix, edit)


def _spellings(corpus: Corpus) -> dict[str, str]:
    """Names of one word whose capitals are their own (``vLLM``), by folded form; names that clash are left out."""
    found: dict[str, set[str]] = {}
    for tool in corpus.catalog.tools.values():
        for name in (tool.name, *(alias for alias in tool.aliases if alias.casefold() != tool.name.casefold())):
            found.setdefault(name.casefold(), set()).add(name)
    ordinary = {name.casefold() for term in corpus.catalog.terms.values() for name in (term.name, *term.aliases)}
    return {
        folded: name
        for folded, names in found.items()
        if folded not in ordinary and len(names) == 1 and _is_own_spelling(name := next(iter(names)))
    }


def _is_own_spelling(name: str) -> bool:
    # A name in capitals alone (ROLL, SWIFT) may be an ordinary word as well.
    return (
        bool(_WORD.fullmatch(name)) and len(name) > 3 and bool(re.search(r".[A-Z]", name) and re.search("[a-z]", name))
    )


def link_text_speaks(corpus: Corpus) -> Iterator[Diagnostic]:
    """A link's text says where it leads, also to someone who hears only the links."""
    for page in corpus.pages.values():
        masked = " " * page.offset + prose(page.body)
        for match in _LINK.finditer(masked):
            text = " ".join(match["text"].split())
            if text.strip(" *_.").casefold() in _SAYS_NOTHING:
                yield warning(
                    "link-text",
                    f"the link text '{text}' does not say where the link leads.",
                    page.locate(match.start("text")),
                    "name what is there.",
                )


def images_are_described(corpus: Corpus) -> Iterator[Diagnostic]:
    """An image has a text for those who do not see it."""
    for page in corpus.pages.values():
        masked = " " * page.offset + prose(page.body)
        for match in _IMAGE.finditer(masked):
            alt = match["alt"] if match["alt"] is not None else _attribute(match["attributes"], "alt")
            if not alt.strip():
                yield error(
                    "missing-alt",
                    "the image has no alternative text.",
                    page.locate(match.start()),
                    "say what it shows.",
                )


def _attribute(attributes: str, name: str) -> str:
    found = re.search(rf"\b{name}\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", attributes, re.I)
    return next((one for one in found.groups() if one is not None), "") if found else ""


def sentences_are_short(corpus: Corpus) -> Iterator[Diagnostic]:
    """A sentence has at most 45 words."""
    for page in corpus.pages.values():
        for sentence in sentences(readable(page)):
            if sentence.words > MAX_SENTENCE:
                lead = len(sentence.text) - len(sentence.text.lstrip())
                yield warning(
                    "long-sentence",
                    f"the sentence has {sentence.words} words; {MAX_SENTENCE} is the limit.",
                    page.locate(sentence.start + lead),
                    "make two of it.",
                )

"""The words of a page that a reader reads: code, addresses and markup blanked, every offset kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from deepdive.load.elements import elements
from deepdive.load.fences import blanked, prose
from deepdive.load.pages import Page

# What follows a link's text, tags, attribute lists, addresses with and without scheme, definitions of links, marks of
# footnotes, first lines of admonitions.
_UNREAD = re.compile(
    r"(?<=\])\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"\n]*\")?\)|(?<=\])\[[^\[\]\n]*\]"
    r"|</?[A-Za-z](?:[^<>\n]|\n(?![ \t]*\n))*>|<[^<>\n]*>|\{:?[^{}\n]*\}"
    r"|https?://[^\s)>\]]+|(?<![\w.-])[\w-]++(?:\.[\w-]+)*\.[A-Za-z]{2,}[/?#][^\s)>\]]*"
    r"|^[ ]{0,3}\[(?!\^)[^\]\n]+\]:[^\n]*$|^[ ]{0,3}\[\^[^\]\n]+\]:|^[ \t]*(?:!!!|\?\?\?\+?)[^\n]*$|\[\^[^\[\]\n]*\]",
    re.M,
)
# Elements whose text is no prose.
_CODE = frozenset({"code", "kbd", "math", "pre", "samp", "script", "style", "svg", "textarea", "var"})
_NOT_PROSE = re.compile(r"^\s*(?:#{1,6}\s|\||={3,}\s|-{3,}\s*$|\*Figure: )")
_ITEM = re.compile(r"^[ \t>]*(?:[-*+]|\d+[.)])[ \t]+|^[ \t]*>[ \t]?")
_END = re.compile(r"[.!?…:;](?:[\"')\]*_]+)?(?=\s+[\[(\"'*_]*[A-Z0-9]|\s*$)")
_WORD = re.compile(r"[^\W_](?:[\w'’./%-]*[\w%])?")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its text with markup blanked, and where it starts in the page's text."""

    text: str
    start: int

    @property
    def words(self) -> int:
        """How many words a reader counts."""
        return len(_WORD.findall(self.text))


def readable(page: Page) -> str:
    """The page's text with everything blanked that is not read: same length, same lines."""
    return " " * page.offset + _read(page.body)


def markdown(page: Page) -> str:
    """What is readable and Markdown too, so that a link may be written there: nothing of HTML elements."""
    return " " * page.offset + _outside(page.body)


@lru_cache(1024)
def _read(body: str) -> str:
    text = prose(body)
    code = [(one.start, one.end) for one in elements(text) if one.name in _CODE]
    return blanked(_UNREAD.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text), code)


@lru_cache(1024)
def _outside(body: str) -> str:
    return blanked(_read(body), [(one.start, one.end) for one in elements(prose(body))])


def paragraphs(text: str) -> Iterator[Sentence]:
    """Blocks of running text: paragraphs and list items, without headings, tables and captions."""
    lines: list[str] = []
    start = offset = 0
    for line in [*text.splitlines(keepends=True), "\n"]:
        marker = _ITEM.match(line)
        if lines and (not line.strip() or marker or _NOT_PROSE.match(line)):
            yield Sentence("".join(lines), start)
            lines = []
        if line.strip() and not _NOT_PROSE.match(line):
            if not lines:
                skipped = marker.end() if marker else 0
                start = offset + skipped
                line = line[skipped:]
                offset += skipped
            lines.append(line)
        offset += len(line)


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of running text; a colon or semicolon before a capital ends one too."""
    for block in paragraphs(text):
        begin = 0
        for end in _END.finditer(block.text):
            yield Sentence(block.text[begin : end.end()], block.start + begin)
            begin = end.end()
        if block.text[begin:].strip():
            yield Sentence(block.text[begin:], block.start + begin)

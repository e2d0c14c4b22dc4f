"""The links of prose that point at data (``tool: term: fact: paper:``), with their places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from deepdive.load.fences import prose
from deepdive.load.pages import Page

SCHEMES = ("tool", "term", "fact", "paper")

_TARGET = r"(?P<scheme>tool|term|fact|paper):(?P<target>[^\s)>\"']*)"
_TEXT = r"\[(?P<text>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]"
_INLINE = re.compile(rf"(?<!\\){_TEXT}\(\s*<?{_TARGET}>?(?:\s+[\"'(][^\n]*?[\"')])?\s*\)")
_DEFINITION = re.compile(rf"^[ ]{{0,3}}{_TEXT}:[ \t]+<?{_TARGET}>?", re.M)
_HTML = re.compile(rf"href\s*=\s*[\"']?{_TARGET}", re.I)


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference: scheme, target and text, with offsets into the page's text."""

    scheme: str
    target: str
    text: str
    start: int
    text_start: int
    text_end: int
    inline: bool = True


def references(page: Page) -> tuple[Reference, ...]:
    """Every reference to data in a page's prose, in order."""
    return _references(page.text, page.offset)


@lru_cache(maxsize=1024)  # a process that watches reads the same pages again and again
def _references(text: str, offset: int) -> tuple[Reference, ...]:
    masked = " " * offset + prose(text[offset:])
    found = []
    for pattern in (_INLINE, _DEFINITION, _HTML):
        for match in pattern.finditer(masked):
            inline = pattern is _INLINE
            begin, end = match.span("text") if pattern is not _HTML else match.span("target")
            shown = text[begin:end] if inline else ""
            found.append(Reference(match["scheme"].lower(), match["target"], shown, match.start(), begin, end, inline))
    return tuple(sorted(found, key=lambda reference: reference.start))

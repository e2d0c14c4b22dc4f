"""HTML elements that stand in Markdown: what is between their tags is theirs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][\w-]*)(?P<rest>(?:[\s/](?:[^<>\n]|\n(?![ \t]*\n))*)?)>")
_MARKDOWN = re.compile(r"\smarkdown(?:\s*=\s*[\"']?(?!0)|[\s/]|$)", re.I)
_BLANK_LINE = re.compile(r"\n(?=[ \t]*\n)")
_EMPTY = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


@dataclass(frozen=True, slots=True)
class Element:
    """One element, from its first tag to the end of its last."""

    name: str
    start: int
    end: int


@lru_cache(1024)
def elements(text: str) -> tuple[Element, ...]:
    """The elements of ``text`` by where they start, without those marked ``markdown``, whose content is Markdown.

    One that is never closed holds the rest of its paragraph.
    """
    found: list[Element] = []
    opened: list[tuple[str, int, int, bool]] = []
    names: Counter[str] = Counter()
    blanks = [match.start() for match in _BLANK_LINE.finditer(text)]

    def leave(end: int | None) -> None:
        name, start, inner, markdown = opened.pop()
        names[name] -= 1
        if end is None:
            at = bisect_left(blanks, inner)
            end = blanks[at] if at < len(blanks) else len(text)
        if not markdown:
            found.append(Element(name, start, end))

    for tag in _TAG.finditer(text):
        name = tag["name"].lower()
        if not tag["end"]:
            if name not in _EMPTY and not tag["rest"].endswith("/"):
                opened.append((name, tag.start(), tag.end(), bool(_MARKDOWN.search(tag["rest"]))))
                names[name] += 1
        elif names[name]:
            while opened[-1][0] != name:
                leave(None)
            leave(tag.end())
    while opened:
        leave(None)
    return tuple(sorted(found, key=lambda one: one.start))

"""The links of prose that point at data (``tool: term: fact: paper:``), with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from deepdive.load.fences import prose
from deepdive.load.link_forms import label
from deepdive.load.pages import Page

SCHEMES = ("tool", "term", "fact", "paper")

_TARGET = r"(?P<scheme>tool|term|fact|paper):(?P<target>[^\s)>\"']*)"
_TEXT = r"\[(?P<text>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]"
_TITLE = r"(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\))"
_INLINE = re.compile(rf"(?<!\\){_TEXT}\(\s*<?{_TARGET}>?(?:\s+{_TITLE})?\s*\)")
_DEFINITION = re.compile(rf"^[ ]{{0,3}}{_TEXT}:[ \t]*\n?[ \t]*<?{_TARGET}>?", re.M)
_USE = re.compile(rf"(?<!\\)(?P<image>!?){_TEXT}(?:\s?\[(?P<label>[^\[\]]*)\]|(?!\())")
_HTML = re.compile(rf"href\s*=\s*[\"']?{_TARGET}", re.I)


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference: scheme, target and text, with offsets into the page's text.

    ``text`` is None where readers get none. ``inline`` False: another text would undo the link, or belong to something else.
    """

    scheme: str
    target: str
    text: str | None
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
    for pattern in (_INLINE, _HTML):
        for match in pattern.finditer(masked):
            inline = pattern is _INLINE
            begin, end = match.span("text") if inline else match.span("target")
            found.append(_reference(match, text[begin:end] if inline else None, match.start(), begin, end, inline))
    found += _by_label(text, masked)
    return tuple(sorted(found, key=lambda reference: reference.start))


def _by_label(text: str, masked: str) -> Iterator[Reference]:
    """Links through a definition, ``[text][label]``, where they are used; an unused definition where it stands."""
    written = list(_DEFINITION.finditer(masked))
    definitions = {label(match["text"]): match for match in written}
    places = {match.start("text") for match in written}
    used: set[str] = set()
    position = 0
    while definitions and (match := _USE.search(masked, position)):
        begin, end = match.span("text")
        key = label(match["label"] or match["text"])
        if key not in definitions or begin in places:
            position = begin
            continue
        position = match.end()
        if match["image"]:
            continue  # what a figure or a term points to is no picture
        used.add(key)
        # A text that is the label as well is not inline: another text would undo the link.
        inline = bool(match["label"])
        yield _reference(definitions[key], text[begin:end], match.start(), begin, end, inline)
    for key, match in definitions.items():
        if key not in used:
            yield _reference(match, None, match.start(), *match.span("text"), inline=False)


def _reference(match: re.Match[str], shown: str | None, start: int, begin: int, end: int, inline: bool) -> Reference:
    return Reference(match["scheme"].lower(), match["target"], shown, start, begin, end, inline)

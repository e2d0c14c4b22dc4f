"""Code that is code by its indentation, as Python-Markdown reads it."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

from deepdive.load.elements import elements

_STEP = 4
_QUOTE = re.compile(r"(?:[ ]{0,3}>[ ]?)*")
_ITEM = re.compile(r"(?:[-*+]|\d+\.)[ \t]")
# Admonition, details, tab, footnote, definition: what is indented below belongs to them.
_HOLDER = re.compile(r"(?:!!!|\?\?\?\+?)[ \t]*\w|===[!+]*[ \t]+[\"']|\[\^[^\]\n]*\]:|:[ \t]")
_HEADING = re.compile(r"#{1,6}[ \t]")


def indented(text: str, masked: str) -> Iterator[tuple[int, int]]:
    """Bounds of the lines of ``text`` that are code only because of their indentation.

    Such a line follows a blank line or a heading, and stands further right than the content of the list item,
    admonition, tab or footnote above it would. ``masked`` is the text without fences, code spans and comments.
    """
    raw = deque(elements(masked))
    held = quoted = 0  # how many levels hold what is indented; the depth of the quotation
    start = raw_until = 0
    fresh, code = True, False
    for line, seen in zip(text.split("\n"), masked.split("\n"), strict=True):
        here, start = start, start + len(line) + 1
        while raw and raw[0].start < here:
            raw_until = max(raw_until, raw.popleft().end)
        quote = _QUOTE.match(line).end()  # type: ignore[union-attr]  # it matches nothing as well
        depth, rest = line.count(">", 0, quote), line[quote:].expandtabs(_STEP)
        if not rest.strip():
            fresh = True
            continue
        if depth != quoted:
            if not fresh and (held or depth < quoted):
                continue  # a paragraph goes on, with or without its mark of quotation
            held, quoted, code = 0, depth, False
        level = (len(rest) - len(rest.lstrip(" "))) // _STEP
        if level > held and (code or fresh) and here >= raw_until:
            code, fresh = True, False
            yield here, here + len(line)
            continue
        words = seen[quote:].strip()
        heading = bool(_HEADING.match(words))
        if fresh or heading:
            held = min(level, held)
        item = _ITEM.match(words) and (fresh or held)
        if level <= held and (item or _HOLDER.match(words)):
            held = level + 1
        fresh, code = heading, False

"""Fenced blocks of a page, and what is left of its prose when code is set aside."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from deepdive.load.indented import indented

# A run asks for the fences and the prose of each page a dozen times: this many texts are remembered.
_REMEMBERED = 1024

_OPENING = r"^(?P<indent>[ \t>]*+)(?P<fence>`{3,}+|~{3,}+)[ \t]*+(?P<info>[^`\n]*)$"
_OPEN = re.compile(_OPENING, re.M)
_MARK = re.compile(rf"{_OPENING}|(?P<block>^[ ]{{0,3}}<!--)|<!--|(?<![`\\])`+", re.M)
_BLANK_LINE = re.compile(r"\n(?=[ \t>]*+\n)")


@dataclass(frozen=True, slots=True)
class Fence:
    """One fenced block. ``line`` is the 1-based line of its opening; ``start``/``end`` bound it in the text."""

    language: str
    info: str
    content: str
    line: int
    start: int
    end: int


@dataclass(slots=True)
class _Code:
    """What a text holds beside prose: its fences, and where one opens that nothing closes; code spans and comments by their bounds."""

    fences: list[Fence] = field(default_factory=list)
    unclosed: list[int] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)


def fences(text: str) -> tuple[Fence, ...]:
    """The fenced blocks of ``text`` in order; one that is not closed is none."""
    return tuple(_code(text).fences)


def unclosed(text: str) -> list[int]:
    """Where a fence opens that is never closed, other than in code by indentation."""
    places = _code(text).unclosed
    return [place for place in places if prose(text)[place] == text[place]]


@lru_cache(_REMEMBERED)
def prose(text: str) -> str:
    """``text`` with code, fences and comments blanked out: same length, same lines."""
    code = _code(text)
    spans = [*code.spans, *((fence.start, fence.end) for fence in code.fences)]
    masked = blanked(text, sorted(spans))
    return blanked(masked, indented(text, masked))


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """``text`` with spaces in place of what stands between these bounds, which are sorted; lines stay lines."""
    parts, last = [], 0
    for start, end in spans:
        if end > last:
            parts += [text[last : max(start, last)], re.sub(r"[^\n]", " ", text[max(start, last) : end])]
            last = end
    return "".join([*parts, text[last:]])


@lru_cache(_REMEMBERED)
def _code(text: str) -> _Code:
    """Fences, code spans and comments, found in one pass: what opens first holds the others."""
    found = _Code()
    blanks = [match.start() for match in _BLANK_LINE.finditer(text)]
    openings = [match.start() for match in _OPEN.finditer(text)]
    comment_ends = [match.start() for match in re.finditer("-->", text)]
    runs: dict[int, list[int]] = defaultdict(list)
    for run in re.finditer("`+", text):
        runs[len(run.group())].append(run.start())

    def next_of(places: Sequence[int], after: int) -> int:
        at = bisect_left(places, after)
        return places[at] if at < len(places) else len(text)

    position = line_at = ready = 0
    line = 1
    while mark := _MARK.search(text, position):
        start, end = mark.span("fence") if mark["fence"] else mark.span()
        if mark["fence"] and mark.start() >= ready:
            content, stop = _closed(text, mark)
            if content is not None:
                line, line_at = line + text.count("\n", line_at, mark.start()), mark.start()
                info = mark["info"].strip()
                found.fences.append(Fence(_language(info), info, content, line, mark.start(), stop))
                position = stop
                continue
            found.unclosed.append(start)
            ready = stop
        if not mark["fence"] and mark.group().endswith("<!--"):
            close = next_of(comment_ends, end)
            # Only a comment that begins a line goes on over blank lines.
            limit, closing = len(text) if mark["block"] else next_of(blanks, end), 3
        elif text[start] == "`":
            close, closing = next_of(runs[end - start], end), end - start
            limit = min(next_of(blanks, end), next_of(openings, max(end, ready)))
        else:
            close = limit = closing = 0
        position = close + closing if close < limit else end
        if close < limit:
            found.spans.append((start, position))
    return found


def _closed(text: str, opening: re.Match[str]) -> tuple[str | None, int]:
    """The content of a fence and its end; None, and where the next may open, when it is not closed.

    As superfences has it: the same mark closes, at the same indentation, and nothing between stands further left.
    """
    indent, mark = opening["indent"], opening["fence"]
    width, quotes = len(indent.expandtabs(4)), indent.count(">")
    content: list[str] = []
    empty = False
    offset = opening.end() + 1
    while offset < len(text):
        end = text.find("\n", offset) + 1 or len(text)
        line = text[offset:end]
        offset = end
        spread = line.rstrip("\n").expandtabs(4)
        rest = spread[:width].lstrip("> ") + spread[width:]
        prefix = spread[: len(spread) - len(rest)]
        if prefix.count(">") > quotes:
            return None, offset
        if not rest.strip():
            empty = True
        elif len(prefix) < width or (empty and prefix.count(">") < quotes):
            return None, offset
        elif rest.rstrip(" ") == mark:
            return "".join(content), offset
        else:
            empty = False
        content.append(line[len(indent) :] if line.startswith(indent) else line.lstrip(" \t>" if quotes else " \t"))
    return None, len(text)


def _language(info: str) -> str:
    if info.startswith("{"):
        found = re.search(r"\.([\w+-]+)", info)
        return found.group(1) if found else ""
    return info.split(None, 1)[0] if info else ""

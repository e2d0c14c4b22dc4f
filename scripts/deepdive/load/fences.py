"""Fenced blocks of a page, and what is left of its prose when code is set aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# A run asks for the fences and the prose of each page a dozen times: this many texts are remembered.
_REMEMBERED = 1024

_OPEN = re.compile(r"^(?P<indent>[ \t>]*)(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>[^`\n]*)$")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_CODE_SPAN = re.compile(r"(?<![`\\])(`+)(?!`)(?:(?!\n[ \t]*\n).)*?(?<!`)\1(?!`)", re.S)


@dataclass(frozen=True, slots=True)
class Fence:
    """One fenced block. ``line`` is the 1-based line of its opening; ``start``/``end`` bound it in the text."""

    language: str
    info: str
    content: str
    line: int
    start: int
    end: int


@lru_cache(_REMEMBERED)
def fences(text: str) -> tuple[Fence, ...]:
    """The fenced blocks of ``text`` in order; an unclosed one runs to the end."""
    return tuple(_fences(text))


def _fences(text: str) -> Iterator[Fence]:
    lines = text.splitlines(keepends=True)
    offset = index = 0
    while index < len(lines):
        opening = _OPEN.match(lines[index].rstrip("\n"))
        if not opening:
            offset += len(lines[index])
            index += 1
            continue
        start, first = offset, index
        indent, mark = opening["indent"], opening["fence"]
        offset += len(lines[index])
        index += 1
        content: list[str] = []
        while index < len(lines):
            line = lines[index]
            offset += len(line)
            index += 1
            bare = line.strip(" \t>\n")
            if len(bare) >= len(mark) and set(bare) == {mark[0]}:
                break
            content.append(line[len(indent) :] if line.startswith(indent) else line.lstrip(" \t"))
        info = opening["info"].strip()
        yield Fence(_language(info), info, "".join(content), first + 1, start, offset)


def _language(info: str) -> str:
    if info.startswith("{"):
        found = re.search(r"\.([\w+-]+)", info)
        return found.group(1) if found else ""
    return info.split(None, 1)[0] if info else ""


@lru_cache(_REMEMBERED)
def prose(text: str) -> str:
    """``text`` with code, fences and comments blanked out: same length, same lines."""
    parts, last = [], 0
    for fence in fences(text):
        parts += [text[last : fence.start], _blank(text[fence.start : fence.end])]
        last = fence.end
    masked = "".join([*parts, text[last:]])
    for pattern in (_COMMENT, _CODE_SPAN):
        masked = pattern.sub(lambda found: _blank(found.group()), masked)
    return masked


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)

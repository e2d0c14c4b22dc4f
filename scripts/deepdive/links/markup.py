"""HTML, tag by tag. What a renderer writes is regular and read by one expression; the rest is left to html.parser."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from typing import Protocol, TypeVar

# Inside these no tag begins, or Python's versions differ on where they end.
_RAW = frozenset(
    {"script", "style", "textarea", "title", "iframe", "noembed", "noframes", "noscript", "xmp", "plaintext"}
)
# Versions differ also on references without a semicolon in attributes, so that only these are read here.
_VALUE = r'[^"&]*(?:&(?:amp|lt|gt|quot|#\d+);[^"&]*)*'
_TOKEN = re.compile(rf'([^<]+)|<(/?)([a-z][a-z0-9]*)((?:\s+[a-z][a-z-]*="{_VALUE}")*)\s*(/?)>')
_ATTRIBUTE = re.compile(r'([a-z][a-z-]*)="([^"]*)"')


class Reader(Protocol):
    """What hears of tags and text."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag opens; of attributes that stand twice the first counts, as in a browser."""

    def end(self, tag: str) -> None:
        """A tag closes. One that closes itself opens and closes."""

    def data(self, text: str) -> None:
        """Text between tags, its character references resolved."""


R = TypeVar("R", bound=Reader)


def read(html: str, reader: Callable[[], R]) -> R:
    """A new reader that has heard everything that stands in ``html``, tags in lower case."""
    attempt = reader()
    if read_regular(html, attempt):
        return attempt
    attempt = reader()
    parser = _Parser(attempt)
    parser.feed(html)
    parser.close()
    return attempt


def read_regular(html: str, reader: Reader) -> bool:
    """False, and the reader has heard a part, when there is anything but plain tags and text."""
    position = 0
    for match in _TOKEN.finditer(html):
        if match.start() != position:
            return False
        position = match.end()
        text, closing, tag, attributes, alone = match.groups()
        if text:
            reader.data(unescape(text) if "&" in text else text)
        elif closing:
            if attributes or alone:
                return False
            reader.end(tag)
        elif tag in _RAW:
            return False
        else:
            found = _ATTRIBUTE.findall(attributes) if attributes else ()
            reader.start(tag, {name: unescape(value) if "&" in value else value for name, value in reversed(found)})
            if alone:
                reader.end(tag)
    return position == len(html)


class _Parser(HTMLParser):
    def __init__(self, reader: Reader) -> None:
        super().__init__(convert_charrefs=True)
        self.reader = reader

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.reader.start(tag, {name: value or "" for name, value in reversed(attrs)})

    def handle_endtag(self, tag: str) -> None:
        self.reader.end(tag)

    def handle_data(self, data: str) -> None:
        self.reader.data(data)

"""The tags of a page that somebody else wrote, cut as browsers cut them, in time linear to its length.

Python's own parser takes quadratic time for some pages, and its versions differ on comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_SPACE = r"[ \t\n\r\f]"
_COMMENT_END = re.compile(r"--!?>")
_NAME = re.compile(r"[^ \t\n\r\f/>]+")
# What most renderers write, cut at one stroke. The bound keeps a tag with endless attributes out of memory.
_PLAIN = r'(?:"[^"]*"|[A-Za-z0-9_:.-]+(?=[ \t\n\r\f>]))'
_REGULAR = re.compile(
    rf"([A-Za-z][A-Za-z0-9]*)((?:{_SPACE}+[A-Za-z][A-Za-z0-9_:.-]*(?:={_PLAIN})?){{0,30}}){_SPACE}*/?>"
)
_REGULAR_ATTRIBUTE = re.compile(rf"([A-Za-z0-9_:.-]+)=({_PLAIN})")
_ATTRIBUTE = re.compile(
    rf"([^ \t\n\r\f/>][^ \t\n\r\f/>=]*)"
    rf"(?:{_SPACE}*={_SPACE}*(?:\"([^\"]*)\"|'([^']*)'|([^ \t\n\r\f>\"'][^ \t\n\r\f>]*)|([\"'])|(?=>)))?|>"
)
_HIDDEN = frozenset({"script", "style", "template", "noscript"})
# In these no tag begins.
_RAW = _HIDDEN | {"textarea", "title", "iframe", "noembed", "noframes", "xmp"}
# A tag that has no attributes and opens nothing special is passed over.
_OPENING = re.compile(
    rf"<(?!/?(?!(?:{'|'.join(sorted(_RAW))})>)[a-z][a-z0-9]*>)(?:(!--)|([!?]|/(?![a-z>]))|/?([a-z]))", re.I | re.A
)
_RAW_END = {name: re.compile(rf"</{name}(?=[ \t\n\r\f/>])", re.I) for name in _RAW}


class Hidden(NamedTuple):
    """A part that readers never see: a comment, a script, a template, or what follows a tag that never ends."""

    start: int
    end: int


def parts(markup: str) -> Iterator[Hidden | str]:
    """The hidden parts of a page, and between them every id and name, as written, in order."""
    at = 0
    while opening := _OPENING.search(markup, at):
        start = opening.start()
        comment, bogus, _ = opening.groups()
        if comment:
            at = _comment_end(markup, start)
            yield Hidden(start, at)
        elif bogus:
            end = markup.find(">", opening.end())
            at = end + 1 if end >= 0 else len(markup)
        else:
            name, anchors, at = _tag(markup, opening.end() - 1)
            if not name:
                yield Hidden(start, at)
            elif markup[start + 1] != "/":
                if name not in _HIDDEN:
                    yield from anchors
                if name in _RAW:
                    close = _RAW_END[name].search(markup, at)
                    at = close.start() if close else len(markup)
                if name in _HIDDEN:
                    yield Hidden(start, at)


def _comment_end(markup: str, start: int) -> int:
    for empty in ("<!-->", "<!--->"):
        if markup.startswith(empty, start):
            return start + len(empty)
    end = _COMMENT_END.search(markup, start + len("<!--"))
    return end.end() if end else len(markup)


def _tag(markup: str, at: int) -> tuple[str, list[str], int]:
    """Name, ids and names of the tag whose name begins at ``at``, and where it ends; no name: it never does."""
    if regular := _REGULAR.match(markup, at):
        # The space ends what an unquoted value ends at in the page.
        pairs = _REGULAR_ATTRIBUTE.findall(f"{regular[2]} ") if regular[2] else []
        anchors = [value.strip('"') for key, value in pairs if key.lower() in ("id", "name")]
        return regular[1].lower(), anchors, regular.end()
    name = _NAME.match(markup, at)
    assert name is not None
    found: list[str] = []
    for attribute in _ATTRIBUTE.finditer(markup, name.end()):
        key, double, single, bare, unclosed = attribute.groups()
        if key is None:
            return name[0].lower(), found, attribute.end()
        if unclosed:
            break
        if key.lower() in ("id", "name"):
            found.append(double or single or bare or "")
    return "", [], len(markup)

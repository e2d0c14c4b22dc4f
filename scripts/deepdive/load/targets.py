"""The files that a page's links may name."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

from deepdive.load.link_forms import unescaped
from deepdive.load.pages import Page

# Wider than Markdown: code counts too. A name too many costs nothing, one too few a wrong verdict.
_INLINE = re.compile(r"\]\(\s*(?:<([^<>\n]*)>|((?:[^()]|\([^()]*\))*))")
_DEFINITION = re.compile(r"^[ \t>]*\[[^\]\n]+\]:[ \t]*\n?[ \t]*(?:<([^<>\n]*)>|(\S+))", re.M)
_ATTRIBUTE = re.compile(r"\b(?:href|src)\s*=\s*(?:[\"']([^\"'\n]*)[\"']|([^\s\"'>}]+))", re.I)
_TITLE = re.compile(r"\s+[\"'].*", re.S)


def named_files(page: Page) -> frozenset[str]:
    """What the links of a page name, as paths below docs; a path that begins with ``/`` is one already."""
    return _named(posixpath.dirname(page.path), page.text)


@lru_cache(maxsize=1024)  # a process that watches asks for the same pages again and again
def _named(folder: str, text: str) -> frozenset[str]:
    written = {
        _TITLE.sub("", exact or loose).partition("#")[0].partition("?")[0].strip()
        for pattern in (_INLINE, _DEFINITION, _ATTRIBUTE)
        for exact, loose in pattern.findall(text)
    }
    readings = {unquote(form) for one in written if one for form in (one, unescaped(unescape(one)))}
    return frozenset(posixpath.normpath(posixpath.join(folder, one).lstrip("/")) for one in readings)

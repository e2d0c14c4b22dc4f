"""Anchors of a page that somebody else wrote: found, missing, or not to be told from outside."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from urllib.parse import unquote

from deepdive.links.probe import tags

# Prefixes that sites put before the ids of what their users write, and take off again by script.
_PREFIXES = ("", "user-content-")
_SCRIPTED = re.compile(
    r"(?:L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?|issuecomment-\d+|discussion_r\d+|diff-[0-9a-f]+.*|!.*|/.*)"
)


def visible(markup: str) -> str:
    """Markup without comments, scripts, styles and templates; one that never ends hides all the rest."""
    kept, at = [], 0
    for part in tags.parts(markup):
        if isinstance(part, tags.Hidden):
            kept.append(markup[at : part.start])
            at = part.end
    return "".join([*kept, markup[at:]])


@lru_cache(maxsize=1)  # pages that are linked with many fragments are read once
def anchors(markup: str) -> frozenset[str]:
    """Every id and name of the visible part of a page."""
    return frozenset(html.unescape(part) for part in tags.parts(markup) if isinstance(part, str))


def needs_page(fragment: str) -> bool:
    """Whether a fragment has to be looked for in the page at all."""
    name = _anchor(fragment)
    return bool(name) and not _SCRIPTED.fullmatch(name)


def _anchor(fragment: str) -> str:
    """The anchor a fragment names, without directives to browsers; empty when every page has it."""
    name = fragment.partition(":~:")[0]
    return "" if name.casefold() == "top" else name


def judge(fragment: str, markup: str, whole: bool) -> tuple[bool | None, str]:
    """Whether the anchor is there (None: undecided), and the reason in words."""
    fragment = _anchor(fragment)
    if not fragment:
        return True, ""
    shown = fragment[:80]
    if _SCRIPTED.fullmatch(fragment):
        return None, f"the page is there; its anchor '#{shown}' is made by a script in the browser"
    known = anchors(markup)
    names = {unquote(fragment), fragment}
    if any(f"{prefix}{name}" in known for prefix in _PREFIXES for name in names):
        return True, ""
    if not whole:
        return None, f"the page is there; the anchor '#{shown}' does not stand in the part that was read"
    if "<script" in markup.lower():
        return None, f"the page is there; the anchor '#{shown}' is not in it as sent, and its scripts may add it"
    return False, f"the page has no anchor '#{shown}'"

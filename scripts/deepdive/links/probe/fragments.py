"""Anchors of a page that somebody else wrote: found, missing, or not to be told from outside."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from urllib.parse import unquote

_TAG = re.compile(r"<[A-Za-z][^<>]*>")
_ANCHOR = re.compile(r"\s(?:id|name)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.I)
_HIDDEN = re.compile(r"<!--|<(script|style|template|noscript)(?![a-z0-9])")
# Prefixes that sites put before the ids of what their users write, and take off again by script.
_PREFIXES = ("", "user-content-")
_SCRIPTED = re.compile(
    r"(?:L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?|issuecomment-\d+|discussion_r\d+|diff-[0-9a-f]+.*|!.*|/.*)"
)


def visible(markup: str) -> str:
    """Markup without comments, scripts, styles and templates; one that never ends hides all the rest."""
    lower, parts, at = markup.lower(), [], 0
    if len(lower) != len(markup):  # a letter whose small form is longer would shift every offset
        lower = markup
    while opening := _HIDDEN.search(lower, at):
        end_mark = f"</{opening[1]}" if opening[1] else "-->"
        end = lower.find(end_mark, opening.end())
        parts.append(markup[at : opening.start()])
        if end < 0:
            return "".join(parts)
        at = end + len(end_mark)
    return "".join([*parts, markup[at:]])


@lru_cache(maxsize=1)  # pages that are linked with many fragments are read once
def anchors(markup: str) -> frozenset[str]:
    """Every id and name of the visible part of a page."""
    found = set()
    for tag in _TAG.finditer(visible(markup)):
        for match in _ANCHOR.finditer(tag[0]):
            found.add(html.unescape(match[1] or match[2] or match[3] or ""))
    return frozenset(found)


def needs_page(fragment: str) -> bool:
    """Whether a fragment has to be looked for in the page at all."""
    return (
        bool(fragment)
        and fragment.casefold() != "top"
        and not fragment.startswith(":~:")
        and not _SCRIPTED.fullmatch(fragment)
    )


def judge(fragment: str, markup: str, whole: bool) -> tuple[bool | None, str]:
    """Whether the anchor is there (None: undecided), and the reason in words."""
    if not fragment or fragment.casefold() == "top" or fragment.startswith(":~:"):
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

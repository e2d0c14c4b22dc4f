"""Text that a stranger chose, in the cells of a Markdown table."""

from __future__ import annotations

_MOST_CHARACTERS = 160


def code(text: str) -> str:
    """Text as an inline code span of one line, which nothing in it can end or turn into a cell."""
    if not text:
        return ""
    short = text if len(text) <= _MOST_CHARACTERS else text[: _MOST_CHARACTERS - 1] + "…"
    safe = "".join(one if one.isprintable() else " " for one in short).replace("`", "ʹ").replace("|", "\\|")
    return f"`{safe}`"

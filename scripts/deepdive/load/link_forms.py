"""What two ways of writing one link have in common."""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def label(text: str) -> str:
    """A label as definitions are found by it: whatever its case and its spaces."""
    return " ".join(text.split()).lower()


def unescaped(text: str) -> str:
    """Text without the backslashes that only keep a mark from being Markdown."""
    return _ESCAPE.sub(r"\1", text)

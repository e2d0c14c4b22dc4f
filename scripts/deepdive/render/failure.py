"""What a reader sees where a fence cannot be shown: the reason, not a blank."""

from __future__ import annotations

from deepdive.render.environment import render


def render_failure(what: str, reasons: list[str]) -> str:
    """A visible box with the reasons."""
    return render("failure.html", what=what, reasons=reasons)

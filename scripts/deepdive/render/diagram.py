"""A Mermaid diagram: its text, readable until the browser draws it, and its description for everyone."""

from __future__ import annotations

import re

from deepdive.render.environment import render

_TITLE = re.compile(r"^\s*accTitle:\s*(.+)$", re.M)
_DESCRIPTION = re.compile(r"^\s*accDescr:\s*(.+)$", re.M)


def render_diagram(source: str) -> str:
    """``<div class="mermaid">`` with the escaped source, labelled by its accTitle and accDescr."""
    title = _TITLE.search(source)
    description = _DESCRIPTION.search(source)
    return render(
        "diagram.html",
        source=source.strip("\n"),
        title=title[1].strip() if title else "Diagram",
        description=description[1].strip() if description else "",
    )

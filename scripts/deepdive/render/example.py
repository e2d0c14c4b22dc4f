"""A runnable example: its source highlighted, its recorded output below."""

from __future__ import annotations

from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers.python import PythonLexer

from deepdive.render.environment import render

_FORMATTER = HtmlFormatter(cssclass="highlight", wrapcode=True)


def render_example(path: str, source: str, output: str) -> str:
    """HTML of one example. ``path`` is shown as its file name; both texts are escaped."""
    return render(
        "example.html",
        name=path,
        code=highlight(source, PythonLexer(), _FORMATTER).strip(),
        output=output.rstrip("\n"),
    )

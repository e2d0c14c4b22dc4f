"""A runnable example: its source highlighted, its recorded output below."""

from __future__ import annotations

from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers.python import PythonLexer
from pygments.lexers.special import TextLexer

from deepdive.render.environment import render

_FORMATTER = HtmlFormatter(cssclass="highlight", wrapcode=True)


def render_example(path: str, source: str, output: str, coloured: bool = True) -> str:
    """HTML of one example. ``path`` is shown as its file name; both texts are escaped."""
    lexer = PythonLexer() if coloured else TextLexer()
    return render(
        "example.html",
        name=path,
        code=highlight(source, lexer, _FORMATTER).strip(),
        output=output.rstrip("\n"),
    )

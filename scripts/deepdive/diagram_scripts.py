"""The scripts that the mermaid2 plugin adds to a page with diagrams, without its reading the page.

The plugin parses and rewrites every page on which the word stands, to append the same lines to each:
two fifths of a build of this site. It is given a page with nothing but a diagram, and what it
appends there is appended to the page itself, which stays as it was written otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_OPENING = '<html><body><div class="mermaid">flowchart</div>'
_CLOSING = "</body></html>"
_END = "</body>"
# As render/templates/diagram.html writes a diagram; the plugin's other forms are not used here.
_DIAGRAM = ' class="mermaid"'

PostPage = Callable[..., str]


def lean(handler: PostPage) -> PostPage:
    """``handler``, the plugin's ``on_post_page``, run over a page that holds a diagram and nothing else."""

    def on_post_page(output: str, **given: Any) -> str:
        if _DIAGRAM not in output:
            return output
        made = handler(_OPENING + _CLOSING, **given)
        appended = made.partition("</div>")[2].rpartition(_END)[0]
        before, end, after = output.rpartition(_END)
        return f"{before}{appended}{end}{after}"

    return on_post_page


def take_over(handlers: list[Any]) -> None:
    """Replace the plugin's handler in the list of those that run after a page was made."""
    for place, handler in enumerate(handlers):
        owner = type(getattr(handler, "__self__", None))
        if owner.__module__.partition(".")[0] == "mermaid2":
            handlers[place] = lean(handler)

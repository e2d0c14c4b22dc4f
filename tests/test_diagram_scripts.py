"""What mermaid2 appends to a page with a diagram is appended, and the page stays as it was."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

from mermaid2.plugin import MarkdownMermaidPlugin

from deepdive.diagram_scripts import lean, take_over

PAGE = '<!doctype html>\n<html><head><title>x &amp; y</title></head>\n<body class="a"><p>mermaid<br>{}</p>\n</body></html>\n'
DIAGRAM = (
    '<div class="dd-diagram"><div aria-label="x" class="mermaid" role="img">flowchart LR\n  A --&gt; B</div></div>'
)


def plugin() -> Any:
    made = MarkdownMermaidPlugin()
    made.config = {
        "version": "11.0.0",
        "javascript": "assets/javascripts/diagrams.js",
        "arguments": {"startOnLoad": False},
    }
    made.on_config({"extra_javascript": [], "docs_dir": "docs", "markdown_extensions": [], "mdx_configs": {}})
    made._javascript = made.config["javascript"]
    return made


def test_it_appends_what_the_plugin_appends() -> None:
    handler = plugin().on_post_page
    given = {"page": SimpleNamespace(title="Page", url="serving/page/"), "config": {}}
    page = PAGE.format(DIAGRAM)
    whole, ours = handler(page, **given), lean(handler)(page, **given)
    scripts = re.findall(r"<script.*?</script>", whole, re.S)
    assert len(scripts) == 2
    assert re.findall(r"<script.*?</script>", ours, re.S) == scripts
    assert re.sub(r"<script.*?</script>", "", ours, flags=re.S) == page


def test_a_page_that_only_speaks_of_it_is_left_alone() -> None:
    assert lean(plugin().on_post_page)(PAGE.format("none")) == PAGE.format("none")


def test_only_that_plugin_is_taken_over() -> None:
    def other(output: str) -> str:
        return output

    handlers = [other, plugin().on_post_page]
    take_over(handlers)
    assert handlers[0] is other
    assert handlers[1].__qualname__.startswith("lean.")

"""The quick reading of HTML hears what html.parser hears, or leaves the text to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deepdive.links.markup import _Parser, read, read_regular
from deepdive.plugin.project import open_config, open_project
from deepdive.store import Store

ROOT = Path(__file__).resolve().parents[2]


class Heard:
    """All that is told, text joined where it comes in pieces."""

    def __init__(self) -> None:
        self.events: list[tuple[str, object]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.events.append((f"<{tag}>", attributes))

    def end(self, tag: str) -> None:
        self.events.append((f"</{tag}>", None))

    def data(self, text: str) -> None:
        if self.events and self.events[-1][0] == "text":
            text = str(self.events.pop()[1]) + text
        self.events.append(("text", text))


def parsed(html: str) -> list[tuple[str, object]]:
    heard = Heard()
    parser = _Parser(heard)
    parser.feed(html)
    parser.close()
    return heard.events


PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<br />",
        "<br/>",
        '<a href="b.md#c">',
        "<a href='b'>",
        "<a href=b>",
        '<img alt="a > b" src="c">',
        '<p id="x" id="y">',
        "<P>\n    ",
        '<svg viewBox="0">',
        '<a  href="x"\n title="&amp;&lt;&#39;" >',
        '<a href="?a&copy=1">',
        "<script>",
        "</script>",
        "<title>",
        "<!-- a -->\n    ",
        "<!-->",
        "<!doctype html>",
        "<?x?>",
        "<",
        ">",
        "&",
        "&amp;",
        "&copy",
        "&#x;",
        "</p >",
        '</p x="y">',
        "</p/>",
        '<p/ id="x">',
        '<p"x">',
        "<1>",
        "a",
        " ",
        "\n",
        '"',
        "=",
        "/",
        "\x00",
    ]
)


@given(st.lists(PIECES | st.text(max_size=4), max_size=12).map("".join))
def test_both_readings_hear_the_same(html: str) -> None:
    quick = Heard()
    if read_regular(html, quick):
        assert quick.events == parsed(html)
    read_again = read(html, Heard)
    assert isinstance(read_again, Heard)
    assert read_again.events == parsed(html)


@pytest.mark.parametrize(
    "html",
    [
        '<h2 id="a">A &amp; B<a class="headerlink" href="#a" title="Link">&para;</a></h2>\n<p>text<br />more</p>',
        '<td data-value="1"><a href="../x.md?a=1&amp;b=2#c" rel="noopener">x</a></td>',
        "no tag at all",
        "",
    ],
)
def test_what_a_renderer_writes_is_read_at_once(html: str) -> None:
    quick = Heard()
    assert read_regular(html, quick)
    assert quick.events == parsed(html)


@pytest.mark.parametrize("html", ["<!-- a -->", "<script>1 < 2</script>", "<P>", "a < b", '<a href="?a&copy=1">', "<p"])
def test_the_rest_is_left_to_the_parser(html: str) -> None:
    assert not read_regular(html, Heard())


def test_nearly_every_page_of_the_site_is_regular() -> None:
    project, _ = open_project(open_config(ROOT / "mkdocs.yml"), Store(None))
    pages = [page for page in project.pages if not page.generated][::8]
    regular = [page.path for page in pages if read_regular(project.render(page).html, Heard())]
    assert len(regular) >= 0.9 * len(pages)

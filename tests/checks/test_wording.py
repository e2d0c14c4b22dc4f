"""The checks of wording find what is wrong, and leave alone what only looks like it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from deepdive.fix import apply_edits
from deepdive.judge import Judge

HEAD = "---\ntitle: Note\ndescription: A page outside the layers whose wording is judged, and nothing else of it.\n---\n\n# Note\n\n"


def judged(site: Callable[..., Path], body: str) -> list[tuple[str, int, int]]:
    found = Judge(site("valid", {"docs/note.md": HEAD + body + "\n"}) / "mkdocs.yml", links=False).findings()
    return [(one.code, one.location.line - 7, one.location.column) for one in found]


def test_product_names_are_known_from_the_valid_site(site: Callable[..., Path]) -> None:
    assert judged(site, "We serve with fastcache.") == [("product-name", 1, 15)]


@pytest.mark.parametrize(
    "body",
    [
        "FastCache's cache, FastCache and (FastCache).",
        "`fastcache` and `pip install fastcache`.",
        "See fastcache.org, docs/fastcache/, fastcache-cli, my_fastcache and user@fastcache.",
        "[FastCache](https://example.com/fastcache).",
        "```text\nfastcache\n```",
        "<!-- fastcache -->",
        '<abbr title="fastcache">FC</abbr>',
        '<abbr\ntitle="fastcache">FC</abbr>',
        "A note[^fastcache].\n\n[^fastcache]: Its text.",
        "A [note][fastcache].\n\n[fastcache]: https://example.com/",
        "Code:\n\n    import fastcache",
        "Code:\n\n>     import fastcache",
        "- item\n\n        import fastcache",
        "!!! note\n    Text.\n\n        import fastcache",
        "<code>fastcache</code> and <pre>\nfastcache\n</pre>",
        "See example.com/a?fastcache=1 and example.com?fastcache=1.",
    ],
)
def test_a_name_inside_code_or_an_address_is_not_prose(site: Callable[..., Path], body: str) -> None:
    assert judged(site, body) == []


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("Text\n    fastcache.", 2),
        ("- item\n\n    fastcache", 3),
        ("1. item\n    - inner\n\n        fastcache", 4),
        ("!!! note\n\n    fastcache", 3),
        ("??? note\n\n    Text.\n\n    fastcache", 5),
        ('=== "Tab"\n\n    fastcache', 3),
        ("A note[^1].\n\n[^1]: Text.\n\n    fastcache", 5),
        ("A note[^1].\n\n[^1]: With fastcache.", 3),
        ("> - item\n>\n>     fastcache", 3),
        ("Word\n:   text\n\n    fastcache", 4),
        ("<div markdown>\nfastcache\n</div>", 2),
    ],
)
def test_indented_text_is_not_always_code(site: Callable[..., Path], body: str, line: int) -> None:
    assert [(code, at) for code, at, _ in judged(site, body) if code == "product-name"] == [("product-name", line)]


def test_a_name_in_an_element_is_found_and_left_to_the_author(site: Callable[..., Path]) -> None:
    body = "<div>\n\n    fastcache\n\n</div>\n\nA <b>fastcache</b>\n"
    folder = site("valid", {"docs/note.md": HEAD + body})
    found = Judge(folder / "mkdocs.yml", links=False).findings()
    assert [(one.code, one.location.line, one.edit) for one in found] == [
        ("product-name", 10, None),
        ("product-name", 14, None),
    ]


TERM = """
  - id: numa
    name: NUMA
    expansion: non-uniform memory access
    definition: Memory that is nearer to some processors than to others.
    reviewed: 2026-11-01
    sources: [https://example.com/numa]
"""


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("Mind NUMA here.", 1),
        ("[the guide to\nNUMA placement](https://example.com/)", 0),
        ("[![alt](a.svg) NUMA placement](https://example.com/)", 0),
        ("[a\n\nMind NUMA here.]", 1),
        ('<a href="https://example.com/">NUMA guide</a>', 0),
        ("<div>\n<p>Mind NUMA.</p>\n\n<p>Mind NUMA.</p>\n</div>", 0),
        ("<div markdown>\nMind NUMA.\n</div>", 1),
        ("<br> Mind NUMA.", 1),
        ("Code:\n\n    export NUMA=1", 0),
        ("On NUMA\n-------", 0),
        ("Mind [NUMA][n].\nMind NUMA.\n\n[n]: term:numa", 0),
    ],
)
def test_the_first_use_of_a_term_outside_links_and_html(site: Callable[..., Path], body: str, count: int) -> None:
    folder = site("valid", {"docs/hardware/note.md": HEAD + body + "\n"})
    terms = folder / "docs/serving/terms.yml"
    terms.write_text(terms.read_text("utf-8").rstrip("\n") + TERM, "utf-8")
    found = Judge(folder / "mkdocs.yml", links=False).findings()
    assert [one.code for one in found if one.code == "term-not-linked"] == ["term-not-linked"] * count


@pytest.mark.parametrize("text", ["here", "Here", "this page", "read more", "**link**"])
def test_a_link_that_says_nothing(site: Callable[..., Path], text: str) -> None:
    assert judged(site, f"See [{text}](https://example.com/).") == [("link-text", 1, 6)]


def test_a_link_text_over_two_lines_that_says_nothing(site: Callable[..., Path]) -> None:
    assert judged(site, "See [read\nmore](https://example.com/).") == [("link-text", 1, 6)]


@pytest.mark.parametrize(
    "image", ["![](a.png)", "![][a]", "![ ](a.png)", '<img src="a.png">', "<img src=a.png alt=''>"]
)
def test_an_image_without_words(site: Callable[..., Path], image: str) -> None:
    assert judged(site, f"An image {image}.") == [("missing-alt", 1, 10)]


@pytest.mark.parametrize("image", ["![A chip](a.png)", '<img alt="A chip" src="a.png">', "`![](a.png)`"])
def test_an_image_with_words(site: Callable[..., Path], image: str) -> None:
    assert judged(site, f"An image {image}.") == []


def test_a_long_sentence_is_counted_in_words_a_reader_reads(site: Callable[..., Path]) -> None:
    words = "word " * 44
    fine = [
        f"{words}end.",
        f"{words}[end](https://example.com/a/b/c/d/e/f).",
        "\n".join(f"- item {number} of a list that has many" for number in range(20)),
        "| " + words + " | " + words + " |",
    ]
    assert judged(site, "\n\n".join([*fine, f"Short. A {words}end."])) == [("long-sentence", 28, 8)]


@pytest.mark.parametrize(
    ("body", "column"),
    [
        ("The Big One has 64 GB.", 17),
        ("The Big One (64 GB) is one.", 14),
        ("An Big One's 64 GB are few.", 14),
        ("The Big One offers a memory bandwidth of 64 GB/s.", 42),
        ("The **Big One** has 64 GB.", 21),
        ("The __Big One__ has 64 GB.", 21),
        ("One Big One has 64 GB.", 17),
        ("In 2024, Big One has 64 GB.", 22),
    ],
)
def test_a_number_that_the_table_contradicts(site: Callable[..., Path], body: str, column: int) -> None:
    assert judged(site, body) == [("figure-contradicts", 1, column)]


def test_a_name_over_two_lines(site: Callable[..., Path]) -> None:
    assert judged(site, "The Big\nOne has 64 GB.") == [("figure-contradicts", 2, 9)]


@pytest.mark.parametrize(
    "body",
    [
        "The Big One has 80 GB.",
        "The Big One (3.35 TB/s) and 64 GB of host memory.",
        "On an Big One the weights take 64 GB.",
        "The Big One reads 64 GB of weights.",
        "`Big One has 64 GB`.",
        "The Big Ones has 64 GB.",
        "A DGX Big One has 640 GB, a HGX **Big One** 640 GB.",
        "Eight Big One with 640 GB, two Big One (160 GB).",
        "8 Big One with 640 GB, 8× Big One with 640 GB.",
        "A node of 8 x Big One has 640 GB, of 8 · Big One (640 GB).",
        "Twenty-one Big One with 1,680 GB.",
        "Eight Example Big One with 640 GB, a pair of Big One with 160 GB.",
    ],
)
def test_a_number_that_is_another_things(site: Callable[..., Path], body: str) -> None:
    assert judged(site, body) == []


def test_fix_writes_the_names_and_nothing_else(site: Callable[..., Path]) -> None:
    folder = site("valid", {"docs/note.md": HEAD + "We serve with fastcache, not with `fastcache`.\r\n"})
    change = apply_edits(folder, Judge(folder / "mkdocs.yml", links=False).findings())
    assert (folder / "docs/note.md").read_text("utf-8").endswith("We serve with FastCache, not with `fastcache`.\n")
    assert change.count("\n+We") == 1

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
    ],
)
def test_a_name_inside_code_or_an_address_is_not_prose(site: Callable[..., Path], body: str) -> None:
    assert judged(site, body) == []


@pytest.mark.parametrize("text", ["here", "Here", "this page", "read more", "**link**"])
def test_a_link_that_says_nothing(site: Callable[..., Path], text: str) -> None:
    assert judged(site, f"See [{text}](https://example.com/).") == [("link-text", 1, 6)]


@pytest.mark.parametrize("image", ["![](a.png)", "![ ](a.png)", '<img src="a.png">', "<img src=a.png alt=''>"])
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
    ],
)
def test_a_number_that_the_table_contradicts(site: Callable[..., Path], body: str, column: int) -> None:
    assert judged(site, body) == [("figure-contradicts", 1, column)]


@pytest.mark.parametrize(
    "body",
    [
        "The Big One has 80 GB.",
        "The Big One (3.35 TB/s) and 64 GB of host memory.",
        "On an Big One the weights take 64 GB.",
        "The Big One reads 64 GB of weights.",
        "`Big One has 64 GB`.",
        "The Big Ones has 64 GB.",
    ],
)
def test_a_number_that_is_another_things(site: Callable[..., Path], body: str) -> None:
    assert judged(site, body) == []


def test_fix_writes_the_names_and_nothing_else(site: Callable[..., Path]) -> None:
    folder = site("valid", {"docs/note.md": HEAD + "We serve with fastcache, not with `fastcache`.\r\n"})
    change = apply_edits(folder, Judge(folder / "mkdocs.yml", links=False).findings())
    assert (folder / "docs/note.md").read_text("utf-8").endswith("We serve with FastCache, not with `fastcache`.\n")
    assert change.count("\n+We") == 1

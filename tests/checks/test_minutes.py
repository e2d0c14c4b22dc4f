"""Reading time fits the words, plans repeat the times of their pages, and sums are sums; --fix writes them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from deepdive.fix import apply_edits
from deepdive.judge import Judge

HEAD = "---\ntitle: {0}\ndescription: A page outside the layers that takes some minutes, and nothing else of it matters.\n{1}---\n\n# {0}\n\n"
TABLE = "| Stop | What | Minutes |\n| :-- | --- | ---: |\n"


def page(title: str, body: str, minutes: int | str | None = None) -> str:
    return HEAD.format(title, f"minutes: {minutes}\n" if minutes is not None else "") + body + "\n"


def judged(folder: Path) -> list[tuple[str, int, int]]:
    found = Judge(folder / "mkdocs.yml", links=False).findings()
    return [(one.code, one.location.line, one.location.column) for one in found if one.location.path == "docs/note.md"]


@pytest.mark.parametrize(
    ("count", "minutes", "wrong"),
    [
        (0, 1, False),
        (190, 1, False),
        (190, 2, False),
        (190, 3, True),
        (990, 4, False),
        (990, 8, True),
        (990, 2, True),
    ],
)
def test_a_page_takes_as_long_as_its_words(site: Callable[..., Path], count: int, minutes: int, wrong: bool) -> None:
    code = "\n\n``` text\n" + "code " * 2000 + "\n```\n"
    folder = site("valid", {"docs/note.md": page("Note", "Word. " * count + code, minutes)})
    assert judged(folder) == ([("reading-time", 4, 10)] if wrong else [])


def test_a_stated_time_that_is_no_whole_number_is_left_to_other_checks(site: Callable[..., Path]) -> None:
    for minutes in ("soon", "1.5", "true"):
        folder = site("valid", {"docs/note.md": page("Note", "Word. " * 990, minutes)})
        assert "reading-time" not in [code for code, _, _ in judged(folder)]


DEFINED = "\n[1]: one.md\n[Two]:\n  <sub/two.md>\n"
PAGES: dict[str, str | bytes] = {
    "docs/one.md": page("One", "Word. " * 900, 5),
    "docs/sub/two.md": page("Two", "Word. " * 300, 2),
    "docs/none.md": page("None", "Word."),
}


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ("| [One](one.md) | a | 5 |\n| [Two](sub/two.md#x) | b | 2 |\n| **Together** | | **7** |\n", []),
        ("| [One](one.md) | a | 6 |\n| [Two](sub/two.md) | b | 2 |\n", [(9, 24)]),
        ("| [One](one.md) | a | 5 |\n| [Two](sub/two.md) | b | 2 |\n| **Together** | | **8** |\n", [(11, 20)]),
        ("| [One](one.md) | [Two](sub/two.md) | 7 |\n", []),
        ("| [One](one.md) | [Two](sub/two.md) | 5 |\n", [(9, 37)]),
        ("| [None](none.md) | a | 5 |\n| [Out](https://example.com/) | b | 2 |\n", []),
        ("| Setting up | a | 30 |\n| [One](one.md) | a \\| b | 5 |\n", []),
        ("| `[One](one.md)` | a | 6 |\n", []),
        ("| [One](one.md) | a | 06 |\n| [Two](sub/two.md) | b | 1.5 |\n", []),
        (f"| [One](one.md) | a | {'9' * 5000} |\n", []),
        ("| [One](one.md) | a | 5 |\n| Exercise alone | b | 30 |\n", []),
        ("| Install the tools | a | 15 |\n| [Two](sub/two.md) | b | 2 |\n| Sum | | 17 |\n", []),
        ("| [One](one.md) | a | 5 |\n| Exercise | b | 15 |\n| All together: | | 5 |\n", [(11, 24)]),
        ("| [One](one.md) | a | 5 |\n| Sum | | 5 |\n| [Two](sub/two.md) | b | 2 |\n| *Total time* | | 7 |\n", []),
        ("| [One](one.md) | a | 5 |\n| Total beginners | b | 30 |\n", []),
        ("| [One](one.md) | a | 5 |\n| In pairs | together | 30 |\n", []),
        ("| [One](/one.md) | a | 6 |\n| [Two](<sub/two.md>) | b | 3 |\n", [(9, 24), (10, 30)]),
        ("| [One][1] | a | 99 |\n| [two][] | b | 3 |\n| [Two] | b | 3 |\n" + DEFINED, [(9, 18), (10, 17), (11, 16)]),
        ("| [One](one.md) | a | 5 |\n| [One][1] | a | 5 |\n" + DEFINED, []),
    ],
)
def test_a_plan_repeats_its_pages(site: Callable[..., Path], rows: str, wrong: list[tuple[int, int]]) -> None:
    folder = site("valid", {**PAGES, "docs/note.md": page("Note", TABLE + rows).replace("\n# Note", "# Note")})
    found = judged(folder)
    assert [code for code, _, _ in found] == ["minutes-disagree"] * len(wrong)
    assert [line for _, line, _ in found] == [line for line, _ in wrong]


def test_a_row_without_link_is_left_as_it_is_written(site: Callable[..., Path]) -> None:
    rows = "| [One](one.md) | a | 5 |\n| Install the tools | a | 15 |\n| Exercise alone | b | 30 |\n"
    folder = site("valid", {**PAGES, "docs/note.md": page("Note", TABLE + rows)})
    assert apply_edits(folder, Judge(folder / "mkdocs.yml", links=False).findings()) == ""


def test_a_list_of_plans_repeats_their_sums(site: Callable[..., Path]) -> None:
    plan = "## A first plan\n\n" + TABLE + "| [One](one.md) | a | 5 |\n| **Together** | | 5 |\n"
    for stated, wrong in ((5, []), (6, ["minutes-disagree"])):
        text = page("Note", TABLE + f"| [Plan](#a-first-plan) | a | {stated} |\n\n{plan}")
        assert [code for code, _, _ in judged(site("valid", {**PAGES, "docs/note.md": text}))] == wrong


def test_what_is_wrong_can_be_mended_by_the_machine(site: Callable[..., Path]) -> None:
    rows = "| [One](one.md) | a | 9 |\n| [Two](sub/two.md) | b | 2 |\n| **Together** | | **11** |\n"
    folder = site("valid", {**PAGES, "docs/note.md": page("Note", TABLE + rows + "\n" + "Word. " * 900, 1)})
    apply_edits(folder, Judge(folder / "mkdocs.yml", links=False).findings())
    assert judged(folder) == []
    text = (folder / "docs/note.md").read_text("utf-8")
    assert "minutes: 5\n" in text
    assert "| a | 5 |" in text
    assert "| **7** |" in text

"""What a search knows of each page: its words by how much it is about them, its purpose, and what readers ask."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from deepdive.export.topics import topics
from deepdive.judge import Judge
from deepdive.pipeline import assemble

TITLE, ADDRESS, QUESTION, ASKED, _, HEADINGS, TERMS, ABOUT, SPOKEN, PURPOSE, KIND = range(11)
HEAD = "---\ntitle: Note\ndescription: A page outside the layers which says something about {subject}.\nasked: {asked}\n---\n\n# Note\n\n"


def row(site: Callable[..., Path], body: str, asked: str = "[]") -> list[str]:
    folder = site("valid", {"docs/note.md": HEAD.format(subject="otters", asked=asked) + body})
    (found,) = [one for one in topics(assemble(folder / "docs", folder)) if one[ADDRESS] == "note/"]
    return found


def test_words_fall_into_groups_by_how_often_a_page_says_them(site: Callable[..., Path]) -> None:
    found = row(
        site,
        "Otters " * 6
        + "rivers " * 3
        + "fish.\n\n```text\n"
        + "hidden " * 9
        + "\n```\n\n"
        + "[link](https://example.com/addressed) " * 2,
    )
    assert [found[group] for group in (ABOUT, SPOKEN)] == ["otters", "rivers"]
    assert found[KIND] == "page"


def test_its_purpose_is_what_a_page_promises_asks_and_warns_of(site: Callable[..., Path]) -> None:
    body = (
        '> **In one sentence.** Otters swim.\n\n## You will learn\n\n- How dams break.\n\n## Elsewhere\n\nNothing.\n\n'
        '## Common mistakes\n\n- Feeding [them](tool:toolkit).\n\n## Check yourself\n\n??? question "Who builds?"\n    Beavers.\n'
    )  # fmt: skip
    assert row(site, body)[PURPOSE] == "break builds dams feeding how otters swim them who"


def test_the_cache_page_brings_its_question_headings_and_terms(site: Callable[..., Path]) -> None:
    folder = site("valid")
    found = {one[ADDRESS]: one for one in topics(assemble(folder / "docs", folder))}["serving/cache/"]
    assert found[QUESTION] == "What does a cache cost?"
    assert "How it works" in found[HEADINGS].split("|")
    assert found[TERMS].split("|")[0] == "Cache"
    assert "trades" in found[PURPOSE].split()


def test_what_readers_ask_is_handed_on(site: Callable[..., Path]) -> None:
    assert (
        row(site, "Text.", '["where do otters live", "river animals"]')[ASKED] == "where do otters live|river animals"
    )


@pytest.mark.parametrize(
    ("asked", "columns"),
    [
        ('["where do otters live", "otter home"]', []),
        ("otters", [8]),
        ('["otters"]', [9]),
        ('["one two three four five six seven eight nine ten eleven"]', [9]),
        (f'["{"o" * 60} {"p" * 30}"]', [9]),
        ('["otter home", "Otter  HOME"]', [23]),
        ("[2024-01-01]", [9]),
    ],
)
def test_a_text_that_nobody_types_or_that_stands_twice_is_refused(
    site: Callable[..., Path], asked: str, columns: list[int]
) -> None:
    folder = site("valid", {"docs/note.md": HEAD.format(subject="otters", asked=asked) + "Text.\n"})
    found = [one for one in Judge(folder / "mkdocs.yml", links=False).findings() if one.code == "asked"]
    assert [one.location.column for one in found] == columns
    assert all(one.location.line == 4 for one in found)

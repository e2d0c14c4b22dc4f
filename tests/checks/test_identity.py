"""One tool, one row: a repository or a name that is written in another way is still the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpora import corpus_of
from deepdive.checks.identity import aliases_are_unique, repositories_are_unique
from deepdive.model.catalog import Catalog

TOOL = (
    "summary: Serves a model to many users., category: engines, type: engine, openness: open-source, license: MIT, "
    "owner: Makers, status: active, use_when: [You need it.], avoid_when: [You need none.]"
)


@pytest.mark.parametrize(
    ("repo", "reported"),
    [
        ("github:Maker/Engine", True),
        ("github:maker/engine.git", True),
        ("https://github.com/maker/engine", True),
        ("https://github.com/Maker/engine/", True),
        ("https://github.com/maker/engine.git", True),
        ("https://www.github.com/maker/engine.git/", True),
        ("https://github.com/maker/engine#readme", True),
        ("github:maker/engine', path: 'docs", False),
        ("https://github.com/maker/engine/wiki/Models", False),
        ("gitlab:maker/engine", False),
        ("https://[", False),
    ],
)
def test_a_repository_is_the_same_however_it_is_written(repo: str, reported: bool) -> None:
    corpus = corpus_of(tools=[f"{TOOL}, repo: 'github:maker/engine'", f"{TOOL}, repo: '{repo}'"])
    assert [one.code for one in repositories_are_unique(corpus)] == (["duplicate-repo"] if reported else [])


def test_a_folder_of_a_repository_is_a_tool_of_its_own_once() -> None:
    rows = [
        f"{TOOL}, repo: '{repo}', path: part" for repo in ("github:maker/engine", "https://github.com/maker/engine")
    ]
    assert [one.code for one in repositories_are_unique(corpus_of(tools=rows))] == ["duplicate-repo"]


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ("", ", aliases: [row 1]", "row-2: the alias 'row 1' is a name of 'row-1' already."),
        (", aliases: [ROW 2]", "", "row-1: the alias 'ROW 2' is a name of 'row-2' already."),
        (", aliases: [vllm]", ", aliases: [vLLM]", "row-2: the alias 'vLLM' is a name of 'row-1' already."),
        (", aliases: [one]", ", aliases: [two]", ""),
    ],
)
def test_an_alias_leads_to_one_tool(first: str, second: str, message: str) -> None:
    found = list(aliases_are_unique(corpus_of(tools=[TOOL + first, TOOL + second])))
    assert [one.message for one in found] == ([message] if message else [])


@pytest.mark.parametrize(("name", "reported"), [("vLLM", True), ("VLLM", True), ("vLLM Bench", False)])
def test_a_name_is_that_of_one_tool(name: str, reported: bool) -> None:
    corpus = corpus_of(tools=[TOOL, TOOL])
    (table,) = corpus.catalog.tables
    rows = tuple(row.model_copy(update={"name": one}) for row, one in zip(table.rows, ("vLLM", name), strict=True))
    corpus.catalog = Catalog((replace(table, rows=rows),))
    found = list(aliases_are_unique(corpus))
    assert [one.code for one in found] == (["duplicate-alias"] if reported else [])
    assert all(one.message == f"row-2: the name '{name}' is that of 'row-1' already." for one in found)

"""What is code on a page, and what is left of its prose; both as Python-Markdown has it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from deepdive.judge import Judge
from deepdive.load.fences import fences, prose

HEAD = "---\ntitle: Note\ndescription: A page outside the layers whose prose is read, and nothing else of it.\n---\n\n# Note\n\n"
WRONG = "[9 TB/s](fact:big-one.memory_bandwidth)"


def judged(site: Callable[..., Path], body: str) -> list[tuple[str, int, int]]:
    found = Judge(site("valid", {"docs/note.md": HEAD + body + "\n"}) / "mkdocs.yml", links=False).findings()
    return [(one.code, one.location.line - 7, one.location.column) for one in found]


@pytest.mark.parametrize(
    "before",
    [
        "~~~\n\n",
        "```\n\n",
        "    ```\n\n",
        "<!--\n```\n-->\n\n",
        "<!--\n```\n-->\n\n```text\na\n```\n\n",
        "`<!--` and `-->`: ",
        "```text\na\n````\n```\n\n",
        "- item\n\n    ```text\nnot indented\n    ```\n\n",
        "A lone ` sign.\n\n",
        "> A lone ` sign.\n>\n> ",
        "An open <!-- comment.\n\n",
    ],
)
@pytest.mark.parametrize("after", ["", " and `-->`", "\n\nA lone ` sign.\n\n`x`\n\n-->"])
def test_a_wrong_fact_is_not_hidden(site: Callable[..., Path], before: str, after: str) -> None:
    found = judged(site, before + WRONG + after)
    lines = before.count("\n") + 1
    assert [(code, line) for code, line, _ in found if code != "unclosed-fence"] == [("fact-disagrees", lines)]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("```text\na\n", 1),
        ("~~~\na\n```\n", 1),
        ("````\na\n```\n", 1),
        ("- item\n\n    ```text\nnot indented\n    ```\n", 3),
        ("> ```\n> a\n\nb\n", 1),
        ("```text\na\n```\n\nb\n\n```\n", 7),
        ("```text\na\n```\n\n~~~\n```\n~~~\n", None),
        ("Code by indentation:\n\n    ```text\n    a\n", None),
        ("<!--\n```\n-->\n", None),
        ("Four marks ```` and three ```.\n", None),
    ],
)
def test_a_fence_that_nothing_closes_is_named_once(site: Callable[..., Path], body: str, line: int | None) -> None:
    found = [(code, where) for code, where, _ in judged(site, body)]
    assert found == ([("unclosed-fence", line)] if line else [])


@pytest.mark.parametrize(
    "body",
    [
        f"```text\n{WRONG}\n```",
        f"~~~\n{WRONG}\n```\n~~~",
        f"> ```text\n> {WRONG}\n> ```",
        f"- item\n\n    ```text\n    {WRONG}\n\n    ```",
        f"A lone ` sign\n```sh\necho `{WRONG}`\n```\n",
        f"<!-- `\n\n{WRONG} -->",
        f"`` ` {WRONG} ``",
        f"`<!-- {WRONG}`",
        f"Text.\n\n    {WRONG}",
    ],
)
def test_code_and_comments_are_no_prose(site: Callable[..., Path], body: str) -> None:
    assert judged(site, body) == []


def test_a_fence_has_its_line_and_content() -> None:
    text = "a\u2028b\n- c\n\n    ~~~ py\n      x\n\n    y\n    ~~~\n\n> ```\n> z\n>\n> ```\n\n``` yaml\nnever closed\n"
    found = [(fence.language, fence.content, fence.line) for fence in fences(text)]
    assert found == [("py", "  x\n\ny\n", 4), ("", "z\n\n", 10)]
    assert len(prose(text)) == len(text)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("A [9 TB/s][f].\n\n[f]: fact:big-one.memory_bandwidth", [("fact-disagrees", 1, 4)]),
        ("[3.35 TB/s][f], [9 TB/s][F] and\n[8 TB/s] [f].\n\n[f]: <fact:big-one.memory_bandwidth>", [(1, 18), (2, 2)]),
        ("A [note][9 TB/s][f].\n\n[f]:\n  fact:big-one.memory_bandwidth", [("fact-disagrees", 1, 10)]),
        ("A [3.35 TB/s][f].\n\n[f]: fact:big-one.memory_bandwidth", []),
        ("A `[9 TB/s][f]`, ![9 TB/s][f] and [f](https://example.com/).\n\n[f]: fact:big-one.memory_bandwidth", []),
        ("A [9 TB/s].\n\n[9 TB/s]: fact:big-one.memory_bandwidth", [("fact-disagrees", 1, 4)]),
        ("A [9 TB/s][].\n\n[9 tb/s]: fact:big-one.memory_bandwidth", [("fact-disagrees", 1, 4)]),
        ("A [3.35 TB/s].\n\n[3.35 TB/s]: fact:big-one.memory_bandwidth", []),
        ("A [note][t].\n\n[t]: term:nothing", [("unknown-reference", 1, 3)]),
        ("None.\n\n[t]: term:nothing", [("unknown-reference", 3, 1)]),
        ('[x](term:nothing "a title")', [("unknown-reference", 1, 1)]),
    ],
)
def test_references_through_definitions(
    site: Callable[..., Path], body: str, found: list[tuple[str, int, int] | tuple[int, int]]
) -> None:
    assert judged(site, body) == [one if len(one) == 3 else ("fact-disagrees", *one) for one in found]


# Each once took seconds or minutes.
HOSTILE = ["<!-- ", '[a](fact:x "', "<img ", "a+", "a&", "# a ", "~", "`", "[", "**", "    ``` a\n", "<a>"]


def test_hostile_text_costs_no_more_than_its_length(site: Callable[..., Path]) -> None:
    folder = site("valid")
    for number, piece in enumerate(HOSTILE):
        body = f"x{piece * (100_000 // len(piece))}x\n"
        folder.joinpath(f"docs/serving/note-{number}.md").write_text(f"{HEAD}{body}{body}`\n", "utf-8")
    start = sum(os.times()[:4])  # of this process and those it starts
    Judge(folder / "mkdocs.yml", links=False).findings()
    assert sum(os.times()[:4]) - start < 20

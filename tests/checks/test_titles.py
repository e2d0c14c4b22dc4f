"""Titles are found in either of their forms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from deepdive.judge import Judge

HEAD = "---\ntitle: Note\ndescription: A page outside the layers whose headings are judged, and nothing else of it.\n---\n\n"


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("# Title\n\n## Part\n", []),
        ("Title\n=====\n\nPart\n----\n\n### Deep\n", []),
        ("`Title`\n=\n", []),
        ("Title\n=====\n\nTitle\n=====\n", [9]),
        ("# Title\n\nPart\n----\n\n#### Deep\n", [11]),
        ("# Title\n\nText\n\n---\n\n### Deep\n", [12]),
        ("# Title\n\n| a |\n| - |\n| b |\n", []),
        ("# Title\n\n```text\n\nA\n===\n```\n", []),
        ("# Title\n\n- one\n\n```text\nA\n```\n---\n", []),
    ],
)
def test_headings_are_counted_in_both_forms(site: Callable[..., Path], body: str, lines: list[int]) -> None:
    found = Judge(site("valid", {"docs/note.md": HEAD + body}) / "mkdocs.yml", links=False).findings()
    assert [(one.code, one.location.line) for one in found] == [("heading-order", line) for line in lines]

"""Silences: for a reason, for a while, never for what protects readers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from deepdive.judge import Judge

PAGE = """---
title: Note
description: A page outside the layers that holds one long sentence and, in its front matter, a silence.
silence:
  - {entry}
---

# Note

{words}.
"""


def judged(site: Callable[..., Path], entry: str, words: int) -> list[str]:
    page = PAGE.replace("{entry}", entry).replace("{words}", " ".join(["word"] * words))
    return [one.code for one in Judge(site("valid", {"docs/note.md": page}) / "mkdocs.yml").findings()]


@pytest.mark.parametrize(
    ("entry", "words", "codes"),
    [
        ("{code: long-sentence, reason: quotes a standard, until: 2027-01-31}", 60, []),
        ("{code: long-sentence, reason: quotes a standard, until: 2026-11-21}", 60, []),
        ("{code: long-sentence, reason: quotes a standard, until: 2026-11-20}", 60, ["bad-silence", "long-sentence"]),
        ("{code: long-sentence, reason: quotes a standard, until: 2027-02-20}", 60, ["bad-silence", "long-sentence"]),
        ("{code: long-sentence, reason: quotes a standard, until: 2027-02-19}", 60, []),
        ("{code: long-sentence, reason: '', until: 2027-01-31}", 60, ["bad-silence", "long-sentence"]),
        ("{code: long-sentence, until: 2027-01-31}", 60, ["bad-silence", "long-sentence"]),
        ("{code: unsafe-link, reason: quotes a standard, until: 2027-01-31}", 5, ["bad-silence"]),
        ("{code: long-sentence, reason: quotes a standard, until: 2027-01-31}", 5, ["unused-silence"]),
    ],
)
def test_a_silence(site: Callable[..., Path], entry: str, words: int, codes: list[str]) -> None:
    assert judged(site, entry, words) == codes

"""The catalogue of bad inputs has 145 items; each is named by a test that can fail."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
_NAMED = re.compile(r"(?<![a-zA-Z])items?[_-](\d+(?:[_-]\d+)*)|\((\d{1,3}), [\"']|\(\s*\"(\d{1,3})\",\s")


def test_every_item_has_a_test() -> None:
    named: set[int] = set()
    for file in [*TESTS.glob("reliability/test_*.py"), *TESTS.glob("links/probe/test_*.py")]:
        for found in _NAMED.findall(file.read_text("utf-8")):
            named |= {int(number) for number in re.findall(r"\d+", "_".join(found))}
    assert set(range(1, 146)) - named == set()

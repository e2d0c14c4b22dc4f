"""Every item of the catalogue that concerns external addresses carries its number in a test here."""

from __future__ import annotations

import re
from pathlib import Path

ITEMS = {*range(39, 56), *range(81, 123), *range(131, 136), *range(138, 141), 144}
HERE = Path(__file__).parent


def numbers(text: str) -> set[int]:
    """Item numbers in names (``item_42``), ids (``item-42``), cases (``Case("42"``) and parameters (``("42", …``)."""
    found = re.findall(r"\bCase\(\s*\"(\d+)\"|[\[(,]\s*\(\"(\d+)\",", text)
    single = {int(number) for pair in found for number in pair if number}
    runs = re.findall(r"items?[_ -]((?:\d+(?:[_, -]|and| to )*)+)", text, re.I)
    return single | {int(number) for run in runs for number in re.findall(r"\d+", run)}


def test_every_item_has_a_test() -> None:
    tests = "".join(
        path.read_text("utf-8") for path in sorted(HERE.glob("test_*.py")) if path.name != Path(__file__).name
    )
    code = re.sub(r'^""".*?"""', "", tests, flags=re.S | re.M)  # what a module promises is no test
    assert ITEMS - numbers(code) == set()

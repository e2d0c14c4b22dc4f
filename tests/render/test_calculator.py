"""A calculator names the page that derives its formulas, wherever that page went."""

from __future__ import annotations

import pytest

from deepdive.model.calculators import CALCULATORS
from deepdive.render.calculator import render_calculator

OLD = CALCULATORS["kv-cache"].page
NEW = "serving/keys-and-values.md"


@pytest.mark.parametrize(
    ("page", "moved", "pages", "named"),
    [
        ("learn/calculators.md", {}, {OLD}, f'"/{OLD}"'),
        ("learn/calculators.md", {OLD: NEW}, {NEW}, f'"/{NEW}"'),
        ("learn/calculators.md", {OLD: f"{NEW}#cache"}, {NEW}, f'"/{NEW}#cache"'),
        (OLD, {}, {OLD}, ""),
        (NEW, {OLD: NEW}, {NEW}, ""),
        ("learn/calculators.md", {}, {NEW}, ""),
    ],
)
def test_the_page_of_the_formulas_is_followed(page: str, moved: dict[str, str], pages: set[str], named: str) -> None:
    html = render_calculator("kv-cache", page, moved, pages)
    assert f"href={named}" in html if named else "href" not in html

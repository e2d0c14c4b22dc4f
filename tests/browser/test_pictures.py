"""Diagrams and plots enlarge, and references answer to a finger."""

from __future__ import annotations

import pytest

from browser.visiting import Visit


@pytest.mark.parametrize("path", ["/serving/kv-cache/", "/hardware/roofline/"])
def test_a_picture_opens_large_grows_and_closes(visit: Visit, path: str) -> None:
    visit.page.goto(path)
    for frame in (".dd-diagram", "figure.dd-plot:not(.dd-scatter)"):
        place = visit.page.locator(frame).first
        if not place.count():
            continue
        place.scroll_into_view_if_needed()
        place.locator("svg").first.wait_for()
        small = place.locator("svg").first.bounding_box()
        button = place.get_by_role("button", name="Enlarge")
        button.focus()
        visit.page.keyboard.press("Enter")
        large = visit.page.locator("dialog.dd-large[open] svg")
        large.wait_for()
        before = large.bounding_box()
        assert small
        assert before
        assert before["width"] > small["width"]
        visit.page.keyboard.press("+")
        after = large.bounding_box()
        assert after
        assert after["width"] == pytest.approx(1.5 * before["width"], rel=0.02)
        visit.page.keyboard.press("Escape")
        assert visit.page.locator("dialog.dd-large[open]").count() == 0
        assert visit.page.locator("dialog.dd-large svg").count() == 0
        assert button.evaluate("one => one === document.activeElement")
    assert visit.errors == []


@pytest.mark.parametrize(
    "visit", [{"has_touch": True, "is_mobile": True, "viewport": {"width": 390, "height": 844}}], indirect=True
)
def test_a_tap_shows_the_card_and_the_second_follows(visit: Visit) -> None:
    visit.page.goto("/serving/kv-cache/")
    link = visit.page.locator("[data-dd^='term:']").first
    link.scroll_into_view_if_needed()
    visit.page.wait_for_function("() => document.querySelector('#dd-card-hover')")
    link.tap()
    card = visit.page.locator("#dd-card-hover")
    card.wait_for()
    assert "Tap again to open" in card.inner_text()
    assert "/serving/kv-cache/" in visit.page.url
    visit.page.locator("h1").tap()
    assert card.is_hidden()
    link.tap()
    card.wait_for()
    link.tap()
    visit.page.wait_for_url("**/reference/glossary/**")

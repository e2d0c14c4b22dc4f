"""What a first visit fetches: what the reader has in view, and the rest when it comes near or is used."""

from __future__ import annotations

import gzip
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Request, Route

from browser.visiting import Visit

PACKED = (".js", ".css", ".svg", "/")
PHONE = {"has_touch": True, "is_mobile": True, "viewport": {"width": 390, "height": 844}}


def fetched(visit: Visit, path: str) -> list[Request]:
    """Every request of a visit without a touch of the reader's hand."""
    asked: list[Request] = []
    visit.page.on("requestfinished", lambda request: asked.append(request))
    visit.page.goto(path)
    visit.page.wait_for_load_state("networkidle")
    return asked


@pytest.mark.parametrize("path", ["/", "/serving/", "/serving/kv-cache/", "/reference/tools/vllm/"])
def test_a_first_visit_asks_for_at_most_ten_files_of_110_kilobytes_together(visit: Visit, path: str) -> None:
    asked = [request for request in fetched(visit, path) if request.url.startswith("http")]
    names = [urlsplit(request.url).path for request in asked]
    sizes = [
        len(gzip.compress(response.body()) if name.endswith(PACKED) else response.body())
        for name, request in zip(names, asked, strict=True)
        if (response := request.response())
    ]
    assert len(names) <= 10, names
    assert sum(sizes) <= 110_000, dict(zip(names, sizes, strict=True))


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
@pytest.mark.parametrize("layer", ["hardware", "infrastructure", "frameworks", "training", "serving", "applications"])
def test_on_a_phone_a_layer_opens_with_its_pages_and_not_with_the_diagram_library(visit: Visit, layer: str) -> None:
    asked = fetched(visit, f"/{layer}/")
    assert not [request.url for request in asked if "mermaid.min.js" in request.url]
    diagram = visit.page.locator(".dd-diagram .mermaid").first
    diagram.scroll_into_view_if_needed()
    visit.page.wait_for_function("one => one.dataset.drawn !== undefined", arg=diagram.element_handle())


def test_a_table_far_down_is_enhanced_when_the_reader_comes_near(visit: Visit) -> None:
    asked = fetched(visit, "/serving/kv-cache/")
    assert not [request.url for request in asked if "/tables/" in request.url]
    table = visit.page.locator(".dd-table").first
    table.scroll_into_view_if_needed()
    table.locator("th button").first.wait_for()


def test_an_address_with_a_view_enhances_a_table_however_far_down(visit: Visit) -> None:
    visit.page.goto("/hardware/accelerators/?t3.sort=name")
    visit.page.wait_for_selector(".dd-table >> nth=2 >> css=th[data-field=name][aria-sort=ascending]")


def test_menus_of_a_table_are_fetched_when_they_are_used(visit: Visit) -> None:
    asked = [urlsplit(request.url).path for request in fetched(visit, "/reference/tools/")]
    assert [name for name in asked if name.endswith("/tables/rows.js")]
    late = ("facets.js", "columns.js", "exports.js")
    assert not [name for name in asked if name.endswith(late)]
    visit.page.get_by_text("Take along").click()
    visit.page.get_by_role("button", name="CSV").wait_for()


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_the_first_touch_of_a_visit_may_be_a_tap_on_a_reference(visit: Visit) -> None:
    held: list[Route] = []
    visit.page.route("**/hover.js", lambda route: held.append(route))
    visit.page.goto("/overview/what-is-the-ai-stack/")
    link = visit.page.locator("article [data-dd]").first
    link.evaluate("link => document.querySelector('article h1').after(link)")
    assert visit.page.locator("#dd-card-hover").count() == 0
    link.tap()
    visit.page.wait_for_timeout(300)  # a slow network: the module comes after the tap
    held[0].continue_()
    visit.page.locator("#dd-card-hover").get_by_text("Tap again to open").wait_for()
    assert "/overview/what-is-the-ai-stack/" in visit.page.url

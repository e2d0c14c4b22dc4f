"""The map of the stack: every tool once, neighbours that light up, a view that the address keeps."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Route

from browser.visiting import Visit

CHIP = ".dd-map a[data-map]"


def test_every_tool_stands_on_the_map_once_and_leads_to_its_page(visit: Visit, built: Path) -> None:
    index = json.loads((built / "api/v1/index.json").read_text("utf-8"))
    visit.page.goto("/reference/map/")
    shown = visit.page.locator(CHIP).evaluate_all(
        "all => all.map(one => [one.dataset.map, new URL(one.href).pathname])"
    )
    assert sorted(one for one, _ in shown) == sorted(tool["id"] for tool in index["tools"])
    assert all(path == f"/reference/tools/{tool}/" for tool, path in shown)


def test_a_reader_who_is_there_before_the_script_is_heard(visit: Visit) -> None:
    held: list[Route] = []
    visit.page.route("**/stack-map.js", lambda route: held.append(route))
    visit.page.goto("/reference/map/", wait_until="domcontentloaded")
    visit.page.locator(f"{CHIP}[data-map=vllm]").focus()
    assert visit.page.locator(".dd-map-chosen").count() == 0
    while not held:
        visit.page.wait_for_timeout(20)
    held[0].continue_()
    visit.page.locator(".dd-map-chosen").wait_for()


def test_neighbours_light_up_for_pointer_and_keyboard(visit: Visit) -> None:
    visit.page.goto("/reference/map/")
    visit.page.locator(".dd-map-bar").wait_for()
    for reach in ("hover", "focus"):
        getattr(visit.page.locator(f"{CHIP}[data-map=vllm]"), reach)()
        lit = visit.page.locator(".dd-map-near").evaluate_all("all => all.map(one => one.dataset.map)")
        assert {"pytorch", "sglang"} <= set(lit)
        assert "pandas" not in lit
        assert visit.page.locator(".dd-map-said").inner_text().startswith("vLLM and its neighbours: ")
        back = visit.page.locator(f"{CHIP}[data-map=sglang]").get_attribute("data-near") or ""
        assert "vllm" in back.split()


def test_the_address_keeps_colour_zoom_filter_and_the_kept_tool(visit: Visit) -> None:
    visit.page.goto("/reference/map/")
    visit.page.get_by_label("Colour").select_option("openness")
    visit.page.get_by_role("button", name="Larger").click()
    visit.page.get_by_label("Find").fill("flash")
    visit.page.locator(f"{CHIP}[data-map=flashinfer]").click(modifiers=["Shift"])
    assert visit.page.url.endswith("/reference/map/?colour=openness&zoom=1&q=flash&tool=flashinfer")
    visit.page.reload()
    visit.page.locator(".dd-map-chosen").wait_for()
    assert visit.page.locator(".dd-map-chosen").inner_text() == "FlashInfer"
    counted = visit.page.locator(".dd-map-legend li").all_inner_texts()
    assert sum(int(one.rpartition(" ")[2]) for one in counted) == visit.page.locator(CHIP).count()
    left = visit.page.locator(f"{CHIP}:not(.dd-map-out)").all_inner_texts()
    assert left
    assert all("flash" in name.lower() for name in left)
    visit.page.get_by_role("button", name="Let go").click()
    assert "tool=" not in visit.page.url


def test_an_address_with_nonsense_leaves_the_map_as_it_is(visit: Visit) -> None:
    visit.page.goto("/reference/map/?colour=toString&zoom=9&tool=zzz")
    visit.page.locator(".dd-map-bar").wait_for()
    assert visit.page.get_by_label("Colour").input_value() == "layer"
    assert visit.page.url.endswith("/reference/map/")
    assert visit.page.get_by_role("button", name="Let go").is_hidden()
    assert "Point at one" in visit.page.locator(".dd-map-said").inner_text()


@pytest.mark.parametrize("zoom", ["1", "1.6"])
def test_the_focus_stays_in_the_bar_when_a_tool_is_let_go(visit: Visit, zoom: str) -> None:
    visit.page.goto(f"/reference/map/?zoom={zoom}&tool=vllm")
    visit.page.get_by_role("button", name="Let go").press("Enter")
    assert visit.page.evaluate("document.activeElement.closest('.dd-map-bar') !== null")
    assert visit.page.locator(".dd-map-chosen").count() == 0


def test_without_script_the_map_is_a_list_of_links(visit: Visit, address: str) -> None:
    browser = visit.context.browser
    assert browser
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{address}/reference/map/")
    assert page.locator(CHIP).count() > 500
    assert page.locator(".dd-map-bar").count() == 0
    plain.close()

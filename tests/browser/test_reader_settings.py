"""Readers' own settings: forced colours, zoom, text spacing, paper. Nothing is lost, cut or told by colour alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

PAGES = [
    "/", "/serving/", "/serving/kv-cache/", "/hardware/accelerators/", "/reference/tools/", "/reference/tools/vllm/",
    "/reference/compare/?kind=accelerators&ids=h200-sxm%2Cmi300x", "/reference/explore/", "/reference/map/?colour=openness",
    "/learn/calculators/", "/reference/glossary/", "/reference/ended/", "/reference/timeline/", "/reference/papers/", "/contributing/propose/", "/404.html",
]  # fmt: skip
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Text of the page itself that its box cuts off; a diagram's source is cut until the diagram is drawn.
CUT = """() => [...document.querySelectorAll('.md-content *, .md-header__title *, .md-footer *')].filter((one) => {
  const style = getComputedStyle(one);
  const hides = ['hidden', 'clip'];
  if (!one.checkVisibility({opacityProperty: true, visibilityProperty: true}) || one.clientWidth < 3 || one.closest('.mermaid, [hidden], .md-header__topic + .md-header__topic')) return false;
  return (hides.includes(style.overflowX) && one.scrollWidth > one.clientWidth + 1) || (hides.includes(style.overflowY) && one.scrollHeight > one.clientHeight + 3);
}).map((one) => one.outerHTML.slice(0, 90))"""


@pytest.fixture
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page under the reader's settings; styles of the reader are not stopped by the policy of the page."""
    context = browser.new_context(base_url=address, bypass_csp=True, reduced_motion="reduce", **request.param)
    yield context.new_page()
    context.close()


# 1440 x 900 at 200 %, and 1280 px at 400 % (WCAG 1.4.10).
ZOOMED = {"viewport": {"width": 720, "height": 450}, "device_scale_factor": 2}
NARROW = {"viewport": {"width": 320, "height": 640}}


@pytest.mark.parametrize("page", [ZOOMED, NARROW], ids=["200 %", "400 %"], indirect=True)
def test_no_page_scrolls_sideways_or_cuts_text(page: Page) -> None:
    found = []
    for path in PAGES:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        for spacing in ("", SPACING):
            if spacing:
                page.add_style_tag(content=spacing)
            how = f"{path}{', spaced,' if spacing else ''}"
            if over := page.evaluate(WIDER):
                found.append(f"{how} is {over} px too wide")
            found += [f"{how} cuts {one}" for one in page.evaluate(CUT)]
    assert found == []


@pytest.mark.parametrize("page", [ZOOMED], indirect=True)
def test_what_sticks_leaves_most_of_a_low_screen(page: Page) -> None:
    page.goto("/hardware/accelerators/")
    page.locator(".dd-tick").first.check()
    page.mouse.wheel(0, 900)
    page.locator(".dd-choice:not([hidden])").wait_for()
    taken = page.evaluate(
        "() => [...document.querySelectorAll('.md-header, .dd-choice')].reduce((sum, one) => sum + one.getBoundingClientRect().height, 0)"
    )
    assert taken < 450 / 3


@pytest.mark.parametrize("page", [NARROW], indirect=True)
def test_two_devices_stand_side_by_side_on_the_narrowest_screen(page: Page) -> None:
    page.goto("/reference/compare/?kind=accelerators&ids=h200-sxm%2Cmi300x")
    page.locator(".dd-side tbody tr").first.wait_for()
    assert page.evaluate("() => { const box = document.querySelector('.dd-side').parentElement; return box.scrollWidth - box.clientWidth }") <= 0  # fmt: skip


FORCED = [{"forced_colors": "active", "color_scheme": scheme} for scheme in ("light", "dark")]
forced = pytest.mark.parametrize("page", FORCED, ids=["light", "dark"], indirect=True)


@pytest.mark.parametrize("page", FORCED[1:], ids=["dark"], indirect=True)
def test_the_focus_is_seen_in_forced_colours(page: Page) -> None:
    lost = []
    for path in PAGES:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        for _ in range(30):
            page.keyboard.press("Tab")
            lost += [f"{path} {one}" for one in page.evaluate(
                """() => {
                  const one = document.activeElement;
                  if (!one || one === document.body) return [];
                  const seen = (box) => { const style = getComputedStyle(box); return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 };
                  return seen(one) ? [] : [one.outerHTML.slice(0, 90)];
                }"""
            )]  # fmt: skip
    assert lost == []


@forced
def test_the_search_shows_its_field_and_its_choice_in_forced_colours(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("vllm")
    page.locator("[aria-selected=true]").wait_for()
    # The results are written anew when the texts have been searched: what was looked up before may be gone.
    for seen in (".dd-search-form", "[aria-selected=true] a"):
        expect(page.locator(seen)).to_have_css("outline-style", "solid")
    expect(page.locator("[aria-selected=false] a").first).to_have_css("outline-style", "none")


@forced
def test_what_is_on_differs_from_what_is_off_in_forced_colours(page: Page) -> None:
    page.goto("/reference/tools/")
    button = page.get_by_role("button", name="Dense")
    ground = "one => getComputedStyle(one).backgroundColor"
    off = button.evaluate(ground)
    button.click()
    assert button.evaluate(ground) != off
    page.locator(".dd-tick").first.check()
    compare = page.locator(".dd-choice .dd-primary")
    ink, paper = compare.evaluate("one => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]")
    assert ink != paper
    page.goto("/reference/map/")
    page.locator("a[data-map=vllm]").focus()
    assert page.locator(".dd-map-chosen").evaluate(ground) != page.locator("a[data-map=pandas]").evaluate(ground)
    assert page.locator(".dd-map-near").first.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"


@forced
def test_a_diagram_is_read_in_forced_colours(page: Page) -> None:
    page.goto("/serving/kv-cache/")
    page.locator(".dd-diagram").first.scroll_into_view_if_needed()
    page.locator(".dd-diagram .node").first.wait_for()
    node, ink = page.locator(".dd-diagram .node").first.evaluate(
        """one => [getComputedStyle(one.querySelector('rect, polygon, path')).fill, getComputedStyle(one.querySelector('text, span, p')).color]"""
    )
    assert node != ink


def _mark(page: Page, selector: str) -> list[str]:
    return page.locator(selector).evaluate_all("all => all.map(one => getComputedStyle(one, '::before').content)")


@pytest.mark.parametrize("page", [{}], indirect=True)
@pytest.mark.parametrize("colour", ["openness", "status"])
def test_the_map_says_in_marks_what_it_says_in_colours(page: Page, colour: str) -> None:
    page.goto(f"/reference/map/?colour={colour}")
    page.locator(".dd-map-legend li").first.wait_for()
    marks = _mark(page, ".dd-map-legend li")
    assert len(marks) >= 4
    assert len(set(marks)) == len(marks)
    value = page.locator(".dd-map-legend li").last.get_attribute(f"data-{colour}")
    assert set(_mark(page, f".dd-map a[data-{colour}='{value}']")) == {marks[-1]}


@pytest.mark.parametrize("page", [{}], indirect=True)
def test_no_two_vendors_have_the_same_mark_and_the_legend_names_them(page: Page) -> None:
    page.goto("/reference/explore/")
    page.locator(".dd-point").first.wait_for()
    marks = page.locator(".dd-marks li").evaluate_all(
        """all => all.map(one => {
          const mark = one.querySelector('svg > *');
          return [one.textContent.trim(), `${mark.tagName} ${mark.getAttribute('d')} ${one.querySelector('svg').classList.contains('dd-hollow')}`];
        })"""
    )
    assert {"NVIDIA", "AMD", "Google"} <= {name for name, _ in marks}
    assert len({form for _, form in marks}) == len(marks) > 3
    dashes = []
    page.goto("/hardware/roofline/")
    for key in page.locator(".dd-plot .dd-legend-list svg line").all():
        dashes.append(key.evaluate("one => getComputedStyle(one).strokeDasharray"))
    assert len(set(dashes)) == len(dashes) >= 2


PAPER = {"viewport": {"width": 718, "height": 1000}, "color_scheme": "dark"}


@pytest.mark.parametrize("page", [PAPER], indirect=True)
def test_paper_holds_all_columns_all_rows_and_all_answers(page: Page) -> None:
    for path in ("/hardware/accelerators/", "/reference/explore/", "/reference/tools/", "/reference/papers/"):
        page.emulate_media(media="screen")
        page.goto(path)
        page.locator(".dd-bar").first.wait_for()
        page.emulate_media(media="print")
        assert page.evaluate(WIDER) <= 0, path
        assert page.locator(".dd-rows tbody tr").last.is_visible(), path
        assert page.locator(".dd-bar :is(input, button)").first.is_hidden(), path
    page.emulate_media(media="screen")
    page.goto("/serving/kv-cache/")
    page.emulate_media(media="print")
    diagram = page.locator(".mermaid:not([data-drawn])").first
    said, size = diagram.evaluate("one => [getComputedStyle(one, '::before').content, getComputedStyle(one).fontSize]")
    assert said.strip('"') == diagram.get_attribute("aria-label")
    assert size == "0px"
    answer = page.locator("details.question:not([open]) > :not(summary)").first
    assert answer.evaluate("one => one.checkVisibility({contentVisibilityAuto: true})")
    assert answer.evaluate("one => one.getBoundingClientRect().height") > 0


@pytest.mark.parametrize("page", [PAPER], indirect=True)
def test_the_dark_scheme_prints_dark_on_white(page: Page) -> None:
    page.goto("/serving/kv-cache/")
    ink = "() => getComputedStyle(document.querySelector('.md-content p')).color.match(/[0-9]+/g).map(Number)"
    assert min(page.evaluate(ink)) > 150
    page.emulate_media(media="print")
    assert max(page.evaluate(ink)) < 100

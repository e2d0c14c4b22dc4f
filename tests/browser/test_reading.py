"""References show a card, diagrams follow light and dark, the palette is remembered where the browser remembers anything."""

from __future__ import annotations

import pytest

from browser.visiting import Visit


@pytest.mark.parametrize(
    ("scheme", "path"),
    [
        ("tool", "/serving/inference-engines/"),
        ("term", "/serving/kv-cache/"),
        ("fact", "/serving/kv-cache/"),
        ("paper", "/serving/kv-cache/"),
    ],
)
def test_a_reference_shows_its_card_on_hover_and_on_focus(visit: Visit, scheme: str, path: str) -> None:
    visit.page.goto(path)
    link = visit.page.locator(
        f"article a[data-dd^='{scheme}:']"
    ).last  # the first stands beside a diagram, which moves it when it is drawn
    link.scroll_into_view_if_needed()
    link.hover(position={"x": 3, "y": 3})  # a link may run over two lines
    card = visit.page.locator(".dd-card-hover")
    card.wait_for(state="visible")
    assert scheme in card.inner_text().lower()
    assert len(card.inner_text()) > 20
    visit.page.mouse.move(0, 0)
    card.wait_for(state="hidden")
    link.focus()
    card.wait_for(state="visible")
    visit.page.keyboard.press("Escape")
    card.wait_for(state="hidden")


PHONE = {"has_touch": True, "is_mobile": True, "viewport": {"width": 390, "height": 800}}
BOXES = """link => {
  const [card, own] = [document.querySelector(".dd-card-hover"), link].map((one) => one.getBoundingClientRect());
  return [card.top - own.bottom, own.top - card.bottom, card.height];
}"""


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_the_card_of_a_tap_stands_above_or_below_its_link_wherever_that_is(visit: Visit) -> None:
    visit.page.goto("/serving/kv-cache/")
    link = visit.page.locator("article p a[data-dd^='term:']").last
    card = visit.page.locator(".dd-card-hover")
    heading = visit.page.locator("article h1")
    for room in range(24, 160, 8):
        link.evaluate("(link, room) => scrollBy(0, link.getBoundingClientRect().bottom - innerHeight + room)", room)
        link.tap()
        card.get_by_text("Tap again to open").wait_for()
        below, above, height = link.evaluate(BOXES)
        assert height > 40
        assert 0 <= below < 20 or 0 <= above < 20, (room, below, above)
        heading.dispatch_event("click")
        card.wait_for(state="hidden")


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_the_card_goes_when_a_second_tap_follows_a_reference_within_the_page(visit: Visit) -> None:
    visit.page.goto("/serving/kv-cache/")
    link = visit.page.locator("article p a[data-dd^='paper:']").first
    card = visit.page.locator(".dd-card-hover")
    link.tap()
    card.get_by_text("Tap again to open").wait_for()
    link.tap()
    visit.page.wait_for_url("**/serving/kv-cache/#ref-*")
    card.wait_for(state="hidden")


@pytest.mark.parametrize("loaded", ["after the click", "between press and click", "before the press"])
@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_a_tap_is_known_where_its_click_does_not_say_so(visit: Visit, loaded: str) -> None:
    """As in Safari before 18.4: the press is a finger's, the click that follows a mouse's."""
    visit.page.goto("/serving/kv-cache/")
    link = visit.page.locator("article p a[data-dd^='term:']").first
    card = visit.page.locator(".dd-card-hover")
    press = """link.dispatchEvent(new Event("touchstart", {bubbles: true}));
      link.dispatchEvent(new PointerEvent("pointerdown", {bubbles: true, pointerType: "touch"}));"""
    click = """link.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true, detail: 1}));"""
    if loaded == "before the press":
        link.hover()
        card.wait_for(state="attached")
    if loaded == "between press and click":
        link.evaluate(f"link => {{ {press} }}")
        card.wait_for(state="attached")
        link.evaluate(f"link => {{ {click} }}")
    else:
        link.evaluate(f"link => {{ {press} {click} }}")
    visit.page.locator(".dd-card-hover").get_by_text("Tap again to open").wait_for()
    assert visit.page.url.endswith("/serving/kv-cache/")
    link.evaluate("link => link.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true, detail: 0}))")
    visit.page.wait_for_url("**/reference/glossary/#*")  # a key opens at once


def test_a_fact_leads_to_its_row(visit: Visit) -> None:
    visit.page.goto("/serving/kv-cache/")
    link = visit.page.locator("article a[data-dd^='fact:']").first
    name = (link.get_attribute("data-dd") or "").removeprefix("fact:").split(".")[0]
    link.click()
    visit.page.wait_for_url(f"**/#{name}")
    assert visit.page.locator(f"tr#{name}").count() == 1


def test_a_citation_leads_to_the_reference_at_the_foot(visit: Visit) -> None:
    visit.page.goto("/serving/kv-cache/")
    link = visit.page.locator("article a[data-dd^='paper:']").first
    anchor = (link.get_attribute("href") or "").removeprefix("#")
    assert visit.page.locator(f".dd-references li[id='{anchor}'] a").count() == 1


@pytest.mark.parametrize(
    "visit", [{"color_scheme": "light"}, {"color_scheme": "dark"}], indirect=True, ids=["light", "dark"]
)
def test_a_diagram_is_drawn_in_the_colours_of_the_scheme(visit: Visit) -> None:
    visit.page.goto("/serving/kv-cache/")
    diagram = visit.page.locator("div.mermaid").first
    diagram.scroll_into_view_if_needed()
    visit.page.wait_for_function("element => element.dataset.drawn !== undefined", arg=diagram.element_handle())
    dark = visit.page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    fill = diagram.locator(
        "svg .node rect, svg .node path, svg .node polygon, svg rect.actor, svg .rect"
    ).first.evaluate("shape => getComputedStyle(shape).fill")
    red = int(fill.removeprefix("rgb(").split(",")[0])
    assert (red < 128) is dark, fill


def test_a_diagram_is_drawn_again_when_the_scheme_changes(visit: Visit) -> None:
    visit.page.goto("/serving/kv-cache/")
    diagram = visit.page.locator("div.mermaid").first
    diagram.scroll_into_view_if_needed()
    visit.page.wait_for_function("element => element.dataset.drawn !== undefined", arg=diagram.element_handle())
    first = diagram.locator("svg").get_attribute("id")
    visit.page.locator("label[for^=__palette]:visible").click()
    visit.page.wait_for_function(
        "([element, id]) => element.querySelector('svg') && element.querySelector('svg').id !== id",
        arg=[diagram.element_handle(), first],
    )


@pytest.mark.parametrize(
    ("visit", "first", "other"),
    [({"color_scheme": "light"}, "default", "slate"), ({"color_scheme": "dark"}, "slate", "default")],
    indirect=["visit"],
    ids=["light", "dark"],
)
def test_the_palette_follows_the_system_until_the_reader_chooses_one(visit: Visit, first: str, other: str) -> None:
    scheme = "document.body.dataset.mdColorScheme"
    canvas = "getComputedStyle(document.documentElement).colorScheme === 'dark'"
    toggle = visit.page.locator("label[for^=__palette]:visible")
    visit.page.goto("/")
    toggle.wait_for()
    assert visit.page.evaluate(scheme) == first
    assert visit.page.evaluate(canvas) is (first == "slate")
    toggle.click()
    assert visit.page.evaluate(scheme) == other
    assert visit.page.evaluate(canvas) is (other == "slate")
    visit.page.goto("/serving/")
    toggle.wait_for()
    assert visit.page.evaluate(scheme) == other
    visit.page.locator("[data-dd-palette] input").first.focus()
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate(scheme) == first
    assert toggle.count() == 1
    visit.page.wait_for_function("() => !document.body.hasAttribute('data-md-color-switching')")
    assert visit.errors == []


def test_the_palette_is_the_choice_though_the_browser_brings_back_another(visit: Visit) -> None:
    visit.page.goto("/")
    inputs = visit.page.locator("[data-dd-palette] input")
    checked = "all => all.findIndex((one) => one.checked)"
    shown = inputs.evaluate_all(checked)
    # Firefox restores what was checked when the page was left, whatever another tab has chosen since.
    visit.page.route(
        "**/palette.js",
        lambda route: (inputs.nth(1 - shown).evaluate("one => (one.checked = true)"), route.continue_()),
    )
    visit.page.reload()
    visit.page.locator("label[for^=__palette]:visible").wait_for()
    assert inputs.evaluate_all(checked) == shown
    before = visit.page.evaluate("document.body.dataset.mdColorScheme")
    visit.page.locator("label[for^=__palette]:visible").click()
    assert visit.page.evaluate("document.body.dataset.mdColorScheme") != before


BLOCKED = """for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, {get() { throw new DOMException("Access is denied for this document.", "SecurityError"); }})"""
DAMAGED = """if (location.protocol === "http:") {
  for (const name of ["/.__palette", "dd-recent"]) localStorage.setItem(name, "{bad");
  sessionStorage.getItem("dd-choice") ?? sessionStorage.setItem("dd-choice", "{bad");
}"""
ODD = """if (location.protocol === "http:") {
  localStorage.setItem("/.__palette", "[7]");
  sessionStorage.getItem("dd-choice") ?? sessionStorage.setItem("dd-choice", '{"kind": "tools", "items": [null, 7, {"id": 1}]}');
}"""


@pytest.mark.parametrize("storage", [BLOCKED, DAMAGED, ODD], ids=["blocked", "damaged", "odd"])
@pytest.mark.parametrize(
    ("visit", "first", "other"),
    [({"color_scheme": "light"}, "default", "slate"), ({"color_scheme": "dark"}, "slate", "default")],
    indirect=["visit"],
    ids=["light", "dark"],
)
def test_the_site_works_without_what_the_browser_should_have_kept(
    visit: Visit, first: str, other: str, storage: str
) -> None:
    scheme = "document.body.dataset.mdColorScheme"
    visit.context.add_init_script(storage)
    visit.page.goto("/reference/tools/?q=serving")
    visit.page.locator(".dd-shown").filter(has_text=" of ").wait_for()
    assert visit.page.evaluate(scheme) == first
    visit.page.locator("label[for^=__palette]:visible").click()
    assert visit.page.evaluate(scheme) == other
    ticks = visit.page.locator("tr:not([hidden]) .dd-tick")
    ticks.nth(0).check()
    ticks.nth(1).check()
    assert visit.page.locator(".dd-tick:checked").count() == 2
    visit.page.get_by_role("link", name="Compare 2").wait_for()
    visit.page.keyboard.press("Control+k")
    visit.page.keyboard.type("vllm")
    visit.page.locator(".dd-search-results a[href$='/reference/tools/vllm/']").first.click()
    visit.page.wait_for_url("**/reference/tools/vllm/")
    assert visit.errors == []


def test_the_library_of_diagrams_waits_until_one_is_near(visit: Visit) -> None:
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    visit.page.goto("/reference/api/")
    assert not [url for url in asked if "mermaid" in url]


def test_the_home_page_leads_into_each_layer(visit: Visit) -> None:
    visit.page.goto("/")
    cards = visit.page.locator(".dd-cards a")
    assert cards.count() == 6
    for card in cards.all():
        assert "tools" in card.inner_text()
    cards.last.click()
    visit.page.wait_for_url("**/hardware/")


def test_an_address_that_leads_nowhere_shows_ways_on(visit: Visit, built: object) -> None:
    visit.page.goto("/404.html")
    assert visit.page.get_by_role("heading", name="This page does not exist").count() == 1
    assert visit.page.locator("article a").count() >= 2

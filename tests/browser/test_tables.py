"""Tables sort and filter in the browser, and are whole without it."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from browser.visiting import Visit

TABLE = ".dd-table >> nth=0 >> css=:scope"
FIRST = f"{TABLE} tbody tr:first-child th"


def column(visit: Visit, number: int) -> list[str]:
    cells = visit.page.locator(f"{TABLE} tbody tr:not([hidden]) > :nth-child({number})")
    return [text.strip() for text in cells.all_inner_texts()]


def test_a_number_column_sorts_largest_first_then_smallest_then_as_written(visit: Visit) -> None:
    visit.page.goto("/hardware/accelerators/")
    head = visit.page.locator(f"{TABLE} thead th.dd-num").first
    number = head.evaluate("cell => cell.cellIndex + 1")
    before = column(visit, 1)
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    visit.settle()
    values = visit.page.locator(f"{TABLE} tbody tr > :nth-child({number})").evaluate_all(
        "cells => cells.map(cell => cell.dataset.sort).filter(Boolean).map(Number)"
    )
    assert values == sorted(values, reverse=True)
    assert len(values) > 10
    head.locator("button").press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    head.locator("button").press("Enter")
    assert head.get_attribute("aria-sort") is None
    visit.settle()
    assert column(visit, 1) == before


def test_of_several_columns_each_shows_its_rank(visit: Visit) -> None:
    visit.page.goto("/reference/tools/?sort=-owner,name")
    ranks = visit.page.locator(f"{TABLE} thead .dd-sort[data-rank]")
    ranks.nth(1).wait_for()
    shown = ranks.evaluate_all(
        "all => all.map((one) => [one.closest('th').dataset.field, getComputedStyle(one, '::before').content])"
    )
    assert {field: content.strip('" ')[0] for field, content in shown} == {"owner": "1", "name": "2"}
    visit.page.locator(f"{TABLE} thead th[data-field=owner] .dd-sort").click()
    assert ranks.count() == 0


def test_a_missing_value_comes_last_in_both_directions(visit: Visit) -> None:
    visit.page.goto("/hardware/accelerators/")
    for head in visit.page.locator(f"{TABLE} thead th.dd-num").all():
        number = head.evaluate("cell => cell.cellIndex + 1")
        for _ in range(2):
            head.locator("button").click()
            visit.settle()
            known = visit.page.locator(f"{TABLE} tbody tr > :nth-child({number})").evaluate_all(
                "cells => cells.map(cell => cell.dataset.sort !== undefined)"
            )
            assert known == sorted(known, reverse=True)


def test_the_first_rows_stand_in_order_at_once_and_the_rest_follow(visit: Visit) -> None:
    visit.page.goto("/reference/tools/")
    visit.page.get_by_role("button", name="ended").click()
    visit.settle()
    count = f"{TABLE} tbody tr"
    total = visit.page.locator(count).count()
    owners = """() => {
      document.querySelector("th[data-field=owner] button").click();
      const rows = [...document.querySelectorAll(".dd-table tbody tr")].filter((row) => !row.hidden && !row.classList.contains("dd-later"));
      return rows.map((row) => row.cells[4].textContent.trim());
    }"""
    first = visit.page.evaluate(owners)
    visit.settle()
    every = visit.page.locator(f"{count} > :nth-child(5)").evaluate_all(
        "cells => cells.map(cell => cell.textContent.trim())"
    )
    assert 20 < len(first) < total
    assert every[: len(first)] == first
    assert len(every) == total
    named = [one.lower() for one in every if one not in ("", "·", "?", "—")]
    assert named[0] < named[-1]


@pytest.mark.parametrize(
    ("family", "held", "absent"),
    [
        (
            "vendor's own terms",
            "visual-studio-code",
            "pytorch",
        ),  # MIT for the source, Microsoft's terms for the program
        ("permissive", "uv", "visual-studio-code"),
        ("network copyleft or source-available", "redis", "pandas"),
    ],
)
def test_licences_that_bind_together_count_as_the_strictest(visit: Visit, family: str, held: str, absent: str) -> None:
    visit.page.goto(f"/reference/tools/?f.license={quote(family)}")
    expect(visit.page.locator(f"{TABLE} tr[data-id={absent}]")).to_be_hidden()
    expect(visit.page.locator(f"{TABLE} tr[data-id={held}]")).not_to_have_attribute("hidden", re.compile(""))


def test_the_filter_keeps_rows_with_every_word(visit: Visit) -> None:
    visit.page.goto("/reference/tools/")
    total = visit.page.locator(f"{TABLE} tbody tr").count()
    visit.page.get_by_label("Filter").fill("archived framework")
    shown = visit.page.locator(f"{TABLE} tbody tr:not([hidden])")
    assert 0 < shown.count() < total
    for text in shown.all_inner_texts():
        assert "archived" in text.lower()
        assert "framework" in text.lower()
    assert visit.page.locator(".dd-shown").inner_text() == f"{shown.count()} of {total} rows"
    visit.page.get_by_label("Filter").fill("")
    ended = visit.page.locator(f"{TABLE} tbody tr.dd-ended").count()
    assert visit.page.locator(f"{TABLE} tbody tr:not([hidden])").count() == total - ended
    visit.page.get_by_role("button", name=f"{ended} ended").click()
    assert visit.page.locator(f"{TABLE} tbody tr:not([hidden])").count() == total


def test_the_rows_to_review_first_sort_by_each_column(visit: Visit) -> None:
    visit.page.goto("/reference/freshness/")
    table = visit.page.locator(".dd-table")
    table.scroll_into_view_if_needed()
    for head in table.locator("thead th").all():
        head.locator("button").click()
        assert head.get_attribute("aria-sort") is not None
    visit.page.wait_for_url("**sort=-score*")


PHONE = {"viewport": {"width": 390, "height": 800}}


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_on_a_phone_an_order_is_chosen_from_a_list(visit: Visit) -> None:
    visit.page.goto("/reference/tools/?sort=-owner,name")
    order = visit.page.get_by_role("combobox", name="Sort")
    order.wait_for()
    assert order.input_value() == "-owner,name"
    assert order.locator("option:checked").inner_text() == "Owner, descending; Name, ascending"
    order.select_option("Name, descending")
    visit.page.wait_for_url("**sort=-name*")
    visit.settle()
    cells = visit.page.locator(f"{TABLE} tbody tr:not([hidden]) th")
    names = cells.all_text_contents()
    assert names[0].lower() > names[-1].lower()
    order.select_option("as on the page")
    visit.page.wait_for_url(lambda url: "sort" not in url)
    visit.settle()
    assert cells.all_text_contents() == names[::-1]


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_on_a_phone_the_focus_stays_with_what_is_drawn(visit: Visit) -> None:
    visit.page.goto("/reference/tools/?cols=name,first_release")
    order = visit.page.get_by_role("combobox", name="Sort")
    order.locator("option[value=first_release]").wait_for(state="attached")
    order.focus()
    reached: list[str] = []
    while "dd-tick" not in reached and len(reached) < 12:
        visit.page.keyboard.press("Tab")
        reached.append(visit.page.evaluate("document.activeElement.classList[0]"))
    assert reached[-1] == "dd-tick"
    assert "dd-sort" not in reached
    visit.page.set_viewport_size({"width": 1280, "height": 800})
    order.wait_for(state="hidden")
    assert visit.page.locator(".dd-sort").first.evaluate("button => button.tabIndex") == 0


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
def test_on_a_phone_a_short_table_sorts_too(visit: Visit) -> None:
    visit.page.goto("/learn/resources/")
    table = visit.page.locator(".dd-table:not([data-filterable])").first
    table.scroll_into_view_if_needed()
    table.get_by_role("combobox", name="Sort").select_option("Name, descending")
    names = [name.lower() for name in table.locator("tbody th").all_text_contents()]
    assert names == sorted(names, reverse=True)


@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True)
def test_without_javascript_the_table_is_complete(visit: Visit) -> None:
    visit.page.goto("/serving/local-runtimes/")
    assert visit.page.locator(f"{TABLE} caption").count() >= 1
    assert visit.page.locator(f"{TABLE} tbody tr").count() >= 10
    assert visit.page.locator(f"{TABLE} thead th[scope=col]").count() >= 4
    assert visit.page.locator(f"{TABLE} tbody th[scope=row] a").first.get_attribute("href") is not None
    assert visit.page.locator(f"{TABLE} input").count() == 0


@pytest.mark.parametrize("visit", [PHONE], indirect=True)
@pytest.mark.parametrize(
    "path", ["/", "/hardware/accelerators/", "/reference/tools/vllm/", "/serving/kv-cache/", "/reference/glossary/"]
)
def test_no_page_scrolls_sideways_on_a_phone(visit: Visit, path: str) -> None:
    visit.page.goto(path)
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 390

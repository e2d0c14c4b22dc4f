"""Tables sort and filter in the browser, and are whole without it."""

from __future__ import annotations

import pytest

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


@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True)
def test_without_javascript_the_table_is_complete(visit: Visit) -> None:
    visit.page.goto("/serving/local-runtimes/")
    assert visit.page.locator(f"{TABLE} caption").count() >= 1
    assert visit.page.locator(f"{TABLE} tbody tr").count() >= 10
    assert visit.page.locator(f"{TABLE} thead th[scope=col]").count() >= 4
    assert visit.page.locator(f"{TABLE} tbody th[scope=row] a").first.get_attribute("href") is not None
    assert visit.page.locator(f"{TABLE} input").count() == 0


@pytest.mark.parametrize("visit", [{"viewport": {"width": 390, "height": 800}}], indirect=True)
@pytest.mark.parametrize(
    "path", ["/", "/hardware/accelerators/", "/reference/tools/vllm/", "/serving/kv-cache/", "/reference/glossary/"]
)
def test_no_page_scrolls_sideways_on_a_phone(visit: Visit, path: str) -> None:
    visit.page.goto(path)
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 390

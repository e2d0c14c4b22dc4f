"""Choosing among rows: facets, columns, several sort keys, views that can be sent and taken along, comparison, plot."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from browser.visiting import Visit

ROWS = ".dd-table >> nth=0 >> css=tbody tr:not([hidden])"


def test_a_facet_leaves_the_rows_it_counted(visit: Visit) -> None:
    visit.page.goto("/reference/tools/")
    visit.page.get_by_text("Filters", exact=True).click()
    group = visit.page.get_by_role("group", name="Openness")
    label = group.locator("label").filter(has_text="open-core")
    promised = int(label.locator(".dd-facet-count").inner_text())
    label.locator("input").check()
    assert visit.page.locator(ROWS).count() == promised > 0
    visit.page.wait_for_url("**f.openness=open-core*")
    visit.page.get_by_role("button", name="Clear filters").click()
    visit.page.wait_for_url(lambda url: "f.openness" not in url)
    assert visit.page.locator(ROWS).count() > promised


def test_an_address_shows_the_view_again(visit: Visit) -> None:
    view = "/reference/tools/?q=framework&f.openness=open-source&sort=-owner,name&cols=name,owner,first_release&ended=1&dense=1"
    visit.page.goto(view)
    visit.page.wait_for_selector("th[data-field=first_release]")
    visit.page.get_by_text("Filters (1)").wait_for()
    owners = visit.page.locator(f"{ROWS} >> css=td:nth-of-type(4)").all_inner_texts()
    assert visit.page.locator("th[data-field=owner]").get_attribute("aria-sort") == "descending"
    assert visit.page.locator("th[data-field=license]").is_hidden()
    names = visit.page.locator(f"{ROWS} >> css=th").all_inner_texts()
    visit.page.reload()
    visit.page.get_by_text("Filters (1)").wait_for()
    assert visit.page.locator(f"{ROWS} >> css=th").all_inner_texts() == names
    assert len(names) > 5
    assert len(owners) == len(names)


def test_shift_adds_a_second_key(visit: Visit) -> None:
    visit.page.goto("/reference/explore/")
    visit.page.locator("th[data-field=vendor] button").click()
    visit.page.locator("th[data-field=memory_gb] button").click(modifiers=["Shift"])
    visit.settle()
    rows = visit.page.locator(ROWS).evaluate_all(
        "rows => rows.map(row => [row.cells[1].textContent.trim(), Number(row.cells[3].dataset.sort ?? -1)])"
    )
    assert rows == sorted(rows, key=lambda row: (row[0].lower(), -row[1]))
    visit.page.wait_for_url("**sort=vendor%2C-memory_gb*")


def test_a_column_comes_from_the_data(visit: Visit) -> None:
    visit.page.goto("/reference/explore/")
    visit.page.get_by_text("Columns", exact=True).click()
    visit.page.get_by_role("checkbox", name="L2 cache (MB)").check()
    head = visit.page.locator("th[data-field=l2_mb]")
    head.wait_for()
    head.locator("button").click()
    visit.settle()
    values = visit.page.locator(".dd-table td:last-child").evaluate_all(
        "cells => cells.filter(cell => cell.dataset.sort).map(cell => Number(cell.dataset.sort))"
    )
    assert len(values) > 5
    assert values == sorted(values, reverse=True)


def test_words_are_sought_in_the_columns_chosen_before_and_after_and_in_the_address(visit: Visit) -> None:
    visit.page.goto("/reference/tools/?q=sglang")
    visit.page.wait_for_function("() => document.querySelector('.dd-shown')?.textContent.includes(' of ')")
    without = visit.page.locator(ROWS).count()
    visit.page.get_by_text("Columns", exact=True).click()
    box = visit.page.get_by_role("checkbox", name="Alternatives")
    box.check()
    visit.page.locator("th[data-field=alternatives]").wait_for()
    found = visit.page.locator(ROWS).count()
    assert found > without > 0
    visit.page.wait_for_url("**alternatives*")
    visit.page.reload()
    visit.page.locator("th[data-field=alternatives]").wait_for()
    assert visit.page.locator(ROWS).count() == found
    visit.page.get_by_text("Columns", exact=True).click()
    box.uncheck()
    assert visit.page.locator(ROWS).count() == without
    visit.page.get_by_label("Filter", exact=True).fill("")
    visit.page.get_by_label("Filter", exact=True).fill("sglang")
    assert visit.page.locator(ROWS).count() == without


def test_a_column_that_is_gone_sorts_nothing(visit: Visit) -> None:
    visit.page.goto("/training/models/?cols=name,parameters_bn,owner&sort=owner")
    visit.page.locator("th[data-field=owner][aria-sort]").wait_for()
    visit.settle()
    sorted_names = visit.page.locator(f"{ROWS} >> css=th").all_inner_texts()
    visit.page.get_by_text("Columns", exact=True).first.click()
    visit.page.get_by_role("checkbox", name="Owner").uncheck()
    visit.page.wait_for_url(lambda url: "sort" not in url)
    visit.settle()
    names = visit.page.locator(f"{ROWS} >> css=th").all_inner_texts()
    assert names != sorted_names
    visit.page.reload()
    visit.page.locator(".dd-table th[hidden]").first.wait_for(state="attached")
    assert visit.page.locator(f"{ROWS} >> css=th").all_inner_texts() == names


def test_a_status_is_counted_as_choosing_it_shows(visit: Visit) -> None:
    visit.page.goto("/reference/tools/")
    visit.page.get_by_text("Filters", exact=True).click()
    labels = visit.page.get_by_role("group", name="Status").locator("label")
    labels.first.wait_for()
    told = dict(text.split() for text in labels.all_inner_texts())
    there = {
        status: str(visit.page.locator(f".dd-table .dd-status-{status}").count())
        for status in ("archived", "deprecated", "discontinued", "active")
    }
    assert {status: told[status] for status in there} == there
    labels.filter(has_text="archived").locator("input").check()
    assert str(visit.page.locator(ROWS).count()) == there["archived"]
    assert dict(text.split() for text in labels.all_inner_texts()) == told


def test_every_category_can_be_chosen(visit: Visit) -> None:
    visit.page.goto("/reference/tools/")
    there = visit.page.locator(".dd-table tbody td:nth-of-type(1)").all_text_contents()
    visit.page.get_by_text("Filters", exact=True).click()
    group = visit.page.get_by_role("group", name="Category")
    group.locator("label").first.wait_for()
    labels = [re.sub(r" \d+$", "", text.strip()) for text in group.locator("label").all_inner_texts()]
    assert sorted(labels) == sorted(set(there))
    assert len(labels) > 30
    last = group.locator("input").last
    last.focus()
    visit.page.keyboard.press("Space")
    assert 0 < visit.page.locator(ROWS).count() < 10


def test_an_address_filters_by_known_fields_and_by_values_that_can_be_taken_back(visit: Visit) -> None:
    visit.page.goto("/reference/tools/?f.status=&f.nonsense=x&f.openness=bogus|")
    visit.page.get_by_text("Filters (1)", exact=True).click()
    visit.page.get_by_role("checkbox", name="bogus 0").uncheck()
    visit.page.get_by_text("Filters", exact=True).wait_for()
    ended = visit.page.locator(".dd-table tbody tr.dd-ended").count()
    assert visit.page.locator(ROWS).count() == visit.page.locator(".dd-table tbody tr").count() - ended


@pytest.mark.parametrize("kind", ["CSV", "JSON", "Markdown"])
def test_exactly_what_is_shown_is_taken_along(visit: Visit, tmp_path: Path, kind: str) -> None:
    visit.page.goto("/reference/explore/?q=amd&cols=name,memory_gb,released")
    visit.page.wait_for_function("() => document.querySelector('th[data-field=vendor]')?.hidden")
    names = [name.strip() for name in visit.page.locator(f"{ROWS} >> css=th").all_inner_texts()]
    visit.page.get_by_text("Take along").click()
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name=kind).click()
    file = tmp_path / "taken"
    download.value.save_as(file)
    text = file.read_text("utf-8")
    if kind == "CSV":
        table = list(csv.reader(io.StringIO(text)))
        assert table[0] == ["Name", "Released", "Memory GB"]
        assert [row[0] for row in table[1:]] == names
    elif kind == "JSON":
        data = json.loads(text)
        assert [row["name"] for row in data] == names
        assert all(isinstance(row["memory_gb"], int | float) for row in data)
        assert set(data[0]) == {"id", "name", "released", "memory_gb"}
    else:
        assert [line.split(" | ")[0].removeprefix("| ") for line in text.splitlines()[2:]] == names


def test_what_is_taken_along_is_called_after_the_table(visit: Visit) -> None:
    visit.page.goto("/reference/tools/")
    visit.page.get_by_text("Take along").click()
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name="CSV").click()
    assert download.value.suggested_filename == "tools-a-z.csv"


@pytest.mark.parametrize("kind", ["CSV", "JSON"])
def test_addresses_of_sources_are_taken_along(visit: Visit, kind: str) -> None:
    visit.page.goto("/hardware/accelerators/")
    table = visit.page.locator(".dd-table").filter(has=visit.page.locator("th[data-field=sources]")).first
    table.scroll_into_view_if_needed()
    rows = table.locator("tbody tr:not([hidden])")
    table.get_by_text("Take along").click()
    with visit.page.expect_download() as download:
        table.get_by_role("button", name=kind).click()
    text = download.value.path().read_text("utf-8")
    if kind == "CSV":
        taken = [row["Sources"] for row in csv.DictReader(io.StringIO(text))]
    else:
        taken = [row["sources"] for row in json.loads(text)]
    links = rows.evaluate_all(
        "rows => rows.map(row => [...row.querySelectorAll('[data-label=Sources] a')].map(link => link.href))"
    )
    assert taken == ["; ".join(addresses) for addresses in links]
    assert len(taken) > 10


def test_ticked_rows_are_compared_across_pages(visit: Visit) -> None:
    visit.page.goto("/hardware/accelerators/")
    visit.page.locator('.dd-tick[data-choice="h200-sxm"]').first.check()
    visit.page.goto("/reference/explore/?ended=1")
    visit.page.locator('.dd-tick[data-choice="mi300x"]').first.check()
    visit.page.get_by_role("link", name="Compare 2").click()
    visit.page.wait_for_selector(".dd-side")
    assert "ids=h200-sxm%2Cmi300x" in visit.page.url
    line = visit.page.locator(".dd-side tbody tr").filter(has_text="Memory bandwidth")
    assert line.locator("td").all_inner_texts() == ["4.8", "5.3"]
    assert "dd-differs" in (line.get_attribute("class") or "")
    assert visit.page.locator(".dd-side-sources a[href^='https://']").count() >= 2
    visit.page.get_by_role("button", name="Only what differs").click()
    assert visit.page.locator(".dd-side tr.dd-same:not([hidden])").count() == 0
    visit.page.get_by_role("button", name="Remove NVIDIA H200 SXM5").click()
    visit.page.wait_for_url("**ids=mi300x")


def test_every_tick_of_a_row_shows_the_same_choice(visit: Visit) -> None:
    visit.page.goto("/hardware/accelerators/?t3.sort=name")  # every table is there at once
    visit.page.locator(".dd-table >> nth=2 >> css=.dd-tick").first.wait_for()
    rows = visit.page.locator(".dd-tick").evaluate_all("all => all.map(one => one.dataset.choice)")
    twice = next(one for one in rows if rows.count(one) > 1)
    both = visit.page.locator(f".dd-tick[data-choice='{twice}']")
    both.nth(0).check()
    assert both.nth(1).is_checked()
    both.nth(1).uncheck()
    assert not both.nth(0).is_checked()
    others = [one for one in dict.fromkeys(rows) if one != twice][:7]
    for one in others[:6]:
        visit.page.locator(f".dd-tick[data-choice='{one}']").first.check()
    seventh = visit.page.locator(f".dd-tick[data-choice='{others[6]}']").first
    seventh.click()
    assert not seventh.is_checked()
    assert "At most 6" in visit.page.locator(".dd-choice").inner_text()
    visit.page.goto("/reference/tools/")
    visit.page.locator(".dd-tick[data-choice='vllm']").check()  # another kind is another choice
    visit.page.get_by_text("Compare 1", exact=True).wait_for()
    assert visit.page.locator(".dd-tick:checked").count() == 1


def test_points_ticks_and_the_bar_show_one_choice_and_clear_empties_all(visit: Visit) -> None:
    visit.page.goto("/reference/explore/")
    pressed = visit.page.locator(".dd-point[aria-pressed=true]")
    ticked = visit.page.locator(".dd-tick:checked")
    points = [visit.page.locator(f".dd-point[data-choice='{one}']") for one in ("h200-sxm", "mi300x")]
    visit.page.locator(".dd-tick").first.wait_for()
    for point in points:
        point.press("Enter")
    assert (pressed.count(), ticked.count()) == (2, 2)
    visit.page.get_by_role("combobox", name="Across").select_option("power_w")
    assert pressed.count() == 2
    visit.page.locator(".dd-tick[data-choice='mi300x']").uncheck()
    assert (pressed.count(), ticked.count()) == (1, 1)
    visit.page.get_by_role("button", name="Clear", exact=True).press("Enter")
    assert (pressed.count(), ticked.count()) == (0, 0)
    assert visit.page.locator(".dd-choice").is_hidden()
    assert points[0].evaluate("point => point === document.activeElement")
    points[0].press("Enter")
    visit.page.get_by_text("Compare 1", exact=True).wait_for()
    assert (pressed.count(), ticked.count()) == (1, 1)
    visit.page.goto("/serving/")
    visit.page.get_by_role("button", name="Clear", exact=True).press("Enter")
    assert visit.page.evaluate("document.activeElement.tagName") == "H1"


def test_a_page_that_comes_back_shows_what_was_chosen_since(visit: Visit) -> None:
    visit.page.goto("/reference/explore/")
    visit.page.locator(".dd-tick[data-choice='h200-sxm']").check()
    visit.page.evaluate("""() => {
      sessionStorage.setItem("dd-choice", JSON.stringify({kind: "accelerators", items: [{id: "mi300x", name: "AMD MI300X"}]}));
      dispatchEvent(new PageTransitionEvent("pageshow", {persisted: true}));
    }""")
    assert visit.page.locator(".dd-tick:checked").evaluate_all("all => all.map(one => one.dataset.choice)") == [
        "mi300x"
    ]
    assert "AMD MI300X" in visit.page.locator(".dd-choice").inner_text()


def test_a_seventh_row_is_refused_in_words(visit: Visit, built: Path) -> None:
    tables = [json.loads(file.read_text("utf-8")) for file in (built / "api/v1/tables/hardware").glob("*.json")]
    named = {row["id"]: row["name"] for table in tables if table["kind"] == "accelerators" for row in table["rows"]}
    ids = list(named)[:7]
    visit.page.goto(f"/reference/compare/?kind=accelerators&ids={','.join(ids)}")
    visit.page.locator(".dd-side").wait_for()
    place = visit.page.locator("[data-dd-compare]")
    assert f"Left out: {named[ids[6]]}." in place.inner_text()
    said = place.get_by_role("status")
    for typed, answer in (
        (named[ids[6]], "At most 6 stand side by side: remove one first."),
        (named[ids[0]], f"{named[ids[0]]} stands here already."),
        ("Nobody", "There is no accelerator called Nobody. Choose one of the names offered."),
        (" ", ""),
    ):
        place.get_by_label("Add").fill(typed)
        place.get_by_label("Add").press("Enter")
        assert said.inner_text() == answer
    place.get_by_role("button", name=f"Remove {named[ids[0]]}").click()
    visit.page.wait_for_url(f"**ids={'%2C'.join(ids[1:6])}")
    place.get_by_label("Add").fill(named[ids[6]].lower())
    place.get_by_label("Add").press("Enter")
    visit.page.wait_for_url(f"**ids={'%2C'.join(ids[1:7])}")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/reference/compare/?kind=models&ids=llama-3-8b", "The rows could not be loaded"),
        ("/reference/explore/", "The plot could not be loaded"),
    ],
)
def test_data_out_of_reach_is_reported(visit: Visit, path: str, said: str) -> None:
    visit.page.route("**/api/v1/**", lambda route: route.abort())
    visit.page.goto(path)
    visit.page.get_by_text(said).wait_for()
    assert not [one for one in visit.errors if "Failed to load resource" not in one]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?kind=tools",
        "?kind=nothing&ids=a,b",
        "?kind=tools&ids=<img src=x onerror=alert(1)>",
        "?kind=tools&ids=nobody,vllm",
    ],
)
def test_a_comparison_of_nothing_says_what_to_do(visit: Visit, query: str) -> None:
    visit.page.goto(f"/reference/compare/{query}")
    visit.page.wait_for_load_state("networkidle")
    text = visit.page.locator("[data-dd-compare]").inner_text()
    assert "Tick two to six" in text or "Not found: nobody" in text or "There is no" in text
    assert visit.page.locator("[data-dd-compare] img").count() == 0
    assert visit.errors == []


def test_a_point_of_the_plot_is_reached_and_chosen_by_keyboard(visit: Visit) -> None:
    visit.page.goto("/reference/explore/")
    point = visit.page.locator(".dd-point[aria-label^='NVIDIA H200 SXM5']")
    point.wait_for()
    assert "4.8 TB/s" in (point.get_attribute("aria-label") or "")
    point.focus()
    visit.page.keyboard.press("Enter")
    assert point.get_attribute("aria-pressed") == "true"
    assert "NVIDIA H200 SXM5" in visit.page.locator(".dd-choice").inner_text()
    visit.page.get_by_role("combobox", name="Across").select_option("power_w")
    visit.page.get_by_label("Logarithmic").uncheck()
    assert "x=power_w" in visit.page.url
    assert "scale=linear" in visit.page.url
    assert visit.page.locator(".dd-point").count() > 20


def test_the_plot_counts_rows_with_both_figures_whatever_group_is_drawn(visit: Visit) -> None:
    visit.page.goto("/reference/explore/?group=Nobody")
    status = visit.page.locator("[data-dd-explorer] [role=status]")
    status.wait_for()
    points = visit.page.locator(".dd-point")
    whole = points.count()
    assert whole > 20
    assert "group" not in visit.page.url
    assert status.inner_text().startswith(f"{whole} of ")
    assert "are drawn" not in status.inner_text()
    before = status.inner_text().partition(".")[0]
    visit.page.get_by_role("combobox", name="Vendor").select_option("AMD")
    assert 0 < points.count() < whole
    assert status.inner_text().startswith(f"{before}; {points.count()} of them are drawn.")


def test_a_logarithmic_axis_is_never_without_marks(visit: Visit) -> None:
    visit.page.goto("/reference/explore/?x=l2_mb&y=peak_sparse.fp6")
    visit.page.locator(".dd-point").first.wait_for()
    for anchor in ("middle", "end"):
        assert visit.page.locator(f".dd-scatter text.dd-tick[text-anchor={anchor}]").count() >= 2
    poor = visit.page.evaluate("""async () => {
      const { axis } = await import("/assets/javascripts/axis.js");
      const found = [];
      for (let low = 0.001; low < 1e5; low *= 1.37) {
        for (let ratio = 1; ratio < 1e6; ratio *= 1.19) {
          const { low: from, high: to, ticks } = axis([low, low * ratio], true, 0, 100);
          if (ticks.length < 2 || ticks.length > 16 || ticks.some((tick) => tick < from || tick > to)) found.push([low, ratio, ticks]);
        }
      }
      return found;
    }""")
    assert poor == []


PHONE = {"viewport": {"width": 390, "height": 800}}


@pytest.mark.parametrize("visit", [PHONE, {**PHONE, "java_script_enabled": False}], indirect=True)
def test_on_a_phone_a_row_is_a_card_with_the_names_of_its_fields(visit: Visit) -> None:
    visit.page.goto("/hardware/accelerators/")
    visit.page.locator(".dd-table").first.scroll_into_view_if_needed()
    cell = visit.page.locator(".dd-table tbody tr:not([hidden]) td[data-label]").first
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") != "none"
    assert cell.evaluate("cell => getComputedStyle(cell).display") == "flow-root"
    scroll = visit.page.locator(".dd-scroll").first
    assert scroll.evaluate("box => box.scrollWidth <= box.clientWidth + 1")

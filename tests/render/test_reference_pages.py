"""Cells of every kind of value, the timeline, and the page that counts what is known."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from deepdive.export.api import api_files
from deepdive.export.search import names
from deepdive.model.catalog import KINDS, Catalog
from deepdive.pipeline import Site, assemble
from deepdive.render.bars import Bar, counted, percent, render_bars
from deepdive.render.timeline import render_timeline


@pytest.fixture
def valid(site: Callable[..., Path]) -> Site:
    folder = site("valid")
    return assemble(folder / "docs", folder)


def words(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def cells(site: Site, source: str) -> list[ElementTree.Element]:
    table = ElementTree.fromstring(site.fence_table(source, "x.md"))
    (row,) = table.findall(".//tbody/tr")
    return list(row)


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_of_every_kind_can_be_shown_with_all_its_columns(valid: Site, kind: str) -> None:
    from deepdive.model.columns import columns

    element = ElementTree.fromstring(valid.fence_table(f"kind: {kind}\ncolumns: [{', '.join(columns(kind))}]", "x.md"))
    assert "failure" not in (element.get("class") or "")
    assert len(element.findall(".//tbody/tr")) == len(list(valid.catalog.rows(kind)))


def test_yes_and_no_are_words_and_ids_of_tools_lead_to_their_pages(valid: Site) -> None:
    row = cells(
        valid, "source: serving/file-formats\ncolumns: [name, executes_code, memory_mappable, readers, specification]"
    )
    assert [words(one) for one in row[1:3]] == ["no", "yes"]
    assert [link.get("href") for link in row[3].iter("a")] == [
        "/reference/tools/newer.md", "/reference/tools/older.md",
    ]  # fmt: skip
    (link,) = row[4].iter("a")
    assert (link.text, link.get("href")) == ("example.com", "https://example.com/plain")


def test_a_device_leads_to_its_row_a_work_is_cited_and_a_date_is_a_date(valid: Site) -> None:
    offer = cells(
        valid, "source: infrastructure/cloud-offers\ncolumns: [name, cloud, accelerator, price_usd_h, price_date]"
    )
    assert [link.get("href") for link in offer[2].iter("a")] == ["/hardware/devices.md#big-one"]
    assert [words(one) for one in offer[1:]] == ["Toolkit", "Big One", "98.32", "2026-11-01"]
    forecast = cells(valid, "kind: forecasts\ncolumns: [name, probability, due, outcome, basis]")
    assert [words(one) for one in forecast[1:]] == ["0.7", "2027-12-31", "open", "Doe et al., 2023"]
    assert forecast[1].get("title", "").startswith("assumed")


def test_a_huge_number_is_written_as_a_power_and_sorted_as_a_number(valid: Site) -> None:
    row = cells(
        valid, "source: hardware/number-formats\nwhere: {name: BF16}\ncolumns: [name, maximum, smallest_normal]"
    )
    assert row[1].text == "3.3895\u00a0×\u00a010³⁸"
    assert row[2].text == "1.1755\u00a0×\u00a010⁻³⁸"
    assert float(row[1].get("data-sort", "")) == 3.3895e38


def test_events_are_chosen_by_their_own_layer(valid: Site) -> None:
    (name, *_) = cells(valid, "kind: events\nwhere: {layer: hardware}")
    assert words(name) == "Big One announced"


def test_rows_of_the_new_kinds_are_found_by_name(valid: Site) -> None:
    found = {(name, kind): address for name, kind, address, *_ in names(valid.catalog)}
    assert found["Ex-Link", "link"] == "hardware/interconnects/#ex-link"
    assert found["Second", "design"] == "hardware/architectures/#example-second"
    assert ("Events", "table") not in found


def test_the_timeline_runs_by_year_with_less_exact_dates_first(valid: Site) -> None:
    timeline = ElementTree.fromstring(valid.fence_timeline("", "reference/timeline.md"))
    assert [head.text for head in timeline.iter("h2")] == ["2023", "2024"]
    assert [one.get("id") for one in timeline.iter("li")] == [
        "paper-published", "device-announced", "engine-released",
    ]  # fmt: skip
    first, _, last = timeline.iter("li")
    assert words(first) == (
        "2023 A paper appears serving paper The idea of wasting less is published. Doe et al., 2023 Source: 1."
    )
    assert "/reference/tools/newer.md" in {link.get("href") for link in last.iter("a")}
    assert "https://example.com/release" in {link.get("href") for link in last.iter("a")}


def test_a_timeline_without_events_says_so() -> None:
    assert words(ElementTree.fromstring(render_timeline(Catalog()))) == "No table holds an event yet."


def test_freshness_counts_what_is_there(valid: Site) -> None:
    page = ElementTree.fromstring(valid.fence_freshness("", "reference/freshness.md"))
    rows = sum(1 for kind in KINDS for _ in valid.catalog.rows(kind))
    text = words(page)
    assert f"{rows} rows" in text
    assert "on 2026-11-21" in text
    pictures = [picture.get("aria-label", "") for picture in page.iter("svg")]
    assert all(picture.get("role") == "img" for picture in page.iter("svg"))
    assert any(re.search(r"Rows by kind: tools 3, accelerators 2,", label) for label in pictures)
    assert any("up to 30 days" in label for label in pictures)
    assert "/reference/glossary.md#cache" in {link.get("href") for link in page.iter("a")}
    scores = [int(one[-1].text or "") for one in page.findall(".//tbody/tr")]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == min(25, rows)


def test_freshness_is_that_of_the_day_of_the_build(valid: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    first = valid.fence_freshness("", "x.md")
    assert valid.fence_freshness("", "x.md") == first
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1795262400 + 86_400))
    assert valid.fence_freshness("", "x.md") != first


def test_freshness_of_nothing_is_well_formed() -> None:
    from deepdive.model.day import today
    from deepdive.render.freshness import render_freshness

    assert "0 rows" in words(ElementTree.fromstring(render_freshness(Catalog(), today())))


@pytest.mark.parametrize(
    ("part", "whole", "said"), [(0, 3, "0 %"), (1, 1000, "1 %"), (999, 1000, "99 %"), (3, 3, "100 %"), (0, 0, "0 %")]
)
def test_a_share_is_all_or_nothing_only_when_it_is(part: int, whole: int, said: str) -> None:
    assert percent(part, whole) == said


def test_bars_stay_in_the_picture_and_labels_are_text() -> None:
    chart = ElementTree.fromstring(render_bars("A <b> title", [*counted([("a", 1), ("b", 4)]), Bar("<i>", 1.0, "4")]))
    assert chart.find("b") is None
    lengths = [float(bar.get("width", "")) for bar in chart.iter("rect")]
    assert lengths[0] * 4 == pytest.approx(lengths[1], abs=0.5)
    assert "a 1, b 4, <i> 4" in chart.find("svg").get("aria-label", "")  # type: ignore[union-attr]


def test_the_interface_for_programs_has_every_kind_with_its_own_types(valid: Site) -> None:
    def row(path: str) -> dict[str, Any]:
        return json.loads(api_files(valid.catalog)[f"api/v1/tables/{path}.json"]())["rows"][0]

    assert row("infrastructure/network-adapters")["rdma"] is True
    assert row("infrastructure/cloud-offers")["price_usd_h"] == {
        "value": 98.32, "unit": "USD/h", "kind": "vendor", "applicable": True,
    }  # fmt: skip
    assert row("infrastructure/cloud-offers")["price_date"] == "2026-11-01"
    assert row("reference/events")["date"] == "2023"
    assert row("learn/courses")["layers"] == ["serving", "hardware"]
    index = json.loads(api_files(valid.catalog)["api/v1/index.json"]())
    assert {table["page"] for table in index["tables"] if table["kind"] == "events"} == {"reference/timeline/"}
    assert {table["kind"] for table in index["tables"]} == set(KINDS)

"""Tables are whole, honest about what is missing, and never take data for markup."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from deepdive.pipeline import Site, assemble

FENCES = {
    "table": "source: hardware/devices\ncolumns: [name, memory_gb, memory_bandwidth, peak_dense.bf16, peak_dense.fp4, ridge_bf16, sources]\nsort: -memory_gb\n",
    "glossary": "",
    "stack": "",
    "timeline": "",
    "freshness": "",
    "roofline": "devices: [big-one]\nworkloads: [{name: GEMV, intensity: 1.0}]\n",
    "example": "file: examples/cache.py\n",
    "tool_page": "older",
    "mermaid": "flowchart LR\n  accTitle: T\n  accDescr: D\n  A --> B\n",
}


@pytest.fixture
def valid(site: Callable[..., Path]) -> Site:
    folder = site("valid")
    return assemble(folder / "docs", folder)


def drawn(site: Site, name: str, source: str | None = None) -> ElementTree.Element:
    html = getattr(site, f"fence_{name}")(FENCES[name] if source is None else source, "serving/cache.md")
    return ElementTree.fromstring(html)


@pytest.mark.parametrize("name", FENCES)
def test_every_fence_gives_well_formed_html_without_a_failure_box(valid: Site, name: str) -> None:
    element = drawn(valid, name)
    assert "failure" not in (element.get("class") or "")


def test_a_table_has_caption_scopes_units_and_numbers_on_the_right(valid: Site) -> None:
    table = drawn(valid, "table")
    assert "".join(table.find(".//caption").itertext()).startswith("Devices 2 rows")  # type: ignore[union-attr]
    heads = table.findall(".//thead//th")
    assert [head.get("scope") for head in heads] == ["col"] * 7
    assert "".join(heads[2].itertext()) == "Memory bandwidth TB/s"
    rows = table.findall(".//tbody/tr")
    assert [row.find("th").get("scope") for row in rows] == ["row", "row"]  # type: ignore[union-attr]
    assert [["".join(cell.itertext()).strip() for cell in row] for row in rows] == [
        ["Big One", "80", "3.35", "1000", "—", "298.5", "1"],
        ["Small One", "24", "?", "82.5", "·", "?", "1"],
    ]
    assert rows[0][1].get("class") == "dd-num"
    assert rows[0][2].get("title") == "vendor figure; Data sheet"


def test_words_of_neighbouring_cells_are_not_glued(valid: Site) -> None:
    html = valid.fence_table(FENCES["table"], "x.md")
    assert "</td><td" not in html.replace("</td>\n<td", "")


def test_rows_carry_anchors_on_the_tables_own_page_only(valid: Site) -> None:
    own = ElementTree.fromstring(valid.fence_table("source: hardware/devices\n", "hardware/devices.md"))
    elsewhere = ElementTree.fromstring(valid.fence_table("source: hardware/devices\n", "serving/cache.md"))
    assert [row.get("id") for row in own.findall(".//tbody/tr")] == ["big-one", "small-one"]
    assert [row.get("id") for row in elsewhere.findall(".//tbody/tr")] == [None, None]


def test_where_and_sort_choose_and_order(valid: Site) -> None:
    table = drawn(
        valid, "table", "source: serving/engines\nwhere: {status: [archived]}\ncolumns: [name, status, successor]\n"
    )
    (row,) = table.findall(".//tbody/tr")
    words = "".join(row.itertext()).split()
    assert words == ["Older", "Engine", "archived", "since", "2026-03-21", "Newer", "Engine"]
    assert row.get("class") == "dd-ended"


@pytest.mark.parametrize(
    "source",
    [
        "source: nothing/here",
        "",
        "columns: [name]",
        "source: [serving/engines, hardware/devices]",
        "- a list",
        "kind: nothing",
        "kind: tools\nwhere: {colour: red}",
    ],
)
def test_a_table_that_cannot_be_shown_is_a_visible_box(valid: Site, source: str) -> None:
    element = drawn(valid, "table", source)
    assert "failure" in (element.get("class") or "")
    assert element.findall(".//li")


PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ 7*7 }}",
    "a | b",
    "{: onclick=alert(1) }",
    "[x](javascript:alert(1))",
    "<!-- -->",
    "&lt;script&gt;",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_of_a_row_is_text_on_the_page_even_where_the_model_would_refuse_it(valid: Site, payload: str) -> None:
    tool = valid.catalog.tools["newer"].model_copy(
        update={"name": payload, "owner": payload, "summary": payload, "use_when": (payload,)}
    )
    table = valid.catalog.tables[[one.id for one in valid.catalog.tables].index("serving/engines")]
    spoiled = replace(table, rows=(tool, *table.rows[1:]))
    tables = tuple(spoiled if one is table else one for one in valid.catalog.tables)
    valid.corpus.catalog = replace(valid.catalog, tables=tables)
    for html in (
        valid.fence_table("source: serving/engines\ncolumns: [name, owner, summary, use_when]", "x.md"),
        valid.fence_tool_page("newer", "x.md"),
    ):
        element = ElementTree.fromstring(html)
        assert payload in "".join(element.itertext())
        for one in element.iter():
            assert one.tag not in ("script", "img")
            assert not [name for name in one.attrib if name.startswith("on")]


def test_a_tool_page_shows_status_evidence_successor_and_sources(valid: Site) -> None:
    text = " ".join("".join(drawn(valid, "tool_page").itertext()).split())
    for part in (
        "No longer a choice for new work",
        "archived since 2026-03-21",
        "Its successor is Newer Engine",
        "archived by its owner on 2026-03-21",
        "opened 2026-11-01",
        "Reviewed 2026-11-01",
        "Table: Engines",
    ):
        assert part in text, part


def test_alternatives_hold_in_both_directions(valid: Site) -> None:
    assert valid.catalog.alternatives == {"newer": ("older",), "older": ("newer",)}


def test_a_tool_page_names_the_pages_whose_prose_links_to_it(valid: Site) -> None:
    page = ElementTree.fromstring(valid.fence_tool_page("newer", "x.md"))
    assert "/serving/cache.md" in {link.get("href") for link in page.iter("a")}

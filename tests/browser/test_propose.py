"""The form for a tool: YAML that our loader reads back, rows that the validator accepts, faults in words, no text that runs."""

from __future__ import annotations

import functools
import http.server
import io
import random
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import expect

from browser.forms import (
    PAGE,
    REPOSITORY,
    asked_to_open,
    entry,
    field,
    fill,
    issue_body,
    opened,
    row_text,
    tiny_site,
)
from browser.payloads import HANDLERS, HTML
from browser.visiting import Visit
from deepdive.authoring.command import new_tool
from deepdive.authoring.row import propose_id, write_row
from deepdive.judge import Judge
from deepdive.load.corpus import load_corpus
from deepdive.model.tool import Tool
from deepdive.text_source import is_strange
from deepdive.yaml_source import read

ROOT = Path(__file__).resolve().parents[2]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site = tiny_site(tmp_path_factory.mktemp("propose") / "valid")
    handler = functools.partial(_Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


ODD = [
    "no", "NO", "Norway", "yes", "on", "off", "y", "n", "true", "False", "null", "Null", "~", "", " ", "  lead", "trail  ", "12", "0755", "1_000", "0x1F", "0b11", "0o17", "1e3", "1.5", "-1", "+1", ".5", "1.",
    ".inf", "-.INF", ".nan", "12:30:45", "190:20:30", "2024-03-18", "2024-3-1", "2024-03-18 10:00:00", "2024-03-18T10:00:00Z", "2024", "2024-03", "a: b", "a:b", "a :b", "colon:", ":", "a #b", "a#b", "# a", "#", "@home", "`x`", "%TAG",
    "&anchor", "*alias", "!tag", "!!python/object:x", "|", ">", "|-", "- a", "-", "--- a", "---", "...", "? a", "?", "[a]", "[", "]", "{a: b}", "{", "}", ",", "a, b", "a]", "a}", "'", '"', "it's", 'say "no"', "\\", "\\n", "a\\u0041", "a\nb", "a\tb",
    "a\r\nb", "<<", "=", "<b>", "a  b", "ends with .", "tab\t", "naïve — “quoted”", "日本語", "🦙", "👩‍🔬 at work", "a\u00a0b", "a\u2028b", "a\u0085b", "\u00a0", "é", "(a)", "(a", "https://a.example/?q=1&r=2", "https://a.example/#x", "https://a.example/a b", "C++", "C#", "3 apples", "1 2", "5e",
    "\u0007bell", "\ufefffirst", "a\u202eb", "a\u200bb", "\u0000", "y: z\n  - id: owned", "\n  - id: owned", '"\n    id: owned', "</script>", "{{ x }}", "${{ x }}", "`${1}`", "word " * 40,
]  # fmt: skip
ALPHABET = "ab1 0:#-'\"\\[]{},&*!|>%@`~?=.\n\t_+/()é🦙\u00a0\u2028nNoOyY"


def texts() -> list[str]:
    chance = random.Random(20261121)
    return [*ODD, *("".join(chance.choices(ALPHABET, k=chance.randint(1, 14))) for _ in range(400))]


WRITE = """async (rows) => {
  const { writeRow } = await import('/assets/javascripts/propose/yaml.js');
  const style = { order: ['summary', 'use_when'], dates: new Set(['reviewed', 'accessed']) };
  return rows.map((row) => writeRow(row, style));
}"""


def test_every_odd_text_is_read_back_as_it_was_typed(visit: Visit) -> None:
    visit.page.goto(PAGE)
    wanted = [
        {"id": "a", "name": "A", "owner": text, "use_when": [text, "b"], "sources": [{"url": text, "shows": text}]}
        for text in texts()
        if text
    ]
    assert len(wanted) > 460
    refused = 0
    for row, written in zip(wanted, visit.page.evaluate(WRITE, wanted), strict=True):
        document = read(f"rows:\n{written}", "t")
        if is_strange(str(row["owner"])):
            refused += 1
            assert {one.code for one in document.diagnostics} <= {"control-character", "invisible-character"}
            continue
        assert document.diagnostics == [], (row, written)
        assert document.data == {"rows": [row]}, written
    assert refused < 20


def test_our_own_writer_of_rows_reads_the_same_texts_back() -> None:
    for text in texts():
        if text and not is_strange(text):
            row = {"id": "a", "owner": text, "aliases": [text], "use_when": [text, "a b"]}
            document = read(f"rows:\n{write_row(row)}", "t")
            assert (document.data, document.diagnostics) == ({"rows": [row]}, [])


def test_days_stand_without_quotes_and_numbers_with_them(visit: Visit) -> None:
    visit.page.goto(PAGE)
    row = {"id": "a", "first_release": "2024", "reviewed": "2026-11-21", "sources": [{"url": "u", "accessed": "2026-11-20"}]}  # fmt: skip
    (written,) = visit.page.evaluate(WRITE, [row])
    assert 'first_release: "2024"\n' in written
    assert "reviewed: 2026-11-21\n" in written
    assert "accessed: 2026-11-20\n" in written


def test_ids_are_proposed_as_the_program_proposes_them(visit: Visit) -> None:
    visit.page.goto(PAGE)
    taken = ["vllm", "vllm-2", "a-b"]
    names = ["vLLM", "Weights & Biases", "C++", "C#", "R", "Äö", "a--b", "  x ", "Straße 9", "x" * 60, "a" * 47 + " b", "-", "A.B"]  # fmt: skip
    script = """async ([names, taken]) => {
      const { proposeId } = await import('/assets/javascripts/propose/ids.js');
      return names.map((name) => proposeId(name, new Set(taken)));
    }"""
    assert visit.page.evaluate(script, [names, taken]) == [propose_id(name, set(taken)) for name in names]


ROWS = """async (ids) => {
  const load = (name) => import(`/assets/javascripts/${name}.js`);
  const [{ fetchData, fetchFile, fetchKind }, { faults }, { broken }, { dayFields }, { writeRow }, { asWritten }] =
    await Promise.all(['data', 'propose/schema', 'propose/rules', 'propose/fields', 'propose/yaml', 'propose/propose'].map(load));
  const schema = await fetchData('schema/tools.schema.json');
  const known = await fetchFile('assets/propose.json');
  const { rows } = await fetchKind('tools');
  const tools = new Map(rows.map((row) => [row.id, { name: row.name, also: row.aliases ?? [] }]));
  const found = {};
  for (const { table, layer, page, ...given } of rows) {
    const row = asWritten(given);
    const said = [...faults(schema.$defs.Tool, row, schema).map((one) => `${one.path} ${one.keyword}`),
      ...broken(row, { known, tools, table, own: row.id, today: '2026-11-21' }).filter((one) => !one.mild).map((one) => `${one.field} ${one.said}`)];
    found[row.id] = [writeRow(row, { order: known.order, dates: dayFields(schema) }), said];
  }
  return found;
}"""


def test_every_row_there_is_stands_as_it_stood_and_nothing_is_wrong_with_it(visit: Visit) -> None:
    visit.page.goto(PAGE)
    catalog = load_corpus(ROOT / "docs", ROOT).catalog
    found = visit.page.evaluate(ROWS, None)
    assert set(found) == set(catalog.tools)
    for name, (written, said) in found.items():
        assert said == [], name
        document = read(f"rows:\n{written}", "t")
        assert document.diagnostics == []
        assert Tool.model_validate(document.data["rows"][0]) == catalog.tools[name]


def test_faults_appear_in_words_and_go(visit: Visit) -> None:
    page = opened(visit.page)
    page.wait_for_timeout(100)
    assert page.locator(".dd-propose-fault:visible").count() == 0
    cases = [
        ("name", "vLLM", "bears this name already", "Nothing Like It"),
        ("id", "vllm", "has this id already", "nothing-like-it"),
        ("id", "No Id", "lower-case letters", "nothing-like-it"),
        ("summary", "Short.", "6 characters so far; 20 is the least", "Turns one thing into another thing."),
        ("summary", "x" * 161 + ".", "162 characters; 160 is the most", "Turns one thing into another thing."),
        ("summary", "Turns one thing into another", "full stop", "Turns one thing into another thing."),
        ("summary", "The fastest engine of all that are.", "praises", "Turns one thing into another thing."),
        ("homepage", "http://a.example", "https instead of http", "https://a.example/"),
        ("homepage", "https://a.example/?utm_source=x", "tracking|only tracks", "https://a.example/"),
        ("homepage", "https://10.0.0.1/", "public host", "https://a.example/"),
        ("homepage", "javascript:alert(1)", "starts with https", "https://a.example/"),
        ("repo", "owner/name", "github:owner/name", "github:owner/name-x"),
        ("repo", "github:vllm-project/vllm", "repository of vLLM already", "github:owner/name-x"),
        ("license", "apache 2", "SPDX writes Apache-2.0", "Apache-2.0"),
        ("license", "MIT or ISC", "OR in capitals", "MIT OR ISC"),
        ("owner", "<script>x</script>", "plain text, without <s", "Somebody"),
        ("owner", "a\u202eb", "nobody can see", "Somebody"),
        ("owner", "", "This is needed", "Somebody"),
    ]
    for name, wrong, said, right in cases:
        field(page, name).fill(right)
        field(page, name).fill(wrong)
        fault = page.locator(f"#dd-propose-{name}-fault")
        text = fault.inner_text()
        assert any(part in text for part in said.split("|")), (name, wrong, text)
        field(page, name).fill(right)
        assert not fault.is_visible(), (name, right, fault.inner_text())
        assert field(page, name).get_attribute("aria-invalid") is None


def test_fields_that_depend_on_each_other(visit: Visit) -> None:
    page = opened(visit.page)
    since = page.locator("[data-field=status_since]")
    assert not since.is_visible()
    field(page, "status").select_option("archived")
    assert since.is_visible()
    field(page, "license").fill("LicenseRef-proprietary")
    field(page, "openness").select_option("open-source")
    assert "OSI did not approve" in page.locator("#dd-propose-openness-fault").inner_text()
    field(page, "openness").select_option("proprietary")
    assert not page.locator("#dd-propose-openness-fault").is_visible()
    entry(page, "sources", 0).fill("https://a.example/notice")
    entry(page, "sources", 1).fill("x")
    entry(page, "sources", 1).fill("")
    assert "archived needs evidence" in page.locator("#dd-propose-sources-fault").inner_text()
    entry(page, "sources", 1).fill("archived on that day")
    assert not page.locator("#dd-propose-sources-fault").is_visible()
    page.locator("details summary").click()
    entry(page, "alternatives").fill("vlm")
    assert "Did you mean vllm?" in page.locator("#dd-propose-alternatives-fault").inner_text()
    entry(page, "alternatives").fill("vllm")
    assert not page.locator("#dd-propose-alternatives-fault").is_visible()
    field(page, "category").select_option("llm-inference-engines")
    assert field(page, "table").input_value() == "serving/inference-engines"
    field(page, "table").select_option("hardware/compute-units")
    assert "belongs to the layer serving" in page.locator("#dd-propose-table-fault").inner_text()


def test_what_became_of_a_field_is_announced(visit: Visit) -> None:
    page = opened(visit.page)
    spoken = page.locator(".dd-propose-spoken[role=status]")
    field(page, "license").fill("apache 2")
    expect(spoken).to_have_text("Licence: SPDX writes Apache-2.0.")
    assert field(page, "license").get_attribute("aria-invalid") == "true"
    described = str(field(page, "license").get_attribute("aria-describedby")).split()
    assert all(page.locator(f"#{one}").count() == 1 for one in described)
    field(page, "license").fill("Apache-2.0")
    expect(spoken).to_have_text("Licence: good.")
    assert spoken.count() == 1


def test_the_draft_lasts_as_long_as_the_tab(visit: Visit) -> None:
    page = opened(visit.page)
    field(page, "name").fill("Middle Engine")
    entry(page, "use_when").fill("One.")
    page.locator("[data-field=use_when] button", has_text="Add a line").click()
    entry(page, "use_when", 1).fill("Two.")
    before = row_text(page)
    page.reload()
    page.locator(".dd-propose-form").wait_for()
    assert "draft of this tab is back" in page.locator(".dd-propose-notice").inner_text()
    assert row_text(page) == before
    page.get_by_role("button", name="Start again").click()
    assert "Middle" not in row_text(page)
    page.reload()
    page.locator(".dd-propose-form").wait_for()
    assert field(page, "name").input_value() == ""


def test_an_address_that_github_would_refuse_is_said(visit: Visit, tiny: str) -> None:
    page = opened(visit.page, tiny + PAGE)
    fill(page)
    page.locator("details summary").click()
    for number in range(25):
        if number:
            page.locator("[data-field=aliases] button", has_text="Add a line").click()
        entry(page, "aliases", number).fill(f"{number} " + "é" * 60)
    told = page.locator(".dd-propose-outcome .dd-propose-fault")
    assert "GitHub takes about 8,000" in told.inner_text()
    assert asked_to_open(page) == ""
    assert "Copy the row instead." in page.locator(".dd-propose-outcome").inner_text()
    for _ in range(15):
        page.get_by_role("button", name="Remove line 1 of Also known as").click()
    assert not told.is_visible()
    assert asked_to_open(page).startswith(REPOSITORY)


def test_a_row_is_changed_from_its_own_page(visit: Visit) -> None:
    visit.page.goto("/reference/tools/vllm/")
    report = str(visit.page.get_by_role("link", name="Report a mistake").get_attribute("href"))
    assert urlsplit(report).path.endswith("/issues/new")
    assert parse_qs(urlsplit(report).query) == {"template": ["correction.yml"], "title": ["Correction: vllm"], "page": ["vllm"]}  # fmt: skip
    visit.page.get_by_role("link", name="propose a change of the row").click()
    page = visit.page
    page.locator(".dd-propose-form").wait_for()
    row = load_corpus(ROOT / "docs", ROOT).catalog.tools["vllm"]
    assert Tool.model_validate(read(f"rows:\n{row_text(page)}", "t").data["rows"][0]) == row
    assert field(page, "id").get_attribute("readonly") is not None
    assert "Nothing is changed yet" in page.locator(".dd-propose-state").inner_text()
    assert asked_to_open(page) == ""
    field(page, "owner").fill("Somebody: else")
    address = asked_to_open(page)
    body = issue_body(address, "correction.yml")
    assert "### What it says\n\nowner: " in body
    assert '### What is right\n\nowner: "Somebody: else"' in body
    assert "### Page or row\n\nvllm (docs/serving/inference-engines.yml)" in body
    where = page.locator(".dd-propose-outcome a[target=_blank]")
    assert str(where.get_attribute("href")).endswith("/edit/main/docs/serving/inference-engines.yml")
    assert visit.errors == []


HOSTILE_IDS = ["__proto__", "constructor", "../../x", "vllm/../vllm", "%00", "vllm\n", "VLLM", "a" * 5000]


def test_hostile_addresses_do_not_run(visit: Visit) -> None:
    visit.context.add_init_script("Object.defineProperty(window, 'pwned', {set() { throw new Error('ran'); }})")
    for payload in [*HTML, *HANDLERS[::120], *HOSTILE_IDS]:
        page = opened(visit.page, f"{PAGE}?tool={quote(payload, safe='')}&name={quote(payload[:200], safe='')}")
        assert "There is no tool with the id" in page.locator("[data-dd-propose]").inner_text()
        assert page.locator("[data-dd-propose] :is(script, img, iframe, svg, object, embed)").count() == 0
        assert (visit.errors, visit.foreign) == ([], [])


def test_hostile_text_does_not_run_wherever_it_is_typed(visit: Visit) -> None:
    visit.context.add_init_script("Object.defineProperty(window, 'pwned', {set() { throw new Error('ran'); }})")
    page = opened(visit.page)
    page.locator("details summary").click()
    for payload in [*HTML, *HANDLERS[::90]]:
        for name in ("name", "summary", "owner", "license", "repo", "homepage"):
            field(page, name).fill(payload)
        for name in ("alternatives", "use_when", "sources", "aliases"):
            entry(page, name).fill(payload)
        assert "Still to do" in page.locator(".dd-propose-state").inner_text()
        assert page.locator("[data-dd-propose] :is(script, img, iframe, svg, object, embed)").count() == 0
    page.reload()  # the draft brings the last of them back
    page.locator(".dd-propose-form").wait_for()
    page.wait_for_timeout(800)
    assert (visit.errors, visit.foreign) == ([], [])


@pytest.mark.parametrize("visit", [{"viewport": {"width": 390, "height": 800}}], indirect=True)
def test_a_phone_scrolls_downwards_only(visit: Visit) -> None:
    page = opened(visit.page, f"{PAGE}?tool=vllm")
    page.locator("details summary").click()
    field(page, "owner").fill("x" * 200)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0


def judged(folder: Path, body: str) -> dict[str, Any]:
    """The row that the program makes of an issue, once the validator found nothing wrong with the site."""
    (folder / "issue.md").write_text(body, "utf-8")
    written, said = new_tool(folder / "docs", folder / "issue.md", None, io.StringIO())
    assert written, said
    assert Judge(folder / "mkdocs.yml").findings() == []
    text = (folder / "docs/serving/engines.yml").read_text("utf-8")
    return next(row for row in read(text, "t").data["rows"] if row["name"].startswith("Middle"))


def test_a_filled_form_becomes_the_row_it_showed(visit: Visit, tiny: str, site: Callable[..., Path]) -> None:
    page = opened(visit.page, tiny + PAGE)
    fill(page)
    assert "Nothing is wrong with the row" in page.locator(".dd-propose-state").inner_text()
    shown = row_text(page)
    address = asked_to_open(page)
    assert address.startswith(f"{REPOSITORY}/issues/new?template=new-tool.yml&title=New+tool%3A+Middle+Engine&")
    folder = site("valid")
    row = judged(folder, issue_body(address))
    (wanted,) = read(f"rows:\n{shown}", "t").data["rows"]
    row["reviewed"] = wanted["reviewed"]  # the tests' day is not the browser's
    assert row == wanted
    assert row["sources"][0]["shows"] == "the licence, and that it is developed"


def test_every_further_field_arrives_too(visit: Visit, tiny: str, site: Callable[..., Path]) -> None:
    page = opened(visit.page, tiny + PAGE)
    fill(page, name="Middle: no")
    field(page, "id").fill("in-between")
    field(page, "status").select_option("archived")
    field(page, "status_since").fill("2026-03-21")
    page.locator("details summary").click()
    for name, text in {"path": "src/é: x", "first_release": "2024-03", "paper": "a-paper", "successor": "newer", "part_of": "toolkit"}.items():  # fmt: skip
        field(page, name).fill(text)
    for name, text in {"aliases": "no", "packages": "pkg:pypi/middle", "alternatives": "older", "works_with": "newer", "built_on": "toolkit", "also_in": "toolkits"}.items():  # fmt: skip
        entry(page, name).fill(text)
    field(page, "governance").select_option("community")
    for name, word in {"languages": "C++", "platforms": "linux", "accelerators": "cpu", "formats": "gguf", "interfaces": "c++"}.items():  # fmt: skip
        page.locator(f"[data-field={name}] input[value='{word}']").check()
    assert "Nothing is wrong with the row" in page.locator(".dd-propose-state").inner_text()
    shown = row_text(page)
    row = judged(site("valid"), issue_body(asked_to_open(page)))
    (wanted,) = read(f"rows:\n{shown}", "t").data["rows"]
    row["reviewed"] = wanted["reviewed"]
    assert row == wanted
    assert set(Tool.model_fields) - set(row) == {"repo", "docs"}
    assert row["aliases"] == ["no"]


def test_the_row_pasted_into_the_table_is_valid(visit: Visit, tiny: str, site: Callable[..., Path]) -> None:
    page = opened(visit.page, tiny + PAGE)
    fill(page)
    said = page.locator(".dd-propose-outcome").inner_text()
    assert "above the line “- id: newer”" in said
    folder = site("valid")
    table = folder / "docs/serving/engines.yml"
    before, after = table.read_text("utf-8").split("  - id: newer\n")
    table.write_text(f"{before}{row_text(page)}  - id: newer\n{after}", "utf-8")
    assert [one.code for one in Judge(folder / "mkdocs.yml").findings()] in ([], ["future-date"])


def test_the_keyboard_alone_fills_and_sends_it(visit: Visit, tiny: str) -> None:
    page = opened(visit.page, tiny + PAGE)
    page.evaluate("() => { window.open = (address) => { window.ddOpened = address; }; }")
    keys = page.keyboard
    # An empty form that is sent leads to its first fault.
    field(page, "name").focus()
    keys.press("Enter")
    assert page.evaluate("document.activeElement.id") == "dd-propose-name"
    assert "This is needed" in page.locator("#dd-propose-name-fault").inner_text()
    typed = {
        "name": "Middle Engine", "id": "", "summary": "Serves a model between the two others.", "category": "Engines", "table": "", "type": "engine",
        "homepage": "https://middle.example.com/", "openness": "open-source", "license": "Apache-2.0", "owner": "Middle authors", "status": "",
    }  # fmt: skip
    seen = []
    for _ in range(60):
        here = page.evaluate(
            "[document.activeElement.closest('[data-field]')?.dataset.field ?? '', document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent]"
        )
        seen.append(here[0])
        if here[0] in typed:
            keys.type(typed.pop(here[0]))
        elif here[1] in ("Use it when, line 1", "Avoid it when, line 1"):
            keys.type("You need it.")
        elif here[1] == "Address, source 1":
            keys.type("https://middle.example.com/licence")
        elif here[1] == "Open the issue form":
            keys.press("Enter")
            break
        keys.press("Tab")
    assert typed == {}
    assert page.evaluate("window.ddOpened").startswith(REPOSITORY), page.locator(".dd-propose-state").inner_text()
    assert visit.errors == []

"""Contributed text does not run: over 300 payloads through prose, rows and addresses, in Chromium, under the policy."""

from __future__ import annotations

import contextlib
import functools
import http.server
import json
import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Error

from browser.building import build
from browser.payloads import ALL, HANDLERS, HTML
from browser.visiting import Visit
from deepdive.export.policy import policy, policy_of, theme_scripts

ROOT = Path(__file__).resolve().parents[2]
PER_PAGE = 40


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """The tiny valid site with every payload in its prose and, as text, in fields of its rows; built without strictness."""
    folder = tmp_path_factory.mktemp("hostile") / "valid"
    shutil.copytree(ROOT / "tests/sites/valid", folder, ignore=shutil.ignore_patterns(".cache"))
    shutil.copytree(ROOT / "overrides", folder / "overrides")
    config = folder / "mkdocs.yml"
    text = config.read_text("utf-8").replace("  font: false", "  font: false\n  custom_dir: overrides")
    config.write_text(text + "repo_url: https://example.com/r\nrepo_name: r\ncopyright: c\n", "utf-8")
    for number in range(0, len(ALL), PER_PAGE):
        body = "\n\n".join(ALL[number : number + PER_PAGE])
        (folder / f"docs/hostile-{number // PER_PAGE}.md").write_text(f"# Hostile {number}\n\n{body}\n", "utf-8")
    table = (folder / "docs/serving/engines.yml").read_text("utf-8")
    row = table.split("rows:\n")[1].split("  - id: older")[0]
    head = "kind: tools\ntitle: Hostile {}\nsummary: Rows.\nlayer: serving\nrows:\n"
    for start in range(0, len(ALL), PER_PAGE):
        rows = [_row(row, number, ALL[number]) for number in range(start, min(start + PER_PAGE, len(ALL)))]
        (folder / f"docs/serving/hostile-{start}.yml").write_text(head.format(start) + "".join(rows), "utf-8")
    build(config)
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder / "site"))
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield folder / "site", f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def _row(row: str, number: int, payload: str) -> str:
    """What the rules refuse never reaches a page; the rest is text and must stay text."""
    short = json.dumps(" ".join(payload.split())[:55] or "x")
    changes = {
        "id: newer": f"id: row-{number}",
        "name: Newer Engine": f"name: Row {number}",
        "aliases: [nwr, FastCache]": f"aliases: [{short}]",
        "owner: Newer authors": f"owner: {short}",
        "github:example/newer": f"github:example/r{number}",
        "use_when: [You start today.]": f"use_when: [{short}]",
    }
    for old, new in changes.items():
        assert old in row
        row = row.replace(old, new)
    return row


def test_there_are_more_than_three_hundred() -> None:
    assert len(set(ALL)) >= 300


@pytest.fixture
def ran(visit: Visit) -> list[str]:
    """The addresses of the documents in which a payload ran; a payload that runs sets `window.pwned`.

    The report comes from the page itself, so that it is kept when the page is left in the same moment.
    """
    addresses: list[str] = []
    visit.context.expose_binding("ddRan", lambda source: addresses.append(source["frame"].url))
    visit.context.add_init_script(
        "Object.defineProperty(window, 'pwned', {set() { window.ddRan(); }, get() { return undefined; }})"
    )
    return addresses


def test_what_runs_is_seen(visit: Visit, ran: list[str]) -> None:
    visit.page.goto("/")
    visit.page.evaluate("pwned = 1")
    visit.page.wait_for_timeout(50)
    assert ran == [visit.page.url]


def test_prose_does_not_run(visit: Visit, ran: list[str], hostile: tuple[Path, str]) -> None:
    site, address = hostile
    visit.page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    pages = sorted(site.glob("hostile-*/index.html"))
    assert len(pages) == -(-len(ALL) // PER_PAGE)
    for page in pages:
        visit.page.goto(f"{address}/{page.parent.name}/")
        # What waits for a hand is touched: links are clicked, elements are focused and pointed at.
        # A refresh in the text may lead away meanwhile, as a link may; where to is asked below.
        with contextlib.suppress(Error):
            visit.page.evaluate(
                """() => { for (const one of document.querySelectorAll('.md-content *')) {
                  for (const name of ['mouseover', 'pointerenter', 'focus', 'animationstart', 'toggle', 'error', 'load'])
                    one.dispatchEvent(new Event(name));
                  if (one.tagName === 'A' && !/^https?:$/.test(one.protocol)) one.click();
                } }"""
            )
        visit.page.wait_for_timeout(50)
        assert visit.page.url.startswith(address)
        assert (ran, visit.foreign) == ([], [])


def test_rows_do_not_run(visit: Visit, ran: list[str], hostile: tuple[Path, str]) -> None:
    site, address = hostile
    listed = [int(name.parent.name.removeprefix("row-")) for name in site.glob("reference/tools/row-*/index.html")]
    assert len(listed) >= 10  # some payloads are ordinary text to the rules: they are shown, and stay text
    for start in range(0, len(ALL), PER_PAGE):
        visit.page.goto(f"{address}/serving/hostile-{start}/")
        visit.page.wait_for_timeout(100)
        assert (ran, visit.foreign) == ([], [])
    for number in sorted(listed)[::12]:
        visit.page.goto(f"{address}/reference/tools/row-{number}/")
        assert (ran, visit.foreign) == ([], [])


@pytest.mark.parametrize(
    "path",
    [
        "/reference/compare/?kind=accelerators&ids={}",
        "/reference/compare/?kind={}&ids=vllm",
        "/reference/explore/?x={}&y={}&group={}",
        "/reference/map/?colour={}&zoom={}&q={}&tool={}",
        "/learn/calculators/?kv-cache.model={}&kv-cache.context={}&collective.halves={}&training-memory.device={}",
        "/reference/tools/?q={}&f.status={}&cols={}&sort={}",
    ],
)
def test_addresses_do_not_run(visit: Visit, ran: list[str], path: str) -> None:
    # One page load takes every payload: what the page reads of its address is handed to it again and again.
    for payload in [*HTML, *HANDLERS[::90]]:
        visit.page.goto(path.replace("{}", quote(payload, safe="")))
        visit.page.wait_for_timeout(20)
        assert (ran, visit.foreign) == ([], [])


def test_every_page_carries_the_policy_of_its_own_scripts(built: Path) -> None:
    theme = theme_scripts(built)
    assert len(theme) == 4
    for file in built.rglob("*.html"):
        html = file.read_text("utf-8")
        carried = policy_of(html)
        without = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
        assert carried == policy(without, theme), file
        assert "script-src 'self' 'wasm-unsafe-eval'" in carried
        assert "'unsafe-inline'" not in carried.split("script-src")[1].split(";")[0]


def test_a_script_that_was_not_there_when_it_was_built_does_not_run(visit: Visit) -> None:
    visit.page.goto("/")
    visit.page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.pwned = 1'}))"
    )
    assert visit.page.evaluate("window.pwned") is None

"""The archive works from the file system: every link leads to a file, search, tables, diagrams and calculators run."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page

from browser.forms import field
from deepdive.offline import offline_copy


@pytest.fixture(scope="module")
def unpacked(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("offline")
    count = offline_copy(built, folder / "copy.zip")
    assert count > 500
    assert offline_copy(built, folder / "again.zip") == count
    with zipfile.ZipFile(folder / "copy.zip") as packed:
        packed.extractall(folder)
    return folder / "copy"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(offline=True)
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda problem: wrong.append(str(problem)))
    yield page
    context.close()
    assert wrong == []


def test_every_link_leads_to_a_file(unpacked: Path) -> None:
    checked = 0
    for file in unpacked.rglob("*.html"):
        if file.name == "404.html":
            continue  # a server shows it under any address; its links start at the root
        for href in re.findall(r'<a\b[^>]*?\bhref="([^"]+)"', file.read_text("utf-8")):
            path = unquote(re.split(r"[?#]", href)[0])
            if not path or re.match(r"[a-z]+:", href):
                continue
            assert (file.parent / path).is_file() or path.endswith((".md", ".atom", ".sqlite")) or "api/v1/" in path, (
                f"{file}: {href}"
            )
            checked += 1
    assert checked > 10_000


def test_search_finds_and_leads_on(page: Page, unpacked: Path) -> None:
    page.goto((unpacked / "index.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("k8s")
    page.locator(".dd-search-results a").filter(has_text="Kubernetes").first.click()
    page.wait_for_url("**/reference/tools/kubernetes/index.html")
    assert "Kubernetes" in page.title()


def test_a_change_of_a_row_is_proposed(page: Page, unpacked: Path) -> None:
    page.goto((unpacked / "reference/tools/vllm/index.html").as_uri())
    page.get_by_role("link", name="propose a change of the row").click()
    page.locator(".dd-propose-changes").get_by_text("docs/serving/inference-engines.yml").wait_for()
    assert field(page, "id").input_value() == "vllm"


def test_tables_calculators_and_diagrams_run(page: Page, unpacked: Path) -> None:
    page.goto((unpacked / "reference/tools/index.html").as_uri())
    page.get_by_label("Filter").fill("vllm")
    page.locator(".dd-shown").filter(has_text="of").wait_for()
    page.get_by_text("Columns", exact=True).click()
    page.get_by_role("checkbox", name="First release").wait_for()  # comes from the data
    page.goto((unpacked / "serving/kv-cache/index.html").as_uri())
    page.locator(".dd-diagram").first.scroll_into_view_if_needed()  # it is drawn when it is near
    page.locator(".dd-diagram svg").first.wait_for()
    page.locator("[data-dd-calculator]").scroll_into_view_if_needed()
    page.locator("[data-result=token] output").wait_for()

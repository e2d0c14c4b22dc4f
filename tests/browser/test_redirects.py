"""A reader who follows an old address arrives at the page, and at the section the address named."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser

from browser.visiting import Visit


def redirects(built: Path) -> dict[str, str]:
    found = {}
    for page in built.rglob("index.html"):
        to = re.search(r' data-to="([^"]+)"', page.read_text("utf-8"))
        if to:
            found[f"/{page.parent.relative_to(built).as_posix()}/"] = to[1]
    return found


@pytest.mark.parametrize("follows", ["", "#why-it-matters", "?sort=name#row"])
def test_an_old_address_leads_on_and_keeps_what_followed_it(
    visit: Visit, built: Path, address: str, follows: str
) -> None:
    assert redirects(built)
    for old, to in redirects(built).items():
        visit.page.goto(old + follows, wait_until="commit")
        wanted = urljoin(address + old, to)
        visit.page.wait_for_url(wanted.partition("#")[0] + follows if follows else wanted, wait_until="commit")
        assert visit.foreign == []
        assert visit.errors == [], "the policy of the page stopped its script"


def test_without_scripts_a_refresh_leads_on(browser: Browser, built: Path, address: str) -> None:
    assert redirects(built)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for old, to in redirects(built).items():
        page.goto(address + old, wait_until="commit")
        page.wait_for_url(urljoin(address + old, to), wait_until="commit")
    context.close()

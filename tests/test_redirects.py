"""What stands at an old address: where it leads from there, and what a refusal of the checks looks like to the build."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import urljoin

import pytest

from deepdive.changes import touched
from deepdive.cli import main
from deepdive.export.redirects import redirect_files
from deepdive.load.corpus import load_corpus
from deepdive.pipeline import assemble

BASE = "https://example.org/kb/"


@pytest.mark.parametrize(
    ("old", "target", "address"),
    [
        ("serving/caches.md", "serving/cache.md#why-it-matters", "serving/cache/#why-it-matters"),
        ("serving/caches.md", "index.md", ""),
        ("old.md", "index.md", ""),
        ("old/index.md", "serving/index.md", "serving/"),
        ("serving/deep/er.md", "serving/index.md", "serving/"),
        ("older.md", "reference/tools/older.md", "reference/tools/older/"),
    ],
)
def test_a_redirect_leads_from_its_address_to_the_page(
    site: Callable[..., Path], old: str, target: str, address: str
) -> None:
    folder = site("valid", {"docs/redirects.yml": f"{old}: {target}\n"})
    files = redirect_files(assemble(folder / "docs", folder), BASE)
    page = re.sub(r"(/?)index\.md$|\.md$", r"\1", old)
    here = page if page.endswith("/") else f"{page}/"
    html, twin = files[f"{here}index.html"], files[f"{here}index.md"]
    assert len(files) == 2
    for pattern in (r'data-to="([^"]*)"', r'url=([^"]*)"', r'<a href="([^"]*)"'):
        (to,) = re.findall(pattern, html)
        assert urljoin(f"{BASE}{here}", to) == BASE + address
    (script,) = re.findall(r'<script src="([^"]*)"', html)
    assert urljoin(f"{BASE}{here}", script) == f"{BASE}assets/javascripts/moved.js"
    assert f'<link rel="canonical" href="{BASE}{address.partition("#")[0]}">' in html
    assert f"({BASE}{address})" in twin


@pytest.mark.parametrize("text", ["", "# nothing moved yet\n", "- a\n", "a.md: [b.md]\n", "gone.md: nowhere.md\n"])
def test_what_the_checks_refuse_makes_no_page(site: Callable[..., Path], text: str) -> None:
    folder = site("valid", {"docs/redirects.yml": text})
    assembled = assemble(folder / "docs", folder)
    assert redirect_files(assembled, BASE) == {}
    assert bool(assembled.diagnostics) == (":" in text or text.startswith("-"))


def test_a_page_that_comes_or_goes_touches_the_redirects_that_name_it(site: Callable[..., Path]) -> None:
    folder = site("valid")
    corpus = load_corpus(folder / "docs", folder)
    for path, named in (("docs/serving/cache.md", True), ("docs/serving/caches.md", True), ("docs/index.md", False)):
        assert ("docs/redirects.yml" in touched(corpus, {path}, folder)) == named


def test_a_build_of_a_redirect_to_nothing_fails(site: Callable[..., Path]) -> None:
    folder = site("valid", {"docs/redirects.yml": "gone.md: nowhere.md\n"})
    build = partial(main, ["build", "--config-file", str(folder / "mkdocs.yml"), "--site-dir", str(folder / "site")])
    assert build() != 0
    assert not (folder / "site").exists()
    (folder / "docs/redirects.yml").write_text("gone.md: serving/cache.md\n", "utf-8")
    assert build() == 0
    assert "data-to=" in (folder / "site/gone/index.html").read_text("utf-8")
    assert subprocess.run(["grep", "-c", "gone/", str(folder / "site/sitemap.xml")], check=False).returncode == 1

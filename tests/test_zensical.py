"""Zensical builds the same pages: headings, tables, references and text of ten of them, beside the build of MkDocs.

What may differ is listed in docs/contributing/decisions/0005-zensical.md, and left out here by `LEFT_OUT`.
"""

from __future__ import annotations

import os
import posixpath
import re
import subprocess
import sys
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = ROOT / ".venv-zensical/bin/zensical"

# One of each kind: home, overview, topics with diagrams, examples and calculators, tables written by hand and
# generated, tool pages (active and ended), glossary, papers, how to contribute.
PAGES = [
    "",
    "overview/what-is-the-ai-stack",
    "hardware/accelerators",
    "hardware/roofline",
    "serving/kv-cache",
    "serving/inference-engines",
    "reference/tools/vllm",
    "reference/tools/text-generation-inference",
    "reference/glossary",
    "contributing",
]

# Parts of the frame around the text, by class, which each theme makes its own way.
LEFT_OUT = {"md-content__button", "dd-meta", "dd-mend", "headerlink", "md-source-file"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Reading:
    """What a reader finds in the article of a page, in order."""

    headings: list[tuple[str, str, str]] = field(default_factory=list)
    tables: list[list[str]] = field(default_factory=list)
    references: list[tuple[str, str, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    text: str = ""


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.found = page, Reading()
        self.open: list[str] = []
        self.article = self.silent = 0
        self.parts: list[str] = []
        self.begun: list[tuple[str, int, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _VOID:
            return
        self.open.append(tag)
        depth = len(self.open)
        if tag == "article" and not self.article:
            self.article = depth
        if not self.article or self.silent:
            return
        if LEFT_OUT & set(values.get("class", "").split()) or tag in ("script", "style", "svg"):
            self.silent = depth
            return
        if tag == "table":
            self.found.tables.append([])
        if tag in ("td", "th", "caption", "a", "h1", "h2", "h3", "h4"):
            self.begun.append((tag, len(self.parts), values))
        self.parts.append(
            " " if tag not in ("a", "abbr", "b", "code", "em", "i", "span", "strong", "sub", "sup") else ""
        )

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.open:
            return
        while self.open.pop() != tag:
            pass
        depth = len(self.open) + 1
        if self.silent and depth <= self.silent:
            self.silent = 0
            return
        if self.article and depth <= self.article:
            self.article = 0
            self.found.text = _plain("".join(self.parts))
        if not self.silent and self.begun and self.begun[-1][0] == tag:
            _, start, values = self.begun.pop()
            self.end(tag, _plain("".join(self.parts[start:])), values)

    def end(self, tag: str, text: str, values: dict[str, str]) -> None:
        if tag in ("td", "th", "caption"):
            self.found.tables[-1].append(f"{values.get('scope', '')}|{text}")
        elif tag == "a":
            if "href" not in values:
                return  # a mark that a theme sets, no link
            target = self.target(values.get("href", ""))
            self.found.links.append(target)
            if "data-dd" in values:
                self.found.references.append((values["data-dd"], text, target))
        else:
            self.found.headings.append((tag, values.get("id", ""), text))

    def target(self, href: str) -> str:
        parts = urlsplit(href)
        if parts.scheme or not parts.path:
            return href
        path = posixpath.normpath(posixpath.join("/", self.page, parts.path)).removesuffix("/index.html")
        return f"{path}#{parts.fragment}"

    def handle_data(self, data: str) -> None:
        if self.article and not self.silent:
            self.parts.append(data)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def read(site: Path, page: str) -> Reading:
    reader = _Reader(page)
    reader.feed((site / page / "index.html").read_text("utf-8"))
    reader.close()
    return reader.found


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    assert PROGRAM.exists(), "run `make .venv-zensical/.ready` first (make test does)"
    out = tmp_path_factory.mktemp("zensical") / "pages"
    for command in (
        [sys.executable, "-m", "deepdive", "pages", str(out)],
        [str(PROGRAM), "build", "--strict", "--config-file", str(out / "mkdocs.yml")],
    ):
        done = subprocess.run(
            command, cwd=ROOT, env={**os.environ}, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return out / "site"


def test_every_page_is_there(built: Path, other: Path) -> None:
    pages = {path.parent.relative_to(built).as_posix() for path in built.rglob("index.html")}
    assert pages - {path.parent.relative_to(other).as_posix() for path in other.rglob("index.html")} == set()
    assert len(pages) > 600


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page or "home")
def test_a_page_says_the_same(built: Path, other: Path, page: str) -> None:
    ours, theirs = read(built, page), read(other, page)
    assert theirs.headings == ours.headings
    assert theirs.tables == ours.tables
    assert theirs.references == ours.references
    assert theirs.links == ours.links
    assert theirs.text == ours.text
    assert len(ours.text) > 300
    assert ours.headings


def test_the_pages_hold_what_is_compared(built: Path) -> None:
    readings = [read(built, page) for page in PAGES]
    assert sum(len(reading.tables) for reading in readings) >= 8
    assert sum(len(cells) for reading in readings for cells in reading.tables) > 1000
    assert sum(len(reading.references) for reading in readings) > 100


def test_no_reference_is_left_unresolved(other: Path) -> None:
    for page in other.rglob("index.html"):
        html = page.read_text("utf-8")
        assert "dd-broken" not in html, page
        assert "cannot be shown<" not in html, page
        assert not re.search(r'href="[^":]*\.md(#[^"]*)?"', html), page

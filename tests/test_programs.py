"""What programs read: each form is read back by a client of its kind, from a site that was built."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import jsonschema
import pytest

from deepdive.export.badges import COLOURS
from deepdive.export.history import changes
from deepdive.export.policy import policy_of
from deepdive.export.twins import DRAWN, WRITTEN, twin
from deepdive.load.corpus import load_corpus
from deepdive.model.catalog import Catalog
from deepdive.model.places import site_path, tool_page
from deepdive.pipeline import assemble, fence_languages
from deepdive.store import Store

ROOT = Path(__file__).resolve().parents[1]
CORPUS = load_corpus(ROOT / "docs", ROOT)
CATALOG, REDIRECTS = CORPUS.catalog, CORPUS.redirects


def test_every_table_is_there_as_json_csv_and_sql(built: Path) -> None:
    database = sqlite3.connect(built / "api/v1/catalog.sqlite")
    whole = {table["id"]: table for table in json.loads((built / "api/v1/all.json").read_text("utf-8"))["tables"]}
    for table in CATALOG.tables:
        data = json.loads((built / f"api/v1/tables/{table.id}.json").read_text("utf-8"))
        assert data == whole[table.id]
        lines = list(csv.DictReader(io.StringIO((built / f"api/v1/tables/{table.id}.csv").read_text("utf-8"))))
        ids = [row.id for row in table.rows]
        assert [row["id"] for row in data["rows"]] == [line["id"] for line in lines] == ids
        found = database.execute(f'SELECT id FROM "{table.kind}" WHERE "table" = ?', [table.id]).fetchall()
        assert [one for (one,) in found] == ids
    assert database.execute("SELECT DISTINCT typeof(year) FROM papers").fetchall() == [("integer",)]
    (advice,) = database.execute("SELECT avoid_when FROM tools WHERE id = 'vllm'").fetchone()
    assert json.loads(advice) == list(CATALOG.tools["vllm"].avoid_when)
    assert database.execute("SELECT DISTINCT typeof(rdma) FROM network_adapters").fetchall() == [("integer",)]
    bandwidth = database.execute("SELECT memory_bandwidth FROM accelerators WHERE id = 'h100-sxm'").fetchone()
    assert bandwidth == (3.35,)
    assert database.execute("SELECT count(*) FROM sources WHERE accessed IS NOT NULL").fetchone()[0] > 100
    database.close()


def test_the_api_is_what_its_description_says(built: Path) -> None:
    description = json.loads((built / "api/v1/openapi.json").read_text("utf-8"))
    assert description["openapi"] == "3.1.0"
    schemas = {"components": description["components"]}
    for path, operations in description["paths"].items():
        answer = operations["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        assert path.count("{") <= 1
        ids = operations["get"]["parameters"][0]["schema"]["enum"] if operations["get"]["parameters"] else [""]
        for one in ids[:: max(1, len(ids) // 12)]:
            file = built / "api/v1" / path.lstrip("/").replace("{id}", one)
            jsonschema.validate(json.loads(file.read_text("utf-8")), {**schemas, **answer})


@pytest.mark.parametrize("name", ["new-tools", "status", "figures"])
def test_a_feed_is_read_by_a_feed_reader(built: Path, name: str) -> None:
    feed = feedparser.parse((built / f"feeds/{name}.atom").read_bytes())
    assert not feed.bozo, feed.bozo_exception
    assert feed.version == "atom10"
    ids = [entry.id for entry in feed.entries]
    assert len(ids) == len(set(ids))
    moments = [entry.updated for entry in feed.entries]
    assert moments == sorted(moments, reverse=True)
    if name == "status":
        assert any("Text Generation Inference" in entry.title for entry in feed.entries)
    for entry in feed.entries:
        page, _, anchor = entry.link.split("github.io/")[1].partition("#")
        file = built / page / "index.html"
        assert file.exists() or "/tools/" in page, entry.link
        assert not anchor or f'id="{anchor}"' in file.read_text("utf-8"), entry.link


def test_a_feed_leads_to_what_changed_and_claims_no_more(built: Path) -> None:
    feed = feedparser.parse((built / "feeds/status.atom").read_bytes())
    assert not any("active →" in entry.title and "2026-11" not in entry.updated for entry in feed.entries)
    figures = feedparser.parse((built / "feeds/figures.atom").read_bytes())
    for entry in figures.entries:
        before, _, after = entry.title.partition(" → ")
        assert before.rpartition(": ")[2] != after, entry.title
        assert "{" not in entry.title


def test_twins_write_out_what_pages_show(built: Path) -> None:
    assert DRAWN | WRITTEN | {"mermaid"} == fence_languages()
    glossary = (built / "reference/glossary/index.md").read_text("utf-8")
    assert all(f"**{term.name}**" in glossary for term in CATALOG.terms.values())
    timeline = (built / "reference/timeline/index.md").read_text("utf-8")
    assert all(row.name in timeline for _, row in CATALOG.rows("events"))
    papers = (built / "reference/papers/index.md").read_text("utf-8")
    assert all(f"]({paper.address})" in papers for paper in CATALOG.papers.values())
    devices = (built / "hardware/accelerators/index.md").read_text("utf-8")
    assert re.search(r"\d TBP \|", devices)
    layer = (built / "serving/index.md").read_text("utf-8")
    assert "/serving/kv-cache/): " in layer
    tool = (built / "reference/tools/vllm/index.md").read_text("utf-8")
    assert "[SGLang](https://ai-stack-deepdive.github.io/reference/tools/sglang/)" in tool
    assert "## Sources" in tool


def test_twins_keep_code_as_it_is(built: Path) -> None:
    environment = (built / "learn/projects/first-environment/index.md").read_text("utf-8")
    source = (ROOT / "docs/learn/projects/first-environment.md").read_text("utf-8")
    blocks = re.findall(r"``` ?bash.*?```", source, re.S)
    assert blocks
    assert all(block in environment for block in blocks)
    contributing = (built / "contributing/index.md").read_text("utf-8")
    assert "(fact:h100-sxm.memory_bandwidth)`" in contributing


def test_a_twin_has_absolute_addresses_and_fences_that_close(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests/sites/valid/docs", tmp_path / "docs")
    site = assemble(tmp_path / "docs", tmp_path)
    (tmp_path / "docs/serving/examples/cache.py").write_text('print("```")\n', "utf-8")
    text = '[t](cache.md "A title") ![i](img/a.png) `[x](cache.md)`\n\n``` example\nfile: examples/cache.py\n```\n'
    made = twin(site, "serving/index.md", "T", text, "https://example.com/")
    assert '[t](https://example.com/serving/cache/ "A title")' in made
    assert "![i](https://example.com/serving/img/a.png)" in made
    assert "`[x](cache.md)`" in made
    assert made.count("````") == 4


def test_every_page_has_a_markdown_twin_and_stands_in_the_list(built: Path) -> None:
    for page in built.rglob("index.html"):
        twin = page.with_name("index.md")
        assert twin.exists(), page
        text = twin.read_text("utf-8")
        assert text.startswith(("# ", "> ")), page
        text = re.sub(r"`[^`\n]+`", "", text)
        assert not re.search(r"\]\((tool|term|fact|paper):", text), page
        assert not re.search(r"\]\((?!https://)[^)]*\.md\)", text), page
    listed = re.findall(r"\((https://[^)]+/index\.md)\)", (built / "llms.txt").read_text("utf-8"))
    assert len(listed) > 80
    for address in listed:
        assert (built / address.split("github.io/")[1]).exists(), address


@pytest.mark.parametrize("tool", ["vllm", "text-generation-inference"])
def test_a_badge_is_a_drawing_that_says_the_status(built: Path, tool: str) -> None:
    text = (built / f"badges/{tool}.svg").read_text("utf-8")
    drawing = ElementTree.fromstring(text)
    assert drawing.get("role") == "img"
    assert CATALOG.tools[tool].status in (drawing.get("aria-label") or "")
    assert not re.search(r"script|href|on\w+=|url\(", text)


def test_white_on_every_badge_can_be_read() -> None:
    def luminance(colour: str) -> float:
        parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for status, colour in COLOURS.items():
        assert 1.05 / (luminance(colour) + 0.05) >= 4.5, status


def _linked(built: Path, page: str) -> Iterator[dict[str, object]]:
    html = (built / page / "index.html").read_text("utf-8")
    for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S):
        yield json.loads(text)


def test_tools_and_terms_are_linked_data(built: Path) -> None:
    (tool,) = _linked(built, "reference/tools/vllm")
    assert (tool["@type"], tool["name"], tool["license"]) == ("SoftwareSourceCode", "vLLM", "Apache-2.0")
    (cores,) = _linked(built, "reference/tools/nvidia-tensor-cores")
    assert cores["@type"] == "Product"
    for one in CATALOG.tools:
        (known,) = _linked(built, f"reference/tools/{one}")
        assert all(known.values()), one
    (terms,) = _linked(built, "reference/glossary")
    assert isinstance(terms["hasDefinedTerm"], list)
    assert len(terms["hasDefinedTerm"]) == len(CATALOG.terms)


def test_the_commands_of_the_page_work(built: Path) -> None:
    page = (ROOT / "docs/reference/api.md").read_text("utf-8")
    base = f"{built.as_uri()}/"
    for block in re.findall(r"```(?:sh|python[^\n]*)\n(.*?)```", page, re.S):
        text = block.replace("https://ai-stack-deepdive.github.io/", base)
        if "curl" not in text:
            done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=False)
        elif (
            shutil.which("curl")
            and ("jq" not in text or shutil.which("jq"))
            and ("sqlite3" not in text or shutil.which("sqlite3"))
        ):
            done = subprocess.run(
                ["bash", "-e", "-c", text], cwd=built.parent, capture_output=True, text=True, check=False
            )
        else:
            continue
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip(), block
    for address in re.findall(r"https://ai-stack-deepdive\.github\.io/([^\s)\"']+)", page):
        file = built / address
        assert file.exists(), address


def test_a_history_becomes_changes(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, check=True, capture_output=True)

    shutil.copytree(ROOT / "tests/sites/valid/docs", tmp_path / "docs")
    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "one")
    table = tmp_path / "docs/hardware/devices.yml"
    table.write_text(table.read_text("utf-8").replace("memory_gb: 80", "memory_gb: 96"), "utf-8")
    git("commit", "-q", "-a", "-m", "two")
    catalog = load_corpus(tmp_path / "docs", tmp_path).catalog
    for store in (Store(None), Store(tmp_path / "kept"), Store(tmp_path / "kept")):
        found = changes(tmp_path, tmp_path / "docs", catalog, store)
        figure = [(one.id, one.before, one.after) for one in found if one.field == "memory_gb"]
        assert figure == [("big-one", "80", "96")]
        assert ("newer", "listed") in [(one.id, one.after) for one in found if not one.field]
        # The end of an older engine is dated by its row, for no commit shows it.
        assert [(one.id, one.after, one.when[:10]) for one in found if one.field == "status"] == [
            ("older", "archived", "2026-03-21")
        ]


def test_a_row_that_moves_is_not_new_and_a_source_that_changes_changes_no_figure(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, check=True, capture_output=True)

    folder = tmp_path / "docs/hardware"
    folder.mkdir(parents=True)
    head = "kind: accelerators\ntitle: T\nsummary: S\nlayer: hardware\nrows:\n  - id: a\n    name: A\n"
    (folder / "one.yml").write_text(f"{head}    memory_gb: 80\n    peak_dense: {{bf16: 989, fp8: 1979}}\n", "utf-8")
    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "one")
    (folder / "one.yml").rename(folder / "two.yml")
    rates = "{bf16: {value: 989.4, source: x}, fp8: {value: 1979, note: y}}"
    (folder / "two.yml").write_text(f"{head}    memory_gb: {{value: null}}\n    peak_dense: {rates}\n", "utf-8")
    git("add", ".")
    git("commit", "-q", "-m", "two")
    found = changes(tmp_path, tmp_path / "docs", Catalog((), {}, frozenset()), Store(None))
    assert sorted((one.field, one.before, one.after) for one in found) == [
        ("", "", "listed"),
        ("memory_gb", "80", "not published"),
        ("peak_dense.bf16", "989", "989.4"),
    ]


def _redirects(built: Path) -> Iterator[tuple[str, Path, str]]:
    """Of each redirect: its address below the site, its page, and where it leads from there."""
    for page in built.rglob("index.html"):
        found = re.search(r'<script src="([^"]+)" data-to="([^"]+)">', page.read_text("utf-8"))
        if found:
            assert (page.parent / found[1]).resolve() == built / "assets/javascripts/moved.js"
            yield f"{page.parent.relative_to(built).as_posix()}/", page, found[2]


def test_every_redirect_leads_to_a_page_and_its_anchor(built: Path) -> None:
    sitemap = (built / "sitemap.xml").read_text("utf-8")
    found = {address: (page, to) for address, page, to in _redirects(built)}
    assert set(found) == {site_path(old) for old in REDIRECTS.moved}
    for address, (page, to) in found.items():
        html, base = page.read_text("utf-8"), "https://ai-stack-deepdive.github.io/"
        path, _, anchor = to.partition("#")
        target = (page.parent / path / "index.html").resolve()
        there = target.read_text("utf-8")
        assert "data-to=" not in there, "a redirect to a redirect"
        assert not anchor or f'id="{anchor}"' in there
        canonical = f"{base}{target.parent.relative_to(built).as_posix()}/".replace("/./", "/")
        assert f'<link rel="canonical" href="{canonical}">' in html
        assert f"<loc>{canonical}</loc>" in sitemap
        assert f"<loc>{base}{address}</loc>" not in sitemap
        assert f'<noscript><meta http-equiv="refresh" content="0; url={to}"></noscript>' in html
        assert f'<a href="{to}">' in html
        # No inline script: the one that keeps the fragment may run under the policy of the page.
        assert re.findall(r"<script[^>]*>(.*?)</script>", html, re.S) == [""]
        assert "script-src 'self'" in policy_of(html)


def test_every_page_that_ever_was_is_there_or_redirected() -> None:
    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True).stdout

    assert git("rev-parse", "--is-shallow-repository").strip() == "false", "run `git fetch --unshallow` first"
    log = git("log", "--format=", "--name-only", "--no-renames", "--diff-filter=A", "--", "docs/*.md")
    ever = {line.removeprefix("docs/") for line in log.splitlines() if line}
    now = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    assert len(ever) > 100
    assert sorted(ever - now - set(REDIRECTS.moved)) == [], "add the pages to docs/redirects.yml"
    # Pages made of rows: a tool that was listed once, in a table that holds tools or is gone.
    others = {table.path for table in CATALOG.tables if table.kind != "tools"} | {"reference/taxonomy.yml"}
    listed, path = set(), ""
    for line in git("log", "-p", "--format=", "--unified=0", "--no-renames", "--", "docs/*.yml").splitlines():
        if line.startswith("+++ "):
            path = line.removeprefix("+++ b/").removeprefix("docs/")
        elif path not in others and (row := re.match(r"\+\s*- id: ([a-z0-9-]+)$", line)):
            listed.add(tool_page(row[1]))
    assert len(listed) >= len(CATALOG.tools)
    assert sorted(listed - CORPUS.page_paths - set(REDIRECTS.moved)) == [], "add the tools to docs/redirects.yml"


def _tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_two_builds_of_one_commit_are_the_same_bytes(tmp_path: Path) -> None:
    """In different folders, time zones, languages and hash seeds: pages, search index, feeds, database."""
    trees = []
    for number, (zone, seed, language) in enumerate((("UTC", "1", "C.UTF-8"), ("Asia/Kolkata", "77", "C"))):
        folder = tmp_path / ("deeper/" * number + "copy")
        subprocess.run(["git", "clone", "-q", "--no-local", str(ROOT), str(folder)], check=True)
        environment = {
            **os.environ,
            "TZ": zone,
            "PYTHONHASHSEED": seed,
            "LANG": language,
            "PYTHONUTF8": "1",
            "NO_MKDOCS_2_WARNING": "1",
        }
        command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(folder / "site")]
        subprocess.run(command, cwd=folder, check=True, capture_output=True, env=environment)
        trees.append(_tree(folder / "site"))
    assert len(trees[0]) > 500
    assert {name for name in trees[0].keys() | trees[1].keys() if trees[0].get(name) != trees[1].get(name)} == set()

"""The form for a tool under test: a tiny site that carries it, a filled form, and the issue GitHub would make of it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import yaml
from playwright.sync_api import Page

from browser.building import build

ROOT = Path(__file__).resolve().parents[2]
PAGE = "/contributing/propose/"
REPOSITORY = "https://forge.example/owner/name"
TEXTS = {
    "name": "Middle Engine",
    "summary": "Serves a model between the older and the newer one: no more, no less.",
    "homepage": "https://middle.example.com/",
    "license": "Apache-2.0",
    "owner": "Middle authors",
}
CHOICES = {"category": "engines", "type": "engine", "openness": "open-source"}


def tiny_site(folder: Path) -> Path:
    """The tiny valid site with the theme, the schema and the form's page; where it was built."""
    shutil.copytree(ROOT / "tests/sites/valid", folder, ignore=shutil.ignore_patterns(".cache"))
    shutil.copytree(ROOT / "overrides", folder / "overrides")
    shutil.copytree(ROOT / "docs/api", folder / "docs/api")
    (folder / "docs/contributing").mkdir()
    (folder / "docs/contributing/propose.md").write_text("# Propose a tool\n\n``` propose\n```\n", "utf-8")
    config = folder / "mkdocs.yml"
    palette = "".join(
        f"\n    - {{scheme: {one}, toggle: {{icon: material/weather-night, name: x}}}}" for one in ("default", "slate")
    )
    theme = f"  font: false\n  custom_dir: overrides\n  palette:{palette}"
    text = config.read_text("utf-8").replace("  font: false", theme)
    text = text.replace("search: false", "search: true")
    scripts = "extra_css: [assets/stylesheets/site.css]\nextra_javascript:\n  - {path: assets/javascripts/site.js, type: module}\n"
    config.write_text(f"{text}repo_url: {REPOSITORY}\nrepo_name: r\ncopyright: c\n{scripts}", "utf-8")
    return build(config)


def field(page: Page, name: str) -> Any:
    return page.locator(f"#dd-propose-{name}")


def entry(page: Page, name: str, number: int = 0) -> Any:
    return page.locator(f"[data-field={name}] :is(input, textarea)").nth(number)


def opened(page: Page, address: str = PAGE) -> Page:
    page.goto(address)
    page.locator(".dd-propose-form").wait_for()
    return page


def fill(page: Page, **others: str) -> None:
    """A form without a fault."""
    for name, text in {**TEXTS, **others}.items():
        field(page, name).fill(text)
    for name, choice in CHOICES.items():
        field(page, name).select_option(choice)
    entry(page, "use_when").fill("You need what stands between.")
    entry(page, "avoid_when").fill("You start: anything # new.")
    entry(page, "sources", 0).fill("https://middle.example.com/licence")
    entry(page, "sources", 1).fill("the licence, and that it is developed")


def row_text(page: Page) -> str:
    return str(page.locator(".dd-propose-row code").text_content())


def asked_to_open(page: Page) -> str:
    """The address that the form opens, which nothing here answers."""
    page.evaluate("() => { window.open = (address) => { window.ddOpened = address; }; }")
    page.get_by_role("button", name="Open the").click()
    return str(page.evaluate("window.ddOpened ?? ''"))


def issue_body(address: str, template: str = "new-tool.yml") -> str:
    """The issue that GitHub makes of a form filled by its address: a heading and an answer a field."""
    filled = dict(parse_qsl(urlsplit(address).query))
    form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE" / template).read_text("utf-8"))
    known = {one["id"]: one for one in form["body"] if "id" in one}
    assert filled.pop("template") == template
    assert filled.pop("title")
    assert set(filled) <= set(known), "the address fills only fields that the form has"
    parts = []
    for name, one in known.items():
        answer = filled.get(name, "")
        if one["type"] == "dropdown":
            assert answer in one["attributes"]["options"]
        if one["validations"]["required"]:
            assert answer, name
        language = one["attributes"].get("render")
        if language and answer:
            answer = f"```{language}\n{answer}\n```"
        parts.append(f"### {one['attributes']['label']}\n\n{answer or '_No response_'}\n")
    return "\n".join(parts)

"""A Markdown twin of every page, for programs that read text: tables written out, references with addresses."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from deepdive.export.listings import as_contents, as_glossary, as_table, as_timeline, as_tool
from deepdive.export.published import Published
from deepdive.load.fences import fences
from deepdive.load.views import home_view, read_view
from deepdive.model import facts
from deepdive.model.places import site_path, table_page
from deepdive.render.reference import resolve
from deepdive.yaml_source import read

_REFERENCE = re.compile(r"\]\((tool|term|fact|paper):([^)\s]+)\)")
_PAGE = re.compile(r"\]\((?!https?:|mailto:|#)([^)\s#]+\.md)(#[^)\s]*)?( \"[^\"]*\")?\)")
_IMAGE = re.compile(r"(!\[[^\]]*\]\()(?!https?:|data:)([^)\s]+)")
_CODE = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.S)
# What the browser draws: there is nothing to write out.
DRAWN = frozenset({"stack", "stack-map", "roofline", "calculator", "compare", "explorer", "propose", "freshness"})
WRITTEN = frozenset({"table", "example", "tool-page", "glossary", "timeline", "contents"})


def address(page: str, base: str) -> str:
    """The address of a page below the site's address ``base``."""
    path = re.sub(r"(^|/)index\.md$", r"\1", page)
    return base + (f"{path.removesuffix('.md')}/" if path.endswith(".md") else path)


def twin_path(page: str) -> str:
    """Where the twin of a page stands: beside its HTML."""
    return page if page.rpartition("/")[2] == "index.md" else f"{page.removesuffix('.md')}/index.md"


def twins(site: Published, base: str) -> dict[str, Callable[[], str]]:
    """Every twin by path below the site; its text is made when it is asked for."""
    return {
        twin_path(path): partial(twin, site, path, title, text, base) for path, (title, _, text) in site.texts.items()
    }


def write_twins(folder: Path, site: Published, base: str) -> None:
    """Write them into the built site in ``folder``, each beside its page."""
    for path, make in twins(site, base).items():
        if (folder / path).parent.is_dir():
            (folder / path).write_text(make(), "utf-8")


def twin(site: Published, page: str, title: str, text: str, base: str) -> str:
    """The Markdown of one page. Fences that hold data are written out; ones that only draw are named."""
    parts, last = [], 0
    for fence in fences(text):
        parts.append(_prose(text[last : fence.start], site, page, base))
        parts.append(_fence(site, page, fence.language, fence.content, base) or text[fence.start : fence.end])
        last = fence.end
    parts.append(_prose(text[last:], site, page, base))
    body = "".join(parts).strip()
    heading = "" if body.startswith("# ") else f"# {title}\n\n"
    return f"{heading}{body}\n\n---\n\nSource: {address(page, base)} (CC BY 4.0)\n"


def _prose(text: str, site: Published, page: str, base: str) -> str:
    """Text between fences with addresses for references; what stands in code is somebody's example."""
    parts, last = [], 0
    for code in _CODE.finditer(text):
        parts += [_addressed(text[last : code.start()], site, page, base), code[0]]
        last = code.end()
    return "".join([*parts, _addressed(text[last:], site, page, base)])


def _addressed(text: str, site: Published, page: str, base: str) -> str:
    def reference(found: re.Match[str]) -> str:
        try:
            target = resolve(found[1], found[2], site.catalog).href
        except facts.Unresolved:
            return found[0]
        if found[1] == "paper":
            return f"]({site.catalog.papers[found[2]].address})"
        return f"]({base}{site_path(target)})"

    def here(path: str) -> str:
        return posixpath.normpath(posixpath.join("" if path.startswith("/") else posixpath.dirname(page), path)).lstrip(
            "/"
        )

    def internal(found: re.Match[str]) -> str:
        return f"]({address(here(found[1]), base)}{found[2] or ''}{found[3] or ''})"

    def image(found: re.Match[str]) -> str:
        return f"{found[1]}{address(here(found[2]), base)}"

    return _PAGE.sub(internal, _IMAGE.sub(image, _REFERENCE.sub(reference, text)))


def _fence(site: Published, page: str, language: str, content: str, base: str) -> str:
    """What a fence of ours says; empty for one of anybody's code, which stays as it is."""
    catalog = site.catalog
    if language in DRAWN:
        return f"*({language}: see the page.)*\n"
    if language == "table":
        view, _ = read_view(content, catalog, page, 0)
        if view is None:
            return ""
        whole = len(view.tables) == 1 and page == table_page(view.tables[0]) and not view.where
        return as_table(home_view(view.tables[0]) if whole and content.count("\n") == 0 else view, catalog, base)
    if language == "example":
        name = str(_field(content, page, "file") or "")
        code, output = site.example(page, name)
        if not code or not output:
            return ""
        mark = "`" * max(3, 1 + max(map(len, re.findall("`+", code + output)), default=0))
        return f'{mark}python title="{name}"\n{code}{mark}\n\nPrints:\n\n{mark}text\n{output}{mark}\n'
    if language == "tool-page":
        return as_tool(content.strip(), catalog, base)
    if language == "glossary":
        return as_glossary(catalog, base)
    if language == "timeline":
        return as_timeline(catalog, base)
    if language == "contents":
        order = _field(content, page, "pages")
        names = [str(one) for one in order] if isinstance(order, list) else []
        return as_contents(page.partition("/")[0], names, site, base)
    return ""


def _field(content: str, page: str, name: str) -> Any:
    data = read(content, page).data
    return data.get(name) if isinstance(data, dict) else None

"""A Markdown twin of every page, for programs that read text: tables written out, references with addresses."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from deepdive.export.published import Published
from deepdive.load.fences import fences
from deepdive.load.views import View, home_view, read_view
from deepdive.model import facts
from deepdive.model.columns import columns
from deepdive.model.places import table_page
from deepdive.render.reference import resolve
from deepdive.render.table import cell
from deepdive.yaml_source import read

_REFERENCE = re.compile(r"\]\((tool|term|fact|paper):([^)\s]+)\)")
_PAGE = re.compile(r"\]\((?!https?:|mailto:|#)([^)\s#]+\.md)(#[^)\s]*)?\)")


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
    """The Markdown of one page. Fences that hold data become tables; ones that only draw are named."""
    parts, last = [], 0
    for fence in fences(text):
        parts.append(_prose(text[last : fence.start], site, page, base))
        parts.append(_fence(site, page, fence.language, fence.content) or text[fence.start : fence.end])
        last = fence.end
    parts.append(_prose(text[last:], site, page, base))
    body = "".join(parts).strip()
    heading = "" if body.startswith("# ") else f"# {title}\n\n"
    return f"{heading}{body}\n\n---\n\nSource: {address(page, base)} (CC BY 4.0)\n"


def _prose(text: str, site: Published, page: str, base: str) -> str:
    def reference(found: re.Match[str]) -> str:
        try:
            target = resolve(found[1], found[2], site.catalog).href
        except facts.Unresolved:
            return found[0]
        if found[1] == "paper":
            return f"]({site.catalog.papers[found[2]].address})"
        path, _, anchor = target.lstrip("/").partition("#")
        return f"]({address(path, base)}{'#' + anchor if anchor else ''})"

    def internal(found: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), found[1]))
        return f"]({address(path, base)}{found[2] or ''})"

    return _PAGE.sub(internal, _REFERENCE.sub(reference, text))


def _fence(site: Published, page: str, language: str, content: str) -> str:
    if language == "table":
        view, _ = read_view(content, site.catalog, page, 0)
        if view is None:
            return ""
        whole = len(view.tables) == 1 and page == table_page(view.tables[0]) and not view.where
        return _table(home_view(view.tables[0]) if whole and content.count("\n") == 0 else view, site)
    if language == "example":
        data = read(content, page).data
        name = str(data.get("file", "")) if isinstance(data, dict) else ""
        code, output = site.example(page, name)
        return f'```python title="{name}"\n{code}```\n\nPrints:\n\n```text\n{output}```\n' if code and output else ""
    if language == "tool-page":
        return _tool(site, content.strip())
    return (
        ""
        if language in ("mermaid", "python", "text", "yaml", "sh", "json", "")
        else f"*({language}: see the page.)*\n"
    )


def _table(view: View, site: Published) -> str:
    known = columns(view.kind)
    heads = [f"{known[name].title}{f' ({known[name].unit})' if known[name].unit else ''}" for name in view.columns]
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    for table, row in view.rows:
        cells = [cell(table, row, name, site.catalog) for name in view.columns]
        texts = [
            one.text or ", ".join(link[1] for link in one.links) or {"unknown": "?", "none": "—"}.get(one.kind, "")
            for one in cells
        ]
        lines.append(f"| {' | '.join(text.replace('|', chr(92) + '|') for text in texts)} |")
    return "\n".join(lines) + "\n"


def _tool(site: Published, name: str) -> str:
    tool = site.catalog.tools[name]
    lines = [tool.summary, ""]
    facts_of = {
        "Status": tool.status + (f" since {tool.status_since}" if tool.status_since else ""),
        "Successor": site.catalog.tools[tool.successor].name if tool.successor in site.catalog.tools else "",
        "Licence": f"{tool.license} ({tool.openness})",
        "Owner": tool.owner,
        "Homepage": tool.homepage or "",
        "Repository": tool.repo_url or "",
        "Documentation": tool.docs or "",
        "Languages": ", ".join(tool.languages),
        "Reviewed": tool.reviewed.isoformat(),
    }
    lines += [f"- {name}: {value}" for name, value in facts_of.items() if value]
    for title, advice in (("Use it when", tool.use_when), ("Avoid it when", tool.avoid_when)):
        lines += ["", f"## {title}", "", *(f"- {one}" for one in advice)]
    others = [site.catalog.tools[one].name for one in site.catalog.alternatives.get(name, ())]
    if others:
        lines += ["", "## Alternatives", "", *(f"- {one}" for one in others)]
    return "\n".join(lines) + "\n"


def llms(site: Published, pages: dict[str, tuple[str, str]], base: str, name: str, about: str) -> str:
    """``llms.txt``: what the site holds, page by page with its twin. ``pages``: title and description by path."""
    lines = [f"# {name}", "", f"> {about}", ""]
    sections: dict[str, list[str]] = {}
    for path, (title, description) in pages.items():
        section = path.partition("/")[0].capitalize() if "/" in path else "Start"
        sections.setdefault(section, []).append(f"- [{title}]({base}{twin_path(path)}): {description}")
    for section, entries in sections.items():
        lines += [f"## {section}", "", *entries, ""]
    lines += [
        "## Data",
        "",
        f"- [JSON API]({base}api/v1/index.json): every table and tool",
        f"- [SQLite]({base}api/v1/catalog.sqlite): the whole catalog",
        "",
    ]
    return "\n".join(lines)

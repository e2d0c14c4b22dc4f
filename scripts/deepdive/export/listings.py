"""Rows written out as Markdown, every reference with the address of what it names."""

from __future__ import annotations

from collections.abc import Iterable

from deepdive.export.published import Published
from deepdive.load.views import View
from deepdive.model.catalog import Catalog
from deepdive.model.columns import columns
from deepdive.model.event import Event
from deepdive.model.places import GLOSSARY, SHARED_PAGES, site_path, table_page, target, tool_page
from deepdive.model.row import Row
from deepdive.model.term import Term
from deepdive.render.table import Cell, cell, row_link, source_links


def as_table(view: View, catalog: Catalog, base: str) -> str:
    """A view with a column each, links in their cells; ``base`` is the site's address."""
    known = columns(view.kind)
    heads = [f"{known[name].title}{f' ({known[name].unit})' if known[name].unit else ''}" for name in view.columns]
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    for table, row in view.rows:
        texts = [_text(cell(table, row, name, catalog), base) for name in view.columns]
        lines.append(f"| {' | '.join(text.replace('|', chr(92) + '|') for text in texts)} |")
    return "\n".join(lines) + "\n"


def _text(one: Cell, base: str) -> str:
    links = [_link(href, text, base) for href, text, _ in one.links]
    if one.kind == "status":
        return f"{one.text}, succeeded by {links[0]}" if links else one.text
    if links:
        return ", ".join(links)
    text = {"unknown": "?", "none": "—"}.get(one.kind, one.text)
    if one.suffix:
        text += f" {one.suffix}"  # power as TBP is no TDP
    return _link(one.href, text, base) if one.href else text


def as_tool(name: str, catalog: Catalog, base: str) -> str:
    """A tool: what it is, whether it lives, advice, alternatives, sources."""
    tool = catalog.tools[name]
    facts = {
        "Status": tool.status + (f" since {tool.status_since}" if tool.status_since else ""),
        "Successor": _tools([tool.successor], catalog, base) if tool.successor else "",
        "Licence": f"{tool.license} ({tool.openness})",
        "Owner": tool.owner,
        "Homepage": tool.homepage or "",
        "Repository": tool.repo_url or "",
        "Documentation": tool.docs or "",
        "Languages": ", ".join(tool.languages),
        "Built on": _tools(tool.built_on, catalog, base),
        "Works with": _tools(tool.works_with, catalog, base),
        "Alternatives": _tools(catalog.alternatives.get(name, ()), catalog, base),
        "Reviewed": tool.reviewed.isoformat(),
    }
    lines = [tool.summary, "", *(f"- {title}: {value}" for title, value in facts.items() if value)]
    for title, advice in (("Use it when", tool.use_when), ("Avoid it when", tool.avoid_when)):
        lines += ["", f"## {title}", "", *(f"- {one}" for one in advice)]
    lines += [
        "",
        "## Sources",
        "",
        *(f"{number}. [{title}]({url})" for url, number, title in source_links(tool, catalog)),
    ]
    return "\n".join(lines) + "\n"


def as_glossary(catalog: Catalog, base: str) -> str:
    """Every term with its definition, in alphabetical order."""
    terms = (row for _, row in catalog.rows("terms") if isinstance(row, Term))
    return "\n".join(_term(term, catalog, base) for term in sorted(terms, key=lambda term: term.name.casefold())) + "\n"


def _term(term: Term, catalog: Catalog, base: str) -> str:
    other = ", ".join([*filter(None, [term.expansion]), *term.aliases])
    see = [_link(target(GLOSSARY, one), catalog.terms[one].name, base) for one in term.see_also if one in catalog.terms]
    seen = f" See also: {', '.join(see)}." if see else ""
    return f"- **{term.name}**{f' ({other})' if other else ''}: {term.definition}{seen}{_sources(term, catalog)}"


def as_timeline(catalog: Catalog, base: str) -> str:
    """Every event, from the oldest on."""
    events = (row for _, row in catalog.rows("events") if isinstance(row, Event))
    lines = []
    for event in sorted(events, key=lambda event: (event.date, event.name.casefold())):
        named = (("papers", event.paper), ("tools", event.tool))
        links = [row_link(kind, name, catalog) for kind, name in named if name in catalog.by_kind[kind]]
        about = f" {', '.join(_link(href, text, base) for href, text, _ in links)}." if links else ""
        lines.append(
            f"- {event.date}, {event.layer}: **{event.name}**. {event.summary}{about}{_sources(event, catalog)}"
        )
    return "\n".join(lines) + "\n"


def as_contents(layer: str, order: list[str], site: Published, base: str) -> str:
    """The pages of a layer, those named in ``order`` first, and its tables."""
    first = {f"{layer}/{name}.md": place for place, name in enumerate(order)}
    index = f"{layer}/index.md"
    pages = [path for path in site.corpus.pages if path.startswith(f"{layer}/") and path != index]
    lines = []
    for path in sorted(pages, key=lambda path: (first.get(path, len(first)), path)):
        title, about, _ = site.texts[path]
        lines.append(f"- {_link(target(path), title, base)}: {about}")
    for table in sorted(site.catalog.tables, key=lambda table: table.title.casefold()):
        if table.layer == layer and table.kind not in SHARED_PAGES and table_page(table) not in pages:
            lines.append(f"- {_link(target(table_page(table)), table.title, base)}: {table.summary}")
    return "\n".join(lines) + "\n"


def _tools(ids: Iterable[str | None], catalog: Catalog, base: str) -> str:
    found = [catalog.tools[str(one)] for one in ids if one in catalog.tools]
    return ", ".join(_link(target(tool_page(tool.id)), tool.name, base) for tool in found)


def _sources(row: Row, catalog: Catalog) -> str:
    links = [f"[{number}]({url})" for url, number, _ in source_links(row, catalog)]
    return f" Sources: {', '.join(links)}." if links else ""


def _link(href: str, text: str, base: str) -> str:
    return f"[{text}]({base + site_path(href) if href.startswith('/') else href})"

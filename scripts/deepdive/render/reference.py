"""A reference of prose to what the reader gets: target, hover text, class."""

from __future__ import annotations

from dataclasses import dataclass

from deepdive.model import facts
from deepdive.model.catalog import Catalog
from deepdive.model.columns import columns
from deepdive.model.measure import spelled
from deepdive.model.places import GLOSSARY, row_target, target, tool_page
from deepdive.render.table import ORIGIN, figure_source


@dataclass(frozen=True, slots=True)
class Resolved:
    """Where a reference leads and what its hover says."""

    href: str
    title: str
    css: str


def resolve(scheme: str, name: str, catalog: Catalog) -> Resolved:
    """The meaning of ``scheme:name``; raises ``facts.Unresolved`` when there is none."""
    if scheme == "tool":
        tool = facts.tool(name, catalog)
        title = tool.summary if tool.status == "active" else f"{tool.status}: {tool.summary}"
        return Resolved(target(tool_page(name)), title, "dd-ref dd-ref-tool")
    if scheme == "term":
        term = facts.term(name, catalog)
        expansion = f"{term.expansion}: " if term.expansion else ""
        return Resolved(target(GLOSSARY, name), expansion + term.definition, "dd-ref dd-ref-term")
    if scheme == "paper":
        paper = facts.paper(name, catalog)
        return Resolved(f"#ref-{name}", f"{paper.name}. {paper.result}", "dd-ref dd-ref-paper")
    figure, unit = facts.fact(name, catalog)
    row_id, _, path = name.partition(".")
    table, row = catalog.figured[row_id]
    origin = "; ".join(part for part in (ORIGIN[figure.kind], figure_source(figure, row)) if part)
    heading = columns(table.kind)[path].title
    title = f"{row.name} · {heading}: {spelled(figure.value or 0, unit)} ({origin})"
    return Resolved(row_target(table, row), title, "dd-ref dd-ref-fact")

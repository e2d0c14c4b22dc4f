"""What a reference of prose means in the catalog: the row, or the figure with its unit."""

from __future__ import annotations

from deepdive.model.catalog import Catalog
from deepdive.model.columns import columns, value_at
from deepdive.model.paper import Paper
from deepdive.model.row import Figure
from deepdive.model.term import Term
from deepdive.model.tool import Tool


class Unresolved(LookupError):
    """A reference to nothing: the message says what is missing, ``known`` what there is."""

    def __init__(self, message: str, known: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.known = known


def tool(name: str, catalog: Catalog) -> Tool:
    """The tool ``tool:name`` points at; raises Unresolved."""
    if name not in catalog.tools:
        raise Unresolved(f"there is no tool '{name}'.", tuple(catalog.tools))
    return catalog.tools[name]


def term(name: str, catalog: Catalog) -> Term:
    """The term ``term:name`` points at; raises Unresolved."""
    if name not in catalog.terms:
        raise Unresolved(f"there is no term '{name}'.", tuple(catalog.terms))
    return catalog.terms[name]


def paper(name: str, catalog: Catalog) -> Paper:
    """The work ``paper:name`` points at; raises Unresolved."""
    if name not in catalog.papers:
        raise Unresolved(f"there is no paper '{name}'.", tuple(catalog.papers))
    return catalog.papers[name]


def fact(name: str, catalog: Catalog) -> tuple[Figure, str]:
    """The figure ``fact:row.field`` points at, which has a value, and its unit; raises Unresolved."""
    row_id, _, path = name.partition(".")
    if row_id not in catalog.figured:
        raise Unresolved(f"there is no row '{row_id}' with figures.", tuple(catalog.figured))
    table, row = catalog.figured[row_id]
    known = {one.path: one for one in columns(table.kind).values() if one.numeric}
    if path not in known:
        raise Unresolved(f"'{row_id}' ({table.kind}) has no figure '{path}'.", tuple(known))
    value = value_at(row, path)
    if isinstance(value, int):  # a year is written without an origin of its own
        value = Figure(value=value)
    if not isinstance(value, Figure) or value.value is None:
        raise Unresolved(f"the table has no value for '{row_id}.{path}'.")
    return value, known[path].unit

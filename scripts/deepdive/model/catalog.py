"""The catalog: every table with its rows, and the lookups everything else asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from deepdive.model.accelerator import Accelerator
from deepdive.model.architecture import Architecture
from deepdive.model.cloud_offer import CloudOffer
from deepdive.model.course import Course
from deepdive.model.event import Event
from deepdive.model.file_format import FileFormat
from deepdive.model.forecast import Forecast
from deepdive.model.interconnect import Interconnect
from deepdive.model.memory import Memory
from deepdive.model.network_adapter import NetworkAdapter
from deepdive.model.number_format import NumberFormat
from deepdive.model.open_model import OpenModel
from deepdive.model.paper import Paper
from deepdive.model.row import Row
from deepdive.model.taxonomy import Category
from deepdive.model.term import Term
from deepdive.model.tool import Tool
from deepdive.model.vocabulary import LAYERS, Layer, Section

# One line per kind of table: the word after ``kind:`` and the shape of its rows.
KINDS: Mapping[str, type[Row]] = {
    "tools": Tool,
    "accelerators": Accelerator,
    "architectures": Architecture,
    "memory": Memory,
    "interconnects": Interconnect,
    "network_adapters": NetworkAdapter,
    "number_formats": NumberFormat,
    "file_formats": FileFormat,
    "cloud_offers": CloudOffer,
    "models": OpenModel,
    "papers": Paper,
    "terms": Term,
    "events": Event,
    "courses": Course,
    "forecasts": Forecast,
}
# Ids are unique within a namespace: what a scheme of prose links, or an address of the API, tells apart.
NAMESPACES: Mapping[str, str] = {
    "tools": "tool",
    "papers": "paper",
    "terms": "term",
    "file_formats": "file-format",
    "events": "event",
    "courses": "course",
    "forecasts": "forecast",
}
# The namespace of what the taxonomy holds, which is no table.
CATEGORY = "category"
# Folders of docs/ for kinds that are not of one layer; tables of the others stand in their layer's.
SECTIONS: Mapping[str, tuple[Section, ...]] = {
    "papers": (*LAYERS, "reference"),
    "terms": (*LAYERS, "reference"),
    "events": ("reference",),
    "courses": ("learn",),
}


def namespace(kind: str) -> str:
    """The namespace of a kind's ids; all kinds that carry figures share ``fact``."""
    return NAMESPACES.get(kind, "fact")


def sections(kind: str) -> tuple[Section, ...]:
    """The folders of docs/ in which a table of this kind may stand."""
    return SECTIONS.get(kind, LAYERS)


@dataclass(frozen=True)
class Table:
    """One YAML file. ``indexes[i]`` is the place of ``rows[i]`` in the file (bad rows are left out)."""

    id: str
    path: str
    kind: str
    title: str
    summary: str
    layer: str
    order: str = "name"
    rows: tuple[Row, ...] = ()
    indexes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Catalog:
    """All tables and categories of one docs folder. Lookups are by exact id."""

    tables: tuple[Table, ...] = ()
    categories: Mapping[str, Category] = field(default_factory=dict)
    refused: frozenset[tuple[str, str]] = frozenset()
    """(namespace, id) of rows and categories that have faults of their own, or stand in a file that cannot be read:
    what refers to them is not wrong as well."""

    def rows(self, kind: str) -> Iterator[tuple[Table, Row]]:
        """Every row of a kind with its table, in the order of the tables."""
        for table in self.tables:
            if table.kind == kind:
                for row in table.rows:
                    yield table, row

    def _by_id(self, kind: str) -> dict[str, Any]:
        return {row.id: row for _, row in self.rows(kind)}

    @cached_property
    def tools(self) -> dict[str, Tool]:
        """Tools by id."""
        return self._by_id("tools")

    @cached_property
    def papers(self) -> dict[str, Paper]:
        """Papers by id."""
        return self._by_id("papers")

    @cached_property
    def terms(self) -> dict[str, Term]:
        """Terms by id."""
        return self._by_id("terms")

    @cached_property
    def by_kind(self) -> dict[str, dict[str, tuple[Table, Row]]]:
        """Rows with their table, by kind and id."""
        return {kind: {row.id: (table, row) for table, row in self.rows(kind)} for kind in KINDS}

    @cached_property
    def figured(self) -> dict[str, tuple[Table, Row]]:
        """Rows whose numbers prose may quote (``fact:``), by id, with their table."""
        return {row.id: (table, row) for table in self.tables if namespace(table.kind) == "fact" for row in table.rows}

    @cached_property
    def table_by_id(self) -> dict[str, Table]:
        """Tables by id (their path without suffix)."""
        return {table.id: table for table in self.tables}

    @cached_property
    def home(self) -> dict[tuple[str, str], Table]:
        """The table of each row, by (namespace, id)."""
        return {(namespace(table.kind), row.id): table for table in self.tables for row in table.rows}

    @cached_property
    def alternatives(self) -> dict[str, tuple[str, ...]]:
        """Alternatives in both directions, by tool id, each list in order of name."""
        pairs: dict[str, set[str]] = defaultdict(set)
        for tool in self.tools.values():
            for other in tool.alternatives:
                if other in self.tools and other != tool.id:
                    pairs[tool.id].add(other)
                    pairs[other].add(tool.id)
        return {
            one: tuple(sorted(others, key=lambda other: self.tools[other].name.casefold()))
            for one, others in pairs.items()
        }

    @cached_property
    def predecessors(self) -> dict[str, list[str]]:
        """The tools that a tool succeeds, by its id."""
        return self._tools_by(lambda tool: tool.successor)

    @cached_property
    def parts(self) -> dict[str, list[str]]:
        """The tools that are part of a tool, by its id."""
        return self._tools_by(lambda tool: tool.part_of)

    def _tools_by(self, named: Callable[[Tool], str | None]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for tool in self.tools.values():
            if other := named(tool):
                found[other].append(tool.id)
        return found

    def layer_of(self, tool: Tool) -> Layer:
        """The layer of the tool's category."""
        category = self.categories.get(tool.category)
        return category.layer if category else LAYERS[0]

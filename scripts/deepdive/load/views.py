"""The ``table`` fence: which rows and columns of which tables a page shows, and in which order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from deepdive.diagnostic import Diagnostic, Location, error
from deepdive.load.faults import did_you_mean, one_of
from deepdive.model.catalog import KINDS, Catalog, Table
from deepdive.model.columns import columns, number_at, value_at
from deepdive.model.row import Row
from deepdive.yaml_source import read

FIELDS = ("source", "kind", "where", "columns", "sort", "caption")
DEFAULT_COLUMNS = {
    "tools": ("name", "status", "license", "languages", "use_when"),
    "accelerators": (
        "name", "released", "memory_gb", "memory_bandwidth", "peak_dense.bf16", "peak_dense.fp8",
        "power_w", "scale_up_bandwidth",
    ),
    "models": ("name", "parameters_bn", "layers", "hidden", "heads", "kv_heads", "head_dim", "context", "license"),
    "papers": ("name", "authors", "year", "result"),
    "terms": ("name", "definition"),
    "architectures": ("name", "vendor", "year", "compute_capability", "added", "toolkit_support", "devices"),
    "memory": ("name", "standard", "year", "per", "data_width", "data_rate", "bandwidth", "capacity_max"),
    "interconnects": (
        "name", "scope", "year", "lane_rate", "link_bandwidth", "links", "device_bandwidth", "domain_max", "status",
    ),
    "network_adapters": ("name", "role", "released", "protocols", "ports", "port_rate", "bandwidth", "rdma"),
    "number_formats": (
        "name", "bits", "exponent_bits", "mantissa_bits", "maximum", "smallest_normal", "bits_per_value", "use",
    ),
    "file_formats": ("name", "extensions", "purpose", "executes_code", "memory_mappable", "readers", "use_when"),
    "cloud_offers": ("name", "cloud", "accelerator", "count", "memory_gb", "network_gbps", "scale_up", "availability"),
    "events": ("name", "date", "layer", "kind", "summary", "paper", "tool"),
    "courses": ("name", "type", "level", "hours", "free", "layers", "summary", "url", "status"),
    "forecasts": ("name", "claim", "probability", "due", "resolver", "wrong_if", "outcome"),
}  # fmt: skip


@dataclass(frozen=True)
class View:
    """Rows of one or more tables of one kind, filtered, sorted, and the columns to show."""

    kind: str
    tables: tuple[Table, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Table, Row], ...]
    caption: str
    summary: str = ""
    hidden: int = 0
    sort: str = "name"
    where: dict[str, Any] = field(default_factory=dict)


def read_view(text: str, catalog: Catalog, shown: str, line_offset: int) -> tuple[View | None, list[Diagnostic]]:
    """The view a fence asks for, or None with the reasons at their lines."""
    document = read(text, shown, line_offset)
    found = list(document.diagnostics)
    place = Location(shown, max(line_offset, 1), 1)
    if not isinstance(document.data, dict):
        if not found:
            found.append(error("bad-fence", "a table fence holds fields such as 'source: layer/table'.", place))
        return None, found
    data = document.data
    for name in data:
        if name not in FIELDS:
            fix = did_you_mean(name, FIELDS)
            found.append(
                error("bad-fence", f"a table fence has no field '{name}'.", document.locate(name, key=True), fix)
            )
    tables = _tables(data, catalog, document, found)
    if not tables:
        return None, found
    kind = tables[0].kind
    known = columns(kind)
    chosen = data.get("columns") or list(DEFAULT_COLUMNS[kind])
    if not isinstance(chosen, list):
        found.append(error("bad-fence", "'columns' must be a list.", document.locate("columns"), None))
        chosen = list(DEFAULT_COLUMNS[kind])
    for index, name in enumerate(chosen):
        if not isinstance(name, str) or name not in known:
            fix = did_you_mean(name, known)
            found.append(
                error("unknown-column", f"{kind} have no column '{name}'.", document.locate("columns", index), fix)
            )
    shown_columns = tuple(name for name in chosen if isinstance(name, str) and name in known)
    if "name" not in shown_columns:
        shown_columns = ("name", *shown_columns)
    rows = [(table, row) for table in tables for row in table.rows]
    kept = _filter(rows, data.get("where"), kind, document, found)
    sort = str(data.get("sort") or ("name" if len(tables) > 1 or tables[0].order == "name" else ""))
    if sort and sort.lstrip("-") not in known:
        fix = did_you_mean(sort.lstrip("-"), known)
        found.append(error("unknown-column", f"{kind} cannot be sorted by '{sort}'.", document.locate("sort"), fix))
        sort = "name"
    if found:
        return None, found
    caption = str(data.get("caption") or (tables[0].title if len(tables) == 1 else kind.replace("_", " ").capitalize()))
    summary = tables[0].summary if len(tables) == 1 else ""
    where = data.get("where") if isinstance(data.get("where"), dict) else {}
    ordered = tuple(sort_rows(kept, sort))
    return View(
        kind, tuple(tables), shown_columns, ordered, caption, summary, len(rows) - len(kept), sort, where or {}
    ), found


def home_view(table: Table) -> View:
    """The whole table with its kind's usual columns, as its own page shows it."""
    rows = sort_rows([(table, row) for row in table.rows], "name" if table.order == "name" else "")
    return View(table.kind, (table,), DEFAULT_COLUMNS[table.kind], tuple(rows), table.title, table.summary)


def _tables(data: dict[str, Any], catalog: Catalog, document: Any, found: list[Diagnostic]) -> list[Table]:
    source, kind = data.get("source"), data.get("kind")
    if kind is not None and source is None:
        if isinstance(kind, str) and kind in KINDS:
            tables = [table for table in catalog.tables if table.kind == kind]
            if not tables:
                found.append(error("unknown-table", f"there is no table of kind '{kind}'.", document.locate("kind")))
            return tables
        fix = did_you_mean(kind, KINDS) or f"use {one_of(KINDS)}."
        found.append(error("unknown-value", f"a table fence: kind cannot be '{kind}'.", document.locate("kind"), fix))
        return []
    names = source if isinstance(source, list) else [source]
    tables = []
    for index, name in enumerate(names):
        table = catalog.table_by_id.get(str(name)) if name is not None else None
        if table is None:
            place = document.locate("source", index) if isinstance(source, list) else document.locate("source")
            fix = did_you_mean(name, catalog.table_by_id) or "write layer/table, the path without .yml."
            message = f"there is no table '{name}'." if name else "a table fence needs a 'source'."
            found.append(error("unknown-table", message, place, fix))
        elif tables and table.kind != tables[0].kind:
            found.append(
                error("bad-fence", "one table fence shows tables of one kind.", document.locate("source", index), None)
            )
        else:
            tables.append(table)
    return tables


def _filter(
    rows: list[tuple[Table, Row]], where: Any, kind: str, document: Any, found: list[Diagnostic]
) -> list[tuple[Table, Row]]:
    if where is None:
        return rows
    if not isinstance(where, dict):
        found.append(
            error(
                "bad-fence",
                "'where' must map columns to values.",
                document.locate("where"),
                "write where: {status: active}.",
            )
        )
        return rows
    known = {*columns(kind), "layer", "ended"} if kind == "tools" else set(columns(kind))
    for name, wanted in where.items():
        if name not in known:
            found.append(
                error(
                    "unknown-column",
                    f"{kind} have no column '{name}'.",
                    document.locate("where", name, key=True),
                    did_you_mean(name, known),
                )
            )
            continue
        values = {_folded(value) for value in (wanted if isinstance(wanted, list) else [wanted])}
        kept = [pair for pair in rows if values & _values(pair, name)]
        if not kept and rows:
            present = sorted({value for pair in rows for value in _values(pair, name)})
            fix = did_you_mean(wanted, present) or (f"its values are: {', '.join(present[:12])}." if present else None)
            found.append(error("empty-view", f"no row has {name} '{wanted}'.", document.locate("where", name), fix))
        rows = kept
    return rows


def _folded(value: Any) -> str:
    return str(value).casefold()


def _values(pair: tuple[Table, Row], name: str) -> set[str]:
    table, row = pair
    if name == "layer" and name not in columns(table.kind):
        return {table.layer}
    value = value_at(row, name)
    if isinstance(value, tuple):
        return {_folded(item) for item in value}
    number = number_at(row, name)
    return {_folded(number if number is not None else value)} if value is not None else set()


def sort_rows(rows: Iterable[tuple[Table, Row]], sort: str) -> list[tuple[Table, Row]]:
    """Rows in the order of a column (``-`` for descending); rows without a value come last."""
    rows = list(rows)
    if not sort:
        return rows
    column, descending = sort.lstrip("-"), sort.startswith("-")

    def value(pair: tuple[Table, Row]) -> Any:
        number = number_at(pair[1], column)
        if number is not None:
            return (0, number, "")
        text = value_at(pair[1], column)
        return (1, 0, str(text).casefold())

    def missing(pair: tuple[Table, Row]) -> bool:
        found = value_at(pair[1], column)
        return found is None or (hasattr(found, "value") and found.value is None)

    present = [pair for pair in rows if not missing(pair)]
    absent = [pair for pair in rows if missing(pair)]
    present.sort(key=lambda pair: pair[1].name.casefold())
    present.sort(key=value, reverse=descending)
    return present + sorted(absent, key=lambda pair: pair[1].name.casefold())

"""What a change does to the tables, row by row, as Markdown for the summary of a pull request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from deepdive.model.catalog import Catalog
from deepdive.model.columns import columns, value_at
from deepdive.model.row import Figure, Row
from deepdive.report.cells import code

MOST_ROWS = 60


def changed_rows(before: Catalog, after: Catalog) -> str:
    """Added, removed and changed rows with each field before and after. Values are shown as code: they are a stranger's text."""
    old, new = _rows(before), _rows(after)
    lines = ["## Rows that change", ""]
    shown = 0
    for key in sorted(old.keys() | new.keys()):
        found = list(_changes(key[0], old.get(key), new.get(key)))
        if not found:
            continue
        shown += 1
        if shown <= MOST_ROWS:
            word = "new" if key not in old else "removed" if key not in new else "changed"
            lines += [f"### {code(key[1])} ({key[0]}, {word})", "", "| Field | Before | After |", "|---|---|---|"]
            lines += [f"| {field} | {code(was)} | {code(now)} |" for field, was, now in found] + [""]
    if not shown:
        return "No row changes.\n"
    if shown > MOST_ROWS:
        lines.append(f"And {shown - MOST_ROWS} more rows.")
    return "\n".join(lines) + "\n"


def _rows(catalog: Catalog) -> dict[tuple[str, str], Row]:
    return {(table.kind, row.id): row for table in catalog.tables for row in table.rows}


def _changes(kind: str, old: Row | None, new: Row | None) -> Iterator[tuple[str, str, str]]:
    for path in columns(kind):
        was = _plain(value_at(old, path)) if old else ""
        now = _plain(value_at(new, path)) if new else ""
        if was != now:
            yield path, was, now


def _plain(value: Any) -> str:
    if value is None or value == ():
        return ""
    if isinstance(value, Figure):
        return ("null" if value.applicable else "n/a") if value.value is None else repr(value.value)
    if isinstance(value, tuple):
        return "; ".join(_plain(one) for one in value)
    return str(getattr(value, "url", value))

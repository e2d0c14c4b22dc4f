"""Tables for spreadsheets and for SQL: one CSV a table, one SQLite file for all. The same bytes from the same data."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import tempfile
from pathlib import Path
from typing import Any

from deepdive.model.catalog import KINDS, Catalog, Table
from deepdive.model.columns import columns, value_at
from deepdive.model.row import Figure, Row, Source


def as_csv(table: Table) -> str:
    """One line a row, columns by their dotted names; lists are joined by `` | ``, unknown figures stay empty."""
    names = list(columns(table.kind))
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(names)
    for row in table.rows:
        writer.writerow([_safe(_cell(value_at(row, name))) for name in names])
    return lines.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Figure):
        return "" if value.value is None else repr(value.value)
    if isinstance(value, tuple):
        return " | ".join(_cell(one) for one in value)
    if isinstance(value, Source):
        return value.url
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _safe(text: str) -> str:
    """A spreadsheet takes text that begins like this for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def as_sqlite(catalog: Catalog) -> bytes:
    """A database with one table a kind (numbers as numbers, lists as JSON) and ``sources`` for all of them."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "catalog.sqlite"
        database = sqlite3.connect(file)
        try:
            for kind in KINDS:
                _fill(database, kind, catalog)
            _fill_sources(database, catalog)
            database.commit()
            # The change counter and free pages would tell how it was made.
            database.execute("VACUUM")
        finally:
            database.close()
        return file.read_bytes()


def _fill(database: sqlite3.Connection, kind: str, catalog: Catalog) -> None:
    known = columns(kind)
    names = [name for name in known if name != "sources"]
    rows = [(table.id, [value_at(row, name) for name in names]) for table, row in catalog.rows(kind)]
    either = {names[place] for _, values in rows for place, value in enumerate(values) if isinstance(value, bool)}
    affinity = {name: "INTEGER" if name in either else "NUMERIC" if known[name].numeric else "TEXT" for name in names}
    spelled = ", ".join(f'"{name}" {affinity[name]}' for name in names)
    database.execute(f'CREATE TABLE "{kind}" ("table" TEXT, {spelled})')
    marks = ", ".join("?" * (len(names) + 1))
    for table, values in rows:
        written = [table, *map(_value, values)]
        database.execute(f'INSERT INTO "{kind}" VALUES ({marks})', written)  # noqa: S608  # names are ours


def _value(value: Any) -> str | float | int | None:
    if isinstance(value, Figure):
        return value.value
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, tuple) and value:
        return json.dumps([_cell(one) for one in value], ensure_ascii=False)
    return _cell(value) if value not in (None, ()) else None


def _fill_sources(database: sqlite3.Connection, catalog: Catalog) -> None:
    database.execute('CREATE TABLE "sources" (kind TEXT, id TEXT, url TEXT, title TEXT, shows TEXT, accessed TEXT)')
    for table in catalog.tables:
        for row in table.rows:
            for line in _sources(row, catalog):
                database.execute("INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?)", [table.kind, row.id, *line])


def _sources(row: Row, catalog: Catalog) -> list[tuple[str, str | None, str | None, str | None]]:
    found: list[tuple[str, str | None, str | None, str | None]] = []
    for source in row.sources:
        if isinstance(source, Source):
            day = source.accessed.isoformat() if source.accessed else None
            found.append((source.url, source.title, source.shows, day))
        elif (paper := catalog.papers.get(source.partition(":")[2])) is not None:
            found.append((paper.address, paper.name, None, None))
    return found

"""Table files to a Catalog: one bad row never hides another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any, Literal, get_args

from pydantic import ValidationError

from deepdive.diagnostic import Diagnostic, error
from deepdive.load.faults import did_you_mean, one_of, translate
from deepdive.load.files import Files, read_bytes
from deepdive.load.kept import read
from deepdive.model.catalog import CATEGORY, KINDS, Catalog, Table, namespace
from deepdive.model.row import Row, Strict, Text
from deepdive.model.taxonomy import Category
from deepdive.model.vocabulary import Section
from deepdive.store import Store
from deepdive.text_source import decode
from deepdive.yaml_source import Document

TAXONOMY = "reference/taxonomy.yml"
# What a file that is no YAML says all the same: its kind, and the ids of its rows.
_KIND = re.compile(r"^kind:[ \t]*['\"]?(\w+)", re.M)
_IDS = re.compile(r"^[ \t]*(?:-[ \t]*)?\{?[ \t]*id:[ \t]*['\"]?([\w-]+)", re.M)


class TableHead(Strict):
    """The fields above ``rows``."""

    kind: str
    title: Text
    summary: Text
    layer: Section
    order: Literal["name", "as-written"] = "name"
    """``name``: rows stand in alphabetical order; ``as-written``: the file's own order is kept."""


class TaxonomyHead(Strict):
    """The fields above ``categories``."""

    kind: Literal["taxonomy"]
    title: Text
    summary: Text


@dataclass(frozen=True, slots=True)
class TableFile:
    """What one file holds: a table, or the taxonomy, or neither when it cannot be read."""

    document: Document | None = None
    table: Table | None = None
    categories: Mapping[str, Category] | None = None
    refused: frozenset[tuple[str, str]] = frozenset()
    diagnostics: tuple[Diagnostic, ...] = ()


def load_catalog(files: Files, store: Store) -> tuple[Catalog, dict[str, Document], list[Diagnostic]]:
    """Every table below docs, its document by table id, and everything wrong with form and type."""
    tables: list[Table] = []
    documents: dict[str, Document] = {}
    categories: Mapping[str, Category] = {}
    found: list[Diagnostic] = []
    refused: set[tuple[str, str]] = set()
    for path in files.tables:
        raw = read_bytes(files, path)
        if raw is None:
            continue
        one = _table_file(path, raw, files.shown(path), store)
        found.extend(one.diagnostics)
        refused |= one.refused
        if one.table:
            tables.append(one.table)
        if one.categories is not None:
            categories = one.categories
        if one.document and (one.table or one.categories is not None):
            documents[path.removesuffix(".yml")] = one.document
    return Catalog(tuple(tables), dict(categories), frozenset(refused)), documents, found


@lru_cache(maxsize=1024)  # a process that watches reads the same files again and again
def _table_file(path: str, raw: bytes, shown: str, store: Store) -> TableFile:
    text, found = decode(raw, shown)
    if any(problem.code in ("not-utf8", "file-too-large", "control-character") for problem in found):
        text = raw.decode("utf-8", "replace")
        return _unread(path, text, Document(shown, text), found)
    document = read(text, shown, store)
    found.extend(document.diagnostics)
    head = _mapping(document, found)
    if head is None:
        return _unread(path, text, document, found)
    if path == TAXONOMY:
        categories = _categories(head, document, found)
        refused = _refused(CATEGORY, head.get("categories"), text, set(categories))
        return TableFile(document, None, categories, refused, tuple(found))
    table = _table(path, head, document, found)
    if table is None:
        return _unread(path, text, document, found)
    refused = _refused(namespace(table.kind), head.get("rows"), text, {row.id for row in table.rows})
    return TableFile(document, table, None, refused, tuple(found))


def _unread(path: str, text: str, document: Document, found: list[Diagnostic]) -> TableFile:
    """A table of which nobody knows the rows: it is there, empty, and what refers to an id in its text is not judged."""
    kind = match[1] if (match := _KIND.search(text)) else ""
    if path == TAXONOMY:
        return TableFile(document, None, {}, _refused(CATEGORY, None, text, set()), tuple(found))
    if kind not in KINDS:
        spaces = {namespace(one) for one in KINDS}
        refused = frozenset(pair for space in spaces for pair in _refused(space, None, text, set()))
        return TableFile(refused=refused, diagnostics=tuple(found))
    known = _repaired_head({"kind": kind}, path)
    table = Table(path.removesuffix(".yml"), path, kind, known.title, known.summary, known.layer)
    return TableFile(document, table, None, _refused(namespace(kind), None, text, set()), tuple(found))


def _mapping(document: Document, found: list[Diagnostic]) -> dict[str, Any] | None:
    if isinstance(document.data, dict):
        return document.data
    if not document.diagnostics:
        what = "empty" if document.data is None else f"a {type(document.data).__name__}"
        message = f"a table is a mapping with kind, title, summary, layer and rows; this file is {what}."
        found.append(error("not-a-table", message, document.locate(), "copy the head of a neighbouring table."))
    return None


def _categories(head: dict[str, Any], document: Document, found: list[Diagnostic]) -> dict[str, Category]:
    try:
        TaxonomyHead.model_validate({key: value for key, value in head.items() if key != "categories"})
    except ValidationError as invalid:
        found.extend(translate(invalid, head, document, (), "this table", TaxonomyHead))
    categories: dict[str, Category] = {}
    for index, data in enumerate(_list(head, "categories", document, found)):
        subject = _subject(data, index)
        try:
            category = Category.model_validate(data)
        except ValidationError as invalid:
            found.extend(translate(invalid, data, document, ("categories", index), subject, Category))
            continue
        if category.id in categories:
            place = document.locate("categories", index, "id")
            found.append(error("duplicate-id", f"the category '{category.id}' stands twice.", place, "rename one."))
        categories[category.id] = category
    return categories


def _table(path: str, head: dict[str, Any], document: Document, found: list[Diagnostic]) -> Table | None:
    kind = head.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        place = document.locate("kind")
        if kind is None:
            found.append(
                error("missing-field", "this table: the field 'kind' is missing.", place, f"add kind: {one_of(KINDS)}.")
            )
        else:
            fix = did_you_mean(kind, KINDS) or f"use {one_of(KINDS)}."
            found.append(error("unknown-value", f"this table: kind cannot be '{kind}'.", place, fix))
        return None
    try:
        known = TableHead.model_validate({key: value for key, value in head.items() if key != "rows"})
    except ValidationError as invalid:
        found.extend(translate(invalid, head, document, (), "this table", TableHead))
        known = _repaired_head(head, path)
    table = Table(path.removesuffix(".yml"), path, kind, known.title, known.summary, known.layer, known.order)
    rows, indexes = [], []
    for index, data in enumerate(_list(head, "rows", document, found)):
        row = _row(kind, data, index, document, found)
        if row is not None:
            rows.append(row)
            indexes.append(index)
    return replace(table, rows=tuple(rows), indexes=tuple(indexes))


def _refused(space: str, written: Any, text: str, kept: set[str]) -> frozenset[tuple[str, str]]:
    """The ids of rows that are not kept; of rows that are no list, those that stand in the text."""
    rows = isinstance(written, list)
    ids = [data.get("id") for data in written if isinstance(data, dict)] if rows else _IDS.findall(text)
    return frozenset((space, one) for one in ids if isinstance(one, str) and one not in kept)


def _repaired_head(head: dict[str, Any], path: str) -> TableHead:
    """A head that lets the rows be read although the table's own fields are wrong."""
    folder = path.partition("/")[0]
    layer = folder if folder in get_args(Section) else "reference"
    name = PurePosixPath(path).stem
    return TableHead(kind=str(head.get("kind")), title=name, summary=name, layer=layer)


def _row(kind: str, data: Any, index: int, document: Document, found: list[Diagnostic]) -> Row | None:
    model = KINDS[kind]
    try:
        return model.model_validate(data)
    except ValidationError as invalid:
        found.extend(translate(invalid, data, document, ("rows", index), _subject(data, index), model))
        return None


def _subject(data: Any, index: int) -> str:
    name = data.get("id") or data.get("name") if isinstance(data, dict) else None
    return str(name) if isinstance(name, str) else f"row {index + 1}"


def _list(head: dict[str, Any], key: str, document: Document, found: list[Diagnostic]) -> list[Any]:
    value = head.get(key)
    if isinstance(value, list) and value:
        return value
    message = f"this table: '{key}' must be a list with at least one entry."
    found.append(
        error(
            "not-a-table", message, document.locate(key, key=True), f"add '{key}:' and rows that start with '- id: …'."
        )
    )
    return []

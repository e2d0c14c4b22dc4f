"""Relations between rows: every id leads somewhere, no way leads back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from deepdive.diagnostic import Diagnostic, error, warning
from deepdive.load.corpus import Corpus
from deepdive.load.faults import did_you_mean
from deepdive.model.accelerator import Accelerator
from deepdive.model.architecture import Architecture
from deepdive.model.catalog import CATEGORY, Catalog, Table, namespace
from deepdive.model.columns import columns, value_at
from deepdive.model.row import PAPER_SOURCE, WEB, Row
from deepdive.model.tool import Tool

# Fields that lead from a row to one of its own kind, and never back.
_PARENTS = ("part_of", "built_on", "successor")


def categories_exist(corpus: Corpus) -> Iterator[Diagnostic]:
    """A tool's categories stand in the taxonomy, its own in the layer of its table."""
    categories = corpus.catalog.categories
    for table, position, row in corpus.rows_of(Tool):
        if row.category in categories and categories[row.category].layer != table.layer:
            layer = categories[row.category].layer
            place = corpus.locate(table, position, "category")
            yield error(
                "wrong-layer",
                f"{row.id}: the category '{row.category}' belongs to the layer {layer}.",
                place,
                f"move the row to a table of docs/{layer}/, or choose a category of {table.layer}.",
            )
        for path, name in [
            (("category",), row.category),
            *((("also_in", index), one) for index, one in enumerate(row.also_in)),
        ]:
            if name not in categories and (CATEGORY, name) not in corpus.catalog.refused:
                fix = did_you_mean(name, categories) or "choose an id of docs/reference/taxonomy.yml."
                yield error(
                    "unknown-category",
                    f"{row.id}: there is no category '{name}'.",
                    corpus.locate(table, position, *path),
                    fix,
                )


def referred_rows_exist(corpus: Corpus) -> Iterator[Diagnostic]:
    """Every id that names a tool, work, term, accelerator or architecture names one."""
    catalog = corpus.catalog
    for table, position, row in corpus.rows_of(Row):
        for path, kind, name in _pointers(table, row):
            if name in catalog.by_kind[kind] or (namespace(kind), name) in catalog.refused:
                continue
            word = kind.removesuffix("s")
            yield error(
                "unknown-id",
                f"{row.id}: there is no {word} '{name}'.",
                corpus.locate(table, position, *path),
                did_you_mean(name, catalog.by_kind[kind]) or f"add the {word}, or remove the id.",
            )


def _pointers(table: Table, row: Row) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Where each id in a row stands, the kind of row it names, and the id."""
    for index, source in enumerate(row.sources):
        if isinstance(source, str) and (match := PAPER_SOURCE.fullmatch(source)):
            yield ("sources", index), "papers", match[1]
    for column in columns(table.kind).values():
        if column.points_to in ("", WEB):
            continue
        value = value_at(row, column.path)
        if isinstance(value, tuple):
            for index, name in enumerate(value):
                yield (column.path, index), column.points_to, name
        elif value:
            yield (column.path,), column.points_to, value


def no_row_names_itself(corpus: Corpus) -> Iterator[Diagnostic]:
    """A row is not its own alternative, successor, part or see-also."""
    for table, position, row in corpus.rows_of(Row):
        for path, kind, name in _pointers(table, row):
            if kind == table.kind and name == row.id:
                place = corpus.locate(table, position, *path)
                yield error("self-reference", f"{row.id} names itself under {path[0]}.", place, "remove it.")


def architectures_are_listed(corpus: Corpus) -> Iterator[Diagnostic]:
    """An accelerator's architecture is one of its vendor's, when architectures of that vendor are listed."""
    listed: dict[str, set[str]] = defaultdict(set)
    for _, _, architecture in corpus.rows_of(Architecture):
        listed[architecture.vendor] |= {architecture.name, *architecture.aliases}
    for table, position, row in corpus.rows_of(Accelerator):
        known = listed.get(row.vendor)
        if known and row.architecture and row.architecture not in known:
            yield warning(
                "unknown-id",
                f"{row.id}: no architecture of {row.vendor} is called '{row.architecture}'.",
                corpus.locate(table, position, "architecture"),
                did_you_mean(row.architecture, known) or "add the architecture, or an alias of it.",
            )


def alternatives_are_written_once(corpus: Corpus) -> Iterator[Diagnostic]:
    """Alternatives hold in both directions, so a pair is written once."""
    written: set[tuple[str, str]] = set()
    for table, position, row in corpus.rows_of(Tool):
        for index, other in enumerate(row.alternatives):
            pair = (min(row.id, other), max(row.id, other))
            if pair in written:
                yield warning(
                    "alternative-twice",
                    f"{row.id}: the pair with '{other}' is written already.",
                    corpus.locate(table, position, "alternatives", index),
                    "remove one: alternatives hold in both directions.",
                )
            written.add(pair)


def parents_have_no_cycle(corpus: Corpus) -> Iterator[Diagnostic]:
    """``part_of``, ``built_on`` and ``successor`` lead somewhere, never back."""
    for table, position, row in corpus.rows_of(Row):
        for field in _PARENTS:
            if field not in columns(table.kind):
                continue
            way = _way_back(row.id, field, table.kind, corpus.catalog)
            if way:
                message = f"{row.id}: {field} runs in a circle: {' → '.join(way)}."
                yield error("circular-reference", message, corpus.locate(table, position, field), "remove one step.")


def _way_back(start: str, field: str, kind: str, catalog: Catalog) -> list[str]:
    """The ids from a row back to itself, of two steps or more; empty when there is no such way."""
    rows = catalog.by_kind[kind]
    ways = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        value = getattr(rows[way[-1]][1], field) if way[-1] in rows else ()
        for step in value if isinstance(value, tuple) else (value,) if value else ():
            if step == start and len(way) > 1:
                return [*way, start]
            if step not in seen and step != start:
                seen.add(step)
                ways.append([*way, step])
    return []

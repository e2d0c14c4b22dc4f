"""Relations between rows: every id leads somewhere, no way leads back."""

from __future__ import annotations

from collections.abc import Iterator

from deepdive.diagnostic import Diagnostic, error, warning
from deepdive.load.corpus import Corpus
from deepdive.load.faults import did_you_mean
from deepdive.model.accelerator import Accelerator
from deepdive.model.row import PAPER_SOURCE, Row
from deepdive.model.term import Term
from deepdive.model.tool import Tool


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
            if name not in categories:
                fix = did_you_mean(name, categories) or "choose an id of docs/reference/taxonomy.yml."
                yield error(
                    "unknown-category",
                    f"{row.id}: there is no category '{name}'.",
                    corpus.locate(table, position, *path),
                    fix,
                )


def tools_referred_to_exist(corpus: Corpus) -> Iterator[Diagnostic]:
    """Every id that names a tool names one."""
    tools = corpus.catalog.tools
    for table, position, row in corpus.rows_of(Row):
        for path, name in _tool_ids(row):
            if name not in tools and ("tool", name) not in corpus.catalog.refused:
                fix = did_you_mean(name, tools) or "add the tool, or remove the id."
                yield error(
                    "unknown-id", f"{row.id}: there is no tool '{name}'.", corpus.locate(table, position, *path), fix
                )


def _tool_ids(row: Row) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(row, Accelerator) and row.software:
        yield ("software",), row.software
    if isinstance(row, Tool):
        for field in ("successor", "part_of"):
            if name := getattr(row, field):
                yield (field,), name
        for field in ("alternatives", "works_with", "built_on"):
            for index, name in enumerate(getattr(row, field)):
                yield (field, index), name


def alternatives_are_others(corpus: Corpus) -> Iterator[Diagnostic]:
    """A tool is not its own alternative, and a pair is written once."""
    written: set[tuple[str, str]] = set()
    for table, position, row in corpus.rows_of(Tool):
        for index, other in enumerate(row.alternatives):
            place = corpus.locate(table, position, "alternatives", index)
            if other == row.id:
                yield error("self-reference", f"{row.id} names itself as an alternative.", place, "remove it.")
            pair = (min(row.id, other), max(row.id, other))
            if pair in written:
                yield warning(
                    "alternative-twice",
                    f"{row.id}: the pair with '{other}' is written already.",
                    place,
                    "remove one: alternatives hold in both directions.",
                )
            written.add(pair)


def parents_have_no_cycle(corpus: Corpus) -> Iterator[Diagnostic]:
    """``part_of``, ``built_on`` and ``successor`` lead somewhere, never back."""
    tools = corpus.catalog.tools
    for table, position, row in corpus.rows_of(Tool):
        for field in ("part_of", "built_on", "successor"):
            way = _way_back(row.id, field, tools)
            if way:
                message = f"{row.id}: {field} runs in a circle: {' → '.join(way)}."
                yield error("circular-reference", message, corpus.locate(table, position, field), "remove one step.")


def _way_back(start: str, field: str, tools: dict[str, Tool]) -> list[str]:
    ways = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        value = getattr(tools[way[-1]], field) if way[-1] in tools else ()
        for step in value if isinstance(value, tuple) else (value,) if value else ():
            if step == start:
                return [*way, start]
            if step not in seen:
                seen.add(step)
                ways.append([*way, step])
    return []


def terms_referred_to_exist(corpus: Corpus) -> Iterator[Diagnostic]:
    """``see_also`` leads to other terms."""
    terms = corpus.catalog.terms
    for table, position, row in corpus.rows_of(Term):
        for index, name in enumerate(row.see_also):
            place = corpus.locate(table, position, "see_also", index)
            if name == row.id:
                yield error("self-reference", f"{row.id} sends readers to itself.", place, "remove it.")
            elif name not in terms and ("term", name) not in corpus.catalog.refused:
                yield error(
                    "unknown-id",
                    f"{row.id}: there is no term '{name}'.",
                    place,
                    did_you_mean(name, terms) or "add the term, or remove the id.",
                )


def cited_papers_exist(corpus: Corpus) -> Iterator[Diagnostic]:
    """``paper:<id>`` in sources, and a tool's ``paper``, name a row of a papers table."""
    papers = corpus.catalog.papers
    for table, position, row in corpus.rows_of(Row):
        names: list[tuple[tuple[str | int, ...], str]] = []
        for index, source in enumerate(row.sources):
            if isinstance(source, str) and (match := PAPER_SOURCE.fullmatch(source)):
                names.append((("sources", index), match[1]))
        if isinstance(row, Tool) and row.paper:
            names.append((("paper",), row.paper))
        for path, name in names:
            if name not in papers and ("paper", name) not in corpus.catalog.refused:
                fix = did_you_mean(name, papers) or "add the paper, or cite its address."
                yield error(
                    "unknown-id", f"{row.id}: there is no paper '{name}'.", corpus.locate(table, position, *path), fix
                )

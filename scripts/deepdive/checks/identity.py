"""Names that must be told apart: ids, repositories, aliases; and rows where they belong."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from deepdive.diagnostic import Diagnostic, error, warning
from deepdive.load.corpus import Corpus
from deepdive.load.views import sort_rows
from deepdive.model.catalog import Table, namespace, sections
from deepdive.model.row import Row
from deepdive.model.tool import Tool


def folded(text: str) -> str:
    """Text as readers confuse it: NFC, case folded."""
    return unicodedata.normalize("NFC", text).casefold()


def ids_are_unique(corpus: Corpus) -> Iterator[Diagnostic]:
    """An id stands once in its namespace."""
    seen: dict[tuple[str, str], tuple[Table, int]] = {}
    for table in corpus.catalog.tables:
        for position, row in enumerate(table.rows):
            key = (namespace(table.kind), folded(row.id))
            if key in seen:
                message = f"the id '{row.id}' is taken by the row at {corpus.locate(*seen[key], 'id')}."
                place = corpus.locate(table, position, "id")
                yield error("duplicate-id", message, place, "choose another id, or merge the rows.")
            seen.setdefault(key, (table, position))


def repositories_are_unique(corpus: Corpus) -> Iterator[Diagnostic]:
    """A repository belongs to one tool, unless a folder in it is named."""
    seen: dict[tuple[str, str], str] = {}
    for table in corpus.catalog.tables:
        for position, row in enumerate(table.rows):
            if isinstance(row, Tool) and row.repo:
                key = (_repository(row), (row.path or "").strip("/"))
                if key in seen:
                    message = f"{row.id}: the repository {row.repo} is that of '{seen[key]}' already."
                    yield error(
                        "duplicate-repo",
                        message,
                        corpus.locate(table, position, "repo"),
                        "merge the rows, or name the folder with path.",
                    )
                seen.setdefault(key, row.id)


def _repository(tool: Tool) -> str:
    """One text for a repository, however its address is written."""
    address = (tool.repo_url or "").removesuffix(f"/tree/HEAD/{tool.path}").partition("#")[0]
    return folded(address).removeprefix("https://").removeprefix("www.").rstrip("/").removesuffix(".git")


def aliases_are_unique(corpus: Corpus) -> Iterator[Diagnostic]:
    """A name or alias leads to one tool."""
    taken: dict[str, str] = {}
    for table, position, row in corpus.rows_of(Tool):
        owner = taken.setdefault(folded(row.name), row.id)
        if owner != row.id:
            yield error(
                "duplicate-alias",
                f"{row.id}: the name '{row.name}' is that of '{owner}' already.",
                corpus.locate(table, position, "name"),
                "merge the rows, or add to each name what tells them apart.",
            )
    for table, position, row in corpus.rows_of(Tool):
        for index, alias in enumerate(row.aliases):
            if other := taken.get(folded(alias)):
                place = corpus.locate(table, position, "aliases", index)
                whose = "its own name" if other == row.id else f"a name of '{other}'"
                yield error(
                    "duplicate-alias",
                    f"{row.id}: the alias '{alias}' is {whose} already.",
                    place,
                    "remove it from one of them.",
                )
            taken.setdefault(folded(alias), row.id)


def layer_is_the_folder(corpus: Corpus) -> Iterator[Diagnostic]:
    """A table stands in the folder of its layer, and its kind may stand there."""
    for table in corpus.catalog.tables:
        folder = table.path.partition("/")[0]
        if table.layer != folder:
            place = corpus.documents[table.id].locate("layer")
            yield error(
                "wrong-layer",
                f"the table says layer '{table.layer}' and stands in '{folder}'.",
                place,
                f"write layer: {folder}, or move the file.",
            )
        elif folder not in sections(table.kind):
            yield error(
                "wrong-layer",
                f"a table of kind {table.kind} does not stand in '{folder}'.",
                corpus.documents[table.id].locate("layer"),
                f"move it to {' or '.join(f'docs/{one}/' for one in sections(table.kind))}.",
            )


def rows_are_in_order(corpus: Corpus) -> Iterator[Diagnostic]:
    """Rows stand in alphabetical order, so that two contributions rarely touch the same line."""
    for table in corpus.catalog.tables:
        if table.order != "name":
            continue
        wanted: list[Row] = [row for _, row in sort_rows([(table, row) for row in table.rows], "name")]
        for position, (row, right) in enumerate(zip(table.rows, wanted, strict=True)):
            if row is not right:
                place = corpus.locate(table, position, "name")
                yield warning(
                    "row-order",
                    f"'{right.name}' belongs here, before '{row.name}': rows stand in order of name.",
                    place,
                    f"move the row '{right.id}' up.",
                )
                break

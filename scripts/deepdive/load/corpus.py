"""Everything a docs folder holds, read once: files, tables, pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from deepdive.diagnostic import Diagnostic, Location
from deepdive.load.files import Files, list_files
from deepdive.load.pages import Page, read_page
from deepdive.load.redirects import REDIRECTS, Redirects, load_redirects
from deepdive.load.references import Reference, references
from deepdive.load.tables import load_catalog
from deepdive.model.catalog import Catalog, Table
from deepdive.model.places import SHARED_PAGES, table_page, tool_page
from deepdive.model.row import Row
from deepdive.parallel import Ahead
from deepdive.store import Store
from deepdive.yaml_source import Document

R = TypeVar("R", bound=Row)


@dataclass
class Corpus:
    """A docs folder as data. ``diagnostics`` are what reading found; checks add theirs."""

    root: Path
    files: Files
    catalog: Catalog
    documents: dict[str, Document]
    pages: dict[str, Page]
    diagnostics: list[Diagnostic] = field(default_factory=list)
    store: Store = field(default_factory=lambda: Store(None))
    """Where a check may keep what took it long."""
    redirects: Redirects = field(default_factory=Redirects)
    diagrams_ahead: Ahead[dict[str, dict[str, Any]]] | None = None
    """Verdicts on diagrams, by their text, for which somebody began to ask before the rest was read."""

    @cached_property
    def page_paths(self) -> frozenset[str]:
        """Every page the site has: those written by hand, and those made of rows."""
        tables = (table_page(table) for table in self.catalog.tables if table.kind not in SHARED_PAGES)
        return frozenset([*self.pages, *map(tool_page, self.catalog.tools), *tables])

    @cached_property
    def references(self) -> dict[str, tuple[Reference, ...]]:
        """References to data, by page path."""
        return {path: references(page) for path, page in self.pages.items()}

    @cached_property
    def mentions(self) -> dict[str, tuple[str, ...]]:
        """Pages whose prose links to a tool, by tool id."""
        found: dict[str, list[str]] = defaultdict(list)
        for path, ones in self.references.items():
            for one in ones:
                if one.scheme == "tool" and path not in found[one.target]:
                    found[one.target].append(path)
        return {tool: tuple(paths) for tool, paths in found.items()}

    def rows_of(self, shape: type[R]) -> Iterator[tuple[Table, int, R]]:
        """Every row of a shape, with its table and its position among the table's kept rows."""
        for table in self.catalog.tables:
            for position, row in enumerate(table.rows):
                if isinstance(row, shape):
                    yield table, position, row

    def locate(self, table: Table, position: int, *path: str | int, key: bool = False) -> Location:
        """The place of a field of the ``position``-th kept row of a table."""
        return self.documents[table.id].locate("rows", table.indexes[position], *path, key=key)


def load_corpus(
    docs: Path,
    root: Path,
    tables: bool = True,
    store: Store | None = None,
    drafts: Mapping[str, bytes] | None = None,
) -> Corpus:
    """Read ``docs``; paths in diagnostics are relative to ``root``.

    ``tables`` False leaves YAML files alone: in another project they are not ours to judge.
    ``drafts`` are texts of files that are not written yet, by path below ``docs``.
    """
    files = list_files(docs, root)
    files.drafts = drafts or {}
    if not tables:
        files.tables.clear()
        files.diagnostics = [one for one in files.diagnostics if one.code not in ("yaml-suffix", "page-suffix")]
    redirects, moves = load_redirects(files, store or Store(None))
    files.tables = [path for path in files.tables if path != REDIRECTS]
    catalog, documents, found = load_catalog(files, store or Store(None))
    found.extend(moves)
    pages: dict[str, Page] = {}
    for path in files.pages:
        page, problems = read_page(files, path)
        found.extend(problems)
        if page is not None:
            pages[path] = page
    found = [*files.diagnostics, *found]
    return Corpus(root, files, catalog, documents, pages, found, store or Store(None), redirects)


def read_further(corpus: Corpus, paths: Iterable[str]) -> None:
    """Read also those of the pages that ``load_corpus`` leaves out: behind symbolic links, or of another suffix."""
    for path in sorted(set(paths) - set(corpus.files.pages)):
        if (corpus.files.docs / path).is_file():
            corpus.files.pages.append(path)
            page, problems = read_page(corpus.files, path)
            corpus.diagnostics.extend(problems)
            if page is not None:
                corpus.pages[path] = page

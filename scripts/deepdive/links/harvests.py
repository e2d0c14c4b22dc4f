"""What each page holds for its readers, rendered once for all that ask, and kept while nothing it shows has changed."""

from __future__ import annotations

import dataclasses
import posixpath
import re
from collections.abc import Callable, Collection, Iterator
from functools import cache

from deepdive.links.harvest import Harvest, harvest
from deepdive.links.rendered import PageAddress, Project
from deepdive.load.corpus import Corpus
from deepdive.load.fences import fences
from deepdive.load.pages import Page
from deepdive.load.targets import named_files
from deepdive.model.columns import columns
from deepdive.model.row import WEB
from deepdive.parallel import spread
from deepdive.store import Store, digest
from deepdive.unchanged import edition, reaches_out

# Fences of ours whose HTML depends on their own text alone.
_SELF_CONTAINED = frozenset({"mermaid"})

Fingerprint = Callable[[PageAddress], str | None]


class Harvests:
    """Harvests by page. ``fingerprint`` gives a page's key, None for one that is not kept."""

    def __init__(
        self,
        project: Project,
        store: Store | None = None,
        fingerprint: Fingerprint | None = None,
        progress: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.project = project
        self.store = store or Store(None)
        self.fingerprint = fingerprint or (lambda page: None)
        self.progress = progress
        self.known: dict[str, Harvest] = {}
        if not project.stateless:
            for page in project.pages:
                self.of(page)

    def prepare(self, paths: Collection[str]) -> None:
        """Have the harvests of these pages ready, rendered on all processors where pages keep no state."""
        if not self.project.stateless:
            return
        pages = [page for page in self.project.pages if page.path in paths and page.path not in self.known]
        absent = []
        for page in pages:
            kept = self._kept(page)
            if kept:
                self.known[page.path] = kept
            else:
                absent.append(page)
        if absent:
            self.progress(f"rendering {absent[0].path}" + (f" and {len(absent) - 1} more" if absent[1:] else ""))
            for page, found in zip(absent, spread(self._rendered, absent), strict=True):
                self.known[page.path] = found
                self._keep(page, found)

    def of(self, page: PageAddress) -> Harvest:
        """The harvest of a page."""
        if page.path not in self.known:
            self.known[page.path] = self._kept(page) or self._fresh(page)
        return self.known[page.path]

    def _kept(self, page: PageAddress) -> Harvest | None:
        key = self.fingerprint(page)
        data = self.store.get(key) if key else None
        try:
            return _from_json(data) if data is not None else None
        except (TypeError, ValueError, KeyError):
            return None

    def _fresh(self, page: PageAddress) -> Harvest:
        self.progress(f"rendering {page.path}")
        found = self._rendered(page)
        self._keep(page, found)
        return found

    def _rendered(self, page: PageAddress) -> Harvest:
        rendered = self.project.render(page)
        return harvest(rendered.html, rendered.failure)

    def _keep(self, page: PageAddress, found: Harvest) -> None:
        key = self.fingerprint(page)
        if key and not found.failure:
            self.store.put(key, {**dataclasses.asdict(found), "ids": sorted(found.ids)})


def _from_json(data: dict[str, object]) -> Harvest:
    found = Harvest(**data)  # type: ignore[arg-type]
    found.ids = set(found.ids)
    found.links = [(str(tag), str(name), str(value)) for tag, name, value in found.links]
    return found


def fingerprints(corpus: Corpus, project: Project, config: bytes, languages: frozenset[str]) -> Fingerprint:
    """Keys over all that shapes a page: the program, the configuration, its text, and the data it shows or names.

    ``languages``: the fences that are rendered from data.

    A page of which only the neighbours changed keeps its key: of the other files, only whether each
    that it links to exists counts. Under a configuration that draws on other files no page has a key.
    """
    if reaches_out(config):
        return lambda address: None
    program = digest(edition(), config)
    tables = {name: digest(document.text) for name, document in corpus.documents.items()}
    everything = digest(*(f"{name}={value}" for name, value in sorted(tables.items())), *sorted(corpus.pages))
    # Of an excluded file the renderer knows the address, too.
    present = {page.path for page in project.pages} | set(project.others.values()) | project.excluded

    @cache
    def called(kind: str) -> str:
        return digest(*(f"{table.id}#{row.id}={row.name}" for table, row in corpus.catalog.rows(kind)))

    def led_to(named: tuple[str, ...]) -> list[str]:
        return [called(kind) for kind in _kinds_led_to(named, corpus)]

    def key(address: PageAddress) -> str | None:
        page = corpus.pages.get(address.path)
        if page is None:
            return digest(program, address.path, address.url, everything) if address.generated else None
        shown = sorted(set(_shown(page, corpus, tables, everything, languages, led_to)))
        return digest(
            program, address.path, address.url, page.text, *shown, "links", *sorted(named_files(page) & present)
        )

    return key


def _shown(
    page: Page,
    corpus: Corpus,
    tables: dict[str, str],
    everything: str,
    languages: frozenset[str],
    led_to: Callable[[tuple[str, ...]], list[str]],
) -> Iterator[str]:
    for reference in corpus.references[page.path]:
        scheme = reference.scheme
        row = reference.target.partition(".")[0] if scheme == "fact" else reference.target
        home = corpus.catalog.home.get((scheme, row))
        yield tables[home.id] if home else f"missing {scheme}:{row}"
    for fence in fences(page.body):
        if fence.language == "table" and (named := tuple(name for name in tables if name in fence.content)):
            yield from (tables[name] for name in named)
            yield from led_to(named)  # where each row stands that a cell may link to, and what it is called
        elif fence.language == "example":
            yield from _example(page, fence.content, corpus)
        elif fence.language in languages - _SELF_CONTAINED:
            yield everything


def _kinds_led_to(named: tuple[str, ...], corpus: Corpus) -> list[str]:
    """The kinds of rows that cells of these tables may link to."""
    kinds = {corpus.catalog.table_by_id[name].kind for name in named if name in corpus.catalog.table_by_id}
    leads = {column.points_to for kind in kinds for column in columns(kind).values()} - {"", WEB}
    # A cell of sources leads to papers, whatever the kind.
    return sorted(leads | {"papers"})


def _example(page: Page, content: str, corpus: Corpus) -> Iterator[str]:
    for name in re.findall(r"[\w./-]+\.py", content):
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), name))
        for file in (path, path.removesuffix(".py") + ".out"):
            if file in corpus.files.others:
                try:
                    yield digest((corpus.files.docs / file).read_bytes())
                except OSError:
                    yield f"unreadable {file}"

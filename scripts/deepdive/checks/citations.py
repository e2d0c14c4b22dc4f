"""One source, one name: the same address is not cited under two titles, and a work with a row is cited by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import urlsplit

from deepdive.diagnostic import Diagnostic, Location, error, warning
from deepdive.load.corpus import Corpus
from deepdive.model.row import Source


def sources_have_one_name(corpus: Corpus) -> Iterator[Diagnostic]:
    """An address that is cited twice is cited under one title."""
    first: dict[str, tuple[str, Callable[[], Location]]] = {}
    for url, title, place in _titled(corpus):
        known, where = first.setdefault(_folded(url), (title, place))
        if known.casefold() != title.casefold():
            yield warning(
                "source-renamed",
                f"the source is called '{title}' here and '{known}' at {where()}.",
                place(),
                f"write '{known}' at both places, or cite the part that differs.",
            )


def works_are_cited_by_row(corpus: Corpus) -> Iterator[Diagnostic]:
    """A page cites a work of the papers tables by ``paper:``, so that its reference is written once."""
    rows = {}
    for paper in corpus.catalog.papers.values():
        for url in (
            paper.address,
            f"https://arxiv.org/abs/{paper.arxiv}" if paper.arxiv else "",
            f"https://doi.org/{paper.doi}" if paper.doi else "",
        ):
            if url:
                rows[_folded(url)] = paper
    for page in corpus.pages.values():
        for index, source in enumerate(page.sources):
            address = source.get("url") if isinstance(source, dict) else None
            work = rows.get(_folded(str(address))) if address else None
            if work and page.front:
                yield error(
                    "source-is-paper",
                    f"the source is the work '{work.id}' of the papers tables.",
                    page.front.locate("sources", index),
                    f"remove it and cite [{work.citation}](paper:{work.id}) in the text.",
                )


def _titled(corpus: Corpus) -> Iterator[tuple[str, str, Callable[[], Location]]]:
    for page in corpus.pages.values():
        for index, source in enumerate(page.sources):
            if isinstance(source, dict) and source.get("url") and source.get("title") and page.front:
                yield str(source["url"]), str(source["title"]), partial(page.front.locate, "sources", index)
    for table in corpus.catalog.tables:
        for position, row in enumerate(table.rows):
            for index, source in enumerate(row.sources):
                if isinstance(source, Source) and source.title:
                    yield source.url, source.title, partial(corpus.locate, table, position, "sources", index)


def _folded(url: str) -> str:
    """An address as one document: without scheme, ``www.`` and a closing slash; a fragment names a part of it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url  # that it is no address is said elsewhere
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}?{parts.query}#{parts.fragment}"

"""Every external address of a corpus, once, with each place it stands at."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from deepdive.diagnostic import Location
from deepdive.links.locate import Locator
from deepdive.links.probe.policy import Policy
from deepdive.links.probe.spelling import Refused, Spelled, spell
from deepdive.load.corpus import Corpus
from deepdive.load.pages import Page
from deepdive.model.open_model import OpenModel
from deepdive.model.paper import Paper
from deepdive.model.tool import Tool

_ADDRESS = re.compile(r"https?://\S+", re.I)
_WEIGHTS_AT = {"huggingface": "https://huggingface.co/", "github": "https://github.com/"}
_GITHUB = re.compile(r"https://(?:www\.)?github\.com/([\w-]+)/([\w.-]+?)(?:\.git)?/?", re.I)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address stands. ``start``/``end`` bound its text when it stands there literally (else -1).

    ``form`` is how it is written there: an ``address``, or ``repo`` for ``github:owner/name``.
    """

    location: Location
    start: int = -1
    end: int = -1
    form: str = "address"


@dataclass(frozen=True, slots=True)
class Repository:
    """A row that names a GitHub repository."""

    slug: str
    row: str
    status: str
    place: Place


@dataclass(slots=True)
class Linked:
    """One address and its places."""

    spelled: Spelled
    places: list[Place] = field(default_factory=list)


@dataclass(slots=True)
class Collected:
    """All addresses by normal form; those that are never asked, as written; rows with repositories."""

    linked: dict[str, Linked] = field(default_factory=dict)
    refused: list[tuple[str, Refused, Place]] = field(default_factory=list)
    repositories: list[Repository] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Shard:
    """Part ``number`` of ``count``: every host belongs to exactly one, on every machine the same."""

    number: int = 1
    count: int = 1

    @classmethod
    def parse(cls, text: str) -> Shard:
        """``3/16``. Raises ValueError."""
        found = re.fullmatch(r"(\d{1,4})/(\d{1,4})", text)
        if not found or not 1 <= int(found[1]) <= int(found[2]):
            raise ValueError(f"'{text}' is no shard; write 3/16 for the third of sixteen.")
        return cls(int(found[1]), int(found[2]))

    def holds(self, host: str) -> bool:
        """Whether a host belongs to this part."""
        digest = hashlib.sha256(host.encode()).digest()
        return int.from_bytes(digest[:8]) % self.count == self.number - 1


def collect(corpus: Corpus, policy: Policy, shard: Shard = Shard()) -> Collected:
    """The external addresses of pages, front matter and rows that belong to a shard."""
    collected = Collected()
    for written, place in [*_of_pages(corpus), *_of_tables(corpus)]:
        try:
            spelled = spell(written, policy.ports, policy.refuse)
        except Refused as refused:
            # Refused without a host that could be hashed: the first shard reports it.
            if shard.number == 1:
                collected.refused.append((written, refused, place))
            continue
        if spelled and shard.holds(spelled.host):
            places = collected.linked.setdefault(spelled.url, Linked(spelled)).places
            if place not in places:
                places.append(place)
    if shard.holds("github.com"):
        collected.repositories = list(_repositories(corpus))
    return collected


def github_slug(url: str) -> str:
    """``owner/name`` of a repository's front page; empty for any other address."""
    found = _GITHUB.fullmatch(url.partition("#")[0])
    return (
        f"{found[1]}/{found[2]}"
        if found and found[1].lower() not in ("orgs", "topics", "sponsors", "features", "about")
        else ""
    )


def _of_pages(corpus: Corpus) -> Iterator[tuple[str, Place]]:
    for _, page in sorted(corpus.pages.items()):
        by_start: dict[int, str] = {}
        for form, starts in Locator(page).targets.items():
            for start in starts:
                # A locator also knows each target unquoted; the longer form is the one that is written.
                if len(form) >= len(by_start.get(start, "")):
                    by_start[start] = form
        for start, written in sorted(by_start.items()):
            literal = page.text.startswith(written, start)
            end = start + len(written) if literal else -1
            yield written, Place(page.locate(start), start if literal else -1, end)
        yield from _of_front_matter(page)


def _of_front_matter(page: Page) -> Iterator[tuple[str, Place]]:
    if page.front is None:
        return
    for path, text in _strings(page.meta):
        yield text, _place(page.front.locate(*path), page.text, text)


def _of_tables(corpus: Corpus) -> Iterator[tuple[str, Place]]:
    for name, document in sorted(corpus.documents.items()):
        for path, text in _strings(document.data):
            yield text, _place(document.locate(*path), document.text, text)
        table = corpus.catalog.table_by_id.get(name)
        for position, row in enumerate(table.rows if table else ()):
            assert table is not None
            for field_name, url in _derived(row):
                location = corpus.locate(table, position, field_name)
                written = str(getattr(row, field_name))
                yield url, _place(location, document.text, written, form="repo" if field_name == "repo" else "derived")


def _strings(data: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every address among the values of some YAML. Nesting is limited where YAML is read."""
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in entries:
        if isinstance(value, str) and _ADDRESS.fullmatch(value):
            yield (key,), value
        for path, text in _strings(value):
            yield (key, *path), text


def _derived(row: object) -> Iterator[tuple[str, str]]:
    """Addresses that a row names in a short form."""
    if isinstance(row, Tool) and row.repo and row.repo_url and row.repo_url != row.repo:
        yield "repo", row.repo_url
    elif isinstance(row, OpenModel) and row.weights and not _ADDRESS.match(row.weights):
        forge, _, slug = row.weights.partition(":")
        if forge in _WEIGHTS_AT:
            yield "weights", _WEIGHTS_AT[forge] + slug
    elif isinstance(row, Paper):
        if row.arxiv:
            yield "arxiv", f"https://arxiv.org/abs/{row.arxiv}"
        if row.doi:
            yield "doi", f"https://doi.org/{row.doi}"


def _repositories(corpus: Corpus) -> Iterator[Repository]:
    for table in corpus.catalog.tables:
        for position, row in enumerate(table.rows):
            if not isinstance(row, Tool) or not row.repo:
                continue
            short = row.repo.startswith("github:")
            slug = row.repo.removeprefix("github:") if short else github_slug(row.repo)
            if slug.count("/") == 1:
                text = corpus.documents[table.id].text
                place = _place(corpus.locate(table, position, "repo"), text, row.repo, "repo" if short else "address")
                yield Repository(slug, row.id, row.status, place)


def _place(location: Location, text: str, written: str, form: str = "address") -> Place:
    """The place of a YAML value, with its offsets when the text stands there as it is."""
    start = 0
    for _ in range(location.line - 1):
        start = text.find("\n", start) + 1
    start += location.column - 1
    if text[start : start + 1] in ("'", '"'):
        start += 1
    if form == "derived" or not text.startswith(written, start):
        return Place(location, form=form)
    return Place(location, start, start + len(written), form)

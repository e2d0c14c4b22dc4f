"""What an export needs of a site."""

from __future__ import annotations

from typing import Protocol

from deepdive.load.corpus import Corpus
from deepdive.model.catalog import Catalog


class Published(Protocol):
    """A site whose data and texts are published in further forms (``deepdive.pipeline.Site`` is one)."""

    @property
    def corpus(self) -> Corpus:
        """Files, pages and rows as they were read."""
        ...

    @property
    def catalog(self) -> Catalog:
        """The rows."""
        ...

    @property
    def texts(self) -> dict[str, tuple[str, str, str]]:
        """Title, description and Markdown of every page, by path."""
        ...

    def example(self, page: str, name: str) -> tuple[str | None, str | None]:
        """Code and recorded output of an example; None for what is missing."""
        ...

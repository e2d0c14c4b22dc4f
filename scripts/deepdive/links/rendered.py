"""What a renderer hands to the link checks: a project whose pages are rendered when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page as the reader gets it: HTML of its content (empty when it could not be rendered; ``failure`` says why)."""

    html: str
    failure: str = ""


@dataclass(frozen=True, slots=True)
class PageAddress:
    """One page: source path below docs, address below the site, and whether it was made from data."""

    path: str
    url: str
    generated: bool = False


@dataclass(frozen=True, slots=True)
class Project:
    """A project in memory.

    ``others``: further files by address, with their source path. ``excluded``: source paths that are
    not published. ``unlisted``: pages that the navigation of mkdocs.yml leaves out and ``not_in_nav``
    does not name. ``absolute_from_docs``: a link that begins with ``/`` is written from the docs folder,
    wherever the site is published. ``render`` renders one page; ``stateless`` says that pages may be rendered in any
    order and some not at all, which a stranger's plugins do not promise.
    """

    docs: Path
    pages: tuple[PageAddress, ...]
    others: dict[str, str]
    excluded: frozenset[str]
    unlisted: tuple[str, ...]
    site_url: str
    absolute_from_docs: bool
    stateless: bool
    render: Callable[[PageAddress], RenderedPage]

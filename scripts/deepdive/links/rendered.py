"""What a renderer hands to the link checks: pages as the reader gets them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """One page: source path below docs, address below the site, HTML of its content (empty when it could not be rendered; ``failure`` says why)."""

    path: str
    url: str
    html: str
    generated: bool = False
    failure: str = ""


@dataclass(frozen=True, slots=True)
class RenderedProject:
    """A project in memory. ``others``: further files by address, with their source path."""

    docs: Path
    pages: tuple[RenderedPage, ...]
    others: dict[str, str]
    excluded: frozenset[str]
    directory_urls: bool
    site_url: str

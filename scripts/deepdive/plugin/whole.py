"""Edge: the whole site, its files made on all processors, and everything that is wrong with them."""

from __future__ import annotations

import gzip
import logging
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from mkdocs.utils import get_build_timestamp

from deepdive.parallel import spread
from deepdive.plugin.edition import Edition, open_theme

SITEMAP = "sitemap.xml"
# Judging the whole site takes as long as making a hundred pages, and waits for none of them.
_VERDICT = ""


@dataclass(slots=True)
class Made:
    """What making one file left to be known: what was said, and a page's anchors and links to anchors of other pages."""

    said: list[str] = field(default_factory=list)
    anchors: set[str] | None = None
    links: dict[str, dict[str, str]] | None = None


class _Heard(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(f"{record.levelname}: {record.getMessage()}")


def make_whole(config: MkDocsConfig, target: Path) -> list[str]:
    """Build a project into the empty folder ``target``; every warning that MkDocs, its plugins and our checks have.

    With none, the folder holds byte for byte what ``mkdocs build --strict`` writes. Raises whatever an
    extension or a plugin raises.
    """
    config.site_dir = str(target)
    config.plugins.on_startup(command="build", dirty=False)
    heard, log = _Heard(), logging.getLogger("mkdocs")
    log.addHandler(heard)
    try:
        edition = Edition(config, *open_theme(config))

        def make(path: str) -> Made:
            heard.said.clear()
            if path == _VERDICT:
                edition.plugin.report()
            else:
                edition.make(path)
            file = edition.sources.get(path)
            page = file.page if file else None
            if not isinstance(page, Page):
                return Made(list(heard.said))
            links = {to.src_uri: links for to, links in (page.links_to_anchors or {}).items()}
            return Made(list(heard.said), page.present_anchor_ids, links)

        said = list(heard.said)
        paths = [_VERDICT, *edition.sources, *(path for path in edition.others if path not in edition.sources)]
        made = dict(zip(paths, spread(make, paths), strict=True))
        said += [line for one in made.values() for line in one.said]
        heard.said.clear()
        _judge_anchors(edition, made)
        sitemap = (target / SITEMAP).read_bytes()
        pages = [file.page for file in edition.pages if file.page]
        (target / f"{SITEMAP}.gz").write_bytes(gzip.compress(sitemap, mtime=get_build_timestamp(pages=pages)))
        config.plugins.on_post_build(config=config)
        return said + heard.said
    finally:
        log.removeHandler(heard)


def _judge_anchors(edition: Edition, made: dict[str, Made]) -> None:
    pages: list[tuple[File, Page]] = [
        (file, file.page) for file in edition.sources.values() if isinstance(file.page, Page)
    ]
    for file, page in pages:
        known = made[file.dest_uri]
        page.present_anchor_ids = known.anchors
        found = {edition.files.get_file_from_path(path): links for path, links in (known.links or {}).items()}
        page.links_to_anchors = {to: links for to, links in found.items() if to}
    level = edition.config.validation.links.anchors
    for _, page in pages:
        page.validate_anchor_links(files=edition.files, log_level=level)

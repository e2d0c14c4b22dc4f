"""Edge: MkDocs and ProperDocs. Pages from data, files for programs, search.

The only package that imports ``mkdocs`` (under ProperDocs the same name leads to ProperDocs): the plugin here,
``project`` to read a project in memory, ``preview`` to show one while it is written.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.config.base import Config
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from deepdive import mermaid
from deepdive.checks.silence import silenced
from deepdive.diagnostic import Severity
from deepdive.diagram_scripts import take_over
from deepdive.export.cards import card_path, cards
from deepdive.export.linked_data import defined_terms, linked_tool
from deepdive.export.policy import secure_pages
from deepdive.export.publications import Files as Publications
from deepdive.export.publications import publications
from deepdive.export.redirects import write_redirects
from deepdive.export.search import index_site
from deepdive.export.twins import write_twins
from deepdive.model.places import table_page
from deepdive.pipeline import Site, assemble
from deepdive.store import CACHE, Store

log = logging.getLogger("mkdocs.plugins.deepdive")
EXTENSION = "deepdive.markdown"


class PluginConfig(Config):
    """Options under ``plugins: - deepdive:``."""

    search = Type(bool, default=True)
    """Whether to index the built site with Pagefind."""


class DeepDivePlugin(BasePlugin[PluginConfig]):
    """Assembles the site at the start of each build and hands it to the Markdown extension."""

    site: Site
    exports: Publications
    """The files for programs, by path below the site, each made when it is asked for."""

    store: Store | None = None
    """Where to keep results; by default below the folder of the configuration."""

    lazy = False
    """Set by those who open a project in memory: nothing is reported, and what MkDocs has no source for is named but not made."""

    serving = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether pages are served while they are written."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and judge docs/; findings become warnings, so that ``--strict`` fails on them."""
        docs = Path(config.docs_dir)
        root = root_of(config)
        self.site = assemble(docs, root, self.store or Store(root / CACHE))
        if not self.lazy:
            self.report()
        options = config.mdx_configs.setdefault(EXTENSION, {})
        options.update(site=self.site, page="", meta={})
        config.extra["catalog"] = self.site.catalog
        take_over(config.plugins.events["post_page"])
        config.extra["kept"] = _keeper()
        config.extra["defined_terms"] = partial(defined_terms, self.site.catalog)
        config.extra["linked_tool"] = partial(linked_tool, self.site.catalog)
        return config

    def report(self) -> None:
        """Tell what the checks found."""
        for found in silenced(self.site.corpus, self.site.diagnostics, whole=False):
            level = logging.INFO if found.severity is Severity.NOTE else logging.WARNING
            log.log(level, "%s: %s[%s] %s", found.location, found.severity.label, found.code, found.message)

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the pages and files made from data, and the diagram library the site carries."""
        for path, text in self.site.generated_pages.items():
            # Links lead to them; the navigation may name those it wants.
            files.append(File.generated(config, path, content=text, inclusion=InclusionLevel.NOT_IN_NAV))
        drawn = {} if self.serving else cards(self.site)  # nobody shares a page that is being written
        told = publications(self.site, config.site_url or "", config.site_name, config.site_description or "")
        self.exports = {**told, **drawn}
        for path, make in self.exports.items():
            files.append(File.generated(config, path, content="" if self.lazy else make()))
        files.append(File.generated(config, "assets/mermaid/mermaid.min.js", abs_src_path=str(mermaid.library())))
        return files

    def on_page_markdown(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Tell the extension which page it is about to render."""
        config.mdx_configs[EXTENSION].update(page=page.file.src_uri, meta=page.meta)
        if page.meta.get("level") == "reference" or page.meta.get("kind") == "table":
            # A table needs the width that an outline of one heading would take.
            page.meta.setdefault("hide", []).append("toc")
        return markdown

    def on_page_context(self, context: Any, page: Page, config: MkDocsConfig, nav: Any) -> Any:
        """Where the text of a generated page stands, for its edit link."""
        context["card"] = f"{(config.site_url or '/').rstrip('/')}/{card_path(self.site, page.file.src_uri)}"
        tool = page.meta.get("tool")
        if tool:
            table = self.site.catalog.home[("tool", tool)]
            page.edit_url = _edit_url(config, table.path)
        elif page.file.src_uri not in self.site.corpus.pages:
            for table in self.site.catalog.tables:
                if table_page(table) == page.file.src_uri:
                    page.edit_url = _edit_url(config, table.path)
        return context

    @event_priority(-100)  # after every other plugin wrote its files
    def on_post_build(self, config: MkDocsConfig) -> None:
        """Put a Markdown twin beside every page and a redirect where one was, and index the finished site."""
        if not self.lazy:
            write_twins(Path(config.site_dir), self.site, config.site_url or "")
            write_redirects(Path(config.site_dir), self.site, config.site_url or "")
        if not self.serving:
            # While somebody writes, MkDocs puts its own script into pages, which a policy would stop.
            secure_pages(Path(config.site_dir))
        if self.config.search:
            index_site(Path(config.site_dir), self.site)


def _keeper() -> Callable[[str, Callable[[], str]], str]:
    """For templates: a part of the page that was made under the same name before, in this build."""
    known: dict[str, str] = {}

    def kept(name: str, make: Callable[[], str]) -> str:
        if name not in known:
            known[name] = make()
        return known[name]

    return kept


def root_of(config: MkDocsConfig) -> Path:
    """The folder that paths in reports are relative to: that of the configuration, or of a docs folder elsewhere."""
    root, docs = Path(config.config_file_path or ".").resolve().parent, Path(config.docs_dir)
    return root if docs.is_relative_to(root) else docs.parent


def _edit_url(config: MkDocsConfig, path: str) -> str | None:
    if not config.repo_url:
        return None
    return f"{config.repo_url.rstrip('/')}/{(config.edit_uri or 'edit/main/docs/').strip('/')}/{path}"

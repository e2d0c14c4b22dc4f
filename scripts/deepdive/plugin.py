"""Edge: MkDocs and ProperDocs. Pages from data, files for programs, search, and projects in memory.

The only module that imports ``mkdocs`` (under ProperDocs the same name leads to ProperDocs).
"""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel, get_files
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from deepdive import mermaid
from deepdive.checks.silence import silenced
from deepdive.diagnostic import Severity
from deepdive.diagram_scripts import take_over
from deepdive.export.cards import card_path, cards
from deepdive.export.linked_data import defined_terms
from deepdive.export.policy import secure_pages
from deepdive.export.publications import publications
from deepdive.export.redirects import write_redirects
from deepdive.export.search import index_site
from deepdive.export.twins import write_twins
from deepdive.links.rendered import PageAddress, Project, RenderedPage
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
    judging: Store | None = None
    """Set when the project is opened to be judged: where to keep results; the addresses of exports are enough then."""

    serving = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether pages are served while they are written."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and judge docs/; findings become warnings, so that ``--strict`` fails on them."""
        docs = Path(config.docs_dir)
        root = root_of(config)
        self.site = assemble(docs, root, self.judging or Store(root / CACHE))
        for found in silenced(self.site.corpus, self.site.diagnostics, whole=False):
            level = logging.INFO if found.severity is Severity.NOTE else logging.WARNING
            log.log(level, "%s: %s[%s] %s", found.location, found.severity.label, found.code, found.message)
        options = config.mdx_configs.setdefault(EXTENSION, {})
        options.update(site=self.site, page="", meta={})
        config.extra["catalog"] = self.site.catalog
        take_over(config.plugins.events["post_page"])
        config.extra["defined_terms"] = partial(defined_terms, self.site.catalog)
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the pages and files made from data, and the diagram library the site carries."""
        for path, text in self.site.generated_pages.items():
            # Links lead to them; the navigation may name those it wants.
            files.append(File.generated(config, path, content=text, inclusion=InclusionLevel.NOT_IN_NAV))
        exports = publications(self.site, config.site_url or "", config.site_name, config.site_description or "")
        drawn = {} if self.serving else cards(self.site)  # nobody shares a page that is being written
        for path, make in {**exports, **drawn}.items():
            content = make() if self.judging is None else ""
            files.append(File.generated(config, path, content=content))
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
        write_twins(Path(config.site_dir), self.site, config.site_url or "")
        write_redirects(Path(config.site_dir), self.site, config.site_url or "")
        if not self.serving:
            # While somebody writes, MkDocs puts its own script into pages, which a policy would stop.
            secure_pages(Path(config.site_dir))
        if self.config.search:
            index_site(Path(config.site_dir), self.site)


def _edit_url(config: MkDocsConfig, path: str) -> str | None:
    if not config.repo_url:
        return None
    return f"{config.repo_url.rstrip('/')}/{(config.edit_uri or 'edit/main/docs/').strip('/')}/{path}"


# What MkDocs raises for a configuration that cannot be used.
CONFIGURATION_PROBLEMS = (ConfigurationError, Abort)


def open_config(config_file: Path, docs: Path | None = None) -> MkDocsConfig:
    """The configuration of a project, over another docs folder if one is given.

    Raises what MkDocs raises for one it cannot use.
    """
    return load_config(str(config_file), docs_dir=str(docs.resolve())) if docs else load_config(str(config_file))


def root_of(config: MkDocsConfig) -> Path:
    """The folder that paths in reports are relative to: that of the configuration, or of a docs folder elsewhere."""
    root, docs = Path(config.config_file_path or ".").resolve().parent, Path(config.docs_dir)
    return root if docs.is_relative_to(root) else docs.parent


def is_knowledge_base(config: MkDocsConfig) -> bool:
    """Whether a project uses this plugin (else only checks that mean something anywhere run)."""
    return "deepdive" in config.plugins


def open_project(config: MkDocsConfig, store: Store) -> tuple[Project, Site | None]:
    """A whole MkDocs project with its own extensions and plugins, and the site it was assembled to if it is ours.

    Raises what MkDocs raises for a configuration it cannot use.
    """
    docs = Path(config.docs_dir)
    own = config.plugins.get("deepdive")
    if isinstance(own, DeepDivePlugin):
        own.judging = store
    with _quiet():
        config.plugins.on_startup(command="build", dirty=False)
        config = config.plugins.on_config(config)
        files = get_files(config)
        if own is None:  # a stranger's page may link to a file of its theme; ours link to docs/
            files.add_files_from_theme(config.theme.get_env(), config)
        files = config.plugins.on_files(files, config=config)
        nav = get_navigation(files, config)
        config.plugins.on_nav(nav, config=config, files=files)
    by_path = {file.src_uri: file for file in files.documentation_pages()}
    project = Project(
        docs=docs,
        pages=tuple(PageAddress(path, file.url, _is_generated(file, docs)) for path, file in by_path.items()),
        others={
            file.url: file.src_uri
            for file in files
            if not file.is_documentation_page() and file.inclusion.is_included()
        },
        excluded=frozenset(file.src_uri for file in files if not file.inclusion.is_included()),
        unlisted=tuple(
            path
            for path, file in by_path.items()
            if config.nav and file.inclusion.is_in_nav() and file.page not in nav.pages
        ),
        site_url=config.site_url or "",
        stateless=own is not None,
        render=lambda page: _render(by_path[page.path], files, config),
    )
    return project, own.site if isinstance(own, DeepDivePlugin) else None


def open_files(config: MkDocsConfig) -> Files:
    """Every file of a project, those made from data included."""
    config = config.plugins.on_config(config)
    return config.plugins.on_files(get_files(config), config=config)


def _is_generated(file: File, docs: Path) -> bool:
    source = Path(file.abs_src_path) if file.abs_src_path else None
    return file.generated_by is not None or source is None or not source.is_relative_to(docs)


def _render(file: File, files: Files, config: MkDocsConfig) -> RenderedPage:
    page = file.page if isinstance(file.page, Page) else Page(None, file, config)
    try:
        with _quiet():
            return RenderedPage(_content(page, file, files, config))
    except (OSError, UnicodeDecodeError):
        return RenderedPage("")  # reading reported it already
    except Exception as problem:
        # A page is rendered by the project's own extensions, plugins and hooks: anything may fail there.
        return RenderedPage("", f"{type(problem).__name__}: {problem}")


def _content(page: Page, file: File, files: Files, config: MkDocsConfig) -> str:
    page = config.plugins.on_pre_page(page, config=config, files=files) or page
    page.read_source(config)
    assert page.markdown is not None
    page.markdown = config.plugins.on_page_markdown(page.markdown, page=page, config=config, files=files)
    page.render(config, files)
    return config.plugins.on_page_content(page.content or "", page=page, config=config, files=files) or ""


class _quiet:
    """MkDocs's own link messages are not printed: the link checks say the same with line and column."""

    def __enter__(self) -> None:
        self.logger = logging.getLogger("mkdocs")
        self.level = self.logger.level
        self.logger.setLevel(logging.CRITICAL)

    def __exit__(self, *_: object) -> None:
        self.logger.setLevel(self.level)

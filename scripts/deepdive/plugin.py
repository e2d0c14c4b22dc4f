"""Edge: MkDocs and ProperDocs. Pages from data, files for programs, search, and projects in memory.

The only module that imports ``mkdocs`` (under ProperDocs the same name leads to ProperDocs).
"""

from __future__ import annotations

import logging
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

from deepdive.diagnostic import Severity
from deepdive.export.search import index_site
from deepdive.links.rendered import RenderedPage, RenderedProject
from deepdive.model.places import table_page
from deepdive.pipeline import Site, assemble

log = logging.getLogger("mkdocs.plugins.deepdive")
EXTENSION = "deepdive.markdown"


class PluginConfig(Config):
    """Options under ``plugins: - deepdive:``."""

    search = Type(bool, default=True)
    """Whether to index the built site with Pagefind."""


class DeepDivePlugin(BasePlugin[PluginConfig]):
    """Assembles the site at the start of each build and hands it to the Markdown extension."""

    site: Site

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and judge docs/; findings become warnings, so that ``--strict`` fails on them."""
        docs = Path(config.docs_dir)
        root = Path(config.config_file_path or ".").resolve().parent
        self.site = assemble(docs, root)
        for found in self.site.diagnostics:
            level = logging.INFO if found.severity is Severity.NOTE else logging.WARNING
            log.log(level, "%s: %s[%s] %s", found.location, found.severity.label, found.code, found.message)
        options = config.mdx_configs.setdefault(EXTENSION, {})
        options.update(site=self.site, page="", meta={})
        config.extra["catalog"] = self.site.catalog
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the pages and files made from data, and the diagram library the site carries."""
        for path, text in self.site.generated_pages.items():
            # Links lead to them; the navigation may name those it wants.
            files.append(File.generated(config, path, content=text, inclusion=InclusionLevel.NOT_IN_NAV))
        for path, text in self.site.exports.items():
            files.append(File.generated(config, path, content=text))
        library = _mermaid_library()
        files.append(File.generated(config, "assets/mermaid/mermaid.min.js", abs_src_path=str(library)))
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
        """Build the search index over the finished site."""
        if self.config.search:
            index_site(Path(config.site_dir), self.site.catalog)


def _edit_url(config: MkDocsConfig, path: str) -> str | None:
    if not config.repo_url:
        return None
    return f"{config.repo_url.rstrip('/')}/{(config.edit_uri or 'edit/main/docs/').strip('/')}/{path}"


def _mermaid_library() -> Path:
    import mermaidx

    return Path(mermaidx.__file__).parent / "assets" / "mermaid.js"


# What MkDocs raises for a configuration that cannot be used.
CONFIGURATION_PROBLEMS = (ConfigurationError, Abort)


def docs_folder(config_file: Path) -> Path:
    """The folder a project's pages stand in."""
    return Path(load_config(str(config_file)).docs_dir)


def is_knowledge_base(config_file: Path) -> bool:
    """Whether a project uses this plugin (else only checks that mean something anywhere run)."""
    return "deepdive" in load_config(str(config_file)).plugins


def render_project(config_file: Path) -> RenderedProject:
    """A whole MkDocs project with its own extensions and plugins, rendered in memory.

    Raises what MkDocs raises for a configuration it cannot use.
    """
    config = load_config(str(config_file))
    docs = Path(config.docs_dir)
    with _quiet():
        config.plugins.on_startup(command="build", dirty=False)
        config = config.plugins.on_config(config)
        files = get_files(config)
        env = config.theme.get_env()
        files.add_files_from_theme(env, config)
        files = config.plugins.on_files(files, config=config)
        nav = get_navigation(files, config)
        config.plugins.on_nav(nav, config=config, files=files)
        pages = [_render(file, files, config) for file in files.documentation_pages()]
    others = {
        file.url: file.src_uri for file in files if not file.is_documentation_page() and file.inclusion.is_included()
    }
    excluded = {file.src_uri for file in files if not file.inclusion.is_included()}
    return RenderedProject(
        docs, tuple(pages), others, frozenset(excluded), config.use_directory_urls, config.site_url or ""
    )


def _render(file: File, files: Files, config: MkDocsConfig) -> RenderedPage:
    page = file.page if isinstance(file.page, Page) else Page(None, file, config)
    source = Path(file.abs_src_path) if file.abs_src_path else None
    generated = file.generated_by is not None or source is None or not source.is_relative_to(Path(config.docs_dir))
    try:
        html = _content(page, file, files, config)
    except (OSError, UnicodeDecodeError):
        return RenderedPage(file.src_uri, file.url, "", generated)  # reading reported it already
    except Exception as problem:
        # A page is rendered by the project's own extensions, plugins and hooks: anything may fail there.
        return RenderedPage(file.src_uri, file.url, "", generated, failure=f"{type(problem).__name__}: {problem}")
    return RenderedPage(file.src_uri, file.url, html, generated)


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

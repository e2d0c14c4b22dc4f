"""Edge: a MkDocs project, opened in memory: its configuration, its files, and its pages as they are rendered."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.structure.files import File, Files, get_files
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page, _AbsoluteLinksValidationValue

from deepdive.links.rendered import PageAddress, Project, RenderedPage
from deepdive.pipeline import Site
from deepdive.plugin import DeepDivePlugin
from deepdive.store import Store

# What MkDocs raises for a configuration that cannot be used.
CONFIGURATION_PROBLEMS = (ConfigurationError, Abort)


def open_config(config_file: Path, docs: Path | None = None) -> MkDocsConfig:
    """The configuration of a project, over another docs folder if one is given.

    Raises what MkDocs raises for one it cannot use.
    """
    return load_config(str(config_file), docs_dir=str(docs.resolve())) if docs else load_config(str(config_file))


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
        own.lazy, own.store = True, store
    with quiet():
        config.plugins.on_startup(command="build", dirty=False)
        config = config.plugins.on_config(config)
        if isinstance(own, DeepDivePlugin):
            # Colours hold no link and no id, and take a tenth of the time.
            own.site.coloured = False
            config.mdx_configs.setdefault("pymdownx.highlight", {})["use_pygments"] = False
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
        absolute_from_docs=config.validation.links.absolute_links is _AbsoluteLinksValidationValue.RELATIVE_TO_DOCS,
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
        with quiet():
            return RenderedPage(content(page, files, config))
    except (OSError, UnicodeDecodeError):
        return RenderedPage("")  # reading reported it already
    except Exception as problem:
        # A page is rendered by the project's own extensions, plugins and hooks: anything may fail there.
        return RenderedPage("", f"{type(problem).__name__}: {problem}")


def content(page: Page, files: Files, config: MkDocsConfig) -> str:
    """The HTML of a page's own text, after every plugin."""
    page = config.plugins.on_pre_page(page, config=config, files=files) or page
    page.read_source(config)
    assert page.markdown is not None
    page.markdown = config.plugins.on_page_markdown(page.markdown, page=page, config=config, files=files)
    page.render(config, files)
    return config.plugins.on_page_content(page.content or "", page=page, config=config, files=files) or ""


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """MkDocs's own link messages are not printed: the link checks say the same with line and column."""
    logger = logging.getLogger("mkdocs")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)

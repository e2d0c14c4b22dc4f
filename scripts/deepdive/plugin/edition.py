"""Edge: the site as its sources stand at one moment, everything read and nothing rendered until somebody asks.

``preview`` asks for what a browser wants, ``whole`` for all of it. The order of plugin events is that of ``mkdocs build``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url, is_error_template

from deepdive.export.redirects import redirect_files
from deepdive.export.search import lists
from deepdive.export.twins import twins
from deepdive.plugin import DeepDivePlugin
from deepdive.plugin.project import content


class Edition:
    """A project whose files for readers are made one by one, below ``config.site_dir``, as ``mkdocs build`` would make them.

    ``environment`` renders the theme's templates, ``theme_files`` are those it copies: both outlive an edition.
    """

    def __init__(self, config: MkDocsConfig, environment: Any, theme_files: Iterable[File]) -> None:
        own = config.plugins["deepdive"]
        assert isinstance(own, DeepDivePlugin)
        own.lazy = True
        self.config = config.plugins.on_config(config)
        config.plugins.on_pre_build(config=config)
        files = get_files(config)
        for file in theme_files:
            if files.get_file_from_path(file.src_uri) is None:
                files.append(file)
        self.files = config.plugins.on_files(files, config=config)
        set_exclusions(self.files, config)
        nav = get_navigation(self.files, config)
        self.nav = config.plugins.on_nav(nav, config=config, files=self.files)
        self.pages = list(self.files.documentation_pages())
        for file in self.pages:
            page = file.page if isinstance(file.page, Page) else Page(None, file, config)
            written = own.site.corpus.pages.get(file.src_uri)
            if written:  # a page's neighbours and the navigation name it by its front matter
                page.meta, page.markdown = dict(written.meta), written.body
        self.environment = config.plugins.on_env(environment, config=config, files=self.files)
        self.plugin = own
        shown = [file for file in self.files if file.inclusion.is_included() or own.serving]
        self.sources = {file.dest_uri: file for file in shown}
        self.made: set[str] = set()

    @cached_property
    def others(self) -> dict[str, Callable[[], str | bytes]]:
        """What is made of no source file, by path below the site."""
        site, base = self.plugin.site, self.config.site_url or ""
        found: dict[str, Callable[[], str | bytes]] = {**self.plugin.exports, **twins(site, base)}
        for path, text in redirect_files(site, base).items():
            found[path] = partial(str, text)
        for name in self.config.theme.static_templates:
            found[name] = partial(self._template, name)
        return {**found, **lists(site)}

    def make(self, path: str) -> bool:
        """Write the file at ``path`` below the site unless this edition did; False when nothing stands there.

        Raises whatever an extension or a plugin raises over a page.
        """
        if path not in self.made:
            target = Path(self.config.site_dir) / path
            file = self.sources.get(path)
            if file is not None and file.is_documentation_page():
                _write(target, self._page(file))
            elif file is not None and path not in self.plugin.exports:
                file.copy_file(dirty=self.plugin.serving)
            elif path in self.others:
                _write(target, self.others[path]())
            else:
                return False
            self.made.add(path)
        return True

    def _page(self, file: File) -> str:
        page, config = file.page, self.config
        assert isinstance(page, Page)
        page.content = content(page, self.files, config)
        page.active = True  # for the navigation
        try:
            context = get_context(self.nav, self.pages, config, page)
            template = self.environment.get_template(page.meta.get("template", "main.html"))
            context = config.plugins.on_page_context(context, page=page, config=config, nav=self.nav)
            return str(config.plugins.on_post_page(template.render(context), page=page, config=config))
        finally:
            page.active = False

    def _template(self, name: str) -> str:
        config = self.config
        # The page of an error is shown at any address, so its links start at the root.
        base = urlsplit(config.site_url or "/").path if is_error_template(name) else get_relative_url(".", name)
        template = config.plugins.on_pre_template(
            self.environment.get_template(name), template_name=name, config=config
        )
        context = get_context(self.nav, self.files, config, base_url=base)
        context = config.plugins.on_template_context(context, template_name=name, config=config)
        return str(config.plugins.on_post_template(template.render(context), template_name=name, config=config))


def open_theme(config: MkDocsConfig) -> tuple[Any, list[File]]:
    """What renders the templates of a theme, and the files it brings."""
    environment, files = config.theme.get_env(), Files([])
    files.add_files_from_theme(environment, config)
    return environment, list(files)


def _write(target: Path, made: str | bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(made.encode("utf-8", "xmlcharrefreplace") if isinstance(made, str) else made)

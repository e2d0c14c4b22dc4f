"""Edge: a server for those who write. It renders a page when a browser asks for it, so a change costs one page and not all."""

from __future__ import annotations

import contextlib
import logging
import os
import posixpath
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.livereload import LiveReloadServer

from deepdive.export.search import FOLDER as TEXTS
from deepdive.plugin.edition import Edition, open_theme
from deepdive.plugin.project import CONFIGURATION_PROBLEMS, open_config, quiet

log = logging.getLogger("mkdocs.plugins.deepdive.preview")
POLLING_SECONDS = 0.25
MISSING = 404


class Preview(LiveReloadServer):
    """MkDocs's server and live reload over editions of one project, in ``folder``.

    ``changed`` is called after every change, once readers can see it. Raises what MkDocs raises for a
    configuration that cannot be used; later, such a configuration is told and the edition before stays.
    """

    def __init__(
        self, config_file: Path, folder: Path, address: tuple[str, int] | None, changed: Callable[[], None]
    ) -> None:
        self.config_file, self.folder, self.changed = config_file, folder, changed
        self.making, self.indexing = threading.Lock(), threading.Lock()
        config = open_config(config_file)
        host, port = address or (config.dev_addr.host, config.dev_addr.port)
        mount = urlsplit(config.site_url or "/").path
        super().__init__(self.renew, host, port, str(folder / "site"), mount, polling_interval=POLLING_SECONDS)
        self.error_handler = self._error_page
        for path in (config.docs_dir, config.config_file_path, config.theme.custom_dir):
            if path:
                self.watch(path)
        self.custom = Path(config.theme.custom_dir) if config.theme.custom_dir else None
        self.settings = self._settings()
        self._open()

    def renew(self) -> None:
        """Read the project again: the whole of it after a change of its settings or templates, else docs/."""
        try:
            settings = self._settings()
            if settings == self.settings:
                self._read()
            else:
                self._open()
                self.settings = settings
        except CONFIGURATION_PROBLEMS as problem:
            log.error("%s cannot be used: %s", self.config_file, problem)
        self.changed()

    def serve_request(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        """Make what is asked for, then serve it as MkDocs does."""
        asked = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if (asked + "/").startswith(self.mount_path):
            path = posixpath.normpath("/" + asked[len(self.mount_path) :]).lstrip("/")
            if path.partition("/")[0] == TEXTS:
                self._index()
            elif asked.endswith("/"):
                self._make(posixpath.join(path, "index.html"))
            else:
                # A folder without its slash is sent on to where its page stands.
                self._make(path, posixpath.join(path, "index.html"))
        answer: Iterable[bytes] = super().serve_request(environ, start_response)
        return answer

    def _make(self, *paths: str) -> None:
        with self._epoch_cond:
            self._epoch_cond.wait_for(lambda: self._visible_epoch == self._wanted_epoch)
        with self.making:
            if not any(self._made(path) for path in paths):
                # What an edition before had there is gone.
                for path in paths:
                    with contextlib.suppress(OSError):
                        os.unlink(os.path.join(self.root, path))

    def _made(self, path: str) -> bool:
        try:
            with quiet():
                return self.edition.make(path)
        except Exception as problem:
            # An extension may fail over a half-written page; whoever writes it shall see why, and write on.
            told = f"{type(problem).__name__}: {escape(str(problem))}"
            target = Path(self.root, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(f"<!doctype html><title>Not rendered</title><pre>{told}</pre>", "utf-8")
            return True

    def _open(self) -> None:
        config = open_config(self.config_file)
        config.site_dir, config.site_url = self.root, self.url
        config.plugins.on_startup(command="serve", dirty=False)
        self.config, self.theme = config, open_theme(config)
        self._read()

    def _read(self) -> None:
        with self.making, quiet():
            self.edition = Edition(self.config, *self.theme)

    def _settings(self) -> dict[str, int]:
        files = [self.config_file, *(self.custom.rglob("*") if self.custom else ())]
        return {str(file): file.stat().st_mtime_ns for file in files if file.is_file()}

    def _error_page(self, code: int) -> bytes | None:
        if code != MISSING:
            return None
        self._make("404.html")
        return Path(self.root, "404.html").read_bytes()

    def _index(self) -> None:
        """Have the texts searched: that needs the whole site, so it is built once, when somebody first searches."""
        with self.indexing:
            if Path(self.root, TEXTS).exists():
                return
            log.info("Building the whole site once, to search its texts")
            whole = self.folder / "whole"
            command = [sys.executable, "-m", "deepdive", "build", "--config-file", str(self.config_file)]
            subprocess.run([*command, "--site-dir", str(whole)], check=False)
            if not (whole / TEXTS).is_dir():
                Path(self.root, TEXTS).mkdir(parents=True)
                log.warning("The texts cannot be searched; names can.")
            else:
                shutil.copytree(whole / TEXTS, Path(self.root, TEXTS))


@contextlib.contextmanager
def preview(
    config_file: Path, address: tuple[str, int] | None = None, changed: Callable[[], None] = lambda: None
) -> Iterator[Preview]:
    """A server of the project, not yet serving; its files are deleted afterwards."""
    with tempfile.TemporaryDirectory(prefix="deepdive-preview-") as folder:
        server = Preview(config_file, Path(folder), address, changed)
        try:
            yield server
        finally:
            server.shutdown()
            server.config.plugins.on_shutdown()

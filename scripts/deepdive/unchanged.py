"""The findings of the run before, when nothing they depend on has changed since."""

from __future__ import annotations

import dataclasses
import os
import stat
import sys
from functools import cache
from pathlib import Path

from deepdive.diagnostic import Diagnostic
from deepdive.model.day import today
from deepdive.store import Store, digest

_PACKAGE = Path(__file__).resolve().parent
# With these a configuration depends on more than its own text.
_REACHES_OUT = (b"INHERIT", b"!ENV", b"hooks:", b"!relative", b"snippets")


@cache
def edition() -> str:
    """A digest of the program: its own files, templates included, and the versions installed beside it."""
    own = sorted(path for path in _PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    installed = sorted(
        name
        for folder in sys.path
        if folder and os.path.isdir(folder)
        for name in os.listdir(folder)
        if name.endswith((".dist-info", ".egg-info"))
    )
    return digest(sys.version, *installed, *(part for path in own for part in (str(path), path.read_bytes())))


def reaches_out(config: bytes) -> bool:
    """Whether what a configuration means depends on other files, or on the environment."""
    return any(word in config for word in _REACHES_OUT)


class Unchanged:
    """Where the findings of one project are kept, under a digest of the program, the day and every file of docs/.

    ``links`` as in Judge. A configuration that draws on other files or on the environment is never
    taken for unchanged, nor is a docs folder with symbolic links, or with a file that cannot be read.
    ``first``: nothing was kept of a run with these settings.
    """

    def __init__(self, store: Store, config_file: Path, links: bool) -> None:
        self.store = store
        self.docs: Path | None = None
        self.first = False
        self.before: str | None = None
        config = config_file.read_bytes()
        parts = ("settings", edition(), today().isoformat(), str(config_file.resolve()), config, str(links))
        self.settings = "" if reaches_out(config) else digest(*parts)

    def findings(self) -> list[Diagnostic] | None:
        """The findings of the run before; None when this one may find others."""
        folder = self.store.get(self.settings) if self.settings else None
        self.first = folder is None
        key = self._key(Path(folder)) if isinstance(folder, str) else None
        kept = self.store.get(key) if key else None
        try:
            return [Diagnostic.kept(one) for one in kept] if isinstance(kept, list) else None
        except (KeyError, TypeError, ValueError):
            return None

    def begin(self, docs: Path) -> None:
        """Judging of ``docs`` begins."""
        self.docs = docs
        self.before = self._key(docs) if self.settings else None

    def keep(self, found: list[Diagnostic]) -> None:
        """Keep what was found, unless a file changed meanwhile."""
        if self.docs and self.before and self.before == self._key(self.docs):
            self.store.put(self.settings, str(self.docs))
            self.store.put(self.before, [dataclasses.asdict(one) for one in found])

    def _key(self, docs: Path) -> str | None:
        parts: list[str | bytes] = []
        try:
            for folder, folders, files in os.walk(docs):
                folders.sort()
                for name in sorted([*folders, *files]):
                    path = os.path.join(folder, name)
                    kind = os.lstat(path).st_mode
                    if not (stat.S_ISREG(kind) or stat.S_ISDIR(kind)):
                        return None  # a link leads elsewhere, a pipe would wait for its writer
                    parts.append(path)
                    if name in files:
                        with open(path, "rb") as file:
                            parts.append(file.read())
        except OSError:
            return None
        return digest(self.settings, *parts) if parts else None

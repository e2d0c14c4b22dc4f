"""``redirects.yml``: pages that moved, a mapping of the old path to the new one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from deepdive.diagnostic import Diagnostic, Location, error
from deepdive.load.files import Files, read_bytes
from deepdive.load.kept import read
from deepdive.store import Store
from deepdive.text_source import decode
from deepdive.yaml_source import Document

REDIRECTS = "redirects.yml"
# Ends up in addresses and attributes, so only what needs no quoting in either.
_NAME = r"[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*"
_PATH = re.compile(rf"(?:{_NAME}/)*{_NAME}\.md")
_TARGET = re.compile(rf"{_PATH.pattern}(?:#[A-Za-z0-9._-]+)?")


@dataclass(frozen=True)
class Redirects:
    """The redirects of a docs folder: targets by old path, both well formed, and where each is written."""

    moved: Mapping[str, str] = field(default_factory=dict)
    document: Document | None = None

    def place(self, old: str) -> Location:
        """Where the target of a redirect is written."""
        assert self.document is not None
        return self.document.locate(old)

    def old_place(self, old: str) -> Location:
        """Where the old path of a redirect is written."""
        assert self.document is not None
        return self.document.locate(old, key=True)


def load_redirects(files: Files, store: Store) -> tuple[Redirects, list[Diagnostic]]:
    """The redirects among ``files`` (none without the file), and what is wrong with their form."""
    if REDIRECTS not in files.tables:
        return Redirects(), []
    raw, shown = read_bytes(files, REDIRECTS), files.shown(REDIRECTS)
    if raw is None:
        return Redirects(), []
    text, found = decode(raw, shown)
    document = read(text, shown, store)
    found.extend(document.diagnostics)
    if document.data is None or document.diagnostics:
        return Redirects(document=document), found
    found.extend(_faults(document))
    written = document.data if isinstance(document.data, dict) else {}
    return Redirects({old: new for old, new in written.items() if _is_well_formed(old, new)}, document), found


def _is_well_formed(old: Any, new: Any) -> bool:
    return isinstance(new, str) and bool(_PATH.fullmatch(old) and _TARGET.fullmatch(new))


def _faults(document: Document) -> Iterator[Diagnostic]:
    fix = "write old/page.md: new/page.md, paths below docs/."
    if not isinstance(document.data, dict):
        yield error("bad-redirect", "redirects are a mapping of old paths to new ones.", document.locate(), fix)
        return
    for old, new in document.data.items():
        if not _PATH.fullmatch(old):
            message = f"'{old}' is not the path of a page below docs/."
            yield error("bad-redirect", message, document.locate(old, key=True), fix)
        elif not _is_well_formed(old, new):
            message = f"'{old}' leads to something that is not the path of a page below docs/."
            yield error("bad-redirect", message, document.locate(old), fix)

"""Markdown pages: text, front matter with locations, and the links of prose that point at data."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from deepdive.diagnostic import Diagnostic, Location, error
from deepdive.load.files import Files, read_bytes
from deepdive.text_source import decode
from deepdive.yaml_source import Document, read

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.S | re.M)


@dataclass(frozen=True, slots=True)
class Page:
    """One Markdown file. ``offset`` is where the body starts in ``text``, in characters."""

    path: str
    shown: str
    text: str
    offset: int
    meta: dict[str, Any] = field(default_factory=dict)
    front: Document | None = None

    @property
    def body(self) -> str:
        """The text after the front matter."""
        return self.text[self.offset :]

    @property
    def sources(self) -> list[Any]:
        """The sources its front matter lists, as they are written; none when it holds something else there."""
        return self._listed("sources")

    @property
    def asked(self) -> list[str]:
        """What readers type who need the page and do not know its words, as its front matter lists it."""
        return [one for one in self._listed("asked") if isinstance(one, str)]

    def _listed(self, name: str) -> list[Any]:
        written = self.meta.get(name)
        return written if isinstance(written, list) else []

    def locate(self, offset: int) -> Location:
        """The place of a character of ``text``."""
        line = self.text.count("\n", 0, offset) + 1
        return Location(self.shown, line, offset - (self.text.rfind("\n", 0, offset) + 1) + 1)


def read_page(files: Files, path: str) -> tuple[Page | None, list[Diagnostic]]:
    """A page and what is wrong with its bytes and front matter; None when it cannot be read."""
    raw = read_bytes(files, path)
    if raw is None:
        return None, []
    page, found = _read(path, raw, files.shown(path))
    return page, list(found)


@lru_cache(maxsize=4096)  # a process that watches reads the same files again and again
def _read(path: str, raw: bytes, shown: str) -> tuple[Page | None, tuple[Diagnostic, ...]]:
    text, found = decode(raw, shown, limit=None)
    if any(problem.code == "not-utf8" for problem in found):
        return None, tuple(found)
    page, problems = parse_page(text, path, shown)
    return page, (*found, *problems)


def parse_page(text: str, path: str, shown: str) -> tuple[Page, list[Diagnostic]]:
    """Split front matter from body. Broken front matter is diagnosed at its own line."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    match = _FRONT_MATTER.match(text)
    if not match:
        found = []
        if text.startswith("---\n"):
            place = Location(shown)
            found.append(
                error("front-matter", "the front matter has no closing '---'.", place, "add a line '---' after it.")
            )
        return Page(path, shown, text, 0), found
    front = read(match.group(1), shown, line_offset=1)
    found = list(front.diagnostics)
    meta = front.data if isinstance(front.data, dict) else {}
    if front.data is not None and not isinstance(front.data, dict):
        found.append(error("front-matter", "front matter must be a mapping of fields.", Location(shown, 2), None))
    return Page(path, shown, text, match.end(), meta, front), found

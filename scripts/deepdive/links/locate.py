"""From a link as rendered back to its place in the source."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import quote, unquote, urlsplit

from deepdive.diagnostic import Location
from deepdive.load.fences import prose
from deepdive.load.pages import Page

_DEFINITION = re.compile(r"^[ ]{0,3}\[([^\]^][^\]]*)\]:[ \t]*<?(\S+?)>?(?:[ \t]+[\"'(].*)?$", re.M)
_INLINE = re.compile(r"\]\(\s*(?:<([^<>\n]*)>|((?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))*))")
_ATTRIBUTE = re.compile(r"\b(?:href|src|data|poster)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))", re.I)
_SRCSET = re.compile(r"\bsrcset\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.I)
_AUTOLINK = re.compile(r"<([a-z][a-z0-9+.-]*:[^\s<>]*)>", re.I)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_CANDIDATE = re.compile(r"(?:^|,\s+)(\S+)")


class Locator:
    """The link targets of one page's source, each found once per time it is rendered."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.text = " " * page.offset + prose(page.body)
        self.used: Counter[str] = Counter()
        self.seen: dict[str, int] = {}
        self.targets: dict[str, list[int]] = {}
        for start, written in sorted(self._written()):
            for form in self._forms(written):
                self.targets.setdefault(form, []).append(start)

    def _written(self) -> Iterator[tuple[int, str]]:
        """Offset and text of every link target in the source, whatever form the link has."""
        for pattern in (_INLINE, _ATTRIBUTE, _AUTOLINK):
            for match in pattern.finditer(self.text):
                group = next((one for one in range(1, (match.lastindex or 1) + 1) if match[one] is not None), 1)
                yield match.start(group), match[group] or ""
        for match in _DEFINITION.finditer(self.text):
            yield match.start(2), match[2]
        for match in _SRCSET.finditer(self.text):
            group = 1 if match[1] is not None else 2
            for candidate in _CANDIDATE.finditer(match[group]):
                yield match.start(group) + candidate.start(1), candidate[1]

    def place(self, rendered: str, needle: str = "") -> Location:
        """Where the link that was rendered as ``rendered`` is written; else where ``needle`` is."""
        for form in self._rendered_forms(rendered):
            places = self.targets.get(form)
            if places:
                which = min(self.used[form], len(places) - 1)
                self.used[form] += 1
                return self.page.locate(places[which])
        tail = unquote(rendered).rstrip("/").rpartition("/")[2].partition("#")[0]
        for text in (needle, tail):
            if text and (at := self.text.find(text)) >= 0:
                return self.page.locate(at)
        return Location(self.page.shown)

    def _forms(self, written: str) -> set[str]:
        text = html.unescape(written)
        plain = _ESCAPE.sub(r"\1", text)
        return {text, unquote(text), plain, unquote(plain)}

    def malformed(self) -> Iterator[tuple[str, Location]]:
        """Targets that are no address at all: MkDocs gives up on a page that has one."""
        for start, written in sorted(self._written()):
            try:
                urlsplit(html.unescape(written))
            except ValueError:
                yield written, self.page.locate(start)

    def _rendered_forms(self, rendered: str) -> Iterator[str]:
        yield rendered
        yield unquote(rendered)
        # MkDocs rewrites page.md#a to ../page/#a: compare what is left when the rewriting is undone.
        path, hash_, fragment = rendered.partition("#")
        bare = path.rstrip("/")
        stem = bare.removeprefix("../")
        for candidate in (bare, stem, path):
            for suffix in (".md", "/index.md", ""):
                yield f"{candidate}{suffix}{hash_}{fragment}"
                yield f"{quote(candidate)}{suffix}{hash_}{fragment}"

    def word(self, text: str) -> Location:
        """Where a word stands first, whatever its case; the page otherwise."""
        at = self.text.casefold().find(text.casefold())
        return self.page.locate(at) if at >= 0 else Location(self.page.shown)

    def second(self, text: str) -> Location:
        """Where a word stands for the second time; its only place, or the page, otherwise."""
        first = self.text.find(text)
        again = self.text.find(text, first + len(text)) if first >= 0 else -1
        return self.page.locate(again) if again >= 0 else self.place(text)

    def brackets(self, text: str, name: str) -> Location:
        """Where ``[text][name]`` is written; code inside the text was blanked on both sides."""
        if not text:
            at = self.text.find(name)
            return self.page.locate(at) if at >= 0 else Location(self.page.shown)
        words = r"\s+".join(re.escape(word) for word in text.replace("\u2423", " ").split())
        for pattern in (rf"\[\s*{words}\s*\]\[{re.escape(name)}\]", rf"\]\[{re.escape(name)}\]"):
            for match in re.finditer(pattern, self.text):
                if match.start() >= self.seen.get(pattern, 0):
                    self.seen[pattern] = match.end()
                    return self.page.locate(match.start())
        return Location(self.page.shown)

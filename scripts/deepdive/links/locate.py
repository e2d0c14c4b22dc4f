"""From a link as rendered back to its place in the source."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import quote, unquote, urlsplit

from deepdive.diagnostic import Location
from deepdive.links.harvest import candidates
from deepdive.load.fences import prose
from deepdive.load.link_forms import unescaped
from deepdive.load.pages import Page

_DEFINITION = re.compile(r"^[ ]{0,3}\[([^\]^][^\]]*)\]:[ \t]*<?(\S+?)>?(?:[ \t]+[\"'(].*)?$", re.M)
_INLINE = re.compile(r"\]\(\s*(?:<([^<>\n]*)>|((?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))*))")
_ATTRIBUTE = re.compile(r"\b(?:href|src|data|poster)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))", re.I)
_SRCSET = re.compile(r"\bsrcset\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.I)
_AUTOLINK = re.compile(r"<([a-z][a-z0-9+.-]*:[^\s<>]*)>", re.I)
_HEADING = re.compile(r"^#{1,6}[ \t]+([^\n#{]+)", re.M)
_TYPED = re.compile(r"<(kbd|samp)\b[^<>]*>.*?</\1\s*>", re.I | re.S)


class Locator:
    """The link targets of one page's source, each found once per time it is rendered."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.text = " " * page.offset + prose(page.body)
        # The likeliest first. What we take for code need not be code to the renderer: a fence that nobody closed.
        self.texts = (
            " " * page.offset + _TYPED.sub(lambda found: _blanked(found[0]), prose(page.body)),
            self.text,
            " " * page.offset + page.body,
        )
        self.used: Counter[str] = Counter()
        self.seen: dict[str, tuple[int, Location | None]] = {}
        self.targets = self._targets(self.text)

    @cached_property
    def by_likelihood(self) -> list[dict[str, list[int]]]:
        """The link targets in each of the texts."""
        return [self.targets if text is self.text else self._targets(text) for text in self.texts]

    def _targets(self, text: str) -> dict[str, list[int]]:
        """Where each link target is written in ``text``."""
        found: dict[str, list[int]] = {}
        for start, written in sorted(self._written(text)):
            for form in self._forms(written):
                found.setdefault(form, []).append(start)
        return found

    def _written(self, text: str) -> Iterator[tuple[int, str]]:
        """Offset and text of every link target in the source, whatever form the link has."""
        for pattern in (_INLINE, _ATTRIBUTE, _AUTOLINK):
            for match in pattern.finditer(text):
                group = next((one for one in range(1, (match.lastindex or 1) + 1) if match[one] is not None), 1)
                yield match.start(group), match[group] or ""
        for match in _DEFINITION.finditer(text):
            yield match.start(2), match[2]
        for match in _SRCSET.finditer(text):
            group = 1 if match[1] is not None else 2
            for offset, address in candidates(match[group]):
                yield match.start(group) + offset, address

    def place(self, rendered: str, needle: str = "") -> Location:
        """Where the link that was rendered as ``rendered`` is written; else where ``needle`` is."""
        for targets in self.by_likelihood:
            for form in self._rendered_forms(rendered):
                places = targets.get(form)
                if places:
                    which = min(self.used[form], len(places) - 1)
                    self.used[form] += 1
                    return self.page.locate(places[which])
        if (start := self._by_page(rendered)) is not None:
            return self.page.locate(start)
        tail = unquote(rendered).rstrip("/").rpartition("/")[2].partition("#")[0]
        for text in self.texts:
            for one in (needle, tail):
                if one and (at := text.find(one)) >= 0:
                    return self.page.locate(at)
        return Location(self.page.shown)

    def _forms(self, written: str) -> set[str]:
        text = html.unescape(written)
        plain = unescaped(text)
        return {text, unquote(text), plain, unquote(plain)}

    def malformed(self) -> Iterator[tuple[str, Location]]:
        """Targets that are no address at all: MkDocs gives up on a page that has one."""
        for start, written in sorted(self._written(self.text)):
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
        folded = (one.casefold().find(text.casefold()) for one in self.texts)
        return next((self.page.locate(at) for at in folded if at >= 0), Location(self.page.shown))

    def _by_page(self, rendered: str) -> int | None:
        """The first target that names the same page and anchor, whatever the folders before it (a blog moves pages)."""
        wanted = _page_and_anchor(rendered)
        found = (starts[0] for written, starts in self.targets.items() if _page_and_anchor(written) == wanted)
        return min(found, default=None) if wanted[0] else None

    def repeated(self, anchor: str) -> Location:
        """Where an id is given for the next time after the first; the page when the id is not written out."""
        given = re.compile(
            rf"\{{[^{{}}\n]*#{re.escape(anchor)}(?=[\s}}])|\b(?:id|name)\s*=\s*[\"']?{re.escape(anchor)}(?=[\"'\s>])"
        )
        places = [match.start() for match in given.finditer(self.text)] or self._headings(anchor)
        self.used[f"#{anchor}"] += 1
        which = min(self.used[f"#{anchor}"], len(places) - 1)
        return self.page.locate(places[which]) if places else Location(self.page.shown)

    def _headings(self, anchor: str) -> list[int]:
        """Headings whose words make up an anchor."""
        words = re.findall(r"\w+", unquote(anchor).casefold())
        return [
            match.start() for match in _HEADING.finditer(self.text) if re.findall(r"\w+", match[1].casefold()) == words
        ]

    def brackets(self, *parts: str) -> Location | None:
        """Where ``[part][part]`` is written for the next time, its code blanked; None where brackets are escaped."""
        whole = "".join(_bracketed(part) for part in parts)
        after, place = self.seen.get(whole, (0, Location(self.page.shown)))
        # The text may bear marks that are not rendered: then its end alone is looked for.
        patterns = [whole, rf"(\\*)\]{_bracketed(parts[-1])}"][: len(parts)]
        text = next((one for one in self.texts if any(re.search(pattern, one) for pattern in patterns)), "")
        match = next(filter(None, (re.compile(pattern).search(text, after) for pattern in patterns)), None)
        if match:
            escaped = any(len(backslashes) % 2 for backslashes in match.groups())
            place = None if escaped else self.page.locate(match.end(1))
            self.seen[whole] = match.end(), place
        return place


def _bracketed(part: str) -> str:
    words = r"\s+".join(re.escape(word) for word in part.replace("\u2423", " ").split())
    return rf"(\\*)\[\s*{words}\s*(\\*)\]"


def _blanked(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _page_and_anchor(address: str) -> tuple[str, str]:
    """The last part of an address that names a page, without suffix, and its anchor; empty when there is no page."""
    path, _, anchor = unquote(address).partition("#")
    parts = [part for part in path.split("/") if part not in ("", ".", "..", "index.md", "index.html")]
    return (re.sub(r"\.(md|html)$", "", parts[-1]), anchor) if parts else ("", "")

"""Internal links, images and anchors, judged in the rendered page and reported in the source."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cache, partial
from urllib.parse import unquote, urlsplit

from deepdive.diagnostic import Diagnostic, Location, error, warning
from deepdive.links.harvests import Harvests
from deepdive.links.locate import Locator
from deepdive.links.rendered import PageAddress, Project
from deepdive.load.faults import did_you_mean
from deepdive.load.pages import Page
from deepdive.model.address import CREDENTIALS, CREDENTIALS_FIX, holds_credentials

_SAFE_SCHEMES = ("https", "http", "mailto", "tel")
_FOOTNOTE = re.compile(r"\[\^([^\[\]\s]+)\]")
_LEFT_OVER = re.compile(r"\[((?:[^\[\]\n])+)\]\[((?:[^\[\]\n])*)\]")


def check_links(project: Project, harvests: Harvests, sources: dict[str, Page]) -> Iterator[Diagnostic]:
    """Every internal link that leads nowhere, at its place in the source."""
    harvests.prepare(sources)
    checker = _Checker(project, harvests)
    for page in project.pages:
        source = sources.get(page.path)
        if page.generated or source is None:
            continue  # its links come from rows, and rows are checked
        found = harvests.of(page)
        if found.failure:
            yield from _failure(found.failure, source)
        locator = cache(partial(Locator, source))
        for tag, name, value in found.links:
            problem = checker.judge(page, tag, name, value)
            place = locator().place(value, problem.needle if problem else "") if problem else None
            if problem and place:
                yield error(problem.code, problem.message, place, problem.fix)
        for anchor in found.repeated:
            yield error(
                "duplicate-anchor",
                f"the id '{anchor}' stands twice on the page.",
                locator().repeated(anchor),
                "rename one.",
            )
        for match in _FOOTNOTE.finditer(found.text):
            message = f"the footnote '{match[0]}' is not defined: the brackets reach the reader."
            if place := locator().brackets(f"^{match[1]}"):
                yield error("undefined-reference", message, place, f"add a line {match[0]}: text.")
        for match in _LEFT_OVER.finditer(found.text):
            name = match[2] or match[1]
            shown = re.sub("\u2423+", "…", match[0])
            message = f"'{shown}' names no definition: the brackets reach the reader."
            if place := locator().brackets(match[1], match[2]):
                yield error("undefined-reference", message, place, f"add a line [{name}]: address.")


def check_html(project: Project, harvests: Harvests, sources: dict[str, Page]) -> Iterator[Diagnostic]:
    """Markup in pages that could run or reshape something: scripts, handlers, frames, forms, styles."""
    for page in project.pages:
        source = sources.get(page.path)
        if page.generated or source is None:
            continue
        for reason in harvests.of(page).unsafe:
            message = f"a page may not hold {reason}"
            yield error(
                "unsafe-html",
                f"{message}.",
                Locator(source).word(reason.strip("<>=")),
                "write Markdown, or use a fence of the site.",
            )


def check_navigation(project: Project, sources: dict[str, Page]) -> Iterator[Diagnostic]:
    """A page that the navigation leaves out is found by nobody who browses."""
    for path in project.unlisted:
        if path in sources:
            yield warning(
                "page-not-in-nav",
                "the page is not in the navigation of mkdocs.yml.",
                Location(sources[path].shown),
                "add it to nav, or name it under not_in_nav.",
            )


def _failure(reason: str, source: Page) -> Iterator[Diagnostic]:
    malformed = list(Locator(source).malformed())
    for written, place in malformed:
        yield error("bad-address", f"{_quoted(written)} is not an address.", place, "copy it again.")
    if not malformed:
        fix = "mend the page, or the extension that fails on it."
        yield error("render-failed", f"the page cannot be rendered: {reason}.", Location(source.shown), fix)


def _normal(url: str) -> str:
    path = unquote(url).removeprefix("./")
    return path.removesuffix("index.html") if path.endswith("/index.html") or path == "index.html" else path


def _quoted(address: str) -> str:
    """An address as a message may show it: nobody repeats a password."""
    return "the address" if holds_credentials(address) else f"'{address}'"


def _host_problem(url: str) -> str:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "is not an address"
    if not parts.hostname:
        return "names no host"
    if re.search(r"[\s<>\"]", url) or (port is not None and not 0 < port < 65536):
        return "cannot be an address"
    return ""


class _Problem:
    def __init__(self, code: str, message: str, fix: str | None = None, needle: str = "") -> None:
        self.code, self.message, self.fix, self.needle = code, message, fix, needle


class _Checker:
    def __init__(self, project: Project, harvests: Harvests) -> None:
        self.project = project
        self.harvests = harvests
        self.by_url = {_normal(page.url): page for page in project.pages}
        self.known = {
            **{url: page.path for url, page in self.by_url.items()},
            **{unquote(url): path for url, path in project.others.items()},
        }

    def judge(self, page: PageAddress, tag: str, name: str, value: str) -> _Problem | None:
        text = re.sub(r"[\t\n\r]", "", value).strip()
        try:
            parts = urlsplit(text)
        except ValueError:
            return _Problem("bad-address", f"{_quoted(value)} is not an address.", "copy it again.")
        if parts.scheme and re.match(r"[a-z][a-z0-9+.-]*:", text, re.I):
            return self.external(text, parts.scheme.lower(), tag)
        if text.startswith("//"):
            return _Problem("bad-address", f"{_quoted(value)} has no scheme.", "write https:// in full.")
        if not text:
            return _Problem("broken-link", "the link is empty.", "fill it in.") if name != "srcset" else None
        return self.internal(page, parts.path, parts.fragment, value)

    def external(self, text: str, scheme: str, tag: str) -> _Problem | None:
        if scheme not in _SAFE_SCHEMES and not (scheme == "data" and tag == "img" and text[5:11] == "image/"):
            return _Problem("unsafe-link", f"a link may not start with '{scheme}:'.", "link to an https address.")
        if scheme in ("http", "https") and holds_credentials(text):
            return _Problem("bad-address", CREDENTIALS, CREDENTIALS_FIX)
        if scheme in ("http", "https") and (problem := _host_problem(text)):
            return _Problem("bad-address", f"'{text}' {problem}.", "copy it again.")
        if scheme == "mailto" and not re.fullmatch(r"mailto:[^@\s]+@[^@\s]+\.[^@\s]+", text.partition("?")[0]):
            return _Problem("bad-address", f"'{text}' is not a mail address.", "write mailto:name@host.")
        return None

    def internal(self, page: PageAddress, path: str, fragment: str, value: str) -> _Problem | None:
        if path.startswith("/"):
            base = urlsplit(self.project.site_url).path or "/"
            if not path.startswith(base) and not self.project.absolute_from_docs:
                return None  # another site of the same host
            target = path.removeprefix(base if path.startswith(base) else "/")
        else:
            target = (
                posixpath.join(posixpath.dirname(page.url) if not page.url.endswith("/") else page.url, path)
                if path
                else page.url
            )
        trailing = unquote(target).rpartition("/")[2] in ("", ".", "..")  # as browsers read a final dot
        normal = posixpath.normpath(unquote(target)) if target else ""
        if normal.startswith("../") or normal == "..":
            return _Problem("broken-link", f"'{value}' leads out of the site.", "link to a page below docs/.")
        normal = "" if normal == "." else normal + ("/" if trailing else "")
        if _normal(normal) not in self.known:
            return self.missing(
                normal, value, posixpath.normpath(posixpath.join(posixpath.dirname(page.path), unquote(path)))
            )
        anchor = fragment.partition(":~:")[0]  # what follows is for the browser
        if anchor and anchor != "top":
            return self.anchor(_normal(normal), anchor, value)
        return None

    def anchor(self, url: str, fragment: str, value: str) -> _Problem | None:
        target = self.by_url.get(url)
        if target is None:
            return None
        found = self.harvests.of(target)
        if fragment in found.ids or found.failure:
            return None  # of a page that cannot be rendered, nobody knows the anchors
        fragment = unquote(fragment)  # only then, as browsers do
        if fragment in found.ids:
            return None
        fix = did_you_mean(fragment, found.ids)
        return _Problem("broken-anchor", f"'{target.path}' has no anchor '#{fragment}'.", fix, needle=f"#{fragment}")

    def missing(self, url: str, value: str, written: str) -> _Problem:
        folded = {known.casefold(): path for known, path in self.known.items()}
        bare = url.rstrip("/")
        if url.casefold() in folded:
            return _Problem(
                "broken-link",
                f"'{value}' differs in case from '{folded[url.casefold()]}'.",
                f"write {folded[url.casefold()]}.",
            )
        for guess in (bare, bare.removesuffix(".md") + "/", bare + "/", bare.removesuffix(".html") + "/"):
            if guess in self.known:
                return _Problem(
                    "broken-link",
                    f"'{value}' is not a page or file; '{self.known[guess]}' is.",
                    f"link to {self.known[guess]}.",
                )
        sources = set(self.known.values())
        if any(path.startswith(f"{bare}/") for path in sources):
            return _Problem(
                "broken-link", f"'{value}' is a folder without an index page.", "link to a page in it, or add index.md."
            )
        if (
            bare in self.project.excluded
            or f"{bare}.md" in self.project.excluded
            or f"{bare}/index.md" in self.project.excluded
        ):
            return _Problem(
                "broken-link", f"'{value}' leads to a page that is not published.", "publish it, or remove the link."
            )
        # An unresolved target is still written from the page's file, not from its address.
        fix = did_you_mean(written if written.endswith(".md") else f"{bare}.md", sources)
        return _Problem("broken-link", f"'{value}' leads to nothing.", fix)

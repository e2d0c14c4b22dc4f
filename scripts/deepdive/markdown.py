"""Edge: the Python-Markdown extension. Fences become tables; ``tool:`` and its kin become links.

Everything rendered is put into the element tree after attribute lists were read (so no value of a
table is taken for Markdown) and before the table of contents and the renderer's own link
resolution (so anchors and links in tables are judged like any other).
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any
from xml.etree import ElementTree

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import STX

from deepdive.model import facts
from deepdive.pipeline import Site, site_of
from deepdive.render.bibliography import render_bibliography
from deepdive.render.reference import resolve

# Material prints a notice about MkDocs 2 into every build. The version pins in pyproject.toml and the
# test that builds with ProperDocs are our answer to it; a strict build shall print nothing. This
# module is imported while mkdocs.yml is read (custom_fences), so before the theme.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

_REFERENCE = re.compile(r"(tool|term|fact|paper):(.*)", re.S)
_FROM_DOCS = re.compile(r"/(?P<page>[^/#][^#]*\.md)(?P<anchor>#.*)?", re.S)
_PLACEHOLDER = re.compile(rf"^\s*{STX}wzxhzdk:(\d+)\x03\s*$")
_MARK = "<deepdive-fence>"


class DeepDive(Extension):
    """``site``: the assembled site (found from ``docs_dir`` when absent); ``page``: the page's path; ``meta``: its front matter."""

    def __init__(self, **options: Any) -> None:
        self.config = {
            "site": ["", "the assembled site"],
            "docs_dir": ["docs", "where to assemble it from when no plugin provides it"],
            "page": ["", "path of the page below the docs folder"],
            "meta": [{}, "front matter of the page"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the two tree processors; the fences find their page through ``md.deepdive``."""
        md.deepdive = PageContext(  # type: ignore[attr-defined]
            md,
            self.getConfig("site"),
            self.getConfig("docs_dir"),
            self.getConfig("page"),
            self.getConfig("meta") or {},
        )
        # attr_list runs at 8, toc and MkDocs's anchors at 5, MkDocs's links at 0.
        if not self.getConfig("site"):
            md.treeprocessors.register(_Relative(md), "deepdive_relative", 6.0)
        md.treeprocessors.register(_References(md), "deepdive_references", 6.2)
        md.treeprocessors.register(_Fences(md), "deepdive_fences", 6.1)


class PageContext:
    """What the fences and references of one page share."""

    def __init__(self, md: Markdown, site: Site | None, docs_dir: str, page: str, meta: Mapping[str, Any]) -> None:
        self.md = md
        self.given, self.docs_dir = site, docs_dir
        self.named, self.described = page, meta
        self.cited: list[str] = []
        self.anchors: set[str] = set()

    @cached_property
    def site(self) -> Site:
        """The site, assembled here only if no plugin did and a page asks (extensions are also made to be validated)."""
        return self.given or site_of(self.docs_dir)

    @property
    def page(self) -> str:
        """The path of the page below the docs folder, from the plugin or from Zensical; empty when nobody tells."""
        return self.named or str(getattr(self._zensical(), "path", ""))

    @property
    def meta(self) -> Mapping[str, Any]:
        """Front matter of the page."""
        told: Mapping[str, Any] = getattr(self._zensical(), "meta", {})
        return self.described or told

    def _zensical(self) -> object:
        """What Zensical tells of the page it renders: a preprocessor that does nothing carries it."""
        try:
            return getattr(self.md.preprocessors["rendering_context"], "page", None)
        except KeyError:
            return None


def fence(source: str, language: str, css_class: str, options: dict[str, Any], md: Markdown, **_: Any) -> str:
    """The formatter of every fence of ours (see ``custom_fences`` in mkdocs.yml)."""
    context: PageContext = md.deepdive  # type: ignore[attr-defined]
    renderer: Callable[[str, str], str] = getattr(context.site, f"fence_{language.replace('-', '_')}")
    html = renderer(source, context.page)
    # Raw HTML goes through as it is; what holds links to resolve waits for the element tree.
    return html if language == "example" else _MARK + html


class _Fences(Treeprocessor):
    """Put what fences rendered into the element tree in place of its placeholder."""

    def run(self, root: ElementTree.Element) -> None:
        blocks = self.md.htmlStash.rawHtmlBlocks
        for parent in list(root.iter()):
            for index, child in enumerate(list(parent)):
                match = _PLACEHOLDER.match(child.text or "") if len(child) == 0 else None
                if match and isinstance(block := blocks[int(match[1])], str) and block.startswith(_MARK):
                    element = _element(block.removeprefix(_MARK))
                    element.tail = child.tail
                    self.keep_first_anchors(element)
                    parent[index] = element
        for link in root.iter("a"):
            if re.match(r"https?:", link.get("href") or "", re.I):
                link.set("rel", "noopener")

    def keep_first_anchors(self, element: ElementTree.Element) -> None:
        """A page may show a table in several views: its rows' ids stand in the first."""
        seen: set[str] = self.md.deepdive.anchors  # type: ignore[attr-defined]
        for row in element.iter("tr"):
            anchor = row.get("id")
            if anchor in seen:
                del row.attrib["id"]
            elif anchor:
                seen.add(anchor)


class _References(Treeprocessor):
    """Resolve references to data, and list what a page cites at its foot."""

    def run(self, root: ElementTree.Element) -> None:
        context: PageContext = self.md.deepdive  # type: ignore[attr-defined]
        for link in root.iter("a"):
            match = _REFERENCE.fullmatch(link.get("href") or "")
            if match:
                self.rewrite(link, match[1], match[2], context)
        html = render_bibliography(context.cited, context.meta.get("sources") or [], context.site.catalog)
        if html:
            heading = ElementTree.SubElement(root, "h2", {"id": "references"})
            heading.text = "References"
            root.append(_element(html))

    def rewrite(self, link: ElementTree.Element, scheme: str, name: str, context: PageContext) -> None:
        try:
            found = resolve(scheme, name, context.site.catalog)
        except facts.Unresolved as problem:
            link.attrib.clear()
            link.set("class", "dd-ref dd-broken")
            link.set("title", str(problem))
            link.tag = "span"
            return
        if scheme == "paper" and name not in context.cited:
            context.cited.append(name)
        link.set("href", found.href)
        link.set("title", found.title)
        link.set("class", found.css)
        link.set("data-dd", f"{scheme}:{name}")


class _Relative(Treeprocessor):
    """Without the plugin nobody resolves links from the docs folder: write them from the page, as other links are."""

    def run(self, root: ElementTree.Element) -> None:
        page: str = self.md.deepdive.page  # type: ignore[attr-defined]
        for link in root.iter("a"):
            found = _FROM_DOCS.fullmatch(link.get("href") or "")
            if found:
                path = posixpath.relpath(found["page"], posixpath.dirname(page) or ".")
                link.set("href", path + (found["anchor"] or ""))


def _element(html: str) -> ElementTree.Element:
    # Our own templates wrote it, with every value escaped: there is no foreign XML here.
    return ElementTree.fromstring(html)  # noqa: S314


def makeExtension(**options: Any) -> DeepDive:
    """Entry point of Python-Markdown."""
    return DeepDive(**options)

"""What one page's HTML holds for its readers: links, ids and text, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from deepdive.links.markup import read

_BLOCKS = {
    "p",
    "li",
    "td",
    "th",
    "dt",
    "dd",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "figcaption",
    "summary",
}
_LINKS = {
    "a": ("href",),
    "area": ("href",),
    "img": ("src",),
    "source": ("src",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "iframe": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "track": ("src",),
    "link": ("href",),
}


# What contributed text may not bring to a reader. Scripts of the site itself come from its theme.
_FORBIDDEN_TAGS = frozenset(
    {
        "script",
        "style",
        "iframe",
        "object",
        "embed",
        "form",
        "base",
        "meta",
        "link",
        "button",
        "textarea",
        "select",
        "frame",
        "frameset",
        "applet",
        "portal",
        "foreignobject",
        "animate",
        "set",
    }
)
# Ids with which extensions number the lines and tabs of a page; nobody links to them.
_NUMBERING = re.compile(r"(?:^|--)__")
# What is typed, printed or calculated: brackets in it are meant.
_VERBATIM = ("code", "pre", "kbd", "samp")
_MATHEMATICS = "arithmatex"
# As the HTML standard splits srcset: an address ends at white space, and commas before it end the candidate.
_CANDIDATE = re.compile(r"[\s,]*([^\s,]\S*?)(?:,+(?=\s|$)|(?=\s|$)(?:\([^)]*\)?|[^(,])*)")
_SAFE_STYLE = re.compile(r"\s*text-align\s*:\s*(left|right|center)\s*;?\s*", re.I)


def unsafe(tag: str, attributes: dict[str, str]) -> str:
    """Why a tag may not stand in a page; empty when it may."""
    if tag in _FORBIDDEN_TAGS:
        return f"<{tag}>"
    if tag == "input" and not attributes.get("name", "").startswith("__tabbed_"):
        return "<input>"
    for name, value in attributes.items():
        if name.startswith("on") or name in ("srcdoc", "formaction", "ping", "http-equiv"):
            return f"{name}="
        if name == "style" and not _SAFE_STYLE.fullmatch(value):
            return "style="
    return ""


def candidates(srcset: str) -> Iterator[tuple[int, str]]:
    """Offset and address of every picture that a ``srcset`` names."""
    for match in _CANDIDATE.finditer(srcset):
        yield match.start(1), match[1]


@dataclass(slots=True)
class Harvest:
    """Every link and every id of one page, in order, and the text a reader reads (code and mathematics blanked)."""

    links: list[tuple[str, str, str]] = field(default_factory=list)
    """Tag, attribute and value."""
    ids: set[str] = field(default_factory=set)
    repeated: list[str] = field(default_factory=list)
    text: str = ""
    unsafe: list[str] = field(default_factory=list)
    failure: str = ""
    """Why the page could not be rendered."""


def harvest(html: str, failure: str = "") -> Harvest:
    """Links and ids of some HTML."""
    reader = read(html, lambda: _Reader(Harvest(failure=failure)))
    reader.found.text = "".join(reader.text)
    return reader.found


class _Reader:
    """Scripts and templates hold no link and no id."""

    def __init__(self, found: Harvest) -> None:
        self.found = found
        self.text: list[str] = []
        self.inert = 0
        self.code = 0
        self.formula: list[str] = []
        """The element of a formula, once for each of the same name that is open in it."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the ids and links of one tag."""
        if (attributes or tag in _FORBIDDEN_TAGS or tag == "input") and (reason := unsafe(tag, attributes)):
            self.found.unsafe.append(reason)
        if tag in ("template", "script", "style"):
            self.inert += 1
        if tag in _VERBATIM:
            self.code += 1
        if tag in self.formula or (not self.formula and _MATHEMATICS in attributes.get("class", "").split()):
            self.formula.append(tag)
        if tag in _BLOCKS:
            self.text.append("\n")
        if self.inert:
            return
        for name in ("id", "name") if tag == "a" else ("id",):
            if anchor := attributes.get(name):
                if anchor in self.found.ids and name == "id" and not _NUMBERING.search(anchor):
                    self.found.repeated.append(anchor)
                self.found.ids.add(anchor)
        for name in _LINKS.get(tag, ()):
            if name in attributes:
                self.found.links.append((tag, name, attributes[name]))
        if "srcset" in attributes:
            self.found.links += ((tag, "srcset", address) for _, address in candidates(attributes["srcset"]))

    def end(self, tag: str) -> None:
        """Leave a script, style or template."""
        if tag in ("template", "script", "style") and self.inert:
            self.inert -= 1
        if tag in _VERBATIM and self.code:
            self.code -= 1
        if tag in self.formula:
            self.formula.pop()
        if tag in _BLOCKS:
            self.text.append("\n")

    def data(self, text: str) -> None:
        """Keep prose; blank code and mathematics, whose brackets mean nothing here."""
        if not self.inert:
            self.text.append("\u2423" * len(text) if self.code or self.formula else text)

"""Files that a browser runs or opens as a page: none that a contributor brought may hold a program."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deepdive.diagnostic import Diagnostic, Location, error
from deepdive.load.corpus import Corpus
from deepdive.load.files import read_bytes

# Scripts of the site itself; whoever changes them changes code, and is reviewed as such.
OWN_SCRIPTS = "assets/javascripts/"
_RUNS = (".js", ".mjs", ".cjs", ".html", ".htm", ".xhtml", ".xht", ".shtml", ".wasm", ".swf", ".xml", ".xsl", ".xslt")
_DRAWS = (".svg", ".svgz")
_LIVE = re.compile(
    rb"<\s*(?:[\w-]+:)?(script|foreignobject|iframe|embed|object|handler|set|animate)\b|[\s\"'/](on[a-z]+)\s*=|"
    rb"(javascript|vbscript)\s*:|<!(entity|doctype)[^>]*\[|(?:href|src)\s*=\s*[\"']?\s*(https?:|//|data:text)",
    re.I,
)


def assets_are_harmless(corpus: Corpus) -> Iterator[Diagnostic]:
    """No page or program beside the site's own, and no drawing that runs one or calls another host."""
    for path in corpus.files.others:
        name = path.casefold()
        if name.endswith(_RUNS) and not path.startswith(OWN_SCRIPTS):
            fix = "write a page in Markdown, or remove the file."
            yield error(
                "unsafe-asset",
                "a browser would run or open this file as a page.",
                Location(corpus.files.shown(path)),
                fix,
            )
        elif name.endswith(_DRAWS):
            yield from _drawing(corpus, path)


def _drawing(corpus: Corpus, path: str) -> Iterator[Diagnostic]:
    raw = read_bytes(corpus.files, path) or b""
    text = raw.replace(b"\0", b"")  # UTF-16 is a way to hide words from a search for bytes
    found = _LIVE.search(text)
    if found or path.casefold().endswith(".svgz"):
        line = text.count(b"\n", 0, found.start()) + 1 if found else 1
        what = next(part for part in found.groups() if part).decode("ascii").lower() if found else "packed content"
        message = f"the drawing holds '{what}', which a browser may run or load."
        yield error("unsafe-asset", message, Location(corpus.files.shown(path), line), "export it as plain shapes.")

"""A Content-Security-Policy in every built page: the site's own files, and the inline scripts the theme wrote, by hash.

The host of the site sends no headers of ours, so the policy stands in the page, before anything it governs.
Inline styles stay allowed: the theme's and the diagrams' own styles are inline, and pages cannot bring any
(the checker refuses them).
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from deepdive.parallel import spread

_SCRIPT = re.compile(r"<script\b(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.S | re.I)
_TYPE = re.compile(r"\btype\s*=\s*[\"']?([^\"'\s>]+)", re.I)
# What a browser runs; anything else between script tags is data.
_RUNS = ("", "module", "text/javascript", "application/javascript")
_DEPTH = re.compile(r'new URL\("[./]*",location\)')
# The call with which the diagrams' plugin hands its settings over.
_DIAGRAMS = re.compile(r'mermaid\.initialize\(\{[\s\w":,]*\}\);?')
_HEAD = re.compile(r"<head\b[^>]*>", re.I)
MARK = '<meta http-equiv="Content-Security-Policy"'

DIRECTIVES = {
    "default-src": "'none'",
    # The search compiles WebAssembly of the site.
    "script-src": "'self' 'wasm-unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}


def theme_scripts(site: Path) -> frozenset[str]:
    """The inline scripts of the page for missing addresses, which nobody contributed to: those of the theme."""
    missing = site / "404.html"
    html = missing.read_text("utf-8") if missing.exists() else ""
    return frozenset(_same(text) for text in _inline(html))


def policy(html: str, theme: frozenset[str]) -> str:
    """The policy of one page: of its inline scripts, those of the theme and of the diagrams may run.

    A script that came with the text of a page, past every check, is not among them.
    """
    hashes = []
    for text in _inline(html):
        if _same(text) in theme or _DIAGRAMS.fullmatch(text.strip()):
            digest = hashlib.sha256(text.encode("utf-8")).digest()
            hashes.append(f"'sha256-{base64.b64encode(digest).decode('ascii')}'")
    known = {**DIRECTIVES, "script-src": " ".join([DIRECTIVES["script-src"], *dict.fromkeys(hashes)])}
    return "; ".join(f"{name} {value}" for name, value in known.items())


def _inline(html: str) -> Iterator[str]:
    for script in _SCRIPT.finditer(html):
        kind = _TYPE.search(script["attributes"])
        if not re.search(r"\bsrc\s*=", script["attributes"]) and (kind[1].lower() if kind else "") in _RUNS:
            yield script["text"]


def _same(text: str) -> str:
    """A script of the theme without the page's depth, in which alone it differs from page to page."""
    return _DEPTH.sub("new URL(…)", text)


def secure_pages(site: Path) -> None:
    """Write each page's policy into it. A page that has one is left alone."""
    theme = theme_scripts(site)
    spread(lambda file: _secure(file, theme), list(site.rglob("*.html")))


def _secure(file: Path, theme: frozenset[str]) -> None:
    html = file.read_text("utf-8")
    head = _HEAD.search(html)
    if head and MARK not in html:
        meta = f'{MARK} content="{policy(html, theme)}">'
        file.write_text(html[: head.end()] + meta + html[head.end() :], "utf-8")


def policy_of(html: str) -> str:
    """The policy a page carries, empty when it carries none."""
    found = re.search(re.escape(MARK) + r' content="([^"]*)"', html)
    return unescape(found[1]) if found else ""

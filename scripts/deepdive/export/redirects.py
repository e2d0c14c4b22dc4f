"""A page and a Markdown twin at every address that a page once had.

The host of the site answers no address with a redirect of ours, so a page does it: by a script of the site,
which keeps what follows the address (#section, ?view); without scripts, by a refresh, which cannot.
"""

from __future__ import annotations

import posixpath
from html import escape
from pathlib import Path

from deepdive.export.published import Published
from deepdive.export.twins import address, twin_path
from deepdive.model.places import site_path

SCRIPT = "assets/javascripts/moved.js"


def redirect_files(site: Published, base: str) -> dict[str, str]:
    """What stands at old addresses of the site at ``base``, by path below the site. A target that does not exist is left out."""
    found = {}
    for old, target in site.corpus.redirects.moved.items():
        page, _, anchor = target.partition("#")
        if page in site.texts:
            title = site.texts[page][0]
            found[f"{site_path(old)}index.html"] = _page(old, target, title, address(page, base))
            named = f"[{title}]({address(page, base)}{'#' + anchor if anchor else ''})"
            found[twin_path(old)] = f"# {title}\n\nThis page has moved to {named}.\n"
    return found


def write_redirects(folder: Path, site: Published, base: str) -> None:
    """Write them into the built site in ``folder``."""
    for path, text in redirect_files(site, base).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")


def _page(old: str, target: str, title: str, canonical: str) -> str:
    here = site_path(old)
    # From page to page, so that the site may stand at any address.
    to = posixpath.relpath(site_path(target).partition("#")[0] or ".", here or ".") + "/"
    anchor = target.partition("#")[2]
    to += f"#{anchor}" if anchor else ""
    script = posixpath.relpath(SCRIPT, here or ".")
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f'<title>{escape(title)}</title>\n<link rel="canonical" href="{escape(canonical)}">\n'
        f'<script src="{script}" data-to="{to}"></script>\n'
        f'<noscript><meta http-equiv="refresh" content="0; url={to}"></noscript>\n</head>\n<body>\n'
        f'<main><h1>{escape(title)}</h1>\n<p>This page has <a href="{to}">moved</a>.</p></main>\n</body>\n</html>\n'
    )

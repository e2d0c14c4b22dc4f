"""The site as one archive that works from the file system, without a server: tables, search by name, calculators and all.

Browsers load neither modules nor data from files. So the copy carries its data as scripts, and one
ordinary script (overrides/assets/javascripts/offline.js) hands the modules over as text. What needs
the text index is left out: search finds names, topics and headings.
"""

from __future__ import annotations

import json
import posixpath
import re
import zipfile
from pathlib import Path

# Left out: the text index, which needs a server; and what only programs and feed readers fetch.
_LEFT_OUT = (
    "pagefind/",
    "feeds/",
    "badges/",
    "sitemap.xml",
    "api/v1/tools/",
    "api/v1/all.json",
    "api/v1/catalog.sqlite",
)
_MODULES = "assets/javascripts/"
_ENTRY = f"{_MODULES}site.js"
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
_MODULE = re.compile(r'<script src="([^"]*)assets/javascripts/site\.js" type="module"></script>')
_LINK = re.compile(r'(<a\b[^>]*?\bhref=")([^"#?:]*/|(?:\.\./)*\.{1,2})([#?][^"]*)?(")')
_IMPORT = re.compile(r'((?:from|import)\s*\(?\s*["\'])(\.{1,2}/[^"\']+)(["\'])')
# The date in the archive: the same site gives the same bytes.
_MOMENT = (1980, 1, 1, 0, 0, 0)


def offline_copy(site: Path, archive: Path) -> int:
    """Pack the built ``site`` into ``archive``; how many files it holds.

    Raises FileNotFoundError when ``site`` is no site of ours.
    """
    if not (site / _ENTRY).is_file():
        raise FileNotFoundError(f"{site} holds no built site")
    folder = archive.name.removesuffix(".zip")
    count = 0
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for path in sorted(one for one in site.rglob("*") if one.is_file()):
            name = path.relative_to(site).as_posix()
            if path == archive or name.startswith(_LEFT_OUT) or name.endswith((".zip", ".md")):
                continue
            whole = path.read_bytes()
            if name.endswith(".html") and b" data-to=" in whole:
                continue  # a redirect: nobody comes to a file by an old address
            for entry, content in _entries(name, whole):
                packed.writestr(zipfile.ZipInfo(f"{folder}/{entry}", _MOMENT), content, zipfile.ZIP_DEFLATED)
                count += 1
        packed.writestr(
            zipfile.ZipInfo(f"{folder}/{_MODULES}modules.js", _MOMENT), _modules(site), zipfile.ZIP_DEFLATED
        )
    return count + 1


def _entries(name: str, content: bytes) -> list[tuple[str, bytes]]:
    if name.endswith(".html"):
        return [(name, _page(content.decode("utf-8")).encode("utf-8"))]
    if name.endswith(".json"):
        # A file cannot fetch a file, but it can run a script that says what the file holds.
        said = f"ddOffline({json.dumps(name)}, {json.dumps(content.decode('utf-8'))});\n"
        return [(f"{name}.js", said.encode("utf-8"))]
    return [(name, content)]


def _page(html: str) -> str:
    # To a page on disk, nothing is 'self'.
    html = _POLICY.sub("", html)
    html = _MODULE.sub(
        r'<script src="\1assets/javascripts/modules.js"></script><script src="\1assets/javascripts/offline.js"></script>',
        html,
    )
    return _LINK.sub(lambda found: f"{found[1]}{_file(found[2])}{found[3] or ''}{found[4]}", html)


def _file(folder: str) -> str:
    """What a server would show for a folder."""
    return f"{folder.rstrip('/')}/index.html"


def _modules(site: Path) -> str:
    """Every module of ours as text under a name that does not depend on where it came from."""
    texts = {}
    for path in sorted((site / _MODULES).rglob("*.js")):
        name = path.relative_to(site / _MODULES).as_posix()
        if not name.startswith(("offline.", "moved.", "diagrams.", "bundle.", "workers/", "lunr/")):
            texts[f"dd/{name}"] = _named(path.read_text("utf-8"), posixpath.dirname(name))
    return f"window.ddModules = {json.dumps(texts, ensure_ascii=False)};\n"


def _named(text: str, folder: str) -> str:
    def name(found: re.Match[str]) -> str:
        return f"{found[1]}dd/{posixpath.normpath(posixpath.join(folder, found[2]))}{found[3]}"

    return _IMPORT.sub(name, text)

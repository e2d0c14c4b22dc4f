"""Every file for programs, by path below the site; each is made when it is asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache, partial

from deepdive.export.api import FOLDER, api_files, whole
from deepdive.export.badges import badge
from deepdive.export.feeds import FEEDS, feeds
from deepdive.export.history import changes
from deepdive.export.llms import llms
from deepdive.export.openapi import openapi
from deepdive.export.proposals import PATH as PROPOSALS
from deepdive.export.proposals import proposals
from deepdive.export.published import Published
from deepdive.export.spreadsheets import as_csv, as_sqlite
from deepdive.model.places import tool_page

Files = Mapping[str, Callable[[], str | bytes]]


def publications(site: Published, base: str, name: str, about: str) -> Files:
    """The API, spreadsheets, feeds, badges and the list of pages of a site at the address ``base``."""
    catalog = site.catalog
    files: dict[str, Callable[[], str | bytes]] = dict(api_files(catalog))
    files[f"{FOLDER}/all.json"] = lambda: whole(catalog)
    files[f"{FOLDER}/openapi.json"] = lambda: json.dumps(openapi(catalog, base), indent=1) + "\n"
    files[PROPOSALS] = lambda: proposals(catalog)
    files[f"{FOLDER}/catalog.sqlite"] = lambda: as_sqlite(catalog)
    for table in catalog.tables:
        files[f"{FOLDER}/tables/{table.id}.csv"] = partial(as_csv, table)
    for tool in catalog.tools.values():
        files[f"badges/{tool.id}.svg"] = partial(badge, tool)

    @cache
    def all_feeds() -> dict[str, str]:
        known = changes(site.corpus.root, site.corpus.files.docs, catalog, site.corpus.store)
        return feeds(known, catalog, base, name)

    for path, _, _ in FEEDS:
        files[path] = lambda path=path: all_feeds()[path]  # type: ignore[misc]

    def listed() -> dict[str, tuple[str, str]]:
        tools = {tool_page(tool) for tool in catalog.tools}
        return {path: (title, said) for path, (title, said, _) in site.texts.items() if path not in tools}

    files["llms.txt"] = lambda: llms(listed(), base, name, about)
    return files

"""Pagefind over the built site, and the names of rows and topics of pages, which are searched before it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from deepdive.export.published import Published
from deepdive.load.fences import prose
from deepdive.load.pages import Page
from deepdive.model.accelerator import Accelerator
from deepdive.model.catalog import Catalog, Table
from deepdive.model.places import SHARED_PAGES, row_target, site_path, table_page, tool_page
from deepdive.model.term import Term

# What a row found by its name is called in the results, by kind.
ROW_WORDS = {
    "accelerators": "device",
    "architectures": "design",
    "memory": "memory",
    "interconnects": "link",
    "network_adapters": "network",
    "number_formats": "format",
    "file_formats": "format",
    "cloud_offers": "offer",
    "models": "model",
    "courses": "course",
}
FOLDER = "pagefind"
NAMES = "assets/names.json"
TOPICS = "assets/topics.json"

_HEADING = re.compile(r"^#{1,3}[ \t]+(.+?)(?:[ \t]*\{[^}\n]*\})?[ \t]*$", re.M)
_LINK = re.compile(r"\[([^\]\n]*)\]\([^)\n]*\)")


def index_site(folder: Path, site: Published) -> None:
    """Write the index and the two lists into the built site in ``folder``. Raises CalledProcessError when Pagefind fails."""
    for path, make in lists(site).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(make(), "utf-8")
    shutil.rmtree(folder / FOLDER, ignore_errors=True)
    # The package's own Python interface waits a tenth of a second for every answer; the program does not.
    command = [
        sys.executable,
        "-m",
        "pagefind",
        "--site",
        str(folder),
        "--output-subdir",
        FOLDER,
        "--force-language",
        "en",
    ]
    subprocess.run(
        [*command, "--include-characters", "+#._-", "--exclude-selectors", ".headerlink", "--quiet"],
        check=True,
        capture_output=True,
        text=True,
    )


def lists(site: Published) -> dict[str, Callable[[], str]]:
    """The two lists by path below the site; each is made when it is asked for."""

    def written(rows: list[list[str]]) -> str:
        return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))

    return {NAMES: lambda: written(names(site.catalog)), TOPICS: lambda: written(topics(site))}


def names(catalog: Catalog) -> list[list[str]]:
    """``[name, type, address, aliases joined by |, note]`` of everything that has a name of its own."""
    found = []
    for tool in catalog.tools.values():
        note = "" if tool.status == "active" else tool.status
        found.append([tool.name, "tool", site_path("/" + tool_page(tool.id)), "|".join([*tool.aliases, tool.id]), note])
    for table in catalog.tables:
        if word := ROW_WORDS.get(table.kind):
            for row in table.rows:
                aliases = getattr(row, "aliases", ())
                found.append([row.name, word, site_path(row_target(table, row)), "|".join([*aliases, row.id]), ""])
        elif table.kind == "terms":
            for row in table.rows:
                assert isinstance(row, Term)
                also = [*row.aliases, row.expansion or "", row.id]
                found.append(
                    [row.name, "term", site_path(row_target(table, row)), "|".join(one for one in also if one), ""]
                )
        if table.kind == "accelerators":
            found += _by_memory(table)
        if table.kind not in SHARED_PAGES:
            found.append([table.title, "table", site_path("/" + table_page(table)), table.id.replace("/", " "), ""])
    return sorted(found, key=lambda one: (one[0].casefold(), one[1]))


def _by_memory(table: Table) -> list[list[str]]:
    """The devices of each memory size, as the view of their table that shows them alone."""
    figures = [row.memory_gb for row in table.rows if isinstance(row, Accelerator)]
    sizes = Counter(figure.value for figure in figures if figure and figure.value)
    page = site_path("/" + table_page(table))
    return [
        [
            f"{table.title} with {size:g} GB",
            "devices",
            f"{page}?f.memory_gb={size:g}",
            f"{size:g} GB",
            f"{count} device{'' if count == 1 else 's'}",
        ]
        for size, count in sizes.items()
    ]


def topics(site: Published) -> list[list[str]]:
    """``[title, address, question, about, headings joined by |, terms joined by |]`` of every page written by hand.

    A heading that many pages share says nothing about a page and is left out.
    """
    headings = {
        path: [_plain(one) for one in _HEADING.findall(prose(page.body))] for path, page in site.corpus.pages.items()
    }
    shared = {
        one for one, count in Counter(one for all_ in headings.values() for one in set(all_)).items() if count > 5
    }
    found = []
    for path in sorted(headings):
        title, about, _ = site.texts[path]
        first, *rest = headings[path] or [""]
        own = [one for one in rest if one not in shared]
        terms = {one.target for one in site.corpus.references[path] if one.scheme == "term"} & set(site.catalog.terms)
        spoken = sorted(site.catalog.terms[one].name for one in terms)
        found.append([title, site_path("/" + path), first, about, "|".join(own), "|".join(spoken)])
    return found


def question_of(page: Page) -> str:
    """The first heading of a page, as plain text."""
    found = _HEADING.search(prose(page.body))
    return _plain(found[1]) if found else ""


def _plain(heading: str) -> str:
    return re.sub(r"[`*_]", "", _LINK.sub(r"\1", heading)).strip()

"""Pagefind over the built site, and the names of rows; both they and the topics of pages are searched before it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from deepdive.export.published import Published
from deepdive.export.topics import topics
from deepdive.model.accelerator import Accelerator
from deepdive.model.catalog import Catalog, Table
from deepdive.model.paper import Paper
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
        elif table.kind == "papers":
            for row in table.rows:
                assert isinstance(row, Paper)
                place = site_path(row_target(table, row))
                found.append([row.name, "paper", place, f"{row.citation}|{row.id}", ""])
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

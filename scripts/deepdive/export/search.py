"""Pagefind over the built site, and the names of rows, which are searched before it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from deepdive.model.catalog import Catalog
from deepdive.model.places import SHARED_PAGES, row_target, table_page, tool_page
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


def index_site(site: Path, catalog: Catalog) -> None:
    """Write the index and the list of names into ``site``. Raises CalledProcessError when Pagefind fails."""
    (site / NAMES).parent.mkdir(parents=True, exist_ok=True)
    (site / NAMES).write_text(json.dumps(names(catalog), ensure_ascii=False, separators=(",", ":")), "utf-8")
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    # The package's own Python interface waits a tenth of a second for every answer; the program does not.
    command = [
        sys.executable,
        "-m",
        "pagefind",
        "--site",
        str(site),
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
        if table.kind not in SHARED_PAGES:
            found.append([table.title, "table", site_path("/" + table_page(table)), table.id.replace("/", " "), ""])
    return sorted(found, key=lambda one: (one[0].casefold(), one[1]))


def site_path(target: str) -> str:
    """The address below the site of a target such as ``/reference/glossary.md#hbm``."""
    page, hash_, anchor = target.lstrip("/").partition("#")
    return f"{page.removesuffix('.md').removesuffix('index').rstrip('/')}/{hash_}{anchor}"

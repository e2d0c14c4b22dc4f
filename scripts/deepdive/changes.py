"""What a change touches: the files that differ from a git revision, and the pages that show or name them."""

from __future__ import annotations

import subprocess
from pathlib import Path

from deepdive.load.corpus import Corpus
from deepdive.load.files import TABLE_SUFFIX
from deepdive.load.targets import named_files
from deepdive.model.places import table_page, tool_page
from deepdive.model.tool import Tool

# With a row goes what every table says of it, and no file tells which row that was.
DANGLING = frozenset({"unknown-id", "unknown-reference", "unknown-category"})


def changed_files(root: Path, revision: str) -> set[str]:
    """Paths below ``root`` that differ from ``revision``, are new or are gone.

    Raises ValueError, with a sentence, when git is missing or the revision is none.
    """
    if revision.startswith("-"):
        raise ValueError(f"'{revision}' is not a revision.")
    commands = (
        ["git", "diff", "--name-only", "--no-renames", "--relative", "-z", revision, "--", "."],
        ["git", "ls-files", "--others", "--exclude-standard", "-z", "--", "."],
    )
    found: set[str] = set()
    for command in commands:
        try:
            done = subprocess.run(command, cwd=root, capture_output=True, check=True)
        except FileNotFoundError:
            raise ValueError("--changed-since needs git.") from None
        except subprocess.CalledProcessError as problem:
            reason = problem.stderr.decode("utf-8", "replace").strip().splitlines()
            said = reason[0] if reason else "no reason given"
            raise ValueError(f"git cannot compare with '{revision}': {said}.") from problem
        found |= {name.decode("utf-8", "surrogateescape") for name in done.stdout.split(b"\0") if name}
    return found


def touched(corpus: Corpus, changed: set[str], root: Path) -> set[str]:
    """``changed``, and the pages that show or quote a changed table, link to a changed file or name one that is gone."""
    catalog = corpus.catalog
    tables = {table.id for table in catalog.tables if corpus.documents[table.id].path in changed}
    gone = {Path(path).name for path in changed if not (root / path).exists()}
    below = {path.removeprefix(f"{corpus.files.prefix}/") for path in changed}
    found = set(changed)
    redirects = corpus.redirects.document
    if redirects and any(path in redirects.text for path in below):
        found.add(redirects.path)  # a page came to an old address, or went from a new one
    for table in (catalog.table_by_id[name] for name in tables):
        below |= {table_page(table), *(tool_page(row.id) for row in table.rows if isinstance(row, Tool))}
    # What a page names and no table holds may have gone with the change.
    rows_went = any(path.endswith(TABLE_SUFFIX) for path in changed)
    for path, page in corpus.pages.items():
        rows = ((one.scheme, one.target.partition(".")[0]) for one in corpus.references[path])
        quoted = any(home.id in tables if (home := catalog.home.get(row)) else rows_went for row in rows)
        if quoted or named_files(page) & below or any(name in page.text for name in tables | gone):
            found.add(page.shown)
    return found

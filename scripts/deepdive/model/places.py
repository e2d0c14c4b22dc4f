"""Where things are on the site: the one place that knows the form of an internal target."""

from __future__ import annotations

from deepdive.model.catalog import Table
from deepdive.model.row import Row

GLOSSARY = "reference/glossary.md"
PAPERS = "reference/papers.md"
TIMELINE = "reference/timeline.md"
# Kinds whose tables are shown together, on one page written by hand.
SHARED_PAGES = {"terms": GLOSSARY, "papers": PAPERS, "events": TIMELINE}


def tool_page(tool_id: str) -> str:
    """The page of a tool, as a path from the docs folder."""
    return f"reference/tools/{tool_id}.md"


def table_page(table: Table) -> str:
    """The page that shows the whole table: the one of the same name, written by hand or generated."""
    return SHARED_PAGES.get(table.kind, f"{table.id}.md")


def row_target(table: Table, row: Row) -> str:
    """Where a reader finds a row."""
    if table.kind == "tools":
        return target(tool_page(row.id))
    return target(table_page(table), row.id)


def target(page: str, anchor: str = "") -> str:
    """A link target: an absolute path from the docs folder, resolved by MkDocs and ProperDocs."""
    return f"/{page}#{anchor}" if anchor else f"/{page}"


def site_path(target: str) -> str:
    """The address below the site of a page, or of a target such as ``/reference/glossary.md#hbm``."""
    page, hash_, anchor = target.lstrip("/").partition("#")
    folder, _, name = page.removesuffix(".md").rpartition("/")
    path = folder if name == "index" else f"{folder}/{name}".lstrip("/")
    return f"{path}/{hash_}{anchor}" if path else f"{hash_}{anchor}"

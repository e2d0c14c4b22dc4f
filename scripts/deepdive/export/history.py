"""What changed in the tables, commit by commit, newest first, with what the rows themselves record."""

from __future__ import annotations

import datetime
import subprocess
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from deepdive.model.catalog import Catalog
from deepdive.store import Store, digest
from deepdive.yaml_source.plain import plain_data

MOST_COMMITS = 60
_LARGEST = 1024 * 1024


@dataclass(frozen=True)
class Change:
    """One field of one row, or the row itself (``field`` empty), at a moment."""

    when: str
    kind: str
    id: str
    name: str
    field: str
    before: str
    after: str


def changes(root: Path, docs: Path, catalog: Catalog, store: Store) -> list[Change]:
    """Changes of the tables below ``docs``, newest first; an end that the history does not show is dated by its row."""
    found = list(_from_git(root, docs, store))
    shown = {(change.id, change.after) for change in found if change.field == "status"}
    recorded = (change for change in _from_rows(catalog) if (change.id, change.after) not in shown)
    return sorted([*found, *recorded], key=lambda change: change.when, reverse=True)


def _from_rows(catalog: Catalog) -> Iterator[Change]:
    """Rows tell since when, and not what was before."""
    ended = [tool for tool in catalog.tools.values() if tool.status_since and tool.status != "announced"]
    for tool in sorted(ended, key=lambda one: (str(one.status_since), one.id), reverse=True):
        yield Change(f"{tool.status_since}T00:00:00+00:00", "tools", tool.id, tool.name, "status", "", tool.status)


def _from_git(root: Path, docs: Path, store: Store) -> Iterator[Change]:
    try:
        prefix = docs.relative_to(root).as_posix()
    except ValueError:
        return
    if not (root / ".git").exists():
        return  # a folder inside another repository has no history of its own
    log = _git(root, "log", f"--max-count={MOST_COMMITS}", "--no-merges", "--format=%H %ct", "--", f"{prefix}/**/*.yml")
    for line in log.splitlines():
        commit, _, seconds = line.partition(" ")
        when = datetime.datetime.fromtimestamp(int(seconds), datetime.UTC).isoformat()
        yield from _of_commit(root, prefix, commit, when, store)


def _of_commit(root: Path, prefix: str, commit: str, when: str, store: Store) -> list[Change]:
    key = digest("history-2", commit, prefix)
    kept = store.get(key)
    if isinstance(kept, list):
        return [Change(**entry) for entry in kept]
    names = _git(root, "diff-tree", "-r", "--root", "--no-commit-id", "--name-only", "-z", commit, "--", prefix)
    # All files together: a row that moved to another table is no new one.
    before: dict[tuple[str, str], dict[str, Any]] = {}
    after: dict[tuple[str, str], dict[str, Any]] = {}
    for path in sorted(name for name in names.split("\0") if name.endswith(".yml")):
        before.update(_rows(_git(root, "show", f"{commit}^:{path}")))
        after.update(_rows(_git(root, "show", f"{commit}:{path}")))
    found = list(_compare(when, before, after))
    store.put(key, [asdict(change) for change in found])
    return found


def _compare(
    when: str, before: dict[tuple[str, str], dict[str, Any]], after: dict[tuple[str, str], dict[str, Any]]
) -> Iterator[Change]:
    for kind, name in sorted(before.keys() | after.keys()):
        old, new = before.get((kind, name)), after.get((kind, name))
        title = str((new or old or {}).get("name", name))
        if old is None or new is None:
            yield Change(when, kind, name, title, "", "" if old is None else "listed", "listed" if old is None else "")
            continue
        then, now = _spelled(old), _spelled(new)
        for field in sorted(then.keys() | now.keys()):
            if then.get(field) != now.get(field):
                yield Change(when, kind, name, title, field, then.get(field, ""), now.get(field, ""))


def _spelled(row: dict[str, Any]) -> dict[str, str]:
    """The values of a row by field, rates by format (``peak_dense.bf16``), without where each figure comes from."""
    found = {}
    for field, value in row.items():
        if field in ("reviewed", "sources"):
            continue
        if isinstance(value, dict) and not value.keys() & {"value", "applicable"}:
            found.update({f"{field}.{part}": _short(inner) for part, inner in value.items()})
        else:
            found[field] = _short(value)
    return found


def _rows(text: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Rows by kind and id of a table as it was. Old commits were checked when they were made; what cannot be read is skipped."""
    if not text or len(text) > _LARGEST:
        return {}
    data = plain_data(text)
    rows = data.get("rows") if isinstance(data, dict) else None
    if not isinstance(rows, list) or not data.get("kind"):
        return {}
    return {(str(data["kind"]), str(row["id"])): row for row in rows if isinstance(row, dict) and "id" in row}


def _short(value: Any) -> str:
    if isinstance(value, dict) and value.get("applicable") is False:
        return "not applicable"
    if isinstance(value, dict) and "value" in value:
        value = value["value"]
    text = "not published" if value is None else str(value)
    return text if len(text) <= 200 else text[:199] + "…"


def _git(root: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False)
    except FileNotFoundError:
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""

"""A new tool: answers to a row, the row into its table, and what is wrong with it before anybody reviews it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deepdive.authoring.insert import insert_row
from deepdive.authoring.row import propose_id, write_row
from deepdive.checks import run_checks
from deepdive.diagnostic import Diagnostic, Severity, in_order
from deepdive.load.corpus import load_corpus
from deepdive.model.day import today
from deepdive.store import CACHE, Store

# A source in a line: the address, then the day it was opened, then what the page shows.
_SOURCE = re.compile(r"(?P<url>https?://\S+)(?:\s+(?P<day>\d{4}-\d{2}-\d{2})(?!\S))?(?:\s+(?P<shows>\S.*))?")


@dataclass(frozen=True)
class Proposal:
    """A row that is not written yet: its table file, the file's new text, the row alone, and its findings."""

    id: str
    name: str
    path: Path
    text: str
    row: str
    findings: tuple[Diagnostic, ...]

    @property
    def acceptable(self) -> bool:
        """Whether nothing is wrong with it."""
        return not any(one.severity is Severity.ERROR for one in self.findings)


class NoSuchTable(ValueError):
    """The answers name a table that does not exist; the message lists those that do."""


def propose(docs: Path, answers: Mapping[str, Any]) -> Proposal:
    """The row that ``answers`` make, judged as if it stood in its table.

    ``answers["table"]`` is a table's id, such as ``serving/inference-engines``. Nothing is written.
    Raises NoSuchTable, and ValueError for a table whose rows cannot be told apart.
    """
    corpus = load_corpus(docs, docs.resolve().parent, store=Store(docs.resolve().parent / CACHE))
    tables = {table.id: table for table in corpus.catalog.tables if table.kind == "tools"}
    table = tables.get(str(answers.get("table")))
    if table is None:
        raise NoSuchTable(f"there is no table of tools '{answers.get('table')}'; there are {', '.join(tables)}.")
    name = str(answers["name"])
    fields = {"id": propose_id(name, set(corpus.catalog.tools)), **_fields(answers, today())}
    row = write_row(fields)
    text = insert_row((docs / table.path).read_text("utf-8"), row, name)
    root = docs.resolve().parent
    known = {(one.code, one.message) for one in _findings(docs, root, {})}
    found = in_order(_findings(docs, root, {table.path: text.encode("utf-8")}))
    fresh = tuple(one for one in found if (one.code, one.message) not in known)
    return Proposal(str(fields["id"]), name, docs / table.path, text, row, fresh)


def _fields(answers: Mapping[str, Any], day: datetime.date) -> dict[str, Any]:
    fields = {name: value for name, value in answers.items() if name != "table"}
    fields.setdefault("status", "active")
    # Whoever proposes a tool has just looked at its sources; a reviewer looks again.
    fields["reviewed"] = day
    fields["sources"] = [_source(one, day) for one in fields.get("sources") or []]
    return fields


def _source(line: str, day: datetime.date) -> Any:
    found = _SOURCE.fullmatch(line)
    if found is None:
        return line  # paper:<id>, or what the check will refuse
    opened = day
    if found["day"]:
        try:
            opened = datetime.date.fromisoformat(found["day"])
        except ValueError:
            return line
    shown = {"shows": found["shows"]} if found["shows"] else {}
    return {"url": found["url"], **shown, "accessed": opened}


def _findings(docs: Path, root: Path, drafts: Mapping[str, bytes]) -> list[Diagnostic]:
    corpus = load_corpus(docs, root, store=Store(root.resolve() / CACHE), drafts=drafts)
    return [*corpus.diagnostics, *run_checks(corpus)]

"""``deepdive new``: ask or read a form, show the row, write it when nothing is wrong with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TextIO

from deepdive.authoring.ask import ask
from deepdive.authoring.form import MAX_BODY, BadForm, read_form
from deepdive.authoring.new import NoSuchTable, Proposal, propose
from deepdive.load.corpus import load_corpus
from deepdive.report import text

# An event file holds the whole issue beside its body.
MAX_EVENT = 64 * MAX_BODY


def new_tool(docs: Path, issue: Path | None, answer_file: Path | None, terminal: TextIO) -> tuple[bool, str]:
    """Whether a row was written, and what there is to say.

    ``issue``: a form's text, or the event file of a forge that holds one (``issue.body``). Without it
    the questions are asked at the ``terminal``. ``answer_file`` receives id, name and path for a workflow.
    """
    try:
        if issue is not None:
            answers: dict[str, Any] = dict(read_form(_body(issue)))
        else:
            catalog = load_corpus(docs, docs.resolve().parent).catalog
            answers = ask(catalog, input, lambda line: terminal.write(f"{line}\n"))
        proposal = propose(docs, answers)
    except (BadForm, NoSuchTable, ValueError) as problem:
        return False, f"No row was written: {problem}\n"
    said = f"{proposal.row}\n{text.report(list(proposal.findings))}"
    if not proposal.acceptable:
        return False, f"No row was written, because of what is wrong with it:\n\n{said}"
    proposal.path.write_text(proposal.text, "utf-8")
    if answer_file is not None:
        answer_file.write_text(_answer(proposal), "utf-8")
    return True, f"{said}\nWritten to {proposal.path.as_posix()}. Next: `make check`, look at it with `make serve`.\n"


def _body(issue: Path) -> str:
    raw = issue.read_bytes()
    if len(raw) > MAX_EVENT:
        raise BadForm("the file is too large.")
    content = raw.decode("utf-8", "replace")
    if issue.suffix != ".json":
        return content
    try:
        event = json.loads(content)
        body = event["issue"]["body"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BadForm("the event holds no issue.") from None
    return str(body or "")


def _answer(proposal: Proposal) -> str:
    """``name=value`` lines. The id is letters, digits and hyphens, so it may become part of a branch's name."""
    return f"id={proposal.id}\n"

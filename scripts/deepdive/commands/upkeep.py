"""Keep the data up: add a tool, show what a change does, write what is made beside the pages."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from deepdive.commands import CLEAN, FINDINGS
from deepdive.judge import UsageProblem


def run_new(options: argparse.Namespace) -> int:
    """Add a tool."""
    from deepdive.authoring.command import new_tool

    written, said = new_tool(options.docs, options.from_issue, options.answer, sys.stderr)
    sys.stdout.write(said)
    return CLEAN if written else FINDINGS


def run_changes(options: argparse.Namespace) -> int:
    """Show the rows that differ between two docs folders."""
    from deepdive.load.corpus import load_corpus
    from deepdive.report.changed_rows import changed_rows

    for docs in (options.before, options.after):
        if not docs.is_dir():
            raise UsageProblem(f"there is no folder {docs}.")
    before, after = (load_corpus(docs, docs.resolve().parent).catalog for docs in (options.before, options.after))
    sys.stdout.write(changed_rows(before, after))
    return CLEAN


def run_schema(options: argparse.Namespace) -> int:
    """Write the schema files that editors and the API use."""
    from deepdive.export.schema import export_schemas

    for path, content in export_schemas().items():
        file = options.docs / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")
        print(file)
    return CLEAN


def run_record(options: argparse.Namespace) -> int:
    """Run every example a page shows; write what it prints beside it."""
    from deepdive.examples import record
    from deepdive.load.corpus import load_corpus
    from deepdive.pipeline import example_paths

    docs: Path = options.docs
    failed = False
    for path in example_paths(load_corpus(docs, docs.resolve().parent)):
        result = record(docs / path)
        failed |= bool(result)
        print(f"{path}: {result or 'recorded'}")
    return FINDINGS if failed else CLEAN

"""Edge: arguments to pipeline to report to exit code; the only module that prints.

Each command imports what it needs: a check of which nothing changed needs neither models nor MkDocs,
which take longer to import than it takes.

Exit codes: 0 clean, 1 findings, 2 usage or configuration, 3 incomplete or internal, 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from deepdive.diagnostic import Diagnostic, Severity
from deepdive.fix import apply_edits
from deepdive.judge import Judge, UsageProblem
from deepdive.report import FORMATS, text
from deepdive.report.ticker import Ticker
from deepdive.store import CACHE, Store
from deepdive.watching import watch

CLEAN, FINDINGS, USAGE, INTERNAL, INTERRUPTED = 0, 1, 2, 3, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away (`… | head`): nothing to say, and nobody to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    except UsageProblem as problem:
        print(f"deepdive: {problem}", file=sys.stderr)
        return USAGE
    except Exception:
        traceback.print_exc()
        print("deepdive: internal error; please report it with the lines above.", file=sys.stderr)
        return INTERNAL


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="deepdive", description="Check and export the knowledge base.")
    commands = parser.add_subparsers(required=True, metavar="command")
    check = commands.add_parser("check", help="validate tables, pages and links")
    check.add_argument(
        "--config-file", type=Path, default=Path("mkdocs.yml"), help="the project to check (default: mkdocs.yml)"
    )
    check.add_argument(
        "--docs", type=Path, metavar="FOLDER", help="judge this docs folder under the configuration (a proposed change)"
    )
    check.add_argument("--format", choices=sorted(FORMATS), default="text", help="how findings are written")
    check.add_argument("--only", action="append", default=[], metavar="CODE", help="report this code only (repeatable)")
    check.add_argument("--fix", action="store_true", help="make the safe repairs, show the change")
    check.add_argument("--changed-since", metavar="REV", help="report what the change since a git revision touches")
    check.add_argument("--watch", action="store_true", help="check again whenever a file changes")
    check.add_argument("--no-links", action="store_true", help="leave out what needs every page rendered")
    check.add_argument("--no-cache", action="store_true", help="judge everything anew")
    external = check.add_argument_group("external links (instead of the offline checks)")
    external.add_argument("--external", action="store_true", help="visit every external address; needs a network")
    external.add_argument("--shard", default="1/1", metavar="N/M", help="the N-th of M parts, by hash of the host")
    external.add_argument("--deadline", type=float, default=3600.0, metavar="SECONDS", help="end the run by then")
    external.add_argument("--report", type=Path, metavar="FILE", help="write the run as JSON, to be merged")
    external.add_argument("--summary", type=Path, metavar="FILE", help="write a Markdown summary")
    check.set_defaults(run=run_check)
    building = commands.add_parser("build", help="build the site; a failing build leaves the previous one")
    building.add_argument("--config-file", type=Path, default=Path("mkdocs.yml"))
    building.add_argument("--site-dir", type=Path, default=Path("site"))
    building.add_argument("--generator", choices=["mkdocs", "properdocs"], default="mkdocs")
    building.set_defaults(run=run_build)
    pages = commands.add_parser("pages", help="write every page, those from data included, for other generators")
    pages.add_argument("--config-file", type=Path, default=Path("mkdocs.yml"))
    pages.add_argument("out", type=Path, metavar="OUT", help="a new folder, or one this command wrote")
    pages.set_defaults(run=run_pages)
    new = commands.add_parser("new", help="add a tool: answer questions, or read an issue form")
    new.add_argument("--docs", type=Path, default=Path("docs"))
    new.add_argument(
        "--from-issue", type=Path, metavar="FILE", help="the text of an issue form, or an event file with one"
    )
    new.add_argument("--answer", type=Path, metavar="FILE", help="write the id of the new row here")
    new.set_defaults(run=run_new)
    changes = commands.add_parser("changes", help="what a change does to the tables, as Markdown")
    changes.add_argument("before", type=Path, help="the docs folder as it was")
    changes.add_argument("after", type=Path, help="the docs folder as it shall be")
    changes.set_defaults(run=run_changes)
    merging = commands.add_parser("merge", help="merge the reports of sharded link runs")
    merging.add_argument("reports", type=Path, nargs="+", metavar="REPORT")
    merging.add_argument("--summary", type=Path, metavar="FILE", help="write a Markdown summary")
    merging.set_defaults(run=run_merge)
    schema = commands.add_parser("schema", help="write the JSON Schemas below docs/")
    schema.add_argument("--docs", type=Path, default=Path("docs"))
    schema.set_defaults(run=run_schema)
    recording = commands.add_parser("record", help="run the examples and record their output")
    recording.add_argument("--docs", type=Path, default=Path("docs"))
    recording.set_defaults(run=run_record)
    return parser


def run_check(options: argparse.Namespace) -> int:
    """Everything wrong with a project, in one run."""
    config_file: Path = options.config_file
    if not config_file.is_file():
        raise UsageProblem(f"there is no {config_file}; name a configuration file with --config-file.")
    if options.external:
        return run_probe(options)
    if options.watch:
        return watch(config_file, lambda: _write(_found(options), options.format))
    found = _found(options)
    if options.fix:
        change = apply_edits(options.docs.resolve().parent if options.docs else config_file.resolve().parent, found)
        sys.stdout.write(change)
        if change:
            found = _found(options)
    return _write(found, options.format)


def _found(options: argparse.Namespace) -> list[Diagnostic]:
    store = Store(None if options.no_cache else options.config_file.resolve().parent / CACHE)
    with Ticker(sys.stderr) as ticker:
        judge = Judge(options.config_file, options.docs, not options.no_links, store, ticker)
        found = judge.findings_since(options.changed_since) if options.changed_since else judge.findings()
    store.prune()
    return [one for one in found if not options.only or one.code in options.only]


def _write(found: list[Diagnostic], how: str) -> int:
    if how == "text":
        sys.stdout.write(text.report(found, colour=sys.stdout.isatty() and "NO_COLOR" not in os.environ))
    else:
        sys.stdout.write(FORMATS[how](found))
    return FINDINGS if any(one.severity is Severity.ERROR for one in found) else CLEAN


def run_probe(options: argparse.Namespace) -> int:
    """Visit the external addresses of pages and tables."""
    from deepdive.links import probe
    from deepdive.probing import visit

    found, report = visit(options.config_file, options.shard, options.deadline)
    if options.only:
        found = [one for one in found if one.code in options.only]
    if options.fix:
        sys.stdout.write(apply_edits(options.config_file.resolve().parent, found))
        found = [one for one in found if one.edit is None]
    if options.report:
        options.report.write_text(report.to_json(), "utf-8")
    if options.summary:
        options.summary.write_text(probe.summarise(report), "utf-8")
    code = _write(found, options.format)
    return INTERRUPTED if report.interrupted else code if report.complete else INTERNAL


def run_build(options: argparse.Namespace) -> int:
    """Build the site aside, then put it in place."""
    from deepdive.building import NotOurs, build

    try:
        return FINDINGS if build(options.config_file, options.site_dir, options.generator) else CLEAN
    except NotOurs as problem:
        raise UsageProblem(str(problem)) from problem


def run_pages(options: argparse.Namespace) -> int:
    """Write the whole site as sources."""
    from deepdive.sources import write_sources

    print(f"{write_sources(options.config_file, options.out)} files below {options.out}")
    return CLEAN


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

    before, after = (load_corpus(docs, docs.resolve().parent).catalog for docs in (options.before, options.after))
    sys.stdout.write(changed_rows(before, after))
    return CLEAN


def run_merge(options: argparse.Namespace) -> int:
    """Merge the reports of sharded runs: what they found together."""
    from deepdive.links import probe

    try:
        whole = probe.merge([probe.Report.from_json(file.read_text("utf-8")) for file in options.reports])
    except (OSError, ValueError) as problem:
        raise UsageProblem(str(problem)) from problem
    summary = probe.summarise(whole)
    if options.summary:
        options.summary.write_text(summary, "utf-8")
    else:
        sys.stdout.write(summary)
    return FINDINGS if probe.needs_issue(whole) else CLEAN if whole.complete else INTERNAL


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

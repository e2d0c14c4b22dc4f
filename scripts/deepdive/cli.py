"""Edge: arguments to pipeline to report to exit code; the only module that prints.

Exit codes: 0 clean, 1 findings, 2 usage or configuration, 3 incomplete or internal, 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from deepdive.diagnostic import Diagnostic, Severity, in_order
from deepdive.examples import record
from deepdive.export.schema import export_schemas
from deepdive.fix import apply_edits
from deepdive.links.resolve import check_html, check_links
from deepdive.load.corpus import load_corpus
from deepdive.pipeline import assemble, example_paths
from deepdive.report import FORMATS, text

HOUSE_RULES = frozenset({"invisible-character", "control-character"})
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


class UsageProblem(Exception):
    """The arguments or the configuration cannot be used."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="deepdive", description="Check and export the knowledge base.")
    commands = parser.add_subparsers(required=True, metavar="command")
    check = commands.add_parser("check", help="validate tables, pages and links")
    check.add_argument(
        "--config-file", type=Path, default=Path("mkdocs.yml"), help="the project to check (default: mkdocs.yml)"
    )
    check.add_argument("--format", choices=sorted(FORMATS), default="text", help="how findings are written")
    check.add_argument("--only", action="append", default=[], metavar="CODE", help="report this code only (repeatable)")
    check.add_argument("--fix", action="store_true", help="make the safe repairs, show the change")
    check.add_argument("--no-links", action="store_true", help="leave out what needs every page rendered")
    check.set_defaults(run=run_check)
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
    found = findings(config_file, links=not options.no_links)
    if options.only:
        found = [one for one in found if one.code in options.only]
    if options.fix:
        change = apply_edits(config_file.resolve().parent, found)
        sys.stdout.write(change)
        if change:
            found = findings(config_file, links=not options.no_links)
    if options.format == "text":
        sys.stdout.write(text.report(found, colour=sys.stdout.isatty() and "NO_COLOR" not in os.environ))
    else:
        sys.stdout.write(FORMATS[options.format](found))
    return FINDINGS if any(one.severity is Severity.ERROR for one in found) else CLEAN


def findings(config_file: Path, links: bool = True) -> list[Diagnostic]:
    """What is wrong with the project of ``config_file``; elsewhere than here, links only."""
    from deepdive import plugin  # MkDocs takes a third of a second to import

    root = config_file.resolve().parent
    try:
        own = plugin.is_knowledge_base(config_file)
        project = plugin.render_project(config_file) if links else None
        docs = project.docs if project else plugin.docs_folder(config_file)
    except plugin.CONFIGURATION_PROBLEMS as problem:
        raise UsageProblem(f"{config_file} cannot be used: {problem}") from problem
    if own:
        site = assemble(docs, root)
        corpus, found = site.corpus, list(site.diagnostics)
    else:
        corpus = load_corpus(docs, root, tables=False)
        # Elsewhere authors may have their reasons for an invisible character.
        found = [one for one in corpus.diagnostics if one.code not in HOUSE_RULES]
    if project:
        found += check_links(project, corpus.pages)
        if own:
            found += check_html(project, corpus.pages)
    return in_order(found)


def run_schema(options: argparse.Namespace) -> int:
    """Write the schema files that editors and the API use."""
    for path, content in export_schemas().items():
        file = options.docs / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")
        print(file)
    return CLEAN


def run_record(options: argparse.Namespace) -> int:
    """Run every example a page shows; write what it prints beside it."""
    docs: Path = options.docs
    failed = False
    for path in example_paths(load_corpus(docs, docs.resolve().parent)):
        result = record(docs / path)
        failed |= bool(result)
        print(f"{path}: {result or 'recorded'}")
    return FINDINGS if failed else CLEAN

"""Edge: arguments to pipeline to report to exit code; the only module that prints.

Exit codes: 0 clean, 1 findings, 2 usage or configuration, 3 incomplete or internal, 130 interrupted.
"""

from __future__ import annotations

import argparse
import asyncio
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
    external = check.add_argument_group("external links (instead of the offline checks)")
    external.add_argument("--external", action="store_true", help="visit every external address; needs a network")
    external.add_argument("--shard", default="1/1", metavar="N/M", help="the N-th of M parts, by hash of the host")
    external.add_argument("--deadline", type=float, default=3600.0, metavar="SECONDS", help="end the run by then")
    external.add_argument("--report", type=Path, metavar="FILE", help="write the run as JSON, to be merged")
    external.add_argument("--summary", type=Path, metavar="FILE", help="write a Markdown summary")
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
    if options.external:
        return run_probe(options)
    found = findings(config_file, links=not options.no_links)
    if options.only:
        found = [one for one in found if one.code in options.only]
    if options.fix:
        change = apply_edits(config_file.resolve().parent, found)
        sys.stdout.write(change)
        if change:
            found = findings(config_file, links=not options.no_links)
    return _write(found, options.format)


def _write(found: list[Diagnostic], how: str) -> int:
    if how == "text":
        sys.stdout.write(text.report(found, colour=sys.stdout.isatty() and "NO_COLOR" not in os.environ))
    else:
        sys.stdout.write(FORMATS[how](found))
    return FINDINGS if any(one.severity is Severity.ERROR for one in found) else CLEAN


def run_probe(options: argparse.Namespace) -> int:
    """Visit the external addresses of pages and tables. The GitHub token comes from ``GITHUB_TOKEN`` alone."""
    from deepdive import plugin
    from deepdive.links import probe  # aiohttp is needed here only

    root = options.config_file.resolve().parent
    try:
        own = plugin.is_knowledge_base(options.config_file)
        corpus = load_corpus(plugin.docs_folder(options.config_file), root, tables=own)
        shard = probe.Shard.parse(options.shard)
    except (*plugin.CONFIGURATION_PROBLEMS, ValueError) as problem:
        raise UsageProblem(str(problem)) from problem
    settings = probe.Options(
        cache_folder=root / ".cache" / "links",
        shard=shard,
        token=os.environ.get("GITHUB_TOKEN", ""),
        suppressions=root / "links.yml",
        stream=sys.stderr,
        policy=probe.Policy(run_seconds=options.deadline),
        config=options.config_file.name,
    )
    found, report = asyncio.run(probe.run_external(corpus, settings))
    if options.only:
        found = [one for one in found if one.code in options.only]
    if options.fix:
        sys.stdout.write(apply_edits(root, found))
        found = [one for one in found if one.edit is None]
    if options.report:
        options.report.write_text(report.to_json(), "utf-8")
    if options.summary:
        options.summary.write_text(probe.summarise(report), "utf-8")
    code = _write(found, options.format)
    return INTERRUPTED if report.interrupted else code if report.complete else INTERNAL


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

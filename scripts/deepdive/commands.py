"""What each command does: pipeline to report to exit code; with cli.py the only module that prints.

Each command imports what it needs: a check of which nothing changed needs neither models nor MkDocs,
which take longer to import than it takes.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from functools import partial
from pathlib import Path

from deepdive.diagnostic import Diagnostic, Severity
from deepdive.fix import apply_edits
from deepdive.judge import Judge, UsageProblem
from deepdive.report import FORMATS, text
from deepdive.report.ticker import Ticker
from deepdive.store import CACHE, Store
from deepdive.watching import Aside, watch

CLEAN, FINDINGS, USAGE, INTERNAL, INTERRUPTED = 0, 1, 2, 3, 130


def run_check(options: argparse.Namespace) -> int:
    """Everything wrong with a project, in one run."""
    config_file: Path = options.config_file
    if not config_file.is_file():
        raise UsageProblem(f"there is no {config_file}; name a configuration file with --config-file.")
    if options.external:
        return run_probe(options)
    if options.watch:
        judge = Judge(config_file, options.docs, not options.no_links, _store(options))
        return watch(config_file, lambda: _write(_found(options), options.format), warm=judge.warm)
    found = _found(options)
    if options.fix:
        change = apply_edits(options.docs.resolve().parent if options.docs else config_file.resolve().parent, found)
        sys.stdout.write(change)
        if change:
            found = _found(options)
    return _write(found, options.format)


def _found(options: argparse.Namespace) -> list[Diagnostic]:
    store = _store(options)
    with Ticker(sys.stderr) as ticker:
        judge = Judge(options.config_file, options.docs, not options.no_links, store, ticker)
        found = judge.findings_since(options.changed_since) if options.changed_since else judge.findings()
    store.prune()
    return [one for one in found if not options.only or one.code in options.only]


def _store(options: argparse.Namespace) -> Store:
    return Store(None if options.no_cache else options.config_file.resolve().parent / CACHE)


def _write(found: list[Diagnostic], how: str) -> int:
    if how == "text":
        sys.stdout.write(text.report(found, colour=sys.stdout.isatty() and "NO_COLOR" not in os.environ))
    else:
        sys.stdout.write(FORMATS[how](found))
    return FINDINGS if any(one.severity is Severity.ERROR for one in found) else CLEAN


def run_probe(options: argparse.Namespace) -> int:
    """Visit the external addresses of pages and tables. The GitHub token comes from ``GITHUB_TOKEN`` alone."""
    import asyncio

    from deepdive.links import probe
    from deepdive.load.corpus import load_corpus
    from deepdive.plugin import project as projects

    root = options.config_file.resolve().parent
    try:
        config = projects.open_config(options.config_file)
        corpus = load_corpus(Path(config.docs_dir), root, tables=projects.is_knowledge_base(config))
        shard = probe.Shard.parse(options.shard)
    except (*projects.CONFIGURATION_PROBLEMS, ValueError) as problem:
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


def run_build(options: argparse.Namespace) -> int:
    """Build the site aside, then put it in place."""
    from deepdive.building import NotOurs, build, generator

    make = (
        generator(options.generator, options.config_file) if options.generator else partial(_make, options.config_file)
    )
    try:
        return CLEAN if build(make, options.site_dir) else FINDINGS
    except NotOurs as problem:
        raise UsageProblem(str(problem)) from problem


def _make(config_file: Path, fresh: Path) -> bool:
    from deepdive.plugin.project import CONFIGURATION_PROBLEMS, open_config
    from deepdive.plugin.whole import make_whole

    begun = time.monotonic()
    try:
        problems = make_whole(open_config(config_file), fresh)
    except CONFIGURATION_PROBLEMS as problem:
        raise UsageProblem(f"{config_file} cannot be used: {problem}") from problem
    for line in problems:
        print(line, file=sys.stderr)
    if problems:
        print(f"{len(problems)} warnings: the site before stays.", file=sys.stderr)
        return False
    print(f"Built in {time.monotonic() - begun:.1f} s.")
    return True


def run_serve(options: argparse.Namespace) -> int:
    """Show the site while it is written, and judge it after every change."""
    import logging

    from deepdive.plugin.preview import preview
    from deepdive.plugin.project import CONFIGURATION_PROBLEMS

    logging.basicConfig(format="%(message)s", level=logging.WARNING)
    for spoken in ("mkdocs.livereload", "mkdocs.plugins.deepdive.preview"):
        logging.getLogger(spoken).setLevel(logging.INFO)
    judging = Aside([sys.executable, "-m", "deepdive", "check", "--config-file", str(options.config_file)])
    try:
        with preview(options.config_file, options.address, judging.again) as server:
            judging.again()
            server.serve()
    except (*CONFIGURATION_PROBLEMS, OSError) as problem:
        raise UsageProblem(f"the site cannot be served: {problem}") from problem
    except KeyboardInterrupt:
        return CLEAN
    finally:
        judging.stop()
    return CLEAN


def run_offline(options: argparse.Namespace) -> int:
    """Pack a built site."""
    from deepdive.offline import offline_copy

    archive = options.archive or options.site_dir / "ai-stack-deepdive.zip"
    try:
        count = offline_copy(options.site_dir, archive)
    except FileNotFoundError as problem:
        raise UsageProblem(f"{problem}; run `make build` first.") from problem
    print(f"{archive}: {count} files, {archive.stat().st_size / 1e6:.1f} MB")
    return CLEAN


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

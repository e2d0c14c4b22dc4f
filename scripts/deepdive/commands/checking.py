"""Judge a project, or visit the addresses it leads to."""

from __future__ import annotations

import argparse
import difflib
import os
import re
import sys
from pathlib import Path

from deepdive.commands import CLEAN, FINDINGS, INTERNAL, INTERRUPTED, USAGE
from deepdive.diagnostic import Diagnostic, Severity
from deepdive.fix import apply_edits
from deepdive.judge import Judge, UsageProblem
from deepdive.report import FORMATS, text
from deepdive.report.ticker import Ticker
from deepdive.store import CACHE, Store
from deepdive.watching import watch


def run_check(options: argparse.Namespace) -> int:
    """Everything wrong with a project, in one run."""
    config_file: Path = options.config_file
    if not config_file.is_file():
        raise UsageProblem(f"there is no {config_file}; name a configuration file with --config-file.")
    _known(options.only)
    if options.external:
        return run_probe(options)
    if options.watch:
        judge = Judge(config_file, options.docs, not options.no_links, _store(options))
        return watch(config_file, lambda: _watched(options), warm=judge.warm)
    found = _found(options)
    if options.fix:
        change = apply_edits(options.docs.resolve().parent if options.docs else config_file.resolve().parent, found)
        _tell(change, options.format)
        if change:
            found = _found(options)
    return _write(found, options.format)


def run_probe(options: argparse.Namespace) -> int:
    """Visit the external addresses of pages and tables. The GitHub token comes from ``GITHUB_TOKEN`` alone."""
    import asyncio

    from deepdive.links import probe
    from deepdive.load.corpus import load_corpus
    from deepdive.plugin import project as projects

    _without(options, "docs", "changed_since", "watch", "no_cache", "no_links")
    for file in filter(None, (options.report, options.summary)):
        if not file.parent.is_dir():
            raise UsageProblem(f"there is no folder {file.parent} to write {file.name} into.")
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
        _tell(apply_edits(root, found), options.format)
        found = [one for one in found if one.edit is None]
    if options.report:
        options.report.write_text(report.to_json(), "utf-8")
    if options.summary:
        options.summary.write_text(probe.summarise(report), "utf-8")
    code = _write(found, options.format)
    return INTERRUPTED if report.interrupted else code if report.complete else INTERNAL


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


def _known(codes: list[str]) -> None:
    """Every code has a heading in the documentation, which the tests hold to the program."""
    page = Path(__file__).resolve().parents[3] / "docs" / "contributing" / "checks.md"
    known = re.findall(r"^### (\S+)$", page.read_text("utf-8"), re.M) if codes and page.is_file() else codes
    for code in codes:
        if code not in known:
            close = difflib.get_close_matches(code, known, 1)
            hint = f"did you mean '{close[0]}'?" if close else "docs/contributing/checks.md lists them."
            raise UsageProblem(f"there is no code '{code}'; {hint}")


def _without(options: argparse.Namespace, *names: str) -> None:
    """Refuse what an external run would leave unheard."""
    for name in names:
        if getattr(options, name):
            raise UsageProblem(
                f"--external visits every address of the project; it knows no --{name.replace('_', '-')}."
            )


def _watched(options: argparse.Namespace) -> int:
    """A round of watching. A configuration that is half written is no reason to end."""
    try:
        return _write(_found(options), options.format)
    except UsageProblem as problem:
        print(f"deepdive: {problem}", file=sys.stderr)
        return USAGE


def _found(options: argparse.Namespace) -> list[Diagnostic]:
    store = _store(options)
    with Ticker(sys.stderr) as ticker:
        judge = Judge(options.config_file, options.docs, not options.no_links, store, ticker)
        found = judge.findings_since(options.changed_since) if options.changed_since else judge.findings()
    store.prune()
    return [one for one in found if not options.only or one.code in options.only]


def _store(options: argparse.Namespace) -> Store:
    return Store(None if options.no_cache else options.config_file.resolve().parent / CACHE)


def _tell(change: str, how: str) -> None:
    """Show what was repaired, beside a report that a program reads."""
    (sys.stdout if how == "text" else sys.stderr).write(change)


def _write(found: list[Diagnostic], how: str) -> int:
    if how == "text":
        sys.stdout.write(text.report(found, colour=sys.stdout.isatty() and "NO_COLOR" not in os.environ))
    else:
        sys.stdout.write(FORMATS[how](found))
    return FINDINGS if any(one.severity is Severity.ERROR for one in found) else CLEAN

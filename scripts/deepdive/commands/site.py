"""Make the site: build it, show it, pack it, or write it as sources."""

from __future__ import annotations

import argparse
import sys
import time
from functools import partial
from pathlib import Path

from deepdive.commands import CLEAN, FINDINGS
from deepdive.judge import UsageProblem
from deepdive.watching import Aside


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

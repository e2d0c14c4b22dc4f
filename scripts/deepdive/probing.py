"""A visit to the external addresses of one project, as `deepdive check --external` makes it."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from deepdive import plugin
from deepdive.diagnostic import Diagnostic
from deepdive.judge import UsageProblem
from deepdive.links import probe
from deepdive.load.corpus import load_corpus


def visit(config_file: Path, shard: str, deadline: float) -> tuple[list[Diagnostic], probe.Report]:
    """Findings and report of one shard. The GitHub token comes from ``GITHUB_TOKEN`` alone.

    Raises UsageProblem for a configuration that cannot be used, or a shard that is none.
    """
    root = config_file.resolve().parent
    try:
        config = plugin.open_config(config_file)
        corpus = load_corpus(Path(config.docs_dir), root, tables=plugin.is_knowledge_base(config))
        part = probe.Shard.parse(shard)
    except (*plugin.CONFIGURATION_PROBLEMS, ValueError) as problem:
        raise UsageProblem(str(problem)) from problem
    settings = probe.Options(
        cache_folder=root / ".cache" / "links",
        shard=part,
        token=os.environ.get("GITHUB_TOKEN", ""),
        suppressions=root / "links.yml",
        stream=sys.stderr,
        policy=probe.Policy(run_seconds=deadline),
        config=config_file.name,
    )
    return asyncio.run(probe.run_external(corpus, settings))

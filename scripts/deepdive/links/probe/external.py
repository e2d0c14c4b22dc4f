"""The way through the room: a corpus in, findings and a report out."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from deepdive.diagnostic import Diagnostic, Location, in_order
from deepdive.links.probe.cache import Cache
from deepdive.links.probe.collect import Collected, Linked, Shard, collect
from deepdive.links.probe.diagnose import diagnose
from deepdive.links.probe.github import ENDPOINT, RepositoryState
from deepdive.links.probe.policy import Policy
from deepdive.links.probe.progress import Progress
from deepdive.links.probe.report import Report
from deepdive.links.probe.run import probe
from deepdive.links.probe.suppressions import Suppression, read_suppressions
from deepdive.load.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Options:
    """How a run is done. ``paths`` (as reports print them) limits it to what stands in those files."""

    cache_folder: Path | None = None
    """Where verdicts are kept; None runs without."""
    shard: Shard = field(default_factory=Shard)
    token: str = ""
    """A GitHub token that may read public repositories; empty leaves GitHub's interface unasked."""
    suppressions: Path | None = None
    paths: frozenset[str] | None = None
    stream: TextIO | None = None
    """The terminal that shows progress; nothing is written to anything else."""
    policy: Policy = field(default_factory=Policy)
    config: str = "mkdocs.yml"
    """The file that findings about the run itself are shown at."""
    github_endpoint: str = ENDPOINT


async def run_external(corpus: Corpus, options: Options) -> tuple[list[Diagnostic], Report]:
    """Probe the external addresses of a corpus: the findings in report order, and the run as data.

    Cancelling it (Ctrl-C) ends it within two seconds with what is known by then; ``report.complete``
    says whether every address had its turn.
    """
    policy = options.policy
    collected = _limited(collect(corpus, policy, options.shard), options.paths)
    today = datetime.datetime.fromtimestamp(policy.now(), datetime.UTC).date()
    suppressions: list[Suppression] = []
    found: list[Diagnostic] = []
    if options.suppressions is not None:
        suppressions, found = read_suppressions(options.suppressions, corpus.root, today)
    cache = Cache(options.cache_folder, policy)
    progress = Progress(options.stream, len(collected.linked))
    addresses = [linked.spelled for linked in collected.linked.values()]
    slugs = [repository.slug for repository in collected.repositories]
    report = await probe(addresses, policy, cache, progress, options.token, slugs, options.github_endpoint)
    report.places = {
        url: sorted(str(place.location) for place in linked.places) for url, linked in collected.linked.items()
    }
    report.repositories = _telling(collected, report)
    # A part of the addresses, or of the time, cannot show that an entry is needed by nothing.
    everything = options.shard.count == 1 and options.paths is None
    found += diagnose(collected, report, suppressions, Location(options.config), everything)
    return in_order(found), report


def _telling(collected: Collected, report: Report) -> dict[str, RepositoryState]:
    """The repositories that leave something to do; one that ended as its row says is no news."""
    active = {one.slug for one in collected.repositories if one.status == "active"}
    states = report.repositories.items()
    return {slug: state for slug, state in states if state.renamed or (state.archived and slug in active)}


def _limited(collected: Collected, paths: frozenset[str] | None) -> Collected:
    if paths is None:
        return collected
    limited = Collected()
    for url, linked in collected.linked.items():
        if kept := [place for place in linked.places if place.location.path in paths]:
            limited.linked[url] = Linked(linked.spelled, kept)
    limited.refused = [entry for entry in collected.refused if entry[2].location.path in paths]
    limited.repositories = [one for one in collected.repositories if one.place.location.path in paths]
    return limited

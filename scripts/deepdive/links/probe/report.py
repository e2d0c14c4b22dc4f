"""What a run found, as data: for diagnosis, for the summary, and as JSON to be merged with other shards'."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from deepdive.links.probe.github import RepositoryState
from deepdive.links.probe.verdict import Kind, Outcome, Verdict, outcome_of

_COUNTS = ("reused", "requests", "total")
_FLAGS = ("interrupted", "network_down", "out_of_time")


@dataclass(slots=True)
class Report:
    """One run, or several shards of one.

    ``before`` holds what the last finished run said (empty: it did not know the address), ``places``
    where an address stands, ``suppressed`` the addresses whose findings somebody answers for.
    """

    outcomes: dict[str, Outcome] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)
    places: dict[str, list[str]] = field(default_factory=dict)
    repositories: dict[str, RepositoryState] = field(default_factory=dict)
    suppressed: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    total: int = 0
    reused: int = 0
    requests: int = 0
    seconds: float = 0.0
    interrupted: bool = False
    network_down: bool = False
    out_of_time: bool = False

    @property
    def complete(self) -> bool:
        """Whether every address got its turn. Exit code 3 (or 130, when interrupted) otherwise."""
        return not (self.interrupted or self.network_down or self.out_of_time)

    def count(self, verdict: Verdict) -> int:
        """How many addresses have a verdict."""
        return sum(1 for outcome in self.outcomes.values() if outcome.verdict is verdict)

    def label(self, url: str) -> str:
        """One word for an address: its kind when that says more than the verdict."""
        outcome = self.outcomes[url]
        return outcome.kind.value if outcome.kind in (Kind.MOVED, Kind.SUSPICIOUS) else outcome.verdict.value

    def changed(self) -> list[str]:
        """Addresses that have another verdict than in the last run; those without a turn have none."""
        asked = (url for url, outcome in self.outcomes.items() if outcome.kind is not Kind.UNASKED)
        return sorted(url for url in asked if self.before.get(url) and self.before[url] != self.label(url))

    def to_json(self) -> str:
        """The report for other programs and for merging, in a fixed order."""
        data: dict[str, Any] = {
            "version": 1,
            "outcomes": [self.outcomes[url].plain() for url in sorted(self.outcomes)],
            "before": dict(sorted(self.before.items())),
            "places": dict(sorted(self.places.items())),
            "repositories": [asdict(self.repositories[slug]) for slug in sorted(self.repositories)],
            "suppressed": sorted(self.suppressed),
            "warnings": self.warnings,
            "seconds": round(self.seconds, 1),
            **{name: getattr(self, name) for name in (*_COUNTS, *_FLAGS)},
        }
        return json.dumps(data, indent=1, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Report:
        """Read a report that ``to_json`` wrote. Raises ValueError."""
        try:
            data = json.loads(text)
            outcomes = [outcome for entry in data["outcomes"] if (outcome := outcome_of(entry))]
            return cls(
                outcomes={outcome.url: outcome for outcome in outcomes},
                before={str(url): str(word) for url, word in data["before"].items()},
                places={str(url): [str(place) for place in places] for url, places in data["places"].items()},
                repositories={one["asked"]: RepositoryState(**one) for one in data["repositories"]},
                suppressed=[str(url) for url in data["suppressed"]],
                warnings=[str(warning) for warning in data["warnings"]],
                seconds=float(data["seconds"]),
                **{name: int(data[name]) for name in _COUNTS},  # type: ignore[arg-type]
                **{name: bool(data[name]) for name in _FLAGS},
            )
        except (KeyError, TypeError, AttributeError, RecursionError) as problem:
            raise ValueError(f"this is no report of a run ({type(problem).__name__})") from None


def merge(reports: Iterable[Report]) -> Report:
    """The reports of all shards as one; an address in several keeps its newest outcome."""
    whole = Report()
    for report in reports:
        for url, outcome in report.outcomes.items():
            if url not in whole.outcomes or whole.outcomes[url].when <= outcome.when:
                whole.outcomes[url] = outcome
        whole.before |= report.before
        for url, places in report.places.items():
            whole.places[url] = sorted({*whole.places.get(url, []), *places})
        whole.repositories |= report.repositories
        whole.suppressed = sorted({*whole.suppressed, *report.suppressed})
        whole.warnings += [warning for warning in report.warnings if warning not in whole.warnings]
        whole.seconds = max(whole.seconds, report.seconds)
        for name in _COUNTS:
            setattr(whole, name, getattr(whole, name) + getattr(report, name))
        for name in _FLAGS:
            setattr(whole, name, getattr(whole, name) or getattr(report, name))
    return whole

"""What the prober says about one address: a verdict, and the reason in words."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """Dead fails a run. Inconclusive is shown, never fails one and is never called alive."""

    ALIVE = "alive"
    DEAD = "dead"
    INCONCLUSIVE = "inconclusive"


class Kind(StrEnum):
    """What the finding hangs on, beside the verdict."""

    PLAIN = "plain"
    MOVED = "moved"  # alive, and the server names a lasting replacement
    SUSPICIOUS = "suspicious"  # alive, and probably not what the writer meant
    UNSAFE = "unsafe"  # dead without a socket: no reader should be sent there
    MALFORMED = "malformed"  # dead without a socket: not an address
    NO_NAME = "no-name"  # the host name does not exist
    UNASKED = "unasked"  # inconclusive: the run ended before its turn


@dataclass(frozen=True, slots=True)
class Outcome:
    """The last word of a run on one address. ``when`` is seconds since 1970, ``seconds`` what it took."""

    url: str
    verdict: Verdict
    reason: str
    kind: Kind = Kind.PLAIN
    replacement: str = ""
    status: int = 0
    attempts: int = 0
    seconds: float = 0.0
    when: float = 0.0

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {**asdict(self), "verdict": self.verdict.value, "kind": self.kind.value}


def outcome_of(data: Any) -> Outcome | None:
    """The outcome in a piece of JSON; None when it is anything else, whatever it is."""
    if not isinstance(data, dict):
        return None
    texts = [data.get(name) for name in ("url", "verdict", "reason", "kind", "replacement")]
    numbers = [data.get(name) for name in ("status", "attempts", "seconds", "when")]
    if not all(isinstance(text, str) for text in texts) or set(data) != set(Outcome.__slots__):
        return None
    if not all(isinstance(number, int | float) and not isinstance(number, bool) for number in numbers):
        return None
    try:
        return Outcome(**{**data, "verdict": Verdict(data["verdict"]), "kind": Kind(data["kind"])})
    except ValueError:
        return None

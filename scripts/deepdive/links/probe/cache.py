"""Verdicts kept between runs: a snapshot replaced at once, and a journal that survives a kill."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from deepdive.links.probe.policy import Policy
from deepdive.links.probe.verdict import Kind, Outcome, Verdict, outcome_of
from deepdive.store import is_committed

_VERSION = 1
_LARGEST = 64 * 1024 * 1024
# Clocks of two machines differ a little; more than this is a clock, or a file, that lies.
_SKEW_SECONDS = 300.0


class Cache:
    """One folder with ``verdicts.json``, ``journal.jsonl`` and ``lock``.

    ``warnings`` say why the cache, or a part of it, is not used; nothing here raises.
    """

    def __init__(self, folder: Path | None, policy: Policy) -> None:
        self.folder, self.policy = folder, policy
        self.warnings: list[str] = []
        self.known: dict[str, Outcome] = {}
        self.recent: dict[str, Outcome] = {}
        self.usable = folder is not None and self._open(folder)

    def _open(self, folder: Path) -> bool:
        if is_committed(folder):
            # Whoever may propose a change could have written such verdicts.
            self.warnings.append("the cache is committed to the repository and therefore not trusted; remove it there")
            return False
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with self._locked():
                self.known = self._read_snapshot(folder / "verdicts.json")
                self.recent = self._read_journal(folder / "journal.jsonl")
                # Proof that the folder takes what the run will learn.
                with (folder / "journal.jsonl").open("ab"):
                    pass
        except OSError as problem:
            self.warnings.append(
                f"the cache cannot be used ({(problem.strerror or 'error').lower()}); the run goes without it"
            )
            self.known, self.recent = {}, {}
            return False
        return True

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        assert self.folder is not None
        with (self.folder / "lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _read_snapshot(self, file: Path) -> dict[str, Outcome]:
        try:
            if file.stat().st_size > _LARGEST:
                raise ValueError("too large")
            data = json.loads(file.read_bytes())
            entries = data["entries"] if data["version"] == _VERSION else []
            if not isinstance(entries, list):
                raise TypeError("entries")
        except FileNotFoundError:
            return {}
        except (ValueError, KeyError, TypeError, RecursionError):
            self.warnings.append("the cache was damaged and is built anew")
            return {}
        return self._believable(entries)

    def _read_journal(self, file: Path) -> dict[str, Outcome]:
        try:
            if file.stat().st_size > _LARGEST:
                return {}
            lines = file.read_bytes().split(b"\n")
        except FileNotFoundError:
            return {}
        entries = []
        for line in lines:
            # The last line of a killed run may be cut off; it is worth no warning.
            with contextlib.suppress(ValueError, RecursionError):
                entries.append(json.loads(line))
        return self._believable(entries)

    def _believable(self, entries: list[Any]) -> dict[str, Outcome]:
        latest = self.policy.now() + _SKEW_SECONDS
        found: dict[str, Outcome] = {}
        for entry in entries:
            outcome = outcome_of(entry)
            if (
                outcome
                and 0 < outcome.when <= latest
                and (outcome.url not in found or found[outcome.url].when <= outcome.when)
            ):
                found[outcome.url] = outcome
        return found

    def last(self, url: str) -> Outcome | None:
        """What the last finished run said about an address, however long ago."""
        return self.known.get(url)

    def fresh(self, url: str) -> Outcome | None:
        """A verdict that still holds: of the run that was killed just now, or within its lifetime."""
        now = self.policy.now()
        recent = self.recent.get(url)
        if recent and now - recent.when <= self.policy.resume_seconds:
            return recent
        for outcome in (recent, self.known.get(url)):
            if outcome and now - outcome.when <= self._lifetime(outcome):
                return outcome
        return None

    def _lifetime(self, outcome: Outcome) -> float:
        if outcome.kind in (Kind.UNSAFE, Kind.MALFORMED):
            return -1.0
        lifetimes = {Verdict.ALIVE: self.policy.alive_seconds, Verdict.DEAD: self.policy.dead_seconds}
        return lifetimes.get(outcome.verdict, -1.0)

    def note(self, outcomes: tuple[Outcome, ...]) -> None:
        """Append verdicts to the journal, so that a run that is killed now need not ask again."""
        if not self.usable or not outcomes:
            return
        assert self.folder is not None
        lines = "".join(json.dumps(outcome.plain(), ensure_ascii=True) + "\n" for outcome in outcomes)
        try:
            with self._locked(), (self.folder / "journal.jsonl").open("ab", buffering=0) as journal:
                # A line cut off by a kill must not swallow this one.
                if journal.tell() and not _ends_line(self.folder / "journal.jsonl"):
                    lines = "\n" + lines
                journal.write(lines.encode())
        except OSError as problem:
            self._give_up(problem)

    def finish(self) -> None:
        """Fold the journal into the snapshot: the end of a run that asked everything."""
        if not self.usable:
            return
        assert self.folder is not None
        file, journal = self.folder / "verdicts.json", self.folder / "journal.jsonl"
        temporary = self.folder / f"verdicts.{os.getpid()}.tmp"
        try:
            with self._locked():
                merged = self._read_snapshot(file)
                for url, outcome in self._read_journal(journal).items():
                    if url not in merged or merged[url].when <= outcome.when:
                        merged[url] = outcome
                entries = [merged[url].plain() for url in sorted(merged) if self._worth_keeping(merged[url])]
                with temporary.open("wb") as out:
                    out.write(json.dumps({"version": _VERSION, "entries": entries}, indent=0).encode())
                    out.flush()
                    os.fsync(out.fileno())
                os.replace(temporary, file)
                os.truncate(journal, 0)
        except OSError as problem:
            self._give_up(problem)
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)

    def _worth_keeping(self, outcome: Outcome) -> bool:
        # Addresses that left the site leave the file too; twice a lifetime shows every change.
        return self.policy.now() - outcome.when <= 4 * self.policy.alive_seconds

    def _give_up(self, problem: OSError) -> None:
        self.usable = False
        self.warnings.append(
            f"the cache cannot be written ({(problem.strerror or 'error').lower()}); what it held before is intact"
        )


def _ends_line(file: Path) -> bool:
    with file.open("rb") as journal:
        journal.seek(-1, os.SEEK_END)
        return journal.read(1) == b"\n"

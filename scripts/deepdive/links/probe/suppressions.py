"""Findings that somebody answers for, for a while: one YAML file, each entry with reason, owner and end."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from deepdive.diagnostic import Diagnostic, Location, error, warning
from deepdive.links.probe.spelling import redact_refused
from deepdive.text_source import decode
from deepdive.yaml_source import Document, read

LONGEST_DAYS = 90
_FIELDS = ("pattern", "reason", "owner", "expires")


@dataclass(frozen=True, slots=True)
class Suppression:
    """One entry in force."""

    host: str
    path: str
    reason: str
    owner: str
    expires: datetime.date
    place: Location
    pattern: str
    """As it is written, for messages."""

    def covers(self, url: str) -> bool:
        """Whether an address is meant. Hosts are compared label by label, never as text."""
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        rest = (
            (parts.path or "/")
            + (f"?{parts.query}" if parts.query else "")
            + (f"#{parts.fragment}" if parts.fragment else "")
        )
        if self.host.startswith("*."):
            if not host.endswith(self.host[1:]):
                return False
        elif host != self.host:
            return False
        # Only * stands for something else; in an address ? and [ are letters like the others.
        return fnmatchcase(rest, re.sub(r"([?\[])", r"[\1]", self.path))


def read_suppressions(file: Path, root: Path, today: datetime.date) -> tuple[list[Suppression], list[Diagnostic]]:
    """The entries in force, and what is wrong with the others. No file: none."""
    try:
        shown = file.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        shown = file.name
    try:
        raw = file.read_bytes()
    except FileNotFoundError:
        return [], []
    except OSError as problem:
        return [], [
            error("bad-suppression", f"the file cannot be read: {(problem.strerror or '').lower()}.", Location(shown))
        ]
    text, found = decode(raw, shown)
    document = read(text, shown)
    found += document.diagnostics
    entries = document.data if document.data is not None else []
    if not isinstance(entries, list):
        found.append(
            error(
                "bad-suppression",
                "the file must be a list of entries.",
                document.locate(),
                "start each with '- pattern:'.",
            )
        )
        return [], found
    kept: list[Suppression] = []
    for index, entry in enumerate(entries):
        problems = list(_problems(entry, index, document, today))
        found += problems
        if not problems:
            host, path = _split(entry["pattern"])
            place = document.locate(index, "pattern")
            kept.append(
                Suppression(host, path, entry["reason"], entry["owner"], entry["expires"], place, entry["pattern"])
            )
    return kept, found


def unused(suppressions: list[Suppression], hidden: Iterable[str]) -> Iterator[Diagnostic]:
    """The entries that cover none of the addresses whose findings were hidden."""
    addresses = list(hidden)
    for one in suppressions:
        if not any(one.covers(url) for url in addresses):
            message = f"no finding of this run needed the suppression of '{one.pattern}'."
            yield warning("unused-suppression", message, one.place, "remove the entry.")


def _problems(entry: Any, index: int, document: Document, today: datetime.date) -> Iterator[Diagnostic]:
    place = document.locate(index)
    if not isinstance(entry, dict):
        yield error("bad-suppression", "an entry is a mapping of pattern, reason, owner and expires.", place)
        return
    for name in entry:
        if name not in _FIELDS:
            yield error(
                "bad-suppression",
                f"an entry has no field '{name}'.",
                document.locate(index, name, key=True),
                f"use {', '.join(_FIELDS)}.",
            )
    for name in _FIELDS[:3]:
        if not isinstance(entry.get(name), str) or not entry[name].strip():
            yield error("bad-suppression", f"the entry has no {name}.", document.locate(index, name), f"add {name}: …")
    pattern = entry.get("pattern")
    if isinstance(pattern, str) and pattern.strip() and not _is_narrow(pattern):
        yield error(
            "bad-suppression",
            f"the pattern '{redact_refused(pattern)}' names no host.",
            document.locate(index, "pattern"),
            "write host/path, https://host/path* or *.host/*.",
        )
    yield from _term(entry.get("expires"), document.locate(index, "expires"), str(pattern), today)


def _term(expires: Any, place: Location, pattern: str, today: datetime.date) -> Iterator[Diagnostic]:
    if not isinstance(expires, datetime.date):
        yield error(
            "bad-suppression", "the entry has no date on which it expires.", place, "add expires: and an ISO date."
        )
    elif expires < today:
        yield error(
            "expired-suppression",
            f"the suppression of '{redact_refused(pattern)}' expired on {expires.isoformat()} and holds no longer.",
            place,
            "mend the link, or remove the entry.",
        )
    elif (expires - today).days > LONGEST_DAYS:
        latest = today + datetime.timedelta(days=LONGEST_DAYS)
        yield error(
            "bad-suppression",
            f"the suppression lasts longer than {LONGEST_DAYS} days.",
            place,
            f"write {latest.isoformat()} or earlier.",
        )


def _split(pattern: str) -> tuple[str, str]:
    bare = pattern.strip().partition("://")[2] or pattern.strip()
    host, slash, path = bare.partition("/")
    return host.lower(), f"/{path}" if slash else "*"


def _is_narrow(pattern: str) -> bool:
    labels = _split(pattern)[0].removeprefix("*.").split(".")
    return len(labels) > 1 and all(label and not set(label) & set("*?[]@:") for label in labels)

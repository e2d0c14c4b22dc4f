"""A thousand seeded faults in valid data: each is found on its line, and nothing crashes."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from deepdive.checks import run_checks
from deepdive.diagnostic import Diagnostic
from deepdive.load.corpus import load_corpus
from deepdive.store import Store

ROOT = Path(__file__).resolve().parents[2]
# Tables of the real catalogue: the faults are planted in what contributors edit.
TABLES = (
    "serving/inference-engines.yml", "training/experiment-tracking.yml", "frameworks/dataframes.yml",
    "infrastructure/schedulers.yml", "applications/vector-databases.yml",
)  # fmt: skip
COUNT = 1000
FOUND_AT_LEAST = 0.995


@dataclass(frozen=True)
class Mutation:
    """A line of a table, and what a careless or hostile hand makes of it."""

    name: str
    pattern: str
    change: Callable[[re.Match[str], random.Random], str]
    line_after: int = 0


def _typo(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1 :]


MUTATIONS = [
    Mutation("key misspelt", r"^    (name|summary|category|license|status|owner|openness|reviewed|type):", lambda m, r: f"    {_typo(m[1], r)}:"),
    Mutation("key twice", r"^    (owner|license|status|type): (.*)$", lambda m, r: f"{m[0]}\n{m[0]}", 1),
    Mutation("value emptied", r"^    (name|summary|owner): .*$", lambda m, r: f"    {m[1]}: ''"),
    Mutation("value made null", r"^    (name|summary|owner|license|status|type|category): .*$", lambda m, r: f"    {m[1]}: null"),
    Mutation("status misspelt", r"^    status: (\w+)$", lambda m, r: f"    status: {_typo(m[1], r)}"),
    Mutation("type misspelt", r"^    type: ([a-z]{4,})$", lambda m, r: f"    type: {_typo(m[1], r)}"),
    Mutation("openness misspelt", r"^    openness: (\S+)$", lambda m, r: f"    openness: {_typo(m[1], r)}"),
    Mutation("category misspelt", r"^    category: (\S+)$", lambda m, r: f"    category: {_typo(m[1], r)}"),
    Mutation("licence misspelt", r"^    license: (Apache-2.0|MIT|BSD-3-Clause)$", lambda m, r: f"    license: {m[1]}x"),
    Mutation("review in the future", r"^    reviewed: \S+$", lambda m, r: f"    reviewed: 2027-0{r.randrange(1, 9)}-11"),
    Mutation("impossible day", r"^    reviewed: \S+$", lambda m, r: f"    reviewed: 2026-02-{r.randrange(30, 32)}"),
    Mutation("review long ago", r"^    reviewed: \S+$", lambda m, r: f"    reviewed: 202{r.randrange(0, 5)}-03-11"),
    Mutation("http", r"^    homepage: https(://\S+)$", lambda m, r: f"    homepage: http{m[1]}"),
    Mutation("private host", r"^    homepage: (https://\S+)$", lambda m, r: f"    homepage: https://{r.choice(['10.0.0.1', 'localhost', 'intranet', '[::1]'])}/"),
    Mutation("script", r"^    homepage: (https://\S+)$", lambda m, r: "    homepage: javascript:alert(1)"),
    Mutation("tracking", r"^    homepage: (https://\S+)$", lambda m, r: f"    homepage: {m[1]}?utm_source=x"),
    Mutation("password", r"^    homepage: https://(\S+)$", lambda m, r: f"    homepage: https://a:b@{m[1]}"),
    Mutation("no full stop", r"^    summary: ([^'\"\n]*)\.$", lambda m, r: f"    summary: {m[1]}"),
    Mutation("summary too long", r"^    summary: ([^'\"\n]*)\.$", lambda m, r: f"    summary: {m[1]} {'and more ' * 20}."),
    Mutation("praise", r"^    summary: ([^'\"\n]{20,80})\.$", lambda m, r: f"    summary: The {r.choice(['best', 'fastest', 'leading'])} {m[1][0].lower()}{m[1][1:]}."),
    Mutation("markup", r"^    owner: ([^'\"\n]*)$", lambda m, r: f"    owner: '{r.choice(['<b>x</b>', '**x**', '[x](y)', '{{ x }}'])}'"),
    Mutation("invisible", r"^    owner: ([^'\"\n]+)$", lambda m, r: f"    owner: {m[1]}{r.choice(chr(0x200b) + chr(0x202e) + chr(0x2066))}"),
    Mutation("control", r"^    owner: ([^'\"\n]+)$", lambda m, r: f"    owner: {m[1]}\x07"),
    Mutation("Norway", r"^    owner: .*$", lambda m, r: f"    owner: {r.choice(['no', 'on', 'yes', 'off', 'NO'])}"),
    Mutation("number for text", r"^    owner: .*$", lambda m, r: f"    owner: {r.randrange(1, 99)}.{r.randrange(1, 99)}"),
    Mutation("octal", r"^    owner: .*$", lambda m, r: f"    owner: 0{r.randrange(100, 700)}"),
    Mutation("tag", r"^    owner: .*$", lambda m, r: "    owner: !!python/name:os.system x"),
    Mutation("anchor", r"^    owner: (.*)$", lambda m, r: f"    owner: &a {m[1]}"),
    Mutation("tab", r"^    owner: (.*)$", lambda m, r: f"\towner: {m[1]}"),
    Mutation("list for text", r"^    owner: ([^'\",\n]*)$", lambda m, r: f"    owner: [{m[1]}]"),
    Mutation("text for list", r"^    languages: \[(\w+).*\]$", lambda m, r: f"    languages: {m[1]}"),
    Mutation("empty list", r"^    (use_when|avoid_when):\n(?:      - .*\n)+", lambda m, r: f"    {m[1]}: []\n"),
    Mutation("unknown tool", r"^    (alternatives|works_with|built_on): \[([a-z0-9-]+)", lambda m, r: f"    {m[1]}: [{m[2]}zz"),
    Mutation("itself", r"^  - id: (\S+)$", lambda m, r: f"  - id: {m[1]}\n    works_with: [{m[1]}]", 1),
    Mutation("id in capitals", r"^  - id: (\S+)$", lambda m, r: f"  - id: {m[1].upper()}X"),
    Mutation("bad package", r"^    packages: \[pkg:([^\]]*)\]$", lambda m, r: f"    packages: [{m[1]}]"),
    Mutation("unknown language", r"^    languages: \[(\w+)", lambda m, r: f"    languages: [{m[1]}x"),
    Mutation("bad repository", r"^    repo: github:(\S+)$", lambda m, r: f"    repo: gihub:{m[1]}"),
    Mutation("stray space", r"^    owner: ([^'\"\n]*)$", lambda m, r: f"    owner: '{m[1]}  x'"),
]  # fmt: skip


def _judge(docs: Path) -> list[Diagnostic]:
    # What is kept of the tables that did not change halves the time; a changed one is read anew.
    corpus = load_corpus(docs, docs.parent, store=Store(docs.parent / "kept"))
    return [*corpus.diagnostics, *run_checks(corpus)]


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real tables of tools without what they refer to: what is reported of them untouched is the background."""
    folder = tmp_path_factory.mktemp("mutated")
    for path in (*TABLES, "reference/taxonomy.yml"):
        target = folder / "docs" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((ROOT / "docs" / path).read_bytes())
    return folder


def test_a_thousand_faults(catalogue: Path) -> None:
    """One in each table at a time: a fault in one file hides none in another."""
    chance = random.Random(20261121)
    texts = {path: (catalogue / "docs" / path).read_text("utf-8") for path in TABLES}
    background = {(one.code, one.message) for one in _judge(catalogue / "docs")}
    missed: list[str] = []
    for number in range(0, COUNT, len(TABLES)):
        planted = {}
        for offset, path in enumerate(TABLES):
            mutation = MUTATIONS[(number + offset) % len(MUTATIONS)]
            planted[path] = _plant(mutation, texts[path], chance)
            (catalogue / "docs" / path).write_text(planted[path].text, "utf-8")
        places = {
            (one.location.path, one.location.line)
            for one in _judge(catalogue / "docs")
            if (one.code, one.message) not in background
        }
        missed += [
            f"{fault.what} in {path}:{fault.line}"
            for path, fault in planted.items()
            if (f"docs/{path}", fault.line) not in places
        ]
    assert len(missed) <= COUNT * (1 - FOUND_AT_LEAST), "\n".join(missed[:40])


@dataclass(frozen=True)
class Planted:
    """A table with one fault: its text, the line of the fault, and what it is."""

    text: str
    line: int
    what: str


def _plant(mutation: Mutation, text: str, chance: random.Random) -> Planted:
    """``mutation`` somewhere in ``text``; the next one that fits when the table has nothing of its kind."""
    at = MUTATIONS.index(mutation)
    while not (places := list(re.finditer(MUTATIONS[at].pattern, text, re.M))):
        at = (at + 1) % len(MUTATIONS)
    match = chance.choice(places)
    new = MUTATIONS[at].change(match, chance)
    line = text.count("\n", 0, match.start()) + 1 + MUTATIONS[at].line_after
    return Planted(text[: match.start()] + new + text[match.end() :], line, f"{MUTATIONS[at].name} {new!r}")

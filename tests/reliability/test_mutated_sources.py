"""Tables and pages as they stand, with mistakes in them: reading never raises, and every finding has a place."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from deepdive.checks import run_checks
from deepdive.checks.pages import FIELDS
from deepdive.checks.silence import silenced
from deepdive.load.corpus import load_corpus
from deepdive.pipeline import Site
from deepdive.store import Store

ROOT = Path(__file__).resolve().parents[1]
VALID = ROOT / "sites" / "valid"
SOURCES = {
    path.relative_to(VALID / "docs").as_posix(): path.read_text("utf-8")
    for path in sorted((VALID / "docs").rglob("*"))
    if path.suffix in (".yml", ".md")
}
SCRAPS = st.sampled_from(
    ["[", "]", "{", "}", ": ", "- ", "\n  ", "\t", "#", '"', "'", "|", ">", "&a ", "*a", "<<: *a", "? ", "!!python/none",
     "no", "null", "2026-11-21", ".inf", "1e400", "{value: 3}", "---\n", "A", "-", "int", "Source", "\u202e", "9" * 400]
)  # fmt: skip
MISTAKES = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 30), SCRAPS | st.text(max_size=6)), min_size=1, max_size=6
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Where verdicts on diagrams are kept: asking anew takes longer than all the rest."""
    return Store(tmp_path_factory.mktemp("kept"))


def test_there_is_something_to_spoil() -> None:
    assert len(SOURCES) > 20


@given(path=st.sampled_from(sorted(SOURCES)), mistakes=MISTAKES)
@settings(max_examples=400, deadline=None)
def test_no_mistake_makes_reading_or_judging_raise(
    kept: Store, path: str, mistakes: list[tuple[float, int, str]]
) -> None:
    text = SOURCES[path]
    for where, dropped, added in mistakes:
        place = int(where * len(text))
        text = text[:place] + added + text[place + dropped :]
    corpus = load_corpus(VALID / "docs", VALID, store=kept, drafts={path: text.encode("utf-8", "surrogatepass")})
    for one in [*corpus.diagnostics, *run_checks(corpus)]:
        assert one.location.line >= 1
        assert one.location.column >= 1


SHAPES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.dates() | st.text(max_size=5)
    | st.sampled_from(["http://[bad", "https://example.com/\x00", "tools", "name", "kv-cache", "long-sentence"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["code", "reason", "until", "url", "title"]) | st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
FENCES = {
    "table": ["source", "kind", "columns", "where", "sort", "caption"],
    "example": ["file"],
    "contents": ["pages"],
    "calculator": ["name"],
    "explorer": ["kind", "x", "y"],
    "roofline": ["devices", "precision", "workloads"],
}


def judged(text: str, kept: Store) -> None:
    """Judge the site with this page in it, and render the page's fences."""
    corpus = load_corpus(
        VALID / "docs", VALID, store=kept, drafts={"serving/cache.md": text.encode("utf-8", "replace")}
    )
    for one in silenced(corpus, [*corpus.diagnostics, *run_checks(corpus)], whole=True):
        assert one.location.line >= 1


@given(field=st.sampled_from(FIELDS), value=SHAPES)
@example(field="sources", value=5)
@example(field="sources", value=[{"title": "T", "url": "http://[bad"}])
@example(field="silence", value=[{"code": ["a"], "reason": "a b c", "until": datetime.date(2026, 12, 1)}])
@settings(max_examples=150, deadline=None)
def test_front_matter_of_any_shape_is_judged(kept: Store, field: str, value: object) -> None:
    _, front, body = SOURCES["serving/cache.md"].split("---\n", 2)
    written = {**yaml.safe_load(front), field: value}
    judged(f"---\n{yaml.safe_dump(written, allow_unicode=True)}---\n{body}", kept)


@given(chosen=st.sampled_from([(name, field) for name, fields in FENCES.items() for field in fields]), value=SHAPES)
@example(chosen=("contents", "pages"), value=[["a"]])
@example(chosen=("calculator", "name"), value={"a": "b"})
@example(chosen=("table", "kind"), value=["a"])
@example(chosen=("table", "columns"), value=[["a"]])
@settings(max_examples=150, deadline=None)
def test_a_fence_of_any_shape_is_judged_and_shown(kept: Store, chosen: tuple[str, str], value: object) -> None:
    language, field = chosen
    usual = {"source": "serving/engines"} if language == "table" and field not in ("source", "kind") else {}
    content = yaml.safe_dump({**usual, field: value}, allow_unicode=True)
    judged(f"{SOURCES['serving/cache.md']}\n``` {language}\n{content}```\n", kept)
    site = Site(load_corpus(VALID / "docs", VALID, store=kept))
    assert getattr(site, f"fence_{language}")(content, "serving/cache.md")


def test_python_too_deep_to_compile_is_a_finding(kept: Store) -> None:
    text = f'{SOURCES["serving/cache.md"]}\n``` python title="x (not executed here)"\n{"-" * 100_000}1\n```\n'
    corpus = load_corpus(VALID / "docs", VALID, store=kept, drafts={"serving/cache.md": text.encode()})
    assert [one.code for one in run_checks(corpus)].count("snippet-broken") == 1


@pytest.mark.parametrize("name", ["Summary", "use-when", "int", "none", "a[b", "Source", "ünknown", "constrained-str"])
@pytest.mark.parametrize(
    ("path", "before"),
    [
        ("serving/engines.yml", "    summary: Serves"),
        ("serving/engines.yml", "summary: Two engines"),
        ("serving/engines.yml", "        shows: the licence"),
        ("reference/taxonomy.yml", "title: "),
    ],
    ids=["row", "head", "source", "taxonomy"],
)
def test_a_field_of_any_name_is_refused_by_that_name(path: str, before: str, name: str) -> None:
    indent = len(before) - len(before.lstrip())
    text = SOURCES[path].replace(before, f"{' ' * indent}{name}: x\n{before}", 1)
    assert text != SOURCES[path]
    corpus = load_corpus(VALID / "docs", VALID, drafts={path: text.encode()})
    (found,) = [one for one in corpus.diagnostics if one.code == "unknown-field"]
    assert f"'{name}'" in found.message or found.message.endswith(f".{name}'.")
    assert text.splitlines()[found.location.line - 1].strip() == f"{name}: x"

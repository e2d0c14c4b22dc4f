"""Tables and pages as they stand, with mistakes in them: reading never raises, and every finding has a place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deepdive.checks import run_checks
from deepdive.load.corpus import load_corpus
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

"""Findings in pages are kept: only checks of one page are, they are judged again when something they see has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from deepdive import checks
from deepdive.checks import CHECKS, OF_PAGES, run_checks
from deepdive.diagnostic import Diagnostic, in_order
from deepdive.load.corpus import Corpus, load_corpus
from deepdive.store import Store, digest

PAGE = "docs/serving/cache.md"


def corpus(folder: Path, store: Store | None = None) -> Corpus:
    return load_corpus(folder / "docs", folder, store=store)


@pytest.mark.parametrize("check", OF_PAGES, ids=lambda check: check.__name__)
def test_what_is_found_in_a_page_does_not_hang_on_the_others(
    site: Callable[..., Path], check: Callable[[Corpus], Iterator[Diagnostic]]
) -> None:
    whole = corpus(site("broken"))
    apart = []
    for path, page in whole.pages.items():
        found = list(check(replace(whole, pages={path: page})))
        assert {one.location.path for one in found} <= {page.shown}
        apart += found
    assert in_order(apart) == in_order(check(whole))


def test_the_broken_site_is_judged_the_same_when_asked_again(site: Callable[..., Path], tmp_path: Path) -> None:
    folder, store = site("broken"), Store(tmp_path / "kept")
    expected = in_order(one for check in CHECKS for one in check(corpus(folder)))
    for _ in range(2):
        assert in_order(run_checks(corpus(folder, store))) == expected


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that checks were asked about since it was cleared."""
    asked: list[str] = []

    def watch(part: Corpus) -> Iterator[Diagnostic]:
        asked.extend(part.pages)
        return iter(())

    monkeypatch.setattr(checks, "OF_PAGES", (*OF_PAGES, watch))
    return asked


def test_pages_are_judged_again_when_they_or_a_table_change(
    site: Callable[..., Path], tmp_path: Path, judged: list[str]
) -> None:
    folder, store = site("valid"), Store(tmp_path / "kept")
    every = set(corpus(folder).pages)
    for change, again in (
        (lambda: None, every),
        (lambda: None, set()),
        (lambda: (folder / PAGE).write_text((folder / PAGE).read_text("utf-8") + "\nA word.\n", "utf-8"), {PAGE[5:]}),
        (lambda: (folder / "docs/new.md").write_text("# New\n", "utf-8"), {"new.md"}),
        (lambda: _replace(folder / "docs/serving/engines.yml", "FastCache", "QuickCache"), {*every, "new.md"}),
    ):
        change()
        judged.clear()
        list(run_checks(corpus(folder, store)))
        assert set(judged) == again


@pytest.mark.parametrize("spoiled", ["null", "3", "{}", '[{"code": "x"}]', "[[]]", '["x"]'])
def test_kept_nonsense_is_judged_again(
    site: Callable[..., Path], tmp_path: Path, judged: list[str], spoiled: str
) -> None:
    folder, store = site("valid"), Store(tmp_path / "kept")
    list(run_checks(corpus(folder, store)))
    for entry in (tmp_path / "kept").iterdir():
        body = spoiled.encode()
        entry.write_bytes(digest(entry.name, body).encode() + b"\n" + body)  # whole, so that the store believes it
    expected = in_order(run_checks(corpus(folder)))
    judged.clear()
    assert in_order(run_checks(corpus(folder, store))) == expected
    assert set(judged) == set(corpus(folder).pages)


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")

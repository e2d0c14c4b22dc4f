"""A run of which nothing changed answers from the one before; anything that may change an answer ends that."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from deepdive import unchanged
from deepdive.diagnostic import Diagnostic
from deepdive.judge import Judge
from deepdive.store import CACHE, Store
from deepdive.unchanged import Unchanged

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


def append(file: Path, text: str) -> None:
    with file.open("a", encoding="utf-8") as stream:
        stream.write(text)


def kept(folder: Path, links: bool = True) -> object:
    return Unchanged(Store(folder / CACHE), folder / "mkdocs.yml", links).findings()


def judged(folder: Path) -> list[Diagnostic]:
    return Judge(folder / "mkdocs.yml", store=Store(folder / CACHE)).findings()


def test_the_second_run_says_the_same_and_imports_neither_models_nor_mkdocs(site: Callable[..., Path]) -> None:
    folder = site("broken")
    program = (
        "import sys\nsys.path.insert(0, sys.argv[1])\nfrom deepdive.cli import main\ncode = main(['check'])\n"
        "print(code, sorted({'mkdocs', 'pydantic', 'yaml'} & set(sys.modules)), file=sys.stderr)"
    )
    first, second = (
        subprocess.run([sys.executable, "-c", program, SCRIPTS], cwd=folder, capture_output=True, text=True, check=True)
        for _ in range(2)
    )
    assert first.stderr.strip().endswith("1 ['mkdocs', 'pydantic', 'yaml']")
    assert second.stderr.strip() == "1 []"
    assert first.stdout == second.stdout


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "docs/serving/cache.md").write_text("# Cache\n"),
        lambda folder: (folder / "docs/serving/cache.md").unlink(),
        lambda folder: (folder / "docs/new.txt").write_text(""),
        lambda folder: (folder / "docs/empty").mkdir(),
        lambda folder: (folder / "docs/serving/cache.md").rename(folder / "docs/serving/store.md"),
        lambda folder: (folder / "docs/link.md").symlink_to("index.md"),
        lambda folder: append(folder / "mkdocs.yml", "\nextra: {a: 1}\n"),
        lambda folder: append(folder / "mkdocs.yml", "\nhooks: [hook.py]\n"),
        lambda folder: append(folder / "mkdocs.yml", "\nextra: {a: pymdownx.snippets}\n"),
    ],
)
def test_after_a_change_nothing_is_taken_from_before(
    site: Callable[..., Path], change: Callable[[Path], object]
) -> None:
    folder = site("valid")
    found = judged(folder)
    assert kept(folder) == found
    assert kept(folder, links=False) is None
    change(folder)
    assert kept(folder) is None


def test_neither_the_next_day_nor_another_edition(site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    folder = site("valid")
    found = judged(folder)
    with monkeypatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1900000000")
        assert kept(folder) is None
    with monkeypatch.context() as patch:
        patch.setattr(unchanged, "edition", lambda: "another")
        assert kept(folder) is None
    assert kept(folder) == found


def test_a_file_that_changes_while_it_is_judged_is_judged_again(site: Callable[..., Path]) -> None:
    folder = site("valid")
    page = folder / "docs/serving/cache.md"
    Judge(
        folder / "mkdocs.yml",
        store=Store(folder / CACHE),
        progress=lambda said: append(page, "\n") if said.startswith("rendering") else None,
    ).findings()
    assert kept(folder) is None


def test_a_damaged_record_is_none(site: Callable[..., Path]) -> None:
    folder = site("broken")
    found = judged(folder)
    for file in (folder / CACHE).iterdir():
        whole = file.read_bytes()
        file.write_bytes(whole[:-1])
        assert kept(folder) in (None, found)
        file.write_bytes(whole)
    assert kept(folder) == found


def test_what_a_snippet_brings_is_read_again(site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    folder = site("valid", {"inc/a.md": "Harmless.\n"})
    config = folder / "mkdocs.yml"
    snippets = "markdown_extensions:\n  - pymdownx.snippets: {base_path: [inc], auto_append: [a.md]}\n"
    config.write_text(config.read_text("utf-8").replace("markdown_extensions:\n", snippets), "utf-8")
    monkeypatch.chdir(folder)
    assert judged(folder) == []
    (folder / "inc/a.md").write_text("[x](gone.md)\n", "utf-8")
    found = judged(folder)
    assert {one.code for one in found} == {"broken-link"}
    assert found == Judge(config).findings()

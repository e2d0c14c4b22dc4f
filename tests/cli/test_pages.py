"""`deepdive pages`: the whole site as sources, and nobody else's folder overwritten."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from deepdive.cli import main


def test_every_page_is_written_and_nothing_that_is_not_published(site: Callable[..., Path], tmp_path: Path) -> None:
    folder, out = site("valid"), tmp_path / "out"
    arguments = ["pages", "--config-file", str(folder / "mkdocs.yml"), str(out)]
    assert main(arguments) == 0
    pages = {path.relative_to(out / "docs").as_posix() for path in (out / "docs").rglob("*.md")}
    assert {"index.md", "serving/cache.md", "hardware/memory.md", "reference/tools/older.md"} <= pages
    assert (out / "docs/api/v1/index.json").is_file()
    assert not [*(out / "docs").rglob("*.yml"), *(out / "docs").rglob("*.py"), *(out / "docs").rglob("*.out")]
    assert "serving/caches.md" in (out / "mkdocs.yml").read_text("utf-8")
    (out / "docs/left.md").write_text("# Left\n", "utf-8")
    assert main(arguments) == 0
    assert not (out / "docs/left.md").exists()


def test_a_folder_of_somebody_else_is_left_alone(
    site: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = site("valid")
    (tmp_path / "mine/docs").mkdir(parents=True)
    (tmp_path / "mine/docs/letter.md").write_text("Dear", "utf-8")
    assert main(["pages", "--config-file", str(folder / "mkdocs.yml"), str(tmp_path / "mine")]) == 2
    assert "name another folder" in capsys.readouterr().err
    assert (tmp_path / "mine/docs/letter.md").read_text("utf-8") == "Dear"

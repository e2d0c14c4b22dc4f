"""`deepdive build` makes the files of `mkdocs build`, and refuses what it refuses."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from deepdive.plugin.edition import Edition, open_theme
from deepdive.plugin.project import open_config
from deepdive.plugin.whole import make_whole

ROOT = Path(__file__).resolve().parents[1]


def test_the_real_site_is_byte_for_byte_that_of_mkdocs(built: Path, tmp_path: Path) -> None:
    assert make_whole(open_config(ROOT / "mkdocs.yml"), tmp_path) == []
    ours, theirs = _tree(tmp_path), _tree(built)
    assert len(theirs) > 2000
    assert set(ours) == set(theirs)
    # A compressed file names the file it was made of and when.
    assert gzip.decompress(ours.pop("sitemap.xml.gz")) == gzip.decompress(theirs.pop("sitemap.xml.gz"))
    assert [path for path in ours if ours[path] != theirs[path]] == []


def test_what_tool_pages_share_is_made_once_and_is_what_each_would_make(tmp_path: Path) -> None:
    config = open_config(ROOT / "mkdocs.yml")
    config.site_dir = str(tmp_path)
    edition = Edition(config, *open_theme(config))
    asked: list[str] = []
    made: dict[str, str] = {}

    def kept(name: str, make: Callable[[], str]) -> str:
        asked.append(name)
        fresh = make()
        assert made.setdefault(name, fresh) == fresh, name
        return fresh

    config.extra["kept"] = kept
    pages = [path for path, file in edition.sources.items() if file.src_uri.startswith("reference/tools/")][::8]
    for path in pages:
        edition.make(path)
    assert len(asked) >= 2 * (len(pages) - 1) > 100
    assert len(made) < len(asked) / 5


TROUBLE = {
    "a page that is missing": ("docs/note.md", "# Note\n\n[x](missing.md)\n", "missing.md"),
    "an anchor that is missing": ("docs/note.md", "# Note\n\n[x](serving/cache.md#nowhere)\n", "#nowhere"),
    "an anchor of a page that comes later": ("docs/a.md", "# A\n\n[x](z.md#there)\n", ""),
    "a broken row": ("docs/serving/terms.yml", "kind: terms\n", "missing-field"),
}


@pytest.mark.parametrize(("path", "text", "named"), TROUBLE.values(), ids=TROUBLE)
def test_what_mkdocs_warns_of_is_warned_of(
    site: Callable[..., Path], tmp_path: Path, path: str, text: str, named: str
) -> None:
    folder = site("valid", {path: text, "docs/z.md": "# Z\n\n## There\n"})
    said = make_whole(open_config(folder / "mkdocs.yml"), tmp_path / "ours")
    command = [sys.executable, "-m", "mkdocs", "build", "--config-file", str(folder / "mkdocs.yml")]
    done = subprocess.run(
        [*command, "--site-dir", str(tmp_path / "theirs")],
        capture_output=True,
        text=True,
        env={**os.environ},
        check=True,
    )
    warned = [line for line in done.stderr.splitlines() if line.startswith("WARNING")]
    assert len(said) == len(warned)
    assert any(named in line for line in said) == bool(named)


def _tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

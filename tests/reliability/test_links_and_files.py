"""Items 69–80 and 123–145: links inside the site, files, the process and the build."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
import yaml

from deepdive import building, cli, commands
from deepdive.judge import Judge
from deepdive.load.files import Files, list_files

ROOT = Path(__file__).resolve().parents[2]
PAGE = "---\ntitle: Note\ndescription: A page outside the layers that holds one thing that is wrong, and nothing else of it.\n---\n\n# Note\n\n"
LINE = 8


def page_findings(
    site: Callable[..., Path], body: str, files: dict[str, str | bytes] | None = None
) -> list[tuple[str, int]]:
    folder = site("valid", {"docs/note.md": PAGE + body + "\n", **(files or {})})
    return [
        (one.code, one.location.line)
        for one in Judge(folder / "mkdocs.yml").findings()
        if one.location.path == "docs/note.md"
    ]


LINKS = [
    (69, "[x](missing.md)", "broken-link"),
    (70, "[x](serving/cache.md#nothing)", "broken-anchor"),
    (72, '<a href="missing/">x</a>', "broken-link"),
    (72, '<img src="missing.png" alt="x">', "broken-link"),
    (72, '<img src="../img/x.png" srcset="missing.png 2x" alt="x">', "broken-link"),
    (73, "[x][y]", "undefined-reference"),
    (74, "[x](Serving/cache.md)", "broken-link"),
    (75, "[x](../../etc/passwd)", "broken-link"),
    (76, "[x](hidden.md)", "broken-link"),
    (77, "## 8. FAQ & debug\n\n[x](#8-faq--debug)", "broken-anchor"),
    (78, "## One {#same}\n\n## Two {#same}", "duplicate-anchor"),
    (79, '<template><p id="inside"></p></template>\n\n[x](#inside)', "broken-anchor"),
]


@pytest.mark.parametrize(
    ("item", "body", "code"), LINKS, ids=[f"item_{item}-{number}" for number, (item, _, _) in enumerate(LINKS)]
)
def test_a_link_that_leads_nowhere(site: Callable[..., Path], item: int, body: str, code: str) -> None:
    files: dict[str, str | bytes] = {"docs/hidden.md": "# Hidden\n", "docs/img/x.png": b"png"}
    folder = site("valid", {"docs/note.md": PAGE + body + "\n", **files})
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("exclude_docs: |\n", "exclude_docs: |\n  hidden.md\n"), "utf-8")
    found = [(one.code, one.location.line) for one in Judge(config).findings() if one.location.path == "docs/note.md"]
    assert found == [(code, LINE + body.count("\n"))]


def test_item_71_no_command_of_ours_silences_the_strict_build() -> None:
    """``mkdocs build -q --strict`` exits 0 with warnings, ``-v`` drops those about anchors (mkdocs #4126, #3991)."""
    files = [ROOT / "Makefile", *ROOT.glob(".ci/*"), *ROOT.glob(".github/**/*.yml"), *(ROOT / "scripts").rglob("*.py")]
    for file in files:
        for line in file.read_text("utf-8").splitlines():
            if re.search(r"(mkdocs|properdocs)\b.*\bbuild\b", line):
                assert not re.search(r"\s-(q|v|-quiet|-verbose)\b", line), f"{file.name}: {line}"
    settings = re.search(r"^validation:\n((?:  .*\n)+)", (ROOT / "mkdocs.yml").read_text("utf-8"), re.M)
    assert settings
    assert yaml.safe_load(settings.group(1))["anchors"] == "warn"


@pytest.mark.parametrize("front", ["a: [1\n", "- a\n", "a: 1\na: 2\n", "a: !!python/name:os.system\n"])
def test_item_80_broken_front_matter_is_found(site: Callable[..., Path], front: str) -> None:
    folder = site("valid", {"docs/note.md": f"---\n{front}---\n\n# Note\n"})
    found = [one for one in Judge(folder / "mkdocs.yml", links=False).findings() if one.location.path == "docs/note.md"]
    assert found
    assert {one.location.line for one in found} <= {2, 3}


@pytest.mark.parametrize("target", ["/etc/hostname", "../mkdocs.yml", "index.md"])
def test_item_123_a_symbolic_link_is_refused(site: Callable[..., Path], target: str) -> None:
    folder = site("valid")
    (folder / "docs/linked.md").symlink_to(target)
    assert [one.code for one in Judge(folder / "mkdocs.yml", links=False).findings()] == ["symbolic-link"]


def test_item_124_an_unreadable_file_hides_no_other(site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    folder = site("valid", {"docs/locked.md": PAGE, "docs/other.md": "# Other\n\n# Again\n"})
    _refuse(monkeypatch, "locked.md", PermissionError(13, "Permission denied"))
    assert {(one.code, one.location.path) for one in Judge(folder / "mkdocs.yml", links=False).findings()} == {
        ("unreadable-file", "docs/locked.md"),
        ("heading-order", "docs/other.md"),
    }


def test_item_125_paths_that_differ_in_case_are_twins(site: Callable[..., Path]) -> None:
    folder = site("valid", {"docs/Note.md": PAGE, "docs/note.md": PAGE})
    assert [one.code for one in Judge(folder / "mkdocs.yml", links=False).findings()] == ["twin-path"]


def test_item_126_paths_that_differ_in_form_are_twins(site: Callable[..., Path]) -> None:
    folder = site("valid", {"docs/caf\u00e9.md": PAGE, "docs/cafe\u0301.md": PAGE})
    assert [one.code for one in Judge(folder / "mkdocs.yml", links=False).findings()] == ["twin-path"]


def test_item_127_a_name_too_long_for_other_systems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # No file system here takes such a name, so the walk is told of one.
    from deepdive.load import files

    def walk(docs: Path, found: Files) -> list[str]:
        return ["ä" * 140 + ".md"]

    monkeypatch.setattr(files, "_walk", walk)
    assert [one.code for one in list_files(tmp_path, tmp_path).diagnostics] == ["twin-path"]


def test_item_128_a_file_that_vanishes_is_named(site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    folder = site("valid", {"docs/gone.md": PAGE})
    _refuse(monkeypatch, "gone.md", FileNotFoundError(2, "No such file or directory"))
    assert [(one.code, one.location.path) for one in Judge(folder / "mkdocs.yml", links=False).findings()] == [
        ("unreadable-file", "docs/gone.md")
    ]


def _refuse(monkeypatch: pytest.MonkeyPatch, name: str, problem: OSError) -> None:
    real = Path.read_bytes

    def read(path: Path) -> bytes:
        if path.name == name:
            raise problem
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", read)


def test_item_129_a_page_that_is_no_text_is_named_at_its_byte(site: Callable[..., Path]) -> None:
    folder = site("valid", {"docs/note.md": PAGE.encode() + b"caf\xe9\n"})
    found = [(one.code, one.location.line, one.location.column) for one in Judge(folder / "mkdocs.yml").findings()]
    assert found == [("not-utf8", LINE, 4)]


def test_item_130_a_nul_in_a_page_is_found(site: Callable[..., Path]) -> None:
    assert ("control-character", LINE) in page_findings(site, "a\0b")


def test_item_136_a_project_without_pages_is_a_usage_problem(
    site: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = site("valid")
    (folder / "empty").mkdir()
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + "docs_dir: empty\n", "utf-8")
    assert cli.main(["check", "--config-file", str(config)]) == commands.USAGE
    assert "no page" in capsys.readouterr().err


def test_item_137_a_pipe_never_blocks_the_run(site: Callable[..., Path]) -> None:
    folder = site("valid")
    for name in ("pipe.md", "pipe.yml", "pipe.svg"):
        os.mkfifo(folder / "docs" / name)
    found: list[str] = []
    reader = threading.Thread(
        target=lambda: found.extend(one.code for one in Judge(folder / "mkdocs.yml", links=False).findings()),
        daemon=True,
    )
    reader.start()
    reader.join(20)
    assert found == ["special-file"] * 3


@pytest.mark.parametrize("by", [[], ["--generator", "mkdocs"]], ids=["own", "mkdocs"])
def test_item_141_a_failing_build_leaves_the_previous_site(site: Callable[..., Path], by: list[str]) -> None:
    folder = site("valid")
    config, target = folder / "mkdocs.yml", folder / "public"
    build = partial(cli.main, ["build", "--config-file", str(config), "--site-dir", str(target), *by])
    assert build() == 0
    before = _tree(target)
    assert before
    (folder / "docs/note.md").write_text("# Note\n\n[x](missing.md)\n", "utf-8")
    assert build() != 0
    assert _tree(target) == before
    (folder / "hook.py").write_text("def on_post_build(config):\n    raise KeyError('late')\n", "utf-8")
    (folder / "docs/note.md").write_text("# Note\n", "utf-8")
    config.write_text(config.read_text("utf-8") + "hooks: [hook.py]\n", "utf-8")
    assert build() != 0
    assert _tree(target) == before
    assert [one.name for one in folder.iterdir() if one.name.startswith(".public")] == []


def test_item_142_a_folder_of_someone_else_is_not_deleted(site: Callable[..., Path]) -> None:
    folder = site("valid")
    target = folder / "public"
    target.mkdir()
    (target / "thesis.txt").write_text("years of work", "utf-8")
    with pytest.raises(building.NotOurs, match="move it away"):
        building.build(lambda fresh: True, target)
    assert (target / "thesis.txt").read_text("utf-8") == "years of work"


def test_item_143_two_builds_are_the_same_bytes(site: Callable[..., Path], tmp_path: Path) -> None:
    trees = []
    for number, (zone, seed) in enumerate((("UTC", "1"), ("Pacific/Auckland", "2"))):
        folder = site("valid")
        target = tmp_path / f"built-{number}" / ("deep/" * number + "site")
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
        command = [
            sys.executable,
            "-m",
            "deepdive",
            "build",
            "--config-file",
            str(folder / "mkdocs.yml"),
            "--site-dir",
            str(target),
        ]
        subprocess.run(command, check=True, env=environment, capture_output=True)
        trees.append(_tree(target))
    assert len(trees[0]) > 50
    assert trees[0] == trees[1]


def _tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_item_145_a_change_is_judged_by_the_rules_it_did_not_bring(site: Callable[..., Path], tmp_path: Path) -> None:
    """The base's configuration and program judge the proposed docs folder; nothing of the proposal is executed."""
    marker = tmp_path / "executed"
    hook = f"import pathlib\npathlib.Path({str(marker)!r}).write_text('x')\n"
    base = site("valid")
    proposed = site(
        "valid", {"docs/note.md": PAGE + "<script>alert(1)</script>\n", "hook.py": hook, "links.yml": "[]\n"}
    )
    config = proposed / "mkdocs.yml"
    weaker = config.read_text("utf-8").replace("exclude_docs: |\n", "exclude_docs: |\n  note.md\n")
    config.write_text(weaker + "hooks: [hook.py]\n", "utf-8")
    found = Judge(base / "mkdocs.yml", docs=proposed / "docs").findings()
    assert [(one.code, one.location.path, one.location.line) for one in found] == [
        ("unsafe-html", "docs/note.md", LINE)
    ]
    assert not marker.exists()

"""One site broken in every way: every code is found at its place, and each code is documented."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from deepdive.checks import CHECKS
from deepdive.judge import Judge
from deepdive.report import text

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "sites" / "broken" / "expected.txt"
PACKAGE = ROOT / "scripts" / "deepdive"
# Codes whose fault cannot lie in a repository; the tests below make it.
MADE_HERE = {"render-failed", "file-too-large", "special-file", "symbolic-link", "unreadable-file"}
# Codes of the external prober, tested with it.
PROBED = "probe"
_CALLS = {"error", "warning", "fault", "problem", "_report", "_Problem", "Fault"}


def codes_in_source() -> set[str]:
    found: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        if PROBED in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = (
                node.func.id
                if isinstance(node.func, ast.Name)
                else node.func.attr
                if isinstance(node.func, ast.Attribute)
                else ""
            )
            if name in _CALLS | {"PydanticCustomError"}:
                first = [
                    one.value for one in node.args[:2] if isinstance(one, ast.Constant) and isinstance(one.value, str)
                ]
                found |= {word for word in first[:1] if re.fullmatch(r"[a-z]+[a-z0-9-]*[a-z0-9]", word)}
    return found


def test_the_broken_site_is_reported_to_the_letter(site: Callable[..., Path]) -> None:
    found = Judge(site("broken") / "mkdocs.yml").findings()
    assert text.report(found) == GOLDEN.read_text("utf-8")


def test_every_code_is_shown_by_the_broken_site() -> None:
    shown = set(re.findall(r"(?:error|warning|note)\[([a-z0-9-]+)\]", GOLDEN.read_text("utf-8")))
    assert codes_in_source() - shown == MADE_HERE
    assert shown <= codes_in_source()


def test_every_code_has_a_heading_in_the_documentation() -> None:
    page = (ROOT / "docs/contributing/checks.md").read_text("utf-8")
    headings = set(re.findall(r"^### ([a-z0-9-]+)$", page, re.M))
    assert codes_in_source() <= headings


def test_every_check_of_every_module_is_registered() -> None:
    for module in {check.__module__ for check in CHECKS}:
        tree = ast.parse((PACKAGE.parent / (module.replace(".", "/") + ".py")).read_text("utf-8"))
        defined = {
            node.name
            for node in tree.body
            if isinstance(node, ast.FunctionDef)
            and not node.name.startswith("_")
            and [one.arg for one in node.args.args] == ["corpus"]
        }
        assert defined == {check.__name__ for check in CHECKS if check.__module__ == module}


def test_the_valid_site_has_nothing_to_report(site: Callable[..., Path]) -> None:
    assert Judge(site("valid") / "mkdocs.yml").findings() == []


def test_a_link_out_of_the_docs_folder_is_refused(site: Callable[..., Path]) -> None:
    folder = site("valid")
    (folder / "docs/serving/outside.md").symlink_to("/etc/hostname")
    assert [(one.code, one.location.path) for one in Judge(folder / "mkdocs.yml", links=False).findings()] == [
        ("symbolic-link", "docs/serving/outside.md")
    ]


def test_a_pipe_is_named_and_never_opened(site: Callable[..., Path]) -> None:
    folder = site("valid")
    os.mkfifo(folder / "docs/serving/pipe.yml")
    assert [one.code for one in Judge(folder / "mkdocs.yml", links=False).findings()] == ["special-file"]


def test_an_unreadable_file_is_named_and_the_rest_is_read(
    site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = site("valid", {"docs/serving/locked.yml": "kind: tools\n", "docs/serving/other.yml": "kind: nothing\n"})
    real = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "locked.yml":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert [(one.code, one.location.path) for one in Judge(folder / "mkdocs.yml", links=False).findings()] == [
        ("unreadable-file", "docs/serving/locked.yml"),
        ("unknown-value", "docs/serving/other.yml"),
    ]


def test_a_table_beyond_the_limit_is_refused_unread(site: Callable[..., Path]) -> None:
    folder = site("valid", {"docs/serving/huge.yml": b"kind: tools\n" + b"# x\n" * 80_000})
    assert [one.code for one in Judge(folder / "mkdocs.yml", links=False).findings()] == ["file-too-large"]


def test_nothing_of_a_table_is_executed(site: Callable[..., Path], tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    folder = site(
        "valid",
        {"docs/serving/evil.yml": f"kind: tools\nsummary: !!python/object/apply:os.system ['touch {marker}']\n"},
    )
    assert [one.code for one in Judge(folder / "mkdocs.yml", links=False).findings()] == ["yaml-tag"]
    assert not marker.exists()


def test_a_page_that_breaks_an_extension_hides_no_other(site: Callable[..., Path]) -> None:
    folder = site(
        "valid",
        {
            "docs/hook.py": "",
            "hook.py": "def on_page_markdown(markdown, page, **_):\n    if page.file.src_uri == 'index.md':\n        raise KeyError('en')\n    return markdown + '[bad](nowhere.md)'\n",
        },
    )
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text() + "hooks: [hook.py]\n")
    found = {(one.code, one.location.path) for one in Judge(config).findings()}
    assert ("render-failed", "docs/index.md") in found
    assert ("broken-link", "docs/serving/cache.md") in found

"""The command line: exit codes, choice of findings, safe repairs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from deepdive import cli
from deepdive.commands import CLEAN, FINDINGS, INTERNAL, INTERRUPTED, USAGE
from deepdive.judge import Judge

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "validate.py"


def check(folder: Path, *arguments: str) -> int:
    return cli.main(["check", "--config-file", str(folder / "mkdocs.yml"), *arguments])


def test_a_clean_site_exits_0(site: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert check(site("valid")) == CLEAN
    assert capsys.readouterr().out == "No problems found.\n"


def test_a_broken_site_exits_1(site: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert check(site("broken")) == FINDINGS
    assert "errors" in capsys.readouterr().out


def test_only_chooses_codes(site: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert check(site("broken"), "--only", "row-order") == CLEAN
    lines = [line for line in capsys.readouterr().out.splitlines() if "[" in line]
    assert lines
    assert all("warning[row-order]" in line for line in lines)


def test_a_code_that_does_not_exist_cannot_be_chosen(
    site: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(site("broken"), "--only", "broken-links") == USAGE
    assert capsys.readouterr().err == "deepdive: there is no code 'broken-links'; did you mean 'broken-link'?\n"


@pytest.mark.parametrize(
    "option",
    [
        ["--docs", "elsewhere"],
        ["--changed-since", "HEAD"],
        ["--watch"],
        ["--no-cache"],
        ["--no-links"],
        ["--report", "no/r.json"],
    ],
)
def test_an_external_run_takes_no_option_that_it_would_not_heed(
    site: Callable[..., Path], option: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(site("valid"), "--external", *option) == USAGE
    assert ("knows no" if option[0] != "--report" else "no folder") in capsys.readouterr().err


def test_changes_need_two_folders(site: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    docs = site("valid") / "docs"
    assert cli.main(["changes", str(docs), str(docs / "nowhere")]) == USAGE
    assert "there is no folder" in capsys.readouterr().err


def test_a_missing_configuration_exits_2_with_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path) == USAGE
    assert "there is no" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    [
        "site_name: [",
        "docs_dir: nowhere\nsite_name: x\n",
        "site_name: x\nplugins: [nothing-of-this-name]\n",
        "site_name: x\ntheme: {name: nothing-of-this-name}\n",
    ],
)
def test_a_configuration_that_cannot_be_used_exits_2(
    tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mkdocs.yml").write_text(text)
    assert check(tmp_path) == USAGE
    assert "cannot be used" in capsys.readouterr().err


def test_an_unknown_option_exits_2() -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(["check", "--colour", "red"])
    assert stop.value.code == USAGE


def test_an_internal_error_exits_3_and_an_interrupt_130(
    site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = site("valid")
    for raised, code in ((RuntimeError("oops"), INTERNAL), (KeyboardInterrupt(), INTERRUPTED)):

        def fail(*_: object, raised: BaseException = raised, **__: object) -> None:
            raise raised

        monkeypatch.setattr(Judge, "findings", fail)
        assert check(folder) == code


def test_a_reader_that_goes_away_is_no_error(site: Callable[..., Path]) -> None:
    command = f"{sys.executable} {SCRIPT} --config-file {site('broken') / 'mkdocs.yml'} --format json | head -c 10"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stderr == ""
    assert done.returncode in (CLEAN, FINDINGS)  # the writer may have been done before the reader went


def test_fix_repairs_what_is_safe_and_touches_nothing_else(
    site: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = site("valid")
    page = folder / "docs/serving/cache.md"
    right = page.read_bytes()
    wrong = right.replace(b"[3.35 TB/s]", b"[9.99 TB/s]").replace(
        b"[Doe et al., 2023](paper:a-paper).\n\n## You", b"[Roe, 2020](paper:a-paper).\n\n## You"
    )
    assert wrong != right
    page.write_bytes(wrong.replace(b"\n", b"\r\n"))
    example = folder / "docs/serving/examples/cache.py"
    example.write_text(example.read_text().replace("LAYERS = 32", "LAYERS = 31"))
    assert check(folder) == FINDINGS
    capsys.readouterr()
    assert check(folder, "--fix") == CLEAN
    shown = capsys.readouterr().out
    assert "+++ b/docs/serving/cache.md" in shown
    assert shown.endswith("No problems found.\n")
    assert page.read_bytes() == right.replace(b"\n", b"\r\n")
    assert "LAYERS = 32  # fact:tiny.layers" in example.read_text()


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "marked"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "mixed"])
def test_fix_keeps_every_other_byte(site: Callable[..., Path], ends: str, mark: str) -> None:
    folder = site("valid")
    for name, old, new in (
        ("examples/cache.py", "LAYERS = 32", "LAYERS = 31"),
        ("cache.md", "[3.35 TB/s]", "[9.99 TB/s]"),
    ):
        file = folder / "docs/serving" / name
        lines = file.read_text("utf-8").split("\n")
        ending = [
            "\r\n" if ends == "mixed" and number % 3 else "\n" if ends == "mixed" else ends
            for number in range(len(lines))
        ]
        right = mark + "".join(line + end for line, end in zip(lines, ending, strict=True)).removesuffix(ending[-1])
        assert old in right
        file.write_bytes(right.replace(old, new).encode())
        file.chmod(0o755)
        check(folder, "--no-links", "--fix")
        assert file.read_bytes() == right.encode()
        assert file.stat().st_mode & 0o777 == 0o755


def test_a_report_for_programs_is_not_mixed_with_the_repairs(
    site: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = site("valid")
    example = folder / "docs/serving/examples/cache.py"
    example.write_text(example.read_text().replace("LAYERS = 32", "LAYERS = 31"))
    assert check(folder, "--fix", "--format", "json") == CLEAN
    written = capsys.readouterr()
    assert json.loads(written.out)["diagnostics"] == []
    assert "+LAYERS = 32" in written.err


def test_a_page_of_another_suffix_is_judged(site: Callable[..., Path]) -> None:
    text = "---\ntitle: T\ndescription: A page of a suffix that nobody expects, which MkDocs publishes.\n---\n\n# T\n\n"
    folder = site("valid", {"docs/evil.markdown": text + "<script>alert(1)</script> [x](gone.md)\n"})
    assert {one.code for one in Judge(folder / "mkdocs.yml").findings()} >= {
        "page-suffix",
        "unsafe-html",
        "broken-link",
    }


def test_elsewhere_pages_have_any_suffix(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: Elsewhere\nplugins: []\n")
    (tmp_path / "docs/index.markdown").write_text("# Hello\n\n[bad](missing.md)\n")
    found = Judge(tmp_path / "mkdocs.yml").findings()
    assert [(one.code, one.location.line) for one in found] == [("broken-link", 3)]


def test_the_script_is_the_command(site: Callable[..., Path]) -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--config-file", str(site("valid") / "mkdocs.yml")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (CLEAN, "No problems found.\n")


def test_another_project_is_judged_by_its_links_alone(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: Elsewhere\nplugins: []\n")
    (tmp_path / "docs/index.md").write_text(
        "# Hello\n\n[good](other.md#there), [bad](missing.md), [worse](other.md#nowhere)\n\n```python\nprint('unlabelled')\n```\n"
    )
    (tmp_path / "docs/other.md").write_text("No heading of level one.\n\n## There\n")
    (tmp_path / "docs/data.yml").write_text("anything: [*goes\n")
    found = Judge(tmp_path / "mkdocs.yml").findings()
    assert [(one.code, one.location.line, one.location.column) for one in found] == [
        ("broken-link", 3, 31),
        ("broken-anchor", 3, 52),
    ]


def elsewhere(folder: Path, config: str, files: dict[str, str]) -> list[tuple[str, str, int]]:
    """Code, path and column of what is found in a project that is not ours."""
    (folder / "mkdocs.yml").write_text(f"site_name: Elsewhere\nplugins: []\ntheme: {{name: mkdocs}}\n{config}")
    for path, text in files.items():
        file = folder / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return [(one.code, one.location.path, one.location.column) for one in Judge(folder / "mkdocs.yml").findings()]


def test_an_anchor_may_be_percent_encoded_as_the_id_is(tmp_path: Path) -> None:
    slugs = "!!python/object/apply:pymdownx.slugs.slugify {kwds: {percent_encode: true, case: lower}}"
    config = f"markdown_extensions: [{{toc: {{slugify: {slugs}}}}}]\n"
    text = "# Über uns\n\n[x](#%C3%BCber-uns) [y](#%C3%BCber)\n"
    assert elsewhere(tmp_path, config, {"index.md": text}) == [("broken-anchor", "docs/index.md", 25)]


def test_another_project_writes_its_front_matter_as_yaml_allows(tmp_path: Path) -> None:
    allowed = "---\nhide: yes\ndate: 2023-01-01 12:00:00\nfirst: &a x\nsecond: *a\n1: x\nthird: !!str 1\n---\n# A\n"
    files = {"index.md": allowed, "bad.md": "---\nhide: [a\n---\n# A\n"}
    assert elsewhere(tmp_path, "", files) == [("yaml-syntax", "docs/bad.md", 1)]


@pytest.mark.parametrize(
    ("config", "columns"),
    [
        ("site_url: https://x.org/docs/\n", [37]),
        ("site_url: https://x.org/\n", [10, 37, 66]),
        ("", [10, 37, 66]),
        # There such a link is written from the docs folder, and reaches the reader when it leads to nothing.
        ("site_url: https://x.org/docs/\nvalidation: {links: {absolute_links: relative_to_docs}}\n", [10, 37]),
    ],
)
def test_an_absolute_address_is_judged_below_the_address_of_the_site(
    tmp_path: Path, config: str, columns: list[int]
) -> None:
    text = '# A\n\n<a href="/pricing/">x</a>, <a href="/docs/none/">x</a>, <a href="/docs/sub/page/">x</a>, <a href="/sub/page/">x</a>\n'
    found = elsewhere(tmp_path, config, {"index.md": text, "sub/page.md": "# A\n"})
    assert {code for code, _, _ in found} == {"broken-link"}
    assert [column for _, _, column in found] == columns


def test_pages_behind_a_symbolic_link_are_judged_where_they_are_published(tmp_path: Path) -> None:
    for folder in ("docs", "ext"):
        (tmp_path / folder).mkdir()
    (tmp_path / "ext/page.md").write_text("# P\n\n[x](gone.md)\n")
    (tmp_path / "docs/ext").symlink_to("../ext")
    (tmp_path / "docs/dangling.md").symlink_to("nowhere.md")
    found = elsewhere(tmp_path, "", {"index.md": "# A\n"})
    assert [one for one in found if one[0] != "symbolic-link"] == [("broken-link", "docs/ext/page.md", 5)]


def test_only_the_name_index_stands_for_its_folder(tmp_path: Path) -> None:
    files = {
        "index.md": "# A\n\n[x](reindex.md) [y](re)\n",
        "reindex.md": "# B\n",
        "sub/index.md": '# C\n\n<a href="index.html">x</a> <a href="../index.html">x</a>\n',
    }
    assert elsewhere(tmp_path, "use_directory_urls: false\n", files) == [("broken-link", "docs/index.md", 21)]


def test_without_a_network_one_finding_says_so_and_the_run_exits_3(
    site: Callable[..., Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import asyncio
    import socket

    async def unreachable(*_: object, **__: object) -> object:
        raise socket.gaierror(socket.EAI_AGAIN, "temporary failure in name resolution")

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", unreachable)
    assert check(site("valid"), "--external", "--deadline", "20", "--format", "json") == INTERNAL
    codes = [one["code"] for one in json.loads(capsys.readouterr().out)["diagnostics"]]
    assert codes.count("network-down") == 1
    assert "dead-link" not in codes


def test_a_shard_that_is_none_exits_2(site: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert check(site("valid"), "--external", "--shard", "5/3") == USAGE
    assert "shard" in capsys.readouterr().err

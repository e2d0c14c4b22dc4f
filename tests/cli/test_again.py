"""Checking again: kept results say what fresh ones say, a change is judged alone, files are watched."""

from __future__ import annotations

import io
import random
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from deepdive import cli, commands, watching
from deepdive.judge import Judge, UsageProblem
from deepdive.report import ticker
from deepdive.store import CACHE, Store


def test_kept_results_say_what_fresh_ones_say(site: Callable[..., Path], tmp_path: Path) -> None:
    folder = site("broken")
    config, store = folder / "mkdocs.yml", Store(tmp_path / "kept")
    fresh = Judge(config).findings()
    assert Judge(config, store=store).findings() == fresh
    assert Judge(config, store=store).findings() == fresh


CHANGES: list[tuple[str, str, str]] = [
    ("docs/serving/cache.md", "## Run it", "[gone](gone.md)\n\n## Run it"),
    ("docs/serving/cache.md", "## Run it", "[index](index.md#nowhere)\n\n## Run it"),
    ("docs/serving/index.md", "# ", "# {#moved} "),
    ("docs/serving/terms.yml", "name: Token", "name: Tokens"),
    ("docs/serving/engines.yml", "id: newer", "id: newest"),
    ("docs/hardware/devices.yml", "memory_gb: 80", "memory_gb: 96"),
    ("docs/serving/examples/cache.out", "", "another line\n"),
    ("mkdocs.yml", "site_name: ", "site_name: Another "),
]


@pytest.mark.parametrize("seed", range(6))
def test_after_any_change_kept_results_say_what_fresh_ones_say(
    site: Callable[..., Path], tmp_path: Path, seed: int
) -> None:
    folder = site("valid")
    config, store, chance = folder / "mkdocs.yml", Store(tmp_path / "kept"), random.Random(seed)
    Judge(config, store=store).findings()
    for _ in range(4):
        path, old, new = chance.choice(CHANGES)
        file = folder / path
        if not file.exists():
            continue
        before = file.read_text("utf-8")
        file.write_text(before.replace(old, new, 1) if old else before + new, "utf-8")
        if chance.random() < 0.3:
            other = folder / "docs/serving/index.md"
            moved = folder / "docs/serving/moved.md"
            if other.exists():
                other.rename(moved)
            elif moved.exists():
                moved.rename(other)
        assert Judge(config, store=store).findings() == Judge(config).findings()


def test_a_row_that_moves_to_another_table_is_linked_there_from_tables_that_did_not_change(
    site: Callable[..., Path], tmp_path: Path
) -> None:
    folder = site("valid", {"docs/list.md": "# List\n\n``` table\nsource: hardware/architectures\n```\n"})
    config, store = folder / "mkdocs.yml", Store(tmp_path / "kept")
    assert Judge(config, store=store).findings() == []
    (folder / "docs/hardware/devices.yml").rename(folder / "docs/hardware/gadgets.yml")
    found = Judge(config, store=store).findings()
    assert found == Judge(config).findings()
    assert not [one for one in found if one.location.path == "docs/list.md"]


def test_one_changed_page_renders_one_page(
    site: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = site("valid")
    config, store = folder / "mkdocs.yml", Store(tmp_path / "kept")
    said: list[str] = []
    Judge(config, store=store, progress=said.append).findings()
    assert next(one for one in said if one.startswith("rendering")).endswith(" more")
    said.clear()
    page = folder / "docs/serving/cache.md"
    page.write_text(page.read_text("utf-8") + "\nMore.\n", "utf-8")
    Judge(config, store=store, progress=said.append).findings()
    assert [one for one in said if one.startswith("rendering")] == ["rendering serving/cache.md"]


LINKS = {
    "[a](data.csv)": "data.csv",
    "![a](new.png)": "new.png",
    "[a](/hardware/later.md)": "hardware/later.md",
    "[a](hardware/my%20later.md)": "hardware/my later.md",
    "[a](<hardware/my later.md>)": "hardware/my later.md",
    "[a](hardware/my later.md 'a title')": "hardware/my later.md",
    "[a](hardware/later\\_on.md)": "hardware/later_on.md",
    "[a](hardware/later_(on).md#h)": "hardware/later_(on).md",
    "[a][b]\n\n[b]: data.csv": "data.csv",
    "- one\n\n    [a][b]\n\n    [b]: <data.csv>": "data.csv",
    "[a](hidden.txt)": "hidden.txt",
}


@pytest.mark.parametrize("link", LINKS)
def test_a_file_that_comes_or_goes_is_seen_from_the_pages_that_name_it(
    site: Callable[..., Path], tmp_path: Path, link: str
) -> None:
    folder = site("valid", {"docs/notes.md": f"# Notes\n\n{link}\n"})
    config, store, file = folder / "mkdocs.yml", Store(tmp_path / "kept"), folder / "docs" / LINKS[link]
    config.write_text(config.read_text("utf-8") + "  hidden.txt\n", "utf-8")
    for change in (lambda: None, lambda: file.write_text("# Later\n", "utf-8"), file.unlink):
        change()
        assert Judge(config, store=store).findings() == Judge(config).findings()


def _git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def test_a_change_is_judged_with_what_it_touches(site: Callable[..., Path]) -> None:
    folder = site(
        "valid", {"docs/old.md": "# Old\n\n[bad](nowhere.md)\n", "docs/linking.md": "# L\n\n[gone](gone.md)\n"}
    )
    (folder / "docs/gone.md").write_text("# Gone\n", "utf-8")
    _git(folder, "init", "-q")
    _git(folder, "add", ".")
    _git(folder, "commit", "-q", "-m", "one")
    config = folder / "mkdocs.yml"
    assert {one.location.path for one in Judge(config).findings()} == {"docs/old.md"}
    assert Judge(config).findings_since("HEAD") == []
    # A new file, a figure that a page quotes, and a page that another one links to.
    (folder / "docs/new.md").write_text("# New\n\n[bad](nowhere.md)\n", "utf-8")
    table = folder / "docs/hardware/devices.yml"
    table.write_text(
        table.read_text("utf-8").replace("memory_bandwidth: {value: 3.35", "memory_bandwidth: {value: 4.8"), "utf-8"
    )
    (folder / "docs/gone.md").unlink()
    found = {(one.location.path, one.code) for one in Judge(config).findings_since("HEAD")}
    assert ("docs/new.md", "broken-link") in found
    assert ("docs/serving/cache.md", "fact-disagrees") in found
    assert ("docs/linking.md", "broken-link") in found
    assert not any(path == "docs/old.md" for path, _ in found)


def _committed(folder: Path) -> Judge:
    _git(folder, "init", "-q")
    _git(folder, "add", ".")
    _git(folder, "commit", "-q", "-m", "one")
    judge = Judge(folder / "mkdocs.yml")
    assert judge.findings_since("HEAD") == []
    return judge


def test_a_change_is_judged_with_the_pages_that_link_to_it(site: Callable[..., Path]) -> None:
    plan = "| Page | Minutes |\n|---|---|\n| [The cache](serving/cache.md) | 1 |\n"
    folder = site(
        "valid",
        {
            "docs/more.md": "# More\n\n## Old heading\n",
            "docs/anchored.md": "# A\n\n[more](more.md#old-heading)\n",
            "docs/rowed.md": "# A\n\n[big](hardware/devices.md#big-one) and [Newer](tool:newer)\n",
            "docs/planned.md": f"# A\n\n{plan}",
            "docs/moving.md": "# A page of some words, so that git takes it for moved\n\nThey are the same as before.\n",
            "docs/following.md": "# A\n\n[moving](moving.md)\n",
            "docs/old.md": "# Old\n\n[bad](nowhere.md)\n",
        },
    )
    judge = _committed(folder)
    for path, before, after in (
        ("more.md", "Old", "New"),
        ("serving/cache.md", "minutes: 1", "minutes: 2"),
        ("serving/engines.yml", "id: newer", "id: newest"),
    ):
        file = folder / "docs" / path
        file.write_text(file.read_text("utf-8").replace(before, after), "utf-8")
    _git(folder, "mv", "docs/moving.md", "docs/moved.md")
    found = {(one.location.path, one.code) for one in judge.findings_since("HEAD")}
    assert found >= {
        ("docs/anchored.md", "broken-anchor"),
        ("docs/planned.md", "minutes-disagree"),
        ("docs/rowed.md", "unknown-reference"),
        ("docs/following.md", "broken-link"),
    }
    assert not any(path == "docs/old.md" for path, _ in found)


def test_a_changed_configuration_may_touch_every_page(site: Callable[..., Path]) -> None:
    folder = site("valid")
    config = folder / "mkdocs.yml"
    pages = sorted(path.relative_to(folder / "docs").as_posix() for path in (folder / "docs").rglob("*.md"))
    before = config.read_text("utf-8")
    config.write_text(before + "nav: [" + ", ".join(pages) + "]\n", "utf-8")
    judge = _committed(folder)
    config.write_text(before + "nav: [" + ", ".join(pages[1:]) + "]\n", "utf-8")
    assert [(one.code, one.location.path) for one in judge.findings_since("HEAD")] == [
        ("page-not-in-nav", f"docs/{pages[0]}")
    ]


def test_a_row_that_goes_is_missed_by_other_tables(site: Callable[..., Path]) -> None:
    folder = site("valid")
    _git(folder, "init", "-q")
    _git(folder, "add", ".")
    _git(folder, "commit", "-q", "-m", "one")
    table = folder / "docs/hardware/devices.yml"
    table.write_text(table.read_text("utf-8").replace("id: big-one", "id: bigger-one", 1), "utf-8")
    config = folder / "mkdocs.yml"
    whole = Judge(config).findings()
    assert ("docs/infrastructure/cloud-offers.yml", "unknown-id") in {(one.location.path, one.code) for one in whole}
    assert Judge(config).findings_since("HEAD") == whole


@pytest.mark.parametrize("revision", ["nonsense", "--output=x"])
def test_a_revision_that_is_none_is_a_usage_problem(site: Callable[..., Path], revision: str) -> None:
    folder = site("valid")
    _git(folder, "init", "-q")
    with pytest.raises(UsageProblem, match=revision):
        Judge(folder / "mkdocs.yml").findings_since(revision)
    assert not (folder / "x").exists()


def test_files_are_watched(site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    folder = site("valid")
    rounds: list[int] = []

    def sleep(_: float) -> None:
        page = folder / "docs/index.md"
        page.write_text(page.read_text("utf-8") + "\nMore.\n", "utf-8")

    def check() -> int:
        (folder / ".cache").mkdir(exist_ok=True)
        (folder / ".cache/result").write_text(str(len(rounds)), "utf-8")  # must not start another round
        rounds.append(1)
        return len(rounds)

    monkeypatch.setattr(watching.time, "sleep", sleep)
    warmed: list[int] = []
    assert watching.watch(folder / "mkdocs.yml", check, rounds=3, warm=lambda: warmed.append(len(rounds))) == 3
    assert warmed == [1], "once, after the first verdict"


def test_what_a_kept_verdict_left_cold_is_read_while_nobody_waits(
    site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = site("valid")
    judge = Judge(folder / "mkdocs.yml", store=Store(folder / CACHE))
    judge.findings()
    read: list[str] = []
    monkeypatch.setattr(Judge, "_opened", lambda *given, real=Judge._opened: (read.append("read"), real(*given))[1])
    assert judge.findings() == []
    assert read == []
    judge.warm()
    assert read == ["read"]
    (folder / "mkdocs.yml").write_text("nonsense: [", "utf-8")
    judge.warm()  # the next check says what is wrong


def test_the_command_keeps_results_unless_told_not_to(
    site: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = site("valid")
    assert cli.main(["check", "--config-file", str(folder / "mkdocs.yml"), "--no-cache"]) == commands.CLEAN
    assert not (folder / CACHE).exists()
    assert cli.main(["check", "--config-file", str(folder / "mkdocs.yml")]) == commands.CLEAN
    assert list((folder / CACHE).iterdir())


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_line_appears_on_a_terminal_after_a_second_and_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(ticker.time, "monotonic", lambda: now[0])
    stream = _Terminal()
    with ticker.Ticker(stream) as tick:
        tick("reading")
        assert stream.getvalue() == ""
        now[0] = 1.5
        tick("rendering a.md")
        assert stream.getvalue() == "\rrendering a.md"
        now[0] = 2.0
        tick("b")
    assert stream.getvalue().endswith("\r \r")


def test_no_line_goes_to_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(ticker.time, "monotonic", lambda: now[0])
    stream = io.StringIO()
    with ticker.Ticker(stream) as tick:
        now[0] = 9.0
        tick("reading")
    assert stream.getvalue() == ""


def test_a_docs_folder_elsewhere_is_watched(site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    folder = site("valid")
    config = folder / "config/mkdocs.yml"
    config.parent.mkdir()
    config.write_text("docs_dir: ../docs\n" + (folder / "mkdocs.yml").read_text("utf-8"), "utf-8")
    rounds: list[int] = []

    def sleep(_: float) -> None:
        page = folder / "docs/index.md"
        page.write_text(page.read_text("utf-8") + "\nMore.\n", "utf-8")

    monkeypatch.setattr(watching.time, "sleep", sleep)
    watching.watch(config, lambda: rounds.append(1) or 0, rounds=2, warm=Judge(config, links=False).warm)
    assert len(rounds) == 2


def test_a_half_written_configuration_does_not_end_watching(
    site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = site("valid")
    config = folder / "mkdocs.yml"
    whole = config.read_text("utf-8")
    states = iter([whole[: len(whole) // 3] + "\nplugins: [", whole])

    def sleep(_: float) -> None:
        try:
            config.write_text(next(states), "utf-8")
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr(watching.time, "sleep", sleep)
    assert cli.main(["check", "--config-file", str(config), "--watch", "--no-links"]) == commands.INTERRUPTED
    written = capsys.readouterr()
    assert written.out.count("No problems found.") == 2
    assert "cannot be used" in written.err

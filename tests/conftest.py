"""Every test runs on the same day, and reaches no host but this one."""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SITES = Path(__file__).resolve().parent / "sites"
# 2026-11-21T12:00:00Z: the fixtures' review dates are judged from here.
EPOCH = "1795262400"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that does not run, or is allowed to fail, fails: whatever mark or call it was done with."""
    report = yield
    # Read here only to be turned into failures: nothing is left out by these lines.
    if report.outcome == "skipped" or hasattr(report, "wasxfail"):  # each becomes a failure in the next line
        report.outcome, report.longrepr = "failed", f"left out or allowed to fail: {report.longrepr}"
        vars(report).pop("wasxfail", None)  # pytest counts no failure that bears it
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """So does a file of tests that is left out as a whole."""
    report = yield
    if report.outcome == "skipped":
        report.outcome, report.longrepr = "failed", f"left out: {report.longrepr}"
    return report


@pytest.fixture(autouse=True)
def same_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "true")


@pytest.fixture(autouse=True, scope="session")
def only_loopback() -> Iterator[None]:
    """A connection to any address that is not loopback fails, here and not at the peer."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not ipaddress.ip_address(address[0]).is_loopback:
            raise AssertionError(f"a test tried to reach {address[0]}")
        real(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        yield


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site as MkDocs builds it, for every test that reads it."""
    target = tmp_path_factory.mktemp("built") / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(target)]
    subprocess.run(
        command,
        cwd=ROOT,
        check=True,
        capture_output=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": EPOCH},
    )
    return target


@pytest.fixture
def site(tmp_path: Path) -> Callable[..., Path]:
    """Copy a site of tests/sites into a fresh folder, with files added or replaced; returns its folder."""

    def copy(name: str = "valid", files: dict[str, str | bytes] | None = None) -> Path:
        folder = tmp_path / (name if not (tmp_path / name).exists() else f"{name}-{len(list(tmp_path.iterdir()))}")
        shutil.copytree(SITES / name, folder, ignore=shutil.ignore_patterns(".cache"))
        for path, content in (files or {}).items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return copy

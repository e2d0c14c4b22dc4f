"""The suite itself: a test that does not run, or that is allowed to fail, fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
# Each is the text of a file that is written, run, and must fail: no test of ours is left out by these marks.
WAYS_OUT = {
    "a mark": "@pytest.mark.{}\ndef test_it():\n    pass\n",
    "a mark with a condition": "@pytest.mark.{}if(True, reason='r')\ndef test_it():\n    pass\n",
    "a call": "def test_it():\n    pytest.{}('r')\n",
    "a call for the file": "pytest.{}('r', allow_module_level=True)\n",
    "a failure that is expected": "@pytest.mark.xfail\ndef test_it():\n    assert 0\n",  # must fail
    "a failure that is expected and does not come": "@pytest.mark.xfail\ndef test_it():\n    pass\n",  # must fail
    "a method": "import unittest\nclass TestIt(unittest.TestCase):\n    def test_it(self):\n        self.{}Test('r')\n",
}


def run(folder: Path, text: str) -> int:
    (folder / "test_it.py").write_text(f"import pytest\n{text}", "utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "conftest", "-p", "no:cacheprovider", "-c", os.devnull]
    environment = {**os.environ, "PYTHONPATH": str(HERE)}
    return subprocess.run([*command, str(folder)], env=environment, capture_output=True, check=False).returncode


def test_a_test_that_runs_passes(tmp_path: Path) -> None:
    assert run(tmp_path, "def test_it():\n    pass\n") == pytest.ExitCode.OK


@pytest.mark.parametrize("way", WAYS_OUT.values(), ids=WAYS_OUT)
def test_no_test_is_left_out_or_allowed_to_fail(tmp_path: Path, way: str) -> None:
    assert run(tmp_path, way.format("skip")) in (pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED)

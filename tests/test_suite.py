"""The suite itself: every test runs."""

from __future__ import annotations

import ast
from pathlib import Path

HERE = Path(__file__).parent
FILES = sorted(HERE.rglob("test_*.py"))
# Marks, functions and exceptions of pytest and unittest by which a test does not run, or may fail unnoticed.
WAYS_OUT = frozenset(
    ["skip", "skipif", "skipIf", "skipUnless", "skipTest", "SkipTest", "xfail", "importorskip", "expectedFailure"]
)


def test_no_test_is_left_out_or_allowed_to_fail() -> None:
    found = [
        f"{path.relative_to(HERE)}:{node.lineno}"
        for path in (*FILES, *HERE.rglob("conftest.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (isinstance(node, ast.Attribute) and node.attr in WAYS_OUT)
        or (isinstance(node, ast.Name) and node.id in WAYS_OUT)
    ]
    assert found == []

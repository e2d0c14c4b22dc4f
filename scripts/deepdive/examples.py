"""Run an example in a process of its own, under limits."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TIME_LIMIT = 20.0  # seconds; examples are written for five on a laptop


def run(example: Path) -> tuple[str, str]:
    """What an example prints, and why it failed (empty when it did not)."""
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    try:
        done = subprocess.run(
            [sys.executable, "-B", "-W", "error", example.name],
            cwd=example.parent,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=TIME_LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "", f"ran longer than {TIME_LIMIT:g} s"
    if done.returncode:
        return done.stdout, (done.stderr.strip().splitlines() or ["failed"])[-1]
    return done.stdout, ""


def record(example: Path) -> str:
    """Write the output beside the example; the reason when it fails."""
    output, failure = run(example)
    if not failure:
        example.with_suffix(".out").write_text(output, "utf-8")
    return failure

"""A small site, built as it stands, for tests that bring their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def build(config: Path) -> Path:
    """Where the site of a configuration file was built; without strictness, as its text may be meant to be wrong."""
    target = config.parent / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--config-file", str(config), "--site-dir", str(target)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return target

"""Build the site aside and put it in place whole: a failing build leaves the previous site, and nothing else is deleted."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

# What every built site of ours holds; a folder without it is somebody else's.
_PROOF = Path("api/v1/index.json")


class NotOurs(Exception):
    """The folder to be replaced holds something that no build put there."""


def build(config_file: Path, target: Path, generator: str = "mkdocs") -> int:
    """Build strictly with ``generator`` and replace ``target``; the exit code of the generator.

    Raises NotOurs when ``target`` is neither a site of ours nor empty.
    """
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise NotOurs(f"{target} is not a folder; move it away, or name another with --site-dir.")
    if target.exists() and any(target.iterdir()) and not (target / _PROOF).is_file():
        raise NotOurs(f"{target} holds files that no build put there; move it away, or name another with --site-dir.")
    target.parent.mkdir(parents=True, exist_ok=True)
    # Beside the target, so that the exchange is a rename and never a copy.
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as workshop:
        fresh, old = Path(workshop) / "new", Path(workshop) / "old"
        command = [sys.executable, "-m", generator, "build", "--strict", "--config-file", str(config_file)]
        code = subprocess.run([*command, "--site-dir", str(fresh)], check=False).returncode
        if code:
            return code
        if target.exists():
            os.rename(target, old)
        try:
            os.rename(fresh, target)
        except OSError:
            with contextlib.suppress(OSError):
                os.rename(old, target)
            raise
        shutil.rmtree(old, ignore_errors=True)
    return 0

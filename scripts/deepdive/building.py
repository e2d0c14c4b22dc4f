"""Build the site aside and put it in place whole: a failing build leaves the previous site, and nothing else is deleted."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

# What every built site of ours holds; a folder without it is somebody else's.
_PROOF = Path("api/v1/index.json")


class NotOurs(Exception):
    """The folder to be replaced holds something that no build put there."""


def build(make: Callable[[Path], bool], target: Path) -> bool:
    """Have ``make`` build into a new folder and replace ``target`` by it; False when ``make`` says that it failed.

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
        fresh.mkdir()
        if not make(fresh):
            return False
        if target.exists():
            os.rename(target, old)
        try:
            os.rename(fresh, target)
        except OSError:
            with contextlib.suppress(OSError):
                os.rename(old, target)
            raise
        shutil.rmtree(old, ignore_errors=True)
    return True


def generator(name: str, config_file: Path) -> Callable[[Path], bool]:
    """The strict build of a generator, run as a program of its own."""
    command = [sys.executable, "-m", name, "build", "--strict", "--config-file", str(config_file), "--site-dir"]
    return lambda fresh: subprocess.run([*command, str(fresh)], check=False).returncode == 0

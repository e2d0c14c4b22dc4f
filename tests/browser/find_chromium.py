"""Find a Chromium for the browser tests, or install one; otherwise say what is missing and fail.

Order: ``CHROMIUM``, Playwright's own, ``chromium`` on the path, ``playwright install chromium``,
and, as root on Debian, the distribution's package. The path is kept beside the environment.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

FOUND = Path(sys.prefix) / ".chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def works(path: str | None) -> bool:
    """Whether this is a Chromium that starts."""
    if not path or not Path(path).exists():
        return False
    return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0


def on_this_machine() -> str | None:
    """A Chromium that is here already."""
    candidates = [
        os.environ.get("CHROMIUM"),
        FOUND.read_text() if FOUND.exists() else None,
        playwrights_own(),
        *map(shutil.which, NAMES),
    ]
    return next((path for path in candidates if works(path)), None)


def playwrights_own() -> str | None:
    """Where Playwright would have put its browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def install() -> None:
    """Try Playwright's download, then Debian's package when we are root there."""
    print("No Chromium here: installing one for the browser tests.", flush=True)
    done = subprocess.run(
        [sys.executable, "-m", "playwright", "install", "chromium"], capture_output=True, timeout=600, check=False
    )
    if done.returncode == 0 and works(playwrights_own()):
        return
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
        ):
            subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, timeout=1200, check=False)


def main() -> int:
    """Remember where Chromium is; 1 with one clear sentence when there is none."""
    path = on_this_machine()
    if path is None:
        install()
        path = on_this_machine()
    if path is None:
        print("The browser tests need Chromium: install it, or set CHROMIUM to its path.", file=sys.stderr)
        return 1
    FOUND.write_text(path)
    print(f"Chromium: {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

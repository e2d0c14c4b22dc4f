"""How long whoever writes waits: from saving a file under `make serve` to seeing the change in an open browser.

Run: `.venv/bin/python tests/benchmarks/preview.py [rounds]`. Works on a copy of the project; prints the
seconds until the server answers after its start, and medians of the rounds for a page and for a row.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from browser.conftest import ARGUMENTS, CHROMIUM  # noqa: E402

ADDRESS = "127.0.0.1:8799"
PAGE, TABLE = Path("docs/serving/kv-cache.md"), Path("docs/serving/inference-engines.yml")


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        project = Path(place)
        for folder in ("docs", "overrides"):
            shutil.copytree(ROOT / folder, project / folder)
        shutil.copy(ROOT / "mkdocs.yml", project)
        begun = time.perf_counter()
        server = subprocess.Popen(
            [sys.executable, "-m", "deepdive", "serve", "--address", ADDRESS], cwd=project, stderr=subprocess.DEVNULL
        )
        try:
            _answering(f"http://{ADDRESS}/")
            print(f"start until the first page: {time.perf_counter() - begun:.1f} s")
            with sync_playwright() as driver:
                browser = driver.chromium.launch(executable_path=CHROMIUM.read_text("utf-8").strip(), args=ARGUMENTS)
                page = browser.new_page()
                for what, address, file, change in (
                    ("a page", "/serving/kv-cache/", PAGE, _sentence),
                    ("a row", "/reference/tools/vllm/", TABLE, _summary),
                ):
                    page.goto(f"http://{ADDRESS}{address}")
                    times = [_seen(page, project / file, change, number) for number in range(rounds)]
                    print(f"{what}: median {statistics.median(times):.2f} s, longest {max(times):.2f} s")
                browser.close()
        finally:
            server.terminate()
            server.wait()


def _sentence(text: str, mark: str) -> str:
    return f"{text}\nThe mark {mark} stands here.\n"


def _summary(text: str, mark: str) -> str:
    head, tail = text.split("  - id: vllm\n", 1)
    before, _, rest = tail.partition("summary: ")
    return f"{head}  - id: vllm\n{before}summary: Serves models, mark {mark}.\n{rest.partition(chr(10))[2]}"


def _seen(page: Page, file: Path, change: Callable[[str, str], str], number: int) -> float:
    # Between two saves a writer reads what the check said: it runs beside the first second only.
    time.sleep(8)
    mark = f"zq{number}"
    text = change(file.read_text("utf-8"), mark)
    begun = time.perf_counter()
    file.write_text(text, "utf-8")
    page.wait_for_function("(mark) => document.body?.innerText.includes(mark)", arg=mark, polling=20)
    return time.perf_counter() - begun


def _answering(address: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(address).read()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(address)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)

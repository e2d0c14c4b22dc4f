"""What a reader waits for and downloads: pages, search and tables of the built site, in Chromium.

Run: `.venv/bin/python tests/benchmarks/browser.py SITE [rounds]`, SITE being a built site (`make build`).
The site is served on loopback with gzip, as static hosts do. Times are medians of rounds with an
empty cache; the slow link has 10 Mbit/s and 40 ms round trips, emulated by Chromium.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, Request, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from browser.conftest import ARGUMENTS, CHROMIUM  # noqa: E402
from browser.queries import hit_rates, read_queries  # noqa: E402

PAGES = {
    "home": "/", "layer": "/serving/", "topic with a diagram": "/serving/kv-cache/", "table of devices": "/hardware/accelerators/",
    "tool": "/reference/tools/vllm/", "table of all tools": "/reference/tools/", "map": "/reference/map/", "glossary": "/reference/glossary/",
}  # fmt: skip
TYPES = (".html", ".js", ".css", ".json", ".svg", ".md", ".xml", "/")
FIRST_RESULT = """([query, text]) => new Promise((done) => {
  const begun = performance.now();
  document.querySelector("[data-dd-search]").click();
  const input = document.querySelector("dialog.dd-search input");
  input.value = query;
  input.dispatchEvent(new Event("input"));
  const list = document.querySelector(".dd-search-results");
  const look = () => {
    const hit = [...list.querySelectorAll(".dd-type")].some((one) => text ? one.parentElement.querySelector(".dd-about")?.textContent : !/recent|try/i.test(one.textContent));
    if (hit) requestAnimationFrame(() => done(performance.now() - begun)); else setTimeout(look, 4);
  };
  look();
})"""
KEYSTROKE = """(text) => new Promise((done) => {
  const input = document.querySelector(".dd-bar input[type=search], .dd-bar input:not([type=checkbox])");
  const begun = performance.now();
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
})"""
SORT = """(field) => new Promise((done) => {
  const begun = performance.now();
  document.querySelector(`th[data-field="${field}"] button`).click();
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
})"""


class _Compressed(http.server.SimpleHTTPRequestHandler):
    """Static files, compressed once each."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        path = self.translate_path(self.path)
        file = Path(path) / "index.html" if Path(path).is_dir() else Path(path)
        if not file.is_file():
            self.send_error(404)
            return
        body, packed = _body(str(file))
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@functools.cache
def _body(file: str) -> tuple[bytes, bool]:
    data = Path(file).read_bytes()
    return (gzip.compress(data, 6), True) if file.endswith(TYPES) else (data, False)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server over ``folder``."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Compressed, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


@contextmanager
def fresh(browser: Browser, slow: bool = False) -> Iterator[Page]:
    """A page with an empty cache, on loopback or on the slow link."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    page = context.new_page()
    if slow:
        rate = 10e6 / 8
        context.new_cdp_session(page).send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": 40, "downloadThroughput": rate, "uploadThroughput": rate},
        )
    yield page
    context.close()


def _into(finished: list[Request]) -> Callable[[Request], None]:
    return lambda request: finished.append(request)


def weights(browser: Browser, address: str) -> None:
    """Bytes and requests of a first visit, without scrolling."""
    print("page                    KB on the wire  requests")
    for name, path in PAGES.items():
        with fresh(browser) as page:
            finished: list[Request] = []
            page.on("requestfinished", _into(finished))
            page.goto(address + path)
            page.wait_for_load_state("networkidle")
            size = sum(request.sizes()["responseBodySize"] for request in finished)
            print(f"  {name:<22}{size / 1e3:>12.1f}{len(finished):>10}")


def searching(browser: Browser, address: str, rounds: int) -> None:
    """From the opening of the dialog to the first result, of the names and of the texts."""
    for slow in (False, True):
        for text in (False, True):
            times = []
            for _ in range(rounds):
                with fresh(browser, slow) as page:
                    page.goto(address + "/")
                    page.wait_for_load_state("networkidle")
                    times.append(
                        page.evaluate(FIRST_RESULT, ["attention kernel memory", True] if text else ["vllm", False])
                    )
            link = "10 Mbit/s, 40 ms" if slow else "loopback"
            print(f"first result of {'texts' if text else 'names'} over {link}: {statistics.median(times):.0f} ms")
    with fresh(browser) as page:
        page.goto(address + "/")
        for name in ("queries", "strangers"):
            queries = read_queries(name)
            begun = time.perf_counter()
            first, three = hit_rates(page, queries)
            each = (time.perf_counter() - begun) / len(queries) * 1e3
            print(f"{len(queries)} {name}: right page first {first:.1%}, among three {three:.1%}; {each:.0f} ms each")


def tables(browser: Browser, address: str, rounds: int) -> None:
    """A keystroke and a sort in the table of all tools, until the next frame."""
    with fresh(browser) as page:
        page.goto(address + "/reference/tools/")
        page.wait_for_selector(".dd-bar input")
        rows = page.locator(".dd-table tbody tr").count()
        typed = [page.evaluate(KEYSTROKE, text) for _ in range(rounds) for text in ("v", "vl", "vll", "py", "p", "")]
        sorted_ = [page.evaluate(SORT, field) for _ in range(rounds) for field in ("owner", "name")]
    print(f"table of {rows} rows: keystroke {statistics.median(typed):.0f} ms (longest {max(typed):.0f}), ", end="")
    print(f"sort {statistics.median(sorted_):.0f} ms (longest {max(sorted_):.0f})")


def main() -> None:
    """Print everything."""
    site, rounds = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with served(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM.read_text(), args=ARGUMENTS)
        weights(browser, address)
        searching(browser, address, rounds)
        tables(browser, address, rounds)
        browser.close()


if __name__ == "__main__":
    main()

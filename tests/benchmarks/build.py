"""The full build against plain MkDocs + Material on as many ordinary pages, all in the navigation.

Run: `.venv/bin/python tests/benchmarks/build.py [pairs]`. Prints each pair's seconds and the ratio of
every pair; the machine's speed cancels out in a ratio, so quote the median ratio.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORDS = "A cache keeps what was computed once, so that the next request need not compute it again. "


def ordinary_site(folder: Path, pages: int) -> Path:
    """A plain Material project: every page in the navigation, four headings, a table, a code block."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    body = "".join(f"\n## Section {number}\n\n{WORDS * 6}\n" for number in range(4))
    extra = "\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```python\nprint('x')\n```\n"
    names = ["index.md", *(f"page{number}.md" for number in range(1, pages))]
    for number, name in enumerate(names):
        (docs / name).write_text(f"# Page {number}\n{body}{extra}")
    navigation = "".join(f"  - {name}\n" for name in names)
    extensions = "markdown_extensions: [admonition, attr_list, tables, pymdownx.superfences, pymdownx.highlight]\n"
    config = folder / "mkdocs.yml"
    config.write_text(
        f"site_name: Ordinary\ntheme: {{name: material, font: false}}\nplugins: []\n{extensions}nav:\n{navigation}"
    )
    return config


def seconds(config: Path, target: Path) -> float:
    shutil.rmtree(target, ignore_errors=True)
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--quiet",
        "--config-file",
        str(config),
        "--site-dir",
        str(target),
    ]
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        target = folder / "ours"
        seconds(ROOT / "mkdocs.yml", target)  # a first run warms the file cache, and counts the pages
        pages = len(list(target.rglob("index.html")))
        plain = ordinary_site(folder / "plain", pages)
        print(f"{pages} pages; seconds for ours (search index included) and for plain MkDocs + Material")
        ratios = []
        for _ in range(pairs):
            ours, theirs = seconds(ROOT / "mkdocs.yml", target), seconds(plain, folder / "theirs")
            ratios.append(ours / theirs)
            print(f"{ours:.2f}  {theirs:.2f}  ratio {ratios[-1]:.2f}")
        print(f"median ratio {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()

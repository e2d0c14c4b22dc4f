"""The full build against plain MkDocs + Material on as many ordinary pages, all in the navigation.

Run: `.venv/bin/python tests/benchmarks/build.py [pairs]`. Prints each pair's seconds and the ratio of
every pair; the machine's speed cancels out in a ratio, so quote the median ratio.
"""

from __future__ import annotations

import os
import resource
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


def ours(folder: Path, search: bool) -> Path:
    """The configuration of this site, read from elsewhere, with or without the search index."""
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    text = text.replace("custom_dir: overrides", f"custom_dir: {ROOT / 'overrides'}\n")
    if not search:
        text = text.replace("  - deepdive\n", "  - deepdive: {search: false}\n", 1)
    config = folder / f"ours-{search}.yml"
    config.write_text(f"docs_dir: {ROOT / 'docs'}\n{text}", "utf-8")
    return config


def seconds(program: list[str], config: Path, target: Path) -> float:
    shutil.rmtree(target, ignore_errors=True)
    command = [*program, "build", "--config-file", str(config), "--site-dir", str(target)]
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, check=True, capture_output=True)
    return time.perf_counter() - start


OURS = [sys.executable, "-m", "deepdive"]
MKDOCS = [sys.executable, "-m", "mkdocs"]


def zensical(config: Path) -> float | None:
    """Zensical on the plain project (its folder is fixed by the configuration); None where it is not installed."""
    program = ROOT / ".venv-zensical" / "bin" / "zensical"
    if not program.exists():
        return None
    for made in ("site", ".cache"):
        shutil.rmtree(config.parent / made, ignore_errors=True)
    start = time.perf_counter()
    subprocess.run([str(program), "build", "--config-file", str(config)], check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        target = folder / "ours"
        whole, bare = ours(folder, search=True), ours(folder, search=False)
        seconds(OURS, bare, target)  # a first run warms the file cache, and counts the pages
        pages = len(list(target.rglob("index.html")))
        plain = ordinary_site(folder / "plain", pages)
        print(
            f"{pages} pages; seconds: ours, search index apart; plain MkDocs + Material; index; Zensical on plain pages"
        )
        ratios, others, indexing = [], [], []
        for _ in range(pairs):
            mine, theirs = seconds(OURS, bare, target), seconds(MKDOCS, plain, folder / "theirs")
            index, other = seconds(OURS, whole, target) - mine, zensical(plain)
            ratios.append(mine / theirs)
            indexing.append(index)
            others += [mine / other] if other else []
            print(f"{mine:.2f}  {theirs:.2f}  {index:.2f}  {f'{other:.2f}' if other else 'not installed'}")
        print(f"median ratio to MkDocs + Material {statistics.median(ratios):.2f}")
        print(f"median index time a page {statistics.median(indexing) / pages * 1000:.1f} ms")
        if others:
            print(f"median ratio to Zensical {statistics.median(others):.2f}")
        print(f"largest process {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()

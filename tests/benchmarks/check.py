"""`make check` and `check --watch` against `mkdocs build --strict` of the same site; how reading grows with the rows.

Run: `.venv/bin/python tests/benchmarks/check.py [pairs]`. Prints seconds, ratios of paired runs and
peak memory. The machine's speed cancels out in a ratio: quote the median ratio.
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
CHECK = [sys.executable, str(ROOT / "scripts" / "validate.py")]
ROW = """  - id: row-{number}
    name: Row {number:05}
    summary: A row that is there so that there are many of them.
    category: llm-inference-engines
    type: engine
    homepage: https://row{number}.example.com/
    openness: open-source
    license: MIT
    owner: Example
    languages: [Python, C++]
    status: active
    use_when: [You measure how reading grows.]
    avoid_when: [You look for an engine.]
    reviewed: 2026-11-01
    sources: [https://row{number}.example.com/]
"""


def seconds(command: list[str], folder: Path) -> float:
    """Wall time of a command; its findings do not matter here."""
    begun = time.perf_counter()
    subprocess.run(
        command, cwd=folder, capture_output=True, check=False, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    )
    return time.perf_counter() - begun


def copy(target: Path) -> Path:
    """This project without what was built or kept."""
    target.mkdir()
    for name in ("mkdocs.yml", "docs", "overrides"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name)
        else:
            shutil.copy(source, target / name)
    return target


def pairs(count: int, folder: Path) -> None:
    """Cold, unchanged and one page changed, each beside a strict build."""
    page = folder / "docs" / "serving" / "kv-cache.md"
    build = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder / "site")]
    ratios: dict[str, list[float]] = {"cold": [], "unchanged": [], "one page changed": [], "one row changed": []}
    table = folder / "docs" / "serving" / "inference-engines.yml"
    for number in range(count):
        built = seconds(build, folder)
        for name, times in ratios.items():
            if name == "cold":
                shutil.rmtree(folder / ".cache", ignore_errors=True)
            elif name == "one page changed":
                page.write_text(page.read_text("utf-8") + f"\nRun {number}.\n", "utf-8")
            elif name == "one row changed":
                table.write_text(
                    table.read_text("utf-8").replace("reviewed: 2026-11-2", f"reviewed: 2026-11-{number % 2}", 1),
                    "utf-8",
                )
            taken = seconds(CHECK, folder)
            times.append(taken / built)
            print(f"{name:18} {taken:6.2f} s   strict build {built:6.2f} s   ratio {taken / built:.2f}")
    for name, times in ratios.items():
        print(f"median ratio, {name}: {statistics.median(times):.2f}")


def watched(count: int, folder: Path) -> None:
    """From saving a page to the verdict of a check that watches, beside a strict build."""
    page = folder / "docs" / "serving" / "kv-cache.md"
    build = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder / "site")]
    ratios, times = [], []
    with subprocess.Popen(
        [*CHECK, "--watch"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout
        process.stdout.readline()
        for number in range(count):
            built = seconds(build, folder)
            page.write_text(page.read_text("utf-8") + f"\nWatched {number}.\n", "utf-8")
            begun = time.perf_counter()
            process.stdout.readline()
            times.append(time.perf_counter() - begun)
            ratios.append(times[-1] / built)
            print(f"{'watched page':18} {times[-1]:6.2f} s   strict build {built:6.2f} s   ratio {ratios[-1]:.3f}")
        process.terminate()
    print(f"median, watched page: {statistics.median(times):.2f} s, ratio {statistics.median(ratios):.3f}")


def growth(folder: Path) -> None:
    """Reading and judging tables of tools alone, without rendering, from 1,250 rows to 10,000."""
    docs = folder / "docs"
    (docs / "reference").mkdir(parents=True)
    shutil.copy(ROOT / "docs/reference/taxonomy.yml", docs / "reference")
    (docs / "serving").mkdir()
    (folder / "mkdocs.yml").write_text(
        "site_name: Many\nplugins:\n  - deepdive\nmarkdown_extensions: [deepdive.markdown]\n"
    )
    (docs / "index.md").write_text("# Many\n")
    start = seconds([*CHECK, "--no-links", "--no-cache"], folder)
    previous = 0.0
    for rows in (1250, 2500, 5000, 10_000):
        for part in range(rows // 250):
            text = "".join(ROW.format(number=part * 250 + number) for number in range(250))
            head = f"kind: tools\ntitle: Part {part}\nsummary: Many rows.\nlayer: serving\nrows:\n"
            (docs / "serving" / f"part-{part}.yml").write_text(head + text)
        taken = seconds([*CHECK, "--no-links", "--no-cache"], folder) - start
        note = f"   {taken / previous:.2f} times the half of them" if previous else ""
        print(f"{rows:6} rows {taken:6.2f} s beyond starting{note}")
        previous = taken


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory() as name:
        site = copy(Path(name) / "site")
        pairs(count, site)
        watched(count, site)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        print(f"peak memory of any run so far, builds included: {peak} MiB")
        growth(Path(name) / "many")


if __name__ == "__main__":
    main()

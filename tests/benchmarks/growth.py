"""How a build grows with the number of tools: the exponent of a line through the logarithms.

Run: `.venv/bin/python tests/benchmarks/growth.py [rounds]`. Sizes take turns, so that a machine that
slows down slows all of them; the fastest round of each counts.
"""

from __future__ import annotations

import math
import shutil
import sys
import tempfile
from pathlib import Path

from build import OURS, ROOT, seconds

SIZES = (250, 500, 1000, 2000)
ROWS_A_TABLE = 25


def tools(folder: Path, count: int) -> Path:
    """The tiny site of the tests with ``count`` tools in tables of 25."""
    shutil.copytree(ROOT / "tests/sites/valid", folder)
    row = (ROOT / "tests/sites/valid/docs/serving/engines.yml").read_text("utf-8").split("rows:\n")[1]
    row = row[: row.index("  - id: older")]
    for start in range(0, count, ROWS_A_TABLE):
        head = f"kind: tools\ntitle: Tools {start}\nsummary: Tools from number {start} on, made for a measurement.\nlayer: serving\nrows:\n"
        rows = [_renamed(row, number) for number in range(start, min(start + ROWS_A_TABLE, count))]
        (folder / f"docs/serving/made-{start:05}.yml").write_text(head + "".join(rows), "utf-8")
    return folder / "mkdocs.yml"


def _renamed(row: str, number: int) -> str:
    kept = [
        line
        for line in row.splitlines()
        if not line.lstrip().startswith(("aliases", "alternatives", "built_on", "packages"))
    ]
    text = "\n".join(kept) + "\n"
    return (
        text.replace("id: newer", f"id: made-{number:05}")
        .replace("name: Newer Engine", f"name: Made {number:05}")
        .replace("github:example/newer", f"github:example/made-{number:05}")
    )


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    best = dict.fromkeys(SIZES, math.inf)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        configs = {size: tools(folder / str(size), size) for size in SIZES}
        for _ in range(rounds):
            for size, config in configs.items():
                best[size] = min(best[size], seconds(OURS, config, folder / "site"))
    for size, time in best.items():
        print(f"{size} tools: {time:.2f} s")
    xs, ys = [math.log(size) for size in SIZES], [math.log(best[size]) for size in SIZES]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    slope = sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)
    print(f"exponent {slope:.2f}")


if __name__ == "__main__":
    main()

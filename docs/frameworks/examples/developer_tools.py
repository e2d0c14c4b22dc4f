"""Two notebook problems in miniature, hidden state and noisy diffs, then a loss curve drawn as SVG with
the standard library alone, and why the way of thinning out points decides whether a spike is seen."""

import contextlib
import difflib
import io
import json
import math
import random
import xml.etree.ElementTree as ET

CELLS = [
    "import math\nrate = 0.1",
    "losses = [math.exp(-rate * i) + 0.05 for i in range(40)]",
    "print(f'{losses[-1]:.3f}')",
]


def run(cells, order, memory):
    """Execute cells in the given order in one kernel memory; returns what they print."""
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        for i in order:
            exec(cells[i], memory)
    return shown.getvalue().strip()


def notebook(cells, count, output):
    """The JSON that a notebook file holds: code, execution counts and outputs together."""
    body = [
        {"cell_type": "code", "execution_count": count + i, "metadata": {}, "outputs": [], "source": cell.split("\n")}
        for i, cell in enumerate(cells)
    ]
    body[-1]["outputs"] = [{"name": "stdout", "output_type": "stream", "text": [output]}]
    return json.dumps({"cells": body, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)


def changed(old, new):
    """Lines that a line-based diff marks as removed or added."""
    return sum(line[0] in "+-" for line in difflib.ndiff(old.splitlines(), new.splitlines()))


def script(cells):
    return "\n".join("# %%\n" + cell for cell in cells)


def thin(values, columns, pick):
    """One or two values per column of pixels."""
    edges = [c * len(values) // columns for c in range(columns + 1)]  # no step is left over
    return [v for start, end in zip(edges, edges[1:]) for v in pick(values[start:end])]


def svg(values, width=220, height=110, title="loss"):
    """A line chart with frame, two labels and a text alternative."""
    top, left, plot_w, plot_h = 10, 10, width - 20, height - 20
    high, low = max(values), min(values)
    x = lambda i: left + plot_w * i / (len(values) - 1)
    y = lambda v: top + plot_h * (high - v) / (high - low)
    root = ET.Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {width} {height}", role="img")
    ET.SubElement(root, "title").text = f"{title}: from {values[0]:.2f} to {values[-1]:.2f} in {len(values)} steps"
    frame = dict(x=left, y=top, width=plot_w, height=plot_h, fill="none", stroke="currentColor")
    ET.SubElement(root, "rect", {key: str(value) for key, value in frame.items()}, opacity="0.3")
    points = " ".join(f"{x(i):.1f},{y(v):.1f}" for i, v in enumerate(values))
    ET.SubElement(root, "polyline", points=points, fill="none", stroke="currentColor")
    for value in (high, low):
        label = ET.SubElement(root, "text", {"x": str(left + 2), "y": f"{y(value) + 4:.1f}", "font-size": "8"})
        label.text = f"{value:.2f}"
    return ET.tostring(root, encoding="unicode")


kernel = {}
before = run(CELLS, [0, 1, 2], kernel)
edited = ["import math\nrate = 0.2", *CELLS[1:]]
print(f"all cells, rate 0.1: {before}")
print(f"rate set to 0.2, first and last cell run: {run(edited, [0, 2], kernel)}")
after = run(edited, [0, 1, 2], {})
print(f"rate 0.2, fresh kernel, all cells: {after}")
print(f"orders in which 12 cells can run once each: {math.factorial(12):,}")

print("\nlines marked by a diff: notebook, script")
old = notebook(CELLS, 1, before)
print(
    f"  run again, nothing changed {changed(old, notebook(CELLS, 4, before)):>3}, {changed(script(CELLS), script(CELLS))}"
)
print(
    f"  one number changed         {changed(old, notebook(edited, 4, after)):>3}, {changed(script(CELLS), script(edited))}"
)

curve = svg([math.exp(-i / 10) + 0.05 for i in range(40)])
tree = ET.fromstring(curve)
print(f"\nSVG of 40 points: {len(curve.encode()):,} bytes, '{tree[0].text}'")

draw = random.Random(0)
steps = [1 + 2 * math.exp(-i / 20_000) + draw.gauss(0, 0.05) for i in range(100_000)]
steps[31_415] = 9.0  # one bad batch
print("100,000 steps on 200 columns of pixels: highest value drawn")
for name, pick in (
    ("every 500th", lambda part: part[:1]),
    ("mean of 500", lambda part: [sum(part) / len(part)]),
    ("lowest and highest", lambda part: [min(part), max(part)]),
):
    kept = thin(steps, 200, pick)
    print(f"  {name:<19}{max(kept):.2f}, {len(svg(kept).encode()):>6,} bytes of SVG")
print(f"  {'all points':<19}{max(steps):.2f}, {len(svg(steps).encode()):,} bytes of SVG")

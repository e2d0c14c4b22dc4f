"""The roofline plot as SVG, drawn from the accelerators table.

Attainable rate = min(peak, intensity × bandwidth): Williams, Waterman and Patterson, 2009
(doi 10.1145/1498765.1498785). Axes are logarithmic; TFLOPS over FLOP per byte.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from deepdive.model.accelerator import Accelerator
from deepdive.model.catalog import Catalog
from deepdive.model.columns import number_at
from deepdive.render.environment import number, render

WIDTH, HEIGHT = 760, 420
LEFT, RIGHT, TOP, BOTTOM = 64, 24, 24, 56


class Axis:
    """A logarithmic axis from ``low`` to ``high`` (both powers of ten) onto pixels."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self.low, self.high = math.floor(math.log10(low)), math.ceil(math.log10(high))
        self.start, self.end = start, end

    def at(self, value: float) -> float:
        """The pixel of a value."""
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)

    @property
    def ticks(self) -> list[float]:
        """The powers of ten on the axis."""
        return [10.0**power for power in range(self.low, self.high + 1)]


def render_roofline(
    devices: Sequence[str], precision: str, workloads: Sequence[tuple[str, float]], catalog: Catalog
) -> str:
    """One roof per device and a line per workload. Raises KeyError for an unknown device, ValueError without figures."""
    roofs = []
    for name in devices:
        row = catalog.figured[name][1]
        if not isinstance(row, Accelerator):
            raise ValueError(f"'{name}' is not an accelerator.")
        peak, bandwidth = number_at(row, f"peak_dense.{precision}"), number_at(row, "memory_bandwidth")
        if not peak or not bandwidth:
            raise ValueError(f"'{name}' has no {precision} peak or no bandwidth in the table.")
        roofs.append((row, peak, bandwidth))
    low = min([0.1, *(intensity for _, intensity in workloads)])
    high = max([2000.0, *(intensity for _, intensity in workloads)])
    x = Axis(low, high, LEFT, WIDTH - RIGHT)
    top = max(peak for _, peak, _ in roofs)
    bottom = min(bandwidth for _, _, bandwidth in roofs) * 10.0**x.low
    y = Axis(bottom, top, HEIGHT - BOTTOM, TOP)
    start, end = 10.0**x.low, 10.0**x.high
    first_ridge = min(peak / bandwidth for _, peak, bandwidth in roofs)
    lines = [
        {
            "name": row.name,
            "ridge": number(round(peak / bandwidth, 1)),
            "peak": number(peak),
            "bandwidth": number(bandwidth),
            "points": " ".join(f"{x.at(i)},{y.at(min(peak, i * bandwidth))}" for i in (start, peak / bandwidth, end)),
            "ridge_x": x.at(peak / bandwidth),
            "ridge_y": y.at(peak),
        }
        for row, peak, bandwidth in roofs
    ]
    return render(
        "roofline.html",
        lines=lines,
        workloads=[
            # Far left of every ridge the plot is empty above the roofs, elsewhere below them.
            {"name": name, "x": x.at(value), "value": number(value), "above": value < first_ridge / 10}
            for name, value in workloads
        ],
        x_ticks=[(x.at(tick), number(tick)) for tick in x.ticks],
        y_ticks=[(y.at(tick), number(tick)) for tick in y.ticks],
        width=WIDTH, height=HEIGHT, left=LEFT, right=WIDTH - RIGHT, top=TOP, bottom=HEIGHT - BOTTOM,
        precision=precision,
    )  # fmt: skip

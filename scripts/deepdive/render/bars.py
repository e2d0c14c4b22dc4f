"""Bar charts as inline SVG: few bars, labels in the picture, all values in the text alternative."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from deepdive.render.environment import number, render

# Pixels; a phone shows the chart at its own size.
WIDTH, ROW, LABELS, VALUES = 360, 26, 112, 92


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its length as a share of the longest possible, what is written behind it, a layer's colour."""

    label: str
    share: float
    text: str
    layer: str = ""


def counted(counts: Sequence[tuple[str, int]], layers: bool = False) -> list[Bar]:
    """Bars for counts, the largest at full length."""
    most = max((count for _, count in counts), default=0) or 1
    return [Bar(label, count / most, number(count), label if layers else "") for label, count in counts]


def shared(parts: Sequence[tuple[str, int, int]]) -> list[Bar]:
    """Bars for ``(label, part, whole)``, as percent of the whole."""
    return [
        Bar(label, part / whole, f"{percent(part, whole)} of {number(whole)}") for label, part, whole in parts if whole
    ]


def percent(part: int, whole: int) -> str:
    """A share in whole percent; 100 % and 0 % only when it is all or nothing."""
    rounded = round(100 * part / whole) if whole else 0
    if whole and 0 < part < whole:
        rounded = min(99, max(1, rounded))
    return f"{rounded} %"


def render_bars(title: str, bars: Sequence[Bar], track: bool = False) -> str:
    """A titled chart; ``track`` draws the full length behind each bar, for shares."""
    length = WIDTH - LABELS - VALUES
    return render(
        "bars.html",
        title=title,
        bars=[(index * ROW, bar, round(bar.share * length, 1)) for index, bar in enumerate(bars)],
        width=WIDTH, height=ROW * len(bars), row=ROW, labels=LABELS, full=length, track=track,
    )  # fmt: skip

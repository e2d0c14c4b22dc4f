"""A badge a README can embed: the tool's status, as an SVG without anything that runs or loads."""

from __future__ import annotations

from html import escape

from deepdive.model.tool import Tool

# White text on each passes 4.5 : 1.
COLOURS = {
    "active": "#1f6b3a", "maintenance": "#7a5200", "announced": "#2456b8",
    "deprecated": "#a4262c", "archived": "#a4262c", "discontinued": "#a4262c",
}  # fmt: skip
_LABEL = "AI Stack DeepDive"
_CHARACTER = 6.6  # mean width of the system's sans at 11 px; textLength makes it exact


def badge(tool: Tool) -> str:
    """The SVG of a tool's status."""
    status = tool.status if tool.status_since is None else f"{tool.status} since {tool.status_since.isoformat()}"
    left, right = round(len(_LABEL) * _CHARACTER) + 12, round(len(status) * _CHARACTER) + 12
    title = escape(f"{tool.name}: {status}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" aria-label="{title}">'
        f"<title>{title}</title>"
        f'<path d="M0 0h{left}v20H0z" fill="#14213d"/><path d="M{left} 0h{right}v20H{left}z" fill="{COLOURS[tool.status]}"/>'
        f'<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">'
        f'<text x="6" y="14" textLength="{left - 12}">{_LABEL}</text>'
        f'<text x="{left + 6}" y="14" textLength="{right - 12}">{escape(status)}</text></g></svg>\n'
    )

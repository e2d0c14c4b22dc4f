"""``llms.txt``: what the site holds, for programs that read text."""

from __future__ import annotations

from deepdive.export.twins import twin_path


def llms(pages: dict[str, tuple[str, str]], base: str, name: str, about: str) -> str:
    """Page by page with its twin, tools by their list. ``pages``: title and description by path; ``base`` is the site's address."""
    lines = [f"# {name}", "", f"> {about}", ""]
    sections: dict[str, list[str]] = {}
    for path, (title, description) in pages.items():
        section = path.partition("/")[0].capitalize() if "/" in path else "Start"
        sections.setdefault(section, []).append(f"- [{title}]({base}{twin_path(path)}): {description}")
    for section, entries in sections.items():
        lines += [f"## {section}", "", *entries, ""]
    lines += [
        "## Data",
        "",
        f"- Tools: every tool has a page like {base}reference/tools/vllm/index.md; the list of all is [Tools A–Z]({base}reference/tools/index.md)",
        f"- [JSON API]({base}api/v1/index.json): every table and tool",
        f"- [SQLite]({base}api/v1/catalog.sqlite): the whole catalog",
        "",
    ]
    return "\n".join(lines)

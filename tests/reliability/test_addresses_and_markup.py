"""Items 39–68: addresses as text, and markup that would run in a reader's browser.

What a browser makes of the built pages is tried in tests/browser; here is what reaches them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from deepdive.export.api import api_files
from deepdive.judge import Judge
from deepdive.pipeline import Site, assemble
from deepdive.plugin.project import open_config, open_project
from deepdive.store import Store

PAGE = "---\ntitle: Note\ndescription: A page outside the layers that holds one thing no page may hold, nothing else.\n---\n\n# Note\n\n"
LINE = 8
ENGINES = "docs/serving/engines.yml"
HOMEPAGE = "https://newer.example.com/"


def row_findings(site: Callable[..., Path], old: str, new: str) -> list[str]:
    folder = site("valid")
    file = folder / ENGINES
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    line = text[: text.index(old)].count("\n") + 1
    return [one.code for one in Judge(folder / "mkdocs.yml", links=False).findings() if one.location.line == line]


def page_findings(site: Callable[..., Path], body: str) -> list[tuple[str, int]]:
    found = Judge(site("valid", {"docs/note.md": PAGE + body + "\n"}) / "mkdocs.yml").findings()
    return [(one.code, one.location.line) for one in found if one.location.path == "docs/note.md"]


def rendered(site: Callable[..., Path], files: dict[str, str | bytes], path: str) -> tuple[str, Site]:
    folder = site("valid", files)
    project, assembled = open_project(open_config(folder / "mkdocs.yml"), Store(None))
    assert assembled is not None
    return project.render(next(page for page in project.pages if page.path == path)).html, assembled


ROW_ADDRESSES = [
    (39, "javascript:alert(1)"), (39, "data:text/html,x"), (39, "file:///etc/passwd"), (39, "vbscript:x"),
    (40, "java&#115;cript:alert(1)"), (40, "' JaVaScRiPt:alert(1)'"), (40, '"java\\tscript:alert(1)"'),
    (41, "//example.com/x"), (42, "http://example.com/"), (43, "https://user:secret@example.com/"),
    (44, "https://ex\u0430mple.com/"), (44, "https://xn--exmple-4nf.com/"), (45, "'https://example.com/ '"), (45, "https://example.com/a b"),
    (46, "https://127.0.0.1/"), (46, "https://10.0.0.5/"), (46, "https://169.254.169.254/"), (46, "https://2130706433/"), (46, "https://0x7f.1/"), (46, "https://0177.0.0.1/"),
    (47, "'https://[::ffff:169.254.169.254]/'"), (47, "https://0.0.0.0/"), (47, "https://100.64.0.1/"), (48, "'https://[64:ff9b::a9fe:a9fe]/'"),
    (49, "https://example.com:8080/"), (49, "https://example.com:0/"), (49, "https://example.com:99999/"), (50, "https://example.com/%zz"),
    (53, "https://example.com/" + "a" * 3000), (54, "https://example.com/?utm_source=x"), (55, "https://intranet/"), (55, "https://printer.local/"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("item", "address"), ROW_ADDRESSES, ids=[f"item_{item}-{number}" for number, (item, _) in enumerate(ROW_ADDRESSES)]
)
def test_an_address_no_row_may_hold(site: Callable[..., Path], item: int, address: str) -> None:
    assert row_findings(site, f"homepage: {HOMEPAGE}", f"homepage: {address}") in (
        ["bad-address"],
        ["stray-space"],
        ["control-character"],
        ["markup-in-value"],
    )


def test_item_43_a_password_is_not_printed(site: Callable[..., Path]) -> None:
    folder = site("valid", {"docs/note.md": PAGE + "[x](https://user:hunter2@example.com/)\n"})
    file = folder / ENGINES
    file.write_text(file.read_text("utf-8").replace(HOMEPAGE, "https://user:hunter2@example.com/"), "utf-8")
    said = " ".join(f"{one.message} {one.fix}" for one in Judge(folder / "mkdocs.yml").findings())
    assert "hunter2" not in said


def test_item_51_an_encoded_address_is_kept_and_a_raw_one_is_refused(site: Callable[..., Path]) -> None:
    folder = site("valid")
    for address, codes in (("https://example.com/caf%C3%A9", []), ("https://example.com/a\u00a0b", ["bad-address"])):
        file = folder / ENGINES
        before = file.read_text("utf-8")
        file.write_text(before.replace(HOMEPAGE, address, 1), "utf-8")
        assert [one.code for one in Judge(folder / "mkdocs.yml", links=False).findings()] == codes
        file.write_text(before, "utf-8")


def test_item_52_a_host_is_compared_label_by_label(site: Callable[..., Path]) -> None:
    assert row_findings(site, "repo: github:example/newer", "repo: https://evilgithub.com/example/newer") == []


PAGE_FAULTS = [
    (39, "[x](javascript:alert(1))", "unsafe-link"), (39, "[x](data:text/html,x)", "unsafe-link"), (39, "[x](file:///etc/passwd)", "unsafe-link"),
    (40, '<a href="java&#115;cript:alert(1)">x</a>', "unsafe-link"), (40, "[x]( JaVaScRiPt:alert(1))", "unsafe-link"), (40, '<a href="java&#9;script:alert(1)">x</a>', "unsafe-link"),
    (41, "[x](//example.com/a)", "bad-address"), (49, "[x](https://example.com:99999/)", "bad-address"),
    (61, "<script>alert(1)</script>", "unsafe-html"), (62, "<svg onload=alert(1)></svg>", "unsafe-html"), (62, '<img src="x" onerror="alert(1)" alt="x">', "unsafe-html"),
    (63, "A paragraph.\n{onclick=alert(1)}", "unsafe-html"), (63, "[x](https://example.com/){onmouseover=alert(1)}", "unsafe-html"), (64, "[x][r]\n\n[r]: javascript:alert(1)", "unsafe-link"),
    (61, "<iframe src=\"https://example.com/\"></iframe>", "unsafe-html"), (61, "<style>*{display:none}</style>", "unsafe-html"), (61, "<form action=\"https://example.com/\"></form>", "unsafe-html"),
    (60, "``` mermaid\nflowchart LR\n  accTitle: A\n  accDescr: B\n  A[<img src=x>] --> B\n```\n\n*Figure: x.*", "diagram-unsafe"),
    (60, "``` mermaid\nflowchart LR\n  accTitle: A\n  accDescr: B\n  A --> B\n  click A \"javascript:alert(1)\"\n```\n\n*Figure: x.*", "diagram-unsafe"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("item", "body", "code"),
    PAGE_FAULTS,
    ids=[f"item_{item}-{number}" for number, (item, _, _) in enumerate(PAGE_FAULTS)],
)
def test_what_no_page_may_hold(site: Callable[..., Path], item: int, body: str, code: str) -> None:
    found = page_findings(site, body)
    assert code in [one for one, _ in found]
    assert all(LINE <= line <= LINE + body.count("\n") for _, line in found)


FIELDS = [
    "name: Newer Engine",
    "summary: Serves a model over an interface of its own.",
    "owner: Newer authors",
    "use_when: [You start today.]",
    "avoid_when: [You need the older interface.]",
]


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize(
    "payload",
    [
        '"><img src=x onerror=alert(1)>',
        "</script><script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "{{ config }}",
        "{% raw %}",
        "&#60;script&#62;",
    ],
)
def test_item_56_markup_in_a_field_is_refused(site: Callable[..., Path], field: str, payload: str) -> None:
    name = field.partition(":")[0]
    quoted = "'" + payload.replace("'", "''") + "'"
    new = f"{name}: [{quoted}]" if "[" in field else f"{name}: {quoted}"
    assert "markup-in-value" in row_findings(site, field, new)


class _Live(HTMLParser):
    """Tags that run something and attributes that do."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "iframe", "object", "embed"):
            self.found.append(tag)
        for name, value in attrs:
            scheme = re.sub(r"[\s\x00-\x1f]", "", value or "").lower()
            if name.startswith("on") or scheme.startswith(("javascript:", "vbscript:", "data:text")):
                self.found.append(f"{tag}@{name}")


# What the rules let through because it is text: quotes, ampersands, pipes, a bare angle.
HARMLESS_LOOKING = "A & \"B\" 'x' a < b | onerror=f(1) javascript:f(1)"


@pytest.mark.parametrize("item", [56, 58, 66], ids=["item_56", "item_58", "item_66"])
def test_text_of_a_row_stays_text(site: Callable[..., Path], item: int) -> None:
    text = f"owner: '{HARMLESS_LOOKING.replace(chr(39), chr(39) * 2)}'"
    folder = site("valid")
    engines = (
        (folder / ENGINES)
        .read_text("utf-8")
        .replace("owner: Newer authors", text, 1)
        .replace("Serves a model over an interface of its own.", '"Serves \\"models\\" & says a | b, a < b."')
    )
    project, assembled = open_project(open_config(_written(folder, engines)), Store(None))
    assert assembled is not None
    assert [one.code for one in assembled.diagnostics] == []
    for path in ("serving/cache.md", "reference/tools/newer.md"):
        html = project.render(next(page for page in project.pages if page.path == path)).html
        live = _Live()
        live.feed(html)
        assert live.found == []
        assert HARMLESS_LOOKING.replace("&", "&amp;").replace("<", "&lt;") in html or path == "serving/cache.md"


def _written(folder: Path, engines: str) -> Path:
    (folder / ENGINES).write_text(engines, "utf-8")
    return folder / "mkdocs.yml"


def test_item_57_data_in_a_page_cannot_end_its_script(site: Callable[..., Path]) -> None:
    folder = site("valid")
    for make in api_files(assemble(folder / "docs", folder).catalog).values():
        json.loads(make())
    html, _ = rendered(site, {}, "serving/cache.md")
    assert "<script" not in html


def test_item_59_an_address_of_a_row_becomes_a_link_only_when_https(site: Callable[..., Path]) -> None:
    html, _ = rendered(site, {}, "reference/tools/newer.md")
    addresses = re.findall(r'href="([^"]*)"', html)
    assert addresses
    assert all(one.startswith(("https://", "../", "./", "#")) or re.match(r"[\w./-]+(#|$)", one) for one in addresses)


def test_item_65_template_marks_in_prose_are_text(site: Callable[..., Path]) -> None:
    html, _ = rendered(site, {"docs/note.md": PAGE + "Say {{ config.site_name }} and {% raw %}.\n"}, "note.md")
    assert "{{ config.site_name }}" in html


def test_item_67_a_link_never_opens_a_window_that_can_steer_ours(site: Callable[..., Path]) -> None:
    html, _ = rendered(site, {}, "reference/tools/newer.md")
    for tag in re.findall(r"<a [^>]*>", html):
        assert "target=" not in tag or "noopener" in tag
        assert 'href="https://' not in tag or 'rel="noopener"' in tag


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{}</svg>'


@pytest.mark.parametrize(
    "content",
    [
        "<script>alert(1)</script>",
        '<circle r="1" onload="alert(1)"/>',
        '<a href="javascript:alert(1)"/>',
        "<foreignObject/>",
        '<image href="https://example.com/x.png"/>',
        "<SCRIPT\n>alert(1)</SCRIPT>",
        "<svg:script>x</svg:script>",
        '<set attributeName="href" to="x"/>',
    ],
)
def test_item_68_a_drawing_that_is_alive(site: Callable[..., Path], content: str) -> None:
    folder = site("valid", {"docs/img/x.svg": SVG.format(content)})
    assert [one.code for one in Judge(folder / "mkdocs.yml", links=False).findings()] == ["unsafe-asset"]


def test_item_68_in_another_encoding_and_packed(site: Callable[..., Path]) -> None:
    live = SVG.format("<script>alert(1)</script>")
    folder = site("valid", {"docs/x.svg": live.encode("utf-16"), "docs/y.svgz": b"\x1f\x8b"})
    assert [one.code for one in Judge(folder / "mkdocs.yml", links=False).findings()] == ["unsafe-asset"] * 2


def test_item_68_a_plain_drawing_is_fine(site: Callable[..., Path]) -> None:
    folder = site(
        "valid", {"docs/x.svg": SVG.format('<title>On a chip</title><circle r="1" fill="url(#a)"/><use href="#b"/>')}
    )
    assert Judge(folder / "mkdocs.yml", links=False).findings() == []

"""Planted faults and their valid twins: every fault is found on its line, no twin is accused."""

from __future__ import annotations

from pathlib import Path

import pytest

from deepdive.diagnostic import Diagnostic
from deepdive.judge import Judge

CONFIG = """
site_name: Planted
site_url: https://example.org/
theme: {name: mkdocs}
plugins: []
exclude_docs: |
  hidden.md
draft_docs: |
  draft.md
markdown_extensions:
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - tables
  - toc
  - pymdownx.arithmatex:
      generic: true
  - pymdownx.details
  - pymdownx.superfences
  - pymdownx.tabbed:
      alternate_style: true
"""
FILES = {
    "index.md": "# Home\n",
    "guide/index.md": "# Guide\n",
    "guide/setup.md": '# Setup\n\n## Install & run\n\n## 8. FAQ & debug\n\n## Example\n\n## Example\n\n## Explicit {#custom}\n\n## Café\n\n<a name="old"></a>\n',
    "guide/My Page.md": "# My page\n",
    "guide/naïve.md": "# Naïve\n",
    "alone/page.md": "# A folder without an index\n",
    "hidden.md": "# Hidden\n",
    "draft.md": "# Draft\n",
    "img/logo.png": "png",
    "img/logo@2x.png": "png",
    "img/a,b.png": "png",
    "media/film.mp4": "film",
    "data.csv": "a,b\n",
}
# name: (fault, valid twin). The link stands on line 3 of its page; of several lines, on the last.
PAIRS: dict[str, tuple[str, str]] = {
    "missing page": ("[x](missing.md)", "[x](guide/setup.md)"),
    "missing page in folder": ("[x](guide/missing.md)", "[x](guide/index.md)"),
    "missing anchor": ("[x](guide/setup.md#nothing)", "[x](guide/setup.md#install-run)"),
    "missing own anchor": ("[x](#nothing)", "[x](#title)"),
    "missing image": ("![x](img/none.png)", "![x](img/logo.png)"),
    "image in other case": ("![x](img/Logo.png)", "![x](img/logo@2x.png)"),
    "page in other case": ("[x](guide/Setup.md)", "[x](guide/setup.md)"),
    "folder in other case": ("[x](Guide/setup.md)", "[x](guide/setup.md)"),
    "anchor in other case": ("[x](guide/setup.md#Setup)", "[x](guide/setup.md#setup)"),
    "reference link": ("[x][r] and more\n\n[r]: missing.md", "[x][r] and more\n\n[r]: guide/setup.md"),
    "reference link with anchor": ("[x][r] and more\n\n[r]: guide/setup.md#no", "[x][r] and more\n\n[r]: guide/setup.md#custom"),
    "undefined reference": ("[x][nowhere]", "[x][r]\n\n[r]: guide/setup.md"),
    "undefined collapsed reference": ("[nowhere][]", "[r][]\n\n[r]: guide/setup.md"),
    "undefined footnote": ("Text[^9].", "Text[^9].\n\n[^9]: Note."),
    "escaped reference": ("\\[x\\]\\[y\\], \\[x][y] and\n[x][y]", "\\[x\\]\\[y\\], \\[x][y]"),
    "escaped footnote": ("\\[^9\\] and\n[^9]", "\\[^9\\]"),
    "brackets typed": ("<kbd>[x][y]</kbd> and\n[x][y]", "<kbd>[^9]</kbd> <samp>[x][y]</samp>"),
    "mathematics": ("$a[1][2]$ and\n[x][y]", "$a[^2]$ and \\(x[1][2]\\)\n\n$$\nx[3][4]\n$$"),
    "raw link": ('<a href="../missing/">x</a>', '<a href="../guide/setup/">x</a>'),
    "raw link to source": ('<a href="guide/setup.md">x</a>', '<a href="../guide/setup/">x</a>'),
    "raw image": ('<img src="../img/none.png" alt="x">', '<img src="../img/logo.png" alt="x">'),
    "srcset": ('<img src="../img/logo.png" srcset="../img/logo.png 1x, ../img/none.png 2x" alt="x">', '<img src="../img/logo.png" srcset="../img/logo.png 1x, ../img/logo@2x.png 2x" alt="x">'),
    "srcset without spaces": ('<img src="../img/logo.png" srcset="../img/logo.png 1x,../img/none.png 2x" alt="x">', '<img src="../img/logo.png" srcset="../img/a,b.png 1x,../img/logo@2x.png 2x, ../img/logo.png" alt="x">'),
    "picture source": ('<picture><source srcset="../img/none.png"><img src="../img/logo.png" alt="x"></picture>', '<picture><source srcset="../img/logo.png"><img src="../img/logo.png" alt="x"></picture>'),
    "video poster": ('<video src="../media/film.mp4" poster="../img/none.png"></video>', '<video src="../media/film.mp4" poster="../img/logo.png"></video>'),
    "audio": ('<audio src="../media/none.mp3"></audio>', '<audio src="../media/film.mp4"></audio>'),
    "frame": ('<iframe src="../missing/"></iframe>', '<iframe src="../guide/"></iframe>'),
    "object": ('<object data="../media/none.svg"></object>', '<object data="../img/logo.png"></object>'),
    "area": ('<map name="m"><area href="../missing/" alt="x"></map>', '<map name="m"><area href="../guide/" alt="x"></map>'),
    "excluded page": ("[x](hidden.md)", "[x](guide/index.md)"),
    "draft page": ("[x](draft.md)", "[x](guide/index.md)"),
    "out of the folder": ("[x](../outside.md)", "[x](guide/../index.md)"),
    "far out of the folder": ("![x](../../../etc/passwd.png)", "![x](guide/../img/logo.png)"),
    "folder without index": ("[x](alone/)", "[x](alone/page.md)"),
    "folder by dots": ('<a href="../alone/.">x</a>', '<a href="..">x</a> <a href=".">x</a> <a href="../guide/.">x</a> <a href="../guide/setup/..">x</a>'),
    "folder without slash": ("[x](guide)", "[x](guide/index.md)"),
    "html of a page": ("[x](guide/setup.html)", "[x](guide/setup.md)"),
    "missing asset": ("[x](none.csv)", "[x](data.csv)"),
    "query on a missing page": ("[x](missing.md?a=1)", "[x](guide/setup.md?a=1)"),
    "backslash": ("[x](guide\\\\setup.md)", "[x](guide/setup.md)"),
    "trailing full stop": ("[x](guide/setup.md.)", "[x](guide/setup.md)."),
    "absolute": ("[x](/missing/)", "[x](/guide/setup/)"),
    "absolute asset": ("![x](/img/none.png)", "![x](/img/logo.png)"),
    "percent-encoded": ("[x](guide/My%20Pages.md)", "[x](guide/My%20Page.md)"),
    "angle brackets": ("[x](<guide/My Pages.md>)", "[x](<guide/My Page.md>)"),
    "unicode name": ("[x](guide/naive.md)", "[x](guide/naïve.md)"),
    "unicode name encoded": ("[x](guide/na%C3%AFf.md)", "[x](guide/na%C3%AFve.md)"),
    "slug of another host": ("[x](guide/setup.md#8-faq--debug)", "[x](guide/setup.md#8-faq-debug)"),
    "repeated heading": ("[x](guide/setup.md#example_2)", "[x](guide/setup.md#example_1)"),
    "explicit id": ("[x](guide/setup.md#costum)", "[x](guide/setup.md#custom)"),
    "named anchor": ("[x](guide/setup.md#older)", "[x](guide/setup.md#old)"),
    "anchor without accent": ("[x](guide/setup.md#caf)", "[x](guide/setup.md#cafe)"),
    "anchor with spaces": ("[x](<guide/setup.md#install run>)", "[x](guide/setup.md#install-run)"),
    "anchor with text directive": ("[x](guide/setup.md#costum:~:text=foo)", "[x](guide/setup.md#custom:~:text=foo) [x](guide/setup.md#:~:text=foo)"),
    "encoded id": ('<p id="%C3%BCber"></p>\n\n[x](#%C3%BCbar)', '<p id="%C3%BCber"></p>\n\n[x](#%C3%BCber)'),
    "encoded anchor": ('<p id="über"></p>\n\n[x](#%C3%BCbar)', '<p id="über"></p>\n\n[x](#%C3%BCber)'),
    "id in a template": ('<template><p id="ghost"></p></template>\n\n[x](#ghost)', '<p id="ghost"></p>\n\n[x](#ghost)'),
    "id in a script": ("<script>var a = '<p id=\"ghost\">';</script>\n\n[x](#ghost)", '<span id="ghost"></span>\n\n[x](#ghost)'),
    "id in code": ("`<p id=\"ghost\">`\n\n[x](#ghost)", '<b id="ghost">x</b>\n\n[x](#ghost)'),
    "id in a comment": ('<!-- <p id="ghost"> -->\n\n[x](#ghost)', '<i id="ghost">x</i>\n\n[x](#ghost)'),
    "id given twice": ("## A {#same}\n\n## B {#same}", "## A {#one}\n\n## B {#two}"),
    "raw id given twice": ('<p id="same">a</p>\n\n<p id="same">b</p>', '<p id="same">a</p>\n\n<p id="other">b</p>'),
    "password in an address": ("[x](https://ann:hunter2@example.com/)", "[x](https://example.com/@ann) [y](https://example.com/?to=a@b.org)"),
    "password in a broken address": ('<a href="https://ann:hunter2@[example/">x</a>', '<a href="https://example.com/">x</a>'),
    "empty link": ("[x]()", "[x](guide/setup.md)"),
    "empty image": ("![x]()", "![x](img/logo.png)"),
    "after the same in indented code": ("Text.\n\n    [x](missing.md)\n\n[x](missing.md)", "Text.\n\n    [x](missing.md)\n\n[x](guide/setup.md)"),
    "after an open fence": ("~~~\n[x](missing.md)", "~~~\n[x](guide/setup.md)"),
    "reference after an open fence": ("~~~\n[x][y]", "~~~\n[x][y]\n\n[y]: guide/setup.md"),
    "in a list, as deep as code": ("- a\n\n    b\n\n    [x](missing.md)", "- a\n\n    b\n\n    [x](guide/setup.md)"),
    "in a table": ("| a |\n|---|\n| [x](missing.md) |", "| a |\n|---|\n| [x](guide/setup.md) |"),
    "in an admonition": ("!!! note\n\n    [x](missing.md)", "!!! note\n\n    [x](guide/setup.md)"),
    "in a tab": ('=== "One"\n\n    [x](missing.md)', '=== "One"\n\n    [x](guide/setup.md)'),
    "in details": ('??? note "More"\n\n    [x](missing.md)', '??? note "More"\n\n    [x](guide/setup.md)'),
    "in a nested list": ("- a\n    - [x](missing.md)", "- a\n    - [x](guide/setup.md)"),
    "in a quotation": ("> [x](missing.md)", "> [x](guide/setup.md)"),
    "in a footnote": ("Text[^1].\n\n[^1]: [x](missing.md)", "Text[^1].\n\n[^1]: [x](guide/setup.md)"),
    "in a heading": ("## [x](missing.md)", "## [x](guide/setup.md)"),
    "in a definition": ("term\n\n:   [x](missing.md)", "term\n\n:   [x](guide/setup.md)"),
    "in emphasis": ("**[x](missing.md)**", "**[x](guide/setup.md)**"),
    "with a title": ('[x](missing.md "A title")', '[x](guide/setup.md "A title")'),
    "around an image": ("[![x](img/logo.png)](missing.md)", "[![x](img/logo.png)](guide/setup.md)"),
    "image in a link": ("[![x](img/none.png)](guide/setup.md)", "[![x](img/logo.png)](guide/setup.md)"),
    "in markdown in html": ('<div markdown="1">\n\n[x](missing.md)\n\n</div>', '<div markdown="1">\n\n[x](guide/setup.md)\n\n</div>'),
    "mail without domain": ("[x](mailto:nobody)", "[x](mailto:someone@example.com)"),
    "mail without dot": ("[x](mailto:someone@example)", "[x](mailto:someone@example.com?subject=Hi)"),
    "mail without address": ("[x](mailto:)", "<someone@example.com>"),
    "malformed address": ("[x](http://[bad)", "[x](http://example.com/)"),
    "address without host": ("[x](https:/example.com)", "[x](https://example.com)"),
    "impossible port": ("[x](https://example.com:99999/)", "[x](https://example.com:8443/)"),
    "without scheme": ("[x](//example.com/)", "[x](https://example.com/)"),
    "script": ("[x](javascript:alert(1))", "[x](tel:+4912345)"),
    "script in capitals": ("[x][s]\n\n[s]: JaVaScRiPt:alert(1)", "[x][s]\n\n[s]: https://example.com/"),
    "script by entity": ('<a href="java&#115;cript:alert(1)">x</a>', '<a href="https&#58;//example.com/">x</a>'),
    "script by tab": ('<a href="java&#9;script:alert(1)">x</a>', '<a href="https://example.com/">x</a>'),
    "data page": ("[x](data:text/html,hello)", "![x](data:image/gif;base64,R0lGODlhAQABAAAAACw=)"),
    "other scheme": ("[x](vbscript:x)", "<https://example.com/>"),
    "file of this machine": ("[x](file:///etc/passwd)", "[x](https://example.com/etc/passwd)"),
}  # fmt: skip

# What stands before means nothing there.
LAST_LINE = {
    "escaped reference",
    "escaped footnote",
    "brackets typed",
    "mathematics",
    "after the same in indented code",
    "after an open fence",
}


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Diagnostic]]:
    folder = tmp_path_factory.mktemp("planted")
    (folder / "mkdocs.yml").write_text(CONFIG)
    for path, text in FILES.items():
        file = folder / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    for number, pair in enumerate(PAIRS.values()):
        for word, text in zip(("fault", "twin"), pair, strict=True):
            (folder / "docs" / f"{word}-{number}.md").write_text(f"# Title\n\n{text}\n", "utf-8")
    by_page: dict[str, list[Diagnostic]] = {}
    for found in Judge(folder / "mkdocs.yml").findings():
        by_page.setdefault(Path(found.location.path).stem, []).append(found)
    return by_page


def test_there_are_more_than_twice_as_many_as_the_known_comparison() -> None:
    assert len(PAIRS) >= 70


@pytest.mark.parametrize("name", PAIRS)
def test_a_fault_is_found_once_on_its_line(judged: dict[str, list[Diagnostic]], name: str) -> None:
    found = judged.get(f"fault-{list(PAIRS).index(name)}", [])
    assert len(found) == 1, found
    lines = PAIRS[name][0].split("\n")
    written = {
        number
        for number, line in enumerate(lines, 3)
        if any(
            mark in line for mark in ("](", "[x]", "href", "src", "data=", "[r]:", "[s]:", "[^", "[nowhere]", "same")
        )
    }
    assert found[0].location.line in written, found[0]
    if name in LAST_LINE:
        assert found[0].location.line == 2 + len(lines), found[0]


@pytest.mark.parametrize("name", PAIRS)
def test_a_valid_twin_is_not_accused(judged: dict[str, list[Diagnostic]], name: str) -> None:
    assert judged.get(f"twin-{list(PAIRS).index(name)}", []) == []


def test_the_targets_themselves_are_not_accused(judged: dict[str, list[Diagnostic]]) -> None:
    assert {page for page in judged if not page.startswith("fault-")} == set()


def test_no_password_is_repeated(judged: dict[str, list[Diagnostic]]) -> None:
    assert "hunter2" not in repr(judged)

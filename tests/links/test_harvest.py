"""A check is spared colours; what it harvests is what a reader of the coloured page could use."""

from __future__ import annotations

from pathlib import Path

import pytest

from deepdive.links.harvest import candidates, harvest
from deepdive.plugin.project import open_config, open_project
from deepdive.store import Store

ROOT = Path(__file__).resolve().parents[2]


def test_colours_change_nothing_that_is_judged() -> None:
    config = open_config(ROOT / "mkdocs.yml")
    project, site = open_project(config, Store(None))
    assert site is not None
    pages = [page for page in project.pages if page.path in ("serving/kv-cache.md", "contributing/checks.md")]
    assert len(pages) == 2
    plain = [project.render(page).html for page in pages]
    site.coloured = True
    del config.mdx_configs["pymdownx.highlight"]["use_pygments"]
    coloured = [project.render(page).html for page in pages]
    assert [html.count("<span") for html in plain] < [html.count("<span") for html in coloured]
    for one, other in zip(plain, coloured, strict=True):
        found, expected = harvest(one), harvest(other)
        # Code is blanked, and one writer ends it with a line break.
        assert found.text.replace("\u2423", "").split() == expected.text.replace("\u2423", "").split()
        found.text = expected.text = ""
        assert found == expected


@pytest.mark.parametrize(
    ("srcset", "addresses"),
    [
        ("a.png", ["a.png"]),
        (" a.png 1x, b.png 2x ", ["a.png", "b.png"]),
        ("a.png 1x,b.png 2x", ["a.png", "b.png"]),
        ("a.png, b.png", ["a.png", "b.png"]),
        ("a,b.png", ["a,b.png"]),
        ("a,b.png 1x,c,d.png 2x", ["a,b.png", "c,d.png"]),
        ("a.png,", ["a.png"]),
        (",, a.png ,b.png", ["a.png", "b.png"]),
        ("a.png 100w 50h, b.png (1, 2), c.png", ["a.png", "b.png", "c.png"]),
        ("data:image/png;base64,AAAA 1x, b.png", ["data:image/png;base64,AAAA", "b.png"]),
        ("", []),
        (" , ", []),
    ],
)
def test_a_srcset_is_split_as_browsers_do(srcset: str, addresses: list[str]) -> None:
    found = list(candidates(srcset))
    assert [address for _, address in found] == addresses
    assert all(srcset.startswith(address, offset) for offset, address in found)

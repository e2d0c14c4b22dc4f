"""Addresses below the site."""

from __future__ import annotations

import pytest

from deepdive.model.places import site_path


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("/index.md", ""),
        ("/serving/index.md", "serving/"),
        ("serving/kv-cache.md", "serving/kv-cache/"),
        ("/reference/glossary.md#hbm", "reference/glossary/#hbm"),
        ("/reference/tools/llamaindex.md", "reference/tools/llamaindex/"),  # ends in index and is none
    ],
)
def test_a_page_has_its_address(target: str, path: str) -> None:
    assert site_path(target) == path

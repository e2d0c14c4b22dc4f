"""What the founding notes promise is on the site: pages, names, corrections, and counts that the tables must reach."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from deepdive.load.corpus import load_corpus
from deepdive.model.vocabulary import LAYERS

ROOT = Path(__file__).resolve().parents[1]
CORPUS = load_corpus(ROOT / "docs", ROOT)
WANTED = [
    line.split("\t")
    for line in (Path(__file__).parent / "required-pages.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
# What the notes wrote, and what is true now: the wrong form stands on no page as if it were right.
CORRECTED = [
    "Corewave",
    "Weight and Biases",
    "Comet.ml",
    "Infrasturcture",
    "engieering",
]


@pytest.mark.parametrize("entry", WANTED, ids=lambda entry: entry[0])
def test_a_promised_page_is_there_and_speaks_of_its_subjects(entry: list[str]) -> None:
    path, *subjects = entry
    page = CORPUS.pages[path]
    text = re.sub(r"\s+", " ", page.text).casefold()
    missing = [one for one in subjects if not any(word.casefold() in text for word in one.split("|"))]
    assert missing == []


@pytest.mark.parametrize("wrong", CORRECTED)
def test_a_mistake_of_the_notes_is_not_repeated(wrong: str) -> None:
    assert [path for path, page in CORPUS.pages.items() if wrong in page.text and "contributing/" not in path] == []


def test_the_tables_are_as_large_as_promised() -> None:
    catalog = CORPUS.catalog
    tools = list(catalog.tools.values())
    assert len(tools) >= 450
    for layer in LAYERS:
        assert sum(1 for tool in tools if catalog.layer_of(tool) == layer) >= 60, layer
    least = {"accelerators": 45, "models": 25, "papers": 250, "terms": 270, "events": 80, "architectures": 20, "memory": 10, "interconnects": 15, "number_formats": 12, "file_formats": 15, "network_adapters": 8, "courses": 20, "forecasts": 8}  # fmt: skip
    for kind, count in least.items():
        assert sum(1 for _ in catalog.rows(kind)) >= count, kind


def test_every_work_is_cited_by_a_page_or_a_row() -> None:
    cited = {one.target for ones in CORPUS.references.values() for one in ones if one.scheme == "paper"}
    for table in CORPUS.catalog.tables:
        for row in table.rows:
            cited |= {source.partition(":")[2] for source in row.sources if isinstance(source, str)}
            cited |= {name for name in (getattr(row, "paper", None),) if name} | set(getattr(row, "basis", ()))
    assert sorted(set(CORPUS.catalog.papers) - cited) == []

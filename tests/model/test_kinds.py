"""Every kind of table is whole: fields, columns, a place, a schema, an example of its rows."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from pydantic import ValidationError

from corpora import corpus_of
from deepdive.export.schema import export_schemas
from deepdive.load.corpus import load_corpus
from deepdive.load.views import DEFAULT_COLUMNS
from deepdive.model import facts
from deepdive.model.catalog import KINDS, namespace, sections
from deepdive.model.columns import columns, figure_paths, number_at
from deepdive.yaml_source import read

VALID = Path(__file__).resolve().parents[1] / "sites" / "valid" / "docs"
CORPUS = load_corpus(VALID, VALID.parent)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_an_example_columns_and_a_place(kind: str) -> None:
    assert list(CORPUS.catalog.rows(kind)), f"add a row of {kind} to tests/sites/valid"
    assert set(DEFAULT_COLUMNS[kind]) <= set(columns(kind))
    assert sections(kind)


@pytest.mark.parametrize("path", CORPUS.files.tables)
def test_the_examples_are_valid_against_the_schemas(path: str) -> None:
    data = json.loads(json.dumps(read((VALID / path).read_text("utf-8"), path).data, default=str))
    jsonschema.validate(data, json.loads(export_schemas()[f"api/v1/schema/{data['kind']}.schema.json"]))


def test_the_schema_says_where_a_kind_may_stand() -> None:
    schemas = {kind: json.loads(export_schemas()[f"api/v1/schema/{kind}.schema.json"]) for kind in KINDS}
    places = {kind: schema["properties"]["layer"]["enum"] for kind, schema in schemas.items()}
    assert places["events"] == ["reference"]
    assert places["courses"] == ["learn"]
    assert "reference" not in places["tools"]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if namespace(kind) == "fact"])
def test_prose_may_quote_every_number_a_row_records(kind: str) -> None:
    for _, row in CORPUS.catalog.rows(kind):
        for path in figure_paths(kind):
            if number_at(row, path) is not None:
                figure, unit = facts.fact(f"{row.id}.{path}", CORPUS.catalog)
                assert figure.value == number_at(row, path)
                assert unit == columns(kind)[path].unit


def test_a_year_may_be_quoted_and_a_text_may_not() -> None:
    assert facts.fact("example-first.year", CORPUS.catalog)[0].value == 2020
    with pytest.raises(facts.Unresolved, match="no figure 'added'"):
        facts.fact("example-first.added", CORPUS.catalog)


def test_an_event_and_a_device_may_share_an_id() -> None:
    assert len({namespace(kind) for kind in ("accelerators", "events", "courses", "forecasts", "file_formats")}) == 5


FORECAST = "claim: C., made: 2026-01-01, due: 2027-01-01, resolver: R., wrong_if: W., outcome: open, layer: serving"
EVENT = "layer: serving, kind: paper, summary: Something that did happen."


@pytest.mark.parametrize("value", ["0", "0.7", "1", "{value: 0.7, kind: measured}"])
def test_a_probability_lies_from_0_to_1(value: str) -> None:
    corpus = corpus_of(forecasts=[f"{FORECAST}, probability: {value}"])
    (row,) = corpus.catalog.tables[0].rows
    assert row.probability.kind == ("measured" if "measured" in value else "assumed")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("forecasts", f"{FORECAST}, probability: 1.01"),
        ("forecasts", f"{FORECAST}, probability: -0.1"),
        ("forecasts", f"{FORECAST}, probability: 70 %"),
        ("forecasts", FORECAST),
        ("events", f"{EVENT}, date: soon"),
        ("events", EVENT),
        ("network_adapters", "vendor: E, role: adapter, protocols: [ethernet], rdma: 1"),
        ("network_adapters", "vendor: E, role: adapter, protocols: []"),
        ("network_adapters", "vendor: E, role: adapter, protocols: [ethernet], ports: 1.0e+16"),
        ("number_formats", "use: U, maximum: -1"),
        ("architectures", "vendor: E, line: gpu, year: 2024.5, added: A., toolkit_support: supported, availability: available"),
    ],
)  # fmt: skip
def test_a_row_that_says_what_cannot_be_is_refused(kind: str, row: str) -> None:
    with pytest.raises(ValidationError):
        corpus_of(**{kind: [row]})


def test_the_end_of_a_format_may_lie_beyond_any_other_figure() -> None:
    corpus = corpus_of(number_formats=["use: U, maximum: 1.7976931348623157e+308"])
    assert list(corpus.rows_of(KINDS["number_formats"]))

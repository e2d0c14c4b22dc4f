"""Every id a row names leads to a row of the kind that the field says."""

from __future__ import annotations

import pytest

from corpora import corpus_of
from deepdive.checks.relations import (
    architectures_are_listed,
    no_row_names_itself,
    parents_have_no_cycle,
    referred_rows_exist,
)
from deepdive.model.catalog import KINDS
from deepdive.model.columns import columns
from deepdive.model.row import WEB

ARCHITECTURE = (
    "vendor: Example, line: gpu, year: 2024, added: Units., toolkit_support: supported, availability: available"
)
DEVICE = "vendor: Example, availability: available"


def test_every_field_that_leads_somewhere_leads_to_a_kind_there_is() -> None:
    leads = {(kind, one.path): one.points_to for kind in KINDS for one in columns(kind).values() if one.points_to}
    assert set(leads.values()) <= {*KINDS, WEB}
    assert leads["cloud_offers", "accelerator"] == "accelerators"
    assert leads["file_formats", "readers"] == "tools"
    assert leads["courses", "url"] == WEB


@pytest.mark.parametrize(
    ("kind", "row", "message"),
    [
        ("events", "date: 2024, layer: serving, kind: paper, summary: Something that did happen., paper: gone", "no paper 'gone'"),
        ("events", "date: 2024, layer: serving, kind: paper, summary: Something that did happen., tool: gone", "no tool 'gone'"),
        ("architectures", f"{ARCHITECTURE}, devices: [gone]", "no accelerator 'gone'"),
        ("architectures", f"{ARCHITECTURE}, successor: gone", "no architecture 'gone'"),
        ("file_formats", "extensions: [.x], purpose: P, executes_code: possible, writers: [gone]", "no tool 'gone'"),
        ("forecasts", "claim: C., probability: 0, made: 2026-01-01, due: 2027-01-01, resolver: R., wrong_if: W., outcome: open, layer: serving, basis: [gone]", "no paper 'gone'"),
    ],
)  # fmt: skip
def test_an_id_that_leads_nowhere_is_reported(kind: str, row: str, message: str) -> None:
    (found,) = referred_rows_exist(corpus_of(**{kind: [row]}))
    assert found.code == "unknown-id"
    assert message in found.message


def test_an_id_of_another_kind_in_the_same_namespace_is_not_enough() -> None:
    corpus = corpus_of(accelerators=[DEVICE], architectures=[ARCHITECTURE, f"{ARCHITECTURE}, devices: [row-2]"])
    assert [one.message for one in referred_rows_exist(corpus)] == ["row-2: there is no accelerator 'row-2'."]


def test_a_row_does_not_succeed_itself_and_successors_do_not_run_in_circles() -> None:
    alone = corpus_of(architectures=[f"{ARCHITECTURE}, successor: row-1"])
    assert [one.code for one in no_row_names_itself(alone)] == ["self-reference"]
    assert list(parents_have_no_cycle(alone)) == []
    pair = corpus_of(architectures=[f"{ARCHITECTURE}, successor: row-2", f"{ARCHITECTURE}, successor: row-1"])
    assert list(no_row_names_itself(pair)) == []
    assert [one.code for one in parents_have_no_cycle(pair)] == ["circular-reference"] * 2


@pytest.mark.parametrize(
    ("device", "reported"),
    [
        (f"{DEVICE}, architecture: Row 1", False),
        (f"{DEVICE}, architecture: Two", False),
        (f"{DEVICE}, architecture: Twoo", True),
        ("vendor: Another, availability: available, architecture: Own", False),
        (DEVICE, False),
    ],
)
def test_an_architecture_is_one_of_its_vendors_where_those_are_listed(device: str, reported: bool) -> None:
    corpus = corpus_of(architectures=[f"{ARCHITECTURE}, aliases: [Two]"], accelerators=[device])
    found = list(architectures_are_listed(corpus))
    assert [one.code for one in found] == (["unknown-id"] if reported else [])
    assert all("'Two'" in str(one.fix) for one in found)


def test_without_architectures_nothing_is_asked_of_accelerators() -> None:
    assert list(architectures_are_listed(corpus_of(accelerators=[f"{DEVICE}, architecture: Any"]))) == []

"""Rows accept what their kind says, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from deepdive.model.accelerator import Accelerator
from deepdive.model.catalog import KINDS
from deepdive.model.licence import is_osi_approved
from deepdive.model.paper import Paper
from deepdive.model.row import Figure
from deepdive.yaml_source import read

DEVICE = "{id: x1, name: X, vendor: V, availability: available, reviewed: 2026-11-01, sources: [https://example.com/], "


def device(rest: str) -> Accelerator:
    return Accelerator.model_validate(read(DEVICE + rest + "}", "t").data)


def test_null_not_applicable_and_absent_are_three_things() -> None:
    row = device("memory_gb: null, peak_dense: {fp8: n/a}")
    assert row.memory_gb == Figure(value=None)
    assert row.peak_dense.fp8 == Figure(value=None, applicable=False)
    assert row.l2_mb is None


def test_the_ridge_point_is_peak_over_bandwidth() -> None:
    row = device("memory_bandwidth: 3.35, peak_dense: {bf16: 989.4}")
    assert row.ridge_bf16 is not None
    assert row.ridge_bf16.value == 295.3


@pytest.mark.parametrize("value", ["'80 GB'", "true", "-1", "0", "[1]", "{value: '80'}", "{value: 80, unit: GB}"])
def test_a_figure_is_a_plain_positive_number(value: str) -> None:
    with pytest.raises(ValidationError):
        device(f"memory_gb: {value}")


@pytest.mark.parametrize(
    ("authors", "citation"),
    [
        (["Doe, Jane"], "Doe, 2023"),
        (["Doe, Jane", "Roe, R."], "Doe and Roe, 2023"),
        (["Doe, J.", "Roe, R.", "Poe, E."], "Doe et al., 2023"),
        (["OpenAI"], "OpenAI, 2023"),
        (["Doe, J.", "et al."], "Doe et al., 2023"),
    ],
)
def test_a_work_is_cited_by_family_names_and_year(authors: list[str], citation: str) -> None:
    data: dict[str, Any] = {
        "id": "xx",
        "name": "X",
        "authors": authors,
        "year": 2023,
        "arxiv": "2309.00001",
        "result": "R.",
        "reviewed": read("2026-11-01", "t").data,
    }
    assert Paper.model_validate(data).citation == citation


@pytest.mark.parametrize(
    ("expression", "approved"),
    [
        ("MIT", True),
        ("Apache-2.0 OR BUSL-1.1", True),
        ("Apache-2.0 AND BUSL-1.1", False),
        ("Apache-2.0 WITH LLVM-exception", True),
        ("SSPL-1.0", False),
        ("LicenseRef-x", False),
    ],
)
def test_open_source_means_a_choice_of_approved_licences(expression: str, approved: bool) -> None:
    assert is_osi_approved(expression) is approved


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_has_a_type_that_refuses_strangers(kind: str) -> None:
    assert KINDS[kind].model_config["extra"] == "forbid"
    assert KINDS[kind].model_config["frozen"] is True

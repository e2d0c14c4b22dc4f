"""A sentence agrees with the table when it states the value, its unit and an honest rounding."""

from __future__ import annotations

import pytest

from deepdive.model.measure import agrees, spelled


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("3.35 TB/s", 3.35, "TB/s"), ("3.4 TB/s", 3.35, "TB/s"), ("3,350 GB/s", 3.35, "TB/s"), ("80 GB", 80, "GB"), ("80\u00a0GB", 80, "GB"),
        ("989 TFLOPS", 989.4, "TFLOPS"), ("989.4 TFLOPS", 989.4, "TFLOPS"), ("0.989 PFLOPS", 989.4, "TFLOPS"), ("32", 32, ""), ("128,256", 128256, ""),
        ("8.03 bn", 8.030261248, "bn"), ("8.03 billion", 8.030261248, "bn"), ("124 million", 0.124439808, "bn"), ("0.7 kW", 700, "W"), ("**80 GB**", 80, "GB"),
        ("3.39 × 10³⁸", 3.3895e38, ""), ("3.39 · 10^38", 3.3895e38, ""), ("1.1755e-38", 1.1755e-38, ""), ("1.18 × 10⁻³⁸", 1.1755e-38, ""), ("3.2 Tb/s", 3200, "Gb/s"), ("1,024 bits", 1024, "bit"),
    ],
)  # fmt: skip
def test_agreement(text: str, value: float, unit: str) -> None:
    assert agrees(text, value, unit)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("3.3 TB/s", 3.35, "TB/s"), ("3 TB/s", 3.35, "TB/s"), ("80 TB", 80, "GB"), ("80", 80, "GB"), ("80 GiB", 80, "GB"), ("989 TOPS", 989.4, "TFLOPS"),
        ("1979 TFLOPS", 989.4, "TFLOPS"), ("eighty GB", 80, "GB"), ("", 80, "GB"), ("33", 32, ""), ("128,000", 128256, ""), ("32 layers", 32, ""), ("8 GB", 80, "GB"),
        ("3.39 × 10³⁷", 3.3895e38, ""), ("3.3 × 10^38", 3.3895e38, ""), ("3.39 × 1038", 3.3895e38, ""), ("1 × 10^", 10, ""), ("400 GB/s", 400, "Gb/s"), ("3 × 10⁻⁻¹", 0.3, ""),
    ],
)  # fmt: skip
def test_disagreement(text: str, value: float, unit: str) -> None:
    assert not agrees(text, value, unit)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (3.35, "TB/s", "3.35 TB/s"),
        (80, "GB", "80 GB"),
        (128256, "", "128,256"),
        (8.0, "TB/s", "8 TB/s"),
        (3.3895e38, "", "3.3895 × 10³⁸"),
        (5e-324, "", "5 × 10⁻³²⁴"),
        (0.0001, "", "0.0001"),
    ],
)
def test_a_figure_is_spelled_as_it_is_checked(value: float, unit: str, text: str) -> None:
    assert spelled(value, unit) == text
    assert agrees(text, value, unit)

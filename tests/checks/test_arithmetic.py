"""Figures that others make: a right product, range or share is never reported, a wrong one always."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora import corpus_of
from deepdive.checks.figures import model_dimensions_fit, products_fit
from deepdive.checks.number_formats import format_bits_add_up, format_range_fits

PRODUCTS = {
    "memory": ("family: HBM, year: 2022, per: stack", "data_width", "data_rate", "bandwidth", 8, 0.01),
    "interconnects": (
        "family: other, scope: scale-up, year: 2024, owner: E, status: available",
        "link_bandwidth", "links", "device_bandwidth", 1, 0.02,
    ),
    "network_adapters": ("vendor: E, role: adapter, protocols: [ethernet]", "ports", "port_rate", "bandwidth", 1, 0.01),
}  # fmt: skip
FACTORS = st.floats(0.5, 10_000, allow_nan=False).map(lambda number: round(number, 3))


@pytest.mark.parametrize("kind", PRODUCTS)
@given(one=FACTORS, other=FACTORS, off=st.floats(-0.2, 0.2))
def test_a_product_is_reported_when_it_is_off_by_more_than_its_tolerance(
    kind: str, one: float, other: float, off: float
) -> None:
    fields, first, second, result, divisor, tolerance = PRODUCTS[kind]
    product = one * other / divisor
    said = product * (1 + off)
    found = list(
        products_fit(corpus_of(**{kind: [f"{fields}, {first}: {one!r}, {second}: {other!r}, {result}: {said!r}"]}))
    )
    if abs(off) < 0.9 * tolerance:
        assert found == []
    elif abs(off) > 1.1 * tolerance:
        assert [problem.code for problem in found] == ["implausible-figure"]


@pytest.mark.parametrize("missing", ["null", "n/a"])
def test_a_product_without_one_of_its_factors_is_left_alone(missing: str) -> None:
    row = f"family: HBM, year: 2022, per: stack, data_width: {missing}, data_rate: 6.4, bandwidth: 1"
    assert list(products_fit(corpus_of(memory=[row]))) == []


def ieee_like(exponent: int, mantissa: int, infinities: bool) -> dict[str, float]:
    """A format by enumeration of its codes, independent of the formulas under test."""
    bias = 2 ** (exponent - 1) - 1
    tops = 2**exponent - (1 if infinities else 0)
    values = [
        math.ldexp(1 + fraction / 2**mantissa, code - bias)
        for code in (1, tops - 1)
        for fraction in (0, 2**mantissa - 1)
    ]
    return {
        "bias": bias,
        "maximum": max(values),
        "smallest_normal": values[0],
        "smallest_subnormal": math.ldexp(1, 1 - bias - mantissa),
    }


def format_row(exponent: int, mantissa: int, infinities: bool, **figures: float) -> str:
    bits = 1 + exponent + mantissa
    said = ", ".join(f"{name}: {float(figure)!r}" for name, figure in figures.items())
    return f"bits: {bits}, exponent_bits: {exponent}, mantissa_bits: {mantissa}, infinities: {str(infinities).lower()}, use: U, {said}"


SHAPES = {"exponent": st.integers(2, 8), "mantissa": st.integers(1, 23), "infinities": st.booleans()}


@given(**SHAPES)
def test_a_format_with_the_range_of_its_codes_is_never_reported(exponent: int, mantissa: int, infinities: bool) -> None:
    figures = ieee_like(exponent, mantissa, infinities)
    corpus = corpus_of(number_formats=[format_row(exponent, mantissa, infinities, **figures)])
    assert list(format_range_fits(corpus)) == []
    assert list(format_bits_add_up(corpus)) == []


@given(
    **SHAPES,
    name=st.sampled_from(["maximum", "smallest_normal", "smallest_subnormal"]),
    factor=st.sampled_from([0.25, 0.4, 4.0]),
)
def test_an_end_of_the_range_that_is_off_is_reported_at_its_place(
    exponent: int, mantissa: int, infinities: bool, name: str, factor: float
) -> None:
    figures = ieee_like(exponent, mantissa, infinities)
    figures[name] *= factor
    found = list(format_range_fits(corpus_of(number_formats=[format_row(exponent, mantissa, infinities, **figures)])))
    assert [problem.code for problem in found] == ["implausible-figure"]
    assert name in found[0].message


@pytest.mark.parametrize(
    "row",
    [
        format_row(4, 3, False, bias=7, maximum=448, smallest_normal=0.015625),  # OFP8: one code of NaN
        format_row(4, 3, False, bias=8, maximum=240, smallest_normal=2**-7),  # no code of NaN but the negative zero
        format_row(2, 1, False, bias=1, maximum=6, smallest_normal=1, smallest_subnormal=0.5),
        format_row(11, 52, True, bias=1023, maximum=1.7976931348623157e308, smallest_normal=2.2250738585072014e-308),
        "bits: 8, exponent_bits: n/a, mantissa_bits: 7, maximum: 127, infinities: false, use: An integer.",
        "bits: 8, exponent_bits: 8, mantissa_bits: n/a, bias: 127, maximum: 1.7014e+38, infinities: false, use: A scale.",
        "bits: 128, exponent_bits: 15, mantissa_bits: 112, bias: 16383, infinities: true, smallest_normal: 1.0, use: Beyond a double.",
        "bits: 16, exponent_bits: 8, mantissa_bits: 7, bias: 127, maximum: 1.0, use: Infinities not recorded.",
    ],
)
def test_formats_in_use_and_those_that_cannot_be_derived_pass(row: str) -> None:
    corpus = corpus_of(number_formats=[row])
    assert list(format_range_fits(corpus)) == []
    assert list(format_bits_add_up(corpus)) == []


def test_a_maximum_that_the_special_codes_forbid_is_reported_with_both_that_are_possible() -> None:
    found = list(format_range_fits(corpus_of(number_formats=[format_row(4, 3, False, bias=7, maximum=240)])))
    assert "480 or 448" in found[0].message


@given(bits=st.integers(2, 16), block=st.integers(1, 1024), scale=st.integers(1, 32), off=st.sampled_from([0, 0.25]))
def test_a_value_of_a_block_has_its_share_of_the_scale(bits: int, block: int, scale: int, off: float) -> None:
    row = (
        f"bits: {bits}, block_size: {block}, scale_bits: {scale}, bits_per_value: {bits + scale / block + off}, use: U"
    )
    found = list(format_bits_add_up(corpus_of(number_formats=[row])))
    assert [problem.code for problem in found] == (["implausible-figure"] if off else [])


@pytest.mark.parametrize(
    ("figures", "wrong"),
    [
        ("windowed_layers: 24, window: 1024", ""),
        ("windowed_layers: 25, window: 1024", "windowed_layers (25) is more than layers (24)"),
        ("windowed_layers: 12, window: 16384", "window (16384) is more than context (8192)"),
        ("windowed_layers: 12", "windowed_layers says nothing"),
        ("window: 1024", "window says nothing"),
    ],
)
def test_windows_of_a_model_fit_its_layers_and_its_context(figures: str, wrong: str) -> None:
    row = f"owner: E, license: MIT, layers: 24, context: 8192, {figures}"
    found = list(model_dimensions_fit(corpus_of(models=[row])))
    assert [wrong in problem.message for problem in found] == [True] * bool(wrong)

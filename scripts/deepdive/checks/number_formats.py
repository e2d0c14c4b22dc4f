"""Number formats: bits, range and the share of a block's scale follow from each other.

IEEE 754-2019, section 3.3: with m mantissa bits, e exponent bits and a bias b, the smallest normal
value is 2^(1-b), the smallest subnormal 2^(1-b-m), and the largest (2 - 2^-m) x 2^(2^e-2-b), since the
top exponent stands for infinities and NaN. Formats without infinities use the top exponent for
values too: all its codes (OCP MX 1.0: E2M1, E3M2, E2M3), or all but that of NaN (OFP8: E4M3).
Integers (no exponent) and scales without mantissa or sign (E8M0) follow other rules and are left alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from deepdive.diagnostic import Diagnostic, error
from deepdive.load.corpus import Corpus
from deepdive.model.columns import number_at
from deepdive.model.number_format import NumberFormat

# Tables round to five digits; a wrong exponent or special code is off by percents.
_TOLERANCE = 1e-3
# Exponents wider than a double's reach beyond what a table can hold.
_WIDEST_EXPONENT = 11


def format_bits_add_up(corpus: Corpus) -> Iterator[Diagnostic]:
    """A float has a sign, its exponent and its mantissa; a value of a block has its share of the scale."""
    for table, position, row in corpus.rows_of(NumberFormat):
        bits, exponent, mantissa = (number_at(row, name) for name in ("bits", "exponent_bits", "mantissa_bits"))
        if bits and exponent and mantissa and bits != 1 + exponent + mantissa:
            yield error(
                "implausible-figure",
                f"{row.id}: sign, {exponent:g} exponent and {mantissa:g} mantissa bits are not {bits:g} bits.",
                corpus.locate(table, position, "bits"),
                "count the stored bits of one element.",
            )
        block, scale, total = (number_at(row, name) for name in ("block_size", "scale_bits", "bits_per_value"))
        if bits and block and scale and total and not math.isclose(total, bits + scale / block, rel_tol=_TOLERANCE):
            yield error(
                "implausible-figure",
                f"{row.id}: {bits:g} bits and {scale:g} for each {block:g} values make {bits + scale / block:g}, not {total:g}.",
                corpus.locate(table, position, "bits_per_value"),
                "bits_per_value = bits + scale_bits ÷ block_size.",
            )


def format_range_fits(corpus: Corpus) -> Iterator[Diagnostic]:
    """The ends of a float's range are those of its exponent, mantissa and bias."""
    for table, position, row in corpus.rows_of(NumberFormat):
        for field, derived in ranges(row).items():
            said = number_at(row, field)
            if said and not any(math.isclose(math.log2(said), one, abs_tol=_TOLERANCE) for one in derived):
                yield error(
                    "implausible-figure",
                    f"{row.id}: {field} is {said:g}; exponent, mantissa and bias make it {_spelled(derived)}.",
                    corpus.locate(table, position, field),
                    "check the bias, and whether the format has infinities.",
                )


def ranges(row: NumberFormat) -> dict[str, tuple[float, ...]]:
    """The values each end of the range may have, as powers of two (no double overflows); empty when not derivable."""
    exponent, mantissa, bias = (number_at(row, name) for name in ("exponent_bits", "mantissa_bits", "bias"))
    if not exponent or not mantissa or not bias or exponent > _WIDEST_EXPONENT:
        return {}
    step = 2.0**-mantissa
    top = 2**exponent - 1 - bias
    derived: dict[str, tuple[float, ...]] = {
        "smallest_normal": (1 - bias,),
        "smallest_subnormal": (1 - bias - mantissa,),
    }
    if row.infinities is True:
        derived["maximum"] = (top - 1 + math.log2(2 - step),)
    elif row.infinities is False:
        derived["maximum"] = (top + math.log2(2 - step), top + math.log2(2 - 2 * step))
    return derived


def _spelled(powers: tuple[float, ...]) -> str:
    return " or ".join(f"{2**power:g}" if abs(power) < 1023 else f"2^{power:g}" for power in powers)

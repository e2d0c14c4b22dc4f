"""Whether the words of a sentence say what the table says: number, unit, and stated rounding."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_SUPERSCRIPTS = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"
_TO_SUPERSCRIPT = str.maketrans("-0123456789", _SUPERSCRIPTS)
_FROM_SUPERSCRIPT = str.maketrans(f"{_SUPERSCRIPTS}−", "-0123456789-")
# "65,504", "3.35 TB/s", "3.39 × 10³⁸", "3.39 · 10^38", "3.39e38"
_WRITTEN = re.compile(
    r"(?P<number>\d[\d,]*(?:\.\d+)?)"
    rf"(?:\s*[×·]\s*10(?P<power>\^[-−]?\d{{1,3}}|[{_SUPERSCRIPTS}]{{1,4}})|e(?P<exponent>[+-]?\d{{1,3}}))?"
    r"(?:[\s\u00a0\u202f]*(?P<unit>[^\d\s].*))?"
)
_PREFIXES = {"": 0, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18}
_SCALED_UNITS = ("B/s", "b/s", "T/s", "B", "FLOPS", "OPS", "W")
# Units that prose writes out.
_WRITTEN_OUT = {"bits": "bit", "hours": "h", "Tbit/s": "Tb/s", "Gbit/s": "Gb/s", "Mbit/s": "Mb/s"}
# Words for powers of ten that a count may carry ("8.03 billion").
_COUNT_WORDS = {"bn": 9, "billion": 9, "B": 9, "million": 6, "M": 6, "trillion": 12, "T": 12}
# A coarser rounding than this hides a difference that matters when devices are compared.
MAX_RELATIVE_ROUNDING = Decimal("0.025")


def _scale(unit: str) -> tuple[str, int] | None:
    """A unit as (base, power of ten); None when it is not one that takes prefixes."""
    if unit in _COUNT_WORDS:
        return "count", _COUNT_WORDS[unit]
    for base in _SCALED_UNITS:
        prefix = unit.removesuffix(base)
        if unit.endswith(base) and prefix in _PREFIXES:
            return base, _PREFIXES[prefix]
    return None


def agrees(text: str, value: float, unit: str) -> bool:
    """Whether ``text`` states ``value`` in ``unit`` (or the same unit with another prefix), rounded at most as written."""
    written = _WRITTEN.fullmatch(text.strip(" *_"))
    if not written:
        return False
    said_unit = (written["unit"] or "").strip()
    said_unit = _WRITTEN_OUT.get(said_unit, said_unit)
    if said_unit == unit:
        power = 0
    else:
        said, known = _scale(said_unit), _scale(unit)
        if said is None or known is None or said[0] != known[0]:
            return False
        power = known[1] - said[1]
    ten = (written["power"] or written["exponent"] or "0").lstrip("^").translate(_FROM_SUPERSCRIPT)
    try:
        said_number = Decimal(written["number"].replace(",", ""))
        exact = Decimal(repr(value)).scaleb(power - int(ten))
    except (InvalidOperation, ValueError):
        return False
    _, _, fraction = written["number"].partition(".")
    difference = abs(exact - said_number)
    half_step = Decimal(5).scaleb(-len(fraction) - 1)
    # Exactly between two steps, prose rounds up.
    rounded = difference < half_step or (difference == half_step and said_number > exact)
    return rounded and difference <= MAX_RELATIVE_ROUNDING * exact


def beyond_plain(value: float) -> bool:
    """Whether a number is too large or too small to be read with all its zeros."""
    return bool(value) and not 1e-4 <= abs(value) < 1e15


def scientific(value: float) -> str:
    """``3.3895 × 10³⁸``, with at most five digits."""
    mantissa, _, exponent = f"{Decimal(repr(value)):.4e}".partition("e")
    mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa} × 10{str(int(exponent)).translate(_TO_SUPERSCRIPT)}"


def spelled(value: float, unit: str) -> str:
    """How prose writes a figure: thousands separated, unit after a space."""
    if beyond_plain(value):
        number = scientific(value)
    elif float(value).is_integer():
        number = f"{int(value):,}" if value >= 10_000 else str(int(value))
    else:
        number = f"{value:.10g}"
    return f"{number} {unit}" if unit else number

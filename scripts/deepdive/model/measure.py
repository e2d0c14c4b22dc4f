"""Whether the words of a sentence say what the table says: number, unit, and stated rounding."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_WRITTEN = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?)(?:[\s\u00a0\u202f]*(?P<unit>[^\d\s].*))?")
_PREFIXES = {"": 0, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18}
_SCALED_UNITS = ("B/s", "B", "FLOPS", "OPS", "W")
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
    if said_unit == unit:
        power = 0
    else:
        said, known = _scale(said_unit), _scale(unit)
        if said is None or known is None or said[0] != known[0]:
            return False
        power = known[1] - said[1]
    try:
        said_number = Decimal(written["number"].replace(",", ""))
    except InvalidOperation:
        return False
    exact = Decimal(repr(value)).scaleb(power)
    _, _, fraction = written["number"].partition(".")
    difference = abs(exact - said_number)
    half_step = Decimal(5).scaleb(-len(fraction) - 1)
    # Exactly between two steps, prose rounds up.
    rounded = difference < half_step or (difference == half_step and said_number > exact)
    return rounded and difference <= MAX_RELATIVE_ROUNDING * exact


def spelled(value: float, unit: str) -> str:
    """How prose writes a figure: thousands separated, unit after a space."""
    if float(value).is_integer():
        number = f"{int(value):,}" if value >= 10_000 else str(int(value))
    else:
        number = f"{value:.10g}"
    return f"{number} {unit}" if unit else number

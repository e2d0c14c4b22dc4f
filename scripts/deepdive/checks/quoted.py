"""Numbers that stand bare beside the name of a row, and that the row contradicts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from deepdive.diagnostic import Diagnostic, Location, warning
from deepdive.load.corpus import Corpus
from deepdive.load.wording import readable
from deepdive.model.accelerator import Accelerator
from deepdive.model.columns import columns, number_at
from deepdive.model.measure import agrees, spelled

# Only what can stand between a device and its own figure: "the H100 has a peak of 989 TFLOPS". Anything
# else ("an H100 reads 16.1 GB of weights") makes the number another thing's. A link in between, such as a
# fact: with its brackets, ends the phrase too.
_WORDS = (
    r"(?:(?:has|have|with|offers|provides|delivers|reaches|of|its|a|an|the|up to|about|dense|peak|memory|device|board|"
    r"power|HBM\w*|GDDR\w*|bandwidth|capacity|draws|is|at|TDP|bf16|fp16|fp8|BF16|FP16|FP8)[ \n]+)"
)
_BETWEEN = rf"(?:(?:'s|’s)[ \n]+{_WORDS}{{0,6}}|[ \n]+(?:\(|{_WORDS}{{1,6}}))"
# A number with a unit of rates, sizes and power; prefixes differ, so the unit's base decides.
_QUANTITY = r"(?P<quantity>\d[\d,]*(?:\.\d+)?[ \u00a0](?P<unit>[kMGTPE]?B/s|[kMGT]B|[GTPE]FLOPS|TOPS|[kM]?W)\b(?!/))"

# Before the name: several devices, or a machine that holds several. "8×", "Eight", "A DGX", "two NVIDIA".
_NUMERAL = (
    r"(?i:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-[a-z]+)?|hundreds?|thousands?|millions?|dozens?|"
    r"pairs?|both|several|many)"
)


def bare_numbers_agree(corpus: Corpus) -> Iterator[Diagnostic]:
    """A number with a unit that is said of one device is one of the device's figures in that unit."""
    names = _names(corpus)
    if not names:
        return
    alternatives = "|".join(
        r"[ \n]+".join(map(re.escape, name.split())) for name in sorted(names, key=len, reverse=True)
    )
    vendors = "|".join(sorted({re.escape(row.vendor) for _, _, row in corpus.rows_of(Accelerator)}))
    several = re.compile(rf"(?:\b(?:{_NUMERAL}|[DH]GX)|\d\s*[x×*·]?|×)(?:\s+of)?(?:\s+(?:{vendors}))?[\s*_]*\Z")
    said = re.compile(rf"(?<![\w-])(?P<marks>[*_]{{0,3}})(?P<name>{alternatives})(?P=marks){_BETWEEN}{_QUANTITY}")
    for page in corpus.pages.values():
        text = readable(page)
        for found in said.finditer(text):
            before = re.split(r"\n\s*\n", text[max(0, found.start() - 60) : found.start()])[-1]
            if not several.search(before):
                subject = names[" ".join(found["name"].split())]
                yield from _judge(corpus, page.locate(found.start("quantity")), subject, found)


def _names(corpus: Corpus) -> dict[str, str]:
    """Names and aliases of accelerators by the id of their row; a name that means two is left out."""
    found: dict[str, set[str]] = defaultdict(set)
    for _, row in corpus.catalog.rows("accelerators"):
        for name in (row.name, *getattr(row, "aliases", ())):
            found[" ".join(name.split())].add(row.id)
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}


def _judge(corpus: Corpus, place: Location, subject: str, found: re.Match[str]) -> Iterator[Diagnostic]:
    table, row = corpus.catalog.figured[subject]
    known = [
        (column, value)
        for path, column in columns(table.kind).items()
        if _base(column.unit) == _base(found["unit"]) and (value := number_at(row, path)) is not None
    ]
    if known and not any(agrees(found["quantity"], value, column.unit) for column, value in known):
        right = ", ".join(f"{column.title} {spelled(value, column.unit)}" for column, value in known[:4])
        yield warning(
            "figure-contradicts",
            f"'{found['quantity']}' is no figure of {row.name} ({right}).",
            place,
            f"quote the table with [value](fact:{row.id}.field), or name what is meant.",
        )


def _base(unit: str) -> str:
    return unit.lstrip("kMGTPE")

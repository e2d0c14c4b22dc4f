"""Freshness of the catalog: coverage, age, evidence, gaps, and the rows to look at first."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import get_args

from deepdive.model.catalog import KINDS, Catalog
from deepdive.model.freshness import GAP_DAYS, UNOPENED_DAYS, Standing, queue, standings
from deepdive.model.places import row_target, table_page, target
from deepdive.model.vocabulary import Section
from deepdive.render.bars import Bar, counted, percent, render_bars, shared
from deepdive.render.environment import number, render

QUEUE_LENGTH = 25
# Rows by the days since their last review; the bounds are those of review-overdue and their halves.
AGES = (("up to 30 days", 30), ("31 to 90", 90), ("91 to 180", 180), ("181 to 365", 365), ("over 365", None))


def render_freshness(catalog: Catalog, day: datetime.date) -> str:
    """The state of all rows on ``day``."""
    found = standings(catalog, day)
    open_to_doubt = [one for one in found if not one.own_source]
    unconfirmed = [one for one in found if one.unconfirmed]
    return render(
        "freshness.html",
        day=day,
        totals=[
            (number(len(found)), "rows"),
            (number(len(catalog.tables)), "tables"),
            (percent(len(open_to_doubt) - len(unconfirmed), len(open_to_doubt)), "with an opened source"),
            (percent(_recorded(found), sum(one.figures for one in found)), "of figures recorded"),
            (str(max((one.age for one in found), default=0)), "days since the oldest review"),
        ],
        coverage=[
            render_bars("Rows by kind", counted(_counts(found, lambda one: one.table.kind, KINDS))),
            render_bars(
                "Rows by layer", counted(_counts(found, lambda one: one.section, get_args(Section)), layers=True)
            ),
        ],
        age=render_bars("Rows by days since their last review", _ages(found)),
        evidence=render_bars(
            "Rows with an opened source, by kind",
            _shares(open_to_doubt, lambda one: not one.unconfirmed, lambda one: 1),
            track=True,
        ),
        gaps=render_bars(
            "Figures recorded, by kind",
            _shares(found, lambda one: one.figures - one.gaps, lambda one: one.figures),
            track=True,
        ),
        missing=number(sum(one.gaps for one in found)),
        unconfirmed=_by_table(unconfirmed),
        unconfirmed_count=number(len(unconfirmed)),
        queue=[_entry(one) for one in queue(found, QUEUE_LENGTH)],
        unopened_days=UNOPENED_DAYS,
        gap_days=GAP_DAYS,
    )


def _recorded(found: Iterable[Standing]) -> int:
    return sum(one.figures - one.gaps for one in found)


def _counts(found: Iterable[Standing], key: Callable[[Standing], str], order: Iterable[str]) -> list[tuple[str, int]]:
    counts = Counter(key(one) for one in found)
    return [(_words(name), counts[name]) for name in order if counts[name]]


def _ages(found: Iterable[Standing]) -> list[Bar]:
    ages = [one.age for one in found]
    counts, below = [], 0
    for label, bound in AGES:
        upto = len(ages) if bound is None else sum(1 for age in ages if age <= bound)
        counts.append((label, upto - below))
        below = upto
    return counted(counts)


def _shares(found: Iterable[Standing], part: Callable[[Standing], int], whole: Callable[[Standing], int]) -> list[Bar]:
    parts, wholes = Counter[str](), Counter[str]()
    for one in found:
        parts[one.table.kind] += part(one)
        wholes[one.table.kind] += whole(one)
    return shared([(_words(kind), parts[kind], wholes[kind]) for kind in KINDS])


def _words(name: str) -> str:
    return name.replace("_", " ")


def _by_table(found: list[Standing]) -> list[dict[str, object]]:
    return [
        {
            "title": table.title,
            "layer": table.layer,
            "href": target(table_page(table)),
            "rows": [(row_target(table, one.row), one.row.name) for one in group],
        }
        for table, group in ((table, list(group)) for table, group in groupby(found, key=lambda one: one.table))
    ]


def _entry(one: Standing) -> dict[str, object]:
    return {
        "href": row_target(one.table, one.row),
        "name": one.row.name,
        "table": one.table.title,
        "table_href": target(table_page(one.table)),
        "age": one.age,
        "opened": "—" if one.own_source else "yes" if one.opened else "no",
        "gaps": one.gaps,
        "score": one.score,
    }

"""How fresh the catalog is: age, evidence and gaps of each row, and which rows to look at first."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from deepdive.model.catalog import Catalog, Table
from deepdive.model.columns import figure_paths, value_at
from deepdive.model.paper import Paper
from deepdive.model.row import Row, Source

# What counts towards a row's turn, in days of age. A row of many figures has many gaps; all of an
# accelerator's together weigh less than a row that nobody compared with a source.
UNOPENED_DAYS = 90
GAP_DAYS = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """One row as a reviewer sees it. ``figures`` of its kind it may record, ``gaps`` of them it does not."""

    table: Table
    row: Row
    age: int
    figures: int
    gaps: int
    opened: bool
    own_source: bool
    """Whether it needs no other source: a paper is read under its own identifier."""

    @property
    def section(self) -> str:
        """The layer a row names itself (an event does), else the folder of its table."""
        return str(getattr(self.row, "layer", self.table.layer))

    @property
    def unconfirmed(self) -> bool:
        """Whether no source of the row is marked as opened."""
        return not (self.opened or self.own_source)

    @property
    def score(self) -> int:
        """How much the row waits for a review: days since the last, more without an opened source and for each gap."""
        return self.age + UNOPENED_DAYS * self.unconfirmed + GAP_DAYS * self.gaps


def standings(catalog: Catalog, day: datetime.date) -> list[Standing]:
    """Every row of the catalog on ``day``, in the order of the tables."""
    return [_standing(table, row, day) for table in catalog.tables for row in table.rows]


def _standing(table: Table, row: Row, day: datetime.date) -> Standing:
    paths = figure_paths(table.kind)
    return Standing(
        table=table,
        row=row,
        age=max(0, (day - row.reviewed).days),
        figures=len(paths),
        gaps=sum(1 for path in paths if value_at(row, path) is None),
        opened=any(isinstance(source, Source) and source.accessed for source in row.sources),
        own_source=isinstance(row, Paper) and not row.sources,
    )


def queue(found: Iterable[Standing], length: int) -> list[Standing]:
    """The rows most in need of a review, the neediest first; equals in order of table and id."""
    return sorted(found, key=lambda one: (-one.score, one.table.id, one.row.id))[:length]

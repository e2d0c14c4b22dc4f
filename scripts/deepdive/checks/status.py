"""What is said to live, and since when that was last looked at."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from deepdive.diagnostic import Diagnostic, error, warning
from deepdive.load.corpus import Corpus
from deepdive.model.day import today
from deepdive.model.row import Row, Source
from deepdive.model.tool import Tool

REVIEW_WARNING_DAYS = 180
REVIEW_ERROR_DAYS = 365
# Fields of any kind of row that say when something happened.
_PAST = ("reviewed", "status_since", "date", "price_date", "made")


def status_has_evidence(corpus: Corpus) -> Iterator[Diagnostic]:
    """A status other than active has a date and a source that shows it."""
    for table in corpus.catalog.tables:
        for position, row in enumerate(table.rows):
            if not isinstance(row, Tool) or row.status == "active":
                continue
            if row.status_since is None:
                yield error(
                    "status-without-evidence",
                    f"{row.id}: status '{row.status}' needs a date.",
                    corpus.locate(table, position, "status"),
                    "add status_since: and the day of the notice.",
                )
            if not any(isinstance(source, Source) and source.shows for source in row.sources):
                yield error(
                    "status-without-evidence",
                    f"{row.id}: status '{row.status}' needs a source that shows it.",
                    corpus.locate(table, position, "status"),
                    "add a source with url and shows.",
                )


def review_is_recent(corpus: Corpus) -> Iterator[Diagnostic]:
    """A row was compared with its sources within half a year; after a year that is an error."""
    now = today()
    for table in corpus.catalog.tables:
        for position, row in enumerate(table.rows):
            age = (now - row.reviewed).days
            if age <= REVIEW_WARNING_DAYS:
                continue
            place = corpus.locate(table, position, "reviewed")
            fix = "compare the row with its sources and set today's date."
            if age > REVIEW_ERROR_DAYS:
                yield error("review-overdue", f"{row.id} was last reviewed {age} days ago.", place, fix)
            else:
                yield warning("review-overdue", f"{row.id} was last reviewed {age} days ago.", place, fix)


def dates_are_past(corpus: Corpus) -> Iterator[Diagnostic]:
    """Nothing was reviewed, opened, ended, priced or forecast in the future; no event lies there."""
    latest = (today() + datetime.timedelta(days=1)).isoformat()  # somewhere it is tomorrow already
    for table, position, row in corpus.rows_of(Row):
        for path, date in _past_dates(row):
            if date > latest[: len(date)]:  # a year or a month is compared as such
                yield error(
                    "future-date",
                    f"{row.id}: {date} lies in the future.",
                    corpus.locate(table, position, *path),
                    "write the day it happened.",
                )


def _past_dates(row: Row) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The dates of a row that cannot lie ahead, as they are written."""
    for field in _PAST:
        if date := getattr(row, field, None):
            yield (field,), str(date)
    for index, source in enumerate(row.sources):
        if isinstance(source, Source) and source.accessed:
            yield ("sources", index, "accessed"), source.accessed.isoformat()

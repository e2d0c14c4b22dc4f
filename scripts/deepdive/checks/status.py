"""What is said to live, and since when that was last looked at."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator
from typing import Any

from deepdive.diagnostic import Diagnostic, error, warning
from deepdive.load.corpus import Corpus
from deepdive.model.row import Source
from deepdive.model.tool import Tool

REVIEW_WARNING_DAYS = 180
REVIEW_ERROR_DAYS = 365


def today() -> datetime.date:
    """The day of judgement: ``SOURCE_DATE_EPOCH`` when set (reproducible builds), else today, UTC."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    now = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC) if epoch else datetime.datetime.now(datetime.UTC)
    return now.date()


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
            if row.successor == row.id:
                yield error(
                    "self-reference",
                    f"{row.id} names itself as its successor.",
                    corpus.locate(table, position, "successor"),
                    "remove it.",
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
    """Nothing was reviewed, opened or ended in the future."""
    latest = today() + datetime.timedelta(days=1)  # somewhere it is tomorrow already
    for table in corpus.catalog.tables:
        for position, row in enumerate(table.rows):
            dates: list[tuple[tuple[Any, ...], datetime.date | None]] = [(("reviewed",), row.reviewed)]
            dates += [
                (("sources", index, "accessed"), source.accessed)
                for index, source in enumerate(row.sources)
                if isinstance(source, Source)
            ]
            if isinstance(row, Tool):
                dates.append((("status_since",), row.status_since))
            for path, date in dates:
                if date and date > latest:
                    yield error(
                        "future-date",
                        f"{row.id}: {date.isoformat()} lies in the future.",
                        corpus.locate(table, position, *path),
                        "write the day it happened.",
                    )

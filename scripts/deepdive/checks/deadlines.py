"""What holds until a day: prices, and forecasts that wait to be settled."""

from __future__ import annotations

from collections.abc import Iterator

from deepdive.diagnostic import Diagnostic, error, warning
from deepdive.load.corpus import Corpus
from deepdive.model.cloud_offer import CloudOffer
from deepdive.model.day import today
from deepdive.model.forecast import Forecast

PRICE_DAYS = 30


def prices_are_recent(corpus: Corpus) -> Iterator[Diagnostic]:
    """A price says when it was read, and was read within the last month."""
    for table, position, row in corpus.rows_of(CloudOffer):
        if row.price_usd_h is None or row.price_usd_h.value is None:
            continue
        place = corpus.locate(table, position, "price_usd_h")
        if row.price_date is None:
            yield error("missing-field", f"{row.id}: a price needs price_date.", place, "add the day it was read.")
        elif (age := (today() - row.price_date).days) > PRICE_DAYS:
            yield warning(
                "stale-price",
                f"{row.id}: the price was read {age} days ago; {PRICE_DAYS} is the limit.",
                place,
                "read it again and set price_date, or remove both.",
            )


def forecasts_are_settled(corpus: Corpus) -> Iterator[Diagnostic]:
    """A forecast is due after it was made; on the day after, somebody says what happened."""
    for table, position, row in corpus.rows_of(Forecast):
        place = corpus.locate(table, position, "due")
        if row.due <= row.made:
            yield error(
                "wrong-value",
                f"{row.id}: due {row.due.isoformat()} is not after made {row.made.isoformat()}.",
                place,
                "write the day on which the forecast can be settled.",
            )
        elif row.outcome == "open" and row.due < today():
            yield warning(
                "forecast-due",
                f"{row.id} was due on {row.due.isoformat()} and is still open.",
                place,
                f"ask {row.resolver.rstrip('.')}, then set outcome: happened or did-not-happen.",
            )

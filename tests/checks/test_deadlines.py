"""Prices go stale, forecasts come due, and nothing that happened lies ahead."""

from __future__ import annotations

import datetime

import pytest

from corpora import corpus_of
from deepdive.checks.deadlines import forecasts_are_settled, prices_are_recent
from deepdive.checks.status import dates_are_past
from deepdive.diagnostic import Severity

OFFER = "cloud: a-cloud, accelerator: a-device, availability: available, "
FORECAST = "claim: C., probability: 0.5, resolver: The count., wrong_if: W., layer: serving, "


def on(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    moment = datetime.datetime.fromisoformat(f"{day}T12:00:00+00:00")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(moment.timestamp())))


@pytest.mark.parametrize(
    ("price", "codes"),
    [
        ("price_usd_h: 9.5, price_date: 2026-10-22", []),
        ("price_usd_h: 9.5, price_date: 2026-10-21", ["stale-price"]),
        ("price_usd_h: 9.5", ["missing-field"]),
        ("price_usd_h: null", []),
        ("", []),
    ],
)
def test_a_price_holds_for_thirty_days(price: str, codes: list[str]) -> None:
    assert [one.code for one in prices_are_recent(corpus_of(cloud_offers=[OFFER + price]))] == codes


@pytest.mark.parametrize(
    ("day", "outcome", "codes"),
    [
        ("2026-12-31", "open", []),
        ("2027-01-01", "open", ["forecast-due"]),
        ("2027-01-01", "happened", []),
        ("2027-01-01", "did-not-happen", []),
    ],
)
def test_a_forecast_is_settled_once_its_day_has_passed(
    monkeypatch: pytest.MonkeyPatch, day: str, outcome: str, codes: list[str]
) -> None:
    on(monkeypatch, day)
    corpus = corpus_of(forecasts=[f"{FORECAST} made: 2026-01-01, due: 2026-12-31, outcome: {outcome}"])
    found = list(forecasts_are_settled(corpus))
    assert [one.code for one in found] == codes
    assert all(one.severity is Severity.WARNING and "The count" in str(one.fix) for one in found)


def test_a_forecast_is_due_after_it_was_made() -> None:
    corpus = corpus_of(forecasts=[f"{FORECAST} made: 2026-01-01, due: 2026-01-01, outcome: open"])
    assert [one.code for one in forecasts_are_settled(corpus)] == ["wrong-value"]


@pytest.mark.parametrize(
    ("date", "ahead"),
    [
        ("2026", False), ("2027", True), ('"2026-11"', False), ('"2026-12"', True), ("2026-11-22", False), ("2026-11-23", True),
    ],
)  # fmt: skip
def test_an_event_has_happened_as_far_as_its_date_says(date: str, ahead: bool) -> None:
    row = f"date: {date}, layer: serving, kind: paper, summary: Something of which somebody knows."
    found = [one.code for one in dates_are_past(corpus_of(events=[row]))]
    assert found == (["future-date"] if ahead else [])

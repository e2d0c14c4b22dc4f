"""The queue of reviews: age, evidence and gaps count as the page says."""

from __future__ import annotations

import datetime
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from corpora import corpus_of
from deepdive.model.freshness import GAP_DAYS, UNOPENED_DAYS, Standing, queue, standings

DAY = datetime.date(2026, 11, 21)
MEMORY = "family: HBM, year: 2022, per: stack"


def standing(row: str = MEMORY) -> Standing:
    (found,) = standings(corpus_of(memory=[row]).catalog, DAY)
    return found


def test_a_gap_is_what_nobody_recorded_not_what_nobody_publishes() -> None:
    assert (standing().figures, standing().gaps) == (4, 4)
    assert standing(f"{MEMORY}, data_width: 1024, data_rate: null, capacity_max: n/a").gaps == 1


def test_the_score_is_age_and_missing_evidence_and_gaps() -> None:
    assert standing().age == 20
    assert standing().unconfirmed
    assert standing().score == 20 + UNOPENED_DAYS + 4 * GAP_DAYS


def test_a_paper_without_other_sources_is_its_own() -> None:
    paper = "authors: ['Doe, J.'], year: 2023, arxiv: '2309.00001', result: R."
    corpus = corpus_of(papers=[paper])
    row = corpus.catalog.tables[0].rows[0].model_copy(update={"sources": ()})
    (found,) = standings(replace(corpus.catalog, tables=(replace(corpus.catalog.tables[0], rows=(row,)),)), DAY)
    assert found.own_source
    assert not found.unconfirmed


@given(
    widths=st.lists(st.sampled_from(["", ", data_width: 64", ", data_width: 64, data_rate: 8"]), max_size=12),
    length=st.integers(0, 15),
)
def test_the_queue_is_in_order_of_need_and_no_longer_than_asked(widths: list[str], length: int) -> None:
    found = standings(corpus_of(memory=[MEMORY + one for one in widths]).catalog, DAY)
    first = queue(found, length)
    assert len(first) == min(length, len(found))
    rest = [one for one in found if one not in first]
    assert all(one.score >= other.score for one in first for other in rest)
    assert [one.score for one in first] == sorted((one.score for one in first), reverse=True)
    assert queue(reversed(found), length) == first

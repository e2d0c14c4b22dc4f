"""The query set of tests/search, asked of a page of the site."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page

FOLDER = Path(__file__).resolve().parents[1] / "search"
_ASK = """async (queries) => {
  const { find } = await import("/assets/javascripts/find.js");
  const found = [];
  for (const query of queries) found.push((await find(query, new URL("/", location.href))).results.slice(0, 3).map((one) => one.url));
  return found;
}"""


def read_queries(name: str = "queries") -> list[tuple[str, list[str]]]:
    """Each query with the addresses that answer it; one without an anchor stands for any place on its page, one with a query for that view."""
    lines = [
        line.split("\t")
        for line in (FOLDER / f"{name}.tsv").read_text("utf-8").splitlines()
        if not line.startswith("#")
    ]
    return [(query, answers.split()) for query, answers in lines]


def ranks(page: Page, queries: list[tuple[str, list[str]]]) -> list[int | None]:
    """The place of the first right result of each query, from 0; None when it is not among three."""
    found = page.evaluate(_ASK, [query for query, _ in queries])
    return [
        next((place for place, url in enumerate(urls) if _answers(url, answers)), None)
        for urls, (_, answers) in zip(found, queries, strict=True)
    ]


def _answers(url: str, answers: list[str]) -> bool:
    parts = urlsplit(url)
    return any(
        answer in (f"{parts.path}#{parts.fragment}", f"{parts.path}?{parts.query}", parts.path) for answer in answers
    )


def hit_rates(page: Page, queries: list[tuple[str, list[str]]]) -> tuple[float, float]:
    """The shares of queries whose right page comes first, and among the first three."""
    places = ranks(page, queries)
    return places.count(0) / len(places), sum(place is not None for place in places) / len(places)

"""The timeline: what happened when, by year, each event with its layer, its work or tool, and its sources."""

from __future__ import annotations

from itertools import groupby

from deepdive.model.catalog import Catalog
from deepdive.model.event import Event
from deepdive.render.environment import render
from deepdive.render.table import row_link, source_links


def render_timeline(catalog: Catalog) -> str:
    """All events from the oldest on; within a year the less exact dates come first."""
    events = sorted(
        (row for _, row in catalog.rows("events") if isinstance(row, Event)),
        key=lambda event: (event.date, event.name.casefold()),
    )
    years = [
        (year, [_entry(event, catalog) for event in group])
        for year, group in groupby(events, key=lambda event: event.date[:4])
    ]
    return render("timeline.html", years=years, count=len(events))


def _entry(event: Event, catalog: Catalog) -> dict[str, object]:
    named = (("papers", event.paper), ("tools", event.tool))
    return {
        "event": event,
        "links": [row_link(kind, name, catalog) for kind, name in named if name in catalog.by_kind[kind]],
        "sources": source_links(event, catalog),
    }

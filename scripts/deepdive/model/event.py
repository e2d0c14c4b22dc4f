"""``kind: events``: what happened when, over all layers; shown by the timeline."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from deepdive.model.row import Aliases, Note, PaperId, PartialDate, Row, Text, ToolId
from deepdive.model.vocabulary import EventKind, Layer


class Event(Row):
    """One event. ``date`` is as exact as the source: a year, a month or a day."""

    aliases: Aliases = ()
    date: Annotated[PartialDate, Field(title="Date")]
    layer: Annotated[Layer, Field(title="Layer")]
    kind: Annotated[EventKind, Field(title="Kind")]
    summary: Annotated[Text, Field(min_length=20, max_length=200, title="Summary")]
    paper: Annotated[PaperId | None, Field(title="Paper")] = None
    tool: Annotated[ToolId | None, Field(title="Tool")] = None
    note: Note = None

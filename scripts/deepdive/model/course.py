"""``kind: courses``: courses, books, communities and articles to learn from."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from deepdive.model.row import Address, Advice, Aliases, Note, Quantity, Row, Text, Year, YesNo, figure
from deepdive.model.vocabulary import CourseLevel, CourseStatus, CourseType, Layer


class Course(Row):
    """One thing to learn from; ``authors`` wrote it, or an ``owner`` runs it."""

    aliases: Aliases = ()
    type: Annotated[CourseType, Field(title="Type")]
    authors: Annotated[tuple[Text, ...], Field(title="Authors")] = ()
    owner: Annotated[Text | None, Field(max_length=60, title="Owner")] = None
    year: Year | None = None
    url: Annotated[Address, Field(title="Address")]
    level: Annotated[CourseLevel, Field(title="Level")]
    hours: Quantity = figure("Hours", "h", "To work through, as its makers say or by its length.")
    free: Annotated[YesNo, Field(title="Free", description="Whether all of it can be read or watched without paying.")]
    layers: Annotated[tuple[Layer, ...], Field(min_length=1, title="Layers")]
    summary: Annotated[Text, Field(min_length=20, max_length=160, title="Summary")]
    status: Annotated[CourseStatus, Field(title="Status")]
    use_when: Annotated[Advice | None, Field(title="Use it when")] = None
    note: Note = None

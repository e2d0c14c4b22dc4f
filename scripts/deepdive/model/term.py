"""``kind: terms``: the glossary."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from deepdive.model.row import Row, TermId, Text


class Term(Row):
    """One term: its definition in own words, and where the sense comes from."""

    name: Annotated[Text, Field(max_length=60, title="Term")]
    aliases: Annotated[tuple[Text, ...], Field(title="Also written")] = ()
    expansion: Annotated[Text | None, Field(max_length=80, title="Stands for")] = None
    definition: Annotated[Text, Field(max_length=280, title="Definition")]
    unit: Annotated[Text | None, Field(max_length=20, title="Unit")] = None
    see_also: Annotated[tuple[TermId, ...], Field(title="See also")] = ()

"""``kind: forecasts``: statements about the future that a named source will settle on a named day."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from deepdive.model.row import Aliases, Date, Note, PaperId, Row, Share, Text, figure
from deepdive.model.vocabulary import Layer, Outcome


class Forecast(Row):
    """One forecast. ``name`` is its short title; claim and probability are never changed once made."""

    aliases: Aliases = ()
    claim: Annotated[Text, Field(max_length=240, title="Claim")]
    probability: Share = figure("Probability", "", "From 0 to 1, on the day it was made.", required=True)
    made: Annotated[Date, Field(title="Made")]
    due: Annotated[Date, Field(title="Due")]
    resolver: Annotated[Text, Field(max_length=160, title="Settled by")]
    wrong_if: Annotated[Text, Field(max_length=200, title="Wrong if")]
    outcome: Annotated[Outcome, Field(title="Outcome")]
    layer: Annotated[Layer, Field(title="Layer")]
    basis: Annotated[tuple[PaperId, ...], Field(title="Basis")] = ()
    note: Note = None

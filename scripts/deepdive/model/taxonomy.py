"""``kind: taxonomy``: the categories tools belong to."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from deepdive.model.row import Id, Strict, Text
from deepdive.model.vocabulary import Layer


class Category(Strict):
    """One category: its layer, what belongs there and what does not."""

    id: Id
    layer: Layer
    title: Annotated[Text, Field(max_length=60)]
    summary: Annotated[Text, Field(max_length=200)]
    excludes: Annotated[Text, Field(max_length=200)]

"""``kind: models``: models with the dimensions that formulas need, from their configuration files."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from deepdive.model.row import Aliases, Note, PartialDate, Quantity, Row, Text, figure
from deepdive.model.tool import Licence, Repo
from deepdive.model.vocabulary import Attention


class OpenModel(Row):
    """One model. Counts are of the published checkpoint, embeddings included."""

    aliases: Aliases = ()
    owner: Annotated[Text, Field(max_length=60, title="Owner")]
    released: Annotated[PartialDate | None, Field(title="Released")] = None
    parameters_bn: Quantity = figure("Parameters", "bn")
    active_parameters_bn: Quantity = figure("Active parameters", "bn", "Parameters that one token passes through.")
    layers: Quantity = figure("Layers")
    hidden: Quantity = figure("Hidden size")
    heads: Quantity = figure("Query heads")
    kv_heads: Quantity = figure("Key-value heads")
    head_dim: Quantity = figure("Head dimension")
    intermediate: Quantity = figure("Feed-forward size", "", "Width of one feed-forward block, or of one expert.")
    vocabulary: Quantity = figure("Vocabulary")
    context: Quantity = figure("Context", "", "Positions the published checkpoint was made for, in tokens.")
    windowed_layers: Quantity = figure(
        "Windowed layers",
        "",
        "Layers that see a window or a chunk of the text only. Left out where every layer sees all.",
    )
    window: Quantity = figure("Window", "", "Tokens that a windowed layer sees, and keeps in its cache.")
    attention: Annotated[Attention | None, Field(title="Attention")] = None
    license: Licence
    weights: Annotated[Repo | None, Field(title="Weights")] = None
    note: Note = None

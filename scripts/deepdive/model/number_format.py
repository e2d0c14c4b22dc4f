"""``kind: number_formats``: formats of weights, activations and scales."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from deepdive.model.row import Aliases, Magnitude, Note, Quantity, Row, Text, YesNo, figure


class NumberFormat(Row):
    """One format of a value, or of a block of values that share a scale.

    Sign, exponent and mantissa follow IEEE 754-2019, section 3.4; the eight-bit formats OFP8 (OCP,
    2023) and the blocks OCP MX 1.0. An integer has no exponent: ``exponent_bits: n/a``.
    """

    aliases: Aliases = ()
    bits: Quantity = figure("Bits", "", "Of one element, without its share of a block's scale.")
    exponent_bits: Quantity = figure("Exponent", "", "Stored bits.")
    mantissa_bits: Quantity = figure("Mantissa", "", "Stored bits, without the leading one.")
    bias: Quantity = figure("Bias")
    maximum: Magnitude = figure("Maximum", "", "The largest finite value.")
    smallest_normal: Magnitude = figure("Smallest normal")
    smallest_subnormal: Magnitude = figure("Smallest subnormal")
    infinities: Annotated[YesNo | None, Field(title="Infinities")] = None
    block_size: Quantity = figure("Block size", "", "Values that share a scale.")
    scale_bits: Quantity = figure("Scale bits")
    scale_format: Annotated[Text | None, Field(max_length=40, title="Scale format")] = None
    bits_per_value: Quantity = figure("Bits per value", "", "With the value's share of the block's scale.")
    standard: Annotated[Text | None, Field(max_length=80, title="Standard")] = None
    use: Annotated[Text, Field(max_length=160, title="Use")]
    note: Note = None

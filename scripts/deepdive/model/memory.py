"""``kind: memory``: memory standards, with width, rate and bandwidth of the unit they are counted by."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from deepdive.model.row import Aliases, Note, Quantity, Row, Text, Year, figure
from deepdive.model.vocabulary import MemoryFamily, MemoryUnit


class Memory(Row):
    """One generation of a memory. Every figure is for one ``per``: a stack, chip, channel or package.

    ``bandwidth`` is ``data_width`` x ``data_rate`` / 8: bits times gigabits a second, in bytes.
    """

    aliases: Aliases = ()
    family: Annotated[MemoryFamily, Field(title="Family")]
    standard: Annotated[Text | None, Field(max_length=80, title="Standard")] = None
    year: Year
    per: Annotated[MemoryUnit, Field(title="Per", description="What width, bandwidth and capacity are those of.")]
    data_width: Quantity = figure("Data width", "bit", "Data lines, without those for error correction.")
    data_rate: Quantity = figure("Data rate", "Gb/s", "Per pin.")
    bandwidth: Quantity = figure("Bandwidth", "GB/s", "Data width × data rate ÷ 8.")
    capacity_max: Quantity = figure("Largest capacity", "GB")
    note: Note = None

"""``kind: cloud_offers``: machines with accelerators that a cloud rents out.

The cloud itself is a row of kind ``tools`` (docs/contributing/decisions/0004-clouds-are-tools.md).
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from deepdive.model.row import AcceleratorId, Aliases, Date, Note, Quantity, Row, Text, ToolId, figure
from deepdive.model.vocabulary import Availability


class CloudOffer(Row):
    """One type of machine. A price is that of one machine by the hour, on demand, on ``price_date``."""

    aliases: Aliases = ()
    cloud: Annotated[ToolId, Field(title="Cloud", description="The id of a tool.")]
    accelerator: Annotated[AcceleratorId, Field(title="Accelerator")]
    count: Quantity = figure("Accelerators", "", "In one machine.")
    memory_gb: Quantity = figure("Host memory", "GB")
    network_gbps: Quantity = figure("Network", "Gb/s", "To other machines, all adapters, one direction.")
    local_storage_tb: Quantity = figure("Local storage", "TB")
    scale_up: Annotated[Text | None, Field(max_length=80, title="Scale-up")] = None
    price_usd_h: Quantity = figure("Price", "USD/h", "Of the machine, on demand, without tax.")
    price_date: Annotated[Date | None, Field(title="Price read on")] = None
    availability: Annotated[Availability, Field(title="Availability")]
    note: Note = None

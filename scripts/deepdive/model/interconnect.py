"""``kind: interconnects``: links between devices, hosts and chips, from the lane to the domain."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from deepdive.model.row import Address, Aliases, Note, Quantity, Row, Text, Year, figure
from deepdive.model.vocabulary import LinkFamily, LinkScope, LinkStatus


class Interconnect(Row):
    """One generation of a link. Bandwidth is per direction throughout; vendors often print the sum of both.

    ``device_bandwidth`` is ``link_bandwidth`` x ``links``.
    """

    aliases: Aliases = ()
    family: Annotated[LinkFamily, Field(title="Family")]
    scope: Annotated[LinkScope, Field(title="Scope")]
    year: Year
    owner: Annotated[Text, Field(max_length=60, title="Owner")]
    lanes: Quantity = figure("Lanes", "", "Per link and direction.")
    lane_rate: Quantity = figure("Lane rate", "GT/s", "Transfers per lane, gigabits where a transfer is one bit.")
    encoding: Annotated[Text | None, Field(max_length=80, title="Encoding")] = None
    link_bandwidth: Quantity = figure("Link bandwidth", "GB/s", "Per link and direction.")
    links: Quantity = figure("Links", "", "Per device.")
    device_bandwidth: Quantity = figure("Device bandwidth", "GB/s", "Per device and direction: link bandwidth × links.")
    domain_max: Quantity = figure("Largest domain", "", "Devices one domain of such links may join.")
    status: Annotated[LinkStatus, Field(title="Status")]
    specification: Annotated[Address | None, Field(title="Specification")] = None
    note: Note = None

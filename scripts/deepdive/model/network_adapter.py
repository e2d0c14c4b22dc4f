"""``kind: network_adapters``: adapters and switches of a cluster's network."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from deepdive.model.row import Aliases, Note, PartialDate, Quantity, Row, Text, YesNo, figure
from deepdive.model.vocabulary import NetworkProtocol, NetworkRole


class NetworkAdapter(Row):
    """One product. ``bandwidth`` counts one direction: ``ports`` x ``port_rate``."""

    aliases: Aliases = ()
    vendor: Annotated[Text, Field(max_length=40, title="Vendor")]
    role: Annotated[NetworkRole, Field(title="Role")]
    released: Annotated[PartialDate | None, Field(title="Released")] = None
    protocols: Annotated[tuple[NetworkProtocol, ...], Field(min_length=1, title="Protocols")]
    ports: Quantity = figure("Ports", "", "At the port rate; a port of a switch may be split further.")
    port_rate: Quantity = figure("Port rate", "Gb/s")
    bandwidth: Quantity = figure("Bandwidth", "Gb/s", "Of all ports, one direction.")
    host_link: Annotated[Text | None, Field(title="Host link")] = None
    rdma: Annotated[YesNo | None, Field(title="RDMA")] = None
    power_w: Quantity = figure("Power", "W")
    note: Note = None

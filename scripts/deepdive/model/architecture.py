"""``kind: architectures``: generations of GPUs, TPUs and other chips, and what each added."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from deepdive.model.row import AcceleratorId, Aliases, ArchitectureId, Note, Row, Text, Year
from deepdive.model.vocabulary import Availability, ChipLine, ToolkitSupport


class Architecture(Row):
    """One generation. ``compute_capability`` holds NVIDIA's numbers (``8.0``) or AMD's targets (``gfx942``)."""

    aliases: Aliases = ()
    vendor: Annotated[Text, Field(max_length=40, title="Vendor")]
    line: Annotated[ChipLine, Field(title="Line")]
    year: Year
    compute_capability: Annotated[
        tuple[Text, ...],
        Field(title="Compute capability", description="What compilers call it; quoted, since 8.0 is not 8."),
    ] = ()
    process: Annotated[Text | None, Field(title="Process")] = None
    added: Annotated[Text, Field(max_length=240, title="Added for AI")]
    toolkit_support: Annotated[
        ToolkitSupport, Field(title="Toolkit", description="Whether the vendor's current toolkit builds for it.")
    ]
    toolkit_note: Annotated[Text | None, Field(max_length=160, title="Toolkit note")] = None
    devices: Annotated[tuple[AcceleratorId, ...], Field(title="Devices")] = ()
    successor: Annotated[ArchitectureId | None, Field(title="Successor")] = None
    availability: Annotated[Availability, Field(title="Availability")]
    note: Note = None

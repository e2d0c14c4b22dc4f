"""``kind: file_formats``: files that carry models and data, and whether loading one runs its code."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from deepdive.model.row import Address, Advice, Aliases, Note, Row, Text, ToolId, YesNo
from deepdive.model.vocabulary import ExecutesCode


class FileFormat(Row):
    """One format. ``executes_code`` is about loading a file as its usual readers do."""

    aliases: Aliases = ()
    extensions: Annotated[tuple[Text, ...], Field(min_length=1, title="Extensions")]
    purpose: Annotated[Text, Field(max_length=160, title="Purpose")]
    executes_code: Annotated[ExecutesCode, Field(title="Runs code on load", description="Quoted: 'no' or 'yes'.")]
    memory_mappable: Annotated[YesNo | None, Field(title="Memory-mappable")] = None
    readers: Annotated[tuple[ToolId, ...], Field(title="Readers")] = ()
    writers: Annotated[tuple[ToolId, ...], Field(title="Writers")] = ()
    specification: Annotated[Address | None, Field(title="Specification")] = None
    use_when: Annotated[Advice | None, Field(title="Use it when")] = None
    avoid_when: Annotated[Advice | None, Field(title="Avoid it when")] = None
    note: Note = None

"""A body read and unpacked within limits, whatever the server goes on to send."""

from __future__ import annotations

import zlib
from typing import Protocol

_CHUNK = 16 * 1024


class Stream(Protocol):
    """The part of aiohttp's StreamReader that is used."""

    async def read(self, n: int = -1) -> bytes:
        """The next bytes, at most ``n``; none at the end."""


class Damaged(ValueError):
    """The body is not what its Content-Encoding says."""


class Unpacker:
    """gzip or deflate, never more than ``limit`` bytes of it."""

    def __init__(self, encoding: str, limit: int) -> None:
        self.encoding, self.limit = encoding, limit
        self.out = bytearray()
        self._inflate = zlib.decompressobj(31 if encoding in ("gzip", "x-gzip") else 15) if encoding else None
        self._begun = False

    @property
    def full(self) -> bool:
        """Whether the limit is reached."""
        return len(self.out) >= self.limit

    @property
    def ended(self) -> bool:
        """Whether the packed stream came to its proper end."""
        return self._inflate is None or self._inflate.eof

    def feed(self, data: bytes) -> None:
        """Take some more bytes. Raises Damaged."""
        room = self.limit - len(self.out)
        if self._inflate is None:
            self.out += data[:room]
            return
        if room <= 0 or self._inflate.eof:
            return
        try:
            self.out += self._inflate.decompress(data, room)
        except zlib.error:
            self._second_reading(data, room)
        self._begun = True

    def _second_reading(self, data: bytes, room: int) -> None:
        # "deflate" is sent with and without its zlib header; browsers take both.
        if self.encoding != "deflate" or self._begun:
            raise Damaged("the compressed body is damaged")
        self._inflate = zlib.decompressobj(-15)
        try:
            self.out += self._inflate.decompress(data, room)
        except zlib.error:
            raise Damaged("the compressed body is damaged") from None


async def read_body(stream: Stream, unpacker: Unpacker, wire_limit: int) -> bool:
    """Read until the end or a limit; whether the end was reached. Raises Damaged.

    What was unpacked stays in ``unpacker.out`` also when reading is cut off from outside.
    """
    taken = 0
    while taken < wire_limit and not unpacker.full:
        data = await stream.read(min(_CHUNK, wire_limit - taken))
        if not data:
            if not unpacker.ended and (taken or unpacker.out):
                raise Damaged("the compressed body is cut off")
            return True
        taken += len(data)
        unpacker.feed(data)
    return False

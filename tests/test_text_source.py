"""Which characters a file must not hold."""

from __future__ import annotations

import sys

from deepdive.text_source import _SURROGATE, CONTROL, INVISIBLE


def test_every_strange_character_is_one_that_cannot_be_printed() -> None:
    """So a text that can be printed whole needs no further look."""
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    strange = [*CONTROL.findall(every), *_SURROGATE.findall(every), *INVISIBLE.findall(every), "\u200c", "\u200d"]
    assert len(strange) > 2000
    assert [one for one in strange if one.isprintable()] == []

"""Bytes to text: UTF-8 without characters that a reviewer cannot see."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from deepdive.diagnostic import Diagnostic, Location, error, warning

MAX_BYTES = 256 * 1024

# Bidirectional overrides and zero-width characters make a reviewer read other text than a machine.
# (Joiners are part of emoji and of several scripts: only beside ASCII are they suspect.)
INVISIBLE = re.compile(
    "[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
    "|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def decode(raw: bytes, path: str, limit: int | None = MAX_BYTES) -> tuple[str, list[Diagnostic]]:
    """UTF-8 text of ``raw`` and what is wrong with it. The text is empty when it cannot be read."""
    if limit is not None and len(raw) > limit:
        message = f"the file has {len(raw):,} bytes; the limit is {limit:,}."
        return "", [error("file-too-large", message, Location(path), "split the table into two.")]
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        fix = "save the file as UTF-8."
        return "", [error("not-utf8", "the file is UTF-16.", Location(path), fix)]
    found: list[Diagnostic] = []
    if raw.startswith(b"\xef\xbb\xbf"):
        raw = raw[3:]
        fix = "save the file as UTF-8 without a byte order mark."
        found.append(warning("byte-order-mark", "the file starts with a byte order mark.", Location(path), fix))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as broken:
        before = raw[: broken.start]
        line = before.count(b"\n") + 1
        column = len(before.rsplit(b"\n", 1)[-1].decode("utf-8", "replace")) + 1
        message = f"byte 0x{raw[broken.start]:02x} is not UTF-8."
        found.append(error("not-utf8", message, Location(path, line, column), "save the file as UTF-8."))
        return "", found
    found.extend(_strange_characters(text, path))
    return text, found


def _strange_characters(text: str, path: str) -> Iterator[Diagnostic]:
    if text.replace("\n", "").isprintable():
        return  # nearly every file, told at once
    for found in CONTROL.finditer(text):
        yield error("control-character", f"control character {_name(found)}.", _place(text, found, path), "delete it.")
    for found in INVISIBLE.finditer(text):
        yield error(
            "invisible-character", f"invisible character {_name(found)}.", _place(text, found, path), "delete it."
        )


def _name(found: re.Match[str]) -> str:
    return f"U+{ord(found.group()):04X} ({unicodedata.name(found.group(), 'no name')})"


def _place(text: str, found: re.Match[str], path: str) -> Location:
    line_start = text.rfind("\n", 0, found.start()) + 1
    return Location(path, text.count("\n", 0, found.start()) + 1, found.start() - line_start + 1)


def is_strange(text: str) -> bool:
    """Whether ``text`` holds a control, invisible or half character."""
    if text.isprintable():
        return False  # nearly all text, told at once
    return bool(_SURROGATE.search(text) or CONTROL.search(text) or INVISIBLE.search(text))


def without_strange(text: str) -> str:
    """``text`` without such characters, so that what follows can be read all the same."""
    return _SURROGATE.sub("", CONTROL.sub("", INVISIBLE.sub("", text)))

"""Unquoted scalars: plain numbers, true, false, null and dates; what YAML 1.1 reads in a surprising way is refused."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Any

import yaml

_RESOLVER = yaml.resolver.Resolver()
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}$")
_PLAIN_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)$")
_PLAIN_FLOAT = re.compile(r"[-+]?([0-9]+\.[0-9]+([eE][-+]?[0-9]+)?|[0-9]+[eE][-+]?[0-9]+)$")
_LEADING_ZERO = re.compile(r"[-+]?0[0-9_]+$")
_DECIMAL_COMMA = re.compile(r"[0-9]\s*,\s*$")
_TYPES = {bool: "a boolean", int: "a number", float: "a number", datetime.date: "a date"}
_READ_AS = {"int": "a number in another base", "float": "a special number", "timestamp": "a time"}


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a scalar is refused."""

    code: str
    message: str
    fix: str | None = None


def plain_value(text: str) -> tuple[Any, Fault | None]:
    """The value of an unquoted scalar, and what is wrong with its spelling; then the value is the text."""
    if text[:1] not in _RESOLVER.yaml_implicit_resolvers:
        return text, None  # no reading but text begins with this character
    tag = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False)).rpartition(":")[2]
    if tag == "null":
        return None, None
    if tag == "bool":
        if text in ("true", "false"):
            return text == "true", None
        return text, Fault("ambiguous-scalar", f"YAML reads {text} as a boolean.", f'quote it: "{text}".')
    if tag == "timestamp" and _ISO_DATE.match(text):
        try:
            return datetime.date.fromisoformat(text), None
        except ValueError:
            return text, Fault("impossible-date", f"{text} is not a date.")
    if tag == "int" and _PLAIN_INT.match(text):
        return int(text), None
    if _PLAIN_FLOAT.match(text):
        return float(text), None
    if _LEADING_ZERO.match(text):
        # Octal in one edition of YAML, decimal in another, text where an 8 or 9 follows.
        return text, Fault("ambiguous-scalar", f"{text} is read differently by every parser.", f'quote it: "{text}".')
    if tag in _READ_AS:
        fix = f'quote it ("{text}"), or write a plain decimal number.'
        return text, Fault("ambiguous-scalar", f"YAML reads {text} as {_READ_AS[tag]}.", fix)
    return text, None


def key_fault(text: str, key: Any, before: str) -> Fault:
    """Why a key that is no string is refused; ``before`` is what stands before it in its line."""
    word = "null" if key is None else _TYPES.get(type(key), "something else")
    message = f"key {text!r} is read as {word}; a key must be a string."
    if type(key) in (int, float) and _DECIMAL_COMMA.search(before):
        return Fault("yaml-key", message, "within {…} a comma ends a value: write 1.5 for 1,5 and 1000 for 1,000.")
    return Fault("yaml-key", message, f"quote it: '{text}'.")

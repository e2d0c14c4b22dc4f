"""The package's own Jinja environment: autoescape on, undefined names fail."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from deepdive.model.measure import beyond_plain, scientific


def number(value: float) -> str:
    """A number as readers see it: thousands separated from 10,000 on, no trailing zeros, 3.39 × 10³⁸ when huge."""
    if beyond_plain(value):
        return scientific(value).replace(" ", "\u00a0")
    if isinstance(value, int) or value == int(value):
        whole = int(value)
        return f"{whole:,}" if abs(whole) >= 10_000 else str(whole)
    text = f"{value:.10g}"
    if abs(value) < 10_000 or "e" in text:
        return text
    whole_part, _, fraction = text.partition(".")
    return f"{int(whole_part):,}.{fraction}"


def day(value: datetime.date) -> str:
    """An ISO date."""
    return value.isoformat()


def host(url: str) -> str:
    """The host of an address without ``www.``."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def environment() -> Environment:
    """A fresh environment over ``render/templates``."""
    env = Environment(
        loader=PackageLoader("deepdive.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(number=number, day=day, host=host)
    return env


_ENVIRONMENT = environment()


def render(template: str, **names: Any) -> str:
    """The template filled in."""
    return _ENVIRONMENT.get_template(template).render(**names)

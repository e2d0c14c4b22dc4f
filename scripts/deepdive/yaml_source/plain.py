"""Data without places, for texts that were judged when they were written."""

from __future__ import annotations

from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def plain_data(text: str) -> Any:
    """The data of an old commit of a table; None when it cannot be read. Pass no text that nobody judged."""
    try:
        return yaml.load(text, Loader=_LOADER)  # noqa: S506  # a safe loader
    except (yaml.YAMLError, ValueError, RecursionError):
        return None

"""The day everything is judged from."""

from __future__ import annotations

import datetime
import os


def today() -> datetime.date:
    """``SOURCE_DATE_EPOCH`` when set (reproducible builds), else today, UTC."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    now = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC) if epoch else datetime.datetime.now(datetime.UTC)
    return now.date()

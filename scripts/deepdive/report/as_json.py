"""JSON for other programs: ``{"diagnostics": […]}``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from deepdive.diagnostic import Diagnostic


def report(diagnostics: Sequence[Diagnostic]) -> str:
    """All findings; paths are relative to the folder of the configuration file."""
    return json.dumps({"diagnostics": [_plain(found) for found in diagnostics]}, indent=2, ensure_ascii=False) + "\n"


def _plain(found: Diagnostic) -> dict[str, Any]:
    return {
        "severity": found.severity.label,
        "code": found.code,
        "message": found.message,
        "fix": found.fix,
        "location": {
            "path": found.location.path,
            "line": found.location.line,
            "column": found.location.column,
        },
    }

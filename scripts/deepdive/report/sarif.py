"""SARIF 2.1.0, for code scanning and editors."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from deepdive.diagnostic import Diagnostic

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def report(diagnostics: Sequence[Diagnostic]) -> str:
    """One run with one rule a code."""
    codes = sorted({found.code for found in diagnostics})
    run = {
        "tool": {"driver": {"name": "deepdive", "rules": [{"id": code, "name": code} for code in codes]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(found, codes.index(found.code)) for found in diagnostics],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _result(found: Diagnostic, rule: int) -> dict[str, Any]:
    message = found.message + (f" Fix: {found.fix}" if found.fix else "")
    place = found.location
    return {
        "ruleId": found.code,
        "ruleIndex": rule,
        "level": found.severity.label,
        "message": {"text": message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(place.path)},
                    "region": {"startLine": place.line, "startColumn": place.column},
                }
            }
        ],
    }

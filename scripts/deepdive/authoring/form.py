"""The body of an issue form as answers. It is untrusted text: read, bounded, never interpreted."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from deepdive.model.tool import Tool
from deepdive.text_source import without_strange
from deepdive.yaml_source import read

MAX_BODY = 16 * 1024
MAX_ANSWER = 1024
MAX_LINES = 8 * 1024

# The heading an issue form prints above each answer, and the field it fills.
HEADINGS: Mapping[str, str] = {
    "table": "table",
    "name": "name",
    "summary": "summary",
    "category": "category",
    "type": "type",
    "homepage": "homepage",
    "repository": "repo",
    "documentation": "docs",
    "openness": "openness",
    "licence": "license",
    "owner": "owner",
    "status": "status",
    "use it when": "use_when",
    "avoid it when": "avoid_when",
    "sources": "sources",
}
LISTS = frozenset({"use_when", "avoid_when", "sources"})
# The heading below which fields that have no question of their own stand as lines of YAML.
FURTHER = "further fields"
_FURTHER_FIELDS = frozenset(Tool.model_fields) - frozenset(HEADINGS.values()) - {"reviewed"} | {"status"}
_EMPTY = frozenset({"", "_no response_", "none", "n/a"})
_HEADING = re.compile(r"^### (.+?)\s*$", re.M)
_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,47}")
_FENCED = re.compile(r"(`{3,})(?:ya?ml)?[ \t]*\n(.*?)\n?\1", re.S)


class BadForm(ValueError):
    """The text is not a filled-in form; the message says why."""


def read_form(body: str) -> dict[str, Any]:
    """The answers by field; list fields have one entry a line.

    Raises BadForm for a body that is too large, holds invisible or control characters, or is no form.
    """
    if len(body.encode("utf-8", "replace")) > MAX_BODY:
        raise BadForm(f"the text is longer than {MAX_BODY // 1024} KiB.")
    text = body.replace("\r\n", "\n").replace("\r", "\n")
    if without_strange(text) != text:
        raise BadForm("the text holds control or invisible characters.")
    parts = _HEADING.split(text)
    answers: dict[str, Any] = {}
    further: dict[str, Any] | None = None
    for heading, answer in zip(parts[1::2], parts[2::2], strict=True):
        if heading.casefold() == FURTHER:
            if further is not None:
                raise BadForm(f"'{heading}' stands twice.")
            further = _further(_answer(answer))
            continue
        field = HEADINGS.get(heading.casefold())
        if field is None:
            continue  # a heading of the form that fills no field, or one that its author wrote
        if field in answers:
            raise BadForm(f"'{heading}' stands twice.")
        value = _answer(answer)
        limit = MAX_LINES if field in LISTS else MAX_ANSWER
        if len(value) > limit:
            raise BadForm(f"the answer to '{heading}' has more than {limit} characters.")
        if field in LISTS:
            lines = [line.strip().removeprefix("- ").strip() for line in value.splitlines()]
            answers[field] = [line for line in lines if line]
        elif value:
            answers[field] = " ".join(value.split())
    if not answers.get("table") or not answers.get("name"):
        raise BadForm("the form names no table or no tool.")
    if further and "status" in further and "status" in answers:
        raise BadForm("the status stands twice.")
    return {**answers, **(further or {})}


def _further(answer: str) -> dict[str, Any]:
    """Lines of YAML as fields: known names, plain values and lists of them, nothing nested."""
    if not answer:
        return {}
    if len(answer) > MAX_LINES:
        raise BadForm(f"the further fields have more than {MAX_LINES} characters.")
    fenced = _FENCED.fullmatch(answer)
    document = read(fenced[2] if fenced else answer, "Further fields")
    if document.diagnostics:
        raise BadForm(f"the further fields cannot be read: {document.diagnostics[0].message}")
    if document.data is None:
        return {}
    if not isinstance(document.data, dict):
        raise BadForm("the further fields are not lines such as 'languages: [Python]'.")
    for name, value in document.data.items():
        if name not in _FURTHER_FIELDS:
            raise BadForm(f"'{name[:40]}' is no further field; there are {', '.join(sorted(_FURTHER_FIELDS))}.")
        entries = value if isinstance(value, list) else [value]
        if not all(isinstance(one, str | int | datetime.date) for one in entries):
            raise BadForm(f"the value of '{name}' is neither a text, a date nor a list of them.")
    chosen = document.data.get("id")
    if chosen is not None and not (isinstance(chosen, str) and _ID.fullmatch(chosen)):
        raise BadForm("the id is not 2 to 48 lower-case letters, digits and hyphens.")
    return document.data


def _answer(text: str) -> str:
    value = text.strip()
    return "" if value.casefold() in _EMPTY else value

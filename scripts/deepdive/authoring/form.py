"""The body of an issue form as answers. It is untrusted text: read, bounded, never interpreted."""

from __future__ import annotations

import re
from collections.abc import Mapping

from deepdive.text_source import without_strange

MAX_BODY = 16 * 1024
MAX_ANSWER = 1024

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
_EMPTY = frozenset({"", "_no response_", "none", "n/a"})
_HEADING = re.compile(r"^### (.+?)\s*$", re.M)


class BadForm(ValueError):
    """The text is not a filled-in form; the message says why."""


def read_form(body: str) -> dict[str, str | list[str]]:
    """The answers by field; list fields have one entry a line.

    Raises BadForm for a body that is too large, holds invisible or control characters, or is no form.
    """
    if len(body.encode("utf-8", "replace")) > MAX_BODY:
        raise BadForm(f"the text is longer than {MAX_BODY // 1024} KiB.")
    text = body.replace("\r\n", "\n").replace("\r", "\n")
    if without_strange(text) != text:
        raise BadForm("the text holds control or invisible characters.")
    parts = _HEADING.split(text)
    answers: dict[str, str | list[str]] = {}
    for heading, answer in zip(parts[1::2], parts[2::2], strict=True):
        field = HEADINGS.get(heading.casefold())
        if field is None:
            continue  # a heading of the form that fills no field, or one that its author wrote
        if field in answers:
            raise BadForm(f"'{heading}' stands twice.")
        value = _answer(answer)
        if len(value) > MAX_ANSWER:
            raise BadForm(f"the answer to '{heading}' has more than {MAX_ANSWER} characters.")
        if field in LISTS:
            lines = [line.strip().removeprefix("- ").strip() for line in value.splitlines()]
            answers[field] = [line for line in lines if line]
        elif value:
            answers[field] = " ".join(value.split())
    if not answers.get("table") or not answers.get("name"):
        raise BadForm("the form names no table or no tool.")
    return answers


def _answer(text: str) -> str:
    value = text.strip()
    return "" if value.casefold() in _EMPTY else value

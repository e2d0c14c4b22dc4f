"""The questions of `make new`, in the order in which a contributor knows the answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, get_args

from deepdive.load.faults import did_you_mean
from deepdive.model.catalog import Catalog
from deepdive.model.vocabulary import LAYERS, Openness, ToolType

Ask = Callable[[str], str]
Say = Callable[[str], object]


def ask(catalog: Catalog, question: Ask, say: Say) -> dict[str, Any]:
    """The answers for ``propose``. ``question`` returns what was typed, ``say`` shows a line.

    Raises EOFError when the terminal ends.
    """
    tables = {table.id: table for table in catalog.tables if table.kind == "tools"}
    layers = [layer for layer in LAYERS if any(table.layer == layer for table in tables.values())]
    layer = _choice("Layer", layers, question, say)
    mine = [name for name, table in tables.items() if table.layer == layer]
    answers: dict[str, Any] = {"table": _choice("Table", mine, question, say)}
    answers["name"] = _text("Name, as its makers write it", question, say)
    same = [tool.id for tool in catalog.tools.values() if tool.name.casefold() == answers["name"].casefold()]
    if same:
        say(f"There is a tool of that name already: {same[0]}.")
    answers["summary"] = _text("Summary: one neutral sentence, 20 to 160 characters", question, say)
    categories = [one.id for one in catalog.categories.values() if one.layer == layer]
    answers["category"] = _choice("Category", categories, question, say)
    answers["type"] = _choice("Type", get_args(ToolType), question, say)
    for field, title in (
        ("homepage", "Homepage (https://…)"),
        ("repo", "Repository (github:owner/name)"),
        ("docs", "Documentation (https://…)"),
    ):
        answers[field] = question(f"{title}, or nothing: ").strip()
    answers["openness"] = _choice("Openness", get_args(Openness), question, say)
    answers["license"] = _text(
        "Licence (SPDX, such as Apache-2.0; vendor terms: LicenseRef-proprietary)", question, say
    )
    answers["owner"] = _text("Owner: company or body", question, say)
    answers["use_when"] = _several("Use it when", question)
    answers["avoid_when"] = _several("Avoid it when", question)
    answers["sources"] = _several("Source you opened (https://…)", question)
    return answers


def _text(title: str, question: Ask, say: Say) -> str:
    while not (answer := question(f"{title}: ").strip()):
        say("This one is needed.")
    return answer


def _choice(title: str, options: Iterable[str], question: Ask, say: Say) -> str:
    """One of ``options``; a part that only one of them holds is enough. The list is shown once."""
    known = list(options)
    say(f"{title}: {', '.join(known)}")
    while (answer := question(f"{title}: ").strip()) not in known:
        near = [one for one in known if answer and answer.casefold() in one.casefold()]
        if len(near) == 1:
            return near[0]
        several = f"'{answer}' could be {', '.join(near)}." if near else f"'{answer}' is none of them."
        say(f"{several} {did_you_mean(answer, known) or 'A part of the name is enough.'}")
    return answer


def _several(title: str, question: Ask) -> list[str]:
    answers: list[str] = []
    while len(answers) < 3 and (answer := question(f"{title} ({len(answers) + 1} of at most 3): ").strip()):
        answers.append(answer)
    return answers

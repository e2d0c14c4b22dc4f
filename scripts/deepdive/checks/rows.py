"""Rules between the fields of one row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from deepdive.diagnostic import Diagnostic, error, warning
from deepdive.load.corpus import Corpus
from deepdive.model.course import Course
from deepdive.model.licence import is_osi_approved
from deepdive.model.paper import Paper
from deepdive.model.row import Row
from deepdive.model.tool import Tool

SUPERLATIVE = re.compile(
    r"\b(best|fastest|easiest|simplest|leading|most popular|state-of-the-art|cutting-edge|blazing|lightning|"
    r"powerful|seamless|seamlessly|effortless|effortlessly|revolutionary|world-class|unparalleled|robust|ultimate)\b",
    re.I,
)


# Fields of which a row has one at least: so that a reader gets to it, or knows whose it is.
_ONE_OF: Mapping[type[Row], tuple[str, ...]] = {
    Tool: ("homepage", "repo", "docs"),
    Paper: ("arxiv", "doi", "url"),
    Course: ("authors", "owner"),
}


def one_of_several_is_there(corpus: Corpus) -> Iterator[Diagnostic]:
    """A tool and a work can be reached, a course has a maker."""
    for shape, names in _ONE_OF.items():
        for table, position, row in corpus.rows_of(shape):
            if not any(getattr(row, name) for name in names):
                yield error(
                    "missing-field",
                    f"{row.id}: {', '.join(names[:-1])} or {names[-1]} is missing.",
                    corpus.locate(table, position),
                    "add one of them.",
                )


def open_source_is_approved(corpus: Corpus) -> Iterator[Diagnostic]:
    """Only an OSI-approved licence is called open source."""
    for table, position, row in corpus.rows_of(Tool):
        if row.openness == "open-source" and not is_osi_approved(row.license):
            place = corpus.locate(table, position, "license")
            yield error(
                "licence-not-open",
                f"{row.id}: '{row.license}' is not an OSI-approved licence.",
                place,
                "write openness: source-available (or open-core, open-weights, proprietary).",
            )


def summary_is_a_sentence(corpus: Corpus) -> Iterator[Diagnostic]:
    """One neutral sentence that ends with a full stop."""
    for table, position, row in corpus.rows_of(Tool):
        if not row.summary.endswith("."):
            place = corpus.locate(table, position, "summary")
            yield error("summary-style", f"{row.id}: the summary does not end with a full stop.", place, "add it.")
        if found := SUPERLATIVE.search(row.summary):
            yield warning(
                "superlative",
                f"{row.id}: '{found.group()}' praises; the summary says what it is.",
                corpus.locate(table, position, "summary"),
                "say what it does instead.",
            )


def papers_are_unique(corpus: Corpus) -> Iterator[Diagnostic]:
    """A work, told by its arXiv number or DOI, stands once."""
    seen: dict[str, str] = {}
    for table, position, row in corpus.rows_of(Paper):
        for name in (row.arxiv, row.doi and row.doi.casefold()):
            if name and name in seen:
                yield error(
                    "duplicate-source",
                    f"{row.id} is the same work as '{seen[name]}' ({name}).",
                    corpus.locate(table, position, "id"),
                    "keep one row.",
                )
            if name:
                seen[name] = row.id

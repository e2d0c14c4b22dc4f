"""Whether prose says what the tables say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deepdive.diagnostic import Diagnostic, Edit, error
from deepdive.load.corpus import Corpus
from deepdive.load.faults import did_you_mean
from deepdive.model import facts
from deepdive.model.measure import agrees, spelled

_LOOK_UP = {"tool": facts.tool, "term": facts.term, "paper": facts.paper, "fact": facts.fact}


def references_resolve(corpus: Corpus) -> Iterator[Diagnostic]:
    """``tool: term: fact: paper:`` lead to a row or figure that exists."""
    for path, ones in corpus.references.items():
        page = corpus.pages[path]
        for one in ones:
            row = one.target.partition(".")[0] if one.scheme == "fact" else one.target
            if (one.scheme, row) in corpus.catalog.refused:
                continue  # the row's own faults are reported where they stand
            try:
                _LOOK_UP[one.scheme](one.target, corpus.catalog)
            except facts.Unresolved as problem:
                word = (
                    one.target.partition(".")[0]
                    if one.scheme == "fact" and one.target not in problem.known
                    else one.target
                )
                near = did_you_mean(word, problem.known) or did_you_mean(one.target.partition(".")[2], problem.known)
                yield error("unknown-reference", f"{one.scheme}:{one.target}: {problem}", page.locate(one.start), near)


def facts_agree(corpus: Corpus) -> Iterator[Diagnostic]:
    """The text of a ``fact:`` link is the table's value in the field's unit."""
    for path, ones in corpus.references.items():
        page = corpus.pages[path]
        for one in ones:
            if one.scheme != "fact" or one.text is None:
                continue
            try:
                figure, unit = facts.fact(one.target, corpus.catalog)
            except facts.Unresolved:
                continue
            value = figure.value or 0
            if not agrees(one.text, value, unit):
                right = spelled(value, unit)
                edit = Edit(page.shown, one.text_start, one.text_end, right) if one.inline else None
                yield error(
                    "fact-disagrees",
                    f"the text says '{one.text}', the table says {right} ({one.target}).",
                    page.locate(one.text_start),
                    f"write [{right}](fact:{one.target}){' (--fix does)' if edit else ''}.",
                    edit,
                )


def citations_agree(corpus: Corpus) -> Iterator[Diagnostic]:
    """The text of a ``paper:`` link names the first author and the year of the work."""
    for path, ones in corpus.references.items():
        page = corpus.pages[path]
        for one in ones:
            work = corpus.catalog.papers.get(one.target)
            if one.scheme != "paper" or one.text is None or work is None:
                continue
            years = re.findall(r"\b(?:1[89]|20)\d\d\b", one.text)
            family = work.families[0]
            if str(work.year) not in years or family.casefold() not in one.text.casefold():
                edit = Edit(page.shown, one.text_start, one.text_end, work.citation) if one.inline else None
                yield error(
                    "citation-disagrees",
                    f"the text says '{one.text}'; the work is {work.citation}.",
                    page.locate(one.text_start),
                    f"write [{work.citation}](paper:{one.target}){' (--fix does)' if edit else ''}.",
                    edit,
                )

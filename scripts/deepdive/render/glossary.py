"""The glossary: every term under its letter, with an anchor of its own."""

from __future__ import annotations

from itertools import groupby

from deepdive.model.catalog import Catalog
from deepdive.model.places import GLOSSARY, target
from deepdive.model.row import Source
from deepdive.model.term import Term
from deepdive.render.environment import render


def render_glossary(catalog: Catalog) -> str:
    """All terms in alphabetical order (case folded, digits and signs under ``0–9``, first)."""
    pairs = [(row, table.layer) for table, row in catalog.rows("terms") if isinstance(row, Term)]
    ordered = sorted(pairs, key=lambda pair: (_letter(pair[0].name), pair[0].name.casefold()))
    letters = [
        (letter, [_entry(term, layer, catalog) for term, layer in group])
        for letter, group in groupby(ordered, key=lambda pair: _letter(pair[0].name))
    ]
    return render("glossary.html", letters=letters, count=len(ordered))


def _letter(name: str) -> str:
    first = name.lstrip("(\"'")[:1].upper()
    return first if first.isascii() and first.isalpha() else "0–9"


def _entry(term: Term, layer: str, catalog: Catalog) -> dict[str, object]:
    see = [(target(GLOSSARY, one), catalog.terms[one].name) for one in term.see_also if one in catalog.terms]
    sources = []
    for number, source in enumerate(term.sources, 1):
        if isinstance(source, Source):
            sources.append((source.url, str(number), source.title or source.url))
        elif (paper := catalog.papers.get(source.partition(":")[2])) is not None:
            sources.append((paper.address, paper.citation, paper.name))
    return {"term": term, "layer": layer, "see": see, "sources": sources}

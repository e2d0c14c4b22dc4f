"""The glossary as linked data (schema.org), for search engines and other programs."""

from __future__ import annotations

from deepdive.model.catalog import Catalog


def defined_terms(catalog: Catalog, page: str) -> list[dict[str, object]]:
    """One DefinedTerm a term; ``page`` is the glossary's address."""
    return [
        {
            "@type": "DefinedTerm",
            "@id": f"{page}#{term.id}",
            "name": term.name,
            "alternateName": [*term.aliases, *([term.expansion] if term.expansion else [])],
            "description": term.definition,
        }
        for term in sorted(catalog.terms.values(), key=lambda one: one.name.casefold())
    ]

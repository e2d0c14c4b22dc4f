"""Tools and the glossary as linked data (schema.org), for search engines and other programs."""

from __future__ import annotations

from deepdive.model.catalog import Catalog
from deepdive.model.tool import Tool


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


def linked_tool(catalog: Catalog, name: str, page: str) -> dict[str, object]:
    """A tool at the address ``page``; what its row does not record is left out."""
    tool = catalog.tools[name]
    known: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": _type(tool),
        "@id": page,
        "name": tool.name,
        "description": tool.summary,
        "alternateName": list(tool.aliases),
        "url": tool.homepage or tool.repo_url or tool.docs,
        "codeRepository": tool.repo_url,
        "programmingLanguage": list(tool.languages),
    }
    if tool.type == "device":
        known["manufacturer"] = {"@type": "Organization", "name": tool.owner}
    else:
        known["author"] = {"@type": "Organization", "name": tool.owner}
        known["creativeWorkStatus"] = tool.status
        known["license"] = tool.license
    return {field: value for field, value in known.items() if value}


def _type(tool: Tool) -> str:
    if tool.type == "device":
        return "Product"
    return "SoftwareSourceCode" if tool.repo else "SoftwareApplication"

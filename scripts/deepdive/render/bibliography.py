"""The list of references at the foot of a page: cited papers first, then the page's own sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from deepdive.model.catalog import Catalog
from deepdive.model.paper import Paper
from deepdive.render.environment import render


def render_bibliography(cited: Sequence[str], sources: Sequence[Any], catalog: Catalog) -> str:
    """``<ol>`` of references; empty when there is nothing to list."""
    papers = [catalog.papers[name] for name in cited if name in catalog.papers]
    others = [source for source in sources if isinstance(source, dict) and source.get("url")]
    if not papers and not others:
        return ""
    return render("bibliography.html", papers=[_entry(paper) for paper in papers], others=others)


def _entry(paper: Paper) -> dict[str, str]:
    identifier = f"arXiv {paper.arxiv}" if paper.arxiv else f"doi {paper.doi}" if paper.doi else ""
    return {
        "anchor": f"ref-{paper.id}",
        "who": authors(paper),
        "year": str(paper.year),
        "title": paper.name,
        "href": paper.address,
        "venue": "; ".join(part for part in (paper.venue or "", identifier) if part),
    }


def authors(paper: Paper) -> str:
    """Family names, the fourth and later ones as 'et al.'."""
    families = paper.families
    if len(families) > 3 or "et al." in paper.authors:
        return f"{', '.join(families[:3])} et al."
    return " and ".join((", ".join(families[:-1]), families[-1])) if len(families) > 1 else families[0]

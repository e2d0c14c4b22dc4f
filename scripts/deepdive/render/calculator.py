"""The place of a calculator: what it is for, and where its formulas come from. The browser fills it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from deepdive.model.calculators import CALCULATORS
from deepdive.model.places import target
from deepdive.render.environment import render


def render_calculator(
    name: str, page: str, moved: Mapping[str, str] | None = None, pages: Collection[str] | None = None
) -> str:
    """HTML of a calculator on ``page``. Raises KeyError for a name that is none.

    The page that derives its formulas is followed through ``moved`` (redirects, old path to new one), so that
    whoever renames a page need not know who names it; it is not named when it is none of ``pages``.
    """
    known = CALCULATORS[name]
    derived, _, anchor = (moved or {}).get(known.page, known.page).partition("#")
    there = derived != page and (pages is None or derived in pages)
    origin = target(derived, anchor) if there else None
    return render("calculator.html", name=name, title=known.title, about=known.about, origin=origin)

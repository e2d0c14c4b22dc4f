"""The place of a calculator: what it is for, and where its formulas come from. The browser fills it."""

from __future__ import annotations

from deepdive.model.calculators import CALCULATORS
from deepdive.model.places import target
from deepdive.render.environment import render


def render_calculator(name: str, page: str) -> str:
    """HTML of a calculator on ``page``. Raises KeyError for a name that is none."""
    known = CALCULATORS[name]
    origin = None if known.page == page else target(known.page)
    return render("calculator.html", name=name, title=known.title, about=known.about, origin=origin)

"""``kind: papers``: what the site cites."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import quote

from pydantic import AfterValidator, Field

from deepdive.model.row import Address, AnySource, Row, Text, Year, fault
from deepdive.model.vocabulary import PaperType

_ARXIV = re.compile(r"\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?/\d{7}")
# Older identifiers hold angle brackets, which no address may.
_IN_ADDRESS = "/():;.,-_"
_DOI = re.compile(r"10\.\d{4,9}/\S+")


def _arxiv(value: str) -> str:
    if not _ARXIV.fullmatch(value):
        raise fault(
            "bad-identifier", f"'{value}' is not an arXiv identifier.", "write the bare number, quoted: '2203.15556'."
        )
    return value


def _doi(value: str) -> str:
    if not _DOI.fullmatch(value):
        raise fault("bad-identifier", f"'{value}' is not a DOI.", "write 10.… without the resolver's address.")
    return value


class Paper(Row):
    """One work: a paper, report, standard or book. ``name`` is its exact title."""

    authors: Annotated[
        tuple[Text, ...],
        Field(
            min_length=1,
            title="Authors",
            description="Family, Given; a body without a comma; 'et al.' may end the list.",
        ),
    ]
    year: Year
    venue: Annotated[Text | None, Field(title="Venue")] = None
    type: Annotated[PaperType, Field(title="Type")] = "paper"
    arxiv: Annotated[str, AfterValidator(_arxiv), Field(title="arXiv")] | None = None
    doi: Annotated[str, AfterValidator(_doi), Field(title="DOI")] | None = None
    url: Annotated[Address | None, Field(title="Address")] = None
    result: Annotated[Text, Field(max_length=240, title="Result")]
    sources: Annotated[tuple[AnySource, ...], Field(title="Sources")] = ()

    @property
    def address(self) -> str:
        """The address readers are sent to: the work's own page, else DOI, else arXiv."""
        if self.url:
            return self.url
        return (
            f"https://arxiv.org/abs/{self.arxiv}"
            if self.arxiv
            else f"https://doi.org/{quote(str(self.doi), safe=_IN_ADDRESS)}"
        )

    @property
    def families(self) -> tuple[str, ...]:
        """Family names in order, without a closing 'et al.'."""
        return tuple(name.partition(",")[0] for name in self.authors if name != "et al.")

    @property
    def citation(self) -> str:
        """How prose cites the work: ``Family et al., 2022``."""
        families = self.families
        many = len(families) > 2 or "et al." in self.authors
        return f"{f'{families[0]} et al.' if many else ' and '.join(families)}, {self.year}"

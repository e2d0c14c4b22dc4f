"""What readers type who need a page, as its front matter lists it: the search goes by it."""

from __future__ import annotations

from collections.abc import Iterator

from deepdive.diagnostic import Diagnostic, error, warning
from deepdive.load.corpus import Corpus

FEWEST_WORDS, MOST_WORDS = 2, 10
LONGEST = 80


def asked_is_what_readers_type(corpus: Corpus) -> Iterator[Diagnostic]:
    """A page says in ``asked`` what its readers type: a list of short texts, each on one page alone."""
    first: dict[str, str] = {}
    for path, page in sorted(corpus.pages.items()):
        written = page.meta.get("asked")
        if written is None or page.front is None:
            continue
        if not isinstance(written, list):
            place = page.front.locate("asked")
            yield error("asked", "asked must be a list.", place, 'write ["how much memory", …].')
            continue
        for index, text in enumerate(written):
            place = page.front.locate("asked", index)
            if not isinstance(text, str):
                yield error("asked", f"'{text}' is not a text.", place, "put it in quotation marks.")
                continue
            words = " ".join(text.casefold().split())
            if not FEWEST_WORDS <= len(words.split()) <= MOST_WORDS or len(text) > LONGEST:
                yield warning(
                    "asked",
                    f"'{text}' is not what somebody types into a search: {FEWEST_WORDS} to {MOST_WORDS} words are.",
                    place,
                    "write it as a reader would.",
                )
            if words in first:
                message = f"'{text}' stands in '{first[words]}' as well: a search cannot tell which page is meant."
                yield error("asked", message, place, "leave it to the page that answers it better.")
            first.setdefault(words, path)

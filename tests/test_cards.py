"""Cards for shared links: a whole picture of the right size, the colours of the site, the same bytes for the same words."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image

from deepdive.export import cards
from deepdive.model.vocabulary import LAYERS

STYLES = Path(__file__).resolve().parents[1] / "overrides/assets/stylesheets/site.css"


def test_the_colours_are_those_of_the_dark_scheme() -> None:
    dark = STYLES.read_text("utf-8").split('[data-md-color-scheme="slate"]')[1].split("}")[0]
    assert {layer: re.search(rf"--dd-{layer}: (#\w+);", dark)[1] for layer in LAYERS} == cards.COLOURS  # type: ignore[index]


@pytest.mark.parametrize("question", ["Short?", "word " * 80, "x" * 400, "<b>&amp; ü 漢字", ""])
def test_any_words_give_a_picture(question: str) -> None:
    made = cards.card("Title", question, "serving")
    with Image.open(io.BytesIO(made)) as picture:
        picture.load()
        assert picture.size == cards.SIZE
        assert len(picture.convert("RGB").getcolors(1 << 20) or []) > 3
    assert len(made) < 60_000
    cards.card.cache_clear()
    assert cards.card("Title", question, "serving") == made


def test_words_and_layer_change_the_picture() -> None:
    assert (
        len({cards.card("T", "A?", "serving"), cards.card("T", "B?", "serving"), cards.card("T", "A?", "training")})
        == 3
    )


def test_a_page_without_a_card_of_its_own_has_that_of_its_layer() -> None:
    made = cards.cards({"serving/kv-cache.md": ("KV cache", "Why?")}, lambda path: path.partition("/")[0])
    assert cards.card_path("serving/kv-cache.md", "serving", True) in made
    assert cards.card_path("reference/tools/vllm.md", "serving", False) in made
    assert cards.card_path("reference/ended.md", "reference", False) in made

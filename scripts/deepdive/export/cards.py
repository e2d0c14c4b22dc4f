"""The picture that a link to a page shows in a conversation: its question on the colours of its layer."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable
from functools import cache, partial

from PIL import Image, ImageDraw, ImageFont

from deepdive.export.published import Published
from deepdive.export.search import question_of
from deepdive.model.vocabulary import LAYERS

SIZE = (1200, 630)
_INK, _PAPER, _QUIET = "#ffffff", "#14213d", "#a9b6cf"
# As --dd-<layer> of the dark scheme in overrides/assets/stylesheets/site.css.
COLOURS = {
    "hardware": "#ff9b82", "infrastructure": "#f0b44c", "frameworks": "#9ccb6b",
    "training": "#5cc8d2", "serving": "#8ab4ff", "applications": "#cf9bff",
}  # fmt: skip
_OTHER = "#cdd6e6"
_MARGIN = 80
FOLDER = "assets/cards"


def card_path(site: Published, page: str) -> str:
    """Where the card of a page stands: its own if it was written by hand, else that of its layer."""
    return f"{FOLDER}/{page.removesuffix('.md')}.png" if page in site.corpus.pages else _shared(_layer(site, page))


def cards(site: Published) -> dict[str, Callable[[], bytes]]:
    """Cards by path: of every page written by hand, of every layer, and one for the rest."""
    found: dict[str, Callable[[], bytes]] = {}
    for path in site.corpus.pages:
        found[card_path(site, path)] = partial(_card_of, site, path)
    for layer in (*LAYERS, ""):
        words = "Tools and tables, with sources" if layer else "The AI stack, layer by layer"
        found[_shared(layer)] = partial(card, "AI Stack DeepDive", words, layer)
    return found


def _card_of(site: Published, path: str) -> bytes:
    return card(site.texts[path][0], question_of(site.corpus.pages[path]), _layer(site, path))


def _shared(layer: str) -> str:
    return f"{FOLDER}/{layer if layer in LAYERS else 'site'}.png"


def _layer(site: Published, path: str) -> str:
    """The layer of a page: of the tool it is about, else the folder it stands in."""
    tool = site.catalog.tools.get(path.removeprefix("reference/tools/").removesuffix(".md"))
    return site.catalog.layer_of(tool) if tool and path not in site.corpus.pages else path.partition("/")[0]


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)  # the wheels carry FreeType
    return font


@cache
def card(title: str, question: str, layer: str) -> bytes:
    """A PNG of 1200 by 630 pixels. The same words give the same bytes."""
    image = Image.new("RGB", SIZE, _PAPER)
    draw = ImageDraw.Draw(image)
    colour = COLOURS.get(layer, _OTHER)
    # The stack, with the page's layer lit.
    for place, name in enumerate(reversed(LAYERS)):
        top = 96 + place * 74
        lit = name == layer or layer not in LAYERS
        draw.rectangle((0, top, 34 if lit else 14, top + 64), fill=COLOURS[name] if lit else "#33415f")
    kicker = layer.upper() if layer in LAYERS else "AI STACK"
    draw.text((_MARGIN, 84), kicker, font=_font(30), fill=colour)
    size, lines = _fitted(question or title)
    top = 150
    for line in lines:
        draw.text((_MARGIN, top), line, font=_font(size), fill=_INK)
        top += int(size * 1.22)
    draw.text((_MARGIN, 540), "AI Stack DeepDive", font=_font(34), fill=_QUIET)
    if question and title not in question and layer in LAYERS:
        draw.text((SIZE[0] - _MARGIN, 540), title, font=_font(34), fill=colour, anchor="ra")
    packed = io.BytesIO()
    image.quantize(48, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(packed, "PNG", compress_level=4)
    return packed.getvalue()


def _fitted(text: str) -> tuple[int, list[str]]:
    """The largest size at which the text takes four lines at most, and those lines."""
    for size in (76, 66, 56, 46, 38):
        width = int((SIZE[0] - 2 * _MARGIN) / (size * 0.5))
        lines = textwrap.wrap(text, width) or [""]
        while any(_font(size).getlength(line) > SIZE[0] - 2 * _MARGIN for line in lines) and width > 8:
            width -= 1
            lines = textwrap.wrap(text, width)
        if len(lines) <= 4:
            return size, lines
    return size, [*lines[:3], lines[3].rstrip(" ,;:") + "…"]

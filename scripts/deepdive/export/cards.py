"""The picture that a link to a page shows in a conversation: its question on the colours of its layer."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable
from functools import cache, partial

from PIL import Image, ImageColor, ImageDraw, ImageFont

from deepdive.export.published import Published
from deepdive.export.topics import question_of
from deepdive.model.vocabulary import LAYERS

SIZE = (1200, 630)
_INK, _PAPER, _QUIET, _UNLIT = "#ffffff", "#14213d", "#a9b6cf", "#33415f"
_SHADES = 16
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
    colour = COLOURS.get(layer, _OTHER)
    drawing = _Drawing([_INK, _QUIET, colour], [*COLOURS.values(), _UNLIT])
    # The stack, with the page's layer lit.
    for place, name in enumerate(reversed(LAYERS)):
        top = 96 + place * 74
        lit = name == layer or layer not in LAYERS
        drawing.rectangle((0, top, 34 if lit else 14, top + 64), COLOURS[name] if lit else _UNLIT)
    drawing.text((_MARGIN, 84), layer.upper() if layer in LAYERS else "AI STACK", 30, colour)
    size, lines = _fitted(question or title)
    top = 150
    for line in lines:
        drawing.text((_MARGIN, top), line, size, _INK)
        top += int(size * 1.22)
    drawing.text((_MARGIN, 540), "AI Stack DeepDive", 34, _QUIET)
    if question and title not in question and layer in LAYERS:
        drawing.text((SIZE[0] - _MARGIN, 540), title, 34, colour, anchor="ra")
    return drawing.packed()


class _Drawing:
    """A picture drawn with its palette from the start: reducing one of full colour takes half of the time of a card.

    Each ink has a ramp of shades from the paper to itself, for the soft edges of letters.
    """

    def __init__(self, inks: list[str], fills: list[str]) -> None:
        paper = ImageColor.getrgb(_PAPER)
        self.ramps = {ink: index * _SHADES for index, ink in enumerate(inks)}
        self.fills = {fill: len(inks) * _SHADES + index for index, fill in enumerate(fills)}
        palette: list[int] = []
        for ink in inks:
            for shade in range(_SHADES):
                share = shade / (_SHADES - 1)
                pairs = zip(paper, ImageColor.getrgb(ink), strict=True)
                palette += [round(dark + (light - dark) * share) for dark, light in pairs]
        for fill in fills:
            palette += ImageColor.getrgb(fill)
        self.image = Image.new("P", SIZE)  # the first colour of every ramp is the paper
        self.image.putpalette(palette)
        self.draw = ImageDraw.Draw(self.image)

    def rectangle(self, box: tuple[int, int, int, int], fill: str) -> None:
        self.draw.rectangle(box, fill=self.fills[fill])

    def text(self, place: tuple[int, int], words: str, size: int, ink: str, anchor: str = "la") -> None:
        font = _font(size)
        left, top, right, bottom = (int(edge) for edge in self.draw.textbbox(place, words, font=font, anchor=anchor))
        soft = Image.new("L", (right - left + 2, bottom - top + 2))
        ImageDraw.Draw(soft).text((place[0] - left, place[1] - top), words, font=font, fill=255, anchor=anchor)
        ramp = self.ramps[ink]
        shades = soft.point([ramp + round(value * (_SHADES - 1) / 255) for value in range(256)])
        self.image.paste(shades, (left, top), soft.point([0] + [255] * 255))

    def packed(self) -> bytes:
        packed = io.BytesIO()
        self.image.save(packed, "PNG", compress_level=3)
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

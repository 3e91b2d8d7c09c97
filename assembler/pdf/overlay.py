"""What is drawn without LibreOffice: page numbers, the draft stamp, and sheets that stand for a file.

Text is shaped by HarfBuzz through fpdf2, so letters join and lines run right to left.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from assembler.base.scripts import readable
from assembler.base.tongue import printed_words, tongue
from assembler.pdf.fonts import LATIN_FAMILY, TEXT_FAMILY, TITLE_FAMILY, FontSet

if TYPE_CHECKING:
    from fpdf import FPDF  # which is loaded by those who draw: what is kept is not drawn

# Gives a drawing that was kept, by what it shows, or draws it and keeps it.
Kept = Callable[[Sequence[object], Callable[[], bytes]], bytes]

A4 = (595.276, 841.89)
NUMBER_SIZE = 10.0
NUMBER_STRIP = (180.0, 18.0)
TOTAL_STRIP = (80.0, 60.0)
_LINE_OF_TEXT = {TEXT_FAMILY: 1.55, LATIN_FAMILY: 1.25}  # how high a line is, in sizes of its letters
BAND_HEIGHT = 20.0
BAND_SIDE, BAND_TOP = 34.0, 22.0  # points from the edges of its page
BAND_SIZE = 10.0
GUTTER = 20.0  # what a page whose head lies at the binding keeps free there besides
_BAND_GREY = 240
_BAND_AIR = 6.0  # at both ends and between its texts
_SMALLEST = 7.0
STAMP_TEXT = "پیش‌نویس"
STAMP_SIZE = 130.0
STAMP_STRIP = (520.0, 220.0)
_STAMP_GREY, _STAMP_LINE = 190, 1.4
_LINE_HEIGHT = 1.9
_PERSIAN = re.compile("[\u0600-\u06ff]")
_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)


def anew(_: Sequence[object], draw: Callable[[], bytes]) -> bytes:
    """Keeps nothing."""
    return draw()


def number_strips(texts: Sequence[str], fonts: FontSet, kept: Kept = anew) -> bytes:
    """One strip of NUMBER_STRIP points for each text, the text in its middle."""

    def draw() -> bytes:
        drawing = canvas(NUMBER_STRIP, fonts.file(_family(texts)), NUMBER_SIZE)
        for text in texts:
            drawing.add_page()
            drawing.cell(w=NUMBER_STRIP[0], h=NUMBER_STRIP[1], text=text, align="C")
        return drawn(drawing)

    return kept(("numbers", tuple(texts), fonts.fingerprint, tongue().language), draw)


def total_strip(text: str, size: float, fonts: FontSet, kept: Kept = anew, *, bold: bool) -> bytes:
    """A strip of TOTAL_STRIP points with a number in letters of a size, where reading begins, at its upper edge."""
    side = "R" if tongue().direction == "rtl" else "L"

    def draw() -> bytes:
        family = _family([text])
        face = fonts.face(family)
        drawing = canvas(TOTAL_STRIP, face.files[-1] if face and bold else fonts.file(family), size)
        drawing.add_page()
        drawing.cell(w=TOTAL_STRIP[0], h=size * _LINE_OF_TEXT[family], text=text, align=side)
        return drawn(drawing)

    return kept(("total", text, size, bold, fonts.fingerprint, tongue().language), draw)


def band_strips(texts: Sequence[Sequence[str]], widths: Sequence[float], fonts: FontSet, kept: Kept = anew) -> bytes:
    """Strips of BAND_HEIGHT points over a thin rule. Of four texts two stand at the beginning and two at the end, each
    drawn by itself, so that a reader gives it back in its order; the second gets what room the others leave.
    """
    what = ("bands", [tuple(each) for each in texts], tuple(widths), fonts.fingerprint, tongue().direction)
    return kept(what, lambda: _bands(texts, widths, fonts))


def _bands(texts: Sequence[Sequence[str]], widths: Sequence[float], fonts: FontSet) -> bytes:
    drawing = canvas((A4[0], BAND_HEIGHT), fonts.file(_family(chain.from_iterable(texts))), BAND_SIZE)
    for (label, title, section, page), width in zip(texts, widths, strict=True):
        drawing.add_page(format=(width, BAND_HEIGHT))
        drawing.set_fill_color(_BAND_GREY)
        drawing.rect(0, 0, width, BAND_HEIGHT, style="F")
        drawing.set_line_width(0.6)
        drawing.line(0, BAND_HEIGHT - 0.3, width, BAND_HEIGHT - 0.3)
        drawing.set_font_size(BAND_SIZE)
        if tongue().direction == "ltr":
            _band_from_the_left(drawing, (label, title, section, page), width)
            continue
        left = _BAND_AIR
        for text in filter(None, (page, section)):
            left += _band_text(drawing, text, left) + 2 * _BAND_AIR
        right = width - _BAND_AIR - drawing.get_string_width(label)
        _band_text(drawing, label, right)
        shown = _fitted(drawing, title, right - 2 * _BAND_AIR - left)
        _band_text(drawing, shown, right - 2 * _BAND_AIR - drawing.get_string_width(shown))
    return drawn(drawing)


def _band_from_the_left(drawing: FPDF, texts: tuple[str, str, str, str], width: float) -> None:
    """The texts of a band of a page that is read from the left."""
    label, title, section, page = texts
    right = width - _BAND_AIR
    for text in filter(None, (page, section)):
        right -= drawing.get_string_width(text)
        _band_text(drawing, text, right)
        right -= 2 * _BAND_AIR
    left = 3 * _BAND_AIR + _band_text(drawing, label, _BAND_AIR)
    _band_text(drawing, _fitted(drawing, title, right - left), left)


def _family(texts: Iterable[str]) -> str:
    """What texts are set in: the type of the pages themselves; that of Persian pages where one has Persian letters."""
    return TEXT_FAMILY if tongue().language == "fa" or any(map(_PERSIAN.search, texts)) else LATIN_FAMILY


def _face(fonts: FontSet, family: str) -> Path:
    """The file to draw with: headings have a font of Persian letters alone, whose paper is not."""
    return fonts.file(family if tongue().language == "fa" or family == TEXT_FAMILY else LATIN_FAMILY)


def _band_text(drawing: FPDF, text: str, left: float) -> float:
    """Draws a text of a band and returns how wide it is."""
    width = drawing.get_string_width(text)
    drawing.set_xy(left, 0)
    drawing.cell(w=width, h=BAND_HEIGHT, text=readable(text), align="L")
    return width


def _fitted(drawing: FPDF, text: str, room: float) -> str:
    """The text in letters small enough for its room; one too long for the smallest is cut."""
    needed = drawing.get_string_width(text) or room
    drawing.set_font_size(max(_SMALLEST, min(BAND_SIZE, BAND_SIZE * room / needed)))
    words = text.split(" ")
    while len(words) > 1 and drawing.get_string_width(text) > room:
        words.pop()
        text = " ".join(words) + " …"
    return text


def stamp_strip(fonts: FontSet, kept: Kept = anew) -> bytes:
    """A strip of STAMP_STRIP points with the outline of the stamp in light grey, to be turned by whoever places it.

    It only darkens what it is drawn over: text stays as black as it was.
    """
    text = printed_words(STAMP_TEXT)

    def draw() -> bytes:
        from fpdf.enums import BlendMode, TextMode

        drawing = canvas(STAMP_STRIP, _face(fonts, TITLE_FAMILY), STAMP_SIZE)
        drawing.add_page()
        drawing.set_draw_color(_STAMP_GREY)
        with drawing.local_context(blend_mode=BlendMode.DARKEN, text_mode=TextMode.STROKE, line_width=_STAMP_LINE):
            drawing.cell(w=STAMP_STRIP[0], h=STAMP_STRIP[1], text=text, align="C")
        return drawn(drawing)

    return kept(("stamp", text, fonts.fingerprint, tongue().direction), draw)


def sheet(title: str, lines: Sequence[str], fonts: FontSet, out: Path) -> Path:
    """An A4 sheet with a title and centred lines, in the upper half of the page."""
    drawing = canvas(A4, _face(fonts, TITLE_FAMILY), 18)
    drawing.add_page()
    drawing.set_margin(72)
    drawing.set_y(A4[1] / 4)
    drawing.multi_cell(w=0, h=18 * _LINE_HEIGHT, text=readable(title), align="C", new_x="LMARGIN", new_y="NEXT")
    drawing.add_font("text", fname=fonts.file(TEXT_FAMILY))
    drawing.set_font("text", size=14)
    for line in lines:
        drawing.multi_cell(w=0, h=14 * _LINE_HEIGHT, text=readable(line), align="C", new_x="LMARGIN", new_y="NEXT")
    out.write_bytes(drawn(drawing))
    return out


class Picture(NamedTuple):
    """A picture and its frame on a page, in points; ``top`` from its upper edge."""

    data: bytes
    left: float
    top: float
    width: float
    height: float


def picture_page(pictures: Sequence[Picture], size: tuple[float, float], out: Path) -> Path:
    """A page of the given size with pictures."""
    from fpdf import FPDF

    drawing = FPDF(unit="pt", format=size)
    drawing.set_auto_page_break(False)
    drawing.add_page()
    for one in pictures:
        drawing.image(BytesIO(one.data), x=one.left, y=one.top, w=one.width, h=one.height)
    out.write_bytes(drawn(drawing))
    return out


def canvas(size: tuple[float, float], font: Path, points: float) -> FPDF:
    """What is drawn on: pages of that size without margins, in a font at so many points, from the right."""
    from fpdf import FPDF

    drawing = FPDF(unit="pt", format=size)
    drawing.set_auto_page_break(False)
    drawing.set_margin(0)
    drawing.c_margin = 0
    drawing.add_font("drawn", fname=font)
    drawing.set_font("drawn", size=points)
    if tongue().direction == "rtl":
        drawing.set_text_shaping(True, direction="rtl", script="arab", language="fas")
    else:
        drawing.set_text_shaping(True, direction="ltr", script="latn", language="eng")
    return drawing


def drawn(drawing: FPDF) -> bytes:
    """The PDF of a drawing."""
    drawing.set_creation_date(_NO_DATE)  # two drawings of the same thing are the same bytes
    return bytes(drawing.output())

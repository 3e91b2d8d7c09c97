"""What is drawn without LibreOffice: page numbers, the draft stamp, and sheets that stand for a file.

Text is shaped by HarfBuzz through fpdf2, so letters join and lines run right to left.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import BlendMode
from pypdf import PdfReader

from assembler.pdf.fonts import TEXT_FAMILY, TITLE_FAMILY, FontSet

A4 = (595.276, 841.89)
NUMBER_SIZE = 10.0
NUMBER_STRIP = (180.0, 18.0)
STAMP_TEXT = "پیش‌نویس"
STAMP_SIZE = 130.0
STAMP_STRIP = (520.0, 220.0)
_STAMP_GREY = 215
_LINE_HEIGHT = 1.9
_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)


def number_strips(texts: Sequence[str], fonts: FontSet) -> PdfReader:
    """One strip of NUMBER_STRIP points for each text, the text in its middle."""
    return PdfReader(BytesIO(_number_strips(tuple(texts), fonts.file(TEXT_FAMILY))))


@lru_cache(maxsize=32)  # hundreds of letters bear the same few numbers
def _number_strips(texts: tuple[str, ...], font: Path) -> bytes:
    drawing = _canvas(NUMBER_STRIP, font, NUMBER_SIZE)
    for text in texts:
        drawing.add_page()
        drawing.cell(w=NUMBER_STRIP[0], h=NUMBER_STRIP[1], text=text, align="C")
    return _bytes(drawing)


def stamp_strip(fonts: FontSet, text: str = STAMP_TEXT) -> PdfReader:
    """A strip of STAMP_STRIP points with the stamp in light grey, to be turned by whoever places it.

    It only darkens what it is drawn over: text stays as black as it was.
    """
    drawing = _canvas(STAMP_STRIP, fonts.file(TITLE_FAMILY), STAMP_SIZE)
    drawing.add_page()
    drawing.set_text_color(_STAMP_GREY)
    with drawing.local_context(blend_mode=BlendMode.DARKEN):
        drawing.cell(w=STAMP_STRIP[0], h=STAMP_STRIP[1], text=text, align="C")
    return _read(drawing)


def sheet(title: str, lines: Sequence[str], fonts: FontSet, out: Path) -> Path:
    """An A4 sheet with a title and centred lines, in the upper half of the page."""
    drawing = _canvas(A4, fonts.file(TITLE_FAMILY), 18)
    drawing.add_page()
    drawing.set_margin(72)
    drawing.set_y(A4[1] / 4)
    drawing.multi_cell(w=0, h=18 * _LINE_HEIGHT, text=title, align="C", new_x="LMARGIN", new_y="NEXT")
    drawing.add_font("text", fname=fonts.file(TEXT_FAMILY))
    drawing.set_font("text", size=14)
    for line in lines:
        drawing.multi_cell(w=0, h=14 * _LINE_HEIGHT, text=line, align="C", new_x="LMARGIN", new_y="NEXT")
    out.write_bytes(_bytes(drawing))
    return out


def picture_page(data: bytes, size: tuple[float, float], frame: tuple[float, float, float, float], out: Path) -> Path:
    """A page of the given size with one picture; ``frame`` is x, y from the top, width and height."""
    drawing = FPDF(unit="pt", format=size)
    drawing.set_auto_page_break(False)
    drawing.add_page()
    x, y, width, height = frame
    drawing.image(BytesIO(data), x=x, y=y, w=width, h=height)
    out.write_bytes(_bytes(drawing))
    return out


def _canvas(size: tuple[float, float], font: Path, points: float) -> FPDF:
    drawing = FPDF(unit="pt", format=size)
    drawing.set_auto_page_break(False)
    drawing.set_margin(0)
    drawing.c_margin = 0
    drawing.add_font("drawn", fname=font)
    drawing.set_font("drawn", size=points)
    drawing.set_text_shaping(True, direction="rtl", script="arab", language="fas")
    return drawing


def _bytes(drawing: FPDF) -> bytes:
    drawing.set_creation_date(_NO_DATE)  # two drawings of the same thing are the same bytes
    return bytes(drawing.output())


def _read(drawing: FPDF) -> PdfReader:
    return PdfReader(BytesIO(_bytes(drawing)))

"""The text behind the pages, as a reader finds and copies it.

LibreOffice draws the numbers of fields, such as those of the contents, in Persian digits and says in the text behind
them that they are Latin: in the table of a font's signs, by whichever use of a sign came first, or else beside the sign
itself (``ActualText``). Which sign was drawn is seen by its outline. The two letters of «لا» are one sign, whose
letters readers turn round with the line: nobody finds «سلام». As one letter it is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import pikepdf
import uharfbuzz

from assembler.base.persian import persian_digits
from assembler.pdf.fonts import FontSet

_UNITS = 2048  # to the em: outlines are compared at one size
# An entry of the table of a font: the code of a sign, and the Latin digit it is said to be.
_DIGIT = re.compile(rb"<([0-9A-Fa-f]{2,4})>(\s*)<(003[0-9])>")
# The letters that stand in one sign with a lam before them, and the letter that both are together.
_LIGATURE = re.compile(rb"(<[0-9A-Fa-f]{2,4}>\s*)<0644(062[2357])>")
_TOGETHER = {b"0622": b"FEF5", b"0623": b"FEF7", b"0625": b"FEF9", b"0627": b"FEFB"}
_SIGN = re.compile(rb"<([0-9A-Fa-f]{2,4})>\s*<(06[Ff][0-9])>")
# Signs that are said to be Latin digits, what draws them, and in which font.
_SPAN = re.compile(rb"(/Span<</ActualText<FEFF)((?:003[0-9])+)(>>>\s*BDC)(.*?/(\w+) [0-9.]+ Tf(.*?)EMC)", re.DOTALL)
_CODE = re.compile(rb"<([0-9A-Fa-f]+)>")
Outline = tuple[int, ...]


def mend_text(pdf: Path, fonts: FontSet) -> None:
    """Let «لا» be found, and digits drawn in Persian be read as Persian, in place; those of Latin words stay."""
    with pikepdf.open(pdf, allow_overwriting_input=True) as document:
        mended = [_mended(font, fonts.files) for font in _fonts(document)]
        mended += [_mended_page(page, document) for page in document.pages]
        if any(mended):
            document.save(pdf)


def _fonts(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """The fonts that tell their letters."""
    fonts = (one for one in document.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font")
    return (font for font in fonts if "/ToUnicode" in font)


def _mended(font: pikepdf.Object, files: Sequence[Path]) -> bool:
    told = font["/ToUnicode"].read_bytes()
    said = _LIGATURE.sub(lambda entry: b"%b<%b>" % (entry[1], _TOGETHER[entry[2]]), told)
    if _DIGIT.search(said) and (drawn := _embedded(font)):
        said = _DIGIT.sub(lambda entry: _digit(entry, drawn, files), said)
    if said != told:
        font["/ToUnicode"].write(said)
    return said != told


def _digit(entry: re.Match[bytes], drawn: uharfbuzz.Font, files: Sequence[Path]) -> bytes:
    """The entry of a digit, Persian where its sign is."""
    code, digit = int(entry[1], 16), chr(int(entry[3], 16))
    outline = _outline(drawn, drawn.get_nominal_glyph(code) or code)
    if outline not in _outlines(files, persian_digits(digit)) or outline in _outlines(files, digit):
        return entry[0]
    return b"<%b>%b<%04X>" % (entry[1], entry[2], ord(persian_digits(digit)))


def _mended_page(page: pikepdf.Page, document: pikepdf.Pdf) -> bool:
    """What stands beside the signs of a page, after the tables of its fonts."""
    page.contents_coalesce()
    told = page.obj["/Contents"].read_bytes() if "/Contents" in page.obj else b""
    if b"ActualText<FEFF003" not in told:
        return False
    signs_of = {name.lstrip("/"): _signs(font) for name, font in page.resources.get("/Font", {}).items()}

    def read(span: re.Match[bytes]) -> bytes:
        signs = signs_of.get(span[5].decode(), {})
        drawn = {signs.get(int(code, 16)) for code in _CODE.findall(span[6])}
        meant = span[2].replace(b"003", b"06F")
        if drawn != {int(meant[at : at + 4], 16) for at in range(0, len(meant), 4)}:
            return span[0]
        return span[1] + meant + span[3] + span[4]

    said = _SPAN.sub(read, told)
    if said != told:
        page.obj["/Contents"] = document.make_stream(said)
    return said != told


def _signs(font: pikepdf.Object) -> dict[int, int]:
    """The Persian digits among the signs of a font, by code."""
    told = font["/ToUnicode"].read_bytes() if "/ToUnicode" in font else b""
    return {int(code, 16): int(digit, 16) for code, digit in _SIGN.findall(told)}


def _embedded(font: pikepdf.Object) -> uharfbuzz.Font | None:
    """The outlines a font of a PDF carries; None of one whose outlines are of another kind."""
    kept = font.get("/FontDescriptor", pikepdf.Dictionary())
    if "/FontFile2" not in kept:
        return None
    return uharfbuzz.Font(uharfbuzz.Face(kept["/FontFile2"].read_bytes()))


@lru_cache(maxsize=64)
def _outlines(files: Sequence[Path], letter: str) -> frozenset[Outline]:
    """How the fonts draw a letter."""
    opened = (uharfbuzz.Font(uharfbuzz.Face(file.read_bytes())) for file in files)
    glyphs = ((font, font.get_nominal_glyph(ord(letter))) for font in opened)
    return frozenset(outline for font, glyph in glyphs if glyph and (outline := _outline(font, glyph)))


def _outline(font: uharfbuzz.Font, glyph: int) -> Outline:
    """The box around a glyph and the room it takes; nothing for one that draws nothing."""
    box = font.get_glyph_extents(glyph)
    if box is None or not (box.width and box.height):
        return ()
    lengths = (box.x_bearing, box.y_bearing, box.width, box.height, font.get_glyph_h_advance(glyph))
    return tuple(round(length * _UNITS / font.face.upem) for length in lengths)

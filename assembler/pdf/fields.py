"""The answers of a foreign PDF form, drawn where its fields stand.

What a form program draws only when it is opened («NeedAppearances»), qpdf draws in Latin letters and leaves out what is
Persian. Here such answers are set in our own type, shaped and from the right; digits in boxes one by one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf

from assembler.base.scripts import readable
from assembler.pdf.fonts import TEXT_FAMILY, FontSet
from assembler.pdf.marks import texts
from assembler.pdf.overlay import canvas, drawn

if TYPE_CHECKING:
    from fpdf import FPDF

_MULTILINE, _PASSWORD, _COMB = 1 << 12, 1 << 13, 1 << 24  # flags of text fields
_RADIO, _PUSH = 1 << 15, 1 << 16  # and of buttons
_FONT = re.compile(r"(/[^\s/]+)\s+[0-9.]+\s+Tf")
_SIZE = re.compile(r"([0-9.]+)\s+Tf")
_USUAL, _SMALLEST, _FILL = 12.0, 6.0, 0.62  # points; of the height of a field in letters
_AIR = 2.0
_LINES = 1.5
_DEEPEST = 20
_ALIGNED = {0: "L", 1: "C", 2: "R"}


@dataclass(frozen=True)
class _Filled:
    """A field on a page: its widget, what it says, and how."""

    widget: pikepdf.Object
    text: str
    flags: int
    width: float
    height: float

    @property
    def is_persian(self) -> bool:
        return any(ord(letter) > 255 for letter in self.text)

    def is_drawn_by_qpdf(self, known: Collection[str]) -> bool:
        """``known`` are the fonts of the form: in one it lacks, readers show nothing."""
        font = _FONT.search(str(_inherited(self.widget, "/DA") or ""))
        return not self.is_persian and not self.flags & (_COMB | _PASSWORD) and font is not None and font[1] in known


def draw_fields(pdf: pikepdf.Pdf, fonts: FontSet) -> None:
    """Gives every filled field without a look of its own one; qpdf has drawn those it can before."""
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        return
    is_redrawn = bool(form.get("/NeedAppearances", False))
    known = _fonts_of(form)
    pdf.generate_appearance_streams()
    for page in pdf.pages:
        for field in _filled(page):
            if (is_redrawn and not field.is_drawn_by_qpdf(known)) or not _has_look(field.widget):
                _draw(pdf, field, fonts)


def draw_texts(pdf: pikepdf.Pdf, fonts: FontSet) -> None:
    """Gives every text somebody wrote onto a page, without a look of its own, one."""
    for page in pdf.pages:
        for note in texts(page):
            size = _measures(note)
            said = _said(note.get("/Contents"))
            if said and size:
                _draw(pdf, _Filled(note, said, _MULTILINE, *size), fonts)


def _fonts_of(form: pikepdf.Object) -> Collection[str]:
    offered = form.get("/DR", pikepdf.Dictionary())
    named = offered.get("/Font") if isinstance(offered, pikepdf.Dictionary) else None
    return tuple(named.keys()) if isinstance(named, pikepdf.Dictionary) else ()


def _measures(widget: pikepdf.Object) -> tuple[float, float] | None:
    """How wide and high a field or note is."""
    box = [float(value) for value in widget.get("/Rect", [])]
    return (abs(box[2] - box[0]), abs(box[3] - box[1])) if len(box) == 4 else None


def _filled(page: pikepdf.Page) -> Iterator[_Filled]:
    for widget in page.obj.get("/Annots", []):
        if not isinstance(widget, pikepdf.Dictionary) or widget.get("/Subtype") != "/Widget":
            continue
        text, flags = _text(widget), int(_inherited(widget, "/Ff") or 0)
        if text and (size := _measures(widget)):
            yield _Filled(widget, "*" * len(text) if flags & _PASSWORD else text, flags, *size)


def _text(widget: pikepdf.Object) -> str:
    """What a field of text or choice says; «✓» of a box that is ticked; nothing of others."""
    kind, value = _inherited(widget, "/FT"), _inherited(widget, "/V")
    if kind == "/Btn":
        return "✓" if _is_on(widget, value) else ""
    if kind not in ("/Tx", "/Ch") or value is None:
        return ""
    values = list(value) if isinstance(value, pikepdf.Array) else [value]
    shown = dict(_choices(widget))
    texts = [_said(each) for each in values]
    return "، ".join(shown.get(each, each) for each in texts if each)


def _is_on(widget: pikepdf.Object, value: object) -> bool:
    """Whether a box is ticked; of several that share a value the one that says so."""
    flags = int(_inherited(widget, "/Ff") or 0)
    if flags & _PUSH or not isinstance(value, pikepdf.Name) or value == "/Off":
        return False
    return bool(widget.get("/AS", None if flags & _RADIO else value) == value)


def _said(value: object) -> str:
    if isinstance(value, pikepdf.Stream):
        return value.read_bytes().decode("utf-8", "replace")
    return str(value) if isinstance(value, pikepdf.String | str) else ""


def _choices(widget: pikepdf.Object) -> Iterator[tuple[str, str]]:
    """What stands in the file for each choice, and what is shown."""
    for option in _inherited(widget, "/Opt") or []:
        if isinstance(option, pikepdf.Array) and len(option) == 2:
            yield str(option[0]), str(option[1])


def _inherited(widget: pikepdf.Object, key: str) -> pikepdf.Object | None:
    found: pikepdf.Object | None = widget
    for _ in range(_DEEPEST):
        if not isinstance(found, pikepdf.Dictionary):
            return None
        if key in found:
            return found[key]
        found = found.get("/Parent")
    return None


def _has_look(widget: pikepdf.Object) -> bool:
    looks = widget.get("/AP")
    return isinstance(looks, pikepdf.Dictionary) and "/N" in looks


def _draw(pdf: pikepdf.Pdf, field: _Filled, fonts: FontSet) -> None:
    if field.width < 1 or field.height < 1:
        return
    with pikepdf.open(BytesIO(_picture(field, fonts))) as source:
        look = pdf.copy_foreign(source.pages[0].as_form_xobject())
    field.widget.AP = pikepdf.Dictionary(N=look)
    if "/AS" in field.widget:
        del field.widget["/AS"]  # one look, whichever state it is in


def _picture(field: _Filled, fonts: FontSet) -> bytes:
    size = _size(field)
    drawing = canvas((field.width, field.height), fonts.file(TEXT_FAMILY), size)
    drawing.add_page()
    if field.text == "✓":
        _tick(drawing, field.width, field.height)
    elif field.flags & _COMB and (count := int(_inherited(field.widget, "/MaxLen") or 0)):
        _comb(drawing, field, count)
    elif field.flags & _MULTILINE:
        drawing.set_xy(_AIR, _AIR)
        drawing.multi_cell(w=field.width - 2 * _AIR, h=size * _LINES, text=readable(field.text), align=_align(field))
    else:
        _line(drawing, field, size)
    return drawn(drawing)


def _size(field: _Filled) -> float:
    found = _SIZE.search(str(_inherited(field.widget, "/DA") or ""))
    asked = float(found[1]) if found else 0.0
    if field.flags & _MULTILINE:
        return max(1.0, asked or _USUAL)
    return max(1.0, min(asked or _USUAL, field.height * _FILL))


def _align(field: _Filled) -> str:
    asked = _inherited(field.widget, "/Q")
    return _ALIGNED.get(int(asked), "L") if asked is not None else "R" if field.is_persian else "L"


def _line(drawing: FPDF, field: _Filled, size: float) -> None:
    """One line, in letters small enough for its field."""
    room = field.width - 2 * _AIR
    needed = drawing.get_string_width(field.text)
    if needed > room > 0:
        drawing.set_font_size(max(min(_SMALLEST, size), size * room / needed))
    drawing.set_xy(_AIR, 0)
    drawing.cell(w=room, h=field.height, text=readable(" ".join(field.text.split())), align=_align(field))


def _comb(drawing: FPDF, field: _Filled, count: int) -> None:
    """Letter by letter in boxes of one width; Persian words begin at the right, numbers at the left."""
    width = field.width / count
    is_word = any(letter.isalpha() and ord(letter) > 0x5FF for letter in field.text)
    letters = field.text[:count]
    for place, letter in enumerate(letters[::-1].rjust(count) if is_word else letters):
        drawing.set_xy(place * width, 0)
        drawing.cell(w=width, h=field.height, text=letter, align="C")


def _tick(drawing: FPDF, width: float, height: float) -> None:
    drawing.set_line_width(max(0.8, min(width, height) / 10))
    drawing.line(width * 0.2, height * 0.55, width * 0.42, height * 0.78)
    drawing.line(width * 0.42, height * 0.78, width * 0.82, height * 0.22)

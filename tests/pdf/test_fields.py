"""The answers of foreign forms are seen on our pages, and what is off is not."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from assembler.model.answers import Attachment
from assembler.pdf.evidence import prepare
from assembler.pdf.fonts import FontSet

COMB, MULTILINE = 1 << 24, 1 << 12


def _form(path: Path, *fields: dict[str, Any], asks: bool) -> Attachment:
    """A page with a field at each 60 points from the top; ``asks`` that its reader draws them."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    widgets = []
    for number, field in enumerate(fields):
        common = {"/Type": pikepdf.Name.Annot, "/Subtype": pikepdf.Name.Widget, "/T": f"f{number}", "/F": 4}
        box = [60, 740 - 60 * number, 400, 770 - 60 * number]
        widgets.append(pdf.make_indirect(pikepdf.Dictionary(common | {"/Rect": box, "/DA": "/Helv 0 Tf 0 g"} | field)))
    pdf.pages[0].Annots = pikepdf.Array(widgets)
    helvetica = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    fonts = pikepdf.Dictionary(Font=pikepdf.Dictionary(Helv=helvetica))
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(widgets), DA="/Helv 0 Tf 0 g", DR=fonts)
    if asks:
        pdf.Root.AcroForm.NeedAppearances = True
    pdf.save(path)
    return Attachment(path.name, path)


def _text_field(value: str, **more: Any) -> dict[str, Any]:
    return {"/FT": pikepdf.Name.Tx, "/V": pikepdf.String(value)} | {f"/{key}": each for key, each in more.items()}


def _text(file: Attachment, fonts: FontSet, work: Path) -> str:
    prepared = prepare([file], work, fonts=fonts)
    assert prepared.problems == ()
    return " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(prepared.pieces[0].pdf))


@pytest.mark.parametrize("asks", [True, False])
def test_answers_without_a_look_are_drawn(asks: bool, fonts: FontSet, tmp_path: Path) -> None:
    choice = {
        "/FT": pikepdf.Name.Ch,
        "/V": pikepdf.String("2"),
        "/Opt": pikepdf.Array([pikepdf.Array(["1", "خیر"]), pikepdf.Array(["2", "بلی"])]),
    }
    file = _form(
        tmp_path / "form.pdf",
        _text_field("سازمان نمونه"),
        _text_field("Latin"),
        _text_field("0012345679", Ff=COMB, MaxLen=10),
        _text_field("سطر نخست\nسطر دوم", Ff=MULTILINE),
        choice,
        asks=asks,
    )
    text = _text(file, fonts, tmp_path / "work")
    for said in ("سازمان", "نمونه", "Latin", "نخست", "دوم", "بلی"):
        assert said in text, text
    assert "0012345679" in "".join(text.split())
    assert "?" not in text


def test_a_ticked_box_and_a_look_of_its_own(fonts: FontSet, tmp_path: Path) -> None:
    ticked = {"/FT": pikepdf.Name.Btn, "/V": pikepdf.Name.Yes, "/AS": pikepdf.Name.Yes}
    blank = ticked | {"/V": pikepdf.Name.Off, "/AS": pikepdf.Name.Off}
    marks = []
    for name, field in (("ticked", ticked), ("blank", blank)):
        file = _form(tmp_path / f"{name}.pdf", field, asks=False)
        (piece,) = prepare([file], tmp_path / name, fonts=fonts).pieces
        marks.append(pypdfium2.PdfDocument(piece.pdf)[0].render().to_pil().convert("L").getextrema()[0])
    assert marks[0] < 100 < marks[1]


def _layered(path: Path, **usual: Any) -> Attachment:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="draft"))
    page = pdf.pages[0]
    page.Resources = pikepdf.Dictionary(Properties=pikepdf.Dictionary(MC0=layer))
    page.contents_add(b"/OC /MC0 BDC 1 0 0 rg 100 100 300 300 re f EMC 0 0 1 rg 100 600 300 100 re f")
    usual = {f"/{name}": pikepdf.Array([layer]) if each is all else each for name, each in usual.items()}
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array([layer]), D=pikepdf.Dictionary(usual))
    pdf.save(path)
    return Attachment(path.name, path)


@pytest.mark.parametrize(
    ("usual", "is_seen"),
    [
        ({"OFF": all}, False),
        ({"BaseState": pikepdf.Name.OFF}, False),
        ({"BaseState": pikepdf.Name.OFF, "ON": all}, True),
        ({}, True),
    ],
)
def test_a_layer_that_is_off_stays_off(usual: dict[str, Any], is_seen: bool, fonts: FontSet, tmp_path: Path) -> None:
    (piece,) = prepare([_layered(tmp_path / "plan.pdf", **usual)], tmp_path / "work", fonts=fonts).pieces
    with pikepdf.open(piece.pdf) as made:
        assert "/OCProperties" not in made.Root
    image = pypdfium2.PdfDocument(piece.pdf)[0].render().to_pil().convert("RGB")
    colours = {colour for _, colour in image.getcolors(1 << 20) or ()}
    red = {colour for colour in colours if colour[0] > 200 and colour[1] < 80 and colour[2] < 80}
    blue = {colour for colour in colours if colour[2] > 200 and colour[0] < 80 and colour[1] < 80}
    assert (bool(red), bool(blue)) == (is_seen, True)


def _annotated(path: Path, *marks: dict[str, Any]) -> Attachment:
    """A page with marks people drew onto it, none of them with a look."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    common = {"/Type": pikepdf.Name.Annot, "/F": 4, "/Rect": [60, 700, 360, 740], "/C": [1, 0, 0]}
    marked = [pdf.make_indirect(pikepdf.Dictionary(common | mark)) for mark in marks]
    pdf.pages[0].Annots = pikepdf.Array(marked)
    pdf.save(path)
    return Attachment(path.name, path)


def test_a_font_the_form_lacks_and_a_password(fonts: FontSet, tmp_path: Path) -> None:
    """qpdf would name a font no reader finds, and print the password."""
    own = "/Gone 12 Tf 0 g"
    file = _form(tmp_path / "a.pdf", _text_field("Latin words", DA=own), _text_field("secret", Ff=1 << 13), asks=True)
    text = _text(file, fonts, tmp_path / "work")
    assert "Latin words" in text
    assert "secret" not in text
    assert "******" in text


def test_what_people_drew_onto_a_page_is_drawn(fonts: FontSet, tmp_path: Path) -> None:
    note = {"/Subtype": pikepdf.Name.FreeText, "/Contents": pikepdf.String("یادداشت کنار"), "/DA": "/Helv 14 Tf"}
    assert "یادداشت" in _text(_annotated(tmp_path / "note.pdf", note), fonts, tmp_path / "a")
    quads = [60, 740, 360, 740, 60, 700, 360, 700]
    marks = [{"/Subtype": pikepdf.Name.Highlight, "/QuadPoints": quads}, {"/Subtype": pikepdf.Name.Square}]
    for number, mark in enumerate([*marks, {**marks[1], "/F": 2}, {**marks[1], "/F": 0}]):
        file = _annotated(tmp_path / f"{number}.pdf", mark)
        (piece,) = prepare([file], tmp_path / f"w{number}", fonts=fonts).pieces
        with closing(pypdfium2.PdfDocument(piece.pdf)) as pdf:
            colours = pdf[0].render(scale=0.5).to_pil().convert("RGB").getcolors(10_000) or []
        is_red = any(red > green + 100 for _, (red, green, _) in colours)
        assert is_red == (number < 2), number


@pytest.mark.parametrize("kind", ["Stamp", "Line", "PolyLine"])
def test_marks_nobody_would_draw_are_refused(kind: str, fonts: FontSet, tmp_path: Path) -> None:
    for flags, codes in ((4, ["attachment-unprinted"]), (2, [])):
        file = _annotated(tmp_path / f"{flags}.pdf", {"/Subtype": pikepdf.Name(f"/{kind}"), "/F": flags})
        found = prepare([file], tmp_path / f"w{flags}", fonts=fonts).problems
        assert [each.code for each in found] == codes

"""Files of Office, e-mails and drawings become evidence as LibreOffice prints them, once."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from lxml import etree
from PIL import Image, ImageChops, ImageOps, ImageStat

from assembler.assembly import brought
from assembler.assembly.brought import Printer
from assembler.assembly.engine import Engine, choose
from assembler.base.settings import Settings
from assembler.model.answers import Attachment
from assembler.pdf.evidence import prepare
from assembler.pdf.fonts import TEXT_FAMILY
from assembler.pdf.libreoffice import foreign
from assembler.pdf.overlay import canvas
from assembler.pdf.overlay import drawn as shaped_pdf
from assembler.pdf.vectors import drawing_of
from assembler.pdf.written import mail_as_text
from assembler.records import Cache
from tests.conftest import REPOSITORY

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" width="30mm" height="60mm">'
    '<image x:href="file:///etc/hostname"/><image x:href="https://example.org/a.png"/><script>fetch(1)</script>'
    '<rect width="80" height="40" fill="red"/></svg>'
)


def _mail() -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "علی نمونه <ali@example.ir>", "office@example.ir", "گزارش ماه"
    mail["Date"] = "Mon, 24 Nov 2025 10:00:00 +0330"
    mail.set_content("<head><style>p{}</style></head><p>سلام</p><p>گزارش پیوست است.</p>", subtype="html")
    mail.add_attachment(b"x", maintype="application", subtype="pdf", filename="گزارش.pdf")
    return mail


def test_an_e_mail_is_told_with_what_it_carried() -> None:
    told = mail_as_text(bytes(_mail())).decode()
    for said in ("از: علی نمونه", "موضوع: گزارش ماه", "۱۴۰۴/۰۹/۰۳", "گزارش پیوست است.", "پیوست‌ها: گزارش.pdf"):
        assert said in told
    assert "p{}" not in told


def test_a_drawing_fetches_nothing() -> None:
    drawing = drawing_of(SVG.encode()).data.decode()
    assert "rect" in drawing
    for lost in ("file:", "https:", "fetch"):
        assert lost not in drawing


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ('<text x="9" direction="rtl">الف</text>', "end"),
        ('<text x="9" style="fill:red;direction:rtl;text-anchor:end">الف</text>', "start"),
        ('<g style="direction: rtl"><text x="9"><tspan>الف</tspan></text></g>', "end"),
        ('<text x="9" direction="rtl" text-anchor="middle">الف</text>', "middle"),
        ('<text x="9" text-anchor="end">abc</text>', "end"),
    ],
)
def test_a_text_from_the_right_begins_where_it_was_drawn(text: str, anchor: str) -> None:
    told = drawing_of(f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{text}</svg>'.encode())
    drawn = etree.fromstring(told.data)
    (found,) = drawn.iter("{*}text")
    assert (found.get("text-anchor"), "anchor" in found.get("style", "")) == (anchor, False)
    assert not any("text-anchor" in each.attrib for each in drawn.iter("{*}tspan"))


@pytest.fixture(scope="module")
def engine() -> Engine:
    found = choose(Settings(REPOSITORY / "form_specs", REPOSITORY / "letter_templates"))
    if found.office is None:
        pytest.skip("LibreOffice is not installed")
    return found


def test_each_is_printed_once(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mail.eml").write_bytes(bytes(_mail()))
    (tmp_path / "plan.svg").write_text(SVG)
    document = Document()
    document.add_paragraph("Minutes of the meeting")
    document.save(str(tmp_path / "minutes.docx"))
    files = [Attachment(name, tmp_path / name) for name in ("mail.eml", "plan.svg", "minutes.docx")]
    (tmp_path / "kept").mkdir()
    printer = Printer(engine, tmp_path, Cache(tmp_path / "kept"))
    pieces = prepare(files, tmp_path / "work", fonts=engine.fonts, to_pdf=printer).pieces
    pages = [pypdfium2.PdfDocument(piece.pdf)[0] for piece in pieces]
    assert "example.ir" in pages[0].get_textpage().get_text_range()
    assert (255, 0, 0) in {colour for _, colour in pages[1].render().to_pil().convert("RGB").getcolors(1 << 20) or ()}
    assert "Minutes of the meeting" in pages[2].get_textpage().get_text_range()

    def never(*_: object, **__: object) -> bool:
        raise AssertionError

    monkeypatch.setattr(foreign, "print_foreign", never)
    again = prepare(files, tmp_path / "again", fonts=engine.fonts, to_pdf=printer)
    assert [piece.pdf.read_bytes() for piece in again.pieces] == [piece.pdf.read_bytes() for piece in pieces]
    assert len(printer.used) == 2


def test_what_libreoffice_cannot_print_is_told(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreign, "print_foreign", lambda *_, **__: False)
    (tmp_path / "list.xlsx").write_bytes(b"PK\x03\x04" + bytes(100) + b"PK\x05\x06" + bytes(18))
    file = Attachment("list.xlsx", tmp_path / "list.xlsx")
    (found,) = prepare([file], tmp_path / "work", fonts=engine.fonts, to_pdf=Printer(engine, tmp_path)).problems
    assert (found.code, brought._PACKAGES[".xlsx"] in found.message) == ("attachment-unprinted", True)


def test_a_draft_without_libreoffice_says_what_is_not_drawn(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "mail.eml").write_bytes(bytes(_mail()))
    (piece,) = prepare([Attachment("mail.eml", tmp_path / "mail.eml")], tmp_path / "work", fonts=engine.fonts).pieces
    assert "mail.eml" in pypdfium2.PdfDocument(piece.pdf)[0].get_textpage().get_text_range()


def test_persian_words_of_a_drawing_are_joined_and_from_the_right(engine: Engine, tmp_path: Path) -> None:
    """They cover what the same words do that HarfBuzz shapes: turned round or unjoined, they would cover other dots."""
    (tmp_path / "plan.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="100"><text x="380" y="70" direction="rtl" '
        'font-family="B Nazanin" font-size="40">نمودار نمونه</text></svg>'
    )
    (piece,) = prepare([Attachment("plan.svg", tmp_path / "plan.svg")], tmp_path / "work", fonts=engine.fonts).pieces
    drawn = _ink(piece.pdf, 2)
    font = canvas((400, 100), engine.fonts.file(TEXT_FAMILY), 40)
    font.add_page()
    font.cell(w=380, h=100, text="نمودار نمونه", align="R")
    (tmp_path / "shaped.pdf").write_bytes(shaped_pdf(font))
    shaped = _ink(tmp_path / "shaped.pdf", 4)
    assert ImageStat.Stat(ImageChops.difference(drawn, shaped)).mean[0] < 12
    assert ImageStat.Stat(ImageChops.difference(drawn, ImageOps.mirror(shaped))).mean[0] > 40


def _ink(pdf: Path, scale: int) -> Image.Image:
    """What is drawn on the first page, without the white around it, in one size."""
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=scale).to_pil().convert("L")
    ink = page.point(lambda grey: 255 if grey < 128 else 0)
    return ink.crop(ink.getbbox()).resize((200, 40))

"""What is drawn over pages or stands between them is read as the report is."""

from __future__ import annotations

import io
import unicodedata
from contextlib import closing
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from assembler.base.tongue import Tongue, printed_in
from assembler.pdf.fonts import LATIN_FAMILY, TEXT_FAMILY, FontSet
from assembler.pdf.overlay import number_strips, sheet


def test_a_sheet_has_persian_digits_and_files_keep_their_names(fonts: FontSet, tmp_path: Path) -> None:
    lines = ("تصویر تلفن 021-88881234", "سند ISO 9001", "«letter-3.pdf»")
    file = sheet("پیوست سال 1404", lines, fonts, tmp_path / "sheet.pdf")
    with closing(pypdfium2.PdfDocument(file)) as document:
        shown = unicodedata.normalize("NFKC", document[0].get_textpage().get_text_range())
    for part in ("۱۴۰۴", "۰۲۱", "۸۸۸۸۱۲۳۴", "ISO 9001", "letter-3.pdf"):
        assert part in shown or part[::-1] in shown
    assert "021" not in shown


@pytest.mark.parametrize(
    ("language", "text", "family"),
    [("fa", "۹", TEXT_FAMILY), ("en", "9", LATIN_FAMILY), ("en", "نامه ۹", TEXT_FAMILY)],
)
def test_numbers_are_set_in_the_type_of_their_pages(language: str, text: str, family: str, fonts: FontSet) -> None:
    face = fonts.face(family)
    assert face is not None
    with printed_in(Tongue(language, "jalali", "persian" if language == "fa" else "latin")):
        made = number_strips([text], fonts)
    with closing(pikepdf.Pdf.open(io.BytesIO(made))) as document:
        named = [str(one.BaseFont) for one in document.pages[0].Resources.Font.values()]
    assert [name.split("+")[-1].split("-")[0] for name in named] == [face.used.replace(" ", "")]

"""What is drawn over pages or stands between them is read as the report is."""

from __future__ import annotations

import unicodedata
from contextlib import closing
from pathlib import Path

import pypdfium2

from assembler.pdf.fonts import FontSet
from assembler.pdf.overlay import sheet


def test_a_sheet_has_persian_digits_and_files_keep_their_names(fonts: FontSet, tmp_path: Path) -> None:
    lines = ("تصویر تلفن 021-88881234", "سند ISO 9001", "«letter-3.pdf»")
    file = sheet("پیوست سال 1404", lines, fonts, tmp_path / "sheet.pdf")
    with closing(pypdfium2.PdfDocument(file)) as document:
        shown = unicodedata.normalize("NFKC", document[0].get_textpage().get_text_range())
    for part in ("۱۴۰۴", "۰۲۱", "۸۸۸۸۱۲۳۴", "ISO 9001", "letter-3.pdf"):
        assert part in shown or part[::-1] in shown
    assert "021" not in shown

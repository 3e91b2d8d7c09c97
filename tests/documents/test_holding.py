"""An opening bracket stays with its number, wherever the line ends."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest

from assembler.documents.printing import print_copy
from assembler.model.packet import Paragraph
from assembler.pdf.fonts import find_fonts
from assembler.pdf.libreoffice.conversion import convert
from assembler.pdf.libreoffice.installation import probe
from tests.documents.conftest import Make, all_text, text
from tests.office import standing

_ENCLOSED = (
    *("(۱)", "(12 مورد)", "(7.5)", "(12,500)", "(72%)", "(-5)", "(1399/12/05)", "(۲-۷-۱)", "«1404»", "[1]"),
    *("(ISO 9001)", "(ISO استاندارد)", "«ISO 9001»", "(info@example.ir)"),
    *("(021-88881234)", "(021-88881234 داخلی ۲)", "(+98 21 88881234)"),
)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("تعداد (12 مورد) و «7 روز»", "تعداد (\u00a0۱۲ مورد) و «\u00a0۷ روز»"),
        ("نامه (ISO استاندارد)", "نامه (\u00a0ISO استاندارد)"),
        ("رشد (-5 درجه)", "رشد (\u00a0\u200e−۵ درجه)"),
        ("خدمت (سه مورد)", "خدمت (سه مورد)"),
    ],
)
def test_only_the_printed_copy_holds_them(make: Make, tmp_path: Path, typed: str, printed: str) -> None:
    source = make(Paragraph(text(typed)))
    print_copy(source, tmp_path / "print.docx", first_page=1)
    assert printed in all_text(tmp_path / "print.docx")
    assert "\u00a0" not in all_text(source)


def test_no_line_ends_with_an_opening_bracket(make: Make, tmp_path: Path) -> None:
    """Each stands before the end of a line and behind it, at every width between."""
    copies = []
    for number, enclosed in enumerate(_ENCLOSED):
        lines = (f"{'ک' * length} در متن این آیین‌نامه نیز ماده {enclosed} آمده است." for length in range(30, 60))
        source = make(*(Paragraph(text(line)) for line in lines), name=f"{number}.docx")
        copies.append(tmp_path / f"print{number}.docx")
        print_copy(source, copies[-1], first_page=1)
    for enclosed, pdf in zip(
        _ENCLOSED,
        convert(probe(), copies, tmp_path / "out", ahead=standing(), fonts=find_fonts(), timeout=120, work=tmp_path),
        strict=True,
    ):
        with closing(pypdfium2.PdfDocument(pdf)) as document:
            pages = [page.get_textpage().get_text_range() for page in document]
        lines = [line.strip() for page in pages for line in page.splitlines()]
        assert len(lines) > 30
        # Readers give brackets back as they look: one that stands alone is an opening one.
        assert not [line for line in lines if re.search(r"\s[()«»\[\]]$", line)], enclosed

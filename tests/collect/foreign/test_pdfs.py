"""PDFs with text: their letters in the order they are written in, their tables by ruled lines and by words below one
another; bombs, pictures and locked ones are told.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import fpdf
import matplotlib as mpl
import pikepdf
import pytest
from bidi import get_display

from assembler.base.foreign import UnreadableError
from assembler.base.problems import AssemblerError
from assembler.collect.foreign.grids import ForeignFile, Grid
from assembler.collect.foreign.letters import lines
from assembler.collect.foreign.pdfs import UNSURE, read_pdf
from assembler.collect.foreign.reading import read_foreign
from assembler.pdf import printed
from assembler.pdf.printed import Glyph

FONT = Path(mpl.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")
ROWS = (
    ("ردیف", "نام خدمت", "تعداد (پرونده)", "شروع"),
    ("۱", "صدور گواهی سلامت", "۱۲۳", "۱۴۰۳/۰۵/۱۲"),
    ("۲", "استعلام (برخط) ملی", "1,250", "1403/06/01"),
    ("۳", "پاسخ به شکایت", "۱۲٫۵٪", ""),
)


def shown(said: str, *, mirrored: bool = True) -> list[Glyph]:
    """The letters of a line as a page shows them, from left to right; fonts tell what a bracket looks like or is."""
    whole = str(get_display(said, base_dir="R"))
    if not mirrored:
        whole = whole.translate(str.maketrans("()«»", ")(»«"))
    return [Glyph(letter, 6.0 * at, 6.0 * at + 6, 100, 10, len(whole) - at) for at, letter in enumerate(whole)]


@pytest.mark.parametrize("mirrored", [True, False])
@pytest.mark.parametrize(
    "said",
    [
        "گزارش سال ۱۴۰۳ (نیمه دوم) و «سامانه ERP 12» با 25 خدمت",
        "از ۱۲ تا ۱۵ درصد، یعنی ۱۲٪ یا ۱۲-۱۵",
        "۱۴۰۳/۰۵/۱۲",
        "۰۲۱ ۸۸۷۷",
        "۱۲٬۵۰۰٫۵",
        "۱) شرح",
        "نشانی: office@example.ir",
        "بند ۳-۲ ماده ۵",
    ],
)
def test_letters_are_put_into_the_order_they_are_written_in(said: str, mirrored: bool) -> None:
    (line,) = lines(shown(said, mirrored=mirrored))
    assert line.text(from_right=True) == said


def test_presented_letters_and_those_drawn_as_one_are_letters() -> None:
    drawn = [("ﺍ", 0, 5), ("ﻝ", 5, 10), ("ا", 10, 16), ("ل", 10, 16), ("ﺳ", 16, 22)]
    (line,) = lines(Glyph(text, left, right, 100, 10, at) for at, (text, left, right) in enumerate(drawn))
    assert line.text(from_right=True) == "سلال" + "ا"


def test_an_order_nobody_would_show_so_is_not_believed() -> None:
    letters = [*shown("سال ۱۲"), Glyph("", 60, 66, 100, 10, 9)]
    (line,) = lines(letters)
    assert line.text(from_right=True) is None


def page(path: Path, rows: Sequence[Sequence[str]], *, ruled: bool, above: str = "خدمات سال ۱۴۰۳") -> Path:
    """A PDF with a line and a table, whose words are shaped and turned as LibreOffice and Word do."""
    made = fpdf.FPDF()
    made.add_page()
    made.add_font("font", fname=FONT)
    made.set_font("font", size=11)
    made.set_text_shaping(use_shaping_engine=True)
    made.cell(190, 10, above, align="R", new_x="LMARGIN", new_y="NEXT")
    for row in rows:
        for text in reversed(row):
            made.cell(47, 8, text, border=int(ruled), align="R")
        made.ln(8)
    made.output(str(path))
    return path


def texts(grid: Grid) -> list[tuple[str, ...]]:
    return [tuple(cell.text if cell else "∅" for cell in line) for line in grid.matrix]


@pytest.fixture(scope="module")
def ruled(tmp_path_factory: pytest.TempPathFactory) -> ForeignFile:
    return read_foreign(page(tmp_path_factory.mktemp("pdf") / "a.pdf", ROWS, ruled=True))


def test_a_ruled_table_is_read_from_the_right(ruled: ForeignFile) -> None:
    (grid,) = ruled.grids
    assert texts(grid) == [*ROWS]
    assert (grid.before, ruled.proposes, [cell.fault for cell in grid.cells if cell.fault]) == (
        ("خدمات سال ۱۴۰۳",),
        True,
        [],
    )


def test_words_below_one_another_are_a_table_too(tmp_path: Path) -> None:
    (grid,) = read_pdf(page(tmp_path / "a.pdf", ROWS, ruled=False)).grids
    assert texts(grid) == [*ROWS]


def test_cells_no_line_parts_are_one_and_numbers_that_go_on_are_not_believed(tmp_path: Path) -> None:
    made = fpdf.FPDF()
    made.add_page()
    made.add_font("font", fname=FONT)
    made.set_font("font", size=11)
    made.set_text_shaping(use_shaping_engine=True)
    for x, y, width, height, text in (
        (20, 20, 80, 10, "خدمت"), (100, 20, 40, 20, "ردیف"), (20, 30, 40, 10, "تعداد"), (60, 30, 40, 10, "نام"),
        (20, 40, 40, 12, "۱۲۵\n۰۰"), (60, 40, 40, 12, "صدور"), (100, 40, 40, 12, "۱"),
    ):  # fmt: skip
        made.rect(x, y, width, height)
        made.set_xy(x, y)
        made.multi_cell(width, 6, text, align="R")
    made.output(str(tmp_path / "a.pdf"))
    (grid,) = read_pdf(tmp_path / "a.pdf").grids
    spans = {cell.text: (cell.row, cell.column, cell.rows, cell.columns, cell.fault) for cell in grid.cells}
    assert spans["ردیف"] == (0, 0, 2, 1, "")
    assert spans["خدمت"] == (0, 1, 1, 2, "")
    assert [fault for *_, fault in spans.values() if fault] == [UNSURE]
    assert len(spans) == 7


def test_pictures_of_pages_and_locked_files_are_told(tmp_path: Path) -> None:
    made = fpdf.FPDF()
    made.add_page()
    made.image(str(Path("samples/page.png")), w=100)
    made.output(str(tmp_path / "scan.pdf"))
    with pikepdf.open(page(tmp_path / "a.pdf", ROWS[:1], ruled=True)) as source:
        source.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    (tmp_path / "cut.pdf").write_bytes((tmp_path / "a.pdf").read_bytes()[:300])
    for name, told in (("scan", "picture"), ("locked", "password"), ("cut", "damaged")):
        with pytest.raises(AssemblerError) as refusal:
            read_foreign(tmp_path / f"{name}.pdf")
        assert told in refusal.value.problems[0].message


@pytest.mark.parametrize("bound", ["_MOST_PAGES", "_MOST_LETTERS", "_MOST_OBJECTS"])
def test_what_is_larger_than_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str) -> None:
    path = page(tmp_path / "a.pdf", ROWS, ruled=True)
    assert not isinstance(printed._told(path), str)
    monkeypatch.setattr(printed, bound, 0)
    assert printed._told(path) == printed._TOO_LARGE


def test_one_that_takes_for_ever_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printed, "_SECONDS", 0.01)
    with pytest.raises(UnreadableError, match="more pages"):
        read_pdf(page(tmp_path / "a.pdf", ROWS, ruled=True))

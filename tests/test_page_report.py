"""Pages of the samples are well filled, and what is measured of them is measured right."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from PIL import Image, ImageChops, ImageFilter

from assembler.base.persian import latin_digits
from assembler.model.packet import Block, GridBlock, GridCell, Heading, Paragraph
from assembler.pdf.fonts import find_fonts
from assembler.pdf.libreoffice.conversion import convert
from assembler.pdf.libreoffice.installation import probe
from assembler.records.receipt import read_receipt
from tests.built import build_once
from tests.documents.conftest import Make, cell, text
from tests.documents.conftest import make as make  # a fixture
from tests.office import standing
from tests.page_report import LEAST, SAMPLES, SHARE, Page, measure, pages_of, report


@pytest.fixture(scope="module", params=SAMPLES, ids=lambda case: case.name)
def packet(request: pytest.FixtureRequest) -> Path:
    """A sample as it is built, its PDF named like the sample."""
    return build_once(request.param).pdf


@pytest.fixture(scope="module")
def pages(packet: Path) -> tuple[Page, ...]:
    return measure(packet.parent)


def test_pages_are_well_filled(pages: tuple[Page, ...]) -> None:
    """At most one page in twelve is filled by less than 60 % where its chapter goes on, and none is almost empty."""
    low = sum(page.is_low for page in pages)
    assert low <= max(1, SHARE * len(pages)), report("low", pages)
    assert all(page.fill >= LEAST for page in pages), report("empty", pages)


def test_nothing_is_torn_apart(pages: tuple[Page, ...]) -> None:
    """No heading ends a page, no row stands alone, headers take a fifth at most, numbers and words stay whole."""
    found = [page for page in pages if not page.is_low and list(page.faults())]
    assert not found, report("torn", found)


def test_covers_say_how_many_pages_there_are(packet: Path) -> None:
    """The same in the PDF and in the Word file, and what the foot of its last page says."""
    receipt = read_receipt(packet.parent / "receipt.json")
    assert receipt is not None
    with closing(pypdfium2.PdfDocument(packet)) as document:
        texts = [latin_digits(page.get_textpage().get_text_range()) for page in document]
    counted = re.findall(r"\d+", texts[-1])[-1]
    for part in receipt.parts:
        if part.kind == "cover":
            lines = [one.text for one in Document(str(packet.parent / part.docx)).paragraphs if "\t" in one.text]
            assert latin_digits(lines[-1].split("\t")[1]) == counted
            assert counted in texts[part.first_page - 1].split()


# ---------------------------------------------------------------- how chosen pages look

# A cover, letters, the contents, a report at a glance, the opening of a chapter, tables, a diagram, a chart, evidence.
CHOSEN = {
    "annual-1398": (1, 2, 9, 11, 61),
    "service-desk-province-1405-1": (4, 8),
    "tehran-1399": (37,),
}
LOOKS = Path(__file__).parent / "golden" / "pages"
DPI, BLUR = 40, 1.5  # what a letter is made of does not count, where it stands does
FAR, MOST = 40, 0.01  # a point is another one if it is so much darker or lighter; so many of a page may be


def look(pdf: Path, number: int) -> Image.Image:
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return document[number - 1].render(scale=DPI / 72).to_pil().convert("L")


def differing(one: Image.Image, other: Image.Image) -> float:
    """The share of points that are darker or lighter in the other page; all of another size."""
    if one.size != other.size:
        return 1.0
    blurred = [image.filter(ImageFilter.GaussianBlur(BLUR)) for image in (one, other)]
    far = ImageChops.difference(*blurred).point(lambda value: 255 if value > FAR else 0)
    return far.histogram()[255] / (far.width * far.height)


def test_chosen_pages_look_as_approved(packet: Path, tmp_path: Path) -> None:
    """Whoever changes how pages look looks at them, then writes them anew: `make golden`."""
    for number in CHOSEN.get(packet.stem, ()):
        shown, approved = look(packet, number), LOOKS / f"{packet.stem}-{number:02d}.png"
        if os.environ.get("GOLDEN") == "write":
            approved.parent.mkdir(exist_ok=True)
            shown.save(approved, optimize=True)
        share = differing(Image.open(approved), shown)
        shown.save(tmp_path / approved.name)
        told = f"{share:.1%} of page {number} differ: compare {tmp_path / approved.name} with {approved}"
        assert share <= MOST, told


def test_a_page_that_looks_otherwise_is_told() -> None:
    page = Image.new("L", (330, 467), 255)
    moved = page.copy()
    page.paste(0, (40, 100, 290, 104))
    moved.paste(0, (40, 112, 290, 116))
    assert differing(page, page) == 0
    assert differing(page, moved) > MOST
    assert differing(page, page.crop((0, 0, 330, 460))) == 1


# ---------------------------------------------------------------- what is measured


def spoilt(make: Make, folder: Path, change: Callable[[str], str], *documents: Sequence[Block]) -> list[str]:
    """The faults of documents whose markup was changed for the worse."""
    files = []
    for number, blocks in enumerate(documents):
        with zipfile.ZipFile(make(*blocks)) as source, zipfile.ZipFile(folder / f"{number}.docx", "w") as target:
            for name in source.namelist():
                data = source.read(name)
                target.writestr(name, change(data.decode()).encode() if name == "word/document.xml" else data)
        files.append(folder / f"{number}.docx")
    found = []
    for file, pdf in zip(
        files,
        convert(probe(), files, folder / "o", ahead=standing(), fonts=find_fonts(), timeout=120, work=folder),
        strict=True,
    ):
        with closing(pypdfium2.PdfDocument(pdf)) as document:
            found += [fault for page in pages_of(document, file, range(len(document)), ()) for fault in page.faults()]
    return found


def loosen(markup: str) -> str:
    """Nothing stays with what follows it."""
    return re.sub(r"(<w:pStyle[^>]*/>)(?:<w:keepNext/>)?", r'\1<w:keepNext w:val="0"/>', markup)


def rows(count: int, words: str = "یک") -> tuple[tuple[GridCell, ...], ...]:
    return tuple(tuple(cell(words) for _ in range(3)) for _ in range(count))


def test_a_heading_at_the_foot_is_told(make: Make, tmp_path: Path) -> None:
    heading = Heading("بند دوم گزارش", 2, "۱-۲", "two")
    documents = [[*[Paragraph(text("متن"))] * above, heading, *[Paragraph(text("پس"))] * 9] for above in range(18, 28)]
    assert "ends with the heading" in " ".join(spoilt(make, tmp_path, loosen, *documents))
    assert "ends with" not in " ".join(spoilt(make, tmp_path, str, *documents))


def test_rows_alone_are_told(make: Make, tmp_path: Path) -> None:
    head = (tuple(cell("سرستون", kind="head") for _ in range(3)),)
    tables = [[GridBlock("t", text("جدول"), (1.0,) * 3, head, rows(count))] for count in range(28, 40)]
    below = [[*[Paragraph(text("متن"))] * count, *tables[0]] for count in range(16, 26)]
    assert "one row alone behind" in " ".join(spoilt(make, tmp_path, loosen, *tables))
    assert "one row alone before" in " ".join(spoilt(make, tmp_path, loosen, *below))
    assert "alone" not in " ".join(spoilt(make, tmp_path, str, *tables, *below))


def test_tall_headers_are_told(make: Make, tmp_path: Path) -> None:
    head = (tuple(GridCell((text("سر"),) * 20, kind="head") for _ in range(3)),)
    found = spoilt(make, tmp_path, str, [GridBlock("t", text("جدول"), (1.0,) * 3, head, rows(60))])
    assert "repeated header takes" in " ".join(found)


def test_broken_numbers_and_stacked_headings_are_told(make: Make, tmp_path: Path) -> None:
    row = (cell("۱۲۳٬۴۵۶٬۷۸۹", align="center"), cell("متن"), cell("متن"))
    head = (cell("تعداد", kind="head"), cell("شرح", kind="head"), cell("شرح", kind="head"))
    table = GridBlock("t", text("جدول"), (1.0, 9.0, 9.0), (head,), (row, row))

    def narrow(markup: str) -> str:
        first = re.search(r'<w:gridCol w:w="(\d+)"', markup)
        assert first is not None
        return markup.replace(f'w:w="{first[1]}"', 'w:w="330"')

    found = " ".join(spoilt(make, tmp_path, narrow, [table]))
    assert "is broken" in found
    assert "one letter a line" in found
    assert "broken" not in " ".join(spoilt(make, tmp_path, str, [table]))

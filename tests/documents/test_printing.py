"""The print copy and the page numbers and pictures given back to the editable file."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from PIL import Image

from assembler.documents.page_total import drop_total
from assembler.documents.printing import fill_contents, print_copy
from assembler.model.packet import ContentsBlock, FigureBlock, Heading, Paragraph, Part
from tests.documents.conftest import COVER, TEMPLATES, Make, all_text, body_of, grid, text

BLOCKS = (
    ContentsBlock("فهرست مطالب", 2),
    Heading("برنامه", 1, "۱", "plan-chapter"),
    grid(page="landscape"),
    Heading("تصویر", 1, "۲", "pictures"),
    FigureBlock("a", text("نامه یک"), part="first", width=10),
    FigureBlock("b", text("نامه دو"), part="second", width=10, pages=2),
)


def png(path: Path, shade: int) -> Path:
    Image.new("L", (21, 30), shade).save(path)
    return path


def shown_shades(file: Path) -> list[int]:
    document = docx.Document(str(file))
    keys = [blip.get(qn("r:embed")) for blip in document.element.body.iter(qn("a:blip"))]
    blobs = [document.part.related_parts[key].blob for key in keys]
    return [int(Image.open(io.BytesIO(blob)).getpixel((0, 0))) for blob in blobs]  # type: ignore[arg-type]


def test_print_copy_keeps_the_line_but_not_the_number(make: Make, tmp_path: Path) -> None:
    source = make(*BLOCKS)
    print_copy(source, tmp_path / "print.docx", first_page=7)
    document = docx.Document(str(tmp_path / "print.docx"))
    for section in document.sections:
        (line,) = (one for one in section.footer.paragraphs if one.style and one.style.name == "Page Number Line")
        assert line.text == ""
        assert not list(line._p.iter(qn("w:fldChar")))
    starts = [one.get(qn("w:start")) for one in document.element.body.iter(qn("w:pgNumType"))]
    assert starts == ["7"]
    held = all_text(tmp_path / "print.docx")
    assert "جدول شماره\u00a0۱" in held  # a number stays with its word
    assert held.replace("\u00a0", " ") == all_text(source)


def test_print_copy_has_contents_the_converter_computes(make: Make, tmp_path: Path) -> None:
    print_copy(make(*BLOCKS), tmp_path / "print.docx", first_page=1)
    body = body_of(tmp_path / "print.docx")
    assert [code.text.split()[0] for code in body.iter(qn("w:instrText"))] == ["PAGEREF", "PAGEREF"]
    kinds = [mark.get(qn("w:fldCharType")) for mark in body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"] * 2


def test_fill_contents_writes_pages_and_pictures(make: Make, tmp_path: Path) -> None:
    file = make(*BLOCKS)
    first, second, third = (png(tmp_path / f"{shade}.png", shade) for shade in (10, 200, 90))
    pictures = {"first": [first], "second": [second, third]}
    fill_contents(file, {"plan-chapter": 5, "pictures": 17}, pictures)
    lines = [line for line in all_text(file).split("\n") if line.endswith(("۵", "۱۷")) and "\t" in line]
    assert lines == ["۱- برنامه\t۵", "۲- تصویر\t۱۷"]
    assert [code.text.split()[0] for code in body_of(file).iter(qn("w:instrText"))].count("TOC") == 1
    assert shown_shades(file) == [10, 200, 90]
    once = file.read_bytes()
    fill_contents(file, {"plan-chapter": 5, "pictures": 17}, pictures)
    assert file.read_bytes() == once


def test_placed_letters_can_be_left_blank(make: Make, tmp_path: Path) -> None:
    file = make(*BLOCKS)
    fill_contents(file, {}, {"first": [png(tmp_path / "1.png", 10)]})
    print_copy(file, tmp_path / "print.docx", first_page=1)
    assert shown_shades(tmp_path / "print.docx") == [255, 255, 255]


@pytest.mark.parametrize("first_page", [1, 12])
def test_print_copy_is_the_same_bytes(make: Make, tmp_path: Path, first_page: int) -> None:
    file = make(Paragraph(text("متن")))
    for name in ("a", "b"):
        print_copy(file, tmp_path / f"{name}.docx", first_page=first_page)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_the_number_of_pages_stands_in_the_word_file_alone(make: Make, tmp_path: Path) -> None:
    """The place for it in what is converted is blank; an engine without places prints no such line."""
    file = make(part=Part("cover", "cover", "جلد", fields=COVER), template=TEMPLATES / "cover.docx")
    print_copy(file, tmp_path / "print.docx", first_page=1)
    assert lines(tmp_path / "print.docx")[-1].strip() == "تعداد صفحات:"
    fill_contents(file, {}, {}, total=112)
    assert lines(file)[-1].split("\t") == ["تعداد صفحات:", "۱۱۲"]
    document = docx.Document(str(file))
    drop_total(document)
    assert "تعداد" not in "".join(one.text for one in document.paragraphs)


def lines(file: Path) -> list[str]:
    return [one.text for one in docx.Document(str(file)).paragraphs if one.text.strip()]

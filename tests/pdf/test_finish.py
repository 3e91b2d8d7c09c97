"""The packet: merged, numbered, bookmarked, labelled, stamped, with letters placed and fields to sign."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import Fit

from assembler.base.problems import AssemblerError, ExitCode
from assembler.pdf import pages
from assembler.pdf.finish import finish
from assembler.pdf.fonts import FontSet
from assembler.pdf.libreoffice.conversion import convert
from assembler.pdf.libreoffice.installation import LibreOffice
from assembler.pdf.pieces import (
    Attached,
    Finished,
    OutlineEntry,
    PageRange,
    Piece,
    Placement,
    SignatureField,
    Total,
    corner_lines,
    first_numbers,
    page_lines,
)
from assembler.pdf.positions import destinations, frame_at
from assembler.pdf.verify import expect, verify

TITLE, AUTHOR = "گزارش عملکرد ۱۳۹۹", "اداره کل نمونه"


@pytest.fixture
def pieces(converted: tuple[Path, ...]) -> tuple[Piece, ...]:
    """A cover, a letter to sign, a body that shows the letter, and a landscape page."""
    letter, body, wide = converted
    line = destinations(letter)["part_3"]
    signature = SignatureField("head", "امضای رئیس", line.page, 80, line.y, 150, 60)
    frame = frame_at(body, destinations(body)["picture"])
    assert frame is not None
    shown = replace(signature, key="deputy", label="امضای معاون")
    placement = Placement(frame.page, frame.x, frame.y, frame.width, frame.height, letter, 0, (shown,))
    return (
        Piece("cover", "جلد", letter, numbered=False),
        Piece("letter", "نامه درخواست", letter, fields=(signature,)),
        Piece(
            "body",
            "گزارش",
            body,
            outline=(OutlineEntry("فصل ۱", 1, 0, 700), OutlineEntry("بخش ۱-۱", 2, 1, 500), OutlineEntry("فصل ۲", 1, 2)),
            placements=(placement,),
        ),
        Piece("wide", "جدول", wide),
    )


def _finish(pieces: tuple[Piece, ...], out: Path, fonts: FontSet, *, draft: bool = False) -> Finished:
    return finish(pieces, out, title=TITLE, author=AUTHOR, fonts=fonts, draft=draft)


@pytest.fixture
def packet(pieces: tuple[Piece, ...], fonts: FontSet, tmp_path: Path) -> PdfReader:
    return PdfReader(_finish(pieces, tmp_path / "packet.pdf", fonts).path)


def test_the_pieces_stand_in_order(pieces: tuple[Piece, ...], fonts: FontSet, tmp_path: Path) -> None:
    made = _finish(pieces, tmp_path / "packet.pdf", fonts)
    assert made.pages == 6
    assert [(part.name, part.first, part.pages) for part in made.ranges] == [
        ("cover", 0, 1),
        ("letter", 1, 1),
        ("body", 2, 3),
        ("wide", 5, 1),
    ]


def test_bookmarks_are_nested_and_lead_to_their_pages(packet: PdfReader) -> None:
    outline: list[Any] = packet.outline
    cover, letter, body, chapters, wide = outline
    items = [cover, letter, body, chapters[0], *chapters[1], chapters[2], wide]
    assert [item.title for item in items] == ["جلد", "نامه درخواست", "گزارش", "فصل ۱", "بخش ۱-۱", "فصل ۲", "جدول"]
    assert [packet.get_destination_page_number(item) for item in items] == [0, 1, 2, 2, 3, 4, 5]
    assert float(chapters[0].top) == 700


def test_page_labels_name_the_cover_and_count_the_rest(packet: PdfReader) -> None:
    assert list(packet.page_labels) == ["جلد", "1", "2", "3", "4", "5"]


def test_metadata_and_language(packet: PdfReader) -> None:
    assert packet.metadata is not None
    assert (packet.metadata.title, packet.metadata.author) == (TITLE, AUTHOR)
    root: dict[str, Any] = packet.root_object
    assert root["/Lang"] == "fa-IR"
    assert root["/ViewerPreferences"] == {"/Direction": "/R2L", "/DisplayDocTitle": True}
    assert not {"/MarkInfo", "/OutputIntents", "/StructTreeRoot", "/Metadata", "/OpenAction"} & set(root)


def _texts(pdf: Path) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def test_a_cover_says_how_many_pages_are_counted(pieces: tuple[Piece, ...], fonts: FontSet, tmp_path: Path) -> None:
    """Whatever they are: a cover stays as it was made when others become longer."""
    cover = replace(pieces[0], totals=(Total(0, 300.0, 200.0, 13.0, bold=True),))
    for number, (others, told) in enumerate(((pieces[1:], "۵"), (pieces[1:3], "۴"))):
        made = _finish((cover, *others), tmp_path / f"{number}.pdf", fonts)
        without = _finish((pieces[0], *others), tmp_path / "without.pdf", fonts)
        assert _texts(made.path)[0].count(told) == _texts(without.path)[0].count(told) + 1
        again = _finish((cover, *others), tmp_path / "again.pdf", fonts)
        assert again.sha256 == made.sha256


def test_every_numbered_page_says_its_number_in_persian(packet: PdfReader, tmp_path: Path) -> None:
    cover, *numbered = _texts(tmp_path / "packet.pdf")
    assert " از ۵" not in cover
    for digit, text in zip("۱۲۳۴۵", numbered, strict=True):
        assert f"صفحه {digit} از ۵" in text.replace("\u200f", "")


def test_the_page_number_stands_in_the_middle_of_the_foot(packet: PdfReader, tmp_path: Path) -> None:
    for index, width in ((1, 595.3), (5, 841.9)):
        left, right, low, high = _ink(tmp_path / "packet.pdf", index, below=50)
        assert (left + right) / 2 == pytest.approx(width / 2, abs=3)
        assert 22 < low < high < 42


def _ink(pdf: Path, index: int, below: float) -> tuple[float, float, float, float]:
    """The rectangle of what is printed in the lowest ``below`` points of a page: left, right, low, high."""
    document = pypdfium2.PdfDocument(pdf)
    image = document[index].render(scale=2, grayscale=True).to_pil()
    document.close()
    strip = image.crop((0, image.height - int(below * 2), image.width, image.height))
    box = strip.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert box is not None
    left, top, right, bottom = box
    return left / 2, right / 2, below - bottom / 2, below - top / 2


def _notes(page: PageObject) -> list[Any]:
    annotations: Any = page["/Annots"]
    return [annotation.get_object() for annotation in annotations]


def test_signature_fields_stand_where_they_were_put(packet: PdfReader, pieces: tuple[Piece, ...]) -> None:
    fields = packet.get_fields() or {}
    assert {name: field["/FT"] for name, field in fields.items()} == {"head": "/Sig", "deputy": "/Sig"}
    assert all("/V" not in field for field in fields.values())
    form: Any = packet.root_object["/AcroForm"]
    assert form["/SigFlags"] == 1
    (widget,) = _notes(packet.pages[1])
    field = pieces[1].fields[0]
    rectangle = [float(value) for value in widget["/Rect"]]
    assert rectangle == pytest.approx([field.x, field.y, field.x + 150, field.y + 60], abs=0.01)


def test_the_field_of_a_placed_letter_lies_inside_its_frame(packet: PdfReader, pieces: tuple[Piece, ...]) -> None:
    (widget,) = _notes(packet.pages[4])
    left, low, right, high = (float(value) for value in widget["/Rect"])
    frame = pieces[2].placements[0]
    assert widget["/T"] == "deputy"
    assert frame.x < left < right < frame.x + frame.width
    assert frame.y < low < high < frame.y + frame.height
    assert right - left == pytest.approx(150 * frame.width / 595.3, rel=0.02)


def test_the_placed_letter_can_be_read_on_the_page(packet: PdfReader, tmp_path: Path) -> None:
    assert "نامه درخواست" in _texts(tmp_path / "packet.pdf")[4]


@pytest.mark.parametrize("draft", [False, True])
def test_the_draft_stamp_is_on_every_page_or_on_none(
    draft: bool, pieces: tuple[Piece, ...], fonts: FontSet, tmp_path: Path
) -> None:
    made = _finish(pieces, tmp_path / "packet.pdf", fonts, draft=draft)
    assert ["نویس" in text.replace("\u200c", "") for text in _texts(made.path)] == [draft] * 6


def test_two_builds_are_identical_from_the_documents_on(
    engine: LibreOffice,
    documents: tuple[Path, ...],
    pieces: tuple[Piece, ...],
    fonts: FontSet,
    tmp_path: Path,
) -> None:
    """The pages are made anew, with other times and identifiers in them."""
    again = convert(engine, documents, tmp_path / "again", fonts=fonts, timeout=60, work=tmp_path / "work")
    renewed = dict(zip((pieces[1].pdf, pieces[2].pdf, pieces[3].pdf), again, strict=True))
    others = tuple(
        replace(
            piece,
            pdf=renewed[piece.pdf],
            placements=tuple(replace(place, source=renewed[place.source]) for place in piece.placements),
        )
        for piece in pieces
    )
    first = _finish(pieces, tmp_path / "first.pdf", fonts, draft=True)
    second = _finish(others, tmp_path / "second.pdf", fonts, draft=True)
    assert first.path.read_bytes() == second.path.read_bytes()
    assert first.sha256 == second.sha256
    assert pieces[1].pdf.read_bytes() != others[1].pdf.read_bytes()


def test_links_inside_a_piece_lead_to_their_page_of_the_packet(
    pieces: tuple[Piece, ...], fonts: FontSet, tmp_path: Path
) -> None:
    writer = PdfWriter(clone_from=pieces[2].pdf)
    writer.add_annotation(0, Link(rect=(10, 10, 60, 20), target_page_index=2, fit=Fit.xyz(top=600)))
    writer.write(tmp_path / "linked.pdf")
    made = _finish((pieces[1], replace(pieces[2], pdf=tmp_path / "linked.pdf")), tmp_path / "packet.pdf", fonts)
    packet = PdfReader(made.path)
    (link,) = _notes(packet.pages[1])
    assert link["/Dest"][0] == packet.pages[3].indirect_reference


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_turned_pages_bear_their_number_at_the_visible_foot(
    turned: int, pieces: tuple[Piece, ...], fonts: FontSet, tmp_path: Path
) -> None:
    writer = PdfWriter()
    writer.add_blank_page(595, 842).rotate(turned)
    writer.write(tmp_path / "turned.pdf")
    made = _finish((Piece("scan", "سند", tmp_path / "turned.pdf", foreign=True),), tmp_path / "packet.pdf", fonts)
    left, right, low, high = _ink(made.path, 0, below=50)
    assert (left + right) / 2 == pytest.approx((842 if turned % 180 else 595) / 2, abs=3)
    assert 22 < low < high < 42


def test_attached_files_come_out_as_they_went_in(pieces: tuple[Piece, ...], fonts: FontSet, tmp_path: Path) -> None:
    file = tmp_path / "قرارداد.bin"
    file.write_bytes(b"\x00signed\xff")
    carrying = replace(pieces[1], attached=(Attached(file.name, file),))
    made = _finish((carrying,), tmp_path / "packet.pdf", fonts)
    assert PdfReader(made.path).attachments == {"قرارداد.bin": [b"\x00signed\xff"]}
    assert verify(made.path, expect((carrying,), title=TITLE, fonts=fonts)) == ()


def test_first_numbers_skip_unnumbered_pieces() -> None:
    assert first_numbers([1, 2, 30, 4], [False, True, True, True]) == (1, 1, 3, 33)


# ---------------------------------------------------------------- faults


def test_a_full_disk_leaves_the_old_packet_alone(
    pieces: tuple[Piece, ...], fonts: FontSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out" / "packet.pdf"
    out.parent.mkdir()
    out.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(AssemblerError) as caught:
        _finish(pieces, out, fonts)
    assert caught.value.exit_code is ExitCode.OUTPUT
    assert caught.value.problems[0].code == "output-unwritable"
    assert [path.name for path in out.parent.iterdir()] == ["packet.pdf"]
    assert out.read_bytes() == b"old"


def test_a_folder_that_is_a_file_cannot_be_written(pieces: tuple[Piece, ...], fonts: FontSet, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(AssemblerError) as caught:
        _finish(pieces, tmp_path / "file" / "packet.pdf", fonts)
    assert caught.value.problems[0].code == "output-unwritable"


def test_a_piece_that_is_no_pdf_is_named(fonts: FontSet, tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"nothing")
    with pytest.raises(AssemblerError) as caught:
        _finish((Piece("body", "گزارش", tmp_path / "bad.pdf"),), tmp_path / "packet.pdf", fonts)
    assert caught.value.problems[0].arguments["name"] == "body"


def test_a_page_becomes_the_same_picture_twice(converted: tuple[Path, ...], tmp_path: Path) -> None:
    one = pages.picture(converted[0], 0, tmp_path / "one.png", 100)
    two = pages.picture(converted[0], 0, tmp_path / "two.png", 100)
    assert one.read_bytes() == two.read_bytes()
    assert Image.open(one).size == pytest.approx((827, 1170), abs=2)


def test_a_page_that_is_not_there_has_no_picture(converted: tuple[Path, ...], tmp_path: Path) -> None:
    with pytest.raises(AssemblerError):
        pages.picture(converted[0], 7, tmp_path / "none.png", 50)


def test_a_sheet_that_is_not_counted_counts_its_own_pages() -> None:
    sheet = PageRange("sheet", "برگه", 1, 2, numbered=False, own_words="برگه {page}/{pages}")
    cover = PageRange("cover", "جلد", 3, 1, numbered=False)
    ranges = (PageRange("letter", "نامه", 0, 1), sheet, cover, PageRange("body", "گزارش", 4, 1))
    lines = page_lines(ranges, "صفحه {page} از {pages}")
    assert lines == {0: "صفحه ۱ از ۲", 1: "برگه ۱/۲", 2: "برگه ۲/۲", 4: "صفحه ۲ از ۲"}


def test_a_letter_counts_its_own_pages_and_its_place_in_the_packet_stands_in_the_corner() -> None:
    words = "صفحه {page} از {pages}"
    letters = [PageRange("one", "نامه", 0, 1, own_words=words), PageRange("two", "نامه", 1, 2, own_words=words)]
    ranges = [*letters, PageRange("body", "گزارش", 3, 1)]
    assert page_lines(ranges, words) == {1: "صفحه ۱ از ۲", 2: "صفحه ۲ از ۲", 3: "صفحه ۴ از ۴"}
    corners = {0: "صفحه ۱ از ۴", 1: "صفحه ۲ از ۴", 2: "صفحه ۳ از ۴"}
    assert corner_lines(ranges, words) == corners
    alone = [PageRange("two", "نامه", 0, 2, own_words=words)]
    assert (page_lines(alone, words), corner_lines(alone, words)) == ({0: "صفحه ۱ از ۲", 1: "صفحه ۲ از ۲"}, {})


def test_a_packet_of_letters_stands_the_proof(pieces: tuple[Piece, ...], fonts: FontSet, tmp_path: Path) -> None:
    own = tuple(replace(piece, own_words="صفحه {page} از {pages}") if piece.numbered else piece for piece in pieces)
    made = _finish(own, tmp_path / "packet.pdf", fonts)
    assert verify(made.path, expect(own, title=TITLE, fonts=fonts)) == ()

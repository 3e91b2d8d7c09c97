"""The proof finds each kind of fault when it is planted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from assembler.pdf.finish import finish
from assembler.pdf.fonts import FontSet
from assembler.pdf.pieces import OutlineEntry, Piece, SignatureField
from assembler.pdf.verify import Expectation, expect, verify

TITLE = "گزارش"


@pytest.fixture
def pieces(converted: tuple[Path, ...]) -> tuple[Piece, ...]:
    letter, body, _ = converted
    return (
        Piece("letter", "نامه", letter, fields=(SignatureField("head", "امضا", 0, 80, 300, 150, 60),)),
        Piece("body", "گزارش", body, outline=(OutlineEntry("فصل ۱", 1, 0, 700), OutlineEntry("فصل ۲", 1, 1, 700))),
    )


@pytest.fixture
def packet(pieces: tuple[Piece, ...], fonts: FontSet, tmp_path: Path) -> Path:
    return finish(pieces, tmp_path / "packet.pdf", title=TITLE, author="اداره", fonts=fonts).path


@pytest.fixture
def expectation(pieces: tuple[Piece, ...], fonts: FontSet) -> Expectation:
    return expect(pieces, title=TITLE, fonts=fonts)


def test_a_sound_packet_stands_the_proof(packet: Path, expectation: Expectation) -> None:
    assert verify(packet, expectation) == ()


def _lose_page(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[-1]


def _swap_pages(pdf: pikepdf.Pdf) -> None:
    pdf.pages.reverse()


def _lose_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def _change_title(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = "other"


def _lose_labels(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=[0, pikepdf.Dictionary(S=pikepdf.Name.r)])


def _lose_fields(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AcroForm


def _lose_bookmarks(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Outlines


def _misdirect_bookmark(pdf: pikepdf.Pdf) -> None:
    first = pdf.Root.Outlines.First
    destination = pikepdf.Array([pdf.pages[2].obj, pikepdf.Name.Fit])
    for key in ("/A", "/Dest"):
        if key in first:
            del first[key]
    first.Dest = destination


def _add_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _add_launch(pdf: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
    pdf.pages[1].obj.Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(link)]))


def _claim_conformance(pdf: pikepdf.Pdf) -> None:
    pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)


def _foreign_font(pdf: pikepdf.Pdf) -> None:
    for _, font in pdf.pages[1].obj.Resources.Font.items():
        font.BaseFont = pikepdf.Name("/ABCDEF+LiberationMono")


def _lose_number(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1].obj.Resources.XObject["/AssemblerNumber"]


def _blank_letter(pdf: pikepdf.Pdf) -> None:
    streams = pdf.pages[0].obj.Contents
    pdf.pages[0].obj.Contents = pikepdf.Array([streams[0], *list(streams)[2:]])


def _add_stamp(pdf: pikepdf.Pdf) -> None:
    objects = pdf.pages[1].obj.Resources.XObject
    objects["/AssemblerStamp"] = objects["/AssemblerNumber"]


@pytest.mark.filterwarnings("ignore::pikepdf.PageCopyWarning")
@pytest.mark.parametrize(
    ("plant", "reason"),
    [
        (_lose_page, "number of pages"),
        (_swap_pages, "bookmarks"),
        (_lose_language, "language"),
        (_change_title, "title"),
        (_lose_labels, "page label"),
        (_lose_fields, "signature fields"),
        (_lose_bookmarks, "bookmarks"),
        (_misdirect_bookmark, "bookmarks"),
        (_add_script, "an action that runs something"),
        (_add_launch, "an action that runs something"),
        (_claim_conformance, "a mark that is not true of the whole"),
        (_foreign_font, "fonts that were not to be used: LiberationMono"),
        (_lose_number, "page number: 2"),
        (_blank_letter, "a part without text: letter"),
        (_add_stamp, "draft stamp"),
    ],
)
def test_planted_faults_are_found(
    plant: Callable[[pikepdf.Pdf], None], reason: str, packet: Path, expectation: Expectation, tmp_path: Path
) -> None:
    with pikepdf.open(packet) as pdf:
        plant(pdf)
        pdf.save(tmp_path / "planted.pdf")
    problems = verify(tmp_path / "planted.pdf", expectation)
    assert {found.code for found in problems} == {"proof-failed"}
    assert any(reason in found.message for found in problems), [found.message for found in problems]


def test_a_missing_attachment_is_found(packet: Path, expectation: Expectation) -> None:
    (found,) = verify(packet, replace(expectation, attached=("قرارداد.pdf",)))
    assert "attached files" in found.message


@pytest.mark.parametrize("size", [0, 1, 2])
def test_a_cut_off_file_is_found(size: int, packet: Path, expectation: Expectation, tmp_path: Path) -> None:
    data = packet.read_bytes()
    (tmp_path / "cut.pdf").write_bytes(data[: len(data) * size // 3])
    assert verify(tmp_path / "cut.pdf", expectation)


def test_a_missing_file_is_found(expectation: Expectation, tmp_path: Path) -> None:
    assert verify(tmp_path / "none.pdf", expectation)


def test_a_page_with_nothing_but_its_margins_is_found(packet: Path, pieces: tuple[Piece, ...], fonts: FontSet) -> None:
    _, body = pieces
    with pypdfium2.PdfDocument(body.pdf) as document:
        text = document[1].get_textpage().get_text_range()
    margins = {"body": replace(body, headers=(text,)), "both": replace(body, headers=(text[:3],), footers=(text[3:],))}
    for piece in margins.values():
        (found,) = verify(packet, expect((pieces[0], piece), title=TITLE, fonts=fonts))
        assert "a page with nothing on it" in found.message
    longer = replace(body, headers=(text + "نامه",))
    assert verify(packet, expect((pieces[0], longer), title=TITLE, fonts=fonts)) == ()

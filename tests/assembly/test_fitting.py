"""Letters as pages: a signature and its copies never stand alone, and little is never carried over to a second page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from assembler.assembly.engine import choose
from assembler.assembly.joining import pieces
from assembler.assembly.parts import Made, Maker
from assembler.base.settings import Settings
from assembler.model.packet import Packet, Paragraph, Part
from assembler.pdf.fonts import find_fonts
from assembler.pdf.libreoffice.installation import probe
from assembler.records import Cache
from tests.documents.conftest import COVER, SIGNER, TEMPLATES, letter, text

pytestmark = pytest.mark.skipif(probe() is None or bool(find_fonts().missing), reason="LibreOffice is not installed")
SENTENCE = "در این دوره گزارش همه واحدها رسیده و با مستندات آن‌ها سنجیده شده است. " * 2
LENGTHS = range(2, 10)


def of_length(paragraphs: int, last: str = "بند پایانی نامه.") -> Part:
    blocks = (*(Paragraph(text(SENTENCE)) for _ in range(paragraphs)), Paragraph(text(last), kept=True))
    return replace(
        letter(),
        template="letterhead",
        name=f"letter-{paragraphs}",
        blocks=blocks,
        signer=replace(SIGNER, key=f"l-{paragraphs}"),
    )


def made_of(folder: Path, *parts: Part) -> Mapping[str, Made]:
    engine = choose(Settings(Path("form_specs"), TEMPLATES))
    (folder / "made").mkdir()
    return Maker(Packet("p", "گزارش", "سازمان", parts), TEMPLATES, Cache(folder / "made"), folder, engine).parts()


def pages(made: Made) -> list[str]:
    document = pypdfium2.PdfDocument(made.pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Made]:
    return made_of(tmp_path_factory.mktemp("letters"), *map(of_length, LENGTHS))


def test_what_is_signed_stands_above_its_signature_and_the_copies_below_it(made: Mapping[str, Made]) -> None:
    for one in made.values():
        last = pages(one)[-1]
        assert "بند پایانی" in last, one.part.name
        assert SIGNER.post in last
        assert "رونوشت" in last


def test_little_is_set_closer_than_carried_over(made: Mapping[str, Made]) -> None:
    """Letters grow line by line: before one takes a second page, its lines stand as close as they may."""
    closer = [name for name, one in made.items() if _line_height(one) < _line_height(made["letter-2"])]
    assert closer
    assert {made[name].pages for name in closer} == {1}
    assert {one.pages for one in made.values()} == {1, 2}


def _line_height(made: Made) -> int:
    import docx

    style = docx.Document(str(made.docx)).styles["Body Text"]
    return int((style.paragraph_format.line_spacing or 0) * 240)


def test_a_following_page_says_which_letter_it_continues(made: Mapping[str, Made]) -> None:
    for one in made.values():
        first, *following = pages(one)
        assert "ادامه نامه" not in first
        assert all("ادامه نامه شماره" in page and "۱۲۳" in page for page in following)


def test_a_cover_is_one_page_however_much_it_says(tmp_path: Path) -> None:
    """Its lines stand closer; where its number of pages stands is known then, too."""
    long = {**COVER, "hierarchy": ("ریاست جمهوری",) * 5, "subtitle": "بر پایه شاخص‌های عمومی دستگاه‌های اجرایی " * 3}
    covers = [Part("cover", "c", "جلد", "cover", COVER), Part("cover", "long", "جلد", "cover", long)]
    made = made_of(tmp_path, *covers)
    assert [one.pages for one in made.values()] == [1, 1]
    assert all("تعداد صفحات" in pages(one)[0] for one in made.values())
    found = [piece.totals for piece in pieces(Packet("p", "", "", tuple(covers)), made, {})]
    assert [[at.size for at in totals] for totals in found] == [[13], [13]]


def test_made_again_the_letters_are_the_same(made: Mapping[str, Made], tmp_path: Path) -> None:
    again = made_of(tmp_path, *map(of_length, LENGTHS))
    assert {name: one.pdf_key for name, one in again.items()} == {name: one.pdf_key for name, one in made.items()}


def test_a_letter_that_was_issued_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("assembler.assembly.parts.goes_over", lambda *_: False)
        (loose,) = made_of(tmp_path, of_length(4)).values()
    assert loose.pages == 2
    cache, engine = Cache(tmp_path / "made"), choose(Settings(Path("form_specs"), TEMPLATES))
    packet, issued = Packet("p", "گزارش", "سازمان", (loose.part,)), {loose.content: loose.pdf_key}
    (again,) = Maker(packet, TEMPLATES, cache, tmp_path, engine, issued=issued).parts().values()
    assert (again.pdf_key, again.pages) == (loose.pdf_key, 2)
    (closer,) = Maker(packet, TEMPLATES, cache, tmp_path, engine).parts().values()
    assert closer.pages == 1

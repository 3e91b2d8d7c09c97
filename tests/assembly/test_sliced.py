"""A body made slice by slice: of what changed only, and the same bytes however it was reached."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from assembler.assembly.engine import Engine, choose
from assembler.assembly.parts import Maker
from assembler.assembly.sliced import slices_of
from assembler.base.persian import latin_digits
from assembler.base.settings import Settings
from assembler.model.answers import Attachment
from assembler.model.packet import Block, ContentsBlock, Heading, Listing, Packet, PageBreak, Paragraph, Part
from assembler.pdf import slices
from assembler.records import Cache
from tests.documents.conftest import BODY, TEMPLATES, text

CHAPTERS = ("برنامه", "خدمات", "آموزش", "پایان")


def packet(*lengths: int) -> Packet:
    """A body of chapters of so many lines, on pages of their own, each of which cites a file behind the body."""
    cited_file = "files-evidence-2"
    blocks: list[Block] = [ContentsBlock("فهرست مطالب", 1, (Listing("evidence", ((cited_file, text("حکم")),)),))]
    for number, (title, length) in enumerate(zip(CHAPTERS, lengths, strict=True), 1):
        cited = replace(text("مستند شماره ۱", cited_file)[0], cited=True)
        blocks += [PageBreak(), Heading(title, 1, str(number), f"chapter-{number}"), Paragraph((cited,))]
        blocks += [Paragraph(text(f"{title} {line}")) for line in range(length)]
        blocks += [Paragraph(text("به فصل آخر", "chapter-4"))]
    body = Part("body", "report", "گزارش", template="body", fields=BODY, blocks=tuple(blocks))
    evidence = Part("evidence", "files", "مستندات", files=(Attachment("file.pdf", Path("file.pdf")),) * 2)
    return Packet("گزارش", "گزارش", "سازمان", (body, evidence))


@pytest.fixture(scope="module")
def engine() -> Engine:
    return choose(Settings(specs=Path(), templates=TEMPLATES))


@dataclass
class Office:
    """Makes packets one after another into one cache; ``converted`` counts the documents each took."""

    engine: Engine
    folder: Path
    behind: Mapping[str, int] = field(default_factory=lambda: {"files-evidence-1": 9, "files-evidence-2": 1})
    converted: list[int] = field(default_factory=list)

    def make(self, made_of: Packet) -> Path:
        kept = self.folder / "kept"
        kept.mkdir(parents=True, exist_ok=True)
        work = self.folder / f"work-{len(self.converted)}"
        work.mkdir()
        maker = Maker(made_of, TEMPLATES, Cache(kept), work, self.engine, behind=self.behind)
        self.converted.append(0)
        rounds = maker.rounds()
        while True:
            try:
                copies = next(rounds)
            except StopIteration as end:
                return Path(end.value["report"].pdf)
            self.converted[-1] += len(copies)
            maker.keep(maker._convert(copies))


def lines(pdf: Path) -> list[list[str]]:
    """What the pages say, in Latin digits and without leaders."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        pages = [latin_digits(page.get_textpage().get_text_range()) for page in document]
    return [[re.sub(r"\.{3,}", " ... ", line) for line in page.splitlines()] for page in pages]


def words(pdf: Path) -> list[list[str]]:
    """The words and numbers of each page, in no order."""
    return [sorted(re.findall(r"\d+|[^\W\d]+", " ".join(page))) for page in lines(pdf)]


def links(pdf: Path) -> dict[str, list[int]]:
    """Where the links of a document lead: to pages of it, and behind it."""
    found: dict[str, list[int]] = {"within": [], "behind": []}
    with pikepdf.open(pdf) as document:
        pages = {page.obj.objgen: index for index, page in enumerate(document.pages)}
        for page in document.pages:
            for link in page.obj.get("/Annots", ()):
                if "/AssemblerBehind" in link:
                    found["behind"].append(int(link["/AssemblerBehind"]))
                else:
                    found["within"].append(pages[link.Dest[0].objgen])
    return found


def test_a_correction_makes_its_slice_again_and_the_pages_are_those_of_a_body_made_at_once(
    tmp_path: Path, engine: Engine
) -> None:
    """In any order; a chapter that gains a page moves the numbers of the others, which are not made again."""
    office = Office(engine, tmp_path / "office")
    office.make(packet(3, 3, 3, 3))
    steps = [(3, 60, 3, 3), (3, 60, 3, 5), (3, 3, 3, 5), (70, 3, 3, 5)]
    random.Random(1405).shuffle(steps)
    for lengths in steps:
        last = office.make(packet(*lengths))
    assert office.converted[0] == 5
    assert max(office.converted[1:]) <= 3
    assert last.read_bytes() == Office(engine, tmp_path / "anew").make(packet(*steps[-1])).read_bytes()


def test_numbers_and_links_lead_to_their_pages(tmp_path: Path, engine: Engine) -> None:
    office = Office(engine, tmp_path)
    made = office.make(packet(3, 60, 3, 3))
    pages = lines(made)
    starts = [next(at for at, page in enumerate(pages) if at and chapter in " ".join(page)) for chapter in CHAPTERS]
    assert starts == [1, 2, 5, 6]
    assert office.converted == [5]
    contents = [re.findall(r"\d+", line)[-1] for line in pages[0] if "..." in line]
    assert contents == [str(start + 1) for start in starts]
    assert pages[0][-1] == "حکم 17"
    cited = [line for page in pages[1:] for line in page if "صفحه" in line]
    assert len(cited) == 4
    assert all("17" in line for line in cited)
    found = links(made)
    assert sorted(found["within"][:4]) == starts
    assert set(found["within"][4:]) == {6}
    assert found["behind"] == [9] * 5


def test_a_number_of_another_length_gets_its_room(tmp_path: Path, engine: Engine) -> None:
    """The second file behind the body stands on page 107: lines and contents are made once more, and known then."""
    office = Office(engine, tmp_path, {"files-evidence-1": 101, "files-evidence-2": 1})
    shown = [line for page in lines(office.make(packet(3, 3, 3, 3))) for line in page]
    assert sum("107" in line for line in shown) == 5
    office.make(packet(3, 3, 3, 4))
    assert office.converted == [10, 1]


def test_numbers_are_typed_where_pages_cannot_take_them(
    tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = words(Office(engine, tmp_path / "put").make(packet(3, 60, 3, 3)))
    monkeypatch.setattr(slices, "_digits", lambda document: {})
    office = Office(engine, tmp_path / "typed")
    assert words(office.make(packet(3, 60, 3, 3))) == expected
    assert office.converted == [10]


def test_slices_stay_as_long_as_their_body(tmp_path: Path, engine: Engine) -> None:
    office = Office(engine, tmp_path)
    office.make(packet(3, 3, 3, 3))
    cache = Cache(tmp_path / "kept")
    kept = set(slices_of(["report"], cache))
    assert len(kept) == 6
    assert all(map(cache.holds, kept))
    cache.keep_only(kept)
    office.make(packet(3, 3, 3, 4))
    assert office.converted == [5, 1]

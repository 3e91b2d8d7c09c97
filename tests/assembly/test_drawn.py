"""What was drawn is not drawn again: charts and diagrams as long as a part shows them, evidence by its bytes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from assembler.assembly.drawn import KeptDrawings, KeptPages, shown_in
from assembler.documents.drawings import Drawn
from assembler.model.answers import Attachment
from assembler.pdf import evidence
from assembler.pdf.evidence import prepare
from assembler.pdf.fonts import FontSet
from assembler.records import Cache

FONTS = FontSet((), None)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    (tmp_path / "kept").mkdir()
    return Cache(tmp_path / "kept")


class Pen:
    """Draws two pictures and counts how often."""

    def __init__(self) -> None:
        self.drawn = 0

    def __call__(self, folder: Path) -> Drawn:
        self.drawn += 1
        files = (folder / "a.png", folder / "b.png")
        for file in files:
            file.write_text(file.name)
        return Drawn(files, ["گام", [1, 2], 3.5])


def test_the_same_is_drawn_once(cache: Cache, tmp_path: Path) -> None:
    pen = Pen()
    made = [KeptDrawings(cache, tmp_path / name)(("chart", 1), pen) for name in ("first", "second")]
    assert pen.drawn == 1
    assert made[0] == made[1]
    assert [file.read_text() for file in made[1].files] == ["a.png", "b.png"]
    KeptDrawings(cache, tmp_path / "third")(("chart", 2), pen)
    assert pen.drawn == 2


def test_what_is_damaged_or_gone_is_drawn_again(cache: Cache, tmp_path: Path) -> None:
    pen, drawings = Pen(), KeptDrawings(cache, tmp_path / "work")
    file = drawings(("chart", 1), pen).files[1]
    file.write_text("another picture")
    assert drawings(("chart", 1), pen).files[1].read_text() == "b.png"
    file.unlink()
    assert drawings(("chart", 1), pen).files[1].read_text() == "b.png"
    assert pen.drawn == 3


def test_pictures_stay_as_long_as_their_part(cache: Cache, tmp_path: Path) -> None:
    pen, drawings = Pen(), KeptDrawings(cache, tmp_path / "work")
    drawings(("chart", 1), pen)
    drawings.keep_for("body")
    cache.keep_only(set(shown_in(["body", "letter"], cache)))
    drawings(("chart", 1), pen)
    assert pen.drawn == 1
    cache.keep_only(set(shown_in(["letter"], cache)))
    drawings(("chart", 1), pen)
    assert pen.drawn == 2


@pytest.fixture
def scan(tmp_path: Path) -> Attachment:
    Image.new("RGB", (60, 90), "white").save(tmp_path / "scan.png")
    return Attachment("scan.png", tmp_path / "scan.png", "مستند شماره ۱", ("گواهی",))


def test_evidence_is_drawn_anew_when_its_bytes_or_its_band_change(
    cache: Cache, tmp_path: Path, scan: Attachment, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    draw = evidence._pictures

    def counted(file: Attachment, *rest: object) -> object:
        drawn.append(file.name)
        return draw(file, *rest)  # type: ignore[arg-type]

    def never(*_: object) -> Path:
        raise AssertionError

    def pages(separated: bool = False) -> bytes:
        kept = KeptPages(cache, ("26.2",))
        prepared = prepare([scan], tmp_path / "work", fonts=FONTS, separated=separated, to_pdf=never, kept=kept)
        assert not prepared.problems
        return prepared.pieces[0].pdf.read_bytes()

    monkeypatch.setattr(evidence, "_pictures", counted)
    first = pages()
    assert pages() == first
    assert len(drawn) == 1
    Image.new("RGB", (60, 90), "black").save(scan.path)
    assert pages() != first
    assert len(drawn) == 2
    Image.new("RGB", (60, 90), "white").save(scan.path)
    assert pages() == first
    assert len(drawn) == 2

"""The draft engine, the fonts and the doctor."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from assembler.base.problems import AssemblerError, ExitCode
from assembler.pdf import draft as draft_engine
from assembler.pdf import packages
from assembler.pdf.doctor import examine, ready
from assembler.pdf.finish import finish
from assembler.pdf.fonts import TATWEEL, FontSet, find_fonts, write_fontconfig
from assembler.pdf.pieces import Piece
from assembler.pdf.positions import destinations
from assembler.pdf.verify import expect, verify


def test_the_draft_engine_makes_pages_with_destinations(
    documents: tuple[Path, ...], fonts: FontSet, tmp_path: Path
) -> None:
    letter, body, wide = draft_engine.convert(documents, tmp_path, fonts=fonts)
    assert [len(PdfReader(pdf).pages) for pdf in (letter, body, wide)] == [1, 3, 1]
    found = destinations(body)
    assert [found[f"part_{number}"].page for number in (1, 2, 3)] == [0, 1, 2]
    assert found["part_3"].y > found["picture"].y > 0


def test_the_draft_engine_always_makes_the_same_bytes(
    documents: tuple[Path, ...], fonts: FontSet, tmp_path: Path
) -> None:
    first = draft_engine.convert(documents[:1], tmp_path / "first", fonts=fonts)
    second = draft_engine.convert(documents[:1], tmp_path / "second", fonts=fonts)
    assert first[0].read_bytes() == second[0].read_bytes()


def test_draft_pages_are_drawn_with_the_stand_ins(documents: tuple[Path, ...], fonts: FontSet, tmp_path: Path) -> None:
    (letter,) = draft_engine.convert(documents[:1], tmp_path, fonts=fonts)
    resources: Any = PdfReader(letter).pages[0]["/Resources"]
    used = {font["/BaseFont"].lstrip("/") for font in resources["/Font"].values()}
    assert {"Nazli", "Titr-Bold"} <= used or not fonts.faces


def test_a_packet_of_draft_pages_is_stamped_and_stands_the_proof(
    documents: tuple[Path, ...], fonts: FontSet, tmp_path: Path
) -> None:
    letter, body, _ = draft_engine.convert(documents, tmp_path, fonts=fonts)
    pieces = (Piece("letter", "نامه", letter), Piece("body", "گزارش", body))
    made = finish(pieces, tmp_path / "packet.pdf", title="ت", author="ن", fonts=fonts, draft=True)
    assert verify(made.path, expect(pieces, title="ت", fonts=fonts, draft=True)) == ()


def test_a_missing_draft_engine_says_so(
    documents: tuple[Path, ...], fonts: FontSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "version", missing)
    with pytest.raises(AssemblerError) as caught:
        draft_engine.convert(documents, tmp_path, fonts=fonts)
    assert caught.value.problems[0].code == "draft-engine-missing"
    assert caught.value.exit_code is ExitCode.ENGINE


def test_a_damaged_document_is_named(fonts: FontSet, tmp_path: Path) -> None:
    (tmp_path / "bad.docx").write_bytes(b"nothing")
    with pytest.raises(AssemblerError) as caught:
        draft_engine.convert([tmp_path / "bad.docx"], tmp_path / "out", fonts=fonts)
    assert caught.value.problems[0].arguments["name"] == "bad.docx"
    assert not (tmp_path / "out").exists()


# ---------------------------------------------------------------- fonts


def test_missing_fonts_are_told_with_their_stand_ins(tmp_path: Path) -> None:
    none = find_fonts([tmp_path])
    assert none.missing == ("B Nazanin", "B Titr")
    assert none.faces == ()
    assert [(found.code, found.arguments["name"]) for found in none.problems] == [
        ("font-missing", "Nazli"),
        ("font-missing", "Titr"),
    ]
    assert none.fallback is not None, "matplotlib brings one along"
    assert none.file("B Nazanin") == none.fallback.regular


def test_the_office_font_wins_over_its_stand_in(fonts: FontSet, tmp_path: Path) -> None:
    nazli = fonts.file("B Nazanin")
    (tmp_path / "nazli.ttf").write_bytes(nazli.read_bytes())
    with TTFont(nazli) as font:
        for record in font["name"].names:
            if record.nameID == 1:
                record.string = "B Nazanin"
        font.save(tmp_path / "BNAZANIN.TTF")
    face = find_fonts([tmp_path]).face("B Nazanin")
    assert face is not None
    assert not face.stands_in
    assert face.regular.name == "BNAZANIN.TTF"


def test_the_fingerprint_follows_the_bytes(fonts: FontSet, tmp_path: Path) -> None:
    (tmp_path / "nazli.ttf").write_bytes(fonts.file("B Nazanin").read_bytes())
    first = find_fonts([tmp_path]).fingerprint
    assert find_fonts([tmp_path]).fingerprint == first
    (tmp_path / "titr.ttf").write_bytes(fonts.file("B Titr").read_bytes())
    assert find_fonts([tmp_path]).fingerprint != first


def test_private_copies_lack_tatweel_and_never_change(fonts: FontSet, tmp_path: Path) -> None:
    config = write_fontconfig(fonts, tmp_path / "one")
    write_fontconfig(fonts, tmp_path / "two")
    assert "B Nazanin" in config.read_text(encoding="utf-8")
    copies = sorted((tmp_path / "one" / "fonts").glob("*-*.ttf"))
    assert copies
    for copy in copies:
        assert copy.read_bytes() == (tmp_path / "two" / "fonts" / copy.name).read_bytes()
        with TTFont(copy) as font:
            assert TATWEEL not in font.getBestCmap()


def test_a_file_that_is_no_font_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "nazli.ttf").write_bytes(b"not a font")
    assert find_fonts([tmp_path]).missing == ("B Nazanin", "B Titr")


# ---------------------------------------------------------------- the doctor


def test_the_doctor_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "_DESKTOP", tmp_path / "no desktop's LibreOffice")
    findings = {found.name: found for found in examine({"ASSEMBLER_SOFFICE": ""}, find_fonts([tmp_path]))}
    assert not findings["LibreOffice"].present
    assert "libreoffice-writer-nogui" in findings["LibreOffice"].remedy
    assert not findings["B Nazanin"].present
    assert "fonts-farsiweb" in findings["B Nazanin"].remedy
    assert findings["rdocx"].present
    assert not findings["rdocx"].needed
    assert findings["pypdf"].version == importlib.metadata.version("pypdf")
    assert not ready(tuple(findings.values()))


def test_the_doctor_is_content_when_all_is_there(engine: object, fonts: FontSet) -> None:
    findings = examine(fonts=fonts)
    assert ready(findings) == (not fonts.missing)
    assert all(not found.remedy for found in findings if found.present)

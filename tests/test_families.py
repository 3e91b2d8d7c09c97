"""Families of templates: made of the plain one, sound for all reports, chosen by a case."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from assembler.actions.build import build
from assembler.actions.check import check
from assembler.actions.template import check_templates
from assembler.answers.families import settings_of
from assembler.base.problems import AssemblerError, Severity
from assembler.base.settings import Settings
from assembler.pdf.fonts import find_fonts
from tests.built import SETTINGS, build_once
from tests.documents.test_ooxml import assert_valid
from tests.families import TEMPLATES, made
from tests.test_samples import ROOT

SAMPLE = ROOT / "samples" / "service-desk-hq-1405-1"


def test_the_family_in_colour_is_made_of_the_plain_one() -> None:
    assert {file: file.read_bytes() for file in made()} == made()


def test_the_family_in_colour_is_sound_for_all_reports() -> None:
    assert check_templates(Settings(ROOT / "form_specs", TEMPLATES / "colour")) == ()


def chosen(folder: Path, name: str) -> Path:
    case = folder / SAMPLE.name
    shutil.copytree(SAMPLE, case)
    file = case / "case.yaml"
    file.write_text(file.read_text(encoding="utf-8") + f"\ntemplates: {name}\n", encoding="utf-8")
    return case


def test_a_case_chooses_its_family(tmp_path: Path) -> None:
    case = chosen(tmp_path, "colour")
    built = build(case, tmp_path / "out", SETTINGS)
    documents = sorted((tmp_path / "out" / "parts").glob("*.docx"))
    assert_valid(*documents)
    assert built.receipt.parts
    assert [found.code for found in check(case, SETTINGS).problems if found.code.startswith("template")] == []
    assert not build(case, tmp_path / "out", SETTINGS).joined  # nothing changed
    plain = build_once(SAMPLE).receipt
    assert all(part.key != other.key for part, other in zip(built.receipt.parts, plain.parts, strict=True) if part.docx)


def test_a_family_that_is_not_there_is_told_at_its_line(tmp_path: Path) -> None:
    case = chosen(tmp_path, "purple")
    with pytest.raises(AssemblerError) as told:
        build(case, tmp_path / "out", SETTINGS)
    (found,) = told.value.problems
    assert (found.code, Path(found.place.file or "").name) == ("templates-unknown", "case.yaml")
    lines = (case / "case.yaml").read_text(encoding="utf-8").splitlines()
    assert lines[(found.place.line or 0) - 1] == "templates: purple"
    assert "colour" in (found.hint or "")


def test_a_case_says_that_its_word_files_carry_their_fonts(tmp_path: Path) -> None:
    file = chosen(tmp_path, "colour") / "case.yaml"
    told = file.read_text(encoding="utf-8")
    for words, wanted in (("embed_fonts: yes", True), ("embed_fonts: 'no'", False), ("", False)):
        file.write_text(f"{told}{words}\n", encoding="utf-8")
        assert settings_of(file.parent, SETTINGS).embed_fonts is wanted
        assert not [found for found in check(file.parent, SETTINGS).problems if "embed" in str(found.arguments)]
    assert settings_of(file.parent, replace(SETTINGS, embed_fonts=True)).embed_fonts
    file.write_text(f"{told}embed_fonts: perhaps\n", encoding="utf-8")
    (found,) = (one for one in check(file.parent, SETTINGS).problems if one.severity is Severity.ERROR)
    assert (found.code, found.place.line) == ("word-not-yes-or-no", told.count("\n") + 1)


def test_a_font_that_may_not_be_carried_is_told(tmp_path: Path) -> None:
    case = chosen(tmp_path, "colour")
    file = case / "case.yaml"
    own = tmp_path / "fonts"
    own.mkdir()
    face = find_fonts().persian[0]
    with TTFont(face.regular) as font:
        font["OS/2"].fsType = 2
        font.save(own / face.regular.name)
    settings = replace(SETTINGS, fonts=own)
    codes = [found.code for found in check(case, settings).problems]
    assert "font-not-embedded" not in codes
    file.write_text(file.read_text(encoding="utf-8") + "embed_fonts: yes\n", encoding="utf-8")
    told = [found for found in check(case, settings).problems if found.code == "font-not-embedded"]
    assert {found.arguments["family"] for found in told} == {face.family}
    assert {found.severity.value for found in told} == {"warning"}


def test_an_office_without_a_family_of_its_own_takes_the_delivered_one(tmp_path: Path) -> None:
    case = chosen(tmp_path, "colour")
    own = tmp_path / "letter_templates"
    own.mkdir()
    assert settings_of(case, Settings(SETTINGS.specs, own)).templates == TEMPLATES / "colour"
    assert settings_of(SAMPLE, SETTINGS) == SETTINGS

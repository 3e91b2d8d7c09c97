"""A font chosen in Word is used: from the machine, from a folder of the office, or its absence is told."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest

from assembler.actions.build import build
from assembler.actions.template import check_templates
from assembler.assembly.fonts import chart_font, fonts_of
from assembler.base.problems import Problem
from assembler.base.settings import Settings
from assembler.documents.families import Cascade, Named, families_of
from assembler.pdf.fonts import find_fonts
from assembler.pdf.libreoffice.installation import probe
from tests.cli.conftest import Run
from tests.cli.conftest import run as run
from tests.conftest import REPOSITORY, Workplace
from tests.documents.conftest import edited

office = pytest.mark.skipif(probe() is None or bool(find_fonts().missing), reason="LibreOffice is not installed")
VAZIR = REPOSITORY / ".tools" / "node_modules" / "vazirmatn" / "fonts" / "ttf"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def set_in(workplace: Workplace, family: str, name: str = "body") -> Path:
    """The template with its text in another family, as an office chooses it for the default style."""
    template = workplace.templates / f"{name}.docx"
    changed = edited(
        template, workplace.folder / "c.docx", ('w:cs="B Nazanin"', f'w:cs="{family}"'), name="word/styles.xml"
    )
    return Path(shutil.move(changed, template))


def faults(workplace: Workplace) -> list[Problem]:
    """What `template check` says of fonts."""
    return [one for one in check_templates(workplace.settings) if one.code.startswith("font-")]


def printed(pdf: Path) -> Iterator[str]:
    with pikepdf.open(pdf) as document:
        for page in document.pages:
            yield from (str(font.BaseFont).split("+")[-1] for _, font in page.obj.Resources.Font.items())


@office
@pytest.mark.parametrize("family", ["Homa", "Vazirmatn"])
def test_the_pages_are_in_the_chosen_font(run: Run, workplace: Workplace, family: str) -> None:
    set_in(workplace, family)
    if family == "Vazirmatn":
        shutil.copytree(VAZIR, workplace.templates / "fonts")
    elif not fonts_of(workplace.settings).face(family):
        pytest.skip("Homa is not installed")
    assert faults(workplace) == []
    outcome = run("build", workplace.case, *workplace.options)
    assert (outcome.code, outcome.err) == (0, "")
    assert family in {name.split("-")[0] for name in printed(workplace.out / "demo.pdf")}


def test_an_absent_font_is_an_error_everywhere(run: Run, workplace: Workplace) -> None:
    template = set_in(workplace, "B Nowhere")
    (fault,) = faults(workplace)
    assert (fault.code, fault.place.file, fault.arguments["family"]) == ("font-absent", str(template), "B Nowhere")
    assert run("template", "check", *workplace.options).code == 5
    assert [one["code"] for one in run("check", workplace.case, "--json", *workplace.options).json] == ["font-absent"]
    outcome = run("build", workplace.case, *workplace.options)
    assert (outcome.code, "font-absent" in outcome.err) == (6, True)
    doctor = run("doctor", *workplace.options)
    assert (doctor.code, "✗ B Nowhere\n" in doctor.out) == (6, True)


def test_a_template_no_part_uses_stops_no_build(run: Run, workplace: Workplace) -> None:
    set_in(workplace, "B Nowhere", "letterhead")
    assert [one.code for one in faults(workplace)] == ["font-absent"]
    assert run("check", workplace.case, *workplace.options).code == 0


def test_a_run_of_its_own_is_told_with_its_paragraph(workplace: Workplace) -> None:
    template = workplace.templates / "letterhead.docx"
    tag = '<w:rPr><w:rtl/></w:rPr><w:t xml:space="preserve">{{ closing }}'
    own = tag.replace("<w:rPr>", '<w:rPr><w:rFonts w:cs="B Nowhere"/>')
    shutil.move(edited(template, workplace.folder / "c.docx", (tag, own)), template)
    (fault,) = faults(workplace)
    assert (fault.code, fault.place.item) == ("font-absent", "بند ۱۹")


def test_persian_in_a_latin_font_is_told(workplace: Workplace) -> None:
    if "Liberation Mono" not in {face.family for face in find_fonts(named={"Liberation Mono": False}).faces}:
        pytest.skip("Liberation Mono is not installed")
    set_in(workplace, "Liberation Mono")
    assert [one.code for one in faults(workplace)] == ["font-not-persian"]


def test_a_folder_told_comes_before_the_machine(workplace: Workplace, tmp_path: Path) -> None:
    nazli = find_fonts().face("B Nazanin")
    if nazli is None:
        pytest.skip("the fonts are not installed")
    own = tmp_path / "own"
    own.mkdir()
    (own / "anything.ttf").write_bytes(nazli.regular.read_bytes())
    settings = Settings(workplace.specs, workplace.templates, fonts=own)
    face = fonts_of(settings).face("B Nazanin")
    assert face is not None
    assert face.regular == own / "anything.ttf"


def test_fonts_of_the_office_are_part_of_the_fingerprint(workplace: Workplace) -> None:
    set_in(workplace, "Vazirmatn")
    before = fonts_of(workplace.settings)
    assert before.absent == ("Vazirmatn",)
    shutil.copytree(VAZIR, workplace.templates / "fonts")
    after = fonts_of(workplace.settings)
    assert (after.absent, after.fingerprint != before.fingerprint) == ((), True)


def test_the_delivered_templates_name_the_fonts_of_offices() -> None:
    assert families_of(REPOSITORY / "letter_templates" / "body.docx") == {
        "B Nazanin": True, "B Titr": True, "Times New Roman": False, "Segoe UI Symbol": False
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fonts", "named"),
    [
        ('w:cs="B Zar" w:ascii="Arial"', {Named("B Zar", True)}),
        ('w:cstheme="minorBidi" w:cs="Ignored"', {Named("B Lotus", True)}),
        ('w:cstheme="majorBidi" w:cs="B Zar"', {Named("B Zar", True)}),
        ('w:ascii="Arial"', {Named("B Mitra", True)}),
    ],
)
def test_families_follow_run_style_and_theme(fonts: str, named: set[Named]) -> None:
    styles = ElementTree.fromstring(  # noqa: S314
        f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:cs="B Mitra"/></w:rPr></w:rPrDefault>'
        "</w:docDefaults></w:styles>"
    )
    theme = ElementTree.fromstring(  # noqa: S314
        f'<a:theme xmlns:a="{A}"><a:majorFont><a:cs typeface=""/></a:majorFont><a:minorFont><a:cs typeface=""/>'
        '<a:font script="Arab" typeface="B Lotus"/></a:minorFont></a:theme>'
    )
    paragraph = ElementTree.fromstring(  # noqa: S314
        f'<w:p xmlns:w="{W}"><w:r><w:rPr><w:rFonts {fonts}/></w:rPr><w:t>متن</w:t></w:r></w:p>'
    )
    assert set(Cascade(styles, theme).of_paragraph(paragraph)) == named


@office
def test_word_files_carry_fonts_and_pages_stay_as_they_are(workplace: Workplace, tmp_path: Path) -> None:
    before = build(workplace.case, tmp_path / "out", workplace.settings)
    case = workplace.case / "case.yaml"
    case.write_text(case.read_text(encoding="utf-8") + "\nembed_fonts: yes\n", encoding="utf-8")
    after = build(workplace.case, tmp_path / "out", workplace.settings)
    parts = sorted((tmp_path / "out" / "parts").glob("*.docx"))
    assert parts
    assert all(any(name.endswith(".odttf") for name in zipfile.ZipFile(one).namelist()) for one in parts)
    assert [part.pdf_key for part in after.receipt.parts] == [part.pdf_key for part in before.receipt.parts]
    assert after.made_now  # the documents alone
    assert not build(workplace.case, tmp_path / "out", workplace.settings).joined


def test_charts_are_lettered_in_the_font_of_the_text(workplace: Workplace) -> None:
    plain = chart_font(fonts_of(workplace.settings), workplace.templates / "body.docx")
    template = set_in(workplace, "Vazirmatn")
    shutil.copytree(VAZIR, workplace.templates / "fonts")
    chosen = chart_font(fonts_of(workplace.settings), template)
    assert chosen is not None
    assert "Vazirmatn" in chosen.name
    assert chosen != plain

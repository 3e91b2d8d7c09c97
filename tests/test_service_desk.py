"""The service desk's samples, built whole: the two-monthly letter with its annexes, and the survey taken in."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import jdatetime
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from pypdf import PdfReader

from assembler.assembly.unchanged import Built
from assembler.base.catalogue.entries import Severity
from assembler.base.persian import fold
from assembler.cli import cli
from assembler.model.judged import Judged
from assembler.model.packet import GridBlock
from assembler.pipeline import read
from tests.built import SETTINGS, build_once
from tests.documents.test_ooxml import assert_valid
from tests.test_annual import _values
from tests.test_samples import ROOT, texts_of

SAMPLES = ROOT / "samples"
CASES = tuple(SAMPLES / f"service-desk-{unit}-1405-{period}" for unit in ("hq", "province") for period in (1, 2))
HEADQUARTERS, PROVINCE = CASES[1], CASES[2]
DAY = jdatetime.date(1405, 5, 5)


@pytest.fixture(scope="session")
def headquarters() -> Built:
    return build_once(HEADQUARTERS)


@pytest.fixture(scope="session")
def province() -> Built:
    return build_once(PROVINCE)


def read_sample(case: Path) -> Judged:
    return read(case, SETTINGS, DAY)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_samples_are_clean(case: Path) -> None:
    found = [each for each in read_sample(case).problems if each.severity is not Severity.INFORMATION]
    assert [(each.code, each.place) for each in found] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_service_stands_in_one_place_and_the_totals_agree(case: Path) -> None:
    section = read_sample(case).forms["service-desk/1"].items
    total, *places = (section[name].value for name in ("total", "desk", "electronic", "combined", "units"))
    assert total == len(section["services"].rows) == sum(int(str(place)) for place in places)
    ratio = section["desk_ratio"].value
    assert isinstance(ratio, Decimal)
    assert abs(ratio - Decimal(str(places[0])) / Decimal(str(total))) < Decimal("0.01")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_services_flow_to_the_sections_of_their_place(case: Path) -> None:
    forms = read_sample(case).forms
    places = {
        str(row.cells["title"].value): row.cells["place"].value
        for row in forms["service-desk/1"].items["services"].rows
    }
    for section, wanted in (("3", None), ("4", {"desk", "combined"}), ("5", {"electronic", "combined"})):
        listed = [str(row.cells["title"].value) for row in forms[f"service-desk/{section}"].items["services"].rows]
        assert listed == [title for title, place in places.items() if wanted is None or place in wanted]


@pytest.mark.parametrize(("case", "built"), [(HEADQUARTERS, "headquarters"), (PROVINCE, "province")])
def test_every_entered_value_is_printed(case: Path, built: str, request: pytest.FixtureRequest) -> None:
    result: Built = request.getfixturevalue(built)
    everything = "".join(texts_of(path) for path in sorted((result.pdf.parent / "parts").glob("*.docx")))
    reading = read_sample(case)
    answered = [name for name in reading.case.forms if name != "service-desk/letters"]
    lost = [
        (name, text)
        for name in answered
        for item in reading.forms[name].items.values()
        for text in _values(item)
        if fold(text) not in everything
    ]
    assert not lost


def test_recipients_follow_who_sends(headquarters: Built, province: Built) -> None:
    for built, recipient in (
        (headquarters, "سازمان اداری و استخدامی کشور"),
        (province, "سازمان مدیریت و برنامه‌ریزی استان"),
    ):
        assert fold(recipient) in texts_of(built.pdf.parent / "parts/report-letter.docx")


def test_the_letter_tells_the_change_since_the_last_period(headquarters: Built) -> None:
    letter = texts_of(headquarters.pdf.parent / "parts/report-letter.docx")
    before, now = (read_sample(case).forms["service-desk/1"].items["electronic"].value for case in CASES[:2])
    assert before != now
    assert fold(f"{now} خدمت در میز خدمت الکترونیکی (دوره پیش {before})") in letter


@pytest.mark.parametrize("built", ["headquarters", "province"])
def test_documents_are_valid_and_the_letter_has_one_page(built: str, request: pytest.FixtureRequest) -> None:
    result: Built = request.getfixturevalue(built)
    assert {part.pages for part in result.receipt.parts if part.kind == "letter"} == {1}
    assert_valid(*sorted((result.pdf.parent / "parts").glob("*.docx")))


def test_the_survey_of_the_sample_responses_becomes_part_of_the_report(tmp_path: Path) -> None:
    for case in CASES[:2]:
        shutil.copytree(case, tmp_path / case.name)
    target = tmp_path / HEADQUARTERS.name
    run = CliRunner().invoke(cli, ["--lang", "en", "survey", str(target), str(SAMPLES / "survey-responses.csv")])
    assert "Rows read: 240; responses counted: 237, set aside: 3" in run.output
    assert len((target / "set-aside.csv").read_text(encoding="utf-8-sig").splitlines()) == 4
    reading = read(target, SETTINGS, DAY)
    assert [each.code for each in reading.problems if each.severity is Severity.ERROR] == []
    survey = reading.forms["service-desk/survey"].items
    assert survey["responses"].value == 237
    for row in survey["questions"].rows:
        levels = [int(str(row.cells[level].value)) for level in ("high", "medium", "low", "very_low")]
        assert sum(levels) == row.cells["answered"].value
        assert sum(levels) <= 237
    results = reading.packet.part("survey-results").blocks
    assert any(isinstance(block, GridBlock) for block in results)


def test_the_sample_list_of_units_becomes_letters(tmp_path: Path) -> None:
    """Three of the sixty: the list is read as it stands, each unit gets its PDF, and one holds them all."""
    book = load_workbook(SAMPLES / "units-60.xlsx")
    sheet = book.worksheets[0]
    assert sheet.max_row == 61
    sheet.delete_rows(5, 60)
    book.save(tmp_path / "units.xlsx")
    named = ["--data", tmp_path / "units.xlsx", "--out", tmp_path / "out", "--base", CASES[2], "--name", "نام فایل"]
    run = CliRunner().invoke(cli, ["--lang", "en", "letters", "service-desk", "--no-docx", *map(str, named)])
    assert run.exit_code == 0, run.output
    made = sorted(path.name for path in (tmp_path / "out").glob("*.pdf"))
    assert len(made) == 4
    pages = {name: len(PdfReader(tmp_path / "out" / name).pages) for name in made}
    assert pages.pop("combined.pdf") == sum(pages.values())


def test_each_unit_of_the_list_heads_and_signs_its_own_letters() -> None:
    head, *rows = load_workbook(SAMPLES / "units-60.xlsx").worksheets[0].iter_rows(values_only=True)
    units = [dict(zip(head, row, strict=True)) for row in rows]
    for name in ("agency", "head_post", "address"):
        assert all(f"استان {unit['province']}" in str(unit[name]) for unit in units)
    numbers = [unit[name] for unit in units for name in head if str(name).endswith("_number")]
    assert len(set(numbers)) == 3 * len(units)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("province", "دیگر", "استان نمونه"),
        ("head_post", "مدیرکل خدمات سکونتگاهی استان دیگر", "استان دیگر"),
        ("address", "استان دیگر، شهر نمونه", "استان دیگر"),
        ("head_post", "مدیرکل خدمات سکونتگاهی", ""),
    ],
)
def test_a_letter_headed_or_signed_by_another_province_is_told(
    tmp_path: Path, field: str, value: str, told: str
) -> None:
    case = tmp_path / "case"
    shutil.copytree(PROVINCE, case)
    lines = (case / "case.yaml").read_text(encoding="utf-8").splitlines()
    lines = [f"{field}: {value}" if line.startswith(f"{field}:") else line for line in lines]
    (case / "case.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = [each for each in read(case, SETTINGS, DAY).problems if each.code == "letter-other-province"]
    assert {each.arguments["said"] for each in found} == ({told} if told else set())


def test_the_own_headquarters_is_addressed_as_the_guide_says() -> None:
    """«به … ستاد دستگاه متبوع خود معرفی نمایند»: the office, not its representative."""
    parts = read(PROVINCE, SETTINGS, DAY).packet.parts
    letter = next(part for part in parts if part.name == "introduction-letter-own-headquarters")
    assert letter.fields["addressee_post"] == "ستاد مرکزی سازمان خدمات سکونتگاهی نمونه"

"""Figures of the shipped reports against each other: a fault planted in a sample is told at its place, what lies
beside it is not.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assembler import check, open_case
from assembler.model.acceptances import place_text

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
PERFORMANCE, ANNUAL, TEHRAN = "performance-1397", "annual-1398", "tehran-1399"
HQ, PROVINCE, CENTRE, HQ_2 = (
    "service-desk-hq-1405-1",
    "service-desk-province-1405-1",
    "vaccination-1404-07",
    "service-desk-hq-1405-2",
)

# A place, what is written there, and the code told at it; «» for what is harmless.
PLANTED = [
    (PERFORMANCE, "performance-1397/3-3.age_97", "38", "number-differs"),
    (PERFORMANCE, "performance-1397/3-3.age_97", "44.5", ""),
    (PERFORMANCE, "performance-1397/3-3.managers:2.management", "22", "more-than"),
    (PERFORMANCE, "performance-1397/3-3.managers:2.management", "21", ""),
    (PERFORMANCE, "performance-1397/3-3.managers:4.service", "24", "age-service"),
    (PERFORMANCE, "performance-1397/3-3.managers:4.service", "14", ""),
    (PERFORMANCE, "performance-1397/3-1.general_staff", "5", "number-differs"),
    (PERFORMANCE, "performance-1397/3-2.degrees:2.last_level", "master", "level-differs"),
    (PERFORMANCE, "performance-1397/3-2.degrees:7.first_level", "master", "level-differs"),
    (PERFORMANCE, "performance-1397/3-4.managers", "5", "number-differs"),
    (PERFORMANCE, "performance-1397/3-4.employees", "19", "more-than"),
    (PERFORMANCE, "performance-1397/3-4.employees", "18", ""),
    (PERFORMANCE, "performance-1397/3-4.manager_hours", "16000", "more-than"),
    (ANNUAL, "circular-47093/24.planned_inspections", "هر ماه دو بازرسی", ""),
    (ANNUAL, "circular-47093/24.fulfilment", "مصوبه‌های ۱ تا ۴ اجرا شد.", "entries-missing"),
    (ANNUAL, "circular-47093/24.fulfilment", "مصوبه‌های ۱ تا ۵ اجرا شد.", ""),
    (ANNUAL, "circular-47093/26.participated", "no", "rule"),
    (ANNUAL, "circular-47093/26.interacted", "no", "rule"),
    (ANNUAL, "circular-47093/26.meetings", "سه نشست: ۱۳۹۸/۰۳/۲۱ و ۱۳۹۸/۰۶/۲۶", "times-differ"),
    (ANNUAL, "circular-47093/26.meetings", "دو نشست: ۱۳۹۸/۰۳/۲۱ و ۱۳۹۸/۰۶/۲۶", ""),
    (PERFORMANCE, "performance-1397/1-2.achieved", "90", "number-differs"),
    (TEHRAN, "tehran-1399/13.sessions:2.date", "1398/09/10", "year-date"),
    (TEHRAN, "tehran-1399/13.sessions:2.date", "1399/12/10", "not-rising"),
    (TEHRAN, "tehran-1399/13.sessions:2.date", "1399/09/12", ""),
    (TEHRAN, "tehran-1399/14.months", "بهمن ماه ۹۹", "month-idle"),
    (PERFORMANCE, "performance-1397/3-3.managers:3.appointed", "1398/02/10", "year-date"),
    (PERFORMANCE, "performance-1397/3-3.managers:4.appointed", "1379/05/08", "year-swapped"),
    (PERFORMANCE, "performance-1397/letters.date", "1379/12/25", "year-date"),
    (ANNUAL, "circular-47093/26.meetings", "نشست توجیهی در ۱۳۹۹/۰۳/۲۱", "year-date"),
    (ANNUAL, "circular-47093/26.meetings", "نشست توجیهی در ۱۳۹۸/۱۲/۲۹", ""),
    (ANNUAL, "circular-47093/24.output", "بازرسی ۱۳۸۹/۰۳/۲۱ انجام شد.", "year-swapped"),
    (ANNUAL, "circular-47093/24.output", "قانون مصوب ۱۳۸۹/۰۳/۲۱ اجرا شد.", ""),
    (CENTRE, "vaccination/centre.costs:2.day", "18/07/03", "year-date"),
    (CENTRE, "vaccination/centre.costs:4.day", "02/07/04", "not-rising"),
    (HQ, "service-desk/3.services:2.code", "13992101", "pair-differs"),
    (HQ, "service-desk/3.services:2.code", "1399210", "constraint"),
    (HQ_2, "service-desk/letters.report_number", "۱۴۰۵/د/۰۲۱۴", "letter-number-used"),
    (HQ, "case.representative_post", "کارشناس نوسازی", "constraint"),
    (HQ, "case.representative_post", "معاون مدیرکل نوسازی", ""),
    (PROVINCE, "case.representative_post", "رئیس اداره", "constraint"),
]


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A copy of each sample beside the others, as some name the one before; its answers are put back after each."""
    folder = tmp_path_factory.mktemp("samples")
    copied = {name: folder / name for name in {HQ, *(name for name, *_ in PLANTED)}}
    for name, copy in copied.items():
        shutil.copytree(SAMPLES / name, copy)
    return copied


def told_after(folder: Path, sample: str, place: str, value: str) -> set[tuple[str, str]]:
    """What is told of a sample once an answer was written, beside what it was told of before."""
    known = {(each.code, place_text(each.place)) for each in check(folder)}
    with open_case(folder) as case:
        case.set(place, value)
    found = {(each.code, place_text(each.place)) for each in check(folder)} - known
    shutil.rmtree(folder)
    shutil.copytree(SAMPLES / sample, folder)
    return found


@pytest.mark.parametrize(("sample", "place", "value", "code"), PLANTED, ids=[f"{row[1]}={row[2]}" for row in PLANTED])
def test_a_planted_fault_is_told_at_its_place(
    cases: dict[str, Path], sample: str, place: str, value: str, code: str
) -> None:
    assert told_after(cases[sample], sample, place, value) == ({(code, place)} if code else set())


def test_inspections_are_the_sum_of_both_kinds(cases: dict[str, Path]) -> None:
    inspections = "circular-47093/24.inspections"
    assert ("row-sum", inspections) in told_after(cases[ANNUAL], ANNUAL, inspections, "35")


def test_a_space_is_rated_once(cases: dict[str, Path]) -> None:
    assert ("rule", "service-desk/2.assessor") in told_after(
        cases[HQ_2], HQ_2, "service-desk/2.assessor:1.level", "weak"
    )
    assert told_after(cases[HQ_2], HQ_2, "service-desk/2.assessor:1.level", "fair") == set()


def test_what_changed_since_the_period_before_and_what_was_contradicted_there(cases: dict[str, Path]) -> None:
    code, desk = "service-desk/1.services:2.code", "service-desk/1.services:18.place"
    assert ("pair-changed", code) in told_after(cases[HQ_2], HQ_2, code, "13992999")
    assert ("declared-again", desk) in {(each.code, place_text(each.place)) for each in check(cases[HQ_2])}
    assert ("declared-again", desk) not in {(each.code, place_text(each.place)) for each in check(cases[HQ])}

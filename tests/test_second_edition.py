"""The invented edition of the circular, begun from the sample of the one before: what it asks anew alone is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.actions.new import Started, begin
from assembler.base.catalogue.entries import Severity
from assembler.base.persian import persian_digits
from assembler.base.settings import Settings
from assembler.model.blocks import SectionSpec, walk
from assembler.model.judged import Judged
from assembler.pipeline import judged_at
from tests.conftest import REPOSITORY
from tests.test_remarks import specs

SETTINGS = Settings(REPOSITORY / "form_specs", REPOSITORY / "letter_templates")
FORMS = "citizen-rights-1399"


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Started:
    folder = tmp_path_factory.mktemp("cases") / "annual-1399"
    given = [("year", "۱۳۹۹"), ("liaison", "ج. نمونه"), ("document_date", "اردیبهشت ۱۴۰۰")]
    return begin("annual-1399", folder, SETTINGS, given, REPOSITORY / "samples" / "annual-1398").start()


@pytest.fixture(scope="module")
def case(started: Started) -> Judged:
    return judged_at(started.folder, specs())


def test_every_answer_has_a_place_or_is_told(started: Started) -> None:
    assert (started.taken, len(started.offered), len(started.lost)) == (148, 1, 13)
    assert {lost.place.rpartition(".")[0].rpartition("/")[2] for lost in started.lost} == {"13", "15", "21", "22", "28"}
    assert started.left_file is not None
    assert "متن قرارداد یا تعهدنامه پیش از امضا در اختیار شما گذاشته شد؟" in started.left_file.read_text("utf-8")


def test_what_the_edition_asks_anew_is_all_that_lacks(case: Judged) -> None:
    wrong = [found for found in case.problems if found.severity is Severity.ERROR]
    assert {found.code for found in wrong} == {"required"}
    assert {(found.place.form, found.place.column or found.place.item) for found in wrong} == {
        (f"{FORMS}/01", "channel"), (f"{FORMS}/10", "waiting"), (f"{FORMS}/20", "criticisms"),
        (f"{FORMS}/20", "suggestions"), (f"{FORMS}/27", "settled"), (f"{FORMS}/27", "reports"),
        (f"{FORMS}/29", "answer"),
    }  # fmt: skip


def test_its_indicators_are_numbered_from_one_on(case: Judged) -> None:
    report = specs().reports["annual-1399"]
    sections = [block.title for part in report.parts for block in walk(part.content) if isinstance(block, SectionSpec)]
    numbered = [title.partition("-")[0] for title in sections if title.startswith("شاخص ")]
    assert numbered == [f"شاخص {persian_digits(str(number))}" for number in range(1, 30)]
    shown = [form for form in report.used_forms if form.rpartition("/")[2].isdecimal()]
    assert shown == [f"{FORMS}/{number:02d}" for number in range(1, 30)]


def test_the_year_brings_its_own_kit(case: Judged) -> None:
    assert case.case.fields.values["motto"].value == "تولید؛ پشتیبانی‌ها، مانع‌زدایی‌ها"
    assert case.case.fields.values["circular"].value == "۰۰۰۰۰"


def test_a_form_written_anew_takes_over_what_it_says_it_was(tmp_path: Path) -> None:
    before = REPOSITORY / "samples" / "vaccination-1404-07"
    made = begin("vaccination-1405", tmp_path / "card", SETTINGS, [("filled_in", "2025/11/01")], before).start()
    case = judged_at(made.folder, specs())
    card = case.forms["vaccination-1405/refrigerator"]
    assert (card.items["product"].value, card.items["top"].value) == ("ILR-100 (2–8 °C)", ("yes",))
    assert [str(row.cells["reason"].value) for row in card.items["failures"].rows] == ["قطع برق شهر", "سرویس دوره‌ای"]
    assert {found.code for found in case.problems if found.severity is Severity.ERROR} == set()

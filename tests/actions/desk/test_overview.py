"""How far a case is, for each what he sees of it."""

from __future__ import annotations

import json
from pathlib import Path

import jdatetime
import pytest

from assembler.actions.desk.data import overview_json
from assembler.actions.desk.overview import overview
from assembler.actions.desk.write import write
from assembler.base.messages import choose
from assembler.model.acts import CaseOverview, FormStanding, Target
from tests.actions.desk.desks import ADMIN, ANSWERED, FORM, OFFICER, REVIEWER, department, desk_of, in_units, written
from tests.collect.fill.filling import make_rich_workplace
from tests.conftest import Workplace

TODAY = jdatetime.date(1399, 1, 1)


@pytest.fixture(autouse=True)
def _persian() -> None:
    choose("fa")


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return make_rich_workplace(tmp_path, ANSWERED.replace("score: 5", "score: 15"))


def forms(found: CaseOverview) -> dict[str, FormStanding]:
    return {form.form: form for section in found.sections for form in section.forms}


def test_forms_stand_in_their_sections_with_what_is_open(place: Workplace) -> None:
    found = overview(desk_of(place), OFFICER, TODAY)
    assert [section.title for section in found.sections] == ["", "بازدید"]
    standing = forms(found)
    assert (standing[FORM].state, standing[FORM].errors, standing[FORM].missing) == ("begun", 1, 0)
    assert (standing["demo/second"].state, standing["demo/second"].missing) == ("empty", 2)
    assert found.percent == 0
    assert found.changed == pytest.approx((place.case / "answers" / "visit.yaml").stat().st_mtime)


def test_it_follows_what_is_written(place: Workplace) -> None:
    desk = desk_of(place)
    before = overview(desk, OFFICER, TODAY)
    written(write(desk, OFFICER, Target(FORM, "score"), "۹", "۱۵"))
    now = overview(desk, OFFICER, TODAY)
    assert forms(now)[FORM].state == "complete"
    assert before.version != now.version == desk.page(OFFICER, FORM).version
    assert now.percent == 50


def test_a_department_counts_its_own(place: Workplace) -> None:
    in_units(place, "فناوری: [demo/visit.services]\nمالی: [demo/second]\n")
    desk = desk_of(place)
    own = overview(desk, department("فناوری"), TODAY)
    assert list(forms(own)) == [FORM]
    assert (forms(own)[FORM].state, forms(own)[FORM].errors, own.errors, own.percent) == ("complete", 0, 0, 100)
    other = overview(desk, department("مالی"), TODAY)
    assert list(forms(other)) == ["demo/second"]
    assert forms(other)["demo/second"].missing == 2
    assert forms(overview(desk, department("دیگر"), TODAY)) == {}
    assert forms(overview(desk, ADMIN, TODAY)) == {}


def test_who_only_reads_is_told(place: Workplace) -> None:
    desk = desk_of(place)
    assert forms(overview(desk, OFFICER, TODAY))[FORM].writable
    assert not forms(overview(desk, REVIEWER, TODAY))[FORM].writable


def test_it_is_plain_data(place: Workplace) -> None:
    data = json.loads(json.dumps(overview_json(overview(desk_of(place), OFFICER, TODAY))))
    assert data["sections"][1]["forms"][0]["form"] == FORM

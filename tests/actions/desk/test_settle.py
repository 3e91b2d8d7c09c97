"""Carried answers confirmed, and problems that may stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assembler.actions.desk.settle import accept, confirm
from assembler.actions.desk.undo import undo
from assembler.actions.desk.write import write
from assembler.actions.open_case import OpenCase
from assembler.base.messages import choose
from assembler.model.acts import Target
from assembler.model.carried import fingerprint
from tests.actions.desk.desks import (
    ANSWERED,
    FORM,
    OFFICER,
    REVIEWER,
    department,
    desk_of,
    in_units,
    on_disk,
    refusal,
    written,
)
from tests.collect.fill.filling import make_rich_workplace
from tests.conftest import Workplace, write_answers


@pytest.fixture(autouse=True)
def _persian() -> None:
    choose("fa")


def carried_over(folder: Path) -> Workplace:
    """A case in which three answers came from another."""
    place = make_rich_workplace(folder, ANSWERED)
    form = OpenCase.read(place.case, place.settings).answered(FORM)
    assert form is not None
    prints = "".join(f"  {name}: '{fingerprint(form, name)}'\n" for name in ("title", "score", "services"))
    write_answers(folder, f"{ANSWERED}carried:\n  from-case: demo-1398\n{prints}")
    return place


def waiting(place: Workplace) -> list[str]:
    return [item.field.name for item in desk_of(place).page(OFFICER, FORM).items if item.carried]


def test_carried_answers_wait_for_a_word(tmp_path: Path) -> None:
    place = carried_over(tmp_path)
    desk = desk_of(place)
    assert desk.page(OFFICER, FORM).item("title").carried == "demo-1398"
    found = written(confirm(desk, OFFICER, FORM, "title"))
    assert found.delta.carried == {"title": ""}
    assert [(change.kind, change.at.item, change.before) for change in found.changes] == [
        ("confirmed", "title", "demo-1398")
    ]
    assert waiting(place) == ["score", "services"]
    changes = written(write(desk, OFFICER, Target(FORM, "score"), "۹", "۵")).changes
    assert [(each.kind, each.at.item, each.before) for each in changes] == [
        ("answer", "score", "۵"),
        ("confirmed", "score", "demo-1398"),
    ]
    assert len({each.act for each in changes}) == 1
    assert waiting(place) == ["services"]
    assert [change.at.item for change in written(confirm(desk, OFFICER, FORM)).changes] == ["services"]
    assert "carried" not in on_disk(place)


def test_an_answer_that_came_for_its_like_label_says_so_until_it_is_confirmed(tmp_path: Path) -> None:
    place = carried_over(tmp_path)
    file = place.case / "answers" / "visit.yaml"
    file.write_text(re.sub("  title: '(.*)'", r"  title: '\1 alike'", file.read_text("utf-8")), "utf-8")
    desk = desk_of(place)
    assert [item.field.name for item in desk.page(OFFICER, FORM).items if item.alike] == ["title"]
    assert waiting(place) == ["title", "score", "services"]
    written(confirm(desk, OFFICER, FORM, "title"))
    assert not any(item.alike for item in desk.page(OFFICER, FORM).items)


def test_what_was_written_over_a_carried_answer_is_taken_back_whole(tmp_path: Path) -> None:
    desk = desk_of(carried_over(tmp_path))
    changes = written(write(desk, OFFICER, Target(FORM, "score"), "۹", "۵")).changes
    found = written(undo(desk, OFFICER, changes))
    assert not found.kept
    assert desk.page(OFFICER, FORM).item("score").answer.typed == "۵"


def test_a_department_confirms_its_own(tmp_path: Path) -> None:
    place = carried_over(tmp_path)
    in_units(place, "فناوری: [demo/visit.services]\n")
    desk = desk_of(place)
    assert refusal(confirm(desk, department("فناوری"), FORM, "title")) == ["not-on-page"]
    written(confirm(desk, department("فناوری"), FORM))
    assert waiting(place) == ["title", "score"]
    assert refusal(confirm(desk, REVIEWER, FORM, "title")) == ["not-yours"]


def test_a_problem_stands_for_a_reason(tmp_path: Path) -> None:
    place = make_rich_workplace(tmp_path, ANSWERED.replace("score: 5", "score: 15"))
    desk = desk_of(place)
    (found,) = desk.page(OFFICER, FORM).problems
    assert (found.code, found.item, found.acceptable) == ("constraint", "score", True)
    assert refusal(accept(desk, OFFICER, FORM, found, " ")) == ["accept-no-reason"]
    act = written(accept(desk, REVIEWER, FORM, found, "کمیته چنین داده است."))
    (now,) = act.delta.problems or ()
    assert (now.accepted, now.acceptable) == ("کمیته چنین داده است.", False)
    assert "کمیته" in (place.case / "accepted.yaml").read_text(encoding="utf-8")
    assert refusal(accept(desk, OFFICER, FORM, found, "باز هم")) == ["accept-unknown"]
    written(write(desk, OFFICER, Target(FORM, "score"), "۱۶", "۱۵"))
    assert [each.accepted for each in desk.page(OFFICER, FORM).problems] == [""]


def test_only_officers_and_reviewers_let_problems_stand(tmp_path: Path) -> None:
    place = make_rich_workplace(tmp_path, ANSWERED.replace("score: 5", "score: 15"))
    in_units(place, "فناوری: [demo/visit]\n")
    desk = desk_of(place)
    (found,) = desk.page(OFFICER, FORM).problems
    assert refusal(accept(desk, department("فناوری"), FORM, found, "چنین باد")) == ["not-yours"]
    assert refusal(accept(desk, OFFICER, "demo/second", found, "چنین باد")) == ["not-on-page"]

"""Answers of an edition in the next one: each at its question whatever that is called now, and none lost silently."""

# ruff: noqa: E501 - whole forms stand in a line

from __future__ import annotations

from pathlib import Path

from assembler.answers import read_case
from assembler.collect.files.carrying import CarriedCase, carry_over
from assembler.collect.files.leaving import left_file
from assembler.collect.files.starting import start_case
from assembler.model.answers import Case
from assembler.model.folders import LEFT_FILE
from tests.building import form_text, report_text, sound_specs, write_case
from tests.collect.editions.test_matching import NEW, OLD

ANSWERS = """\
form: x/old
answer: همان
count: 12
kind: b
gone: از دست نرود
t:
  r1: {n: 5, old: کهنه}
  r2: {n: 7}
"""


def carried(folder: Path, new: str = NEW, answers: str = ANSWERS) -> tuple[Case, CarriedCase, str]:
    """The case of the new edition, begun from one of the old; what was taken; what is told of the rest."""
    library = sound_specs(
        folder / "specs",
        form_text(OLD, "x/old"),
        form_text(new, "y/new"),
        report_text("x/old"),
        report_text("y/new").replace("report: r", "report: s\nwas: r"),
    )
    other, problems = read_case(write_case(folder / "old", answers), library)
    assert other is not None
    assert problems == ()
    report = library.reports["s"]
    taken = carry_over(other, report, library)
    start_case(folder / "new", report, library, taken)
    case, problems = read_case(folder / "new", library)
    assert case is not None
    assert problems == ()
    left = folder / "new" / LEFT_FILE
    return case, taken, left.read_text(encoding="utf-8") if left.is_file() else ""


def test_answers_follow_their_questions_by_name_by_what_they_were_and_by_labels(tmp_path: Path) -> None:
    case, taken, _ = carried(tmp_path)
    form = case.forms["y/new"]
    assert {name: answer.value for name, answer in form.values.items() if answer.value is not None} == {
        "reply": "همان", "trained": "12", "kind": "c",
    }  # fmt: skip
    first = form.tables["t"][0]
    assert (first.name, {name: cell.value for name, cell in first.cells.items()}) == ("one", {"n": 5})
    assert form.carried is not None
    assert [*form.carried.fingerprints] == ["reply", "trained", "kind", "t"]
    assert [(offer.place, offer.old) for offer in taken.offered] == [("y/new.trained", "تعداد کارکنان آموزش‌دیده")]


def test_what_finds_no_place_is_told_as_it_was_written(tmp_path: Path) -> None:
    _, taken, text = carried(tmp_path)
    assert [(lost.place, lost.why) for lost in taken.lost] == [("x/old.t", "parts"), ("x/old.gone", "gone")]
    assert taken.left == ("x/old.gone",)
    assert "gone: از دست نرود" in text
    assert "old: کهنه" in text
    assert "n: 7" in text
    assert "n: 5" not in text  # it has its place
    assert "تعداد کارکنان آموزش‌دیده در سال" in text


def test_a_value_is_taken_only_where_the_reader_takes_it(tmp_path: Path) -> None:
    new = "was: x/old\nitems:\n  - {name: answer, type: integer, label: پاسخ}\n  - {name: gone, type: text, label: د}\n"
    for said, value, why in (("۱۲", 12, []), ("دوازده نفر", None, ["unread"])):
        case, taken, _ = carried(tmp_path / said, new, f"form: x/old\nanswer: {said}\n")
        found = case.forms["y/new"].values["answer"]
        assert (found.value, [lost.why for lost in taken.lost]) == (value, why)


def test_a_choice_that_is_no_more_is_told(tmp_path: Path) -> None:
    new = "was: x/old\nchoices: {kinds: [{name: a, label: الف}]}\nitems: [{name: kind, type: select_one kinds, label: نوع}]\n"
    case, taken, text = carried(tmp_path, new, "form: x/old\nkind: b\n")
    assert case.forms["y/new"].values["kind"].value is None
    assert [lost.why for lost in taken.lost] == ["unread"]
    assert "kind: b" in text


def test_where_everything_finds_its_place_no_file_is_written(tmp_path: Path) -> None:
    _, taken, text = carried(tmp_path, NEW, "form: x/old\nanswer: همان\n")
    assert (left_file(taken), text) == ("", "")

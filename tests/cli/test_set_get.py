"""``assembler set`` and ``get``: one answer, read and refused as the files are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assembler.base.problems import ExitCode
from assembler.records.lock import case_lock
from tests.cli.conftest import Outcome, Run
from tests.conftest import ANSWERS, FORM, Workplace, write_answers, write_form

MORE = (
    FORM
    + """\
  - {name: kind, type: select_one kind, label: نوع}
  - {name: cities, type: select_multiple city}
  - {name: photo, type: image, label: عکس}
  - {name: double, type: calculate, label: دو برابر, calculation: score * 2}
  - {name: points, type: text, appearance: numbered}
  - {name: story, type: narrative}
  - name: marks
    type: table
    label: امتیازها
    columns: [{name: what, type: text, label: چه}, {name: mark, type: decimal, label: چند}]
    rows: [{name: first, cells: {what: یک}}, {name: second, cells: {what: دو}}]
choices:
  kind: [{name: a, label: اداری}, {name: b, label: فنی}]
  city: [{name: qom, label: قم}, {name: yazd, label: یزد}]
"""
)


@pytest.fixture
def place(workplace: Workplace) -> Workplace:
    write_form(workplace.folder, MORE)
    return workplace


def put(run: Run, place: Workplace, *arguments: object) -> Outcome:
    return run("set", place.case, *arguments, *place.options)


def got(run: Run, place: Workplace, *arguments: object) -> str:
    outcome = run("get", place.case, *arguments, *place.options)
    assert outcome.code == 0, outcome.err
    return outcome.out.removesuffix("\n")


def text(place: Workplace) -> str:
    return (place.case / "answers" / "visit.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("where", "value", "shown"),
    [
        ("demo/visit.title", "عنوان: تازه", "عنوان: تازه"),
        ("demo/visit.score", "۸", "8"),
        ("demo/visit.score", "-5", "-5"),
        ("demo/visit.services:2.count", "1,200", "1200"),
        ("demo/visit.services:1.name", "{{ x }} & <w:p>", "{{ x }} & <w:p>"),
        ("case.agency", "اداره ديگر", "اداره دیگر"),
        ("[demo/visit.title]", "x", "x"),
        ("demo/visit.kind", "فنی", "b"),
        ("demo/visit.kind", "a", "a"),
        ("demo/visit.cities", "یزد، قم", "qom\nyazd"),
        ("demo/visit.cities", "[yazd]", "yazd"),
        ("demo/visit.points", "یک\nدو", "یک\nدو"),
        ("demo/visit.story", "[بند, {numbered: [یک]}]", "- بند\n- numbered:\n    - یک"),
        ("demo/visit.marks:2.mark", "۷٫۵", "7.5"),
        ("demo/visit.title", "--blank", ""),
        ("demo/visit.title", "", ""),
    ],
)
def test_what_is_set_is_what_is_got(run: Run, place: Workplace, where: str, value: str, shown: str) -> None:
    outcome = put(run, place, where, value)
    assert outcome.code == 0, outcome.err
    assert outcome.out.startswith("Written: ")
    assert got(run, place, where) == shown
    assert put(run, place, where, value).out.startswith("The answer was the same; nothing was written.")


def test_one_cell_changes_one_line(run: Run, place: Workplace) -> None:
    put(run, place, "demo/visit.services:2.count", "4")
    assert text(place) == ANSWERS.replace("count: ۳", "count: 4")


def test_rows_are_added_and_deleted(run: Run, place: Workplace) -> None:
    put(run, place, "demo/visit.services:3.name", "سوم")
    put(run, place, "demo/visit.services:+.name", "چهارم")
    assert text(place) == ANSWERS + "  - {name: سوم}\n  - {name: چهارم}\n"
    put(run, place, "demo/visit.services:2", "--delete")
    assert got(run, place, "demo/visit.services:2.name") == "سوم"
    assert put(run, place, "demo/visit.services:9", "--delete").code == ExitCode.USAGE
    assert put(run, place, "demo/visit.services:1.name", "--delete").code == ExitCode.USAGE


def test_what_a_rule_says_is_shown_and_the_value_is_written(run: Run, place: Workplace) -> None:
    outcome = put(run, place, "demo/visit.score", "11")
    assert outcome.code == 0
    assert "امتیاز از ۱۰ بیشتر است.  [constraint demo/visit.score] " in outcome.out
    assert "Errors: 1, warnings: 0" in outcome.out
    assert "score: 11\n" in text(place)


@pytest.mark.parametrize(
    ("where", "value", "code", "told"),
    [
        ("demo/visit.score", "هفت", "not-a-number", "«هفت»"),
        ("demo/visit.kind", "ب", "not-a-choice", "a (اداری)"),
        ("demo/visit.title", "a\x07", "control-character", "U+0007"),
        ("demo/visit.double", "1", "calculated-cell", "دو برابر"),
        ("demo/visit.services:1.no", "1", "calculated-cell", "ردیف"),
        ("demo/visit.marks:1.what", "x", "printed-cell", "«چه»"),
        ("demo/visit.photo", "none.jpg", "attachment-missing", "none.jpg"),
        ("demo/visit.titel", "x", "unknown-item", "«title»"),
        ("demo/visi.title", "x", "unknown-form", "«demo/visit»"),
        ("demo/visit.services:1.nam", "x", "unknown-column", "«name»"),
        ("demo/visit.services:4.name", "x", "row-beyond", "services:3"),
        ("demo/visit.marks:3.mark", "x", "row-beyond", "2 rows"),
        ("demo/visit.services", "x", "place-incomplete", "services:1.no"),
        ("demo/visit.title:1.x", "x", "place-no-table", "demo/visit.title"),
        ("demo visit", "x", "wrong-shape", "form.item:row.column"),
        ("demo/visit", "x", "wrong-shape", "form.item:row.column"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    run: Run, place: Workplace, where: str, value: str, code: str, told: str
) -> None:
    outcome = put(run, place, where, value)
    assert (outcome.code, outcome.out) == (ExitCode.USAGE, "")
    assert f"[{code}" in outcome.err
    assert told in outcome.err
    assert text(place) == ANSWERS
    assert sorted(path.name for path in place.case.iterdir()) == ["answers", "attachments", "case.yaml"]


def test_a_file_is_taken_into_the_attachments(run: Run, place: Workplace, tmp_path: Path) -> None:
    picture = tmp_path / "site.jpg"
    picture.write_bytes(b"\xff\xd8\xff")
    assert put(run, place, "demo/visit.photo", picture).code == 0
    assert got(run, place, "demo/visit.photo") == "site.jpg"
    assert (place.case / "attachments" / "site.jpg").read_bytes() == b"\xff\xd8\xff"
    paper = tmp_path / "paper.txt"
    paper.write_text("x", encoding="utf-8")
    assert "[attachment-type demo/visit.photo]" in put(run, place, "demo/visit.photo", paper).err
    assert not (place.case / "attachments" / "paper.txt").exists()


@pytest.mark.parametrize("arguments", [(), ("x", "--blank"), ("x", "--delete"), ("--blank", "--delete"), ("--balnk",)])
def test_one_thing_at_a_time(run: Run, place: Workplace, arguments: tuple[str, ...]) -> None:
    assert put(run, place, "demo/visit.title", *arguments).code == ExitCode.USAGE
    assert text(place) == ANSWERS


@pytest.mark.parametrize("command", [("set", "demo/visit.title", "x"), ("accept", "constraint", "--all", "--why", "x")])
def test_a_case_that_another_changes_is_left_alone(run: Run, place: Workplace, command: tuple[str, ...]) -> None:
    with case_lock(place.case, "import"):
        outcome = run(command[0], place.case, *command[1:], *place.options)
    assert outcome.code == ExitCode.LOCKED
    assert "error: The case demo is being changed: «import»" in outcome.err
    assert text(place) == ANSWERS


def test_calculated_values_are_got(run: Run, place: Workplace) -> None:
    assert got(run, place, "demo/visit.double") == "14"
    told = json.loads(got(run, place, "demo/visit.services:2.no", "--json"))
    assert told == {
        "place": "demo/visit.services:2.no",
        "label": "ردیف",
        "type": "integer",
        "value": 2,
        "calculated": True,
        "relevant": True,
    }


def test_a_table_and_a_row_are_got_as_yaml(run: Run, place: Workplace) -> None:
    assert got(run, place, "demo/visit.services:1") == "no: 1\nname: صدور گواهی\ncount: 12"
    assert got(run, place, "demo/visit.services").startswith("- no: 1\n  name: صدور گواهی")


def test_a_form_lists_its_items(run: Run, place: Workplace) -> None:
    lines = got(run, place, "demo/visit").split("\n")
    assert lines[:3] == [
        'demo/visit.title\tعنوان\t"بازدید از ساختمان"',
        "demo/visit.score\tامتیاز\t7",
        "demo/visit.services\tخدمات\t2 rows",
    ]
    assert [each["place"] for each in json.loads(got(run, place, "case", "--json"))] == ["case.agency"]


def test_an_answer_that_cannot_be_read_is_not_blank(run: Run, place: Workplace) -> None:
    write_answers(place.folder, ANSWERS.replace("score: 7", "score: هفت"))
    outcome = run("get", place.case, "demo/visit.score", *place.options)
    assert (outcome.code, outcome.out) == (ExitCode.ANSWERS, "")
    assert "[not-a-number demo/visit.score]" in outcome.err
    assert put(run, place, "demo/visit.score", "7").code == 0
    assert text(place) == ANSWERS


def test_a_file_that_is_broken_is_told(run: Run, place: Workplace) -> None:
    path = write_answers(place.folder, ANSWERS + "  - {name: x\n")
    broken = path.read_bytes()
    outcome = put(run, place, "demo/visit.title", "x")
    assert outcome.code == ExitCode.ANSWERS
    assert "[yaml-broken]" in outcome.err
    assert path.read_bytes() == broken

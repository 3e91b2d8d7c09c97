"""The state of a case: every form by how far it is, chapter by chapter, and the days left."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import jdatetime
import pytest

from assembler.base.problems import Place, Problem, problem
from assembler.evaluate import evaluate_deadlines
from assembler.model.acceptances import Accepted
from assembler.views.json import status_json
from assembler.views.status import PROGRESS, CaseState, FormState, case_state
from tests.building import World, form_text, report_text

TODAY = jdatetime.date(1399, 2, 20)
INDEX = """\
summary: {{status: answer, figure: "{{{{ total(services, 'count') }}}} خدمت"}}
choices:
  answers: [{{name: yes, label: بلی}}, {{name: no, label: خیر}}, {{name: not_applicable, label: عدم مصداق}}]
items:
  - {{name: answer, type: select_one answers, label: "{label}", required: true}}
  - {{name: reason, type: text, label: دلیل, required: true, relevant: answer == 'no'}}
  - {{name: justification, type: text, label: دلایل, required: true, relevant: answer == 'not_applicable'}}
  - name: services
    type: table
    label: خدمات
    required: true
    relevant: answer == 'yes'
    columns:
      - {{name: title, type: text, required: true}}
      - {{name: count, type: integer}}
  - name: evidence
    type: table
    label: مستندات
    columns: [{{name: title, type: text}}, {{name: file, type: file}}]
"""
LETTERS = "items: [{name: number, type: text, label: شماره, required: true}]\n"
NOTES = "items: [{name: note, type: text, label: یادداشت}]\n"
FORMS = (
    form_text(INDEX.format(label="۱. آیا؟"), "x/a"),
    form_text(INDEX.format(label="۲. آیا؟"), "x/b"),
    form_text(INDEX.format(label="۳. آیا؟"), "x/c"),
    form_text(LETTERS, "x/letters"),
    form_text(NOTES, "x/notes"),
)
PARTS = """\
  - body: body
    title: متن
    template: body
    content:
      - contents: فهرست
      - section: بعد اول — {{ case.agency }}
        content:
          - section: شاخص
            content: [answers: x/a]
          - {table: x/b.services}
      - section: بعد دوم
        content:
          - {table: x/a.services}
          - answers: x/c
"""
MORE = """\
statuses:
  - {name: yes, label: بلی}
  - {name: no, label: خیر}
  - {name: not_applicable, label: عدم مصداق}
  - {name: open, label: بدون پاسخ}
deadlines:
  - {label: گزارش ملی, date: "'1399/02/31'"}
"""
REPORT = report_text("x/letters", "x/notes", parts=PARTS, more=MORE)
YES = "answer: yes\nservices:\n  - {title: الف, count: 3}\n  - {title: ب, count: 4}\n"


def world(folder: Path, *answers: str, report: str = REPORT, case: str = "report: r\nagency: اداره\n") -> World:
    return World(folder, FORMS, [f"form: {text}" for text in answers], report=report, case=case)


def state(
    found: World, problems: Iterable[Problem] = (), accepted: Iterable[Accepted] = (), today: jdatetime.date = TODAY
) -> CaseState:
    deadlines, _ = evaluate_deadlines(found.case, found.report, found.library)
    return case_state(
        found.case.name,
        found.report,
        found.forms,
        today,
        problems=tuple(problems),
        accepted=tuple(accepted),
        deadlines=deadlines,
    )


def form(found: CaseState, name: str) -> FormState:
    return next(each for each in found.forms if each.form == name)


def test_forms_stand_under_the_first_level_section_that_shows_them_first(tmp_path: Path) -> None:
    found = state(world(tmp_path))
    chapters = [(each.title, [one.form for one in each.forms]) for each in found.dimensions]
    assert chapters == [("بعد اول — {{ case.agency }}", ["x/a", "x/b"]), ("بعد دوم", ["x/c"])]
    assert [each.form for each in found.others] == ["x/letters", "x/notes"]
    assert found.fields.form == "case"


def test_the_titles_of_sections_are_filled_in(tmp_path: Path) -> None:
    here = world(tmp_path)
    found = case_state(
        "c", here.report, here.forms, TODAY, text=lambda text: text.replace("{{ case.agency }}", "اداره")
    )
    assert found.dimensions[0].title == "بعد اول — اداره"


def test_a_case_without_answers_is_open_throughout(tmp_path: Path) -> None:
    found = state(world(tmp_path, case="report: r\n"))
    assert {each.form: each.progress for each in found.forms} == {
        "x/a": "open",
        "x/b": "open",
        "x/c": "open",
        "x/letters": "open",
        "x/notes": "optional",
    }
    assert (found.percent, found.applying, form(found, "x/a").missing) == (0, 4, 1)
    assert [(each.name, each.count) for each in found.statuses] == [
        ("yes", 0),
        ("no", 0),
        ("not_applicable", 0),
        ("open", 3),
    ]


@pytest.mark.parametrize("answers", ["x/a\n", "x/a\nanswer:\n", "x/a\nanswer: ''\nservices: []\n"])
def test_a_form_that_is_only_begun_is_open(tmp_path: Path, answers: str) -> None:
    here = world(tmp_path, answers)
    assert form(state(here, here.checked()), "x/a").progress == "open"


@pytest.mark.parametrize(
    ("answers", "progress", "status", "missing"),
    [
        (YES, "complete", "yes", 0),
        ("answer: yes\n", "incomplete", "yes", 1),
        ("answer: yes\nservices:\n  - {count: 3}\n  - {title: ب}\n  - {count: 4}\n", "incomplete", "yes", 2),
        ("answer: no\nreason: بودجه\n", "complete", "no", 0),
        ("answer: no\n", "incomplete", "no", 1),
        ("answer: not_applicable\njustification: نامه\n", "not_applicable", "not_applicable", 0),
        ("answer: not_applicable\n", "not_applicable", "not_applicable", 1),
        ("evidence: [{title: نامه}]\n", "incomplete", "open", 1),
    ],
)
def test_how_far_a_form_is(tmp_path: Path, answers: str, progress: str, status: str, missing: int) -> None:
    found = form(state(world(tmp_path, f"x/a\n{answers}")), "x/a")
    assert (found.progress, found.status, found.missing) == (progress, status, missing)


def test_the_label_and_the_key_figure(tmp_path: Path) -> None:
    found = form(state(world(tmp_path, f"x/a\n{YES}")), "x/a")
    assert (found.label, found.figure) == ("بلی", "۷ خدمت")


def test_what_does_not_apply_stands_outside_completeness(tmp_path: Path) -> None:
    answers = (f"x/a\n{YES}", "x/b\nanswer: not_applicable\njustification: نامه\n", "x/letters\nnumber: ۱\n")
    found = state(world(tmp_path, *answers))
    assert dict(found.totals) == {"complete": 2, "incomplete": 0, "open": 1, "not_applicable": 1, "optional": 1}
    assert (found.applying, found.percent) == (3, 66)


def test_all_is_said_only_of_what_is_whole(tmp_path: Path) -> None:
    whole = (f"x/{name}\n{YES}" for name in "abc")
    found = state(world(tmp_path, *whole, "x/letters\nnumber: ۱\n"))
    assert (found.percent, found.totals["complete"]) == (100, 4)


def test_a_case_to_which_nothing_applies_is_whole(tmp_path: Path) -> None:
    report = report_text("x/notes")
    assert state(world(tmp_path, report=report)).percent == 100


def test_problems_stand_at_their_forms(tmp_path: Path) -> None:
    here = world(tmp_path, "x/a\nanswer: yes\nservices: [{count: 3}]\n")
    more = problem("column-empty", Place(form="x/a", item="services"), label="عنوان")
    elsewhere = problem("names-differ", name="الف", count=1, other="ب", others=2)
    found = state(here, [*here.checked(), more, elsewhere])
    assert (form(found, "x/a").errors, form(found, "x/a").warnings) == (1, 1)
    assert form(found, "x/b").errors == 1  # nobody has answered it
    assert (found.errors, found.warnings, found.information) == (len(here.checked()), 1, 1)


def test_an_answer_that_is_wrong_is_no_complete_one(tmp_path: Path) -> None:
    wrong = problem("constraint", Place(form="x/a", item="services"), message="نه", label="خدمات")
    assert form(state(world(tmp_path, f"x/a\n{YES}"), [wrong]), "x/a").progress == "incomplete"


def test_an_answer_that_cannot_be_read_is_no_open_one(tmp_path: Path) -> None:
    here = world(tmp_path, "x/a\nanswer: شاید\n")
    found = form(state(here, here.read_problems), "x/a")
    assert (found.progress, found.status, found.errors) == ("incomplete", "open", 1)


def test_what_an_officer_let_stand_is_not_missing(tmp_path: Path) -> None:
    here = world(tmp_path, "x/a\nanswer: no\n")
    absent = [found for found in here.checked() if found.place.form in ("x/a", "x/letters")]
    assert [found.code for found in absent] == ["required", "form-unanswered"]
    found = state(here, accepted=[Accepted(one, "دلیل") for one in absent])
    assert (form(found, "x/a").progress, form(found, "x/a").missing) == ("complete", 0)
    assert form(found, "x/letters").progress == "optional"


def test_pieces_of_evidence_are_counted_once_each(tmp_path: Path) -> None:
    files = "evidence:\n  - {title: الف, file: a.pdf}\n  - {title: ب, file: b.pdf}\n  - {title: ج, file: a.pdf}\n"
    (tmp_path / "case" / "attachments").mkdir(parents=True)
    for name in "ab":
        (tmp_path / "case" / "attachments" / f"{name}.pdf").write_bytes(b"%PDF-1.4")
    found = state(world(tmp_path, f"x/a\n{YES}{files}"))
    assert [form(found, name).evidence for name in ("x/a", "x/b")] == [2, 0]


def test_a_form_none_of_whose_questions_applies(tmp_path: Path) -> None:
    forms = (form_text("items: [{name: n, type: text, required: true, relevant: case.agency == 'x'}]\n", "x/a"),)
    found = state(World(tmp_path, forms, [], case="report: r\nagency: y\n"))
    assert (form(found, "x/a").progress, found.applying) == ("not_applicable", 0)


def test_the_fields_of_the_case_are_no_form_of_it(tmp_path: Path) -> None:
    report = REPORT.replace("label: دستگاه}", "label: دستگاه, required: true}")
    found = state(world(tmp_path, case="report: r\n", report=report))
    assert (found.fields.missing, found.fields.progress) == (1, "open")
    assert "case" not in [each.form for each in found.forms]


@pytest.mark.parametrize(
    ("today", "standing", "days"),
    [((1399, 2, 1), "ahead", 30), ((1399, 2, 20), "near", 11), ((1399, 2, 31), "near", 0), ((1399, 3, 2), "over", -2)],
)
def test_deadlines(tmp_path: Path, today: tuple[int, int, int], standing: str, days: int) -> None:
    (found,) = state(world(tmp_path), today=jdatetime.date(*today)).deadlines
    assert (found.label, found.standing, found.days) == ("گزارش ملی", standing, days)


def test_a_report_without_statuses(tmp_path: Path) -> None:
    found = state(World(tmp_path, FORMS[3:], ["form: x/letters\nnumber: ۱\n"]))
    assert (found.statuses, found.dimensions) == ((), ())
    assert [(each.form, each.progress) for each in found.others] == [("x/letters", "complete"), ("x/notes", "optional")]


def test_the_published_shape(tmp_path: Path) -> None:
    here = world(tmp_path, f"x/a\n{YES}")
    found = json.loads(json.dumps(status_json(state(here, here.checked()))))
    assert [*found] == [
        "case", "report", "title", "today", "percent", "totals", "statuses", "fields", "dimensions", "others",
        "deadlines", "problems", "letters", "unused_numbers", "revisions", "changed_since_issue", "registry",
        "unreadable",
    ]  # fmt: skip
    first = found["dimensions"][0]["forms"][0]
    assert [*first] == [
        "form", "title", "progress", "status", "label", "missing", "errors", "warnings", "figure", "evidence",
    ]  # fmt: skip
    assert (first["form"], first["status"], found["today"]) == ("x/a", "yes", "1399/02/20")
    assert [*found["totals"]] == [*PROGRESS]
    assert found["deadlines"] == [
        {"label": "گزارش ملی", "standing": "near", "due": "1399/02/31", "done": None, "days": 11}
    ]
    assert [*found["problems"]] == ["errors", "warnings", "information"]

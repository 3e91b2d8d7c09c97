"""What keeps a case from being signed: every code once, and near misses that are nothing."""

# ruff: noqa: E501 - whole forms and answers stand in a line

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.base import messages
from assembler.base.catalogue.entries import Severity
from tests.building import World, form_text, report_text

FORM = form_text(
    """\
    items:
      - {name: title, type: text, label: عنوان, required: true}
      - {name: n, type: integer, label: شمار, constraint: n >= 1, constraint_message: شمار کم است, marks: ['-']}
      - {name: w, type: integer, constraint: w >= 1, constraint_message: وزن, constraint_severity: warning}
      - {name: extra, type: text, label: دلیل, relevant: n > 5, required: true}
      - name: t
        type: table
        label: جدول
        min_rows: 1
        max_rows: 3
        columns:
          - {name: a, type: text, label: الف, required: true}
          - {name: b, type: integer, label: ب, constraint: b < 10, constraint_message: زیاد است}
        group_rows: {columns: [a, b], required: [a]}
    rules:
      - {kind: expression, test: n < 100, message: "{{ n }} باورنکردنی است", item: n}
      - {kind: expression, test: "total(t, 'b') != 7", message: هفت, severity: error}
    """
)
SOUND = "form: x/a\ntitle: x\nt: [{a: y}]\n"


def found(folder: Path, answers: str, *more: str) -> list[tuple[str, int | None, str | None, int | None, str | None]]:
    problems = World(folder, [FORM], [answers, *more]).checked()
    for each in problems:
        assert each.message
        assert each.hint
        assert (each.place.file or "").endswith("0.yaml")
        assert each.place.form == "x/a"
    return [(each.code, each.place.line, each.place.item, each.place.row, each.place.column) for each in problems]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ("form: x/a\nt: [{a: y}]", ("required", 1, "title", None, None)),
        ("form: x/a\ntitle: ''\nt: [{a: y}]", ("required", 2, "title", None, None)),
        (SOUND + "n: 0", ("constraint", 4, "n", None, None)),
        (SOUND + "w: 0", ("constraint", 4, "w", None, None)),
        (SOUND + "n: 6", ("required", 1, "extra", None, None)),
        (SOUND + "n: 5\nextra: x", ("not-relevant", 5, "extra", None, None)),
        (SOUND + "extra: x", ("not-relevant", 4, "extra", None, None)),
        ("form: x/a\ntitle: x", ("too-few-rows", 1, "t", None, None)),
        ("form: x/a\ntitle: x\nt:\n  - group: {a: گروه}", ("too-few-rows", 4, "t", None, None)),
        ("form: x/a\ntitle: x\nt: [{a: y}, {a: y}, {a: y}, {a: y}]", ("too-many-rows", 3, "t", None, None)),
        ("form: x/a\ntitle: x\nt:\n  - {a: y}\n  - {b: 3}", ("required", 5, "t", 2, "a")),
        ("form: x/a\ntitle: x\nt:\n  - {a: y}\n  - a: z\n    b: 10", ("constraint", 6, "t", 2, "b")),
        ("form: x/a\ntitle: x\nt:\n  - group: {b: 3}\n  - {a: y}", ("required", 4, "t", 1, "a")),
        (SOUND + "n: 100\nextra: x", ("rule", 4, "n", None, None)),
        ("form: x/a\ntitle: x\nt:\n  - {a: y, b: 7}", ("rule", 1, None, None, None)),
    ],
)
def test_each_problem(tmp_path: Path, answers: str, expected: tuple[object, ...]) -> None:
    assert found(tmp_path, answers) == [expected]


@pytest.mark.parametrize(
    "answers",
    [
        SOUND,
        SOUND + "n: 1",
        SOUND + "n: '-'",
        SOUND + "w: 1",
        SOUND + "n: 6\nextra: x",
        SOUND + "n: 99\nextra: x",
        SOUND + "extra:",
        "form: x/a\ntitle: x\nt: [{a: y, b: 9}]",
        "form: x/a\ntitle: x\nt: [{a: y}, {a: y}, {a: y}]",
        "form: x/a\ntitle: x\nt: [{group: {a: g}}, {a: y}, {a: y}, {a: y}]",
        "form: x/a\ntitle: x\nt: [{group: {a: g, b: 70}}, {a: y}]",
        "form: x/a\ntitle: x\nt: [{a: y, b: 3}, {a: y, b: 5}]",
    ],
)
def test_near_misses(tmp_path: Path, answers: str) -> None:
    assert found(tmp_path, answers) == []


def test_limits_are_printed_in_the_readers_digits(tmp_path: Path) -> None:
    head = "form: x/a\ntitle: x"
    (few,) = World(tmp_path / "few", [FORM], [head]).checked()
    (many,) = World(tmp_path / "many", [FORM], [f"{head}\nt: [{{a: y}}, {{a: y}}, {{a: y}}, {{a: y}}]"]).checked()
    assert few.message.endswith(" needs at least 1 rows.")
    assert "3" in many.message
    messages.choose("fa")
    assert "۱" in few.message
    assert "۳" in many.message


def test_severities(tmp_path: Path) -> None:
    problems = World(tmp_path, [FORM], [SOUND + "n: 100\nw: 0"]).checked()
    assert [(each.code, each.severity) for each in problems] == [
        ("constraint", Severity.WARNING),
        ("required", Severity.ERROR),
        ("rule", Severity.WARNING),
    ]
    assert [each.message for each in problems][::2] == ["وزن", "۱۰۰ باورنکردنی است"]


def test_all_at_once(tmp_path: Path) -> None:
    codes = [code for code, *_ in found(tmp_path, "form: x/a\nn: 0\nt: [{b: 10}, {b: 11}, {}, {}]")]
    assert codes == [
        "required",
        "constraint",
        "too-many-rows",
        "required",
        "constraint",
        "required",
        "constraint",
        "required",
        "required",
    ]


def test_a_form_nobody_answered(tmp_path: Path) -> None:
    (problem,) = World(tmp_path, [FORM], []).checked()
    assert (problem.code, problem.severity, problem.place.form) == ("form-unanswered", Severity.ERROR, "x/a")
    assert "عنوان" in problem.message
    assert "form: x/a" in problem.hint


def test_a_form_without_anything_required_may_stay_blank(tmp_path: Path) -> None:
    assert World(tmp_path, [form_text("items: [{name: a, type: text}]")], []).checked() == []


def test_a_form_the_report_does_not_use(tmp_path: Path) -> None:
    other = form_text("items: [{name: a, type: text, required: true}]", "x/b")
    world = World(tmp_path, [FORM, other], [SOUND, "form: x/b"], report=report_text("x/a"))
    (problem,) = world.checked()
    assert (problem.code, problem.severity, problem.place.line) == ("unused-form", Severity.WARNING, 1)
    assert "x/b" in problem.message


def test_the_fields_of_the_case_are_checked(tmp_path: Path) -> None:
    report = report_text("x/a").replace("label: دستگاه}", "label: دستگاه, required: true}")
    (problem,) = World(tmp_path, [FORM], [SOUND], report=report).checked()
    assert (problem.code, problem.place.item, problem.place.line) == ("required", "agency", None)
    assert (problem.place.file or "").endswith("case.yaml")


def test_printed_rows_need_no_answers_unless_a_cell_is_required(tmp_path: Path) -> None:
    form = form_text(
        "items: [{name: t, type: table, required: true, columns: [{name: a, type: text}, {name: b, type: text, required: true}],"
        " rows: [{name: r, cells: {a: x}}, {name: s, cells: {a: y}}]}]"
    )
    problems = World(tmp_path, [form], ["form: x/a\nt:\n  s: {b: z}"]).checked()
    assert [(each.code, each.place.column) for each in problems] == [("required", "b")]


CONTRADICTED = form_text(
    """\
    choices:
      yes_no: [{name: 'yes', label: بلی}, {name: 'no', label: خیر}]
    items:
      - {name: listed, type: select_one yes_no, label: احصاء شده است؟}
      - {name: other, type: select_one yes_no, label: دیگری}
      - {name: why, type: text, label: دلیل, relevant: listed == 'no'}
      - {name: how, type: text, label: شیوه, relevant: listed != 'no'}
      - {name: both, type: text, label: هر دو, relevant: listed == 'yes' and other == 'yes'}
      - {name: number, type: integer, label: شمار}
      - {name: many, type: text, label: بسیار, relevant: number > 3}
    """
)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ("listed: yes\nwhy: نبود زمان", [("answer-contradicts", "why"), ("answer-contradicted", "listed")]),
        ("listed: no\nhow: با سامانه", [("answer-contradicts", "how"), ("answer-contradicted", "listed")]),
        ("listed: no\nwhy: نبود زمان", []),
        ("why: نبود زمان", [("not-relevant", "why")]),  # the question itself is open
        ("listed: yes\nother: no\nboth: الف", [("not-relevant", "both")]),  # it rests on more than one answer
        ("number: 2\nmany: ب", [("not-relevant", "many")]),
    ],
)
def test_an_answer_that_another_one_denies(tmp_path: Path, answers: str, expected: list[tuple[str, str]]) -> None:
    found = World(tmp_path, [CONTRADICTED], [f"form: x/a\n{answers}\n"]).checked()
    assert [(each.code, each.place.item) for each in found] == expected
    for each in found:
        assert (each.code in ("answer-contradicts", "answer-contradicted")) == (each.severity is Severity.ERROR)
        assert each.code == "not-relevant" or "احصاء شده است؟" in each.message


CELLS = form_text(
    """\
    choices:
      yes_no: [{name: yes, label: بلی}, {name: no, label: خیر}]
    items:
      - {name: asked, type: select_one yes_no, label: پرسیده شد؟}
      - name: t
        type: table
        label: جدول
        columns:
          - {name: done, type: select_one yes_no, label: انجام شد؟}
          - {name: n, type: integer, label: شمار}
          - {name: why, type: text, label: دلیل, relevant: done == 'no'}
          - {name: how, type: text, label: شیوه, relevant: asked == 'yes'}
          - {name: many, type: text, label: بسیار, relevant: n > 3}
    """
)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("done: yes, why: نبود زمان", [("answer-contradicts", 1, "why")]),
        ("done: no, why: نبود زمان", []),
        ("done: yes, why: '-'", []),
        ("why: نبود زمان", [("not-relevant", 1, "why")]),
        ("how: با سامانه", [("answer-contradicts", 1, "how")]),
        ("n: 2, many: ب", [("not-relevant", 1, "many")]),
    ],
)
def test_a_cell_that_another_answer_denies(tmp_path: Path, row: str, expected: list[tuple[str, int, str]]) -> None:
    world = World(tmp_path, [CELLS], [f"form: x/a\nasked: no\nt: [{{{row}}}]\n"])
    assert world.failed == ()
    assert [(each.code, each.place.row, each.place.column) for each in world.checked()] == expected
    blank = [row.cells[column].value for row in world.forms["x/a"].items["t"].rows for _, _, column in expected]
    assert set(blank) <= {None}

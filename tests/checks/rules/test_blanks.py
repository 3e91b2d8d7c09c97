"""Items and cells left blank."""

from __future__ import annotations

from tests.building import form_text
from tests.checks.rules.auditing import Found, Row, audit, found, table_form

BLANKS = form_text(
    """\
    items:
      - {name: a, type: text, label: متن}
      - {name: b, type: text, required: true}
      - {name: c, type: text, relevant: b == 'x'}
      - name: t
        type: table
        label: جدول
        columns: [{name: p, type: text}, {name: q, type: text}]
        rows: [{name: r, cells: {p: y}}]
    rules:
      - {kind: filled, items: [a, b, c, t]%s}
    """
)


def blanks(text: str, more: str = "") -> Found:
    return [(each.code, each.place.line, each.place.item) for each in audit(BLANKS % more, "form: x/a\n" + text)]


def test_blank_items() -> None:
    assert blanks("b: z") == [("left-blank", 1, "a"), ("left-blank", 1, "t")]
    assert blanks("b: x\na: y\nt: {r: {q: z}}") == [("left-blank", 1, "c")]


def test_blank_items_near_misses() -> None:
    assert blanks("a: y\nb: z\nt: {r: {q: z}}") == []
    assert blanks("a: y\nt: {r: {q: z}}") == [("required", 1, "b")]


def test_the_message_of_the_rule_is_said_too() -> None:
    problems = audit(BLANKS % ", message: تاریخ و شماره؟", "form: x/a\nb: z\nt: {r: {q: z}}")
    assert [each.message for each in problems] == ["«متن» was left blank in an answered form. تاریخ و شماره؟"]


# ---------------------------------------------------------------- cells left blank


def test_a_row_that_is_excused_may_leave_a_cell_blank() -> None:
    choices = "choices:\n  tick: [{name: yes, label: دارد}, {name: no, label: ندارد}]\n"
    columns = ["name: open, type: select_one tick", "name: how, type: text, label: نحوه نشر"]
    form = table_form("kind: filled, item: t, columns: [how], excused: open", columns)
    form = form.replace("items:\n", choices + "items:\n", 1)
    rows: list[Row] = [{"open": "no"}, {"open": "yes", "how": "سایت"}, {"open": "yes"}, {"how": "سایت"}, {"open": "no"}]
    assert found(form, rows) == [("cell-blank", 3, "how")]


def test_a_filled_text_excuses_its_row() -> None:
    columns = ["name: reason, type: text, marks: ['-']", "name: how, type: text"]
    form = table_form("kind: filled, item: t, columns: [how], excused: reason", columns)
    assert found(form, [{"reason": "محرمانه"}, {"reason": "-"}]) == [("cell-blank", 2, "how")]

"""Reading the steps of processes from the rows of a table."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembler.evaluate.workflows import parse_next, processes
from assembler.model.filled import FilledItem
from assembler.model.packet import WorkflowStep
from tests.building import World
from tests.checks.rules.auditing import Row, answers, table_form

KINDS = """\
choices:
  kinds:
    - {name: start, label: شروع}
    - {name: action, label: اقدام}
    - {name: decision, label: تصمیم}
    - {name: document, label: سند}
    - {name: end, label: پایان}
"""
COLUMNS = (
    "name: process, type: text, label: فرایند",
    "name: number, type: text, label: گام",
    "name: kind, type: select_one kinds, label: نوع",
    "name: actor, type: text, label: کنشگر",
    "name: action, type: text, label: اقدام",
    "name: paper, type: text, label: سند, marks: ['-']",
    "name: next, type: text, label: بعدی",
)
WORDS = "workflow: {of: process, step: number, kind: kind, actor: actor, action: action, document: paper, next: next}"


def workflow_form() -> str:
    form = table_form("kind: expression, test: 'true', message: x", COLUMNS, WORDS)
    return form.split("rules:")[0] + KINDS


def item(rows: Sequence[Row]) -> FilledItem:
    with tempfile.TemporaryDirectory() as folder:
        return World(Path(folder), [workflow_form()], [answers(rows)]).forms["x/a"].items["t"]


def steps(*rows: Row) -> tuple[WorkflowStep, ...]:
    (process,) = processes(item(rows))
    return process.walked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("۵", (("", "۵"),)),
        ("5", (("", "۵"),)),
        ("گام ۵", (("", "۵"),)),
        ("«۵»", (("", "۵"),)),
        ("بلی: ۴؛ خیر: ۲", (("بلی", "۴"), ("خیر", "۲"))),
        ("بلی:4;خیر:2", (("بلی", "۴"), ("خیر", "۲"))),
        ("بلی: ۴\nخیر: به گام ۲\n", (("بلی", "۴"), ("خیر", "۲"))),
        ("بلی: ۴، خیر: ۲", (("بلی", "۴"), ("خیر", "۲"))),
        ("بلی، با تأیید مدیر: ۴؛ خیر: ۲.", (("بلی، با تأیید مدیر", "۴"), ("خیر", "۲"))),
        ("ساعت ۸:۳۰: ۴", (("ساعت ۸: ۳۰", "۴"),)),
        ("۲-۱؛ الف", (("", "۲-۱"), ("", "الف"))),
        ("بلی:", None),
        ("بلی: ۴؛ خیر:", None),
        (": ۴", None),
        ("پایان کار شود", None),
    ],
)
def test_where_a_step_goes_on(text: str, expected: object) -> None:
    assert parse_next(text) == expected


@given(st.text(max_size=60))
def test_any_text_can_be_asked(text: str) -> None:
    for word, number in parse_next(text) or ():
        assert number
        assert word == word.strip()


@given(
    st.lists(st.tuples(st.sampled_from(["بلی", "خیر", "در صورت تأیید"]), st.integers(0, 99)), min_size=1, max_size=5)
)
def test_what_is_written_is_read(branches: list[tuple[str, int]]) -> None:
    text = "؛ ".join(f"{word}: {number}" for word, number in branches)
    read = parse_next(text)
    assert read is not None
    assert [(word, int(number)) for word, number in read] == branches


def test_a_process_of_rows() -> None:
    found = steps(
        {"process": "صدور مجوز", "kind": "start", "actor": "متقاضی", "action": "درخواست", "paper": "فرم"},
        {"kind": "decision", "actor": "کارشناس", "action": "کامل است؟", "paper": "-", "next": "بلی: 3؛ خیر: ۱"},
        {"kind": "end", "actor": "متقاضی", "action": "دریافت"},
    )
    assert found == (
        WorkflowStep("۱", "start", "متقاضی", "درخواست", "فرم", (("", "۲"),)),
        WorkflowStep("۲", "decision", "کارشناس", "کامل است؟", "", (("بلی", "۳"), ("خیر", "۱"))),
        WorkflowStep("۳", "end", "متقاضی", "دریافت"),
    )


def test_blank_kinds_are_actions_and_the_last_step_ends() -> None:
    first, last = steps({"process": "الف", "action": "یک"}, {"action": "دو"})
    assert (first.kind, first.next, last.next) == ("action", (("", "۲"),), ())


def test_blank_names_continue_and_the_same_name_is_the_same_process() -> None:
    rows = ({"process": "الف", "action": "یک"}, {"action": "دو"}, {"process": "ب", "action": "سه"}, {})
    found = processes(item([*rows, {"process": "الف", "action": "چهار"}]))
    assert [(each.name, [step.action for step in each.walked]) for each in found] == [
        ("الف", ["یک", "دو", "چهار"]),
        ("ب", ["سه"]),
    ]
    assert found[0].walked[1].next == (("", "۳"),)


def test_own_numbers_are_what_branches_name() -> None:
    found = steps(
        {"process": "الف", "number": "10", "action": "یک", "next": "۲۰"},
        {"number": "۲۰", "action": "دو", "next": "۱۰؛ ۳۰"},
    )
    assert [step.number for step in found] == ["۱۰", "۲۰"]
    assert [step.next for step in found] == [(("", "۲۰"),), (("", "۱۰"),)]


def test_what_cannot_be_read_is_told_and_leads_nowhere() -> None:
    ((one, _),) = (process.steps for process in processes(item([
        {"process": "الف", "action": "یک", "next": "بلی:"}, {"action": "دو"},
    ])))  # fmt: skip
    assert (one.branches, one.step.next) == (None, ())


def test_a_table_without_steps_has_no_process() -> None:
    assert processes(item([])) == ()

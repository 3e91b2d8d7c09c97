"""Tables of steps: branches to nowhere, repeated numbers, lone decisions, steps left aside, processes without end."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from assembler.base import messages
from assembler.base.catalogue.entries import Severity
from assembler.base.problems import Problem
from assembler.checks import check_workflows
from tests.building import World
from tests.checks.rules.auditing import Row, answers
from tests.evaluate.test_workflows import workflow_form

SOUND: tuple[Row, ...] = (
    {"process": "صدور", "kind": "start", "actor": "متقاضی", "action": "درخواست"},
    {"kind": "decision", "actor": "کارشناس", "action": "کامل؟", "next": "بلی: ۳؛ خیر: ۱"},
    {"kind": "end", "actor": "متقاضی", "action": "دریافت"},
)


def checked(*rows: Row) -> list[Problem]:
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), [workflow_form()], [answers(rows)])
        return list(check_workflows(world.forms, ["x/a"]))


def found(*rows: Row) -> list[tuple[str, int | None, str | None]]:
    problems = checked(*rows)
    for language in messages.LANGUAGES:
        with messages.spoken(language):
            assert all(each.message and each.hint for each in problems)
    return [(each.code, each.place.row, each.place.column) for each in problems]


def test_a_sound_process_has_none() -> None:
    assert found(*SOUND) == []
    assert found() == []


def test_every_process_is_followed_for_itself() -> None:
    assert found(*SOUND, {**SOUND[0], "process": "دیگر"}, *SOUND[1:]) == []


@pytest.mark.parametrize(
    ("row", "changes", "expected"),
    [
        (1, {"next": "بلی: ۳؛ خیر: ۹"}, [("workflow-branch-unknown", 2, "next")]),
        (1, {"next": "بلی: ۳؛ خیر:"}, [("workflow-next-unreadable", 2, "next")]),
        (1, {"next": "بلی: ۳"}, [("workflow-decision-one-way", 2, "next")]),
        (1, {"next": ""}, [("workflow-decision-one-way", 2, "next")]),
        (1, {"next": "بلی: ۹؛ خیر: ۱"}, [("workflow-branch-unknown", 2, "next")]),
        (2, {"number": "۲"}, [("workflow-step-repeated", 3, "number"), ("workflow-branch-unknown", 2, "next")]),
        (0, {"next": "۳"}, [("workflow-step-unreached", 2, "number")]),
        (2, {"kind": "action"}, [("workflow-endless", 1, "process")]),
        (1, {"next": "بلی: ۱؛ خیر: ۱"}, [("workflow-step-unreached", 3, "number"), ("workflow-endless", 1, "process")]),
        (1, {"kind": "start", "next": ""}, []),
    ],
)
def test_what_is_found(row: int, changes: Row, expected: list[object]) -> None:
    rows = [dict(each) for each in SOUND]
    rows[row].update(changes)
    assert found(*rows) == expected


def test_errors_and_warnings() -> None:
    lost = ({**SOUND[0], "process": "دیگر", "next": "۳"}, {"kind": "action"}, {"kind": "action"})
    broken = ({"kind": "decision", "action": "؟", "next": "بلی: ۹"}, {"kind": "action", "action": "x", "next": "a b"})
    problems = checked(SOUND[0], *broken, *lost)
    assert {each.code: each.severity for each in problems} == {
        "workflow-branch-unknown": Severity.ERROR,
        "workflow-next-unreadable": Severity.ERROR,
        "workflow-decision-one-way": Severity.WARNING,
        "workflow-step-unreached": Severity.WARNING,
        "workflow-endless": Severity.WARNING,
    }

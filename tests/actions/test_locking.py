"""Whoever changes a case holds it: no face can forget it, as the action does it."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

import jdatetime
import pytest

from assembler.actions.accept import accept
from assembler.actions.collect import collect
from assembler.actions.fill import fill
from assembler.actions.import_ import import_books
from assembler.actions.issue import issue
from assembler.actions.locking import locked
from assembler.actions.set import delete_row, set_answer
from assembler.actions.survey import Responses, count, survey
from assembler.base.problems import AssemblerError, ExitCode
from assembler.base.settings import Settings
from assembler.records import lock
from assembler.records.lock import LOCK_FILE, case_lock
from tests.conftest import Workplace

Change = Callable[[Path, Settings], object]
CHANGES: dict[str, Change] = {
    "set": lambda folder, settings: set_answer(folder, "demo/visit.score", "5", settings),
    "set --delete": lambda folder, settings: delete_row(folder, "demo/visit.services:1", settings),
    "import": lambda folder, settings: import_books(folder, [], settings),
    "collect": lambda folder, settings: collect(folder, folder, settings),
    "accept": lambda folder, settings: accept(folder, "constraint", None, "چون", settings),
    "survey": lambda folder, settings: survey(folder, Responses(()), settings),
    "issue": lambda folder, settings: issue(folder, settings, jdatetime.date(1399, 1, 1)),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_changes_a_case_waits_for_no_other(workplace: Workplace, change: Change) -> None:
    before = {path: path.read_bytes() for path in workplace.case.rglob("*.yaml")}
    with case_lock(workplace.case, "another"), pytest.raises(AssemblerError) as refusal:
        change(workplace.case, workplace.settings)
    assert refusal.value.exit_code is ExitCode.LOCKED
    assert {path: path.read_bytes() for path in workplace.case.rglob("*.yaml")} == before


def test_counting_alone_holds_nothing(workplace: Workplace) -> None:
    with case_lock(workplace.case, "another"), pytest.raises(AssemblerError) as refusal:
        count(workplace.case, Responses(()), workplace.settings)
    assert [found.code for found in refusal.value.problems] == ["survey-none"]


def test_filling_in_holds_a_case_for_each_answer(workplace: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_BRIEF", 0.05)
    with case_lock(workplace.case, "another"):
        session = fill(workplace.case, workplace.settings, everything=True)
        dialogue = session.dialogue()
        next(dialogue)
        screen = dialogue.send("تازه")
        assert screen.pending
    assert not dialogue.send("").pending
    assert not (workplace.case / LOCK_FILE).exists()
    set_answer(workplace.case, "demo/visit.score", "5", workplace.settings)  # while the session waits for an answer


def test_an_action_that_is_locked_is_called_as_it_is(tmp_path: Path) -> None:
    @locked("something")
    def action(folder: Path, one: int, *, two: str = "") -> tuple[bool, int, str]:
        """What it does."""
        return (folder / LOCK_FILE).exists(), one, two

    assert action(tmp_path, 1, two="b") == (True, 1, "b")
    assert not (tmp_path / LOCK_FILE).exists()
    assert (action.__name__, action.__doc__) == ("action", "What it does.")


def test_no_face_takes_the_lock_itself() -> None:
    package = Path(importlib.import_module("assembler").__file__ or "").parent
    texts = {path.relative_to(package).as_posix(): path.read_text(encoding="utf-8") for path in package.rglob("*.py")}
    takers = {name for name, text in texts.items() if "case_lock(" in text}
    ours = {"actions/locking.py", "actions/open_case.py", "actions/aggregate.py", "actions/desk/desk.py"}
    assert takers == {"records/lock.py", *ours}

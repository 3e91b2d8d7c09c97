"""Desks on a case with every kind of question, and the people who sit at them."""

from __future__ import annotations

from pathlib import Path

from assembler.actions.desk.desk import Desk
from assembler.model.acts import Conflict, Outcome, Person, Refused, Target, Written
from assembler.model.page import PageRow
from assembler.model.row_keys import KeysInMemory
from tests.conftest import Workplace

FORM = "demo/visit"
ANSWERED = """\
form: demo/visit
title: بازدید نخست
visited: yes
days: [sat]
day: 1399/02/03
score: 5
story: [یک بند]
services:
  - {name: صدور گواهی, count: 12}
  - {name: پاسخ به شکایت, count: 3}
  - {name: مشاوره, count: 7}
"""
OFFICER = Person("ali", "علی", frozenset({"officer"}))
OTHER = Person("sara", "سارا", frozenset({"officer"}))
REVIEWER = Person("reza", "رضا", frozenset({"reviewer"}))
ADMIN = Person("root", "مدیر سامانه", frozenset({"admin"}))


def department(*units: str) -> Person:
    return Person("dept", "واحد", frozenset({"department"}), units)


def desk_of(workplace: Workplace, store: KeysInMemory | None = None) -> Desk:
    return Desk(workplace.case, workplace.settings, store or KeysInMemory())


def rows(desk: Desk, item: str = "services", form: str = FORM) -> tuple[PageRow, ...]:
    table = desk.page(OFFICER, form).item(item).table
    assert table is not None
    return table.rows


def cell(desk: Desk, number: int, column: str, item: str = "services", form: str = FORM) -> Target:
    """A cell by the number of its row, from 1."""
    return Target(form, item, rows(desk, item, form)[number - 1].key, column)


def written(outcome: Outcome) -> Written:
    assert isinstance(outcome, Written), outcome
    return outcome


def conflict(outcome: Outcome) -> Conflict:
    assert isinstance(outcome, Conflict), outcome
    return outcome


def refusal(outcome: Outcome) -> list[str]:
    assert isinstance(outcome, Refused), outcome
    return [found.code for found in outcome.problems]


def on_disk(workplace: Workplace, name: str = "visit") -> str:
    return (workplace.case / "answers" / f"{name}.yaml").read_text(encoding="utf-8")


def in_units(workplace: Workplace, text: str) -> None:
    (workplace.case / "units.yaml").write_text(text, encoding="utf-8")


def attached(workplace: Workplace, name: str, data: bytes = b"\x89PNG\r\n\x1a\n") -> Path:
    folder = workplace.case / "attachments"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    return folder / name

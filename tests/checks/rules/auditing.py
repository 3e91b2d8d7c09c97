"""One table and one rule, written inline: what a kind of rule finds in the rows of a test."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from assembler.base.problems import Problem
from tests.building import World, form_text

Row = Mapping[str, object]
Found = list[tuple[str, int | None, str | None]]

BANDS = "group_rows: {columns: [no, title, unit, quantity]}"
COLUMNS = [
    "name: no, type: text{}",
    "name: title, type: text{}",
    "name: unit, type: text",
    "name: quantity, type: integer",
]


def table_form(rule: str, columns: Sequence[str], more: str = "") -> str:
    """A form with the table ``t`` and one rule; ``more`` are further lines of the table, such as its group rows."""
    lines = [f"      - {{{column}}}" for column in columns]
    table = ["items:", "  - name: t", "    type: table", "    label: جدول", "    columns:", *lines]
    return form_text(
        "\n".join([*table, *(f"    {line}" for line in more.splitlines()), "rules:", f"  - {{{rule}}}", ""])
    )


def banded_form(rule: str, merge: bool = False) -> str:
    """The same with numbered rows under bands; ``merge`` merges the cells of numbers and titles."""
    return table_form(rule, [column.format(", merge: true" if merge else "") for column in COLUMNS], BANDS)


def answers(rows: Sequence[Row]) -> str:
    """Rows as an answer file; a row under ``group`` is a band row, a blank cell is left out."""
    return "\n".join(["form: x/a", "t:" if rows else "t: []", *(f"  - {_cells(row)}" for row in rows), ""])


def _cells(row: Row) -> str:
    cells = (f"{name}: {_cells(value) if isinstance(value, dict) else _quoted(value)}" for name, value in row.items())
    return "{" + ", ".join(cells) + "}"


def _quoted(value: object) -> str:
    return "" if value is None else "'" + str(value).replace("'", "''") + "'"


def audit(form: str, text: str) -> list[Problem]:
    """All findings of a form and an answer file."""
    with tempfile.TemporaryDirectory() as folder:
        return World(Path(folder), [form], [text]).checked()


def found(form: str, rows: Sequence[Row]) -> Found:
    """The findings in a table: code, row and column of each."""
    problems = audit(form, answers(rows))
    assert all(each.message and each.hint and each.place.form == "x/a" for each in problems)
    return [(each.code, each.place.row, each.place.column) for each in problems]

"""A filled table against its blank template."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.base.catalogue.entries import Severity
from assembler.base.problems import Problem
from tests.building import World, form_text

SENT = "[{name: a, type: text, label: عنوان}, {label: هدف, columns: [{name: b, type: text, label: واحد}]}]"


def found(folder: Path, columns: str, answers: str = "t: [{a: x}]") -> list[Problem]:
    blank = form_text(f"items: [{{name: t, type: table, label: خام, columns: {SENT}}}]", "x/blank")
    filled = form_text(
        f"items: [{{name: t, type: table, label: جدول, columns: {columns}}}]\n"
        "rules: [{kind: same_columns, item: t, template: x/blank.t}]"
    )
    return World(folder, [blank, filled], [f"form: x/a\n{answers}\n"]).checked()


@pytest.mark.parametrize(
    ("columns", "missing", "surplus"),
    [
        ("[{name: a, type: text, label: عنوان}]", "«هدف / واحد»", "—"),
        (SENT[:-1] + ", {name: c, type: text, label: توضیح}]", "—", "«توضیح»"),
        (SENT.replace("عنوان", "نام"), "«عنوان»", "«نام»"),
        (SENT[:-1] + ", {name: c, type: text, label: عنوان}]", "—", "«عنوان»"),
    ],
)
def test_columns_that_differ_are_one_finding(tmp_path: Path, columns: str, missing: str, surplus: str) -> None:
    (problem,) = found(tmp_path, columns)
    assert (problem.code, problem.severity, problem.place.item) == ("columns-differ", Severity.WARNING, "t")
    assert (problem.arguments["missing"], problem.arguments["surplus"]) == (missing, surplus)
    assert missing in problem.message


def test_columns_under_another_heading_are_neither_missing_nor_additional(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, SENT.replace("هدف", "مقصد"))
    assert (problem.code, problem.severity) == ("columns-moved", Severity.INFORMATION)
    assert problem.arguments["moved"] == "«مقصد / واحد» («هدف / واحد»)".replace("(«", "(").replace("»)", ")")


@pytest.mark.parametrize(
    "columns",
    [SENT, SENT.replace("عنوان", "'عنوان:'"), SENT.replace("واحد", "وا\u200cحد"), SENT.replace("name: a", "name: aa")],
)
def test_spelling_and_names_make_no_difference(tmp_path: Path, columns: str) -> None:
    answers = "t: [{aa: x}]" if "name: aa" in columns else "t: [{a: x}]"
    assert found(tmp_path, columns, answers) == []


def test_a_table_nobody_filled_is_not_compared(tmp_path: Path) -> None:
    assert found(tmp_path, "[{name: a, type: text, label: نام}]", "") == []

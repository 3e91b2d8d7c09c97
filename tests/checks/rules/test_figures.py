"""Figures against each other: what the rule is told besides a table, and where it says nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.base.catalogue.entries import Severity
from assembler.base.problems import Problem
from tests.building import World, form_text

FORM = """\
items:
  - {name: said, type: decimal, label: میانگین}
  - {name: one, type: text, label: موردی}
  - {name: two, type: text, label: برنامه‌ای}
  - {name: sum, type: integer, label: جمع}
  - {name: list, type: text, label: مصوبات, appearance: numbered}
  - {name: done, type: text, label: تحقق, appearance: multiline}
  - name: t
    type: table
    label: جدول
    columns: [{name: n, type: integer, label: تعداد}, {name: m, type: integer, label: کل}]
rules:
"""


def found(folder: Path, rule: str, answers: str) -> list[Problem]:
    return World(folder, [form_text(f"{FORM}  - {{{rule}}}\n")], [f"form: x/a\n{answers}\n"]).checked()


MEAN = "kind: agrees, item: said, equals: \"mean(t, 'n')\""
NUMBERS = "t: [{n: 1}, {n: 1}, {n: 2}]\n"


@pytest.mark.parametrize(
    ("rule", "answers", "counted"),
    [
        (MEAN, NUMBERS + "said: 1.33", None),
        (MEAN, NUMBERS + "said: 1.3", None),
        (MEAN, NUMBERS + "said: 1", None),
        (MEAN, NUMBERS + "said: 1.4", "1.33"),
        (MEAN, NUMBERS + "said: 2", "1.33"),
        (MEAN, "said: 2", None),
        (MEAN, NUMBERS, None),
        (MEAN + ", within: 1", NUMBERS + "said: 2", None),
        (MEAN + ", within: 1", NUMBERS + "said: 3", "1.33"),
        ("kind: agrees, item: said, equals: count(t)", NUMBERS + "said: 3", None),
        ("kind: agrees, item: said, equals: count(t)", NUMBERS + "said: 3.4", "3"),
    ],
)
def test_a_number_is_held_against_the_data(tmp_path: Path, rule: str, answers: str, counted: str | None) -> None:
    problems = found(tmp_path, rule, answers)
    assert [(each.code, str(each.arguments["counted"])) for each in problems] == (
        [("number-differs", counted)] if counted else []
    )


@pytest.mark.parametrize(
    ("rule", "answers", "place"),
    [
        ("kind: no_more, item: sum, limit: said", "sum: 5\nsaid: 5", None),
        ("kind: no_more, item: sum, limit: said", "sum: 6\nsaid: 5", ("sum", None, None)),
        ("kind: no_more, item: sum, limit: said", "sum: 6", None),
        ("kind: no_more, item: t, limit: said", NUMBERS + "said: 3", None),
        ("kind: no_more, item: t, limit: said", NUMBERS + "said: 2", ("t", None, None)),
        ("kind: no_more, item: t, limit: said", "said: 0", None),
        ("kind: no_more, item: t, column: n, limit: said", NUMBERS + "said: 1", ("t", 3, "n")),
    ],
)
def test_what_is_too_much_is_told_at_its_place(
    tmp_path: Path, rule: str, answers: str, place: tuple[str, int | None, str | None] | None
) -> None:
    problems = found(tmp_path, rule, answers)
    told = [(each.place.item, each.place.row, each.place.column) for each in problems]
    assert told == ([place] if place else [])
    assert all(each.severity is Severity.ERROR and each.code == "more-than" for each in problems)


TALLY = "kind: tally, item: sum, items: [one, two]"


@pytest.mark.parametrize(
    ("one", "two", "total", "wrong"),
    [
        ("۱۲ بازرسی", "۲۴ بازرسی، هر ماه دو بازرسی", 36, False),
        ("تعداد ۱۲ بازرسی", "24", 36, False),
        ("۱۲ بازرسی", "۲۴ بازرسی", 37, True),
        ("دوازده بازرسی", "۲۴ بازرسی", 37, False),  # one of them says no digits
        ("۱۲/۵/۹۸ بازرسی شد", "۲۴ بازرسی", 37, False),
        ("۱۲ درصد", "۲۴ بازرسی", 37, False),
        ("۱۰ تا ۱۲ بازرسی", "۲۴ بازرسی", 37, False),
        ("۱٬۲۰۰ بازرسی", "۲۴ بازرسی", 1224, False),
    ],
)
def test_numbers_at_the_beginning_of_texts_are_added_up(
    tmp_path: Path, one: str, two: str, total: int, wrong: bool
) -> None:
    problems = found(tmp_path, TALLY, f"one: {one}\ntwo: '{two}'\nsum: {total}")
    assert [each.code for each in problems] == ["row-sum"] * wrong


ENTRIES = "kind: entries, item: done, says: 'مصوبه {}', items: [list]"


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        ("مصوبه‌های ۱، ۲ و ۳ اجرا شد.", []),
        ("مصوبه ۱ تا ۳ اجرا شد.", []),
        ("همه مصوبات اجرا شد.", []),
        ("مصوبه ۱ اجرا شد و مصوبه ۳ نه؛ در ۲ اداره.", [("entries-missing", "2")]),
        ("مصوبه‌های ۱ تا ۳ اجرا شد و مصوبه ۴ نه.", [("entries-unknown", "4")]),
        ("مصوبه‌های ۱ تا ۳ (مصوبه ۱۲/۵/۹۸) اجرا شد.", []),
    ],
)
def test_a_text_goes_through_the_entries_of_a_list(tmp_path: Path, done: str, expected: list[tuple[str, str]]) -> None:
    problems = found(tmp_path, ENTRIES, f"list: [نصب منشور, حذف مدارک, برگزاری دوره]\ndone: {done}")
    assert [(each.code, each.arguments["numbers"]) for each in problems] == expected

"""What is computed from answers: blanks, relevance, rows, other forms, whatever the order."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pytest

from tests.building import World, codes, form_text, read_specs, report_text

NUMBERS = form_text(
    """\
    items:
      - {name: a, type: integer, marks: ['-']}
      - {name: b, type: integer}
      - {name: sum, type: integer, calculation: a + b}
      - {name: share, type: percent, calculation: "percent(a, b)"}
      - {name: quotient, type: decimal, calculation: a / b}
      - {name: twice, type: integer, calculation: sum * 2}
      - {name: least, type: integer, calculation: "smallest(a, b)"}
      - {name: half, type: calculate, calculation: b / 2}
    """
)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ("a: 1\nb: 4", (5, Decimal(25), Decimal("0.25"), 10, 1, Decimal(2))),
        ("a: 1\nb: 0", (1, None, None, 2, 0, Decimal(0))),
        ("a: 1", (None, None, None, None, 1, None)),
        ("b: 4", (None, None, None, None, 4, Decimal(2))),
        ("a: '-'\nb: 4", (None, None, None, None, 4, Decimal(2))),
        ("", (None, None, None, None, None, None)),
    ],
)
def test_blanks_spread_and_a_zero_denominator_is_blank(
    tmp_path: Path, answers: str, expected: tuple[object, ...]
) -> None:
    world = World(tmp_path, [NUMBERS], ["form: x/a\n" + answers])
    assert tuple(world.value(name) for name in ("sum", "share", "quotient", "twice", "least", "half")) == expected
    assert world.failed == ()
    assert type(world.value("sum")) in (int, type(None))


CONDITIONS = form_text(
    """\
    choices: {yn: [{name: yes, label: بله}, {name: no, label: خیر}]}
    items:
      - {name: q, type: select_one yn}
      - {name: why, type: text, relevant: q == 'no', required: q == 'no'}
      - {name: after, type: text, relevant: filled(why)}
      - {name: n, type: integer, relevant: q == 'yes', constraint: n > 2, constraint_message: کم}
      - {name: computed, type: integer, calculation: count(t), relevant: q == 'yes'}
      - {name: rows, type: integer, calculation: count(t)}
      - name: t
        type: table
        relevant: q == 'yes'
        required: true
        columns:
          - {name: a, type: integer, required: true}
          - {name: b, type: text, relevant: a > 1, required: true}
        footer: [{label: جمع, cells: {a: "total(t, 'a')"}}]
    """
)


def test_what_does_not_apply_is_blank_and_asks_for_nothing(tmp_path: Path) -> None:
    world = World(tmp_path, [CONDITIONS], ["form: x/a\nq: yes\nwhy: x\nafter: y\nn: 1\nt: [{a: 1}, {a: 2, b: z}]"])
    items = world.forms["x/a"].items
    assert (world.value("why"), items["why"].relevant, items["why"].required, items["why"].answered) == (
        None,
        False,
        False,
        True,
    )
    assert (world.value("after"), items["after"].relevant) == (None, False)
    assert (items["n"].relevant, items["n"].violates) == (True, True)
    assert (world.value("computed"), world.value("rows")) == (2, 2)
    assert items["t"].footer == ({"a": 3},)
    first, second = items["t"].rows
    assert (first.cells["b"].required, second.cells["b"].required, second.cells["b"].value) == (False, True, "z")


def test_a_table_that_does_not_apply_counts_for_nothing(tmp_path: Path) -> None:
    world = World(tmp_path, [CONDITIONS], ["form: x/a\nq: no\nn: 1\nt: [{a: 1}, {a: 2}]"])
    items = world.forms["x/a"].items
    assert (items["t"].rows, items["t"].relevant, items["t"].required, items["t"].answered) == ((), False, False, True)
    assert items["t"].footer == ({"a": None},)
    assert (world.value("rows"), world.value("computed"), world.value("n"), items["n"].violates) == (
        0,
        None,
        None,
        False,
    )
    assert items["why"].required


def test_nothing_is_relevant_that_waits_for_an_answer(tmp_path: Path) -> None:
    world = World(tmp_path, [CONDITIONS], ["form: x/a"])
    assert [name for name, item in world.forms["x/a"].items.items() if item.relevant] == ["q", "rows"]


def test_a_cell_that_does_not_apply_is_left_out_and_said(tmp_path: Path) -> None:
    world = World(tmp_path, [CONDITIONS], ["form: x/a\nq: yes\nt:\n  - {a: 1, b: x}"])
    assert world.column("t", "b") == [None]
    found = [(each.code, each.place.line, each.place.column) for each in world.checked() if each.place.column]
    assert (world.failed, found) == ((), [("not-relevant", 4, "b")])


TABLE = form_text(
    """\
    choices: {yn: [{name: yes, label: بله}, {name: no, label: خیر}]}
    items:
      - {name: weight, type: integer}
      - name: t
        type: table
        columns:
          - {name: no, type: integer, calculation: position}
          - {name: title, type: text, merge: true, required: true}
          - {name: n, type: integer, marks: ['-'], constraint: n <= weight, constraint_message: زیاد}
          - {name: ok, type: select_one yn}
          - {name: weighed, type: integer, calculation: n * weight}
          - {name: share, type: percent, calculation: "percent(n, total(t, 'n'))"}
        group_rows: {columns: [no, title], required: [title]}
        footer:
          - {label: جمع, cells: {n: "total(t, 'n')", weighed: "total(t, 'weighed')"}}
          - {label: درصد, calculation: "percent(count(t, 'ok', 'yes'), count(t))"}
          - {label: میانگین, calculation: "mean(t, 'n')"}
    """
)
ROWS = """\
form: x/a
weight: 2
t:
  - group: {no: الف, title: گروه}
  - {title: یک, n: 1, ok: yes}
  - {n: 3, ok: no}
  - group: {no: ب}
  - {title: سه, n: '-'}
  - {}
"""


def test_rows_are_numbered_past_their_bands(tmp_path: Path) -> None:
    world = World(tmp_path, [TABLE], [ROWS])
    assert world.read_problems == ()
    assert world.column("t", "no") == ["الف", 1, 2, "ب", 3, 4]
    assert world.column("t", "weighed") == [None, 2, 6, None, None, None]
    assert world.column("t", "share") == [None, Decimal(25), Decimal(75), None, None, None]
    assert world.column("t", "n")[4] == "-"


def test_footers_count_ordinary_rows(tmp_path: Path) -> None:
    world = World(tmp_path, [TABLE], [ROWS])
    assert world.forms["x/a"].items["t"].footer == ({"n": 4, "weighed": 8}, {"": Decimal(25)}, {"": Decimal(2)})


def test_footers_of_an_empty_table_are_blank(tmp_path: Path) -> None:
    world = World(tmp_path, [TABLE], ["form: x/a"])
    assert world.forms["x/a"].items["t"].footer == ({"n": None, "weighed": None}, {"": None}, {"": None})


def test_cells_know_what_is_required_and_what_breaks(tmp_path: Path) -> None:
    rows = World(tmp_path, [TABLE], [ROWS]).forms["x/a"].items["t"].rows
    assert [row.cells["title"].required for row in rows] == [True, False, False, True, False, False]
    assert [row.cells["n"].violates for row in rows] == [False, False, True, False, False, False]
    assert [row.cells["no"].computed for row in rows] == [False, True, True, False, True, True]
    assert [row.group for row in rows] == [True, False, False, True, False, False]
    assert (rows[2].cells["n"].place.line, rows[2].cells["title"].place.line, rows[2].cells["title"].place.column) == (
        6,
        6,
        "title",
    )


def test_a_constraint_with_a_blank_in_it_never_breaks(tmp_path: Path) -> None:
    rows = World(tmp_path, [TABLE], ["form: x/a\nt: [{n: 100}]"]).forms["x/a"].items["t"].rows
    assert not rows[0].cells["n"].violates


PRINTED = form_text(
    """\
    items:
      - name: t
        type: table
        columns: [{name: what, type: text}, {name: most, type: decimal, marks: ['-']}, {name: got, type: decimal},
                  {name: rest, type: decimal, calculation: most - got}]
        rows: [{name: a, cells: {what: الف, most: ۰٫۸}}, {name: b, cells: {what: ب, most: '-'}}]
    """
)


def test_printed_rows_stand_in_their_order_with_typed_cells(tmp_path: Path) -> None:
    world = World(tmp_path, [PRINTED], ["form: x/a\nt:\n  b: {got: 1}\n  a: {got: 0.5}"])
    assert world.column("t", "what") == ["الف", "ب"]
    assert world.column("t", "most") == [Decimal("0.8"), "-"]
    assert world.column("t", "rest") == [Decimal("0.3"), None]
    assert [row.place.line for row in world.forms["x/a"].items["t"].rows] == [4, 3]


def test_printed_rows_stand_without_answers(tmp_path: Path) -> None:
    world = World(tmp_path, [PRINTED], [])
    assert world.column("t", "got") == [None, None]
    assert not world.forms["x/a"].answered


CHAIN = {
    "x/a": form_text("items: [{name: a, type: integer, calculation: form('x/b').b + 1}]"),
    "x/b": form_text("items: [{name: b, type: integer, calculation: \"total(form('x/c').t, 'n')\"}]", "x/b"),
    "x/c": form_text("items: [{name: t, type: table, columns: [{name: n, type: integer}]}]", "x/c"),
}


@pytest.mark.parametrize("order", list(permutations(CHAIN)))
def test_forms_use_each_other_in_any_order(tmp_path: Path, order: tuple[str, ...]) -> None:
    world = World(tmp_path, [CHAIN[name] for name in order], ["form: x/c\nt: [{n: 2}, {n: 3}]"])
    assert (world.value("a", "x/a"), world.value("b", "x/b")) == (6, 5)


@pytest.mark.parametrize("order", list(permutations(("a", "b", "c"))))
def test_items_use_each_other_in_any_order(tmp_path: Path, order: tuple[str, ...]) -> None:
    calculations = {"a": "b * 2", "b": "c + 1", "c": "3"}
    items = ", ".join(f"{{name: {name}, type: integer, calculation: {calculations[name]}}}" for name in order)
    world = World(tmp_path, [form_text(f"items: [{items}]")], [])
    assert [world.value(name) for name in ("a", "b", "c")] == [8, 4, 3]


def test_the_fields_of_the_case(tmp_path: Path) -> None:
    form = form_text("items: [{name: a, type: text, relevant: case.agency == 'الف'}]")
    for number, agency in enumerate(("الف", "ب")):
        world = World(tmp_path / str(number), [form], ["form: x/a\na: متن"], case=f"report: r\nagency: {agency}\n")
        assert world.value("a") == ("متن" if agency == "الف" else None)


def test_rules_judge_and_fill_their_message(tmp_path: Path) -> None:
    form = form_text(
        """\
        items: [{name: a, type: integer}, {name: b, type: integer}]
        rules:
          - {kind: expression, test: a <= b, message: "{{ a }} از {{ b }} بیشتر است"}
          - {kind: expression, test: a > 0, message: مثبت نیست}
        """
    )

    def judged(name: str, *answers: str) -> list[tuple[object, str]]:
        rules = World(tmp_path / name, [form], list(answers)).forms["x/a"].rules
        return [(next(iter(filled.values.values())), filled.message) for filled in rules]

    assert [verdict for verdict, _ in judged("1", "form: x/a\na: 5\nb: 1500")] == [True, True]
    assert judged("2", "form: x/a\na: 1500\nb: 5")[0] == (False, "۱٬۵۰۰ از ۵ بیشتر است")
    assert [verdict for verdict, _ in judged("3", "form: x/a\nb: 5")] == [None, None]
    assert judged("4") == []


def test_enormous_numbers_break_nothing(tmp_path: Path) -> None:
    big = "9" * 25
    products = "b * b * b * b * b * b * b * b"
    form = form_text(f"items: [{{name: b, type: decimal}}, {{name: p, type: decimal, calculation: {products}}}]")
    world = World(
        tmp_path,
        [form],
        [f"form: x/a\nb: {big}"],
        report=report_text("x/a", parts="  - {body: b, title: x, content: [{text: x/a.p}]}\n"),
    )
    assert world.value("b") == Decimal(big)
    assert codes(world.failed) == []
    packet, _ = world.packet()
    assert packet.parts[0].blocks


COLUMNS = """\
items:
  - {name: city, type: text}
  - {name: street, type: text}
  - {name: whole, type: text, calculation: "joined('، ', city, street, total(t, 'n'))"}
  - {name: long, type: integer, calculation: length(whole)}
  - {name: most, type: integer, calculation: "greatest(t, 'n')"}
  - {name: first, type: date, calculation: "least(t, 'day')"}
  - {name: latest, type: year, calculation: "greatest(t, 'year')"}
  - {name: amount, type: text, calculation: "rials(total(t, 'n'))"}
  - {name: tomans, type: text, calculation: "tomans(total(t, 'n'))"}
  - name: t
    type: table
    columns:
      - {name: n, type: integer}
      - {name: day, type: date}
      - {name: year, type: year}
      - {name: sum, type: integer, calculation: "running(t, 'n')"}
    group_rows: {columns: [day]}
"""


def test_functions_of_columns_and_texts(tmp_path: Path) -> None:
    rows = "t: [{n: 30, day: 1403/02/01, year: 1402}, {group: {day: 1400/01/01}}, {day: 1402/01/01}, {n: 12}]"
    found = World(tmp_path, [form_text(COLUMNS)], [f"form: x/a\nstreet: آزادی\n{rows}\n"])
    assert found.failed == ()
    assert [row.cells["sum"].value for row in found.forms["x/a"].items["t"].rows] == [30, None, None, 42]
    assert [found.value(name) for name in ("whole", "long", "most", "latest")] == ["آزادی، ۴۲", 9, 30, 1402]
    assert str(found.value("first")) == "1402-01-01"
    assert (found.value("amount"), found.value("tomans")) == ("چهل و دو ریال", "چهار تومان و دو ریال")


def test_functions_of_nothing_are_blank(tmp_path: Path) -> None:
    found = World(tmp_path, [form_text(COLUMNS)], ["form: x/a\n"])
    assert {found.value(name) for name in ("whole", "long", "most", "first", "latest", "amount", "tomans")} == {None}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ("{name: x, type: integer, calculation: \"running(t, 'n')\"}", "running-unfit"),
        ("{name: x, type: text, calculation: \"joined(' ', kind, city)\"}", "wrong-item-kind"),
        ('{name: x, type: integer, calculation: "running(t)"}', "expression-arguments"),
    ],
)
def test_what_functions_cannot_be_given(tmp_path: Path, more: str, code: str) -> None:
    text = COLUMNS.replace("  - name: t", f"  - {{name: kind, type: select_one k}}\n  - {more}\n  - name: t")
    _, problems = read_specs(tmp_path, form_text("choices: {k: [{name: a, label: الف}]}\n" + text))
    assert codes(problems) == [code]

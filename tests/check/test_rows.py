"""Row numbers, duplicate rows, totals of groups, items left blank."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assembler.base import messages
from assembler.base.catalogue.entries import Severity
from assembler.base.persian import persian_digits
from tests.building import form_text
from tests.check.auditing import Found, Row, answers, audit, found, table_form

BANDS = "group_rows: {columns: [no, title, unit, quantity]}"
COLUMNS = [
    "name: no, type: text{}",
    "name: title, type: text{}",
    "name: unit, type: text",
    "name: quantity, type: integer",
]


def form_of(rule: str, merge: bool = False) -> str:
    return table_form(rule, [column.format(", merge: true" if merge else "") for column in COLUMNS], BANDS)


NUMBERS = form_of("kind: row_numbers, item: t, column: 'no'")
MERGED = form_of("kind: row_numbers, item: t, column: 'no'", merge=True)
INTEGERS = table_form("kind: row_numbers, item: t, column: 'no'", ["name: no, type: integer", "name: x, type: text"])


def numbered(*numbers: object) -> list[Row]:
    """Rows by their printed numbers; a text in brackets is the letter of a band."""
    rows: list[Row] = []
    for number in numbers:
        band = isinstance(number, str) and number.startswith("[")
        rows.append({"group": {"no": str(number)[1:-1]}} if band else {"no": number, "title": "x"})
    return rows


REPEATED, MISSING, ORDER = "number-repeated", "number-missing", "number-order"


@pytest.mark.parametrize(
    ("numbers", "code", "row"),
    [
        (("۱", "۲", "۲"), REPEATED, 3),
        ((1, 2, 2, 3, 4), REPEATED, 3),
        ((1, 2, 7, 4, 5, 6, 7), REPEATED, 3),
        ((1, 1), REPEATED, 2),
        ((1, 2, 4), MISSING, 3),
        ((2, 3, 4), MISSING, 1),
        ((1, 2, 3, 9), MISSING, 4),
        ((1, 3, 2, 4), ORDER, 2),
        ((1, 5, 2, 3, 4, 6), ORDER, 2),
        ((1, 2, 30, 4, 5), ORDER, 3),
        ((1, 2, 3, 9, 5), ORDER, 4),
        ((9, 2, 3), ORDER, 1),
        (("[الف]", 1, 2, "[ب]", 1, 3), MISSING, 6),
        (("[الف]", 1, 2, "[ب]", 3, 5), MISSING, 6),
        (("[الف]", 1, 2, "[ب]", 1, 1), REPEATED, 6),
        (("[الف]", 1, 2, 3, "[ب]", 3, 4, "[ج]", 5, 6), REPEATED, 6),
        ((1, None, 3), MISSING, 2),
    ],
)
def test_one_number_found(numbers: tuple[object, ...], code: str, row: int) -> None:
    assert found(NUMBERS, numbered(*numbers)) == [(code, row, "no")]


def test_repeats_explain_the_jump_after_them() -> None:
    numbers = [persian_digits(str(number)) for number in (*range(1, 14), 12, 13, 16, 17)]
    assert found(NUMBERS, numbered(*numbers)) == [(REPEATED, 14, "no"), (REPEATED, 15, "no")]


@pytest.mark.parametrize(
    "numbers",
    [
        ("۱", "2", "٣"),
        ("۱-", "۲.", "(۳)"),
        (11, 12, 13),
        ("[الف]", 1, 2, "[۵]", 1, 2),
        ("[الف]", 1, 2, "[ب]", 3, 4),
        ("[الف]", 1, 2, "[ب]", 1, "[ج]", 2, 3),
        (1, "۱-۱", "۱-۲", 2),
        ("الف", "ب", "الف"),
        (None, None),
        (1, None, 2),
        (),
    ],
)
def test_numbers_near_misses(numbers: tuple[object, ...]) -> None:
    assert found(NUMBERS, numbered(*numbers)) == []


def test_blank_cells_of_a_merging_column_belong_to_the_row_above() -> None:
    assert found(MERGED, numbered("[الف]", 1, None, 2, None, "[ب]", 1, None)) == []
    assert found(MERGED, numbered(1, None, 3)) == [(MISSING, 3, "no")]


def test_number_messages() -> None:
    (repeat,) = audit(NUMBERS, answers(numbered(1, 2, 2)))
    assert repeat.severity is Severity.ERROR
    assert "2" in repeat.message
    (gap,) = audit(NUMBERS, answers(numbered(1, 2, 6)))
    assert gap.severity is Severity.WARNING
    assert gap.message == "After the row number 2 comes 6; missing between them: 3."


counts = st.lists(st.integers(3, 9), min_size=1, max_size=4)


def banded(sizes: list[int], restart: bool) -> list[Row]:
    rows: list[Row] = []
    number = 0
    for size in sizes:
        rows.append({"group": {"no": "الف"}})
        number = 0 if restart else number
        for _ in range(size):
            number += 1
            rows.append({"no": persian_digits(str(number)), "title": "x"})
    return rows


@settings(max_examples=20, deadline=None)
@given(counts, st.booleans(), st.data())
def test_one_planted_number(sizes: list[int], restart: bool, data: st.DataObject) -> None:
    rows = banded(sizes, restart)
    assert found(NUMBERS, rows) == []
    inner = [at for at in range(2, len(rows) - 1) if all("no" in rows[near] for near in (at - 1, at, at + 1))]
    at = data.draw(st.sampled_from(inner))
    if data.draw(st.booleans()):
        rows[at] = {**rows[at], "no": rows[at - 1]["no"]}
        assert found(NUMBERS, rows) == [(REPEATED, at + 1, "no")]
    else:
        del rows[at]
        assert found(NUMBERS, rows) == [(MISSING, at + 1, "no")]


@settings(max_examples=10, deadline=None)
@given(st.integers(3, 12), st.data())
def test_two_rows_exchanged(size: int, data: st.DataObject) -> None:
    numbers = list(range(1, size + 1))
    at = data.draw(st.integers(0, size - 2))
    numbers[at], numbers[at + 1] = numbers[at + 1], numbers[at]
    rows = [{"no": number, "x": "x"} for number in numbers]
    ((code, row, _),) = found(INTEGERS, rows)
    assert (code, row) == (ORDER, at + 1)


# ---------------------------------------------------------------- duplicate rows

TITLES = form_of("kind: duplicates, item: t, columns: [title]")
TWO = form_of("kind: duplicates, item: t, columns: [title, unit]")
MERGED_TITLES = form_of("kind: duplicates, item: t, columns: [title, unit]", merge=True)


def titled(*titles: object) -> list[Row]:
    return [{"title": title, "unit": f"واحد {number}"} for number, title in enumerate(titles)]


@pytest.mark.parametrize(
    ("first", "second"),
    [("گزارش سالانه", "گزارش سالانه"), ("برنامه‌ریزی", "برنامه ریزی"), ("ارائه", "ارایه"), ("بند ۲", "بند 2")],
)
def test_rows_that_repeat(first: str, second: str) -> None:
    assert found(TITLES, titled(first, "دیگر", second)) == [("row-repeated", 3, "title")]


def test_rows_that_repeat_under_another_band() -> None:
    rows: list[Row] = [{"group": {"no": "الف"}}, {"title": "x"}, {"group": {"no": "ب"}}, {"title": "x"}]
    (problem,) = audit(TITLES, answers(rows))
    assert (problem.place.row, problem.message) == (4, "This row says the same as row 2.")


@pytest.mark.parametrize(
    "rows",
    [
        titled("گزارش فصلی", "گزارش سالانه"),
        titled(None, None),
        titled("شاخص‌های عمومی", "شاخص‌های اختصاصی"),
        [{"group": {"title": "x"}}, {"title": "x"}, {"group": {"title": "x"}}],
    ],
)
def test_rows_near_misses(rows: list[Row]) -> None:
    assert found(TITLES, rows) == []


def test_all_named_columns_must_be_alike_and_filled() -> None:
    assert found(TWO, titled("x", "x")) == []
    assert found(TWO, [{"title": "x", "no": 1}, {"title": "x", "no": 2}]) == []


def test_a_blank_cell_of_a_merging_column_says_what_stands_above() -> None:
    assert found(MERGED_TITLES, [{"title": "x", "unit": "a"}, {"unit": "b"}]) == []
    assert found(MERGED_TITLES, [{"title": "x", "unit": "a"}, {"unit": "a"}]) == [("row-repeated", 2, "title")]


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(0, 99), unique=True, min_size=2, max_size=10), st.data())
def test_one_planted_duplicate(names: list[int], data: st.DataObject) -> None:
    rows = titled(*(f"ردیف {name}" for name in names))
    assert found(TITLES, rows) == []
    copy = data.draw(st.sampled_from(rows))
    at = data.draw(st.integers(len(rows) // 2, len(rows)))
    assume(rows.index(copy) < at)
    rows.insert(at, dict(copy))
    assert found(TITLES, rows) == [("row-repeated", at + 1, "title")]


# ---------------------------------------------------------------- totals of groups

TOTALS = form_of("kind: group_totals, item: t, quantity: quantity, unit: unit")
PLAIN = form_of("kind: group_totals, item: t, quantity: quantity")


def group(given_: object, *rows: object, unit: str | None = "گزارش") -> list[Row]:
    """A band and its rows: numbers, or (number, unit)."""
    cells: list[Row] = [{"group": {"no": "الف", "quantity": given_, "unit": unit}}]
    for row in rows:
        number, own = row if isinstance(row, tuple) else (row, unit)
        cells.append({"title": "x", "quantity": number, "unit": own})
    return cells


TOTAL, RULE = ("group-total", "quantity"), ("group-rule", "quantity")


def where(rows: list[Row], form: str = TOTALS) -> list[tuple[str, int | None]]:
    return [(code, row) for code, row, column in found(form, rows) if column == "quantity"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (group(4, 1, 2) + group(5, 2, 3), [("group-total", 1)]),
        (group(3, 1, 2) + group(9, 2, 3) + group(7, 3, 4), [("group-total", 4)]),
        (group(24, 24, 24) + group(8, 8, 1) + group(5, 5, 6), [("group-total", 7)]),
        # Two groups say the sum, one the greatest: none of them is wrong, the rule is not uniform.
        (group(3, 1, 2) + group(9, 4, 5) + group(24, 24, 24), [("group-rule", None)]),
        # The bands of the Tehran plan: those of one row say nothing of the rule.
        (
            group(24, 24, 24, 24) + group(5, 1, 1, 1, 1, 1) + group(2, 2, 1) + group(20, 20) + group(4, 4),
            [("group-rule", None)],
        ),
        # Four say the sum; that 7 is the greatest of the fifth does not make it right.
        (
            [row for _ in range(4) for row in group(3, 1, 2)] + group(7, 7, 2),
            [("group-total", 13)],
        ),
        (group(70, 1, 2) + group(90, 4, 5), [("group-rule", None)]),
        # The rule is not uniform, but whatever it is, one row of 20 does not make 22.
        (
            group(24, 24, 24, 24) + group(5, 1, 1, 1, 1, 1) + group(2, 2, 1) + group(22, 20),
            [("group-total", 14), ("group-rule", None)],
        ),
        (group(24, 24, 24) + group(9, 4, 5) + group(3, 1, 2) + group(6, 6, 5, 4), [("group-rule", None)]),
        (group(3, 1, 2) + group(7, 4), [("group-total", 4)]),
    ],
)
def test_totals_found(rows: list[Row], expected: list[tuple[str, int | None]]) -> None:
    assert where(rows) == expected


@pytest.mark.parametrize(
    "rows",
    [
        group(3, 1, 2) + group(9, 4, 5),
        group(24, 24, 24) + group(8, 8, 1),
        group(2, 30, 30) + group(3, 1, 7, 8),
        group(5, 9, 7, 5) + group(3, 8, 3),
        group(20, 20) + group(4, 4) + group(3, 1, 2),
        group(20, 20) + group(4, 4),
        group(3, 1, 2, (50, "نامه")) + group(9, 9),
        group(4, (3, "استاندارد"), (4, "قرارداد بیمه"), unit="قرارداد"),
        group(20, 20, (1, "گزارش"), unit="قرارداد"),
        group(None, 1, 2),
        group(7),
        group(7, None, 3),
        group(7, (1, "نامه")),
        group(3, (1, "نفر‌ساعت"), (2, "نفر ساعت"), unit="نفرساعت"),
    ],
)
def test_totals_near_misses(rows: list[Row]) -> None:
    assert found(TOTALS, rows) == []


def test_totals_without_units_count_every_row() -> None:
    assert found(PLAIN, group(6, (1, "الف"), (2, "ب"), (3, "ج"))) == []
    assert where(group(7, (1, "الف"), (2, "ب"), (3, "ج")), PLAIN) == [("group-total", 1)]


def test_the_computation_is_said_in_the_language_of_the_message() -> None:
    (total,) = audit(TOTALS, answers(group(3, 1, 2) + group(9, 4, 5) + group(47, 24, 24)))
    assert total.message == "The group says 47; from its rows it is 48 (sum: 24, 24)."
    messages.choose("fa")
    assert total.message == "عدد گروه ۴۷ است؛ از ردیف‌های آن ۴۸ به دست می‌آید (جمع: ۲۴، ۲۴)."


def test_every_group_is_evidence_that_the_rule_is_not_uniform() -> None:
    (rule,) = audit(TOTALS, answers(group(3, 1, 2) + group(30, 24, 30) + group(8, 1, 2) + group(5, 5)))
    assert rule.severity is Severity.WARNING
    start, _, evidence = rule.message.partition(": ")
    assert start == "No one rule makes the numbers of the groups of their rows"
    assert evidence == "«الف» 3 = sum (1, 2); «الف» 30 = greatest or last (24, 30); «الف» 8 = no rule (1, 2)."
    messages.choose("fa")
    assert rule.message.endswith("«الف» ۳۰ = بیشترین یا آخرین (۲۴، ۳۰)؛ «الف» ۸ = هیچ روشی (۱، ۲).")


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.lists(st.integers(1, 30), min_size=1, max_size=5), min_size=3, max_size=5),
    st.sampled_from([sum, max, len]),
    st.data(),
)
def test_one_planted_total(numbers: list[list[int]], rule: object, data: st.DataObject) -> None:
    assert callable(rule)
    totals = [int(rule(each)) for each in numbers]
    assert (
        found(TOTALS, [row for each, total in zip(numbers, totals, strict=True) for row in group(total, *each)]) == []
    )
    at = data.draw(st.integers(0, len(totals) - 1))
    totals[at] += 200
    rows = [row for each, total in zip(numbers, totals, strict=True) for row in group(total, *each)]
    place = 1 + sum(len(each) + 1 for each in numbers[:at])
    assert where(rows) == [("group-total", place)]


# ---------------------------------------------------------------- items left blank

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

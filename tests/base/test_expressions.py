"""The closed language of expressions: what it admits, what it refuses, what blanks do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from decimal import Decimal

import jdatetime
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembler.base.expressions import (
    ExpressionError,
    Reference,
    evaluate,
    evaluate_text,
    is_percent,
    parse,
    parse_text,
    references,
)
from assembler.base.functions import FUNCTIONS, printable


class Rows:
    """A table with the cells of one column «c»."""

    def __init__(self, *cells: object) -> None:
        self.cells = cells

    def __len__(self) -> int:
        return len(self.cells)

    def column(self, name: str) -> Sequence[object]:
        assert name == "c"
        return self.cells


class Scope:
    def __init__(self, values: Mapping[str, object]) -> None:
        self.values = values

    def name(self, name: str) -> object:
        return self.values[name]

    def attribute(self, owner: object, name: str) -> object:
        assert isinstance(owner, Scope)
        return owner.values[name]

    def form(self, form: str) -> object:
        return self.values[form]


OTHER = Scope({"total": 7})
NAMES = Scope(
    {
        "a": 6, "b": Decimal("1.5"), "blank": None, "word": "yes", "many": ("x",
        "y"), "date": jdatetime.date(1399, 12, 5),
        "later": jdatetime.date(1400, 1, 1), "t": Rows(1, None, 3), "words": Rows("yes", "no", None, ("yes",
        "no")), "empty": Rows(),
        "zero": 0, "x/a": OTHER, "case": OTHER, "position": 2, "yes": True,
    }
)  # fmt: skip


def value(source: str) -> object:
    return evaluate(source, NAMES)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a + 1", 7), ("a - b", Decimal("4.5")), ("a * b", 9), ("a / 4", Decimal("1.5")), ("-a", -6), ("+a", 6),
        ("0.1 + 0.2", Decimal("0.3")),
        ("a > 5", True), ("a >= 6", True), ("a < 6", False), ("a <= 6", True), ("1 < a < 7", True),
        ("1 < a < 5", False),
        ("a == 6", True), ("a != 6", False), ("word == 'yes'", True), ("word == 'no'", False), ("word != 'no'", True),
        ("a == 6 and word == 'yes'", True), ("a == 5 or word == 'yes'", True), ("not a == 6", False),
        ("'x' in many", True), ("'z' in many", False), ("'z' not in many", True), ("word in ('yes', 'no')", True),
        ("word in ['no']", False),
        ("1 if a > 5 else 2", 1), ("1 if a < 5 else 2", 2), ("1 if a < 5", None),
        ("date < later", True), ("date == '1399/12/05'", True), ("'1399/12/05' == date", True),
        ("date >= '1400/1/1'", False), ("'1400/1/1' > date", True),
        ("form('x/a').total", 7), ("case.total * 2", 14), ("position", 2),
        ("count(t)", 3), ("count(t, 'c')", 2), ("count(words, 'c', 'yes')", 2), ("count(empty)", 0),
        ("total(t, 'c')", 4), ("mean(t, 'c')", 2),
        ("percent(1, 4)", 25), ("ratio(1, 4)", Decimal("0.25")), ("smallest(a, b, 9)", Decimal("1.5")),
        ("largest(a, b, 9)", 9),
        ("rounded(2.567, 1)", Decimal("2.6")), ("filled(a)", True), ("filled(blank)", False), ("filled(zero)", True),
        ("selected(many, 'x')", True), ("selected(many, 'z')", False), ("selected(word, 'yes')", True),
        ("selected(blank, 'x')", False),
        ("true", True), ("none", None), ("'متن'", "متن"),
    ],
)  # fmt: skip
def test_values(source: str, expected: object) -> None:
    assert value(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "blank + 1", "1 - blank", "blank * 0", "blank / 2", "-blank", "blank > 1", "1 < blank", "blank == 1",
        "blank != 1", "blank == blank",
        "not blank", "blank in many", "'x' in blank", "'x' not in blank", "a / zero", "a / 0", "ratio(1, 0)",
        "percent(1, zero)", "percent(blank, 2)",
        "total(empty, 'c')", "mean(empty, 'c')", "smallest(blank)", "rounded(blank)", "word + 1", "word > 1",
        "date > 3", "many > 'x'", "1 in word",
        "a > 1 and blank", "a > 9 or blank", "blank and a > 1", "blank or a > 9", "1 < blank < 3",
    ],
)  # fmt: skip
def test_blank_operands_make_the_result_blank(source: str) -> None:
    assert value(source) is None


@pytest.mark.parametrize(
    ("source", "expected"),
    [("blank and a > 9", False), ("a > 9 and blank", False), ("blank or a > 1", True), ("a > 1 or blank", True)],
)
def test_a_side_that_settles_the_matter_does_so_beside_a_blank(source: str, expected: bool) -> None:
    assert value(source) is expected


def test_a_blank_condition_makes_the_result_blank() -> None:
    assert value("1 if blank > 2 else 3") is None
    assert value("1 if not filled(blank) else 3") == 1
    assert value("otherwise(blank, 3) + otherwise(a, 9)") == 9


def refusal(source: str) -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        parse(source)
    return caught.value


@pytest.mark.parametrize(
    "source",
    [
        "",
        "a +",
        "(a",
        "a b",
        "a }} {{ b",
        "}}",
        "a }} text",
        "'open",
        "{% set x = 1 %}",
        "1 }}{# #}{{ 2",
        "a ? b : c",
        "(" * 3000 + "a" + ")" * 3000,
    ],
)
def test_broken_expressions(source: str) -> None:
    assert refusal(source).code == "expression-broken"


@pytest.mark.parametrize(
    "source",
    [
        "a | upper", "a is defined", "t[0]", "a ** 2", "a % 2", "a // 2", "a ~ b", "{'a': 1}", "a.__class__",
        "case.__init__", "case.a.b",
        "'x'.upper()", "a.b()", "form('x/a').total.real", "count(t, column='c')", "count(*t)", "a[1:2]", "(a + b).c",
        "form('x/a')()",
    ],
)  # fmt: skip
def test_what_reaches_outside_the_language_is_forbidden(source: str) -> None:
    assert refusal(source).code == "expression-forbidden"


@pytest.mark.parametrize(
    "source", ["nope(a)", "range(9)", "lipsum()", "cycler(1)", "dict()", "namespace()", "Count(t)"]
)
def test_unknown_functions(source: str) -> None:
    error = refusal(source)
    assert error.code == "expression-unknown-name"
    assert set(FUNCTIONS) <= set(error.arguments["known"])  # type: ignore[call-overload]


@pytest.mark.parametrize(
    "source",
    ["count()", "count(t, 'c', 1, 2)", "total(t)", "percent(1)", "filled()", "selected(a)", "form()", "form(a)",
    "form('x/a', 1)",
     "count(t, column)", "total(t, 3)", "count(5)", "count(1 + 2)", "total('t', 'c')", "mean(total(t, 'c'), 'c')"],
)  # fmt: skip
def test_wrong_arguments(source: str) -> None:
    error = refusal(source)
    assert error.code == "expression-arguments"
    assert error.arguments["usage"]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("a + b", {Reference("a"), Reference("b")}),
        ("case.agency", {Reference("agency", "case")}),
        ("form('x/a').total", {Reference("total", "x/a")}),
        ("count(t)", {Reference("t", table=True)}),
        ("total(form('x/a').t, 'c') + z", {Reference("t", "x/a", "c", table=True), Reference("z")}),
        ("count(t, 'c', z)", {Reference("t", column="c", table=True), Reference("z")}),
        ("a if b else c", {Reference("a"), Reference("b"), Reference("c")}),
        ("1 < a < b", {Reference("a"), Reference("b")}),
        ("not (a in [b])", {Reference("a"), Reference("b")}),
        ("form('x/a')", {Reference("", "x/a")}),
        ("1 + 2", set()),
    ],
)
def test_references(source: str, found: set[Reference]) -> None:
    assert set(references(parse(source))) == found


def test_texts_with_expressions() -> None:
    assert evaluate_text("جمع {{ a }} و {{ b }}؛ {{ blank }}.", NAMES) == "جمع ۶ و ۱٫۵؛ ."
    assert evaluate_text("تاریخ {{ date }}: {{ many }}", NAMES) == "تاریخ ۱۳۹۹/۱۲/۰۵: x، y"
    assert evaluate_text("", NAMES) == ""
    assert evaluate_text("بی‌عبارت", NAMES) == "بی‌عبارت"


@pytest.mark.parametrize("text", ["{{ a", "{{ }}", "{% if a %}", "{{ a + }}"])
def test_broken_texts(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse_text(text)


@pytest.mark.parametrize("text", ["{% set a = 1 %}", "{% for x in a %}{% endfor %}", "{{ a|upper }}"])
def test_statements_in_texts_are_forbidden(text: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_text(text)
    assert caught.value.code == "expression-forbidden"


def test_printable_values() -> None:
    values = (None, 1500, Decimal("2.50"), True, False, "متن", (1, "ب"))
    assert [printable(each) for each in values] == ["", "۱٬۵۰۰", "۲٫۵", "بله", "خیر", "متن", "۱، ب"]


def test_percentages_are_known_by_their_function() -> None:
    assert is_percent("percent(a, b)")
    assert not is_percent("percent(a, b) + 1")
    assert not is_percent("a")


OPERANDS = st.sampled_from(["a", "b", "blank", "zero", "3", "word", "date", "many", "yes"])
SOURCES = st.recursive(
    OPERANDS,
    lambda inner: (
        st.builds(
            "({} {} {})".format, inner, st.sampled_from(["+", "-", "*", "/", "<", ">=", "==", "and", "or", "in"]), inner
        )
        | st.builds("(not {})".format, inner)
        | st.builds("percent({}, {})".format, inner, inner)
    ),
    max_leaves=8,
)


@given(SOURCES)
def test_no_admitted_expression_fails(source: str) -> None:
    printable(value(source))


@given(st.text(max_size=30))
def test_any_text_is_either_read_or_refused(source: str) -> None:
    with suppress(ExpressionError):
        parse(source)
    with suppress(ExpressionError):
        parse_text(source)


class _Sessions:
    """A table of two columns for ``lookup``."""

    def __len__(self) -> int:
        return 2

    def column(self, name: str) -> list[object]:
        return {"date": ["۱۳۹۹/۰۹/۱۰", "۱۳۹۹/۰۹/۲۴"], "what": [None, "برنامه‌ی عملياتي مصوب شد"]}[name]


class _SessionsScope:
    def name(self, name: str) -> object:
        return _Sessions()

    def attribute(self, owner: object, name: str) -> object:
        raise TypeError

    def form(self, form: str) -> object:
        raise TypeError


def test_lookup_finds_a_row_by_words_in_any_spelling() -> None:
    assert evaluate("lookup(t, 'date', 'what', 'عملیاتی مصوب')", _SessionsScope()) == "۱۳۹۹/۰۹/۲۴"
    assert evaluate("lookup(t, 'date', 'what', 'لغو')", _SessionsScope()) is None


def test_lookup_names_both_its_columns() -> None:
    used = references(parse("lookup(t, 'date', 'what', 'x')"))
    assert [(one.name, one.column, one.table) for one in used] == [("t", "date", True), ("t", "what", True)]

"""Numbers said in texts: the ones that differ from the data, and all the ways of saying it right."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assembler.base.catalogue.entries import Severity
from assembler.base.problems import Problem
from assembler.checks.rules.numbers_said import _round
from tests.building import World, form_text

FORM = form_text(
    """\
    items:
      - {name: story, type: narrative}
      - {name: note, type: text}
      - {name: n, type: integer}
      - {name: of, type: integer}
      - name: t
        type: table
        columns: [{name: a, type: text}]
    rules:
      - {kind: said, item: story, says: "تعداد {} خدمت", equals: n, message: شمار خدمات}
      - {kind: said, item: t, says: "{} خدمت", equals: n, message: شمار خدمات}
      - {kind: percent, item: note, says: "{} درصد از ملاقات‌ها", part: n, whole: of}
    """
)


def found(folder: Path, **answers: object) -> list[Problem]:
    lines = "\n".join(f"{name}: {value}" for name, value in answers.items())
    return World(folder, [FORM], [f"form: x/a\n{lines}\n"]).checked()


@pytest.mark.parametrize(
    "text",
    ["تعداد ۲۳ خدمت شد", "تعداد 23 خدمت", "تعداد ٢٣ خدمت‌ها", "تعداد ۲۳خدمت", "تعدادِ ۲۳ خدمت", "به تعداد ۲۴۰ خدمت"],
)
def test_a_count_that_differs(tmp_path: Path, text: str) -> None:
    (problem,) = found(tmp_path, story=f"['{text}']", n=24)
    assert (problem.code, problem.severity, problem.place.item) == ("count-differs", Severity.ERROR, "story")
    assert problem.place.line == 2
    assert "24" in problem.message
    assert problem.message.startswith("شمار خدمات")


def test_a_count_in_a_list_or_a_cell_is_found_at_its_place(tmp_path: Path) -> None:
    story = "[{numbered: [یک, {text: دو, bulleted: [تعداد ۲۵ خدمت]}]}]"
    problems = found(tmp_path, story=story, n=24, t="[{a: ۲۴ خدمت}, {a: ۲۶ خدمت}]")
    assert [(each.code, each.place.item, each.place.row, each.place.column) for each in problems] == [
        ("count-differs", "story", None, None),
        ("count-differs", "t", 2, "a"),
    ]


def test_a_number_said_wrong_twice_is_one_finding_a_number(tmp_path: Path) -> None:
    story = "[تعداد ۲۵ خدمت و باز تعداد ۲۵ خدمت, تعداد ۲۶ خدمت]"
    assert [each.arguments["said"] for each in found(tmp_path, story=story, n=24)] == [25, 26]


@pytest.mark.parametrize(
    "text",
    [
        "تعداد ۲۴ خدمت",
        "تعداد  24 خدمت",
        "تعداد ۲۴٫۰ خدمت",
        "تعداد ۲۳ خدمات",  # another word
        "تعداد ۲۳ نفر",
        "اتعداد ۲۳ خدمت",  # the phrase does not begin inside a word
        "تعداد خدمت ۲۳",
        "تعداد ۹۹/۱۱/۲۳ خدمت",  # a date
        "تعداد ۲۰-۲۳ خدمت",  # a range
        "تعداد خدمت‌ها",
    ],
)
def test_nothing_is_said_of_other_numbers(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, story=f"['{text}']", n=24) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("حدود ۲۵ خدمت", []),
        ("حدود ۲۰ خدمت", []),
        ("حدود ۲۷ خدمت", ["count-differs"]),
        ("بیش از ۲۰ خدمت", []),
        ("حداقل ۲۴ خدمت", []),
        ("بیش از ۳۰ خدمت", ["count-differs"]),
        ("حداکثر ۳۰ خدمت", []),
        ("حداکثر ۲۰ خدمت", ["count-differs"]),
        ("۲۰ تا ۲۳ خدمت", []),
        ("۲۰ الی ۲۳ خدمت", []),
        ("در سال ۱۳۹۹ خدمت رایگان شد", []),  # a year, a clause
        ("برابر بند ۳ خدمت گروهی", []),
        ("امسال ۲۳ خدمت", ["count-differs"]),
    ],
)
def test_a_hedge_is_taken_at_its_word(tmp_path: Path, text: str, codes: list[str]) -> None:
    assert [each.code for each in found(tmp_path, n=24, t=f"[{{a: {text}}}]")] == codes


def test_without_data_nothing_is_said(tmp_path: Path) -> None:
    assert found(tmp_path, story="[تعداد ۲۳ خدمت]", note="۹۰ درصد از ملاقات‌ها") == []
    assert found(tmp_path / "zero", note="۹۰ درصد از ملاقات‌ها", n=0, of=0) == []


@pytest.mark.parametrize(
    ("said", "part", "whole", "code"),
    [
        ("۷۲", 23, 32, None),  # 71.875
        ("۷۱٫۹", 23, 32, None),
        ("۷۱/۸۸", 23, 32, None),
        ("۱۳", 4, 32, None),  # 12.5, halves up
        ("۱۲٫۵", 4, 32, None),
        ("۱۲", 4, 32, "percent-rounding"),  # halves to even, or cut off
        ("۷۱", 23, 32, "percent-rounding"),
        ("۷۱٫۸", 23, 32, "percent-rounding"),
        ("۶۷", 21, 32, "percent-wrong"),  # 65.625
        ("۱۱", 4, 32, "percent-wrong"),
        ("۱۴", 4, 32, "percent-wrong"),
        ("۳۳", 1, 3, None),
        ("۳۴", 1, 3, "percent-rounding"),  # rounded up
        ("۰", 0, 5, None),
        ("۱۰۰", 5, 5, None),
        ("۹۹", 5, 5, "percent-wrong"),
        ("حدود ۷۲", 23, 32, None),
        ("حدود ۷۰", 23, 32, None),
        ("حدود ۸۰", 23, 32, "percent-wrong"),
        ("حدود ۷۴", 23, 32, "percent-wrong"),
        ("بیش از ۷۰", 23, 32, None),
        ("کمتر از ۷۰", 23, 32, "percent-wrong"),
    ],
)
def test_percentages(tmp_path: Path, said: str, part: int, whole: int, code: str | None) -> None:
    problems = found(tmp_path, note=f"'{said} درصد از ملاقاتها'", n=part, of=whole)
    assert [each.code for each in problems] == [code] * (code is not None)


def test_the_evidence_of_a_percentage(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, note="۴۰ درصد از ملاقات‌ها", n=1, of=3)
    assert problem.severity is Severity.ERROR
    assert problem.message == "The text says 40 percent; 1 ÷ 3 is 33.33 percent."
    (problem,) = found(tmp_path / "b", note="۳۴ درصد از ملاقات‌ها", n=1, of=3)
    assert problem.severity is Severity.WARNING


@given(some.integers(0, 500), some.integers(1, 500), some.integers(0, 3))
def test_rounding_is_exact(part: int, whole: int, decimals: int) -> None:
    truth = Fraction(part, whole)
    rounded = Fraction(_round(truth, decimals, "ROUND_HALF_UP"))
    assert abs(rounded - truth) <= Fraction(1, 2 * 10**decimals)
    floor, ceiling = (Fraction(_round(truth, decimals, how)) for how in ("ROUND_FLOOR", "ROUND_CEILING"))
    assert floor <= truth <= ceiling
    assert ceiling - floor <= Fraction(1, 10**decimals)
    assert _round(Fraction(1, 8) * 100, 0, "ROUND_HALF_EVEN") == Decimal(12)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("حدود ۷۰ درصد", None),
        ("حدود ۷۲ درصد", None),
        ("حدود ۸۰ درصد", "percent-wrong"),
        ("حدود ۷۷ درصد", "percent-wrong"),
    ],
)
def test_a_hedge_in_the_phrase_itself_is_a_hedge(tmp_path: Path, text: str, code: str | None) -> None:
    form = FORM.replace("{} درصد از ملاقات‌ها", "حدود {} درصد")
    problems = World(tmp_path, [form], [f"form: x/a\nnote: {text} آنان\nn: 23\nof: 32\n"]).checked()
    assert [each.code for each in problems] == ([code] if code else [])

"""What questions, columns and rows are called besides; headers that are not to be taken for one another; boxes."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.collect.fill.pasted import pasted_rows
from assembler.collect.foreign.grids import Grid, of_lines
from assembler.collect.intake.candidates import candidates
from assembler.collect.intake.likeness import at_odds, says_same
from assembler.collect.intake.matching import Matcher, columns_of
from assembler.collect.intake.pairs import answered_pairs
from assembler.collect.intake.questions import questions
from assembler.collect.intake.rows import drafted
from assembler.collect.intake.ticked import ticked
from assembler.model.reports import Library
from tests.building import form_text, report_text, sound_specs

_FORM = """\
choices: {sides: [{name: own, label: خودی}, {name: other, label: دیگر, ask: کدام؟}]}
items:
  - {name: head, type: text, label: نام رئیس اداره مربوط%s}
  - {name: place, type: text, label: نشانی ساختمان مرکزی اداره}
  - {name: side, type: select_one sides, label: سو, appearance: boxes}
  - name: stock
    type: table
    label: گردش کالا
    columns:
      - {name: line, type: text, label: شرح}
      - {name: count, type: integer, label: تعداد مراجعان%s}
    rows: [{name: used, cells: {line: مصرف شده}%s}, {name: left, cells: {line: مانده پایان ماه}}]
"""


def library(folder: Path, *also: str) -> Library:
    words = [f", also: [{each}]" if each else "" for each in (*also, "", "", "")[:3]]
    return sound_specs(folder, form_text(_FORM % tuple(words)), report_text("x/a"))


def columns(found: Library, grid: Grid) -> tuple[dict[str, str], list[str]]:
    """Which columns are sure, and the printed rows that are found."""
    match = Matcher(candidates(found.forms)).ranked(grid).matches[0]
    sure = columns_of(match).sure
    draft = drafted(grid, match.shape, match.candidate, sure, sure)
    heads = {" ".join(match.paths[at]): match.candidate.leaf_names[own] for at, own in sure.items()}
    return heads, [row.name for row in draft.rows]


_LINES = (("شرح", "جمعیت رجوع‌کننده"), ("کنار گذاشته", "۷"), ("مانده پایان ماه", "۳"))


def test_columns_and_rows_are_known_by_what_else_they_are_called(tmp_path: Path) -> None:
    grid = of_lines(_LINES)
    assert columns(library(tmp_path / "a"), grid) == ({"شرح": "line"}, ["left"])
    named = library(tmp_path / "b", "", "جمعیت رجوع‌کننده", "کنار گذاشته")
    assert columns(named, grid) == ({"شرح": "line", "جمعیت رجوع‌کننده": "count"}, ["used", "left"])


def test_pasted_blocks_are_known_by_them_too(tmp_path: Path) -> None:
    item = library(tmp_path, "", "جمعیت رجوع‌کننده", "کنار گذاشته").forms["x/a"].item("stock")
    found = pasted_rows("\n".join(map("\t".join, _LINES)), item, "x/a", tmp_path, 1)
    assert [(row.name, row.cells["count"].value) for row in found.rows] == [("used", 7), ("left", 3)]


def test_questions_are_known_by_them_too(tmp_path: Path) -> None:
    grid = of_lines((("مدیر بخش خدمات", "ب. نمونه"), ("نشانی ساختمان مرکزی اداره", "خیابان یکم")), ("عنوان",))
    for also, names in (("", ["place"]), ("مدیر بخش خدمات", ["head", "place"])):
        found = answered_pairs(grid, questions(library(tmp_path / f"x{also}", also).forms), ("عنوان", "فرم"))
        assert [item.name for item, _ in found.answers] == names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("نقاط قوت سامانه پاسخگویی", "نقاط ضعف سامانه پاسخگویی"),
        ("تعداد شکایات رسیده در سال ۱۳۹۷", "تعداد شکایات رسیده در سال ۱۳۹۸"),
        ("میانگین زمان پاسخ به زنان", "میانگین زمان پاسخ به مردان"),
        ("هدف شاخص ۱/۲", "هدف شاخص ۲/۱"),
    ],
)
def test_headers_that_speak_of_two_things_are_at_odds(one: str, other: str) -> None:
    assert at_odds(one, other)
    assert not says_same(one, other)


def test_spellings_and_slips_are_not_at_odds() -> None:
    for one, other in (
        ("تعداد مراجعان", "تعداد مراجعین"),
        ("نام خدمت ارائه شده", "نام خدمت ارایه‌شده"),
        ("شمار", "تعداد"),
    ):
        assert not at_odds(one, other)


@pytest.mark.parametrize(
    ("text", "value", "fault"),
    [
        ("☐ خودی    ☑ دیگر: انبار", "دیگر: انبار", ""),
        ("☒ خودی\n☐ دیگر", "خودی", ""),
        ("خودی ■  دیگر □", "خودی", ""),
        ("☐ خودی ☐ دیگر", None, ""),
        ("☑ خودی ☑ دیگر", None, "intake-boxes"),
        ("☑ ناشناس ☐ دیگر", None, "intake-boxes"),
        ("☐ خودی", None, "intake-boxes"),
        ("خودی", "خودی", ""),
        ("شاید", None, "intake-boxes"),
    ],
)
def test_boxes_say_what_is_ticked_or_that_it_cannot_be_told(
    tmp_path: Path, text: str, value: str | None, fault: str
) -> None:
    raw = ticked(text, library(tmp_path).forms["x/a"].item("side"), "A1")
    assert (raw.fault, raw.value if not fault else None) == (fault, value)


def test_of_two_columns_of_figures_neither_answers_a_question(tmp_path: Path) -> None:
    lines = (("نام رئیس اداره مربوط", "۱۲", "۱۳"), ("نشانی ساختمان مرکزی اداره", "خیابان", ""))
    found = answered_pairs(of_lines(lines), questions(library(tmp_path).forms))
    assert [item.name for item, _ in found.answers] == ["place"]


def test_letterheads_are_no_forms(tmp_path: Path) -> None:
    """«Number», «date» and «annex» stand above every letter."""
    form = form_text("items: [{name: n, type: text, label: شماره}, {name: d, type: text, label: تاریخ}]")
    forms = questions(sound_specs(tmp_path, form, report_text("x/a")).forms)
    assert not answered_pairs(of_lines((("شماره: ۱۲", "تاریخ: ۱۴۰۴/۰۱/۰۲"),)), forms).is_sure


def test_a_title_in_the_first_cell_heads_no_column(tmp_path: Path) -> None:
    """As above a table of Excel, where nobody merges it: «visitors» over «no» is not the column of visitors."""
    lines = (("تعداد مراجعان", ""), ("شماره", "شرح"), ("۱", "مصرف شده"), ("۲", "مانده پایان ماه"))
    assert columns(library(tmp_path), of_lines(lines))[0] == {"شرح": "line"}

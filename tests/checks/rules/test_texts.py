"""Quick looks at all texts of a column in one: they may let through too much, and never pass over what one text has."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.checks import check_citations, check_days, check_figures, check_loose_dates, check_slips
from assembler.checks.figures.reading import may_count
from assembler.checks.rules.citations import may_cite
from assembler.checks.rules.texts import Look
from assembler.checks.slips import may_slip
from assembler.checks.words.written_dates import may_hold_a_day
from assembler.model.filled import Wording
from tests.building import World, form_text

OTHERS = ("", "فعالیت شماره 12", "گزارش", "در سال", "1399")
TEXTS = {
    "تا ۱۳۹۹/۰۲/۳۵": may_hold_a_day,
    "۳۵ فروردین ۱۴۰۴": may_hold_a_day,
    "on 31 April 2025": may_hold_a_day,
    "سه جلسه": may_count,
    "12 جلسه": may_count,
    "نامه شماره ۱۲۳۴۵۶ مورخ ۱۳۹۹/۰۲/۰۳": may_cite,
    "به به مدیر": may_slip,
    "متن نمونه،، دیگر": may_slip,
    "نام ....": may_slip,
    "a@@b.ir": may_slip,
    "WWW.a": may_slip,
    "تلفن ۱۲۳۴۵۶۷۸۹": may_slip,
    "کد ملی: ۱۲۳۴۵۶": may_slip,
    "کد پستی ۱۲۳۴۵": may_slip,
    "IR12 3456 7890 1234": may_slip,
}


@pytest.mark.parametrize(("text", "look"), TEXTS.items())
def test_a_look_at_all_texts_sees_what_one_of_them_has(text: str, look: Look) -> None:
    assert look(text)
    assert look(Wording((*OTHERS, text, *OTHERS)).whole)


@pytest.mark.parametrize("look", [may_hold_a_day, may_count, may_cite, may_slip])
def test_texts_one_below_the_other_make_nothing_that_none_has(look: Look) -> None:
    assert not look(Wording(("به", "گزارش", "به", "متن.", "5.", "5", "ب")).whole)


def test_what_one_row_says_is_found_among_many_that_say_nothing(tmp_path: Path) -> None:
    form = form_text(
        """\
        items:
          - name: t
            type: table
            label: جدول
            columns: [{name: title, type: text, label: شرح}]
        """
    )
    said = {
        7: ("text-filler", "…"),
        11: ("text-unfinished", "گزارش این جلسه و"),
        13: ("word-doubled", "گزارش گزارش این جلسه"),
        17: ("loose-date", "مهلت تا ۱۳۹۹/۱۳/۰۵ است"),
        19: ("weekday-differs", "شنبه ۱۳۹۹/۰۵/۱۲"),
        23: ("mark-unexplained", "گزارش آن*"),
    }
    texts = [said[row][1] if row in said else f"کار {row % 5}" for row in range(1, 31)]
    answers = "".join(f'  - {{title: "{text}"}}\n' for text in texts)
    world = World(tmp_path, [form], [f"form: x/a\nt:\n{answers}"])
    checks = (check_slips, check_loose_dates, check_days, check_citations, check_figures)
    found = {(each.place.row, each.code) for check in checks for each in check(world.forms, ["x/a"])}
    assert found == {(row, code) for row, (code, _) in said.items()}

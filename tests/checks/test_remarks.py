"""Remarks on forms and doubts of an agency: told to those at work, once a form, and printed nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.base import messages
from assembler.base.catalogue.entries import Severity
from assembler.base.problems import Problem
from assembler.checks import check_remarks
from tests.building import World, codes, form_text

FORM = form_text("""\
inferred: کل فرم
legal_doubt: ماده ناخوانا
choices: {kinds: [{name: a, label: نوع, inferred: گزینه}]}
items:
  - {name: q, type: text, label: پرسش, inferred: خوانده شد, doubt: کم‌رنگ}
  - name: t
    type: table
    label: جدول
    columns:
      - {name: one, type: text, label: یک, inferred: سرستون}
      - {name: two, type: text, label: دو, inferred: سرستون}
      - {name: kind, type: select_one kinds, label: نوع}
""")
PLAIN = form_text("items: [{name: q, type: text, label: پرسش}]\n", "x/b")


def remarks(folder: Path, *answers: str) -> list[Problem]:
    world = World(folder, [FORM, PLAIN], answers)
    assert world.read_problems == ()
    return list(check_remarks(world.case, world.forms, (*world.report.used_forms, "case")))


def test_what_the_makers_remark_is_told_once_a_form_and_the_same_words_once(tmp_path: Path) -> None:
    (found,) = remarks(tmp_path, "form: x/a\nq: پاسخ\n", "form: x/b\nq: پاسخ\n")
    assert (found.code, found.severity, found.place.form) == ("makers-remarks", Severity.INFORMATION, "x/a")
    with messages.spoken("fa"):
        assert found.message == (
            "یادداشت‌های مشخصات فرم (چاپ نمی‌شود): (۱) بازسازی‌شده: کل فرم (۲) محل تردید در مستند قانونی: ماده ناخوانا "
            "(۳) «پرسش»: بازسازی‌شده: خوانده شد (۴) «پرسش»: محل تردید: کم‌رنگ (۵) «یک»: بازسازی‌شده: سرستون "
            "(۶) «نوع»: بازسازی‌شده: گزینه"
        )
    with messages.spoken("en"):
        assert "(3) «پرسش»: Restored: خوانده شد" in found.message


def test_an_agency_says_what_it_is_not_sure_of(tmp_path: Path) -> None:
    told = "form: x/b\ndoubts:\n  q: [واژه‌ای افتاده است, سال ناخوانا است]\nq: پاسخ\n"
    _, found = remarks(tmp_path, "form: x/a\nq: پاسخ\n", told)
    assert (found.code, found.place.form) == ("own-doubts", "x/b")
    with messages.spoken("fa"):
        assert "(۱) «پرسش»: واژه‌ای افتاده است (۲) «پرسش»: سال ناخوانا است" in found.message


@pytest.mark.parametrize(
    ("doubts", "code"),
    [
        ("{z: متن}", "unknown-answer"),
        ("{q: {a: b}}", "not-text"),
        ("{q: }", "not-text"),
        ("[متن]", "wrong-shape"),
    ],
)
def test_doubts_are_texts_by_item(doubts: str, code: str, tmp_path: Path) -> None:
    world = World(tmp_path, [PLAIN], [f"form: x/b\ndoubts: {doubts}\nq: پاسخ\n"])
    assert codes(world.read_problems) == [code]


def test_no_doubts_are_none(tmp_path: Path) -> None:
    world = World(tmp_path, [PLAIN], ["form: x/b\ndoubts:\nq: پاسخ\n"])
    assert (world.read_problems, world.case.forms["x/b"].doubts) == ((), {})

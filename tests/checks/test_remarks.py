"""Remarks on forms and letters and doubts of an agency: told to those at work, once each, and printed nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.base import messages
from assembler.base.catalogue.entries import Severity
from assembler.base.problems import Problem
from assembler.checks import check_own_words, check_remarks
from tests.building import World, codes, form_text, report_text

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


# ---------------------------------------------------------------- letters

LETTER = """\
  - letter: l
    title: نامه
    own: متن نامه ننوشته است
    content:
      - {paragraph: گزارش فرستاده می‌شود., source: [بند ۱]}
      - {paragraph: "پاسخ {{ form('x/b').q }} است."}
      - {paragraph: نیامده, when: form('x/b').q == 'دیگر'}
      - {text: x/b.q}
"""


def own_words(folder: Path, parts: str) -> list[Problem]:
    report = report_text("x/b", parts=parts)
    world = World(folder, [PLAIN], ["form: x/b\nq: پاسخ\n"], report=report)
    return list(check_own_words(world.packet()[0], world.report))


def test_what_a_letter_says_of_its_own_is_told_once(tmp_path: Path) -> None:
    (found,) = own_words(tmp_path, LETTER)
    assert (found.code, found.severity, found.place.item) == ("letter-own-words", Severity.INFORMATION, "نامه")
    with messages.spoken("fa"):
        assert found.message == ("این جمله‌ها از خود دستگاه است، نه از دستورالعمل: پاسخ پاسخ است. (متن نامه ننوشته است)")


@pytest.mark.parametrize(
    "taken", ["    own: متن نامه ننوشته است\n", "      - {paragraph: \"پاسخ {{ form('x/b').q }} است.\"}\n"]
)
def test_a_letter_that_is_not_marked_or_says_nothing_of_its_own_is_not_told(taken: str, tmp_path: Path) -> None:
    assert taken in LETTER
    assert own_words(tmp_path, LETTER.replace(taken, "")) == []


def test_the_office_s_own_questions_are_told_with_the_rest(tmp_path: Path) -> None:
    form = form_text("own: همه فرم\nitems: [{name: q, type: text, label: مهلت, own: مهلتی نگفته است}]\n")
    world = World(tmp_path, [form], ["form: x/a\nq: ده روز\n"])
    (found,) = check_remarks(world.case, world.forms, world.report.used_forms)
    with messages.spoken("fa"):
        assert "(۱) از خود دستگاه: همه فرم (۲) «مهلت»: از خود دستگاه: مهلتی نگفته است" in found.message

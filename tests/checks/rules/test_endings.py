"""Texts that stop in the middle or end in a question mark."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assembler.base.catalogue.entries import Severity
from tests.building import form_text
from tests.checks.rules.auditing import answers, audit, found, table_form

CELLS = table_form(
    "kind: finished, item: t",
    ["name: a, type: text, label: شرح, marks: ['-']", "name: b, type: text, appearance: numbered"],
)
ONLY_B = table_form("kind: finished, item: t, columns: [b]", ["name: a, type: text", "name: b, type: text"])
ASKED = table_form("kind: finished, item: t", ["name: a, type: text, label: پرسش"])
SINGLE = form_text(
    "items: [{name: s, type: text, appearance: multiline}, {name: n, type: narrative}]\n"
    "rules: [{kind: finished, item: s}, {kind: finished, item: n}]\n"
)
QUESTION, UNFINISHED = "text-question", "text-unfinished"


@pytest.mark.parametrize(
    "text",
    [
        "ارائه خدمات توسط تشکل‌های",
        "دو دستگاه آسانسور دارای",
        "نحوه مشارکت سازمان های",
        "همکاری با سازمانهای",
        "ساکنان خانه‌ی",
        "اعلام وضعیت تحقق مصوبات، تعداد پروژه‌های نظارت‌شده،",
        "تهیه گزارش و",
        "تهیه گزارش و.",
        "ارسال به",
        "هماهنگی در خصوص",
        "تدوین بر اساس",
        "هماهنگی همراه با",
        "مشارکت‌کنندگان:",
        "بیمه ساختمان (آتش‌سوزی",
        "قانون «انتشار و دسترسی آزاد",
        "الف) گزارش (سالانه",
        "نصب دوربین در",
        "گزارش سالانه برای*",
    ],
)
def test_unfinished_cells(text: str) -> None:
    assert found(CELLS, [{"a": "کامل"}, {"a": text}]) == [(UNFINISHED, 2, "a")]


@pytest.mark.parametrize(
    "text",
    [
        "ارائه خدمات توسط تشکل‌های صنفی",
        "دو دستگاه آسانسور دارای اعلام صوتی",
        "نشست‌ها، کانال‌ها و ...",
        "نشست‌ها، کانال‌ها و …",
        "نشست‌ها و ...*",
        "علت، نتیجه دیدار، ...",
        "و",
        "بند و",
        "جزء ۲ بند و",
        "نصب در",
        "کیسه در ۲ در",
        "صندلی ۵ تا",
        "از هر جهت",
        "مقابله به مثل",
        "گزارش سالانه؛",
        "(بلایای طبیعی)",
        "الف) گزارش",
        "۱) گزارش ۲) برنامه",
        "در صورت دریافت شکایت (در صورت صحت) تأثیر در امتیاز فرد",
        "تکمیل جدول (جدول ۲)",
        "خدمات (G2C و G2B)",
        ")متن وارونه(",
        "قانون «انتشار (و) دسترسی»",
        "کتاب «چه باید کرد؟»",
        "http://amar.example.ir",
        "-",
        "عدم تحقق",
        "ماه‌های سال",
        "رهایی",
        "بهای",
    ],
)
def test_finished_cells(text: str) -> None:
    assert found(CELLS, [{"a": "کامل"}, {"a": text}]) == []


@pytest.mark.parametrize("text", ["نظر نخبگان؟", "نظر نخبگان?", "نظر نخبگان (؟)", "نظر نخبگان؟؟", "نظر نخبگان ؟ "])
def test_questions(text: str) -> None:
    assert found(CELLS, [{"a": "ندارد"}, {"a": text}, {"a": "دارد"}]) == [(QUESTION, 2, "a")]


def test_columns_of_questions() -> None:
    assert found(ASKED, [{"a": "آیا انجام شد؟"}]) == []
    assert found(CELLS, [{"a": "آیا انجام شد؟"}, {"a": "چرا؟"}, {"a": "توضیح"}]) == []


def test_what_is_said() -> None:
    (problem,) = audit(CELLS, answers([{"a": "انجام فعالیت‌ها و ارائه خدمات توسط تشکل‌های"}]))
    assert problem.severity is Severity.WARNING
    assert "«… ارائه خدمات توسط تشکل‌های»" in problem.message


def test_only_the_named_columns_and_only_typed_cells() -> None:
    assert found(ONLY_B, [{"a": "ارسال به", "b": "ارسال از"}]) == [(UNFINISHED, 1, "b")]
    printed = form_text(
        """\
        items:
          - name: t
            type: table
            columns: [{name: a, type: text}, {name: b, type: text}]
            rows: [{name: r, cells: {a: آیا هست؟}}]
        rules:
          - {kind: finished, item: t}
        """
    )
    assert audit(printed, "form: x/a\nt: {r: {b: بله}}\n") == []


def listed(*texts: str) -> str:
    return "form: x/a\nt:\n  - b: [" + ", ".join(f"'{text}'" for text in texts) + "]\n"


def test_entries_of_a_list() -> None:
    assert audit(CELLS, listed("نصب دوربین،", "از جمله:", "نصب علائم")) == []
    assert [each.code for each in audit(CELLS, listed("نصب دوربین برای", "نصب علائم،"))] == [UNFINISHED, UNFINISHED]


def single(text: str) -> list[tuple[str, str | None]]:
    return [(each.code, each.place.item) for each in audit(SINGLE, "form: x/a\n" + text)]


@pytest.mark.parametrize(
    "text",
    [
        "s: 'عناوین به شرح زیر است:'",
        "s: 'با سلام و احترام،'",
        'n: ["عناوین عبارتند از:", {numbered: [یک، دو]}]',
        'n: ["مقرر گردید که", {numbered: [گزارش ارائه شود، دوره برگزار شود]}]',
        'n: [{numbered: [{text: "از دو راه برای", bulleted: [حضوری، سامانه]}]}]',
        'n: ["چرا؟", "چگونه؟"]',
        's: "مشارکت‌کنندگان:\\nنخبگان"',
    ],
)
def test_finished_answers(text: str) -> None:
    assert single(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("s: 'گزارش برای'", (UNFINISHED, "s")),
        ("s: 'آیا انجام شد؟'", (QUESTION, "s")),
        ('n: ["گزارش برای", "متن دیگر."]', (UNFINISHED, "n")),
        ('n: [{numbered: [گزارش سالانه, "خدمات توسط تشکل‌های"]}]', (UNFINISHED, "n")),
        ('n: ["گزارش داده شد.", "انجام شد؟"]', (QUESTION, "n")),
    ],
)
def test_unfinished_answers(text: str, expected: tuple[str, str]) -> None:
    assert single(text) == [expected]


whole = st.sampled_from(["گزارش سالانه", "برگزاری دوره.", "نصب علائم و ...", "ندارد", "بیمه (آتش‌سوزی)", "«طرح»"])
broken = st.sampled_from([" توسط", " برای", " و", "،", ":", " (", " سازمان‌های", " «"])


@settings(max_examples=15, deadline=None)
@given(st.lists(whole, min_size=1, max_size=8), broken, st.data())
def test_one_planted_ending(texts: list[str], end: str, data: st.DataObject) -> None:
    assert found(CELLS, [{"a": text} for text in texts]) == []
    at = data.draw(st.integers(0, len(texts) - 1))
    texts[at] = texts[at].rstrip(".") + " ادامه" + end
    assert found(CELLS, [{"a": text} for text in texts]) == [(UNFINISHED, at + 1, "a")]

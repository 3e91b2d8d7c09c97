"""What every kind of rule promises: a consistent table gives nothing, one planted fault one finding, at its cell.

A builder a kind draws a table as an honest office may write it, the same table with one fault, and what must be found.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import jdatetime
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assembler.base.persian import ZWNJ, format_date, persian_digits, weekday
from assembler.checks.document import check_document
from assembler.checks.loose_dates import check_loose_dates
from assembler.checks.rules.dates import count_days, day_off
from assembler.model.packet import Block, ChartBlock, FigureBlock, GridBlock, Heading, Packet, Paragraph, Part, Span
from assembler.specs.language.rules import RULES
from tests.building import World, form_text
from tests.checks.rules.auditing import Found, Row, answers, table_form


@dataclass(frozen=True)
class Planted:
    """A consistent table, the same with one fault, and the finding that tells it; the fault may lie in the form."""

    form: str
    rows: list[Row]
    faulty: list[Row]
    expected: tuple[str, int | None, str | None]
    faulty_form: str = ""


def found(form: str, rows: Sequence[Row]) -> Found:
    """What all stages find in a table, reading and calculating included: code, row and column of each."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), [form], [answers(rows)])
    loose = check_loose_dates(world.forms, ["x/a"])
    problems = [*world.read_problems, *world.failed, *world.checked(), *loose]
    assert all(each.message and each.hint and each.place.form == "x/a" for each in problems)
    return [(each.code, each.place.row, each.place.column) for each in problems]


def changed(rows: Sequence[Row], at: int, **cells: object) -> list[Row]:
    """The rows with other cells in one of them; a cell of None is left blank."""
    return [*rows[:at], {**rows[at], **cells}, *rows[at + 1 :]]


def without(rows: Sequence[Row], at: int) -> list[Row]:
    return [*rows[:at], *rows[at + 1 :]]


def places(rows: Sequence[Row], first: int = 0) -> st.SearchStrategy[int]:
    """Any row from ``first`` on, counted from 0."""
    return st.integers(first, len(rows) - 1)


def listed(text: str) -> tuple[str, ...]:
    """The pieces between the bars of a text that may have many lines."""
    return tuple(piece.strip() for piece in text.split("|"))


# ---------------------------------------------------------------- what an office writes


LEAP_YEARS = (1391, 1395, 1399, 1403)
TURNS = [
    day
    for year in LEAP_YEARS
    for day in (
        *(jdatetime.date(year, 12, 29), jdatetime.date(year, 12, 30), jdatetime.date(year + 1, 1, 1)),
        *(jdatetime.date(year + 1, 12, 29), jdatetime.date(year, 6, 31), jdatetime.date(year, 7, 30)),
    )
]
_FIRST, _LAST = (jdatetime.date(year, 1, 1).toordinal() for year in (1390, 1405))
days = st.one_of(st.sampled_from(TURNS), st.integers(_FIRST, _LAST).map(jdatetime.date.fromordinal))


def after(day: jdatetime.date, count: int) -> jdatetime.date:
    return day + jdatetime.timedelta(days=count)


@st.composite
def written_date(draw: st.DrawFn, day: jdatetime.date) -> str:
    """A date as people type it where the column reads ``yyyy/mm/dd``."""
    return draw(st.sampled_from([f"{day:%Y/%m/%d}", f"{day.year}/{day.month}/{day.day}", format_date(day)]))


@st.composite
def respelled(draw: st.DrawFn, text: str) -> str:
    """A text as another keyboard or hand writes it: no other name for a reader."""
    changes: tuple[tuple[str, str], ...] = (("ی", "ي"), ("ک", "ك"), ("ایی", "ائی"), (ZWNJ, ""), (" ", "  "), ("", ""))
    old, new = draw(st.sampled_from(changes))
    return text.replace(old, new) if old else text


@st.composite
def written_number(draw: st.DrawFn, number: int | Decimal) -> str:
    latin = str(number)
    return draw(st.sampled_from([latin, persian_digits(latin), persian_digits(latin).replace(".", "٫")]))


USUAL, UNUSUAL = ROUND_HALF_UP, (ROUND_DOWN, ROUND_CEILING, ROUND_HALF_EVEN)


def percentage(part: int, whole: int, decimals: int, how: str = USUAL) -> Decimal:
    """A percentage rounded right: 28 digits tell a half of these small counts from what lies near it."""
    truth = Fraction(100 * part, whole)
    exact = Decimal(truth.numerator) / Decimal(truth.denominator)
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=how)


# ---------------------------------------------------------------- numbers


@st.composite
def expression(draw: st.DrawFn) -> Planted:
    numbers = draw(st.lists(st.integers(0, 50), min_size=1, max_size=8))
    form = table_form(
        f"kind: expression, item: t, test: \"total(t, 'n') <= {sum(numbers)}\", message: بیش از سقف",
        ["name: n, type: integer"],
    )
    rows: list[Row] = [{"n": number} for number in numbers]
    at = draw(places(rows))
    return Planted(form, rows, changed(rows, at, n=numbers[at] + draw(st.integers(1, 9))), ("rule", None, None))


@st.composite
def scores(draw: st.DrawFn) -> Planted:
    """Caps of one row each, or of several where they merge."""
    merges = draw(st.booleans())
    columns = ["name: score, type: decimal", f"name: most, type: decimal, merge: {str(merges).lower()}"]
    form = table_form("kind: scores, item: t, value: score, cap: most", columns)
    tenths = st.integers(0, 20).map(lambda number: Decimal(number) / 10)
    rows: list[Row] = []
    caps: list[Decimal] = []
    for scored in draw(st.lists(st.lists(tenths, min_size=1, max_size=3 if merges else 1), min_size=1, max_size=6)):
        cap = sum(scored, draw(tenths))
        rows += [{"score": score, "most": None if index else cap} for index, score in enumerate(scored)]
        caps += [cap] * len(scored)
    at = draw(places(rows))
    above = caps[at] + draw(st.integers(1, 30)) / Decimal(10)
    return Planted(form, rows, changed(rows, at, score=above), ("above-cap", at + 1, "score"))


@st.composite
def parts(draw: st.DrawFn) -> Planted:
    """Percentages of counts, rounded alike; what rounding takes from their sum is no fault."""
    counts = draw(st.lists(st.integers(0, 400), min_size=1, max_size=8).filter(any))
    decimals, how = draw(st.integers(0, 2)), draw(st.sampled_from([USUAL, ROUND_HALF_EVEN]))
    form = table_form("kind: parts, item: t, column: share, whole: '100'", ["name: share, type: percent"])
    shares = [percentage(count, sum(counts), decimals, how) for count in counts]
    rows: list[Row] = [{"share": f"{draw(written_number(share))}٪"} for share in shares]
    at = draw(places(rows))
    more = (len(shares) + draw(st.integers(1, 9))) * Decimal(1).scaleb(-decimals)
    wrong = shares[at] + (more if shares[at] + more <= HUNDRED else -more)
    return Planted(form, rows, changed(rows, at, share=wrong), ("parts-sum", None, "share"))


HUNDRED = 100
PHRASES = ("تعداد {} خدمت ارائه شد", "در سال ۱۳۹۹ تعداد {} خدمت‌ها", "تعدادِ {}خدمت", "به تعداد  {} خدمت")
OTHERS = listed(
    """
    تعداد ۹۹ نفر | در تاریخ ۹۹/۱۱/۲۳ خدمت آغاز شد | تعداد ۲۰-۲۳ خدمت | ۲ تا ۹۸۷ خدمت | ۱۲ خدمات دیگر | شمار خدمت‌ها |
    در سال ۱۳۹۹ خدمت‌رسانی ادامه یافت | برابر بند ۳ خدمت گروهی | بیش از ۰ خدمت | حداکثر ۹۸۷۶ خدمت
    """
)


@st.composite
def said(draw: st.DrawFn) -> Planted:
    numbers = draw(st.lists(st.integers(1, 40), min_size=1, max_size=6))
    total = sum(numbers)
    rule = "kind: said, item: t, says: '{} خدمت', equals: \"total(t, 'n')\", message: شمار خدمات"
    form = table_form(rule, _NOTED)
    rows: list[Row] = [{"note": draw(st.sampled_from(OTHERS) | _phrase(total)), "n": number} for number in numbers]
    at = draw(places(rows))
    wrong = total + draw(st.integers(-5, 90).filter(lambda more: more and total + more >= 0))
    return Planted(form, rows, changed(rows, at, note=draw(_phrase(wrong))), ("count-differs", at + 1, "note"))


_NOTED = ["name: note, type: text", "name: n, type: integer", "name: of, type: integer"]


@st.composite
def _phrase(draw: st.DrawFn, number: int) -> str:
    return draw(st.sampled_from(PHRASES)).format(draw(written_number(number)))


@st.composite
def percent(draw: st.DrawFn) -> Planted:
    """A percentage an office rounds halves up; other roundings are told as such, other numbers as wrong."""
    says = "{} درصد از مراجعان"
    rule = f"kind: percent, item: t, says: '{says}', part: \"total(t, 'n')\", whole: \"total(t, 'of')\""
    counts = draw(st.lists(st.integers(1, 60).flatmap(_part_and_whole), min_size=1, max_size=5))
    part, whole = (sum(pair[index] for pair in counts) for index in (0, 1))
    rows: list[Row] = [
        {"note": draw(_share_said(says, percentage(part, whole, draw(st.integers(0, 2))))), "n": few, "of": many}
        for few, many in counts
    ]
    at, decimals = draw(places(rows)), draw(st.integers(0, 2))
    right, how = percentage(part, whole, decimals), draw(st.sampled_from(UNUSUAL))
    wrong, code = percentage(part, whole, decimals, how), "percent-rounding"
    if wrong == right:  # exact, or this rounding comes to the same
        wrong, code = right + draw(st.integers(2, 40)) * Decimal(1).scaleb(-decimals), "percent-wrong"
    faulty = changed(rows, at, note=draw(_share_said(says, wrong)))
    return Planted(table_form(rule, _NOTED), rows, faulty, (code, at + 1, "note"))


def _part_and_whole(whole: int) -> st.SearchStrategy[tuple[int, int]]:
    return st.integers(0, whole).map(lambda part: (part, whole))


@st.composite
def _share_said(draw: st.DrawFn, says: str, share: Decimal) -> str:
    return "برابر نظرسنجی " + says.format(draw(written_number(share))) + draw(st.sampled_from(["", " راضی بودند."]))


# ---------------------------------------------------------------- rows


@st.composite
def row_numbers(draw: st.DrawFn) -> Planted:
    """Numbers from 1, or going on from another table, in the signs people put around them."""
    sign = draw(st.sampled_from(["{}", "{}-", "({})", "{})", "{}."]))
    first, count = draw(st.sampled_from([1, 1, 1, 3, 17])), draw(st.integers(3, 12))
    form = table_form("kind: row_numbers, item: t, column: 'no'", ["name: no, type: text", "name: x, type: text"])
    rows: list[Row] = [{"no": sign.format(draw(written_number(first + step))), "x": "x"} for step in range(count)]
    if draw(st.booleans()):
        at = draw(places(rows, first=1))
        earlier = draw(st.integers(0, at - 1))
        return Planted(form, rows, changed(rows, at, no=rows[earlier]["no"]), ("number-repeated", at + 1, "no"))
    at = draw(st.integers(1, count - 2))
    return Planted(form, rows, without(rows, at), ("number-missing", at + 1, "no"))


TITLES = ("صدور گواهی", "صدور گواهی‌نامه", "ثبت شکایت", "پاسخ به شکایت", "بازدید از ساختمان ۱", "بازدید از ساختمان ۱۱")


@st.composite
def duplicates(draw: st.DrawFn) -> Planted:
    """One title may stand in two years, never twice in one; a copy may be spelled in another way."""
    form = table_form(
        "kind: duplicates, item: t, columns: [title, year]",
        ["name: title, type: text", "name: year, type: integer", "name: note, type: text"],
    )
    pair = st.tuples(st.sampled_from(TITLES), st.integers(1396, 1399))
    pairs = draw(st.lists(pair, unique=True, min_size=1, max_size=8))
    rows: list[Row] = [{"title": title, "year": year, "note": "x"} for title, year in pairs]
    copied = draw(places(rows))
    at = draw(st.integers(copied + 1, len(rows)))
    title, year = pairs[copied]
    copy = {"title": draw(respelled(title)), "year": draw(written_number(year)), "note": "y"}
    return Planted(form, rows, [*rows[:at], copy, *rows[at:]], ("row-repeated", at + 1, "title"))


@st.composite
def covered(draw: st.DrawFn) -> Planted:
    """Services beside the processes that bring them about, in another order; one without a process says why."""
    columns = ["name: service, type: text", "name: process, type: text", "name: why, type: text, marks: ['-']"]
    form = table_form("kind: covered, item: t, column: service, among: [x/a.t.process], excused: why", columns)
    services = draw(st.lists(st.sampled_from(TITLES), unique=True, min_size=1, max_size=6))
    excused = [draw(st.booleans()) for _ in services]
    needed = [service for service, free in zip(services, excused, strict=True) if not free]
    assume(needed)
    processes = [*draw(st.permutations(needed)), *[None] * sum(excused)]
    rows: list[Row] = [
        {"service": service, "process": process and draw(respelled(process)), "why": "برون‌سپاری شده" if free else "-"}
        for service, process, free in zip(services, processes, excused, strict=True)
    ]
    lost = draw(st.sampled_from(needed))
    faulty = changed(rows, processes.index(lost), process=draw(st.sampled_from([None, "کاری دیگر"])))
    return Planted(form, rows, faulty, ("not-covered", services.index(lost) + 1, "service"))


@st.composite
def group_totals(draw: st.DrawFn) -> Planted:
    """Bands that say the sum, the greatest or the count of their rows, beside rows of another unit."""
    form = table_form(
        "kind: group_totals, item: t, quantity: quantity, unit: unit",
        ["name: unit, type: text", "name: quantity, type: integer"],
        "group_rows: {columns: [unit, quantity]}",
    )
    rules: list[Callable[[list[int]], int]] = [sum, max, len]
    rule = draw(st.sampled_from(rules))
    rows: list[Row] = []
    bands: dict[int, int] = {}
    for numbers in draw(st.lists(st.lists(st.integers(1, 30), min_size=1, max_size=4), min_size=1, max_size=5)):
        bands[len(rows)] = rule(numbers)
        rows.append({"group": {"unit": "جلسه", "quantity": rule(numbers)}})
        rows += [{"unit": draw(respelled("جلسه")), "quantity": number} for number in numbers]
        rows += [{"unit": "برگه", "quantity": 500}] * draw(st.integers(0, 1))
    at, total = draw(st.sampled_from(sorted(bands.items())))
    wrong = {"unit": "جلسه", "quantity": total + draw(st.integers(200, 400))}
    return Planted(form, rows, changed(rows, at, group=wrong), ("group-total", at + 1, "quantity"))


@st.composite
def filled(draw: st.DrawFn) -> Planted:
    """Cells that hold a word, a mark or a zero are filled; a merging column goes on from above."""
    form = table_form(
        "kind: filled, item: t, columns: [a, n, unit]",
        ["name: a, type: text", "name: n, type: integer, marks: ['-']", "name: unit, type: text, merge: true"],
    )
    row = st.fixed_dictionaries(
        {
            "a": st.sampled_from(["ندارد", "-", "۰"]),
            "n": st.sampled_from([0, "-", 7]),
            "unit": st.sampled_from(["x", None]),
        }
    )
    rows: list[Row] = [*draw(st.lists(row, min_size=1, max_size=8))]
    at, column = draw(places(rows)), draw(st.sampled_from(["a", "n"]))
    return Planted(form, rows, changed(rows, at, **{column: None}), ("cell-blank", at + 1, column))


WHOLE = listed(
    """
    گزارش سالانه | برگزاری دوره. | نصب علائم و ... | ندارد | بیمه (آتش‌سوزی) | «طرح» | تعویض قفل در | تاکنون |
    برابر بند و | عرض هر دو در | الف) صدور گواهی | گروه ج | انتخاب ۳ تا | چاپ نشریه «چه باید کرد؟» در شهر |
    تغییر جهت | بیش از حد | از ساعت ۸ تا ۱۴ | نشانی: thmporg.ir | آیا خدمت رایگان است؟ بله | ۱) نصب | از این پس |
    هر سه ماه یک بار | به شرح پیوست (۲) | سامانه «سامد». | و غیره | در دست اقدام*
    """
)
BROKEN = (" توسط", " برای", " و", "،", ":", " (", " سازمان‌های", " «", " با توجه")


@st.composite
def finished(draw: st.DrawFn) -> Planted:
    form = table_form("kind: finished, item: t", ["name: a, type: text"])
    rows: list[Row] = [{"a": text} for text in draw(st.lists(st.sampled_from(WHOLE), min_size=1, max_size=8))]
    at, end = draw(places(rows)), draw(st.sampled_from((*BROKEN, "؟")))
    code = "text-question" if end == "؟" else "text-unfinished"
    return Planted(form, rows, changed(rows, at, a=f"برگزاری دوره آموزش{end}"), (code, at + 1, "a"))


# ---------------------------------------------------------------- dates


_SPAN = ["name: start, type: date", "name: end, type: date", "name: days, type: integer"]


@st.composite
def durations(draw: st.DrawFn) -> Planted:
    """A table that counts in one way throughout, over the ends of leap years too."""
    form = table_form("kind: durations, item: t, start: start, end: end, days: days", _SPAN)
    spans = [(day, after(day, draw(st.integers(0, 300)))) for day in draw(st.lists(days, min_size=1, max_size=7))]
    counts = [count_days(*span).ways for span in spans]
    way = draw(st.sampled_from(sorted(counts[0])))
    rows: list[Row] = [
        {"start": draw(written_date(start)), "end": draw(written_date(end)), "days": ways[way]}
        for (start, end), ways in zip(spans, counts, strict=True)
    ]
    at = draw(places(rows))
    if draw(st.booleans()):
        early = after(spans[at][0], -draw(st.integers(1, 300)))
        return Planted(
            form, rows, changed(rows, at, end=draw(written_date(early))), ("end-before-start", at + 1, "end")
        )
    wrong = draw(st.integers(0, 400).filter(lambda number: number not in counts[at].values()))
    return Planted(form, rows, changed(rows, at, days=wrong), ("duration", at + 1, "days"))


@st.composite
def not_before(draw: st.DrawFn) -> Planted:
    since = draw(days)
    rule = f"kind: not_before, item: t, date: day, since: \"'{since:%Y/%m/%d}'\", message: برنامه هنوز تصویب نشده بود"
    later = draw(st.lists(st.integers(0, 800), min_size=1, max_size=8))
    rows: list[Row] = [{"day": draw(written_date(after(since, count)))} for count in later]
    at, early = draw(places(rows)), after(since, -draw(st.integers(1, 400)))
    faulty = changed(rows, at, day=draw(written_date(early)))
    return Planted(table_form(rule, ["name: day, type: date"]), rows, faulty, ("too-early", at + 1, "day"))


FRIDAY = 6
NATIONAL = ((1, 1), (1, 2), (1, 3), (1, 4), (1, 12), (1, 13), (3, 14), (3, 15), (11, 22), (12, 29))


@st.composite
def holidays(draw: st.DrawFn) -> Planted:
    form = table_form("kind: holidays, item: t, columns: [day]", ["name: day, type: date"])
    worked = draw(st.lists(days.filter(lambda day: not day_off(day)), min_size=1, max_size=8))
    rows: list[Row] = [{"day": draw(written_date(day))} for day in worked]
    any_day, at = draw(days), draw(places(rows))
    friday = after(any_day, (FRIDAY - any_day.weekday()) % 7)
    national = jdatetime.date(any_day.year, *draw(st.sampled_from(NATIONAL)))
    off = draw(written_date(draw(st.sampled_from([friday, national]))))
    return Planted(form, rows, changed(rows, at, day=off), ("holiday", at + 1, "day"))


@st.composite
def shares(draw: st.DrawFn) -> Planted:
    form = table_form("kind: shares, item: t", ["name: s, type: text"])
    counted = draw(st.lists(st.integers(2, 900).flatmap(part_and_whole), min_size=1, max_size=6))
    rounded = [(Decimal(part) * 100 / whole).quantize(Decimal(1), ROUND_HALF_UP) for part, whole in counted]
    texts = ["از {} نفر، {} نفر ({} درصد) آمدند".format(whole, part, "{}") for part, whole in counted]
    rows: list[Row] = [{"s": text.format(percent)} for text, percent in zip(texts, rounded, strict=True)]
    at = draw(places(rows))
    wrong = rounded[at] + draw(st.integers(2, 9))
    return Planted(form, rows, changed(rows, at, s=texts[at].format(wrong)), ("percent-wrong", at + 1, "s"))


def part_and_whole(whole: int) -> st.SearchStrategy[tuple[int, int]]:
    return st.tuples(st.integers(1, whole - 1), st.just(whole))


@st.composite
def cited(draw: st.DrawFn) -> Planted:
    form = table_form("kind: cited, among: [x/a.t.s]", ["name: s, type: text"])
    number, day = draw(st.integers(10_000, 9_999_999)), draw(days)
    times = draw(st.integers(2, 6))
    rows: list[Row] = [{"s": f"نامه شماره {number} مورخ {draw(written_date(day))} رسید"} for _ in range(times)]
    at = draw(places(rows, 1))
    other = f"بخشنامه شماره {number} تاریخ {draw(written_date(after(day, draw(st.integers(1, 400)))))}"
    return Planted(form, rows, changed(rows, at, s=other), ("citation-differs", at + 1, "s"))


@st.composite
def weekdays(draw: st.DrawFn) -> Planted:
    columns = ["name: date, type: date", "name: day, type: text"]
    dated = draw(st.lists(days, min_size=1, max_size=8))
    rows: list[Row] = [{"date": draw(written_date(day)), "day": weekday(day)} for day in dated]
    at = draw(places(rows))
    other = weekday(after(dated[at], draw(st.integers(1, 6))))
    form = table_form("kind: weekdays, item: t, date: date, column: day", columns)
    return Planted(form, rows, changed(rows, at, day=other), ("weekday-differs", at + 1, "day"))


@st.composite
def rhythm(draw: st.DrawFn) -> Planted:
    every, first = draw(st.sampled_from([7, 14, 28])), draw(days)
    form = table_form(f"kind: rhythm, item: t, date: day, every: {every}", ["name: day, type: date"])
    beats = [after(first, every * number) for number in range(draw(st.integers(4, 12)))]
    at = draw(st.integers(1, len(beats) - 2))
    rows: list[Row] = [{"day": draw(written_date(day))} for day in beats]
    if draw(st.booleans()) and not day_off(beats[at]):
        return Planted(form, rows, without(rows, at), ("rhythm-gap", at + 1, "day"))
    moved = after(beats[at], draw(st.sampled_from([-3, -2, -1, 1, 2, 3])))
    return Planted(form, rows, changed(rows, at, day=draw(written_date(moved))), ("rhythm-off", at + 1, "day"))


# What tells the periods of a word apart, counted day by day.
PERIODS: Mapping[str, Callable[[jdatetime.date], object]] = {
    "روزانه": lambda day: day,
    "هفتگی": lambda day: after(day, -day.weekday()),
    "ماهانه": lambda day: (day.year, day.month),
    "دوماهه": lambda day: (day.year, (day.month - 1) // 2),
    "سه‌ماهه": lambda day: (day.year, (day.month - 1) // 3),
    "فصلی": lambda day: (day.year, (day.month - 1) // 3),
    "سالانه": lambda day: day.year,
}


@st.composite
def room(draw: st.DrawFn) -> Planted:
    columns = [_SPAN[0], _SPAN[1], "name: action, type: text", "name: unit, type: text", "name: n, type: integer"]
    rule = "kind: room, item: t, text: action, unit: unit, quantity: n, start: start, end: end"
    rows: list[Row] = []
    fits: list[int] = []
    for first in draw(st.lists(days, min_size=1, max_size=5)):
        word, length = draw(st.sampled_from(sorted(PERIODS))), draw(st.integers(0, 120))
        fits.append(len({PERIODS[word](after(first, count)) for count in range(length + 1)}))
        dates = {"start": draw(written_date(first)), "end": draw(written_date(after(first, length)))}
        measured = draw(st.booleans())
        amount = (
            {"unit": "نفر - ساعت", "n": 900} if measured else {"unit": "گزارش", "n": draw(st.integers(0, fits[-1]))}
        )
        rows.append({**dates, "action": f"گزارش {word} کمیته", **amount})
    at = draw(places(rows))
    faulty = changed(rows, at, unit="گزارش", n=fits[at] + draw(st.integers(1, 60)))
    return Planted(table_form(rule, columns), rows, faulty, ("no-room", at + 1, "n"))


# ---------------------------------------------------------------- steps and boxes


@st.composite
def order(draw: st.DrawFn) -> Planted:
    """Steps that each rest on some of those above and begin on the day the last of them ends, or later."""
    columns = [*_SPAN[:2], "name: no, type: integer", "name: after, type: text, marks: ['-']"]
    rule = "kind: order, item: t, start: start, end: end, rests_on: after, columns: ['no']"
    rows: list[Row] = []
    ends: list[jdatetime.date] = []
    bounds: dict[int, jdatetime.date] = {}
    for number in range(draw(st.integers(2, 8))):
        rests = draw(st.sets(st.integers(0, number - 1), max_size=3)) if number else set()
        if number == 1:
            rests = {0}
        if rests:
            bounds[number] = max(ends[each] for each in rests)
        start = after(bounds[number], draw(st.integers(0, 60))) if rests else draw(days)
        ends.append(after(start, draw(st.integers(0, 90))))
        listed = draw(st.sampled_from([" و ", "، "])).join(draw(written_number(each + 1)) for each in sorted(rests))
        dates = {"start": draw(written_date(start)), "end": draw(written_date(ends[-1]))}
        rows.append({**dates, "no": number + 1, "after": listed or "-"})
    at = draw(st.sampled_from(sorted(bounds)))
    form = table_form(rule, columns)
    if draw(st.booleans()):
        return Planted(form, rows, changed(rows, at, after="۹۹"), ("step-unknown", at + 1, "after"))
    early = draw(written_date(after(bounds[at], -draw(st.integers(1, 200)))))
    return Planted(form, rows, changed(rows, at, start=early), ("step-too-early", at + 1, "start"))


BOXES = ("open", "secret", "internal")


@st.composite
def one_mark(draw: st.DrawFn, kind: str) -> Planted:
    """Boxes of which one is marked, or none where that may be; the others say no, «-» or nothing."""
    columns = ["name: title, type: text", *(f"name: {box}, type: text, marks: ['-']" for box in BOXES)]
    form = table_form(f"kind: {kind}, item: t, columns: [{', '.join(BOXES)}]", columns)
    may_be = (*BOXES, "") if kind == "at_most_one" else BOXES
    marked = draw(st.lists(st.sampled_from(may_be), min_size=1, max_size=6))
    blank = st.sampled_from([None, "-"])
    rows: list[Row] = [
        {"title": "خدمت", **{box: "✓" if box == mark else draw(blank) for box in BOXES}} for mark in marked
    ]
    at = draw(places(rows))
    if kind == "exactly_one" and draw(st.booleans()):
        return Planted(form, rows, changed(rows, at, **{marked[at]: None}), ("none-marked", at + 1, BOXES[0]))
    pair = sorted(draw(st.sets(st.sampled_from(BOXES), min_size=2, max_size=2)), key=BOXES.index)
    faulty = changed(rows, at, **{box: "✓" if box in pair else None for box in BOXES})
    return Planted(form, rows, faulty, ("several-marked", at + 1, pair[1]))


# ---------------------------------------------------------------- names and columns


# Really different persons, units and sites, many of which look alike.
NAMES = listed(
    """
    علی رضایی | علیرضا رضایی | حسین رضایی | حسن رضایی | علی رضوانی | محمد احمدی | محمد محمدی | محمد محمودی |
    مریم حسنی | مریم حسینی | زهرا کریمی | زهرا کرمی | زهرا رحیمی | رضا امینی | رضا امیری | رضا علی‌زاده |
    رضا قلی‌زاده | رضا علی‌پور | مهدی هاشمی | مهدی هاشمی‌نیا | مهدی قاسمی | آقای جعفری | خانم جعفری | خانم حسنی |
    خانم حسینی | معاونت توسعه منابع انسانی | معاونت توسعه منابع مالی | معاونت آمار و اطلاعات | معاونت فناوری اطلاعات |
    معاونت هماهنگی برنامه و بودجه | مدیریت نظام فنی و اجرایی | معاونت نظام فنی و اجرایی | مدیریت امور اداری |
    مدیریت امور مالی | معاونت هماهنگی امور اقتصادی | معاونت هماهنگی امور اجتماعی | معاونت هماهنگی امور عمرانی |
    اداره کل راه و شهرسازی شرق استان | اداره کل راه و شهرسازی غرب استان | واحد ۱ پشتیبانی فنی | واحد ۲ پشتیبانی فنی |
    amar.thmporg.ir | wgis.thmporg.ir | thmporg.ir | mbot.ir | 111.ir
    """
)
# A word of each that can lose a letter or have two exchanged, and be no other name.
MISSPELLED = {
    "علی رضایی": "رضایی",
    "محمد محمودی": "محمودی",
    "مهدی هاشمی‌نیا": "هاشمی‌نیا",
    "مهدی قاسمی": "قاسمی",
    "معاونت توسعه منابع انسانی": "انسانی",
    "معاونت هماهنگی برنامه و بودجه": "بودجه",
    "معاونت فناوری اطلاعات": "فناوری",
    "مدیریت نظام فنی و اجرایی": "اجرایی",
    "واحد ۱ پشتیبانی فنی": "پشتیبانی",
    "wgis.thmporg.ir": "thmporg",
}


@st.composite
def names(draw: st.DrawFn) -> Planted:
    """Each name stands twice, in any spelling; the misspelled one once."""
    form = table_form("kind: names, among: [x/a.t.who]", ["name: who, type: text"])
    rows: list[Row] = [{"who": draw(respelled(each))} for each in draw(st.permutations(NAMES * 2))]
    name = draw(st.sampled_from(sorted(MISSPELLED)))
    wrong = name.replace(MISSPELLED[name], draw(misspelled(MISSPELLED[name])))
    assume(wrong not in NAMES)
    at = draw(st.integers(0, len(rows)))
    return Planted(form, rows, [*rows[:at], {"who": wrong}, *rows[at:]], ("names-differ", at + 1, "who"))


@st.composite
def misspelled(draw: st.DrawFn, word: str) -> str:
    """A word with a letter left out or two exchanged, not at its ends."""
    letters = [at for at in range(1, len(word) - 2) if ZWNJ not in word[at : at + 2] and word[at] != word[at + 1]]
    at = draw(st.sampled_from(letters))
    exchanged = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return draw(st.sampled_from([exchanged, word[:at] + word[at + 1 :]]))


LABELS = (
    "ردیف",
    "عنوان خدمت",
    "عنوان",
    "واحد سنجش",
    "واحد",
    "مقدار سال ۱۳۹۸",
    "مقدار سال ۱۳۹۹",
    "هدف‌گذاری کمی",
    "توضیح",
)


@st.composite
def same_columns(draw: st.DrawFn) -> Planted:
    """The filled table may be spelled and punctuated in its own way; one column of it is left out or renamed."""
    labels = draw(st.lists(st.sampled_from(LABELS), unique=True, min_size=2, max_size=7))
    heads = [draw(respelled(label)) + draw(st.sampled_from(["", ":", " *"])) for label in labels]
    at = draw(st.integers(1, len(heads) - 1))
    other = draw(st.sampled_from([[], ["نظر کارشناس"], [heads[at], "نظر کارشناس"]]))
    faulty = [*heads[:at], *other, *heads[at + 1 :]]
    rows: list[Row] = [{"c0": "x"}]
    return Planted(_beside(labels, heads), rows, rows, ("columns-differ", None, None), _beside(labels, faulty))


def _beside(blank: Sequence[str], heads: Sequence[str]) -> str:
    """A form with a blank table and the table that was made of it."""
    tables = [
        f"  - name: {name}\n    type: table\n    label: جدول\n    columns:\n"
        + "".join(f"      - {{name: c{number}, type: text, label: '{label}'}}\n" for number, label in enumerate(labels))
        for name, labels in (("blank", blank), ("t", heads))
    ]
    return form_text("items:\n" + "".join(tables) + "rules:\n  - {kind: same_columns, item: t, template: x/a.blank}\n")


# ---------------------------------------------------------------- answers


@st.composite
def required(draw: st.DrawFn) -> Planted:
    """A cell required where another is yes; what is not asked may stay blank."""
    columns = ["name: has, type: text, required: true", "name: why, type: text, required: has == 'no'"]
    asked = st.sampled_from([("yes", None), ("no", "ندارد"), ("yes", "دارد")])
    rows: list[Row] = [{"has": has, "why": why} for has, why in draw(st.lists(asked, min_size=1, max_size=8))]
    at, column = draw(places(rows)), draw(st.sampled_from(["has", "why"]))
    faulty = changed(rows, at, has=None) if column == "has" else changed(rows, at, has="no", why=None)
    return Planted(table_form(NO_FAULT, columns), rows, faulty, ("required", at + 1, column))


@st.composite
def constraint(draw: st.DrawFn) -> Planted:
    columns = ["name: n, type: integer, constraint: n <= 10, constraint_message: بیش از ده", "name: x, type: text"]
    numbers = draw(st.lists(st.integers(0, 10), min_size=1, max_size=8))
    rows: list[Row] = [{"n": draw(written_number(number)), "x": "x"} for number in numbers]
    at = draw(places(rows))
    faulty = changed(rows, at, n=draw(st.integers(11, 99)))
    return Planted(table_form(NO_FAULT, columns), rows, faulty, ("constraint", at + 1, "n"))


# ---------------------------------------------------------------- figures against each other


@st.composite
def agrees(draw: st.DrawFn) -> Planted:
    """A mean written with a decimal or two; what rounding takes is no fault. The number stands beside the table."""
    numbers = draw(st.lists(st.integers(0, 900), min_size=1, max_size=8))
    mean, decimals = Fraction(sum(numbers), len(numbers)), draw(st.integers(1, 2))
    said = Decimal(round(mean, decimals).numerator) / round(mean, decimals).denominator

    def form(number: Decimal) -> str:
        item = f"  - {{name: said, type: decimal, label: میانگین, calculation: '{number:f}'}}"
        lines = table_form("kind: agrees, item: said, equals: \"mean(t, 'n')\"", ["name: n, type: integer"]).split("\n")
        at = lines.index("rules:")
        return "\n".join([*lines[:at], item, *lines[at:]])

    rows: list[Row] = [{"n": number} for number in numbers]
    wrong = said + draw(st.integers(2, 50))
    return Planted(form(said), rows, rows, ("number-differs", None, None), form(wrong))


@st.composite
def no_more(draw: st.DrawFn) -> Planted:
    form = table_form(
        "kind: no_more, item: t, column: part, than: whole",
        [f"name: {name}, type: integer" for name in ("part", "whole")],
    )
    pairs = draw(st.lists(st.tuples(st.integers(0, 50), st.integers(50, 99)), min_size=1, max_size=6))
    rows: list[Row] = [{"part": draw(st.sampled_from([part, None])), "whole": whole} for part, whole in pairs]
    at = draw(places(rows))
    return Planted(form, rows, changed(rows, at, part=draw(st.integers(100, 200))), ("more-than", at + 1, "part"))


@st.composite
def row_sum(draw: st.DrawFn) -> Planted:
    """Blank parts count as nothing beside others; rows without any part or whole say nothing."""
    columns = [f"name: {name}, type: integer" for name in ("a", "b", "c", "all")]
    form = table_form("kind: row_sum, item: t, columns: [a, b, c], column: all", columns)
    rows: list[Row] = []
    for parts in draw(st.lists(st.lists(st.integers(0, 99), min_size=1, max_size=3), min_size=1, max_size=6)):
        rows.append({**dict(zip("abc", parts, strict=False)), "all": sum(parts)})
    at = draw(places(rows))
    faulty = changed(rows, at, all=int(str(rows[at]["all"])) + draw(st.integers(1, 9)))
    return Planted(form, [*rows, {"a": 3}, {"all": 7}], faulty, ("row-sum", at + 1, "all"))


@st.composite
def careers(draw: st.DrawFn) -> Planted:
    columns = ["name: born, type: year", "name: years, type: decimal"]
    form = table_form("kind: careers, item: t, born: born, columns: [years], year: '1397'", columns)
    ages = draw(st.lists(st.tuples(st.integers(1320, 1360), st.integers(0, 20)), min_size=1, max_size=6))
    rows: list[Row] = [{"born": born, "years": years} for born, years in ages]
    at = draw(places(rows))
    too_many = 1397 - int(str(rows[at]["born"])) - draw(st.integers(0, 14))
    return Planted(form, rows, changed(rows, at, years=too_many), ("age-service", at + 1, "years"))


DEGREES = {"diploma": "دیپلم", "bachelor": "کارشناسی", "master": "کارشناسی ارشد", "doctorate": "دکتری"}
STUDIES = listed("مدیریت دولتی | حسابداری | ارشدنگاری | مهندسی برق")


@st.composite
def levels(draw: st.DrawFn) -> Planted:
    """A degree and its study, spelled as people do; a study alone says no degree."""
    choices = ", ".join(f"{{name: {name}, label: {label}}}" for name, label in DEGREES.items())
    columns = ["name: who, type: text", "name: level, type: select_one degrees", "name: told, type: text"]
    rule = "kind: levels, item: t, key: who, column: level, among: [x/a.t.told]"
    form = table_form(rule, columns).replace("items:", f"choices: {{degrees: [{choices}]}}\nitems:", 1)
    names = draw(st.lists(st.sampled_from(("الف. نمونه", "ب. نمونه", "پ. نمونه", "ت. نمونه")), min_size=1, unique=True))
    rows: list[Row] = []
    for name in names:
        level = draw(st.sampled_from([*DEGREES]))
        degree = DEGREES[level].replace(" ", draw(st.sampled_from([" ", ZWNJ, "  "])))
        rows.append({"who": name, "level": level, "told": f"{degree} {draw(st.sampled_from(STUDIES))}"})
    at = draw(places(rows))
    other = draw(st.sampled_from([level for level in DEGREES if level != rows[at]["level"]]))
    sound = [*rows, {"who": "ث. نمونه", "level": "master", "told": "حسابداری"}]
    return Planted(form, sound, changed(rows, at, level=other), ("level-differs", at + 1, "level"))


@st.composite
def tally(draw: st.DrawFn) -> Planted:
    return _beside_a_table(
        draw,
        "kind: tally, item: sum, items: [one, two]",
        "row-sum",
        sound=lambda a, b: (a + b, f"{a} بازرسی موردی", f"تعداد {b} بازرسی"),
        faulty=lambda a, b: (a + b + 1, f"{a} بازرسی موردی", f"{b} بازرسی"),
    )


@st.composite
def entries(draw: st.DrawFn) -> Planted:
    return _beside_a_table(
        draw,
        "kind: entries, item: two, says: 'مصوبه {}', items: [one]",
        "entries-missing",
        sound=lambda a, b: (
            a,
            "نصب منشور؛ حذف مدارک؛ دوره".replace("؛ ", "\\n"),
            "مصوبه‌های ۱ و ۲ اجرا شد و مصوبه ۳ نه",
        ),
        faulty=lambda a, b: (a, "نصب منشور؛ حذف مدارک؛ دوره".replace("؛ ", "\\n"), "مصوبه‌های ۱ و ۳ اجرا شد"),
    )


def _beside_a_table(
    draw: st.DrawFn,
    rule: str,
    code: str,
    sound: Callable[[int, int], tuple[object, ...]],
    faulty: Callable[[int, int], tuple[object, ...]],
) -> Planted:
    """A rule of items that stand beside the table, with what they say once as it is and once with a fault."""

    def form(said: tuple[object, ...]) -> str:
        types = {"sum": "integer", "one": "text", "two": "text"}
        items = []
        for (name, kind), value in zip(types.items(), said, strict=True):
            written = value if kind == "integer" else repr(value)
            items.append(f'  - {{name: {name}, type: {kind}, label: {name}, calculation: "{written}"}}')
        lines = table_form(rule, ["name: n, type: integer"]).split("\n")
        at = lines.index("rules:")
        return "\n".join([*lines[:at], *items, *lines[at:]])

    first, second = draw(st.integers(1, 90)), draw(st.integers(1, 90))
    rows: list[Row] = [{"n": 1}]
    return Planted(form(sound(first, second)), rows, rows, (code, None, None), form(faulty(first, second)))


@st.composite
def rising(draw: st.DrawFn) -> Planted:
    """Days one after the other, some alike and some blank; the fault is a day of the year before or after them all."""
    form = table_form("kind: rising, item: t, column: day", ["name: day, type: date"])
    first = jdatetime.date(1399, 1, 15).toordinal()
    steps = draw(st.lists(st.integers(0, 12), min_size=3, max_size=7))
    days = [jdatetime.date.fromordinal(first + sum(steps[: at + 1])) for at in range(len(steps))]
    rows: list[Row] = [{"day": format_date(day)} for day in days]
    at = draw(st.integers(1, len(rows) - 2))
    other = days[at].replace(year=1399 + draw(st.sampled_from([1, -1])))
    return Planted(form, rows, changed(rows, at, day=format_date(other)), ("year-slip", at + 1, "day"))


@st.composite
def times(draw: st.DrawFn) -> Planted:
    days = draw(st.lists(st.integers(1, 28), min_size=2, max_size=5, unique=True))
    dates = "، ".join(f"۱۳۹۹/۰۵/{persian_digits(str(day))}" for day in days)
    more = draw(st.integers(1, 4))

    def said(count: int) -> Callable[[int, int], tuple[object, ...]]:
        number = draw(st.sampled_from([str(count), persian_digits(str(count))]))
        return lambda a, b: (a, "متن", f"در {number} نشست شرکت شد: {dates}")

    rule = "kind: times, item: two, says: '{} نشست'"
    return _beside_a_table(draw, rule, "times-differ", said(len(days)), said(len(days) + more))


@st.composite
def pairs(draw: st.DrawFn) -> Planted:
    """One table held against itself: a title that stands twice says the same code, in whatever spelling."""
    columns = ["name: title, type: text", "name: code, type: text"]
    form = table_form("kind: pairs, item: t, key: code, column: title, among: [x/a.t]", columns)
    titles = draw(st.lists(st.sampled_from(LABELS[1:]), min_size=1, unique=True))
    rows: list[Row] = [{"title": title, "code": str(number)} for number, title in enumerate(titles, start=1)]
    other = form.replace("rules:", f"{_SECOND}rules:").replace("[x/a.t]", "[x/a.u]")
    at = draw(places(rows))
    said = {True: draw(respelled(str(rows[at]["title"]))), False: "خدمتی دیگر"}
    forms = {sound: other.replace("CODE", str(rows[at]["code"])).replace("TITLE", text) for sound, text in said.items()}
    return Planted(forms[True], rows, rows, ("pair-differs", None, "title"), forms[False])


_SECOND = """\
  - name: u
    type: table
    label: دوم
    columns: [{name: title, type: text}, {name: code, type: text}]
    rows: [{name: one, cells: {title: 'TITLE', code: 'CODE'}}]
"""


@st.composite
def months(draw: st.DrawFn) -> Planted:
    """Days of two months that a text names one by one, or as a span."""
    said = draw(st.sampled_from(["آذر و دی ۱۳۹۹", "آذر تا دی", "آذرماه و دی ماه", "ماه‌های آذر، دی"]))
    item = f"  - {{name: when, type: text, label: ماه‌ها, calculation: \"'{said}'\"}}"
    lines = table_form("kind: months, item: t, date: day, text: when", ["name: day, type: date"]).split("\n")
    at = lines.index("rules:")
    form = "\n".join([*lines[:at], item, *lines[at:]])
    days = draw(st.lists(st.integers(1, 30), min_size=2, max_size=6))
    rows: list[Row] = [{"day": f"1399/{9 + number % 2:02d}/{day:02d}"} for number, day in enumerate(days)]
    place = draw(places(rows))
    outside = f"1399/{draw(st.sampled_from([8, 11])):02d}/05"
    rows = [*rows, {"day": "1399/09/03"}, {"day": "1399/10/03"}]
    return Planted(form, rows, changed(rows, place, day=outside), ("month-differs", place + 1, "day"))


NO_FAULT = "kind: expression, test: 1 == 1, message: هرگز"

BUILDERS: Mapping[str, Callable[[], st.SearchStrategy[Planted]]] = {
    **{builder.__name__: builder for builder in (expression, scores, row_numbers, duplicates, finished, durations)},
    **{builder.__name__: builder for builder in (not_before, holidays, rhythm, weekdays, shares, cited, room)},
    **{builder.__name__: builder for builder in (group_totals, said, percent, parts, same_columns, filled)},
    **{builder.__name__: builder for builder in (names, covered, order)},
    **{
        builder.__name__: builder
        for builder in (agrees, no_more, row_sum, careers, levels, tally, entries, rising, months, pairs, times)
    },
    "exactly_one": lambda: one_mark("exactly_one"),
    "at_most_one": lambda: one_mark("at_most_one"),
    "required cell": required,
    "constraint of a cell": constraint,
}


def test_every_kind_of_rule_is_held_to_it() -> None:
    of_two_cases = {"unsettled"}  # held to the samples: it looks at the case of the period before
    assert set(RULES) <= {*BUILDERS, *of_two_cases}


@pytest.mark.parametrize("kind", BUILDERS)
@settings(max_examples=15)
@given(data=st.data())
def test_a_consistent_table_gives_nothing(kind: str, data: st.DataObject) -> None:
    planted = data.draw(BUILDERS[kind]())
    assert found(planted.form, planted.rows) == []


@pytest.mark.parametrize("kind", BUILDERS)
@settings(max_examples=15)
@given(data=st.data())
def test_one_planted_fault_gives_one_finding(kind: str, data: st.DataObject) -> None:
    planted = data.draw(BUILDERS[kind]())
    expected: Found = [planted.expected]
    assert found(planted.faulty_form or planted.form, planted.faulty) == expected


# ---------------------------------------------------------------- the document


CAPTIONS = listed(
    """
    خدمات | خدمات حضوری | خدمات سال ۱۳۹۸ | خدمات سال ۱۳۹۹ | ورودی ساختمان | ورودی ساختمان ۱-۲ | نتایج نظرسنجی |
    سهم واحدها: درصد | ارباب رجوع
    """
)
KINDS = ("جدول", "تصویر", "نمودار")


@dataclass(frozen=True)
class Document:
    """A sound body of a report, the same with one fault, and the finding: its code and what it names."""

    sound: list[Block]
    faulty: list[Block]
    expected: tuple[str, str]


def captioned(word: str, number: int, caption: str) -> Block:
    """A table, figure or chart as it is numbered; without a caption it has no number."""
    text = (Span(f"{word} شماره {persian_digits(str(number))}- {caption}"),) if caption else ()
    anchor = f"{word}-{number}"
    if word == "جدول":
        return GridBlock(anchor, text, (1.0,), (), ())
    return FigureBlock(anchor, text) if word == "تصویر" else ChartBlock(anchor, text, "bar", (), ())


def caption_of(block: Block) -> str:
    return block.caption[0].text if isinstance(block, GridBlock | FigureBlock | ChartBlock) and block.caption else ""


def heading(text: str, level: int, number: str) -> Heading:
    return Heading(text, level, number, f"section-{number}")


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Chapters with the same sub-headings, blocks of one kind with captions, and a text that refers to each."""
    word = draw(st.sampled_from(KINDS))
    captions = draw(st.lists(st.sampled_from(CAPTIONS), unique=True, min_size=3, max_size=7))
    blocks = [captioned(word, number, caption) for number, caption in enumerate(captions, start=1)]
    references: list[Block] = [Paragraph((Span(word, f"{word}-{number}"),)) for number in range(1, len(blocks) + 1)]
    chapters = [[heading(f"فصل {letter}", 1, letter), heading("مقدمه", 2, f"{letter}-۱")] for letter in "۱۲"]
    sound = [*chapters[0], *references, *chapters[1], *blocks]
    at, code = draw(places_of(blocks)), draw(st.sampled_from(["repeated", "missing", "never", "heading"]))
    faulty = list(sound)
    if code == "heading":
        again = heading("مقدّمه", 2, "۲-۲")
        return Document(sound, [*sound, again], ("heading-repeated", again.text))
    if code == "never":
        faulty.remove(references[at])
        return Document(sound, faulty, ("never-referred", caption_of(blocks[at])))
    if code == "missing":
        faulty[faulty.index(blocks[at])] = captioned(word, at + 1, "")
        return Document(sound, faulty, ("caption-missing", "مقدمه"))
    first = draw(st.integers(0, len(blocks) - 1).filter(lambda other: other != at))
    copy = captioned(word, at + 1, draw(respelled(captions[first])))
    faulty[faulty.index(blocks[at])] = copy
    later = max(blocks[first], copy, key=lambda block: faulty.index(block))
    return Document(sound, faulty, ("caption-repeated", caption_of(later)))


def places_of(blocks: Sequence[Block]) -> st.SearchStrategy[int]:
    return st.integers(0, len(blocks) - 1)


def found_in(blocks: Sequence[Block]) -> list[tuple[str, str | None]]:
    part = Part("body", "body", "متن گزارش", blocks=tuple(blocks))
    return [(each.code, each.place.item) for each in check_document(Packet("case", "گزارش", "", (part,)))]


@settings(max_examples=40)
@given(document=documents())
def test_a_sound_document_gives_nothing_and_a_planted_fault_one_finding(document: Document) -> None:
    assert found_in(document.sound) == []
    assert found_in(document.faulty) == [document.expected]

"""Dates inside running text: impossible, incomplete or ambiguous ones. Cells of type date are judged on reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from assembler.check.texts import texts_in
from assembler.model import Field, FilledForm, FilledItem, Value
from assembler.persian import ZWNJ, parse_date
from assembler.problems import Place, Problem, problem

_YEARS = range(1300, 1450)  # other numbers of four digits are no years of a report
_MOST_DAYS = 31
_LIKE_A_DAY = 39  # a slip of the pen makes 35 of 25; greater numbers belong to the number of a letter
# Three numbers with slashes that no letter, digit or further slash touches: «۱۹۲۰۸۷/ت ۵۰۳۲۸» and «۱۲۳۴۵/۶/۷/۸» are not.
_THREE = re.compile(r"(?<![\w/.٫\-])(\d{1,4})/(\d{1,2})/(\d{1,4})(?![\w/٫]|[.\-]\d)")
# What stands where a text announces a date: «مورخ ۱۳۹۹/۱۲», «مورخ ۱۳۹۹/../..», «تاریخ / /۹۹».
_ANNOUNCED = re.compile(r"(?<!\w)(?:مورخه?|به تاریخ|در تاریخ)(?: ?: ?| )(?P<date>[\d.…_ ]*/[\d./…_ ]*)")
_NEAR = 24  # characters before a number in which the word that names it stands
_FULL_STOP = re.compile(r"(?<=\d)\.$")
# Words before numbers that count something else.
_NUMBERED = re.compile(
    rf"(?<!\w)(?:شماره|ش|بند|ماده|تبصره|جدول|ردیف|کد|بخش|فصل|اصل|تلفن|دورنگار|نمابر|پلاک|نسخه)"
    rf"[ :{ZWNJ}]*(?:های)?[ :{ZWNJ}]*$"
)


def check_loose_dates(forms: Mapping[str, FilledForm], used: Iterable[str]) -> Iterator[Problem]:
    """Doubtful dates in the texts and narratives of the used forms."""
    for name in used:
        for item in forms[name].items.values():
            if item.relevant:
                yield from _check_item(item)


def _check_item(item: FilledItem) -> Iterator[Problem]:
    yield from _check_value(item.value, item.spec, item.place)
    for row in item.rows:
        for column in item.spec.columns:
            cell = row.cells[column.name]
            if not cell.computed:
                yield from _check_value(cell.value, column, cell.place.within(column=column.name))


def _check_value(value: Value, field: Field, place: Place) -> Iterator[Problem]:
    # A field that asks for the number of a letter gets numbers such as ۱۲/۵/۹۹.
    asks_number = "شماره" in field.label and "تاریخ" not in field.label
    if field.type in ("text", "narrative") and not asks_number:
        for text in texts_in(value):
            for code, found in doubtful_dates(text):
                yield problem(code, place, text=found, label=field.label or field.name)


def doubtful_dates(text: str) -> Iterator[tuple[str, str]]:
    """The doubtful dates of a text: what is wrong, as the code of the finding, and the date as it stands there."""
    for match in _THREE.finditer(text):
        before = text[max(0, match.start() - _NEAR) : match.start()]
        if not _NUMBERED.search(before) and (code := _judge(*match.groups())):
            yield code, match.group()
    for match in _ANNOUNCED.finditer(text):
        if _is_incomplete(found := _FULL_STOP.sub("", match["date"].strip())):
            yield "loose-date-incomplete", found


def _judge(first: str, middle: str, last: str) -> str:
    """The code of the finding, or «» for a sound date and for what is none."""
    lengths = {len(first), len(last)}
    if 3 in lengths or lengths == {4}:
        return ""
    order, year, day = ("yy/m/d", first, last) if _is_year(first) else ("d/m/yy", last, first)
    if not _is_year(year):
        return "loose-date-ambiguous" if max(lengths) < 4 and _any_reading(first, middle, last) else ""
    if int(day) > _LIKE_A_DAY or int(middle) > _MOST_DAYS:
        return ""
    return "" if parse_date(f"{first}/{middle}/{last}", order) else "loose-date"


def _any_reading(first: str, middle: str, last: str) -> bool:
    """Whether a date comes out with the year at either end, be it of one digit."""
    ends = ((first, last), (last, first))
    return any(parse_date(f"{year.zfill(2)}/{middle}/{day}", "yy/m/d") for year, day in ends)


def _is_year(digits: str) -> bool:
    """Whether a number can only be a year: four digits of these centuries, or two that are no day."""
    return int(digits) in _YEARS if len(digits) == 4 else int(digits) > _MOST_DAYS


def _is_incomplete(found: str) -> bool:
    """Whether an announced date lacks a part: two numbers only, or dots and blanks in place of one."""
    parts = [part.strip(" ._…") for part in found.split("/")]
    numbers = [part for part in parts if part]
    if not all(part.isdigit() and len(part) != 3 for part in numbers):
        return False  # a number of a letter, or a date with something after it
    years = [part for part in numbers if len(part) == 4]
    return len(parts) <= 3 and len(numbers) < 3 and len(years) < 2

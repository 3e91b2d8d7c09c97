"""Rows of any table against one another, without a rule: rows twice, a code of two things, a date a year off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise

import jdatetime

from assembler.base.lexicon import folded
from assembler.base.persian import fold, format_date, persian_digits
from assembler.base.problems import Problem, problem
from assembler.model.answers import Value
from assembler.model.filled import FilledForm, FilledItem, FilledRow
from assembler.model.rules import Duplicates, Durations, Order, Pairs, Rising
from assembler.model.specs import Column

_CODES = folded(("کد", "کدخدمت", "code"))
_TITLES = folded(("عنوان", "نام", "شرح", "title", "name"))
_ROWS = folded(("ردیف", "شماره", "no", "row"))
_OF_BIRTH = folded(("تولد", "birth", "born"))
_LONG = 6  # letters of a text that says something of its own
_FEWEST = 3  # answers of a row that are no chance when another has them all
_MOST_SHARED = 1  # codes that stand for two things before it is the way of the table
_OTHERS = 4  # dates of a column before one of them is off
_MOST_DATES = 2_000  # of more than these one is seldom alone, and sorting them costs
_FAR = 120  # days between a date and the nearest other one when it is of another year


def check_tables(forms: Mapping[str, FilledForm], used: Iterable[str]) -> Iterator[Problem]:
    """Findings in the tables of the used forms; where a rule looks at the same, it alone speaks."""
    for name in used:
        form = forms[name]
        for item in form.items.values() if form.answered else ():
            if item.relevant and item.spec.is_table and not item.prefilled:
                ruled = tuple(type(rule.words) for rule in form.spec.rules if rule.item == item.spec.name)
                rows = [row for row in item.rows if row.is_ordinary]
                if Duplicates not in ruled and not item.spec.rows:
                    yield from _repeated(rows, item)
                if Duplicates not in ruled and Pairs not in ruled:
                    yield from _codes(rows, item)
                if not {Rising, Order, Durations} & set(ruled):
                    yield from _years(rows, item)


# ---------------------------------------------------------------- rows that stand twice


def _repeated(rows: Sequence[FilledRow], item: FilledItem) -> Iterator[Problem]:
    """Rows all of whose answers another row has too; numbers of rows apart."""
    columns = [column for column in item.spec.columns if column.is_asked and not _numbers_rows(column)]
    texts = [column.name for column in columns if column.type in ("text", "narrative")]
    names = [column.name for column in columns]
    if not texts or any(column.merge for column in columns):
        return
    # Rows that share no texts are no repetitions: only the others are held against one another, dates and all.
    said = [tuple(row.cells[name].value for name in texts) for row in rows]
    counts = Counter(said)
    alike = [row for row, words in zip(rows, said, strict=True) if counts[words] > 1] if len(counts) < len(said) else []
    first: dict[tuple[Value, ...], FilledRow] = {}
    for row in alike:
        key = tuple(row.cells[name].value for name in names)
        same = first.setdefault(key, row)
        if same is not row and _says_enough(key, [row.cells[name].value for name in texts]):
            place = row.cells[names[0]].place.within(column=names[0])
            yield problem("row-repeated", place, row=same.place.row or 0)


def _numbers_rows(column: Column) -> bool:
    """Whether a column counts the rows: «ردیف»."""
    return fold(column.label).strip(".") in _ROWS


def _says_enough(key: Sequence[Value], texts: Sequence[Value]) -> bool:
    given = sum(value is not None for value in key)
    return given >= _FEWEST and any(isinstance(text, str) and len(text) >= _LONG for text in texts)


# ---------------------------------------------------------------- codes


def _codes(rows: Sequence[FilledRow], item: FilledItem) -> Iterator[Problem]:
    """A code beside another title than in the row above it, in a table whose codes tell its titles apart."""
    code = next((column for column in item.spec.columns if _headed(column, _CODES)), None)
    title = next((column for column in item.spec.columns if _headed(column, _TITLES)), None)
    if code is None or title is None or code.merge or title.merge:
        return
    first: dict[str, tuple[str, FilledRow]] = {}
    found: list[tuple[FilledRow, str, str, FilledRow]] = []
    for row in rows:
        given, called = row.cells[code.name].value, row.cells[title.name].value
        if isinstance(given, bool) or given is None or not isinstance(called, str) or given in code.marks:
            continue
        other, before = first.setdefault(fold(str(given)), (called, row))
        if fold(other) != fold(called):
            found.append((row, str(given), other, before))
    if len(found) <= _MOST_SHARED and len(first) > len(found):
        for row, given, other, before in found:
            place = row.cells[code.name].place.within(column=code.name)
            called = str(row.cells[title.name].value)
            told = {"code": persian_digits(given), "title": called, "other": other, "row": before.place.row or 0}
            yield problem("code-shared", place, label=code.shown, **told)


def _headed(column: Column, words: frozenset[str]) -> bool:
    if column.type not in ("text", "integer") or not column.is_asked:
        return False
    label = column.label.split()
    return bool(label) and fold(label[0]) in words


# ---------------------------------------------------------------- years


def _years(rows: Sequence[FilledRow], item: FilledItem) -> Iterator[Problem]:
    """The one date of a column that lies apart from all others, and in the year before or after would be among them."""
    for column in item.spec.columns:
        if column.type != "date" or not column.is_asked or any(word in fold(column.label) for word in _OF_BIRTH):
            continue
        found = (
            (value, row)
            for row in rows
            if isinstance(value := row.cells[column.name].value, jdatetime.date) and not row.cells[column.name].computed
        )
        dates = list(islice(found, _MOST_DATES + 1))
        if _OTHERS < len(dates) <= _MOST_DATES:
            yield from _off(sorted(dates, key=lambda each: each[0]), column)


def _off(dates: Sequence[tuple[jdatetime.date, FilledRow]], column: Column) -> Iterator[Problem]:
    days = [date.toordinal() for date, _ in dates]
    for at, others in ((0, days[1:]), (len(days) - 1, days[:-1])):
        date, row = dates[at]
        gap = abs(days[at] - (others[0] if at == 0 else others[-1]))
        widest = max((after - before for before, after in pairwise(others)), default=0)
        moved = _in_year(date, date.year + (1 if at == 0 else -1))
        if gap >= _FAR and gap > widest and moved and others[0] <= moved.toordinal() <= others[-1]:
            first, last = dates[1 if at == 0 else 0][0], dates[-1 if at == 0 else -2][0]
            told = {"first": format_date(first), "last": format_date(last), "year": persian_digits(str(moved.year))}
            place = row.cells[column.name].place.within(column=column.name)
            yield problem("year-off", place, label=column.shown, date=format_date(date), **told)
            return


def _in_year(date: jdatetime.date, year: int) -> jdatetime.date | None:
    try:
        return jdatetime.date(year, date.month, date.day)
    except ValueError:  # 30 Esfand
        return None

"""Rows of any table against one another, without a rule: rows twice, a code of two things, a thing of two codes, ends
before their starts, a date a year off.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

import jdatetime

from assembler.base.lexicon import folded
from assembler.base.persian import fold, format_date, persian_digits
from assembler.base.problems import Place, Problem, problem
from assembler.model.answers import Value
from assembler.model.filled import FilledForm, FilledItem, FilledRow
from assembler.model.rules import Duplicates, Durations, Order, Pairs, Rising
from assembler.model.specs import Column

_CODES = folded(("کد", "کدخدمت", "code"))
_TITLES = folded(("عنوان", "نام", "شرح", "title", "name"))
_ROWS = folded(("ردیف", "شماره", "no", "row"))
_OF_BIRTH = folded(("تولد", "birth", "born"))
_STARTS = folded(("شروع", "آغاز", "start", "begin", "beginning", "started"))
_ENDS = folded(("پایان", "خاتمه", "اتمام", "end", "finish", "ended"))
_LONG = 6  # letters of a text that says something of its own
_FEWEST = 3  # answers of a row that are no chance when another has them all
_MOST_SHARED = 1  # codes that stand for two things before it is the way of the table
_OTHERS = 4  # dates of a column before one of them is off
_MOST_DATES = 2_000  # of more than these one is seldom alone, and sorting them costs
_FAR = 120  # days between a date and the nearest other one when it is of another year


def check_tables(forms: Mapping[str, FilledForm], used: Iterable[str]) -> Iterator[Problem]:
    """Findings in the tables of the used forms; where a rule looks at the same, it alone speaks."""
    names = tuple(used)
    paired = _paired(forms[name] for name in names)
    coded: list[_Coded] = []
    for name in names:
        form = forms[name]
        for item in form.items.values() if form.answered else ():
            if item.relevant and item.spec.is_table and not item.prefilled:
                rules = [rule.words for rule in form.spec.rules if rule.item == item.spec.name]
                ruled = set(map(type, rules))
                rows = [row for row in item.rows if row.is_ordinary]
                if Duplicates not in ruled and not item.spec.rows:
                    yield from _repeated(rows, item)
                alone = [words.columns for words in rules if isinstance(words, Duplicates) and len(words.columns) == 1]
                if Pairs not in ruled:
                    read = _Table(item, rows, {column for columns in alone for column in columns})
                    yield from read.codes()
                    coded += read.coded if f"{name}.{item.spec.name}" not in paired else ()
                if Durations not in ruled:
                    yield from _backwards(rows, item)
                if not {Rising, Order, Durations} & ruled:
                    yield from _years(rows, item)
    yield from _otherwise(coded)


def _paired(forms: Iterable[FilledForm]) -> frozenset[str]:
    """The tables whose codes rules hold against those of others."""
    words = (rule.words for form in forms for rule in form.spec.rules)
    return frozenset(str(target) for each in words if isinstance(each, Pairs) for target in each.among)


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


@dataclass(frozen=True)
class _Coded:
    """A row with the code and the title of what it is about."""

    row: FilledRow
    code: str
    title: str
    column: Column
    item: FilledItem

    @property
    def place(self) -> Place:
        return self.row.cells[self.column.name].place.within(column=self.column.name)


class _Table:
    """The codes of a table and what they stand for; rules say which of its columns are ``unique``."""

    def __init__(self, item: FilledItem, rows: Sequence[FilledRow], unique: Container[str]) -> None:
        code = next((column for column in item.spec.columns if _headed(column, _CODES)), None)
        title = next((column for column in item.spec.columns if _headed(column, _TITLES)), None)
        self.coded: list[_Coded] = []
        self._names_once = title is not None and title.name in unique
        if code is None or title is None or code.merge or title.merge or code.name in unique:
            return
        for row in rows:
            given, called = row.cells[code.name].value, row.cells[title.name].value
            is_code = given is not None and not isinstance(given, bool) and given not in code.marks
            if is_code and isinstance(called, str):
                self.coded.append(_Coded(row, str(given), called, code, item))

    def codes(self) -> Iterator[Problem]:
        """A code beside another title than in the row above it, in a table whose codes tell its titles apart; a title
        beside another code, where every other title that stands twice has one.
        """
        yield from self._of_two_titles()
        if not self._names_once:
            yield from self._of_two_codes()

    def _of_two_titles(self) -> Iterator[Problem]:
        first: dict[str, _Coded] = {}
        found = [
            (each, before)
            for each in self.coded
            if fold((before := first.setdefault(fold(each.code), each)).title) != fold(each.title)
        ]
        if len(found) <= _MOST_SHARED and len(first) > len(found):
            for each, before in found:
                told = {"code": persian_digits(each.code), "title": each.title, "other": before.title}
                row = before.row.place.row or 0
                yield problem("code-shared", each.place, label=each.column.shown, row=row, **told)

    def _of_two_codes(self) -> Iterator[Problem]:
        first: dict[str, _Coded] = {}
        pairs = ((each, first.setdefault(fold(each.title), each)) for each in self.coded)
        again = [(each, before) for each, before in pairs if before is not each]
        found = [(each, before) for each, before in again if fold(each.code) != fold(before.code)]
        if len(found) <= _MOST_SHARED and len(again) > len(found):
            for each, before in found:
                yield _differs(each, before)


def _otherwise(coded: Iterable[_Coded]) -> Iterator[Problem]:
    """A title beside another code than in all other tables of the report, two rows at least."""
    titles: dict[str, list[_Coded]] = {}
    for each in coded:
        titles.setdefault(fold(each.title), []).append(each)
    for rows in titles.values():
        codes = Counter(fold(each.code) for each in rows)
        usual, most = codes.most_common(1)[0]
        odd = [each for each in rows if fold(each.code) != usual]
        if most > 1 and len(odd) == 1 and len({id(each.item) for each in rows}) > 1:
            yield _differs(odd[0], next(each for each in rows if fold(each.code) == usual))


def _differs(each: _Coded, other: _Coded) -> Problem:
    codes = {"value": persian_digits(each.code), "other": persian_digits(other.code)}
    return problem("pair-differs", each.place, key=each.title, table=other.item.spec.shown, **codes)


def _headed(column: Column, words: frozenset[str]) -> bool:
    if column.type not in ("text", "integer") or not column.is_asked:
        return False
    label = column.label.split()
    return bool(label) and fold(label[0]) in words


# ---------------------------------------------------------------- starts and ends


def _backwards(rows: Sequence[FilledRow], item: FilledItem) -> Iterator[Problem]:
    """Ends before their starts, where a table has one column of each: «تاریخ شروع», «تاریخ پایان»."""
    starts, ends = (_dated(item, words) for words in (_STARTS, _ENDS))
    for row in rows if len(starts) == len(ends) == 1 else ():
        start, end = (row.cells[column.name].value for column in (*starts, *ends))
        if isinstance(start, jdatetime.date) and isinstance(end, jdatetime.date) and end < start:
            place = row.cells[ends[0].name].place.within(column=ends[0].name)
            told = {"start": format_date(start), "end": format_date(end)}
            yield problem("end-before-start", place, label=ends[0].shown, **told)


def _dated(item: FilledItem, words: frozenset[str]) -> list[Column]:
    """The columns of dates whose label says such a word."""
    dates = (column for column in item.spec.columns if column.type == "date" and column.is_asked)
    return [column for column in dates if not words.isdisjoint(map(fold, column.label.split()))]


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

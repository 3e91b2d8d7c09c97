"""The rows of a table: their printed numbers, rows that repeat, the totals of their groups, items left blank."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assembler.base.messages import number as shown
from assembler.base.messages import translate
from assembler.base.persian import fold, latin_digits
from assembler.base.problems import Problem
from assembler.check.rules.marks import UNMARKED
from assembler.check.rules.subject import Subject, groups, number_in
from assembler.model.answers import Value
from assembler.model.filled import FilledItem, FilledRow
from assembler.model.rules import ColumnName, Duplicates, Filled, GroupTotals, RowNumbers
from assembler.model.specs import RuleWords

# «۱۲», with the sign of a numbering after it or around it; «۱-۲» and «الف» are no row numbers.
_ROW_NUMBER = re.compile(r"\(?(\d{1,6})\s*[).\-–:]?")
_MOST_NUMBERS = 12  # as many as a reader adds up

# ---------------------------------------------------------------- row numbers


@dataclass(frozen=True)
class _Numbered:
    """A row with its printed number; ``unnumbered`` is the first row without one right before it."""

    row: FilledRow
    number: int
    unnumbered: FilledRow | None = None


@dataclass(frozen=True)
class _Fault:
    code: str
    row: FilledRow
    evidence: Mapping[str, object]


@dataclass(frozen=True)
class _Reading:
    """How a stretch of rows can be read: its faults, the last number in order, and the rows by their numbers."""

    faults: tuple[_Fault, ...]
    last: int
    printed: dict[int, FilledRow]


def row_numbers(subject: Subject[RowNumbers]) -> Iterator[Problem]:
    """Printed numbers that repeat, are missing or out of order. Under a band they may begin anew or go on."""
    reading: _Reading | None = None
    for _, rows in groups(subject.item.rows):
        numbered = tuple(_numbered(subject, rows))
        if numbered:
            reading = _likelier(numbered, reading)
            for fault in reading.faults:
                place = subject.place(fault.row, subject.words.column)
                yield subject.find(fault.code, place, **fault.evidence)


def _numbered(subject: Subject[RowNumbers], rows: Sequence[FilledRow]) -> Iterator[_Numbered]:
    column = subject.words.column
    merges = subject.column(column).merge
    unnumbered: FilledRow | None = None
    for row in rows:
        value = subject.cell(row, column)
        number = _row_number(value)
        if number is not None:
            yield _Numbered(row, number, unnumbered)
            unnumbered = None
        elif value is None and not merges:
            unnumbered = unnumbered or row


def _row_number(value: Value) -> int | None:
    if isinstance(value, str):
        found = _ROW_NUMBER.fullmatch(latin_digits(value).strip())
        return int(found.group(1)) if found else None
    number = number_in(value)
    return int(number) if number is not None and number == number.to_integral_value() else None


def _likelier(rows: Sequence[_Numbered], above: _Reading | None) -> _Reading:
    """A stretch read as beginning anew or as going on from the one above, whichever has fewer faults."""
    if above is None:
        # A table may continue the numbers of another; one that begins at 2 lost its first row.
        first = rows[0].number
        continues = first > 2 and first == min(row.number for row in rows)
        return _read(rows, first - 1 if continues else 0, {})
    anew, onward = _read(rows, 0, {}), _read(rows, above.last, above.printed)
    goes_on = (len(onward.faults), rows[0].number <= 2) < (len(anew.faults), True)
    if not goes_on:
        return anew
    above.printed.update(onward.printed)
    return replace(onward, printed=above.printed)


def _read(rows: Sequence[_Numbered], before: int, above: Mapping[int, FilledRow]) -> _Reading:
    """The faults of numbers that should run on from ``before``.

    The longest rising chain is what was meant; a row outside it repeats a number or is out of order, and stands for
    a number the chain skips, so that ۱۲، ۱۳، ۱۲، ۱۳، ۱۶ has two repeated numbers and nothing missing.
    """
    chain = _rising([row.number if row.number > before else None for row in rows])
    printed = {rows[index].number: rows[index].row for index in chain}
    numbers = sorted({row.number for row in rows})
    faults: list[_Fault] = []
    outside = 0
    for row in rows:
        if printed.get(row.number) is not row.row:
            outside += 1
            first = printed.get(row.number) or above.get(row.number)
            faults.append(_outside(row, first, before + outside))
            continue
        elsewhere = bisect_left(numbers, row.number) - bisect_right(numbers, before)
        missing = row.number - before - 1 - elsewhere
        if missing > outside:
            evidence = {"before": before, "number": row.number, "count": missing - outside}
            faults.append(_Fault("number-missing", row.unnumbered or row.row, evidence))
        before, outside = row.number, 0
    return _Reading(tuple(faults), before, printed)


def _outside(row: _Numbered, first: FilledRow | None, expected: int) -> _Fault:
    if first is not None:
        return _Fault("number-repeated", row.row, {"number": row.number, "row": first.place.row or 0})
    return _Fault("number-order", row.row, {"number": row.number, "expected": expected})


def _rising(numbers: Sequence[int | None]) -> list[int]:
    """The places of the longest strictly rising chain, in n log n steps; of equal numbers the earlier stays."""
    tails: list[int] = []  # the smallest number a chain of each length ends in
    ends: list[int] = []  # and its place
    previous: dict[int, int] = {}
    for place, number in enumerate(numbers):
        if number is None:
            continue
        length = bisect_left(tails, number)
        if length < len(tails) and tails[length] == number:
            continue
        previous[place] = ends[length - 1] if length else -1
        if length == len(tails):
            tails.append(number)
            ends.append(place)
        else:
            tails[length], ends[length] = number, place
    return _back(ends[-1] if ends else -1, previous)


def _back(place: int, previous: Mapping[int, int]) -> list[int]:
    chain = []
    while place >= 0:
        chain.append(place)
        place = previous[place]
    return chain[::-1]


# ---------------------------------------------------------------- duplicate rows


def duplicates(subject: Subject[Duplicates]) -> Iterator[Problem]:
    """Rows that say the same in the named columns, however spelled; a row with a blank among them never does."""
    columns = subject.words.columns
    seen: dict[tuple[str, ...], FilledRow] = {}
    for _, rows in groups(subject.item.rows):
        for row, key in zip(rows, _keys(subject, rows, columns), strict=True):
            if not all(key):
                continue
            first = seen.setdefault(key, row)
            if first is not row:
                yield subject.find("row-repeated", subject.place(row, columns[0]), row=first.place.row or 0)


def _keys(
    subject: Subject[RuleWords], rows: Sequence[FilledRow], columns: Sequence[ColumnName]
) -> Iterator[tuple[str, ...]]:
    yield from zip(*(_filled_down(subject, rows, column) for column in columns), strict=True)


def _filled_down(subject: Subject[RuleWords], rows: Sequence[FilledRow], name: ColumnName) -> list[str]:
    """A column's cells folded; where its cells merge, a blank one says what the cell above it says."""
    column = subject.column(name)
    texts: list[str] = []
    for row in rows:
        value = row.cells[name].value
        text = "" if value in column.marks else _folded(value)
        texts.append(texts[-1] if not text and column.merge and texts else text)
    return texts


def _folded(value: Value) -> str:
    if value is None:
        return ""
    number = number_in(value)
    return fold(str(value)) if number is None else f"{number.normalize():f}"


# ---------------------------------------------------------------- totals of groups


def _sum(numbers: Sequence[Decimal]) -> Decimal:
    return sum(numbers, Decimal(0))


def _count(numbers: Sequence[Decimal]) -> Decimal:
    return Decimal(len(numbers))


# What the number of a band may say of its rows; the first named wins when two explain as many bands.
_RULES: Mapping[str, Callable[[Sequence[Decimal]], Decimal]] = {
    "sum": _sum,
    "greatest": max,
    "count": _count,
    "last": lambda numbers: numbers[-1],
    "smallest": min,
}
# A table may follow one of the others too, but a single band does so by chance.
_LIKELY = ("sum", "greatest", "count")
_CLEAR = 4  # bands that follow a rule for each that follows another: then the odd one is wrong, not the rule
_FEW = 4  # of as many bands one at most that no rule explains is a slip of its own
_MOST_GROUPS = 12  # bands told in one finding
_LONGEST_NAME = 40


@dataclass(frozen=True)
class _RuleName:
    """The name of a rule, in the language of the message it stands in."""

    rule: str

    def __str__(self) -> str:
        names = {
            "sum": translate("sum"),
            "greatest": translate("greatest"),
            "count": translate("count"),
            "last": translate("last"),
            "smallest": translate("smallest"),
        }
        return names[self.rule]


@dataclass(frozen=True)
class _Numbers:
    """The numbers of a group, one after the other."""

    numbers: tuple[Decimal, ...]

    def __str__(self) -> str:
        texts = [shown(number) for number in self.numbers[:_MOST_NUMBERS]]
        return f"{translate(',')} ".join([*texts, "…"] if len(self.numbers) > len(texts) else texts)


@dataclass(frozen=True)
class _Group:
    """A band row with a number, and the numbers of its rows."""

    band: FilledRow
    given: Decimal
    numbers: tuple[Decimal, ...]
    name: str

    def follows(self, rule: str) -> bool:
        return _RULES[rule](self.numbers) == self.given

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that make its number of its rows."""
        return tuple(rule for rule in _RULES if self.follows(rule))

    @property
    def telling(self) -> bool:
        """Whether it says anything of the rule: the only row of a band is its sum and its greatest alike."""
        return len(self.numbers) > 1 or not self.rules


@dataclass(frozen=True)
class _Explained:
    """Group by group: its number, those of its rows, and the rules that make the one of the others."""

    groups: tuple[_Group, ...]

    def __str__(self) -> str:
        texts = [self._text(group) for group in self.groups[:_MOST_GROUPS]]
        return f"{translate(';')} ".join([*texts, "…"] if len(self.groups) > len(texts) else texts)

    def _text(self, group: _Group) -> str:
        rules = f" {translate('or')} ".join(str(_RuleName(rule)) for rule in group.rules) or translate("no rule")
        name = f"«{group.name}» " if group.name else ""
        return f"{name}{shown(group.given)} = {rules} ({_Numbers(group.numbers)})"


def group_totals(subject: Subject[GroupTotals]) -> Iterator[Problem]:
    """Band rows whose number contradicts their rows, by the rule that explains most bands of the table.

    While one rule speaks for the table, a band outside it is wrong. When none does, no band can be called so: the
    table is told once, with what would explain each band; the few that nothing explains are wrong all the same.
    """
    found = tuple(_groups(subject))
    telling = [group for group in found if group.telling]
    explained = Counter({rule: sum(group.follows(rule) for group in telling) for rule in _RULES})
    rule, most = explained.most_common(1)[0]
    others = [group for group in telling if not group.follows(rule)]
    # The only row of a band fits every rule: it stands by the table's numbers, and cannot tell two rules apart.
    likely = sum(any(map(group.follows, _LIKELY)) for group in others)
    uniform = len(found) == 1 or (len(found) >= 2 * len(others) and most >= _CLEAR * likely)
    for group in others if uniform else _baseless(telling):
        place = subject.place(group.band, subject.words.quantity)
        yield subject.find("group-total", place, given=group.given, **_computation(group, rule))
    if others and not uniform:
        place = subject.item.place.within(column=subject.words.quantity)
        yield subject.find("group-rule", place, groups=_Explained(tuple(telling)))


def _baseless(telling: Sequence[_Group]) -> list[_Group]:
    """The bands no rule at all explains, while all but a few of the others are explained by some."""
    found = [group for group in telling if not group.rules]
    return found if len(found) * _FEW <= len(telling) else []


def _computation(group: _Group, rule: str) -> Mapping[str, object]:
    result = _RULES[rule](group.numbers)
    return {"rule": _RuleName(rule), "numbers": _Numbers(group.numbers), "expected": result}


def _groups(subject: Subject[GroupTotals]) -> Iterator[_Group]:
    """The bands that can be judged: with a number, over rows of their unit that all have one."""
    for band, rows in groups(subject.item.rows):
        given = subject.number(band, subject.words.quantity) if band else None
        if band is None or given is None:
            continue
        cells = [subject.number(row, subject.words.quantity) for row in _of_its_unit(subject, band, rows)]
        numbers = tuple(cell for cell in cells if cell is not None)
        if numbers and len(numbers) == len(cells):
            yield _Group(band, given, numbers, _band_name(subject, band))


def _band_name(subject: Subject[GroupTotals], band: FilledRow) -> str:
    """What a band is called: the first text in it, such as «الف»."""
    spoken = (cell.value for name, cell in band.cells.items() if name != subject.words.quantity)
    text = next((value for value in spoken if isinstance(value, str) and value.strip()), "")
    return text if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME].rstrip()}…"


def _of_its_unit(subject: Subject[GroupTotals], band: FilledRow, rows: Sequence[FilledRow]) -> list[FilledRow]:
    """The rows counted in the band's unit; if there are none, those in a kind of it: «قرارداد بیمه» for «قرارداد»."""
    name = subject.words.unit
    unit = subject.cell(band, name) if name else None
    if name is None or not isinstance(unit, str):
        return list(rows)
    units = _filled_down(subject, rows, name)
    same = [row for row, other in zip(rows, units, strict=True) if other == fold(unit)]
    kinds = [row for row in rows if fold(_first_words(row.cells[name].value, unit)) == fold(unit)]
    return same or kinds


def _first_words(value: Value, like: str) -> str:
    """As many words of a text as another has."""
    return " ".join(value.split()[: len(like.split())]) if isinstance(value, str) else ""


# ---------------------------------------------------------------- items left blank


def left_blank(subject: Subject[Filled]) -> Iterator[Problem]:
    """Items and cells left blank in an answered form; a required one is reported as such already."""
    for name in subject.words.items:
        item = subject.form.items[name]
        if item.relevant and not item.required and _is_blank(item):
            yield subject.find("left-blank", item.place, label=item.spec.shown, note=subject.note)
    if subject.words.columns:
        yield from _blank_cells(subject)


def _blank_cells(subject: Subject[Filled]) -> Iterator[Problem]:
    """Blank cells of rows that are not excused; a merging column continues the cell above."""
    for name in subject.words.columns:
        column = subject.column(name)
        for row in subject.rows:
            cell = row.cells[name]
            if cell.value is None and not cell.required and not column.merge and not _is_excused(subject, row):
                yield subject.find("cell-blank", subject.place(row, name), label=column.shown, note=subject.note)


def _is_excused(subject: Subject[Filled], row: FilledRow) -> bool:
    """Whether a row needs nothing: its excusing column says no, or is filled where it offers no choices."""
    column = subject.words.excused
    if column is None:
        return False
    value = subject.cell(row, column)
    return value in UNMARKED if subject.column(column).choices else value is not None


def _is_blank(item: FilledItem) -> bool:
    if not item.spec.is_table:
        return item.value is None
    answered = {column.name for column in item.spec.columns if column.calculation is None}
    printed = {row.name: row.cells for row in item.spec.rows}
    return not any(
        row.cells[name].value is not None
        for row in item.rows
        for name in answered
        if name not in printed.get(row.name, ())
    )

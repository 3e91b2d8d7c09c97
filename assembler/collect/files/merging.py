"""Two changes of one form brought together: what somebody else wrote stays, and so does what is written now.

Where both changed the same answer, the change that is made now stands in the result and is told: whoever merges asks.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from assembler.answers.editing import alike_rows, matched_rows, same_answer, same_row
from assembler.base.problems import Place, Problem, problem
from assembler.model.answers import Answer, AnsweredForm, AnsweredRow, Carried
from assembler.model.specs import Field, FormSpec, Item
from assembler.model.values import shown

_BLANK = Answer(None)


@dataclass(frozen=True)
class MergedForm:
    """A form with both changes; of each answer that both changed, a problem says what the other one wrote."""

    form: AnsweredForm
    contested: tuple[Problem, ...]


def merged_form(spec: FormSpec, base: AnsweredForm, ours: AnsweredForm, theirs: AnsweredForm) -> MergedForm:
    """What becomes of a form that was ``base`` when one made it ``ours`` and another ``theirs``."""
    merge = _Merge(spec, base, ours, theirs)
    values, tables = dict(theirs.values), dict(theirs.tables)
    for item in spec.items:
        if same_answer(item, base, ours):
            continue
        if item.is_table:
            tables[item.name] = merge.printed(item) if item.rows else merge.rows(item)
        else:
            values[item.name] = merge.value(item)
    form = replace(theirs, values=values, tables=tables, carried=_carried(base, ours, theirs))
    return MergedForm(form, tuple(merge.contested))


def _carried(base: AnsweredForm, ours: AnsweredForm, theirs: AnsweredForm) -> Carried | None:
    """What still waits to be confirmed: neither of the two did."""
    if base.carried is None or theirs.carried is None:
        return theirs.carried
    confirmed = base.carried.fingerprints.keys() - (ours.carried.fingerprints if ours.carried else {}).keys()
    left = {name: each for name, each in theirs.carried.fingerprints.items() if name not in confirmed}
    return replace(theirs.carried, fingerprints=left) if left else None


Key = Hashable  # a row: the number of one that was there, or one that is new


class _Side(NamedTuple):
    """The rows of a table as one side has them, and their order by keys."""

    rows: Mapping[Key, AnsweredRow]
    order: tuple[Key, ...]

    @property
    def is_in_order(self) -> bool:
        """Whether no row that was there was moved."""
        kept = [key for key in self.order if isinstance(key, int)]
        return kept == sorted(kept)


def _side(name: str, rows: Sequence[AnsweredRow], matched: Sequence[int | None]) -> _Side:
    order = tuple((name, at) if was is None else was for at, was in enumerate(matched))
    return _Side(dict(zip(order, rows, strict=True)), order)


class _Merge:
    """The merge of one form; what both changed gathers in ``contested``."""

    def __init__(self, spec: FormSpec, base: AnsweredForm, ours: AnsweredForm, theirs: AnsweredForm) -> None:
        self._spec, self._base, self._ours, self._theirs = spec, base, ours, theirs
        self.contested: list[Problem] = []

    def value(self, item: Item) -> Answer:
        """A single answer."""
        base, ours, theirs = (form.values.get(item.name, _BLANK) for form in (self._base, self._ours, self._theirs))
        return self._merged(base, ours, theirs, item, Place(form=self._spec.id, item=item.name))

    def _merged(self, base: Answer, ours: Answer, theirs: Answer, field: Field, place: Place) -> Answer:
        if ours.value == base.value:
            return theirs
        if theirs.value not in (base.value, ours.value):
            told, typed = shown(theirs.value, field) or "∅", shown(ours.value, field) or "∅"
            self.contested.append(problem("answer-contested", place, label=field.shown, told=told, typed=typed))
        return ours

    def printed(self, item: Item) -> tuple[AnsweredRow, ...]:
        """The answers in rows that are printed, by the names of these."""
        tables = (form.tables.get(item.name, ()) for form in (self._base, self._ours, self._theirs))
        base, ours, theirs = ({row.name: row for row in rows} for rows in tables)
        found = []
        for number, name in enumerate((row.name for row in item.rows), start=1):
            blank = AnsweredRow({}, Place(form=self._spec.id, item=item.name, row=number), name=name)
            row = self._row(item, base.get(name, blank), ours.get(name, blank), theirs.get(name, blank), number)
            found += [row] if row.cells else []
        return tuple(found)

    def _row(self, item: Item, base: AnsweredRow, ours: AnsweredRow, theirs: AnsweredRow, number: int) -> AnsweredRow:
        """A row of both, cell by cell."""
        place = Place(form=self._spec.id, item=item.name, row=number)
        cells: dict[str, Answer] = {}
        for column in item.columns:
            was, own, other = (row.cells.get(column.name, _BLANK) for row in (base, ours, theirs))
            found = self._merged(was, own, other, column, place.cell(column.name))
            cells |= {} if found.value is None else {column.name: found}
        return theirs if same_row(replace(theirs, cells=cells), theirs) else replace(theirs, cells=cells)

    def rows(self, item: Item) -> tuple[AnsweredRow, ...]:
        """The rows of a table: those that were there cell by cell, and what each side added, where it stands there."""
        base, ours, theirs = (form.tables.get(item.name, ()) for form in (self._base, self._ours, self._theirs))
        own, other = _side("own", ours, matched_rows(base, ours)), _side("other", theirs, alike_rows(base, theirs))
        rows: dict[Key, AnsweredRow] = {key: row for key, row in own.rows.items() if not isinstance(key, int)}
        rows |= {key: row for key, row in other.rows.items() if not isinstance(key, int)}
        for key, was in enumerate(base):
            row = self._of_both(item, key, was, own.rows.get(key), other.rows.get(key))
            rows |= {} if row is None else {key: row}
        moved_by_both = not own.is_in_order and not other.is_in_order
        if moved_by_both:
            self._contest_rows(item)
        first, second = (own, other) if not own.is_in_order else (other, own)
        return tuple(rows[key] for key in _woven(first.order, second.order) if key in rows)

    def _of_both(
        self, item: Item, key: int, was: AnsweredRow, own: AnsweredRow | None, other: AnsweredRow | None
    ) -> AnsweredRow | None:
        """What becomes of a row that was there; None when it is gone."""
        if own is not None and other is not None:
            return self._row(item, was, own, other, key + 1)
        left = own or other
        if left is None or same_row(left, was):
            return None
        self._contest_rows(item)
        return own

    def _contest_rows(self, item: Item) -> None:
        place = Place(form=self._spec.id, item=item.name)
        if not any(found.code == "rows-contested" and found.place == place for found in self.contested):
            self.contested.append(problem("rows-contested", place, label=item.shown))


def _woven(first: Sequence[Key], second: Sequence[Key]) -> Iterator[Key]:
    """All keys in the order of the first; what only the second has stands behind what it stands behind there, or at
    the end.
    """
    found = list(first)
    for at, key in enumerate(second):
        if key in found:
            continue
        before = next((each for each in reversed(second[:at]) if each in found), None)
        if not any(each in found for each in second[at + 1 :]):
            found.append(key)
        else:
            found.insert(0 if before is None else found.index(before) + 1, key)
    return iter(found)

"""Kinds of rule that look at the order of steps: none may begin before the step it rests on has ended."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import jdatetime

from assembler.base.persian import ZWNJ, fold, format_date, latin_digits, persian_digits
from assembler.base.problems import Problem
from assembler.checks.rules.rows import groups
from assembler.checks.rules.subject import Subject, number_in
from assembler.model.answers import Value
from assembler.model.filled import FilledRow
from assembler.model.rules import ColumnName, Order

# A list is cut at commas first, then at «و», which may stand inside a name too.
_BETWEEN = (re.compile(r"[،,؛;\n]"), re.compile(r"\s+و\s+"))
_COUNTED = re.compile(r"(\d{1,4})\s*(?:تا|الی|[-–−])\s*(\d{1,4})")
# What may stand before a step: «پس از …», and before its number: «ردیف ۳», «گام‌های ۱ و ۲».
_BEFORE = re.compile(
    rf"^(?:(?:پس|بعد)[\s{ZWNJ}]از\s+)?(?:(?:ردیف|گام|مرحله|اقدام|بند|شماره)(?:[\s{ZWNJ}]*های?)?\s*(?=\d))?"
)
_NOTHING = ("ندارد", "هیچ", "-", "–", "—")
_LONGEST_RANGE = 200


@dataclass(frozen=True)
class _Step:
    """A row with what it is called and, once both its dates are there, when it is."""

    row: FilledRow
    names: tuple[str, ...]
    start: jdatetime.date | None
    end: jdatetime.date | None


@dataclass(frozen=True)
class _Steps:
    """The steps of a table; ``near`` finds them by band and name, ``far`` by name in the whole table."""

    steps: Mapping[int, _Step]
    band: Mapping[int, int]
    rests_on: ColumnName
    near: Mapping[tuple[int, str], Sequence[int]]
    far: Mapping[str, Sequence[int]]

    def named(self, at: int, name: str) -> Sequence[int]:
        """The steps a row calls so: those under its own band come first; «» and unknown names call none."""
        return self.near.get((self.band[at], name)) or self.far.get(name, ())


def order(subject: Subject[Order]) -> Iterator[Problem]:
    """Steps that begin before those they rest on have ended; without a column for that, each rests on the one above."""
    if subject.words.rests_on is None:
        yield from _one_by_one(subject)
        return
    steps = _read(subject, subject.words.rests_on)
    rests: dict[int, tuple[tuple[int, ...], ...]] = {}
    for at in steps.steps:
        rests[at], unknown = _predecessors(subject, steps, at)
        if unknown:
            place = subject.place(steps.steps[at].row, steps.rests_on)
            yield subject.find("step-unknown", place, names="، ".join(f"«{persian_digits(name)}»" for name in unknown))
    circles = _circles({at: [one for group in found for one in group] for at, found in rests.items()})
    yield from (_circle(subject, steps, circle) for circle in circles)
    circling = {at for circle in circles for at in circle}
    for at, found in rests.items():
        sound = [group for group in found if not circling.intersection((at, *group))]
        yield from _begun_early(subject, steps, at, sound)


def _one_by_one(subject: Subject[Order]) -> Iterator[Problem]:
    """Every row after the one above it, anew under each band; rows without both dates are passed over."""
    for _, rows in groups(subject.item.rows):
        above: FilledRow | None = None
        for row in rows:
            start, end = _dates(subject, row)
            if above is not None and start is not None and (ended := _dates(subject, above)[1]) and start < ended:
                yield _early(subject, row, start, above, ended)
            above = row if end is not None else above


def _dates(subject: Subject[Order], row: FilledRow) -> tuple[jdatetime.date | None, jdatetime.date | None]:
    return subject.date(row, subject.words.start), subject.date(row, subject.words.end)


def _begun_early(
    subject: Subject[Order], steps: _Steps, at: int, rests: Sequence[tuple[int, ...]]
) -> Iterator[Problem]:
    """One finding a step: the one it rests on that ends last."""
    step = steps.steps[at]
    ends = [(end, before) for group in rests for end, before in [_ended(subject, steps, group)] if end is not None]
    if step.start is None or not ends:
        return
    ended, before = max(ends, key=lambda pair: pair[0])
    if step.start < ended:
        yield _early(subject, step.row, step.start, before.row, ended)


def _ended(subject: Subject[Order], steps: _Steps, group: Sequence[int]) -> tuple[jdatetime.date | None, _Step]:
    """When what one name calls has ended.

    Rows under one merged number are parts of one step, which ends with the last of them. Of other rows that share a
    name it cannot be told which is meant: the one that speaks for the table.
    """
    found = [(step.end, step) for at in group if (step := steps.steps[at]).end is not None]
    if not found:
        return None, steps.steps[group[0]]
    merged = any(subject.column(name).merge for name in subject.words.columns)
    return (max if merged else min)(found, key=lambda pair: pair[0] or jdatetime.date.max)


def _early(
    subject: Subject[Order], row: FilledRow, start: jdatetime.date, before: FilledRow, ended: jdatetime.date
) -> Problem:
    column = subject.column(subject.words.start)
    return subject.find(
        "step-too-early",
        subject.place(row, column.name),
        label=column.shown,
        start=format_date(start),
        row=before.place.row or 0,
        end=format_date(ended),
    )


# ---------------------------------------------------------------- what a row is called


def _read(subject: Subject[Order], rests_on: ColumnName) -> _Steps:
    """All steps by their places among the rows; without naming columns a step goes by its place in the table."""
    steps: dict[int, _Step] = {}
    band: dict[int, int] = {}
    near: dict[tuple[int, str], list[int]] = {}
    far: dict[str, list[int]] = {}
    for number, (_, rows) in enumerate(groups(subject.item.rows)):
        for row, names in zip(rows, _names(subject, rows, len(steps)), strict=True):
            at = len(steps)
            steps[at], band[at] = _Step(row, names, *_dates(subject, row)), number
            for name in names:
                near.setdefault((number, name), []).append(at)
                far.setdefault(name, []).append(at)
    return _Steps(steps, band, rests_on, near, far)


def _names(subject: Subject[Order], rows: Sequence[FilledRow], before: int) -> Iterator[tuple[str, ...]]:
    columns = [subject.column(name) for name in subject.words.columns]
    above = {column.name: "" for column in columns}
    for number, row in enumerate(rows, before + 1):
        for column in columns:
            value = row.cells[column.name].value
            text = "" if value in column.marks else _key(value)
            above[column.name] = text if text or not column.merge else above[column.name]
        yield tuple(dict.fromkeys(filter(None, above.values()))) if columns else (str(number),)


def _key(value: Value) -> str:
    """What a step is looked up by: spelling, the sign of a numbering and the end of a sentence do not count."""
    number = number_in(value)
    text = f"{number.normalize():f}" if number is not None else fold(str(value)) if value is not None else ""
    return text.strip("().-–:*»«")


def _predecessors(
    subject: Subject[Order], steps: _Steps, at: int
) -> tuple[tuple[tuple[int, ...], ...], tuple[str, ...]]:
    """What a row rests on: the steps each of its names calls, and the names that call none."""
    value = subject.cell(steps.steps[at].row, steps.rests_on)
    found: list[tuple[int, ...]] = []
    unknown: list[str] = []
    for name in _listed(value, steps, at):
        called = steps.named(at, _key(name))
        # The parts of a merged step may rest on one another, but none on itself.
        others = tuple(one for one in called if one != at) or tuple(called)
        found += [others] if others else []
        unknown += [] if others else [name]
    return tuple(found), tuple(unknown)


def _listed(value: Value, steps: _Steps, at: int) -> Iterator[str]:
    """The names in a cell, the longest that are known first: an «و» may stand inside a name."""
    text = _key(value) if number_in(value) is not None else str(value or "").strip()
    bare = "" if text in _NOTHING else _BEFORE.sub("", latin_digits(text))
    if steps.named(at, _key(bare)):
        yield bare
    elif steps.named(at, _key(text)):
        yield text
    elif counted := _COUNTED.fullmatch(bare):
        first, last = int(counted[1]), int(counted[2])
        yield from map(str, range(first, last + 1)) if first <= last < first + _LONGEST_RANGE else [text]
    elif (cut := _cut(bare)) is not None:
        for piece in cut:
            yield from _listed(piece, steps, at)
    elif bare:
        yield text


def _cut(text: str) -> tuple[str, ...] | None:
    """A list in its parts; None when it is no list."""
    for sign in _BETWEEN:
        pieces = tuple(piece.strip() for piece in sign.split(text) if piece.strip())
        if len(pieces) > 1:
            return pieces
    return None


# ---------------------------------------------------------------- circles


def _circles(rests: Mapping[int, Sequence[int]]) -> list[tuple[int, ...]]:
    """Steps that rest on themselves in the end, each circle once, in time linear in the steps and their names."""
    done: set[int] = set()
    found: list[tuple[int, ...]] = []
    for first in rests:
        path: list[int] = []
        on_path: dict[int, int] = {}
        waiting = [(first, False)]
        while waiting:
            at, leaving = waiting.pop()
            if leaving:
                done.add(at)
                del on_path[path.pop()]
            elif at in on_path:
                found.append(tuple(path[on_path[at] :]))
            elif at not in done:
                on_path[at] = len(path)
                path.append(at)
                waiting.append((at, True))
                waiting.extend((before, False) for before in rests[at])
    return found


def _circle(subject: Subject[Order], steps: _Steps, circle: Sequence[int]) -> Problem:
    """A circle is told at its uppermost step."""
    begin = circle.index(min(circle))
    rows = [steps.steps[at].row for at in (*circle[begin:], *circle[: begin + 1])]
    path = " ← ".join(str(row.place.row or 0) for row in rows)
    return subject.find("step-circle", subject.place(rows[0], steps.rests_on), path=path)

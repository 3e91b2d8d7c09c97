"""Figures against each other: a number and what the data make of it, less and more, parts and their sum."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assembler.base.persian import latin_digits, parse_number
from assembler.base.problems import Place, Problem
from assembler.checks.rules.scores import places_of, rounding
from assembler.checks.rules.subject import Subject, number_in
from assembler.model.answers import Value
from assembler.model.rules import Agrees, Careers, NoMore, RowSum, Tally

_SHOWN = 2  # decimals of what was counted
# The number a text begins with, but no date, range, ordinal or percentage.
_FIRST = re.compile(r"\s*(?:تعداد |جمعا |کلا )?(\d[\d٬,]*)(?![\d/.٫٬,-]|\s*(?:تا|الی|-|درصد|٪|%))")
_YOUNGEST = 15  # no one is at work before


def agrees(subject: Subject[Agrees]) -> Iterator[Problem]:
    """A number that is not the one the data give, rounded to the decimals it has."""
    said, truth = number_in(subject.item.value), number_in(subject.value(subject.words.equals))
    if said is None or truth is None or not subject.item.relevant:
        return
    places = max(0, places_of(said))
    room = Decimal("0.5").scaleb(-places) if truth != truth.to_integral_value() else Decimal(0)
    if abs(truth - said) > room + subject.words.within:
        told = {
            "said": said,
            "counted": round(truth, max(places, _SHOWN)).normalize() + 0,
            "label": subject.item.spec.shown,
        }
        yield subject.find("number-differs", subject.item.place, **told)


def no_more(subject: Subject[NoMore]) -> Iterator[Problem]:
    """Numbers, or a count of rows, above what they can be."""
    words, item = subject.words, subject.item
    limit = number_in(subject.value(words.limit)) if words.limit else None
    if words.column is None:
        count = Decimal(len(subject.rows)) if item.spec.is_table and item.answered else number_in(item.value)
        if count is not None and limit is not None and count > limit:
            yield _above(subject, item.spec.title or item.spec.shown, count, limit, item.place)
        return
    label = subject.column(words.column).shown
    for row in subject.rows:
        most = limit if words.than is None else subject.number(row, words.than)
        number = subject.number(row, words.column)
        if number is not None and most is not None and number > most:
            than = f" («{subject.column(words.than).shown}»)" if words.than else ""
            yield _above(subject, label, number, most, subject.place(row, words.column), than)


def _above(
    subject: Subject[NoMore], label: str, number: Decimal, most: Decimal, place: Place, than: str = ""
) -> Problem:
    evidence = {"label": label, "number": number, "most": most, "than": than}
    return subject.find("more-than", place, **evidence)


def row_sum(subject: Subject[RowSum]) -> Iterator[Problem]:
    """Rows whose parts do not make their whole; a blank part counts as nothing beside others."""
    whole = subject.column(subject.words.column)
    for row in subject.rows:
        given = [subject.number(row, name) for name in subject.words.columns]
        parts = [number for number in given if number is not None]
        said = subject.number(row, subject.words.column)
        total = sum(parts, Decimal(0))
        if said is not None and parts and abs(said - total) > rounding(whole, parts):
            numbers = " + ".join(f"{number:f}" for number in parts)
            told = {"label": whole.shown, "said": said, "numbers": numbers, "total": total}
            yield subject.find("row-sum", subject.place(row, subject.words.column), **told)


def careers(subject: Subject[Careers]) -> Iterator[Problem]:
    """Years at work that somebody of this age cannot have behind them."""
    year = number_in(subject.value(subject.words.year))
    for row in subject.rows if year is not None else ():
        born = subject.number(row, subject.words.born)
        for name in subject.words.columns:
            years = subject.number(row, name)
            if born is None or years is None or year is None:
                continue
            age = year - born - years
            if age < _YOUNGEST:
                told = {"label": subject.column(name).shown, "years": years, "born": int(born), "age": age}
                yield subject.find("age-service", subject.place(row, name), **told)


def tally(subject: Subject[Tally]) -> Iterator[Problem]:
    """A sum that is not that of the numbers with which the texts begin; nothing while one of them begins with none."""
    said = number_in(subject.item.value)
    numbers = [_first_number(subject.form.items[name].value) for name in subject.words.items]
    parts = [number for number in numbers if number is not None]
    if said is not None and parts and len(parts) == len(numbers) and sum(parts) != said:
        told = {"said": said, "numbers": " + ".join(f"{number:f}" for number in parts), "total": sum(parts)}
        yield subject.find("row-sum", subject.item.place, label=subject.item.spec.shown, **told)


def _first_number(value: Value) -> Decimal | None:
    text = value[0] if isinstance(value, tuple) and value else value
    found = _FIRST.match(latin_digits(text)) if isinstance(text, str) else None
    return parse_number(found[1]) if found else None

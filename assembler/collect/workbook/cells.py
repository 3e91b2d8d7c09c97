"""What a value looks like in a cell, and which text a cell of a workbook stands for.

``key`` is what tells whether a cell was touched: of a value as it is exported and of the cell as it is read it is the
same, whatever a spreadsheet made of the cell's kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeAlias

import jdatetime

from assembler.answers import ValueReader
from assembler.base.persian import control_character, fold, format_date, normalise, parse_number
from assembler.base.problems import Place
from assembler.base.yamlfile import Scalar, Sequence
from assembler.collect.workbook.prose import prose_text, read_prose
from assembler.model.answers import Attachment, Prose, Value
from assembler.model.specs import Choice, Field
from assembler.model.types import NUMBERS
from assembler.model.values import read_date, typed_date

CellValue: TypeAlias = str | int | float | None
Typed: TypeAlias = str | int | float | bool | datetime | date | time | timedelta | None

LONGEST = 32_767  # characters Excel holds in a cell
TICK = "✓"
_EXACT_DIGITS = 15
_EIGHT_DIGITS, _SIX_DIGITS = 10_000_000, 100_000
# Below it a day is rather a Jalali one with a short year that Excel took for its own.
_FIRST_GREGORIAN = 2011
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
SEPARATORS = ("،", "؛", ";", ",", "/")


@dataclass(frozen=True)
class Raw:
    """A cell as it was read: its value, where it stands («D12»), whether it is shown as a percentage, and as
    what where its number is shown as a code, with zeros in front.

    ``fault`` is the code of what keeps it from being read at all.
    """

    value: Typed = None
    address: str = ""
    percent: bool = False
    code: str = ""
    fault: str = ""
    merged: bool = False  # the value of a cell above, merged with it
    listed: bool = False  # it bore the marks of a list: it is one, be there one entry


BLANK = Raw()


def cell_value(value: Value, field: Field) -> CellValue:
    """What is written into a cell. Numbers that a spreadsheet would round are written as text."""
    if isinstance(value, bool):
        return "بله" if value else "خیر"
    if isinstance(value, int | Decimal):
        return _number(value)
    if isinstance(value, jdatetime.date):
        return typed_date(value, field) if field.calendar else format_date(value)
    if isinstance(value, tuple):
        return "\n".join(_choice(name, field) for name in value) if field.choices else "\n".join(value)
    if isinstance(value, Attachment):
        return value.name
    if isinstance(value, Prose):
        return prose_text(value)
    return _choice(value, field) if value is not None and field.choices else value


def unwritable(value: Value, field: Field) -> bool:
    """Whether a cell cannot hold a value whole: it is too long, or a narrative whose lists would not come back."""
    written = cell_value(value, field)
    if isinstance(written, str):
        # Escaped letters take more room.
        return len(escaped(written)) > LONGEST or control_character(written) is not None
    return isinstance(value, Prose) and written is None


def escaped(text: str) -> str:
    """A text as the file holds it: what looks like an escaped letter of the format has its own «_» escaped."""
    return text.replace("_x", "_x005F_x") if "_x" in text else text


def unescaped(text: str) -> str:
    """A text of a file without the escapes of the format."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _number(value: int | Decimal) -> CellValue:
    exact = Decimal(value)
    if len(exact.as_tuple().digits) > _EXACT_DIGITS:
        return format(exact, "f")
    return int(value) if exact == exact.to_integral_value() else float(value)


def choice_texts(field: Field) -> tuple[str, ...]:
    """What is chosen from: labels, or names where labels do not tell the choices apart."""
    labels = [choice.label for choice in field.choices]
    told = all(labels) and len({fold(label) for label in labels}) == len(labels)
    return tuple(choice.label if told else choice.name for choice in field.choices)


def _choice(name: str, field: Field) -> str:
    return next(
        (text for choice, text in zip(field.choices, choice_texts(field), strict=True) if choice.name == name), name
    )


def tick_texts(field: Field) -> tuple[tuple[Choice, str], ...]:
    """The choices of a ticked column with their texts."""
    return tuple(zip(field.choices, choice_texts(field), strict=True))


def key(raw: Raw, field: Field) -> str:
    """The text under which two cells of a field are the same."""
    text = typed(raw, field)
    if field.type in NUMBERS and (number := parse_number(text)) is not None:
        return format(number.normalize() + 0, "f")
    if field.type == "date" and (day := read_date(text, field)) is not None:
        return str(day.isoformat())
    if field.type == "narrative":
        return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
    return normalise(text)


def key_of(value: Value, field: Field) -> str:
    """The key of a value as it is exported."""
    return "" if value is None else key(Raw(cell_value(value, field)), field)


def typed(raw: Raw, field: Field) -> str:
    """The text a cell stands for, as it would have been typed for the field; of what cannot be told, what is shown."""
    value = raw.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "بله" if value else "خیر"
    if raw.code and field.type not in ("integer", "decimal", "percent", "year", "date"):
        return raw.code
    if isinstance(value, int | float):
        return _typed_number(Decimal(f"{value:.15g}"), raw, field)
    if isinstance(value, datetime | date):
        return _typed_day(value.date() if isinstance(value, datetime) else value, field)
    return str(value)


def _typed_number(number: Decimal, raw: Raw, field: Field) -> str:
    if raw.percent and field.type == "percent":
        number *= 100
    text = format(number.normalize() + 0, "f")
    if field.type != "date" or number != number.to_integral_value():
        return text
    if number >= _EIGHT_DIGITS and len(text) == 8:
        return f"{text[:4]}/{text[4:6]}/{text[6:]}"
    return f"{text[:2]}/{text[2:4]}/{text[4:]}" if number >= _SIX_DIGITS and len(text) == 6 else text


def _typed_day(day: date, field: Field) -> str:
    if field.type == "date" and day.year >= _FIRST_GREGORIAN:
        return typed_date(jdatetime.date.fromgregorian(date=day), field)
    return day.isoformat()


def fault(raw: Raw, field: Field) -> str:
    """The code of what keeps a cell from being taken for an answer; «» when nothing does."""
    if raw.fault:
        return raw.fault
    if isinstance(raw.value, datetime | date):
        told = field.type == "date" and raw.value.year >= _FIRST_GREGORIAN
        return "" if told else "workbook-excel-date"
    return "workbook-excel-date" if isinstance(raw.value, time | timedelta) else ""


def value_in(raw: Raw, field: Field, reader: ValueReader, place: Place) -> Value:
    """The value of a cell; what is wrong with it is reported to the reader."""
    if code := fault(raw, field):
        reader.report(code, place, label=field.shown, value=str(raw.value))
        return None
    text = typed(raw, field)
    if field.type == "narrative":
        return _narrative(text, field, reader, place)
    if field.type == "select_multiple":
        return reader.read(Sequence(tuple(Scalar(piece, 0) for piece in _pieces(text, field)), 0), field, place)
    if field.is_list and ("\n" in text.strip() or (raw.listed and text.strip())):
        return reader.read(Sequence(tuple(Scalar(line, 0) for line in text.split("\n")), 0), field, place)
    if field.type == "select_one" and "\n" in text.strip():
        reader.report("one-choice", place, label=field.shown)
        return None
    return reader.from_text(text, field, place)


def _narrative(text: str, field: Field, reader: ValueReader, place: Place) -> Value:
    before = len(reader.problems)
    whole = reader.from_text(text, field, place)
    if whole is None or len(reader.problems) > before:
        return None
    # Line by line, so that the spaces before a mark stay.
    lines = (" " * (len(line) - len(line.lstrip(" "))) + normalise(line) for line in text.split("\n"))
    return read_prose("\n".join(lines))


def _pieces(text: str, field: Field) -> tuple[str, ...]:
    """The choices of a cell, one a line; a line that is none is taken for several with commas between them."""
    known = {fold(text) for choice in field.choices for text in (choice.name, choice.label)}
    pieces: list[str] = []
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        sign = next((sign for sign in SEPARATORS if sign in line), "")
        pieces += [line] if fold(line) in known or not sign else [piece.strip() for piece in line.split(sign)]
    return tuple(filter(None, pieces))

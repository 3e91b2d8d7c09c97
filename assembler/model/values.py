"""Values as people read them: on a screen, and on paper.

Files have ``answers.writer`` for it, cells of workbooks ``collect.workbook.cells``; running text knows no field and
has ``base.expressions.printable``.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

import jdatetime

from assembler.base.identifiers import CHECKS
from assembler.base.messages import Wording, wording
from assembler.base.periods import from_gregorian
from assembler.base.persian import (
    date_parts,
    format_date,
    format_number,
    format_percent,
    listed_texts,
    numbered,
    parse_date,
    parse_number,
    persian_digits,
    with_unit,
)
from assembler.model.answers import Attachment, Prose, Value
from assembler.model.specs import Field
from assembler.model.types import FIRST_YEAR, GREGORIAN_YEARS, LAST_YEAR, NUMBERS, WHOLES, YEAR

BOX, TICKED_BOX, TICK = "☐", "☑", "✓"
_DATE = "yyyy/mm/dd"
_TWO_PLACES = Decimal("0.01")
_ROOMY = Context(prec=2000)  # a calculated number may have more digits than the usual 28
_MARKS = {"numbered": "", "bulleted": "• ", "dashed": "- "}


def typed_text(text: str, field: Field) -> Value:
    """A text of a specification as the value of a field; None when it is none."""
    if text in field.marks:
        return text
    if field.type in NUMBERS:
        number = parse_number(text)
        if number is None or (field.type == YEAR and not is_year(number, field)):
            return None
        return int(number) if field.type in WHOLES else number
    return read_date(text, field) if field.type == "date" else text


def what_it_is(field: Field) -> Wording:
    """What a text that is checked is, in words."""
    if field.check:
        return wording(CHECKS[field.check].doc)
    return wording("{count} digits", count=field.digits)


def is_year(value: int | Decimal, field: Field) -> bool:
    """Whether a number is a year written with its four digits, in the calendar of its field or in the Jalali one."""
    gregorian = field.calendar == "gregorian" and value in GREGORIAN_YEARS
    return gregorian or (FIRST_YEAR <= value <= LAST_YEAR and value == int(value))


def typed_date(value: jdatetime.date, field: Field) -> str:
    """A date as it is typed, in the calendar of its field."""
    if field.calendar == "gregorian":
        return f"{value.togregorian():%Y/%m/%d}"
    return format_date(value, field.format or _DATE)


def read_date(text: str, field: Field) -> jdatetime.date | None:
    """A date that is typed in the calendar of its field, or in the Jalali one; None when it is none."""
    order = field.format or _DATE
    if field.calendar == "gregorian" and (parts := date_parts(text, order)):
        return from_gregorian(*parts) or parse_date(text, order)
    return parse_date(text, order)


def shown(value: Value, field: Field) -> str:
    """A value as it is read on a screen and typed: whole, in Persian digits; «» for a blank. A list is one a line."""
    if value is None or isinstance(value, bool):
        return TICK if value else ""
    if isinstance(value, int | Decimal):
        if _is_plain(value, field):
            return persian_digits(str(value))
        return format_percent(value) if field.type == "percent" else format_number(value)
    if isinstance(value, jdatetime.date):
        return typed_date(value, field)
    if isinstance(value, tuple):
        return listed_texts(map(field.label_of, value)) if field.choices else "\n".join(value)
    return _named(value, field)


def printed(value: Value, field: Field) -> str:
    """A value as it is printed: rounded, with its unit; what its field says for a blank. Lists have their marks."""
    if "boxes" in field.appearance:
        return boxes(value, field)
    if value is None:
        return field.blank
    if isinstance(value, bool):
        return TICK if value else ""
    if isinstance(value, int | Decimal):
        percent = field.type == "percent"
        text = persian_digits(str(value)) if _is_plain(value, field) else number(value, percent=percent)
        return with_unit(text, field.unit)
    if isinstance(value, jdatetime.date):
        return format_date(value, field.format or _DATE)
    if isinstance(value, tuple):
        return _marked(value, field) if field.type == "text" else listed_texts(map(field.label_of, value))
    return _named(value, field)


def _is_plain(value: int | Decimal, field: Field) -> bool:
    """Whether it is such as a year, in which no thousands are set apart."""
    return field.is_plain and isinstance(value, int)


def _named(value: str | Attachment | Prose, field: Field) -> str:
    """What is text already, or known by one; of a narrative its paragraphs."""
    if isinstance(value, Attachment):
        return value.shown
    if isinstance(value, Prose):
        return "\n".join(block if isinstance(block, str) else "" for block in value.blocks)
    return field.label_of(value)


def _marked(texts: tuple[str, ...], field: Field) -> str:
    """A list of texts, one a line with its mark; a single text typed without a list has none."""
    style = next((word for word in field.appearance if word in _MARKS), "dashed")
    if style == "numbered":
        return "\n".join(numbered(persian_digits(str(place)), line) for place, line in enumerate(texts, start=1))
    return "\n".join(_MARKS[style] + line for line in texts)


def number(value: int | Decimal, *, percent: bool = False) -> str:
    """A number with at most two decimals, rounded half up as offices do."""
    if isinstance(value, Decimal):
        value = value.quantize(_TWO_PLACES, ROUND_HALF_UP, _ROOMY)
    return format_percent(value) if percent else format_number(value)


def boxes(value: Value, field: Field) -> str:
    """All choices with their boxes, the chosen ones ticked."""
    chosen = value if isinstance(value, tuple) else (value,)
    made = {each: each for each in chosen}
    return "    ".join(
        f"{TICKED_BOX} {field.label_of(made[choice.name])}" if choice.name in made else f"{BOX} {choice.label}"
        for choice in field.choices
    )

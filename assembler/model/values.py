"""Values as people read them: on a screen, and on paper.

Files have ``answers.writer`` for it, cells of workbooks ``collect.workbook.cells``; running text knows no field and
has ``base.expressions.printable``.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

import jdatetime

from assembler.base.persian import format_date, format_number, format_percent, persian_digits
from assembler.model.answers import Attachment, Prose, Value
from assembler.model.specs import Field

BOX, TICKED_BOX, TICK = "☐", "☑", "✓"
_DATE = "yyyy/mm/dd"
_TWO_PLACES = Decimal("0.01")
_ROOMY = Context(prec=2000)  # a calculated number may have more digits than the usual 28
_MARKS = {"numbered": "{number}- ", "bulleted": "• ", "dashed": "- "}


def shown(value: Value, field: Field) -> str:
    """A value as it is read on a screen and typed: whole, in Persian digits; «» for a blank. A list is one a line."""
    if value is None or isinstance(value, bool):
        return TICK if value else ""
    if isinstance(value, int | Decimal):
        return format_percent(value) if field.type == "percent" else format_number(value)
    if isinstance(value, jdatetime.date):
        return format_date(value, field.format or _DATE)
    if isinstance(value, tuple):
        return "، ".join(map(field.label_of, value)) if field.choices else "\n".join(value)
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
        plain = "plain" in field.appearance and isinstance(value, int)  # a year: no thousands are set apart
        text = persian_digits(str(value)) if plain else number(value, percent=field.type == "percent")
        return f"{text} {field.unit}" if field.unit else text
    if isinstance(value, jdatetime.date):
        return format_date(value, field.format or _DATE)
    if isinstance(value, tuple):
        return _marked(value, field) if field.type == "text" else "، ".join(map(field.label_of, value))
    return _named(value, field)


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
    return "\n".join(
        _MARKS[style].format(number=persian_digits(str(place))) + line for place, line in enumerate(texts, start=1)
    )


def number(value: int | Decimal, *, percent: bool = False) -> str:
    """A number with at most two decimals, rounded half up as offices do."""
    if isinstance(value, Decimal):
        value = value.quantize(_TWO_PLACES, ROUND_HALF_UP, _ROOMY)
    return format_percent(value) if percent else format_number(value)


def boxes(value: Value, field: Field) -> str:
    """All choices with their boxes, the chosen ones ticked."""
    chosen = value if isinstance(value, tuple) else (value,)
    return "    ".join(f"{TICKED_BOX if choice.name in chosen else BOX} {choice.label}" for choice in field.choices)

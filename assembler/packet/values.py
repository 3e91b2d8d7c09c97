"""Single values as people read them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

import jdatetime

from assembler.base.persian import format_date, format_number, format_percent, persian_digits
from assembler.model.answers import Attachment, Prose, Value
from assembler.model.specs import Field

BOX, TICKED_BOX, TICK = "☐", "☑", "✓"
_TWO_PLACES = Decimal("0.01")
_ROOMY = Context(prec=2000)  # a calculated number may have more digits than the usual 28
_MARKS = {"numbered": "{number}- ", "bulleted": "• ", "dashed": "- "}


def shown(value: Value, field: Field) -> str:
    """The printed text of a value; a blank is empty. Lists keep one entry a line, each with its mark."""
    if "boxes" in field.appearance:
        return boxes(value, field)
    if value is None:
        return field.blank
    if isinstance(value, bool):
        return TICK if value else ""
    if isinstance(value, int | Decimal):
        plain = "plain" in field.appearance and isinstance(value, int)  # a year: no thousands are set apart
        printed = persian_digits(str(value)) if plain else number(value, percent=field.type == "percent")
        return f"{printed} {field.unit}" if field.unit else printed
    if isinstance(value, jdatetime.date):
        return format_date(value, field.format or "yyyy/mm/dd")
    if isinstance(value, tuple):
        return _marked(value, field) if field.type == "text" else "، ".join(choice_label(name, field) for name in value)
    if isinstance(value, Attachment):
        return value.shown
    if isinstance(value, Prose):
        return "\n".join(block if isinstance(block, str) else "" for block in value.blocks)
    return choice_label(value, field) if field.type == "select_one" else value


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


def choice_label(name: str, field: Field) -> str:
    """The label of a choice; a mark prints as it stands."""
    return next((choice.label for choice in field.choices if choice.name == name), name)


def boxes(value: Value, field: Field) -> str:
    """All choices with their boxes, the chosen ones ticked."""
    chosen = value if isinstance(value, tuple) else (value,)
    return "    ".join(f"{TICKED_BOX if choice.name in chosen else BOX} {choice.label}" for choice in field.choices)

"""Labels and answers as lines of text: in their direction, a label with that in another language below it."""

from __future__ import annotations

from assembler.base.scripts import has_persian
from assembler.model.fields import Direction, Field
from assembler.model.packet import Span, Text


def lines_of(text: str, direction: Direction = "") -> tuple[Text, ...]:
    """A line of a text each; none of an empty one."""
    return tuple((Span(line, direction=direction),) for line in text.split("\n")) if text else ()


def label_lines(field: Field, label: str = "") -> tuple[Text, ...]:
    """The lines of a label, or of ``label`` where that is printed, and below it the one in another language."""
    return (*lines_of(label or field.label, field.direction), *_translated(field))


def label_line(field: Field) -> Text:
    """The label on a line, followed by the one in another language."""
    other = _translated(field)
    label = (Span(field.label, direction=field.direction),)
    return (*label, Span(" ("), *other[0], Span(")")) if other else label


def _translated(field: Field) -> tuple[Text, ...]:
    return lines_of(field.translation, "rtl" if has_persian(field.translation) else "ltr")

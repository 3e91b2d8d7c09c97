"""Kinds of rule for boxes of which one may be marked: several items of a form, or several cells of each row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assembler.base.problems import Place, Problem
from assembler.checks.rules.subject import Subject
from assembler.model.answers import Value
from assembler.model.rules import AtMostOne, Boxes, ExactlyOne
from assembler.model.specs import Field

# Choices that say a box is left unmarked.
UNMARKED = ("no", "none")
_Box = tuple[Field, Value, Place]


def exactly_one(subject: Subject[ExactlyOne]) -> Iterator[Problem]:
    """None of several boxes marked, or more than one: «منتشر می‌شود» beside «محرمانه»."""
    for boxes in _boxes(subject):
        if not any(map(_marked, boxes)):
            yield subject.find("none-marked", boxes[0][2], labels=_labels(boxes))
        yield from _several(subject, boxes)


def at_most_one(subject: Subject[AtMostOne]) -> Iterator[Problem]:
    """More than one of several boxes marked."""
    for boxes in _boxes(subject):
        yield from _several(subject, boxes)


def _several(subject: Subject[Boxes], boxes: Sequence[_Box]) -> Iterator[Problem]:
    """Told at the second mark: the first may stand."""
    marked = [box for box in boxes if _marked(box)]
    if len(marked) > 1:
        place, labels = marked[1][2], {"labels": _labels(boxes), "marked": _labels(marked)}
        yield subject.find("several-marked", place, **labels)


def _boxes(subject: Subject[Boxes]) -> Iterator[list[_Box]]:
    """The boxes that belong together: the named items that apply, and those of every row in which anything stands."""
    items = [subject.form.items[name] for name in subject.words.items]
    applying = [(item.spec, item.value, item.place) for item in items if item.relevant]
    if applying:
        yield list(applying)
    columns = subject.words.columns
    for row in subject.rows if columns else ():
        if any(cell.value is not None for cell in row.cells.values()):
            yield [(subject.column(name), row.cells[name].value, subject.place(row, name)) for name in columns]


def _marked(box: _Box) -> bool:
    """Whether a box says anything but no; marks such as «-» count as blank."""
    field, value, _ = box
    if value is None or value is False or value == () or value in field.marks:
        return False
    return not (field.choices and value in UNMARKED)


def _labels(boxes: Sequence[_Box]) -> str:
    return "، ".join(f"«{field.shown}»" for field, _, _ in boxes)

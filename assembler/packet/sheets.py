"""Printed forms: a form as a sheet of boxes, as its layout says, or as label and value side by side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from assembler.model import FilledForm, FilledItem, GridBlock, GridCell, LayoutCell, Prose, Span, Text
from assembler.packet.grids import Notes
from assembler.packet.values import boxes, shown

_WIDE = 16.0  # cm, the text width of a portrait page


def sheet(form: FilledForm, anchor: str, caption: Text, *, caption_below: bool) -> GridBlock:
    """The form as one grid; without answers it is the blank form."""
    notes = Notes()
    layout = form.spec.layout
    rows = tuple(_layout_row(form, row, notes) for row in layout) if layout else tuple(_plain_rows(form, notes))
    width = max((sum(cell.columns for cell in row) for row in rows), default=2)
    even = tuple(_filled_up(row, width) for row in rows)
    widths = (_WIDE / width,) * width if layout else (5.0, 11.0)
    return GridBlock(anchor, caption, widths, (), even, tuple(notes.lines), caption_below=caption_below)


def _filled_up(row: tuple[GridCell, ...], width: int) -> tuple[GridCell, ...]:
    """The last cell of a short row takes the rest of the width."""
    missing = width - sum(cell.columns for cell in row)
    if not missing:
        return row
    if not row:
        return (GridCell(columns=width),)
    last = row[-1]
    return (*row[:-1], GridCell(last.lines, last.columns + missing, last.rows, last.align, last.kind, last.mark))


def _layout_row(form: FilledForm, row: tuple[LayoutCell, ...], notes: Notes) -> tuple[GridCell, ...]:
    return tuple(_layout_cell(form, cell, notes) for cell in row)


def _layout_cell(form: FilledForm, cell: LayoutCell, notes: Notes) -> GridCell:
    if not cell.item:
        return GridCell(_lines(cell.text, cell.lines), cell.span, kind="head", align="center")
    item = form.items[cell.item]
    label, value = item.spec.label, _value(item)
    text = {"label": label, "value": value, "both": _both(label, value)}[cell.show]
    kind: Literal["head", "body"] = "head" if cell.show == "label" else "body"
    return GridCell(
        _lines(text, cell.lines), cell.span, kind=kind, mark=notes.mark(item.spec) if cell.show != "value" else ""
    )


def _both(label: str, value: str) -> str:
    end = "" if label.endswith((":", "؟")) else ":"
    separator = "\n" if "\n" in value or len(label) + len(value) > 90 else " "
    return f"{label}{end}{separator}{value}".rstrip(" ") if label else value


def _plain_rows(form: FilledForm, notes: Notes) -> Iterator[tuple[GridCell, ...]]:
    for item in form.items.values():
        if item.relevant and not item.spec.is_table:
            label = GridCell(_lines(item.spec.label), kind="head", mark=notes.mark(item.spec))
            yield label, GridCell(_lines(_value(item)))


def _value(item: FilledItem) -> str:
    if "boxes" in item.spec.appearance:
        return boxes(item.value, item.spec)
    if isinstance(item.value, Prose):
        return "\n".join(block for block in item.value.blocks if isinstance(block, str))
    return shown(item.value, item.spec)


def _lines(text: str, least: int = 1) -> tuple[Text, ...]:
    lines: list[Text] = [(Span(line),) for line in text.split("\n")] if text else []
    lines += [()] * (least - len(lines)) if least > 1 else []
    return tuple(lines)

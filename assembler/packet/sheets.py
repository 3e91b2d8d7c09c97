"""Printed forms: a form as a sheet of boxes, as its layout says, or as label and value side by side."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Literal

from assembler.base.tongue import printed_words
from assembler.model.answers import Prose
from assembler.model.filled import FilledForm, FilledItem
from assembler.model.packet import GridBlock, GridCell, Span, Text, plain
from assembler.model.sheets import LayoutCell, Sheet, SheetRow
from assembler.model.specs import Item
from assembler.model.values import boxes, printed
from assembler.packet.boxed import Stretch, on_one_grid
from assembler.packet.grids import Notes, boxed_rows
from assembler.packet.labels import label_line, label_lines, lines_of
from assembler.packet.widths import lowest

_WIDE = 16.0  # cm, the text width of a portrait page
_BLANK_ROWS = 3  # of a table nobody has answered
# cm of a label and its answer, the usual ones first
_PAIRS = ((5.0, 11.0), (8.0, 8.0), (9.5, 6.5))
_QUESTIONS = ((7.0, 9.0), (10.0, 6.0))
_QUESTION_HEADS = ("پرسش", "پاسخ")
_DOES_NOT_APPLY = "—"
_ENDS = (":", "؟", "?")  # of labels that need no colon
_SHORT = 30  # letters of an answer that stands out beside its question
_LONG = 90  # letters of a label and its value that still stand side by side


def sheet(form: FilledForm, anchor: str, caption: Text, *, caption_below: bool) -> GridBlock:
    """The form as one grid; without answers it is the blank form."""
    notes = Notes()
    layout = form.spec.layout
    if layout:
        widths, even = on_one_grid(_stretches(form, layout, notes))
    else:
        even = tuple(_filled_up(row, 2) for row in _plain_rows(form, notes))
        widths = lowest(even, _PAIRS)
    return GridBlock(
        anchor,
        caption,
        widths,
        (),
        even,
        tuple(notes.lines),
        caption_below=caption_below,
        origins=_origins(form, standing_in(form)),
    )


def _stretches(form: FilledForm, layout: tuple[tuple[LayoutCell, ...], ...], notes: Notes) -> list[Stretch]:
    """The rows of a layout, all of one even grid, and between them those of the tables it names."""
    width = max(sum(cell.span for cell in row) for row in layout)
    found: list[Stretch] = []
    for row in layout:
        if row and row[0].table:
            item = form.items[row[0].item]
            found += [boxed_rows(item, notes, 0 if item.answered else _BLANK_ROWS)] if item.relevant else []
        else:
            found.append(Stretch((_WIDE / width,) * width, (_filled_up(_layout_row(form, row, notes), width),)))
    return found


def standing_in(form: FilledForm) -> tuple[str, ...]:
    """The items that a printed form shows: those of its layout, without one all that are no tables."""
    if form.spec.layout:
        return tuple(dict.fromkeys(cell.item for row in form.spec.layout for cell in row if cell.item))
    return tuple(name for name, item in form.items.items() if item.relevant and _is_a_row(item.spec))


def _is_a_row(item: Item) -> bool:
    """Whether a form without a layout prints it, in a row of its own."""
    return not item.is_table and "hidden" not in item.appearance


def _origins(form: FilledForm, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{form.spec.id}.{name}" for name in names)


def questions(form: FilledForm, names: tuple[str, ...], anchor: str) -> GridBlock:
    """Questions with their answers, in two columns; one that does not apply says so."""
    notes = Notes()
    head = tuple(GridCell(lines_of(printed_words(text)), kind="head", align="center") for text in _QUESTION_HEADS)
    body = tuple(_question(form.items[name], notes) for name in names)
    return GridBlock(
        anchor,
        (),
        lowest(body, _QUESTIONS),
        (head,),
        body,
        tuple(notes.lines),
        origins=_origins(form, names),
        counted=False,
        flexible=True,
    )


def _question(item: FilledItem, notes: Notes) -> tuple[GridCell, ...]:
    label = label_lines(item.spec)
    if item.relevant and item.spec.type == "note":
        return (GridCell(label, columns=2, mark=notes.mark(item.spec)),)
    return GridCell(label, mark=notes.mark(item.spec)), GridCell(_answer(item))


def _answer(item: FilledItem) -> tuple[Text, ...]:
    """The lines of an answer; a short one stands out."""
    lines = _value_lines(item)
    short = item.relevant and len(lines) == 1 and len(plain(lines[0])) <= _SHORT
    return ((replace(lines[0][0], strong=True),),) if short else lines


def label_and_answer(form: FilledForm, printed: Sheet, anchor: str, caption: Text) -> GridBlock:
    """A sheet of the guidance: its labels with the answers beside them."""
    notes = Notes()
    head = tuple(GridCell(lines_of(text), kind="head", align="center") for text in printed.heads)
    before = form.spec.sheets[: form.spec.sheets.index(printed)]
    again = {name for sheet in before for name in sheet.items}
    body = tuple(_sheet_row(form, row, notes, again) for row in printed.rows)
    under = (*notes.lines, *((Span(note),) for note in printed.notes))
    return GridBlock(
        anchor,
        caption,
        lowest(body, _PAIRS),
        (head,) if head else (),
        body,
        under,
        origins=_origins(form, printed.items),
        flexible=True,
    )


def _sheet_row(form: FilledForm, row: SheetRow, notes: Notes, again: Collection[str]) -> tuple[GridCell, ...]:
    """A row of a sheet; an item asked ``again`` goes by the words it has there."""
    if row.heading:
        return (GridCell(lines_of(row.heading), columns=2, kind="group"),)
    items = [form.items[name] for name in row.items]
    if len(items) == 1 and (not row.label or row.items[0] in again):
        told = lines_of(row.label) if row.label else label_lines(items[0].spec)
        return GridCell(told, kind="label", mark=notes.mark(items[0].spec)), GridCell(_value_lines(items[0]))
    lines = (line for item in items for line in _labelled(item, notes.raised(item.spec)))
    return GridCell(lines_of(row.label), kind="label"), GridCell(tuple(lines))


def _labelled(item: FilledItem, mark: Text) -> Iterator[Text]:
    """A label that stands out, the mark of its footnote, and its answer: beside it, or below it when it is long."""
    label = label_line(item.spec)
    label = label if item.spec.label.endswith(_ENDS) else (*label[:-1], *_ended(label[-1]))
    name = tuple(replace(span, strong=True) for span in label)
    if mark:
        last = name[-1]
        name = (*name[:-1], replace(last, text=last.text[:-1]), *mark, replace(last, text=last.text[-1:]))
    values = _value_lines(item)
    if len(values) > 1 or len(plain(name)) + sum(len(plain(line)) for line in values) > _LONG:
        yield name
        yield from values
    else:
        yield (*name, Span(" "), *values[0]) if values else name


def _value_lines(item: FilledItem) -> tuple[Text, ...]:
    """The lines of an answer, in its direction; a question that does not apply says so."""
    if not item.relevant:
        return lines_of(_DOES_NOT_APPLY)
    return lines_of(_value(item), item.spec.answer_direction)


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
        return GridCell(_high(lines_of(cell.text), cell.lines), cell.span, kind="head", align="center")
    item = form.items[cell.item]
    lines = _shown(item, cell.show)
    kind: Literal["label", "body"] = "label" if cell.show == "label" else "body"
    return GridCell(
        _high(lines, cell.lines), cell.span, kind=kind, mark=notes.mark(item.spec) if cell.show != "value" else ""
    )


def _shown(item: FilledItem, show: str) -> tuple[Text, ...]:
    """What a box shows of an item; a long answer stands below its label."""
    if show == "label":
        return label_lines(item.spec)
    values = lines_of(_value(item), item.spec.answer_direction)
    if show == "value" or not item.spec.label:
        return values
    label = label_line(item.spec)
    label = label if item.spec.label.endswith(_ENDS) else (*label[:-1], *_ended(label[-1]))
    if len(values) > 1 or len(plain(label)) + sum(len(plain(line)) for line in values) > _LONG:
        return (label, *values)
    return ((*label, Span(" "), *values[0]),) if values else (label,)


def _ended(span: Span) -> Text:
    """The end of a label with its colon, which is read with the page."""
    return (span, Span(":")) if span.direction else (replace(span, text=f"{span.text}:"),)


def _plain_rows(form: FilledForm, notes: Notes) -> Iterator[tuple[GridCell, ...]]:
    """A row a question; a heading stands there once one does that it stands over."""
    heading: list[tuple[GridCell, ...]] = []
    for item in form.items.values():
        if item.spec.is_heading:
            heading = [(GridCell(lines_of(item.spec.label), columns=2, kind="group"),)] if item.relevant else []
        elif item.relevant and _is_a_row(item.spec):
            yield from heading
            heading = []
            label = GridCell(label_lines(item.spec), kind="label", mark=notes.mark(item.spec))
            yield label, GridCell(_value_lines(item))


def _value(item: FilledItem) -> str:
    if "boxes" in item.spec.appearance:
        return boxes(item.value, item.spec)
    if isinstance(item.value, Prose):
        return "\n".join(block for block in item.value.blocks if isinstance(block, str))
    return printed(item.value, item.spec)


def _high(lines: tuple[Text, ...], least: int) -> tuple[Text, ...]:
    """The lines, with blank ones below them up to as many as a box must have."""
    return (*lines, *((),) * (least - len(lines) if least > 1 else 0))

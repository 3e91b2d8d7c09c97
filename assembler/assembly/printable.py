"""What of a case could not be printed: characters no font has, attachments that cannot become pages, tables too wide.

Fonts and attachments are what a check opens besides texts: what opens them is loaded only where there are any.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assembler.base.problems import Place, Problem, problem
from assembler.documents.columns import too_wide
from assembler.model.answers import Attachment, Prose, Value
from assembler.model.filled import FilledForm
from assembler.model.packet import FigureBlock, GridBlock, Packet, plain
from assembler.model.specs import Field

if TYPE_CHECKING:
    from assembler.pdf.fonts import FontSet

_TWIPS_PER_CM = 1440 / 2.54


def check_letters(forms: Mapping[str, FilledForm], fonts: FontSet) -> Iterator[Problem]:
    """Characters of the answers that would print as empty boxes."""
    if not fonts.files:
        return
    for value, field, place in _answers(forms, fonts):
        lacking = fonts.lacking(repr(value)) if isinstance(value, str | tuple | Prose) else ""
        if lacking:
            named = "، ".join(f"{letter} (U+{ord(letter):04X})" for letter in lacking[:5])
            yield problem("no-glyph", place, label=field.shown, characters=named)


def _answers(forms: Mapping[str, FilledForm], fonts: FontSet) -> Iterator[tuple[Value, Field, Place]]:
    """The answers of the forms with their fields and places; of tables the columns in which letters lack."""
    for form in forms.values():
        for item in form.items.values():
            yield item.value, item.spec, item.place
            columns = [each for each in item.spec.columns if fonts.lacking(repr(item.wording[each.name].texts))]
            for row in item.rows if columns else ():
                for column in columns:
                    cell = row.cells[column.name]
                    yield cell.value, column, cell.place.within(column=column.name)


def check_widths(packet: Packet, forms: Mapping[str, FilledForm]) -> Iterator[Problem]:
    """Tables whose words or numbers would be broken, as their columns together need more than the page is wide."""
    for part in packet.parts:
        for block in part.blocks:
            if isinstance(block, GridBlock) and (found := too_wide(block)):
                name, place = _called(block, forms)
                needed, width = (f"{twips / _TWIPS_PER_CM:.0f}" for twips in found)
                yield problem("table-too-wide", place, name=name, needed=needed, width=width)


def _called(block: GridBlock, forms: Mapping[str, FilledForm]) -> tuple[str, Place]:
    """What people call a table, and where it is answered."""
    for form, _, name in (origin.rpartition(".") for origin in block.origins):
        if form in forms and name in forms[form].items:
            item = forms[form].items[name]
            return item.spec.shown, item.place.within(form=form, item=name)
    caption = plain(block.caption)
    return caption, Place(item=caption)


def check_attachments(packet: Packet, forms: Mapping[str, FilledForm]) -> Sequence[Problem]:
    """Opens every attachment that becomes pages or a picture; problems name the answer that names the file."""
    shown = {file.path for part in packet.parts for file in part.files}
    shown |= {
        block.image for part in packet.parts for block in part.blocks if isinstance(block, FigureBlock) and block.image
    }
    found: list[Problem] = []
    if shown:
        from assembler.pdf.attachments import inspect

        for attachment, place in attachments_of(forms):
            if attachment.path in shown:
                found.extend(replace(each, place=place) for each in inspect([attachment]))
    return found


def attachments_of(forms: Mapping[str, FilledForm]) -> Iterator[tuple[Attachment, Place]]:
    for form in forms.values():
        for item in form.items.values():
            if isinstance(item.value, Attachment):
                yield item.value, item.place
            for row in item.rows if any(column.type in ("file", "image") for column in item.spec.columns) else ():
                cells = ((name, row.cells[name]) for name in row.cells)
                yield from (
                    (cell.value, cell.place.within(column=name))
                    for name, cell in cells
                    if isinstance(cell.value, Attachment)
                )

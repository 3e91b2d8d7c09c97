"""A form's items and a part's fields as values a Word template may print."""

from __future__ import annotations

from collections.abc import Mapping

from assembler.model.filled import FilledItem
from assembler.model.packet import TemplateValue
from assembler.model.reports import PartSpec
from assembler.model.specs import FormSpec
from assembler.model.templates import BODY, OFFERED, SIGNATURE
from assembler.model.values import printed


def offered_names(part: PartSpec, forms: Mapping[str, FormSpec]) -> frozenset[str]:
    """All names the template of a part may use, the engine's own two placeholders included."""
    items = [item.name for item in forms[part.form].items] if part.form else []
    return frozenset((*OFFERED[part.kind], *part.fields, *items, BODY, SIGNATURE))


def lines_or_text(name: str, kind: str, text: str) -> TemplateValue:
    """A field that is a list by nature takes its text line by line."""
    return lines(text) if isinstance(OFFERED[kind].get(name), tuple) else text


def lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.split("\n") if line)


def item_field(item: FilledItem) -> TemplateValue:
    """An item for a template: a table is a list of lines, its cells side by side; a multiline text is a list."""
    if item.spec.is_table:
        rows = ([printed(row.cells[column.name].value, column) for column in item.spec.columns] for row in item.rows)
        return tuple(" ".join(filter(None, cells)) for cells in rows)
    text = printed(item.value, item.spec)
    return lines(text) if "multiline" in item.spec.appearance else text

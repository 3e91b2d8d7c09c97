"""What a Word template may print: the names every part of a kind offers, and a form's items as template values."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from assembler.model.filled import FilledItem
from assembler.model.packet import TemplateValue
from assembler.model.reports import PartSpec, ReportSpec
from assembler.model.specs import FormSpec
from assembler.model.values import printed

_BLANK: TemplateValue = ""
_NO_LINES: TemplateValue = ()
# Offered to every template of a kind, blank unless the report or the letter's form fills them.
_ALWAYS = {"report_title": _BLANK, "agency": _BLANK, "title": _BLANK}
OFFERED: Mapping[str, Mapping[str, TemplateValue]] = MappingProxyType(
    {
        "cover": _ALWAYS | {"hierarchy": _NO_LINES, "subtitle": _BLANK, "unit": _BLANK, "date": _BLANK},
        "letter": _ALWAYS
        | {"hierarchy": _NO_LINES, "copies": _NO_LINES}
        | dict.fromkeys(
            ("number", "date", "attachment", "besmele", "motto", "follows", "addressee", "addressee_post", "subject",
             "salutation", "closing", "signer_name", "signer_post", "address", "document_id"), _BLANK,
        ),
        "body": _ALWAYS,
        "problems": _ALWAYS,
        "evidence": _ALWAYS,
    }
)  # fmt: skip


def offered_names(part: PartSpec, report: ReportSpec, forms: Mapping[str, FormSpec]) -> frozenset[str]:
    """All names the template of a part may use, the engine's own two placeholders included."""
    items = [item.name for item in forms[part.form].items] if part.form else []
    return frozenset((*OFFERED[part.kind], *part.fields, *items, "body", "signature"))


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

"""What a form takes over from others: their items, and what is said of them as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assembler.model.specs import FormSpec, Item


def _lent(base: FormSpec) -> Iterable[Item]:
    """The items of a form that others take over: what is said of the whole form is said of each of them."""
    return (replace(item, own=item.own or base.own, inferred=item.inferred or base.inferred) for item in base.items)


def extend(form: FormSpec, first: FormSpec | None, last: FormSpec | None) -> FormSpec:
    """The items of one form before a form's own, those of another after; an own item replaces one of the same name."""
    own = {item.name: item for item in form.items}
    before, after = ([own.pop(item.name, item) for item in _lent(base)] if base else [] for base in (first, last))
    bases = [base for base in (first, last) if base]
    return replace(
        form,
        items=(*before, *own.values(), *after),
        scoring=form.scoring or next((base.scoring for base in bases if base.scoring), None),
        documents=form.documents or next((base.documents for base in bases if base.documents), ()),
        layout=form.layout or next((base.layout for base in bases if base.layout), ()),
        rules=(*(rule for base in bases for rule in base.rules), *form.rules),
        legal=form.legal or next((base.legal for base in bases if base.legal), ()),
        legal_doubt=form.legal_doubt or next((base.legal_doubt for base in bases if base.legal_doubt), ""),
        sheets=(*form.sheets, *(sheet for base in bases for sheet in base.sheets)),
        summary=form.summary or next((base.summary for base in bases if base.summary), None),
    )

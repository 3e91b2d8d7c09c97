"""What people call the places of problems: forms by their titles, items and columns by their labels, rows by a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from assembler.base.persian import latin_digits
from assembler.base.problems import Place, PlaceNames, Problem
from assembler.model.filled import FilledForm, FilledRow
from assembler.model.specs import FormSpec, Item
from assembler.model.values import printed

_NAME_ROOM = 60  # letters by which a row is named


def named(problems: Iterable[Problem], forms: Mapping[str, FormSpec] | Mapping[str, FilledForm]) -> Iterator[Problem]:
    """The problems with what people call their places; rows have names where the forms are filled in."""
    for found in problems:
        form = forms.get(found.place.form or "")
        yield replace(found, names=names_of(found.place, form)) if form else found


def names_of(place: Place, form: FormSpec | FilledForm) -> PlaceNames:
    """What people call the parts of a place on a form; its row has a name where the form is filled in."""
    spec = form if isinstance(form, FormSpec) else form.spec
    item = next((each for each in spec.items if each.name == place.item), None)
    if item is None:
        return PlaceNames(spec.shown)
    column = next((each for each in item.columns if each.name == place.column), None)
    row = form.items[item.name].row_at(place.row) if isinstance(form, FilledForm) else None
    heads = ": ".join(filter(None, column.heads)) if column else ""
    return PlaceNames(spec.shown, item.shown.rstrip(": "), row_name(row, item) if row else "", heads)


def forms_called(forms: Iterable[str], name: str) -> tuple[str, ...]:
    """The forms a name may mean, digits of any script alike: the one it names whole, else those that end so."""
    name, forms = latin_digits(name), tuple(forms)
    return (name,) if name in forms else tuple(each for each in forms if each.rpartition("/")[2] == name)


def row_name(row: FilledRow, item: Item) -> str:
    """The first text by which a reader knows the row, cut to a line; «» of a row without any."""
    texts = (printed(row.cells[column.name].value, column) for column in item.columns if column.type == "text")
    return short_name(next(filter(tells_row, texts), ""))


def tells_row(text: str) -> bool:
    """Whether a text tells which row is meant: a number or a dash does not."""
    return any(letter.isalpha() for letter in text)


def short_name(text: str) -> str:
    """A text as a name: one line; a long one is cut at a word."""
    text = " ".join(text.split())
    if len(text) <= _NAME_ROOM:
        return text
    start = text[:_NAME_ROOM]
    return start.rpartition(" ")[0] + " …" if " " in start else start + "…"

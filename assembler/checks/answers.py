"""The first ring: is every answer there that must be, and does it meet its own conditions?"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from assembler.base.expressions import compared, parse, references
from assembler.base.problems import Place, Problem, problem
from assembler.model.answers import Value
from assembler.model.filled import FilledForm, FilledItem, FilledRow
from assembler.model.specs import Field


def check_answers(
    forms: Mapping[str, FilledForm], used: Iterable[str], unread: Container[Place] = ()
) -> Iterator[Problem]:
    """Problems of the forms a report uses; of a form nobody answered, only that it is missing.

    ``unread`` are places whose answer could not be read: they are not empty, and reported already.
    """
    yield from (
        found for found in _check_forms(forms, tuple(used)) if found.code != "required" or found.place not in unread
    )


def _check_forms(forms: Mapping[str, FilledForm], used: tuple[str, ...]) -> Iterator[Problem]:
    for name in used:
        form = forms[name]
        if not form.answered and _needs_answers(form):
            yield problem("form-unanswered", Place(form=name), name=name, title=form.spec.title)
        elif form.answered:
            for item in form.items.values():
                yield from _check_item(item, form)
            yield from _contradicted(form)
            yield from _check_belonging(form)
    for name, form in forms.items():
        if form.answered and name not in used:
            yield problem("unused-form", form.place, name=name)


def _needs_answers(form: FilledForm) -> bool:
    """A form without anything required may be sent blank, as forms for departments are."""
    return any(item.required or item.spec.min_rows for item in form.items.values())


def _check_item(item: FilledItem, form: FilledForm) -> Iterator[Problem]:
    if not item.relevant:
        if item.answered:
            yield _unasked(item.spec, item.place, _Around(form))
        return
    if item.spec.is_table:
        yield from _check_table(item, form)
    elif item.value is None and item.required:
        yield problem("required", item.place, label=item.spec.shown)
    elif item.violates:
        yield _violation(item.spec, item.place)


@dataclass(frozen=True)
class _Around:
    """What conditions of a form name, or those of a row of one of its tables: its columns come first."""

    form: FilledForm
    item: FilledItem | None = None
    row: FilledRow | None = None

    def chosen(self, name: str) -> tuple[Field, str] | None:
        """The question of one choice with this name, and what was chosen there."""
        column = self.item.spec.by_name.get(name) if self.item else None
        item = self.form.items.get(name)
        field: Field | None = column or (item.spec if item and item.relevant else None)
        value = self.row.cells[name].value if column and self.row else item.value if item else None
        return (field, value) if field and field.type == "select_one" and isinstance(value, str) else None


def _unasked(field: Field, place: Place, around: _Around) -> Problem:
    """What is answered though it does not apply; it contradicts the one choice it would rest on."""
    found = _rests_on(field, around)
    if found is None:
        return problem("not-relevant", place, label=field.shown)
    of, given = found
    return problem("answer-contradicts", place, label=field.shown, of=of.shown, given=of.label_of(given))


def _contradicted(form: FilledForm) -> Iterator[Problem]:
    """The choices that answers of the form contradict, each once: one of the two is wrong, and it may be the choice."""
    of: dict[str, list[FilledItem]] = {}
    for item in form.items.values():
        if not item.relevant and item.answered and (found := _rests_on(item.spec, _Around(form))):
            of.setdefault(found[0].name, []).append(item)
    for name, items in of.items():
        choice = form.items[name]
        labels = "، ".join(f"«{item.spec.shown}»" for item in items)
        told = {"label": choice.spec.shown, "given": choice.spec.label_of(str(choice.value)), "labels": labels}
        yield problem("answer-contradicted", choice.place, **told)


def _rests_on(field: Field, around: _Around) -> tuple[Field, str] | None:
    """The one choice of the form or the row a question applies by, where it was made, and what was chosen."""
    pairs = compared(parse(field.relevant.source)) if field.relevant else ()
    named = {reference.name for reference in references(parse(field.relevant.source))} if field.relevant else set()
    return around.chosen(pairs[0][0].name) if len(pairs) == len(named) == 1 and not pairs[0][0].form else None


def _check_belonging(form: FilledForm) -> Iterator[Problem]:
    """Choices that belong to a choice of another question: to the one that was made there."""
    values = {name: item.value for name, item in form.items.items() if not item.spec.is_table}
    for item in form.items.values():
        if item.spec.within:
            yield from _outside(item.spec, item.value, values, form, item.place)
        for column in (each for each in item.spec.columns if each.within):
            for row in item.rows:
                cells = {**values, **{name: cell.value for name, cell in row.cells.items()}}
                place = row.cells[column.name].place.within(column=column.name)
                yield from _outside(column, cells[column.name], cells, form, place, item)


def _outside(
    field: Field,
    value: Value,
    around: Mapping[str, Value],
    form: FilledForm,
    place: Place,
    table: FilledItem | None = None,
) -> Iterator[Problem]:
    of = around.get(field.within)
    fitting = {choice.name for choice in field.narrowed(of).choices}
    for chosen in value if isinstance(value, tuple) else (value,):
        if isinstance(chosen, str) and of is not None and chosen not in (*fitting, *field.marks):
            parent = table.spec.by_name.get(field.within) if table else None
            parent_field: Field = parent or form.spec.item(field.within)
            told = {"value": field.label_of(chosen), "of": parent_field.label_of(str(of)), "label": field.shown}
            yield problem("choice-outside", place, **told)


def _check_table(item: FilledItem, form: FilledForm) -> Iterator[Problem]:
    rows = [row for row in item.rows if not row.group]
    least = max(item.spec.min_rows or 0, 1 if item.required else 0)
    if not item.spec.rows and len(rows) < least:
        yield problem("too-few-rows", item.place, label=item.spec.shown, limit=least)
    if item.spec.max_rows is not None and len(rows) > item.spec.max_rows:
        yield problem("too-many-rows", item.place, label=item.spec.shown, limit=item.spec.max_rows)
    if item.prefilled:
        yield from _check_prefilled(item)
    else:
        yield from (found for row in item.rows for found in _check_row(item, row, form))


def _check_prefilled(item: FilledItem) -> Iterator[Problem]:
    """One finding for all rows that stand in no file: what must be filled in, and that they must be written out."""
    lacking = [
        column.shown
        for column in item.spec.columns
        if any(row.cells[column.name].required and row.cells[column.name].value is None for row in item.rows)
    ]
    if lacking:
        columns = "، ".join(f"«{label}»" for label in lacking)
        yield problem("prefilled-incomplete", item.place, label=item.spec.shown, name=item.spec.name, columns=columns)


def _check_row(item: FilledItem, row: FilledRow, form: FilledForm) -> Iterator[Problem]:
    for column in item.spec.columns:
        cell = row.cells[column.name]
        if cell.value is None and cell.required:
            yield problem("required", cell.place.within(column=column.name), label=column.shown)
        elif cell.unasked:
            yield _unasked(column, cell.place.within(column=column.name), _Around(form, item, row))
        elif cell.violates:
            yield _violation(column, cell.place.within(column=column.name))


def _violation(field: Field, place: Place) -> Problem:
    assert field.constraint is not None
    constraint = field.constraint
    return problem("constraint", place, constraint.severity, message=constraint.message, label=field.shown)

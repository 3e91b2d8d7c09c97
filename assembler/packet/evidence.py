"""Numbers the evidence: every file that bears a number is cited by it all over the report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from assembler.base.persian import persian_digits
from assembler.model.answers import Attachment, Value
from assembler.model.filled import FilledCell, FilledForm, FilledItem, FilledRow, FilledScore, Process, RowStep
from assembler.model.reports import PartSpec, ReportSpec
from assembler.model.scores import IndicatorScore, ScoreCard
from assembler.model.specs import Item
from assembler.model.values import printed

Evidence = Mapping[str, tuple[Attachment, ...]]


def cited(report: ReportSpec, forms: Mapping[str, FilledForm]) -> tuple[Mapping[str, FilledForm], Evidence]:
    """The forms with their files labelled as the report cites them, and the files of each evidence part, each once."""
    labelled: dict[Path, Attachment] = {}
    evidence: dict[str, tuple[Attachment, ...]] = {}
    for part in report.parts:
        if part.kind != "evidence":
            continue
        files: dict[Path, Attachment] = {}
        for file in _files(part, report, forms):
            files.setdefault(file.path, file)
        own = {path: _labelled(file, part, number) for number, (path, file) in enumerate(files.items(), start=1)}
        evidence[part.name] = tuple(own.values())
        if part.cited_as:
            labelled |= own
    if not labelled:
        return forms, evidence
    return {name: _with_labels(form, labelled) for name, form in forms.items()}, evidence


def card_of(card: ScoreCard, forms: Mapping[str, FilledForm]) -> ScoreCard:
    """The score card with the evidence of its rows as these forms cite it."""

    def indicator(found: IndicatorScore) -> IndicatorScore:
        form = forms[found.form.spec.id]
        rows = (replace(row, filled=score) for row, score in zip(found.rows, form.scores, strict=True))
        return replace(found, form=form, rows=tuple(rows))

    axes = (replace(axis, indicators=tuple(indicator(each) for each in axis.indicators)) for axis in card.axes)
    return replace(card, axes=tuple(axes))


def _labelled(file: Attachment, part: PartSpec, number: int) -> Attachment:
    return replace(file, label=f"{part.cited_as} {persian_digits(str(number))}") if part.cited_as else file


def _files(part: PartSpec, report: ReportSpec, forms: Mapping[str, FilledForm]) -> Iterator[Attachment]:
    """The files a part names, or every file of the report's forms in order, each with what it is said to be."""
    for target in part.files:
        form, _, name = target.rpartition(".")
        value = forms[form].items[name].value
        if isinstance(value, Attachment):
            yield value
    if not part.files:
        for form_id in report.used_forms:
            yield from files_of(forms[form_id])


def files_of(form: FilledForm) -> Iterator[Attachment]:
    """The files of a form that applies, each with what it is: the title of its row, its question, its form."""
    for item in form.items.values():
        if item.relevant and item.spec.type == "file" and isinstance(item.value, Attachment):
            yield replace(item.value, about=(item.spec.label, form.spec.title), form=form.spec.id)
        for row in item.rows if item.relevant else ():
            yield from _files_of_row(form, item, row)


def _files_of_row(form: FilledForm, item: FilledItem, row: FilledRow) -> Iterator[Attachment]:
    named = next(
        (
            printed(row.cells[column.name].value, column)
            for column in item.spec.columns
            if column.type == "text" and row.cells[column.name].value is not None
        ),
        item.spec.label,
    )
    for column in item.spec.columns:
        value = row.cells[column.name].value
        if column.type == "file" and isinstance(value, Attachment):
            kind = "" if item.spec.entry else item.spec.label  # a list of evidence is of no kind of its own
            about = tuple(filter(None, dict.fromkeys((named, kind, form.spec.title))))
            yield replace(value, about=about, form=form.spec.id)


def _with_labels(form: FilledForm, labelled: Mapping[Path, Attachment]) -> FilledForm:
    items = {name: _item(item, labelled) for name, item in form.items.items()}
    return replace(form, items=items, scores=tuple(_score(score, labelled) for score in form.scores))


def _score(score: FilledScore, labelled: Mapping[Path, Attachment]) -> FilledScore:
    file = score.evidence
    return replace(score, evidence=labelled.get(file.path, file)) if file else score


def _item(item: FilledItem, labelled: Mapping[Path, Attachment]) -> FilledItem:
    if item.rows and any(column.type == "file" for column in item.spec.columns):
        rows = tuple(_row(row, labelled) for row in item.rows)
        processes = tuple(_process(process, item.spec, labelled) for process in item.processes)
        return replace(item, rows=rows, processes=processes)
    return replace(item, value=_value(item.value, labelled)) if isinstance(item.value, Attachment) else item


def _process(process: Process, spec: Item, labelled: Mapping[Path, Attachment]) -> Process:
    """A process whose steps name their documents as the report cites them."""
    column = spec.workflow.document if spec.workflow else ""

    def step(each: RowStep) -> RowStep:
        file = each.row.cells[column].value if column else None
        if not isinstance(file, Attachment):
            return each
        found = labelled.get(file.path, file)
        return replace(each, step=replace(each.step, document=found.shown))

    return replace(process, steps=tuple(step(each) for each in process.steps))


def _row(row: FilledRow, labelled: Mapping[Path, Attachment]) -> FilledRow:
    return replace(row, cells={name: _cell(cell, labelled) for name, cell in row.cells.items()})


def _cell(cell: FilledCell, labelled: Mapping[Path, Attachment]) -> FilledCell:
    return FilledCell(_value(cell.value, labelled), cell.place, cell.computed, cell.required, cell.violates)


def _value(value: Value, labelled: Mapping[Path, Attachment]) -> Value:
    return labelled.get(value.path, value) if isinstance(value, Attachment) else value

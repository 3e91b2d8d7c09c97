"""Last period's answers for this period's case: what exists in both, re-read by the new form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from assembler.answers import FormReader, item_to_yaml
from assembler.base.problems import NOWHERE
from assembler.base.yamlfile import MappingNode, parse
from assembler.model.answers import Answer, AnsweredForm, AnsweredRow, Attachment, Carried, Case
from assembler.model.carried import fingerprint
from assembler.model.folders import CaseFolder
from assembler.model.reports import Library, ReportSpec
from assembler.model.specs import Column, FormSpec, Item
from assembler.model.years import year_of


@dataclass(frozen=True)
class CarriedCase:
    """What a new case takes over; ``left`` names the answers it does not take, as ``form.item``, or the whole form.

    ``yearly`` are fields that are taken in a case of the same ``year`` alone; ``before`` is the case of the period
    before.
    """

    fields: AnsweredForm
    forms: Mapping[str, AnsweredForm]
    left: tuple[str, ...] = ()
    yearly: Mapping[str, Answer] = field(default_factory=dict)
    year: int | None = None
    before: Path | None = None

    def with_fields(self, values: Mapping[str, Answer], year: int | None) -> CarriedCase:
        """With the fields as they are known now; in the same year those that belong to it are taken too."""
        same = self.yearly if year is not None and year == self.year else {}
        added = {name: answer for name, answer in same.items() if name not in values}
        told = self.fields.carried
        if added:
            listed = {**(told.fingerprints if told else {}), **dict.fromkeys(added, Answer(None))}
            told = Carried(told.origin if told else "", listed)
        left = tuple(name for name in self.left if name.removeprefix("case.") not in added)
        return replace(self, fields=replace(self.fields, values={**values, **added}, carried=told), left=left)

    @property
    def count(self) -> int:
        """How many answers wait to be confirmed."""
        forms = (self.fields, *self.forms.values())
        return sum(len(form.carried.fingerprints) for form in forms if form.carried)

    def attachments(self) -> Mapping[str, Attachment]:
        """The files the answers name, by their path inside ``attachments/``."""
        values = (answer.value for form in (self.fields, *self.forms.values()) for answer in _answers(form))
        return {value.name: value for value in values if isinstance(value, Attachment)}


def carries(asked: Item | Column) -> bool:
    """Whether an answer may be taken over. The date of a letter or a report is never that of the last one; dates in
    the rows of a table belong to what the row tells and stay.
    """
    if asked.carry is not None:
        return asked.carry
    return isinstance(asked, Column) or asked.type != "date"


def carry_over(case: Case, report: ReportSpec, library: Library, given: Iterable[str] = ()) -> CarriedCase:
    """The answers of ``case`` that the forms of ``report`` can take; ``given`` are case fields answered anew. What
    belongs to a year is not taken.
    """
    reader = FormReader(CaseFolder(case.folder).attachments)
    yearly = (report.years.year_field, *report.years.kit) if report.years else ()
    taken = [name for name in report.case.items if name.name not in {*given, *yearly}]
    fields = _carry(case.fields, replace(report.case, items=tuple(taken)), case, reader)
    forms: dict[str, AnsweredForm] = {}
    sources: dict[str, str] = {}
    for name in report.used_forms:
        source = _source(library.forms[name], case)
        if source is not None:
            sources[source.form] = name
            forms[name] = _carry(source, library.forms[name], case, reader)
    left = [f"case.{item}" for item in _given(case.fields) if item not in (*_given(fields), *given)]
    for old in case.forms.values():
        found = forms.get(sources.get(old.form, ""))
        taken_over = _given(found) if found else []
        behind = [f"{old.form}.{item}" for item in _given(old) if item not in taken_over]
        left.extend(behind if taken_over else [old.form] if behind else [])
    carried = CarriedCase(fields, {name: form for name, form in forms.items() if form.carried}, tuple(left))
    return _following(_yearly(carried, case, report, reader), case, report)


def _yearly(carried: CarriedCase, case: Case, report: ReportSpec, reader: FormReader) -> CarriedCase:
    """With the fields that belong to a year, for a case of the same one."""
    if report.years is None:
        return carried
    belonging = tuple(item for item in report.case.items if item.name in report.years.kit)
    yearly = _carry(case.fields, replace(report.case, items=belonging), case, reader).values
    return replace(carried, yearly=yearly, year=year_of(report.years, case.fields))


def _following(found: CarriedCase, case: Case, report: ReportSpec) -> CarriedCase:
    """What follows a case of the same report names it as the one of the period before."""
    return replace(found, before=case.folder) if report.periods and case.report == report.id else found


def _source(spec: FormSpec, case: Case) -> AnsweredForm | None:
    """The answers of the form itself, or of the one that has its name and its items in another folder."""
    if spec.id in case.forms:
        return case.forms[spec.id]
    names = {item.name for item in spec.items}
    last = spec.id.rpartition("/")[2]
    alike = [
        form for name, form in case.forms.items() if name.rpartition("/")[2] == last and set(_given(form)) <= names
    ]
    return alike[0] if len(alike) == 1 else None


def _given(form: AnsweredForm) -> list[str]:
    return [name for name in (*form.values, *form.tables) if fingerprint(form, name)]


def _carry(old: AnsweredForm, spec: FormSpec, case: Case, reader: FormReader) -> AnsweredForm:
    """The answers of a form that the new one reads without a problem, listed as carried."""
    values: dict[str, Answer] = {}
    tables: dict[str, tuple[AnsweredRow, ...]] = {}
    for item in spec.items:
        if not (item.is_asked and carries(item)):
            continue
        found = _reread(old, item, spec, reader)
        if found is not None and fingerprint(found, item.name):
            values |= found.values
            tables |= found.tables
    form = AnsweredForm(spec.id, values, tables)
    listed = {item.name: Answer(None) for item in spec.items if item.name in values or item.name in tables}
    return replace(form, carried=Carried(case.name, listed)) if listed else form


def _reread(old: AnsweredForm, item: Item, spec: FormSpec, reader: FormReader) -> AnsweredForm | None:
    """One answer as the new item reads it; None when it cannot: another type, or a choice that is no more."""
    if item.is_table != (item.name in old.tables):
        return None
    if item.is_table:
        rows = tuple(row for row in (_kept(row, item) for row in old.tables[item.name]) if row is not None)
        old = replace(old, tables={item.name: rows})
    node, broken = parse(item_to_yaml(old, item), NOWHERE)
    before = len(reader.values.problems)
    if broken or not isinstance(node, MappingNode):
        return None
    form = reader.form(node, replace(spec, items=(item,)), NOWHERE, besides=())
    return form if len(reader.values.problems) == before else None


def _kept(row: AnsweredRow, item: Item) -> AnsweredRow | None:
    """A row with the columns the new table asks; None when nothing of what it held is left."""
    if bool(item.rows) != bool(row.name) or (item.rows and row.name not in {each.name for each in item.rows}):
        return None
    if row.group and item.group_rows is None:
        return None
    bands = item.group_rows.columns if row.group and item.group_rows else ()
    names = {
        column.name
        for column in item.columns
        if carries(column) and (column.name in bands if row.group else item.asks(column, row.name))
    }
    held = {name: answer for name, answer in row.cells.items() if answer.value is not None}
    cells = {name: answer for name, answer in held.items() if name in names}
    return replace(row, cells=cells) if cells or not held else None


def _answers(form: AnsweredForm) -> Iterable[Answer]:
    yield from form.values.values()
    for rows in form.tables.values():
        for row in rows:
            yield from row.cells.values()

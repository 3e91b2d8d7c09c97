"""Last period's answers for this period's case: what exists in both, re-read by the new form."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, TypeAlias

from assembler.answers import FormReader, item_to_yaml
from assembler.base.problems import NOWHERE
from assembler.base.yamlfile import MappingNode, parse
from assembler.collect.editions.matching import Editions, FormPair, ItemPair, matched
from assembler.collect.files.renaming import left_of, renamed
from assembler.model.answers import Answer, AnsweredForm, AnsweredRow, Attachment, Carried, Case
from assembler.model.carried import fingerprint
from assembler.model.folders import CaseFolder
from assembler.model.reports import Library, ReportSpec
from assembler.model.specs import Column, FormSpec, Item, Source
from assembler.model.years import year_of

# Why an answer found no place: its question is gone, reads it no more, or lost the columns or rows it stood in; or it
# stands in a file of others, and nobody knows for which question.
Why: TypeAlias = Literal["gone", "unread", "parts", "file"]


@dataclass(frozen=True)
class Offer:
    """An answer that was taken for a question with another name whose label is alike; ``place`` is form.item now."""

    place: str
    form: str
    old: str
    new: str


@dataclass(frozen=True)
class Lost:
    """An answer that found no place; ``place`` is what it was, ``text`` as it stood in its file."""

    place: str
    form: str
    label: str
    why: Why
    text: str


@dataclass(frozen=True)
class CarriedCase:
    """What a new case takes over; ``left`` names the answers it does not take, as ``form.item``, or the whole form.

    ``yearly`` are fields that are taken in a case of the same ``year`` alone; ``before`` is the case of the period
    before. ``offered`` are those that were taken because their labels are alike, ``lost`` those of which there is no
    question any more, or none that reads them; ``origin`` is the case they all come from, ``persons`` its register.
    """

    fields: AnsweredForm
    forms: Mapping[str, AnsweredForm]
    left: tuple[str, ...] = ()
    yearly: Mapping[str, Answer] = field(default_factory=dict)
    year: int | None = None
    before: Path | None = None
    offered: tuple[Offer, ...] = ()
    lost: tuple[Lost, ...] = ()
    origin: str = ""
    persons: Path | None = None

    def with_fields(self, values: Mapping[str, Answer], year: int | None) -> CarriedCase:
        """With the fields as they are known now; in the same year those that belong to it are taken too."""
        same = self.yearly if year is not None and year == self.year else {}
        added = {name: answer for name, answer in same.items() if name not in values}
        told = self.fields.carried
        if added:
            listed = {**(told.fingerprints if told else {}), **dict.fromkeys(added, Answer(None))}
            told = replace(told, fingerprints=listed) if told else Carried("", listed)
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
    """The answers of ``case``, of this edition of the report or of an earlier one, that the forms of ``report`` can
    take; ``given`` are case fields answered anew. What belongs to a year is not taken.
    """
    reader = FormReader(CaseFolder(case.folder).attachments)
    yearly = (report.years.year_field, *report.years.kit) if report.years else ()
    shut = {f"case.{name}" for name in (*given, *yearly)}
    carrying = _Carrying(case, reader)
    for pair in _editions(case, report, library).forms:
        carrying.form(pair, shut)
    answered = (case.fields, *case.forms.values())
    left = [name for each in answered for name in carrying.behind(each, {f"case.{name}" for name in given})]
    fields = carrying.forms.pop("case", AnsweredForm("case", {}, {}))
    forms = {name: form for name, form in carrying.forms.items() if form.carried}
    carried = CarriedCase(
        fields, forms, tuple(left), offered=tuple(carrying.offered), lost=tuple(carrying.lost), origin=case.name
    )
    register = CaseFolder(case.folder).persons_file
    carried = replace(carried, persons=register if register.is_file() else None)
    return _following(_yearly(carried, case, report, reader), case, report)


def _editions(case: Case, report: ReportSpec, library: Library) -> Editions:
    """The forms of a case, as far as they are answered, beside those of a report."""
    before = library.reports.get(case.report, report)
    old = [_answered(case.fields, before.case), *(_answered(one, library.forms.get(one.form)) for one in _of(case))]
    return matched(old, [report.case, *(library.forms[name] for name in report.used_forms)])


def _of(case: Case) -> Iterable[AnsweredForm]:
    return (form for form in case.forms.values() if _given(form))


def _answered(form: AnsweredForm, spec: FormSpec | None) -> FormSpec:
    """The form with the questions that are answered; of those nothing else is known of, by their names alone."""
    names = _given(form)
    known = spec.by_name if spec else {}
    items = tuple(known.get(name) or Item(name, "table" if name in form.tables else "text") for name in names)
    return replace(spec, items=items) if spec else FormSpec(form.form, form.form, Source(""), items)


@dataclass
class _Carrying:
    """Takes answers over, form by form: ``forms`` are those of the new case, ``taken`` the old answers that found
    their place.
    """

    case: Case
    reader: FormReader
    forms: dict[str, AnsweredForm] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    offered: list[Offer] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)

    def form(self, pair: FormPair, shut: Collection[str]) -> None:
        values: dict[str, Answer] = {}
        tables: dict[str, tuple[AnsweredRow, ...]] = {}
        for each in pair.items:
            if each.new and pair.new and f"{pair.new.id}.{each.new.name}" in shut:
                continue
            found = self._item(each, pair.new)
            values |= found.values if found else {}
            tables |= found.tables if found else {}
        if pair.new and (values or tables):
            listed = {item.name: Answer(None) for item in pair.new.items if item.name in values or item.name in tables}
            places = {offer.place for offer in self.offered}
            alike = frozenset(name for name in listed if f"{pair.new.id}.{name}" in places)
            form = AnsweredForm(pair.new.id, values, tables, carried=Carried(self.case.name, listed, alike=alike))
            self.forms[pair.new.id] = form

    def _item(self, pair: ItemPair, form: FormSpec | None) -> AnsweredForm | None:
        if pair.old is None or pair.home is None:
            return None
        old = self.case.fields if pair.home.id == "case" else self.case.forms[pair.home.id]
        if form is None or pair.new is None:
            self._lose(pair, old, "gone")
            return None
        if not carries(pair.new):
            return None
        found = _reread(renamed(old, pair), pair.new, form, self.reader)
        if found is None or not fingerprint(found, pair.new.name):
            self._lose(pair, old, "unread")
            return None
        self.taken.add(f"{old.form}.{pair.old.name}")
        place = f"{form.id}.{pair.new.name}"
        if pair.is_alike:
            self.offered.append(Offer(place, form.shown, pair.old.shown, pair.new.shown))
        elif rows := left_of(old, pair):
            self._lose(pair, replace(old, tables={pair.old.name: rows}), "parts")
        return found

    def _lose(self, pair: ItemPair, old: AnsweredForm, why: Why) -> None:
        """Notes an answer as it was written, once; what is never taken over is no loss."""
        if pair.old is None or pair.home is None or not carries(pair.old):
            return
        lost = Lost(f"{old.form}.{pair.old.name}", pair.home.shown, pair.old.shown, why, item_to_yaml(old, pair.old))
        if lost not in self.lost:
            self.lost.append(lost)

    def behind(self, old: AnsweredForm, given: Collection[str]) -> Iterable[str]:
        """The answers of a form that found no place; the form itself when none of it did."""
        names = [f"{old.form}.{name}" for name in _given(old)]
        left = [name for name in names if name not in self.taken and name not in given]
        whole = old.form != "case" and self.taken.isdisjoint(names)
        return [old.form] if left and whole else left


def _yearly(carried: CarriedCase, case: Case, report: ReportSpec, reader: FormReader) -> CarriedCase:
    """With the fields that belong to a year, for a case of the same one."""
    if report.years is None:
        return carried
    belonging = tuple(item for item in report.case.items if item.name in report.years.kit)
    known = ((item.name, _reread(case.fields, item, report.case, reader)) for item in belonging if carries(item))
    yearly = {name: found.values[name] for name, found in known if found and fingerprint(found, name)}
    return replace(carried, yearly=yearly, year=year_of(report.years, case.fields))


def _following(found: CarriedCase, case: Case, report: ReportSpec) -> CarriedCase:
    """What follows a case of the same report names it as the one of the period before."""
    return replace(found, before=case.folder) if report.periods and case.report == report.id else found


def _given(form: AnsweredForm) -> list[str]:
    return [name for name in (*form.values, *form.tables) if fingerprint(form, name)]


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

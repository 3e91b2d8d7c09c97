"""Rows of a list as cases in memory: what a row does not say is said by the case all of them rest on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assembler.answers import ValueReader
from assembler.base.persian import fold, normalise
from assembler.base.problems import Place, Problem, problem
from assembler.base.suggest import guess, listed
from assembler.base.yamlfile import Scalar
from assembler.base.yamlfile import Sequence as Entries
from assembler.cases.letters.lists import Row, UnitList, repeated
from assembler.model.answers import Answer, AnsweredForm, Case, Value
from assembler.model.folders import CaseFolder
from assembler.model.reports import Library, ReportSpec
from assembler.model.specs import Field, FormSpec, Item

NOTE = "#"  # a column whose label begins so is for the people who keep the list
_PARTS = re.compile(r"[،,؛;\n]")


@dataclass(frozen=True)
class Bound:
    """A column of the list and the answer it gives: ``form`` is «case» for a field of the case."""

    column: int
    label: str
    form: str
    item: Item


def bind(
    units: UnitList, report: ReportSpec, library: Library, ignored: str = ""
) -> tuple[tuple[Bound, ...], tuple[Problem, ...]]:
    """The columns that give answers, and what is wrong with the first row. ``ignored`` names a column without one."""
    known = _Names(report, library)
    bound: list[Bound] = []
    problems = [
        problem("list-column-twice", units.place(units.head, label), label=label)
        for label in repeated(list(units.labels.values()))
    ]
    for column, typed in units.labels.items():
        label = normalise(typed)
        if label.startswith(NOTE) or (label == normalise(ignored) and not known.find(label)):
            continue
        place = units.place(units.head, label)
        found = known.find(label)
        if len(found) == 1:
            bound.append(Bound(column, label, *found[0]))
        elif found:
            names = "، ".join(f"{form}.{item.name}" for form, item in found)
            problems.append(problem("list-column-unclear", place, label=label, known=names))
        else:
            near = guess(label, known.labels)
            problems.append(problem("list-column-unknown", place, label=label, guess=near, known=listed(known.labels)))
    return tuple(bound), (*problems, *_misused(bound, units))


def _misused(bound: Sequence[Bound], units: UnitList) -> Iterator[Problem]:
    """Columns for what a cell cannot answer, and two columns for one answer."""
    seen: dict[tuple[str, str], str] = {}
    for one in bound:
        place, key = units.place(units.head, one.label), (one.form, one.item.name)
        if not one.item.is_asked:
            yield problem("calculated-cell", place, label=one.label)
        elif one.item.is_table:
            yield problem("list-column-table", place, label=one.label)
        if key in seen and normalise(seen[key]) != one.label:
            yield problem("list-column-again", place, label=one.label, other=seen[key])
        seen[key] = one.label


class _Names:
    """The fields of the case and the items of the forms by every name a column may have."""

    def __init__(self, report: ReportSpec, library: Library) -> None:
        self._found: dict[str, list[tuple[str, Item]]] = {}
        self.labels: list[str] = []
        for item in report.case.items:
            self._add("case", report.case, item, ("case", ""))
        for name in report.used_forms:
            if name in library.forms:
                short = name.rpartition("/")[2]
                self._add_form(library.forms[name], (name, short))

    def _add_form(self, form: FormSpec, names: tuple[str, ...]) -> None:
        for item in form.items:
            self._add(form.id, form, item, names)

    def _add(self, name: str, form: FormSpec, item: Item, prefixes: tuple[str, ...]) -> None:
        spelt = {f"{prefix}.{item.name}".lstrip(".") for prefix in prefixes}
        if item.label:
            spelt |= {item.label, f"{form.title}: {item.label}"}
            self.labels.append(item.label)
        self.labels.append(item.name if name == "case" else f"{name}.{item.name}")
        for one in spelt:
            self._found.setdefault(fold(normalise(one)), []).append((name, item))

    def find(self, label: str) -> Sequence[tuple[str, Item]]:
        """What a label may mean. A field of the case goes before an item with the same label."""
        found = self._found.get(fold(label), [])
        own = [one for one in found if one[0] == "case"]
        return own if len(own) == 1 else found


# ---------------------------------------------------------------- rows


@dataclass(frozen=True)
class RowReader:
    """Makes cases of rows. ``base`` holds the answers common to all; without one a case has those of its row only."""

    units: UnitList
    bound: Sequence[Bound]
    report: ReportSpec
    base: Case | None

    @property
    def attachments(self) -> Path:
        """The folder of the files that rows name."""
        return CaseFolder(self.base.folder if self.base else self.units.file.parent).attachments

    def case(self, row: Row, name: str) -> tuple[Case, tuple[Problem, ...]]:
        """The case of a row, and the problems of its cells. Places count the row as a line of the list."""
        values = ValueReader(self.attachments)
        place = self.units.place()._replace(line=row.number)
        forms = {"case": self.base.fields, **self.base.forms} if self.base else {}
        for one in self.bound:
            text = row.cells.get(one.column)
            if text is None:
                continue
            where = place.within(form=one.form, item=one.item.name)
            if code := row.faults.get(one.column):
                values.report(code, where, label=one.item.shown, value=text)
                continue
            before = forms.get(one.form) or AnsweredForm(one.form, {}, {}, place.within(form=one.form))
            answer = Answer(_value(text, one.item, values, where), where)
            forms[one.form] = replace(before, values={**before.values, one.item.name: answer})
        fields = forms.pop("case", AnsweredForm("case", {}, {}, place.within(form="case")))
        case = self.base or Case(name, self.units.file.parent / ".no-case", self.report.id, fields, {})
        return replace(case, name=name, fields=fields, forms=forms), tuple(values.problems)

    def seen(self, found: Problem, row: Row) -> Problem:
        """A problem told where people find it: in the row of the list, at the label of its column."""
        labels = {(one.form, one.item.name): one.label for one in self.bound}
        key = (found.place.form or "", found.place.item or "")
        here = found.place.file in (None, self.units.place().file) or key in labels
        column = labels.get(key) or found.place.column
        seen = replace(found, acceptable=False)
        return replace(seen, place=self.units.place(row.number, column or self._label(key)) if here else found.place)

    def _label(self, key: tuple[str, str]) -> str | None:
        """What a column that the list does not have would be called."""
        form, item = key
        if form == "case":
            return next((one.shown for one in self.report.case.items if one.name == item), item or None)
        return f"{form}.{item}" if item else form or None


def _value(text: str, field: Field, values: ValueReader, place: Place) -> Value:
    """The value of a cell; where a field has several, its lines or parts are they."""
    if field.type == "select_multiple":
        return values.read(_entries(_PARTS.split(text)), field, place)
    if field.has_lines:
        return values.read(_entries(text.splitlines()), field, place)
    return values.read(Scalar(text, place.line or 0), field, place)


def _entries(texts: Sequence[str]) -> Entries:
    return Entries(tuple(Scalar(text.strip(), 0) for text in texts if text.strip()), 0)

"""Answers out of a case into workbooks and back, one workbook or one a unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from assembler.actions.open_case import OpenCase
from assembler.answers import take_attachment
from assembler.answers.units import Units, read_units
from assembler.base.persian import fold, format_date
from assembler.base.problems import AssemblerError, ExitCode, Place, Problem, has_errors, problem
from assembler.base.suggest import guess, listed
from assembler.collect.workbook import (
    GUIDE,
    LISTS,
    CellChange,
    Conflict,
    Guide,
    Memory,
    Merged,
    Merger,
    ReadBook,
    is_asked,
    memory_of,
    plan_sheet,
    read_workbook,
    sheet_names,
    write_workbook,
)
from assembler.evaluate import evaluate_deadlines
from assembler.model.answers import Answer, AnsweredForm, Attachment
from assembler.model.folders import CaseFolder
from assembler.model.judged import Judged

_ASIDE = ("_assembler", GUIDE, LISTS)
REST = "بقیه"  # the unit of what nobody has


@dataclass(frozen=True)
class Share:
    """What a workbook holds: for whom, and of each form all items or those named."""

    unit: str
    forms: Mapping[str, tuple[str, ...]]  # () stands for all of them

    def holds(self, form: str, item: str) -> bool:
        named = self.forms.get(form, ())
        return not named or item in named


def whole(opened: OpenCase, forms: Sequence[str] = ()) -> Share:
    """All forms of a case, or the named ones, by their whole names or what stands behind the last «/».

    Raises AssemblerError when there is no such form.
    """
    known = {name.rpartition("/")[2]: name for name in opened.specs} | {name: name for name in opened.specs}
    for name in forms:
        if name not in known:
            fault = problem("unknown-form", Place(form=name), name=name, guess=guess(name, known))
            raise AssemblerError([fault], ExitCode.USAGE)
    wanted = {known[name] for name in forms} or set(opened.specs)
    return Share("", {name: () for name in opened.specs if name in wanted})


def units_of(opened: OpenCase) -> Units:
    """Who answers what. Raises AssemblerError when ``units.yaml`` has errors."""
    units, problems = read_units(opened.case.folder, opened.library, opened.report)
    if has_errors(problems):
        raise AssemblerError(problems, ExitCode.ANSWERS)
    return units


def shares(opened: OpenCase, units: Units) -> tuple[Share, ...]:
    """What each unit answers, and at the end what nobody has."""
    found = [Share(unit, {form: _part(opened, form, items) for form, items in held.items()})
             for unit, held in units.items.items() if held]  # fmt: skip
    rest: dict[str, tuple[str, ...]] = {}
    for named in units.unassigned:
        form, _, item = named.rpartition(".") if named not in opened.specs else (named, "", "")
        rest[form] = (*rest.get(form, ()), *([item] if item else []))
    return (*found, *([Share(REST, rest)] if rest else []))


def share_of(opened: OpenCase, units: Units, unit: str) -> Share:
    """What one unit answers. Raises AssemblerError when there is no such unit."""
    known = {fold(share.unit): share for share in shares(opened, units)}
    if fold(unit) not in known:
        names = [share.unit for share in known.values()]
        place = Place(file=str(CaseFolder(opened.case.folder).units_file))
        fault = problem("unknown-unit", place, name=unit, guess=guess(unit, names), known=listed(names))
        raise AssemblerError([fault], ExitCode.USAGE)
    return known[fold(unit)]


def _part(opened: OpenCase, form: str, items: tuple[str, ...]) -> tuple[str, ...]:
    """The items of a form a unit answers; () when they are all that can be answered."""
    asked = {item.name for item in opened.specs[form].items if is_asked(item)}
    return () if asked <= set(items) else items


def export_case(
    opened: OpenCase, share: Share, path: Path, *, exported: str = "", units: Units | None = None,
    reading: Judged | None = None,
) -> None:  # fmt: skip
    """Writes a workbook of a share of the case; ``exported`` is the day it says it was made on.

    Raises AssemblerError ``output-unwritable``.
    """
    judged = reading or opened.judged()
    specs = opened.specs
    forms = [specs[name] for name in share.forms]
    plans = [
        plan_sheet(name, spec, opened.answered(spec.id), judged.forms[spec.id], specs, _only(share, spec.id))
        for name, spec in zip(sheet_names(forms, _ASIDE), forms, strict=True)
    ]
    memories = {plan.form.id: memory_of(plan, plan.answer_columns) for plan in plans}
    memory = Memory(opened.case.name, opened.case.report, share.unit, exported, memories)
    guide = Guide(judged.packet.title, opened.case.name, share.unit, _deadlines(opened), _who(units))
    write_workbook(
        path, plans, memory, guide, lambda form: [each for each in judged.problems if each.place.form == form]
    )


def _deadlines(opened: OpenCase) -> tuple[tuple[str, str], ...]:
    """The deadlines of the report that are still open, in the order they are due."""
    found, _ = evaluate_deadlines(opened.case, opened.report, opened.library)
    return tuple((each.spec.label, format_date(each.due)) for each in found if each.due and each.done is None)


def _who(units: Units | None) -> dict[str, str]:
    """The units that answer each form."""
    found: dict[str, list[str]] = {}
    for unit, held in units.items.items() if units else ():
        for form in held:
            found.setdefault(form, []).append(unit)
    return {form: "، ".join(names) for form, names in found.items()}


def _only(share: Share, form: str) -> Callable[[str], bool]:
    return lambda item: share.holds(form, item)


# ---------------------------------------------------------------- back


@dataclass(frozen=True)
class Imported:
    """What workbooks bring to a case: form by form; ``books`` are those that could be read."""

    forms: tuple[Merged, ...]
    books: tuple[ReadBook, ...]
    problems: tuple[Problem, ...] = ()
    written: tuple[Path, ...] = field(default=())

    @property
    def changes(self) -> tuple[CellChange, ...]:
        return tuple(each for form in self.forms for each in form.changes)

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        return tuple(each for form in self.forms for each in form.conflicts)

    @property
    def touched(self) -> frozenset[Path]:
        """The workbooks in which something was changed since their export."""
        return frozenset(path for form in self.forms for path in form.touched)

    @property
    def clean(self) -> bool:
        """Whether nothing keeps it from being written."""
        return not self.conflicts and not has_errors(self.problems)


def read_books(opened: OpenCase, paths: Sequence[Path]) -> tuple[tuple[ReadBook, ...], tuple[Problem, ...]]:
    """The workbooks that belong to a case, and what is wrong with the others."""
    books: list[ReadBook] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            book = read_workbook(path)
        except AssemblerError as error:
            problems += error.problems
            continue
        wrong = _foreign(opened, book)
        problems += wrong or book.problems
        books += [] if wrong else [book]
    return tuple(books), tuple(problems)


def _foreign(opened: OpenCase, book: ReadBook) -> list[Problem]:
    memory, place = book.memory, Place(file=str(book.path))
    if memory.report != opened.case.report:
        return [problem("workbook-other-report", place, report=memory.report, own=opened.case.report)]
    if memory.case != opened.case.name:
        return [problem("workbook-other-case", place, name=memory.case, own=opened.case.name)]
    return [
        problem("workbook-other-version", place.within(form=name), name=name)
        for name in memory.forms
        if name not in opened.specs
    ]


def merge_books(
    opened: OpenCase, books: Sequence[ReadBook], problems: Sequence[Problem] = (), prefer: str = ""
) -> Imported:
    """What workbooks bring to a case, merged; nothing is written. ``prefer`` is a file as it was named, or «case»."""
    reading = opened.judged()
    attachments = CaseFolder(opened.case.folder).attachments
    merged = []
    for name, spec in opened.specs.items():
        if not any(name in book.forms for book in books):
            continue
        merger = Merger(spec, opened.answered(name), reading.forms[name], attachments, prefer)
        for book in books:
            merger.take(book)
        merged.append(merger.result())
    found = (*problems, *(each for form in merged for each in form.problems))
    return Imported(tuple(merged), tuple(books), found)


def write_imported(opened: OpenCase, imported: Imported) -> Imported:
    """Writes what was merged into the files of the case, form by form, with the files that lay beside the workbooks.

    Raises AssemblerError.
    """
    written = []
    for form in imported.forms:
        if not form.changes:
            continue
        path = opened.save(_with_files(form.after, opened.case.folder))
        written += [path] if path else []
    return replace(imported, written=tuple(written))


def _with_files(form: AnsweredForm, folder: Path) -> AnsweredForm:
    """The form with the files it names taken into the case."""
    values = {name: _taken(answer, folder) for name, answer in form.values.items()}
    tables = {
        name: tuple(
            replace(row, cells={column: _taken(answer, folder) for column, answer in row.cells.items()})
            for row in rows
        )
        for name, rows in form.tables.items()
    }  # fmt: skip
    return replace(form, values=values, tables=tables)


def _taken(answer: Answer, folder: Path) -> Answer:
    value, home = answer.value, CaseFolder(folder).attachments.resolve()
    if not isinstance(value, Attachment) or value.path.resolve().is_relative_to(home):
        return answer
    name = take_attachment(folder, value.path)
    return answer._replace(value=Attachment(name, home / name))

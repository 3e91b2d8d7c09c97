"""Answers back from workbooks that were filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from assembler.actions.locking import locked
from assembler.actions.open_case import OpenCase
from assembler.answers import take_attachment
from assembler.base.garbage import paused_collector
from assembler.base.problems import AssemblerError, ExitCode, Place, Problem, has_errors, problem
from assembler.base.settings import Settings
from assembler.collect.workbook import CASE, CellChange, Conflict, Merged, Merger, ReadBook, read_workbook
from assembler.model.answers import Answer, AnsweredForm, Attachment
from assembler.model.folders import CaseFolder
from assembler.model.names import named

__all__ = ["CASE", "CellChange", "Conflict", "Imported", "import_books", "merge_books", "read_books", "write_imported"]


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


@locked("import")
@paused_collector()
def import_books(
    folder: Path,
    files: Sequence[Path],
    settings: Settings,
    *,
    prefer: str = "",
    dry_run: bool = False,
    with_errors: bool = False,
) -> Imported:
    """Merges workbooks that were exported from a case into its answers.

    ``prefer`` is whose side is taken where two changed the same differently: one of the files, by its path or name, or
    «case». Nothing is written in a ``dry_run``, nor with conflicts, nor with errors unless they are allowed. Raises
    AssemblerError: nobody is called as is preferred, a file of the case cannot be read or written.
    """
    side = preferred(prefer, files)
    case = OpenCase.read(folder, settings)
    imported = merge_books(case, *read_books(case, files), side)
    return settled(case, imported, dry_run=dry_run, with_errors=with_errors)


def preferred(prefer: str, files: Sequence[Path]) -> str:
    """Whose side is taken, as ``merge_books`` takes it. Raises AssemblerError when it is none of them, or several."""
    if prefer in ("", CASE):
        return prefer
    found = [path for path in files if prefer in (str(path), path.name)]
    found = found or [path for path in files if path.resolve() == Path(prefer).resolve()]
    if len(found) != 1:
        known = "، ".join((CASE, *map(str, files)))
        raise AssemblerError([problem("prefer-unknown", name=prefer, known=known)], ExitCode.USAGE)
    return str(found[0])


def settled(case: OpenCase, imported: Imported, *, dry_run: bool, with_errors: bool) -> Imported:
    """Writes what workbooks bring, unless it was not asked for or something is wrong."""
    return write_imported(case, imported) if not dry_run and (imported.clean or with_errors) else imported


# ---------------------------------------------------------------- reading and merging


def read_books(case: OpenCase, paths: Sequence[Path]) -> tuple[tuple[ReadBook, ...], tuple[Problem, ...]]:
    """The workbooks that belong to a case, and what is wrong with the others."""
    books: list[ReadBook] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            book = read_workbook(path)
        except AssemblerError as error:
            problems += error.problems
            continue
        wrong = _foreign(case, book)
        problems += wrong or book.problems
        books += [] if wrong else [book]
    return tuple(books), tuple(problems)


def _foreign(case: OpenCase, book: ReadBook) -> list[Problem]:
    memory, place = book.memory, Place(file=str(book.path))
    if memory.report != case.case.report:
        return [problem("workbook-other-report", place, report=memory.report, own=case.case.report)]
    if memory.case != case.case.name:
        return [problem("workbook-other-case", place, name=memory.case, own=case.case.name)]
    return [
        problem("workbook-other-version", place.within(form=name), name=name)
        for name in memory.forms
        if name not in case.specs
    ]


def merge_books(
    case: OpenCase, books: Sequence[ReadBook], problems: Sequence[Problem] = (), prefer: str = ""
) -> Imported:
    """What workbooks bring to a case, merged; nothing is written. ``prefer`` is a file as it was named, or «case»."""
    judged = case.judged()
    merged = []
    for name, spec in case.specs.items():
        if not any(name in book.forms for book in books):
            continue
        merger = Merger(spec, case.answered(name), judged.forms[name], case.attachments, prefer)
        for book in books:
            merger.take(book)
        merged.append(merger.result())
    found = (*problems, *(each for form in merged for each in form.problems))
    return Imported(tuple(merged), tuple(books), tuple(named(found, case.specs)))


# ---------------------------------------------------------------- writing


def write_imported(case: OpenCase, imported: Imported) -> Imported:
    """Writes what was merged into the files of the case, form by form, with the files that lay beside the workbooks.

    Raises AssemblerError.
    """
    changed = [form.after for form in imported.forms if form.changes]
    paths = [case.save(_with_files(after, case.folder)) for after in changed]
    return replace(imported, written=tuple(filter(None, paths)))


def _with_files(form: AnsweredForm, folder: Path) -> AnsweredForm:
    """The form with the files it names taken into the case."""
    values = {name: _taken(answer, folder) for name, answer in form.values.items()}
    tables = {
        name: tuple(
            replace(row, cells={column: _taken(answer, folder) for column, answer in row.cells.items()}) for row in rows
        )
        for name, rows in form.tables.items()
    }
    return replace(form, values=values, tables=tables)


def _taken(answer: Answer, folder: Path) -> Answer:
    value, home = answer.value, CaseFolder(folder).attachments.resolve()
    if not isinstance(value, Attachment) or value.path.resolve().is_relative_to(home):
        return answer
    name = take_attachment(folder, value.path)
    return answer._replace(value=Attachment(name, home / name))

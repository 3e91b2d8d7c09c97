"""Answers back from workbooks that were filled in, and from tables departments made themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePath

from assembler.actions.intake import ENDINGS, Scrap, read_scraps
from assembler.actions.known_headers import remember
from assembler.actions.locking import locked
from assembler.actions.open_case import OpenCase
from assembler.answers import take_attachment
from assembler.assembly.converting import as_workbook
from assembler.base.catalogue.entries import Severity
from assembler.base.file_kinds import PDF, PICTURES
from assembler.base.file_kinds import named as kind_by_name
from assembler.base.files import typed_path
from assembler.base.foreign import attempt
from assembler.base.garbage import paused_collector
from assembler.base.problems import AssemblerError, ExitCode, Place, Problem, has_errors, problem
from assembler.base.settings import Settings
from assembler.collect.foreign.reading import is_read
from assembler.collect.intake.merging import merge_foreign
from assembler.collect.spots import form_at
from assembler.collect.workbook import CASE, CellChange, Conflict, Merged, Merger, ReadBook, fields_of, read_workbook
from assembler.collect.workbook.preferred import NOBODY, Preferred
from assembler.model.acceptances import place_text, read_place
from assembler.model.answers import Answer, AnsweredForm, Attachment
from assembler.model.folders import CaseFolder
from assembler.model.judged import Judged
from assembler.model.names import named

__all__ = [
    "CASE",
    "CellChange",
    "Conflict",
    "Imported",
    "ReadBook",
    "import_books",
    "merge_books",
    "read_books",
    "write_imported",
]

# How files are called that are told of as files of others; the rest as workbooks are.
_ENDINGS = ENDINGS - {".xlsx", ".xlsm"}
_LONGEST_NAME = 300


@dataclass(frozen=True)
class Imported:
    """What workbooks bring to a case: form by form; ``books`` are those that could be read, ``scraps`` the files of
    others.
    """

    forms: tuple[Merged, ...]
    books: tuple[ReadBook, ...]
    problems: tuple[Problem, ...] = ()
    written: tuple[Path, ...] = field(default=())
    scraps: tuple[Scrap, ...] = ()
    aside: tuple[Path, ...] = ()  # files of which nothing could be read: they keep nothing of the others back

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
        """Whether nothing of it is left to be settled."""
        return not self.conflicts and not has_errors(self.problems)

    @property
    def writable(self) -> bool:
        """Whether nothing keeps what could be read from being written."""
        aside = frozenset(map(str, self.aside))
        return not self.conflicts and not has_errors([each for each in self.problems if each.place.file not in aside])


@locked("import")
@paused_collector()
def import_books(
    folder: Path,
    files: Sequence[Path],
    settings: Settings,
    *,
    prefer: Sequence[str] = (),
    dry_run: bool = False,
    with_errors: bool = False,
    anyway: bool = False,
    said: Sequence[str] = (),
    write: bool = False,
) -> Imported:
    """Merges workbooks that were exported from a case into its answers, and the tables of files of others.

    ``prefer`` is whose side is taken where two changed the same differently: one of the files, by its path or name, or
    «case»; of one cell, row, item or form it is written behind its place, ``form.item:row.column=file``. Nothing
    is written in a ``dry_run``, nor with conflicts, nor with errors unless they are allowed; a file of which nothing
    can be read is left out, and keeps nothing of the others back. ``anyway`` takes workbooks of a case of another name,
    as before its folder was renamed.

    Files of others are shown only, and nothing is written beside them, unless it is asked to ``write``. ``said`` is
    which of our tables and columns theirs are: ``TABLE=form.item``, ``TABLE.COLUMN=column``, «-» for none; of several
    files behind the name of one and a colon.

    Raises AssemblerError: nobody is called as is preferred, nothing as is said, a file of the case cannot be read or
    written.
    """
    case = OpenCase.read(folder, settings)
    return take(case, files, prefer, dry_run=dry_run, with_errors=with_errors, anyway=anyway, said=said, write=write)


def take(
    case: OpenCase,
    files: Sequence[Path],
    prefer: Sequence[str],
    told: Sequence[Problem] = (),
    *,
    dry_run: bool,
    with_errors: bool,
    anyway: bool,
    said: Sequence[str],
    write: bool,
) -> Imported:
    """What files bring to a case that is open, written where it may be; ``told`` is what is known to be wrong."""
    sides = preferred(prefer, files, case)
    books, found = read_books(case, files, anyway=anyway)
    named = named_in(books)
    strangers = [path for path in _strangers(files, found) if path.name not in named]
    found = tuple(each for each in found if PurePath(each.place.file or "").name not in named)
    scraps, wrong = read_scraps(case, strangers, said)
    left = tuple(each for each in found if each.place.file not in set(map(str, strangers)))
    imported = merge_books(case, books, (*told, *left, *wrong), sides, scraps)
    read = {*(book.path for book in books), *(scrap.path for scrap in scraps)}
    imported = replace(imported, aside=tuple(path for path in files if path not in read and path.name not in named))
    return settled(case, imported, dry_run=dry_run or bool(strangers and not write), with_errors=with_errors)


def _strangers(files: Sequence[Path], problems: Sequence[Problem]) -> list[Path]:
    """The files that are no workbooks of ours: of another kind, or without what ours remember."""
    foreign = {each.place.file for each in problems if each.code == "workbook-foreign"}
    others = {each.place.file for each in problems if each.code == "workbook-unreadable"}
    return [path for path in files if str(path) in foreign or (str(path) in others and _is_strange(path))]


def _is_strange(path: Path) -> bool:
    """Whether a file that is no workbook is one of others, by its name or by what it holds."""
    return path.suffix.lower() in _ENDINGS or attempt(lambda: is_read(path), path, otherwise=False)


def named_in(books: Sequence[ReadBook]) -> frozenset[str]:
    """The names of PDFs and pictures that workbooks name as their attachments: those are evidence, and no tables."""
    forms = [form for book in books for form in book.forms.values()]
    cells = [raw for form in forms for rows in form.tables.values() for row in rows for raw in row.cells.values()]
    said = [str(raw.value) for raw in (*cells, *(raw for form in forms for raw in form.values.values()))]
    named = (PurePath(text.replace("\\", "/")).name for text in said if len(text) < _LONGEST_NAME)
    return frozenset(name for name in named if kind_by_name(name) in (PDF, *PICTURES))


def preferred(given: Sequence[str], files: Sequence[Path], case: OpenCase) -> Preferred:
    """Whose side is taken where, from what was typed: FILE or «case», or PLACE=FILE.

    Raises AssemblerError: nobody is called so, or several are, or there is no such place.
    """
    everywhere, places = "", {}
    for typed in given:
        place, mark, name = typed.partition("=")
        if not mark or _sides(typed, files):
            everywhere = _side(typed, files)
        else:
            places[place_text(_place(place, case))] = _side(name, files)
    return Preferred(everywhere, places)


def _place(typed: str, case: OpenCase) -> Place:
    """A cell, a row, an item or a whole form, by its whole name."""
    place = read_place(typed.strip("[]"))
    if place and place.form and not place.item:
        return Place(form=form_at(case.specs, place.form).id)
    return case.spot(typed).place


def _side(name: str, files: Sequence[Path]) -> str:
    found = _sides(name, files)
    if len(found) == 1:
        return found[0]
    missing = not found and not typed_path(name).exists()
    code = "prefer-missing" if missing else "prefer-unknown"
    fault = problem(code, name=name, known="، ".join((CASE, *map(str, files))))
    raise AssemblerError([fault], ExitCode.USAGE)


def _sides(name: str, files: Sequence[Path]) -> list[str]:
    if name == CASE:
        return [CASE]
    found = [path for path in files if name in (str(path), path.name)]
    found = found or [path for path in files if path.resolve() == typed_path(name).resolve()]
    return list(map(str, found))


def settled(case: OpenCase, imported: Imported, *, dry_run: bool, with_errors: bool) -> Imported:
    """Writes what workbooks bring, unless it was not asked for or something is wrong."""
    return write_imported(case, imported) if not dry_run and (imported.writable or with_errors) else imported


# ---------------------------------------------------------------- reading and merging


def read_books(
    case: OpenCase, paths: Sequence[Path], *, anyway: bool = False
) -> tuple[tuple[ReadBook, ...], tuple[Problem, ...]]:
    """The workbooks that belong to a case, or to one of another name ``anyway``, and what is wrong with the others."""
    books: list[ReadBook] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            book = read_workbook(path, partial(as_workbook, settings=case.settings))
        except AssemblerError as error:
            problems += error.problems
            continue
        wrong = _foreign(case, book, anyway=anyway)
        problems += wrong or book.problems
        if not wrong and book.memory.case != case.case.name:
            place = Place(file=str(path))
            problems.append(problem("workbook-renamed", place, name=book.memory.case, own=case.case.name))
        books += [] if wrong else [book]
    return tuple(books), tuple(problems)


def _foreign(case: OpenCase, book: ReadBook, *, anyway: bool) -> list[Problem]:
    memory, place = book.memory, Place(file=str(book.path))
    if memory.report != case.case.report:
        return [problem("workbook-other-report", place, report=memory.report, own=case.case.report)]
    if memory.case != case.case.name and not anyway and not _is_renamed(case, book):
        return [problem("workbook-other-case", place, name=memory.case, own=case.case.name)]
    return [
        problem("workbook-other-version", place.within(form=name), name=name)
        for name in memory.forms
        if name not in case.specs
    ]


def _is_renamed(case: OpenCase, book: ReadBook) -> bool:
    """Whether a workbook was exported from this case before its folder was renamed: the fields say the same, and no
    case bears the old name beside it, of which this may be a copy.
    """
    memory, own = book.memory, fields_of(case.report.case, case.case.fields)
    beside = CaseFolder(case.folder.resolve().parent / memory.case)
    return bool(own) and memory.fields == own and not beside.case_file.exists()


def merge_books(
    case: OpenCase,
    books: Sequence[ReadBook],
    problems: Sequence[Problem] = (),
    prefer: Preferred = NOBODY,
    scraps: Sequence[Scrap] = (),
) -> Imported:
    """What workbooks and files of others bring to a case, merged; nothing is written. ``prefer`` says whose side is
    taken where.
    """
    judged = case.judged()
    merged: list[Merged] = []
    for name, spec in case.specs.items():
        tables = [(scrap.path, each) for scrap in scraps for each in scrap.proposals if each.form == name]
        if not tables and not any(name in book.forms for book in books):
            continue
        merger = Merger(spec, case.answered(name), judged.forms[name], case.attachments, prefer)
        for book in books:
            merger.take(book)
        for path, table in tables:
            merge_foreign(merger.form, path, table)
        merged.append(merger.result())
    found = (*problems, *(each for form in merged for each in form.problems))
    idle = _not_asked(case, [form.after for form in merged if form.changes], judged)
    return Imported(tuple(merged), tuple(books), (*named(found, case.specs), *idle), scraps=tuple(scraps))


# What is answered though nothing asks for it; a contradiction is told, and taken: nothing typed is lost.
_NOT_ASKED = ("not-relevant", "answer-contradicts")


def _not_asked(case: OpenCase, forms: Sequence[AnsweredForm], judged: Judged) -> Iterator[Problem]:
    """What is answered now though it is not asked for, and was not before."""
    known = {_spot(each) for each in judged.problems}
    found = (each for each in case.would_find(forms) if each.code in _NOT_ASKED) if forms else ()
    yield from (replace(each, graver=Severity.WARNING) for each in found if _spot(each) not in known)


def _spot(found: Problem) -> tuple[object, ...]:
    place = found.place
    return found.code, place.form, place.item, place.row, place.column


# ---------------------------------------------------------------- writing


def write_imported(case: OpenCase, imported: Imported) -> Imported:
    """Writes what was merged into the files of the case, form by form, with the files that lay beside the workbooks.

    Raises AssemblerError.
    """
    changed = [form.after for form in imported.forms if form.changes]
    paths = [case.save(_with_files(after, case.folder)) for after in changed]
    for scrap in imported.scraps:
        remember(case.folder, scrap.learnt)
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

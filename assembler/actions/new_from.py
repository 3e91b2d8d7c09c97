"""What a new case takes from last year's report where only its papers are left: from our own PDF the case inside it,
from a Word or PDF file of any origin the tables that are known, as the tables of departments are.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from assembler.actions.extract import inside_of, write_inside
from assembler.actions.import_ import Imported, import_books
from assembler.actions.intake import Proposal, Scrap, aside_words, told_lines
from assembler.base.file_kinds import HEAD, PDF, kind_of
from assembler.base.files import temporary_folder
from assembler.base.foreign import attempt
from assembler.base.messages import fill, spoken
from assembler.base.problems import AssemblerError, ExitCode, Problem
from assembler.base.settings import Settings
from assembler.collect.case_fields import CaseFields
from assembler.collect.files.carrying import CarriedCase, Lost, Offer
from assembler.collect.files.starting import start_case
from assembler.model.answers import AnsweredForm, Carried, Case
from assembler.model.folders import CaseFolder
from assembler.model.reports import Library
from assembler.pipeline import case_at

_CASE = "case"


@dataclass(frozen=True)
class Source:
    """A case whose answers may be taken over, with what is wrong with it; ``imported`` is what a file of others brought
    to it. One that ``is_file`` is gone when the new one is there.
    """

    case: Case
    problems: tuple[Problem, ...]
    imported: Imported | None = None
    is_file: bool = False

    @property
    def scraps(self) -> tuple[Scrap, ...]:
        return self.imported.scraps if self.imported else ()


def source_of(
    other: Path, fields: CaseFields, folder: Path, settings: Settings, said: Sequence[str], held: ExitStack
) -> Source:
    """The case in a folder or a PDF of ours, or one made of what a file of others says. It stands as long as ``held``
    does. ``folder`` is that of the case that is to be.

    Raises AssemblerError: nothing can be read of it, or nothing in it is of the report.
    """
    if other.is_dir():
        return Source(*case_at(other, fields.library, "files"))
    work = held.enter_context(temporary_folder())
    if _carries(other):
        write_inside(inside_of(other).files, work / _CASE)
        case, problems = case_at(work / _CASE, fields.library, "files")
        return Source(replace(case, name=other.name), problems, is_file=True)
    return _made_of(other, fields, folder, settings, said, work)


def _carries(path: Path) -> bool:
    """Whether a file is a PDF with a case inside."""
    with path.open("rb") as file:
        if kind_of(file.read(HEAD), path.name) != PDF:
            return False
    try:
        return bool(attempt(lambda: inside_of(path), path, None))
    except AssemblerError:
        return False


def _made_of(
    path: Path, fields: CaseFields, folder: Path, settings: Settings, said: Sequence[str], work: Path
) -> Source:
    """A case of nothing but what a file says: it takes what a case of the report would."""
    report, library = fields.report, fields.library
    blank = CarriedCase(AnsweredForm("case", dict(fields.values), {}), {})
    start_case(work / _CASE, report, library, blank)
    known = CaseFolder(folder.parent).headers_file
    if known.is_file():
        shutil.copyfile(known, CaseFolder(work).headers_file)
    imported = import_books(work / _CASE, [path], settings, said=said, write=True, with_errors=True)
    if not imported.scraps:
        raise AssemblerError(imported.problems, ExitCode.ANSWERS)
    case, _ = case_at(work / _CASE, library, "files")
    brought = {form.after.form for form in imported.forms if form.changes}
    forms = {name: form for name, form in case.forms.items() if name in brought}
    return Source(replace(case, name=path.name, forms=_brought(forms, imported)), (), imported, is_file=True)


def _brought(forms: Mapping[str, AnsweredForm], imported: Imported) -> dict[str, AnsweredForm]:
    """The forms with what the file said alone, not with what is proposed for a new case."""
    changed = {(each.form, each.item) for each in imported.changes}
    return {
        name: replace(
            form,
            values={item: answer for item, answer in form.values.items() if (name, item) in changed},
            tables={item: rows for item, rows in form.tables.items() if (name, item) in changed},
        )
        for name, form in forms.items()
    }


def with_scraps(taken: CarriedCase, source: Source, library: Library) -> CarriedCase:
    """What is taken over of a file of others, and what is told of it: all of it was guessed, and is to be looked at."""
    if source.imported is None:
        return taken
    forms = {name: _alike(form) for name, form in taken.forms.items()}
    with spoken("fa"):  # what is written into the case is, whatever the terminal speaks
        offers = tuple(_offers(source.scraps, forms))
        lost = (*_left(source.scraps), *_unread(source, library))
    return replace(taken, forms=forms, offered=(*taken.offered, *offers), lost=(*taken.lost, *lost))


def _alike(form: AnsweredForm) -> AnsweredForm:
    told = form.carried
    return replace(form, carried=replace(told, alike=frozenset(told.fingerprints))) if told else form


def _offers(scraps: Sequence[Scrap], forms: Mapping[str, AnsweredForm]) -> Iterator[Offer]:
    for scrap in scraps:
        for each in scrap.proposals:
            carried = forms[each.form].carried if each.form in forms else None
            names = carried.fingerprints if isinstance(carried, Carried) else {}
            if each.state == "questions":
                form = each.pairs.ranked[0].questions.form
                for item, _ in each.pairs.answers:
                    if item.name in names:
                        yield Offer(f"{form.id}.{item.name}", form.shown, _where(each), item.shown)
            elif each.match is not None and each.match.candidate.item.name in names:
                found = each.match.candidate
                yield Offer(found.name, found.form.shown, _where(each), found.item.shown)


def _where(found: Proposal) -> str:
    """A table of a file as people find it."""
    line = (found.grid.before or found.grid.headings or ("",))[-1]
    return fill("table {number}", number=found.grid.number) + (f" «{line}»" if line else "")


def _left(scraps: Sequence[Scrap]) -> Iterator[Lost]:
    """The tables that were not taken, and the columns and rows of those that were."""
    for scrap in scraps:
        for each in scrap.proposals:
            place = fill("table {number}", number=each.grid.number)
            if each.state == "questions":
                continue
            if each.draft is None or each.match is None:
                yield Lost(place, scrap.file.name, _where(each), "file", told_lines(each.grid))
                continue
            for column in (*each.columns.asked, *each.dropped):
                head = " › ".join(each.match.paths[column]) if column < len(each.match.paths) else ""
                yield Lost(place, scrap.file.name, head or str(column + 1), "file", told_lines(each.grid, column))
            for aside in each.draft.aside:
                if aside.kind not in ("head", "numbers"):
                    yield Lost(place, scrap.file.name, aside_words()[aside.kind], "file", aside.text)


def _unread(source: Source, library: Library) -> Iterator[Lost]:
    for each in source.imported.problems if source.imported else ():
        form = library.forms.get(each.place.form or "")
        yield Lost(each.where or source.case.name, form.shown if form else source.case.name, "", "file", each.message)

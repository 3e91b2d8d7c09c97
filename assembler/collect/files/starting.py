"""Starts a case: its folder with every file ready to fill in, all of it or nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assembler.base.files import writing
from assembler.base.problems import AssemblerError, ExitCode, problem
from assembler.base.tongue import printed_in
from assembler.collect.files.carrying import CarriedCase
from assembler.collect.files.leaving import left_file
from assembler.collect.files.skeleton import case_file, form_file
from assembler.model.folders import ANSWERS, CASE_FILE, LEFT_FILE, CaseFolder
from assembler.model.reports import Library, ReportSpec


def start_case(folder: Path, report: ReportSpec, library: Library, taken: CarriedCase) -> tuple[Path, ...]:
    """Writes ``case.yaml``, an answer file for each form and ``attachments/``; returns the files, by their last place.
    What of another case found no place stands in a file beside them.

    Raises AssemblerError: ``case-exists`` when the folder holds anything, ``output-unwritable``.
    """
    with new_folder(folder) as work, printed_in(report.tongue):
        before = os.path.relpath(taken.before, folder) if taken.before else ""
        written = tuple(_write(work, report, library, taken, before))
        if left := left_file(taken):
            _file(work, Path(LEFT_FILE), left)
    return tuple(folder / path for path in written)


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """A work folder to write into; what it holds at the end becomes ``folder``, all of it or nothing.

    Raises AssemblerError: ``case-exists`` when the folder holds anything, ``output-unwritable``.
    """
    refuse_used(folder)
    work: Path | None = None
    try:
        with writing(folder):
            folder.parent.mkdir(parents=True, exist_ok=True)
            work = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
            work.chmod(0o755)
            yield work
            _put(work, folder)
    finally:
        if work is not None:
            shutil.rmtree(work, ignore_errors=True)


def refuse_used(folder: Path) -> None:
    """Raises AssemblerError ``case-exists`` when something stands in a folder already."""
    if folder.is_dir() and any(folder.iterdir()):
        raise AssemblerError([problem("case-exists", name=str(folder))], ExitCode.USAGE)


def file_names(forms: tuple[str, ...]) -> tuple[str, ...]:
    """A file name for each form, sorting in their order: forms that are numbered keep their numbers («07.yaml»).

    Forms before the first numbered one get «00-…», those behind the last one the numbers that follow. Where numbers
    and names mix otherwise, all are counted anew: «03-chapter-1.yaml».
    """
    names = [form.rpartition("/")[2] for form in forms]
    kept = _kept_numbers(names)
    width = len(str(len(names)))
    found = kept or [f"{number:0{max(width, 2)}d}-{name}" for number, name in enumerate(names, start=1)]
    return tuple(f"{name}.yaml" for name in found)


def _kept_numbers(names: list[str]) -> list[str]:
    """File names that keep the numbers of numbered forms; none when those do not stand together, in their order."""
    at = [place for place, name in enumerate(names) if name.isdecimal()]
    if not at or at != list(range(at[0], at[-1] + 1)):
        return []
    before, numbered, behind = names[: at[0]], names[at[0] : at[-1] + 1], names[at[-1] + 1 :]
    last = int(numbered[-1])
    found = [
        *(f"00-{number}-{name}" if len(before) > 1 else f"00-{name}" for number, name in enumerate(before, start=1)),
        *numbered,
        *(f"{number:02d}-{name}" for number, name in enumerate(behind, start=last + 1)),
    ]
    return found if found == sorted(found) and len(set(found)) == len(found) else []


def _write(work: Path, report: ReportSpec, library: Library, taken: CarriedCase, before: str) -> Iterator[Path]:
    """Fills a folder with the files of a case; gives their paths inside it."""
    yield _file(work, Path(CASE_FILE), case_file(report, taken.fields, before))
    CaseFolder(work).answers.mkdir()
    CaseFolder(work).attachments.mkdir()
    if taken.persons is not None:
        shutil.copyfile(taken.persons, CaseFolder(work).persons_file)
    asked = [name for name in report.used_forms if library.forms[name].is_asked]
    for form, name in zip(asked, file_names(tuple(asked)), strict=True):
        text = form_file(library.forms[form], {**library.forms, "case": report.case}, taken.forms.get(form))
        yield _file(work, Path(ANSWERS, name), text)
    for attachment in taken.attachments().values():
        copy = CaseFolder(work).attachments / attachment.name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(attachment.path, copy)


def _file(work: Path, path: Path, text: str) -> Path:
    (work / path).write_text(text, encoding="utf-8")
    return path


def _put(work: Path, folder: Path) -> None:
    """Moves a finished folder into place, or what it holds into an empty folder that is there; ``case.yaml`` last."""
    if not folder.exists():
        work.rename(folder)
        return
    moved: list[Path] = []
    try:
        for entry in sorted(work.iterdir(), key=lambda path: path.is_file()):
            moved.append(folder / entry.name)
            entry.rename(moved[-1])
    except BaseException:
        for path in moved:
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        raise

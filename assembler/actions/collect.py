"""Workbooks that came back from departments, and who has not sent theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from assembler.actions.hand_out import LIST
from assembler.actions.import_ import Imported, named_in, take
from assembler.actions.intake import ENDINGS
from assembler.actions.locking import locked
from assembler.actions.open_case import OpenCase
from assembler.base.file_kinds import PICTURES, named
from assembler.base.files import is_of_system
from assembler.base.garbage import paused_collector
from assembler.base.messages import wording
from assembler.base.problems import Place, Problem, problem
from assembler.base.settings import Settings
from assembler.base.spreadsheets import what_it_is
from assembler.collect.workbook.shares import shares


@dataclass(frozen=True)
class Returned:
    """What a unit sent back: something new, a workbook nobody touched, or nothing."""

    unit: str
    state: Literal["filled", "unchanged", "missing"]
    files: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Collected:
    """What the workbooks of a folder bring to a case, and what came back of each unit."""

    imported: Imported
    units: tuple[Returned, ...]


@locked("collect")
@paused_collector()
def collect(
    folder: Path,
    source: Path,
    settings: Settings,
    *,
    prefer: Sequence[str] = (),
    dry_run: bool = False,
    with_errors: bool = False,
    anyway: bool = False,
    said: Sequence[str] = (),
    write: bool = False,
) -> Collected:
    """Merges all workbooks and files of others in the folder ``source`` into a case, as ``import_books`` does.

    Raises AssemblerError as that does, and when ``units.yaml`` has errors.
    """
    files = workbooks_in(source)
    case = OpenCase.read(folder, settings)
    told = tuple(_passed_over(source))
    imported = take(
        case, files, prefer, told, dry_run=dry_run, with_errors=with_errors, anyway=anyway, said=said, write=write
    )
    imported = replace(imported, problems=(*imported.problems, *_unnamed_pictures(source, imported)))
    return Collected(imported, tuple(_returned(case, imported)))


def workbooks_in(folder: Path) -> tuple[Path, ...]:
    """The files to be read in a folder and below it; what Windows, a Mac or an open program keeps is passed over."""
    return tuple(path for path in _sent_back(folder) if path.suffix.lower() in ENDINGS)


def _sent_back(folder: Path) -> Iterator[Path]:
    """The files in a folder but the list of what was handed out, which lies beside the workbooks."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != LIST)
    return (path for path in found if not is_of_system(path))


def _passed_over(folder: Path) -> Iterator[Problem]:
    """What came back and is not read; pictures may be what a workbook names as its attachments."""
    for path in _sent_back(folder):
        if path.suffix.lower() not in ENDINGS and named(path.name) not in PICTURES:
            yield problem("workbook-passed-over", Place(file=str(path)), name=path.name, reason=what_it_is(path))


def _unnamed_pictures(folder: Path, imported: Imported) -> Iterator[Problem]:
    """Pictures that came back and are no attachment of anything: scans of what was to be filled in."""
    attached = named_in(imported.books)
    said = [cell.text for scrap in imported.scraps for grid in scrap.file.grids for cell in grid.cells]
    reason = wording("it is a picture: ask for the file it was made from, or type what it says")
    for path in _sent_back(folder):
        is_named = path.name in attached or any(path.name in text for text in said)
        if named(path.name) in PICTURES and not is_named:
            yield problem("workbook-passed-over", Place(file=str(path)), name=path.name, reason=reason)


def _returned(case: OpenCase, imported: Imported) -> Iterator[Returned]:
    """Of each unit whether its workbook came back."""
    for share in shares(case.specs, case.units()):
        files = tuple(book.path for book in imported.books if book.memory.unit == share.unit)
        files += tuple(scrap.path for scrap in imported.scraps if scrap.unit == share.unit)
        touched = any(path in imported.touched for path in files)
        yield Returned(share.unit, "filled" if touched else "unchanged" if files else "missing", files)

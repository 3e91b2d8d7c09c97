"""Workbooks that came back from departments, and who has not sent theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assembler.actions.import_ import Imported, merge_books, preferred, read_books, settled
from assembler.actions.locking import locked
from assembler.actions.open_case import OpenCase
from assembler.base.garbage import paused_collector
from assembler.base.settings import Settings
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
    prefer: str = "",
    dry_run: bool = False,
    with_errors: bool = False,
) -> Collected:
    """Merges all workbooks in the folder ``source`` into a case, as ``import_books`` does.

    Raises AssemblerError as that does, and when ``units.yaml`` has errors.
    """
    files = workbooks_in(source)
    side = preferred(prefer, files)
    case = OpenCase.read(folder, settings)
    imported = merge_books(case, *read_books(case, files), side)
    units = tuple(_returned(case, imported))
    return Collected(settled(case, imported, dry_run=dry_run, with_errors=with_errors), units)


def workbooks_in(folder: Path) -> tuple[Path, ...]:
    """The workbooks in a folder and below it; those of open programs and hidden ones are passed over."""
    found = (path for path in sorted(folder.rglob("*")) if path.suffix.lower() == ".xlsx" and path.is_file())
    return tuple(path for path in found if not path.name.startswith(("~$", ".")))


def _returned(case: OpenCase, imported: Imported) -> Iterator[Returned]:
    """Of each unit whether its workbook came back."""
    for share in shares(case.specs, case.units()):
        files = tuple(book.path for book in imported.books if book.memory.unit == share.unit)
        touched = any(path in imported.touched for path in files)
        yield Returned(share.unit, "filled" if touched else "unchanged" if files else "missing", files)

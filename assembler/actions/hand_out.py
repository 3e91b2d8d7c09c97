"""Workbooks for departments: one a unit, with a list of them, and who has sent theirs back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assembler.actions.exchange import Imported, Share, export_case, shares, units_of
from assembler.actions.open_case import OpenCase
from assembler.base.files import write_whole, writing
from assembler.base.problems import AssemblerError, ExitCode, Place, problem
from assembler.collect.survey.files import shielded
from assembler.model.folders import CaseFolder

LIST = "فهرست.csv"
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


@dataclass(frozen=True)
class HandedOut:
    """A workbook of a unit, at its path."""

    share: Share
    path: Path


def hand_out(opened: OpenCase, folder: Path, exported: str) -> tuple[HandedOut, ...]:
    """Writes a workbook for each unit of the case into a folder, and a list of them.

    Raises AssemblerError: «no-units» when the case says of no unit, «hand-out-used» when one of the files is there.
    """
    units = units_of(opened)
    if not units.items:
        place = Place(file=str(CaseFolder(opened.case.folder).units_file))
        raise AssemblerError([problem("no-units", place)], ExitCode.USAGE)
    found = tuple(HandedOut(share, folder / _name(opened, share)) for share in shares(opened, units))
    used = [each.path for each in (*found, HandedOut(found[0].share, folder / LIST)) if each.path.exists()]
    if used:
        raise AssemblerError([problem("hand-out-used", Place(file=str(path))) for path in used], ExitCode.OUTPUT)
    reading = opened.judged()
    for each in found:
        export_case(opened, each.share, each.path, exported=exported, units=units, reading=reading)
    _write_list(folder / LIST, found)
    return found


def _name(opened: OpenCase, share: Share) -> str:
    return f"{opened.case.name} {_FORBIDDEN.sub(' ', share.unit).strip(' .')}.xlsx"


def _write_list(path: Path, found: Sequence[HandedOut]) -> None:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("واحد", "فایل", "فرم‌ها", "پرسش‌ها"))
    for each in found:
        forms = "، ".join(each.share.forms)
        asked = "، ".join(f"{form}.{item}" for form, items in each.share.forms.items() for item in items)
        writer.writerow([shielded(cell) for cell in (each.share.unit, each.path.name, forms, asked)])
    with writing(path):
        write_whole(path, ("\ufeff" + text.getvalue()).encode())


# ---------------------------------------------------------------- back


@dataclass(frozen=True)
class Returned:
    """What a unit sent back: something new, a workbook nobody touched, or nothing."""

    unit: str
    state: Literal["filled", "unchanged", "missing"]
    files: tuple[Path, ...] = ()


def workbooks_in(folder: Path) -> tuple[Path, ...]:
    """The workbooks in a folder and below it; those of open programs and hidden ones are passed over."""
    found = (path for path in sorted(folder.rglob("*")) if path.suffix.lower() == ".xlsx" and path.is_file())
    return tuple(path for path in found if not path.name.startswith(("~$", ".")))


def returned(opened: OpenCase, imported: Imported) -> tuple[Returned, ...]:
    """Of each unit whether its workbook came back. Raises AssemblerError when ``units.yaml`` has errors."""
    return tuple(_returned(opened, imported))


def _returned(opened: OpenCase, imported: Imported) -> Iterator[Returned]:
    for share in shares(opened, units_of(opened)):
        files = tuple(book.path for book in imported.books if book.memory.unit == share.unit)
        touched = any(path in imported.touched for path in files)
        yield Returned(share.unit, "filled" if touched else "unchanged" if files else "missing", files)

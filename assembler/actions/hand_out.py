"""Workbooks for departments: one a unit, with a list of them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import jdatetime

from assembler.actions.export import Exported, export_share
from assembler.actions.open_case import OpenCase
from assembler.base.files import write_whole, writing
from assembler.base.garbage import paused_collector
from assembler.base.problems import AssemblerError, ExitCode, Place, problem
from assembler.base.settings import Settings
from assembler.collect.survey.files import shielded
from assembler.collect.workbook.shares import Share, shares
from assembler.model.folders import CaseFolder

LIST = "فهرست.csv"
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


@dataclass(frozen=True)
class HandedOut:
    """The workbooks, one a unit, and the file that lists them."""

    books: tuple[Exported, ...]
    listed: Path


@paused_collector()
def hand_out(folder: Path, out: Path, settings: Settings, day: jdatetime.date) -> HandedOut:
    """Writes a workbook for each unit of a case into a folder, and a list of them; they say they were made on ``day``.

    Raises AssemblerError: «no-units» when the case says of no unit, «hand-out-used» when one of the files is there.
    """
    case = OpenCase.read(folder, settings)
    units = case.units()
    if not units.items:
        place = Place(file=str(CaseFolder(folder).units_file))
        raise AssemblerError([problem("no-units", place)], ExitCode.USAGE)
    books = tuple(Exported(out / _name(case, share), share) for share in shares(case.specs, units))
    used = [path for path in (*(each.path for each in books), out / LIST) if path.exists()]
    if used:
        raise AssemblerError([problem("hand-out-used", Place(file=str(path))) for path in used], ExitCode.OUTPUT)
    judged = case.judged()
    for each in books:
        export_share(case, each.share, each.path, day, units, judged)
    _write_list(out / LIST, books)
    return HandedOut(books, out / LIST)


def _name(case: OpenCase, share: Share) -> str:
    return f"{case.case.name} {_FORBIDDEN.sub(' ', share.unit).strip(' .')}.xlsx"


def _write_list(path: Path, books: Sequence[Exported]) -> None:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("واحد", "فایل", "فرم‌ها", "پرسش‌ها"))
    for each in books:
        forms = "، ".join(each.share.forms)
        asked = "، ".join(f"{form}.{item}" for form, items in each.share.forms.items() for item in items)
        writer.writerow([shielded(cell) for cell in (each.share.unit, each.path.name, forms, asked)])
    with writing(path):
        write_whole(path, ("\ufeff" + text.getvalue()).encode())

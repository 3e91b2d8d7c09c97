"""Answers out of a case into a workbook to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import jdatetime

from assembler.actions.open_case import OpenCase
from assembler.answers import Units
from assembler.base.garbage import paused_collector
from assembler.base.persian import format_date
from assembler.base.problems import Place
from assembler.base.settings import Settings
from assembler.base.tongue import printed_in
from assembler.collect.workbook import (
    GUIDE,
    LISTS,
    Guide,
    Memory,
    fields_of,
    memory_of,
    plan_sheet,
    sheet_names,
    write_workbook,
)
from assembler.collect.workbook.shares import Share, share_of, whole
from assembler.evaluate import evaluate_deadlines
from assembler.model.folders import CaseFolder
from assembler.model.judged import Judged

_ASIDE = ("_assembler", GUIDE, LISTS)


@dataclass(frozen=True)
class Exported:
    """A workbook at its path, and what it holds of the case."""

    path: Path
    share: Share


@paused_collector()
def export(
    folder: Path,
    file: Path,
    settings: Settings,
    day: jdatetime.date,
    *,
    forms: Sequence[str] = (),
    unit: str | None = None,
) -> Exported:
    """Writes a workbook with a sheet a form and the answers so far; of the named forms, or of what one unit answers.

    It says it was made on ``day``. Raises AssemblerError: there is no such form or unit, the file cannot be written.
    """
    case = OpenCase.read(folder, settings)
    units = case.units()
    place = Place(file=str(CaseFolder(folder).units_file))
    share = whole(case.specs, forms) if unit is None else share_of(case.specs, units, unit, place)
    export_share(case, share, file, day, units, case.judged())
    return Exported(file, share)


def export_share(case: OpenCase, share: Share, path: Path, day: jdatetime.date, units: Units, judged: Judged) -> None:
    """Writes a workbook of a share of a case that was judged. Raises AssemblerError ``output-unwritable``."""
    with printed_in(case.report.tongue):
        _write_share(case, share, path, day, units, judged)


def _write_share(case: OpenCase, share: Share, path: Path, day: jdatetime.date, units: Units, judged: Judged) -> None:
    forms = [case.specs[name] for name in share.forms]
    plans = [
        plan_sheet(name, spec, case.answered(spec.id), judged.forms[spec.id], case.specs, partial(share.holds, spec.id))
        for name, spec in zip(sheet_names(forms, _ASIDE), forms, strict=True)
    ]
    memories = {plan.form.id: memory_of(plan, plan.answer_columns) for plan in plans}
    whose = fields_of(case.report.case, case.case.fields)
    memory = Memory(case.case.name, case.case.report, share.unit, format_date(day), memories, whose)
    guide = Guide(judged.packet.title, case.case.name, share.unit, _deadlines(case), _who(units))
    write_workbook(
        path, plans, memory, guide, lambda form: [each for each in judged.problems if each.place.form == form]
    )


def _deadlines(case: OpenCase) -> tuple[tuple[str, str], ...]:
    """The deadlines of the report that are still open, in the order they are due."""
    found, _ = evaluate_deadlines(case.case, case.report, case.library)
    return tuple((each.spec.label, format_date(each.due)) for each in found if each.due and each.done is None)


def _who(units: Units) -> dict[str, str]:
    """The units that answer each form."""
    found: dict[str, list[str]] = {}
    for unit, held in units.items.items():
        for form in held:
            found.setdefault(form, []).append(unit)
    return {form: "، ".join(names) for form, names in found.items()}

"""Reads which units were expected to send a case, from a list in Excel or CSV."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path

from assembler.base.foreign import Turned
from assembler.base.persian import fold, normalise
from assembler.base.problems import AssemblerError, ExitCode, Place, Problem, problem
from assembler.cases.gather.findings import Expected
from assembler.cases.letters.lists import UnitList, read_list
from assembler.model.reports import ReportSpec
from assembler.model.specs import Item


def read_units(
    file: Path, report: ReportSpec, sheet: str = "", turned: Turned = nullcontext
) -> tuple[tuple[Expected, ...], tuple[Problem, ...]]:
    """The units of a list whose columns are called like fields of the case, by name or label; others are notes. With
    them what is to say of the list: what was passed over, what nobody sees.

    Raises AssemblerError: the file cannot be read, or no column is a field.
    """
    units = read_list(file, sheet, turned)
    columns = _columns(units, report)
    if not columns:
        known = "، ".join(item.shown for item in _fields(report).values())
        raise AssemblerError([problem("gather-no-columns", Place(file=str(file)), known=known)], ExitCode.USAGE)
    found: dict[tuple[tuple[str, str], ...], Expected] = {}
    for row in units.rows:
        fields = {name: text for name, at in columns.items() if (text := normalise(row.cells.get(at, "")))}
        if fields:
            expected = Expected(" – ".join(fields.values()), fields)
            found.setdefault(expected.key, expected)
    return tuple(found.values()), units.remarks


def _fields(report: ReportSpec) -> Mapping[str, Item]:
    return {item.name: item for item in report.case.items if item.type == "text" and item.calculation is None}


def _columns(units: UnitList, report: ReportSpec) -> Mapping[str, int]:
    """Of each field the column that is called like it, the first where several are."""
    called = {fold(text): name for name, item in _fields(report).items() for text in (item.label, f"case.{name}", name)}
    found: dict[str, int] = {}
    for at, label in units.labels.items():
        name = called.get(fold(label))
        if name and not label.startswith("#"):
            found.setdefault(name, at)
    return found

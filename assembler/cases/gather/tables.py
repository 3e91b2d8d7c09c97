"""Makes the rows of the tables a report gathers: a row for each case or key, or for what was found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assembler.base.catalogue.entries import Severity
from assembler.base.messages import spoken, translate
from assembler.base.persian import ZWNJ, fold, latin_digits, normalise
from assembler.base.problems import Place, problem
from assembler.cases.gather.findings import Compared, Finding, Unread
from assembler.model.answers import Value
from assembler.model.filled import GatheredCase
from assembler.model.reports import Gather, GatheredTable

Cells = Mapping[str, Value]
_DIGITS = re.compile(r"([0-9]+)")
_ALPHABET = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_RANKS = {ord(letter): chr(0x0621 + rank) for rank, letter in enumerate(_ALPHABET)} | {ord(ZWNJ): " "}


@dataclass(frozen=True)
class Rows:
    """The rows of each table by ``form.item``; ``findings`` are all, with those met while the rows were made."""

    tables: Mapping[str, tuple[Cells, ...]]
    findings: tuple[Finding, ...]


def table_rows(gather: Gather, compared: Compared, unread: Sequence[Unread]) -> Rows:
    """All tables; lists of findings come last, as making the others finds more. What is printed is Persian."""
    met: list[Finding] = []
    made: dict[str, tuple[Cells, ...]] = {}
    with spoken("fa"):
        for at, table in enumerate(gather.tables):
            if table.of == "cases":
                made[table.target] = _ordered(table, _of_cases(table, at, compared, met))
        findings = (*met, *compared.findings)
        for table in gather.tables:
            if table.of != "cases":
                listed = _listed(table.of, compared, findings, unread)
                made[table.target] = _ordered(table, [_chosen(table, entry) for entry in listed])
    return Rows(made, findings)


# ---------------------------------------------------------------- cases


def _of_cases(table: GatheredTable, at: int, compared: Compared, met: list[Finding]) -> list[Cells]:
    """A row a key; what of the same key comes again at the same place is left out and told of."""
    rows: dict[tuple[object, ...], dict[str, Value]] = {}
    taken: dict[tuple[object, ...], GatheredCase] = {}
    for case in compared.cases:
        cells = case.rows[at]
        if cells is None or (table.last and case.period.period != compared.range.last):
            continue
        key = tuple(_key(cells[name]) for name in table.key) or (case.name,)
        place = (*key, case.period.period if table.across is None else case.at[at])
        if place in taken:
            met.append(_twice(taken[place], case))
            continue
        taken[place] = case
        row = rows.setdefault(key if table.across else place, {})
        row.update(_placed(table, cells, case, at, met))
    return list(rows.values())


def _key(value: Value) -> object:
    return fold(value) if isinstance(value, str) else value


def _twice(kept: GatheredCase, case: GatheredCase) -> Finding:
    told = problem("gather-row-twice", Place(file=case.name), kept=kept.name, name=case.name)
    return Finding(told, case.period.unit, case.period.period.label, (kept.name, case.name))


def _placed(
    table: GatheredTable, cells: Cells, case: GatheredCase, at: int, met: list[Finding]
) -> Iterator[tuple[str, Value]]:
    """The cells of a case by the columns they go into; a place there is no column for is told of."""
    across = table.across
    for name, value in cells.items():
        columns = across.columns.get(name) if across else None
        if columns is None:
            yield name, value
        elif 1 <= case.at[at] <= len(columns):
            yield columns[case.at[at] - 1], value
    if across and not 1 <= case.at[at] <= max(map(len, across.columns.values()), default=0):
        told = problem("gather-no-place", Place(file=case.name), at=case.at[at])
        met.append(Finding(told, case.period.unit, case.period.period.label, (case.name,)))


def _ordered(table: GatheredTable, rows: Iterable[Cells]) -> tuple[Cells, ...]:
    def order(row: Cells) -> list[tuple[int, object]]:
        return [_order(row.get(name)) for name in table.order]

    return tuple(sorted(rows, key=order)) if table.order else tuple(rows)


def _order(value: Value) -> tuple[int, object]:
    """Numbers before texts, blanks last; the kinds are never compared with one another."""
    if value is None:
        return 3, 0
    if isinstance(value, str):
        return 2, _alphabetical(value)
    return (1, value) if hasattr(value, "__lt__") and not isinstance(value, tuple) else (2, _alphabetical(str(value)))


def _alphabetical(text: str) -> list[tuple[int, int, str]]:
    """By the Persian alphabet, which is not the order of the codes, and numbers by their size."""
    pieces = _DIGITS.split(latin_digits(normalise(text)))
    return [(0, int(piece), "") if piece.isdecimal() else (1, 0, piece.translate(_RANKS)) for piece in pieces if piece]


# ---------------------------------------------------------------- what was found


def _listed(
    kind: str, compared: Compared, findings: Iterable[Finding], unread: Iterable[Unread]
) -> Iterator[Mapping[str, str | int]]:
    if kind == "missing":
        for each in compared.missing:
            yield {"unit": each.unit, "period": each.period.label, "reason": each.problem.message}
    elif kind == "findings":
        for found in findings:
            yield {
                "unit": found.unit,
                "period": found.period,
                "severity": severity_word(found.problem.severity),
                "text": found.problem.message,
                "cases": "، ".join(found.cases),
            }
    else:
        for case in unread:
            state = translate("taken with its errors") if case.taken else translate("left out")
            yield {"case": case.case, "text": case.reason, "count": len(case.errors), "state": state}


def severity_word(severity: Severity) -> str:
    words = {
        Severity.ERROR: translate("error"),
        Severity.WARNING: translate("warning"),
        Severity.INFORMATION: translate("information"),
    }
    return words[severity]


def _chosen(table: GatheredTable, entry: Mapping[str, str | int]) -> Cells:
    return {column: entry[name.source.strip()] or None for column, name in table.cells.items()}

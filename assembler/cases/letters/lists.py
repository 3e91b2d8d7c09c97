"""Reads a list of units from Excel or CSV: every cell the text a person sees, every row with its number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assembler.base.file_kinds import ARCHIVE, OLD_OFFICE
from assembler.base.foreign import Turned, UnreadableError
from assembler.base.messages import Wording, wording
from assembler.base.persian import fold, normalise
from assembler.base.problems import AssemblerError, ExitCode, Place, Problem, problem
from assembler.base.separated import rows_of
from assembler.base.suggest import listed
from assembler.base.unreadable import LIST, LONG, unreadable

if TYPE_CHECKING:
    from assembler.base.excel_rows import Area, ReadCell

_MOST_UNPACKED = 512 << 20
_MOST_ROWS = 200_000
_MOST_TEXT = 256 << 20  # bytes of a list in CSV
_BLOCK = 1 << 20
_MOST_TITLES = 12  # rows in which the columns are named
_SUMS = frozenset(
    map(fold, ("جمع", "جمع کل", "مجموع", "مجموع کل", "سرجمع", "جمع نهایی", "total", "grand total", "sum"))
)


@dataclass(frozen=True)
class Row:
    """A row of the list: its number as the file counts it, its texts by column, and the codes of what keeps some of
    them from being read.
    """

    number: int
    cells: Mapping[int, str]
    faults: Mapping[int, str] = field(default_factory=dict)
    hidden: bool = False
    unseen: frozenset[int] = frozenset()  # columns that somebody hid
    merged: frozenset[int] = frozenset()  # columns in which cells merged with one above say what that says


@dataclass(frozen=True)
class UnitList:
    """A list as read: ``labels`` are the texts of the row that names the columns, by column; blank rows are none.

    ``remarks`` tell what was passed over or may not be meant: titles above it, sums below it, rows nobody sees.
    """

    file: Path
    sheet: str
    head: int
    labels: Mapping[int, str]
    rows: tuple[Row, ...]
    remarks: tuple[Problem, ...] = ()

    def place(self, row: int | None = None, label: str | None = None) -> Place:
        """Where a row or cell stands, as people find it: file and sheet, row, label of the column."""
        name = f"{self.file.name} [{self.sheet}]" if self.sheet else self.file.name
        return Place(file=name, row=row, column=label)


def read_list(file: Path, sheet: str = "", turned: Turned = nullcontext) -> UnitList:
    """The list in a file; of a workbook, once it was ``turned`` into one of Excel, the sheet named, or the first that
    holds anything. Raises AssemblerError.
    """
    found, rows, others = _workbook(file, sheet, turned) if _is_packed(file) else ("", list(_separated(file)), ())
    whole = [row for row in rows if row.cells]
    titles = _titles(whole)
    head, units = whole[titles : titles + 1], whole[titles + 1 :]
    sums = _sums(units)
    units = units[: len(units) - sums]
    if not head or not units:
        raise AssemblerError([problem("list-empty", Place(file=str(file)))], ExitCode.ANSWERS)
    read = UnitList(file, found, head[0].number, head[0].cells, tuple(units))
    aside = [problem("list-other-sheets", read.place(), name=found, names="، ".join(others))] if others else []
    return replace(read, remarks=(*aside, *_remarks(read, whole[:titles], whole[len(whole) - sums :])))


def _titles(rows: Sequence[Row]) -> int:
    """How many rows stand above the one that names the columns: of one cell, where those below have several."""
    head = rows[:_MOST_TITLES]
    if max((len(row.cells) for row in head), default=0) < 2:
        return 0  # a list of one column
    return next(number for number, row in enumerate(head) if len(row.cells) > 1)


def _sums(rows: Sequence[Row]) -> int:
    """How many rows at the foot are sums: one of their cells says so."""
    return len(list(takewhile(_is_sum, reversed(rows))))


def _is_sum(row: Row) -> bool:
    return any(fold(text).strip(" :.*") in _SUMS for text in row.cells.values())


def _remarks(units: UnitList, titles: Sequence[Row], sums: Sequence[Row]) -> Iterator[Problem]:
    for row in titles:
        yield problem("list-title", units.place(row.number), text=next(iter(row.cells.values())))
    for row in sums:
        yield problem("list-sum", units.place(row.number))
    hidden = [row.number for row in units.rows if row.hidden]
    if hidden:
        yield problem("list-hidden-rows", units.place(hidden[0]), count=len(hidden))
    unseen = sorted({column for row in units.rows for column in row.unseen} & set(units.labels))
    if unseen:
        yield problem("list-hidden-columns", units.place(), names=listed([units.labels[each] for each in unseen]))
    merged = [row for row in units.rows if row.merged]
    if merged:
        labels = [units.labels.get(each, "") for each in sorted({each for row in merged for each in row.merged})]
        names = listed([label for label in labels if label])
        yield problem("list-merged", units.place(merged[0].number), count=len(merged), names=names)


def _is_packed(file: Path) -> bool:
    """Whether a file is a workbook or what may be taken for one, whatever it is called."""
    try:
        with file.open("rb") as opened:
            return opened.read(4) in (ARCHIVE, OLD_OFFICE)
    except OSError as error:
        raise _unreadable(file, error) from error


def _unreadable(file: Path, reason: object, remedy: Wording = LIST) -> AssemblerError:
    return AssemblerError([unreadable(file, reason, remedy)], ExitCode.ANSWERS)


def _too_long() -> Wording:
    return wording("it has more than {count} rows", count=_MOST_ROWS)


# ---------------------------------------------------------------- Excel


def _workbook(file: Path, sheet: str, turned: Turned) -> tuple[str, list[Row], Sequence[str]]:
    """The rows of the sheet named, or of the first that holds anything, and what other sheets hold something."""
    from assembler.base.spreadsheets import opened

    try:
        with turned(file) as made, opened(made, _MOST_UNPACKED, results=True) as book:
            tables = {each.title: each for each in book.worksheets}  # a chart on a sheet of its own is none
            if sheet and sheet not in tables:
                known = "، ".join(tables)
                fault = problem("list-sheet-unknown", Place(file=str(file)), name=sheet, known=known)
                raise AssemblerError([fault], ExitCode.USAGE)
            filled = [sheet] if sheet else [name for name, each in tables.items() if _holds_anything(each)]
            name = next(iter(filled or tables), "")
            return name, list(_rows(book, tables[name])) if name else [], filled[1:]
    except (UnreadableError, OSError) as error:
        raise _unreadable(file, error.reason if isinstance(error, UnreadableError) else error) from error


def _holds_anything(sheet: Any) -> bool:
    from assembler.base.excel_rows import has_cells, source_of

    if not has_cells(sheet):
        return False
    with source_of(sheet) as source:
        return b"<v>" in (head := source.read(_BLOCK)) or b"<t" in head or b"<f" in head


def _rows(book: Any, sheet: Any) -> Iterator[Row]:
    from assembler.base.excel_rows import SheetRows, has_cells, shape_of, source_of, without_value

    if not has_cells(sheet):  # it is a chart
        return
    with source_of(sheet) as source:
        # Each row begins and ends with its name, or is one empty element.
        if sum(block.count(b"<row ") for block in iter(lambda: source.read(_BLOCK), b"")) > _MOST_ROWS:
            raise UnreadableError(_too_long())
    with source_of(sheet) as source:
        shape = shape_of(source)
    merged = _Merged(shape.merged)
    with source_of(sheet) as source:
        rows = SheetRows(book, sheet, source, results=True)
        for number, element in enumerate(rows.elements(), 1):
            lost = without_value(element)
            hidden = element.get("hidden") in ("1", "true")
            found, cells = rows.cells(element)
            row = merged.through(_row(book, found or number, cells, lost))
            unseen = frozenset(column for column in row.cells if column in shape.hidden_columns)
            yield replace(row, hidden=hidden, unseen=unseen)


class _Merged:
    """Merged cells of a sheet, row after row: what the first of them says holds for all rows they cover."""

    def __init__(self, areas: Sequence[Area]) -> None:
        self._areas = sorted(area for area in areas if area[2] > area[0])
        self._next = 0
        self._open: dict[int, tuple[int, str]] = {}  # by column: the last row, and what the first says

    def through(self, row: Row) -> Row:
        """The row with what merged cells that began above it say; asked for row by row, from the first."""
        self._open = {column: told for column, told in self._open.items() if told[0] >= row.number}
        said = {column: text for column, (_, text) in self._open.items() if column not in row.cells}
        while self._next < len(self._areas) and self._areas[self._next][0] <= row.number:
            top, left, bottom, _ = self._areas[self._next]
            self._next += 1
            if top == row.number and left in row.cells:
                self._open[left] = (bottom, row.cells[left])
        return replace(row, cells={**row.cells, **said}, merged=frozenset(said)) if said and row.cells else row


def _row(book: Any, number: int, cells: Sequence[ReadCell], lost: frozenset[str]) -> Row:
    from openpyxl.utils import coordinate_to_tuple

    from assembler.base.cells import as_shown
    from assembler.base.spreadsheets import number_format

    texts, faults = {}, {}
    for cell in cells:
        texts[cell["column"]] = as_shown(cell["value"], number_format(book, cell["style_id"]))
        if cell["data_type"] == "e":
            faults[cell["column"]] = "workbook-cell-error"
    for address in lost:
        column = coordinate_to_tuple(address)[1]
        texts[column], faults[column] = address, "workbook-no-value"
    return Row(number, {column: text for column, text in texts.items() if text.strip()}, faults)


# ---------------------------------------------------------------- CSV


def _separated(file: Path) -> Iterator[Row]:
    try:
        if file.stat().st_size > _MOST_TEXT:
            raise _unreadable(file, _too_long(), LONG)
        for number, row in rows_of(file.read_bytes()):
            if number > _MOST_ROWS:
                raise _unreadable(file, _too_long(), LONG)
            yield Row(number, _texts(row))
    except OSError as error:
        raise _unreadable(file, error) from error
    except UnreadableError as error:
        raise _unreadable(file, error.reason) from error


def _texts(cells: Iterable[str]) -> dict[int, str]:
    return {number: text for number, text in enumerate(cells, 1) if text.strip()}


def repeated(labels: Sequence[str]) -> tuple[str, ...]:
    """Labels that stand more than once, however they are spelt."""
    spelt = [normalise(label) for label in labels]
    return tuple(dict.fromkeys(label for label in spelt if spelt.count(label) > 1))

"""What files of others bring to a case, written as a page on which each table stands beside what comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from assembler.actions.import_ import CASE, Conflict, Imported
from assembler.actions.intake import Grid, Match, Proposal, Scrap, aside_words, asked_again, reasons
from assembler.base.commands import as_typed
from assembler.base.files import write_whole, writing
from assembler.base.messages import comma, digits, fill, translate
from assembler.base.problems import Problem, has_errors
from assembler.collect.foreign.grids import GridCell
from assembler.collect.intake.rows import AsideKind, DraftRow
from assembler.collect.workbook.cells import Raw
from assembler.collect.workbook.merge_cells import said_cell
from assembler.collect.workbook.merged import Merged, Row, told
from assembler.model.specs import Column, PrintedRow
from assembler.model.types import FILES
from assembler.views.intake import (
    Fate,
    Guess,
    LineKind,
    Outcome,
    ShownCell,
    ShownFile,
    ShownHead,
    ShownLine,
    ShownTable,
    Step,
    Told,
    intake_page,
)

_MOST_GUESSES = 3
_MOST_LINES = 300  # rows of a foreign table that are shown
_MOST_ROWS = 60  # of a table of the case that has more, only those are shown to which the file says something

Key = tuple[str, str, int | None, str]  # form, item, row, column


def write_intake(imported: Imported, page: Path, title: str, typed: Sequence[str]) -> None:
    """Writes what files of others bring as a page to read and print, in the language that is spoken. ``typed`` is the
    command that was given, word by word, without what would write.

    Raises AssemblerError (``output-unwritable``).
    """
    files = list(shown_files(imported))
    remarks = [Told(each.message, each.hint, each.where or (each.place.file or "")) for each in imported.problems]
    with writing(page):
        text = intake_page(title, files, remarks, list(_steps(imported, typed)))
        write_whole(page, text.encode("utf-8", "replace"))


def shown_files(imported: Imported) -> Iterator[ShownFile]:
    """The files of others as they are shown, each table beside what comes of it."""
    several = len(imported.scraps) > 1
    return (_file(scrap, imported, several=several) for scrap in imported.scraps)


def _file(scrap: Scrap, imported: Imported, *, several: bool) -> ShownFile:
    forms = {form.after.form: form for form in imported.forms}
    tables = (_Table(scrap, each, forms.get(each.form), imported.problems, several) for each in scrap.proposals)
    return ShownFile(scrap.path.name, scrap.unit, tuple(each.shown() for each in tables))


@dataclass(frozen=True)
class _Table:
    """One foreign table, with the form it goes to as it becomes; None where it goes to none."""

    scrap: Scrap
    found: Proposal
    form: Merged | None
    problems: Sequence[Problem]
    several: bool  # files: the name of each is said then

    @property
    def _grid(self) -> Grid:
        return self.found.grid

    @cached_property
    def _drafted(self) -> Mapping[int, DraftRow]:
        return {row.at: row for row in self.found.draft.rows} if self.found.draft else {}

    @cached_property
    def _aside(self) -> Mapping[int, AsideKind]:
        return {each.row: each.kind for each in self.found.draft.aside} if self.found.draft else {}

    @cached_property
    def _landed(self) -> Mapping[int, int]:
        return self.form.landed.get((self.scrap.path, self._grid.number), {}) if self.form else {}

    @cached_property
    def _new(self) -> frozenset[Key]:
        """Cells that are taken; of rows that are added the row alone."""
        changes = self.form.changes if self.form else ()
        mine = (each for each in changes if each.source == str(self.scrap.path))
        return frozenset((each.form, each.item, each.row, each.column) for each in mine)

    @cached_property
    def _conflicts(self) -> Mapping[Key, Conflict]:
        found = self.form.conflicts if self.form else ()
        mine = (each for each in found if str(self.scrap.path) in (source for source, _ in each.sides))
        return {(each.form, each.item, each.row, each.column): each for each in mine}

    @cached_property
    def _unread(self) -> Mapping[str, str]:
        return {each.place.file: each.message for each in self.problems if each.place.file}

    # ------------------------------------------------------------ the whole of it

    def shown(self) -> ShownTable:
        found, grid = self.found, self._grid
        read = found.state == "questions" or found.draft is not None
        lines = tuple(self._lines())
        more = grid.height - len(lines)
        return ShownTable(
            title=fill("table {number}", number=grid.number) + (f" – {grid.sheet}" if grid.sheet else ""),
            caption=(grid.before or grid.headings or ("",))[-1],
            state="sure" if read else "asked" if found.state == "asked" else "left",
            verdict=self._verdict(),
            guesses=tuple(self._guesses()),
            remarks=tuple(self._remarks()),
            heads=tuple(map(self._head, range(grid.width))),
            lines=lines,
            rest=fill("Further rows of the file, not shown here: {count}", count=more) if more > 0 else "",
            outcome=self._outcome(),
            number=grid.number,
            target=self._target(),
            columns=self._columns(),
        )

    def _target(self) -> str:
        """As commands say what it is taken for; «-» of one that is left out, «» of one nobody knows."""
        if self.found.state == "left":
            return "-"
        return self.found.match.candidate.name if self.found.match and self.found.draft else ""

    def _columns(self) -> tuple[tuple[str, str], ...]:
        if self.found.match is None or self.found.draft is None:
            return ()
        candidate = self.found.match.candidate
        shown = (" › ".join(filter(None, leaf.path)) for leaf in candidate.leaves)
        names = zip(candidate.leaf_names, shown, candidate.leaves, strict=True)
        return tuple((name, text) for name, text, leaf in names if candidate.asks(leaf.column))

    def _verdict(self) -> str:
        found = self.found
        if found.state == "left":
            return translate("left out, as you said")
        if found.state == "unknown":
            return translate("like none of this case; left out")
        if found.state == "questions":
            form, count = found.pairs.ranked[0].questions.form, len(found.pairs.answers)
            return fill("«{form}» [{name}]: {count} answers", form=form.shown, name=form.id, count=count)
        if found.match is None or found.draft is None:
            return translate("which one is it?")
        how = {"named": translate("as you said"), "continued": translate("goes on the table before")}
        return " – ".join(filter(None, (_named(found.match), how.get(found.state, ""))))

    def _guesses(self) -> Iterator[Guess]:
        """What it is taken for with the second; of one that is asked about what it may be."""
        matches, found = self.found.ranked.matches, self.found
        if found.state == "asked":
            for each in matches[:_MOST_GUESSES]:
                yield _guess(each, self._said(str(self._grid.number), each.candidate.name))
        elif found.match is not None and found.draft is not None:
            second = [each for each in matches if each.candidate is not found.match.candidate]
            yield from map(_guess, (found.match, *second[:1]))

    def _remarks(self) -> Iterator[Step]:
        if self.found.waits:
            yield Step(translate("Its new rows wait until these columns are said."))
        if self.scrap.file.proposes:
            yield Step(
                translate(
                    "This file says only where words stand on a page: compare its tables with care; "
                    "it has no half-spaces."
                )
            )
        missing, dropped = self._missing(), self.found.dropped
        if missing and dropped:
            names = comma().join(f"«{shown}» [{name}]" for name, shown in missing.items())
            typed = self._said(f"{self._grid.number}.{dropped[0] + 1}", next(iter(missing)))
            text = fill(
                "Our columns the file has nothing for: {names}. If one left out is it, say so, such as:", names=names
            )
            yield Step(text, (typed,))
        if self.found.state == "unknown" and self.found.ranked.matches:
            typed = self._said(str(self._grid.number), self.found.ranked.matches[0].candidate.name)
            yield Step(translate("If it is a table of this case after all, say which, such as:"), (typed,))
        if self.found.state == "asked":
            typed = self._said(str(self._grid.number), "-")
            yield Step(translate("If it is no table of this case, say so and it is not asked about again:"), (typed,))

    def _missing(self) -> Mapping[str, str]:
        """What our columns are called, and how people do, for which the file has none."""
        if self.found.match is None or self.found.draft is None:
            return {}
        candidate, columns = self.found.match.candidate, self.found.columns
        there = {*columns.sure.values(), *columns.asked.values()}
        left = (at for at, leaf in enumerate(candidate.leaves) if at not in there and candidate.asks(leaf.column))
        return {candidate.leaf_names[at]: " › ".join(filter(None, candidate.leaves[at].path)) for at in left}

    def _said(self, left: str, target: str) -> str:
        name = f"{self.scrap.file.name}:" if self.several else ""
        return as_typed("--as", f"{name}{left}={target}")

    # ------------------------------------------------------------ as it stands in its file

    def _head(self, at: int) -> ShownHead:
        found, number = self.found, digits(at + 1)
        if found.match is None or found.draft is None:
            return ShownHead(number, "", "")
        candidate = found.match.candidate
        if at in self._grid.hidden_columns:
            return ShownHead(number, "left", translate("this column is hidden; not read"))
        if at in found.columns.sure:
            leaf = candidate.leaves[found.columns.sure[at]]
            name = " › ".join(filter(None, leaf.path))
            if leaf.column.type in FILES:
                return ShownHead(number, "left", f"{name} – {translate('files are not taken from tables')}")
            if not candidate.asks(leaf.column):
                return ShownHead(number, "sure", f"{name} – {translate('printed by the program itself')}")
            return ShownHead(number, "sure", name)
        if at in found.columns.asked:
            own = found.columns.asked[at]
            name = " › ".join(filter(None, candidate.leaves[own].path))
            told_ = f"{name}? {translate('not sure, not read')}"
            typed = self._said(f"{self._grid.number}.{at + 1}", candidate.leaf_names[own])
            return ShownHead(number, "asked", told_, typed)
        like = translate("like none of our columns; left out") if at in found.dropped else ""
        return ShownHead(number, "left", like)

    def _lines(self) -> Iterator[ShownLine]:
        for row in range(min(self._grid.height, _MOST_LINES)):
            kind, told_ = self._line(row)
            number = digits(row + (self._grid.origin[0] if self._grid.sheet else 1))
            yield ShownLine(number, kind, told_, tuple(self._source_cells(row)))

    def _line(self, row: int) -> tuple[LineKind, str]:
        """What a row of it is, and in words what becomes of it."""
        if row in self._aside:
            return "aside", fill("left out: {what}", what=aside_words()[self._aside[row]])
        shape = self.found.match.shape if self.found.match and self.found.draft else None
        if shape and row < shape.first:
            return "title", translate("title")
        if shape and row < shape.body:
            return "head", translate("header")
        if row not in self._drafted:
            return "row", ""
        if row in self._landed:
            number, key = self._landed[row], self._key(self._landed[row], "")
            if key in self._new:
                return "row", fill("becomes new row {number}", number=number)
            return "row", fill("is row {number} of the case", number=number)
        return "row", translate("its new row waits") if self.found.waits else ""

    def _source_cells(self, row: int) -> Iterator[ShownCell]:
        grid = self._grid
        for column in range(grid.width):
            cell = grid.matrix[row][column]
            if cell is None:
                yield ShownCell("")
            elif (cell.row, cell.column) == (row, column):
                rows = min(cell.rows, grid.height - row, _MOST_LINES - row)
                columns = min(cell.columns, grid.width - column)
                fate, notes = self._fate(cell)
                yield ShownCell(cell.text, fate, notes, rows, columns)

    def _fate(self, cell: GridCell) -> tuple[Fate, tuple[str, ...]]:
        if self.found.state == "questions":
            return self._fate_of_answer(cell)
        drafted = self._drafted.get(cell.row)
        if drafted is None or self.found.match is None:
            return "", ()
        leaves, sure = self.found.match.candidate.leaves, self.found.columns.sure
        own = next((sure[at] for at in range(cell.column, cell.column + cell.columns) if at in sure), None)
        raw = drafted.cells.get(leaves[own].column.name) if own is not None else None
        if own is None or raw is None or not (cell.says or raw.fault):
            return "", ()
        return self._fate_of(self._landed.get(cell.row), leaves[own].column.name, raw)

    def _at(self, address: str) -> str:
        """A cell as problems name it."""
        return said_cell(self.scrap.path, self._grid.sheet, self._grid.where, address)

    def _fate_of(self, number: int | None, column: str, raw: Raw) -> tuple[Fate, tuple[str, ...]]:
        """What became of a cell for a row of the case; without a number it went to none."""
        if wrong := self._unread.get(self._at(raw.address)):
            return "unread", (wrong,)
        if raw.value is None:
            return "", ()
        if number is None:
            return ("waits" if self.found.waits else ""), ()
        key = self._key(number, column)
        if key in self._conflicts:
            return "conflict", _sides(self._conflicts[key], self.scrap.path)
        return ("new" if {key, self._key(number, "")} & self._new else "same"), ()

    def _fate_of_answer(self, cell: GridCell) -> tuple[Fate, tuple[str, ...]]:
        address = self._grid.address(cell.row, cell.column)
        for item, raw in self.found.pairs.answers:
            if raw.address == address:
                return self._fate_of_item(item.name, raw)
        return "", ()

    def _fate_of_item(self, item: str, raw: Raw) -> tuple[Fate, tuple[str, ...]]:
        key = (self.found.form, item, None, "")
        if wrong := self._unread.get(self._at(raw.address)):
            return "unread", (wrong,)
        if key in self._conflicts:
            return "conflict", _sides(self._conflicts[key], self.scrap.path)
        return ("new" if key in self._new else "same"), ()

    def _key(self, number: int, column: str) -> Key:
        assert self.found.match is not None
        return self.found.form, self.found.match.candidate.item.name, number, column

    # ------------------------------------------------------------ as the case would have it

    def _outcome(self) -> Outcome | None:
        if self.form is None:
            return None
        if self.found.state == "questions":
            return self._answers()
        assert self.found.match is not None
        candidate = self.found.match.candidate
        columns = tuple(dict.fromkeys(leaf.column for leaf in candidate.leaves))
        columns = tuple(each for each in columns if candidate.asks(each) or each.name in candidate.fixed)
        rows = self.form.rows.get(candidate.item.name, [])
        touched = set(self._landed.values())
        kept = rows if len(rows) <= _MOST_ROWS else [row for row in rows if row.number in touched]
        printed = {row.name: row for row in candidate.item.rows}
        lines = tuple(self._outcome_line(row, columns, printed.get(row.answered.name)) for row in kept)
        more = len(rows) - len(kept)
        rest = fill("Further rows of the case, which stay as they are: {count}", count=more) if more else ""
        return Outcome(candidate.item.shown, tuple(" › ".join(each.heads) for each in columns), lines, rest)

    def _outcome_line(self, row: Row, columns: Sequence[Column], printed: PrintedRow | None) -> ShownLine:
        at = next((at for at, number in self._landed.items() if number == row.number), None)
        drafted = self._drafted.get(at) if at is not None else None
        cells = []
        for column in columns:
            if printed is not None and column.name in printed.cells:
                cells.append(ShownCell(printed.cells[column.name], of_us=True))
                continue
            raw = drafted.cells.get(column.name) if drafted else None
            fate, notes = self._fate_of(row.number, column.name, raw) if raw else ("", ())
            cells.append(ShownCell(told(row.cells.get(column.name), column), fate, notes))
        new = self._key(row.number, "") in self._new
        if at is None:
            words = translate("not in the file; stays") if row.source == CASE else translate("from another table")
        else:
            words = translate("new") if new else ""
        return ShownLine(digits(row.number), "row", words, tuple(cells))

    def _answers(self) -> Outcome:
        assert self.form is not None
        lines = []
        for number, (item, raw) in enumerate(self.found.pairs.answers, start=1):
            answer = self.form.after.values.get(item.name)
            fate, notes = self._fate_of_item(item.name, raw)
            value = ShownCell(told(answer.value if answer else None, item), fate, notes)
            lines.append(ShownLine(digits(number), "row", "", (ShownCell(item.shown, of_us=True), value)))
        heads = translate("Question"), translate("Answer")
        return Outcome(self.form.title, heads, tuple(lines))


def _named(match: Match) -> str:
    return f"«{match.candidate.form.shown}» › «{match.candidate.item.shown}»"


def _guess(match: Match, typed: str = "") -> Guess:
    return Guess(_named(match), match.candidate.name, fill("{percent}%", percent=match.percent), reasons(match), typed)


def _sides(found: Conflict, path: Path) -> tuple[str, ...]:
    own = {CASE: translate("case"), str(path): translate("this file")}
    return tuple(f"{own.get(source, Path(source).name)}: {text or '∅'}" for source, text in found.sides)


# ---------------------------------------------------------------- what is to be done next


def _steps(imported: Imported, typed: Sequence[str]) -> Iterator[Step]:
    asked = list(asked_again(imported.scraps))
    if asked:
        text = translate(
            "What is marked with ? is asked of you. Put right what is guessed here («-» for none) and say it:"
        )
        yield Step(text, (as_typed(*typed, *asked),))
    if imported.conflicts:
        count = len(imported.conflicts)
        text = fill(
            "Conflicts: {count}. Ask who is right, then take the value of the file, or keep that of the case:",
            count=count,
        )
        side = imported.conflicts[-1].sides[-1][0]
        lines = tuple(as_typed(*typed, "--prefer", each) for each in (side, CASE))
        yield Step(text, lines)
    if has_errors(imported.problems):
        yield Step(translate("Correct in the file what could not be read, save it and give the command again."))
    if imported.written:
        paths = comma().join(str(path) for path in imported.written)
        yield Step(fill("Written into the case: {paths}", paths=paths))
    elif imported.changes and (asked or not imported.writable):
        yield Step(translate("When nothing is left to say or to put right, give the command with --write at its end."))
    elif imported.changes:
        text = fill(
            "Where the page is right, write what is taken into the case ({count}):", count=len(imported.changes)
        )
        yield Step(text, (as_typed(*typed, "--write"),))
    elif not asked and not imported.conflicts:
        yield Step(translate("The files say nothing new; nothing is to be written."))

"""Fills in a table: shows its rows so far and takes commands for whole rows."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence

from assembler.base.messages import fill, translate
from assembler.base.persian import parse_number
from assembler.collect.fill.asking import led_away
from assembler.collect.fill.pasting import pasted
from assembler.collect.fill.rows import RowDialogue
from assembler.collect.fill.screens import Dialogue, GoBack, Line, PutDown, Screen, done, problem_lines, refused, sure
from assembler.collect.fill.table_answers import Session, TableAnswers
from assembler.collect.fill.telling import help_lines, short, table_lines
from assembler.collect.fill.words import EVERYWHERE, IN_TABLES, Command, command
from assembler.model.answers import AnsweredRow
from assembler.model.filled import FilledItem, FilledRow
from assembler.model.specs import Item
from assembler.model.values import shown

_MOST_PROBLEMS = 12
_PROMPT = "#> "  # nothing in it that has a direction
_OF_ROWS = {"edit": 1, "delete": 1, "move": 2, "copy": 1}  # how many rows a command names


class TableDialogue:
    """The dialogue on one table; ``lines`` are shown first, ``origin`` is the case its rows came from."""

    def __init__(self, session: Session, form: str, item: Item, lines: tuple[Line, ...], origin: str) -> None:
        self.session, self.item, self.origin = session, item, origin
        self.answers = TableAnswers(session, form, item)
        self._lines = [*lines, *self._advice()]
        self._before: list[tuple[AnsweredRow, ...]] = []  # what «back» restores
        self._gone: set[int] = set()  # printed rows gone through: what is blank there was left so on purpose
        self._changed = True

    def run(self) -> Dialogue:
        """Until the table is done or skipped; raises GoBack, GoTo and LeaveDialogue."""
        while True:
            typed = yield Screen(self._screen(), _PROMPT)
            found = self._command(typed)
            if found is None:
                self._lines.append(refused(translate("That is no command of a table; «؟» lists them.")))
            elif found.name in ("done", "skip"):
                yield from self._leave(confirm=found.name == "done")
                return
            else:
                yield from self._follow(found)

    # ------------------------------------------------------------ what is shown

    def _screen(self) -> tuple[Line, ...]:
        """What is to be said, then the rows when they changed, then what Enter does."""
        lines, self._lines = self._lines, []
        if self._changed:
            lines += table_lines(self.answers.filled)
        self._changed = False
        return (*lines, Line("  " + self._enter_words(), "faint"))

    def _advice(self) -> Iterator[Line]:
        """What is special about the table."""
        if self.answers.filled.prefilled:
            told = translate("These rows are taken from other tables; as long as that is right, nothing is to be done.")
            yield Line(f"  {told}")
            yield Line("  " + translate("Once you change one of them they are all written here."), "faint")
        if self.origin:
            yield Line("  " + fill("Last year ({origin}): these rows", origin=self.origin))
        if self.item.rows:
            yield Line("  " + translate("The rows are printed; only their open cells are asked."), "faint")
        if self.item.group_rows:
            yield Line("  " + translate("A band row over a group of rows: «سرگروه» or :n."), "faint")

    def _enter_words(self) -> str:
        what = self._entered()
        if what.name == "add":
            return translate("Enter: add rows. «؟»: all commands.")
        if what.name == "edit":
            return fill("Enter: fill in row {row}. «؟»: all commands.", row=what.numbers[0])
        if self.origin:
            return translate("Enter: they still hold. «تأیید» or :o: so does all of this form. «؟»: all commands.")
        if self.item.rows:
            return translate("Enter: done. A number: edit that row. «؟»: all commands.")
        return translate("Enter: done. «افزودن»: more rows. «؟»: all commands.")

    # ------------------------------------------------------------ commands

    def _command(self, typed: str) -> Command | None:
        if not typed.strip():
            return self._entered()
        place = parse_number(typed)
        if place is not None and place == place.to_integral_value():
            return Command("edit", str(int(place)))
        return command(typed, {**EVERYWHERE, **IN_TABLES})

    def _entered(self) -> Command:
        """What Enter alone means now."""
        item = self.answers.filled
        at = self._next_row(item)
        if self.origin or (self._is_lent() and at is None):
            return Command("done")
        if at is not None:
            return Command("edit", str(at + 1))
        least = max(self.item.min_rows or 0, 1)
        enough = self.item.rows or sum(not row.group for row in item.rows) >= least
        return Command("done" if enough or self._gone else "add")

    def _next_row(self, item: FilledItem) -> int | None:
        """The first row not gone through yet that lacks a cell it must have or, being printed, any answer."""
        left = [at for at in range(len(item.rows)) if at not in self._gone]
        lacking = (at for at in left if _lacks(item.rows[at]) or (self.item.rows and self._is_blank(at)))
        return next(lacking, None)

    def _is_blank(self, at: int) -> bool:
        """Whether a row asks for something and holds no answer."""
        columns = [column.name for column in self.answers.columns(at, band=False)]
        return bool(columns) and all(self.answers.value(at, name) is None for name in columns)

    def _follow(self, found: Command) -> Dialogue:
        match found.name:
            case "help":
                self._lines += help_lines(table=True)
            case "list":
                self._lines += self.session.asker.missing()
            case "view":
                self._lines += table_lines(self.answers.filled, whole=True)
            case "back":
                yield from self._take_back()
            case "go" | "leave" | "confirm":
                self._lines += led_away(found)
            case _:
                yield from self._change(found)

    def _change(self, found: Command) -> Dialogue:
        """A command that changes rows, when the table lets it."""
        why_not = self._refusal(found)
        if why_not:
            self._lines.append(refused(why_not))
            return
        self._changed = True
        rows = [number - 1 for number in found.numbers]
        if self._is_lent() and found.name != "take" and not (yield from self._taken()):
            return
        match found.name:
            case "add":
                yield from self._add()
            case "edit":
                yield from self._edit(rows[0])
            case "band":
                yield from self._row(len(self.answers.rows), band=True)
            case "delete":
                yield from self._delete(rows[0])
            case "clear":
                yield from self._clear()
            case "paste":
                yield from self._paste()
            case _:
                yield from self._rearrange(found.name, rows)

    def _is_lent(self) -> bool:
        """Whether the rows stand in other tables only."""
        return self.answers.filled.prefilled and not self.item.rows

    def _taken(self) -> Generator[Screen, str, bool]:
        """Writes the rows of other tables here, as somebody is about to change them."""
        if (yield from self._keep(tuple(self.answers.lent()))).written:
            self._lines.append(done(translate("The rows of other tables are written here now.")))
        return not self._is_lent()

    def _refusal(self, found: Command) -> str:
        """Why a command cannot be followed; «» when it can."""
        item, wanted = self.answers.filled, _OF_ROWS.get(found.name, 0)
        if self.item.rows and found.name in ("add", "delete", "move", "copy", "band"):
            return translate("The rows of this table are printed: their cells can be filled in, nothing else.")
        if found.name == "take" and not item.prefilled:
            return translate("There are no rows of other tables to take.")
        if found.name == "band" and self.item.group_rows is None:
            return translate("This table has no band rows.")
        if wanted and len(found.numbers) != wanted:
            return translate("Say which row, by its number: «ویرایش ۲», «حذف ۲», «جابجا ۲ ۵», «رونوشت ۲».")
        if wanted and not all(1 <= each <= len(item.rows) for each in found.numbers):
            return fill("There is no such row; there are {count}.", count=len(item.rows))
        if found.name == "edit" and not any(
            self.answers.columns(found.numbers[0] - 1, band=self.answers.is_band(found.numbers[0] - 1))
        ):
            return translate("Nothing of this row is asked.")
        return ""

    # ------------------------------------------------------------ leaving

    def _leave(self, *, confirm: bool) -> Dialogue:
        """Tells what the checks say of the table; rows that came from last year hold now."""
        put = (yield from self.answers.put(self.answers.rows)) if confirm and self.origin else PutDown()
        found = (*put.problems, *self.answers.problems())
        lines = [*put.lines, *problem_lines(found[:_MOST_PROBLEMS], rows=True)]
        if len(found) > _MOST_PROBLEMS:
            lines.append(Line("    " + fill("… and {count} more", count=len(found) - _MOST_PROBLEMS), "faint"))
        self.session.tell(lines)

    def _take_back(self) -> Dialogue:
        """The rows as they were before the last deletion, move or paste; else to the question before."""
        if not self._before:
            raise GoBack
        if (yield from self._keep(self._before.pop())).written:
            self._lines.append(done(translate("Taken back.")))

    # ------------------------------------------------------------ whole rows

    def _restructure(self, rows: Sequence[AnsweredRow], told: str) -> Dialogue:
        """Puts rows down so that «back» restores those before."""
        before = self.answers.rows
        put = yield from self._keep(rows)
        if put.written:
            self._before += [] if put.was_read else [before]
            self._gone.clear()
            self._lines.append(done(translate("Done.") if put.was_read else told))

    def _keep(self, rows: Sequence[AnsweredRow]) -> Generator[Screen, str, PutDown]:
        """Puts rows down; tells what kept them from being written. Once somebody else changed the case, rows as they
        stood before are not to be restored: they lack what he wrote.
        """
        self._changed, self.origin = True, ""
        put = yield from self.answers.put(rows)
        self._lines += [*put.lines, *problem_lines(put.problems)]
        if put.was_read:
            self._before.clear()
        return put

    def _rearrange(self, name: str, at: Sequence[int]) -> Dialogue:
        """Moves or copies a row, or takes those that other tables lend."""
        rows = list(self.answers.lent() if name == "take" else self.answers.rows)
        if name == "move":
            rows.insert(at[1], rows.pop(at[0]))
        elif name == "copy":
            rows.insert(at[0] + 1, rows[at[0]])
        yield from self._restructure(rows, translate("Done; «بازگشت» or :b takes it back."))

    def _clear(self) -> Dialogue:
        if (yield from sure(Line("  " + translate("Delete all rows?"), "question"))):
            yield from self._restructure((), translate("Deleted; «بازگشت» or :b takes it back."))

    def _delete(self, at: int) -> Dialogue:
        told = " │ ".join(self._cells(self.answers.rows[at]))
        if (yield from sure(Line("  " + fill("Delete this row? {row}", row=told), "question"))):
            rows = [row for place, row in enumerate(self.answers.rows) if place != at]
            yield from self._restructure(rows, translate("Deleted; «بازگشت» or :b takes it back."))

    def _cells(self, row: AnsweredRow) -> Iterator[str]:
        columns = {column.name: column for column in self.item.columns}
        for name, answer in row.cells.items():
            if answer.value is not None and name in columns:
                yield short(shown(answer.value, columns[name]))

    def _paste(self) -> Dialogue:
        found = yield from pasted(self.answers)
        if found is None:
            self._lines.append(refused(translate("Nothing was taken.")))
        else:
            told = translate("Done; «بازگشت» or :b takes it back.")
            yield from self._restructure(self.answers.joined(found.rows), told)

    # ------------------------------------------------------------ cells

    def _add(self) -> Dialogue:
        """Rows one after the other until one stays blank."""
        while True:
            at = len(self.answers.rows)
            if self.item.max_rows is not None and at >= self.item.max_rows:
                self._lines.append(refused(fill("At most {count} rows", count=self.item.max_rows)))
                return
            if not (yield from self._row(at)):
                return

    def _edit(self, at: int) -> Dialogue:
        """A row, then those after it that lack something, until one is broken off."""
        while (yield from self._row(at)):
            following = self._next_row(self.answers.filled) if self.item.rows else None
            if following is None or following < at:
                return
            at = following

    def _row(self, at: int, *, band: bool = False) -> Generator[Screen, str, bool]:
        self._before.clear()
        self._gone.add(at)
        dialogue = RowDialogue(self.answers, at, band=band)
        dialogue.told = [*self._lines, *dialogue.told]
        self._lines = []
        try:
            whole = yield from dialogue.run()
        finally:
            self.origin = self.origin if self.answers.carried else ""
        self._lines += dialogue.told
        return whole


def _lacks(row: FilledRow) -> bool:
    return any(cell.required and cell.value is None for cell in row.cells.values())

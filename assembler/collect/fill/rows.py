"""Fills in a row cell by cell, each on disk before the next one is asked."""

from __future__ import annotations

from collections.abc import Generator, Iterator

from assembler.base.messages import translate
from assembler.base.problems import Place, Problem, has_errors
from assembler.collect.asking import column_of
from assembler.collect.fill.asking import Prompt, Reply
from assembler.collect.fill.screens import GoBack, Line, Screen, problem_lines
from assembler.collect.fill.table_answers import TableAnswers
from assembler.collect.fill.telling import question_lines, row_lines
from assembler.collect.fill.words import Command
from assembler.model.specs import Column


class RowDialogue:
    """The dialogue on one row. A row that is added stands in the table from its first answer on.

    ``told`` holds, at the end, what is still to be said of it.
    """

    def __init__(self, answers: TableAnswers, at: int, *, band: bool = False) -> None:
        self.answers, self.at = answers, at
        self.band = band or answers.is_band(at)
        self.new = not answers.exists(at)
        self.gone = False  # somebody else took the row away
        rows = answers.filled.rows
        self.told: list[Line] = [*row_lines(answers.item, rows[at] if at < len(rows) else None, at + 1)]

    def run(self) -> Generator[Screen, str, bool]:
        """Asks for all cells; False when the row was broken off or, being new, stayed blank."""
        columns = tuple(self.answers.columns(self.at, band=self.band))
        place = 0
        asked: list[int] = []
        while place < len(columns):
            if not self._applies(columns[place]):
                place += 1
                continue
            try:
                ended = yield from self._cell(columns[place], first=not asked)
            except GoBack:
                if not asked:
                    return False
                place = asked.pop()
                continue
            if ended or (self.new and not asked and not self.answers.exists(self.at)):
                return False
            asked.append(place)
            place += 1
        self._judge()
        return True

    def _applies(self, column: Column) -> bool:
        if column.relevant is None:
            return True
        view = self.answers.view(self.at, band=self.band)
        return view.cell_relevant(self.answers.item.name, self.at, column.name)

    def _cell(self, column: Column, *, first: bool) -> Generator[Screen, str, bool]:
        """Asks for a cell until it has no error; True when a command ended the row."""
        required = self._required(column)
        column = column.narrowed(self.answers.around(self.at, column.within))
        place = Place(form=self.answers.form, item=self.answers.item.name, row=self.at + 1, column=column.name)
        lines = (*self.told, *self._question_lines(column, required=required))
        self.told = []
        while True:
            value = self.answers.value(self.at, column.name)
            blank = self._blank_words(column, first=first)
            prompt = Prompt(column, place, lines, value, "", required, in_row=True, blank=blank)
            reply = yield from self.answers.session.asker.ask(prompt)
            if isinstance(reply, Command):
                return True
            problems = yield from self._taken(column, reply)
            self.told += problem_lines(problems)
            if self.gone or not has_errors(problems):
                return self.gone
            lines, self.told = tuple(self.told), []

    def _question_lines(self, column: Column, *, required: bool) -> Iterator[Line]:
        specs = self.answers.session.case.specs
        return question_lines(
            column, column_of(column, self.answers.item, specs[self.answers.form], specs), required=required
        )

    def _blank_words(self, column: Column, *, first: bool) -> str:
        """What a blank answer means, where it does not just leave the cell blank."""
        if first and not self.answers.exists(self.at):
            return translate("Enter: no more rows.")
        return translate("Enter: joined to the cell above.") if column.merge and self.at else ""

    def _required(self, column: Column) -> bool:
        if isinstance(column.required, bool) and not column.merge:
            return column.required
        rows = self.answers.view(self.at, band=self.band).filled().items[self.answers.item.name].rows
        return self.at < len(rows) and rows[self.at].cells[column.name].required

    def _taken(self, column: Column, reply: Reply) -> Generator[Screen, str, tuple[Problem, ...]]:
        """Puts a cell down and says what is wrong with it."""
        if reply.kind in ("skipped", "kept"):
            return ()
        rows = self.answers.with_cell(self.at, column.name, reply.value, band=self.band)
        put = yield from self.answers.put(rows)
        self.told += put.lines
        if put.was_read:
            at = self.answers.standing(rows, self.at)
            self.gone, self.at = at is None, self.at if at is None else at
        if put.problems or reply.kind == "cleared" or self.gone:
            return put.problems
        return tuple(each for each in self.answers.problems(self.at) if each.place.column == column.name)

    def _judge(self) -> None:
        """What the checks say of the whole row, besides what was told of its last cell."""
        told = {line.text for line in self.told}
        found = problem_lines(self.answers.problems(self.at))
        self.told += [line for line in found if line.text not in told and line.style != "faint"]

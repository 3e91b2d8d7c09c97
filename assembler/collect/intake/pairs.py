"""Questions with their answers beside, below or behind them: which form it is, which answer is to which question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assembler.base.lexicon import folded, lexicon
from assembler.base.persian import fold
from assembler.collect.foreign.grids import Grid, GridCell
from assembler.collect.intake.likeness import letters, most_alike, without_number
from assembler.collect.intake.questions import Questions, called_so
from assembler.collect.intake.rows import answer_text
from assembler.collect.intake.ticked import shows_all, ticked
from assembler.collect.workbook.cells import Raw
from assembler.model.sheets import LayoutCell
from assembler.model.specs import Item

_HEADING = 0.5  # what the title above it counts
_SURE, _LEAD, _FEWEST = 0.6, 0.1, 2
_MOST_LABEL = 140  # letters before a colon that may be a label
_TITLED = 0.85
_TELLING = 30  # letters: «number», «date» and «subject» stand in many forms, and above every letter
_CLOSING = " )».:؟?"
_ENDS = re.compile(r"[:：؟?]")
_MARKS = str.maketrans("", "", "⁰¹²³⁴⁵⁶⁷⁸⁹\u200e\u200f")
_NUMBERED = re.compile(r"^\s*\S+\s+[۰-۹0-9٠-٩/]+\s*[-–ـ:.]\s*")
_ANSWERS = folded(lexicon(__file__, "words")["answers"])


@dataclass(frozen=True)
class FormMatch:
    """A form a table of questions may be: how well it fits, from 0 to about 1.5, and how many questions were found."""

    questions: Questions
    score: float
    found: int
    titled: float
    telling: int = 0  # letters of the labels that were found


@dataclass(frozen=True)
class AnsweredPairs:
    """A table of questions with the form it is, best first, and the answers that are sure."""

    ranked: tuple[FormMatch, ...]
    answers: tuple[tuple[Item, Raw], ...] = ()

    @property
    def is_sure(self) -> bool:
        """Whether the first may be taken unasked."""
        if not self.ranked:
            return False
        second = self.ranked[1].score if len(self.ranked) > 1 else 0.0
        first = self.ranked[0]
        enough = first.titled >= _TITLED or (first.found >= _FEWEST and first.telling >= _TELLING)
        return enough and first.score >= _SURE and first.score - second >= _LEAD


def answered_pairs(grid: Grid, forms: Sequence[Questions], headings: Sequence[str] = ()) -> AnsweredPairs:
    """What a table of questions says; ``headings`` stand above it."""
    said = tuple(dict.fromkeys(filter(None, _labels(grid))))
    if not said:
        return AnsweredPairs(())
    above = tuple(text for line in (*grid.headings, *grid.before, *headings) if line for text in _titles(line))
    hits = [(each, {label for label in said if called_so(label, each)}) for each in forms]
    known = len({label for _, found in hits for label in found})
    many = len(tuple(dict.fromkeys(filter(None, _beside_or_behind(grid)))))
    matches = (_match(each, found, known, many, above) for each, found in hits if found)
    found = AnsweredPairs(tuple(sorted(matches, key=lambda each: -each.score)))
    if not found.is_sure:
        return found
    return AnsweredPairs(found.ranked, tuple(_Reading(grid, found.ranked[0].questions, above).answers()))


def _titles(line: str) -> Iterator[str]:
    """A line above a table, and without «Indicator 12 -» before it."""
    yield without_number(line)
    if (rest := _NUMBERED.sub("", line, 1)) != line:
        yield rest


def _labels(grid: Grid) -> Iterator[str]:
    """What may be labels: each text beside another, over another, and before a colon."""
    yield from _beside_or_behind(grid)
    for row in range(grid.height):
        line = [cell for cell in grid.line(row) if cell.row == row]
        if _is_below(grid, row, line):
            yield without_number(line[-1].text.translate(_MARKS))


def _beside_or_behind(grid: Grid) -> Iterator[str]:
    for row in range(grid.height):
        line = [cell for cell in grid.line(row) if cell.row == row]
        for cell in line[:-1]:
            yield without_number(cell.text.translate(_MARKS)).strip()
        for cell in line:
            for text in cell.text.split("\n"):
                label, colon, _ = text.partition(":")
                if colon and len(label) <= _MOST_LABEL:
                    yield without_number(label)


def _match(form: Questions, found: set[str], known: int, many: int, above: Sequence[str]) -> FormMatch:
    """``found`` are the labels of a form among the ``known`` ones, which are any form's, and ``many`` in all."""
    hits, titled = len(found), most_alike(above, form.titles)
    share = (hits / known + min(hits / max(1, min(many, len(form.items))), 1)) / 2
    return FormMatch(form, share + _HEADING * titled, hits, titled, sum(len(letters(label)) for label in found))


def _is_below(grid: Grid, row: int, line: Sequence[GridCell]) -> bool:
    """Whether a row of cells stands above another that is cut alike."""
    if row + 1 >= grid.height or len(line) < _FEWEST:
        return False
    below = [cell for cell in grid.line(row + 1) if cell.row == row + 1]
    return [(cell.column, cell.columns) for cell in line] == [(cell.column, cell.columns) for cell in below]


@dataclass(frozen=True)
class _Found:
    """What a question is answered with, and where that stands; ``rank`` is the better the more surely it is meant."""

    item: Item
    text: str
    row: int
    column: int
    rank: int


# How surely a text answers a question: behind its label in one cell, where the printed form has it, beside or below it.
_BEHIND, _LAID, _BESIDE = range(3)


class _Reading:
    """Reads a table of questions as a form."""

    def __init__(self, grid: Grid, form: Questions, above: Sequence[str]) -> None:
        self._grid, self._form, self._above = grid, form, tuple(above)
        self._lines = [[cell for cell in grid.line(row) if cell.row == row] for row in range(grid.height)]
        self._answers = self._answer_column()

    def answers(self) -> Iterator[tuple[Item, Raw]]:
        """The answer to each question of which one alone is said."""
        found: dict[str, list[_Found]] = {}
        for each in (*self._walk(), *self._laid_out()):
            found.setdefault(each.item.name, []).append(each)
        for item in self._form.items:
            said = found.get(item.name, [])
            best = [each for each in said if each.rank == min(one.rank for one in said)]
            told = {letters(each.text) or each.text.strip() for each in best} - {""}
            if len(told) == 1:
                yield item, self._raw(next(each for each in best if each.text.strip()), item)

    def _raw(self, found: _Found, item: Item) -> Raw:
        address = self._grid.address(found.row, found.column)
        if "boxes" in item.appearance:
            return ticked(found.text, item, address)
        text = answer_text(found.text, item)
        return Raw(text or None, address, listed=item.is_list and text != found.text.strip())

    # ------------------------------------------------------------ label by label

    def _walk(self) -> Iterator[_Found]:
        band = ""
        for row, line in enumerate(self._lines):
            said = [cell for cell in line if cell.text.strip()]
            if len(line) == 1 < self._grid.width and said and not self._behind(line[0], ()):
                band = without_number(line[0].text)
                continue
            above = (*self._above, band)
            labels = {id(cell): self._item(cell.text, above) for cell in said}
            if all(labels.get(id(cell)) for cell in line) and self._is_read_below(row, line):
                yield from self._below(row, line, labels)
                continue
            yield from self._beside(row, line, labels)
            first = (without_number(line[0].text),) if line else ()
            for cell in said:
                yield from self._behind(cell, (*first, *above))
                yield from self._boxed(cell)

    def _item(self, text: str, above: Sequence[str]) -> Item | None:
        plain = text.translate(_MARKS).strip()
        return self._form.item_of(plain.rstrip(":： "), above) if letters(plain) not in self._form.rows else None

    def _beside(self, row: int, line: Sequence[GridCell], labels: dict[int, Item | None]) -> Iterator[_Found]:
        """Of a label the one cell up to the next label that says anything."""
        at = 0
        while at < len(line):
            item, at = labels.get(id(line[at])), at + 1
            if item is None:
                continue
            start = at
            while at < len(line) and not labels.get(id(line[at])) and not self._form.is_label(line[at].text):
                at += 1
            said = [cell for cell in line[start:at] if cell.text.strip()]
            said = [cell for cell in said if cell.column == self._answers] if self._answers else said
            if len(said) == 1 and not self._behind(said[0], ()):
                yield _Found(item, said[0].text, row, said[0].column, _BESIDE)

    def _answer_column(self) -> int:
        """The column whose header says that answers stand in it; 0 without one."""
        heads = {fold(head) for sheet in self._form.form.sheets for head in sheet.heads[1:]}
        for cell in self._lines[0] if self._lines else ():
            if cell.column and cell.columns == 1 and fold(cell.text) in (_ANSWERS | heads):
                return cell.column
        return 0

    def _is_read_below(self, row: int, line: Sequence[GridCell]) -> bool:
        below = self._lines[row + 1] if row + 1 < len(self._lines) else []
        return _is_below(self._grid, row, line) and not any(self._form.is_label(cell.text) for cell in below)

    def _below(self, row: int, line: Sequence[GridCell], labels: dict[int, Item | None]) -> Iterator[_Found]:
        """The cells under a row of labels; where a further row follows that is cut alike, it is a table."""
        if self._is_read_below(row + 1, line) and any(cell.text.strip() for cell in self._lines[row + 2]):
            return
        for cell, under in zip(line, self._lines[row + 1], strict=True):
            item = labels.get(id(cell))
            if item is not None and under.text.strip():
                yield _Found(item, under.text, row + 1, under.column, _BESIDE)

    def _behind(self, cell: GridCell, above: Sequence[str]) -> tuple[_Found, ...]:
        """What stands behind labels within a cell that begins with one: each up to the next. None where one stands
        there twice: an answer then speaks as a label does.
        """
        cuts = [(at, *cut) for at, line in enumerate(cell.text.split("\n")) if (cut := self._cut(line, above))]
        if not cuts or cuts[0][0] != 0 or len({label for _, label, _, _ in cuts}) < len(cuts):
            return ()
        lines = cell.text.split("\n")
        ends = [at for at, *_ in cuts[1:]] + [len(lines)]
        found = (
            _Found(item, "\n".join(filter(None, (rest, *lines[at + 1 : end]))), cell.row, cell.column, _BEHIND)
            for (at, _, item, rest), end in zip(cuts, ends, strict=True)
            if item is not None
        )
        return tuple(each for each in found if each.text.strip(_CLOSING))

    def _cut(self, line: str, above: Sequence[str]) -> tuple[str, Item | None, str] | None:
        """The label a line begins with, the question it is of, None where nobody answers that, and what stands behind;
        the longest label counts.
        """
        plain = line.translate(_MARKS)
        for sign in reversed(list(_ENDS.finditer(plain[: _MOST_LABEL + 1]))):
            label = plain[: sign.end()] if sign[0] in "؟?" else plain[: sign.start()]
            if (own := letters(without_number(label))) in self._form.by_letters:
                return own, self._form.item_of(label, above), plain[sign.end() :].strip()
        return None

    def _boxed(self, cell: GridCell) -> Iterator[_Found]:
        """A cell of boxes that are the choices of one question alone."""
        fitting = [item for item in self._form.items if "boxes" in item.appearance and shows_all(cell.text, item)]
        if len(fitting) == 1:
            yield _Found(fitting[0], cell.text, cell.row, cell.column, _BESIDE)

    # ------------------------------------------------------------ as the form is laid out

    def _laid_out(self) -> Iterator[_Found]:
        """The answers that stand in boxes of their own, in rows told by what is printed in and above them."""
        rows = [self._row_of(cells) for cells in self._form.form.layout]
        for (above, before), (at, cells) in pairwise(zip([None, *rows], ((), *self._form.form.layout), strict=True)):
            row = at if at is not None else self._under(above, before, cells)
            line = self._lines[row] if row is not None else []
            for cell, shown in zip(line, cells, strict=False):
                item = next((each for each in self._form.items if each.name == shown.item), None)
                if item is not None and shown.show == "value" and not self._form.is_label(cell.text):
                    yield _Found(item, cell.text, cell.row, cell.column, _LAID)

    def _row_of(self, cells: Sequence[LayoutCell]) -> int | None:
        """The one row of the table that has what a row of the layout prints."""
        fixed = [each for each in cells if each.text or (each.item and each.show != "value")]
        if not fixed or cells[0].table:
            return None
        found = [row for row, line in enumerate(self._lines) if len(line) == len(cells) and self._fits(line, cells)]
        return found[0] if len(found) == 1 else None

    def _fits(self, line: Sequence[GridCell], cells: Sequence[LayoutCell]) -> bool:
        return all(self._shows(cell.text, shown) for cell, shown in zip(line, cells, strict=True))

    def _shows(self, text: str, shown: LayoutCell) -> bool:
        if shown.text:
            return letters(text) == letters(shown.text)
        if shown.show == "value" or not shown.item:
            return True
        own = self._form.form.by_name[shown.item].label
        return letters(text.translate(_MARKS)).startswith(letters(own))

    def _under(self, above: int | None, before: Sequence[LayoutCell], cells: Sequence[LayoutCell]) -> int | None:
        """The row below one that was found, for a row of the layout that prints nothing itself."""
        if above is None or not before or above + 1 >= len(self._lines) or not cells:
            return None
        prints = any(each.table or each.text or each.show != "value" for each in cells)
        return above + 1 if not prints and len(self._lines[above + 1]) == len(cells) else None

"""Questions with their answers beside them or behind a colon: which form it is, which answer is to which question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from assembler.collect.foreign.grids import Grid
from assembler.collect.intake.likeness import alike, letters, most_alike, without_number
from assembler.collect.intake.rows import answer_text
from assembler.collect.workbook.cells import Raw
from assembler.model.specs import FormSpec, Item

_LABEL_FOUND, _LABEL_SURE, _LABEL_LEAD = 0.85, 0.90, 0.08
_HEADING = 0.5  # what the title above it counts
_SURE, _LEAD, _FEWEST = 0.6, 0.1, 2
_MOST_LABEL = 140  # letters before a colon that may be a label
_TITLED = 0.9


@dataclass(frozen=True, eq=False)
class Questions:
    """A form as its questions, with the titles that may stand above them."""

    form: FormSpec
    items: tuple[Item, ...]
    titles: tuple[str, ...]

    @cached_property
    def labels(self) -> tuple[str, ...]:
        return tuple(without_number(item.label) for item in self.items)


def questions(forms: Mapping[str, FormSpec]) -> tuple[Questions, ...]:
    """The forms in which single questions are answered."""
    return tuple(
        Questions(form, items, _titles(form))
        for form in forms.values()
        if (items := tuple(each for each in form.items if _is_typed(each)))
    )


def _is_typed(item: Item) -> bool:
    return not item.is_table and item.is_asked and bool(item.label) and item.type not in ("image", "file")


def _titles(form: FormSpec) -> tuple[str, ...]:
    captions = (sheet.caption for sheet in form.sheets)
    return tuple(without_number(text) for text in (form.title, *captions) if text)


@dataclass(frozen=True)
class Pair:
    """A text that may be a label, what stands beside it, and where that stands."""

    label: str
    text: str
    row: int
    column: int


def pairs(grid: Grid) -> Iterator[Pair]:
    """Each text with what stands in the next cell; and where it has a colon, with what stands behind that."""
    for row in range(grid.height):
        line = [cell for cell in grid.line(row) if cell.row == row]
        for cell, following in pairwise(line):
            if cell.text.strip():
                yield Pair(cell.text, following.text, row, following.column)
        for cell in line:
            for text in cell.text.split("\n"):
                label, colon, answer = text.partition(":")
                if colon and answer.strip() and len(label) <= _MOST_LABEL:
                    yield Pair(label, answer, row, cell.column)


@dataclass(frozen=True)
class FormMatch:
    """A form a table of questions may be: how well it fits, from 0 to about 1.5, and how many questions were found."""

    questions: Questions
    score: float
    found: int
    titled: float


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
        enough = first.found >= _FEWEST or first.titled >= _TITLED
        return enough and first.score >= _SURE and first.score - second >= _LEAD


def answered_pairs(grid: Grid, forms: Sequence[Questions], headings: Sequence[str] = ()) -> AnsweredPairs:
    """What a table of questions says; ``headings`` stand above it."""
    said = tuple(pairs(grid))
    if not said:
        return AnsweredPairs(())
    above = tuple(without_number(line) for line in (*grid.headings, *grid.before, *headings) if line)
    ranked = sorted(filter(None, (_match(said, each, above) for each in forms)), key=lambda each: -each.score)
    found = AnsweredPairs(tuple(ranked))
    if not found.is_sure:
        return found
    return AnsweredPairs(found.ranked, tuple(_answers(grid, said, found.ranked[0].questions)))


def _match(said: Sequence[Pair], form: Questions, above: Sequence[str]) -> FormMatch | None:
    labels = dict.fromkeys(without_number(pair.label) for pair in said)
    hits = sum(any(alike(label, own) >= _LABEL_FOUND for own in form.labels) for label in labels)
    if not hits:
        return None
    titled = most_alike(above, form.titles)
    share = hits / max(1, min(len(labels), len(form.items)))
    return FormMatch(form, share + _HEADING * titled, hits, titled)


def _answers(grid: Grid, said: Sequence[Pair], form: Questions) -> Iterator[tuple[Item, Raw]]:
    """The answer to each question that one label alone is surely of; what is a label itself answers nothing."""
    by_item: dict[str, list[tuple[float, Pair]]] = {}
    for pair in said:
        label = without_number(pair.label)
        ranked = sorted(((alike(label, own), at) for at, own in enumerate(form.labels)), reverse=True)
        best = ranked[0]
        second = ranked[1][0] if len(ranked) > 1 else 0.0
        if best[0] == 1 > second or (best[0] >= _LABEL_SURE and best[0] - second >= _LABEL_LEAD):
            by_item.setdefault(form.items[best[1]].name, []).append((best[0], pair))
    for item in form.items:
        found = [pair for _, pair in by_item.get(item.name, ()) if not _is_label(pair.text, form)]
        told = {letters(pair.text) for pair in found} - {""}
        if len(told) != 1:
            continue  # nothing, or several different answers
        pair = next(each for each in found if letters(each.text))
        yield item, _raw(grid, pair, item)


def _is_label(text: str, form: Questions) -> bool:
    """Whether what stands beside a label is the next one."""
    return most_alike((without_number(text),), form.labels) >= _LABEL_SURE


def _raw(grid: Grid, pair: Pair, item: Item) -> Raw:
    address = grid.address(pair.row, pair.column)
    if "boxes" in item.appearance:
        return Raw(pair.text, address, fault="intake-boxes")
    text = answer_text(pair.text, item)
    return Raw(text or None, address, listed=item.is_list and text != pair.text.strip())

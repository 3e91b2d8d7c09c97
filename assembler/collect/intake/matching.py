"""Which table of a case a foreign table is: a score, the lead over the second, and what speaks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from assembler.collect.foreign.grids import Grid
from assembler.collect.intake.candidates import Candidate
from assembler.collect.intake.heads import HeadMatch, Heads, Path, Shape, paths, shapes
from assembler.collect.intake.likeness import all_amounts, letters, most_alike, without_number, years

_HEADS, _CAPTION = 0.82, 0.18  # what they count
_BESIDE_ROWS, _ROWS = 0.65, 0.35  # where rows are printed
_OF_UNIT = 0.07
_TITLE, _TITLE_SAYS = 0.10, 0.8  # the title of the form above it, which tells tables apart that are alike
_DEEPER = 0.002
_ROW_ALIKE, _LONG = 85, 8
SURE, LEAD = 0.80, 0.06  # what is taken unasked fits as well, and leads the second by as much
_SURE_BY_ROWS, _LEAD_BY_ROWS = 0.45, 0.15
COLUMN_SURE, _COLUMN_LEAD, _COLUMN_SAME = 0.80, 0.12, 0.97
_SURE_BY_TITLE, _LEAD_BY_TITLE = 0.55, 0.12  # what bears our title to the letter
_EXACT, _LEAD_EXACT = 0.99, 0.03  # of one whose headers and title are ours to the letter
_CALLED_OTHERWISE = 0.15
_ELSEWHERE = 0.05


@dataclass(frozen=True)
class Match:
    """A foreign table as one of ours. ``score`` ranks it, from 0 to about 1; ``fit`` is how well headers and printed
    rows fit, ``rows`` which share of the printed rows was found, ``caption`` how alike the words above it are; ``own``
    counts what is ours to the letter there, the title of the form and what stands above this table of it.
    """

    candidate: Candidate
    score: float
    fit: float
    rows: float
    caption: float
    shape: Shape
    paths: tuple[Path, ...]
    heads: HeadMatch
    of_unit: bool = False
    own: int = 0
    otherwhen: bool = False  # what stands above it is of another year

    @property
    def percent(self) -> int:
        """Its score of the most there is, as it is told."""
        return round(100 * min(self.score / (_HEADS + _CAPTION + _TITLE), 1))


@dataclass(frozen=True)
class Ranked:
    """The tables of a case a foreign table may be, best first."""

    matches: tuple[Match, ...]

    @property
    def lead(self) -> float:
        """By how much the first leads."""
        scores = [each.score for each in self.matches[:2]] + [0.0, 0.0]
        return scores[0] - scores[1]

    @property
    def is_sure(self) -> bool:
        """Whether the first may be taken unasked."""
        if not self.matches:
            return False
        first = self.matches[0]
        if first.otherwhen:
            return False
        if any(each.own > first.own for each in self.matches[1:] if first.score - each.score < _CALLED_OTHERWISE):
            return False  # what stands above it is another's to the letter
        if first.fit >= _EXACT and first.caption >= _EXACT and (self.lead >= _LEAD_EXACT or self._is_called_so):
            return True
        if first.caption >= _EXACT and first.fit >= _SURE_BY_TITLE and self.lead >= _LEAD_BY_TITLE:
            return True
        by_rows = first.rows >= _SURE_BY_ROWS and self.lead >= _LEAD_BY_ROWS
        return self.lead >= LEAD and (first.fit >= SURE or by_rows)

    @property
    def _is_called_so(self) -> bool:
        """Whether all that stands above it is ours to the letter, more than of any that is near."""
        first, *others = self.matches
        near = (each for each in others if first.score - each.score < _LEAD_EXACT)
        return first.own > max((each.own for each in near), default=0)


class Matcher:
    """Ranks the candidates of a case for one table after the other."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self.candidates = candidates
        self._heads = Heads()

    def ranked(self, grid: Grid, of_unit: frozenset[str] = frozenset()) -> Ranked:
        """``of_unit`` are the tables, as ``form.item``, the department answers whose file it is."""
        said = _said(grid)
        found = [match for each in self.candidates if (match := self._match(said, each, of_unit))]
        return Ranked(tuple(sorted(found, key=lambda each: (-round(each.score, 6), -each.own))))

    def match(self, grid: Grid, candidate: Candidate, of_unit: frozenset[str] = frozenset()) -> Match | None:
        """The best way to read a table as one of ours; None when it has no header at all."""
        return self._match(_said(grid), candidate, of_unit)

    def _match(self, said: _Said, candidate: Candidate, of_unit: frozenset[str]) -> Match | None:
        rows = _rows_found(said, candidate)
        found: Match | None = None
        for shape in said.shapes:
            above = said.paths[shape]
            heads = self._heads.match(above, candidate, said.amounts)
            if heads is None:
                continue
            above_it = (*said.captions, *said.titles[: shape.first])
            caption = most_alike(above_it, candidate.captions)
            title = most_alike(above_it, (candidate.title,))
            fit = heads.fit if rows is None else _BESIDE_ROWS * heads.fit + _ROWS * rows
            unit = candidate.name in of_unit
            score = _HEADS * fit + _CAPTION * caption - _DEEPER * (shape.body - shape.first)
            score += _OF_UNIT * unit + (_TITLE * title if title >= _TITLE_SAYS else 0)
            if found is None or score > found.score:
                own = candidate.own_words & set(map(letters, above_it))
                when = _is_otherwhen((*said.captions, *reversed(said.titles[: shape.first])), candidate)
                found = Match(candidate, score, fit, rows or 0.0, caption, shape, above, heads, unit, len(own), when)
        return found


@dataclass(frozen=True)
class _Said:
    """What is looked at in a table, whatever it is held against."""

    shapes: tuple[Shape, ...]
    paths: dict[Shape, tuple[Path, ...]]
    captions: tuple[str, ...]
    titles: tuple[str, ...]
    texts: frozenset[str]
    amounts: frozenset[str]  # what all its numbers are counted in


def _is_otherwhen(lines: Sequence[str], candidate: Candidate) -> bool:
    """Whether the nearest line above a table that speaks of years, the last of ``lines``, speaks of none of ours."""
    said = next((found for line in reversed(lines) if (found := years(line))), frozenset())
    return bool(candidate.years and said) and said.isdisjoint(candidate.scopes)


def _said(grid: Grid) -> _Said:
    found = tuple(shapes(grid))
    titles = tuple(without_number(cell.text) for row in range(min(4, grid.height)) for cell in grid.line(row)[:1])
    captions = (without_number(line) for line in (*grid.headings, *grid.before))
    texts = frozenset(letters(cell.text) for cell in grid.cells if cell.text.strip())
    known = tuple(filter(None, captions))
    amounts = frozenset(each for line in (*grid.before, *titles) for each in all_amounts(line))
    return _Said(found, {each: paths(grid, each) for each in found}, known, titles, texts, amounts)


def _rows_found(said: _Said, candidate: Candidate) -> float | None:
    """Which share of the texts its rows print stand in a table; None of one that prints none."""
    if not candidate.printed:
        return None
    return sum(any(_stands(text, said.texts) for text in each) for each in candidate.printed) / len(candidate.printed)


def _stands(text: str, texts: frozenset[str]) -> bool:
    if text in texts:
        return True
    return len(text) > _LONG and process.extractOne(text, texts, scorer=fuzz.ratio, score_cutoff=_ROW_ALIKE) is not None


# ---------------------------------------------------------------- columns


@dataclass(frozen=True)
class Columns:
    """Which leaf each column of a foreign table is: those that are ``sure``, and those to be ``asked`` about."""

    sure: dict[int, int]
    asked: dict[int, int]


def columns_of(match: Match, given: dict[int, int] | None = None) -> Columns:
    """The columns of a table that is known; ``given`` are those somebody said. Of a ticked column all choices stand
    there, or it is asked about.
    """
    given = given or {}
    table, pairs = match.heads.alike, {**match.heads.pairs}
    for theirs, own in given.items():
        pairs = {at: to for at, to in pairs.items() if to != own and at != theirs}
    sure, asked = dict(given), dict[int, int]()
    for theirs, own in pairs.items():
        (sure if _is_sure(table, pairs, theirs, own) else asked)[theirs] = own
    for leaves in match.candidate.by_choice.values():
        if not leaves <= set(sure.values()):
            asked |= {theirs: own for theirs, own in sure.items() if own in leaves and theirs not in given}
            sure = {theirs: own for theirs, own in sure.items() if own not in leaves}
    return Columns(sure, asked)


def _is_sure(table: Sequence[Sequence[float]], pairs: dict[int, int], theirs: int, own: int) -> bool:
    value = table[theirs][own]
    taken = {to: at for at, to in pairs.items()}
    beside = (
        each
        for to, each in enumerate(table[theirs])
        if to != own and not (to in taken and table[taken[to]][to] > each + _ELSEWHERE)
    )
    below = (
        line[own]
        for at, line in enumerate(table)
        if at != theirs and not (at in pairs and line[pairs[at]] > line[own] + _ELSEWHERE)
    )
    second = max((*beside, *below), default=0.0)
    leads = value >= COLUMN_SURE and value - second >= _COLUMN_LEAD
    return leads or second < _COLUMN_SAME <= value or second < 1 == value

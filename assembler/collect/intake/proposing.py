"""What the tables of a foreign file are taken for: what is sure is taken, what is not is asked about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from assembler.collect.foreign.grids import ForeignFile, Grid
from assembler.collect.intake.candidates import Candidate
from assembler.collect.intake.heads import Shape
from assembler.collect.intake.matching import Columns, Match, Matcher, Ranked, columns_of
from assembler.collect.intake.pairs import AnsweredPairs, answered_pairs
from assembler.collect.intake.questions import Questions
from assembler.collect.intake.rows import Draft, drafted, first_number

_UNLIKE = 0.45  # what fits less is not even asked about
_TIE = 0.06

State = Literal["questions", "taken", "named", "continued", "asked", "unknown", "left"]


@dataclass(frozen=True)
class Choices:
    """What somebody said of the tables of a file: which of ours each is, as ``form.item``, «» for none; and which
    printed column each of its columns is, «» for none, by the numbers of both from 1.
    """

    tables: Mapping[int, str] = field(default_factory=dict)
    columns: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Proposal:
    """A foreign table with what it is taken for.

    «taken»: it was known by itself; «named»: somebody said it; «continued»: it goes on the one before; «asked»: it may
    be one of ``ranked``; «unknown»: it is like none; «left»: somebody said it is none. Only the first three have a
    ``draft``. «questions» are no table of ours, but questions with answers beside them, ``pairs``.
    ``columns`` are the leaves of its columns, ``dropped`` those like none of ours.
    """

    grid: Grid
    state: State
    ranked: Ranked
    match: Match | None = None
    columns: Columns = field(default_factory=lambda: Columns({}, {}))
    draft: Draft | None = None
    pairs: AnsweredPairs = field(default_factory=lambda: AnsweredPairs(()))

    @property
    def form(self) -> str:
        """The form its rows go to; «» while it brings none."""
        if self.state == "questions":
            return self.pairs.ranked[0].questions.form.id
        return self.match.candidate.form.id if self.match and self.draft else ""

    @property
    def waits(self) -> bool:
        """Whether new rows of it wait until somebody said what its columns are: a row without one of its answers would
        not be known again.
        """
        return bool(self.match and self.draft and self.columns.asked) and not self._prints_rows

    @property
    def _prints_rows(self) -> bool:
        return self.match is not None and bool(self.match.candidate.item.rows)

    @property
    def dropped(self) -> tuple[int, ...]:
        """Columns with anything below their header that are taken for none of ours."""
        known = {*self.columns.sure, *self.columns.asked}
        return tuple(at for at in range(self.grid.width) if at not in known and self._says(at))

    def _says(self, column: int) -> bool:
        return any(cell.text.strip() for cell in self.grid.cells if cell.column <= column < cell.column + cell.columns)


def proposals(
    file: ForeignFile,
    matcher: Matcher,
    of_unit: frozenset[str] = frozenset(),
    choices: Choices = Choices(),
    forms: Sequence[Questions] = (),
    known: Callable[[Grid], str] = lambda _: "",
) -> tuple[Proposal, ...]:
    """Of each table of a file what it is taken for; ``of_unit`` are the tables the department answers it came from,
    ``forms`` those whose questions are looked for; ``known`` says which table somebody said one like it is.
    """
    found: list[Proposal] = []
    before: Proposal | None = None
    for grid in file.grids:
        proposal = _proposal(grid, matcher, of_unit, choices, before, known)
        if forms and proposal.state in ("asked", "unknown"):
            answered = answered_pairs(grid, forms)
            if answered.is_sure:
                proposal = Proposal(grid, "questions", proposal.ranked, pairs=answered)
            else:
                proposal = replace(proposal, pairs=answered)
        if file.proposes and proposal.state in ("taken", "questions"):
            proposal = Proposal(grid, "asked", proposal.ranked)
        found.append(proposal)
        before = proposal if proposal.draft else None
    return tuple(found)


def _proposal(
    grid: Grid,
    matcher: Matcher,
    of_unit: frozenset[str],
    choices: Choices,
    before: Proposal | None,
    known: Callable[[Grid], str],
) -> Proposal:
    ranked = matcher.ranked(grid, of_unit)
    named = choices.tables.get(grid.number, known(grid) or None)
    if named == "":
        return Proposal(grid, "left", ranked)
    if named is not None:
        match = next((each for each in ranked.matches if each.candidate.name == named), None)
        return _read(grid, "named", ranked, match, choices) if match else Proposal(grid, "unknown", ranked)
    if before is not None and (goes_on := _going_on(grid, ranked, before)):
        return _read(grid, "continued", ranked, goes_on, choices)
    first = ranked.matches[0] if ranked.matches else None
    if first is None or first.fit < _UNLIKE:
        return Proposal(grid, "unknown", ranked)
    return _read(grid, "taken", ranked, first, choices) if ranked.is_sure else Proposal(grid, "asked", ranked)


def _going_on(grid: Grid, ranked: Ranked, before: Proposal) -> Match | None:
    """The table before, where this one goes on with it: its row numbers do, under the same header or without any."""
    match, draft = before.match, before.draft
    if match is None or draft is None or draft.last is None or grid.width != before.grid.width:
        return None
    own = next((each for each in ranked.matches if each.candidate is match.candidate), None)
    if own is not None and own.paths == match.paths and own.score >= ranked.matches[0].score - _TIE:
        return own if first_number(grid, own.shape.body) == draft.last + 1 else None
    if ranked.is_sure or grid.height == 0 or first_number(grid, 0) != draft.last + 1 or grid.begun(0)[:1] == ():
        return None
    starts = grid.begun(0)[0]
    if starts.column != 0 or first_number(grid.part(0, 1), 0) != draft.last + 1:
        return None
    return Match(
        match.candidate, match.score, match.fit, match.rows, match.caption, Shape(0, 0), match.paths, match.heads
    )


def _read(grid: Grid, state: State, ranked: Ranked, match: Match, choices: Choices) -> Proposal:
    columns = _chosen(match, grid.number, choices)
    draft = drafted(grid, match.shape, match.candidate, columns.sure, {**columns.asked, **columns.sure})
    return Proposal(grid, state, ranked, match, columns, draft)


def _chosen(match: Match, number: int, choices: Choices) -> Columns:
    """The columns, with those somebody said."""
    given, left = {}, set()
    for (table, column), name in choices.columns.items():
        if table != number:
            continue
        own = leaf_at(match.candidate, name)
        if own is None:
            left.add(column - 1)
        else:
            given[column - 1] = own
    found = columns_of(match, given)
    return Columns(
        {at: to for at, to in found.sure.items() if at not in left},
        {at: to for at, to in found.asked.items() if at not in left},
    )


def leaf_at(candidate: Candidate, name: str) -> int | None:
    """Which leaf is called so; None when none is."""
    return next((at for at, known in enumerate(candidate.leaf_names) if known == name), None)

"""Forms with everything decided: what applies, what was calculated, which conditions hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

import jdatetime

from assembler.base.catalogue.entries import Severity
from assembler.base.expressions import parse_text, references
from assembler.base.periods import Period
from assembler.base.problems import NOWHERE, Place
from assembler.model.answers import Answer, Attachment, Prose, Value, texts_in
from assembler.model.packet import WorkflowStep
from assembler.model.reports import Deadline
from assembler.model.specs import Expression, FormSpec, Item, Rule, ScoredRow, Stage


class FilledCell(NamedTuple):
    """A cell with its value and what its column's expressions say of it. A tuple, as they are made fastest."""

    value: Value
    place: Place = NOWHERE
    computed: bool = False
    required: bool = False
    violates: bool = False
    closed: bool = False
    unasked: bool = False  # answered, though it does not apply; its value is left out


@dataclass(frozen=True)
class FilledRow:
    """A row with everything decided: an ordinary one, a band over a group of rows, or one reckoned of others."""

    cells: Mapping[str, FilledCell]
    place: Place = NOWHERE
    group: bool = False
    name: str = ""
    reckoned: bool = False

    @property
    def is_ordinary(self) -> bool:
        """Whether it is one of those the table counts and adds up."""
        return not (self.group or self.reckoned)


@dataclass(frozen=True)
class Wording:
    """What a column says, each text once: long tables say the same again and again."""

    texts: tuple[str, ...]

    @cached_property
    def whole(self) -> str:
        """All texts in one, apart by lines that hold no word: a look at it is much cheaper than one at each."""
        return _APART.join(self.texts)


_APART = "\n\0\n"


@dataclass(frozen=True, eq=False, repr=False)
class FilledItem:
    """An item with its value or its rows, and what its expressions say of it.

    ``footer`` holds a mapping a footer row: column name → value, the one result of a whole row under «».
    ``processes`` are those a table with ``workflow`` tells.
    """

    spec: Item
    value: Value = None
    rows: tuple[FilledRow, ...] = ()
    footer: tuple[Mapping[str, Value], ...] = ()
    relevant: bool = True
    required: bool = False
    violates: bool = False
    answered: bool = False
    place: Place = NOWHERE
    prefilled: bool = False  # the rows are those of other tables
    processes: tuple[Process, ...] = ()
    lent: tuple[Answer, ...] = ()  # the keys of the rows other tables lend it

    def row_at(self, number: int | None) -> FilledRow | None:
        """The row a place names, counted as the answer file has them; what could not be read is not among them."""
        if number is None:
            return None
        near = self.rows[number - 1 : number]
        return near[0] if near and near[0].place.row in (None, number) else self._numbered.get(number)

    @cached_property
    def wording(self) -> Mapping[str, Wording]:
        """What each column of a table says."""
        return {column.name: Wording(tuple(self._said(column.name))) for column in self.spec.columns}

    def _said(self, column: str) -> Mapping[str, None]:
        values = [row.cells[column].value for row in self.rows]
        said = dict.fromkeys(value for value in values if isinstance(value, str))
        others = (value for value in values if isinstance(value, tuple | Prose))
        return said | dict.fromkeys(text for value in others for text in texts_in(value))

    @cached_property
    def _numbered(self) -> Mapping[int | None, FilledRow]:
        return {row.place.row: row for row in reversed(self.rows)}


Branch = tuple[str, str]  # its word, «» for the only way on, and the number of the step it leads to


@dataclass(frozen=True)
class RowStep:
    """A step with the row that tells it; ``branches`` are None where its ``next`` cannot be read."""

    row: FilledRow
    step: WorkflowStep
    branches: tuple[Branch, ...] | None


@dataclass(frozen=True)
class Process:
    """The steps that rows of a table with ``workflow`` tell of one process, in order."""

    name: str
    steps: tuple[RowStep, ...]

    @property
    def walked(self) -> tuple[WorkflowStep, ...]:
        """The steps without their rows."""
        return tuple(each.step for each in self.steps)


@dataclass(frozen=True)
class FilledRule:
    """A rule with its message filled in and the values of the expressions among its words."""

    rule: Rule
    message: str
    values: Mapping[Expression, Value]


@dataclass(frozen=True)
class GivenScore:
    """A score somebody entered, who and why; blank where nobody did."""

    value: Decimal | int | None = None
    by: str = ""
    why: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True)
class FilledScore:
    """A scored row with what its rule makes of the answers.

    ``figure`` is the number, the choice or what was achieved, ``share`` the part of the cap it is worth, ``proposal``
    the score, None where somebody must give it. ``missing`` are the labels of what is not answered yet; ``given`` what
    was entered in each stage.
    """

    spec: ScoredRow
    applies: bool
    given: Mapping[Stage, GivenScore]
    figure: Value = None
    target: Value = None
    unit: str = ""
    shown: str = ""
    share: Decimal | None = None
    proposal: Decimal | None = None
    missing: tuple[str, ...] = ()
    comment: str = ""
    evidence: Attachment | None = None
    choices: tuple[tuple[str, str], ...] = ()  # the names and labels a choice is made from
    place: Place = NOWHERE


@dataclass(frozen=True)
class FilledForm:
    """A form with relevance decided and everything calculated."""

    spec: FormSpec
    items: Mapping[str, FilledItem]
    answered: bool
    place: Place = NOWHERE
    rules: Sequence[FilledRule] = ()  # those of the spec, once the form is answered
    summary: FilledSummary | None = None
    scores: tuple[FilledScore, ...] = ()


@dataclass(frozen=True)
class FilledSummary:
    """How a form was answered: the name of a status, «» while it is open; its key figure and the reason as texts."""

    status: str = ""
    figure: str = ""
    reason: str = ""


@dataclass(frozen=True)
class FilledDeadline:
    """A deadline that applies to the case, with its days; ``due`` is None while nobody has said it.

    ``place`` is where the day that is still missing can be said.
    """

    spec: Deadline
    due: jdatetime.date | None
    done: jdatetime.date | None
    place: Place = NOWHERE


@dataclass(frozen=True)
class FilledYearDates:
    """Dates, as ``form.item`` or ``form.table.column``, and the days they lie between; None where there is no bound."""

    of: tuple[str, ...]
    first: jdatetime.date | None
    last: jdatetime.date | None


@dataclass(frozen=True)
class FilledPeriod:
    """Whose case it is and of which period; ``days`` are those from the period's end to its deadline."""

    unit: str
    period: Period
    days: int = 0

    @property
    def due(self) -> jdatetime.date:
        return self.period.deadline(self.days)


@dataclass(frozen=True)
class GatheredCase:
    """What a case gives to a report made of many.

    ``rows`` holds its cells for each table of ``Gather.tables``, None where it has none, ``at`` its place side by side
    there; ``found`` are the messages of the checks that do not hold; ``falls`` the watched numbers with whether the
    case gives a reason; ``fields`` are those of ``case.yaml``.
    """

    name: str
    period: FilledPeriod
    fields: Mapping[str, Value]
    rows: tuple[Mapping[str, Value] | None, ...]
    at: tuple[int, ...]
    found: tuple[tuple[Severity, str], ...] = ()
    falls: tuple[tuple[Value, bool], ...] = ()


def first_printed(text: str, forms: Mapping[str, FilledForm]) -> FilledItem | None:
    """The first answer a text with expressions prints; None for one that prints none of this case."""
    pieces = (piece for piece in parse_text(text) if not isinstance(piece, str))
    named = (reference for piece in pieces for reference in references(piece) if not reference.previous)
    return next((forms[one.form].items[one.name] for one in named if one.form in forms), None)

"""Forms as specified: items, columns, printed rows, rules, score sheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from inspect import get_annotations
from typing import Literal, TypeAlias, dataclass_transform

from assembler.base.catalogue.entries import Severity
from assembler.base.expressions import is_percent
from assembler.base.problems import NOWHERE, Place
from assembler.model.fields import LISTS, AnyField, Choice, Constraint, Expression, Field, Source
from assembler.model.sheets import LayoutCell, Sheet
from assembler.model.tables import FooterRow, GroupRows, PrintedRow

__all__ = [  # fields belong to specifications: who reads those finds both here
    "CASE_TITLE",
    "LISTS",
    "STAGES",
    "AnyField",
    "Band",
    "Choice",
    "Column",
    "Constraint",
    "Expression",
    "Field",
    "FooterRow",
    "FormSpec",
    "GroupRows",
    "Item",
    "Prefill",
    "PrintedRow",
    "Rule",
    "RuleWords",
    "ScoreRule",
    "ScoreSheet",
    "ScoredRow",
    "Source",
    "Stage",
    "Summary",
    "SurveySpec",
    "WordValue",
    "WorkflowColumns",
]  # fmt: skip
CASE_TITLE = "مشخصات پرونده"


@dataclass(frozen=True, eq=False, repr=False)
class Column(Field):
    """A leaf column. ``group`` is the chain of spanning headers above it, outermost first; ``width`` in cm."""

    group: tuple[str, ...] = ()
    width: float | None = None
    align: str = ""
    merge: bool = False
    formula: str = ""  # in place of its number, in a row of column numbers

    @property
    def decides(self) -> bool:
        """Whether anything is decided of its cells; of most in large tables nothing is."""
        return bool(self.required or self.relevant or self.calculation or self.constraint)

    @property
    def heads(self) -> tuple[str, ...]:
        """All that stands above its cells, outermost first: columns under different headers may share a label."""
        return (*self.group, self.shown)

    @property
    def path(self) -> str:
        """All that stands above its cells, on a line."""
        return " ".join(" › ".join(self.heads).split())


WordValue: TypeAlias = str | int | tuple[str, ...] | Expression | None


@dataclass_transform(kw_only_default=True, frozen_default=True)
class RuleWords:
    """What a rule of one kind is told, an attribute a word; the kinds are the classes of ``model.rules``.

    They are told as dataclasses are, and defined many times faster: two dozen are whenever the program starts.
    """

    def __init__(self, **given: WordValue) -> None:
        self.__dict__.update(given)

    def given(self) -> Mapping[str, WordValue]:
        """The words with their values, without those that were left out."""
        return self.__dict__

    @property
    def expressions(self) -> tuple[Expression, ...]:
        return tuple(value for value in self.given().values() if isinstance(value, Expression))

    @classmethod
    def declared(cls) -> dict[str, object]:
        """The words of the kind with their types, in order."""
        return {name: kind for base in reversed(cls.__mro__) for name, kind in get_annotations(base).items()}


@dataclass(frozen=True, eq=False, repr=False)
class Rule:
    """An audit rule of a form. ``item`` is the one it looks at, «» for several or none.

    Without a ``severity`` each finding has that of its code.
    """

    kind: str
    words: RuleWords
    message: str = ""
    severity: Severity | None = None
    item: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, eq=False, repr=False)
class Prefill:
    """Rows a table takes from others while it has no answers: ``cells`` maps its columns to theirs.

    ``key`` is the column by which rows of both sides are told to be the same; ``when`` sees the columns of their row.
    """

    sources: tuple[str, ...]
    cells: Mapping[str, str]
    key: str
    when: Expression | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, eq=False, repr=False)
class WorkflowColumns:
    """Which column of a table of steps says what; ``document`` and ``next`` may be «»."""

    of: str
    step: str
    kind: str
    actor: str
    action: str
    document: str = ""
    next: str = ""


@dataclass(frozen=True, eq=False, repr=False)
class Item(Field):
    """A question of a form; a table when ``columns`` are given."""

    caption: str = ""
    heading: str = ""
    columns: tuple[Column, ...] = ()
    rows: tuple[PrintedRow, ...] = ()
    group_rows: GroupRows | None = None
    footer: tuple[FooterRow, ...] = ()
    notes: tuple[str, ...] = ()
    min_rows: int | None = None
    max_rows: int | None = None
    page: Literal["portrait", "landscape"] = "portrait"
    fit: Literal["", "shrink"] = ""
    as_: Literal["", "cards"] = ""
    number: str = ""  # the guidance's own
    entry: str = ""
    prefill: Prefill | None = None
    workflow: WorkflowColumns | None = None
    column_numbers: str = ""  # «numbers» or «formulas» in a last header row
    under: str = ""  # the heading of the group it belongs to, by its name; of that heading its own

    @property
    def shown(self) -> str:
        """What people call it: the label, which is short and speaks of the question; else what heads its table."""
        return self.label or self.caption or self.name

    @property
    def title(self) -> str:
        """What stands above its table: the caption, as the guidance words it; else the label. «» without either."""
        return self.caption or self.label

    @property
    def is_table(self) -> bool:
        return self.type == "table"

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        """The columns by their names."""
        return {column.name: column for column in self.columns}

    @cached_property
    def printed_rows(self) -> Mapping[str, PrintedRow]:
        """The rows the guidance prints, by their names."""
        return {row.name: row for row in self.rows}

    @cached_property
    def deciding(self) -> frozenset[str]:
        """The columns of whose cells anything is decided."""
        shut = {name for row in self.rows for name in (*row.calculations, *row.closed)}
        return frozenset(column.name for column in self.columns if column.decides or column.name in shut)

    def column(self, name: str) -> Column:
        return self.by_name[name]

    def asks(self, column: Column, row: str = "") -> bool:
        """Whether somebody answers a column in a row: a printed one by its name, or one that was added."""
        printed = self.printed_rows.get(row)
        return column.is_asked and not (printed and printed.shuts(column.name))

    def calculation_of(self, column: Column, row: str = "") -> Expression | None:
        """What a column is reckoned by in a row: as the row says it, else as all rows do; what the row prints or closes
        is not reckoned.
        """
        printed = self.printed_rows.get(row)
        if printed is None or not printed.shuts(column.name):
            return column.calculation
        return printed.calculations.get(column.name)

    def column_in(self, column: Column, row: str) -> Column:
        """A column as its cell of a row is shown: what the row reckons as a percentage is one."""
        printed = self.printed_rows.get(row)
        own = printed.calculations.get(column.name) if printed else None
        return replace(column, type="percent") if own and is_percent(own.source) else column


@dataclass(frozen=True, eq=False, repr=False)
class Summary:
    """How summaries show a form; ``figure`` and ``reason`` are texts with expressions."""

    status: Expression
    figure: str = ""
    reason: str = ""


@dataclass(frozen=True, eq=False, repr=False)
class SurveySpec:
    """Which parts of a questionnaire say what; «» for those it does not have. ``results`` is the form of the results.

    ``questions`` is a table of printed rows with the columns named here; ``inverted`` are rows of it whose levels are
    counted from the other end; ``numbers`` are the levels that 1, 2, 3 … stand for; ``headers`` are other words by
    which the columns of items are known.
    """

    questions: str
    number: str
    question: str
    level: str
    results: str
    group: str = ""
    numbers: tuple[str, ...] = ()
    inverted: tuple[str, ...] = ()
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    response: str = ""
    service: str = ""
    period: str = ""
    comment: str = ""
    place: Place = NOWHERE


Stage: TypeAlias = Literal["self", "evaluator", "final"]
STAGES: tuple[Stage, ...] = ("self", "evaluator", "final")


@dataclass(frozen=True, eq=False, repr=False)
class Band:
    """What values of one range are worth: below a bound, up to one, or, of the last, all others.

    ``needs`` are items without which the share is not given.
    """

    share: Decimal
    below: Decimal | None = None
    to: Decimal | None = None
    needs: tuple[str, ...] = ()

    def holds(self, value: Decimal | int) -> bool:
        """Whether a value that passed the bounds of the bands before is of this one."""
        return (self.below is None or value < self.below) and (self.to is None or value <= self.to)


@dataclass(frozen=True, eq=False, repr=False)
class ScoreRule:
    """How a row is scored. ``value`` is the number of bands, the condition of holds, what was achieved of a target.

    ``level`` is the item whose choices are worth ``shares`` of the cap; ``assessor`` is who scores from outside;
    ``compares`` are two stages whose totals without the row are shown to whoever judges.
    """

    kind: Literal["bands", "holds", "target", "levels", "manual", "external"]
    value: Expression | None = None
    target: Expression | None = None
    unit: str = ""
    bands: tuple[Band, ...] = ()
    level: str = ""
    shares: Mapping[str, Decimal] = field(default_factory=dict)
    assessor: str = ""
    compares: tuple[Stage, ...] = ()
    shows: str = ""
    quote: str = ""


@dataclass(frozen=True, eq=False, repr=False)
class ScoredRow:
    """A row of a score sheet: what is scored, by what it shows, how it is measured, the most it can get."""

    name: str
    no: str
    title: str
    measure: str
    method: str
    cap: Decimal
    rule: ScoreRule
    footnote: str = ""
    inferred: str = ""
    doubt: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, eq=False, repr=False)
class ScoreSheet:
    """How a form is scored. Its table «scores» has a printed row for each of ``rows``; ``excuse`` says why it may not
    be scored at all."""

    number: str
    cap: Decimal
    rows: tuple[ScoredRow, ...]
    ordinal: str = ""
    unit: str = ""
    goal: str = ""
    applies: Expression | None = None
    excuse: str = ""
    measures: str = ""
    footnote: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, eq=False, repr=False)
class FormSpec:
    """One unit to fill in. ``layout`` prints it as a sheet of boxes; without it label and value stand side by side.
    ``was`` is the form it was in the edition before. Numbers said in its texts are held against the data unless
    ``figures`` are off.
    """

    id: str
    title: str
    source: Source
    items: tuple[Item, ...]
    legal: tuple[str, ...] = ()
    layout: tuple[tuple[LayoutCell, ...], ...] = ()
    rules: tuple[Rule, ...] = ()
    inferred: str = ""
    own: str = ""
    legal_doubt: str = ""
    sheets: tuple[Sheet, ...] = ()
    summary: Summary | None = None
    survey: SurveySpec | None = None
    scoring: ScoreSheet | None = None
    documents: tuple[PrintedRow, ...] = ()
    was: str = ""
    figures: Literal["", "off"] = ""
    place: Place = NOWHERE

    @property
    def shown(self) -> str:
        """What people call it: its title; the fields of ``case.yaml`` bear that of their report."""
        return CASE_TITLE if self.id == "case" else self.title

    @property
    def is_asked(self) -> bool:
        """Whether somebody answers anything of it."""
        return any(item.is_asked for item in self.items)

    @cached_property
    def by_name(self) -> Mapping[str, Item]:
        """The items by their names."""
        return {item.name: item for item in self.items}

    def item(self, name: str) -> Item:
        return self.by_name[name]

    def sheet(self, name: str) -> Sheet:
        return next(sheet for sheet in self.sheets if sheet.name == name)

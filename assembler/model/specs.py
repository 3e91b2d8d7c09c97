"""Forms as specified: items, columns, printed rows, rules, score sheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from inspect import get_annotations
from typing import Literal, TypeAlias, dataclass_transform

from assembler.base.catalogue.entries import Severity
from assembler.base.problems import NOWHERE, Place
from assembler.model.sheets import LayoutCell, Sheet

LISTS = frozenset({"numbered", "bulleted", "dashed"})
CASE_TITLE = "مشخصات پرونده"


@dataclass(frozen=True)
class Expression:
    """A checked expression: its source text and the names it uses."""

    source: str
    place: Place = NOWHERE


@dataclass(frozen=True)
class Source:
    """Where the guidance prints a thing: document, then clause, table, page as the document counts them."""

    document: str
    clause: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Choice:
    name: str
    label: str
    inferred: str = ""


@dataclass(frozen=True)
class Constraint:
    """A condition an answered value must meet; ``message`` is shown as it stands in the spec."""

    test: Expression
    message: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True)
class Field:
    """What items and columns share. ``type`` is the bare type; ``choices`` belong to select types.

    ``inferred`` and ``doubt`` carry the reason why a part was restored or is doubtful; empty when it is neither.
    ``marks`` are texts that may stand in place of a value (such as «-») and count as blank in calculations;
    ``blank`` is printed where there is no value. ``carry`` says whether the next case may take the answer over; of None
    the type decides.
    """

    name: str
    type: str
    label: str = ""
    hint: str = ""
    required: Expression | bool = False
    relevant: Expression | None = None
    constraint: Constraint | None = None
    calculation: Expression | None = None
    default: str | None = None
    appearance: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    format: str = ""
    marks: tuple[str, ...] = ()
    blank: str = ""
    unit: str = ""
    footnote: str = ""
    inferred: str = ""
    doubt: str = ""
    carry: bool | None = None
    place: Place = NOWHERE

    @property
    def shown(self) -> str:
        """What people call it; its name is for files and programs, and shown only for want of another word."""
        return self.label or self.name

    @property
    def spelled(self) -> str:
        """Its name as files and commands spell it, with what people call it."""
        return f"{self.name} ({self.label})" if self.label else self.name

    @property
    def is_asked(self) -> bool:
        """Whether somebody answers it: nothing calculated, no mere note."""
        return self.type not in ("note", "calculate") and self.calculation is None

    @property
    def is_list(self) -> bool:
        """Whether it is a text of entries, each with its mark."""
        return self.type == "text" and not LISTS.isdisjoint(self.appearance)

    @property
    def has_lines(self) -> bool:
        """Whether it is a text of several lines."""
        return self.is_list or (self.type == "text" and "multiline" in self.appearance)

    def label_of(self, choice: str) -> str:
        """The label of a choice; what is none, such as a mark, stands for itself."""
        return next((each.label for each in self.choices if each.name == choice), choice)


@dataclass(frozen=True)
class Column(Field):
    """A leaf column. ``group`` is the chain of spanning headers above it, outermost first; ``width`` in cm."""

    group: tuple[str, ...] = ()
    width: float | None = None
    align: str = ""
    merge: bool = False

    @property
    def decides(self) -> bool:
        """Whether anything is decided of its cells; of most in large tables nothing is."""
        return bool(self.required or self.relevant or self.calculation or self.constraint)

    @property
    def heads(self) -> tuple[str, ...]:
        """All that stands above its cells, outermost first: columns under different headers may share a label."""
        return (*self.group, self.shown)


@dataclass(frozen=True)
class PrintedRow:
    """A row the guidance prints: its fixed cells cannot be answered."""

    name: str
    cells: Mapping[str, str]
    place: Place = NOWHERE


@dataclass(frozen=True)
class GroupRows:
    """Band rows («الف»): the columns they fill, and those they must fill."""

    columns: tuple[str, ...]
    required: tuple[str, ...] = ()


@dataclass(frozen=True)
class FooterRow:
    """A closing row: one calculation for the whole row, or one a column."""

    label: str
    calculation: Expression | None = None
    cells: Mapping[str, Expression] = field(default_factory=dict)


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


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class Prefill:
    """Rows a table takes from others while it has no answers: ``cells`` maps its columns to theirs.

    ``key`` is the column by which rows of both sides are told to be the same; ``when`` sees the columns of their row.
    """

    sources: tuple[str, ...]
    cells: Mapping[str, str]
    key: str
    when: Expression | None = None
    place: Place = NOWHERE


@dataclass(frozen=True)
class WorkflowColumns:
    """Which column of a table of steps says what; ``document`` and ``next`` may be «»."""

    of: str
    step: str
    kind: str
    actor: str
    action: str
    document: str = ""
    next: str = ""


@dataclass(frozen=True)
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
    number: str = ""  # the guidance's own
    entry: str = ""
    prefill: Prefill | None = None
    workflow: WorkflowColumns | None = None

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
    def deciding(self) -> frozenset[str]:
        """The columns of whose cells anything is decided."""
        return frozenset(column.name for column in self.columns if column.decides)

    def column(self, name: str) -> Column:
        return self.by_name[name]


@dataclass(frozen=True)
class Summary:
    """How summaries show a form; ``figure`` and ``reason`` are texts with expressions."""

    status: Expression
    figure: str = ""
    reason: str = ""


@dataclass(frozen=True)
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


@dataclass(frozen=True)
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


@dataclass(frozen=True)
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


@dataclass(frozen=True)
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


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class FormSpec:
    """One unit to fill in. ``layout`` prints it as a sheet of boxes; without it label and value stand side by side."""

    id: str
    title: str
    source: Source
    items: tuple[Item, ...]
    legal: tuple[str, ...] = ()
    layout: tuple[tuple[LayoutCell, ...], ...] = ()
    rules: tuple[Rule, ...] = ()
    inferred: str = ""
    legal_doubt: str = ""
    sheets: tuple[Sheet, ...] = ()
    summary: Summary | None = None
    survey: SurveySpec | None = None
    scoring: ScoreSheet | None = None
    documents: tuple[PrintedRow, ...] = ()
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

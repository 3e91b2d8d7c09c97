"""What passes between the stages: frozen values, no behaviour beyond reading them.

Left to right: ``specs`` makes FormSpec and ReportSpec; ``answers`` makes Case; ``evaluate`` makes FilledForm;
``packet`` makes Packet, in which nothing is left to decide: every number, label and text is as it will be printed.
``documents`` and ``pdf`` know the packet only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeAlias

import jdatetime

from assembler.periods import Period
from assembler.problems import NOWHERE, Place, Problem, Severity

# ---------------------------------------------------------------- form specifications


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


@dataclass(frozen=True)
class Column(Field):
    """A leaf column. ``group`` is the chain of spanning headers above it, outermost first; ``width`` in cm."""

    group: tuple[str, ...] = ()
    width: float | None = None
    align: str = ""
    merge: bool = False


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


@dataclass(frozen=True)
class Rule:
    """An audit rule of a form; ``kind`` names one of the engine's kinds of rule.

    ``options`` are the words of its kind. Without a ``severity`` each finding has that of its code.
    """

    kind: str
    message: str = ""
    severity: Severity | None = None
    item: str = ""
    options: Mapping[str, str | int | tuple[str, ...] | Expression] = field(default_factory=dict)
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
    def is_table(self) -> bool:
        return self.type == "table"

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


@dataclass(frozen=True)
class LayoutCell:
    """A cell of a printed form: a text, or an item with its label, its value or both; ``lines`` high at least."""

    item: str = ""
    text: str = ""
    show: Literal["both", "label", "value"] = "both"
    span: int = 1
    lines: int = 1


@dataclass(frozen=True)
class SheetRow:
    """A row of a sheet: a heading, or a label with one item or several; of one item alone the label is its own."""

    items: tuple[str, ...] = ()
    label: str = ""
    heading: str = ""


@dataclass(frozen=True)
class Sheet:
    """Items of a form that the guidance prints together as a table of label and answer; ``heads`` are none or two."""

    name: str
    rows: tuple[SheetRow, ...]
    caption: str = ""
    heads: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    inferred: str = ""
    place: Place = NOWHERE

    @property
    def items(self) -> tuple[str, ...]:
        return tuple(name for row in self.rows for name in row.items)


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

    def item(self, name: str) -> Item:
        return next(item for item in self.items if item.name == name)


# ---------------------------------------------------------------- report specifications


@dataclass(frozen=True)
class BlockSpec:
    """One block of a part, in order: ``kind`` is its word in the report language, ``target`` what it shows."""

    kind: str
    target: str = ""
    id: str = ""
    options: Mapping[str, object] = field(default_factory=dict)
    content: tuple[BlockSpec, ...] = ()
    when: Expression | None = None
    place: Place = NOWHERE


@dataclass(frozen=True)
class SignerSpec:
    key: str
    name: str
    post: str


@dataclass(frozen=True)
class DocumentIdSpec:
    """The six texts a letter's code holds, in the order they have there, and what stands between them."""

    texts: tuple[str, ...]
    separator: str = "|"
    when: Expression | None = None
    place: Place = NOWHERE

    @property
    def number(self) -> str:
        return self.texts[0]


@dataclass(frozen=True)
class PartSpec:
    """A part of the packet: ``kind`` is cover, letter, body or evidence; texts may hold ``{{ expressions }}``."""

    kind: Literal["cover", "letter", "body", "evidence"]
    name: str
    title: str
    template: str = ""
    form: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    signer: str = ""
    content: tuple[BlockSpec, ...] = ()
    files: tuple[str, ...] = ()
    separators: str = ""
    document_id: DocumentIdSpec | None = None
    when: Expression | None = None
    place: Place = NOWHERE


@dataclass(frozen=True)
class Deadline:
    """A day by which something is due; ``notice`` in days before it."""

    label: str
    date: Expression
    when: Expression | None = None
    done: Expression | None = None
    notice: int = 14
    place: Place = NOWHERE


@dataclass(frozen=True)
class Periods:
    """How cases follow one another: which period of which year a case is of, and whose case it is.

    ``months`` are those of a period, ``start`` is the month a year's first period begins with, ``days`` are those from
    a period's end to its deadline; ``unit`` is a text with expressions.
    """

    year: Expression
    number: Expression
    unit: str
    months: Expression = Expression("2")
    start: Expression = Expression("1")
    days: Expression = Expression("0")
    place: Place = NOWHERE

    @property
    def expressions(self) -> tuple[Expression, ...]:
        return (self.year, self.number, self.months, self.start, self.days)


@dataclass(frozen=True)
class Across:
    """Cases side by side in one row: ``at`` is the place of a case from 1, ``columns`` where each cell goes by it."""

    at: Expression
    columns: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class GatheredTable:
    """A table filled from many cases: ``of`` cases a row each, or of a list of what was found among them.

    ``cells`` are evaluated in the case; of the other lists their sources are names. Of rows that are the same by
    ``key`` in one period the first is taken. With ``last`` only cases of the last period come in.
    """

    target: str
    cells: Mapping[str, Expression]
    of: str = "cases"
    when: Expression | None = None
    last: bool = False
    key: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    across: Across | None = None
    place: Place = NOWHERE


@dataclass(frozen=True)
class GatherCheck:
    """What must hold in each case; ``message`` is a text with expressions."""

    test: Expression
    message: str
    severity: Severity
    place: Place = NOWHERE


@dataclass(frozen=True)
class Fall:
    """A number told of when it falls between the periods of a unit, ``unless`` the later case gives a reason."""

    value: Expression
    label: str
    unless: Expression | None = None


@dataclass(frozen=True)
class Gather:
    """How a report is made of many cases of the report ``source``; ``fields`` are those of its own case."""

    source: str
    tables: tuple[GatheredTable, ...]
    fields: Mapping[str, str] = field(default_factory=dict)
    checks: tuple[GatherCheck, ...] = ()
    falls: tuple[Fall, ...] = ()
    place: Place = NOWHERE

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms of the tables it fills."""
        return tuple(dict.fromkeys(table.target.rpartition(".")[0] for table in self.tables))


@dataclass(frozen=True)
class Axis:
    """Indicators scored together, by the names of their forms."""

    name: str
    title: str
    cap: Decimal
    indicators: tuple[str, ...]
    place: Place = NOWHERE


@dataclass(frozen=True)
class ScoreCardSpec:
    """How a report adds up scores; ``stage`` is the field of the case that says which stage is reached."""

    total: Decimal
    stage: str
    stages: Mapping[str, str]
    agency: str
    axes: tuple[Axis, ...]
    place: Place = NOWHERE


@dataclass(frozen=True)
class ReportSpec:
    """What a report is made of. ``case`` is the form of the fields of ``case.yaml``.

    With ``own_numbers`` tables bear the number the guidance gives them, or none.
    """

    id: str
    title: str
    source: Source
    case: FormSpec
    forms: tuple[str, ...]
    parts: tuple[PartSpec, ...]
    author: str = ""
    signers: tuple[SignerSpec, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    statuses: tuple[Choice, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    periods: Periods | None = None
    gather: Gather | None = None
    scores: ScoreCardSpec | None = None
    own_numbers: bool = False
    place: Place = NOWHERE

    @property
    def used_forms(self) -> tuple[str, ...]:
        """The forms it shows and those it asks for besides, once each: in the order of the body, then of the rest."""
        parts = sorted(self.parts, key=lambda part: part.kind != "body")
        named = [name for part in parts for name in _forms_of(part)]
        named += [name for axis in (self.scores.axes if self.scores else ()) for name in axis.indicators]
        return tuple(dict.fromkeys([*named, *self.forms]))


def _forms_of(part: PartSpec) -> Iterator[str]:
    if part.form:
        yield part.form
    yield from (target.rpartition(".")[0] for target in part.files)
    yield from forms_in(part.content)


def forms_in(blocks: tuple[BlockSpec, ...]) -> Iterator[str]:
    """The forms that blocks and those within them show, in order; one may come several times."""
    for block in blocks:
        if block.kind in ("form", "answers", "legal", "score_sheet"):
            yield block.target
        elif block.kind in ("text", "table", "list", "chart", "figure", "workflow") and "." in block.target:
            yield block.target.rpartition(".")[0]
        yield from forms_in(block.content)


@dataclass(frozen=True)
class Library:
    """All specifications read together."""

    forms: Mapping[str, FormSpec]
    reports: Mapping[str, ReportSpec]


# ---------------------------------------------------------------- answers


@dataclass(frozen=True)
class Attachment:
    """A file of the case, by its path inside ``attachments/``; ``path`` is absolute.

    ``label`` is how the report cites it («مستند شماره ۴») once it stands among the evidence, ``about`` what it is: the
    title it was given, the form it belongs to.
    """

    name: str
    path: Path
    label: str = ""
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProseList:
    """A list inside a narrative; each entry has a text and may hold lists of its own."""

    kind: Literal["numbered", "bulleted", "lettered", "dashed"]
    entries: tuple[ProseEntry, ...]


@dataclass(frozen=True)
class ProseEntry:
    text: str
    lists: tuple[ProseList, ...] = ()


@dataclass(frozen=True)
class Prose:
    """A narrative answer: paragraphs and lists in order. ``[[id]]`` in its texts refers to a table or figure."""

    blocks: tuple[str | ProseList, ...]


# A blank is None. Numbers are exact: int or Decimal. Choices are their names: str for one, a tuple for several; a list
# of texts is a tuple too.
Value: TypeAlias = str | int | Decimal | bool | jdatetime.date | tuple[str, ...] | Attachment | Prose | None


class Answer(NamedTuple):
    """A value and where it was written. A tuple, as every cell has one: they are made fastest."""

    value: Value
    place: Place = NOWHERE


@dataclass(frozen=True)
class AnsweredRow:
    """A row of a table: ``group`` for a band row, ``name`` for a printed one. Cells by column name."""

    cells: Mapping[str, Answer]
    place: Place
    group: bool = False
    name: str = ""


@dataclass(frozen=True)
class Carried:
    """Answers that came from the case ``origin`` and wait to be confirmed: by item, the fingerprint they had then."""

    origin: str
    fingerprints: Mapping[str, Answer]
    place: Place = NOWHERE


@dataclass(frozen=True)
class AnsweredForm:
    """The answers of one form: single values and tables, by item name."""

    form: str
    values: Mapping[str, Answer]
    tables: Mapping[str, tuple[AnsweredRow, ...]]
    place: Place = NOWHERE
    carried: Carried | None = None


@dataclass(frozen=True)
class EarlierCase:
    """The case of the period before, named at ``place``.

    ``read`` gives it with the problems of its files: its answers are read when an expression needs one, and once.
    """

    folder: Path
    read: Callable[[], tuple[Case | None, tuple[Problem, ...]]]
    place: Place = NOWHERE


@dataclass(frozen=True)
class Case:
    """One agency's answers for one period, as read from its folder."""

    name: str
    folder: Path
    report: str
    fields: AnsweredForm
    forms: Mapping[str, AnsweredForm]
    files: tuple[Path, ...] = ()
    previous: EarlierCase | None = None


# ---------------------------------------------------------------- evaluated forms


@dataclass(frozen=True, slots=True)
class FilledCell:
    """A cell with its value and what its column's expressions say of it."""

    value: Value
    place: Place = NOWHERE
    computed: bool = False
    required: bool = False
    violates: bool = False


@dataclass(frozen=True)
class FilledRow:
    cells: Mapping[str, FilledCell]
    place: Place = NOWHERE
    group: bool = False
    name: str = ""


@dataclass(frozen=True)
class FilledItem:
    """An item with its value or its rows, and what its expressions say of it.

    ``footer`` holds a mapping a footer row: column name → value, the one result of a whole row under «».
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
    lent: tuple[Answer, ...] = ()  # the keys of the rows other tables lend it


@dataclass(frozen=True)
class FilledRule:
    """A rule with its message filled in and the values of its expressions, by the words they stand at."""

    rule: Rule
    message: str
    values: Mapping[str, Value]


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
    rules: tuple[FilledRule, ...] = ()  # those of the spec, once the form is answered
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


# ---------------------------------------------------------------- the packet


@dataclass(frozen=True)
class Span:
    """A stretch of text; ``link`` names the anchor it leads to, ``strong`` text stands out."""

    text: str
    link: str = ""
    strong: bool = False


Text = tuple[Span, ...]


def plain(text: Text) -> str:
    return "".join(span.text for span in text)


@dataclass(frozen=True)
class Heading:
    """A numbered heading of level 1… or, with ``number`` empty, a sub-heading that stays out of the contents."""

    text: str
    level: int
    number: str
    anchor: str
    listed: bool = True


@dataclass(frozen=True)
class Paragraph:
    """``role`` is body, note or restored; one that is ``kept`` stays on the page of what follows."""

    text: Text
    role: Literal["body", "note", "restored"] = "body"
    kept: bool = False


@dataclass(frozen=True)
class ListEntry:
    """An entry with its printed mark («۱-», «•», «الف-»)."""

    mark: str
    text: Text
    lists: tuple[ListBlock, ...] = ()


@dataclass(frozen=True)
class ListBlock:
    entries: tuple[ListEntry, ...]


@dataclass(frozen=True)
class GridCell:
    """A cell of a grid, each standing once at its upper leading corner; ``lines`` are its paragraphs.

    ``mark`` is a superscript footnote mark after the last line.
    """

    lines: tuple[Text, ...] = ()
    columns: int = 1
    rows: int = 1
    align: Literal["start", "center", "end"] = "start"
    kind: Literal["body", "head", "group", "footer"] = "body"
    mark: str = ""


@dataclass(frozen=True)
class GridBlock:
    """A table as it is printed: leading column first (right-to-left), cells in reading order as in HTML.

    ``head`` rows repeat on every page. ``widths`` are relative. ``notes`` stand under the table. ``origins`` names
    the items it shows, as ``form.item``. Questions with their answers are a grid, not ``counted`` among the tables.
    """

    anchor: str
    caption: Text
    widths: tuple[float, ...]
    head: tuple[tuple[GridCell, ...], ...]
    body: tuple[tuple[GridCell, ...], ...]
    notes: tuple[Text, ...] = ()
    page: Literal["portrait", "landscape"] = "portrait"
    caption_below: bool = False
    origins: tuple[str, ...] = ()
    counted: bool = True


@dataclass(frozen=True)
class FigureBlock:
    """A picture with its caption and notes below: an image file, or the ``pages`` of a letter part. ``width`` in cm."""

    anchor: str
    caption: Text
    image: Path | None = None
    part: str = ""
    width: float = 14.0
    pages: int = 1
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Series:
    """A part of each bar of a chart, with its name for the legend."""

    label: str
    values: tuple[int | Decimal, ...]


@dataclass(frozen=True)
class ChartBlock:
    """A chart drawn from data. ``values`` may be blank: the category then stands without a bar.

    With ``series`` the bars are made up of them, and ``values`` are the sums.
    ``notes`` are printed under the caption («برگرفته از …»); ``decimals`` are those of the percentages.
    """

    anchor: str
    caption: Text
    kind: Literal["bar", "pie"]
    labels: tuple[str, ...]
    values: tuple[int | Decimal | None, ...]
    percent: bool = False
    decimals: int = 0
    width: float = 14.0
    notes: tuple[Text, ...] = ()
    series: tuple[Series, ...] = ()


StepKind = Literal["start", "action", "decision", "document", "end"]


@dataclass(frozen=True)
class WorkflowStep:
    """A step as drawn: ``number`` is how branches name it; ``next`` are the branches: their words («» for the only
    way on) and the number of the step they lead to."""

    number: str
    kind: StepKind
    actor: str
    action: str
    document: str = ""
    next: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class WorkflowBlock:
    """A process drawn from right to left: a lane an actor, its steps from top to bottom. ``width`` in cm."""

    anchor: str
    caption: Text
    steps: tuple[WorkflowStep, ...]
    width: float = 16.0
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True)
class ContentsBlock:
    """The contents of the part it stands in: its headings down to ``levels``."""

    title: str
    levels: int = 3


@dataclass(frozen=True)
class PageBreak:
    pass


Block = (
    Heading | Paragraph | ListBlock | GridBlock | FigureBlock | ChartBlock | WorkflowBlock | ContentsBlock | PageBreak
)


@dataclass(frozen=True)
class Signer:
    """Who signs a part. ``key`` is unique in the packet and names the signature field."""

    key: str
    name: str
    post: str


@dataclass(frozen=True)
class DocumentId:
    """What the code on a letter's first page holds, and the number of the letter."""

    content: str
    number: str


# What a template may print: a text, a list of texts, or a list of rows of texts.
TemplateValue = str | tuple[str, ...] | tuple[Mapping[str, str], ...]


@dataclass(frozen=True)
class Part:
    """One document of the packet.

    ``placed`` letters are shown inside another part (a FigureBlock names them) and take no pages of their own.
    ``files`` are the pieces of an evidence part.
    """

    kind: Literal["cover", "letter", "body", "evidence", "problems"]
    name: str
    title: str
    template: str = ""
    fields: Mapping[str, TemplateValue] = field(default_factory=lambda: MappingProxyType({}))
    blocks: tuple[Block, ...] = ()
    signer: Signer | None = None
    placed: bool = False
    files: tuple[Attachment, ...] = ()
    document_id: DocumentId | None = None


@dataclass(frozen=True)
class Packet:
    """Everything that becomes one PDF, in order and numbered."""

    name: str
    title: str
    author: str
    parts: tuple[Part, ...]
    draft: bool = False

    def part(self, name: str) -> Part:
        return next(part for part in self.parts if part.name == name)


def headings(blocks: tuple[Block, ...]) -> Iterator[Heading]:
    """The listed headings of a part, in order."""
    return (block for block in blocks if isinstance(block, Heading) and block.listed)


# ---------------------------------------------------------------- what changed between two states of a case


@dataclass(frozen=True)
class Change:
    """One difference between two states of a case, told as people read it.

    A row that was added, deleted or moved is one change of its own: ``old`` and ``new`` then hold its cells, or where
    it stood. ``label`` is the whole place within the form in words, the other labels its pieces. ``row`` is the number
    in the later state (of a deleted row: in the earlier one), None outside rows; ``was`` that in the earlier state.
    """

    form: str
    item: str
    row: int | None
    column: str
    label: str
    old: str
    new: str
    kind: Literal["entered", "calculated"]
    place: Place = NOWHERE
    what: Literal["changed", "added", "deleted", "moved"] = "changed"
    title: str = ""
    item_label: str = ""
    row_name: str = ""
    column_label: str = ""
    was: int | None = None


@dataclass(frozen=True)
class TouchedBlock:
    """Something printed that came out otherwise; one that is only «renumbered» says the same under another number.

    ``caption`` is as printed; a text has none and is told by the heading it stands under. ``page`` is the printed page
    it begins on, 0 when not known.
    """

    kind: Literal["table", "figure", "chart", "text", "file"]
    caption: str
    part: str
    what: Literal["changed", "added", "deleted", "renumbered"]
    origins: tuple[str, ...] = ()
    page: int = 0


@dataclass(frozen=True)
class TouchedPart:
    """A part whose printed content differs. Pages count over the whole PDF from 1; 0 when not known."""

    name: str
    title: str
    kind: str
    what: Literal["changed", "added", "deleted"]
    first_page: int = 0
    last_page: int = 0


@dataclass(frozen=True)
class Resigned:
    """Who must sign a letter again: because of what it says itself, or only because of what goes out with it."""

    signer: Signer
    letter: str
    title: str
    because: Literal["letter", "annexes"]


@dataclass(frozen=True)
class Touched:
    """What changes reach: printed blocks, parts, letters, signatures, values that were calculated anew.

    ``pages`` are the printed pages on which the tables of changed items begin, by ``form.item``, as far as known.
    """

    blocks: tuple[TouchedBlock, ...] = ()
    parts: tuple[TouchedPart, ...] = ()
    letters: tuple[TouchedPart, ...] = ()
    signatures: tuple[Resigned, ...] = ()
    calculated: tuple[Change, ...] = ()
    pages: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def anything(self) -> bool:
        """Whether any part of the packet comes out otherwise."""
        return bool(self.parts)

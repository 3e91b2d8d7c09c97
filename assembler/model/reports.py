"""Reports as specified: parts, letters, deadlines, periods, score cards; and the library of all specifications."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from assembler.base.catalogue.entries import Severity
from assembler.base.problems import NOWHERE, Place
from assembler.base.tongue import PERSIAN, Tongue
from assembler.model.blocks import BlockSpec, forms_in
from assembler.model.specs import Choice, Expression, FormSpec, Source
from assembler.model.templates import Letterhead


@dataclass(frozen=True, eq=False, repr=False)
class SignerSpec:
    key: str
    name: str
    post: str


@dataclass(frozen=True, eq=False, repr=False)
class DocumentIdSpec:
    """The six texts a letter's code holds, in the order they have there, and what stands between them."""

    texts: tuple[str, ...]
    separator: str = "|"
    when: Expression | None = None
    place: Place = NOWHERE

    @property
    def number(self) -> str:
        return self.texts[0]


@dataclass(frozen=True, eq=False, repr=False)
class FieldText:
    """What a part gives its template to print: a text with expressions."""

    text: str
    place: Place = NOWHERE


@dataclass(frozen=True, eq=False, repr=False)
class AmendmentSpec:
    """What a letter says once it amends an earlier one: texts with expressions; ``own`` is why its paragraphs are the
    office's own, «» where the guidance says them.
    """

    subject: FieldText
    body: tuple[FieldText, ...]
    attachment: FieldText
    own: str = ""

    @property
    def texts(self) -> tuple[FieldText, ...]:
        return (self.subject, *self.body, self.attachment)


@dataclass(frozen=True, eq=False, repr=False)
class PartSpec:
    """A part of the packet: ``kind`` is cover, letter, body or evidence; texts may hold ``{{ expressions }}``.

    ``own`` is why a letter says things no guidance says: all its sentences whose blocks name no ``source``. So many
    small ``pictures`` may share a page of evidence.
    """

    kind: Literal["cover", "letter", "body", "evidence"]
    name: str
    title: str
    template: str = ""
    form: str = ""
    fields: Mapping[str, FieldText] = field(default_factory=dict)
    signer: str = ""
    content: tuple[BlockSpec, ...] = ()
    files: tuple[str, ...] = ()
    bands: str = ""
    separators: str = ""
    pictures: int = 1
    document_id: DocumentIdSpec | None = None
    amendment: AmendmentSpec | None = None
    own: str = ""
    when: Expression | None = None
    place: Place = NOWHERE

    @property
    def cited_as(self) -> str:
        """The name under which its files are cited, each with its number; «» where they are not."""
        return self.bands or self.separators


@dataclass(frozen=True, eq=False, repr=False)
class Deadline:
    """A day by which something is due; ``notice`` in days before it."""

    label: str
    date: Expression
    when: Expression | None = None
    done: Expression | None = None
    notice: int = 14
    place: Place = NOWHERE


@dataclass(frozen=True, eq=False, repr=False)
class Periods:
    """How cases follow one another: which period of which year a case is of, and whose case it is.

    ``months`` are those of a period, ``start`` is the month a year's first period begins with, ``days`` are those from
    a period's end to its deadline; ``unit`` is a text with expressions.
    """

    year: Expression
    number: Expression
    unit: str
    months: Expression = field(default_factory=lambda: Expression("2"))
    start: Expression = field(default_factory=lambda: Expression("1"))
    days: Expression = field(default_factory=lambda: Expression("0"))
    place: Place = NOWHERE

    @property
    def expressions(self) -> tuple[Expression, ...]:
        return (self.year, self.number, self.months, self.start, self.days)


@dataclass(frozen=True, eq=False, repr=False)
class YearDates:
    """Items and columns whose dates belong to the year of a case: from the first day to the last one, where said."""

    of: tuple[str, ...]
    first: Expression | None = None
    last: Expression | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, eq=False, repr=False)
class Years:
    """What changes from year to year: ``year_field`` says which year a case is of, ``kit``
    are the fields that belong to it, ``known`` is what is known of them, by year and field, as it is typed.
    """

    year_field: str
    kit: tuple[str, ...]
    known: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    dates: tuple[YearDates, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, eq=False, repr=False)
class Across:
    """Cases side by side in one row: ``at`` is the place of a case from 1, ``columns`` where each cell goes by it."""

    at: Expression
    columns: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, eq=False, repr=False)
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


@dataclass(frozen=True, eq=False, repr=False)
class GatherCheck:
    """What must hold in each case; ``message`` is a text with expressions."""

    test: Expression
    message: str
    severity: Severity
    place: Place = NOWHERE


@dataclass(frozen=True, eq=False, repr=False)
class Fall:
    """A number told of when it falls between the periods of a unit, ``unless`` the later case gives a reason."""

    value: Expression
    label: str
    unless: Expression | None = None


@dataclass(frozen=True, eq=False, repr=False)
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


@dataclass(frozen=True, eq=False, repr=False)
class Axis:
    """Indicators scored together, by the names of their forms."""

    name: str
    title: str
    cap: Decimal
    indicators: tuple[str, ...]
    place: Place = NOWHERE


@dataclass(frozen=True, eq=False, repr=False)
class ScoreCardSpec:
    """How a report adds up scores; ``stage`` is the field of the case that says which stage is reached."""

    total: Decimal
    stage: str
    stages: Mapping[str, str]
    agency: str
    axes: tuple[Axis, ...]
    province: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, eq=False, repr=False)
class ReportSpec:
    """What a report is made of. ``case`` is the form of the fields of ``case.yaml``, ``audience`` who makes it.

    Its paper is written in a ``tongue``.
    With ``own_numbers`` tables bear the number the guidance gives them, or none. ``was`` is the report of the edition
    before.
    """

    id: str
    title: str
    source: Source
    case: FormSpec
    forms: tuple[str, ...]
    parts: tuple[PartSpec, ...]
    author: str = ""
    audience: str = ""
    signers: tuple[SignerSpec, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    statuses: tuple[Choice, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    years: Years | None = None
    periods: Periods | None = None
    gather: Gather | None = None
    scores: ScoreCardSpec | None = None
    own_numbers: bool = False
    binding: Literal["", "right", "left"] = ""
    was: str = ""
    tongue: Tongue = PERSIAN
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


@dataclass(frozen=True, eq=False, repr=False)
class Library:
    """All specifications read together, with the names each Word template prints: None where its tags cannot be read;
    and with what is typed into each.

    Nothing is known of templates when there are none.
    """

    forms: Mapping[str, FormSpec]
    reports: Mapping[str, ReportSpec]
    templates: Mapping[str, frozenset[str] | None] = field(default_factory=dict)
    letterheads: Mapping[str, Letterhead] = field(default_factory=dict)

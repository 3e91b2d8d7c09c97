"""A form as a page shows it: all of it plain data, in words of the reader's language, each row with a key of its own.

What is asked (`PageField`) never changes with the answers; what is answered (`PageAnswer`) does. A page is what one
person sees: items of others are not in it, and what he may not write is not ``open``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from assembler.base.catalogue.entries import Severity
from assembler.model.fields import Direction
from assembler.model.packet import Align
from assembler.model.sheets import Sheet

# How an answer is entered. A narrative is «lines» too: its lists are typed with their marks.
Entry: TypeAlias = Literal["none", "line", "lines", "number", "date", "choice", "choices", "image", "file", "table"]


class PageAnswer(NamedTuple):
    """An answer of an item or a cell. A tuple, as every cell has one.

    ``typed`` is the text an editor holds, and what a writer sends back as what he saw; ``shown`` is what people read:
    of something calculated as it is printed, of a blank answer what holds as long as it is blank. ``chosen`` are the
    names of choices. It is ``open`` where the person may write; ``exact`` where ``typed`` says all of it, so that
    typing it again changes nothing.
    """

    typed: str = ""
    shown: str = ""
    relevant: bool = True
    required: bool = False
    open: bool = True
    chosen: tuple[str, ...] = ()
    exact: bool = True


@dataclass(frozen=True)
class PageChoice:
    name: str
    label: str
    code: str = ""
    within: str = ""


@dataclass(frozen=True)
class PageField:
    """A question, or a column of a table, as it is asked; ``heads`` are the headers above a column, its own the last.

    ``type`` is the bare type of the language, ``kind`` says in words what an answer is, «» of a plain text; ``helps``
    are hint and footnote, ``notes`` what the makers of the specification restored or doubt, ``conditions`` when it is
    asked and required, ``constraint`` what is told when the answer breaks its condition. ``marks`` may stand in place
    of an answer; ``default`` is proposed. ``appearance`` holds its words: a year is «plain».
    """

    name: str
    label: str
    type: str
    entry: Entry
    kind: str = ""
    heads: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    constraint: str = ""
    choices: tuple[PageChoice, ...] = ()
    marks: tuple[str, ...] = ()
    default: str = ""
    unit: str = ""
    appearance: tuple[str, ...] = ()
    within: str = ""  # the question or column whose answer the choices belong to
    translation: str = ""  # the label in another language
    direction: Direction = ""  # of its label
    answer_direction: Direction = ""
    calendar: str = ""  # in which its dates are typed: «gregorian», or «» for the Jalali one
    asked: bool = True  # somebody answers it: it is nothing calculated and no mere note


@dataclass(frozen=True)
class PageBox:
    """A cell of the head or the foot of a table, at its upper leading corner; ``mark`` is that of a footnote."""

    text: str
    columns: int = 1
    rows: int = 1
    mark: str = ""
    align: Align = "center"
    direction: Direction = ""


@dataclass(frozen=True)
class PageLeaf:
    """A column as it is printed: one of the table, or a ``choice`` of one whose choices are ticked. ``width`` in cm."""

    column: str
    choice: str = ""
    width: float = 0
    align: Align = "start"


@dataclass(frozen=True)
class PageRow:
    """A row: known by its ``key`` as long as it lives, whatever its ``number``, which counts from 1.

    ``stamp`` changes with what is answered in it. ``name`` is that of a printed row, ``title`` the text a reader knows
    it by; a ``band`` stands over a group of rows. A printed row may be nothing but a ``heading``, have ``closed``
    cells, or be ``reckoned`` of others.
    """

    key: str
    number: int
    stamp: str
    cells: Mapping[str, PageAnswer]
    band: bool = False
    name: str = ""
    title: str = ""
    heading: str = ""
    closed: tuple[str, ...] = ()
    reckoned: bool = False


@dataclass(frozen=True)
class PageTable:
    """A table: ``columns`` as they are asked, ``leaves`` as they are printed, ``head`` and ``foot`` over the leaves.

    Rows of a table that is ``printed`` can neither be added nor removed nor moved. ``bands`` are the columns that a
    band row fills, none where there are no such rows. Rows that are ``lent`` come from other tables as long as nobody
    writes here, as ``taken_over`` says in words.
    """

    title: str
    columns: tuple[PageField, ...]
    leaves: tuple[PageLeaf, ...]
    head: tuple[tuple[PageBox, ...], ...]
    rows: tuple[PageRow, ...] = ()
    foot: tuple[tuple[PageBox, ...], ...] = ()
    notes: tuple[str, ...] = ()
    printed: bool = False
    bands: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    lent: bool = False
    taken_over: str = ""
    landscape: bool = False
    cards: bool = False  # printed as a card a row; a narrow page shows it so


@dataclass(frozen=True)
class PageItem:
    """An item of a form: one answer, or a table. ``carried`` names the case its answer came from while it waits to be
    confirmed, «» of any other; ``alike`` says that its question there has another name and a like label. ``doubts``
    are what the agency itself is not sure of.
    """

    field: PageField
    answer: PageAnswer
    table: PageTable | None = None
    carried: str = ""
    alike: bool = False
    doubts: tuple[str, ...] = ()
    number: str = ""


@dataclass(frozen=True)
class PageProblem:
    """A problem with its place on the page: ``row`` is a key; «» where it has no such part. ``where`` is the place in
    words, ``place`` as `accept` writes it. ``accepted`` is the reason for which it stands.
    """

    code: str
    severity: Severity
    message: str
    hint: str
    item: str = ""
    row: str = ""
    column: str = ""
    where: str = ""
    place: str = ""
    acceptable: bool = False
    accepted: str = ""


@dataclass(frozen=True)
class FormPage:
    """Everything a page of a form shows to one person. ``version`` is that of the whole case: two pages of one version
    are alike, whichever process made them.
    """

    form: str
    title: str
    version: str
    items: tuple[PageItem, ...]
    problems: tuple[PageProblem, ...] = ()
    legal: tuple[str, ...] = ()
    source: str = ""
    notes: tuple[str, ...] = ()
    sheets: tuple[Sheet, ...] = ()  # items that the guidance prints together, as tables of label and answer
    direction: Direction = "rtl"

    def item(self, name: str) -> PageItem:
        return next(item for item in self.items if item.field.name == name)


@dataclass(frozen=True)
class TableDelta:
    """What changed in a table: ``rows`` are new or say something else, ``order`` are all keys where any came, went or
    moved, None else; ``foot`` is None as long as it is the same.
    """

    rows: tuple[PageRow, ...] = ()
    order: tuple[str, ...] | None = None
    foot: tuple[tuple[PageBox, ...], ...] | None = None
    lent: bool = False


@dataclass(frozen=True)
class PageDelta:
    """What leads from the page of one version to that of another: by item, answers and tables that changed, and by item
    the case it is ``carried`` from where that changed. ``problems`` are all that there are now, None as long as they
    are the same.
    """

    form: str
    before: str
    version: str
    answers: Mapping[str, PageAnswer] = field(default_factory=dict)
    carried: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, TableDelta] = field(default_factory=dict)
    problems: tuple[PageProblem, ...] | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.answers or self.carried or self.tables) and self.problems is None

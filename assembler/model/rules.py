"""The kinds of audit rule, a class a kind: its fields are the words of the kind, those without a default are needed.

The type of a word says what it names, so that no column of numbers is taken for one of dates. ``kind``, ``item``,
``message`` and ``severity`` are words of all rules: ``Rule`` has them.
"""

from dataclasses import dataclass
from typing import NewType

from assembler.model.specs import Expression, RuleWords

ItemName = NewType("ItemName", str)  # an item of the form
ColumnName = NewType("ColumnName", str)  # a column of the rule's item; the next three are of one type of value
DateColumn = NewType("DateColumn", ColumnName)
NumberColumn = NewType("NumberColumn", ColumnName)
TextColumn = NewType("TextColumn", ColumnName)
TextName = NewType("TextName", str)  # a column of the rule's item, or else an item of the form
TableTarget = NewType("TableTarget", str)  # form.item
ColumnTarget = NewType("ColumnTarget", str)  # form.item.column
Target = NewType("Target", str)  # either of these


# ---------------------------------------------------------------- conditions


@dataclass(frozen=True)
class Condition(RuleWords):
    test: Expression


# ---------------------------------------------------------------- rows and cells


@dataclass(frozen=True)
class RowNumbers(RuleWords):
    column: ColumnName


@dataclass(frozen=True)
class Duplicates(RuleWords):
    columns: tuple[ColumnName, ...]


@dataclass(frozen=True)
class GroupTotals(RuleWords):
    """``unit`` is the column of units: only the rows of a band's own are counted."""

    quantity: NumberColumn
    unit: ColumnName | None = None


@dataclass(frozen=True)
class Filled(RuleWords):
    """``excused`` excuses its row: when filled, or of choices when it says no."""

    items: tuple[ItemName, ...] = ()
    columns: tuple[ColumnName, ...] = ()
    excused: ColumnName | None = None


@dataclass(frozen=True)
class Boxes(RuleWords):
    """Boxes that belong together: items of the form, or the columns of each row of the item."""

    items: tuple[ItemName, ...] = ()
    columns: tuple[ColumnName, ...] = ()


@dataclass(frozen=True)
class ExactlyOne(Boxes):
    pass


@dataclass(frozen=True)
class AtMostOne(Boxes):
    pass


@dataclass(frozen=True)
class SameColumns(RuleWords):
    template: TableTarget


# ---------------------------------------------------------------- numbers


@dataclass(frozen=True)
class Scores(RuleWords):
    value: NumberColumn
    cap: NumberColumn


@dataclass(frozen=True)
class Parts(RuleWords):
    column: NumberColumn
    whole: Expression


@dataclass(frozen=True)
class Phrase(RuleWords):
    """``says`` is a phrase of a text with {} in place of its number."""

    says: str


@dataclass(frozen=True)
class Said(Phrase):
    equals: Expression


@dataclass(frozen=True)
class Percent(Phrase):
    part: Expression
    whole: Expression


@dataclass(frozen=True)
class Shares(RuleWords):
    pass


# ---------------------------------------------------------------- dates and steps


@dataclass(frozen=True)
class Durations(RuleWords):
    start: DateColumn
    end: DateColumn
    days: NumberColumn | None = None


@dataclass(frozen=True)
class NotBefore(RuleWords):
    date: DateColumn
    since: Expression


@dataclass(frozen=True)
class Holidays(RuleWords):
    columns: tuple[DateColumn, ...]


@dataclass(frozen=True)
class Weekdays(RuleWords):
    date: DateColumn
    column: TextColumn


@dataclass(frozen=True)
class Rhythm(RuleWords):
    """``every`` is the number of days between one date and the next."""

    date: DateColumn
    every: int


@dataclass(frozen=True)
class Room(RuleWords):
    """``text`` says the period, ``unit`` what the quantity counts."""

    text: TextName
    quantity: NumberColumn
    start: DateColumn
    end: DateColumn
    unit: ColumnName | None = None


@dataclass(frozen=True)
class Order(RuleWords):
    """``rests_on`` names steps by their numbers or by one of ``columns``; without it each rests on the one above."""

    start: DateColumn
    end: DateColumn
    rests_on: ColumnName | None = None
    columns: tuple[ColumnName, ...] = ()


# ---------------------------------------------------------------- texts and names


@dataclass(frozen=True)
class Finished(RuleWords):
    """Without ``columns`` all of the table's that hold text."""

    columns: tuple[TextColumn, ...] = ()


@dataclass(frozen=True)
class Names(RuleWords):
    among: tuple[Target, ...]


@dataclass(frozen=True)
class Cited(RuleWords):
    among: tuple[Target, ...]


@dataclass(frozen=True)
class Covered(RuleWords):
    """``excused`` excuses its row when it is filled."""

    column: ColumnName
    among: tuple[ColumnTarget, ...]
    excused: ColumnName | None = None

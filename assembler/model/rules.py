"""The kinds of audit rule, a class a kind: what it declares are the words of the kind, those without a default needed.

The type of a word says what it names, so that no column of numbers is taken for one of dates. ``kind``, ``item``,
``message`` and ``severity`` are words of all rules: ``Rule`` has them.
"""

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


class Condition(RuleWords):
    test: Expression


# ---------------------------------------------------------------- rows and cells


class RowNumbers(RuleWords):
    column: ColumnName


class Duplicates(RuleWords):
    columns: tuple[ColumnName, ...]


class GroupTotals(RuleWords):
    """``unit`` is the column of units: only the rows of a band's own are counted."""

    quantity: NumberColumn
    unit: ColumnName | None = None


class Filled(RuleWords):
    """``excused`` excuses its row: when filled, or of choices when it says no."""

    items: tuple[ItemName, ...] = ()
    columns: tuple[ColumnName, ...] = ()
    excused: ColumnName | None = None


class Boxes(RuleWords):
    """Boxes that belong together: items of the form, or the columns of each row of the item."""

    items: tuple[ItemName, ...] = ()
    columns: tuple[ColumnName, ...] = ()


class ExactlyOne(Boxes):
    pass


class AtMostOne(Boxes):
    pass


class SameColumns(RuleWords):
    template: TableTarget


# ---------------------------------------------------------------- numbers


class Scores(RuleWords):
    value: NumberColumn
    cap: NumberColumn


class Parts(RuleWords):
    column: NumberColumn
    whole: Expression


class Agrees(RuleWords):
    """``within`` is how far the number may be off besides what rounding takes."""

    equals: Expression
    within: int = 0


class NoMore(RuleWords):
    """Without a column the number of the item, or of a table the count of its rows; ``than`` is a column too."""

    column: NumberColumn | None = None
    than: NumberColumn | None = None
    limit: Expression | None = None


class RowSum(RuleWords):
    """``columns`` are the parts, ``column`` what they make together."""

    columns: tuple[NumberColumn, ...]
    column: NumberColumn


class Careers(RuleWords):
    """``born`` is the year of birth, ``columns`` years that were spent at work by ``year``."""

    born: NumberColumn
    columns: tuple[NumberColumn, ...]
    year: Expression


class Levels(RuleWords):
    """``key`` is the column of names, here and where the texts in ``among`` stand; ``column`` what was chosen."""

    key: TextColumn
    column: ColumnName
    among: tuple[ColumnTarget, ...]


class Tally(RuleWords):
    """``items`` are texts; each begins with a number."""

    items: tuple[ItemName, ...]


class Entries(RuleWords):
    """``says`` is how the text names an entry of the lists, {} in place of its number."""

    says: str
    items: tuple[ItemName, ...]


class Rising(RuleWords):
    column: ColumnName


class Phrase(RuleWords):
    """``says`` is a phrase of a text with {} in place of its number."""

    says: str


class Said(Phrase):
    equals: Expression


class Times(Phrase):
    pass


class Percent(Phrase):
    part: Expression
    whole: Expression


class Shares(RuleWords):
    pass


# ---------------------------------------------------------------- dates and steps


class Durations(RuleWords):
    start: DateColumn
    end: DateColumn
    days: NumberColumn | None = None


class NotBefore(RuleWords):
    date: DateColumn
    since: Expression


class Holidays(RuleWords):
    columns: tuple[DateColumn, ...]


class Weekdays(RuleWords):
    date: DateColumn
    column: TextColumn


class Months(RuleWords):
    """``text`` names the months in which the dates lie; it is a column, or an item of the form."""

    date: DateColumn
    text: TextName


class Rhythm(RuleWords):
    """``every`` is the number of days between one date and the next."""

    date: DateColumn
    every: int


class Room(RuleWords):
    """``text`` says the period, ``unit`` what the quantity counts."""

    text: TextName
    quantity: NumberColumn
    start: DateColumn
    end: DateColumn
    unit: ColumnName | None = None


class Order(RuleWords):
    """``rests_on`` names steps by their numbers or by one of ``columns``; without it each rests on the one above."""

    start: DateColumn
    end: DateColumn
    rests_on: ColumnName | None = None
    columns: tuple[ColumnName, ...] = ()


# ---------------------------------------------------------------- texts and names


class Finished(RuleWords):
    """Without ``columns`` all of the table's that hold text."""

    columns: tuple[TextColumn, ...] = ()


class Names(RuleWords):
    among: tuple[Target, ...]


class Cited(RuleWords):
    among: tuple[Target, ...]


class Pairs(RuleWords):
    """``key`` and ``column`` are columns of the item and of the tables in ``among``."""

    key: ColumnName
    column: ColumnName
    among: tuple[TableTarget, ...]


class Unsettled(RuleWords):
    """``among`` are tables in which somebody told rows of the item, by their ``key``, to be wrong."""

    key: ColumnName
    column: ColumnName
    among: tuple[TableTarget, ...]


class Covered(RuleWords):
    """``excused`` excuses its row when it is filled."""

    column: ColumnName
    among: tuple[ColumnTarget, ...]
    excused: ColumnName | None = None

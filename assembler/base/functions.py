"""What expressions do with values: the functions of the language, its operators, and how a value is printed.

Numbers are exact. A blank operand makes the result blank, as the guidance documents want it: no 0, no 100, no error.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence, Sized
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, InvalidOperation
from typing import Any, Protocol, TypeGuard

import jdatetime
from jinja2 import nodes

from assembler.base.in_words import in_words, rials_in_words, tomans_in_words
from assembler.base.periods import Period, days_after, last_day
from assembler.base.persian import (
    fold,
    format_date,
    format_number,
    is_dash,
    listed_texts,
    parse_date,
    persian_digits,
)
from assembler.base.tongue import printed_words

_CENT, _ROOMY = Decimal("0.01"), Context(prec=2000)


class Table(Protocol):
    """The rows of a table as expressions see them: band rows left out, cells computed on demand."""

    def __len__(self) -> int: ...

    def column(self, name: str) -> Sequence[object]: ...

    def cell(self, column: str, row: str) -> object: ...


def printable(value: object) -> str:
    """A value in Persian digits, for running text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return printed_words("بله" if value else "خیر")
    if is_number(value):
        return format_number(value if isinstance(value, int) else _two_places(value))
    if isinstance(value, jdatetime.date):
        return format_date(value)
    if isinstance(value, tuple):
        return listed_texts(printable(part) for part in value)
    return str(value)


def _two_places(value: Decimal) -> Decimal:
    """As offices round: nobody reads more of a number in a text."""
    return value.quantize(_CENT, ROUND_HALF_UP, _ROOMY) if value.is_finite() else value


def plainly(value: object) -> str:
    """A year or a code as such: no thousands are set apart."""
    whole = whole_number(value)
    return printable(value) if whole is None else persian_digits(str(whole))


def _numbers(values: Sequence[object]) -> list[Decimal | int]:
    return [value for value in values if is_number(value)]


def is_number(value: object) -> TypeGuard[int | Decimal]:
    """Whether it is a number; a truth value is none."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _holds(value: object, wanted: object) -> bool:
    return wanted in value if isinstance(value, tuple) else bool(_equal(value, wanted))


def _count(table: Table, column: str | None = None, value: object = None) -> int:
    if column is None:
        return len(table)
    cells = table.column(column)
    if value is None:
        return sum(cell is not None for cell in cells)
    return sum(_holds(cell, value) for cell in cells)


def _total(table: Table, column: str) -> int | Decimal | None:
    numbers = _numbers(table.column(column))
    return sum(numbers) if numbers else None


def _mean(table: Table, column: str) -> Decimal | None:
    numbers = _numbers(table.column(column))
    return Decimal(sum(numbers)) / len(numbers) if numbers else None


def _lookup(table: Table, column: str, where: str, words: object) -> object:
    """A column's cell in the first row whose ``where`` cell holds the words, whatever their spelling; blank words find
    nothing.
    """
    wanted = fold(printable(words))
    if not wanted:
        return None
    for cell, found in zip(table.column(where), table.column(column), strict=True):
        if wanted in fold(printable(cell)):
            return found
    return None


def _cell(table: Table, column: str, row: str) -> object:
    return table.cell(column, row)


def _sum(*values: object) -> int | Decimal | None:
    numbers = _numbers(values)
    return sum(numbers) if numbers else None


def _ratio(part: object, whole: object) -> Decimal | None:
    if not is_number(part) or not is_number(whole) or whole == 0:
        return None
    return Decimal(part) / Decimal(whole)


def _percent(part: object, whole: object) -> Decimal | None:
    ratio = _ratio(part, whole)
    return None if ratio is None else ratio * 100


def _extreme(choose: Callable[[Any], object]) -> Callable[[Table, str], object]:
    """The least or the greatest of a column: of its numbers, or of its days."""

    def found(table: Table, column: str) -> object:
        cells = table.column(column)
        return choose([cell for cell in cells if isinstance(cell, jdatetime.date)] or _numbers(cells) or [None])

    return found


def column_of(table: Table, column: str) -> Sequence[object]:
    """The cells of a column."""
    return table.column(column)


def _running(cells: Sequence[object]) -> int | Decimal | None:
    return sum(_numbers(cells)) if cells and is_number(cells[-1]) else None


def _filled(value: object) -> bool:
    return value is not None and not is_dash(value)


def _length(value: object) -> int | None:
    if isinstance(value, tuple):
        return sum(len(str(part)) for part in value)
    return len(value) if isinstance(value, Sized) else None


def _joined(between: object, *parts: object) -> str | None:
    """What is filled in; blank when nothing is."""
    texts = [text for part in parts if (text := printable(part))]
    return printable(between).join(texts) if texts else None


def _worded(say: Callable[[int | Decimal], str]) -> Callable[[object], str | None]:
    return lambda value: say(value) if is_number(value) else None


def _so_far(value: object, *earlier: object) -> Decimal | int | None:
    """What the periods of the year come to; blank while this one is."""
    return sum(_numbers((value, *earlier))) if is_number(value) else None


def _smallest(*values: object) -> object:
    return min(_numbers(values), default=None)


def _largest(*values: object) -> object:
    return max(_numbers(values), default=None)


def _rounded(value: object, places: object = 0) -> Decimal | int | None:
    if not is_number(value) or not isinstance(places, int):
        return None
    return round(Decimal(value), places)


def whole_number(value: object) -> int | None:
    """A whole number, be it the result of a calculation."""
    return int(value) if is_number(value) and value == int(value) else None


def _last_day(year: object, month: object) -> jdatetime.date | None:
    whole_year, whole_month = whole_number(year), whole_number(month)
    return None if whole_year is None or whole_month is None else last_day(whole_year, whole_month)


def _days_after(date: object, days: object) -> jdatetime.date | None:
    date = parse_date(date) if isinstance(date, str) else date
    whole = whole_number(days)
    return days_after(date, whole) if isinstance(date, jdatetime.date) and whole is not None else None


def _period_label(year: object, number: object, months: object = 2, start: object = 1) -> str | None:
    wholes = [whole for value in (year, number, months, start) if (whole := whole_number(value)) is not None]
    try:
        return Period(*wholes).label if len(wholes) == 4 else None
    except ValueError:
        return None


@dataclass(frozen=True)
class Function:
    """A function of the language: how it is written, what it gives, how many arguments it takes.

    With ``columns`` a table comes first, then the names of up to so many of its columns, then of ``rows`` it prints.
    """

    call: Callable[..., object]
    usage: str
    doc: str
    least: int
    most: int
    columns: int = 0
    placed: bool = False  # in a row, it is made of the rows of its own table down to that one
    line: bool = False  # made of what an expression comes to in each case of the year so far
    rows: int = 0

    @property
    def table(self) -> bool:
        """Whether it is made of a table."""
        return self.columns > 0


FUNCTIONS: Mapping[str, Function] = {
    "count": Function(
        _count,
        "count(table) · count(table, 'column') · count(table, 'column', value)",
        "How many rows there are; how many are filled in a column; how many hold a value there.",
        1,
        3,
        columns=1,
    ),
    "total": Function(
        _total, "total(table, 'column')", "The sum of a column; blank when it holds no number.", 2, 2, columns=1
    ),
    "mean": Function(
        _mean, "mean(table, 'column')", "The mean of a column; blank when it holds no number.", 2, 2, columns=1
    ),
    "greatest": Function(
        _extreme(max),
        "greatest(table, 'column')",
        "The greatest number, or the last day, of a column.",
        2,
        2,
        columns=1,
    ),
    "least": Function(
        _extreme(min), "least(table, 'column')", "The least number, or the first day, of a column.", 2, 2, columns=1
    ),
    "running": Function(
        _running,
        "running(table, 'column')",
        "In a column of the same table, the sum of another one down to this row; blank where that is blank here.",
        2,
        2,
        columns=1,
        placed=True,
    ),
    "lookup": Function(
        _lookup,
        "lookup(table, 'column', 'where', 'words')",
        "A column's cell in the first row whose cell «where» holds the words, whatever their spelling.",
        4,
        4,
        columns=2,
    ),
    "so_far": Function(
        _so_far,
        "so_far(number)",
        "The year to date: the number here and in the cases before it, back to the first period of the year. Blank "
        "while it is blank here. In a column, of printed rows: each with its own of the periods before.",
        1,
        1,
        line=True,
    ),
    "cell": Function(
        _cell,
        "cell(table, 'column', 'row')",
        "A cell of a row the table prints, by the names of its column and row.",
        3,
        3,
        columns=1,
        rows=1,
    ),
    "sum": Function(
        _sum, "sum(a, b, …)", "The sum of the numbers among them; blank when there is none: blanks count as 0.", 1, 200
    ),
    "percent": Function(
        _percent, "percent(part, whole)", "How many percent of the whole a part is; blank of nothing.", 2, 2
    ),
    "ratio": Function(_ratio, "ratio(part, whole)", "A part divided by the whole; blank of nothing.", 2, 2),
    "smallest": Function(_smallest, "smallest(a, b, …)", "The smallest of the numbers.", 1, 99),
    "largest": Function(_largest, "largest(a, b, …)", "The largest of the numbers.", 1, 99),
    "rounded": Function(
        _rounded,
        "rounded(number) · rounded(number, places)",
        "A number rounded to a whole one, or to so many decimal places.",
        1,
        2,
    ),
    "words": Function(
        _worded(in_words), "words(number)", "A number in Persian words: «یک هزار و دویست و پنجاه».", 1, 1
    ),
    "rials": Function(
        _worded(rials_in_words), "rials(amount)", "An amount in words: «یک هزار و دویست و پنجاه ریال».", 1, 1
    ),
    "tomans": Function(
        _worded(tomans_in_words),
        "tomans(amount)",
        "An amount of rials in words, as tomans: «یکصد و بیست و پنج تومان».",
        1,
        1,
    ),
    "length": Function(_length, "length(text)", "How many characters a text has.", 1, 1),
    "joined": Function(
        _joined,
        "joined(between, a, b, …)",
        "Texts in one, with what stands between them: joined('، ', city, street). Blank ones are left out.",
        2,
        99,
    ),
    "last_day": Function(_last_day, "last_day(year, month)", "The date a month of the Jalali calendar ends on.", 2, 2),
    "days_after": Function(_days_after, "days_after(date, days)", "The date so many days after a date.", 2, 2),
    "period_label": Function(
        _period_label,
        "period_label(year, number) · period_label(year, number, months, start)",
        "What a period is called: periods have 2 months and begin with the year unless it is said otherwise.",
        2,
        4,
    ),
    "otherwise": Function(
        lambda value, default: default if value is None else value,
        "otherwise(value, default)",
        "The value, or the default where it is blank: otherwise(visitors, 0).",
        2,
        2,
    ),
    "filled": Function(_filled, "filled(value)", "Whether it is answered; a dash such as «-» is no answer.", 1, 1),
    "selected": Function(
        lambda value, choice: _holds(value, choice),
        "selected(item, 'choice')",
        "Whether a choice is among those that were made.",
        2,
        2,
    ),
}


# ---------------------------------------------------------------- operators


def _dates(left: object, right: object) -> tuple[object, object]:
    """Both sides of a comparison; a text beside a date is read as one."""
    if isinstance(left, jdatetime.date) and isinstance(right, str):
        return left, parse_date(right)
    if isinstance(right, jdatetime.date) and isinstance(left, str):
        return parse_date(left), right
    return left, right


def _equal(left: object, right: object) -> bool:
    left, right = _dates(left, right)
    return left == right


def _inside(left: object, right: object) -> bool | None:
    """Whether a choice is among several, or a text in a text; blank when either side is, or when neither is meant."""
    if left is None or not isinstance(right, str | tuple) or (isinstance(right, str) and not isinstance(left, str)):
        return None
    return left in right


def _arithmetic(operation: Callable[[Any, Any], Any]) -> Callable[[object, object], object]:
    def apply(left: object, right: object) -> object:
        if not is_number(left) or not is_number(right):
            return None
        try:
            return operation(Decimal(left), Decimal(right))
        except (DivisionByZero, InvalidOperation, ZeroDivisionError):
            return None

    return apply


def _order(operation: Callable[[Any, Any], bool]) -> Callable[[object, object], bool | None]:
    """A comparison that is blank when either side is, or when the sides cannot be compared."""

    def compare(left: object, right: object) -> bool | None:
        left, right = _dates(left, right)
        if left is None or right is None:
            return None
        try:
            return operation(left, right)
        except TypeError:
            return None

    return compare


ARITHMETIC: Mapping[type[nodes.BinExpr], Callable[[object, object], object]] = {
    nodes.Add: _arithmetic(operator.add),
    nodes.Sub: _arithmetic(operator.sub),
    nodes.Mul: _arithmetic(operator.mul),
    nodes.Div: _arithmetic(operator.truediv),
}
COMPARISONS: Mapping[str, Callable[[Any, Any], bool | None]] = {
    "eq": lambda left, right: None if left is None or right is None else _equal(left, right),
    "ne": lambda left, right: None if left is None or right is None else not _equal(left, right),
    "gt": _order(operator.gt),
    "gteq": _order(operator.ge),
    "lt": _order(operator.lt),
    "lteq": _order(operator.le),
    "in": _inside,
    "notin": lambda left, right: None if (found := _inside(left, right)) is None else not found,
}

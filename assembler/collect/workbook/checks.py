"""What Excel refuses or warns of as a cell is filled in, and the hidden lists choices are taken from."""

from __future__ import annotations

from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from assembler.base.identifiers import CHECKS
from assembler.base.messages import fill, translate
from assembler.base.persian import persian_digits
from assembler.collect.asking import kind_words
from assembler.collect.workbook.cells import TICK, choice_texts
from assembler.model.specs import Column, Field
from assembler.model.types import FIRST_YEAR, GREGORIAN_YEARS, LAST_YEAR, NUMBERS, YEAR

LISTS = "_lists"


class Lists:
    """The hidden sheet of choices, and of the years and days a date is checked against."""

    YEARS, DAYS = 400, 732

    def __init__(self, book: Workbook) -> None:
        self._sheet: Any = book.create_sheet(LISTS)
        self._sheet.sheet_state = "hidden"
        self._columns: dict[tuple[str, ...], str] = {}
        years = [f"{year}/" for year in range(1300, 1500)]
        days = [f"{month:02d}/{day:02d}" for month in range(1, 13) for day in range(1, 32 if month <= 6 else 31)]
        self.years = self.range((*years, *map(persian_digits, years)))
        self.days = self.range((*days, *map(persian_digits, days)))

    def range(self, texts: tuple[str, ...]) -> str:
        if texts not in self._columns:
            column = len(self._columns) + 1
            for row, text in enumerate(texts, start=1):
                cell = self._sheet.cell(row, column, text)
                cell.data_type, cell.number_format = "s", "@"
            letter = get_column_letter(column)
            self._columns[texts] = f"'{LISTS}'!${letter}$1:${letter}${len(texts)}"
        return self._columns[texts]

    def _belonging(self, asked: Field, cell: str, parent: Field) -> str:
        """The choices that belong to what another cell says: they stand together, by what they belong to."""
        names = [choice.name for choice in parent.choices]
        said_of = dict(zip(names, choice_texts(parent), strict=True))
        pairs = [(said_of[each.within], text) for each, text in zip(asked.choices, choice_texts(asked), strict=True)]
        pairs.sort(key=lambda pair: names.index(next(name for name in names if said_of[name] == pair[0])))
        said = self.range(tuple(parent for parent, _ in pairs))
        first = self.range(tuple(text for _, text in pairs)).partition(":")[0]
        return f"OFFSET({first},MATCH({cell},{said},0)-1,0,COUNTIF({said},{cell}),1)"

    def check(
        self, asked: Field, first: str, ticked: bool, of: tuple[str, Field] | None = None
    ) -> DataValidation | None:
        """What a cell of a field may hold; ``first`` is the first cell of the range it is for, ``of`` the cell
        and the field whose choice its choices belong to.
        """
        if ticked:
            return _validation("list", self.range((TICK,)), translate("Tick it or leave it blank."), stop=True)
        if asked.type == "select_one":
            chosen = self._belonging(asked, *of) if of else self.range(choice_texts(asked))
            codes = any(choice.code for choice in asked.choices)
            return _validation("list", chosen, translate("Choose one of the list."), stop=not (asked.marks or codes))
        if asked.type == "date":
            rule = (
                f"AND(LEN({first})=10,ISNUMBER(MATCH(LEFT({first},5),{self.years},0)),"
                f"ISNUMBER(MATCH(RIGHT({first},5),{self.days},0)))"
            )
            return _validation("custom", rule, _belongs_here(asked))
        if asked.type in NUMBERS:
            return _number_check(asked)
        if length := asked.digits or (CHECKS[asked.check].length if asked.check else 0):
            return _validation("custom", f"LEN({first})={length}", _belongs_here(asked))
        return None


def helps(field: Field) -> tuple[str, ...]:
    """What helps to fill in the cells of a column, by which they are told apart."""
    return (field.hint, field.footnote, field.inferred, field.doubt, field.own) if isinstance(field, Column) else ()


def _validation(kind: Any, rule: str, message: str, *, stop: bool = False) -> DataValidation:
    """Refuses what is none of a list; of the rest it warns, as marks and other spellings are read too."""
    check = DataValidation(kind, formula1=rule, allow_blank=True, showErrorMessage=True)
    check.errorStyle, check.errorTitle, check.error = "stop" if stop else "warning", translate("answer"), message
    return check


def _belongs_here(asked: Field) -> str:
    return fill("What is written here: {kind}", kind=kind_words(asked))


def _number_check(asked: Field) -> DataValidation:
    if asked.type == "percent":
        check = _validation("decimal", "0", _belongs_here(asked))
        check.formula2, check.operator = "100", "between"
        return check
    if asked.type == YEAR:
        check = _validation("whole", str(FIRST_YEAR), _belongs_here(asked))
        last = GREGORIAN_YEARS[-1] if asked.calendar == "gregorian" else LAST_YEAR
        check.formula2, check.operator = str(last), "between"
        return check
    whole = asked.type == "integer"
    check = _validation("whole" if whole else "decimal", "-999999999999999", _belongs_here(asked))
    check.formula2, check.operator = "999999999999999", "between"
    return check

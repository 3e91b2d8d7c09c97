"""The rows of a table: in groups under their bands, with merged cells filled down; rows that repeat."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assembler.base.persian import ZWNJ, fold
from assembler.base.problems import Problem, problem
from assembler.checks.rules.subject import Subject, number_in
from assembler.model.answers import Value
from assembler.model.filled import FilledRow
from assembler.model.rules import ColumnName, Duplicates
from assembler.model.specs import RuleWords

_SIGNS = '،؛.,:;!؟?()«»[]-–/"'
_PLURALS = ("هایی", "های", "ها", "ات")
_ENDING = re.compile(f"(?:{'|'.join(_PLURALS)})$")
_SHORT = 4  # letters of a word that has no plural ending
_JOINTS = frozenset(("", "و", "از", "به", "در", "با", "برای", "and", "of", "the"))


def groups(rows: tuple[FilledRow, ...]) -> Iterator[tuple[FilledRow | None, tuple[FilledRow, ...]]]:
    """The rows in stretches, each under its band row; None for rows before the first band."""
    band: FilledRow | None = None
    stretch: list[FilledRow] = []
    for row in rows:
        if row.group:
            if band is not None or stretch:
                yield band, tuple(stretch)
            band, stretch = row, []
        else:
            stretch.append(row)
    if band is not None or stretch:
        yield band, tuple(stretch)


def duplicates(subject: Subject[Duplicates]) -> Iterator[Problem]:
    """Rows that say the same in the named columns, however spelled; a row with a blank among them never does."""
    columns = subject.words.columns
    seen: dict[tuple[str, ...], FilledRow] = {}
    alike: dict[tuple[tuple[str, ...], ...], FilledRow] = {}
    for _, rows in groups(subject.item.rows):
        for row, key in zip(rows, _keys(subject, rows, columns), strict=True):
            if not all(key):
                continue
            first = seen.setdefault(key, row)
            if first is not row:
                yield subject.find("row-repeated", subject.place(row, columns[0]), row=first.place.row or 0)
            elif (near := alike.setdefault(_bare_key(subject, row), row)) is not row:
                texts = {"text": _shown(subject, row), "other": _shown(subject, near)}
                yield problem("row-alike", subject.place(row, columns[0]), row=near.place.row or 0, **texts)


def _bare_key(subject: Subject[Duplicates], row: FilledRow) -> tuple[tuple[str, ...], ...]:
    """The words of the columns without plural, order and joints, by which rows say nearly the same."""
    texts = (str(row.cells[name].value or "") for name in subject.words.columns)
    return tuple(tuple(sorted(_bare_words(text))) for text in texts)


def _bare_words(text: str) -> Iterator[str]:
    for word in text.replace(ZWNJ, "").split():
        if (key := word.strip(_SIGNS)) not in _JOINTS:
            yield _ENDING.sub("", key) if len(key) > _SHORT and key.endswith(_PLURALS) else key


def _shown(subject: Subject[Duplicates], row: FilledRow) -> str:
    return str(row.cells[subject.words.columns[0]].value)


def _keys(
    subject: Subject[RuleWords], rows: Sequence[FilledRow], columns: Sequence[ColumnName]
) -> Iterator[tuple[str, ...]]:
    yield from zip(*(filled_down(subject, rows, column) for column in columns), strict=True)


def filled_down(subject: Subject[RuleWords], rows: Sequence[FilledRow], name: ColumnName) -> list[str]:
    """A column's cells folded; where its cells merge, a blank one says what the cell above it says."""
    column = subject.column(name)
    texts: list[str] = []
    for row in rows:
        value = row.cells[name].value
        text = "" if value in column.marks else _folded(value)
        texts.append(texts[-1] if not text and column.merge and texts else text)
    return texts


def _folded(value: Value) -> str:
    if value is None:
        return ""
    number = number_in(value)
    return fold(str(value)) if number is None else f"{number.normalize():f}"

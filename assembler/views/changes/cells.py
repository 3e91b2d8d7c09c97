"""What differs between the forms of two states: answers, rows and calculated values, as people read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from assembler.base.expressions import is_percent
from assembler.base.functions import printable
from assembler.base.messages import spoken
from assembler.base.persian import listed_texts, numbered, persian_digits
from assembler.base.problems import NOWHERE, Place, place_words
from assembler.base.scripts import with_persian_digits
from assembler.base.tongue import printed_words
from assembler.model.answers import Attachment, Prose, ProseList, Value
from assembler.model.changes import Change
from assembler.model.filled import FilledCell, FilledForm, FilledItem, FilledRow, FilledScore
from assembler.model.names import row_name, short_name, tells_row
from assembler.model.scores import score_text
from assembler.model.specs import Column, Field, Item
from assembler.model.tables import FooterRow
from assembler.model.values import number, printed
from assembler.views.changes.contents import Content, by_name
from assembler.views.changes.rows import RowText, match_rows

OTHER_CONTENT = "(همان نام، محتوای دیگر)"
_PROPOSED = "امتیاز پیشنهادی"
_MARKS = {"numbered": "{number}- ", "lettered": "{number}) ", "bulleted": "• ", "dashed": "- "}
_BLANK_CELL = FilledCell(None)
Kind = Literal["entered", "calculated"]
Forms = Mapping[str, FilledForm]


def changes(before: Forms, after: Forms, content: Content = by_name) -> tuple[Change, ...]:
    """Every difference, form by form and item by item in the order of the later state; nothing for equal states.

    Values differ when they read differently or name files of other ``content``. Numbers that merely count the rows
    are told by the rows that were added, deleted or moved.
    """
    found: list[Change] = []
    for name in dict.fromkeys((*after, *before)):
        found.extend(_Forms(before.get(name), after.get(name), content).changes())
    return tuple(found)


@dataclass(frozen=True)
class _Said:
    """A value as people read it, and what its file holds."""

    text: str
    content: str = ""


class _Forms:
    """One form as it was and as it is; either may be missing."""

    def __init__(self, before: FilledForm | None, after: FilledForm | None, content: Content) -> None:
        self.before, self.after, self.content = before, after, content
        form = after or before
        assert form is not None
        self.id = form.spec.id
        self.title = form.spec.shown

    def changes(self) -> Iterator[Change]:
        left = self.before.items if self.before else {}
        right = self.after.items if self.after else {}
        for name in dict.fromkeys((*right, *left)):
            for found in _Items(left.get(name), right.get(name), self.content).changes():
                yield replace(found, form=self.id, item=name, title=self.title)
        yield from self._scores()

    def _scores(self) -> Iterator[Change]:
        """Proposals of a score sheet: nobody enters them, and the report prints them."""
        left = {score.spec.name: score for score in (self.before.scores if self.before else ())}
        right = {score.spec.name: score for score in (self.after.scores if self.after else ())}
        for name in dict.fromkeys((*right, *left)):
            old, new = _proposal(left.get(name)), _proposal(right.get(name))
            if old != new:
                score = right.get(name) or left[name]
                row = short_name(numbered(with_persian_digits(score.spec.no), score.spec.title))
                proposed = printed_words(_PROPOSED)
                quoted = printed_words("«{text}»", text=row)
                yield Change(
                    self.id, "scores", None, "", listed_texts((quoted, proposed)), old, new, "calculated", score.place,
                    title=self.title, row_name=row, column_label=proposed,
                )  # fmt: skip


def _proposal(score: FilledScore | None) -> str:
    return score_text(score.proposal) if score else ""


class _Items:
    """One item as it was and as it is."""

    def __init__(self, before: FilledItem | None, after: FilledItem | None, content: Content) -> None:
        self.before, self.after, self.content = before, after, content
        item = after or before
        assert item is not None
        self.item = item
        self.label = item.spec.shown.rstrip(": ")

    def changes(self) -> Iterator[Change]:
        if self.item.spec.is_table:
            yield from self._rows()
            yield from self._footers()
        else:
            yield from self._single()

    def _single(self) -> Iterator[Change]:
        old = self._said(self.before.value, self.before.spec) if self.before else _Said("")
        new = self._said(self.after.value, self.after.spec) if self.after else _Said("")
        kind: Kind = "calculated" if self.item.spec.calculation else "entered"
        yield from self._differing(old, new, kind, self.item.place)

    def _said(self, value: Value, field: Field) -> _Said:
        content = self.content(value.path) if isinstance(value, Attachment) else ""
        return _Said(readable(value, field), content)

    def _differing(
        self, old: _Said, new: _Said, kind: Kind, place: Place, row: _RowAt | None = None, column: Column | None = None
    ) -> Iterator[Change]:
        if old == new:
            return
        text = f"{new.text} {printed_words(OTHER_CONTENT)}" if old.text == new.text else new.text
        yield self._told(old.text, text, kind, place, row, column)

    def _told(
        self, old: str, new: str, kind: Kind, place: Place, row: _RowAt | None = None, column: Column | None = None,
        what: Literal["changed", "added", "deleted", "moved"] = "changed",
    ) -> Change:  # fmt: skip
        row = row or _RowAt()
        label = ": ".join(filter(None, column.heads)) if column else ""
        with spoken("fa"):
            where = place_words(self.label, row.number, row.name, label)
        return Change(
            "", "", row.number, column.name if column else "", where, old, new, kind, place,
            what=what, item_label=self.label, row_name=row.name, column_label=label, was=row.was,
        )  # fmt: skip

    # ------------------------------------------------------------ rows

    def _rows(self) -> Iterator[Change]:
        left, right = (each.rows if each else () for each in (self.before, self.after))
        left_spec = self.before.spec if self.before else self.item.spec
        right_spec = self.item.spec
        matched = match_rows(
            [self._row_text(row, left_spec) for row in left], [self._row_text(row, right_spec) for row in right]
        )
        back = {to: at for at, to in matched.pairs.items()}
        for at, row in enumerate(right):
            if at not in back:
                yield self._whole(row, right_spec, "added", _RowAt(number_of(row, at), row_name(row, right_spec)))
                continue
            was = left[back[at]]
            place = _RowAt(number_of(row, at), row_name(row, right_spec), number_of(was, back[at]))
            if at in matched.moved:
                yield self._moved(row, place)
            yield from self._cells(was, row, left_spec, place)
        for at in matched.deleted:
            row = left[at]
            number_ = number_of(row, at)
            yield self._whole(row, left_spec, "deleted", _RowAt(number_, row_name(row, left_spec), number_))

    def _row_text(self, row: FilledRow, spec: Item) -> RowText:
        cells = tuple(
            "" if row.cells[column.name].computed else self._said(row.cells[column.name].value, column).text
            for column in spec.columns
        )
        key = next(((column.name, text) for column, text in zip(spec.columns, cells, strict=True)
                    if column.type == "text" and tells_row(text)), None)  # fmt: skip
        return RowText(row.name, key and (row.group, *key), cells, row.group)

    def _moved(self, row: FilledRow, place: _RowAt) -> Change:
        old, new = (
            printed_words("ردیف {number}", number=with_persian_digits(str(each))) for each in (place.was, place.number)
        )
        return self._told(old, new, self._kind_of_rows(), row.place, place, what="moved")

    def _whole(self, row: FilledRow, spec: Item, what: Literal["added", "deleted"], place: _RowAt) -> Change:
        text = printed_words("؛ ").join(self._cell_texts(row, spec))
        old, new = ("", text) if what == "added" else (text, "")
        return self._told(old, new, self._kind_of_rows(), row.place, place, what=what)

    def _cell_texts(self, row: FilledRow, spec: Item) -> Iterator[str]:
        for column in spec.columns:
            text = readable(row.cells[column.name].value, column)
            if text and not _counts_rows(column):
                yield f"{column.path}: {text}"

    def _kind_of_rows(self) -> Kind:
        """Rows taken from other tables are nobody's answers here."""
        return "calculated" if self.item.prefilled else "entered"

    def _cells(self, was: FilledRow, row: FilledRow, left_spec: Item, place: _RowAt) -> Iterator[Change]:
        """The columns of the later state, then those it no longer has."""
        left = {column.name: column for column in left_spec.columns}
        right = {column.name: column for column in self.item.spec.columns}
        for name in dict.fromkeys((*right, *left)):
            column = right.get(name) or left[name]
            if _counts_rows(column) and not row.group:
                continue
            old, new = was.cells.get(name, _BLANK_CELL), row.cells.get(name, _BLANK_CELL)
            computed = new.computed or old.computed
            kind: Kind = "calculated" if computed else self._kind_of_rows()
            said = self._said(old.value, left.get(name, column)), self._said(new.value, column)
            yield from self._differing(*said, kind, _known(new.place, row.place), place, column)

    # ------------------------------------------------------------ footers

    def _footers(self) -> Iterator[Change]:
        left = dict(_footer_texts(self.before)) if self.before else {}
        right = dict(_footer_texts(self.after)) if self.after else {}
        columns = {column.name: column for column in self.item.spec.columns}
        for key in dict.fromkeys((*right, *left)):
            old, new = left.get(key, ""), right.get(key, "")
            _, label, name = key
            column = _footer_column(columns, name)
            yield from self._differing(
                _Said(old), _Said(new), "calculated", self.item.place, _RowAt(None, short_name(label)), column
            )


@dataclass(frozen=True)
class _RowAt:
    """Which row is meant: its number and name, and the number it had."""

    number: int | None = None
    name: str = ""
    was: int | None = None


def _known(place: Place, otherwise: Place) -> Place:
    return otherwise if place == NOWHERE else place


def _footer_column(columns: Mapping[str, Column], name: str) -> Column | None:
    """The column of a footer's result; one of a ticked column stands under a choice of it."""
    owner, _, chosen = name.partition(".")
    column = columns.get(owner)
    choice = next((choice for choice in column.choices if choice.name == chosen), None) if column else None
    if column is None or choice is None:
        return column
    return replace(column, name=name, group=(*column.group, column.label), label=choice.label)


def _footer_texts(item: FilledItem) -> Iterator[tuple[tuple[int, str, str], str]]:
    """The results of footer rows, by the row's place and label and the column."""
    for at, (spec, values) in enumerate(zip(item.spec.footer, item.footer, strict=False)):
        for name, value in values.items():
            yield (at, spec.label, name), _result(spec, name, value)


def _result(spec: FooterRow, name: str, value: Value) -> str:
    expression = spec.calculation if not name else spec.cells.get(name)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return number(value, percent=bool(expression and is_percent(expression.source)))
    return printable(value)


def _counts_rows(column: Column) -> bool:
    """A column that only numbers the rows."""
    return column.calculation is not None and column.calculation.source.strip() == "position"


def number_of(row: FilledRow, at: int) -> int:
    """The number of a row, counted from 1 as its answer file has it."""
    return row.place.row or at + 1


# ---------------------------------------------------------------- values


def readable(value: Value, field: Field) -> str:
    """The printed text of a value; of choices with boxes the chosen ones, of a narrative all of it."""
    if isinstance(value, Prose):
        return "\n".join(_prose_lines(value.blocks))
    if isinstance(value, Attachment):
        return value.name
    if "boxes" in field.appearance:
        field = replace(field, appearance=tuple(word for word in field.appearance if word != "boxes"))
    return printed(value, field)


def _prose_lines(blocks: tuple[str | ProseList, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, str):
            yield block
        else:
            for place, entry in enumerate(block.entries, start=1):
                yield _MARKS[block.kind].format(number=persian_digits(str(place))) + entry.text
                yield from _prose_lines(entry.lists)

"""Remarks for those who work on a case, which nothing that is signed prints.

The makers of a specification remark what of it was restored from a damaged source, is doubtful or stands in no source,
an agency what is doubtful in its own answers (``doubts`` of an answer file).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assembler.base.messages import Wording, digits, wording
from assembler.model.answers import AnsweredForm
from assembler.model.specs import Field, FormSpec, Item, ScoredRow

DOUBTS = "doubts"  # the key of an answer file that holds them
_ABOUT = 60  # letters of what a remark is about


@dataclass(frozen=True)
class Remark:
    """What is remarked, and of which part of a form; ``about`` is «» for the whole."""

    about: str
    words: Wording | str

    def __str__(self) -> str:
        return f"«{self.about}»: {self.words}" if self.about else str(self.words)


@dataclass(frozen=True)
class Remarks:
    """Remarks one after the other, numbered where there are several; in the reader's language once they are shown."""

    all: tuple[Remark, ...]

    def __str__(self) -> str:
        if len(self.all) == 1:
            return str(self.all[0])
        return " ".join(f"({digits(at)}) {remark}" for at, remark in enumerate(self.all, start=1))


def field_remarks(field: Field | ScoredRow) -> Iterator[Wording]:
    """What the makers remark of a question, a column, a row that is scored."""
    if field.inferred:
        yield wording("Restored: {reason}", reason=field.inferred)
    if field.doubt:
        yield wording("Doubtful: {reason}", reason=field.doubt)
    if isinstance(field, Field) and field.own:
        yield wording("The office's own: {reason}", reason=field.own)


def head_remarks(form: FormSpec) -> Iterator[Wording]:
    """What the makers remark of a form as a whole."""
    if form.inferred:
        yield wording("Restored: {reason}", reason=form.inferred)
    if form.own:
        yield wording("The office's own: {reason}", reason=form.own)
    if form.legal_doubt:
        yield wording("Doubtful legal basis: {reason}", reason=form.legal_doubt)


def makers_remarks(form: FormSpec) -> tuple[Remark, ...]:
    """All the makers remark of a form and its parts, the same words once."""
    return _once(_of_form(form))


def own_doubts(answered: AnsweredForm, form: FormSpec) -> tuple[Remark, ...]:
    """What an agency calls doubtful in its answers of a form."""
    labels = {item.name: item.shown for item in form.items}
    return tuple(Remark(shortened(labels[name]), doubt) for name, doubts in answered.doubts.items() for doubt in doubts)


def _once(told: Iterator[tuple[str, Wording]]) -> tuple[Remark, ...]:
    found: dict[str, Remark] = {}
    for about, words in told:
        found.setdefault(str(words), Remark(shortened(about), words))
    return tuple(found.values())


def _of_form(form: FormSpec) -> Iterator[tuple[str, Wording]]:
    yield from (("", words) for words in head_remarks(form))
    for item in form.items:
        yield from _of_item(item)
    for sheet in form.sheets:
        if sheet.inferred:
            yield sheet.caption, wording("Restored: {reason}", reason=sheet.inferred)
    for document in form.documents:
        if document.inferred:
            yield document.cells["title"], wording("Restored: {reason}", reason=document.inferred)
    for row in form.scoring.rows if form.scoring else ():
        yield from ((row.title, words) for words in field_remarks(row))


def _of_item(item: Item) -> Iterator[tuple[str, Wording]]:
    yield from _of_field(item, item.shown)
    for column in item.columns:
        yield from _of_field(column, " › ".join(column.heads))


def _of_field(field: Field, about: str) -> Iterator[tuple[str, Wording]]:
    yield from ((about, words) for words in field_remarks(field))
    for choice in field.choices:
        if choice.inferred:
            yield choice.label, wording("Restored: {reason}", reason=choice.inferred)


def shortened(about: str) -> str:
    """The beginning of a text, in one line."""
    about = " ".join(about.split())
    return about if len(about) <= _ABOUT else about[: _ABOUT - 1].rstrip() + "…"

"""A question as plain data: all that helps to answer it, in words of the reader's language, wherever it is asked.

Commented answer files, the dialogue in the terminal, workbooks and pages render this one description; each of them adds
no more than how an answer is written there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from assembler.base.messages import fill, translate
from assembler.base.persian import listed_texts
from assembler.collect.conditions import Names, shortened
from assembler.model.fields import Direction
from assembler.model.remarks import field_remarks
from assembler.model.specs import Choice, Column, Expression, Field, FormSpec, Item
from assembler.model.values import what_it_is


@dataclass(frozen=True)
class Condition:
    """A condition in words; where there are none for it they are «», and people read ``source``."""

    words: str
    source: str


@dataclass(frozen=True)
class Question:
    """What is asked. ``kind`` says what an answer is, «» of a plain text; ``helps`` are hint and footnote, ``notes``
    what the makers of the specification restored or doubt; ``marks`` may stand in place of an answer.

    It is ``required`` whenever it is asked, or ``required_when`` something holds. Of a table ``columns`` are those
    somebody answers; ``rows`` says how many there may be, ``taken_over`` where they come from while none is written.
    ``translation`` is the label in another language; label and answer are read in a ``direction``.
    """

    name: str
    label: str
    type: str
    kind: str = ""
    helps: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    marks: tuple[str, ...] = ()
    default: str = ""
    unit: str = ""
    required: bool = False
    required_when: Condition | None = None
    asked_when: Condition | None = None
    columns: tuple[Question, ...] = ()
    rows: tuple[str, ...] = ()
    taken_over: str = ""
    translation: str = ""
    direction: Direction = ""


def question_of(field: Field, form: FormSpec, forms: Mapping[str, FormSpec]) -> Question:
    """The description of an item of a form; conditions may speak of the other ``forms``."""
    names = Names(form, forms)
    asked = _question(field, names)
    if not isinstance(field, Item) or not field.is_table:
        return asked
    columns = tuple(_question(column, replace(names, item=field)) for column in open_columns(field))
    sources = field.prefill.sources if field.prefill else ()
    return replace(asked, columns=columns, rows=tuple(_rows(field)), taken_over=_taken_over(sources, forms))


def column_of(column: Column, table: Item, form: FormSpec, forms: Mapping[str, FormSpec]) -> Question:
    """The description of a column of a table."""
    return _question(column, Names(form, forms, table))


def _question(field: Field, names: Names) -> Question:
    kind = kind_words(field)
    return Question(
        name=field.name,
        label=field.path if isinstance(field, Column) else field.shown,
        type=field.type,
        kind=f"{kind} ({field.unit})" if kind and field.unit else kind or field.unit,
        helps=tuple(filter(None, (field.hint, field.footnote))),
        notes=tuple(map(str, field_remarks(field))),
        choices=field.choices,
        marks=field.marks,
        default=field.default or "",
        unit=field.unit,
        required=field.required is True and field.relevant is None,
        required_when=_required_when(field, names),
        asked_when=_condition(field.relevant, names) if field.relevant else None,
        translation=field.translation,
        direction=field.direction,
    )


def kind_words(field: Field) -> str:
    """What an answer is; «» of a plain text."""
    words = {
        "integer": translate("a whole number"),
        "decimal": translate("a number"),
        "percent": translate("a percentage, from 0 to 100"),
        "year": translate("a year of four digits, such as 1404"),
        "date": translate("a date, such as 1399/12/05"),
        "gregorian year": translate("a year of four digits, such as 2025"),
        "gregorian date": translate("a Gregorian date, such as 2021/02/24"),
        "select_one": translate("one choice"),
        "select_multiple": translate("one or more choices"),
        "image": translate("a picture"),
        "file": translate("a file"),
        "narrative": translate("a text of paragraphs and lists"),
    }
    if field.check or field.digits:
        return str(what_it_is(field))
    if field.is_list:
        return translate("a list")
    if field.has_lines:
        return translate("a text of several lines")
    return words.get(f"{field.calendar} {field.type}".strip(), words.get(field.type, ""))


def _required_when(field: Field, names: Names) -> Condition | None:
    if isinstance(field.required, Expression):
        return _condition(field.required, names)
    return _condition(field.relevant, names) if field.required and field.relevant else None


def _condition(expression: Expression, names: Names) -> Condition:
    return Condition(names.words(expression) or "", expression.source)


def condition_sentences(question: Question) -> Iterator[tuple[str, str]]:
    """When it is asked and when it is required, each with the expression there are no words for, «» where there are."""
    if question.asked_when and question.asked_when != question.required_when:
        yield _sentence(translate("Answer it when {condition}"), question.asked_when)
    if question.required:
        yield translate("Required"), ""
    elif question.required_when:
        yield _sentence(translate("Required when {condition}"), question.required_when)


def _sentence(sentence: str, condition: Condition) -> tuple[str, str]:
    if condition.words:
        return sentence.format(condition=condition.words), ""
    return sentence.format(condition=translate("this holds")) + ":", condition.source


# ---------------------------------------------------------------- tables


def open_columns(table: Item) -> Iterator[Column]:
    """The columns somebody answers: not those the guidance prints in every row."""
    rows = [row.name for row in table.rows] or [""]
    yield from (column for column in table.columns if any(table.asks(column, row) for row in rows))


def _rows(table: Item) -> Iterator[str]:
    if table.min_rows:
        yield fill("At least {count} rows", count=table.min_rows)
    if table.max_rows is not None:
        yield fill("At most {count} rows", count=table.max_rows)


def _taken_over(sources: tuple[str, ...], forms: Mapping[str, FormSpec]) -> str:
    """Where the rows come from while nobody has written any; «» where none of the other tables is known."""
    labels: dict[str, list[str]] = {}
    for form, _, name in (source.rpartition(".") for source in sources):
        if form in forms:
            labels.setdefault(form, []).append(forms[form].item(name).shown)
    if not labels:
        return ""
    tables = (
        fill("«{label}» in the form «{title}»", label="»، «".join(found), title=shortened(forms[form].title))
        for form, found in labels.items()
    )
    return fill(
        "As long as the table is left blank, its rows are taken from {tables}; once you write one, write all.",
        tables=listed_texts(tables),
    )

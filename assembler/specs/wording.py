"""Choices that ask for words: «other», and what it is. The words are a question of their own behind the choice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from assembler.model.specs import AnyField, Choice, Expression


def with_words(asked: Iterable[AnyField]) -> tuple[AnyField, ...]:
    """The questions, or columns, each with the one its choice asks behind it."""
    return tuple(each for field in asked for each in (field, *_words(field)))


def _words(field: AnyField) -> Iterator[AnyField]:
    choice = next((each for each in field.choices if each.ask), None)
    if choice is not None and field.is_asked:
        yield _asking(field, choice)


def _asking(field: AnyField, choice: Choice) -> AnyField:
    """A text asked of whoever makes the choice; it is printed with the choice, and nowhere else."""
    return replace(
        field,
        name=f"{field.name}_{choice.name}",
        type="text",
        label=choice.ask,
        hint=f"{field.shown}: {choice.label}",
        required=True,
        relevant=Expression(f"selected({field.name}, '{choice.name}')", field.place),
        constraint=None,
        default=None,
        appearance=("hidden",),
        choices=(),
        marks=(),
        blank="",
        footnote="",
        inferred="",
        doubt="",
        translation="",
        within="",
        beside=field.name,
    )

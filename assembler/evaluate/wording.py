"""Choices with the words that were written beside them."""

from __future__ import annotations

from collections.abc import Callable

from assembler.model.answers import Value
from assembler.model.specs import Field
from assembler.model.types import Worded


def worded(value: Value, field: Field, answer: Callable[[str], object]) -> Value:
    """A value whose choice that asks for words bears them; ``answer`` gives that of a question by its name."""
    if not field.choices:
        return value
    choice = next((each for each in field.choices if each.ask), None)
    chosen = value if isinstance(value, tuple) else (value,)
    if choice is None or choice.name not in chosen:
        return value
    words = answer(f"{field.name}_{choice.name}")
    made = tuple(Worded(each, str(words)) if words and each == choice.name else each for each in chosen)
    return made if isinstance(value, tuple) else made[0]

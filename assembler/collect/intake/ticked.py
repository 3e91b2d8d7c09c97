"""Choices that are printed with boxes, as a cell of a form shows them: which are ticked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.base.lexicon import either, lexicon
from assembler.collect.intake.likeness import letters
from assembler.collect.workbook.cells import Raw, tick_texts
from assembler.model.specs import Choice, Field

_LISTS = lexicon(__file__, "words")
_TICKED = frozenset(_LISTS["ticked boxes"])
_BOX = re.compile(f"({either((*_LISTS['ticked boxes'], *_LISTS['open boxes']))})")


def ticked(text: str, field: Field, address: str) -> Raw:
    """What a cell of boxes says: the choices that are ticked, one a line. It has a fault where boxes and choices do not
    belong together beyond doubt, or one of which one is chosen has several ticks.
    """
    found = tuple(_boxes(text, field))
    if not found:
        whole = _choice(text, field)
        return Raw(text.strip(), address) if whole else Raw(text, address, fault="intake-boxes")
    choices = [choice for _, choice, _ in found]
    chosen = [said for is_ticked, _, said in found if is_ticked]
    if None in choices or len(set(map(id, choices))) < len(choices):
        return Raw(text, address, fault="intake-boxes")
    if (len(chosen) > 1 and field.type == "select_one") or (not chosen and len(found) < len(field.choices)):
        return Raw(text, address, fault="intake-boxes")
    return Raw("\n".join(chosen) or None, address)


def shows_all(text: str, field: Field) -> bool:
    """Whether a cell shows a box for each choice of a field, and nothing else."""
    found = tuple(_boxes(text, field))
    choices = {id(choice) for _, choice, _ in found}
    return len(found) == len(field.choices) > 1 and choices == set(map(id, field.choices))


def _boxes(text: str, field: Field) -> Iterator[tuple[bool, Choice | None, str]]:
    """Each box: whether it is ticked, which choice stands beside it, and what is to be typed for it. Boxes stand all
    before their choices, or all behind them.
    """
    parts = _BOX.split(text.replace("\n", " "))
    if len(parts) < 3 or (parts[0].strip() and parts[-1].strip()):
        return
    signs, labels = parts[1::2], parts[2::2] if not parts[0].strip() else parts[:-1:2]
    for sign, said in zip(signs, labels, strict=True):
        choice = _choice(said, field)
        label = next((shown for each, shown in tick_texts(field) if each is choice), "")
        yield sign in _TICKED, choice, said.strip() if choice is not None and choice.ask else label


def _choice(said: str, field: Field) -> Choice | None:
    """The choice a text is the label of; of one that asks for words these may follow."""
    own = letters(said) or said.strip()
    for choice in field.choices:
        if own and own == (letters(choice.label) or choice.label.strip()):
            return choice
    asking = [choice for choice in field.choices if choice.ask and own.startswith(letters(choice.label))]
    return asking[0] if len(asking) == 1 else None

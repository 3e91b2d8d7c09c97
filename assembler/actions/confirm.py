"""Confirms answers that came from another case: that they were looked at, and still hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assembler.actions.locking import locked
from assembler.actions.open_case import OpenCase
from assembler.base.settings import Settings
from assembler.checks.carried import unconfirmed
from assembler.collect.spots import form_at
from assembler.model.carried import confirmed
from assembler.model.filled import FilledItem


@dataclass(frozen=True)
class CarriedForm:
    """The answers of a form that came from the case ``origin`` and wait to be confirmed; ``alike`` are those whose
    question has a like label there, and another name.
    """

    form: str
    title: str
    origin: str
    answers: tuple[FilledItem, ...]
    alike: frozenset[str] = frozenset()


def waiting_forms(folder: Path, settings: Settings) -> tuple[CarriedForm, ...]:
    """What waits to be confirmed in a case, form by form. Raises AssemblerError when it cannot be read."""
    return tuple(_waiting(OpenCase.read(folder, settings)))


@locked("confirm")
def confirm(folder: Path, forms: Sequence[str], settings: Settings) -> tuple[CarriedForm, ...]:
    """Confirms what waits in forms, named whole or by their ends, or in all when none is named; gives what it was.

    Raises AssemblerError: there is no such form, the case cannot be read or written.
    """
    case = OpenCase.read(folder, settings)
    named = {form_at(case.specs, name).id for name in forms}
    done = tuple(found for found in _waiting(case) if not named or found.form in named)
    for name in case.specs:
        answered = case.answered(name)
        if answered and answered.carried and (not named or name in named):
            case.save(confirmed(answered, answered.carried.fingerprints.keys()))
    return done


def _waiting(case: OpenCase) -> Iterator[CarriedForm]:
    for name, spec in case.specs.items():
        answered = case.answered(name)
        if answered is None or answered.carried is None:
            continue
        filled = case.view(name).filled()
        if names := unconfirmed(answered, filled):
            items = tuple(filled.items[each] for each in names)
            yield CarriedForm(name, spec.shown, answered.carried.origin, items, answered.carried.alike)

"""What a workbook of a case holds: all of it, some forms, or what one unit answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assembler.answers import Units
from assembler.base.persian import fold
from assembler.base.problems import AssemblerError, ExitCode, Place, problem
from assembler.base.suggest import guess, listed
from assembler.collect.spots import form_at
from assembler.model.specs import FormSpec

REST = "بقیه"  # the unit of what nobody has
Specs = Mapping[str, FormSpec]


@dataclass(frozen=True)
class Share:
    """What a workbook holds: for whom, and of each form all items or those named."""

    unit: str
    forms: Mapping[str, tuple[str, ...]]  # () stands for all of them

    def holds(self, form: str, item: str) -> bool:
        named = self.forms.get(form, ())
        return not named or item in named


def whole(specs: Specs, forms: Sequence[str] = ()) -> Share:
    """All forms of a case, or the named ones, by their whole names or what stands behind the last «/».

    Raises AssemblerError when there is no such form.
    """
    wanted = {form_at(specs, name).id for name in forms} or set(specs)
    return Share("", {name: () for name in specs if name in wanted})


def shares(specs: Specs, units: Units) -> tuple[Share, ...]:
    """What each unit answers, and at the end what nobody has."""
    found = [
        Share(unit, {form: _part(specs[form], items) for form, items in held.items()})
        for unit, held in units.items.items()
        if held
    ]
    rest: dict[str, tuple[str, ...]] = {}
    for named in units.unassigned:
        form, _, item = named.rpartition(".") if named not in specs else (named, "", "")
        rest[form] = (*rest.get(form, ()), *([item] if item else []))
    return (*found, *([Share(REST, rest)] if rest else []))


def share_of(specs: Specs, units: Units, unit: str, place: Place) -> Share:
    """What one unit answers. Raises AssemblerError at the ``place`` of the units when there is no such unit."""
    known = {fold(share.unit): share for share in shares(specs, units)}
    if fold(unit) not in known:
        names = [share.unit for share in known.values()]
        fault = problem("unknown-unit", place, name=unit, guess=guess(unit, names), known=listed(names))
        raise AssemblerError([fault], ExitCode.USAGE)
    return known[fold(unit)]


def _part(spec: FormSpec, items: tuple[str, ...]) -> tuple[str, ...]:
    """The items of a form a unit answers; () when they are all that can be answered."""
    asked = {item.name for item in spec.items if item.is_asked}
    return () if asked <= set(items) else items

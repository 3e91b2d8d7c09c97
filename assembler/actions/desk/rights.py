"""Who may see and write what of a case: one rule, asked by every act and for every page.

Officers see and write all of a case. Reviewers, signers and secretaries see all of it; officers and reviewers may let
problems stand.
Departments see and write what ``units.yaml`` gives their units. To be an administrator opens no case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from assembler.actions.open_case import OpenCase
from assembler.base.persian import fold
from assembler.base.problems import AssemblerError, ExitCode, problem
from assembler.collect.workbook.shares import Share, shares
from assembler.model.acts import Person, Target
from assembler.model.specs import FormSpec, Item

_SEE_ALL = frozenset({"officer", "reviewer", "signer", "secretary"})


@dataclass(frozen=True)
class Rights:
    """What one person may do with one case as it is now."""

    specs: Mapping[str, FormSpec]
    sees_all: bool
    writes_all: bool
    accepts: bool  # may let problems stand
    shares: tuple[Share, ...] = ()

    def sees(self, form: str, item: str) -> bool:
        return self.sees_all or self._has(form, item)

    def writes(self, form: str, item: str) -> bool:
        return self.writes_all or self._has(form, item)

    def _has(self, form: str, item: str) -> bool:
        return any(form in share.forms and share.holds(form, item) for share in self.shares)

    @cached_property
    def forms(self) -> frozenset[str]:
        """The forms of which he sees anything."""
        found = (name for name, spec in self.specs.items() if any(self.sees(name, item.name) for item in spec.items))
        return frozenset(found)

    def tells(self, form: str, item: str) -> bool:
        """Whether what is said of an item, or of a form as a whole («»), is for him."""
        return self.sees(form, item) if item else form in self.forms

    def readable(self, form: str) -> FormSpec:
        """A form he sees anything of. Raises AssemblerError, which does not tell whether there is another."""
        if form not in self.forms:
            raise refused("not-on-page")
        return self.specs[form]

    def writable(self, at: Target) -> Item:
        """The item of a target he may write. Raises AssemblerError; what he does not see is as if it were not."""
        spec = self.readable(at.form)
        if at.item not in spec.by_name or not self.sees(at.form, at.item):
            raise refused("not-on-page")
        if not self.writes(at.form, at.item):
            raise refused("not-yours", label=spec.item(at.item).shown)
        if not spec.item(at.item).is_asked:
            raise refused("calculated-cell", label=spec.item(at.item).shown)
        return spec.item(at.item)


def sees_all(person: Person) -> bool:
    """Whether somebody sees cases as a whole."""
    return not person.roles.isdisjoint(_SEE_ALL)


def rights_of(person: Person, case: OpenCase) -> Rights:
    """Raises AssemblerError when it rests on ``units.yaml`` and that has errors."""
    if sees_all(person):
        accepts = not person.roles.isdisjoint({"officer", "reviewer"})
        return Rights(case.specs, True, "officer" in person.roles, accepts, _shares(person, case))
    return Rights(case.specs, False, False, False, _shares(person, case))


def _shares(person: Person, case: OpenCase) -> tuple[Share, ...]:
    if "department" not in person.roles or "officer" in person.roles or not person.units:
        return ()
    own = set(map(fold, person.units))
    known = replace(case.units(), unassigned=())  # what nobody has belongs to no unit, whatever it is called
    return tuple(share for share in shares(case.specs, known) if fold(share.unit) in own)


def refused(code: str, /, **arguments: object) -> AssemblerError:
    """Nothing is done, for this reason."""
    return AssemblerError([problem(code, **arguments)], ExitCode.USAGE)

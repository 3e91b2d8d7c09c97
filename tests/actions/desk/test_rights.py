"""Who may see, write and settle what: one table for all roles."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.actions.desk.rights import rights_of
from assembler.actions.open_case import OpenCase
from assembler.base.problems import AssemblerError
from assembler.model.acts import ROLES, Person, Role, Target
from tests.actions.desk.desks import ANSWERED, FORM, in_units
from tests.collect.fill.filling import make_rich_workplace
from tests.conftest import Workplace

UNITS = "فناوری: [demo/visit.services]\nمالی: [demo/second, demo/visit.score]\n"


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    workplace = make_rich_workplace(tmp_path, ANSWERED)
    in_units(workplace, UNITS)
    return workplace


def may(place: Workplace, roles: set[Role], *units: str) -> tuple[bool, bool, bool]:
    """Whether somebody sees and writes an answer of the unit «فناوری», and lets problems stand."""
    case = OpenCase.read(place.case, place.settings)
    rights = rights_of(Person("x", "x", frozenset(roles), units), case)
    return rights.sees(FORM, "services"), rights.writes(FORM, "services"), rights.accepts


@pytest.mark.parametrize(
    ("roles", "units", "expected"),
    [
        ({"officer"}, (), (True, True, True)),
        ({"reviewer"}, (), (True, False, True)),
        ({"signer"}, (), (True, False, False)),
        ({"secretary"}, (), (True, False, False)),
        ({"admin"}, (), (False, False, False)),
        ({"admin"}, ("فناوری",), (False, False, False)),
        ({"department"}, (), (False, False, False)),
        ({"department"}, ("مالی",), (False, False, False)),
        ({"department"}, ("فناوري",), (True, True, False)),
        ({"department"}, ("مالی", "فناوری"), (True, True, False)),
        ({"department", "reviewer"}, ("فناوری",), (True, True, True)),
        ({"department", "signer"}, ("مالی",), (True, False, False)),
        ({"admin", "officer"}, (), (True, True, True)),
        (set(), (), (False, False, False)),
    ],
)
def test_what_a_role_may(
    place: Workplace, roles: set[Role], units: tuple[str, ...], expected: tuple[bool, bool, bool]
) -> None:
    assert may(place, roles, *units) == expected


def test_what_nobody_has_belongs_to_no_unit(place: Workplace) -> None:
    """Workbooks call it «بقیه»; no person does."""
    case = OpenCase.read(place.case, place.settings)
    rights = rights_of(Person("x", "x", frozenset({"department"}), ("بقیه",)), case)
    assert rights.forms == frozenset()


def test_broken_units_open_nothing(place: Workplace) -> None:
    in_units(place, "فناوری: [demo/visit.nothing]\n")
    with pytest.raises(AssemblerError):
        may(place, {"department"}, "فناوری")
    assert may(place, {"officer"}) == (True, True, True)


@pytest.mark.parametrize("role", [role for role in ROLES if role != "officer"])
def test_only_officers_write_without_a_unit(place: Workplace, role: Role) -> None:
    rights = rights_of(Person("x", "x", frozenset({role})), OpenCase.read(place.case, place.settings))
    with pytest.raises(AssemblerError):
        rights.writable(Target(FORM, "score"))

"""Signed copies are kept beside the revision and recorded in the registry of their numbers."""

from __future__ import annotations

import shutil
from pathlib import Path

import jdatetime
import pytest

from assembler.actions.signed import signed
from assembler.base.problems import AssemblerError
from assembler.records import file_hash
from assembler.records.bundle import IssuedLetter
from assembler.records.registry import Registry
from assembler.records.revisions import prove, registry_of
from assembler.records.signed import signed_copies
from tests.conftest import Workplace
from tests.issuing import DAY, frozen, issuable, reserved
from tests.issuing import registry_of as numbers_of

NEXT = DAY + jdatetime.timedelta(days=2)


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return issuable(tmp_path / "here")


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"%PDF signed")
    return path


def letter(place: Workplace, name: str = "cover-letter", revision: int = 1) -> IssuedLetter:
    return IssuedLetter(name, reserved(place, name, revision), "1405/03/02")


def entries(place: Workplace) -> list[tuple[str, jdatetime.date | None]]:
    with Registry.open(numbers_of(place)) as registry:
        return [(entry.state, entry.signed) for entry in registry.entries()]


def refused(place: Workplace, scan: Path, name: str = "cover-letter", registry: Path | None = None) -> list[str]:
    with pytest.raises(AssemblerError) as error:
        signed(place.case, name, scan, NEXT, registry)
    return [found.code for found in error.value.problems]


def test_a_signed_copy_is_recorded_where_its_number_was_given(place: Workplace, scan: Path, tmp_path: Path) -> None:
    frozen(place, letter(place), letter(place, "second-letter"))
    done = signed(place.case, "cover-letter", scan, NEXT)
    assert (done.is_new, done.is_recorded, done.notes) == (True, True, ())
    assert entries(place) == [("signed", NEXT), ("recorded", None)]
    with Registry.open(numbers_of(place)) as registry:
        entry = registry.entries()[0]
        kept = place.folder / entry.scan_path
        assert (entry.scan_sha256, file_hash(kept), kept.parent.name) == (file_hash(scan), file_hash(scan), "signed")
    again = signed(place.case, "cover-letter", scan, NEXT + jdatetime.timedelta(days=5))
    assert (again.copy, again.is_new, again.is_recorded) == (done.copy, False, False)
    other = tmp_path / "other.pdf"
    other.write_bytes(b"%PDF other")
    assert refused(place, other) == ["signed-already"]
    assert list(prove(place.case)) == []


def test_a_day_before_that_of_the_letter_is_told_once(place: Workplace, scan: Path) -> None:
    frozen(place, letter(place))
    early = DAY - jdatetime.timedelta(days=1)
    told = [[found.code for found in signed(place.case, "cover-letter", scan, early).notes] for _ in range(2)]
    assert told == [["letter-day-earlier"], []]


def test_a_copy_kept_without_a_registry_is_recorded_by_the_next_run(place: Workplace, scan: Path) -> None:
    told = letter(place)
    made = frozen(place, told, registry=False)
    first = signed(place.case, "cover-letter", scan, NEXT)
    assert (first.is_new, first.is_recorded, first.notes) == (True, False, ())
    assert refused(place, scan, registry=numbers_of(place)) == ["registry-only-reserved"]
    with Registry.open(numbers_of(place)) as registry:
        registry.record(told.number, DAY, "موضوع", "", made.files["demo.pdf"], made.pdf_path)
    later = signed(place.case, "cover-letter", scan, NEXT + jdatetime.timedelta(days=9), numbers_of(place))
    assert (later.is_new, later.is_recorded) == (False, True)
    assert entries(place) == [("signed", NEXT)]  # the day it was signed, not that of the second run


def test_a_registry_that_is_gone_or_knows_nothing_of_the_letter_is_told(place: Workplace, scan: Path) -> None:
    made = frozen(place, letter(place), IssuedLetter("second-letter", "۹۹", ""), registry=False)
    registry = numbers_of(place)
    assert refused(place, scan, "second-letter", registry) == ["registry-number-unknown"]
    assert signed_copies(made.folder) == ()
    frozen(place, letter(place, revision=2), IssuedLetter("second-letter", "۱۴۰۵/د/۰۰۰۲", ""))
    registry.rename(registry.with_name("moved.db"))
    told = signed(place.case, "cover-letter", scan, NEXT)
    assert ([found.code for found in told.notes], told.is_new, told.is_recorded) == (["registry-gone"], True, False)
    told = signed(place.case, "cover-letter", scan, NEXT, registry.with_name("moved.db"))
    assert (told.is_new, told.is_recorded) == (False, True)


def test_a_number_the_registry_of_the_case_does_not_know_is_no_reason_to_lose_the_copy(
    place: Workplace, scan: Path
) -> None:
    frozen(place, letter(place))
    with Registry.open(numbers_of(place)) as registry:
        foreign = registry.reserve(registry.entries()[0].key._replace(case="پرونده دیگر"), DAY)
        registry.record(foreign, DAY, "", "", "b" * 64, scan)
    frozen(place, IssuedLetter("cover-letter", foreign, "1405/03/02"))
    assert refused(place, scan, registry=numbers_of(place)) == ["issue-number-other"]
    told = signed(place.case, "cover-letter", scan, NEXT)
    assert ([found.code for found in told.notes], told.is_recorded) == (["issue-number-unknown"], False)


def test_a_letter_that_kept_its_number_is_signed_once(place: Workplace, scan: Path, tmp_path: Path) -> None:
    second = IssuedLetter("second-letter", reserved(place, "second-letter", case="demo"), "1405/03/02")
    frozen(place, letter(place), second)
    signed(place.case, "second-letter", scan, NEXT)
    frozen(place, letter(place, revision=2), second)
    other = tmp_path / "other.pdf"
    other.write_bytes(b"%PDF other")
    assert refused(place, other, "second-letter") == ["signed-already"]
    again = signed(place.case, "second-letter", scan, NEXT)
    assert (again.is_new, again.notes) == (False, ())


def test_a_registry_is_found_where_both_were_moved(place: Workplace, tmp_path: Path) -> None:
    made = frozen(place, letter(place))
    assert made.registry == "../../numbers.db"
    shutil.copytree(place.folder, tmp_path / "there")
    moved = tmp_path / "there" / place.case.relative_to(place.folder)
    assert registry_of(moved, (made,)) == tmp_path / "there" / "numbers.db"
    assert registry_of(moved, ()) is None

"""The registry as other programs use it: one call, one opening of its file."""

from __future__ import annotations

from pathlib import Path

import jdatetime
import pytest

from assembler.actions import registry
from assembler.actions.registry import LetterKey, NumberPattern, Search, entry_json
from assembler.base.problems import AssemblerError

DAY = jdatetime.date(1405, 3, 12)
PATTERN = NumberPattern("{year}/{serial:03}")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "registry.db"
    assert registry.start_registry(path, PATTERN, DAY) == "۱۴۰۵/۰۰۱"
    return path


def test_numbers_are_given_recorded_voided_and_found(file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    first, second = (registry.give(file, LetterKey(case, "cover", 1), DAY).number for case in "ab")
    assert (first, registry.give(file, LetterKey("a", "cover", 1), DAY).number) == ("۱۴۰۵/۰۰۱", first)
    letter = file.with_name("letter.pdf")
    letter.write_bytes(b"%PDF")
    recorded = registry.record(file, first, letter, DAY, "گزارش", "معاون محترم").entry
    assert (recorded.state, registry.find(file, "1405/1")) == ("recorded", recorded)
    assert registry.void(file, second, "امضا نشد", DAY).state == "void"
    assert [each.number for each in registry.entries(file, Search(state="void"))] == [second]
    assert [each.number for each in registry.entries(file, Search("گزارش", year=1405, start=DAY, end=DAY))] == [first]
    assert (entry_json(recorded)["date"], entry_json(recorded)["voided"]) == ("1405/03/12", None)
    assert registry.verify(file) == ((), 2)
    assert tuple(capfd.readouterr()) == ("", "")


def test_another_pattern_and_a_first_serial(file: Path, tmp_path: Path) -> None:
    registry.give(file, LetterKey("a", "cover", 1), DAY)
    assert registry.change_pattern(file, NumberPattern("{year}-{serial}"), DAY) == "۱۴۰۵-۲"
    assert registry.start_registry(tmp_path / "other.db", PATTERN, DAY, first=40) == "۱۴۰۵/۰۴۰"


def test_a_copy_and_a_workbook(file: Path, tmp_path: Path) -> None:
    number = registry.give(file, LetterKey("a", "cover", 1), DAY).number
    registry.back_up(file, tmp_path / "copy.db")
    assert registry.find(tmp_path / "copy.db", number).case == "a"
    registry.export(file, tmp_path / "list.xlsx", Search())
    assert (tmp_path / "list.xlsx").is_file()
    with pytest.raises(AssemblerError) as error:
        registry.export(file, tmp_path, Search())
    assert [found.code for found in error.value.problems] == ["output-unwritable"]

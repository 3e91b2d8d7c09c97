"""Which department answers what: read from ``units.yaml``, with every way it can be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.answers import Units, read_units
from assembler.base.problems import Problem
from assembler.model.folders import UNITS_FILE
from assembler.model.reports import Library
from tests.answers.test_reader import FORM
from tests.building import form_text, report_text, sound_specs

ONE = form_text("items:\n  - {name: one, type: text}\n  - {name: two, type: text}\n  - {name: no, type: note}\n", "x/b")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return sound_specs(tmp_path_factory.mktemp("specs"), FORM, ONE, report_text("x/a", "x/b"))


def reading(folder: Path, library: Library, text: str) -> tuple[Units, tuple[Problem, ...]]:
    (folder / UNITS_FILE).write_text(text, encoding="utf-8")
    return read_units(folder, library, library.reports["r"])


def refusal(folder: Path, library: Library, text: str) -> Problem:
    _, problems = reading(folder, library, text)
    assert len(problems) == 1
    assert problems[0].message
    return problems[0]


def test_most_cases_have_no_units(tmp_path: Path, library: Library) -> None:
    assert read_units(tmp_path, library, library.reports["r"]) == (Units(), ())


def test_forms_and_items_go_to_their_units(tmp_path: Path, library: Library) -> None:
    units, problems = reading(
        tmp_path, library, "حراست: [x/b, x/a.text]\nمنابع انسانی:\n  - x/b.two\n  - case\nفنی: x/a.t\n"
    )
    assert problems == ()
    assert units.items == {
        "حراست": {"x/a": ("text",), "x/b": ("one",)},
        "منابع انسانی": {"case": ("agency",), "x/b": ("two",)},
        "فنی": {"x/a": ("t",)},
    }
    assert "x/a.number" in units.unassigned
    assert not {"x/b", "x/b.one", "x/a.double", "x/a.remark", "case"} & set(units.unassigned)


def test_a_form_nobody_has_is_named_once(tmp_path: Path, library: Library) -> None:
    units, _ = reading(tmp_path, library, "حراست: [x/b]\n")
    assert units.unassigned == ("case", "x/a")


def test_a_unit_is_known_in_any_spelling(tmp_path: Path, library: Library) -> None:
    units, _ = reading(tmp_path, library, "روابط عمومی: [x/b]\n")
    assert units.of("روابط‌عمومي") == {"x/b": ("one", "two")}
    assert units.of("دیگر") is None


@pytest.mark.parametrize(
    ("text", "code", "line", "told"),
    [
        ("حراست: [x/c]\n", "unknown-form", 1, "x/"),
        ("حراست:\n  - x/b\n  - x/a.txt\n", "unknown-item", 3, "«text»"),
        ("حراست: [x/a.double]\n", "unknown-item", 1, "double"),
        ("یک: [x/b]\nدو: [x/b]\n", "unit-twice", 2, "«یک»"),
        ("یک: [x/a.t]\nدو:\n  - x/a.t\n", "unit-twice", 3, "«دو»"),
        ("- x/b\n", "wrong-shape", 1, "unit: ["),
        ("یک: [{a: b}]\n", "wrong-shape", 1, "unit: ["),
        ("یک: [x/b\n", "yaml-broken", 1, ""),
        ("یک: x/b\nیک: x/a\n", "yaml-duplicate-key", 2, ""),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    tmp_path: Path, library: Library, text: str, code: str, line: int, told: str
) -> None:
    found = refusal(tmp_path, library, text)
    assert (found.code, found.place.line, found.place.file) == (code, line, str(tmp_path / UNITS_FILE))
    assert told in found.message + found.hint


def test_an_empty_file_gives_nobody_anything(tmp_path: Path, library: Library) -> None:
    units, problems = reading(tmp_path, library, "# هنوز\nحراست:\n")
    assert problems == ()
    assert units.of("حراست") == {}
    assert units.unassigned == ("case", "x/a", "x/b")

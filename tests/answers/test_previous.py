"""The case of the period before: which folder is named, when it cannot be that, and that it is read late and once."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.answers import names_in, read_case
from assembler.answers.previous import previous_folder
from assembler.base.messages import spoken
from assembler.base.problems import Problem
from assembler.model.answers import Case
from assembler.model.reports import Library
from tests.building import codes, form_text, read_specs, report_text, sound_specs, write_case

FORM = form_text("items:\n  - {name: total, type: integer}\n")
OTHER = report_text("x/a").replace("report: r\n", "report: other\n")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return sound_specs(tmp_path / "specs", FORM, report_text("x/a"), OTHER)


def made(folder: Path, name: str, *, previous: str = "", report: str = "r", total: object = 1) -> Path:
    """A case of a name beside others."""
    line = f"previous: {previous}\n" if previous else ""
    return write_case(folder / name, f"form: x/a\ntotal: {total}\n", case=f"report: {report}\nagency: x\n{line}")


def read(folder: Path, library: Library) -> tuple[Case, tuple[Problem, ...]]:
    case, problems = read_case(folder, library)
    assert case is not None
    return case, problems


def test_a_case_names_the_one_before(tmp_path: Path, library: Library) -> None:
    before = made(tmp_path, "one", total=7)
    case, problems = read(made(tmp_path, "two", previous="../one"), library)
    assert problems == ()
    assert case.previous is not None
    assert case.previous.folder == before
    assert (case.previous.place.line, case.previous.place.item) == (3, "previous")
    earlier, _ = case.previous.read()
    assert earlier is not None
    assert earlier.forms["x/a"].values["total"].value == 7


@pytest.mark.parametrize("case", ["report: r\n", "report: r\nprevious:\n"])
def test_most_cases_name_none(tmp_path: Path, library: Library, case: str) -> None:
    found, problems = read(write_case(tmp_path / "one", case=case), library)
    assert (found.previous, problems, previous_folder(tmp_path / "one")) == (None, (), None)


def test_its_answers_are_read_late_and_once(tmp_path: Path, library: Library) -> None:
    before = made(tmp_path, "one", total=1)
    case, _ = read(made(tmp_path, "two", previous="../one"), library)
    made(tmp_path, "one", total=2)
    assert case.previous is not None
    first, _ = case.previous.read()
    (before / "answers" / "0.yaml").unlink()
    again, _ = case.previous.read()
    assert first is again
    assert first is not None
    assert first.forms["x/a"].values["total"].value == 2


def test_the_line_of_cases_is_followed(tmp_path: Path, library: Library) -> None:
    made(tmp_path, "one")
    made(tmp_path, "two", previous="../one")
    case, problems = read(made(tmp_path, "three", previous="../two"), library)
    assert problems == ()
    assert case.previous is not None
    before, _ = case.previous.read()
    assert before is not None
    assert before.previous is not None
    assert before.previous.folder == (tmp_path / "one").resolve()


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("../nowhere", "previous-missing", "../nowhere"),
        ("../empty", "previous-missing", "../empty"),
        ("../broken", "previous-missing", "../broken"),
        ("../foreign", "previous-other-report", "other"),
        ("../nameless", "previous-other-report", "—"),
        (".", "previous-circle", "two → two"),
        ("../two", "previous-circle", "two → two"),
        ("../back", "previous-circle", "two → back → two"),
        ("../round", "previous-circle", "round → again → round"),
        ("[../one]", "wrong-shape", "previous"),
    ],
)
def test_what_cannot_be_the_case_before(tmp_path: Path, library: Library, line: str, code: str, says: str) -> None:
    (tmp_path / "empty").mkdir()
    write_case(tmp_path / "broken", case="report: [r\n")
    write_case(tmp_path / "nameless", case="agency: x\n")
    made(tmp_path, "foreign", report="other")
    made(tmp_path, "back", previous="../two")
    made(tmp_path, "round", previous="../again")
    made(tmp_path, "again", previous="../round")
    case, (found,) = read(made(tmp_path, "two", previous=line), library)
    assert (found.code, found.place.file, found.place.line) == (code, str(tmp_path / "two" / "case.yaml"), 3)
    assert says in found.message
    assert case.previous is None


def total_before(case: Case) -> object:
    assert case.previous is not None
    earlier, problems = case.previous.read()
    assert (earlier is not None, problems) == (True, ())
    return earlier.forms["x/a"].values["total"].value if earlier else None


def test_a_case_that_carries_the_one_before_needs_it_where_the_named_one_is_not_there(
    tmp_path: Path, library: Library
) -> None:
    case = made(tmp_path, "two", previous="../one")
    made(case, "previous", total=5)
    found, problems = read(case, library)
    assert (problems, total_before(found), previous_folder(case)) == ((), 5, case / "previous")
    made(tmp_path, "one", total=7)
    assert total_before(read(case, library)[0]) == 7


def test_a_frozen_case_names_it_as_seen_from_the_case_it_was_frozen_from(tmp_path: Path, library: Library) -> None:
    made(tmp_path, "one", total=7)
    home = made(tmp_path, "two", previous="../one")
    frozen = made(home / "revisions" / "001", "case", previous="../one")
    alone, problems = read_case(frozen, library)
    assert ([found.code for found in problems], alone and alone.previous) == (["previous-missing"], None)
    case, problems = read_case(frozen, library, home=home)
    assert case is not None
    assert (problems, total_before(case)) == ((), 7)
    made(frozen, "previous", total=5)
    case, _ = read_case(frozen, library, home=home)
    assert case is not None
    assert total_before(case) == 5


def test_its_files_are_not_looked_for(tmp_path: Path) -> None:
    form = form_text("items:\n  - {name: proof, type: file}\n")
    library = sound_specs(tmp_path / "specs", form, report_text("x/a"))
    for name, line in (("one", ""), ("two", "previous: ../one\n")):
        write_case(tmp_path / name, "form: x/a\nproof: سند.pdf\n", case=f"report: r\n{line}")
    case, problems = read(tmp_path / "two", library)
    assert [found.code for found in problems] == ["attachment-missing"]
    assert case.previous is not None
    assert case.previous.read()[1] == ()


def test_a_folder_of_any_name(tmp_path: Path, library: Library) -> None:
    made(tmp_path, "دوره اول")
    case, problems = read(made(tmp_path, "two", previous='"../دوره اول"'), library)
    assert (problems, previous_folder(tmp_path / "two")) == ((), tmp_path / "دوره اول")
    assert case.previous is not None


def test_a_case_needs_the_forms_the_one_before_answered(tmp_path: Path) -> None:
    write_case(tmp_path / "one", "form: y/b\n", case="report: r\n")
    write_case(tmp_path / "two", "form: x/a\n", case="report: r\nprevious: ../one\n")
    assert set(names_in(tmp_path / "two")) == {"r", "x/a", "y/b"}


def test_a_case_field_cannot_be_called_so(tmp_path: Path) -> None:
    report = report_text("x/a").replace("name: agency,", "name: previous,")
    _, problems = read_specs(tmp_path, FORM, report)
    assert codes(problems) == ["duplicate-name"]


def test_why_it_cannot_be_that_is_told_in_the_language_of_who_reads_it(tmp_path: Path, library: Library) -> None:
    made(tmp_path, "one")
    (tmp_path / "one" / "case.yaml").write_text("[", encoding="utf-8")
    _, (found,) = read(made(tmp_path, "two", previous="../one"), library)
    with spoken("fa"):
        assert "فایل خوانده نمی‌شود" in found.message
        assert "valid" not in found.message

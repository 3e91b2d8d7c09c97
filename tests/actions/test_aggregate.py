"""Reports made of many cases, as an action: what it gives, when it refuses, and that it holds the case it writes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assembler.actions.aggregate import aggregate
from assembler.actions.letters import letters
from assembler.base.problems import AssemblerError, ExitCode
from assembler.base.settings import Settings
from assembler.records.lock import case_lock
from tests.conftest import REPOSITORY
from tests.issuing import tree

SETTINGS = Settings(REPOSITORY / "form_specs", REPOSITORY / "letter_templates")
SAMPLES = sorted((REPOSITORY / "samples").glob("service-desk-hq-*"))


@pytest.fixture
def cases(tmp_path: Path) -> list[Path]:
    ignored = shutil.ignore_patterns("output")
    return [Path(shutil.copytree(sample, tmp_path / "cases" / sample.name, ignore=ignored)) for sample in SAMPLES]


def codes(error: pytest.ExceptionInfo[AssemblerError]) -> list[str]:
    return [found.code for found in error.value.problems]


def test_the_case_of_the_report_and_its_workbook_are_written(
    cases: list[Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    found = aggregate(cases, tmp_path / "report", SETTINGS, given=[("recipient", "organisation")])
    assert found.workbook == tmp_path / "report" / "report.xlsx"
    assert found.workbook.is_file()
    assert (len(found.compared.cases), found.unread, found.others) == (2, (), 0)
    assert found.compared.range.first.label == "دو ماهه اول ۱۴۰۵"
    assert "recipient: organisation" in (tmp_path / "report" / "case.yaml").read_text(encoding="utf-8")
    assert tuple(capfd.readouterr()) == ("", "")


def test_a_period_no_year_has_is_told_by_what_periods_there_are(cases: list[Path], tmp_path: Path) -> None:
    with pytest.raises(AssemblerError) as error:
        aggregate(cases, tmp_path / "report", SETTINGS, last=(1405, 7))
    assert (codes(error), error.value.exit_code) == (["gather-period-unknown"], ExitCode.USAGE)
    assert "1405/7" in error.value.problems[0].message
    assert not (tmp_path / "report").exists()


def test_errors_of_the_cases_come_with_the_word_that_none_could_be_taken(cases: list[Path], tmp_path: Path) -> None:
    (cases[0] / "case.yaml").write_text("report: [", encoding="utf-8")
    with pytest.raises(AssemblerError) as error:
        aggregate(cases[:1], tmp_path / "report", SETTINGS)
    assert codes(error)[-2:] == ["yaml-broken", "gather-none"]


def test_a_case_that_somebody_changes_is_not_written_anew(cases: list[Path], tmp_path: Path) -> None:
    report = tmp_path / "report"
    aggregate(cases[:1], report, SETTINGS)
    before = tree(report)
    with case_lock(report, "fill"), pytest.raises(AssemblerError) as error:
        aggregate(cases, report, SETTINGS)
    assert codes(error) == ["case-locked"]
    assert tree(report) == before
    aggregate(cases, report, SETTINGS)
    assert tree(report) != before


def test_letters_of_a_report_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("agency\nالف\n", encoding="utf-8")
    with pytest.raises(AssemblerError) as error:
        letters("nowhere", tmp_path / "list.csv", tmp_path / "out", SETTINGS)
    assert codes(error) == ["unknown-report"]


def test_what_was_passed_over_in_the_list_of_units_is_told(cases: list[Path], tmp_path: Path) -> None:
    """A sum below the list is no unit that is missing."""
    rows = "واحدهای استان\nagency,شمار\nاداره گمشده,۱\nجمع,۱\n"
    (tmp_path / "list.csv").write_text(rows, encoding="utf-8")
    found = aggregate(cases[:1], tmp_path / "report", SETTINGS, units=tmp_path / "list.csv")
    assert [told.code for told in found.remarks] == ["list-title", "list-sum"]
    assert {each.unit for each in found.compared.missing} == {"اداره گمشده"}

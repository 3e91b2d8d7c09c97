"""``assembler survey``: what it tells, and how it leaves."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.base.problems import ExitCode
from tests.cli.conftest import Run
from tests.collect.survey.surveys import HEAD, Desk, csv_file, response, workbook


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_an_import_tells_what_it_counted_and_what_not(desk: Desk, tmp_path: Path, run: Run) -> None:
    rows = [HEAD, response(1, comment="خوب"), response("بد"), response("کم")]
    done = run("survey", desk.folder, csv_file(tmp_path / "r.csv", rows), *desk.options)
    assert done.code == ExitCode.OK
    assert "r.csv:3" in done.out
    assert "Rows read: 3; responses counted: 2, set aside: 1; blank rows: 0" in done.out
    assert "not-a-choice: 1" in done.out
    assert "1 = زیاد" in done.out
    assert "Comments listed: 1" in done.out
    assert str(desk.folder / "set-aside.csv") in done.out


def test_what_is_written_stands_the_check(desk: Desk, tmp_path: Path, run: Run) -> None:
    rows = [HEAD, *[response("زیاد", "کم", service=f"خدمت {at % 2}", period=at % 3, sex="زن") for at in range(9)]]
    run("survey", desk.folder, workbook(tmp_path / "r.xlsx", rows), *desk.options)
    checked = run("check", desk.folder, "--json", *desk.options)
    # What the makers remark, and that this report names no agency, is no finding about what was written.
    found = {problem["code"] for problem in checked.json} - {"makers-remarks", "answer-unprinted"}
    assert (checked.code, found) == (ExitCode.OK, set())


@pytest.mark.parametrize(
    ("old", "new"),
    [("responses: 9", "responses: 2"), ("    responses: 5\n", "    responses: 4\n"), ("    high: 9", "    high: 8")],
)
def test_counts_changed_by_hand_are_caught(desk: Desk, tmp_path: Path, run: Run, old: str, new: str) -> None:
    """A base above the responses; services that do not add up; a question and its group that part ways."""
    rows = [HEAD, *[response("زیاد", service=f"خدمت {at % 2}", period=at % 3) for at in range(9)]]
    run("survey", desk.folder, csv_file(tmp_path / "r.csv", rows), *desk.options)
    answers = desk.folder / "answers" / "survey.yaml"
    text = answers.read_text(encoding="utf-8")
    assert old in text
    answers.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert run("check", desk.folder, *desk.options).code == ExitCode.ANSWERS


def test_a_dry_run_says_so(desk: Desk, tmp_path: Path, run: Run) -> None:
    done = run("survey", desk.folder, csv_file(tmp_path / "r.csv", [HEAD, response(1)]), "--dry-run", *desk.options)
    assert "Nothing was written" in done.out
    assert list((desk.folder / "answers").iterdir()) == []


def test_service_and_period_may_be_columns_of_any_name(desk: Desk, tmp_path: Path, run: Run) -> None:
    path = csv_file(tmp_path / "r.csv", [["q1", "شعبه", "ماه"], ["کم", "مرکزی", "مهر"]])
    run("survey", desk.folder, path, "--service", "شعبه", "--period", "ماه", *desk.options)
    assert [row["service"] for row in desk.rows("services")] == ["مرکزی"]
    assert [row["period"] for row in desk.rows("periods")] == ["مهر"]
    missing = run("survey", desk.folder, path, "--service", "شعبات", *desk.options)
    assert missing.code == ExitCode.ANSWERS
    assert "«شعبه»" in missing.err


def test_a_report_without_a_survey_takes_none(desk: Desk, tmp_path: Path, run: Run) -> None:
    report = desk.specs / "service-desk" / "report.yaml"
    text = report.read_text(encoding="utf-8")
    report.write_text(text[: text.index("      - answers")] + "      - paragraph: متن\n", encoding="utf-8")
    done = run("survey", desk.folder, csv_file(tmp_path / "r.csv", [HEAD]), *desk.options)
    assert done.code == ExitCode.USAGE
    assert "survey-none" in done.err

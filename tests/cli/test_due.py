"""``assembler due``: many cases on a day, in either language; broken ones are listed and stop nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.conftest import ANSWERS, REPORT, Workplace, write_case, write_form, write_report

PERIODS = """\
periods: {year: case.year, number: case.turn, unit: "{{ case.agency }}", days: 10}
deadlines:
  - {label: ارسال, date: "days_after(last_day(case.year, case.turn * 2), 10)", done: case.sent}
"""
FIELDS = """\
  - {name: year, type: integer, label: سال, required: true}
  - {name: turn, type: integer, label: شماره دوره, required: true}
  - {name: sent, type: date, label: تاریخ ارسال}
parts:
"""


@pytest.fixture
def many(workplace: Workplace) -> Path:
    """A folder of cases: one unit that sent its first period, one that is late with it, one whose year is no year."""
    write_report(workplace.folder, REPORT.replace("parts:\n", FIELDS) + PERIODS)
    write_case(workplace.folder, "report: demo\nagency: شوش\nyear: 1405\nturn: 1\nsent: 1405/03/05\n")
    add(workplace, "cases/late", "report: demo\nagency: دزفول\nyear: ۱۴۰۵\nturn: ۱\n")
    add(workplace, "cases/now", "report: demo\nagency: دزفول\nyear: 1405\nturn: 2\n")
    return workplace.folder / "cases"


def add(workplace: Workplace, name: str, case: str) -> Path:
    folder = workplace.folder / name
    (folder / "answers").mkdir(parents=True)
    (folder / "case.yaml").write_text(case, encoding="utf-8")
    (folder / "answers" / "visit.yaml").write_text(ANSWERS, encoding="utf-8")
    return folder


def lines(run: Run, workplace: Workplace, folder: Path, *arguments: str, language: str = "en") -> list[str]:
    outcome = run("--lang", language, "due", folder, "--today", "1405/05/05", *arguments, *workplace.options)
    assert (outcome.code, outcome.err) == (0, "")
    return [" ".join(line.split()) for line in outcome.out.splitlines()]


def test_a_table_in_english(run: Run, workplace: Workplace, many: Path) -> None:
    assert lines(run, workplace, many) == [
        "دوشنبه ۱۴۰۵/۰۵/۰۵",
        "",
        "دزفول",
        "overdue دو ماهه اول ۱۴۰۵ by یکشنبه ۱۴۰۵/۰۳/۱۰ days over: 57 late",
        "due دو ماهه دوم ۱۴۰۵ by شنبه ۱۴۰۵/۰۵/۱۰ days left: 5 now",
        "",
        "شوش",
        "no case دو ماهه دوم ۱۴۰۵ by شنبه ۱۴۰۵/۰۵/۱۰ days left: 5",
        "sent دو ماهه اول ۱۴۰۵ by یکشنبه ۱۴۰۵/۰۳/۱۰ sent on سه‌شنبه ۱۴۰۵/۰۳/۰۵ demo",
        "",
        "overdue: 1، no case: 1، due: 1، sent: 1",
    ]


def test_a_table_in_persian(run: Run, workplace: Workplace, many: Path) -> None:
    found = lines(run, workplace, many, language="fa")
    assert "معوق دو ماهه اول ۱۴۰۵ تا یکشنبه ۱۴۰۵/۰۳/۱۰ ۵۷ روز گذشته است late" in found
    assert "بدون پرونده دو ماهه دوم ۱۴۰۵ تا شنبه ۱۴۰۵/۰۵/۱۰ ۵ روز مانده است" in found
    assert found[-1] == "معوق: ۱، بدون پرونده: ۱، در مهلت: ۱، ارسال‌شده: ۱"


def test_columns_stand_under_one_another(run: Run, workplace: Workplace, many: Path) -> None:
    outcome = run("--lang", "en", "due", many, "--today", "1405/05/05", *workplace.options)
    rows = [line for line in outcome.out.splitlines() if "دو ماهه" in line]
    assert len({line.index("دو ماهه") for line in rows}) == 1


def test_broken_cases_are_listed_and_stop_nothing(run: Run, workplace: Workplace, many: Path) -> None:
    add(workplace, "cases/yearless", "report: demo\nagency: شوش\nyear: سال\nturn: 2\n")
    add(workplace, "cases/seventh", "report: demo\nagency: شوش\nyear: 1405\nturn: 7\n")
    add(workplace, "cases/foreign", "report: dmo\n")
    add(workplace, "cases/torn", "report: demo\nagency: [\n")
    found = lines(run, workplace, many)
    broken = found[found.index("Cases that cannot be read") + 1 : -2]
    assert [line.split()[0].partition(":")[0] for line in broken] == [
        "foreign",
        "seventh",
        "torn",
        "yearless",
        "yearless",
    ]
    for code in ("unknown-report", "period-wrong", "yaml-broken", "not-a-number", "period-unsaid"):
        assert any(f" {code} " in line for line in broken), code
    assert found[-1] == "overdue: 1، no case: 1، due: 1، sent: 1، unreadable: 4"


def test_reports_without_periods_and_hidden_folders_are_left_out(run: Run, workplace: Workplace, many: Path) -> None:
    write_form(workplace.folder, REPORT.replace("report: demo", "report: other", 1), "other")
    add(workplace, "cases/other", "report: other\nagency: x\n")
    add(workplace, "cases/.trash/old", "report: demo\nagency: [\n")
    add(workplace, "cases/1405/deep", "report: demo\nagency: اهواز\nyear: 1405\nturn: 3\n")
    found = lines(run, workplace, many)
    assert found[-1] == "overdue: 1، no case: 1، due: 2، sent: 1"
    assert any(line.endswith("1405/deep") for line in found)


def test_json(run: Run, workplace: Workplace, many: Path) -> None:
    add(workplace, "cases/torn", "report: demo\nagency: [\n")
    found = run("due", many, "--json", "--today", "۱۴۰۵/۰۵/۰۵", *workplace.options).json
    assert (found["today"], [unit["unit"] for unit in found["units"]]) == ("1405/05/05", ["دزفول", "شوش"])
    assert found["totals"] == {"over": 1, "missing": 1, "due": 1, "late": 0, "sent": 1}
    assert found["units"][1]["periods"][0] == {
        "period": "دو ماهه دوم ۱۴۰۵",
        "year": 1405,
        "number": 2,
        "standing": "missing",
        "due": "1405/05/10",
        "sent": None,
        "days": 5,
        "case": None,
    }
    assert [(one["case"], one["problems"][0]["code"]) for one in found["broken"]] == [("torn", "yaml-broken")]


def test_an_empty_folder(run: Run, workplace: Workplace, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert lines(run, workplace, tmp_path / "empty")[-1] == "No case of a period was found."


def test_broken_specs_are_an_error(run: Run, workplace: Workplace, many: Path) -> None:
    write_report(workplace.folder, REPORT + "periods: {year: case.yaer, number: case.agency, unit: x}\n")
    assert run("due", many, *workplace.options).code == 4

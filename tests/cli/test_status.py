"""``assembler status`` and ``assembler check --today``: the state of a case on a day, in either language."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import jdatetime
import pytest

from assembler.cli import status
from assembler.cli.table import width
from assembler.pipeline import read
from tests.cli.conftest import Run
from tests.conftest import (
    ANSWERS,
    FORM,
    REPORT,
    REPOSITORY,
    Workplace,
    write_answers,
    write_case,
    write_form,
    write_report,
)

DEADLINES = """\
statuses: [{name: yes, label: بلی}, {name: open, label: بدون پاسخ}]
deadlines:
  - {label: گزارش ملی, date: "'1399/02/31'", done: case.sent}
  - {label: گزارش استانی, date: case.provincial}
"""
FIELDS = """\
  - {name: sent, type: date, label: تاریخ ارسال}
  - {name: provincial, type: date, label: مهلت استان}
parts:
"""
SUMMARY = 'summary: {status: "\'yes\' if title else none", figure: "{{ score }} امتیاز"}\n'
HEAVY = ("docx", "docxtpl", "fpdf", "lxml", "matplotlib", "pikepdf", "pypdf", "pypdfium2", "uharfbuzz")


@pytest.fixture
def dated(workplace: Workplace) -> Workplace:
    """A report with a status and two deadlines; the day of one is written in it, of the other nobody has said."""
    write_report(workplace.folder, REPORT.replace("parts:\n", FIELDS) + DEADLINES)
    write_form(workplace.folder, FORM + SUMMARY)
    return workplace


def table(run: Run, workplace: Workplace, *arguments: str, language: str = "en") -> list[str]:
    outcome = run("--lang", language, "status", workplace.case, *arguments, *workplace.options)
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.out.splitlines()


def codes(run: Run, workplace: Workplace, today: str) -> list[str]:
    outcome = run("check", workplace.case, "--json", "--today", today, *workplace.options)
    assert outcome.code == 0
    return [found["code"] for found in outcome.json]


# ---------------------------------------------------------------- the table


def test_a_table_in_english(run: Run, dated: Workplace) -> None:
    assert table(run, dated, "--today", "1399/02/20") == [
        "گزارش اداره نمونه",
        "شنبه ۱۳۹۹/۰۲/۲۰: 100 percent complete (1 of 1 forms that apply)",
        "",
        "            missing  errors  warnings  evidence",
        "بازدید",
        "  complete        ·       ·         ·         ·  بازدید — بلی — ۷ امتیاز  [demo/visit]",
        "",
        "Deadlines",
        "  گزارش ملی — چهارشنبه ۱۳۹۹/۰۲/۳۱: days left: 11",
        "  گزارش استانی: no day set",
        "",
        "بلی: 1، بدون پاسخ: 0",
        "No problems.",
    ]


def test_a_table_in_persian(run: Run, dated: Workplace) -> None:
    lines = table(run, dated, "--today", "۱۳۹۹/۰۲/۲۰", language="fa")
    assert lines[1] == "شنبه ۱۳۹۹/۰۲/۲۰: ۱۰۰ درصد کامل (۱ فرم از ۱ فرمی که مصداق دارد)"
    assert lines[3:6] == [
        "        کم  خطا  هشدار  مستند",
        "بازدید",
        "  کامل   ·    ·      ·      ·  بازدید — بلی — ۷ امتیاز  [demo/visit]",
    ]
    assert "  گزارش ملی — چهارشنبه ۱۳۹۹/۰۲/۳۱: ۱۱ روز مانده است" in lines
    assert not re.search(r"[0-9]", "".join(lines))


@pytest.mark.parametrize(
    ("today", "sent", "words"),
    [
        ("1399/02/31", "", "today"),
        ("1399/03/03", "", "days over: 3"),
        ("1399/03/03", "1399/02/30", "done on سه‌شنبه ۱۳۹۹/۰۲/۳۰"),
        ("1399/03/03", "1399/03/02", "done on جمعه ۱۳۹۹/۰۳/۰۲, days late: 2"),
    ],
)
def test_how_a_deadline_stands(run: Run, dated: Workplace, today: str, sent: str, words: str) -> None:
    write_case(dated.folder, f"report: demo\nagency: اداره نمونه\nsent: {sent}\n")
    assert f"  گزارش ملی — چهارشنبه ۱۳۹۹/۰۲/۳۱: {words}" in table(run, dated, "--today", today)


def test_what_is_missing_is_counted(run: Run, dated: Workplace) -> None:
    write_answers(dated.folder, "form: demo/visit\ntitle: ب\nscore: 11\nservices:\n  - {count: 3}\n")
    lines = table(run, dated)
    assert "  incomplete        1       2         ·         ·  بازدید — بلی — ۱۱ امتیاز  [demo/visit]" in lines
    assert lines[1].endswith("0 percent complete (0 of 1 forms that apply)")
    assert lines[-1].startswith("Errors: 2,")


@pytest.mark.parametrize("language", ["en", "fa"])
def test_columns_stand_one_under_the_other(run: Run, dated: Workplace, language: str) -> None:
    """Joiners take no room on a terminal."""
    other = FORM.replace("demo/visit", "demo/other") + SUMMARY
    write_form(dated.folder, other.replace("title: بازدید", "title: دیگر"), "other")
    report = REPORT.replace("parts:\n", FIELDS) + DEADLINES + "forms: [demo/other]\n"
    write_report(dated.folder, report)
    lines = [line for line in table(run, dated, language=language) if "[demo/" in line]
    starts = {width(line[: line.index("بازدید" if "visit" in line else "دیگر")]) for line in lines}
    assert (len(lines), len(starts)) == (2, 1)
    assert {len(line) - len(line.lstrip()) for line in lines} == {2}


def test_settled_forms_without_a_status_are_left_out(run: Run, dated: Workplace) -> None:
    write_form(dated.folder, FORM.replace("demo/visit", "demo/letters").replace("title: بازدید", "title: نامه‌ها"), "l")
    told = "          - paragraph: \"{{ form('demo/letters').title }}: {{ count(form('demo/letters').services) }}\"\n"
    report = REPORT.replace("parts:\n", FIELDS) + told + DEADLINES + "forms: [demo/letters]\n"
    write_report(dated.folder, report)
    lines = table(run, dated)
    assert "Besides" in lines
    assert any("[demo/letters]" in line and line.lstrip().startswith("open") for line in lines)
    write_answers(dated.folder, ANSWERS.replace("demo/visit", "demo/letters"), "letters")
    assert "[demo/letters]" not in "\n".join(table(run, dated))


def test_a_report_without_statuses_shows_every_form(run: Run, workplace: Workplace) -> None:
    lines = table(run, workplace)
    assert "  complete        ·       ·         ·         ·  بازدید  [demo/visit]" in lines
    assert "  complete        ·       ·         ·         ·  مشخصات پرونده  [case]" in lines
    assert "Deadlines" not in lines
    assert lines[-2] == "complete: 1"


def test_a_long_title_ends_where_the_terminal_does(run: Run, dated: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    long = "آیا خدمات دستگاه در اختیار همه مراجعان گذاشته شده است " * 4
    write_form(dated.folder, FORM.replace("title: بازدید", f"title: {long}", 1) + SUMMARY)
    whole = next(line for line in table(run, dated) if "[demo/visit]" in line)
    assert long.strip() in whole
    monkeypatch.setattr(status, "columns", lambda: 120)
    cut = next(line for line in table(run, dated) if "[demo/visit]" in line)
    assert "… — بلی — ۷ امتیاز  [demo/visit]" in cut
    assert 110 < width(cut) <= 120
    monkeypatch.setattr(status, "columns", lambda: 10)
    assert "آیا خدمات دستگاه در اخت… — بلی" in next(line for line in table(run, dated) if "[demo/visit]" in line)


# ---------------------------------------------------------------- JSON and refusals


def test_json_does_not_depend_on_the_language(run: Run, dated: Workplace) -> None:
    arguments = ("status", dated.case, "--json", "--today", "1399/02/20", *dated.options)
    english, persian = (run("--lang", language, *arguments).json for language in ("en", "fa"))
    assert english == persian
    assert (english["percent"], english["today"], english["report"]) == (100, "1399/02/20", "demo")
    assert [each["standing"] for each in english["deadlines"]] == ["near", "unsaid"]


def test_the_day_is_the_machines_when_none_is_told(run: Run, dated: Workplace) -> None:
    today = jdatetime.date.today()
    found = run("status", dated.case, "--json", *dated.options).json["today"]
    assert found in {f"{day:%Y/%m/%d}" for day in (today, jdatetime.date.today())}


@pytest.mark.parametrize("command", ["status", "check"])
@pytest.mark.parametrize("typed", ["2020/13/10", "1399/13/01", "فردا", "", "1399/02"])
def test_a_day_that_is_none_is_refused(run: Run, dated: Workplace, command: str, typed: str) -> None:
    outcome = run(command, dated.case, "--today", typed, *dated.options)
    assert (outcome.code, outcome.out) == (2, "")
    assert "--today" in outcome.err


@pytest.mark.parametrize("case", ["report: demo\n", "report: demo\nagency:\nsent: دیروز\n"])
@pytest.mark.parametrize("answers", [None, "", "form: demo/visit\n", "form: demo/visit\ntitle: [\n", "form: x/y\n"])
def test_a_case_barely_begun_has_a_state_too(run: Run, dated: Workplace, case: str, answers: str | None) -> None:
    write_case(dated.folder, case)
    if answers is None:
        (dated.case / "answers" / "visit.yaml").unlink()
        (dated.case / "answers").rmdir()
        (dated.case / "attachments").rmdir()
    else:
        write_answers(dated.folder, answers)
    lines = table(run, dated)
    assert any(line.lstrip().startswith("open") and "[demo/visit]" in line for line in lines)
    assert any("مشخصات پرونده" in line and "[case]" in line for line in lines)
    assert run("status", dated.case, "--json", *dated.options).json["percent"] == 0


@pytest.mark.parametrize("case", ["", "report: other\n", "report: [\n"])
def test_a_case_that_cannot_be_read_has_none(run: Run, dated: Workplace, case: str) -> None:
    write_case(dated.folder, case)
    outcome = run("status", dated.case, *dated.options)
    assert (outcome.code, outcome.out) == (3, "")
    assert "case.yaml" in outcome.err


def test_broken_specifications_are_told(run: Run, dated: Workplace) -> None:
    write_form(dated.folder, "form: demo/visit\n")
    assert run("status", dated.case, *dated.options).code == 4


def test_errors_of_the_case_leave_with_success(run: Run, dated: Workplace) -> None:
    write_answers(dated.folder, "form: demo/visit\nunknown: x\n")
    assert run("status", dated.case, *dated.options).code == 0


def test_nothing_is_written(run: Run, dated: Workplace) -> None:
    before = sorted(dated.folder.rglob("*"))
    table(run, dated)
    assert sorted(dated.folder.rglob("*")) == before


def test_nothing_that_builds_is_loaded(dated: Workplace) -> None:
    probe = (
        "import sys\nfrom assembler.cli import main\n"
        f"sys.argv = ['assembler', 'status', {str(dated.case)!r}, *{dated.options!r}]\nmain()\n"
        f"print('LOADED', *sorted(set({HEAVY!r}) & set(sys.modules)))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", probe]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.stdout.splitlines()[-1] == "LOADED", done.stderr


# ---------------------------------------------------------------- deadlines in the findings


@pytest.mark.parametrize(
    ("today", "found"),
    [
        ("1399/02/01", []),
        ("۱۳۹۹/۰۲/۲۰", ["deadline-near"]),
        ("1399/02/31", ["deadline-today"]),
        ("1399/03/01", ["deadline-over"]),
    ],
)
def test_check_speaks_of_deadlines_by_the_day(run: Run, dated: Workplace, today: str, found: list[str]) -> None:
    assert codes(run, dated, today) == sorted([*found, "deadline-unsaid"])


def test_a_deadline_stands_where_its_day_is_to_be_written(run: Run, dated: Workplace) -> None:
    outcome = run("check", dated.case, "--today", "1399/03/01", *dated.options)
    assert outcome.code == 0
    assert "warning: تاریخ ارسال: «گزارش ملی» was due on چهارشنبه ۱۳۹۹/۰۲/۳۱" in outcome.out
    assert "  [deadline-unsaid case.provincial] " in outcome.out


def test_a_deadline_cannot_be_accepted(run: Run, dated: Workplace) -> None:
    """It changes from day to day, and a build knows none."""
    outcome = run("accept", dated.case, "deadline-over", "case.sent", "--why", "دیر شد", *dated.options)
    assert outcome.code == 2
    assert not (dated.case / "accepted.yaml").exists()


def test_what_is_built_does_not_rest_on_the_day(dated: Workplace) -> None:
    assert read(dated.case, dated.settings).problems == ()
    assert read(dated.case, dated.settings, jdatetime.date(1399, 3, 1)).problems


def test_without_deadlines_the_day_changes_nothing(run: Run, workplace: Workplace) -> None:
    assert codes(run, workplace, "1399/03/01") == []

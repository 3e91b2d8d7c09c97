"""``assembler registry``: numbers for scripts, lists for the secretariat."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from pathlib import Path

import pytest
from openpyxl import load_workbook

from assembler.base.problems import ExitCode
from tests.cli.conftest import Run

TODAY = ("--today", "1405/03/12")
PATTERN = ("--pattern", "{year}/{unit}/{serial:04}", "--unit", "د")


@pytest.fixture
def file(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "registry.db"
    outcome = run("registry", "init", path, *PATTERN, *TODAY)
    assert (outcome.code, outcome.out) == (0, "The next number will be ۱۴۰۵/د/۰۰۰۱\n")
    return path


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.pdf"
    path.write_bytes(b"%PDF")
    return path


def give(run: Run, file: Path, case: str, *more: str) -> str:
    outcome = run("registry", "give", file, "--case", case, "--letter", "report", *(more or TODAY))
    assert outcome.code == 0
    return outcome.out.removesuffix("\n")


def record(run: Run, file: Path, number: str, letter: Path, subject: str = "گزارش ميز خدمت") -> int:
    told = ("--date", "۱۴۰۵/۰۳/۱۳", "--subject", subject, "--recipient", "معاون محترم")
    return run("registry", "record", file, number, letter, *told).code


def test_a_script_gets_a_number_and_nothing_else(run: Run, file: Path) -> None:
    assert give(run, file, "a") == "۱۴۰۵/د/۰۰۰۱"
    assert give(run, file, "b") == "۱۴۰۵/د/۰۰۰۲"
    assert give(run, file, "a") == "۱۴۰۵/د/۰۰۰۱"
    assert give(run, file, "a", "--revision", "2", *TODAY) == "۱۴۰۵/د/۰۰۰۳"
    assert give(run, file, "a", "--today", "1406/01/01") == "۱۴۰۵/د/۰۰۰۱"
    assert give(run, file, "c", "--today", "1406/01/01") == "۱۴۰۶/د/۰۰۰۱"


def test_a_letter_is_recorded_shown_and_found(run: Run, file: Path, letter: Path) -> None:
    assert record(run, file, give(run, file, "a"), letter) == 0
    give(run, file, "b")
    shown = run("registry", "show", file, "1405/د/1").out
    assert "subject: گزارش میز خدمت\nrecipient: معاون محترم\n" in shown
    assert f"file: letter.pdf\nSHA-256: {hashlib.sha256(b'%PDF').hexdigest()}\n" in shown
    one = run("registry", "show", file, "1405/د/1", "--json").json
    assert run("registry", "list", file, "--search", "میز\u200cخدمت", "--json").json == [one]
    assert one == {
        "number": "۱۴۰۵/د/۰۰۰۱", "state": "recorded", "serial": 1, "case": "a", "letter": "report", "revision": 1,
        "given": "1405/03/12", "date": "1405/03/13", "subject": "گزارش میز خدمت", "recipient": "معاون محترم",
        "sha256": hashlib.sha256(b"%PDF").hexdigest(), "path": "letter.pdf", "voided": None, "why": "",
        "signed": None, "scan_sha256": "", "scan_path": "", "sent": None, "sent_by": "",
    }  # fmt: skip


def test_what_is_read_has_persian_digits_and_data_stay(run: Run, file: Path, letter: Path) -> None:
    assert record(run, file, give(run, file, "a"), letter, "گزارش سال 1404، ISO 9001") == 0
    assert "گزارش سال ۱۴۰۴، ISO 9001 — معاون محترم" in run("registry", "list", file).out
    assert "subject: گزارش سال ۱۴۰۴، ISO 9001\n" in run("registry", "show", file, "1405/د/1").out
    assert run("registry", "show", file, "1405/د/1", "--json").json["subject"] == "گزارش سال 1404، ISO 9001"


def test_a_day_before_the_last_number_s_is_told_beside_the_number(run: Run, file: Path, letter: Path) -> None:
    give(run, file, "a")
    arguments = ("registry", "give", file, "--case", "b", "--letter", "report")
    for _ in range(2):  # asked again for the same letter, its day is that on which it was given
        given = run(*arguments, "--today", "1405/03/11")
        assert (given.code, given.out) == (0, "۱۴۰۵/د/۰۰۰۲\n")
        assert given.err.startswith("warning: The number ۱۴۰۵/د/۰۰۰۲ has the day ۱۴۰۵/۰۳/۱۱, and ۱۴۰۵/د/۰۰۰۱")
    third = give(run, file, "c")
    told = ("--date", "1405/03/10", "--subject", "x", "--recipient", "y")
    assert "[number-day-earlier]" in run("registry", "record", file, third, letter, *told).err
    told = ("--date", "1405/03/12", "--subject", "x", "--recipient", "y")
    assert run("registry", "record", file, give(run, file, "d"), letter, *told).err == ""


def test_a_letter_that_was_sent_is_recorded_and_listed(run: Run, file: Path, letter: Path) -> None:
    number = give(run, file, "a")
    refused = run("registry", "sent", file, number)
    assert (refused.code, "[registry-only-reserved]" in refused.err) == (ExitCode.USAGE, True)
    record(run, file, number, letter)
    told = run("--lang", "fa", "registry", "sent", file, number, "--date", "1405/03/14", "--by", "پیک اداری")
    assert (told.code, told.out) == (0, f"ارسال نامه {number} ثبت شد؛ تاریخ ارسال: ۱۴۰۵/۰۳/۱۴\n")
    line = "ارسال\u200cشده  ۱۴۰۵/د/۰۰۰۱     ۱۴۰۵/۰۳/۱۳  گزارش میز خدمت — معاون محترم — ارسال\u200cشده در ۱۴۰۵/۰۳/۱۴"
    assert run("--lang", "fa", "registry", "list", file, "--state", "sent").out.splitlines()[0] == line
    assert told.err == ""
    other = give(run, file, "b")
    record(run, file, other, letter)
    assert "[letter-day-earlier]" in run("registry", "sent", file, other, "--date", "1405/03/12").err
    shown = run("--lang", "fa", "registry", "show", file, number).out
    assert "تاریخ ارسال: ۱۴۰۵/۰۳/۱۴\nشیوه ارسال: پیک اداری\n" in shown


def test_a_list_reads_well_in_persian(run: Run, file: Path, letter: Path) -> None:
    record(run, file, give(run, file, "a"), letter)
    give(run, file, "b")
    run("registry", "void", file, give(run, file, "c"), "--why", "امضا نشد", *TODAY)
    assert run("--lang", "fa", "registry", "list", file).out.splitlines() == [
        "صادرشده   ۱۴۰۵/د/۰۰۰۱     ۱۴۰۵/۰۳/۱۳  گزارش میز خدمت — معاون محترم",
        "رزروشده   ۱۴۰۵/د/۰۰۰۲     ۱۴۰۵/۰۳/۱۲  b / report",
        "باطل      ۱۴۰۵/د/۰۰۰۳     ۱۴۰۵/۰۳/۱۲  c / report — امضا نشد",
        "تعداد شماره\u200cها: ۳",
    ]


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ((), 3),
        (("--year", "1406"), 1),
        (("--from", "1405/03/13"), 2),
        (("--to", "۱۴۰۵/۰۳/۱۳"), 2),
        (("--from", "1405/03/13", "--to", "1405/12/29"), 1),
        (("--state", "open"), 2),
        (("--search", "1406"), 1),
    ],
)
def test_filters(run: Run, file: Path, letter: Path, options: tuple[str, ...], count: int, tmp_path: Path) -> None:
    record(run, file, give(run, file, "a"), letter)
    give(run, file, "b")
    give(run, file, "c", "--today", "1406/02/01")
    assert len(run("registry", "list", file, *options, "--json").json) == count
    assert run("registry", "export", file, tmp_path / "o.xlsx", *options).code == 0
    assert load_workbook(tmp_path / "o.xlsx").worksheets[0].max_row == count + 1


def test_another_pattern_from_now_on(run: Run, file: Path) -> None:
    give(run, file, "a")
    changed = run("registry", "pattern", file, "{year}-{serial}", *TODAY)
    assert (changed.code, changed.out) == (0, "The next number will be ۱۴۰۵-۲\n")
    assert [give(run, file, "a"), give(run, file, "b")] == ["۱۴۰۵/د/۰۰۰۱", "۱۴۰۵-۲"]


def test_a_paper_registry_goes_on(run: Run, tmp_path: Path) -> None:
    outcome = run("registry", "init", tmp_path / "r.db", *PATTERN, "--first", "123", *TODAY)
    assert outcome.out == "The next number will be ۱۴۰۵/د/۰۱۲۳\n"
    assert give(run, tmp_path / "r.db", "a") == "۱۴۰۵/د/۰۱۲۳"


def test_proof_and_copy(run: Run, file: Path, letter: Path, tmp_path: Path) -> None:
    record(run, file, give(run, file, "a"), letter)
    assert run("registry", "verify", file).out == "No problems.\nNumbers: 1\n"
    assert run("registry", "backup", file, tmp_path / "copy.db").code == 0
    letter.write_bytes(b"%PDF changed")
    for path in (file, tmp_path / "copy.db"):
        outcome = run("registry", "verify", path)
        assert outcome.code == ExitCode.REGISTRY
        assert "[registry-file-changed]" in outcome.out
    again = run("registry", "backup", file, tmp_path / "copy.db")
    assert (again.code, "[registry-exists]" in again.err) == (ExitCode.REGISTRY, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ("init", "FILE", "--pattern", "{year}"),
        ("init", "FILE", "--pattern", "{year}/{serial}", "--start", "-1"),
        ("give", "FILE", "--case", " ", "--letter", "x"),
        ("give", "FILE", "--case", "x", "--letter", "x", "--today", "2026/13/41"),
        ("show", "FILE", "77"),
        ("void", "FILE", "77", "--why", "x"),
        ("list", "FILE", "--from", "yesterday"),
        ("export", "FILE", "out.csv"),
        ("record", "FILE", "77", "no-such.pdf", "--date", "1405/01/01", "--subject", "x", "--recipient", "x"),
    ],
)
def test_a_wrong_call_ends_with_2(run: Run, file: Path, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    target = tmp_path / "new.db" if arguments[0] == "init" else file
    outcome = run("registry", *(target if word == "FILE" else word for word in arguments))
    assert (outcome.code, outcome.out) == (ExitCode.USAGE, "")
    assert outcome.err
    assert not (tmp_path / "new.db").exists()


def test_what_is_no_registry_ends_with_8(run: Run, tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("متن" * 500, encoding="utf-8")
    for name, expected in (("text.db", "registry-none"), ("none.db", "file-missing")):
        for command in (("list",), ("verify",), ("give", "--case", "x", "--letter", "x")):
            outcome = run("registry", command[0], tmp_path / name, *command[1:])
            assert (outcome.code, outcome.out) == (ExitCode.REGISTRY, "")
            assert f"  [{expected}]" in outcome.err


def test_a_workbook_that_cannot_be_written_is_told(run: Run, file: Path, tmp_path: Path) -> None:
    outcome = run("registry", "export", file, tmp_path / "none" / "o.xlsx")
    assert (outcome.code, "[output-unwritable]" in outcome.err) == (ExitCode.OUTPUT, True)


def test_a_hole_is_told_in_persian(run: Run, file: Path) -> None:
    for case in "abc":
        give(run, file, case)
    other = sqlite3.connect(file)
    other.execute("DROP TRIGGER letters_stay")
    other.execute("DELETE FROM letters WHERE serial = 2")
    other.commit()
    other.close()
    outcome = run("--lang", "fa", "registry", "verify", file)
    assert outcome.code == ExitCode.REGISTRY
    assert "در شمارش ۱۴۰۵ این ردیف\u200cها نیست (۱): ۲." in outcome.out


def test_every_command_explains_itself(run: Run) -> None:
    listed = re.findall(r"^  (\w+)  ", run("registry", "--help").out, re.MULTILINE)
    assert sorted(listed) == sorted(
        ["init", "pattern", "give", "record", "sent", "void", "list", "show", "export", "verify", "backup"]
    )
    for name in listed:
        outcome = run("registry", name, "--help")
        assert (outcome.code, outcome.err) == (0, "")


def test_a_wrong_clock_is_refused_unless_the_day_is_said(run: Run, file: Path) -> None:
    """A number of a day to come makes the machine's own day one that goes back."""
    give(run, file, "a", "--today", "1499/01/01")
    outcome = run("registry", "give", file, "--case", "b", "--letter", "report")
    assert outcome.code == ExitCode.USAGE
    assert "[registry-clock-behind]" in outcome.err
    assert give(run, file, "a") == give(run, file, "a", "--today", "1499/01/02")  # given already
    assert (
        run("registry", "give", file, "--case", "b", "--letter", "report", "--today", "1499/01/02").code == ExitCode.OK
    )

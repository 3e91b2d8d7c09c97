"""The registry gives each number once and leaves none out, whoever asks at once and whoever is killed."""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path

import jdatetime
import pytest
from openpyxl import load_workbook

from assembler.base.catalogue.entries import Severity
from assembler.base.messages import spoken
from assembler.base.problems import AssemblerError, ExitCode
from assembler.records import file_hash
from assembler.records.registry import STATES, LetterKey, NumberPattern, Registry, database, out_of_order
from assembler.records.registry.workbook import write_workbook

DAY = jdatetime.date(1405, 3, 12)
NEXT_YEAR = jdatetime.date(1406, 1, 5)
PATTERN = NumberPattern("{year}/{unit}/{serial:04}", "د")
SHA = "a" * 64
HOSTILE = (
    "'; DROP TABLE letters; --",
    '=HYPERLINK("http://x","y")',
    "<script>&amp;</script>",
    "گزارش «۱۰۰٪»\u200cها _ % \\",
    "+۱-2@SUM",
    "\u202eمعکوس\u202c",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "دفتر ?#.db"
    Registry.create(file, PATTERN, DAY).close()
    return file


@pytest.fixture
def registry(path: Path) -> Iterator[Registry]:
    with Registry.open(path, wait=0.2) as opened:
        yield opened


def key(number: int) -> LetterKey:
    return LetterKey(f"unit-{number}", "letter")


def code(work: Callable[[], object]) -> str:
    """The code of the problem the work ends with."""
    with pytest.raises(AssemblerError) as caught:
        work()
    (found,) = caught.value.problems
    assert found.message
    return found.code


def grave(registry: Registry) -> list[str]:
    return [found.code for found in registry.verify() if found.severity is not Severity.INFORMATION]


def tampered(path: Path, *statements: str) -> None:
    """What someone does to the file with another program, the triggers out of the way."""
    connection = sqlite3.connect(path)
    for trigger in [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]:
        connection.execute(f"DROP TRIGGER {trigger}")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


# ---------------------------------------------------------------- patterns


@pytest.mark.parametrize(
    ("pattern", "serial", "number"),
    [
        (PATTERN, 123, "۱۴۰۵/د/۰۱۲۳"),
        (PATTERN, 123456, "۱۴۰۵/د/۱۲۳۴۵۶"),
        (NumberPattern("{yy}/{month}-{serial}"), 7, "۰۵/۰۳-۷"),
        (NumberPattern("{serial:3}", counting="on"), 7, "۰۰۷"),
        (NumberPattern("م/{serial:۰۴}/2/{year}"), 1, "م/۰۰۰۱/۲/۱۴۰۵"),
        (NumberPattern("{{{year}}}/{serial}"), 1, "{۱۴۰۵}/۱"),
    ],
)
def test_a_pattern_is_data(pattern: NumberPattern, serial: int, number: str) -> None:
    assert pattern.tidied().number(DAY, serial) == number


@pytest.mark.parametrize(
    "pattern",
    [
        NumberPattern("{year}"),
        NumberPattern("{serial}"),
        NumberPattern("{year}/{serial}/{serial}"),
        NumberPattern("{year}/{serial:x}"),
        NumberPattern("{year}/{serial:40}"),
        NumberPattern("{year.__class__}/{serial}"),
        NumberPattern("{year!r}/{serial}"),
        NumberPattern("{0}/{year}/{serial}"),
        NumberPattern("{year}/{serial"),
        NumberPattern("{year}/{unit}/{serial}"),
        NumberPattern("{year}/{serial}", unit="د"),
        NumberPattern("{year}/\n{serial}"),
        NumberPattern("{year}/\x07{serial}"),
        NumberPattern("{year}/{serial}" + "x" * 100),
        NumberPattern("{year}/{serial}", start=-1),
    ],
)
def test_a_pattern_that_cannot_give_each_letter_its_number_is_refused(tmp_path: Path, pattern: NumberPattern) -> None:
    file = tmp_path / "r.db"
    assert code(lambda: Registry.create(file, pattern, DAY)) == "registry-pattern"
    assert not file.exists()


def test_years_begin_anew_and_a_late_key_keeps_its_number(registry: Registry) -> None:
    assert registry.reserve(key(1), DAY) == "۱۴۰۵/د/۰۰۰۱"
    assert registry.reserve(key(2), NEXT_YEAR) == "۱۴۰۶/د/۰۰۰۱"
    assert registry.reserve(key(1), NEXT_YEAR) == "۱۴۰۵/د/۰۰۰۱"
    assert registry.reserve(key(3), NEXT_YEAR) == "۱۴۰۶/د/۰۰۰۲"
    assert grave(registry) == []


def test_a_paper_registry_goes_on(tmp_path: Path) -> None:
    with Registry.create(tmp_path / "r.db", PATTERN, DAY, first=124) as registry:
        assert registry.reserve(key(1), DAY) == "۱۴۰۵/د/۰۱۲۴"
        assert registry.reserve(key(2), NEXT_YEAR) == "۱۴۰۶/د/۰۰۰۱"
        assert grave(registry) == []


def test_serials_may_go_on_over_the_years(tmp_path: Path) -> None:
    pattern = NumberPattern("{yy}/{serial}", counting="on", start=1000)
    with Registry.create(tmp_path / "r.db", pattern, DAY) as registry:
        assert [registry.reserve(key(1), DAY), registry.reserve(key(2), NEXT_YEAR)] == ["۰۵/۱۰۰۰", "۰۶/۱۰۰۱"]
        assert grave(registry) == []


def test_another_pattern_never_changes_given_numbers(registry: Registry) -> None:
    first = registry.reserve(key(1), DAY)
    registry.change_pattern(NumberPattern("{serial}-{year}"), DAY)
    assert registry.reserve(key(1), DAY) == first == "۱۴۰۵/د/۰۰۰۱"
    assert registry.reserve(key(2), DAY) == "۲-۱۴۰۵"
    assert registry.pattern.text == "{serial}-{year}"
    assert registry.find("۱۴۰۵/د/۰۰۰۱").serial == 1
    assert grave(registry) == []


def test_a_pattern_cannot_leave_a_gap_or_give_a_number_again(registry: Registry) -> None:
    registry.reserve(key(1), DAY)
    assert code(lambda: registry.change_pattern(PATTERN, DAY, first=5)) == "registry-first"
    registry.change_pattern(NumberPattern("۱۴۰۵/د/{serial:04}", counting="on"), DAY)
    assert code(lambda: registry.reserve(key(2), DAY)) == "registry-number-taken"
    registry.change_pattern(PATTERN, DAY, first=2)
    assert registry.reserve(key(2), DAY) == "۱۴۰۵/د/۰۰۰۲"
    assert grave(registry) == []


def test_the_next_number_is_told_without_giving_it(registry: Registry) -> None:
    assert [registry.next_serial(DAY), registry.next_serial(NEXT_YEAR)] == [1, 1]
    registry.reserve(key(1), DAY)
    assert [registry.next_serial(DAY), registry.next_serial(NEXT_YEAR)] == [2, 1]


# ---------------------------------------------------------------- numbers


def test_the_same_key_is_the_same_however_it_is_spelled(registry: Registry) -> None:
    first = registry.reserve(LetterKey("پرونده کیش", "نامه"), DAY)
    assert registry.reserve(LetterKey("پرونده  كيش ", "نامه"), DAY) == first
    assert registry.reserve(LetterKey("پرونده کیش", "نامه", 2), DAY) != first
    assert registry.held(LetterKey("پرونده كيش", "نامه")) == registry.find(first)
    assert registry.held(LetterKey("دیگری", "نامه")) is None


@pytest.mark.parametrize("wrong", [LetterKey("", "x"), LetterKey("x", " "), LetterKey("x", "x", -1)])
def test_a_key_names_a_letter(registry: Registry, wrong: LetterKey) -> None:
    with pytest.raises(ValueError, match="no key"):
        registry.reserve(wrong, DAY)


@pytest.mark.parametrize("subject", HOSTILE)
def test_what_is_recorded_is_found_as_it_was_written(registry: Registry, tmp_path: Path, subject: str) -> None:
    number = registry.reserve(LetterKey(subject, subject), DAY)
    registry.record(number, DAY, subject, subject, SHA, tmp_path / "l.pdf")
    found = registry.find(number)
    assert (found.subject, found.recipient, found.state) == (subject, subject, "recorded")
    assert registry.entries(subject) == [found]
    assert grave(registry) == []


def test_texts_become_one_tidy_line(registry: Registry, tmp_path: Path) -> None:
    number = registry.reserve(key(1), DAY)
    assert registry.record(number, DAY, " گزارش\n ميز  خدمت", "", SHA, tmp_path / "l").subject == "گزارش میز خدمت"


@pytest.mark.parametrize(
    ("subject", "expected"),
    [("x\x00y", "control-character"), ("\ud800", "control-character"), ("x" * 2001, "text-too-long")],
)
def test_a_text_no_document_can_carry_is_refused(
    registry: Registry, tmp_path: Path, subject: str, expected: str
) -> None:
    number = registry.reserve(key(1), DAY)
    assert code(lambda: registry.record(number, DAY, subject, "", SHA, tmp_path / "l")) == expected
    assert code(lambda: registry.void(number, subject, DAY)) == expected
    assert registry.find(number).state == "open"


def test_recording_again_is_the_same_or_refused(registry: Registry, tmp_path: Path) -> None:
    number = registry.reserve(key(1), DAY)
    first = registry.record(number, DAY, "موضوع", "گیرنده", SHA, tmp_path / "l")
    assert registry.record(number, DAY, "موضوع", "گیرنده", SHA, tmp_path / "l") == first
    assert code(lambda: registry.record(number, DAY, "دیگر", "گیرنده", SHA, tmp_path / "l")) == "registry-recorded"
    assert code(lambda: registry.record("۹۹", DAY, "", "", SHA, tmp_path / "l")) == "registry-number-unknown"
    with pytest.raises(ValueError, match="SHA-256"):
        registry.record(number, DAY, "", "", "short", tmp_path / "l")


def test_a_voided_number_stays_and_its_letter_gets_another(registry: Registry, tmp_path: Path) -> None:
    first = registry.reserve(key(1), DAY)
    registry.record(first, DAY, "موضوع", "", SHA, tmp_path / "l")
    assert registry.void(first, "امضا نشد", NEXT_YEAR).subject == "موضوع"
    assert code(lambda: registry.void(first, "باز هم", DAY)) == "registry-number-void"
    assert code(lambda: registry.record(first, DAY, "", "", SHA, tmp_path / "l")) == "registry-number-void"
    second = registry.reserve(key(1), DAY)
    assert [entry.number for entry in registry.entries()] == [first, second] == ["۱۴۰۵/د/۰۰۰۱", "۱۴۰۵/د/۰۰۰۲"]
    assert code(lambda: registry.void(second, " ", DAY)) == "required"
    assert grave(registry) == []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM letters",
        "UPDATE letters SET serial = 9 WHERE serial = 1",
        "UPDATE letters SET number = 'x' WHERE serial = 1",
        "UPDATE letters SET subject = 'x' WHERE serial = 1",
        "UPDATE letters SET state = 'open' WHERE serial = 1",
        "UPDATE letters SET state = 'recorded', date = 'x' WHERE serial = 2",
        "INSERT OR REPLACE INTO letters SELECT * FROM letters WHERE serial = 1",
        "INSERT INTO letters SELECT 9, scope, 9, 'x', 'x', pattern, 'x', 'x', 1, given, 'open', '', '', '', '', '',"
        " '', '', '', '', '', '', '', '' FROM letters LIMIT 1",
        "INSERT INTO letters SELECT 9, scope, 3, 'x', 'x', pattern, of_case, letter, revision, given, 'open', '', '',"
        " '', '', '', '', '', '', '', '', '', '', '' FROM letters LIMIT 1",
        "UPDATE series SET first = 0",
        "DELETE FROM patterns",
        "UPDATE patterns SET text = 'x'",
        "UPDATE letters SET signed = '1405/03/14' WHERE serial = 1",
        "UPDATE letters SET scan_sha256 = '' WHERE serial = 1",
        "UPDATE letters SET scan_path = 'x' WHERE serial = 1",
        "UPDATE letters SET sent = '' WHERE serial = 1",
        "UPDATE letters SET sent_by = 'x' WHERE serial = 1",
        "UPDATE letters SET sent = '1405/03/14' WHERE serial = 2",
        "UPDATE letters SET sent_by = 'x' WHERE serial = 2",
    ],
)
def test_the_file_itself_keeps_numbers_right(registry: Registry, path: Path, statement: str) -> None:
    number = registry.reserve(key(1), DAY)
    registry.record(number, DAY, "موضوع", "", SHA, path)
    registry.sign(number, DAY, SHA, path)
    registry.send(number, DAY, "پیک")
    registry.reserve(key(2), DAY)
    other = sqlite3.connect(path)
    other.execute("PRAGMA recursive_triggers = ON")
    with pytest.raises(sqlite3.IntegrityError):
        other.execute(statement)
    other.close()


# ---------------------------------------------------------------- signed and sent


def test_a_letter_is_signed_and_sent(registry: Registry, path: Path) -> None:
    number, later = registry.reserve(key(1), DAY), DAY + jdatetime.timedelta(days=2)
    letter, scan = path.parent / "l.pdf", path.parent / "scans" / "l.pdf"
    for work in (lambda: registry.sign(number, DAY, SHA, scan), lambda: registry.send(number, DAY)):
        assert code(work) == "registry-only-reserved"
    recorded = registry.record(number, DAY, "موضوع", "", SHA, letter)
    signed = registry.sign(number, DAY, SHA, scan)
    assert signed == recorded._replace(state="signed", signed=DAY, scan_sha256=SHA, scan_path="scans/l.pdf")
    sent = registry.send(number, later, "پيک")
    assert sent == signed._replace(state="sent", sent=later, sent_by="پیک")
    assert registry.sign(number, DAY, SHA, scan) == registry.send(number, later, "پیک") == sent
    assert registry.record(number, DAY, "موضوع", "", SHA, letter) == sent
    assert code(lambda: registry.sign(number, DAY, "b" * 64, scan)) == "registry-signed"
    assert code(lambda: registry.send(number, DAY)) == "registry-sent"
    assert registry.entries("پیک") == [sent]
    registry.void(number, "پس گرفته شد", later)
    assert code(lambda: registry.send(number, later, "پیک")) == "registry-number-void"
    assert grave(registry) == []


def test_states_are_told_apart(registry: Registry, path: Path) -> None:
    for at in range(4):
        number = registry.reserve(key(at), DAY)
        if at > 0:
            registry.record(number, DAY, "", "", SHA, path)
        if at > 1:
            registry.sign(number, DAY, SHA, path)
        if at > 2:
            registry.send(number, DAY)
    told = {state: [entry.serial for entry in registry.entries(state=state)] for state in STATES}
    assert told == {"open": [1], "recorded": [2], "signed": [3], "sent": [4], "void": []}


def test_a_day_before_that_of_an_earlier_number_is_told(registry: Registry, path: Path) -> None:
    first, second, third = (registry.reserve(key(at), DAY) for at in range(3))
    before, after = DAY - jdatetime.timedelta(days=1), DAY + jdatetime.timedelta(days=3)
    assert out_of_order(first, before, registry) == ()
    registry.record(second, after, "", "", SHA, path)
    assert out_of_order(second, after, registry) == ()
    (told,) = out_of_order(third, DAY, registry)
    assert (told.code, "«" in told.message, second in told.message) == ("number-day-earlier", False, True)
    assert [found.code for found in out_of_order("77", DAY, registry)] == ["number-day-earlier"]
    registry.void(second, "تاریخ نادرست", after)
    assert out_of_order(third, DAY, registry) == ()
    assert [found.code for found in out_of_order("77", DAY, None, [("76", after), ("75", before)])] == [told.code]


# ---------------------------------------------------------------- finding


@pytest.fixture
def filled(registry: Registry, path: Path) -> Registry:
    letters = (
        ("گزارش میز خدمت", "معاون محترم", DAY),
        ("معرفی نماینده", "استانداری یزد", jdatetime.date(1405, 5, 31)),
        ("ارزیابی عملکرد", "سازمان اداری", NEXT_YEAR),
    )
    for at, (subject, recipient, day) in enumerate(letters):
        registry.record(registry.reserve(key(at), day), day, subject, recipient, SHA, path.parent / f"{at}.pdf")
    registry.reserve(key(9), NEXT_YEAR)
    return registry


@pytest.mark.parametrize(
    ("search", "serials"),
    [
        ("", [1, 2, 1, 2]),
        ("ميزخدمت", [1]),
        ("می\u200cز خدمت", [1]),
        ("خدمت معاون", [1]),
        ("خدمت یزد", []),
        ("1405/د", [1, 2]),
        ("٠٠٠٢", [2, 2]),
        ("۱۴۰۵/د/2", [2]),
        ("UNIT-9", [2]),
        ("ارزیابي", [1]),
    ],
)
def test_a_search_folds_spelling_and_digits(filled: Registry, search: str, serials: list[int]) -> None:
    assert [entry.serial for entry in filled.entries(search)] == serials


def test_filters_are_of_the_letter_s_day(filled: Registry) -> None:
    assert len(filled.entries(year=1405)) == 2
    assert len(filled.entries(year=1406, state="open")) == 1
    last = jdatetime.date(1405, 5, 31)
    assert [entry.date for entry in filled.entries(start=last, end=last)] == [last]
    assert len(filled.entries(start=last)) == 3
    assert len(filled.entries(end=DAY)) == 1


@pytest.mark.parametrize("typed", ["۱۴۰۶/د/۰۰۰۲", "1406/د/2", " ١٤٠٦/د/02 "])
def test_a_number_is_found_as_people_type_it(filled: Registry, typed: str) -> None:
    assert filled.find(typed).key == key(9)


def test_an_unknown_number_is_met_with_a_guess(filled: Registry) -> None:
    with pytest.raises(AssemblerError) as caught:
        filled.find("د/2")
    assert "«۱۴۰۵/د/۰۰۰۲» / «۱۴۰۶/د/۰۰۰۲»" in caught.value.problems[0].hint
    for nothing in ("۷۷۷", "", "\u200c"):
        assert code(partial(filled.find, nothing)) == "registry-number-unknown"


def test_files_below_the_registry_may_move_with_it(registry: Registry, path: Path, tmp_path: Path) -> None:
    number = registry.reserve(key(1), DAY)
    inside = registry.record(number, DAY, "", "", SHA, path.parent / "cases" / "l.pdf").path
    outside = registry.record(registry.reserve(key(2), DAY), DAY, "", "", SHA, Path("/elsewhere/l.pdf")).path
    assert (inside, outside) == ("cases/l.pdf", "/elsewhere/l.pdf")


def test_the_workbook_is_persian_text_from_right_to_left(filled: Registry, tmp_path: Path) -> None:
    number = filled.reserve(key(10), DAY)
    filled.record(number, DAY, HOSTILE[1], "مدیر 12", SHA, tmp_path / "l.pdf")
    write_workbook(filled.entries(), tmp_path / "o.xlsx")
    sheet = load_workbook(tmp_path / "o.xlsx").worksheets[0]
    assert sheet.sheet_view.rightToLeft
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[1]][:6] == ["ردیف", "شماره", "تاریخ نامه", "موضوع", "گیرنده", "وضعیت"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert [cell.value for cell in sheet[6]][:6] == [
        "۵",
        "۱۴۰۵/د/۰۰۰۳",
        "۱۴۰۵/۰۳/۱۲",
        HOSTILE[1],
        "مدیر ۱۲",
        "صادرشده",
    ]
    assert sheet.auto_filter.ref == "A1:S6"
    assert sheet.print_area == "'دفتر ثبت'!$A$1:$I$6"  # what a secretary reads; the rest would make it too small
    assert sheet.column_dimensions["D"].width == 50


def test_rows_of_the_workbook_are_as_high_as_their_texts(registry: Registry, path: Path) -> None:
    for at, subject in enumerate(("کوتاه", "موضوعی دراز " * 10)):
        registry.record(registry.reserve(key(at), DAY), DAY, subject, "", SHA, path.parent / "l.pdf")
    write_workbook(registry.entries(), path.with_name("o.xlsx"))
    sheet = load_workbook(path.with_name("o.xlsx")).worksheets[0]
    assert [sheet.row_dimensions[row].height for row in (2, 3)] == [20, 60]


# ---------------------------------------------------------------- the file


def test_a_registry_is_never_written_over(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    assert code(lambda: Registry.create(path, PATTERN, DAY)) == "registry-exists"
    assert path.read_bytes() == before
    (tmp_path / "empty.db").touch()  # what a creation that was cut off leaves behind
    with Registry.create(tmp_path / "empty.db", PATTERN, DAY) as registry:
        assert registry.reserve(key(1), DAY) == "۱۴۰۵/د/۰۰۰۱"


def test_what_is_no_registry_is_told_apart(tmp_path: Path) -> None:
    assert code(lambda: Registry.open(tmp_path / "none.db")) == "file-missing"
    (tmp_path / "text.db").write_text("متن" * 1000, encoding="utf-8")
    (tmp_path / "empty.db").touch()
    sqlite3.connect(tmp_path / "other.db").executescript("CREATE TABLE x (y)").connection.close()
    for name in ("text.db", "empty.db", "other.db"):
        assert code(partial(Registry.open, tmp_path / name)) == "registry-none"


def test_a_newer_registry_is_left_alone(path: Path) -> None:
    newer = sqlite3.connect(path)
    newer.execute(f"PRAGMA user_version = {len(database.MIGRATIONS) + 1}")
    newer.close()
    assert code(lambda: Registry.open(path)) == "registry-newer"


def test_an_older_registry_is_brought_forward(registry: Registry, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number = registry.reserve(key(1), DAY)
    more = (*database.MIGRATIONS, ("ALTER TABLE letters ADD COLUMN note TEXT NOT NULL DEFAULT ''",))
    monkeypatch.setattr(database, "MIGRATIONS", more)
    with Registry.open(path) as newer:
        assert newer.reserve(key(1), DAY) == number
        assert grave(newer) == []
    with Registry.create(path.with_name("new.db"), PATTERN, DAY) as fresh:
        assert grave(fresh) == []
    monkeypatch.undo()
    assert code(lambda: Registry.open(path)) == "registry-newer"


OLD = (
    "INSERT INTO patterns (text, unit, counting, start, since) VALUES ('{year}/{serial}', '', 'year', 1, '1405/03/12')",
    "INSERT INTO series VALUES (1405, 1)",
    "INSERT INTO letters (scope, serial, number, folded, pattern, of_case, letter, revision, given, search) VALUES"
    " (1405, 1, '۱۴۰۵/۱', '1405/1', 1, 'a', 'l', 1, '1405/03/12', '1405/1'),"
    " (1405, 2, '۱۴۰۵/۲', '1405/2', 1, 'b', 'l', 1, '1405/03/12', '1405/2'),"
    " (1405, 3, '۱۴۰۵/۳', '1405/3', 1, 'c', 'l', 1, '1405/03/12', '1405/3')",
    "UPDATE letters SET state = 'recorded', date = '1405/03/13', subject = 'س', sha256 = hex(zeroblob(32))"
    " WHERE serial = 2",
    "UPDATE letters SET state = 'void', voided = '1405/03/14', why = 'چرا' WHERE serial = 3",
)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A registry of the first version, before letters were signed and sent in it."""
    path = tmp_path / "old.db"
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA application_id = {database.APPLICATION}")
    for statement in (*database.MIGRATIONS[0], *OLD, "PRAGMA user_version = 1"):
        connection.execute(statement)
    connection.commit()
    connection.close()
    return path


def test_a_registry_of_the_first_version_keeps_its_numbers_and_takes_signatures(old: Path) -> None:
    with Registry.open(old) as registry:
        assert [(entry.number, entry.state) for entry in registry.entries()] == [
            ("۱۴۰۵/۱", "open"),
            ("۱۴۰۵/۲", "recorded"),
            ("۱۴۰۵/۳", "void"),
        ]
        assert registry.find("1405/2").date == jdatetime.date(1405, 3, 13)
        assert registry.sign("1405/2", DAY, SHA, old).state == "signed"
        assert registry.reserve(LetterKey("d", "l"), DAY) == "۱۴۰۵/۴"
        assert grave(registry) == ["registry-scan-changed"]


def test_a_registry_of_the_first_version_that_cannot_be_written_is_read(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, connect = old.read_bytes(), database.connect
    monkeypatch.setattr(database, "connect", lambda path, mode, wait: connect(path, "ro", wait))
    with Registry.open(old) as registry:
        assert [entry.state for entry in registry.entries()] == ["open", "recorded", "void"]
        assert code(lambda: registry.reserve(key(1), DAY)) == "registry-unwritable"
        assert code(lambda: registry.sign("1405/2", DAY, SHA, old)) == "registry-unwritable"
        assert grave(registry) == []
    assert old.read_bytes() == before


def test_a_migration_that_fails_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = (*database.MIGRATIONS, ("ALTER TABLE letters ADD COLUMN note TEXT", "no statement"))
    monkeypatch.setattr(database, "MIGRATIONS", broken)
    with pytest.raises(sqlite3.OperationalError):
        Registry.open(path)
    monkeypatch.undo()
    with Registry.open(path) as registry:
        assert grave(registry) == []


def test_a_locked_registry_is_told(registry: Registry, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(AssemblerError) as caught:
        registry.reserve(key(1), DAY)
    assert caught.value.problems[0].code == "registry-locked"
    assert "close the program" in caught.value.problems[0].hint
    assert caught.value.exit_code is ExitCode.REGISTRY
    assert registry.entries() == []  # reading goes on
    other.execute("COMMIT")
    other.execute("BEGIN EXCLUSIVE")
    assert code(registry.entries) == "registry-locked"
    assert code(lambda: registry.backup(path.with_name("b.db"))) == "registry-locked"
    other.close()
    assert registry.reserve(key(1), DAY) == "۱۴۰۵/د/۰۰۰۱"


def test_a_full_disk_loses_nothing(registry: Registry) -> None:
    registry.reserve(key(0), DAY)
    connection = registry._connection
    connection.execute(f"PRAGMA max_page_count = {database.value(connection, 'PRAGMA page_count')}")
    given: list[str] = []
    assert code(lambda: given.extend(registry.reserve(key(at), DAY) for at in range(1, 500))) == "registry-unwritable"
    connection.execute("PRAGMA max_page_count = 100000")
    assert registry.reserve(key(len(given) + 1), DAY) == PATTERN.number(DAY, len(given) + 2)
    assert grave(registry) == []


def _limited(path: Path) -> None:
    """Exits with 0 when a file that cannot grow is told, in a process whose files must stay small."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    size = path.stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    told = ""
    with Registry.open(path, wait=1) as registry:
        try:
            for at in range(1000):
                registry.reserve(LetterKey("x" * 500, "l", at), DAY)
        except AssemblerError as error:
            told = error.problems[0].code
    os._exit(0 if told == "registry-unwritable" else 1)


def test_a_file_that_cannot_grow_is_told(path: Path) -> None:
    (child,) = _started([path], _limited)
    child.join(60)
    assert child.exitcode == 0
    with Registry.open(path) as registry:
        assert grave(registry) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_read_only_file_can_be_read(registry: Registry, path: Path) -> None:
    registry.reserve(key(1), DAY)
    path.chmod(0o444)
    _read_only(path)


def test_a_connection_that_may_not_write_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for those who test as root."""
    connect = database.connect
    monkeypatch.setattr(database, "connect", lambda path, mode, wait: connect(path, "ro", wait))
    _read_only(path)


def _read_only(path: Path) -> None:
    with Registry.open(path) as registry:
        before = registry.entries()
        assert code(lambda: registry.reserve(key(2), DAY)) == "registry-unwritable"
        assert registry.entries() == before
        assert grave(registry) == []


def test_a_damaged_file_is_told(registry: Registry, path: Path) -> None:
    for at in range(60):
        registry.reserve(LetterKey("x" * 500, "l", at), DAY)
    registry.close()
    data = bytearray(path.read_bytes())
    data[4096 : len(data) - 4096] = b"\x5a" * (len(data) - 8192)
    path.write_bytes(data)
    with pytest.raises(AssemblerError) as caught, Registry.open(path) as opened:
        raise AssemblerError(opened.verify(), ExitCode.REGISTRY)
    assert "registry-damaged" in [found.code for found in caught.value.problems]


# ---------------------------------------------------------------- proof


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("DELETE FROM letters WHERE serial = 2", "registry-gap"),
        ("DELETE FROM letters WHERE serial = 1", "registry-gap"),
        ("UPDATE letters SET serial = 7, number = '۱۴۰۵/د/۰۰۰۷' WHERE serial = 3", "registry-gap"),
        ("UPDATE letters SET number = '۱۴۰۵/د/۰۰۰۹' WHERE serial = 3", "registry-number-altered"),
        ("UPDATE letters SET number = '۱۴۰۵/د/۰۰۰۲' WHERE serial = 3", "registry-number-twice"),
        ("UPDATE patterns SET text = '{serial}/{year}'", "registry-number-altered"),
        ("UPDATE letters SET pattern = 77", "registry-altered"),
    ],
)
def test_tampering_is_found(registry: Registry, path: Path, statement: str, expected: str) -> None:
    for at in range(3):
        registry.reserve(key(at), DAY)
    assert grave(registry) == []
    tampered(path, statement)
    assert expected in grave(registry)


def test_rules_that_were_taken_out_are_found(registry: Registry, path: Path) -> None:
    tampered(path)
    assert grave(registry) == ["registry-altered"]


def test_a_serial_that_stands_twice_is_found(registry: Registry, path: Path) -> None:
    registry.reserve(key(1), DAY)
    registry.reserve(key(2), DAY)
    rebuilt = ("CREATE TABLE copy AS SELECT * FROM letters", "DROP TABLE letters", "ALTER TABLE copy RENAME TO letters")
    tampered(path, *rebuilt, "UPDATE letters SET serial = 1")
    assert {"registry-altered", "registry-repeat"} <= set(grave(registry))


def test_tables_that_lack_something_are_told(registry: Registry, path: Path) -> None:
    tampered(path, "ALTER TABLE letters RENAME COLUMN subject TO topic")
    assert code(registry.verify) == code(registry.entries) == "registry-altered"


def schema(path: Path, change: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(f"UPDATE sqlite_master SET sql = {change}")  # noqa: S608 - the changes are those below
        connection.commit()


@pytest.mark.parametrize(
    "change",
    [
        "replace(sql, 'id INTEGER PRIMARY KEY', 'id INTEGER') WHERE name = 'patterns'",
        "replace(sql, 'CREATE TABLE', 'CREATE TABEL') WHERE name = 'series'",
        "cast(replace(cast(sql AS TEXT), 'serial INTEGER', 'seriäl INTEGER') AS TEXT) WHERE name = 'letters'",
    ],
)
def test_tables_of_another_making_are_told(registry: Registry, path: Path, change: str) -> None:
    registry.reserve(key(1), DAY)
    registry.close()
    schema(path, change)
    with pytest.raises(AssemblerError) as caught, Registry.open(path) as opened:
        raise AssemblerError(opened.verify(), ExitCode.REGISTRY)
    assert {found.code for found in caught.value.problems} <= {"registry-altered", "registry-damaged"}


def test_rows_no_registry_wrote_are_told(registry: Registry, path: Path) -> None:
    registry.reserve(key(1), DAY)
    tampered(path, "UPDATE letters SET given = 'x', number = cast(x'92ff' AS TEXT)")
    assert code(registry.verify) == "registry-damaged"


def test_what_sqlite_and_python_say_is_told_in_words_of_the_office(registry: Registry, path: Path) -> None:
    registry.reserve(key(1), DAY)
    tampered(path, "UPDATE letters SET number = cast(x'92ff' AS TEXT)")
    with spoken("fa"), pytest.raises(AssemblerError, match="متنی در آن خوانده نمی‌شود"):
        registry.verify()
    data = bytearray(path.read_bytes())
    data[4096:] = b"\x5a" * (len(data) - 4096)
    path.write_bytes(data)
    with spoken("fa"), pytest.raises(AssemblerError, match="بخش‌های آن با هم نمی‌خوانند"), Registry.open(path) as opened:
        raise AssemblerError(opened.verify(), ExitCode.REGISTRY)


def test_files_are_held_to_their_hash(registry: Registry, tmp_path: Path) -> None:
    letters = [tmp_path / f"{at}.pdf" for at in range(3)]
    for at, letter in enumerate(letters):
        letter.write_bytes(b"%PDF" + bytes([at]))
        registry.record(registry.reserve(key(at), DAY), DAY, "", "", file_hash(letter), letter)
        registry.sign(registry.entries()[at].number, DAY, file_hash(letter), letter)
    assert registry.verify() == ()
    letters[1].write_bytes(b"%PDF other")
    letters[2].unlink()
    registry.reserve(key(9), DAY)
    assert [found.code for found in registry.verify()] == [
        "registry-file-changed",
        "registry-scan-changed",
        "registry-file-gone",
        "registry-scan-gone",
        "registry-open",
    ]


# ---------------------------------------------------------------- many at once


# No connection is open where a process is forked: SQLite forbids taking one along.
def _started(arguments: Sequence[object], work: Callable[..., None]) -> list[BaseProcess]:
    context = multiprocessing.get_context("fork")
    children: list[BaseProcess] = [context.Process(target=work, args=(each,)) for each in arguments]
    for child in children:
        child.start()
    return children


def _take_fifty(told: tuple[Path, int]) -> None:
    path, mine = told
    with Registry.open(path) as registry:
        for at in range(50):
            registry.reserve(LetterKey(f"unit-{mine}", f"letter-{at}"), DAY)


def test_eight_processes_get_four_hundred_numbers(path: Path) -> None:
    children = _started([(path, mine) for mine in range(8)], _take_fifty)
    for child in children:
        child.join(120)
    assert [child.exitcode for child in children] == [0] * 8
    with Registry.open(path) as registry:
        found = registry.entries()
        assert grave(registry) == []
    assert [entry.serial for entry in found] == list(range(1, 401))
    assert len({entry.number for entry in found}) == len({entry.key for entry in found}) == 400


def _take_the_same(path: Path) -> None:
    with Registry.open(path) as registry:
        for at in range(20):
            registry.reserve(key(at), DAY)


def test_processes_that_ask_for_the_same_letters_share_their_numbers(path: Path) -> None:
    for child in _started([path] * 4, _take_the_same):
        child.join(120)
    with Registry.open(path) as registry:
        assert [entry.serial for entry in registry.entries()] == list(range(1, 21))


def _make(path: Path) -> None:
    try:
        Registry.create(path, PATTERN, DAY).close()
    except AssemblerError:
        os._exit(7)


def test_of_those_who_start_one_registry_one_does(tmp_path: Path) -> None:
    children = _started([tmp_path / "r.db"] * 4, _make)
    for child in children:
        child.join(60)
    assert sorted(child.exitcode or 0 for child in children) == [0, 7, 7, 7]


def _work_until_killed(told: tuple[Path, int, int]) -> None:
    """Takes and records numbers without end; each one it saw is written down at once, as a printed letter would be."""
    path, mine, seed = told
    chance = random.Random(seed)
    seen = os.open(path.with_name(f"seen-{mine}"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    with Registry.open(path) as registry:
        while True:
            letter = LetterKey(f"unit-{mine}", f"letter-{chance.randrange(100_000)}")
            time.sleep(chance.uniform(0, 0.02))  # SQLite serves nobody in turn: without a pause one may take all
            number = registry.reserve(letter, DAY)
            os.write(seen, f"{letter.letter} {number}\n".encode())
            if chance.random() < 0.5:
                registry.record(number, DAY, "موضوع", "گیرنده", SHA, path)
            if chance.random() < 0.1 and registry.find(number).state == "open":
                registry.void(number, "آزمون", DAY)


def soak(folder: Path, kills: int, seed: int = 0, writers: int = 2) -> tuple[int, int]:
    """Kills writers at random moments. Raises AssertionError when a number was lost, doubled or left out.

    Returns how many numbers the writers saw, and after how many kills a journal was there: half a transaction, of the
    killed one unless another lives and is writing.
    """
    path = folder / "soak.db"
    Registry.create(path, PATTERN, DAY).close()
    chance = random.Random(seed)
    living = _started([(path, mine, chance.random()) for mine in range(writers)], _work_until_killed)
    journals = 0
    for at in range(kills):
        mine = at % writers
        if chance.random() < 0.8:  # the others die while they open the file
            _wait_for_more(path.with_name(f"seen-{mine}"))
        time.sleep(chance.uniform(0, 0.06))
        assert living[mine].is_alive(), "a writer failed by itself"
        living[mine].kill()
        living[mine].join()
        assert living[mine].exitcode == -signal.SIGKILL
        journals += path.with_name("soak.db-journal").exists()
        living[mine] = _started([(path, mine, chance.random())], _work_until_killed)[0]
    for child in living:
        child.kill()
        child.join()
    return _held_together(path, writers), journals


def _wait_for_more(seen: Path) -> None:
    """Until a writer that lives has seen a number."""
    before = seen.stat().st_size if seen.exists() else 0
    for _ in range(3000):
        if seen.exists() and seen.stat().st_size > before:
            return
        time.sleep(0.01)
    raise AssertionError("a writer got no number for half a minute")


def _held_together(path: Path, writers: int) -> int:
    """Every number a writer saw is there for the letter it saw it for, and for no other."""
    owners: dict[str, LetterKey] = {}
    with Registry.open(path) as registry:
        for mine in range(writers):
            for line in path.with_name(f"seen-{mine}").read_text(encoding="utf-8").splitlines():
                letter, number = line.split(" ")
                owner = LetterKey(f"unit-{mine}", letter)
                assert owners.setdefault(number, owner) == owner, f"{number} was given twice"
                assert registry.find(number).key == owner
        found = registry.entries()
        assert [entry.serial for entry in found] == list(range(1, len(found) + 1))
        assert "registry-damaged" not in grave(registry)
        for entry in found[-50:]:
            if entry.state != "void":
                assert registry.reserve(entry.key, NEXT_YEAR) == entry.number
    return len(owners)


def test_killed_writers_lose_and_double_nothing(tmp_path: Path) -> None:
    numbers, _ = soak(tmp_path, kills=60, seed=1405)  # at least 40 of them after a number
    assert numbers >= 40


# ---------------------------------------------------------------- copies


def test_a_copy_made_while_numbers_are_given_is_whole(path: Path) -> None:
    (writer,) = _started([(path, 0, 1)], _work_until_killed)
    try:
        for at in range(3):
            copy = path.with_name(f"copy-{at}.db")
            _wait_for_more(path.with_name("seen-0"))
            with Registry.open(path) as source:
                source.backup(copy)
            with Registry.open(copy) as copied:
                assert "registry-damaged" not in grave(copied)
                assert [entry.serial for entry in copied.entries()] == list(range(1, len(copied.entries()) + 1))
    finally:
        writer.kill()
        writer.join()
    assert sorted(path.parent.glob(".copy*")) == []


def test_a_copy_is_never_written_over_anything(registry: Registry, path: Path) -> None:
    registry.reserve(key(1), DAY)
    assert code(lambda: registry.backup(path)) == "registry-exists"
    assert code(lambda: registry.backup(path.parent / "none" / "b.db")) == "registry-unwritable"
    registry.backup(path.with_name("b.db"))
    with Registry.open(path.with_name("b.db")) as copy:
        assert copy.entries() == registry.entries()


# ---------------------------------------------------------------- clocks


def test_a_clock_is_believed_only_where_days_may_go_on(registry: Registry) -> None:
    registry.trust_clock(DAY)  # of the first number any day will do
    registry.reserve(key(1), DAY)
    registry.trust_clock(DAY)
    registry.trust_clock(DAY + timedelta(days=366))
    for day, code in (
        (DAY - timedelta(days=1), "registry-clock-behind"),
        (DAY + timedelta(days=367), "registry-clock-ahead"),
    ):
        with pytest.raises(AssemblerError) as caught:
            registry.trust_clock(day)
        assert [found.code for found in caught.value.problems] == [code]


def test_days_that_go_back_are_found(registry: Registry) -> None:
    for number, days in enumerate((0, 5, -3, 5, 6), 1):
        registry.reserve(key(number), DAY + timedelta(days=days))
    told = [found for found in registry.verify() if found.code == "registry-days-back"]
    assert len(told) == 1
    assert (told[0].arguments["number"], told[0].arguments["other"]) == tuple(
        registry.entries()[at].number for at in (2, 1)
    )

"""What status tells of the letters of a case: issued, signed, sent, amended; numbers nobody used; why it went out."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jdatetime
import pytest

from assembler.actions.signed import signed
from assembler.actions.status import Outgoing, status, status_json
from assembler.base.problems import AssemblerError, ExitCode
from assembler.records.bundle import IssuedLetter
from assembler.records.registry import Registry
from assembler.views.letters import LetterState, RevisionState, UnusedNumber
from tests.cli import conftest as terminal
from tests.cli.conftest import Run
from tests.conftest import Workplace, write_report
from tests.issuing import DAY, REPORT, amend, frozen, issuable, registry_of, reserved, settings_of

run = terminal.run  # the program in this process
NEXT = DAY + jdatetime.timedelta(days=2)
COVER, OTHER = ("cover-letter", "نامه ارسال"), ("second-letter", "نامه دیگر")
NUMBERS = ("۱۴۰۵/د/۰۰۰۱", "۱۴۰۵/د/۰۰۰۲", "۱۴۰۵/د/۰۰۰۳")


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return issuable(tmp_path / "here")


def told(place: Workplace, registry: Path | None = None) -> Outgoing:
    return status(place.case, settings_of(place), DAY, registry).outgoing


def issue_twice(place: Workplace, scan: Path) -> None:
    """Both letters go out, and are signed; the first is sent, and amended."""
    first = [IssuedLetter(name, reserved(place, name), "1405/03/02") for name, _ in (COVER, OTHER)]
    frozen(place, *first, unconfirmed="دستور مدیر در سال 1405")
    for name in ("cover-letter", "second-letter"):
        scan.write_bytes(name.encode())
        signed(place.case, name, scan, NEXT)
    with Registry.open(registry_of(place)) as registry:
        registry.send(NUMBERS[0], NEXT)
    frozen(place, IssuedLetter("cover-letter", reserved(place, "cover-letter", 2), "1405/03/20"), first[1])


def test_of_a_case_that_was_never_issued_every_letter_is_listed(place: Workplace) -> None:
    (place.case / "answers" / "02-letter.yaml").write_text("form: demo/letter\nnumber: ۱۲\n", encoding="utf-8")
    assert told(place) == Outgoing((LetterState(*COVER, "۱۲"), LetterState(*OTHER)))
    assert [letter.stage for letter in told(place).letters] == ["open", "open"]


def test_letters_stand_with_all_numbers_they_went_out_with(place: Workplace, tmp_path: Path) -> None:
    issue_twice(place, tmp_path / "scan.pdf")
    found = told(place)
    day = jdatetime.date(1405, 3, 20)
    assert found.letters == (
        LetterState(*COVER, NUMBERS[0], DAY, 1, NEXT, NEXT, NUMBERS[2]),
        LetterState(*COVER, NUMBERS[2], day, 2),
        LetterState(*OTHER, NUMBERS[1], DAY, 1, NEXT),
    )
    assert [letter.stage for letter in found.letters] == ["sent", "issued", "signed"]
    assert found.revisions == (RevisionState(1, "دستور مدیر در سال 1405"), RevisionState(2))
    assert (found.unused, found.changed, found.registry) == ((), False, registry_of(place))
    number = reserved(place, "cover-letter", 3)
    reserved(place, "cover-letter", 1, "پرونده دیگر")
    amend(place)
    found = told(place)
    assert (found.unused, found.changed) == ((UnusedNumber(number, "cover-letter", DAY),), True)
    named = reserved(place, "cover-letter", 4, "demo")
    assert [one.number for one in told(place).unused] == [number, named]


def test_what_a_registry_says_is_told_though_the_case_was_issued_without_it(place: Workplace) -> None:
    made = frozen(place, IssuedLetter("cover-letter", reserved(place, "cover-letter"), ""), registry=False)
    with Registry.open(registry_of(place)) as registry:
        registry.record(NUMBERS[0], DAY, "", "", "a" * 64, made.pdf_path)
        registry.sign(NUMBERS[0], NEXT, "b" * 64, made.pdf_path)
    assert told(place).letters[0].stage == "issued"
    assert told(place, registry_of(place)).letters[0].stage == "signed"
    with pytest.raises(AssemblerError):
        told(place, place.folder / "none.db")


def test_what_cannot_be_read_is_told_beside_the_rest(place: Workplace, tmp_path: Path) -> None:
    issue_twice(place, tmp_path / "scan.pdf")
    registry_of(place).rename(tmp_path / "moved.db")
    found = told(place)
    assert ([one.code for one in found.problems], found.letters[0].stage) == (["registry-gone"], "signed")
    (tmp_path / "moved.db").rename(registry_of(place))
    record = place.case / "revisions" / "001" / "signed" / "signed.json"
    for path in (record.parent, record):
        path.chmod(0o755)
    record.write_text("{", encoding="utf-8")
    found = told(place)
    assert [one.code for one in found.problems] == ["revision-file-altered"]
    assert found.letters[0].stage == "sent"  # as the registry has it
    other = place.case / "revisions" / "002"
    for path in (other, other / "revision.json"):
        path.chmod(0o755)
    (other / "revision.json").write_text("{}", encoding="utf-8")
    assert ([one.code for one in told(place).problems], told(place).letters) == (["revision-damaged"], ())
    assert status(place.case, settings_of(place), DAY).percent == 100


def test_programs_are_told_the_same(place: Workplace, tmp_path: Path) -> None:
    issue_twice(place, tmp_path / "scan.pdf")
    number = reserved(place, "cover-letter", 3)
    found = json.loads(json.dumps(status_json(status(place.case, settings_of(place), DAY))))
    assert found["letters"][0] == {
        "letter": "cover-letter", "title": "نامه ارسال", "number": NUMBERS[0], "date": "1405/03/02", "state": "sent",
        "revision": 1, "signed": "1405/03/04", "sent": "1405/03/04", "amended_by": NUMBERS[2],
    }  # fmt: skip
    assert found["unused_numbers"] == [{"number": number, "letter": "cover-letter", "given": "1405/03/02"}]
    assert found["revisions"][0] == {"number": 1, "unconfirmed": "دستور مدیر در سال 1405"}
    assert (found["changed_since_issue"], found["registry"], found["unreadable"]) == (
        False,
        str(registry_of(place)),
        [],
    )


def test_a_secretary_reads_it_in_persian(place: Workplace, tmp_path: Path, run: Run) -> None:
    issue_twice(place, tmp_path / "scan.pdf")
    number = reserved(place, "cover-letter", 3)
    amend(place)
    outcome = run("--lang", "fa", "status", place.case, *place.options)
    assert (outcome.code, outcome.err) == (ExitCode.OK, "")
    assert outcome.out.partition("\nنامه\u200cها\n")[2].splitlines() == [
        f"  ارسال\u200cشده  {NUMBERS[0]}  ۱۴۰۵/۰۳/۰۲  نامه ارسال — ویرایش ۱ — امضاشده در ۱۴۰۵/۰۳/۰۴ — "
        f"ارسال\u200cشده در ۱۴۰۵/۰۳/۰۴ — نامه {NUMBERS[2]} جایگزین آن شد  [cover-letter]",
        f"  صادرشده   {NUMBERS[2]}  ۱۴۰۵/۰۳/۲۰  نامه ارسال — ویرایش ۲ — امضانشده  [cover-letter]",
        f"  امضاشده   {NUMBERS[1]}  ۱۴۰۵/۰۳/۰۲  نامه دیگر — ویرایش ۱ — امضاشده در ۱۴۰۵/۰۳/۰۴  [second-letter]",
        f"  شماره {number} در ۱۴۰۵/۰۳/۰۲ برای نامه cover-letter گرفته شده و به کار نرفته است.",
        "  ویرایش ۱ با پاسخ\u200cهای تأییدنشده صادر شده است؛ دلیل: دستور مدیر در سال ۱۴۰۵",
        "  پس از ویرایش ۲ پاسخ\u200cها تغییر کرده است؛ آنچه اکنون نوشته\u200cاید هنوز صادر نشده است.",
    ]


def test_a_deadline_that_was_met_stays_met_though_the_letter_was_amended(place: Workplace, run: Run) -> None:
    done = "form('demo/letter').date"
    deadline = f'deadlines: [{{label: مهلت, date: "\'1405/03/10\'", done: "{done}"}}]\n'
    write_report(place.folder, REPORT + deadline)
    answers = place.case / "answers" / "02-letter.yaml"
    for revision, day in enumerate(("1405/03/02", "1405/03/20"), start=1):
        answers.write_text(f"form: demo/letter\ndate: {day}\n", encoding="utf-8")
        late = "[deadline-late" in run("check", place.case, "--today", "1405/04/01", *place.options).out
        (state,) = status(place.case, settings_of(place), NEXT).deadlines
        assert (late, state.standing, state.done) == (False, "done", DAY)
        frozen(place, IssuedLetter("cover-letter", reserved(place, "cover-letter", revision), day))
    shutil.move(place.case / "revisions", place.folder)
    (state,) = status(place.case, settings_of(place), NEXT).deadlines
    assert (state.standing, state.done) == ("late", jdatetime.date(1405, 3, 20))
    assert "[deadline-late" in run("check", place.case, "--today", "1405/04/01", *place.options).out


def test_signing_is_told_in_persian(place: Workplace, tmp_path: Path, run: Run) -> None:
    frozen(place, IssuedLetter("cover-letter", reserved(place, "cover-letter"), "1405/03/02"))
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF")
    arguments = ("--lang", "fa", "signed", place.case, "cover-letter", scan, "--date", "1405/03/04")
    assert run(*arguments).out.splitlines() == [
        f"نسخه امضاشده نامه {NUMBERS[0]} نگه داشته شد؛ تاریخ امضا: ۱۴۰۵/۰۳/۰۴",
        f"در دفتر ثبت نوشته شد: {NUMBERS[0]}",
    ]
    assert run(*arguments).out.splitlines() == [
        f"پرونده این نسخه امضاشده نامه {NUMBERS[0]} را از پیش داشت؛ تاریخ امضا: ۱۴۰۵/۰۳/۰۴"
    ]
    registry_of(place).unlink()
    assert "[registry-gone]" in run(*arguments).out

"""Actions that write and read answers: values in, values out, nothing printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import jdatetime
import openpyxl
import pytest
from PIL import Image

from assembler.actions.accept import accept
from assembler.actions.collect import collect
from assembler.actions.export import export
from assembler.actions.fill import fill
from assembler.actions.get import get_answer, get_form
from assembler.actions.hand_out import LIST, hand_out
from assembler.actions.import_ import import_books
from assembler.actions.new import begin
from assembler.actions.set import delete_row, set_answer
from assembler.actions.survey import Responses, count, survey
from assembler.base.persian import parse_number
from assembler.base.problems import AssemblerError, ExitCode
from assembler.base.settings import Settings
from assembler.model.acceptances import read_place
from tests.collect.survey.surveys import HEAD, Desk, csv_file, response
from tests.collect.workbook.office import Office, answer, sheet_of
from tests.conftest import ANSWERS, REPOSITORY, Workplace, write_answers
from tests.issuing import tree

TODAY = jdatetime.date(1399, 2, 1)


@pytest.fixture(autouse=True)
def _silent(capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    yield
    assert tuple(capfd.readouterr()) == ("", "")


@pytest.fixture
def office(workplace: Workplace) -> Office:
    return Office(workplace)


def codes(error: pytest.ExceptionInfo[AssemblerError]) -> list[str]:
    return [found.code for found in error.value.problems]


def units(office: Office) -> Workplace:
    text = "مالی: [demo/visit.title, demo/visit.score]\nفنی: [demo/visit]\n"
    (office.workplace.case / "units.yaml").write_text(text, encoding="utf-8")
    return office.workplace


# ---------------------------------------------------------------- one answer


def test_set_gives_the_file_and_what_a_rule_says(workplace: Workplace) -> None:
    done = set_answer(workplace.case, "demo/visit.score", "۱۱", workplace.settings)
    assert done.path == workplace.case / "answers" / "visit.yaml"
    assert [(found.code, found.place.item) for found in done.problems] == [("constraint", "score")]
    assert set_answer(workplace.case, "demo/visit.score", 11, workplace.settings).path is None
    assert delete_row(workplace.case, "demo/visit.services:2", workplace.settings).path == done.path


def test_get_gives_an_answer_with_what_is_known_of_it(workplace: Workplace) -> None:
    found = get_answer(workplace.case, "demo/visit.services:2.no", workplace.settings)
    assert (found.label, found.value, found.calculated, found.text) == ("ردیف", 2, True, "2")
    listed = get_form(workplace.case, "demo/visit", workplace.settings)
    assert [each.place for each in listed] == ["demo/visit.title", "demo/visit.score", "demo/visit.services"]
    with pytest.raises(AssemblerError) as refusal:
        get_form(workplace.case, "demo/visti", workplace.settings)
    assert codes(refusal) == ["unknown-form"]


def test_reading_writes_nothing(workplace: Workplace) -> None:
    before = tree(workplace.folder)
    get_answer(workplace.case, "demo/visit.title", workplace.settings)
    get_form(workplace.case, "case", workplace.settings)
    assert not fill(workplace.case, workplace.settings).missing()
    assert tree(workplace.folder) == before


def test_fill_is_of_the_forms_that_are_asked(workplace: Workplace) -> None:
    write_answers(workplace.folder, ANSWERS.replace("title: بازدید از ساختمان\n", ""))
    session = fill(workplace.case, workplace.settings, "visit")
    assert session.scope.forms == ("demo/visit",)
    assert [label for _, label in session.missing()] == ["عنوان"]
    assert fill(workplace.case, workplace.settings, with_case=True).scope.forms == ("case", "demo/visit")
    with pytest.raises(AssemblerError) as refusal:
        fill(workplace.case, workplace.settings, "visti")
    assert codes(refusal) == ["unknown-form"]


def test_accept_gives_what_it_let_stand(workplace: Workplace) -> None:
    set_answer(workplace.case, "demo/visit.score", "11", workplace.settings)
    with pytest.raises(AssemblerError) as refusal:
        accept(workplace.case, "constraint", None, " \n", workplace.settings)
    assert (codes(refusal), refusal.value.exit_code) == (["accept-no-reason"], ExitCode.USAGE)
    (found,) = accept(workplace.case, "constraint", read_place("demo/visit.score"), "چون", workplace.settings)
    assert found.code == "constraint"
    assert "چون" in (workplace.case / "accepted.yaml").read_text(encoding="utf-8")


# ---------------------------------------------------------------- workbooks


def test_export_gives_the_workbook_and_what_it_holds(office: Office, tmp_path: Path) -> None:
    place = units(office)
    whole = export(place.case, tmp_path / "a.xlsx", place.settings, TODAY)
    assert (whole.path, whole.share.unit, set(whole.share.forms)) == (tmp_path / "a.xlsx", "", {"case", "demo/visit"})
    own = export(place.case, tmp_path / "b.xlsx", place.settings, TODAY, unit="مالی")
    assert own.share.forms == {"demo/visit": ("title", "score")}
    for words, code in (({"unit": "ملی"}, "unknown-unit"), ({"forms": ["visti"]}, "unknown-form")):
        with pytest.raises(AssemblerError) as refusal:
            export(place.case, tmp_path / "c.xlsx", place.settings, TODAY, **words)
        assert codes(refusal) == [code]
    assert not (tmp_path / "c.xlsx").exists()


def test_what_is_handed_out_is_collected(office: Office, tmp_path: Path) -> None:
    place = units(office)
    (tmp_path / "out").mkdir()
    done = hand_out(place.case, tmp_path / "out", place.settings, TODAY)
    assert done.listed == tmp_path / "out" / LIST
    assert [each.share.unit for each in done.books] == ["مالی", "فنی", "بقیه"]
    book = openpyxl.load_workbook(done.books[0].path)
    answer(sheet_of(book), "score").value = 9
    book.save(done.books[0].path)
    done.books[1].path.unlink()
    before = tree(place.case)
    dry = collect(place.case, tmp_path / "out", place.settings, dry_run=True)
    assert tree(place.case) == before
    assert [(each.unit, each.state) for each in dry.units] == [
        ("مالی", "filled"),
        ("فنی", "missing"),
        ("بقیه", "unchanged"),
    ]
    assert dry.imported.written == ()
    written = collect(place.case, tmp_path / "out", place.settings).imported.written
    assert written == (place.case / "answers" / "visit.yaml",)
    assert "score: 9" in office.text


def test_a_locked_file_among_those_that_came_back_stops_no_other(office: Office, tmp_path: Path) -> None:
    """Nor does a scan, of which nothing can be read; a picture a workbook names is its attachment."""
    place = units(office)
    (tmp_path / "out").mkdir()
    done = hand_out(place.case, tmp_path / "out", place.settings, TODAY)
    book = openpyxl.load_workbook(done.books[0].path)
    answer(sheet_of(book), "score").value = 9
    book.save(done.books[0].path)
    done.books[1].path.write_bytes(b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"))
    Image.new("L", (20, 20)).save(tmp_path / "out" / "پاسخ.jpg")
    (tmp_path / "out" / "~$a.xlsx").write_bytes(b"x")
    found = collect(place.case, tmp_path / "out", place.settings).imported
    told = [(each.code, Path(each.place.file or "").name) for each in found.problems]
    assert told == [("workbook-unreadable", done.books[1].path.name), ("workbook-passed-over", "پاسخ.jpg")]
    assert (found.aside, found.clean, found.writable) == ((done.books[1].path,), False, True)
    assert found.written == (place.case / "answers" / "visit.yaml",)


def test_import_writes_what_is_not_contested(office: Office) -> None:
    place = office.workplace
    books = []
    for number in (8, 9):
        path = office.export(f"{number}.xlsx")
        book = openpyxl.load_workbook(path)
        answer(sheet_of(book), "score").value = number
        book.save(path)
        books.append(path)
    contested = import_books(place.case, books, place.settings)
    assert (len(contested.conflicts), contested.clean, contested.written) == (1, False, ())
    with pytest.raises(AssemblerError) as refusal:
        import_books(place.case, books, place.settings, prefer=["7.xlsx"])
    assert (codes(refusal), refusal.value.exit_code) == (["prefer-missing"], ExitCode.USAGE)
    assert import_books(place.case, books, place.settings, prefer=["9.xlsx"]).written
    assert "score: 9" in office.text
    assert import_books(place.case, books[:1], place.settings, prefer=["case"]).written == ()


@pytest.mark.parametrize(("data", "code"), [(bytes(range(256)), "workbook-unreadable"), (b"a text", "intake-no-table")])
def test_a_workbook_of_nothing_is_told_and_writes_nothing(
    office: Office, tmp_path: Path, data: bytes, code: str
) -> None:
    (tmp_path / "x.xlsx").write_bytes(data)
    found = import_books(office.workplace.case, [tmp_path / "x.xlsx"], office.workplace.settings)
    assert ([each.code for each in found.problems], found.written) == ([code], ())


# ---------------------------------------------------------------- new cases, surveys


def test_a_case_is_begun_asked_and_started(workplace: Workplace, tmp_path: Path) -> None:
    case = begin("demo", tmp_path / "my", workplace.settings, other=workplace.case)
    assert (list(case.fields.open()), case.problems) == ([], ())
    case = begin("demo", tmp_path / "my", workplace.settings)
    (item,) = case.fields.open()
    assert [found.code for found in case.fields.take(item, " ")] == ["required"]
    assert case.fields.take(item, "اداره") == ()
    assert not (tmp_path / "my").exists()
    done = case.start()
    assert (done.folder, len(done.files), done.taken, done.left) == (tmp_path / "my", 2, 0, ())
    assert get_answer(done.folder, "case.agency", workplace.settings).value == "اداره"
    with pytest.raises(AssemblerError) as refusal:
        begin("demo", tmp_path / "my", workplace.settings)
    assert codes(refusal) == ["case-exists"]


def test_answers_taken_over_are_counted_and_what_cannot_be_read_is_told(workplace: Workplace, tmp_path: Path) -> None:
    write_answers(workplace.folder, ANSWERS.replace("score: 7", "score: هفت"))
    case = begin("demo", tmp_path / "my", workplace.settings, [("agency", "تازه")], workplace.case)
    assert [found.code for found in case.problems] == ["not-a-number"]
    assert case.start().taken == 2


def test_a_survey_is_counted_before_it_is_written(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    settings = Settings(desk.specs, REPOSITORY / "letter_templates")
    path = csv_file(tmp_path / "r.csv", [HEAD, response(1, comment="خوب"), response("بد")])
    before = tree(desk.folder)
    counted = count(desk.folder, Responses((path,)), settings)
    assert (counted.tally.whole.responses, counted.tally.set_aside, counted.written) == (1, 1, ())
    assert tree(desk.folder) == before
    told: list[int] = []
    done = survey(desk.folder, Responses((path,)), settings, lambda step, at, of: told.append(at))
    assert desk.folder / "answers" / "survey.yaml" in done.written
    assert parse_number(str(told[-1])) == 100
    with pytest.raises(AssemblerError) as refusal:
        survey(desk.folder, Responses((path,), form="none"), settings)
    assert codes(refusal) == ["survey-none"]

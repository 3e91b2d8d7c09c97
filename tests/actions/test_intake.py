"""Files departments made themselves, imported into a case: shown, asked about, written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from assembler.actions.collect import collect
from assembler.actions.import_ import Imported, import_books
from assembler.base.problems import AssemblerError
from tests.collect.foreign.test_pdfs import page
from tests.conftest import Workplace, write_answers


def scrap(path: Path, *lines: Sequence[str], above: str = "") -> Path:
    """A Word file with one table."""
    document = Document()
    if above:
        document.add_paragraph(above)
    table = document.add_table(len(lines), len(lines[0]))
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            table.cell(row, column).text = text
    document.save(path)
    return path


HEAD = ("ردیف", "نام خدمت", "تعداد")


def take(
    place: Workplace, *files: Path, write: bool = False, said: Sequence[str] = (), prefer: Sequence[str] = ()
) -> Imported:
    return import_books(place.case, files, place.settings, write=write, said=said, prefer=prefer)


def answers(place: Workplace) -> str:
    return (place.case / "answers" / "visit.yaml").read_text(encoding="utf-8")


def test_a_foreign_table_is_shown_and_written_when_asked(workplace: Workplace, tmp_path: Path) -> None:
    before = answers(workplace)
    path = scrap(tmp_path / "a.docx", HEAD, ("۱", "صدور گواهی", "12"), ("۲", "استعلام", "۴"), ("جمع", "", "16"))
    shown = take(workplace, path)
    assert [(each.kind, each.new) for each in shown.changes] == [("added", "استعلام | ۴")]
    assert (answers(workplace), shown.written) == (before, ())
    assert [each.kind for each in shown.scraps[0].proposals[0].draft.aside] == ["sum"]  # type: ignore[union-attr]
    take(workplace, path, write=True)
    assert answers(workplace) == before + "  - {name: استعلام, count: 4}\n"
    assert take(workplace, path).changes == ()  # the second time it says nothing new


def test_what_differs_is_told_with_both_sides(workplace: Workplace, tmp_path: Path) -> None:
    path = scrap(tmp_path / "a.docx", HEAD, ("۱", "صدور گواهی", "۱۳"), ("۲", "پاسخ به شکایت", "۳"))
    found = take(workplace, path, write=True)
    (conflict,) = found.conflicts
    assert (conflict.base, [text for _, text in conflict.sides], found.written) == (None, ["۱۲", "۱۳"], ())
    assert take(workplace, path, write=True, prefer=["a.docx"]).written != ()
    assert "count: 13" in answers(workplace)


def test_what_the_case_says_is_never_deleted(workplace: Workplace, tmp_path: Path) -> None:
    before = answers(workplace)
    found = take(workplace, scrap(tmp_path / "a.docx", HEAD, ("۱", "صدور گواهی", "")), write=True)
    assert (found.changes, answers(workplace)) == ((), before)


def test_a_table_that_is_not_sure_is_asked_about(workplace: Workplace, tmp_path: Path) -> None:
    path = scrap(tmp_path / "a.docx", ("نام خدمت", "چند بار؟"), ("استعلام", "۴"))
    first = take(workplace, path, write=True)
    assert first.scraps[0].is_asking
    assert first.changes == ()
    said = ["1=demo/visit.services", "1.2=count"]
    assert [each.new for each in take(workplace, path, write=True, said=said).changes] == ["استعلام | ۴"]
    assert "{name: استعلام, count: 4}" in answers(workplace)


@pytest.mark.parametrize(
    "head", ["تعداد (هزار)", "تعداد - میلیون", "تعداد تجمعی", "تعداد سال ۱۳۹۸", "تعداد سال گذشته", "تعداد پیش‌بینی‌شده"]
)
def test_numbers_of_something_else_are_asked_about(workplace: Workplace, tmp_path: Path, head: str) -> None:
    """A header that says of how much, of when or of what kind its numbers are, where ours does not."""
    before = answers(workplace)
    path = scrap(tmp_path / "a.docx", ("ردیف", "نام خدمت", head), ("۱", "استعلام", "۴"))
    found = take(workplace, path, write=True)
    assert found.scraps[0].is_asking
    assert "۴" not in "".join(each.new for each in found.changes)
    assert "count: 4" not in answers(workplace)
    assert before in answers(workplace)


@pytest.mark.parametrize("head", ["تعداد:", "تعداد (نفر)", "تعداد (الزامی)", "تعدد"])
def test_remarks_and_slips_in_a_header_say_nothing_else(workplace: Workplace, tmp_path: Path, head: str) -> None:
    path = scrap(tmp_path / "a.docx", ("ردیف", "نام خدمت", head), ("۱", "صدور گواهی", "12"), ("۲", "استعلام", "۴"))
    assert [each.new for each in take(workplace, path).changes] == ["استعلام | ۴"]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("services", "intake-as"),
        ("x=services", "intake-as"),
        ("b.docx:1=demo/visit.services", "intake-as-file"),
        ("2=demo/visit.services", "intake-as-number"),
        ("1=demo/visit.servces", "intake-as-table"),
        ("1.1=nam", "intake-as-column"),
    ],
)
def test_what_is_said_of_nothing_is_refused(workplace: Workplace, tmp_path: Path, said: str, code: str) -> None:
    path = scrap(tmp_path / "a.docx", HEAD, ("۱", "استعلام", "۴"))
    with pytest.raises(AssemblerError) as refusal:
        take(workplace, path, said=[said])
    assert [each.code for each in refusal.value.problems] == [code]


def test_a_table_may_be_left_out(workplace: Workplace, tmp_path: Path) -> None:
    path = scrap(tmp_path / "a.docx", HEAD, ("۱", "استعلام", "۴"))
    found = take(workplace, path, said=["1=-"], write=True)
    assert (found.changes, found.scraps[0].proposals[0].state) == ((), "left")


def test_a_cell_that_cannot_be_read_is_told(workplace: Workplace, tmp_path: Path) -> None:
    path = scrap(tmp_path / "a.docx", HEAD, ("۱", "استعلام", "چهار یا پنج"))
    found = take(workplace, path, write=True)
    assert ([each.code for each in found.problems], found.written) == (["not-a-number"], ())


def test_workbooks_of_others_are_read_with_their_cells(workplace: Workplace, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for line in (["خدمات"], ["نام خدمت", "تعداد"], ["استعلام", 4]):
        book.active.append(line)  # type: ignore[union-attr]
    book.save(tmp_path / "a.xlsx")
    (change,) = take(workplace, tmp_path / "a.xlsx").changes
    assert (change.where, change.new) == ("Sheet!A3", "استعلام | ۴")


def test_collect_takes_them_too_and_knows_whose_they_are(workplace: Workplace, tmp_path: Path) -> None:
    (workplace.case / "units.yaml").write_text("اداره آمار: [demo/visit]\n", encoding="utf-8")
    (tmp_path / "back").mkdir()
    scrap(tmp_path / "back" / "پاسخ اداره آمار.docx", HEAD, ("۱", "استعلام", "۴"))
    done = collect(workplace.case, tmp_path / "back", workplace.settings)
    assert (done.units[0].unit, done.units[0].state) == ("اداره آمار", "filled")
    assert done.imported.scraps[0].proposals[0].match.of_unit  # type: ignore[union-attr]
    assert not done.imported.written


def test_what_was_said_is_remembered_for_the_next_file(workplace: Workplace, tmp_path: Path) -> None:
    head = ("نام خدمت", "چند بار؟")
    said = ["1=demo/visit.services", "1.2=count"]
    take(workplace, scrap(tmp_path / "a.docx", head, ("استعلام", "۴")), write=True, said=said)
    found = take(workplace, scrap(tmp_path / "b.docx", head, ("بازدید", "۵")), write=True)
    assert [each.new for each in found.changes] == ["بازدید | ۵"]
    assert "چند بار؟: count" in (workplace.case / "known-headers.yaml").read_text(encoding="utf-8")


def test_what_the_folder_of_all_cases_knows_counts_for_each(workplace: Workplace, tmp_path: Path) -> None:
    known = 'tables: {"نام خدمت | چند بار؟": demo/visit.services}\ncolumns: {demo/visit.services: {چند بار؟: count}}\n'
    (workplace.case.parent / "known-headers.yaml").write_text(known, encoding="utf-8")
    found = take(workplace, scrap(tmp_path / "b.docx", ("نام خدمت", "چند بار؟"), ("بازدید", "۵")))
    assert [each.new for each in found.changes] == ["بازدید | ۵"]


def test_questions_with_answers_beside_them_are_read(workplace: Workplace, tmp_path: Path) -> None:
    write_answers(workplace.folder, "form: demo/visit\nscore: 7\n")
    path = scrap(tmp_path / "a.docx", ("عنوان", "بازدید از انبار"), ("امتیاز", "۹"), above="بازدید")
    found = take(workplace, path)
    assert [(each.item, each.old, each.new) for each in found.changes] == [("title", "", "بازدید از انبار")]
    assert [(each.item, [text for _, text in each.sides]) for each in found.conflicts] == [("score", ["۷", "۹"])]


def test_a_label_beside_a_label_answers_nothing(workplace: Workplace, tmp_path: Path) -> None:
    write_answers(workplace.folder, "form: demo/visit\n")
    found = take(workplace, scrap(tmp_path / "a.docx", ("عنوان", "امتیاز"), above="بازدید"))
    assert found.changes == ()


def test_answers_stand_below_a_row_of_labels(workplace: Workplace, tmp_path: Path) -> None:
    write_answers(workplace.folder, "form: demo/visit\n")
    found = take(workplace, scrap(tmp_path / "a.docx", ("عنوان", "امتیاز"), ("انبار", "۹"), above="بازدید"))
    assert [(each.item, each.new) for each in found.changes] == [("title", "انبار"), ("score", "۹")]
    further = ("عنوان", "امتیاز"), ("انبار", "۹"), ("سردخانه", "۸")
    assert take(workplace, scrap(tmp_path / "b.docx", *further, above="بازدید")).changes == ()  # that is a table


def test_the_first_row_is_no_header(workplace: Workplace, tmp_path: Path) -> None:
    """A header that says one thing over each column ends there, however like its words the answers below are."""
    path = scrap(tmp_path / "a.docx", ("عنوان", "مقدار"), ("نام خدمت", "۱۲"), ("استعلام", "۴"))
    found = take(workplace, path, said=["1=demo/visit.services", "1.1=name", "1.2=count"])
    assert [each.new for each in found.changes] == ["نام خدمت | ۱۲", "استعلام | ۴"]


def test_a_locked_file_is_called_so(workplace: Workplace, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"))
    (problem,) = take(workplace, path).problems
    assert problem.code == "intake-unreadable"
    assert "password" in problem.message or "گذرواژه" in problem.message


def test_a_pdf_proposes_and_is_taken_only_where_its_table_is_named(workplace: Workplace, tmp_path: Path) -> None:
    path = page(tmp_path / "a.pdf", (HEAD, ("۱", "استعلام", "۴")), ruled=True, above="خدمات")
    first = take(workplace, path, write=True)
    assert (first.scraps[0].proposals[0].state, first.changes, first.written) == ("asked", (), ())
    found = take(workplace, path, write=True, said=["1=demo/visit.services"])
    assert ([each.new for each in found.changes], len(found.written)) == (["استعلام | ۴"], 1)
    (tmp_path / "back").mkdir()
    path.rename(tmp_path / "back" / "a.pdf")
    assert [
        scrap.path.name for scrap in collect(workplace.case, tmp_path / "back", workplace.settings).imported.scraps
    ] == ["a.pdf"]

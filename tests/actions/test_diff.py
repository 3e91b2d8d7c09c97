"""``assembler diff``: issued states held against one another, on the terminal, as JSON and as a sheet."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from docx import Document
from pypdf import PdfReader

from assembler.actions.diff import compare_folders, sheet_since
from assembler.assembly.engine import choose
from assembler.assembly.sheet import write_part_alone
from assembler.base import messages
from assembler.base.problems import AssemblerError, ExitCode
from assembler.cli import cli
from assembler.model.changes import Change, Touched
from assembler.model.packet import GridBlock, plain
from assembler.packet.corrections import CORRECTIONS_TITLE, corrections_part
from assembler.pipeline import library, read
from assembler.records import Receipt
from assembler.records.revisions import Revision, freeze
from tests.conftest import CASE, FORM, REPORT, Workplace, write_answers, write_case, write_form, write_report
from tests.documents.test_ooxml import assert_valid

Run = Callable[..., Result]
LETTER = """\
  - letter: cover-letter
    title: نامه همراه
    template: letterhead
    signer: head
    fields: {number: "{{ case.number }}", attachment: دارد, addressee: جناب آقای نمونه, subject: گزارش}
    content: [{paragraph: گزارش ارسال می‌گردد.}]
"""
SIGNED = REPORT.replace(
    "parts:\n", "signers:\n  - {key: head, name: الف. نمونه, post: رئیس اداره}\nparts:\n" + LETTER
).replace("required: true}\nsigners", "required: true}\n  - {name: number, type: text, label: شماره}\nsigners")


@pytest.fixture
def place(workplace: Workplace) -> Workplace:
    """The workplace, whose report goes out with a letter."""
    write_report(workplace.folder, SIGNED)
    return workplace


@pytest.fixture
def run(place: Workplace) -> Run:
    def call(*arguments: object, ends: int = 0) -> Result:
        told = ["--lang", "en", "diff", str(place.case), *map(str, arguments), *place.options]
        result = CliRunner().invoke(cli, told)
        if isinstance(result.exception, AssemblerError):
            assert result.exception.exit_code == ends, [found.message for found in result.exception.problems]
        else:
            assert result.exit_code == ends, result.output
        return result

    return call


def issue(place: Workplace, number: int, pages: dict[str, int] | None = None) -> Revision:
    """Freezes the case as it is, with a receipt that knows the pages of its tables."""
    receipt = Receipt(
        "demo", "demo", "", False, "", {}, {}, "", "demo.pdf", "", 3, (), item_pages=pages or {"demo/visit.services": 4}
    )
    files: dict[str, Path | bytes] = {
        f"case/{path.relative_to(place.case).as_posix()}": path
        for path in sorted(place.case.rglob("*"))
        if path.is_file() and not {"revisions", "output"} & set(path.relative_to(place.case).parts)
    }
    files["receipt.json"] = json.dumps(asdict(receipt), ensure_ascii=False).encode()
    revision = Revision(number, "demo", "demo", "demo", str(number), (), "demo.pdf", 3, {})
    return freeze(place.case, revision, files)


@pytest.fixture(autouse=True)
def _writable_again(workplace: Workplace) -> Iterator[None]:
    yield
    for path in (workplace.case / "revisions").rglob("*"):
        path.chmod(0o755)


def correct(place: Workplace, old: str = "count: 12", new: str = "count: 15") -> None:
    text = (place.case / "answers" / "visit.yaml").read_text(encoding="utf-8")
    assert old in text
    write_answers(place.folder, text.replace(old, new))


# ---------------------------------------------------------------- which states


def test_a_case_that_was_never_issued_says_so(run: Run) -> None:
    error = run(ends=ExitCode.USAGE).exception
    assert isinstance(error, AssemblerError)
    assert error.problems[0].code == "diff-never-issued"


def test_an_unchanged_case_has_no_changes(run: Run, place: Workplace) -> None:
    issue(place, 1)
    assert run().output.splitlines()[-1] == "Nothing changed."


def test_the_last_issue_is_held_against_the_case(run: Run, place: Workplace) -> None:
    issue(place, 1)
    correct(place)
    issue(place, 2)
    correct(place, "score: 7", "score: 8")
    assert run().output == (
        f"From revision 2 to {place.case}\n\nبازدید\n  امتیاز: «۷» became «۸»\n\nNo letter must be signed again.\n"
    )


def test_one_or_two_revisions_can_be_named(run: Run, place: Workplace) -> None:
    issue(place, 1)
    correct(place)
    issue(place, 2)
    correct(place, "count: 15", "count: 16")
    cell = "    ردیف ۱ («صدور گواهی»)، ستون «تعداد»: "
    assert cell + "«۱۲» became «۱۶» (page 4)" in run(1).output.splitlines()
    assert cell + "«۱۲» became «۱۵» (page 4)" in run(1, 2).output.splitlines()
    assert cell + "«۱۵» became «۱۲» (page 4)" in run(2, 1).output.splitlines()


def test_a_revision_that_is_not_there(run: Run, place: Workplace) -> None:
    issue(place, 1)
    error = run(3, ends=ExitCode.USAGE).exception
    assert isinstance(error, AssemblerError)
    assert error.problems[0].code == "diff-no-revision"


def test_another_folder_can_be_held_against_a_case(run: Run, place: Workplace) -> None:
    other = place.folder / "other"
    shutil.copytree(place.case, other)
    correct(place)
    assert "«۱۵» became «۱۲»" in run("--with", other).output


def test_cases_of_different_reports_are_not_compared(run: Run, place: Workplace) -> None:
    other = place.folder / "other"
    shutil.copytree(place.case, other)
    (place.specs / "demo" / "more.yaml").write_text(SIGNED.replace("report: demo", "report: more", 1), encoding="utf-8")
    (other / "case.yaml").write_text(CASE.replace("demo", "more"), encoding="utf-8")
    error = run("--with", other, ends=ExitCode.USAGE).exception
    assert isinstance(error, AssemblerError)
    assert error.problems[0].code == "diff-other-report"


@pytest.mark.parametrize("wrong", [(1, 2, 3), (1, "--with", "."), ("--sheet", "a.txt")])
def test_wrong_calls(run: Run, place: Workplace, wrong: tuple[object, ...]) -> None:
    run(*wrong, ends=ExitCode.USAGE)


def test_the_case_before_is_found_from_a_revision(run: Run, place: Workplace) -> None:
    """``previous: ../before`` is written for the case, not for the folder its revision stands in."""
    before = place.folder / "cases" / "before"
    shutil.copytree(place.case, before)
    write_case(place.folder, CASE + "previous: ../before\n")
    form = (place.specs / "demo" / "visit.yaml").read_text(encoding="utf-8")
    earlier = "  - {name: earlier, type: calculate, label: پیشین, calculation: previous('demo/visit').score}\n"
    (place.specs / "demo" / "visit.yaml").write_text(form + earlier, encoding="utf-8")
    assert read(place.case, place.settings).forms["demo/visit"].items["earlier"].value == 7
    issue(place, 1)
    assert run().output == f"From revision 1 to {place.case}\nNothing changed.\n"


def test_a_case_with_errors_says_that_blanks_may_be_unread(run: Run, place: Workplace) -> None:
    issue(place, 1)
    correct(place, "score: 7", "score: بسیار")
    lines = run().output.splitlines()
    assert lines[1] == f"{place.case} has errors (1); what cannot be read counts as blank."
    assert "  امتیاز: «۷» became blank" in lines


# ---------------------------------------------------------------- what is told


def test_what_is_touched_and_who_signs_again(run: Run, place: Workplace) -> None:
    issue(place, 1)
    correct(place)
    lines = run().output.splitlines()
    assert lines[lines.index("These parts come out otherwise:") + 1] == "  گزارش [report]: changed"
    assert lines[lines.index("What changed in them:") + 1] == "  جدول شماره ۱- خدمات: changed (page 4)"
    assert lines[lines.index("These letters must be signed again:") + 1] == (
        "  نامه همراه [cover-letter]: الف. نمونه — رئیس اداره (its annexes changed)"
    )


def test_the_number_of_the_letter_alone_needs_no_signature(run: Run, place: Workplace) -> None:
    issue(place, 1)
    write_case(place.folder, CASE + "number: ۱۲۳\n")
    assert run().output.splitlines()[-1] == "No letter must be signed again."


def test_other_spelling_is_no_change(run: Run, place: Workplace) -> None:
    issue(place, 1)
    correct(place, "صدور گواهی", "صدور گواهي")
    correct(place, "count: 12", "count: ۱۲")
    assert run().output.splitlines()[-1] == "Nothing changed."


def test_in_persian(run: Run, place: Workplace) -> None:
    issue(place, 1)
    correct(place)
    write_answers(
        place.folder, (place.case / "answers" / "visit.yaml").read_text(encoding="utf-8") + "  - {name: تازه}\n"
    )
    result = CliRunner().invoke(cli, ["--lang", "fa", "diff", str(place.case), *place.options])
    assert "    ردیف ۱ («صدور گواهی»)، ستون «تعداد»: از «۱۲» به «۱۵» (صفحه ۴)" in result.output
    assert "    ردیف ۳ («تازه»): ردیف افزوده شد: نام خدمت: تازه (صفحه ۴)" in result.output
    assert "این بخش‌ها تغییر کرده‌اند:" in result.output
    assert "این نامه‌ها دوباره امضا می‌خواهند:" in result.output
    messages.choose("en")


def test_json(run: Run, place: Workplace) -> None:
    issue(place, 1)
    correct(place)
    told: dict[str, Any] = json.loads(run("--json").output)
    assert list(told) == ["before", "after", "changes", "blocks", "parts", "letters", "signatures"]
    assert (told["before"]["revision"], told["after"]["revision"]) == (1, None)
    (change,) = told["changes"]
    assert {name: change[name] for name in ("form", "item", "row", "column", "old", "new", "kind", "what", "page")} == {
        "form": "demo/visit", "item": "services", "row": 1, "column": "count", "old": "۱۲", "new": "۱۵",
        "kind": "entered", "what": "changed", "page": 4,
    }  # fmt: skip
    assert told["signatures"][0]["because"] == "annexes"


# ---------------------------------------------------------------- the sheet


def test_the_sheet_in_word(run: Run, place: Workplace, tmp_path: Path) -> None:
    issue(place, 1)
    correct(place)
    file = tmp_path / "اصلاحات.docx"
    run("--sheet", file)
    document = Document(str(file))
    assert next(paragraph.text for paragraph in document.paragraphs if paragraph.text) == CORRECTIONS_TITLE
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[0] == ["ردیف", "محل", "پیش از اصلاح", "پس از اصلاح", "صفحه"]
    assert rows[2] == ["۱", "خدمات، ردیف ۱ («صدور گواهی»)، ستون «تعداد»", "۱۲", "۱۵", "۴"]
    assert len(document.tables) == 1  # who signs again is no matter of the recipient's
    assert_valid(file)


def test_the_sheet_for_an_amended_issue(place: Workplace) -> None:
    revision = issue(place, 1)
    write_case(place.folder, CASE + "number: ۱۲۳\n")
    correct(place)
    part = sheet_since(
        read(place.case, place.settings), revision, library(place.settings), subject="پیرو", besides={"case.number"}
    )
    (answers,) = (block for block in part.blocks if isinstance(block, GridBlock) and block.anchor == "corrections")
    assert len(answers.body) == 2  # the form, and the corrected cell


HIDDEN = """\
  - {name: total, type: integer, label: مجموع, appearance: hidden, calculation: "total(services, 'count')"}
  - {name: half, type: decimal, label: نیمه, appearance: hidden, calculation: total / 2}
"""


def test_the_sheet_says_a_sum_once_and_the_list_of_changes_all(place: Workplace) -> None:
    """A hidden sum that a table shows is no correction of its own; one that only a sentence shows is."""
    footer = "    footer: [{label: جمع, cells: {count: \"total(services, 'count')\"}}]\n"
    write_form(place.folder, FORM + footer + HIDDEN)
    revision = issue(place, 1)
    correct(place)
    found = compare_folders(place.case / "revisions" / "001" / "case", place.case, place.settings)
    assert {change.item for change in found.changes} == {"services", "total", "half"}
    part = sheet_since(read(place.case, place.settings), revision, library(place.settings), subject="", besides=())
    (answers,) = (block for block in part.blocks if isinstance(block, GridBlock))
    places = [plain(row[1].lines[0]) for row in answers.body[1:]]
    assert places == ["خدمات، ردیف ۱ («صدور گواهی»)، ستون «تعداد»", "خدمات، «جمع»، ستون «تعداد»", "نیمه"]


def long_change(text: str) -> Change:
    return Change("demo/visit", "title", None, "", "عنوان", "متن " * 25_000, text, "entered", title="بازدید")


def test_a_sheet_of_long_texts_stands_on_few_pages(place: Workplace, tmp_path: Path) -> None:
    """Cells are as high as a part of a page, whatever stood in the answers."""
    if choose(place.settings).office is None:
        pytest.skip("LibreOffice is not installed")
    changes = [long_change("ب" * 100_000), long_change("خط\n" * 30_000), long_change("متن " * 25_000 + "تمام")]
    part = corrections_part(changes, Touched())
    file = tmp_path / "sheet.pdf"
    write_part_alone(part, file, place.settings, title="گزارش", author="اداره")
    reader = PdfReader(file)
    assert 1 <= len(reader.pages) <= 3
    assert reader.metadata is not None
    assert reader.metadata.title == f"{CORRECTIONS_TITLE}: گزارش"


def test_equal_folders_have_an_empty_sheet(place: Workplace, tmp_path: Path) -> None:
    other = tmp_path / "same"
    shutil.copytree(place.case, other)
    found = compare_folders(place.case, other, place.settings)
    file = tmp_path / "sheet.docx"
    write_part_alone(corrections_part(found.changes, found.touched), file, place.settings, title="", author="")
    assert any("تغییر نکرده" in paragraph.text for paragraph in Document(str(file)).paragraphs)

"""The whole order of the stages on a small case: refusals, drafts, faults, and what is left behind."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from PIL import Image
from pypdf import PdfReader

from assembler.actions.build import build
from assembler.actions.template import check_templates
from assembler.assembly import engine
from assembler.assembly import publish as publishing
from assembler.base.persian import persian_digits
from assembler.base.problems import AssemblerError, ExitCode
from assembler.base.settings import Settings
from assembler.pipeline import read
from tests.conftest import REPORT, Workplace, write_answers, write_form, write_report

BROKEN_ANSWERS = "form: demo/visit\ntitle: بازدید\nscore: ۱۱\nservices:\n  - {name: الف, count: سه}\n"

ATTACHING_FORM = """\
form: demo/papers
title: مستندات
source: {document: demo}
items:
  - {name: paper, type: file, label: سند}
  - {name: photo, type: image, label: عکس}
"""
ATTACHING_REPORT = (
    REPORT
    + """\
      - {figure: demo/papers.photo, caption: عکس}
  - evidence: papers
    title: مستندات
    files: [demo/papers.paper]
"""
)


def refusal(workplace: Workplace, **changes: object) -> AssemblerError:
    with pytest.raises(AssemblerError) as caught:
        build(workplace.case, workplace.out, replace(workplace.settings, **changes))  # type: ignore[arg-type]
    return caught.value


def codes(error: AssemblerError) -> list[str]:
    return [found.code for found in error.problems]


def fake_soffice(folder: Path, script: str) -> Path:
    """An engine that fails on purpose."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


def test_all_problems_of_a_case_come_at_once(workplace: Workplace) -> None:
    write_answers(workplace.folder, BROKEN_ANSWERS)
    found = read(workplace.case, workplace.settings).problems
    assert [(one.code, one.place.item, one.place.row, one.place.column) for one in found] == [
        ("constraint", "score", None, None),
        ("not-a-number", "services", 1, "count"),
    ]
    assert all(one.place.file and one.place.line for one in found)


def test_errors_stop_a_build_and_leave_what_stood_there(workplace: Workplace) -> None:
    built = build(workplace.case, workplace.out, workplace.settings)
    before = built.pdf.read_bytes()
    write_answers(workplace.folder, BROKEN_ANSWERS)
    error = refusal(workplace)
    assert error.exit_code is ExitCode.ANSWERS
    assert built.pdf.read_bytes() == before


def test_a_draft_builds_despite_errors_and_shows_them_in_front(workplace: Workplace) -> None:
    write_answers(workplace.folder, BROKEN_ANSWERS)
    built = build(workplace.case, workplace.out, replace(workplace.settings, draft=True))
    assert built.receipt.draft
    assert built.receipt.parts[0].kind == "problems"
    sheet = Document(str(workplace.out / built.receipt.parts[0].docx))
    cells = {cell.text for table in sheet.tables for row in table.rows for cell in row.cells}
    assert any("امتیاز از ۱۰ بیشتر است." in cell.splitlines() for cell in cells)
    page = persian_digits(str(built.receipt.item_pages["demo/visit.services"]))
    assert any(cell.startswith(f"خدمات، ردیف ۱ («الف»)، ستون «تعداد»، جدول از صفحه {page}") for cell in cells)


def test_without_libreoffice_auto_makes_a_stamped_draft(workplace: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSEMBLER_SOFFICE", "/nonexistent/soffice")
    built = build(workplace.case, workplace.out, workplace.settings)
    assert built.receipt.draft
    assert built.receipt.engine["name"] == "draft"
    assert [found.code for found in built.problems] == ["engine-draft"]
    assert len(PdfReader(built.pdf).pages) == built.receipt.pages


def test_installing_libreoffice_replaces_the_draft(workplace: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSEMBLER_SOFFICE", "/nonexistent/soffice")
    build(workplace.case, workplace.out, workplace.settings)
    monkeypatch.delenv("ASSEMBLER_SOFFICE")
    again = build(workplace.case, workplace.out, workplace.settings)
    assert not again.receipt.draft
    assert again.made_now == ("report",)


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("exit 0", "engine-failed"),
        ("kill -9 $$", "engine-failed"),
        ("sleep 60", "engine-timeout"),
    ],
)
def test_a_failing_engine_is_told_and_leaves_nothing(
    workplace: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, code: str
) -> None:
    program = fake_soffice(tmp_path, script)
    office = engine.probe()
    assert office is not None
    monkeypatch.setattr(engine, "probe", lambda: replace(office, path=program))
    error = refusal(workplace, timeout=1.0)
    assert error.exit_code is ExitCode.ENGINE
    assert set(codes(error)) == {code}
    assert not list(workplace.out.glob("*.pdf"))
    assert not list(workplace.out.glob(".work-*"))


def test_a_full_disk_is_told_and_leaves_what_stood_there(workplace: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    built = build(workplace.case, workplace.out, workplace.settings)
    before = built.pdf.read_bytes()
    write_answers(workplace.folder, "form: demo/visit\ntitle: دیگر\nservices: [{name: الف}]\n")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", str(workplace.out))

    monkeypatch.setattr(publishing.shutil, "copyfile", full)
    error = refusal(workplace)
    assert error.exit_code is ExitCode.OUTPUT
    assert codes(error) == ["output-unwritable"]
    assert built.pdf.read_bytes() == before
    assert not list(workplace.out.glob(".work-*"))


def test_an_output_that_is_a_file_is_told(workplace: Workplace) -> None:
    workplace.out.write_text("", encoding="utf-8")
    assert refusal(workplace).exit_code is ExitCode.OUTPUT


HOSTILE = "<w:p/> & {{ 7*7 }} {% raw %} ]]> [[no-such-table]] &amp; \\ %s ${x} ‌نیم‌فاصله‌ ١٢"


def test_hostile_values_print_as_they_are(workplace: Workplace) -> None:
    write_answers(workplace.folder, f"form: demo/visit\ntitle: '{HOSTILE}'\nservices:\n  - {{name: '{HOSTILE}'}}\n")
    built = build(workplace.case, workplace.out, workplace.settings)
    document = Document(str(workplace.out / built.receipt.parts[0].docx))
    cell = next(cell.text for row in document.tables[0].rows for cell in row.cells if "raw" in cell.text)
    printed = "".join(letter for letter in cell if letter not in "\u200e\u200f")
    assert printed == HOSTILE.replace("‌نیم‌فاصله‌", "‌نیم‌فاصله‌").replace("١٢", "۱۲")


def test_attachments_are_opened_by_the_check(workplace: Workplace) -> None:
    write_form(workplace.folder, ATTACHING_FORM, "papers")
    write_report(workplace.folder, ATTACHING_REPORT)
    attachments = workplace.case / "attachments"
    (attachments / "paper.pdf").write_bytes(b"%PDF-1.7 cut off")
    (attachments / "photo.png").write_bytes(b"")
    write_answers(workplace.folder, "form: demo/papers\npaper: paper.pdf\nphoto: photo.png\n", "papers")
    found = read(workplace.case, workplace.settings).problems
    assert {(one.code, one.place.item) for one in found} == {
        ("attachment-broken", "paper"),
        ("attachment-broken", "photo"),
    }
    assert all(one.place.line for one in found)


def test_evidence_becomes_pages_under_one_bookmark(workplace: Workplace) -> None:
    write_form(workplace.folder, ATTACHING_FORM, "papers")
    write_report(workplace.folder, ATTACHING_REPORT)
    Image.new("RGB", (400, 900), "white").save(workplace.case / "attachments" / "photo.png")
    Image.new("RGB", (900, 400), "white").save(workplace.case / "attachments" / "paper.jpg")
    write_answers(workplace.folder, "form: demo/papers\npaper: paper.jpg\nphoto: photo.png\n", "papers")
    built = build(workplace.case, workplace.out, workplace.settings)
    titles = [str(entry["/Title"]) for entry in PdfReader(built.pdf).outline if not isinstance(entry, list)]
    assert titles == ["گزارش", "مستندات"]
    assert built.receipt.parts[-1].kind == "evidence"


def test_the_shipped_templates_agree_with_the_shipped_reports() -> None:
    root = Path(__file__).resolve().parent.parent
    assert check_templates(Settings(root / "form_specs", root / "letter_templates")) == ()


def test_a_cache_that_was_thrown_away_is_made_again(workplace: Workplace) -> None:
    built = build(workplace.case, workplace.out, workplace.settings)
    before = built.pdf.read_bytes()
    for path in (workplace.out / ".assembler").iterdir():
        path.unlink()
    built.pdf.unlink()
    again = build(workplace.case, workplace.out, workplace.settings)
    assert again.made_now == ("report",)
    assert again.pdf.read_bytes() == before


def test_files_no_answer_names_are_told_once(workplace: Workplace) -> None:
    for name in ("b.pdf", "a.jpg", ".hidden", "Thumbs.db", "sub/c.txt"):
        path = workplace.case / "attachments" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    found = [each for each in read(workplace.case, workplace.settings).problems if each.code == "attachments-unnamed"]
    assert [(each.arguments["count"], each.arguments["names"]) for each in found] == [(3, "a.jpg، b.pdf، sub/c.txt")]

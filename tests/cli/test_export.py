"""``assembler export``, ``import``, ``hand-out`` and ``collect``: what they tell, and how they leave."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from assembler.base.problems import ExitCode
from tests.cli.conftest import Run
from tests.cli.terminals import Terminal
from tests.collect.workbook.office import Office, answer, sheet_of
from tests.conftest import Workplace, write_case

UNITS = "حراست: [case, demo/visit.title, demo/visit.services]\nفناوری: [demo/visit.score]\n"


@pytest.fixture
def office(workplace: Workplace) -> Office:
    return Office(workplace)


def edit(path: Path, item: str, value: Any) -> str:
    book = openpyxl.load_workbook(path)
    cell = answer(sheet_of(book), item)
    cell.value = value
    book.save(path)
    return str(cell.coordinate)


def test_out_and_back(office: Office, tmp_path: Path, run: Run) -> None:
    path, case, options = tmp_path / "a.xlsx", office.workplace.case, office.workplace.options
    done = run("export", case, path, *options)
    assert (done.code, "Sheets to fill in: 2" in done.out) == (ExitCode.OK, True)
    assert "Nothing was changed since the export" in run("import", case, path, *options).out
    cell = edit(path, "score", 9)
    before = office.text
    dry = run("import", case, path, "--dry-run", *options)
    assert f"[demo/visit]\n  بازدید!{cell}  امتیاز: ۷ → ۹" in dry.out
    assert "Changes: 1, conflicts: 0" in dry.out
    assert office.text == before
    assert run("import", case, path, *options).code == ExitCode.OK
    assert office.text == before.replace("score: ۷", "score: 9")


def test_each_file_is_told_and_a_renamed_case_is_asked_for(office: Office, tmp_path: Path, run: Run) -> None:
    path, case, options = tmp_path / "a.xlsx", office.workplace.case, office.workplace.options
    run("export", case, path, *options)
    edit(path, "score", 9)
    write_case(office.workplace.folder, "report: demo\nagency: اداره دیگر\n")
    other = case.rename(case.with_name("other"))
    refused = run("import", other, path, *options)  # nobody sits there to be asked
    assert (refused.code, "[workbook-other-case]" in refused.out) == (ExitCode.ANSWERS, True)
    for typed, code in (("خیر", ExitCode.ANSWERS), ("بله", ExitCode.OK)):
        terminal = Terminal(["--lang", "fa", "import", str(other), str(path), *options])
        terminal.until("آیا همین پرونده با نام تازه است؟")
        terminal.type(f"{typed}\r")
        assert terminal.end() == code
    assert "a.xlsx: کارپوشه همه پرونده، بیرون‌داده در " in terminal.seen
    assert "score: 9" in (other / "answers" / "visit.yaml").read_text(encoding="utf-8")


def test_errors_keep_everything_out_unless_asked(office: Office, tmp_path: Path, run: Run) -> None:
    path, case, options = tmp_path / "a.xlsx", office.workplace.case, office.workplace.options
    run("export", case, path, *options)
    edit(path, "score", "چند")
    edit(path, "share", 50)
    before = office.text
    done = run("import", case, path, *options)
    assert (done.code, office.text) == (ExitCode.ANSWERS, before)
    assert "error: امتیاز: «چند» is not a number (امتیاز).  [not-a-number demo/visit.score] " in done.out
    assert "Nothing was written.\nWith --with-errors all else is written that could be read.\n" in done.out
    assert run("import", case, path, "--with-errors", *options).code == ExitCode.ANSWERS
    assert office.text == before.replace("share: 45", "share: '50'")


def test_what_is_typed_where_nothing_is_asked_is_taken_and_told(office: Office, tmp_path: Path, run: Run) -> None:
    path, case, options = tmp_path / "a.xlsx", office.workplace.case, office.workplace.options
    run("export", case, path, *options)
    edit(path, "why", "چون")
    done = run("import", case, path, *options)
    assert (done.code, "[answer-contradicts demo/visit.why]" in done.out) == (ExitCode.OK, True)
    assert "why: چون" in office.text


def test_conflicts_are_settled_by_prefer(office: Office, tmp_path: Path, run: Run) -> None:
    case, options = office.workplace.case, office.workplace.options
    paths = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    for value, path in enumerate(paths, start=1):
        run("export", case, path, *options)
        edit(path, "score", value)
    done = run("import", case, *paths, "--with-errors", *options)
    assert done.code == ExitCode.ANSWERS
    assert "امتیاز  [demo/visit.score]\n    at export: ۷" in done.out
    told = f"--prefer {paths[1]} everywhere, --prefer demo/visit.score={paths[1]} in one place."
    assert f"Say whose side is taken: {told}\n" in done.out
    assert "score: ۷" in office.text
    for wrong, word in (("c.xlsx", "missing"), ("visit.scor=b.xlsx", "There is no item"), ("visit.score=x", "missing")):
        refused = run("import", case, *paths, "--prefer", wrong, *options)
        assert (refused.code, word in refused.err) == (ExitCode.USAGE, True)
    dry = run("import", case, *paths, "--prefer", "visit.score=a.xlsx", "--dry-run", *options)
    assert "Changes: 1, conflicts: 0" in dry.out
    assert "۷ → ۱" in dry.out
    assert run("import", case, *paths, "--prefer", "b.xlsx", *options).code == ExitCode.OK
    assert "score: 2" in office.text


def test_only_some_forms(office: Office, tmp_path: Path, run: Run) -> None:
    case, options = office.workplace.case, office.workplace.options
    assert "Sheets to fill in: 1" in run("export", case, tmp_path / "a.xlsx", "--forms", "visit", *options).out
    assert run("export", case, tmp_path / "a.xlsx", "--forms", "nothing", *options).code == ExitCode.USAGE
    assert run("export", case, tmp_path / "a.pdf", *options).code == ExitCode.USAGE


def test_departments(office: Office, tmp_path: Path, run: Run) -> None:
    case, options, folder = office.workplace.case, office.workplace.options, tmp_path / "out"
    assert run("hand-out", case, folder, *options).code == ExitCode.USAGE
    (case / "units.yaml").write_text(UNITS, encoding="utf-8")
    done = run("hand-out", case, folder, *options)
    assert done.code == ExitCode.OK
    assert sorted(path.name for path in folder.iterdir()) == [
        "demo بقیه.xlsx",
        "demo حراست.xlsx",
        "demo فناوری.xlsx",
        "فهرست.csv",
    ]
    assert run("hand-out", case, folder, *options).code == ExitCode.OUTPUT
    guarded = sheet_of(openpyxl.load_workbook(folder / "demo فناوری.xlsx"))
    assert answer(guarded, "score").value == 7
    edit(folder / "demo فناوری.xlsx", "score", 8)
    (folder / "demo بقیه.xlsx").unlink()
    done = run("collect", case, folder, *options)
    assert done.code == ExitCode.OK
    assert "فناوری: sent back\n" in done.out
    assert "حراست: sent back without a change" in done.out
    assert "بقیه: nothing came back" in done.out
    assert "Units still to be waited for: 2" in done.out
    assert "score: 8" in office.text


def test_one_unit(office: Office, tmp_path: Path, run: Run) -> None:
    case, options = office.workplace.case, office.workplace.options
    (case / "units.yaml").write_text(UNITS, encoding="utf-8")
    assert run("export", case, tmp_path / "a.xlsx", "--unit", "فناوري", *options).code == ExitCode.OK
    assert run("export", case, tmp_path / "a.xlsx", "--unit", "مالی", *options).code == ExitCode.USAGE


def test_a_table_of_two_thousand_rows(office: Office, tmp_path: Path, run: Run) -> None:
    case, options = office.workplace.case, office.workplace.options
    rows = "\n".join(f"  - {{name: خدمت {number}, count: {number}, mode: site}}" for number in range(2_000))
    answers = case / "answers" / "visit.yaml"
    answers.write_text(f"form: demo/visit\ntitle: بازدید\nservices:\n{rows}\n", encoding="utf-8")
    before = answers.read_bytes()
    assert run("export", case, tmp_path / "a.xlsx", *options).code == ExitCode.OK
    assert run("import", case, tmp_path / "a.xlsx", *options).code == ExitCode.OK
    assert answers.read_bytes() == before

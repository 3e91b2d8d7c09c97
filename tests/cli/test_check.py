"""``assembler check``: problems as lines and as JSON, in either language."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
from docx import Document

from assembler.base.persian import persian_digits
from assembler.base.problems import ExitCode
from tests.cli.conftest import Run
from tests.conftest import (
    ANSWERS,
    CASE,
    FORM,
    REPORT,
    REPOSITORY,
    Workplace,
    write_answers,
    write_case,
    write_form,
    write_report,
)

KEYS = {"code", "severity", "file", "line", "form", "item", "row", "column", "message", "hint"}
# A missing title, a number that is none in the second row, a row without its name.
WRONG = """\
form: demo/visit
score: 11
services:
  - {name: صدور گواهی, count: 12}
  - {name: پاسخ به شکایت, count: سه}
  - {count: 4}
unknown: x
"""
# What a check of a case without attachments has no use for.
UNUSED = (
    "PIL", "docx", "docxtpl", "fontTools", "fpdf", "importlib.metadata", "lxml", "matplotlib", "pikepdf", "pypdf",
    "pypdfium2", "urllib.request",
    "assembler.assembly.build", "assembler.assembly.parts", "assembler.cases", "assembler.pdf.libreoffice",
    "assembler.views.due", "assembler.views.status",
)  # fmt: skip
CODES = {"required", "constraint", "not-a-number", "unknown-answer"}


@pytest.fixture
def wrong(workplace: Workplace) -> Workplace:
    write_answers(workplace.folder, WRONG)
    return workplace


def test_a_sound_case_is_an_empty_list(run: Run, workplace: Workplace) -> None:
    outcome = run("check", workplace.case, "--json", *workplace.options)
    assert (outcome.code, outcome.json) == (0, [])


def test_a_character_no_font_has_is_named_at_its_answer(run: Run, workplace: Workplace) -> None:
    write_answers(workplace.folder, ANSWERS.replace("title: ", "title: 中☃𐎠", 1))
    (found,) = run("check", workplace.case, "--json", *workplace.options).json
    assert (found["code"], found["form"], found["item"]) == ("no-glyph", "demo/visit", "title")
    assert "中 (U+4E2D)" in found["message"]


def test_nothing_that_builds_is_loaded(workplace: Workplace) -> None:
    probe = (
        "import sys\nfrom assembler.cli import main\n"
        f"sys.argv = ['assembler', 'check', {str(workplace.case)!r}, *{workplace.options!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print('LOADED', *sorted(set({UNUSED!r}) & set(sys.modules)))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", probe]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.stdout.splitlines()[-1] == "LOADED", done.stdout + done.stderr


def test_all_problems_come_at_once(run: Run, wrong: Workplace) -> None:
    found = run("check", wrong.case, "--json", *wrong.options).json
    assert {one["code"] for one in found} == CODES
    assert len(found) == 5


def test_a_problem_has_exactly_ten_keys(run: Run, wrong: Workplace) -> None:
    for one in run("check", wrong.case, "--json", *wrong.options).json:
        assert set(one) == KEYS
        assert one["severity"] in ("error", "warning", "information")
        assert one["message"]


def test_rows_and_lines_count_from_1(run: Run, wrong: Workplace) -> None:
    found = run("check", wrong.case, "--json", *wrong.options).json
    number = next(one for one in found if one["code"] == "not-a-number")
    assert (number["line"], number["form"], number["item"]) == (5, "demo/visit", "services")
    assert (number["row"], number["column"]) == (2, "count")
    assert number["file"].endswith("answers/visit.yaml")
    nameless = next(one for one in found if one["code"] == "required" and one["column"])
    assert (nameless["row"], nameless["column"]) == (3, "name")


def test_problems_come_in_the_order_of_lines(run: Run, wrong: Workplace) -> None:
    lines = [one["line"] or 0 for one in run("check", wrong.case, "--json", *wrong.options).json]
    assert lines == sorted(lines)


def test_the_language_changes_the_messages_only(run: Run, wrong: Workplace) -> None:
    english = run("--lang", "en", "check", wrong.case, "--json", *wrong.options).json
    persian = run("--lang", "fa", "check", wrong.case, "--json", *wrong.options).json
    spoken = ("message", "hint")
    fixed = [[{key: one[key] for key in KEYS - set(spoken)} for one in found] for found in (english, persian)]
    assert fixed[0] == fixed[1]
    own = "constraint"  # the specification's message, in the specification's language
    changed = [(one, other) for one, other in zip(english, persian, strict=True) if one["code"] != own]
    assert all(one[key] != other[key] for one, other in changed for key in spoken)


def test_lines_in_persian(run: Run, wrong: Workplace) -> None:
    outcome = run("--lang", "fa", "check", wrong.case, *wrong.options)
    assert outcome.code == 3
    line = next(line for line in outcome.out.splitlines() if "[not-a-number demo/visit.services:2.count]" in line)
    assert line.startswith("خطا: خدمات، ردیف ۲ («پاسخ به شکایت»)، ستون «تعداد»: «سه» عدد نیست")
    assert line.endswith("visit.yaml:5")
    assert "    ↳ عددی با رقم‌های فارسی یا لاتین بنویسید." in outcome.out
    assert "خطا" in outcome.out.splitlines()[-1]


def test_lines_in_english(run: Run, wrong: Workplace) -> None:
    outcome = run("check", wrong.case, *wrong.options)
    where = "error: خدمات، row 2 («پاسخ به شکایت»)، column «تعداد»: "
    assert where + "«سه» is not a number (تعداد).  [not-a-number demo/visit.services:2.count] " in outcome.out
    assert "Errors: 5" in outcome.out.splitlines()[-1]


def test_json_holds_the_problems_of_specifications_too(run: Run, workplace: Workplace) -> None:
    (workplace.specs / "demo" / "visit.yaml").write_text("form: demo/visit\n", encoding="utf-8")
    outcome = run("check", workplace.case, "--json", *workplace.options)
    assert outcome.code == 4
    assert {one["code"] for one in outcome.json} >= {"missing-key"}


def test_persian_digits_are_numbers(run: Run, workplace: Workplace) -> None:
    write_answers(workplace.folder, ANSWERS.replace("score: 7", "score: ۱۱"))
    (found,) = run("check", workplace.case, "--json", *workplace.options).json
    assert (found["code"], found["message"]) == ("constraint", "امتیاز از ۱۰ بیشتر است.")


def test_nothing_is_written(run: Run, workplace: Workplace) -> None:
    before = sorted(workplace.folder.rglob("*"))
    run("check", workplace.case, *workplace.options)
    assert sorted(workplace.folder.rglob("*")) == before


RULE = """\
rules:
  - {kind: expression, item: services, test: count(services) == 1, message: ردیف‌ها بیش از یکی است.}
"""


def test_the_page_reads_numbers_as_the_report_does(run: Run, workplace: Workplace) -> None:
    write_form(workplace.folder, FORM.replace("از ۱۰ بیشتر است", "از 10 بیشتر است، تلفن 021-88881234، ISO 9001"))
    write_answers(workplace.folder, ANSWERS.replace("score: 7", "score: 11"))
    html = workplace.folder / "findings.html"
    run("check", workplace.case, "--html", html, *workplace.options)
    assert "از ۱۰ بیشتر است، تلفن ۰۲۱\u200e-۸۸۸۸۱۲۳۴\u200f، ISO 9001" in html.read_text(encoding="utf-8")


def test_lines_and_page_tell_the_printed_page_of_a_fresh_build(run: Run, workplace: Workplace) -> None:
    write_form(workplace.folder, FORM + RULE)
    html = workplace.folder / "findings.html"
    assert "(page" not in run("check", workplace.case, "--html", html, *workplace.options).out
    assert "صفحه" not in html.read_text(encoding="utf-8")
    assert run("build", workplace.case, *workplace.options).code == 0
    receipt = json.loads((workplace.out / "receipt.json").read_text(encoding="utf-8"))
    page = receipt["item_pages"]["demo/visit.services"]
    assert f"(page {page})" in run("check", workplace.case, *workplace.options).out
    run("check", workplace.case, "--html", html, *workplace.options)
    told = f"جدول از صفحه {persian_digits(str(page))}"
    (link,) = re.findall(rf'<a href="([^"]+)#page={page}">{told}</a>', html.read_text(encoding="utf-8"))
    assert (html.parent / unquote(link)).resolve() == (workplace.out / receipt["pdf"]).resolve()
    write_answers(workplace.folder, ANSWERS.replace("score: 7", "score: 8"))
    run("check", workplace.case, "--html", html, *workplace.options)
    assert "صفحه" not in html.read_text(encoding="utf-8")


def test_the_sheet_of_a_draft_tells_the_printed_page(run: Run, workplace: Workplace) -> None:
    write_form(workplace.folder, FORM + RULE)
    assert run("build", workplace.case, "--draft", *workplace.options).code == 0
    receipt = json.loads((workplace.out / "receipt.json").read_text(encoding="utf-8"))
    page = persian_digits(str(receipt["item_pages"]["demo/visit.services"]))
    tables = Document(str(workplace.out / "parts" / "problems.docx")).tables
    assert any(f"صفحه {page}\n" in cell.text for table in tables for cell in table._cells)
    again = run("build", workplace.case, "--draft", *workplace.options)
    assert "Nothing changed" in again.out


LETTER = REPORT.replace(
    "parts:\n",
    """\
  - {name: addressee, type: text, label: گیرنده}
signers: [{key: head, name: احمدی, post: رئیس}]
parts:
  - letter: cover-letter
    title: نامه ارسال
    template: letterhead
    signer: head
    fields:
      addressee: "{{ case.addressee }}"
      subject: ارسال گزارش
    content: [{paragraph: گزارش ارسال می‌شود.}]
""",
)
MISSPELT = LETTER.replace("addressee: ", "adressee: ")


@pytest.mark.parametrize("command", [("check",), ("build", "--engine", "draft"), ("template", "check")])
def test_a_misspelt_field_of_a_letter_is_told(run: Run, workplace: Workplace, command: tuple[str, ...]) -> None:
    write_report(workplace.folder, MISSPELT)
    case = () if command[0] == "template" else (workplace.case,)
    outcome = run("--lang", "en", *command, *case, *workplace.options)
    line = MISSPELT.splitlines().index('      adressee: "{{ case.addressee }}"') + 1
    assert outcome.code == ExitCode.SPEC
    assert f"report.yaml:{line}: " in outcome.out + outcome.err
    assert "Did you mean «addressee»?" in outcome.out + outcome.err
    assert not (workplace.out / "demo.pdf").exists()


def test_no_letter_goes_out_without_its_addressee(run: Run, workplace: Workplace) -> None:
    write_report(workplace.folder, LETTER)
    outcome = run("check", workplace.case, "--json", *workplace.options)
    assert outcome.code == ExitCode.ANSWERS
    (found,) = (one for one in outcome.json if one["severity"] == "error")
    assert (found["code"], found["form"], found["item"]) == ("letter-no-addressee", "case", "addressee")
    assert run("build", workplace.case, "--engine", "draft", *workplace.options).code == ExitCode.ANSWERS
    write_case(workplace.folder, CASE + "addressee: جناب آقای رضایی\n")
    assert run("check", workplace.case, *workplace.options).code == ExitCode.OK


@pytest.mark.parametrize(
    ("language", "severity", "says"), [("en", "error", "A part is more"), ("fa", "خطا", "جزء از کل")]
)
def test_a_code_is_explained_without_a_case(run: Run, language: str, severity: str, says: str) -> None:
    done = run("--lang", language, "check", "--explain", "part-above-whole")
    assert (done.code, done.out.split("\n")[0]) == (ExitCode.OK, f"[part-above-whole] {severity}")
    assert says in done.out
    assert run("check", "--explain", "part-above-hole").code == ExitCode.USAGE
    whence = run("--lang", language, "check", "--explain", "rule").out.split("\n")[1].partition(": ")[2]
    assert len(whence) > 20  # the sentence of a rule is the form's: it is said whose it is


def test_the_page_of_findings_leads_to_the_answers(workplace: Workplace, tmp_path: Path, run: Run) -> None:
    write_answers(workplace.folder, ANSWERS.replace("score: 7", "score: 11"))
    page = tmp_path / "elsewhere" / "page.html"
    page.parent.mkdir()
    run("check", workplace.case, "--html", page, *workplace.options)
    links = re.findall(r'<a href="([^"#]+)"><code dir="ltr">([^<]+)</code>', page.read_text(encoding="utf-8"))
    assert links
    for link, named in links:
        assert (page.parent / unquote(link)).resolve() == (workplace.case / named.split(":")[0]).resolve()

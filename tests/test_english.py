"""Reports in English: read from the left, Gregorian dates, Latin digits, all that the engine says itself too."""

from __future__ import annotations

import ast
import json
import shutil
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import click
import jdatetime
import openpyxl
import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner
from docx import Document
from docx.oxml.ns import qn

from assembler.actions.desk.desk import Desk
from assembler.actions.export import export
from assembler.actions.new import begin
from assembler.actions.registry import LetterKey, NumberPattern, give, record, start_registry
from assembler.assembly.unchanged import Built
from assembler.base.english import ENGLISH
from assembler.base.functions import printable
from assembler.base.messages import spoken
from assembler.base.periods import Period
from assembler.base.persian import format_date, format_number, format_percent, numbered, section_number
from assembler.base.scripts import has_persian, pieces_ltr, readable, with_persian_digits
from assembler.base.tongue import Tongue, printed_in, printed_words
from assembler.cli import cli
from assembler.cli.console import DATE
from assembler.cli.due import _lines
from assembler.collect.asking import kind_words
from assembler.documents.markup import paragraph, runs
from assembler.documents.package import story_parts
from assembler.documents.workflow.drawing import in_words
from assembler.model.changes import Change, Touched
from assembler.model.filled import FilledPeriod
from assembler.model.packet import GridBlock, WorkflowStep, plain
from assembler.model.row_keys import KeysInMemory
from assembler.packet.amendment import follows_line
from assembler.packet.corrections import corrections_part
from assembler.records.revisions import Revision
from assembler.views.due import PeriodCase, due_state
from assembler.web.reading import as_read
from tests.actions.desk.desks import OFFICER
from tests.building import World, codes, form_text, read_specs, report_text
from tests.built import SETTINGS, build_once

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "samples" / "vaccination-english-2025"
ENGLISH_PAPER = Tongue("en", "gregorian", "latin")
DAY = jdatetime.date(1404, 7, 9)
FORM = form_text("""\
items:
  - {name: day, type: date, label: Day}
  - {name: year, type: year, label: Year}
  - name: t
    type: table
    label: Table
    columns: [{name: a, type: text, label: Text}, {name: n, type: decimal, label: Number}]
    footer: [{label: Sum, cells: {n: "total(t, 'n')"}}]
""")
ANSWERS = "form: x/a\nday: 2025/10/01\nyear: 2025\nt: [{a: x, n: '1250.5'}]\n"
PARTS = "  - {body: body, title: Body, template: body, content: [{answers: x/a}]}\n"


@pytest.fixture(scope="module")
def built() -> Built:
    return build_once(SAMPLE)


def pages(pdf: Path) -> list[str]:
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return [str(page.get_textpage().get_text_range()) for page in document]


def test_no_persian_letter_stands_on_a_page(built: Built) -> None:
    texts = pages(built.pdf)
    said = "\n".join(texts)
    assert [line for line in said.splitlines() if has_persian(line)] == []
    assert not set("۰۱۲۳۴۵۶۷۸۹٬٫٪،؛؟").intersection(said)
    captions = ("Page 2 of", "Table 1. ", "Chart 1. ", "What is left", "Evidence 1")
    for words in (*captions, "21 October 2025", "47,600", "95.5%"):
        assert words in said, words
    assert "in 2024 a" in " ".join(said.split())  # a year that is reckoned has no thousands


def test_scores_and_diagrams_are_in_english(built: Built) -> None:
    said = " ".join("\n".join(pages(built.pdf)).split())
    for words in (
        "34 of 46 refrigerators → 73.91% → half the points → 3 of 6",
        "81 achieved of a target of 90%",
        "Staff trained 81%",
        "10 points, in indicator 1",
        "Workflow of “Temperature alarm”",
        "Percentage of what can be got",
        "Indicator one. Quality",
    ):
        assert words in said, words
    steps = [
        WorkflowStep("1", "start", "Guard", "Open"),
        WorkflowStep("2", "end", "Clerk", "Close", next=(("yes", "1"),)),
    ]
    with printed_in(ENGLISH_PAPER):
        assert in_words(steps, steps) == "Step 1 (start), Guard: Open. Step 2 (end), Clerk: Close; yes: Step 1."
    assert in_words(steps, steps).startswith("گام ۱ (شروع)، Guard: Open.")


def test_a_letter_amends_in_english() -> None:
    with printed_in(ENGLISH_PAPER):
        assert follows_line("101/25", "5 November 2025") == "Further to letter No. 101/25 of 5 November 2025"
        assert follows_line("101/25", "", "Further to letter No. 101/25") == "Further to letter No. 101/25"
        part = corrections_part([Change("f", "i", None, "", "Immunized", "1", "2", "entered", title="Form")], Touched())
    shown = [plain(line) for block in part.blocks if isinstance(block, GridBlock) for row in (*block.head, *block.body)
             for cell in row for line in cell.lines]  # fmt: skip
    assert (part.title, shown) == (
        "Sheet of corrections",
        ["No.", "Place", "Before", "After", "Form", "1", "Immunized", "1", "2"],
    )


def test_the_documents_are_read_from_the_left(built: Built) -> None:
    for file in (built.pdf.parent / "parts").glob("*.docx"):
        document = Document(str(file))
        for root in (document.styles.element, *(part.element for part in story_parts(document))):
            turned = (qn(f"w:{name}") for name in ("bidi", "bidiVisual", "rtl"))
            assert list(root.iter(*turned)) == [], file.name
        assert document.core_properties.language == "en-GB"
    with pikepdf.open(built.pdf) as pdf:
        assert (str(pdf.Root.Lang), str(pdf.Root.ViewerPreferences.Direction)) == ("en-GB", "/L2R")


def test_a_workbook_is_read_from_the_left_but_for_its_guide(tmp_path: Path) -> None:
    export(SAMPLE, tmp_path / "book.xlsx", SETTINGS, DAY)
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    turned = [bool(sheet.sheet_view.rightToLeft) for sheet in shown]
    assert turned == [True] + [False] * (len(turned) - 1)
    texts = [cell for row in shown[2].iter_rows() for cell in row if isinstance(cell.value, str) and cell.column > 1]
    assert [cell.value for cell in texts if has_persian(cell.value)] == []
    assert {cell.alignment.readingOrder for cell in texts} == {1.0}


def test_all_the_engine_says_has_its_english() -> None:
    """Words that are told where they stand; those of tables of words are found by the sample."""
    for file in (ROOT / "assembler").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "printed_words" and node.args:
                said = [each.value for each in ast.walk(node.args[0]) if isinstance(each, ast.Constant)]
                assert all(words in ENGLISH for words in said if isinstance(words, str)), (file.name, said)
    assert not [words for words in ENGLISH.values() if has_persian(words)]


# ---------------------------------------------------------------- numbers, dates, texts


def test_numbers_and_dates_are_those_of_the_paper() -> None:
    with printed_in(ENGLISH_PAPER):
        assert [format_number(-12500), format_percent(7), printable(True)] == ["\u221212,500", "7%", "Yes"]
        assert [format_date(DAY), format_date(DAY, "d/m/yy")] == ["1\u00a0October\u00a02025", "1/10/25"]
        assert [numbered("1", "Text"), section_number((2, 7)), readable("۱۲")] == ["1. Text", "2.7", "12"]
        assert Period(1404, 7, 1).label == "23\u00a0September\u00a02025 to 22\u00a0October\u00a02025"
    with printed_in(Tongue("en", "jalali", "latin")):
        assert format_date(DAY) == "9\u00a0Mehr\u00a01404"
    with printed_in(Tongue("fa", "gregorian", "persian")):
        assert format_date(DAY) == "۲۰۲۵/۱۰/۰۱"
    with printed_in(Tongue("fa", "jalali", "latin")):
        assert [with_persian_digits("سال ۱۴۰۴"), format_number(12500)] == ["سال 1404", "12,500"]
    assert [format_date(DAY), format_number(12500)] == ["۱۴۰۴/۰۷/۰۹", "۱۲٬۵۰۰"]


def test_text_of_both_scripts_is_cut() -> None:
    assert list(pieces_ltr("Name (نام خانوادگی) 12 ✓")) == [
        ("latin", "Name ("), ("persian", "نام خانوادگی"), ("latin", ") 12 "), ("sign", "✓"),
    ]  # fmt: skip
    with printed_in(ENGLISH_PAPER):
        assert "rtl" not in runs("Table 1. 12,500")
        assert "bidi" not in paragraph("BodyText", "")
        assert runs("نام").count("<w:rtl/>") == 1


# ---------------------------------------------------------------- the language


def english(folder: Path, more: str = "language: en\n", answers: str = ANSWERS) -> World:
    return World(folder, [FORM], [answers], report=report_text(parts=PARTS, more=more))


def test_dates_and_years_are_typed_in_the_calendar_of_the_report(tmp_path: Path) -> None:
    world = english(tmp_path)
    assert (world.read_problems, world.value("day"), world.value("year")) == ((), DAY, 2025)
    jalali = english(tmp_path / "2", answers="form: x/a\nday: 1404/07/09\nyear: 1404\n")
    assert (jalali.read_problems, jalali.value("day"), jalali.value("year")) == ((), DAY, 1404)
    persian = english(tmp_path / "3", more="")
    assert codes(persian.read_problems) == ["gregorian-date", "not-a-year"]


def test_what_is_no_date_is_told_in_its_calendar(tmp_path: Path) -> None:
    wrong = english(tmp_path, answers="form: x/a\nday: 2025/02/30\nyear: 2025\n")
    assert codes(wrong.read_problems) == ["not-gregorian"]
    spec = wrong.library.forms["x/a"]
    with spoken("en"):
        kinds = {item.name: kind_words(item) for item in spec.items}
    assert kinds["day"] == "a Gregorian date, such as 2021/02/24"
    assert kinds["year"] == "a year of four digits, such as 2025"


def test_a_page_in_the_browser_is_that_of_the_paper(tmp_path: Path) -> None:
    case = Path(shutil.copytree(SAMPLE, tmp_path / "case"))
    desk = Desk(case, SETTINGS, KeysInMemory())
    shown = desk.page(OFFICER, "vaccination-english/coverage")
    row = shown.item("doses").table.rows[0]
    said = {name: answer.shown or answer.typed for name, answer in row.cells.items()}
    assert (said["boys"], said["both"], said["reached"], said["since"]) == ("6,310", "12,290", "98.32%", "1984/03/21")
    fields = {each.name: each for each in shown.item("doses").table.columns}
    assert (shown.direction, fields["since"].calendar, fields["boys"].calendar) == ("ltr", "gregorian", "gregorian")
    with spoken("fa"), printed_in(ENGLISH_PAPER):
        told = as_read({"label": "Table 12,500", "message": "مقدار 5 است"})
    assert told == {"label": "Table 12,500", "message": "مقدار ۵ است"}


def test_a_form_asked_for_in_both_calendars_is_typed_in_the_jalali_one(tmp_path: Path) -> None:
    other = report_text(parts=PARTS).replace("report: r\n", "report: other\n")
    library, problems = read_specs(tmp_path, FORM, report_text(parts=PARTS, more="language: en\n"), other)
    assert problems == ()
    assert library.forms["x/a"].item("day").calendar == ""


def test_what_has_no_english_is_refused(tmp_path: Path) -> None:
    refused = "language: en\ndigits: persian\n"
    assert codes(read_specs(tmp_path, report_text(more=refused))[1]) == ["word-unfit"]
    assert codes(read_specs(tmp_path / "2", report_text(more="language: de\n"))[1]) == ["bad-value"]
    spoken = PARTS.replace("{answers: x/a}", '{paragraph: "{{ words(1) }}"}')
    assert "word-unfit" in codes(read_specs(tmp_path / "4", report_text(parts=spoken, more="language: en\n"))[1])


# ---------------------------------------------------------------- in the terminal


def run(*words: str, typed: str = "") -> str:
    return said("--specs", str(SETTINGS.specs), *words, typed=typed)


def said(*words: str, typed: str = "") -> str:
    with spoken("en"):  # what the command chooses goes no further
        told = CliRunner().invoke(cli, ["--lang", "en", *words], input=typed)
    assert told.exception is None or isinstance(told.exception, SystemExit), told.exception
    return told.output


def test_what_is_written_is_in_the_calendar_of_the_report(tmp_path: Path) -> None:
    case = Path(shutil.copytree(SAMPLE, tmp_path / "case"))
    run("set", str(case), "case.letter_date", "1404/08/14")
    run("set", str(case), "vaccination-english/coverage.doses:1.since", "2001/02/03")
    assert "letter_date: 2025/11/05" in (case / "case.yaml").read_text("utf-8")
    assert "since: 2001/02/03" in (case / "answers" / "coverage.yaml").read_text("utf-8")
    assert run("get", str(case), "vaccination-english/coverage.doses:1.since") == "2001/02/03\n"
    assert "since: 2001/02/03" in run("get", str(case), "vaccination-english/coverage.doses:1")
    begin("vaccination-english", tmp_path / "next", SETTINGS, [("year", "2026")], case).start()
    taken = "".join(file.read_text("utf-8") for file in (tmp_path / "next" / "answers").iterdir())
    assert ("since: 2001/02/03" in taken, "bought: 2021/05/30" in taken) == (True, True)


def test_a_date_on_the_command_line_is_of_either_calendar() -> None:
    given = [DATE.convert(text, None, None) for text in ("2025/10/01", "۱۴۰۴/۰۷/۰۹", "1404/7/9")]
    assert given == [DAY, DAY, DAY]
    with pytest.raises(click.BadParameter):
        DATE.convert("2025/02/30", None, None)


def test_the_state_of_a_case_says_its_days_as_the_paper_does() -> None:
    told = run("status", str(SAMPLE), "--today", "2025/11/05")
    assert "Wednesday 5\u00a0November\u00a02025" in told
    assert "21\u00a0October\u00a02025" in told
    assert "Met: 2, Not met: 0" in told


def test_values_in_a_dialogue_are_those_of_the_paper_its_words_are_not(tmp_path: Path) -> None:
    case = Path(shutil.copytree(SAMPLE, tmp_path / "case"))
    told = run("--lang", "fa", "fill", str(case), "--all", "--with-case", typed="\n\n\n")
    assert ("اکنون: 2025" in told, "پرسش ۳ از ۲۸" in told) == (True, True)


def test_what_is_due_is_told_as_the_paper_of_its_unit_does() -> None:
    sent = jdatetime.date(1404, 8, 14)
    period = FilledPeriod("Unit", Period(1404, 7, 1), 10)
    persian = PeriodCase("b", "q", period, period.due, sent)
    units = (PeriodCase("a", "r", period, period.due, sent, ENGLISH_PAPER), persian)
    with spoken("en"):
        told = [*_lines(due_state(units, (), sent))]
    days = {("5\u00a0November\u00a02025" in line, "۱۴۰۴/۰۸/۱۴" in line) for line in told if "sent on" in line}
    assert days == {(True, False), (False, True)}
    assert "23\u00a0September\u00a02025 to 22\u00a0October\u00a02025" in "".join(told)


def test_a_registry_tells_the_days_of_a_letter_as_the_letter_does(tmp_path: Path) -> None:
    number, file, pdf = "1404/1", tmp_path / "reg", tmp_path / "c" / "revisions" / "001" / "c.pdf"
    start_registry(file, NumberPattern("{year}/{serial}"), DAY)
    give(file, LetterKey("c", "letter"), DAY)
    pdf.parent.mkdir(parents=True)
    pdf.write_bytes(b"%PDF")
    record(file, number, pdf, DAY, "Subject", "To")
    frozen = Revision(1, "c", "c", "r", "", (), "c.pdf", 1, {}, written=asdict(ENGLISH_PAPER))
    assert ("۱۴۰۴/۰۷/۰۹" in said("registry", "list", str(file)), frozen.tongue) == (True, ENGLISH_PAPER)
    told = {name: value for name, value in asdict(frozen).items() if name != "folder"}
    (pdf.parent / "revision.json").write_text(json.dumps(told | {"format": 1}), "utf-8")
    for word, *more in (("list",), ("show", number), ("sent", number, "--date", "2025/10/01")):
        shown = said("registry", word, str(file), *more)
        assert ("1\u00a0October\u00a02025" in shown, "1404/1" in shown, has_persian(shown)) == (True, True, False)


def test_files_of_answers_speak_the_language_of_their_report(tmp_path: Path) -> None:
    begin("vaccination-english", tmp_path / "next", SETTINGS, [("year", "2026")], SAMPLE).start()
    files = [*(tmp_path / "next").rglob("*.yaml"), *(tmp_path / "next").rglob("*.txt")]
    told = "".join(file.read_text("utf-8") for file in files if file.name != "persons.yaml")
    assert ("a Gregorian date" in told, [line for line in told.splitlines() if has_persian(line)]) == (True, [])


def test_days_of_the_week_are_known_in_english(tmp_path: Path) -> None:
    table = "[{name: d, type: date, label: Date}, {name: w, type: text, label: Day}]"
    form = form_text(
        f"items:\n  - {{name: t, type: table, label: Table, columns: {table}}}\n"
        "rules:\n  - {kind: weekdays, item: t, date: d, column: w}\n"
    )
    rows = "[{d: 2025/10/01, w: Wednesday}, {d: 2025/10/01, w: Friday}]"
    world = World(tmp_path, [form], [f"form: x/a\nt: {rows}\n"], report=report_text(parts=PARTS, more="language: en\n"))
    assert [(found.code, found.place.row) for found in world.checked()] == [("weekday-differs", 2)]


def test_a_document_is_attached_and_a_letter_has_enclosures() -> None:
    with printed_in(ENGLISH_PAPER):
        assert (printed_words("پیوست"), printed_words("پیوست", sense="ستون")) == ("Encl.", "Attached")
    assert printed_words("پیوست", sense="ستون") == "پیوست"

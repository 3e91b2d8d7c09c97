"""``assembler scores``: agencies ranked by what they could get; what is open, unread or not reached is said."""

# ruff: noqa: E501 - whole forms stand in a line

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook

from assembler.actions.check import check
from assembler.base.catalogue.entries import Severity
from assembler.base.persian import seen
from assembler.base.problems import ExitCode
from assembler.base.settings import Settings
from assembler.model.scores import Total
from assembler.model.specs import STAGES, Stage
from assembler.views.ranking import CaseScores, Part, common_stage, rank, same_agencies
from tests.building import form_text, write_case
from tests.cli import conftest as terminal
from tests.cli.conftest import Outcome, Run
from tests.conftest import REPOSITORY

run = terminal.run  # the program in this process

COLUMNS = "[{name: no, type: text}, {name: title, type: text}, {name: cap, type: decimal}, {name: self, type: decimal}, {name: evaluator, type: decimal}, {name: final, type: decimal}, {name: comment, type: text}]"
SHEET = """\
items:
  - {{name: n, type: integer, constraint: n <= 100, constraint_message: بیش از ۱۰۰}}
  - {{name: scores, type: table, columns: {columns}}}
scores:
  number: {number}
  cap: 10{applies}
  rows:
    - {{name: first, title: یک, cap: 4, manual: true}}
    - {{name: second, title: دو, cap: 6, manual: true}}
"""
REPORT = """\
report: {name}
title: گزارش
source: {{document: d}}
choices: {{stages: [{{name: self, label: خود}}, {{name: evaluator, label: ارزیاب}}, {{name: final, label: نهایی}}]}}
case:
  - {{name: agency, type: text, label: دستگاه}}
  - {{name: county_of, type: text, label: استان}}
  - {{name: rural, type: text, label: روستایی}}
  - {{name: stage, type: select_one stages, label: مرحله}}
scores:
  total: 20
  stage: stage
  stages: {{self: خودارزیابی, evaluator: ارزیاب, final: نهایی}}
  agency: "{{{{ case.agency }}}}"
  province: "{{{{ case.county_of }}}}"
  axes:
    - {{name: one, title: محور یک, cap: 10, indicators: [x/a]}}
    - {{name: two, title: محور دو, cap: 10, indicators: [x/b]}}
parts:
  - {{body: body, title: متن, template: body}}
"""
PLAIN = "report: plain\ntitle: گزارش\nsource: {document: d}\ncase:\n  - {name: agency, type: text, label: دستگاه}\nparts:\n  - {body: body, title: متن, template: body}\n"


class World:
    """Specs of two scored forms and cases with their scores."""

    def __init__(self, folder: Path, run: Run) -> None:
        self.folder, self.cases, self._run = folder, folder / "cases", run
        self.spec("a", form_text(SHEET.format(columns=COLUMNS, number="۱/۱", applies=""), "x/a"))
        applies = "\n  applies: case.rural == 'yes'"
        self.spec("b", form_text(SHEET.format(columns=COLUMNS, number="۲/۱", applies=applies), "x/b"))
        self.spec("report", REPORT.format(name="r"))
        self.cases.mkdir()

    def spec(self, name: str, text: str) -> None:
        (self.folder / "specs").mkdir(exist_ok=True)
        (self.folder / "specs" / f"{name}.yaml").write_text(text, encoding="utf-8")

    def case(
        self, name: str, agency: str, a: str, b: str = "", stage: str = "self", more: str = "", report: str = "r"
    ) -> Path:
        """A case with the scores of both forms as cells of their rows; without any of ``b`` that form does not apply."""
        head = f"report: {report}\nagency: '{agency}'\ncounty_of: فارس\nstage: {stage}\nrural: {'yes' if b else 'no'}\n"
        forms = [f"form: x/{form}\n{more}scores:\n{rows}" for form, rows in (("a", a), ("b", b)) if rows]
        return write_case(self.cases / name, *forms, case=head)

    def __call__(self, *arguments: object, language: str = "en") -> Outcome:
        options = ("--specs", self.folder / "specs", "--templates", REPOSITORY / "letter_templates")
        return self._run("--lang", language, "scores", *(arguments or (self.cases,)), *options)

    def rows(self, *arguments: object) -> list[list[str]]:
        """The lines of the table as words."""
        lines = self(*(arguments or (self.cases,))).out.splitlines()
        start = next(at for at, line in enumerate(lines) if line.split()[:2] == ["rank", "agency"])
        return [line.split() for line in lines[start + 1 :] if line.startswith("  ")]


def given(first: object = "", second: object = "", stage: str = "self") -> str:
    """The scores of both rows in a stage."""
    rows = (f"  {name}: {{{stage}: {value}, comment: x}}\n" for name, value in (("first", first), ("second", second)))
    return "".join(rows)


@pytest.fixture
def world(tmp_path: Path, run: Run) -> World:
    return World(tmp_path, run)


# ---------------------------------------------------------------- ranks


def scores(agency: str, value: object, ceiling: int = 100, stage: Stage = "self", pending: int = 0) -> CaseScores:
    total = Total(None if value is None else Decimal(str(value)), pending, 0, Decimal(pending))
    reached = STAGES[: STAGES.index(stage) + 1]
    totals = {each: total if each in reached else Total(None) for each in STAGES}
    part = Part("", Decimal(100), Decimal(ceiling), totals)
    return CaseScores(agency, agency, "", stage, part, (part,), ((part,),))


def ranks(*cases: CaseScores, stage: Stage = "self") -> list[tuple[int | None, str]]:
    return [(each.rank, each.scores.agency) for each in rank(cases, stage).standings]


def test_equal_agencies_share_a_rank_and_the_next_is_passed_over() -> None:
    found = ranks(scores("ب", 70), scores("الف", 90), scores("ج", "70.0"), scores("د", 10))
    assert found == [(1, "الف"), (2, "ب"), (2, "ج"), (4, "د")]


def test_what_does_not_apply_costs_nothing() -> None:
    assert ranks(scores("whole", 90, 100), scores("less", 46, 50)) == [(1, "less"), (2, "whole")]


def test_thirds_that_are_equal_stay_so() -> None:
    third = Decimal(100) / 3
    assert ranks(scores("a", third + third), scores("b", 200 / Decimal(3))) == [(1, "a"), (1, "b")]


@pytest.mark.parametrize(("case", "why"), [(scores("x", 90), "stage"), (scores("x", None, 0, "evaluator"), "nothing")])
def test_without_scores_there_is_no_rank(case: CaseScores, why: str) -> None:
    found = rank([case, scores("low", 0, stage="final")], "evaluator").standings
    assert [(each.rank, each.scores.agency, each.why) for each in found] == [(1, "low", ""), (None, "x", why)]


def test_all_cases_have_reached_the_common_stage() -> None:
    assert common_stage([scores("a", 1, stage="final"), scores("b", 1, stage="evaluator")]) == "evaluator"


def test_an_agency_that_comes_twice_is_told_however_it_is_spelled() -> None:
    (found,) = same_agencies([scores("اداره‌کل", 1), scores("اداره كل".replace(" ", "\u200c"), 2), scores("دیگر", 3)])
    assert (found.code, "«اداره‌کل»" in found.message, "دیگر" in found.message) == ("scores-twice", True, False)


# ---------------------------------------------------------------- the table


def test_the_table(world: World) -> None:
    world.case("a", "سازمان بلند", given(4, 6), given(2, 3))
    world.case("b", "بی‌روستا", given(4, "5.5"))
    world.case("c", "ناتمام", given(4), given(2, 3))
    outcome = world()
    assert (outcome.code, outcome.err) == (0, "")
    assert "«خودارزیابی», the last all cases have reached" in outcome.out.splitlines()[0]
    assert world.rows() == [
        ["1", "بی‌روستا", "95.00", "9.5", "of", "10", "95", "·", "·"],
        ["2", "سازمان", "بلند", "75.00", "15", "of", "20", "100", "50", "·"],
        ["3", "ناتمام", "45.00", "9", "of", "20", "40", "50", "1", "(6)"],
    ]
    assert "1 rows of 1 cases, worth up to 6 points" in outcome.out


def test_the_table_in_persian(world: World) -> None:
    world.case("a", "شوش", given(4, 6), given("2.5", 3))
    lines = [" ".join(line.split()) for line in world(world.cases, language="fa").out.splitlines()]
    assert "۱ شوش ۷۷٫۵۰ ۱۵٫۵ از ۲۰ ۱۰۰ ۵۵ ·" in lines
    assert "۲ محور دو (۱۰)" in lines


def test_columns_stand_under_one_another_and_the_heads_come_again(world: World) -> None:
    for number in range(45):
        world.case(f"c{number:02}", f"اداره {'بلند' * (number % 3)} {number}", given(4, number % 7), given(1, 1))
    lines = world().out.splitlines()
    assert sum(line.startswith("rank") for line in lines) == 2
    rows = [line for line in lines if " of 20" in line]
    assert len(rows) == 45
    assert len({line.index(" of 20") for line in rows}) == 1


def test_a_stage_may_be_asked_for(world: World) -> None:
    world.case("early", "زود", given(4, 6), given(4, 6))
    rows = "  first: {self: 4, evaluator: 1, comment: x}\n  second: {self: 6, evaluator: 6, comment: x}\n"
    world.case("judged", "دیده", rows, rows, "evaluator")
    assert [row[0] for row in world.rows(world.cases)] == ["1", "1"]
    asked = world.rows(world.cases, "--stage", "evaluator")
    assert asked[0][:3] == ["1", "دیده", "70.00"]
    assert asked[1][:3] == ["·", "زود", "·"]
    assert asked[1][-1] == "«خودارزیابی»"


# ---------------------------------------------------------------- what is left out


def test_broken_cases_stop_nothing(world: World) -> None:
    world.case("good", "خوب", given(4, 6))
    world.case("wrong", "نادرست", given(4, 6), more="n: 101\n")
    (world.cases / "torn").mkdir()
    (world.cases / "torn" / "case.yaml").write_text("report: [\n", encoding="utf-8")
    outcome = world()
    assert outcome.code == ExitCode.ANSWERS
    left = outcome.out[outcome.out.index("Cases left out") :].splitlines()[1:]
    assert [line.split()[:2] for line in left] == [["torn", "[yaml-broken]"], ["wrong", "[constraint]"]]
    assert "left out: 2" in outcome.out
    taken = world(world.cases / "good", world.cases / "wrong", "--with-errors")
    assert (taken.code, "Cases taken with errors" in taken.out) == (0, True)


def test_cases_of_reports_without_scores_are_counted(world: World) -> None:
    world.spec("plain", PLAIN)
    world.case("good", "خوب", given(4, 6))
    write_case(world.cases / "plain", case="report: plain\nagency: x\n")
    outcome = world()
    assert outcome.code == 0
    assert "without these scores: 1" in outcome.out


def test_without_any_scores_it_is_an_error(world: World) -> None:
    world.case("wrong", "نادرست", given(4, 6), more="n: 101\n")
    outcome = world()
    assert (outcome.code, outcome.out) == (ExitCode.ANSWERS, "")
    assert "wrong  [constraint]" in outcome.err
    assert "[scores-none]" in outcome.err


def test_several_reports_must_be_told_apart(world: World) -> None:
    world.spec("other", REPORT.format(name="other"))
    world.case("one", "یک", given(4, 6))
    world.case("two", "دو", given(4, 6), report="other")
    outcome = world()
    assert (outcome.code, "[scores-several]" in outcome.err) == (ExitCode.USAGE, True)
    assert [row[1] for row in world.rows(world.cases, "--report", "other")] == ["دو"]
    unknown = world(world.cases, "--report", "rr")
    assert (unknown.code, "«rr» is no report with scores" in unknown.err) == (ExitCode.USAGE, True)


def test_an_agency_of_two_cases_is_warned_of(world: World) -> None:
    world.case("one", "اداره", given(4, 6))
    world.case("two", "اداره", given(4, 5))
    assert "«اداره» would be ranked several times; its cases: one، two" in world().out


# ---------------------------------------------------------------- for programs


def test_a_report_that_names_no_province_has_none(world: World) -> None:
    world.spec("report", REPORT.format(name="r").replace('  province: "{{ case.county_of }}"\n', ""))
    world.case("a", "شوش", given(4, 6))
    (told,) = world(world.cases, "--json").json
    assert told["province"] is None


def test_json(world: World) -> None:
    world.case("a", "شوش", given(4, "5.25"), given(2))
    world.case("wrong", "نادرست", given(4, 6), more="n: 101\n")
    outcome = world(world.cases, "--json")
    assert outcome.code == ExitCode.ANSWERS
    told, left = outcome.json
    assert {name: told[name] for name in ("rank", "agency", "province", "case", "stage", "total", "ceiling", "percent")} == {
        "rank": 1, "agency": "شوش", "province": "فارس", "case": "a", "stage": "self", "total": "11.25", "ceiling": "20", "percent": "56.25",
    }  # fmt: skip
    assert told["pending"] == {"rows": 1, "points": "6"}
    assert told["axes"]["two"] == {"score": "2", "ceiling": "10", "percent": "20"}
    assert (told["indicators"]["۱/۱"]["score"], told["problems"]) == ("9.25", [])
    assert (left["rank"], left["why"], left["case"], left["problems"][0]["code"]) == (
        None,
        "unread",
        "wrong",
        "constraint",
    )


# ---------------------------------------------------------------- the workbook


@pytest.fixture
def book(world: World) -> Callable[[], SimpleNamespace]:
    """The sheets of the workbook by name, each with all its values."""

    def made() -> SimpleNamespace:
        path = world.folder / "out" / "ranks.xlsx"
        outcome = world(world.cases, "--xlsx", path)
        found = load_workbook(path)
        values = {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in found}
        return SimpleNamespace(outcome=outcome, book=found, values=values)

    return made


def test_the_workbook(world: World, book: Callable[[], SimpleNamespace]) -> None:
    world.case("a", "الف", given(4, 6), given(2))
    world.case("b", "ب", given(4, "5.5"))
    world.case("wrong", "نادرست", given(4, 6), more="n: 101\n")
    made = book()
    assert (made.outcome.code, "ranks.xlsx" in made.outcome.out) == (ExitCode.ANSWERS, True)
    assert list(made.values) == ["رتبه‌بندی", "محورها", "شاخص‌ها", "خوانده‌نشده", "نمودار"]
    heads, first, second = made.values["رتبه‌بندی"][1:]
    assert heads[6] == "محور یک\n(سقف ۱۰)"
    assert first == [1, "ب", "فارس", 0.95, 9.5, 10, 9.5, "عدم مصداق", None, None, None, "b"]
    assert second == [2, "الف", "فارس", 0.6, 12, 20, 10, 2, 1, 6, None, "a"]
    assert made.values["محورها"][2:] == [[1, "ب", 0.95, "عدم مصداق"], [2, "الف", 1, 0.2]]
    assert made.values["شاخص‌ها"][2][2:] == ["۱/۱ عنوان\n(سقف ۱۰)", "۲/۱ عنوان\n(سقف ۱۰)"]
    assert made.values["شاخص‌ها"][3:] == [[1, "ب", 9.5, "–"], [2, "الف", 10, 2]]
    assert made.values["خوانده‌نشده"][2][1:4] == ["wrong", "کنارگذاشته", "constraint"]


def test_sheets_run_from_right_to_left_and_print_on_a4(world: World, book: Callable[[], SimpleNamespace]) -> None:
    world.case("a", "الف", given(4, 6), given(2, 2))
    made = book()
    assert "خوانده‌نشده" not in made.values
    for sheet in made.book:
        assert sheet.sheet_view.rightToLeft
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    ranks_sheet = made.book["رتبه‌بندی"]
    assert (ranks_sheet.freeze_panes, ranks_sheet.print_title_rows) == ("C3", "$1:$2")
    assert (ranks_sheet["D3"].number_format, ranks_sheet["E3"].number_format) == ("0.00%", "#,##0.00")
    assert made.book["محورها"].conditional_formatting
    assert len(made.book["نمودار"]._charts) == 1


@pytest.mark.parametrize("agency", ["=1+1", "+98", "-5", "@SUM(A1)"])
def test_a_text_stays_a_text(world: World, book: Callable[[], SimpleNamespace], agency: str) -> None:
    world.case("a", agency, given(4, 6), given(2, 2))
    for sheet in ("رتبه‌بندی", "محورها"):
        cell = book().book[sheet]["B3"]
        assert (seen(cell.value), cell.data_type) == (agency, "s")  # marks hold Latin words together


def test_a_file_of_another_kind_is_not_written_over(world: World) -> None:
    world.case("a", "الف", given(4, 6))
    notes = world.folder / "notes.txt"
    notes.write_text("mine", encoding="utf-8")
    assert world(world.cases, "--xlsx", notes).code == ExitCode.USAGE
    assert notes.read_text(encoding="utf-8") == "mine"


def test_a_workbook_that_cannot_be_written_is_told(world: World) -> None:
    world.case("a", "الف", given(4, 6))
    (world.folder / "full.xlsx").mkdir()
    (world.folder / "file").write_text("", encoding="utf-8")
    outcome = world(world.cases, "--xlsx", world.folder / "file" / "o.xlsx")
    assert (outcome.code, "[output-unwritable]" in outcome.err) == (ExitCode.OUTPUT, True)


# ---------------------------------------------------------------- what no form has to forbid


@pytest.mark.parametrize(("first", "told"), [(4, []), ("4.5", [("above-cap", 1)]), (900, [("above-cap", 1)])])
@pytest.mark.parametrize("stage", STAGES)
def test_no_score_is_above_its_cap(world: World, stage: Stage, first: object, told: list[tuple[str, int]]) -> None:
    case = world.case("c", "الف", given(first, 6, stage), stage=stage)
    judged = check(case, Settings(world.folder / "specs", REPOSITORY / "letter_templates")).judged
    assert judged is not None
    found = [
        (each.code, each.place.row, each.place.column) for each in judged.problems if each.severity is Severity.ERROR
    ]
    assert found == [(code, row, stage) for code, row in told]

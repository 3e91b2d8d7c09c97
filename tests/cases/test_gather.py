"""``assembler aggregate``: annex 3 and the six-monthly summary of many cases; what is wrong is named, nothing stops."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from assembler.answers import read_case
from assembler.base.persian import seen
from assembler.base.settings import Settings
from assembler.cases.gather.alike import alike_names
from assembler.evaluate import evaluate_case
from assembler.pipeline import library, read
from tests.building import codes, form_text, read_specs, report_text
from tests.cli import conftest as terminal
from tests.cli.conftest import Outcome, Run
from tests.documents.test_ooxml import assert_valid

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = Settings(ROOT / "form_specs", ROOT / "letter_templates")
SAMPLES = sorted((ROOT / "samples").glob("service-desk-*"))
HEADQUARTERS, PROVINCE = "سازمان خدمات سکونتگاهی نمونه", "اداره کل خدمات سکونتگاهی استان نمونه"
FORM = "service-desk/aggregate"

run = terminal.run  # the program in this process


def table(folder: Path, name: str) -> list[dict[str, object]]:
    """The rows of a gathered table as the case holds and computes them."""
    specs = library(SETTINGS)
    case, problems = read_case(folder, specs)
    assert case is not None
    assert problems == ()
    forms, failed = evaluate_case(case, specs.reports[case.report], specs)
    assert failed == ()
    return [{key: cell.value for key, cell in row.cells.items()} for row in forms[FORM].items[name].rows]


def numbers(row: dict[str, object]) -> list[object]:
    return [row[name] for name in ("total", "desk", "electronic", "combined", "units")]


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """The four samples in a folder of their own."""
    for sample in SAMPLES:
        shutil.copytree(sample, tmp_path / "cases" / sample.name, ignore=shutil.ignore_patterns("output"))
    return tmp_path / "cases"


Gather = Callable[..., Outcome]


@pytest.fixture
def gather(run: Run, cases: Path, tmp_path: Path) -> Gather:
    def gathered(*arguments: object, folders: tuple[Path, ...] = ()) -> Outcome:
        words = (*(folders or (cases,)), "--out", tmp_path / "report", "--no-build", *arguments)
        return run("--lang", "en", "aggregate", *words)

    return gathered


def changed(cases: Path, sample: str, name: str, case: dict[str, str], answers: dict[str, str] | None = None) -> Path:
    """A copy of a sample with texts of its files replaced, each in one place at least."""
    folder = cases / name
    shutil.copytree(cases / sample, folder)
    for path, pairs in ((folder / "case.yaml", case), (folder / "answers" / "1.yaml", answers or {})):
        text = path.read_text(encoding="utf-8")
        for old, new in pairs.items():
            assert old in text
            text = text.replace(old, new, 1)
        path.write_text(text, encoding="utf-8")
    return folder


# ---------------------------------------------------------------- the samples


def test_annex_3_holds_the_last_period_one_row_an_agency(gather: Gather, tmp_path: Path) -> None:
    assert gather().code == 0
    (own,) = table(tmp_path / "report", "table_2")
    assert (own["agency"], own["parent"], numbers(own)) == (HEADQUARTERS, "وزارت سکونتگاه‌های نمونه", [18, 3, 9, 5, 1])
    (province,) = table(tmp_path / "report", "table_1")
    assert (province["province"], province["agency"], numbers(province)) == ("نمونه", PROVINCE, [15, 4, 6, 3, 2])


def test_the_rows_are_those_of_the_cases(gather: Gather, tmp_path: Path) -> None:
    gather()
    filled = read(ROOT / "samples" / "service-desk-hq-1405-2", SETTINGS).forms["service-desk/1"]
    names = ("total", "desk", "electronic", "combined", "units")
    (own,) = table(tmp_path / "report", "table_2")
    assert numbers(own) == [filled.items[name].value for name in names]


def test_half_a_year_stands_side_by_side_with_its_change(gather: Gather, tmp_path: Path) -> None:
    gather()
    rows = table(tmp_path / "report", "half_years")
    assert [(row["half"], row["agency"]) for row in rows] == [
        ("شش ماهه اول ۱۴۰۵", PROVINCE),
        ("شش ماهه اول ۱۴۰۵", HEADQUARTERS),
    ]
    assert [rows[1][f"desk_{place}"] for place in (1, 2, 3, "change")] == [4, 3, None, -1]
    assert [rows[1][f"electronic_{place}"] for place in (1, 2, 3, "change")] == [7, 9, None, 2]


def test_assessors_discrepancies_are_counted_and_change_nothing(gather: Gather, tmp_path: Path) -> None:
    gather()
    found = table(tmp_path / "report", "contradictions")
    assert [(row["severity"], row["cases"]) for row in found] == [
        ("اطلاع", "service-desk-province-1405-1"),
        ("اطلاع", "service-desk-hq-1405-1"),
    ]
    assert "محل ارائه ۱ خدمت را متناقض" in str(found[0]["text"])
    assert table(tmp_path / "report", "half_years")[1]["total_1"] == 18


def test_cases_may_be_named_one_by_one_and_twice(gather: Gather, cases: Path, tmp_path: Path) -> None:
    folders = tuple(cases / sample.name for sample in SAMPLES)
    assert gather(folders=(*folders, cases)).code == 0
    assert len(table(tmp_path / "report", "half_years")) == 2
    assert not any("two cases" in line for line in gather(folders=(*folders, cases)).out.splitlines())


# ---------------------------------------------------------------- what is missing or does not agree


def test_missing_units_of_the_list_and_of_other_periods(gather: Gather, cases: Path, tmp_path: Path) -> None:
    shutil.rmtree(cases / "service-desk-province-1405-1")
    units = tmp_path / "units.csv"
    units.write_text(
        f"نام دستگاه,استان,تلفن\n{HEADQUARTERS.replace('ی', 'ي')},,۱\nسازمان خاموش,تهران,۲\n", encoding="utf-8"
    )
    outcome = gather("--units", units)
    assert outcome.code == 0
    rows = [(row["unit"], row["period"]) for row in table(tmp_path / "report", "missing")]
    assert rows == [
        ("سازمان خاموش – تهران", "دو ماهه اول ۱۴۰۵"),
        ("سازمان خاموش – تهران", "دو ماهه دوم ۱۴۰۵"),
        (f"{PROVINCE} – میز خدمت و امور مراجعان", "دو ماهه اول ۱۴۰۵"),
    ]
    unlisted = [row for row in table(tmp_path / "report", "contradictions") if "فهرست واحدها نیست" in str(row["text"])]
    assert [str(row["unit"]).startswith(PROVINCE) for row in unlisted] == [True]


def test_a_range_asks_for_periods_nobody_sent(gather: Gather, tmp_path: Path) -> None:
    assert gather("--to", "۱۴۰۵/۳").code == 0
    missing = table(tmp_path / "report", "missing")
    assert [row["period"] for row in missing] == ["دو ماهه سوم ۱۴۰۵"] * 2
    assert table(tmp_path / "report", "table_2") == []  # the last period is the third
    outcome = gather("--from", "1404/1", "--to", "1404/2")
    assert outcome.code == 2
    assert "gather-none-in-range" in outcome.err


def test_a_unit_sent_twice_counts_once(gather: Gather, cases: Path, tmp_path: Path) -> None:
    sample = "service-desk-hq-1405-2"
    changed(cases, sample, "zz-again", {}, {"place: electronic": "place: units\n    reason_kind: law"})
    changed(cases, sample, "zz-same", {HEADQUARTERS: HEADQUARTERS.replace("ی", "ي")})
    outcome = gather()
    assert outcome.out.count("[gather-twice]") == 1
    assert numbers(table(tmp_path / "report", "table_2")[0]) == [18, 3, 9, 5, 1]
    twice = [row for row in table(tmp_path / "report", "contradictions") if "دو پرونده" in str(row["text"])]
    assert {row["cases"] for row in twice} == {f"{sample}، zz-again", f"{sample}، zz-same"}


def test_two_units_of_an_agency_make_one_row(gather: Gather, cases: Path, tmp_path: Path) -> None:
    changed(cases, "service-desk-hq-1405-2", "zz-unit", {"unit: مرکز نوسازی و تحول اداری": "unit: حوزه ریاست"})
    assert "gather-row-twice" in gather().out
    assert len(table(tmp_path / "report", "table_2")) == 1
    assert len(table(tmp_path / "report", "half_years")) == 3  # there each unit has its own


def test_a_contradiction_is_left_out_or_taken_as_it_stands(gather: Gather, cases: Path, tmp_path: Path) -> None:
    shutil.rmtree(cases / "service-desk-province-1405-2")
    changed(cases, "service-desk-province-1405-1", "wrong", {"period: ۱": "period: ۲"}, {"place: ": "place: # "})
    outcome = gather()
    assert outcome.code == 3
    (unread,) = table(tmp_path / "report", "unread")
    assert (unread["case"], unread["state"]) == ("wrong", "کنار گذاشته شد")
    assert "a = ۱۵" in str(unread["text"])
    (missing,) = table(tmp_path / "report", "missing")
    assert "کنار گذاشته شده است: wrong" in str(missing["reason"])
    assert table(tmp_path / "report", "table_1") == []
    assert gather("--with-errors").code == 0
    assert table(tmp_path / "report", "unread")[0]["state"] == "با خطا گرفته شد"
    (row,) = table(tmp_path / "report", "table_1")
    assert row["total"] == 15
    assert sum(map(int, map(str, numbers(row)[1:]))) == 14
    assert any("b + c + d + e = ۱۴" in str(found["text"]) for found in table(tmp_path / "report", "contradictions"))


def test_broken_files_and_other_reports_stop_nothing(gather: Gather, cases: Path, tmp_path: Path) -> None:
    broken = changed(cases, "service-desk-hq-1405-1", "broken", {"report: service-desk": "report: [service-desk"})
    shutil.copytree(ROOT / "samples" / "khuzestan-1397", cases / "plan", ignore=shutil.ignore_patterns("output"))
    outcome = gather()
    assert outcome.code == 3
    assert "Cases taken: 4; left out: 1; of other reports: 1" in outcome.out
    assert [row["case"] for row in table(tmp_path / "report", "unread")] == [broken.name]
    assert len(table(tmp_path / "report", "half_years")) == 2


def test_no_case_at_all_is_an_error_that_says_why(gather: Gather, cases: Path, tmp_path: Path) -> None:
    for folder in list(cases.iterdir())[1:]:
        shutil.rmtree(folder)
    (next(cases.iterdir()) / "case.yaml").write_text("report: [", encoding="utf-8")
    outcome = gather()
    assert outcome.code == 3
    assert "yaml-broken" in outcome.err
    assert "gather-none" in outcome.err
    assert not (tmp_path / "report").exists()


def test_a_list_or_a_report_that_cannot_be_meant_is_refused(gather: Gather, tmp_path: Path) -> None:
    units = tmp_path / "units.csv"
    units.write_text("تلفن,# نام دستگاه\n۱,سازمان\n", encoding="utf-8")
    for words, code in ((("--units", units), "gather-no-columns"), (("--report", "service-desk"), "gather-no-report")):
        outcome = gather(*words)
        assert outcome.code == 2
        assert code in outcome.err
    assert gather("--from", "سال").code == 2


def test_a_case_for_which_the_one_before_is_not_at_hand_is_taken(gather: Gather, cases: Path, tmp_path: Path) -> None:
    shutil.rmtree(cases / "service-desk-hq-1405-1")
    assert gather().code == 0
    assert len(table(tmp_path / "report", "table_2")) == 1


def test_rows_stand_by_the_persian_alphabet_and_numbers_by_size(gather: Gather, cases: Path, tmp_path: Path) -> None:
    wanted = ["بانک ۲", "بانک ۱۰", "پست", "کشتیرانی", "گمرک", "هواشناسی"]
    for number, name in enumerate(reversed(wanted)):
        changed(cases, "service-desk-hq-1405-2", f"unit-{number}", {HEADQUARTERS: name})
    shutil.rmtree(cases / "service-desk-hq-1405-2")
    gather()
    assert [row["agency"] for row in table(tmp_path / "report", "table_2")] == wanted


def test_names_that_are_alike_and_falls_without_a_reason(gather: Gather, cases: Path, tmp_path: Path) -> None:
    sample = "service-desk-hq-1405-2"
    changed(cases, sample, "alike", {HEADQUARTERS: HEADQUARTERS.replace("سکونتگاهی", "سکونگاهی")})
    text = (cases / sample / "answers" / "1.yaml").read_text(encoding="utf-8")
    entries = text.split("  - title:")
    shorter = "  - title:".join(each for number, each in enumerate(entries) if number != 2)
    (cases / sample / "answers" / "1.yaml").write_text(shorter, encoding="utf-8")
    out = gather("--with-errors").out
    assert "[gather-alike]" in out
    assert "[gather-fall]" in out
    found = [str(row["text"]) for row in table(tmp_path / "report", "contradictions")]
    assert "تعداد کل خدمات کاهش یافته است: ۱۷؛ در دو ماهه اول ۱۴۰۵ برابر ۱۸ بود و دلیلی برای کاهش نیامده است." in found


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("سازمان سکونتگاهی", "سازمان سکونگاهی", True),
        ("اداره راه ایلام", "اداره کل راه استان ایلام", True),
        ("اداره راه و شهرسازی", "اداره شهرسازی و راه", True),
        ("سازمان بنادر", "سازمان بناردر", True),
        ("منطقه ۱", "منطقه ۲", False),
        ("اداره کل قم", "اداره کل بم", False),
        ("اداره شرق تهران", "اداره غرب تهران", False),
        ("سازمان آب", "سازمان برق", False),
    ],
)
def test_names_are_alike(one: str, other: str, alike: bool) -> None:
    assert bool(list(alike_names((one, other)))) is alike
    assert bool(list(alike_names((other, one)))) is alike


# ---------------------------------------------------------------- what is written


def test_what_people_wrote_stays_when_gathered_again(gather: Gather, cases: Path, tmp_path: Path) -> None:
    report = tmp_path / "report"
    gather("--set", "office=دفتر نمونه")
    answers = next((report / "answers").glob("*aggregate.yaml"))
    kept = answers.read_text(encoding="utf-8").replace("\nremarks:", "\nremarks:\n  - رو به بهبود است.")
    answers.write_text(kept, encoding="utf-8")
    letters = next((report / "answers").glob("*letters.yaml"))
    letters.write_text(f"form: {FORM}-letters\nnumber: ۱۴۰۵/۱۲\n", encoding="utf-8")
    shutil.rmtree(cases / "service-desk-hq-1405-2")
    assert gather().code == 0
    assert table(report, "table_2") == []
    again = read(report, SETTINGS)
    assert again.case.fields.values["office"].value == "دفتر نمونه"
    assert "رو به بهبود است." in str(again.forms[FORM].items["remarks"].value)
    assert again.forms[f"{FORM}-letters"].items["number"].value == "۱۴۰۵/۱۲"


def test_another_case_is_not_written_over(gather: Gather, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "samples" / "service-desk-hq-1405-1", tmp_path / "report")
    before = (tmp_path / "report" / "case.yaml").read_bytes()
    outcome = gather()
    assert outcome.code == 2
    assert "case-exists" in outcome.err
    assert (tmp_path / "report" / "case.yaml").read_bytes() == before


def test_the_workbook_runs_from_right_to_left_and_sums_itself(gather: Gather, tmp_path: Path) -> None:
    gather("--xlsx", tmp_path / "tables.xlsx")
    book = load_workbook(tmp_path / "tables.xlsx")
    assert book.sheetnames == [
        "جدول ۲",
        "جدول ۱",
        "جمع‌بندی شش ماهه",
        "واحدهای بی‌گزارش",
        "ناهم‌خوانی‌ها",
        "پرونده‌های خطادار",
    ]
    assert all(sheet.sheet_view.rightToLeft for sheet in book)
    sheet = book["جدول ۲"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[2][3:] == [
        "میز خدمت حضوری",
        "میز خدمت الکترونیکی",
        "ترکیب میز خدمت حضوری و الکترونیکی",
        "خارج از میز خدمت (مراجعه مستقیم به واحدهای سازمانی)",
    ]
    assert rows[3] == [HEADQUARTERS, "وزارت سکونتگاه‌های نمونه", 18, 3, 9, 5, 1]
    assert rows[4][0] == "جمع"
    assert rows[4][2:] == [f"=SUM({letter}4:{letter}4)" for letter in "CDEFG"]
    assert [sheet["A4"].data_type, sheet["C4"].data_type, sheet["C5"].data_type] == ["s", "n", "f"]


def test_texts_that_look_like_formulas_stay_texts(gather: Gather, cases: Path, tmp_path: Path) -> None:
    changed(cases, "service-desk-hq-1405-2", "formula", {HEADQUARTERS: "=HYPERLINK(1)", "unit: ": "unit: ۰۰۷ "})
    gather()
    book = load_workbook(tmp_path / "report" / "report.xlsx")
    cells = [cell for cell in book["جدول ۲"]["A"] if str(cell.value).startswith("=")]
    # Marks of direction hold what is typed in Latin letters together on a sheet from right to left.
    assert [(seen(cell.value), cell.data_type) for cell in cells] == [("=HYPERLINK(1)", "s")]


def test_the_report_is_built(run: Run, cases: Path, tmp_path: Path) -> None:
    given = {"recipient": "council", "province": "نمونه", "head": "الف", "head_post": "رئیس", "office": "دفتر"}
    words = [word for name, value in given.items() for word in ("--set", f"{name}={value}")]
    outcome = run("--lang", "en", "aggregate", cases, "--out", tmp_path / "report", *words)
    assert outcome.code == 0
    parts = sorted((tmp_path / "report" / "output" / "parts").iterdir())
    assert [part.stem for part in parts] == ["aggregate-letter-council", "annex-3", "summary"]
    for part in parts:
        assert_valid(part)
    assert (tmp_path / "report" / "output" / "report.pdf").stat().st_size > 0


# ---------------------------------------------------------------- the language

TABLE = form_text("""\
    items:
      - name: t
        type: table
        columns:
          - {name: who, type: text}
          - {name: n, type: integer}
          - {name: twice, type: integer, calculation: n * 2}
""")


@pytest.mark.parametrize(
    ("gathering", "code", "said"),
    [
        ("{from: rr, tables: []}", "unknown-report", "r"),
        ("{from: r, tables: [{table: x/a.tt, cells: {}}]}", "unknown-item", "t"),
        ("{from: r, tables: [{table: x/a.t, cells: {whom: case.agency}}]}", "unknown-item", "who"),
        ("{from: r, tables: [{table: x/a.t, cells: {twice: case.agency}}]}", "unknown-item", "twice"),
        ("{from: r, tables: [{table: x/a.t, cells: {who: case.agent}}]}", "expression-unknown-name", "agency"),
        ("{from: r, tables: [{table: x/a.t, of: missing, cells: {who: units}}]}", "unknown-item", "unit"),
        ("{from: r, tables: [{table: x/a.t, of: lost, cells: {}}]}", "bad-value", "missing"),
        ("{from: r, tables: [{table: x/a.t, key: [x], cells: {who: case.agency}}]}", "unknown-item", "who"),
        ("{from: r, tables: [], fields: {agent: last_year}}", "unknown-item", "agency"),
        ("{from: r, tables: [], fields: {agency: last_month}}", "bad-value", "last_year"),
        ("{from: r, tables: [], checks: [{test: case.x, message: م}]}", "expression-unknown-name", "agency"),
        ("{from: r, tables: [], falls: [{value: form('x/b').n, label: م}]}", "unknown-form", "x/b"),
        ("{tables: []}", "missing-key", "from"),
    ],
)
def test_what_is_gathered_is_checked(tmp_path: Path, gathering: str, code: str, said: str) -> None:
    periods = 'periods: {year: "1405", number: "1", unit: "{{ case.agency }}"}\n'
    _, problems = read_specs(tmp_path, TABLE, report_text("x/a", more=f"{periods}gather: {gathering}\n"))
    assert code in codes(problems)
    assert any(said in found.message + found.hint for found in problems if found.code == code)


def test_cases_without_periods_cannot_be_gathered(tmp_path: Path) -> None:
    gathering = "gather: {from: r, tables: [{table: x/a.t, cells: {who: case.agency}}]}\n"
    _, problems = read_specs(tmp_path, TABLE, report_text("x/a", more=gathering))
    assert [(found.code, found.arguments["name"]) for found in problems] == [("missing-key", "periods")]

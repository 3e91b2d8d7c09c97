"""Rows the guidance prints, with headings, sub-totals, formulas between them and closed cells: the same everywhere."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import jdatetime
import openpyxl
import pytest

from assembler.actions.desk.desk import Desk
from assembler.actions.desk.write import write
from assembler.actions.export import export
from assembler.actions.import_ import import_books
from assembler.actions.open_case import OpenCase
from assembler.base.settings import Settings
from assembler.collect.files.skeleton import form_file
from assembler.collect.fill.telling import table_lines
from assembler.model.acts import Target
from assembler.model.filled import FilledItem
from assembler.model.packet import plain
from assembler.model.row_keys import KeysInMemory
from assembler.packet.grids import grid
from assembler.pipeline import read
from assembler.specs.schema import schemas
from assembler.views.json import form_json
from tests.actions.desk.desks import OFFICER, refusal
from tests.building import World, form_text
from tests.collect.workbook.calc import saved_by_calc

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = Settings(ROOT / "form_specs", ROOT / "letter_templates")
FORM = form_text(
    """\
    items:
      - name: t
        type: table
        label: گردش
        columns:
          - {name: what, type: text, label: شرح}
          - {name: n, type: integer, label: شمار, required: true, marks: ['-']}
          - {name: m, type: integer, label: دیگر}
          - {name: sum, type: integer, label: جمع, calculation: n + m}
        rows:
          - {name: one, heading: بخش یک}
          - {name: a, cells: {what: الف}}
          - {name: b, cells: {what: ب}, closed: [m]}
          - {name: ab, cells: {what: الف+ب}, total: above}
          - {name: two, heading: بخش دو}
          - {name: c, cells: {what: پ}, calculations: {m: n * 2}}
          - {name: left, cells: {what: مانده}, calculation: ab - c}
          - {name: share, cells: {what: درصد}, calculation: "percent(c, ab)"}
          - {name: all, cells: {what: همه}, total: all}
      - {name: count, type: integer, calculation: count(t)}
      - {name: total, type: integer, calculation: "total(t, 'n')"}
      - {name: one, type: integer, calculation: "cell(t, 'n', 'left')"}
    """
)
ANSWERS = "form: x/a\nt:\n  a: {n: 10, m: 1}\n  b: {n: 30}\n  c: {n: 8}\n"


def world(folder: Path, answers: str = ANSWERS) -> World:
    return World(folder, [FORM], [answers])


def column(told: World, name: str) -> dict[str, object]:
    return {row.name: row.cells[name].value for row in told.forms["x/a"].items["t"].rows if not row.group}


def test_rows_are_reckoned_of_one_another_and_left_out_of_what_is_added_up(tmp_path: Path) -> None:
    told = world(tmp_path)
    assert column(told, "n") == {
        "a": 10, "b": 30, "ab": 40, "c": 8, "left": 32, "share": Decimal(20), "all": 48,
    }  # fmt: skip
    assert column(told, "m") == {"a": 1, "b": None, "ab": 1, "c": 16, "left": -15, "share": Decimal(1600), "all": 17}
    assert column(told, "sum")["all"] == 65
    assert (told.value("count"), told.value("total"), told.value("one")) == (3, 48, 32)
    assert told.failed == ()
    assert told.checked() == []


def test_a_sub_total_adds_up_a_column_whose_own_formula_has_nothing_to_reckon_with(tmp_path: Path) -> None:
    form = FORM.replace("calculation: n + m}", "calculation: n * m}").replace(
        "total: above}", "total: above, closed: [m]}"
    )
    told = World(tmp_path, [form], ["form: x/a\nt:\n  a: {n: 10, m: 3}\n  b: {n: 30}\n  c: {n: 8}\n"])
    assert column(told, "sum")["ab"] == 30  # of rows a and b, the second of which has none
    assert column(told, "m")["ab"] is None


def test_a_blank_makes_a_formula_blank_and_a_sum_goes_by(tmp_path: Path) -> None:
    told = world(tmp_path, "form: x/a\nt:\n  a: {n: 10}\n  c: {n: '-'}\n")
    assert column(told, "n") == {"a": 10, "b": None, "ab": 10, "c": "-", "left": None, "share": None, "all": 10}
    missing = [(found.place.row, found.place.column) for found in told.checked() if found.code == "required"]
    assert missing == [(3, "n")]  # of what is closed or reckoned nothing is asked


@pytest.mark.parametrize(
    ("answers", "code", "where"),
    [
        ("b: {n: 1, m: 2}", "closed-cell", (3, "m")),
        ("ab: {n: 1}", "calculated-cell", (4, "n")),
        ("one: {what: x}", "printed-cell", (1, "what")),
        ("c: {n: 1, m: 2}", "calculated-cell", (6, "m")),
    ],
)
def test_what_nobody_is_asked_is_refused_as_an_answer(
    tmp_path: Path, answers: str, code: str, where: tuple[int, str]
) -> None:
    (found,) = world(tmp_path, f"form: x/a\nt:\n  {answers}\n").read_problems
    assert (found.code, (found.place.row, found.place.column), found.place.line) == (code, where, 3)


def sample(folder: Path) -> Path:
    return Path(shutil.copytree(ROOT / "samples" / "vaccination-1404-07", folder / "case"))


def stock_of(case: Path) -> FilledItem:
    return read(case, SETTINGS).forms["vaccination/stock"].items["stock"]


def test_the_printed_table_has_headings_bold_sums_and_closed_cells(tmp_path: Path) -> None:
    made = grid(stock_of(sample(tmp_path)), "", ())
    heading, *_ = made.body[0]
    assert (plain(heading.lines[0]), heading.columns, heading.kind) == ("الف) آنچه در دست بود", 6, "group")
    assert [cell.kind for cell in made.body[3]] == ["body", "closed", *["body"] * 4]
    assert {cell.kind for cell in made.body[4]} == {"total"}
    assert [plain(cell.lines[0]) for cell in made.body[-2][1:3]] == ["۸٫۳۳٪", "۴٫۳٪"]


def test_the_workbook_reckons_as_the_case_does(tmp_path: Path) -> None:
    case, book = sample(tmp_path), tmp_path / "book.xlsx"
    export(case, book, SETTINGS, jdatetime.date(1404, 8, 1))
    sheet: Any = openpyxl.load_workbook(book)["گردش واکسن در ماه"]
    rows = {str(sheet.cell(at, 1).value).rpartition("=")[2]: at for at in range(1, sheet.max_row + 1)}
    letters = [cell.column_letter for cell in sheet[rows["gone"]] if str(cell.value).startswith("=")]
    assert len(letters) == 5
    assert sheet[f"{letters[0]}{rows['borrowed']}"].protection.locked  # closed
    sheet[f"{letters[0]}{rows['used']}"].value = 200
    sheet.parent.save(book)
    (saved,) = saved_by_calc(tmp_path, book)
    calculated: Any = openpyxl.load_workbook(saved, data_only=True)["گردش واکسن در ماه"]
    shown = {name: calculated[f"{letters[0]}{at}"].value for name, at in rows.items() if name in ("gone", "closing")}
    assert shown == {"gone": 215, "closing": 105}
    import_books(case, [saved], SETTINGS)
    cells = {row.name: row.cells["bcg"].value for row in stock_of(case).rows}
    assert {name: cells[name] for name in shown} == shown


def test_screens_files_pages_and_programs_know_the_rows(tmp_path: Path) -> None:
    case = sample(tmp_path)
    opened = OpenCase.read(case, SETTINGS)
    spec = opened.specs["vaccination/stock"]
    lines = [line.text for line in table_lines(stock_of(case), whole=True)]
    assert "الف) آنچه در دست بود" in lines[1]
    assert "▒▒" in lines[4]
    skeleton = form_file(spec, opened.specs)
    assert "# الف) آنچه در دست بود" in skeleton
    assert "  available:" not in skeleton
    rows = form_json(spec)["items"][0]["rows"]
    assert (rows[0]["heading"], rows[3]["closed"], rows[4]["reckoned"]) == ("الف) آنچه در دست بود", ["bcg"], True)
    asked = next(each for each in schemas(opened.library).values() if "stock" in each.get("properties", {}))
    open_cells = asked["properties"]["stock"]["anyOf"][0]["properties"]
    told = {name: [*row["anyOf"][0]["properties"]] for name, row in open_cells.items()}
    assert (told["incoming"], told["borrowed"][0], told["available"]) == ([], "polio", [])


def test_the_web_page_closes_what_nobody_is_asked(tmp_path: Path) -> None:
    desk = Desk(sample(tmp_path), SETTINGS, KeysInMemory())
    table = desk.page(OFFICER, "vaccination/stock").item("stock").table
    assert table is not None
    rows = {row.name: row for row in table.rows}
    assert rows["incoming"].heading == "الف) آنچه در دست بود"
    assert rows["borrowed"].closed == ("bcg",)
    assert not rows["available"].cells["bcg"].open
    outcome = write(desk, OFFICER, Target("vaccination/stock", "stock", "borrowed", "bcg"), "5", "")
    assert refusal(outcome) == ["closed-cell"]

"""Wide tables: columns from lists, totals both ways, column numbers, several blocks and signatures on one sheet."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jdatetime
import openpyxl
import pytest
from pypdf import PdfReader

from assembler.actions.export import export
from assembler.documents.stretches import stretches
from assembler.model.column_numbers import column_numbers
from assembler.model.packet import (
    Block,
    GridBlock,
    GridCell,
    Heading,
    PageBreak,
    Paragraph,
    SignaturesBlock,
    Span,
    Turn,
    plain,
)
from assembler.packet.boxed import Stretch, on_one_grid
from assembler.packet.grids import Notes, grid, head, leaves
from assembler.pipeline import read
from tests.building import World, form_text, report_text
from tests.built import SETTINGS, build_once
from tests.collect.workbook.calc import saved_by_calc

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "samples" / "vaccination-1404-07"
FORM = form_text(
    """\
    choices:
      ages: [{name: young, label: جوان}, {name: old, label: پیر}]
      sexes: [{name: m, label: مرد}, {name: f, label: زن}]
    items:
      - name: t
        type: table
        label: جدول
        column_numbers: formulas
        columns:
          - {name: what, type: text, label: شرح}
          - {each: [ages, sexes], name: n, type: integer}
          - each: ages
            name: cost
            columns:
              - {name: unit, type: integer, label: بها}
              - {name: all, type: integer, label: هزینه, calculation: unit * 2 - n_young_m}
          - {each: {from: 1, to: 2}, name: d, type: integer}
        totals: {across: جمع, down: جمع کل, only: [n_young_m, n_young_f, n_old_m, n_old_f, d1, d2]}
    """
)
ANSWERS = """\
form: x/a
t:
  - {what: الف, n_young_m: 1, n_old_f: 4, cost_young_unit: 5, d1: 7}
  - {what: ب, n_young_m: 2, n_young_f: 3}
"""


def test_a_list_gives_columns_under_nested_headers(tmp_path: Path) -> None:
    table = World(tmp_path, [FORM], [ANSWERS]).forms["x/a"].items["t"].spec
    assert [column.name for column in table.columns] == [
        "what", "n_young_m", "n_young_f", "n_old_m", "n_old_f",
        "cost_young_unit", "cost_young_all", "cost_old_unit", "cost_old_all", "d1", "d2", "across",
    ]  # fmt: skip
    assert table.column("n_old_f").heads == ("پیر", "زن")
    assert (table.column("cost_old_all").heads, table.column("d2").label) == (("پیر", "هزینه"), "۲")
    calculation = table.column("cost_old_all").calculation
    assert calculation is not None
    assert calculation.source == "cost_old_unit * 2 - n_young_m"


def test_totals_stand_at_the_end_of_rows_and_columns(tmp_path: Path) -> None:
    told = World(tmp_path, [FORM], [ANSWERS])
    assert told.column("t", "across") == [12, 5]
    assert told.column("t", "cost_young_all") == [9, None]
    (down,) = told.forms["x/a"].items["t"].footer
    assert down == {"n_young_m": 3, "n_young_f": 3, "n_old_m": None, "n_old_f": 4, "d1": 7, "d2": None, "across": 17}
    last = [plain(line) for cell in grid(told.forms["x/a"].items["t"], "", ()).body[-1] for line in cell.lines]
    assert (last[0], last[-1]) == ("جمع کل", "۱۷")


def test_columns_are_numbered_with_what_they_are_made_of(tmp_path: Path) -> None:
    table = World(tmp_path, [FORM], [ANSWERS]).forms["x/a"].items["t"].spec
    rows = [[plain(cell.lines[0]) for cell in row] for row in head(table, leaves(table), Notes())]
    assert rows[-1][:7] == ["(۱)", "(۲)", "(۳)", "(۴)", "(۵)", "(۶)", "(۷)=(۶)×۲-(۲)"]
    assert rows[-1][-1] == "(۱۲)=(۲)+(۳)+(۴)+(۵)+(۱۰)+(۱۱)"


@pytest.mark.parametrize(
    ("calculation", "told"),
    [
        ("a - (b - c)", "(۴)=(۱)-[(۲)-(۳)]"),
        ("(a + b) * c", "(۴)=[(۱)+(۲)]×(۳)"),
        ("percent(a, b)", "(۴)=(۱)÷(۲)×۱۰۰"),
        ("sum(a, b, c)", "(۴)=(۱)+(۲)+(۳)"),
        ("a if b > 1 else c", "(۴)"),
    ],
)
def test_what_a_column_is_made_of_is_told_where_it_is_made_of_columns(
    tmp_path: Path, calculation: str, told: str
) -> None:
    columns = "".join(f"{{name: {name}, type: integer}}, " for name in "abc")
    form = form_text(
        f"items: [{{name: t, type: table, column_numbers: formulas, columns: [{columns}"
        f'{{name: d, type: decimal, calculation: "{calculation}"}}]}}]'
    )
    table = World(tmp_path, [form], []).forms["x/a"].spec.item("t")
    assert column_numbers(table, table.columns)[-1] == told


def test_the_workbook_has_the_totals_as_formulas(tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    export(SAMPLE, book, SETTINGS, jdatetime.date(1404, 8, 1))
    (saved,) = saved_by_calc(tmp_path, book)
    name = "دزهای تزریق‌شده"
    formulas: Any = openpyxl.load_workbook(book)[name]
    values: Any = openpyxl.load_workbook(saved, data_only=True)[name]
    rows = {str(values.cell(at, 2).value): at for at in range(1, values.max_row + 1)}
    last = max(cell.column for cell in formulas[rows["جمع کل"]] if str(cell.value).startswith("="))
    assert values.cell(rows["جمع کل"], last).value == 1316
    assert values.cell(rows["جمع کودکان"], last).value == 965


def test_a_sheet_holds_its_blocks_together() -> None:
    first, inside, after = (Paragraph((Span(text),)) for text in "abc")
    made = stretches([first, Turn("landscape"), inside, Turn(), after])
    assert made == [("portrait", [first]), ("landscape", [inside]), ("portrait", [after])]
    assert [turned for turned, _ in stretches([first, Turn("portrait"), inside, Turn()])] == ["portrait", "portrait"]


def test_short_text_goes_with_the_wide_table_it_opens() -> None:
    """Where it would stand alone on its page; text that follows other text stays where that stands."""
    long, short, wide = Paragraph((Span("a"),)), Paragraph((Span("b"),)), wide_table()
    taken = [PageBreak(), Heading("c", 1, "۱", "one"), short]

    def is_short(texts: Sequence[Block]) -> bool:
        return long not in texts

    assert stretches([long, *taken, wide], is_short=is_short) == [("portrait", [long]), ("landscape", [*taken, wide])]
    assert stretches([wide, short, wide], is_short=is_short) == [("landscape", [wide, short, wide])]
    assert [turned for turned, _ in stretches([short, wide], is_short=is_short)] == ["portrait", "landscape"]
    kept = stretches([PageBreak(), long, short, wide], is_short=is_short)
    assert [turned for turned, _ in kept] == ["portrait", "landscape"]


def wide_table() -> GridBlock:
    return GridBlock("wide", (Span("t"),), (1.0,), (), ((GridCell(((Span("a"),),)),),), page="landscape")


def test_sections_are_counted_on_over_sheets(tmp_path: Path) -> None:
    parts = (
        "  - body: body\n    title: متن\n    template: body\n    content:\n      - {section: یک}\n"
        "      - {sheet: landscape, content: [{section: دو}]}\n      - {section: سه}\n"
    )
    packet, _ = World(tmp_path, [FORM], [ANSWERS], report=report_text("x/a", parts=parts)).packet()
    assert [block.number for block in packet.parts[0].blocks if hasattr(block, "listed")] == ["۱", "۲", "۳"]


def test_signers_side_by_side_have_a_field_each_in_their_order() -> None:
    packet = read(SAMPLE, SETTINGS).packet
    row, _ = (block for block in packet.parts[1].blocks if isinstance(block, SignaturesBlock))
    assert row.signers[0].post == "تکمیل‌کننده فرم"
    pdf = PdfReader(build_once(SAMPLE).pdf)
    every = [field.get_object() for field in pdf.trailer["/Root"]["/AcroForm"]["/Fields"]]
    fields = every[1 : len(row.signers) + 1]  # behind that of the letter; the others sign below each other
    assert [field["/T"] for field in fields] == [signer.key for signer in row.signers]
    boxes = [[float(side) for side in field["/Rect"]] for field in fields]
    assert boxes == sorted(boxes, reverse=True)  # from the right to the left
    assert all(right[0] >= left[2] for right, left in itertools.pairwise(boxes))
    assert len(pdf.pages) == 10


def test_a_table_stands_inside_a_boxed_form(tmp_path: Path) -> None:
    (block,) = (
        block
        for block in read(SAMPLE, SETTINGS).packet.parts[1].blocks
        if isinstance(block, GridBlock) and "vaccination/refrigerator.failures" in block.origins
    )
    rows = [[plain(cell.lines[0]) if cell.lines else "" for cell in row] for row in block.body]
    assert rows[5] == ["تاریخ", "مدت (ساعت)", "علت", "اقدام"]
    assert rows[6][:3] == ["۱۴۰۴/۰۷/۰۹", "۲", "قطع برق شهر"]
    assert {sum(cell.columns for cell in row) for row in block.body} == {len(block.widths)}


def test_the_common_grid_keeps_cells_that_reach_down() -> None:
    sheet = Stretch((1.0, 1.0), ((GridCell(), GridCell()),))
    table = Stretch((1.0, 1.0, 2.0), ((GridCell(rows=2), GridCell(columns=2)), (GridCell(), GridCell())))
    widths, rows = on_one_grid([sheet, table])
    assert widths == (250.0, 250.0, 500.0)
    assert [[cell.columns for cell in row] for row in rows] == [[2, 1], [1, 2], [1, 1]]

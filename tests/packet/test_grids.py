"""Tables as they are printed: head rows tile the table, cells merge, bands, ticks and footers stand in place."""

# ruff: noqa: E501 - whole forms and answers stand in a line

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assembler.model.filled import FilledCell, FilledItem, FilledRow
from assembler.model.packet import GridBlock, GridCell, Span, plain
from assembler.model.specs import Choice, Column, Item
from assembler.packet.grids import grid
from tests.building import World, form_text, report_text


def text_of(cell: GridCell) -> str:
    return "\n".join(plain(line) for line in cell.lines)


def texts(rows: Iterable[tuple[GridCell, ...]]) -> list[list[str]]:
    return [[text_of(cell) for cell in row] for row in rows]


def uncovered(rows: tuple[tuple[GridCell, ...], ...], width: int) -> list[tuple[int, int]]:
    """Squares of a table that no cell covers; fails when two cells cover one square or a cell leaves the table."""
    taken: set[tuple[int, int]] = set()
    for level, row in enumerate(rows):
        column = 0
        for cell in row:
            while (level, column) in taken:
                column += 1
            squares = {(level + down, column + across) for down in range(cell.rows) for across in range(cell.columns)}
            assert not squares & taken
            assert all(line < len(rows) and place < width for line, place in squares)
            taken |= squares
            column += cell.columns
    return [(level, column) for level in range(len(rows)) for column in range(width) if (level, column) not in taken]


CHOICES = (Choice("yes", "دارد"), Choice("no", "ندارد"))
LABELS = st.sampled_from(["الف", "ب"])
COLUMNS = st.lists(
    st.tuples(st.lists(LABELS, max_size=3), LABELS, st.booleans(), st.booleans()), min_size=1, max_size=7
).map(
    lambda drawn: tuple(
        Column(
            f"c{number}",
            "select_one",
            label,
            choices=CHOICES,
            group=tuple(group),
            appearance=("ticks",) if ticks else (),
            merge=merge,
        )
        for number, (group, label, ticks, merge) in enumerate(drawn)
    )
)
ROWS = st.lists(
    st.tuples(st.booleans(), st.lists(st.sampled_from([None, "yes", "no"]), min_size=7, max_size=7)), max_size=8
)


def filled(columns: tuple[Column, ...], rows: list[tuple[bool, list[str | None]]], heading: str = "") -> FilledItem:
    item = Item("t", "table", columns=columns, heading=heading)
    made = tuple(
        FilledRow({column.name: FilledCell(value) for column, value in zip(columns, values, strict=False)}, group=band)
        for band, values in rows
    )
    return FilledItem(item, rows=made)


@settings(deadline=None)
@given(COLUMNS, st.sampled_from(["", "سربرگ"]))
def test_head_rows_tile_the_table(columns: tuple[Column, ...], heading: str) -> None:
    made = grid(filled(columns, [], heading), "a", ())
    assert uncovered(made.head, len(made.widths)) == []


@settings(deadline=None)
@given(COLUMNS, ROWS)
def test_body_rows_tile_the_table(columns: tuple[Column, ...], rows: list[tuple[bool, list[str | None]]]) -> None:
    made = grid(filled(columns, rows), "a", ())
    assert len(made.body) == len(rows)
    assert uncovered(made.body, len(made.widths)) == []


TABLE = form_text(
    """\
    choices: {yn: [{name: yes, label: دارد}, {name: no, label: ندارد}]}
    items:
      - name: t
        type: table
        label: برچسب
        caption: عنوان
        heading: سربرگ
        page: landscape
        notes: ['* پایان']
        columns:
          - {name: no, type: integer, label: ردیف, calculation: position, width: 1}
          - {name: part, type: text, label: بخش, merge: true, footnote: نکته}
          - label: هدف
            columns:
              - {name: unit, type: text, label: واحد, inferred: ناخوانا}
              - {name: n, type: integer, label: مقدار, doubt: کم‌رنگ, footnote: نکته}
          - {name: ok, type: select_one yn, label: انتشار, appearance: ticks}
        group_rows: {columns: [no, part]}
        footer:
          - {label: جمع, cells: {n: "total(t, 'n')", ok: "count(t, 'ok', 'yes')"}}
          - {label: درصد, calculation: "percent(count(t, 'ok', 'yes'), count(t))"}
    """
)
ROWS_TYPED = """\
form: x/a
t:
  - group: {no: الف, part: گروه}
  - {part: یک, unit: م, n: 1500, ok: yes}
  - {n: 2, ok: no}
  - {part: دو}
  - group: {no: ب}
  - {unit: ک}
"""


def table_of(folder: Path, form: str, *answers: str, options: str = "") -> GridBlock:
    parts = f"  - {{body: b, title: متن, content: [{{table: x/a.t{options}}}]}}\n"
    packet, problems = World(folder, [form], answers, report=report_text(parts=parts)).packet()
    assert problems == ()
    (block,) = packet.parts[0].blocks
    assert isinstance(block, GridBlock)
    return block


@pytest.fixture
def made(tmp_path: Path) -> GridBlock:
    return table_of(tmp_path, TABLE, ROWS_TYPED)


def test_head(made: GridBlock) -> None:
    assert texts(made.head) == [["سربرگ"], ["ردیف", "بخش", "هدف", "انتشار"], ["واحد", "مقدار", "دارد", "ندارد"]]
    assert [(cell.columns, cell.rows) for cell in made.head[1]] == [(1, 2), (1, 2), (2, 1), (2, 1)]
    assert made.head[0][0].columns == len(made.widths) == 6
    assert {cell.kind for row in made.head for cell in row} == {"head"}
    assert (made.widths[0], made.page, plain(made.caption)) == (1.0, "landscape", "جدول شماره ۱- عنوان")


def test_a_report_may_print_its_own_texts_above_columns(tmp_path: Path) -> None:
    found = table_of(
        tmp_path, TABLE, ROWS_TYPED, options=", heads: {part: 'بخش {{ count(form(\"x/a\").t) }}', unit: یکا}"
    )
    assert texts(found.head)[1:] == [["ردیف", "بخش ۴", "هدف", "انتشار"], ["یکا", "مقدار", "دارد", "ندارد"]]


def test_notes_are_numbered_once_each(made: GridBlock) -> None:
    assert [plain(note) for note in made.notes] == ["۱- نکته", "* پایان"]
    marks = {text_of(cell): cell.mark for row in made.head for cell in row if cell.mark}
    assert marks == {"بخش": "۱", "مقدار": "۱"}


def test_body(made: GridBlock) -> None:
    assert texts(made.body)[:6] == [
        ["الف", "گروه", "", "", "", ""],
        ["۱", "یک", "م", "۱٬۵۰۰", "✓", ""],
        ["۲", "", "۲", "", "✓"],
        ["۳", "دو", "", "", "", ""],
        ["ب", "", "", "", "", ""],
        ["۴", "", "ک", "", "", ""],
    ]
    assert [[cell.rows for cell in row] for row in made.body[1:3]] == [[1, 2, 1, 1, 1, 1], [1, 1, 1, 1, 1]]
    assert [row[0].kind for row in made.body] == ["group", "body", "body", "body", "group", "body", "footer", "footer"]
    assert [cell.align for cell in made.body[1]] == ["center", "start", "start", "center", "center", "center"]


def test_footers(made: GridBlock) -> None:
    total, percent = made.body[-2:]
    assert [(text_of(cell), cell.columns) for cell in total] == [("جمع", 3), ("۱٬۵۰۲", 1), ("۱", 2)]
    assert [(text_of(cell), cell.columns) for cell in percent] == [("درصد", 5), ("۲۵٪", 1)]
    assert uncovered(made.body, 6) == []


@pytest.mark.parametrize(
    ("columns", "footer", "expected"),
    [
        (
            "[{name: a, type: integer, label: الف}, {name: b, type: text, label: ب}]",
            "cells: {a: \"total(t, 'a')\"}",
            ["جمع\n۳", ""],
        ),
        ("[{name: a, type: integer, label: الف}]", "calculation: count(t)", ["جمع\n۱"]),
        ("[{name: a, type: integer, label: الف}]", "cells: {a: count(t)}", ["جمع\n۱"]),
        (
            "[{name: b, type: text, label: ب}, {name: a, type: integer, label: الف}]",
            "cells: {a: count(t) > 0}",
            ["جمع", "بله"],
        ),
        (
            "[{name: b, type: text, label: ب}, {name: a, type: integer, label: الف}]",
            "cells: {a: case.agency}",
            ["جمع", ""],
        ),
    ],
)
def test_a_footer_keeps_its_label_and_its_width(tmp_path: Path, columns: str, footer: str, expected: list[str]) -> None:
    form = form_text(f"items: [{{name: t, type: table, columns: {columns}, footer: [{{label: جمع, {footer}}}]}}]")
    made = table_of(tmp_path, form, "form: x/a\nt: [{a: 3}]")
    assert texts(made.body)[-1] == expected
    assert uncovered(made.body, len(made.widths)) == []


def test_a_table_without_answers_prints_empty_rows(tmp_path: Path) -> None:
    assert texts(table_of(tmp_path / "1", TABLE).body)[:-2] == [["\n"] * 6] * 3
    assert len(table_of(tmp_path / "2", TABLE, options=", blank_rows: 5").body) == 7
    assert len(table_of(tmp_path / "3", TABLE, options=", blank_rows: 0").body) == 2


def test_marks_and_lines_print_as_they_stand(tmp_path: Path) -> None:
    form = form_text(
        "items: [{name: t, type: table, columns: [{name: a, type: integer, marks: ['-']}, {name: b, type: text, appearance: numbered},"
        " {name: c, type: date, format: d/m/yy}, {name: d, type: percent}]}]"
    )
    made = table_of(tmp_path, form, "form: x/a\nt: [{a: '-', b: [یک, دو], c: 1399/12/05, d: 7.255}]")
    assert texts(made.body) == [["-", "۱- یک\n۲- دو", "۵/۱۲/۹۹", "۷٫۲۶٪"]]


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    form = form_text("items: [{name: t, type: table, columns: [{name: a, type: text}]}]")
    made = table_of(tmp_path, form, "form: x/a\nt: [{a: '<w:p>{{ 7*7 }} & [[x]]'}]")
    assert texts(made.body) == [["<w:p>{{ 7*7 }} & [[x]]"]]


def test_neighbours_under_equal_headers_of_different_depth_do_not_merge() -> None:
    columns = (Column("a", "text", "زیر", group=("سر",)), Column("b", "text", "سر"))
    made = grid(filled(columns, []), "a", ())
    assert [(text_of(cell), cell.columns, cell.rows) for cell in made.head[0]] == [("سر", 1, 1), ("سر", 1, 2)]
    assert replace(made.head[1][0], mark="") == GridCell(((Span("زیر"),),), align="center", kind="head")

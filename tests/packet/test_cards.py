"""Rows as cards, labels in a direction of their own and in two languages: on paper and where people answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.collect.asking import question_of
from assembler.collect.fill.telling import question_lines, table_lines
from assembler.collect.workbook import plan_sheet
from assembler.documents.styles import TableLook
from assembler.documents.tables import table
from assembler.model.answers import AnsweredForm
from assembler.model.packet import GridBlock, Span, plain
from assembler.views.page import form_layout
from assembler.views.page_json import page_json
from tests.building import World, codes, form_text, read_specs, report_text

COLUMNS = """\
    columns:
      - {name: no, type: integer, label: ردیف, calculation: position}
      - {name: what, type: text, label: نام}
      - label: تاریخ
        columns:
          - {name: from, type: text, label: از}
          - {name: to, type: text, label: تا, merge: true}
      - {name: n, type: integer, label: شمار, footnote: پانوشت}
      - {name: secret, type: text, label: پنهان, appearance: hidden}
"""
FORM = form_text(f"""\
items:
  - name: t
    type: table
    label: جدول
    caption: رویدادها
    as: cards
{COLUMNS}
    group_rows: {{columns: [what]}}
    footer: [{{label: تعداد, calculation: count(t)}}, {{label: جمع, cells: {{n: "total(t, 'n')"}}}}]
""")
ANSWERS = """\
form: x/a
t:
  - {group: {what: الف}}
  - {what: یک, from: ا, to: ب, n: ۱}
  - {what: دو, from: پ, n: ۲}
"""
LABELS = form_text("""\
items:
  - {name: lot, type: text, label: Lot (No.), translation: سری ساخت, direction: ltr}
  - {name: n, type: integer, label: شمار, translation: Count}
""")


def grids(world: World) -> list[GridBlock]:
    return [block for block in world.packet()[0].parts[0].blocks if isinstance(block, GridBlock)]


def told(block: GridBlock) -> list[list[str]]:
    return [[" ".join(map(plain, cell.lines)) for cell in row] for row in block.body]


def world(folder: Path, form: str = FORM, block: str = "{table: x/a.t}", answers: str = ANSWERS) -> World:
    part = f"  - {{body: body, title: متن, template: body, content: [{block}]}}\n"
    return World(folder, [form], [answers], report=report_text("x/a", parts=part))


def test_a_row_is_a_card_of_labels_and_values(tmp_path: Path) -> None:
    first, second, count, total = grids(world(tmp_path))
    assert told(first)[:2] == [["الف"], ["۱- یک"]]
    assert told(first)[2:] == [["تاریخ › از", "ا", "تاریخ › تا", "ب"], ["شمار", "۱"]]
    assert told(second)[1] == ["تاریخ › از", "پ", "تاریخ › تا", "ب"]  # a merged cell says what the one above says
    assert (told(count), told(total)) == ([["تعداد", "۲"]], [["جمع"], ["شمار", "۳"]])
    assert (plain(first.caption), first.counted, second.caption, second.counted) == (
        "جدول شماره ۱- رویدادها",
        True,
        (),
        False,
    )
    assert [plain(note) for note in total.notes] == ["۱- پانوشت"]
    assert len({block.anchor for block in (first, second, count, total)}) == 4
    assert "keepNext" in table(first, 9000, TableLook(), 14000)


def test_a_block_says_otherwise(tmp_path: Path) -> None:
    assert len(grids(world(tmp_path, block="{table: x/a.t, as: table}"))) == 1
    assert len(grids(world(tmp_path / "2", FORM.replace("    as: cards\n", ""), "{table: x/a.t, as: cards}"))) == 4


def test_a_blank_form_has_blank_cards(tmp_path: Path) -> None:
    blank = grids(world(tmp_path, block="{table: x/a.t, blank_rows: 2}", answers="form: x/a\n"))
    assert [told(block)[0] for block in blank[:2]] == [["۱"], ["۲"]]


@pytest.mark.parametrize("word", ["heading: سر", "column_numbers: numbers", "fit: shrink", 'entry: "{{ row.what }}"'])
def test_words_of_columns_do_not_fit_cards(tmp_path: Path, word: str) -> None:
    _, problems = read_specs(tmp_path, FORM.replace("    as: cards\n", f"    as: cards\n    {word}\n"))
    assert "word-unfit" in codes(problems)


def test_what_a_block_cannot_be_is_refused(tmp_path: Path) -> None:
    for block in ("{table: x/a.t, as: figure}", "{form: x/a, as: cards}"):
        part = f"  - {{body: body, title: متن, template: body, content: [{block}]}}\n"
        assert "bad-value" in codes(read_specs(tmp_path, FORM, report_text(parts=part))[1])
    boxed = FORM + "layout: [[{table: t}]]\n"
    assert "word-unfit" in codes(read_specs(tmp_path, boxed)[1])


def test_a_terminal_tells_rows_as_cards(tmp_path: Path) -> None:
    lines = [line.text for line in table_lines(world(tmp_path).forms["x/a"].items["t"])]
    assert "    تاریخ › از: ا" in lines
    assert page_json(form_layout(world(tmp_path / "2").library.forms["x/a"], {}).page)["items"][0]["table"]["cards"]


# ---------------------------------------------------------------- labels


def labelled(folder: Path) -> World:
    return world(folder, LABELS, "{form: x/a}", "form: x/a\nlot: AB-12 (3)\nn: ۵\n")


def test_labels_stand_in_two_languages_and_each_in_its_direction(tmp_path: Path) -> None:
    (block,) = grids(labelled(tmp_path))
    (lot, answer), (count, number) = block.body
    assert lot.lines == ((Span("Lot (No.)", direction="ltr"),), (Span("سری ساخت", direction="rtl"),))
    assert answer.lines == ((Span("AB-12 (3)", direction="ltr"),),)
    assert count.lines[1] == (Span("Count", direction="ltr"),)
    assert number.lines == ((Span("۵"),),)  # a number has its own direction
    made = table(block, 9000, TableLook(), 14000)
    assert made.count('<w:bidi w:val="0"/>') == 3
    assert "AB-12 (3)" in made


def test_they_stand_in_the_workbook_the_terminal_and_the_page(tmp_path: Path) -> None:
    made = labelled(tmp_path)
    spec = made.library.forms["x/a"]
    plan = plan_sheet("فرم", spec, AnsweredForm("x/a", {}, {}), made.forms["x/a"], made.library.forms)
    assert [box.value for box in plan.boxes if box.kind == "label"] == ["Lot (No.)\nسری ساخت", "شمار\nCount"]
    asked = question_of(spec.items[0], spec, {})
    (line, *_) = question_lines(spec.items[0], asked, required=False)
    assert line.text == "\u200eLot (No.)\u200e / سری ساخت"
    field = page_json(form_layout(spec, {}).page)["items"][0]
    assert (field["translation"], field["direction"], field["answer_direction"]) == ("سری ساخت", "ltr", "ltr")


def test_a_table_has_no_direction(tmp_path: Path) -> None:
    _, problems = read_specs(tmp_path, FORM.replace("    as: cards\n", "    direction: ltr\n    translation: T\n"))
    assert codes(problems) == ["word-unfit", "word-unfit"]

"""The sheet of findings in front of a draft: by section, the row quoted, accepted ones apart."""

from __future__ import annotations

from pathlib import Path

from assembler.base.problems import Place, problem
from assembler.model.acceptances import Accepted
from assembler.model.names import named
from assembler.model.packet import GridBlock, Heading, Paragraph, plain
from assembler.packet import findings_part
from assembler.packet.quoting import quoted, sections
from tests.building import World, form_text, report_text

LONG = "متن بلند " * 20
FORM = form_text(
    """\
    items:
      - {name: n, type: integer, label: شمار}
      - name: t
        type: table
        label: جدول
        columns:
          - {name: no, type: text, label: ردیف}
          - {name: a, type: text, label: نام}
          - label: هدف
            columns: [{name: b, type: integer, label: مقدار}]
        group_rows: {columns: [a]}
    """
)
OTHER = form_text("items: [{name: a, type: text, label: پرسش}]", "x/b").replace("title: عنوان", "title: دیگر")
ANSWERS = f"form: x/a\nn: 4\nt:\n  - group: {{a: گروه}}\n  - {{no: ۱, a: نخست, b: 1200}}\n  - {{a: {LONG}}}\n"


def world(folder: Path) -> World:
    return World(folder, [FORM, OTHER], [ANSWERS], report=report_text("x/b", "x/a"))


def lines(block: object) -> list[list[str]]:
    assert isinstance(block, GridBlock)
    return [["\n".join(plain(line) for line in cell.lines) for cell in row] for row in block.body]


def test_findings_stand_by_section_in_the_order_of_the_report(tmp_path: Path) -> None:
    found = [
        problem("rule", Place("f.yaml", 1), message="آ"),
        problem("rule", Place(form="x/a", item="n"), message="ب"),
        problem("required", Place(form="x/a", item="t", row=2, column="b"), label="مقدار"),
        problem("rule", Place(form="x/b", item="a"), message="پ"),
        problem("rule", Place(form="case"), message="ت"),
    ]
    forms = world(tmp_path).forms
    lead, counts, block = findings_part([*named(found, forms)], forms).blocks
    assert isinstance(lead, Paragraph)
    assert plain(lead.text).startswith("باز است: ۱ خطا، ۴ هشدار.")
    assert lines(counts) == [
        ["دیگر", "", "۱", ""],
        ["عنوان", "۱", "۱", ""],
        ["مشخصات پرونده", "", "۱", ""],
        ["پرونده و سند", "", "۱", ""],
        ["جمع", "۱", "۴", ""],
    ]
    rows = lines(block)
    assert [row[0] for row in rows] == [
        "دیگر", "۱", "عنوان", "۲", "۳", "مشخصات پرونده", "۴", "پرونده و سند", "۵",
    ]  # fmt: skip
    assert [row[1] for row in rows if len(row) > 1] == ["هشدار", "خطا", "هشدار", "هشدار", "هشدار"]
    assert rows[3][2].startswith("جدول، ردیف ۲ («نخست»)، ستون «هدف: مقدار»\nنوشته: ۱٬۲۰۰\n")
    assert rows[4][2].startswith("شمار\nنوشته: ۴\nب\nچه باید کرد: ")


def test_a_row_is_known_by_its_first_text_cut_at_a_word(tmp_path: Path) -> None:
    found = [problem("rule", Place(form="x/a", item="t", row=row), message="آ") for row in (1, 3, 9)]
    forms = world(tmp_path).forms
    _, block = findings_part([*named(found, forms)], forms).blocks
    places = [row[2].partition("\n")[0] for row in lines(block)[1:]]
    assert places[0] == "جدول، ردیف ۱ («گروه»)"
    assert places[1].startswith("جدول، ردیف ۳ («متن بلند")
    assert places[1].endswith(" …»)")
    assert len(places[1]) < 90
    assert places[2] == "جدول، ردیف ۹"


def test_accepted_ones_stand_apart_with_their_reasons(tmp_path: Path) -> None:
    accepted = [Accepted(problem("rule", Place(form="x/a", item="n"), message="ب"), "چون چنین است")]
    _, heading, block = findings_part([], world(tmp_path).forms, accepted).blocks
    assert isinstance(heading, Heading)
    assert not heading.listed
    assert lines(block)[1][2] == "نوشته: ۴\nب\nدلیل پذیرش: چون چنین است"


def test_a_quoted_row_has_its_labels_and_marks_one_cell(tmp_path: Path) -> None:
    forms = world(tmp_path).forms
    cells = quoted(Place(form="x/a", item="t", row=2, column="b"), forms)
    assert [(cell.label, cell.text, cell.marked) for cell in cells] == [
        ("ردیف", "۱", False),
        ("نام", "نخست", False),
        ("هدف: مقدار", "۱٬۲۰۰", True),
    ]
    assert quoted(Place(form="x/a", item="t"), forms) == ()
    assert quoted(Place(form="x/a", item="t", row=0), forms) == ()
    assert quoted(Place(form="x/z", item="t", row=1), forms) == ()


def test_no_finding_no_section(tmp_path: Path) -> None:
    assert sections([], world(tmp_path).forms) == ()

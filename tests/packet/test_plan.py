"""The packet: numbering, references, letters, lists, charts, printed forms and what templates are offered."""

# ruff: noqa: E501 - whole forms and answers stand in a line

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.base.catalogue.entries import Severity
from assembler.base.persian import RLM
from assembler.base.problems import Place, Problem, problem
from assembler.model.names import named
from assembler.model.packet import (
    Block,
    ChartBlock,
    ContentsBlock,
    FigureBlock,
    GridBlock,
    Heading,
    ListBlock,
    Packet,
    PageBreak,
    Paragraph,
    SignaturesBlock,
    Span,
    plain,
)
from assembler.model.templates import OFFERED
from assembler.packet import findings_part, offered_names
from tests.building import World, codes, form_text, read_specs, report_text

FORM = form_text(
    """\
    choices: {yn: [{name: yes, label: دارد}, {name: no, label: ندارد}]}
    items:
      - {name: title, type: text, label: عنوان, inferred: ناخوانا}
      - {name: lines, type: text, appearance: multiline}
      - {name: q, type: select_one yn, label: پرسش؟, appearance: boxes}
      - {name: many, type: select_multiple yn, label: چندتا}
      - {name: day, type: date, label: روز, format: d/m/yy}
      - {name: photo, type: image, label: عکس}
      - {name: paper, type: file}
      - {name: story, type: narrative}
      - {name: n, type: integer, marks: ['-']}
      - name: t
        type: table
        label: جدول
        relevant: not filled(n) or n > 0
        columns: [{name: a, type: text, label: نام}, {name: b, type: integer, label: شمار}]
        group_rows: {columns: [a]}
      - {name: hidden, type: table, relevant: n > 100, columns: [{name: a, type: text}]}
    """
)


def packet_of(
    folder: Path, content: str, answers: str = "", *, parts: str = "", more: str = ""
) -> tuple[Packet, tuple[Problem, ...]]:
    body = "  - body: main\n    title: متن\n    template: body\n    content:\n"
    body += "".join(f"      {line}\n" for line in content.splitlines())
    (folder / "case/attachments").mkdir(parents=True)
    (folder / "case/attachments/site.jpg").write_bytes(b"\xff\xd8\xff")
    report = report_text("x/a", parts=parts + body, more=more)
    world = World(folder, [FORM], ["form: x/a\n" + answers], report=report, case="report: r\nagency: سازمان\n")
    assert {found.code for found in world.read_problems} <= {"attachments-unnamed"}
    return world.packet()


def blocks_of(folder: Path, content: str, answers: str = "", *, parts: str = "", more: str = "") -> tuple[Block, ...]:
    packet, problems = packet_of(folder, content, answers, parts=parts, more=more)
    assert [found.message for found in problems] == []
    return packet.part("main").blocks


def number(*numbers: str) -> str:
    return f"{RLM}-{RLM}".join(numbers)


NESTED = """\
- section: یک
  content:
    - section: یک‌یک
      content:
        - {section: ژرف, when: case.agency == 'x'}
        - section: یک‌یک‌یک
          content:
            - section: چهارم
    - {section: یک‌دو}
- {section: نیست, when: case.agency == 'x', content: [{table: x/a.t}]}
- {subheading: بی‌شماره}
- {section: دو, page_break: true}"""


def test_sections_are_numbered_at_any_depth_past_what_is_not_there(tmp_path: Path) -> None:
    blocks = blocks_of(tmp_path, NESTED)
    heads = [(block.text, block.level, block.number, block.listed) for block in blocks if isinstance(block, Heading)]
    assert heads == [
        ("یک", 1, "۱", True),
        ("یک‌یک", 2, number("۱", "۱"), True),
        ("یک‌یک‌یک", 3, number("۱", "۱", "۱"), True),
        ("چهارم", 4, number("۱", "۱", "۱", "۱"), True),
        ("یک‌دو", 2, number("۱", "۲"), True),
        ("بی‌شماره", 1, "", False),
        ("دو", 1, "۲", True),
    ]
    assert isinstance(blocks[-2], PageBreak)
    anchors = [block.anchor for block in blocks if isinstance(block, Heading) and block.listed]
    assert len(set(anchors)) == len(anchors)


COUNTED = """\
- {table: x/a.t, id: first, caption: نخست}
- {table: x/a.t, id: absent, when: case.agency == 'x'}
- {table: x/a.hidden, id: hidden}
- {form: x/a, id: sheet}
- {form: x/a, id: figure-sheet, as: figure}
- {figure: x/a.photo, id: photo, caption: نما}
- {chart: x/a.t, label: a, value: b, id: chart}
- {table: x/a.t, id: bare, caption: ''}
- {table: x/a.t, id: last}
- section: فصل
  id: chapter
  content: [{section: بخش, id: section}]
- {text: x/a.story}"""


def captions(blocks: tuple[Block, ...]) -> list[str]:
    return [plain(block.caption) for block in blocks if isinstance(block, GridBlock | FigureBlock | ChartBlock)]


def test_tables_figures_and_charts_are_counted_apart(tmp_path: Path) -> None:
    assert captions(blocks_of(tmp_path, COUNTED, "photo: site.jpg\nn: 5\nt: [{a: الف, b: 3}]")) == [
        "جدول شماره ۱- نخست", "جدول شماره ۲- عنوان", "تصویر شماره ۱- عنوان", "تصویر شماره ۲- نما",
        "نمودار شماره ۱- جدول", "", "جدول شماره ۳- جدول",
    ]  # fmt: skip


def test_what_does_not_apply_or_was_not_given_is_neither_printed_nor_counted(tmp_path: Path) -> None:
    assert captions(blocks_of(tmp_path / "none", COUNTED, "n: 0")) == ["جدول شماره ۱- عنوان", "تصویر شماره ۱- عنوان"]
    empty = captions(blocks_of(tmp_path / "empty", COUNTED, "n: 5\nt: [{a: الف}]"))
    assert not [caption for caption in empty if caption.startswith("نمودار")]  # nothing to draw
    more = "labels: {figure: شکل, section: فصل}\n"
    assert "شکل ۱- عنوان" in captions(blocks_of(tmp_path / "words", COUNTED, "n: 0", more=more))


def test_references_become_linked_numbers(tmp_path: Path) -> None:
    story = "story: ['[[last]] و [[first|number]] و [[photo]]؛ [[chart]] در [[section]]، [[ figure-sheet | number ]].']\nphoto: site.jpg"
    story += "\nt: [{a: الف, b: 3}]"
    blocks = blocks_of(tmp_path, COUNTED, story)
    paragraph = blocks[-1]
    assert isinstance(paragraph, Paragraph)
    assert plain(paragraph.text) == f"جدول شماره ۳ و ۱ و تصویر شماره ۲؛ نمودار شماره ۱ در بخش {number('۱', '۱')}، ۱."
    links = {span.text: span.link for span in paragraph.text if span.link}
    anchors = {block.anchor for block in blocks if isinstance(block, GridBlock | FigureBlock | ChartBlock | Heading)}
    assert set(links.values()) <= anchors
    assert links["۱"] != links["جدول شماره ۳"]


@pytest.mark.parametrize("reference", ["lsat", "absent", "hidden", "Last", "last|numbr", "bare", "جدول", ""])
def test_a_reference_that_leads_nowhere_is_reported_and_stays(tmp_path: Path, reference: str) -> None:
    packet, problems = packet_of(tmp_path, COUNTED, f"story:\n  - numbered: ['متن [[{reference}]]']\n")
    assert codes(problems) == ["broken-reference"]
    assert (problems[0].place.form, problems[0].place.item, problems[0].place.line) == ("x/a", "story", 2)
    assert f"[[{reference}]]" in problems[0].message
    listed = packet.part("main").blocks[-1]
    assert isinstance(listed, ListBlock)
    assert plain(listed.entries[0].text) == f"متن [[{reference}]]"


def test_a_mistyped_reference_gets_a_guess(tmp_path: Path) -> None:
    _, problems = packet_of(tmp_path, COUNTED, "story: '[[lsat]]'")
    assert "«last»" in problems[0].hint


def test_narratives_and_their_lists(tmp_path: Path) -> None:
    answers = "story:\n  - بند\n  - numbered: [الف, {text: ب, lettered: [x, y], bulleted: [{text: z, bulleted: [w]}]}]\n  - dashed: [خط]\n"
    paragraph, numbered, dashed = blocks_of(tmp_path, "- {text: x/a.story}", answers)
    assert paragraph == Paragraph((Span("بند"),))
    assert isinstance(numbered, ListBlock)
    assert [entry.mark for entry in numbered.entries] == ["۱-", "۲-"]
    lettered, bulleted = numbered.entries[1].lists
    assert [entry.mark for entry in lettered.entries] == ["الف-", "ب-"]
    assert (bulleted.entries[0].mark, bulleted.entries[0].lists[0].entries[0].mark) == ("▪", "▪")
    assert isinstance(dashed, ListBlock)
    assert dashed.entries[0].mark == "-"


def test_texts_lists_and_paragraphs(tmp_path: Path) -> None:
    content = """\
- {contents: "فهرست {{ case.agency }}", levels: 2}
- {text: x/a.title}
- {text: x/a.lines}
- {text: x/a.day}
- {text: x/a.q}
- {list: x/a.t, entry: "{{ row.a }}: {{ row.b }}", marks: lettered}
- {list: x/a.hidden, entry: "{{ row.a }}"}
- {paragraph: "{{ case.agency }} {{ form('x/a').q }} {{ form('x/a').n }} {{ form('x/a').day }} {{ count(form('x/a').t) }}"}"""
    answers = (
        "title: متن\nlines: [یک, دو]\nday: 1399/12/5\nq: yes\nn: '-'\nt: [{group: {a: g}}, {a: الف, b: 3}, {a: ب}]"
    )
    contents, *middle, listed, last = blocks_of(tmp_path, content, answers)
    assert contents == ContentsBlock("فهرست سازمان", 2)
    assert [plain(block.text) for block in middle if isinstance(block, Paragraph)] == [
        "متن", "یک", "دو", "۵/۱۲/۹۹", "☑ دارد    ☐ ندارد",
    ]  # fmt: skip
    assert isinstance(listed, ListBlock)
    assert [(entry.mark, plain(entry.text)) for entry in listed.entries] == [("الف-", "الف: ۳"), ("ب-", "ب:")]
    assert isinstance(last, Paragraph)
    assert plain(last.text) == "سازمان ☑ دارد    ☐ ندارد - ۵/۱۲/۹۹ ۲"


def test_charts(tmp_path: Path) -> None:
    content = '- {chart: x/a.t, kind: pie, label: a, value: b, percent: true, decimals: 1, width: 9, notes: ["{{ case.agency }}"]}'
    (chart,) = blocks_of(tmp_path, content, "t: [{group: {a: g}}, {a: الف, b: 3}, {a: ب}]")
    assert isinstance(chart, ChartBlock)
    assert (chart.kind, chart.labels, chart.values) == ("pie", ("الف", "ب"), (3, None))
    assert (chart.percent, chart.decimals, chart.width, chart.notes) == (True, 1, 9.0, ((Span("سازمان"),),))


LETTER = '  - {letter: l, title: نامه, template: letterhead, form: x/a, signer: head, fields: {hierarchy: "یک", subject: "{{ case.agency }}"}}\n'


SIGNERS = 'signers: [{key: head, name: "{{ case.agency }}", post: رئیس}]\n'


def test_letters_and_signers(tmp_path: Path) -> None:
    answers = "title: ت\nlines: [یک, دو]\nstory: [بند]\nt: [{a: x, b: 1}, {a: y}]"
    packet, _ = packet_of(tmp_path, "- {figure: {letter: l}, caption: نامه}", answers, parts=LETTER, more=SIGNERS)
    letter, body = packet.parts
    assert letter.placed
    assert not body.placed
    assert isinstance(body.blocks[0], FigureBlock)
    assert body.blocks[0].part == "l"
    assert letter.signer is not None
    assert (letter.signer.key, letter.signer.name, letter.signer.post) == ("l-head", "سازمان", "رئیس")
    assert letter.blocks == (Paragraph((Span("بند"),), kept=True),)
    expected = {
        "title": "ت",
        "lines": ("یک", "دو"),
        "t": ("x ۱", "y"),
        "subject": "سازمان",
        "hierarchy": ("یک",),
        "signer_name": "سازمان",
        "number": "",
    }
    assert {name: letter.fields[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (("بلند " * 30, "بلند " * 30), (False, True)),
        (("بلند " * 30, "کوتاه"), (True, True)),
        (("بلند " * 30, "بند", "کوتاه"), (True, True, True)),
        (("بلند " * 30, "بلند " * 30, "کوتاه"), (False, True, True)),
    ],
)
def test_more_than_a_line_goes_with_the_signature(
    tmp_path: Path, said: tuple[str, ...], kept: tuple[bool, ...]
) -> None:
    answers = f"title: ت\nstory: [{', '.join(text.strip() for text in said)}]\n"
    packet, _ = packet_of(tmp_path, "- {figure: {letter: l}, caption: نامه}", answers, parts=LETTER, more=SIGNERS)
    assert tuple(block.kept for block in packet.parts[0].blocks if isinstance(block, Paragraph)) == kept


def test_a_letter_nobody_shows_stands_by_itself(tmp_path: Path) -> None:
    packet, _ = packet_of(tmp_path, "- {paragraph: متن}", parts=LETTER.replace(", signer: head", ""))
    assert not packet.part("l").placed
    assert packet.part("l").signer is None


def test_parts_come_and_go_with_their_condition(tmp_path: Path) -> None:
    parts = "  - {cover: c, title: جلد, template: cover, when: case.agency == 'x'}\n  - {evidence: e, title: مستندات, files: [x/a.paper, x/a.photo]}\n"
    packet, _ = packet_of(tmp_path, "- {paragraph: متن}", "photo: site.jpg", parts=parts)
    assert [part.name for part in packet.parts] == ["e", "main"]
    assert [file.name for file in packet.part("e").files] == ["site.jpg"]
    assert (packet.name, packet.title, packet.draft) == ("case", "گزارش", False)


def test_offered_names_are_filled(tmp_path: Path) -> None:
    parts = (
        LETTER.replace(", signer: head", "") + "  - {cover: c, title: جلد, template: cover, fields: {motto: شعار}}\n"
    )
    folder = tmp_path / "w"
    world = World(folder, [FORM], [], report=report_text("x/a", parts=parts))
    packet, _ = world.packet()
    for part, spec in zip(packet.parts, world.report.parts, strict=True):
        offered = offered_names(spec, world.library.forms)
        assert offered - {"body", "signature"} <= {*part.fields, "story"}
        assert set(OFFERED[part.kind]) <= set(part.fields)
    assert {"motto", "subtitle"} <= offered_names(world.report.parts[1], world.library.forms)


def texts(block: Block) -> list[list[str]]:
    assert isinstance(block, GridBlock)
    return [["\n".join(plain(line) for line in cell.lines) for cell in row] for row in block.body]


LAYOUT = """\
layout:
  - [{text: سربرگ, span: 3}]
  - [title, {item: q, show: label}, {item: q, show: value}]
  - [{item: day, span: 2}]
  - []
"""


def sheet_of(folder: Path, form: str, answers: str) -> GridBlock:
    """The first part; a second one shows the tables, which boxes leave out."""
    rest = "  - {body: c, title: جدول‌ها, content: [{answers: x/a}]}\n"
    report = report_text(parts="  - {body: b, title: متن, content: [{form: x/a, as: figure}]}\n" + rest)
    (block,) = (
        World(folder, [form], ["form: x/a\n" + answers] if answers else [], report=report).packet()[0].parts[0].blocks
    )
    assert isinstance(block, GridBlock)
    assert all(sum(cell.columns for cell in row) == len(block.widths) for row in block.body)
    return block


def test_printed_forms(tmp_path: Path) -> None:
    form = FORM.replace("items:", LAYOUT + "items:", 1)
    block = sheet_of(tmp_path / "filled", form, "title: متن\nq: no\nday: 1399/12/5")
    assert texts(block) == [["سربرگ"], ["عنوان: متن", "پرسش؟", "☐ دارد    ☑ ندارد"], ["روز: ۵/۱۲/۹۹"], [""]]
    assert block.caption_below
    assert block.notes == ()
    assert texts(sheet_of(tmp_path / "blank", form, ""))[1] == ["عنوان:", "پرسش؟", "☐ دارد    ☐ ندارد"]


def test_a_form_without_a_layout_stands_side_by_side(tmp_path: Path) -> None:
    rows = texts(sheet_of(tmp_path / "plain", FORM, "title: متن\nmany: [yes, no]"))
    assert rows[:4] == [["عنوان", "متن"], ["", ""], ["پرسش؟", "☐ دارد    ☐ ندارد"], ["چندتا", "دارد، ندارد"]]
    assert (
        sheet_of(
            tmp_path / "tables", form_text("items: [{name: t, type: table, columns: [{name: a, type: text}]}]"), ""
        ).body
        == ()
    )


def test_the_sheet_of_open_problems(tmp_path: Path) -> None:
    forms = World(tmp_path, [FORM], []).forms
    found = [
        problem("form-unanswered", Place(form="x/b"), Severity.WARNING, name="x/b", title="ب"),
        problem("required", Place("f.yaml", 3, "x/a", "t", 2, "a"), label="نام"),
        problem("constraint", Place("f.yaml"), Severity.INFORMATION, message="کم", label="شمار"),
    ]
    part = findings_part([*named(found, forms)], forms)
    _, _, block = part.blocks
    rows = texts(block)
    assert (part.kind, part.template) == ("problems", "problems")
    assert [row[0] for row in rows] == ["عنوان", "۱", "پرونده و سند", "۲", "۳"]
    assert [row[1] for row in rows if len(row) > 1] == ["خطا", "هشدار", "اطلاع"]
    assert rows[1][2].startswith("جدول، ردیف ۲، ستون «نام»\n")
    assert rows[4][2].startswith("f.yaml\n")
    (empty,) = findings_part([], forms).blocks
    assert isinstance(empty, Paragraph)


def test_who_signs_several_forms_has_a_field_at_each(tmp_path: Path) -> None:
    blocks = "{signatures: [a, b]}, {signatures: [a]}"
    report = report_text(
        parts=f"  - {{body: body, title: متن, template: body, content: [{blocks}]}}\n",
        more="signers: [{key: a, name: الف, post: کارشناس}, {key: b, name: ب, post: رئیس}]\n",
    )
    packet, problems = World(tmp_path, [], [], report=report).packet()
    signing = [block for block in packet.parts[0].blocks if isinstance(block, SignaturesBlock)]
    assert problems == ()
    assert [[signer.key for signer in block.signers] for block in signing] == [["body-a", "body-b"], ["body-a-2"]]
    twice = report.replace("[a, b]", "[a, a, b]")
    assert [found.code for found in read_specs(tmp_path / "2", twice)[1]] == ["duplicate-name"]

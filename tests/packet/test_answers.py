"""The blocks of a form as it is answered: questions, sheets, lists, diagrams, numbered evidence, summaries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assembler.base.persian import section_number
from assembler.base.problems import Problem
from assembler.base.scripts import with_persian_digits
from assembler.base.settings import find_settings
from assembler.checks import check_prefills
from assembler.model.packet import (
    ChartBlock,
    FigureBlock,
    GridBlock,
    Heading,
    ListBlock,
    Packet,
    Paragraph,
    Series,
    Span,
    WorkflowBlock,
    plain,
)
from assembler.pipeline import read
from tests.building import World, codes, form_text, report_text
from tests.conftest import REPOSITORY

LISTS = "choices: {a: [{name: yes, label: بلی}, {name: no, label: خیر}, {name: none, label: عدم مصداق}]}\n"
INDICATOR = form_text(
    LISTS
    + """\
legal: [بند ۱ ماده ۲, ماده ۳]
legal_doubt: ناخوانا
summary: {status: answer, figure: "{{ count(services) }} خدمت", reason: "{{ why }}"}
items:
  - {name: answer, type: select_one a, label: ۱. آیا هست؟, required: true}
  - {name: reason, type: text, label: ۲. اگر خیر، دلیل, relevant: answer == 'no', required: true}
  - {name: why, type: text, label: دلیل, relevant: answer == 'none', required: true, appearance: hidden}
  - {name: system, type: text, label: تشریح سامانه, relevant: answer == 'yes'}
  - {name: strong, type: text, label: قوت‌ها, relevant: answer == 'yes', inferred: ناخوانا}
  - {name: weak, type: text, label: ضعف‌ها, relevant: answer == 'yes'}
  - {name: rate, type: decimal, label: سرانه, blank: قابل محاسبه نیست}
  - name: services
    type: table
    label: خدمات
    relevant: answer == 'yes'
    columns: [{name: title, type: text, label: عنوان}, {name: e, type: text}]
  - name: papers
    type: table
    label: مستندات
    entry: "{{ row.title }} ({{ row.file }})"
    columns: [{name: title, type: text}, {name: file, type: file}]
  - {name: scan, type: file, label: تصویر نامه}
sheets:
  - name: box
    caption: سامانه
    heads: [عنوان, شرح]
    rows: [system, {heading: ارزیابی}, {label: قوت و ضعف, items: [strong, weak]}]
"""
)
SECOND = form_text(
    """\
items:
  - name: services
    type: table
    label: خدمات دوم
    prefill: {from: [x/a.services], cells: {name: title}, when: e == 'x'}
    columns: [{name: name, type: text, label: نام}, {name: days, type: integer, label: روز}]
  - name: steps
    type: table
    workflow: {of: process, step: no, kind: kind, actor: who, action: what, next: next}
    columns:
      - {name: process, type: text}
      - {name: no, type: integer, calculation: position}
      - {name: kind, type: text}
      - {name: who, type: text}
      - {name: what, type: text}
      - {name: next, type: text}
rules:
  - {kind: covered, item: services, column: name, among: [x/b.steps.process], excused: days}
""",
    "x/b",
)
ANSWERED = """\
form: x/a
answer: yes
system: شرح
strong: خوب
services: [{title: صدور کارت, e: x}, {title: پاسخ استعلام}, {title: تمدید, e: x}]
papers: [{title: آیین‌نامه, file: one.pdf}, {title: صورت‌جلسه, file: two.pdf}]
scan: one.pdf
"""


def world(folder: Path, *answers: str, parts: str = "", more: str = "", second: str = SECOND) -> World:
    (folder / "case/attachments").mkdir(parents=True, exist_ok=True)
    for name in ("one.pdf", "two.pdf"):
        (folder / "case/attachments" / name).write_bytes(b"%PDF-1.4 " + name.encode())
    content = parts or "  - body: main\n    title: متن\n    template: body\n    content:\n      - {answers: x/a}\n"
    content += "  - {evidence: files, title: مستندات, separators: مستند شماره}\n"
    report = report_text("x/a", "x/b", parts=content, more=more)
    return World(folder, [INDICATOR, second], answers, report=report)


def body(packet: Packet) -> list[Any]:
    return list(packet.part("main").blocks)


def texts(block: GridBlock) -> list[list[str]]:
    return [["\n".join(plain(line) for line in cell.lines) for cell in row] for row in block.body]


def test_a_form_is_printed_in_its_own_order(tmp_path: Path) -> None:
    packet, problems = world(tmp_path, ANSWERED).packet()
    assert problems == ()
    kinds = [type(block) for block in body(packet)]
    assert kinds == [Paragraph, GridBlock, GridBlock, GridBlock, GridBlock, Heading, ListBlock, GridBlock]
    legal, first, sheet, rate, services, label, papers, scan = body(packet)
    assert plain(legal.text) == "مستند قانونی: بند ۱ ماده ۲؛ ماده ۳"
    assert texts(first) == [["۱. آیا هست؟", "بلی"], ["۲. اگر خیر، دلیل", "—"]]
    assert texts(rate) == [["سرانه", "قابل محاسبه نیست"]]
    assert (first.counted, first.caption) == (False, ())
    assert plain(sheet.caption) == "جدول شماره ۱- سامانه"
    assert plain(services.caption) == "جدول شماره ۲- خدمات"
    assert label.text == "مستندات"
    assert texts(scan) == [["تصویر نامه", "مستند شماره ۱"]]
    assert isinstance(papers, ListBlock)
    assert [plain(entry.text) for entry in papers.entries] == ["آیین‌نامه (مستند شماره ۱)", "صورت‌جلسه (مستند شماره ۲)"]


def test_a_chapter_begins_with_its_indicators_and_each_says_how_it_stands(tmp_path: Path) -> None:
    sections = """\
  - body: main
    title: متن
    template: body
    content:
      - section: یک
        content:
          - {summary: chapter}
          - {section: شاخص یک, content: [{answers: x/a}]}
      - section: دو
        content:
          - {summary: chapter}
          - {section: شاخص دو, content: [{answers: x/b}]}
"""
    other = form_text("summary: {status: kept}\nitems: [{name: kept, type: text, label: نگه‌داری}]\n", "x/b")
    statuses = "statuses: [{name: yes, label: آری}]\n"
    packet, problems = world(tmp_path, ANSWERED, parts=sections, more=statuses, second=other).packet()
    assert problems == ()
    blocks = body(packet)
    tables = [texts(one) for one in blocks if isinstance(one, GridBlock) and not one.anchor]
    assert tables == [[["شاخص یک", "آری"]], [["شاخص دو", "بدون پاسخ"]]]
    cards = [plain(one.text) for one in blocks if isinstance(one, Paragraph)]
    assert cards == ["وضعیت: آری\u00a0 مستند قانونی: بند ۱ ماده ۲؛ ماده ۳", "وضعیت: بدون پاسخ"]
    counted = [plain(one.caption) for one in blocks if isinstance(one, GridBlock) and one.counted]
    assert counted[0] == "جدول شماره ۱- سامانه"


def test_a_sheet_holds_headings_and_several_answers_under_one_label(tmp_path: Path) -> None:
    packet, _ = world(tmp_path, ANSWERED).packet()
    sheet = next(block for block in body(packet) if isinstance(block, GridBlock) and block.counted)
    assert [[plain(line) for cell in row for line in cell.lines] for row in sheet.head] == [["عنوان", "شرح"]]
    assert texts(sheet) == [["تشریح سامانه", "شرح"], ["ارزیابی"], ["قوت و ضعف", "قوت‌ها: خوب\nضعف‌ها:"]]
    assert sheet.notes == ()


def test_what_does_not_apply_is_not_printed_but_its_question_is(tmp_path: Path) -> None:
    packet, _ = world(tmp_path, "form: x/a\nanswer: no\nreason: نداریم\n").packet()
    grids = [block for block in body(packet) if isinstance(block, GridBlock)]
    assert texts(grids[0])[:2] == [["۱. آیا هست؟", "خیر"], ["۲. اگر خیر، دلیل", "نداریم"]]
    assert [text for text, _answer in texts(grids[0])][2:] == ["سرانه", "تصویر نامه"]
    assert [grid.counted for grid in grids] == [False]
    assert not any(isinstance(block, ListBlock | Heading) for block in body(packet))


def test_evidence_is_numbered_once_a_file(tmp_path: Path) -> None:
    packet, _ = world(tmp_path, ANSWERED).packet()
    files = packet.part("files").files
    assert [(file.name, file.label) for file in files] == [("one.pdf", "مستند شماره ۱"), ("two.pdf", "مستند شماره ۲")]
    assert files[1].about == ("صورت‌جلسه", "عنوان")


def test_evidence_named_one_by_one_needs_no_separators(tmp_path: Path) -> None:
    parts = "  - {body: main, title: متن, template: body, content: [{answers: x/a}]}\n"
    plain_parts = parts + "  - {evidence: scans, title: نامه, files: [x/a.scan]}\n"
    found = World(tmp_path, [INDICATOR, SECOND], [], report=report_text("x/a", "x/b", parts=plain_parts))
    assert found.packet()[0].part("scans").files == ()


PROCESS = """\
form: x/b
steps:
  - {process: صدور کارت, kind: start, who: متقاضی, what: درخواست}
  - {kind: decision, who: کارشناس, what: کامل است؟, next: "بلی: ۳؛ خیر: ۱"}
  - {kind: end, who: کارشناس, what: صدور}
  - {process: تمدید, kind: start, who: متقاضی, what: درخواست}
"""


def test_each_process_is_drawn_under_its_own_number(tmp_path: Path) -> None:
    parts = "  - {body: main, title: متن, template: body, content: [{answers: x/b}]}\n"
    packet, _ = world(tmp_path, ANSWERED, PROCESS, parts=parts).packet()
    drawn = [block for block in body(packet) if isinstance(block, WorkflowBlock)]
    assert [plain(block.caption) for block in drawn] == [
        "تصویر شماره ۱- نمودار جریان کار «صدور کارت»",
        "تصویر شماره ۲- نمودار جریان کار «تمدید»",
    ]
    assert drawn[0].steps[1].next == (("بلی", "۳"), ("خیر", "۱"))
    assert len({block.anchor for block in drawn}) == 2


# ---------------------------------------------------------------- rows taken over


def parted(found: World) -> list[Problem]:
    return list(check_prefills(found.forms, ("x/a", "x/b")))


def test_a_table_nobody_answered_takes_the_rows_of_the_other(tmp_path: Path) -> None:
    found = world(tmp_path, ANSWERED, "form: x/b\nservices:\n")
    assert found.column("services", "name", "x/b") == ["صدور کارت", "تمدید"]
    assert found.forms["x/b"].items["services"].prefilled
    assert parted(found) == []


def test_an_answered_table_stands_and_its_departures_are_told(tmp_path: Path) -> None:
    own = "form: x/b\nservices: [{name: صدور کارت, days: 2}, {name: ابطال, days: 3}]\n"
    found = world(tmp_path, ANSWERED, own)
    assert found.column("services", "name", "x/b") == ["صدور کارت", "ابطال"]
    told = parted(found)
    assert codes(told) == ["row-not-taken-over", "row-of-its-own"]
    assert "تمدید" in told[0].message
    assert (told[1].place.row, told[1].place.column) == (2, "name")


def test_spelling_and_order_make_no_departure(tmp_path: Path) -> None:
    own = "form: x/b\nservices: [{name: تمديد}, {name: صدور‌كارت}]\n"
    assert parted(world(tmp_path, ANSWERED, own)) == []


def test_names_without_a_counterpart_are_told_unless_excused(tmp_path: Path) -> None:
    own = "services: [{name: صدور كارت}, {name: تمدید}, {name: ابطال}, {name: انتقال, days: 2}]\n"
    found = world(tmp_path, ANSWERED, PROCESS + own)
    told = [each for each in found.checked() if each.code == "not-covered"]
    assert [(each.place.row, each.place.column) for each in told] == [(3, "name")]


# ---------------------------------------------------------------- summaries

STATUSES = "statuses: [{name: yes, label: بلی}, {name: no, label: خیر}, {name: none, label: عدم مصداق}]\n"
SUMMARY = """\
  - body: main
    title: متن
    template: body
    content:
      - {section: بعد نخست, content: [{answers: x/a}]}
      - section: خلاصه
        content:
          - {summary: table, caption: وضعیت}
          - {summary: chart, caption: نمودار}
          - {summary: list, only: none}
          - {paragraph: "{{ summary.none }} از {{ summary.all }} شاخص", when: summary.none > 0}
"""


def summary_of(folder: Path, answers: str) -> list[object]:
    packet, problems = world(folder, *([answers] if answers else []), parts=SUMMARY, more=STATUSES).packet()
    assert problems == ()
    blocks = body(packet)
    start = next(n for n, block in enumerate(blocks) if isinstance(block, Heading) and block.text == "خلاصه")
    return blocks[start + 1 :]


def test_the_summary_says_how_each_form_was_answered(tmp_path: Path) -> None:
    grid, chart = summary_of(tmp_path, ANSWERED)
    assert isinstance(grid, GridBlock)
    assert texts(grid) == [["بعد نخست"], ["۱", "عنوان", "بلی", "۳ خدمت", "۲"]]
    assert isinstance(chart, ChartBlock)
    assert (chart.labels, chart.values, chart.series) == (("بعد نخست",), (1,), (Series("بلی", (1,)),))


def test_a_form_nobody_answered_is_open(tmp_path: Path) -> None:
    grid, _chart = summary_of(tmp_path, "")
    assert isinstance(grid, GridBlock)
    assert texts(grid)[1][2:] == ["بدون پاسخ", "۰ خدمت", ""]


def test_forms_of_one_status_are_listed_with_the_reason(tmp_path: Path) -> None:
    _grid, _chart, listed, counted = summary_of(tmp_path, "form: x/a\nanswer: none\nwhy: خدمتی نداریم\n")
    assert isinstance(listed, ListBlock)
    assert [plain(entry.text) for entry in listed.entries] == ["بعد نخست: خدمتی نداریم"]
    assert isinstance(counted, Paragraph)
    assert plain(counted.text) == "۱ از ۱ شاخص"


def test_no_figure_is_made_of_evidence(tmp_path: Path) -> None:
    packet, _ = world(tmp_path, ANSWERED).packet()
    assert not any(isinstance(block, FigureBlock) for block in body(packet))


def test_what_is_cited_leads_to_the_evidence_behind_it(tmp_path: Path) -> None:
    packet, _ = world(tmp_path, ANSWERED).packet()
    scan, papers = body(packet)[-1], body(packet)[-2]
    cited = Span("مستند شماره ۲", link="files-evidence-2", cited=True)
    assert papers.entries[1].text == (Span("صورت‌جلسه ("), cited, Span(")"))
    assert scan.body[0][1].lines[0][0].cited
    letter = "  - {letter: main, title: نامه, template: letterhead, content: [{answers: x/a}]}\n"
    packet, _ = world(tmp_path / "letter", ANSWERED, parts=letter).packet()
    assert not any(span.link for entry in body(packet)[-2].entries for span in entry.text)


def test_evidence_says_in_which_section_its_form_stands(tmp_path: Path) -> None:
    sections = """\
  - body: main
    title: متن
    template: body
    content:
      - section: فصل
        content:
          - {section: شاخص ۷- خدمات, content: [{answers: x/a}]}
"""
    packet, _ = world(tmp_path, ANSWERED, parts=sections).packet()
    assert {file.section for file in packet.part("files").files} == {"شاخص ۷"}
    plain_title = sections.replace("شاخص ۷- خدمات", "خدمات الکترونیکی دستگاه")
    packet, _ = world(tmp_path / "plain", ANSWERED, parts=plain_title).packet()
    assert {file.section for file in packet.part("files").files} == {f"بخش {section_number((1, 1))}"}


GLANCE = """\
  - body: main
    title: متن
    template: body
    content:
      - {contents: فهرست, lists: [tables, figures, evidence]}
      - {summary: numbers}
      - {summary: missing}
      - {section: شاخص ۱- یک, content: [{answers: x/a}]}
      - {section: شاخص ۲- دو, content: [{answers: x/b}]}
"""


def test_a_report_at_a_glance_counts_what_its_summary_counts(tmp_path: Path) -> None:
    other = form_text("summary: {status: kept}\nitems: [{name: kept, type: text, label: نگه‌داری}]\n", "x/b")
    statuses = "statuses: [{name: yes, label: آری}, {name: no, label: نه}]\n"
    packet, problems = world(tmp_path, ANSWERED, parts=GLANCE, more=statuses, second=other).packet()
    assert problems == ()
    numbers, missing = (block for block in body(packet)[1:3])
    assert [plain(cell.lines[0]) for cell in numbers.head[0]] == ["همه شاخص‌ها", "آری", "بدون پاسخ", "مستند"]
    assert texts(numbers) == [["۲", "۱", "۱", "۲"]]
    assert texts(missing) == [["بدون پاسخ", "۱", "شاخص ۲"]]


def test_lists_of_few_entries_are_left_out(tmp_path: Path) -> None:
    packet, _ = world(tmp_path, ANSWERED, parts=GLANCE).packet()
    assert body(packet)[0].lists == ()
    many = GLANCE + "".join("      - {table: x/a.services}\n" for _ in range(4))
    packet, _ = world(tmp_path / "many", ANSWERED, parts=many).packet()
    (tables,) = body(packet)[0].lists
    assert [tables.kind, len(tables.entries), plain(tables.entries[1][1])] == ["tables", 7, "جدول شماره ۲- خدمات"]
    spilling = GLANCE + "".join("      - {table: x/a.services}\n" for _ in range(45))
    packet, _ = world(tmp_path / "spilling", ANSWERED, parts=spilling).packet()
    assert body(packet)[0].lists == ()  # a page of ten lines


def test_a_form_shown_as_a_figure_stands_in_the_list_of_figures(tmp_path: Path) -> None:
    shown = GLANCE + "".join("      - {form: x/a, as: figure, caption: برگه}\n" for _ in range(5))
    packet, _ = world(tmp_path, ANSWERED, parts=shown).packet()
    (figures,) = body(packet)[0].lists
    assert [figures.kind, len(figures.entries), plain(figures.entries[4][1])] == [
        "figures", 5, "تصویر شماره ۵- برگه",
    ]  # fmt: skip


def test_questions_that_do_not_apply_are_folded_where_the_report_says_so(tmp_path: Path) -> None:
    parts = "  - body: main\n    title: متن\n    template: body\n    content:\n      - {answers: x/a, fold: true}\n"
    packet, _ = world(tmp_path, ANSWERED, parts=parts).packet()
    first = next(block for block in body(packet) if isinstance(block, GridBlock))
    assert texts(first) == [["۱. آیا هست؟", "بلی"]]


@pytest.mark.parametrize("name", ["annual-1398", "annual-1398-national", "vaccination-english-2025"])
def test_the_evidence_at_a_glance_is_what_stands_behind(name: str) -> None:
    """Also of files that no form of the summary attaches."""
    packet = read(REPOSITORY / "samples" / name, find_settings()).packet
    behind = sum(len(part.files) for part in packet.parts if part.kind == "evidence")
    grids = (block for part in packet.parts for block in part.blocks if isinstance(block, GridBlock) and block.head)
    heads = {"مستند", "Evidence"}
    glance = next(grid for grid in grids if plain(grid.head[0][-1].lines[0]) in heads and not grid.counted)
    assert plain(glance.body[0][-1].lines[0]) in (str(behind), with_persian_digits(str(behind)))

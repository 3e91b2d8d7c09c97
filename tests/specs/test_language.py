"""Every word of the language is accepted, read into its value and known to the schemas; what is shipped is sound."""

# ruff: noqa: E501 - whole forms and answers stand in a line

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from assembler.base.catalogue.entries import Severity
from assembler.base.problems import NOWHERE
from assembler.base.yamlfile import MappingNode, Node, Scalar, read
from assembler.documents.names import PrintedNames
from assembler.model.blocks import (
    AnswersSpec,
    BlockSpec,
    ChartSpec,
    ContentsSpec,
    FigureSpec,
    ListSpec,
    PageBreakSpec,
    ParagraphSpec,
    PrintedFormSpec,
    ScoreSheetSpec,
    ScoresSpec,
    SectionSpec,
    SignaturesSpec,
    SubheadingSpec,
    SummarySpec,
    TableSpec,
    TextSpec,
    TurnedSpec,
    WorkflowSpec,
    walk,
)
from assembler.model.reports import Library
from assembler.model.sheets import LayoutCell
from assembler.model.specs import Choice, FormSpec, Source
from assembler.specs.language.blocks import BLOCKS, PART
from assembler.specs.language.forms import FORM_SHAPE
from assembler.specs.language.items import APPEARANCES, ITEM_TYPES, SHOWN_BY
from assembler.specs.language.meanings import Shape
from assembler.specs.language.reports import REPORT_SHAPE, SHAPES
from assembler.specs.library import read_library
from assembler.specs.schema import language_schemas, schemas
from tests.building import plain_yaml, read_specs, sound_specs

REPOSITORY = Path(__file__).resolve().parents[2]
SHIPPED = sorted((REPOSITORY / "form_specs").rglob("*.yaml"))
EDITION = REPOSITORY / "form_specs" / "citizen-rights-1399"  # written over the edition before
CASES = sorted((REPOSITORY / "samples").glob("*/case.yaml"))
ANSWERS = sorted((REPOSITORY / "samples").glob("*/answers/*.yaml"))

BASE = """\
form: x/base
title: پایه
source: {document: d}
items: [{name: first, type: text}]
"""
LAST = """\
form: x/last
title: پایان
source: {document: d}
items: [{name: closing, type: text, relevant: number > 1}]
"""
FORM = """\
form: x/a
title: فرم
source: {document: circular, clause: [بند ۱, بند ۲], note: یادداشت}
extends: x/base
append: x/last
inferred: بازسازی
own: افزوده
legal: [ماده ۱]
legal_doubt: شاید ماده ۲
figures: off
summary: {status: have, figure: "{{ number }} نفر", reason: "{{ reason }}"}
sheets:
  - name: box
    caption: کادر
    heads: [عنوان, شرح]
    rows: [number, {heading: بخش}, {label: با هم, items: [real, share]}]
    notes: [یادداشت]
    inferred: بازسازی
survey:
  questions: printed
  number: what
  question: what
  group: what
  level: level
  numbers: [no, yes]
  inverted: [r1]
  headers: {remark: [توضیح]}
  response: number
  service: title
  period: day
  comment: reason
  results: x/a
choices:
  have: [{name: yes, label: دارد, code: "1"}, {name: no, label: ندارد, code: "2", inferred: حدس}]
  listed: {from: listed.csv}
  sub: [{name: s, label: س, within: yes, ask: کدام؟}]
items:
  - {name: title, type: text, label: عنوان, hint: راهنما, also: [نام], required: true, appearance: multiline, default: پیش‌فرض}
  - {name: reason, type: text, required: have == 'no', relevant: have == 'no', footnote: ف, inferred: ح, doubt: ت, own: خ, carry: true}
  - {name: have, type: select_one have, appearance: boxes}
  - {name: many, type: select_multiple have}
  - {name: under, type: select_one sub, within: have}
  - {name: filed, type: select_one listed}
  - {name: number, type: integer, constraint: number > 1, constraint_message: کم, constraint_severity: warning, marks: ['-'], blank: نامعلوم, unit: نفر}
  - {name: real, type: decimal}
  - {name: nid, type: text, check: national_id}
  - {name: pin, type: text, digits: 6}
  - {name: lot, type: text, label: Lot, translation: سری ساخت, direction: ltr, figures: off}
  - {name: wide, type: table, label: پهن, as: cards, columns: [{name: a, type: text, label: الف}]}
  - {group: بخش, relevant: have == 'yes', items: [{name: inside, type: text}]}
  - {name: since, type: year, label: از سال}
  - {name: share, type: percent}
  - {name: day, type: date, format: d/m/yy}
  - {name: photo, type: image}
  - {name: paper, type: file}
  - {name: remark, type: note}
  - {name: half, type: calculate, calculation: number / 2}
  - {name: story, type: narrative}
  - name: t
    type: table
    label: جدول
    caption: عنوان جدول
    heading: سربرگ
    page: landscape
    fit: shrink
    min_rows: 1
    max_rows: 9
    notes: ['* یادداشت']
    columns:
      - {name: no, type: integer, calculation: position, width: 1.2, align: center}
      - label: گروه
        columns:
          - {name: title, type: text, merge: true}
          - label: زیرگروه
            columns: [{name: n, type: integer, align: end}]
      - {name: have, type: select_one have, appearance: ticks}
    group_rows: {columns: [no, title], required: [title]}
    footer:
      - {label: جمع, cells: {n: "total(t, 'n')"}}
      - {label: درصد, calculation: "percent(count(t, 'have', 'yes'), count(t))"}
  - name: scores
    type: table
    number: ۳
    columns:
      - {name: no, type: text}
      - {name: title, type: text}
      - {name: cap, type: decimal}
      - {name: self, type: decimal}
      - {name: evaluator, type: decimal}
      - {name: final, type: decimal}
  - name: documents
    type: table
    columns: [{name: title, type: text}, {name: file, type: file}]
  - name: printed
    type: table
    columns: [{name: what, type: text}, {name: score, type: decimal, formula: ف}, {name: level, type: select_one have}]
    totals: {across: جمع ردیف, down: جمع ستون, only: [score]}
    column_numbers: formulas
    rows:
      - {name: part, heading: بخش}
      - {name: r1, cells: {what: معیار}, also: [سنجه]}
      - {name: r2, cells: {what: دیگر}, closed: [level], calculations: {score: r1 * 2}}
      - {name: r3, cells: {what: میانگین}, calculation: r1 / 2, closed: [level]}
      - {name: r4, cells: {what: جمع}, total: all, closed: [level]}
  - name: questions
    type: table
    columns:
      - {each: have, type: integer}
      - {name: answered, type: integer}
      - {each: {from: 1, to: 2}, name: d, columns: [{name: n, type: integer}, {name: half, type: decimal, calculation: n / 2}]}
  - name: plan
    type: table
    columns:
      - {name: what, type: text}
      - {name: a, type: decimal}
      - {name: b, type: decimal}
      - {name: from, type: date}
      - {name: to, type: date}
  - name: taken
    type: table
    entry: "{{ row.what }}"
    prefill: {from: [x/a.plan], cells: {what: what}, key: what, when: a > 1}
    columns: [{name: what, type: text}]
  - name: steps
    type: table
    workflow: {of: process, step: no, kind: sort, actor: who, action: what, document: paper, next: then}
    columns:
      - {name: process, type: text}
      - {name: no, type: integer}
      - {name: sort, type: text}
      - {name: who, type: text}
      - {name: what, type: text}
      - {name: paper, type: text}
      - {name: then, type: text}
scores:
  number: ۱/۱
  ordinal: شاخص اول
  cap: 60
  unit: درصد
  goal: '*'
  applies: have == 'yes'
  excuse: ندارد
  measures: مصادیق
  footnote: پانوشت
  rows:
    - name: banded
      no: ۱
      title: نسبت
      measure: م
      method: کمی
      cap: 10
      bands: {value: share, unit: ٪, steps: [{below: 30, share: 0}, {to: 60, share: 0.5, needs: [paper]}, {share: 1}]}
      shows: "{{ number }} نفر"
      quote: متن
      footnote: ف
      inferred: ح
      doubt: ت
    - {name: kept, title: سقف, cap: 10, holds: number <= real}
    - {name: reached, title: هدف, cap: 10, target: {achieved: real, target: '100', unit: درصد}}
    - {name: chosen, title: سطح, cap: 10, levels: {of: have, shares: {yes: 1, no: 0}}}
    - {name: judged, title: داوری, cap: 10, manual: true, compares: [self, final]}
    - {name: foreign, title: بیرونی, cap: 10, external: وزارت}
documents: [{name: report, title: گزارش, inferred: ح}]
layout:
  - [{item: title, show: label, span: 2}, {text: متن, lines: 3}]
  - [number]
  - [{table: t, span: 3}]
rules:
  - {kind: expression, test: number > 2, message: "{{ number }} کم است", severity: error, item: number}
  - {kind: scores, item: plan, value: a, cap: b}
  - {kind: row_numbers, item: plan, column: what}
  - {kind: duplicates, item: plan, columns: [what, a]}
  - {kind: finished, item: title}
  - {kind: durations, item: plan, start: from, end: to, days: a}
  - {kind: not_before, item: plan, date: from, since: case.agency, message: زود است}
  - {kind: holidays, item: plan, columns: [from]}
  - {kind: rhythm, item: plan, date: from, every: 7}
  - {kind: room, item: plan, text: what, quantity: a, start: from, end: to}
  - {kind: group_totals, item: t, quantity: no, unit: title}
  - {kind: said, item: title, says: "{} نفر", equals: number, message: شمار نفرات}
  - {kind: percent, item: title, says: "{} درصد", part: number, whole: number}
  - {kind: parts, item: plan, column: a, whole: number}
  - {kind: same_columns, item: plan, template: x/a.t}
  - {kind: filled, items: [title, number]}
  - {kind: order, item: plan, start: from, end: to, rests_on: what}
  - {kind: covered, item: taken, column: what, among: [x/a.plan.what], excused: what}
  - {kind: names, among: [x/a.title, x/a.plan.what]}
  - {kind: agrees, item: number, equals: number, within: 1}
  - {kind: no_more, item: plan, column: a, than: b}
  - {kind: no_more, item: plan, column: a, limit: number}
  - {kind: row_sum, item: plan, columns: [a, b], column: a}
  - {kind: careers, item: plan, born: a, columns: [b], year: number}
  - {kind: tally, item: number, items: [title]}
  - {kind: entries, item: title, says: "بند {}", items: [title]}
  - {kind: levels, item: plan, key: what, column: a, among: [x/a.plan.what]}
  - {kind: rising, item: plan, column: from}
  - {kind: pairs, item: plan, key: what, column: a, among: [x/a.plan]}
  - {kind: unsettled, item: plan, key: what, column: a, among: [x/a.plan]}
  - {kind: times, item: title, says: "{} بار"}
  - {kind: months, item: plan, date: from, text: title}
"""
REPORT = """\
report: r
title: گزارش {{ case.agency }}
language: fa
calendar: gregorian
digits: latin
author: "{{ case.agency }}"
source: {document: d}
audience: دستگاه‌ها
choices: {kind: [{name: a, label: الف}], stages: [{name: self, label: خود}, {name: final, label: نهایی}]}
case:
  - {name: agency, type: text, required: true}
  - {name: kind, type: select_one kind}
  - {name: year, type: integer}
  - {name: turn, type: integer}
  - {name: stage, type: select_one stages}
forms: [x/base]
statuses: [{name: yes, label: آری}, {name: no, label: نه}]
deadlines: [{label: ارسال, date: "'1399/02/31'", when: case.kind == 'a', done: "form('x/a').day", notice: 7}]
years:
  field: year
  kit: [agency]
  known: {1399: {agency: الف}}
  dates: [{of: [x/a.day], from: "'1399/01/01'", to: "last_day(case.year, 12)"}]
periods: {year: case.year, number: case.turn, months: 3, start: 7, unit: "{{ case.agency }}", days: 10}
gather:
  from: r
  fields: {year: last_year}
  tables:
    - table: x/a.t
      of: cases
      when: case.kind == 'a'
      periods: last
      key: [title]
      order: [title]
      cells: {title: case.agency, n: form('x/a').number}
      across: {at: case.turn, columns: {n: [n]}}
  checks: [{test: case.year > 1, message: "{{ case.year }}", severity: error}]
  falls: [{value: case.year, label: سال, unless: case.turn > 2}]
scores:
  total: 60
  stage: stage
  stages: {self: خود, evaluator: ارزیاب, final: نهایی}
  agency: "{{ case.agency }}"
  province: "{{ case.agency }}"
  axes: [{name: first, title: محور, cap: 60, indicators: [x/a]}]
numbering: guidance
binding: right
labels: {table: جدول, figure: شکل, chart: نمودار, section: فصل}
signers: [{key: head, name: "{{ case.agency }}", post: رئیس}]
amendment: {attachment: "{{ amended.sheet }}"}
parts:
  - {cover: cover, title: جلد, template: cover, fields: {date: "{{ case.agency }}"}}
  - letter: letter
    title: نامه
    form: x/base
    signer: head
    when: case.kind == 'a'
    own: متن ندارد
    fields: {attachment: "{{ packet.annexes }}"}
    amendment:
      subject: "اصلاحیه {{ amended.subject }}"
      body: ["نامه {{ amended.number }} باطل است.", "{{ case.agency }}"]
      own: از اصلاح نگفته است
    document_id:
      number: "{{ case.agency }}"
      time: "{{ case.year }}"
      guid: x
      signer: "{{ case.agency }}"
      email: a@b.ir
      national_id: "14000"
      separator: ";"
      when: case.kind == 'a'
  - body: body
    title: متن
    content:
      - {contents: فهرست, levels: 2, lists: [tables, evidence]}
      - section: فصل
        id: one
        page_break: true
        numbered: false
        content:
          - {subheading: زیرعنوان}
          - {paragraph: متن, when: case.agency == 'x', source: [بند ۲]}
          - {text: x/a.story}
          - {page_break: true}
          - {table: x/a.t, id: tab, caption: عنوان, blank_rows: 2, heads: {title: "سال {{ case.agency }}"}, as: cards}
          - sheet: landscape
            content:
              - {signatures: [head], across: 2}
          - {list: x/a.t, entry: "{{ row.title }}", marks: lettered}
          - {form: x/a, as: figure, caption: فرم}
          - {figure: x/a.photo, width: 10, caption: عکس}
          - {figure: {letter: letter}}
          - {answers: x/a, fold: true}
          - {workflow: x/a.steps}
          - {summary: table, only: no, caption: "{{ summary.no }} از {{ summary.all }}"}
          - {score_sheet: x/a, caption: نماگرها}
          - {scores: chart, caption: محورها, width: 12}
          - {chart: x/a.t, kind: pie, label: title, value: n, percent: true, decimals: 1, width: 12, caption: ن, notes: ["{{ case.agency }}"]}
  - {evidence: files, title: پیوست, files: [x/a.paper, x/a.photo], separators: مستند شماره}
  - {evidence: more, title: پیوست, files: [x/a.paper], bands: پیوست شماره, pictures: 2}
"""
NEXT = """\
form: y/a
edition_of: x/a
drop: [reason]
choices: {sub: [{name: s, label: سین, within: yes, was: s}]}
items:
  - {name: count, was: number, type: integer}
  - {name: printed, rows: [{name: r5, was: r1, cells: {what: معیار تازه}}]}
"""
FORMER = """\
form: z/base
was: x/base
title: پایه
source: {document: d}
"""
NEXT_REPORT = """\
report: s
edition:
  of: r
  folders: {x: y}
  drop: [more]
  renumber: {base: root}
  called: فرم
  phrases: {زیرعنوان: عنوان زیر}
  blocks: [{id: two, after: one, subheading: دوم}]
"""
FORMER_REPORT = """\
report: t
was: r
title: گزارش
source: {document: d}
case: [{name: agency, type: text}]
parts: [{body: body, title: متن, template: body}]
"""
# Files whose shapes hold the words tried in them; the editions are read as they stand.
TRIED = ((0, FORM_SHAPE), (1, REPORT_SHAPE), (4, FORM_SHAPE), (5, FORM_SHAPE), (6, REPORT_SHAPE), (7, REPORT_SHAPE))


def nodes_of(shape: Shape, node: Node) -> Iterator[tuple[Shape, MappingNode]]:
    """Roughly: every mapping with the shape whose words it uses; enough to see which words a file holds."""
    if isinstance(node, MappingNode):
        for candidate in (shape, *SHAPES.values()):
            if node.entries and set(node.entries) <= {word.name for word in candidate.taken}:
                yield candidate, node
        for child in node.entries.values():
            yield from nodes_of(shape, child)
    elif not isinstance(node, Scalar):
        for child in node.items:
            yield from nodes_of(shape, child)


@pytest.fixture
def full(tmp_path: Path) -> Library:
    (tmp_path / "listed.csv").write_text("name,label\na,الف\n", encoding="utf-8")
    return sound_specs(tmp_path, FORM, REPORT, BASE, LAST)


def test_the_full_files_use_every_word(full: Library, tmp_path: Path) -> None:
    used: dict[str, set[str]] = {name: set() for name in SHAPES}
    for number, text in enumerate((NEXT, FORMER, NEXT_REPORT, FORMER_REPORT), start=4):
        (tmp_path / f"{number}.yaml").write_text(text, encoding="utf-8")
    for number, shape in TRIED:
        root, _ = read(tmp_path / f"{number}.yaml")
        assert root is not None
        for each, node in nodes_of(shape, root):
            used[each.name] |= set(node.entries)
    for name, shape in SHAPES.items():
        words = {word.name for word in shape.words}
        if name == "column":  # shares the words of items, tried there
            words &= {"name", "type", "label", "width", "align", "merge", "columns"}
        assert words <= used[name], name


def test_every_type_and_appearance_is_accepted(tmp_path: Path) -> None:
    def head(kind: str) -> str:
        lists = "choices: {c: [{name: a, label: الف}]}\n" if kind.startswith("select") else ""
        return f"form: x/a\ntitle: x\nsource: {{document: d}}\n{lists}"

    for number, kind in enumerate(ITEM_TYPES):
        more = " c" if kind.startswith("select") else ""
        columns = ", columns: [{name: a, type: text}]" if kind == "table" else ""
        text = f"{head(kind)}items: [{{name: a, type: {kind}{more}{columns}}}]\n"
        library = sound_specs(tmp_path / str(number), text)
        assert library.forms["x/a"].item("a").type == kind
    for word in APPEARANCES:
        kind = min(SHOWN_BY.get(word, {"text"}))
        column = f"{{name: a, type: {kind}{' c' if kind.startswith('select') else ''}, appearance: {word}}}"
        table = f"{{name: t, type: table, columns: [{column}, {{name: b, type: text}}]}}"
        asked = column if kind == "note" else table  # which no table has
        form = sound_specs(tmp_path / word, f"{head(kind)}items: [{asked}]\n").forms["x/a"]
        field = form.item("a") if kind == "note" else form.item("t").column("a")
        assert field.appearance == (word,)


def test_a_form_is_read_into_its_values(full: Library) -> None:
    form = full.forms["x/a"]
    assert (form.title, form.source) == ("فرم", Source("circular", ("بند ۱", "بند ۲"), "یادداشت"))
    assert [item.name for item in form.items][:2] == ["first", "title"]
    title, reason, number = form.item("title"), form.item("reason"), form.item("number")
    assert (title.also, form.item("printed").rows[1].also) == (("نام",), ("سنجه",))
    assert (title.required, title.hint, title.appearance, title.default) == (True, "راهنما", ("multiline",), "پیش‌فرض")
    assert getattr(reason.required, "source", "") == "have == 'no'"
    assert (reason.footnote, reason.inferred, reason.doubt, reason.own) == ("ف", "ح", "ت", "خ")
    assert form.own == "افزوده"
    assert form.item("have").choices == (Choice("yes", "دارد", code="1"), Choice("no", "ندارد", "حدس", "2"))
    assert number.constraint is not None
    assert (number.constraint.message, number.constraint.severity) == ("کم", Severity.WARNING)
    assert number.marks == ("-",)
    assert form.layout == (
        (LayoutCell("title", "", "label", 2), LayoutCell("", "متن", lines=3)),
        (LayoutCell("number"),),
        (LayoutCell("t", span=3, table=True),),
    )
    assert (form.rules[0].severity, form.rules[0].item) == (Severity.ERROR, "number")


def test_a_table_is_read_into_its_values(full: Library) -> None:
    table = full.forms["x/a"].item("t")
    assert [(column.name, column.group) for column in table.columns] == [
        ("no", ()),
        ("title", ("گروه",)),
        ("n", ("گروه", "زیرگروه")),
        ("have", ()),
    ]
    assert (table.columns[0].width, table.columns[0].align, table.columns[1].merge) == (1.2, "center", True)
    assert (table.caption, table.heading, table.page, table.min_rows, table.max_rows) == (
        "عنوان جدول",
        "سربرگ",
        "landscape",
        1,
        9,
    )
    assert table.group_rows is not None
    assert (table.group_rows.columns, table.group_rows.required) == (("no", "title"), ("title",))
    assert [row.label for row in table.footer] == ["جمع", "درصد"]
    part, first, second, third, last = full.forms["x/a"].item("printed").rows
    assert (part.heading, first.cells, second.closed) == ("بخش", {"what": "معیار"}, frozenset({"level"}))
    assert [{name: told.source for name, told in row.calculations.items()} for row in (second, third, last)] == [
        {"score": "r1 * 2"},
        {"score": "r1 / 2"},
        {"score": "sum(r1, r2)"},
    ]
    assert [row.reckoned for row in (first, second, third, last)] == [False, False, True, True]


def said(block: BlockSpec) -> tuple[type[BlockSpec], dict[str, object]]:
    """A block by what it says: two of them are compared by identity."""
    return type(block), vars(block)


def test_a_report_is_read_into_its_values(full: Library) -> None:
    report = full.reports["r"]
    assert report.used_forms == ("x/a", "x/base")
    assert list(dict.fromkeys(part.kind for part in report.parts)) == list(PART.one_of)
    assert report.labels == {"table": "جدول", "figure": "شکل", "chart": "نمودار", "section": "فصل"}
    amendment = report.parts[1].amendment
    assert amendment is not None
    assert [text.text for text in amendment.texts] == [
        "اصلاحیه {{ amended.subject }}", "نامه {{ amended.number }} باطل است.", "{{ case.agency }}", "{{ amended.sheet }}",
    ]  # fmt: skip
    assert (report.parts[1].own, amendment.own) == ("متن ندارد", "از اصلاح نگفته است")
    contents, section = report.parts[2].content
    assert isinstance(section, SectionSpec)
    blocks = section.content
    assert said(contents) == said(ContentsSpec("فهرست", 2, ("tables", "evidence"), place=contents.place))
    turned = blocks[5]
    assert isinstance(turned, TurnedSpec)
    assert [said(replace(each, place=NOWHERE)) for each in turned.content] == [said(SignaturesSpec(("head",), 2))]
    assert {type(block) for block in (contents, section, *walk(blocks))} == {kind.becomes for kind in BLOCKS}
    chapter = SectionSpec("فصل", id="one", page_break=True, numbered=False)
    assert said(replace(section, content=(), place=NOWHERE)) == said(chapter)
    expected = [
        SubheadingSpec("زیرعنوان"),
        ParagraphSpec("متن", source=("بند ۲",)),
        TextSpec("x/a.story"),
        PageBreakSpec(),
        TableSpec("x/a.t", id="tab", caption="عنوان", blank_rows=2, heads={"title": "سال {{ case.agency }}"}, as_="cards"),
        TurnedSpec("landscape", turned.content),
        ListSpec("x/a.t", entry="{{ row.title }}", marks="lettered"),
        PrintedFormSpec("x/a", as_="figure", caption="فرم"),
        FigureSpec("x/a.photo", width=10, caption="عکس"),
        FigureSpec("", letter="letter"),
        AnswersSpec("x/a", fold=True),
        WorkflowSpec("x/a.steps"),
        SummarySpec("table", only="no", caption="{{ summary.no }} از {{ summary.all }}"),
        ScoreSheetSpec("x/a", caption="نماگرها"),
        ScoresSpec("chart", caption="محورها", width=12),
        ChartSpec(
            "x/a.t", "title", "n", kind="pie", percent=True, decimals=1, width=12, caption="ن",
            notes=("{{ case.agency }}",),
        ),
    ]  # fmt: skip
    assert [said(replace(block, place=NOWHERE, when=None)) for block in blocks] == list(map(said, expected))
    assert [block.when.source for block in blocks if block.when] == ["case.agency == 'x'"]
    assert [status.name for status in report.statuses] == ["yes", "no"]
    assert report.years is not None
    assert (report.years.year_field, report.years.kit, report.years.known) == (
        "year",
        ("agency",),
        {1399: {"agency": "الف"}},
    )
    (dates,) = report.years.dates
    assert (dates.of, dates.first and dates.first.source) == (("x/a.day",), "'1399/01/01'")
    assert [(each.label, each.date.source, each.notice) for each in report.deadlines] == [("ارسال", "'1399/02/31'", 7)]


def test_forms_lend_their_items_before_and_after(full: Library) -> None:
    form = full.forms["x/a"]
    assert (form.items[0].name, form.items[-1].name) == ("first", "closing")
    assert form.sheets[0].items == ("number", "real", "share")
    assert [row.heading for row in form.sheets[0].rows] == ["", "بخش", ""]
    assert form.summary is not None
    assert (form.summary.status.source, form.summary.figure) == ("have", "{{ number }} نفر")
    assert form.item("number").blank == "نامعلوم"


def test_a_table_may_take_rows_and_be_drawn(full: Library) -> None:
    taken, steps = full.forms["x/a"].item("taken"), full.forms["x/a"].item("steps")
    assert taken.prefill is not None
    assert (taken.prefill.sources, taken.prefill.cells, taken.prefill.key) == (("x/a.plan",), {"what": "what"}, "what")
    assert steps.workflow is not None
    assert (steps.workflow.of, steps.workflow.next) == ("process", "then")


def test_every_value_knows_its_line(full: Library) -> None:
    form = full.forms["x/a"]
    line = FORM.split("- {name: reason")[0].count("\n") + 1
    assert form.item("reason").place.line == line
    relevant = form.item("reason").relevant
    assert relevant is not None
    assert relevant.place.line == line
    assert form.item("first").place.file != form.item("title").place.file
    assert form.rules[0].place.line == FORM.split("  - {kind: expression")[0].count("\n") + 1


def test_required_may_be_said_in_many_words(tmp_path: Path) -> None:
    text = "form: x/a\ntitle: x\nsource: {document: d}\nitems:\n"
    text += "".join(
        f"  - {{name: a{n}, type: text, required: {word}}}\n"
        for n, word in enumerate(("true", "yes", "false", "no", "a0 == 'x'"))
    )
    required = [item.required for item in sound_specs(tmp_path, text).forms["x/a"].items]
    assert required[:4] == [True, True, False, False]
    assert getattr(required[4], "source", "") == "a0 == 'x'"


# Near misses: things that look like a refused thing and are sound.
@pytest.mark.parametrize(
    "items",
    [
        "[{name: t, type: table, columns: [{name: n, type: integer}, {name: s, type: percent, calculation: \"percent(n, total(t, 'n'))\"}]}]",
        "[{name: t, type: table, columns: [{name: n, type: integer, calculation: count(t)}]}]",
        '[{name: t, type: table, columns: [{name: n, type: integer, calculation: "percent(position, count(t))"}]}]',
        "[{name: a, type: integer, constraint: a > 1, constraint_message: x}]",
        "[{name: a, type: integer, required: not filled(a)}]",
        "[{name: t, type: table, columns: [{name: n, type: integer}]}, {name: n, type: integer, calculation: \"total(t, 'n')\"}]",
        "[{name: t, type: table, columns: [{name: t, type: integer, constraint: t > 1, constraint_message: x}]}]",
        "[]",
    ],
)
def test_near_misses_are_sound(tmp_path: Path, items: str) -> None:
    sound_specs(tmp_path, f"form: x/a\ntitle: x\nsource: {{document: d}}\nitems: {items}\n")


# ---------------------------------------------------------------- what is shipped


@pytest.fixture(scope="module")
def shipped() -> Library:
    templates = PrintedNames(REPOSITORY / "letter_templates")
    library, problems = read_library(REPOSITORY / "form_specs", templates)
    assert [(found.place.file, found.place.line, found.message) for found in problems] == []
    return library


def test_the_shipped_specifications_are_sound(shipped: Library) -> None:
    written = [form for form in shipped.forms.values() if not in_an_edition(form)]
    assert len(written) + len(shipped.reports) == sum(not path.is_relative_to(EDITION) for path in SHIPPED) + 1
    assert all(name in shipped.forms for report in shipped.reports.values() for name in report.used_forms)


def test_shipped_forms_are_called_as_their_files(shipped: Library) -> None:
    for form in shipped.forms.values():
        if in_an_edition(form):  # what it takes over is written in the edition before
            continue
        path = Path(form.place.file or "").relative_to(REPOSITORY / "form_specs")
        assert form.id == path.with_suffix("").as_posix()


def in_an_edition(form: FormSpec) -> bool:
    return form.id.startswith(f"{EDITION.name}/")


def loaded(path: Path) -> dict[str, object]:
    node, problems = read(path)
    assert node is not None
    assert problems == ()
    found = plain_yaml(node)
    assert isinstance(found, dict)
    return found


def schema_of(data: dict[str, object], path: Path) -> str:
    if "form_specs" in path.parts:
        return "report" if "report" in data else "form"
    return f"case-{data['report']}" if path.name == "case.yaml" else "answers-" + str(data["form"]).replace("/", "-")


@pytest.fixture(scope="module")
def made(shipped: Library) -> Mapping[str, Mapping[str, object]]:
    """The schemas of what is shipped."""
    return schemas(shipped)


def test_schemas_are_schemas(made: Mapping[str, Mapping[str, object]]) -> None:
    for schema in made.values():
        Draft202012Validator.check_schema(schema)
        json.dumps(schema)


@pytest.mark.parametrize("path", [*SHIPPED, *CASES, *ANSWERS], ids=lambda path: "/".join(path.parts[-2:]))
def test_a_shipped_file_fits_its_schema_and_a_mistyped_key_does_not(
    made: Mapping[str, Mapping[str, object]], path: Path
) -> None:
    data = loaded(path)
    validator = Draft202012Validator(made[schema_of(data, path)])
    assert [(list(error.path), error.message[:200]) for error in validator.iter_errors(data)] == []
    assert not validator.is_valid(data | {"tilte": "x"})


def test_schemas_hold_tables_and_narratives_to_their_shape(full: Library) -> None:
    validator = Draft202012Validator(schemas(full)["answers-x-a"])

    def fits(**answers: object) -> bool:
        return validator.is_valid({"form": "x/a", **answers})

    assert fits(title="x", number="-", have="yes", many=["yes", "ندارد"], day="۵/۱۲/۹۹", number2="x") is False
    assert fits(title=["x", "y"], number="-", have="yes", many=["yes", "ندارد"], day="۵/۱۲/۹۹", photo="a.jpg")
    assert fits(t=[{"title": "x", "n": 3}, {"group": {"no": "الف", "title": "x"}}])
    assert fits(printed={"r1": {"score": 1}})
    assert fits(printed={"r1": None})
    assert fits(story=["x", {"numbered": ["a", {"text": "b", "bulleted": ["c"]}]}])
    wrong: list[dict[str, object]] = [
        {"have": "perhaps"}, {"t": {"title": "x"}}, {"t": [{"titel": "x"}]}, {"printed": {"r2": {"score": 1}}},
        {"printed": {"r1": {"what": "x"}}}, {"half": 3}, {"story": [{"numberd": ["a"]}]}, {"t": [{"no": 1}]},
        {"t": [{"group": {"no": "الف"}, "title": "x"}]},
    ]  # fmt: skip
    assert [answers for answers in wrong if fits(**answers)] == []


def test_schema_of_specs_refuses_what_the_reader_refuses(full: Library, tmp_path: Path) -> None:
    validator = Draft202012Validator(schemas(full)["form"])
    for number, items in enumerate(
        ("[{name: A, type: text}]", "[{name: a, type: text, lable: x}]", "[{name: a}]", "{a: b}")
    ):
        text = f"form: x/a\ntitle: x\nsource: {{document: d}}\nitems: {items}\n"
        _, problems = read_specs(tmp_path / str(number), text)
        assert problems
        assert not validator.is_valid(loaded(tmp_path / str(number) / "0.yaml"))


def test_editors_show_an_example_of_every_word() -> None:
    """Those of words that stand for a shape of their own may be too long; its words have theirs."""
    for name, schema in language_schemas().items():
        lacking, wrong = [], []
        shapes = {
            key: found for key, found in schema["$defs"].items() if not key.startswith("changed-") or "block" in key
        }
        for key, shape in shapes.items():
            for word, told in shape.get("properties", {}).items():
                if "examples" not in told and "$ref" not in json.dumps(told) and "null" not in json.dumps(told):
                    lacking.append((key, word))
                validator = Draft202012Validator({**told, "$defs": schema["$defs"]})
                wrong += [(key, word) for each in told.get("examples", ()) if not validator.is_valid(each)]
        assert (name, lacking, wrong) == (name, [], [])

"""Every way in which a specification can be wrong: its code, its line, and a hint that helps."""

# ruff: noqa: E501 - whole forms and answers stand in a line

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from assembler.base.catalogue import CATALOGUE
from assembler.base.problems import Problem
from tests.building import codes, form_text, read_specs, report_text

HEADLESS = "form: x/a\ntitle: عنوان\n"


def problems_of(
    folder: Path, *texts: str, templates: Mapping[str, frozenset[str] | None] | None = None
) -> tuple[Problem, ...]:
    _, problems = read_specs(folder, *texts, templates=templates)
    for found in problems:
        assert found.place.file
        assert found.message
        assert found.hint or found.arguments["guess"] == "?"
    return problems


_COLUMNS = (
    "choices: {ages: [{name: a, label: الف}, {name: b, label: ب}]}\nitems:\n  - name: t\n    type: table\n    columns: "
)
_ROWS = (
    "items:\n  - name: t\n    type: table\n    columns: [{name: a, type: text}, {name: n, type: integer}]\n    rows: "
)
# What is wrong with a form, beginning on line 4: (body, code, line, what message or hint says).
FORMS = [
    ("itms: []", "unknown-key", 4, "items"),
    ("items:\n  - {name: a, type: text, lable: x}", "unknown-key", 5, "label"),
    ("items:\n  - name: a\n    type: text\n    rquired: true", "unknown-key", 7, "required"),
    ("items:\n  - {name: a, type: text, columns: []}", "unknown-key", 5, "columns"),
    ("items:\n  - {name: t, type: table, columns: [{name: a, type: text, colums: []}]}", "unknown-key", 5, "columns"),
    ("items:\n  - name: t\n    type: table\n    columns:\n      - label: x\n        width: 3\n        columns: [{name: a, type: text}]",
     "unknown-key", 9, "width"),
    ("items:\n  - {type: text}", "missing-key", 5, "name"),
    ("items:\n  - {name: a}", "missing-key", 5, "type"),
    ("items:\n  - {name: t, type: table}", "missing-key", 5, "columns"),
    ("items:\n  - {name: t, type: table, columns: [{type: text}]}", "missing-key", 5, "name"),
    ("items:\n  - {name: t, type: table, columns: [{columns: [{name: a, type: text}]}]}", "missing-key", 5, "label"),
    ("items:\n  - {name: a, type: integer, constraint: a > 1}", "missing-key", 5, "constraint_message"),
    ("items:\n  - {name: t, type: table, columns: [{name: a, type: text}], rows: [{name: r}]}",
     "missing-key", 5, "cells"),
    ("rules:\n  - {kind: expression, message: x}", "missing-key", 5, "test"),
    ("choices:\n  c: [{name: a}]", "missing-key", 5, "label"),
    ("items:\n  - {name: a, type: txt}", "unknown-type", 5, "text"),
    ("items:\n  - {name: a, type: text words}", "unknown-type", 5, "text"),
    ("items:\n  - {name: t, type: table, columns: [{name: a, type: narrative}]}", "unknown-type", 5, "integer"),
    ("choices:\n  have: [{name: y, label: دارد}]\nitems:\n  - {name: a, type: select_one hav}",
     "unknown-choices", 7, "have"),
    ("items:\n  - {name: a, type: select_one}", "unknown-choices", 5, "«»"),
    ("items:\n  - {name: a, type: text, appearance: boxed}", "bad-value", 5, "boxes"),
    ("items:\n  - {name: a, type: date, format: dd-mm-yyyy}", "bad-value", 5, "d/m/yy"),
    ("items:\n  - {name: a, type: integer, appearance: multiline}", "word-unfit", 5, "multiline"),
    ("items:\n  - {name: a, type: text, appearance: boxes}", "word-unfit", 5, "boxes"),
    ("choices:\n  c: [{name: y, label: دارد}]\nitems:\n  - {name: a, type: select_one c, appearance: ticks}",
     "word-unfit", 7, "ticks"),
    ("items:\n  - {name: a, type: text, format: yyyy/mm/dd}", "word-unfit", 5, "format"),
    ("items:\n  - {name: a}", "missing-key", 5, "type"),
    ("items:\n  - {type: text}", "missing-key", 5, "name | group"),
    ("items:\n  - {group: گ, relevant: 1 > 0}", "missing-key", 5, "items"),
    ("items:\n  - {group: گ, hint: ه, items: [{name: a, type: text}]}", "unknown-key", 5, "hint"),
    ("items:\n  - {group: گ, items: [{group: د, items: [{name: a, type: text}]}, {name: b, type: text}]}",
     "word-unfit", 5, "group"),
    ("items:\n  - {name: a, type: text, items: [{name: b, type: text}]}", "word-unfit", 5, "items"),
    ("items:\n  - {name: a, type: text, appearance: heading}", "word-unfit", 5, "heading"),
    ("items:\n  - {name: a, type: integer, check: sheba}", "word-unfit", 5, "check"),
    ("items:\n  - {name: a, type: text, check: isbn}", "bad-value", 5, "national_id"),
    ("items:\n  - {name: a, type: text, check: phone, digits: 6}", "word-unfit", 5, "digits"),
    ("items:\n  - {name: a, type: text, appearance: multiline, digits: 6}", "word-unfit", 5, "digits"),
    ("items:\n  - {name: a, type: text, calculation: \"'x'\", check: email}", "word-unfit", 5, "check"),
    ("items:\n  - {name: a, type: year, appearance: plain}", "word-unfit", 5, "plain"),
    ("items:\n  - {name: a, type: text, unit: ساعت}", "word-unfit", 5, "unit"),
    ("items:\n  - {name: a, type: note, required: true}", "word-unfit", 5, "required"),
    ("items:\n  - {name: a, type: file, default: x}", "word-unfit", 5, "default"),
    ("items:\n  - {name: t, type: table, columns: [{name: a, type: text, appearance: hidden}]}",
     "table-hidden", 5, "hidden"),
    ("items:\n  - name: t\n    type: table\n    columns: [{name: a, type: text}]\n    rows: [{name: r, cells: {a: x}}]\n    group_rows: {columns: [a]}",
     "word-unfit", 9, "group_rows"),
    ("items:\n  - name: t\n    type: table\n    columns: [{name: a, type: text}]\n    rows: [{name: r, cells: {a: x}}]\n    max_rows: 3",
     "word-unfit", 9, "max_rows"),
    ("items:\n  - {name: a, type: text, constraint: a, constraint_message: x, constraint_severity: fatal}",
     "bad-value", 5, "warning"),
    ("items:\n  - {name: t, type: table, page: wide, columns: [{name: a, type: text}]}", "bad-value", 5, "landscape"),
    ("items:\n  - {name: t, type: table, min_rows: many, columns: [{name: a, type: text}]}", "bad-value", 5, "1"),
    ("items:\n  - {name: t, type: table, min_rows: 3.0, columns: [{name: a, type: text}]}", "bad-value", 5, "1"),
    ("items:\n  - {name: t, type: table, max_rows: 1e9, columns: [{name: a, type: text}]}", "bad-value", 5, "1"),
    ("items:\n  - {name: t, type: table, columns: [{name: a, type: text, width: wide}]}", "bad-value", 5, "2.5"),
    ("items:\n  - {name: t, type: table, columns: [{name: a, type: text, width: Infinity}]}", "bad-value", 5, "2.5"),
    ("items:\n  - {name: t, type: table, columns: [{name: a, type: text, align: left}]}", "bad-value", 5, "start"),
    ("items:\n  - {name: t, type: table, columns: [{name: a, type: text, merge: perhaps}]}", "bad-value", 5, "true"),
    ("items:\n  - {name: t, type: table, columns: [{name: a, type: decimal}], rows: [{name: r, cells: {a: نیم}}]}", "bad-value", 5, "decimal"),
    ("items:\n  - {name: t, type: table, columns: [{name: a, type: date}], rows: [{name: r, cells: {a: 1400/12/30}}]}", "bad-value", 5, "date"),
    ("rules:\n  - {kind: magic, test: 1, message: x}", "bad-value", 5, "expression"),
    ("rules:\n  - {kind: expression, test: 1, message: x, severity: bad}", "bad-value", 5, "warning"),
    ("items:\n  - {name: A, type: text}", "bad-name", 5, "a-z"),
    ("items:\n  - {name: نام, type: text}", "bad-name", 5, "نام"),
    ("items:\n  - {name: 1a, type: text}", "bad-name", 5, "1a"),
    ("choices:\n  Have: [{name: y, label: دارد}]", "bad-name", 5, "Have"),
    ("items:\n  - {name: a, type: text}\n  - {name: a, type: text}", "duplicate-name", 6, "a"),
    ("items:\n  - {name: t, type: table, columns: [{name: a, type: text}, {name: a, type: text}]}",
     "duplicate-name", 5, "a"),
    ("items:\n  - {name: t, type: table, columns: [{name: a, type: text}], rows: [{name: r, cells: {a: x}}, {name: r, cells: {a: y}}]}",
     "duplicate-name", 5, "r"),
    ("choices:\n  c:\n    - {name: y, label: الف}\n    - {name: y, label: ب}", "duplicate-name", 7, "y"),
    ("items: {name: a}", "wrong-shape", 4, "items"),
    ("items: text", "wrong-shape", 4, "items"),
    ("items: [a]", "wrong-shape", 4, "item"),
    ("items:\n  - {name: [a], type: text}", "wrong-shape", 5, "name"),
    ("choices: [a]", "wrong-shape", 4, "choices"),
    ("layout: [a]", "wrong-shape", 4, "layout"),
    ("items:\n  - {name: a, type: text, label: }", "wrong-shape", 5, "label"),
    ("items:\n  - {name: a, type: text, relevant: 'b =='}", "expression-broken", 5, "b =="),
    ("items:\n  - {name: a, type: text, required: 'b =='}", "expression-broken", 5, "b =="),
    ("rules:\n  - {kind: expression, test: 1, message: 'x {{ a '}", "expression-broken", 5, "x {{ a"),
    ("items:\n  - {name: a, type: text, relevant: a.__class__}", "expression-forbidden", 5, "__class__"),
    ("items:\n  - {name: a, type: text, calculation: '[].__len__()'}", "expression-forbidden", 5, "call"),
    ("items:\n  - {name: a, type: text, calculation: a | upper}", "expression-forbidden", 5, "Filter"),
    ("items:\n  - {name: title, type: text}\n  - {name: b, type: text, relevant: titel == 'x'}",
     "expression-unknown-name", 6, "title"),
    ("items:\n  - {name: title, type: text, required: nope}", "expression-unknown-name", 5, "nope"),
    ("items:\n  - {name: a, type: integer, constraint: b > 1, constraint_message: x}",
     "expression-unknown-name", 5, "b"),
    ("items:\n  - {name: a, type: integer, calculation: cuont(t)}", "expression-unknown-name", 5, "count"),
    ("items:\n  - {name: a, type: integer, calculation: position}", "expression-unknown-name", 5, "position"),
    ("items:\n  - {name: a, type: text, relevant: row.x}", "expression-unknown-name", 5, "x"),
    ("items:\n  - {name: t, type: table, columns: [{name: unit, type: text}]}\n  - {name: n, type: integer, calculation: \"total(t, 'units')\"}",
     "expression-unknown-name", 6, "unit"),
    ("items:\n  - {name: t, type: table, columns: [{name: unit, type: text}], footer: [{label: x, calculation: \"count(t, 'uni')\"}]}",
     "expression-unknown-name", 5, "unit"),
    ("items:\n  - {name: t, type: table, columns: [{name: unit, type: text, relevant: unt}]}",
     "expression-unknown-name", 5, "unit"),
    ("items:\n  - {name: a, type: text}\nrules:\n  - {kind: expression, test: b, message: x}",
     "expression-unknown-name", 7, "b"),
    ("items:\n  - {name: a, type: text}\nrules:\n  - {kind: expression, test: a, message: 'x {{ b }}'}",
     "expression-unknown-name", 7, "b"),
    ("items:\n  - {name: a, type: text}\nrules:\n  - {kind: expression, test: a, message: x, item: b}",
     "unknown-item", 7, "a"),
    ("items:\n  - {name: a, type: text}\n  - {name: n, type: integer, calculation: count(a)}",
     "wrong-item-kind", 6, "table"),
    ("items:\n  - {name: a, type: text}\n  - {name: n, type: integer, calculation: \"total(a, 'x')\"}",
     "wrong-item-kind", 6, "table"),
    ("items:\n  - {name: t, type: table, columns: [{name: a, type: text}]}\n  - {name: n, type: text, relevant: filled(t)}",
     "wrong-item-kind", 6, "value"),
    ("items:\n  - {name: a, type: integer, calculation: percent(1)}",
     "expression-arguments", 5, "percent(part, whole)"),
    ("items:\n  - {name: a, type: text, relevant: form('x/a')}", "expression-arguments", 5, "form('x/a').item"),
    ("items:\n  - {name: a, type: text, relevant: form('x/b').a}", "unknown-form", 5, "x/a"),
    ("items:\n  - {name: a, type: text, relevant: other.a}", "unknown-form", 5, "other"),
    ("extends: x/base", "unknown-form", 1, "x/base"),
    ("items:\n  - {name: t, type: table, columns: [{name: unit, type: text}], rows: [{name: r, cells: {unti: x}}]}",
     "unknown-item", 5, "unit"),
    ("items:\n  - {name: t, type: table, columns: [{name: unit, type: text}], group_rows: {columns: [units]}}",
     "unknown-item", 5, "unit"),
    ("items:\n  - {name: t, type: table, columns: [{name: a, type: text}, {name: b, type: text}], group_rows: {columns: [a], required: [b]}}",
     "unknown-item", 5, "b"),
    ("items:\n  - {name: t, type: table, columns: [{name: unit, type: text}], footer: [{label: x, cells: {uni: 1}}]}",
     "unknown-item", 5, "unit"),
    ("items:\n  - {name: title, type: text}\nlayout:\n  - [{text: x}, titel]", "unknown-item", 7, "title"),
    ("items:\n  - {name: title, type: text}\nlayout:\n  - [{table: title}]", "wrong-item-kind", None, "table"),
    ("items:\n  - {name: t, type: table, columns: [{name: a, type: text}]}\nlayout:\n  - [{table: t}, {text: x}]", "word-unfit", None, "table: t"),
    ("items:\n  - {name: t, type: table, columns: [{name: a, type: text}]}\nlayout:\n  - [{table: t, lines: 2}]", "word-unfit", 7, "lines"),
    ("items:\n  - {name: title, type: text}\nlayout:\n  - [{item: titel}]", "unknown-item", 7, "title"),
    ("items:\n  - {name: a, type: integer, calculation: a + 1}", "cycle", 5, "x/a.a"),
    ("items:\n  - {name: a, type: text, relevant: a == 'x'}", "cycle", 5, "x/a.a"),
    ("items:\n  - {name: a, type: text, relevant: b}\n  - {name: b, type: text, relevant: a}", "cycle", None, "x/a.b"),
    ("items:\n  - {name: t, type: table, columns: [{name: n, type: integer, calculation: \"total(t, 'n')\"}]}",
     "cycle", 5, "x/a.t.n"),
    ("items:\n  - {name: t, type: table, columns: [{name: m, type: integer, calculation: n}, {name: n, type: integer, calculation: m}]}", "cycle", 5, "x/a.t.m"),
    ("items:\n  - {name: t, type: table, relevant: count(t) > 1, columns: [{name: n, type: integer}]}",
     "cycle", 5, "x/a.t"),
    ("items:\n  - {name: s, type: integer, calculation: \"total(t, 'n')\"}\n  - {name: t, type: table, columns: [{name: n, type: integer, calculation: s}]}",
     "cycle", None, "x/a.s"),
    ("items:\n  - name: t\n    type: table\n    columns: [{name: a, type: text}, {name: n, type: integer, appearance: hidden}]\n    footer: [{label: x, cells: {n: count(t)}}]",
     "word-unfit", 8, "hidden"),
    (_ROWS + "[{name: r, heading: x, closed: [n]}]", "word-unfit", 8, "heading"),
    (_ROWS + "[{name: r, cells: {a: x}, closed: [m]}]", "unknown-item", 8, "a، n"),
    (_ROWS + "[{name: r, cells: {a: x}, calculations: {m: 1}}]", "unknown-item", 8, "a، n"),
    (_ROWS + "[{name: r, cells: {a: x, n: 1}, closed: [n]}]", "row-cell-twice", 8, "closed"),
    ("items:\n  - {name: a, type: text, label: نام}\n  - {name: b, type: text, label: عنوان, also: [نام]}", "also-taken", 6, "also"),
    ("items: [{name: a, type: text, label: نام, also: [عنوان, عنوان]}]", "also-taken", 4, "also"),
    ("items:\n  - {name: a, type: note, label: نام, also: [عنوان]}", "word-unfit", 5, "note"),
    ("items:\n  - {name: a, type: calculate, calculation: 1, label: نام, also: [عنوان]}", "word-unfit", 5, "calculation"),
    (_ROWS + "[{name: r, cells: {a: xxx}}, {name: s, cells: {a: yyy}, also: [xxx]}]", "also-taken", 8, "also"),
    (_ROWS + "[{name: r, heading: x, also: [y]}]", "word-unfit", 8, "heading"),
    (_ROWS + "[{name: r, cells: {a: x}, total: above}]", "row-closes-nothing", 8, "calculation"),
    (_ROWS + "[{name: r, cells: {a: x}, total: below}]", "bad-value", 8, "above"),
    (_ROWS + "[{name: s, cells: {a: y}}, {name: r, cells: {a: x}, total: all, calculation: s}]", "word-unfit", 8, "total"),
    (_ROWS + "[{name: s, cells: {a: y}}, {name: r, cells: {a: x}, calculation: s, closed: [n]}]", "row-reckons-nothing", 8, "calculations"),
    (_ROWS + "[{name: s, cells: {a: y}}, {name: r, cells: {a: x}, calculation: ss}]", "expression-unknown-name", 8, "«s»"),
    (_ROWS + "[{name: n, cells: {a: y}}, {name: r, cells: {a: x}, calculation: n}]", "duplicate-name", 8, "«n»"),
    (_ROWS + "[{name: s, cells: {a: y}, calculations: {n: r}}, {name: r, cells: {a: x}, calculation: s}]", "cycle", 8, "x/a.t.n"),
    (_ROWS + "[{name: s, cells: {a: y}}, {name: r, cells: {a: x}, calculation: \"cell(t, 'n', 'ss')\"}]", "expression-unknown-name", 8, "«s»"),
    (_ROWS + "[{name: s, cells: {a: y}}, {name: r, cells: {a: x}, calculation: cell(t)}]", "expression-arguments", 8, "cell(table"),
    (_COLUMNS + "[{each: agse, type: integer}, {name: z, type: text}]", "unknown-choices", 8, "ages"),
    (_COLUMNS + "[{each: ages, label: x, type: integer}]", "word-unfit", 8, "label"),
    (_COLUMNS + "[{each: {from: 3, to: 1}, name: d, type: integer}, {name: z, type: text}]", "bad-value", 8, "100"),
    (_COLUMNS + "[{each: ages, type: integer}, {name: a, type: text}]", "duplicate-name", 8, "«a»"),
    (_COLUMNS + "[{name: n, type: integer, formula: x}]", "word-unfit", 8, "formula"),
    (_COLUMNS + "[{name: n, type: integer}]\n    totals: {only: [n]}", "missing-key", 9, "across | down"),
    (_COLUMNS + "[{name: n, type: integer}]\n    totals: {down: x, only: [m]}", "unknown-item", 9, "n"),
    (_COLUMNS + "[{name: n, type: text}]\n    totals: {down: x}", "totals-nothing", 9, "only"),
    (_COLUMNS + "[{name: across, type: integer}]\n    totals: {across: x}", "duplicate-name", 9, "across"),
    (_COLUMNS + "[{name: n, type: integer}]\n    column_numbers: yes", "bad-value", 9, "formulas"),
    ("items: []\nitems: []", "yaml-duplicate-key", 5, "items"),
    ("items: [", "yaml-broken", 4, "bracket"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "code", "line", "says"), FORMS, ids=[f"{code}-{number}" for number, (_, code, _, _) in enumerate(FORMS)]
)
def test_a_wrong_form(tmp_path: Path, body: str, code: str, line: int | None, says: str) -> None:
    problems = problems_of(tmp_path, form_text(body))
    assert codes(problems) == [code]
    assert line is None or problems[0].place.line == line
    assert says in problems[0].message + problems[0].hint


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("form: x/a\nsource: {document: d}", "missing-key"),
        ("form: x/a\ntitle: x", "missing-key"),
        ("form: x/a\ntitle: x\nsource: {clause: [a]}", "missing-key"),
        ("form: a\ntitle: x\nsource: {document: d}", "bad-name"),
        ("form: X/a\ntitle: x\nsource: {document: d}", "bad-name"),
        ("title: x\nsource: {document: d}", "missing-key"),
        ("- form", "wrong-shape"),
        ("form", "wrong-shape"),
    ],
)
def test_a_wrong_head(tmp_path: Path, text: str, code: str) -> None:
    assert codes(problems_of(tmp_path, text)) == [code]


# What is wrong with a report whose form has the items title, photo and a table t (a, b): parts begin on line 7.
BASE = """\
items:
  - {name: title, type: text}
  - {name: photo, type: image}
  - {name: t, type: table, columns: [{name: a, type: text}, {name: b, type: integer}]}
"""


def letter_of(words: str) -> str:
    return f"  - {{letter: l, title: x, {words}}}\n"


def body_of(*blocks: str) -> str:
    return "  - body: body\n    title: متن\n    template: body\n    content:\n" + "".join(
        f"      - {{{block}}}\n" for block in blocks
    )


REPORTS = [
    ("  - {title: x}\n", "missing-key", 7, "cover"),
    ("  - {cover: c}\n", "missing-key", 7, "title"),
    ("  - {cover: c, body: b, title: x}\n", "missing-key", 7, "cover"),
    ("  - {cover: c, title: x, tempalte: y}\n", "unknown-key", 7, "template"),
    ("  - {cover: C, title: x}\n", "bad-name", 7, "C"),
    ("  - {cover: c, title: x}\n  - {cover: c, title: y}\n", "duplicate-id", 8, "c"),
    ("  - {letter: c, title: x, form: x/b}\n", "unknown-form", 7, "x/a"),
    ("  - {letter: c, title: x, signer: boss}\n", "bad-value", 7, "boss"),
    ("  - {letter: c, title: '{{ case.agnecy }}'}\n", "expression-unknown-name", 7, "agency"),
    ("  - {letter: c, title: x, fields: {f: '{{ case.nope }}'}}\n", "expression-unknown-name", 7, "nope"),
    ("  - {letter: c, title: x, when: case.nope}\n", "expression-unknown-name", 7, "nope"),
    ("  - {letter: c, title: x, when: nope}\n", "expression-unknown-name", 7, "nope"),
    ("  - {letter: c, title: '{{ case }}'}\n", "expression-unknown-name", 7, "case"),
    ("  - {letter: c, title: '{{ form(\"x/a\").t }}'}\n", "wrong-item-kind", 7, "t"),
    ("  - {evidence: c, title: x, files: [x/a.photos]}\n", "unknown-item", 7, "photo"),
    ("  - {evidence: c, title: x, files: [x/a.title]}\n", "wrong-item-kind", 7, "text"),
    ("  - {evidence: c, title: x, files: [x/b.photo]}\n", "unknown-form", 7, "x/b"),
    ("  - {evidence: c, title: x, files: [photo]}\n", "bad-name", 7, "photo"),
    ("  - {letter: c, title: x, files: [x/a.photo]}\n", "unknown-key", 7, "template"),
    ("  - {evidence: c, title: x, template: y}\n", "unknown-key", 7, "files"),
    ("  - {evidence: c, title: x, bands: y, separators: y}\n", "unknown-key", 7, "bands"),
    ("  - {evidence: c, title: x, separators: y, pictures: 2}\n", "unknown-key", 7, "separators"),
    ("  - {evidence: c, title: x, bands: y, pictures: 5}\n", "bad-value", 7, "4"),
    ("  - {evidence: c, title: x, bands: y, pictures: two}\n", "bad-value", 7, ""),
    (body_of("tabel: x/a.t"), "unknown-key", 11, "table"),
    (body_of("signatures: [boss]"), "bad-value", 11, "boss"),
    ("  - {evidence: c, title: x}\nstatuses: [{name: done, label: انجام}]\n", "word-unfit", 1, "statuses"),
    (body_of("sheet: landscape"), "missing-key", 11, "content"),
    (body_of("sheet: turned, content: [{paragraph: x}]"), "bad-value", 11, "landscape"),
    (body_of("sheet: landscape, content: [{sheet: portrait, content: [{paragraph: x}]}]"), "word-unfit", 11, "sheet"),
    (body_of("table: x/a.t, levels: 3"), "unknown-key", 11, "levels"),
    (body_of("paragraph: x, caption: y"), "unknown-key", 11, "caption"),
    (body_of("table: x/a.t, text: x/a.title"), "missing-key", 11, "table"),
    (body_of("table: x/a.tt"), "unknown-item", 11, "t"),
    (body_of("table: x/a.title"), "wrong-item-kind", 11, "table"),
    (body_of("text: x/a.t"), "wrong-item-kind", 11, "table"),
    (body_of("figure: x/a.title"), "wrong-item-kind", 11, "image"),
    (body_of("figure: {letter: nope}"), "unknown-reference", 11, "nope"),
    (body_of("figure: {leter: c}"), "unknown-key", 11, "letter"),
    (body_of("table: {item: x/a.t}"), "wrong-shape", 11, "table"),
    (body_of("contents: x, levels: two"), "bad-value", 11, "two"),
    (body_of("form: x/b"), "unknown-form", 11, "x/a"),
    (body_of("list: x/a.t"), "missing-key", 11, "entry"),
    (body_of("list: x/a.t, entry: '{{ row.c }}'"), "expression-unknown-name", 11, "c"),
    (body_of("paragraph: '{{ row.a }}'"), "expression-unknown-name", 11, "a"),
    (body_of("table: x/a.t, heads: {c: ج}"), "unknown-item", 11, "c"),
    (body_of("table: x/a.t, heads: {a: '{{ case.nope }}'}"), "expression-unknown-name", 11, "nope"),
    (body_of("text: x/a.title, heads: {a: ج}"), "unknown-key", 11, "heads"),
    (body_of("chart: x/a.t, label: a"), "missing-key", 11, "value"),
    (body_of("chart: x/a.t, label: a, value: c"), "unknown-item", 11, "c"),
    (body_of("chart: x/a.t, label: a, value: b, notes: ['{{ case.nope }}']"), "expression-unknown-name", 11, "nope"),
    (body_of("chart: x/a.t, label: a, value: b, kind: lines"), "bad-value", 11, "pie"),
    (body_of("table: x/a.t, caption: '{{ case.agenc }}'"), "expression-unknown-name", 11, "agency"),
    (body_of("table: x/a.t, when: case.nope == 1"), "expression-unknown-name", 11, "nope"),
    (body_of("paragraph: 'x {{ y'"), "expression-broken", 11, "x {{ y"),
    (body_of("paragraph: '{% if x %}{% endif %}'"), "expression-forbidden", 11, "If"),
    (body_of("table: x/a.t, id: same", "section: y, id: same"), "duplicate-id", 12, "same"),
    (body_of("table: x/a.t, id: Same"), "bad-name", 11, "Same"),
    (body_of("section: y, content: [{tabel: x}]"), "unknown-key", 11, "table"),
    (body_of("paragraph: '{{ amended.number }}'"), "unknown-form", 11, "amended"),
    (letter_of("amendment: {subject: '{{ amended.nummer }}'}"), "expression-unknown-name", 7, "number"),
    (letter_of("amendment: {body: ['{{ case.nope }}']}"), "expression-unknown-name", 7, "nope"),
    (letter_of("amendment: {body: متن}"), "wrong-shape", 7, "body"),
    (letter_of("amendment: {text: [متن]}"), "unknown-key", 7, "body"),
    (letter_of("fields: {subject: '{{ amended.number }}'}"), "unknown-form", 7, "amended"),
    ("  - body: b\n    title: x\n    amendment: {subject: y}\n", "unknown-key", 9, "amendment"),
]


@pytest.mark.parametrize(
    ("parts", "code", "line", "says"),
    REPORTS,
    ids=[f"{code}-{number}" for number, (_, code, _, _) in enumerate(REPORTS)],
)
def test_a_wrong_report(tmp_path: Path, parts: str, code: str, line: int, says: str) -> None:
    report = report_text("x/a").split("parts:\n")[0] + "parts:\n" + parts
    problems = problems_of(tmp_path, form_text(BASE), report)
    assert code in codes(problems)
    assert set(codes(problems)) <= {code, "missing-key"}
    found = next(found for found in problems if found.code == code)
    assert (found.place.file or "").endswith("1.yaml")
    assert found.place.line == line
    assert says in found.message + found.hint


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ("forms: [x/b]\n", "unknown-form"),
        ("signers: [{key: a, name: '{{ case.nope }}', post: p}]\n", "expression-unknown-name"),
        ("signers: [{key: a, name: n, post: p}, {key: a, name: m, post: p}]\n", "duplicate-id"),
        ("signers: [{key: a, name: n}]\n", "missing-key"),
        ("author: '{{ case.nope }}'\n", "expression-unknown-name"),
        ("labels: {tabel: x}\n", "unknown-key"),
        ("amendment: {subjekt: x}\n", "unknown-key"),
    ],
)
def test_a_wrong_word_of_the_report_itself(tmp_path: Path, more: str, code: str) -> None:
    problems = problems_of(tmp_path, form_text(BASE), report_text(more=more))
    assert codes(problems) == [code]
    assert problems[0].place.line


# What is wrong with the years of a report whose case has the fields agency, year, motto and kind: line 13 is the first
# of them, right below the word.
YEARS_FORM = """\
items:
  - {name: sent, type: date}
  - {name: t, type: table, columns: [{name: day, type: date}, {name: what, type: integer}]}
"""
CASE_OF_YEARS = """\
  - {name: agency, type: text, label: دستگاه}
  - {name: year, type: integer, label: سال}
  - {name: motto, type: text, label: شعار}
  - {name: kind, type: select_one kinds, label: نوع}
  - {name: due, type: date, label: مهلت}
choices: {kinds: [{name: a, label: الف}]}
"""
YEARS = [
    ("feild: year\nfield: year\nkit: [motto]", "unknown-key", 12, "field"),
    ("kit: [motto]", "missing-key", 12, "field"),
    ("field: year", "missing-key", 12, "kit"),
    ("field: yaer\nkit: [motto]", "unknown-item", 12, "year"),
    ("field: due\nkit: [motto]", "wrong-item-kind", 12, "integer"),
    ("field: [year]\nkit: [motto]", "wrong-shape", 12, "field"),
    ("field: year\nkit: motto", "wrong-shape", 13, "kit"),
    ("field: year\nkit:\n  - motto\n  - moto", "unknown-item", 15, "motto"),
    ("field: year\nkit: [Motto]", "bad-name", 13, "Motto"),
    ("field: year\nkit: [motto]\nknown: [1399]", "wrong-shape", 14, "known"),
    ("field: year\nkit: [motto]\nknown:\n  99: {motto: الف}", "bad-name", 15, "99"),
    ("field: year\nkit: [motto]\nknown:\n  ۱۳۹۹: {motto: الف}", "bad-name", 15, "۱۳۹۹"),
    ("field: year\nkit: [motto]\nknown:\n  1399: الف", "wrong-shape", 15, "1399"),
    ("field: year\nkit: [motto]\nknown:\n  1398: {motto: الف}\n  1399: {moto: الف}", "unknown-item", 16, "motto"),
    ("field: year\nkit: [motto]\nknown:\n  1399:\n    motto: الف\n    due: 1399/02/31", "unknown-item", 17, "motto"),
    ("field: year\nkit: [due]\nknown:\n  1399:\n    due: 1399/12/31", "bad-value", 16, "date"),
    ("field: year\nkit: [kind]\nknown:\n  1399:\n    kind: b", "bad-value", 16, "a"),
    ("field: year\nkit: [motto]\ndates:\n  - {from: case.due}", "missing-key", 15, "of"),
    ("field: year\nkit: [motto]\ndates:\n  - {of: [sent]}", "bad-name", 15, "sent"),
    ("field: year\nkit: [motto]\ndates:\n  - {of: [x/b.sent]}", "unknown-form", 15, "x/a"),
    ("field: year\nkit: [motto]\ndates:\n  - {of: [x/a.snt]}", "unknown-item", 15, "sent"),
    ("field: year\nkit: [motto]\ndates:\n  - {of: [x/a.t.dya]}", "unknown-item", 15, "day"),
    ("field: year\nkit: [motto]\ndates:\n  - {of: [x/a.t.what]}", "wrong-item-kind", 15, "date"),
    ("field: year\nkit: [motto]\ndates:\n  - {of: [x/a.t]}", "wrong-item-kind", 15, "date"),
    ("field: year\nkit: [motto]\ndates:\n  - {of: [x/a.sent], from: case.deu}", "expression-unknown-name", 15, "due"),
    ("field: year\nkit: [motto]\ndates:\n  - {of: [x/a.sent], to: 'case.due +'}", "expression-broken", 15, "case.due +"),
    ("field: year\nkit: [motto]\ndates:\n  - {of: [x/a.sent], until: case.due}", "unknown-key", 15, "to"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("years", "code", "line", "says"),
    YEARS,
    ids=[f"{code}-{number}" for number, (_, code, _, _) in enumerate(YEARS)],
)
def test_wrong_years(tmp_path: Path, years: str, code: str, line: int, says: str) -> None:
    head, _, parts = report_text("x/a").partition("  - {name: agency, type: text, label: دستگاه}\n")
    inside = "".join(f"  {each}\n" for each in years.splitlines())
    problems = problems_of(tmp_path, form_text(YEARS_FORM), f"{head}{CASE_OF_YEARS}years:\n{inside}{parts}")
    found = next(found for found in problems if found.code == code)
    assert set(codes(problems)) - {code} <= ({"unknown-item"} if code == "bad-name" else set())
    assert ((found.place.file or "").endswith("1.yaml"), found.place.line) == (True, line)
    assert says in found.message + found.hint


def test_sound_years_are_not_refused(tmp_path: Path) -> None:
    head, _, parts = report_text("x/a").partition("  - {name: agency, type: text, label: دستگاه}\n")
    years = (
        "years: {field: year, kit: [motto, due, kind], known: {1399: {motto: الف, due: 1399/02/31, kind: a}}, "
        "dates: [{of: [x/a.sent, x/a.t.day], from: case.due, to: 'last_day(case.year, 12)'}]}\n"
    )
    assert problems_of(tmp_path, form_text(YEARS_FORM), f"{head}{CASE_OF_YEARS}{years}{parts}") == ()


def test_case_fields_are_checked_like_items(tmp_path: Path) -> None:
    report = report_text().replace("label: دستگاه}", "relevant: nope, type: txt}")
    assert "expression-unknown-name" in codes(
        problems_of(tmp_path / "a", report_text().replace("label: دستگاه}", "relevant: nope}"))
    )
    assert "wrong-shape" not in codes(problems_of(tmp_path / "b", report.replace("type: text, ", "")))
    assert codes(problems_of(tmp_path / "c", report_text().replace("label: دستگاه}", "relevant: agency}"))) == ["cycle"]


def test_case_fields_stand_in_no_groups(tmp_path: Path) -> None:
    grouped = "case:\n  - {group: نشانی, items: [{name: city, type: text, label: شهر}]}\n"
    (found,) = problems_of(tmp_path, report_text().replace("case:\n", grouped))
    assert (found.code, found.place.line) == ("word-unfit", 5)
    assert "«group» does nothing for «case»" in found.message


def test_case_fields_used_by_a_form_must_be_the_report_s(tmp_path: Path) -> None:
    form = form_text("items:\n  - {name: a, type: text, relevant: case.agancy == 'x'}")
    problems = problems_of(tmp_path, form, report_text("x/a"))
    assert codes(problems) == ["expression-unknown-name"]
    assert (problems[0].place.line, "agency" in problems[0].hint) == (5, True)
    assert problems_of(tmp_path / "alone", form) == ()


def test_unknown_templates(tmp_path: Path) -> None:
    problems = problems_of(
        tmp_path, form_text(BASE), report_text(), templates={"bodies": frozenset(), "cover": frozenset()}
    )
    assert codes(problems) == ["unknown-template"]
    assert problems[0].place.line == 7
    assert "bodies" in problems[0].hint


def test_templates_that_exist_and_evidence_without_one(tmp_path: Path) -> None:
    parts = "  - {body: b, title: x, template: body}\n  - {evidence: e, title: y, files: [x/a.photo]}\n"
    assert problems_of(tmp_path, form_text(BASE), report_text(parts=parts), templates={"body": frozenset()}) == ()


PRINTED = frozenset({"addressee", "body", "region", "signature"})


@pytest.mark.parametrize(
    ("part", "template", "name", "meant"),
    [
        ("letter", "letterhead", "adressee", "addressee"),
        ("letter", "letterhead", "coppies", "copies"),
        ("letter", "letterhead", "regoin", "region"),
        ("cover", "letterhead", "subtitel", "subtitle"),
        ("body", "letterhead", "agancy", "agency"),
        ("letter", "letterhead", "body", ""),
        ("letter", "letterhead", "document_id", ""),
    ],
)
def test_fields_nobody_would_print(tmp_path: Path, part: str, template: str, name: str, meant: str) -> None:
    parts = f"  - {part}: c\n    title: x\n    template: {template}\n    fields:\n      {name}: y\n"
    (found,) = problems_of(
        tmp_path, form_text(BASE), report_text("x/a", parts=parts), templates={"letterhead": PRINTED}
    )
    assert (found.code, found.place.line) == ("unknown-field", 11)
    assert f"«{name}»" in found.message
    assert not meant or f"«{meant}»" in found.hint


def test_fields_the_template_or_the_program_knows(tmp_path: Path) -> None:
    parts = "  - {letter: c, title: x, template: letterhead, fields: {region: a, motto: b}}\n"
    texts = form_text(BASE), report_text("x/a", parts=parts)
    assert problems_of(tmp_path / "printed", *texts, templates={"letterhead": PRINTED}) == ()
    other = parts.replace("region", "regoin")
    texts = form_text(BASE), report_text("x/a", parts=other)
    assert problems_of(tmp_path / "unread", *texts, templates={"letterhead": None}) == ()


def test_an_item_of_a_letter_s_form_a_slip_away_from_a_field(tmp_path: Path) -> None:
    def found(
        folder: str, items: str, fields: str = "", printed: frozenset[str] = PRINTED
    ) -> list[tuple[str, int | None]]:
        parts = f"  - {{letter: c, title: x, template: letterhead, form: x/a, fields: {{{fields}}}}}\n"
        texts = form_text(f"items:\n{items}"), report_text(parts=parts)
        problems = problems_of(tmp_path / folder, *texts, templates={"letterhead": printed})
        assert all("«addressee»" in one.hint for one in problems)
        return [(one.code, one.place.line) for one in problems]

    slip = "  - {name: adressee, type: text}\n"
    assert found("slip", slip) == [("unknown-field", 5)]
    assert found("other", "  - {name: reviewer, type: text}\n") == []
    assert found("both", slip + "  - {name: addressee, type: text}\n") == []
    assert found("filled", slip, "addressee: y") == []
    assert found("printed", slip, printed=frozenset({"adressee"})) == []


def test_duplicate_ids_of_forms_and_reports(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, form_text(BASE), form_text(BASE), report_text(), report_text())
    assert [(found.code, Path(found.place.file or "").name, found.place.line) for found in problems] == [
        ("duplicate-name", "1.yaml", 1),
        ("duplicate-name", "3.yaml", 1),
    ]


def test_circles_between_forms(tmp_path: Path) -> None:
    one = form_text("items:\n  - {name: a, type: integer, calculation: form('x/b').b}")
    other = form_text("items:\n  - {name: b, type: integer, calculation: form('x/a').a}", "x/b")
    (found,) = problems_of(tmp_path, one, other)
    assert found.code == "cycle"
    assert "x/a.a" in found.message
    assert "x/b.b" in found.message


def test_a_form_extends_one_that_extends_nothing(tmp_path: Path) -> None:
    texts = [form_text("extends: x/b"), form_text("extends: x/c", "x/b"), form_text("", "x/c")]
    assert codes(problems_of(tmp_path, *texts)) == ["cycle"]
    assert codes(problems_of(tmp_path / "own", form_text("extends: x/a"))) == ["cycle"]


def test_the_layout_of_an_extending_form_may_show_the_items_of_the_other(tmp_path: Path) -> None:
    base = form_text("items: [{name: a, type: text}]", "x/base")
    assert problems_of(tmp_path / "sound", base, form_text("extends: x/base\nlayout: [[a]]")) == ()
    assert codes(problems_of(tmp_path / "wrong", base, form_text("extends: x/base\nlayout: [[b]]"))) == ["unknown-item"]


def test_a_problem_of_an_extended_form_is_told_once(tmp_path: Path) -> None:
    base = form_text("items: [{name: a, type: text, relevant: nope}]", "x/base")
    problems = problems_of(tmp_path, base, form_text("extends: x/base"), form_text("extends: x/base", "x/b"))
    assert codes(problems) == ["expression-unknown-name"]


def test_all_problems_of_a_file_come_at_once(tmp_path: Path) -> None:
    body = """\
    itms: []
    items:
      - {name: A, type: txt}
      - {name: b, type: select_one nope, appearance: shiny}
      - {name: c, type: text, relevant: 'x =='}
      - {name: c, type: integer, constraint: c > 1}
      - {name: t, type: table}
    """
    problems = problems_of(tmp_path, form_text(body))
    assert sorted((found.place.line, found.code) for found in problems) == [
        (4, "unknown-key"),
        (6, "bad-name"),
        (6, "unknown-type"),
        (7, "bad-value"),
        (7, "unknown-choices"),
        (8, "expression-broken"),
        (9, "duplicate-name"),
        (9, "missing-key"),
        (10, "missing-key"),
    ]


def test_problems_of_several_files_come_at_once_and_a_broken_form_is_still_known(tmp_path: Path) -> None:
    broken = form_text("items: [{name: a, typ: text}]")
    user = form_text(
        "items: [{name: b, type: text, relevant: form('x/a').zzz}, {name: c, type: text, relevant: nope}]", "x/b"
    )
    problems = problems_of(tmp_path, broken, user, report_text("x/a", "x/b"))
    assert sorted(codes(problems)) == ["expression-unknown-name", "missing-key", "unknown-key"]


def test_a_missing_folder(tmp_path: Path) -> None:
    assert codes(problems_of(tmp_path / "nope", templates={})) == []
    from assembler.specs.library import read_library

    library, problems = read_library(tmp_path / "nowhere")
    assert codes(problems) == ["file-missing"]
    assert not library.forms


def test_every_code_of_the_specifications_is_tested() -> None:
    block = list(CATALOGUE)[list(CATALOGUE).index("unknown-key") : list(CATALOGUE).index("unknown-answer")]
    tested = {code for _, code, _, _ in (*FORMS, *REPORTS)} | {
        "unknown-template",
        "unknown-report",
        "expression-failed",
        "caps-differ",  # this and the next with score sheets, in test_performance
        "bands-open",
    }
    assert set(block) <= tested


@pytest.mark.parametrize("test", ["a == 'yess'", "a != 'yess'", "selected(a, 'yess')", "b and a == 'yess'"])
def test_a_choice_that_is_none(tmp_path: Path, test: str) -> None:
    text = form_text(
        f"""\
        choices: {{yes_no: [{{name: yes, label: بلی}}, {{name: no, label: خیر}}]}}
        items:
          - {{name: a, type: select_one yes_no}}
          - {{name: b, type: text, relevant: "{test}"}}
        """.replace("b and a", "a == 'no' and a")
    )
    _, problems = read_specs(tmp_path, text)
    assert [(found.code, found.arguments["value"]) for found in problems] == [("bad-value", "yess")]


def test_texts_are_compared_with_anything(tmp_path: Path) -> None:
    text = form_text("items: [{name: a, type: text}, {name: b, type: text, relevant: a == 'x'}]")
    assert list(read_specs(tmp_path, text)[1]) == []

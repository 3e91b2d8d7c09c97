"""Every word beside every kind of block changes what is printed, or is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assembler.answers import read_case
from assembler.evaluate import evaluate_case
from assembler.packet import assemble
from assembler.specs.language.blocks import BLOCK, BLOCK_KINDS
from tests.building import read_specs, write_case
from tests.conftest import REPOSITORY

REPORT = """\
report: r
title: گزارش
source: {{document: d}}
case: [{{name: agency, type: text, label: دستگاه}}]
statuses: [{{name: have, label: دارد}}, {{name: lack, label: ندارد}}]
signers: [{{key: a, name: الف, post: سمت}}, {{key: b, name: ب, post: سمت}}]
parts:
  - body: body
    title: متن
    template: body
    content:
      - {block}
      - {{section: پایان, content: [{{table: x/a.t}}, {{table: x/a.wide}}]}}
  - {{body: signed, title: امضا, template: body, content: [{{signatures: [a, b]}}]}}
"""
FORM = """\
form: x/a
title: فرم
source: {document: d}
summary: {status: "'have'", figure: "1"}
items:
  - {name: gone, type: text, label: نامربوط, relevant: 1 > 2}
  - {name: word, type: text, label: واژه}
  - {name: photo, type: image, label: عکس}
  - name: t
    type: table
    label: جدول
    columns: [{name: c, type: text, label: ستون}, {name: n, type: integer, label: شمار}]
  - {name: wide, type: table, label: پهن, columns: [{name: c, type: text, label: ستون}]}
"""
ANSWERS = "form: x/a\nword: متن\nphoto: p.png\nt: [{c: یک, n: 1}, {c: دو, n: 2}]\n"
# A block of each kind, with what it cannot do without; those of scores and of diagrams have tests of their own.
BLOCKS = {
    "contents": "contents: فهرست",
    "section": "section: بخش",
    "sheet": "sheet: landscape, content: [{text: x/a.word}]",
    "signatures": "signatures: [a, b]",
    "subheading": "subheading: زیر",
    "paragraph": "paragraph: متن",
    "text": "text: x/a.word",
    "table": "table: x/a.t",
    "list": "list: x/a.t, entry: '{{ row.c }}'",
    "form": "form: x/a",
    "answers": "answers: x/a",
    "summary": "summary: chart",
    "figure": "figure: x/a.photo",
    "chart": "chart: x/a.t, label: c, value: n",
}
VALUES = {
    "caption": "عنوانی دیگر",
    "levels": "1",
    "content": "[{paragraph: درون}]",
    "page_break": "true",
    "numbered": "false",
    "across": "1",
    "blank_rows": "7",
    "heads": "{c: سرستون}",
    "as": "cards",
    "entry": "'{{ row.n }}'",
    "marks": "lettered",
    "fold": "true",
    "width": "5",
    "kind": "pie",
    "label": "n",
    "value": "c",
    "percent": "true",
    "decimals": "2",
    "notes": "[یادداشت]",
    "only": "lack",
    "when": "1 > 2",
}
# Beside what a word does its work; what it names or says of itself shows nowhere else.
BESIDE = {"decimals": "percent: true", "blank_rows": "table: x/a.wide", "marks": "summary: list"}
SILENT = {"id", "source", "lists", *BLOCK_KINDS}  # a list of few entries is left out


def printed(folder: Path, block: str) -> str | None:
    """The blocks of a report with such a block; None where it is refused."""
    library, problems = read_specs(folder / "specs", FORM, REPORT.format(block="{" + block + "}"))
    if problems:
        return None
    case_folder = write_case(folder / "case", ANSWERS)
    shutil.copy(REPOSITORY / "samples" / "page.png", case_folder / "attachments" / "p.png")
    case, _ = read_case(case_folder, library)
    assert case is not None
    forms, _ = evaluate_case(case, library.reports["r"], library)
    return str([part.blocks for part in assemble("c", library.reports["r"], forms).packet.parts])


def test_every_word_has_a_value_to_be_tried_with() -> None:
    assert {word.name for word in BLOCK.words} <= {*VALUES, *SILENT}


@pytest.mark.parametrize("kind", BLOCKS)
def test_a_word_does_something_or_is_refused(tmp_path: Path, kind: str) -> None:
    idle = []
    for number, (word, value) in enumerate(VALUES.items()):
        told = BLOCKS[kind]
        beside = BESIDE.get(word, "")
        if beside.startswith(f"{kind}:"):
            told = beside
        elif word == "decimals" and kind == "chart":
            told = f"{told}, {beside}"
        if f"{word}:" in told:
            continue
        before = printed(tmp_path / f"{number}a", told)
        assert before is not None, told
        if printed(tmp_path / f"{number}b", f"{told}, {word}: {value}") == before:
            idle.append(word)
    assert idle == [], (kind, idle)

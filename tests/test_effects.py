"""Every word at every place of the language does something, or is refused: nothing is taken and passed over."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assembler.answers import read_case
from assembler.base.messages import spoken
from assembler.checks import check_answers, check_figures
from assembler.checks.remarks import check_remarks
from assembler.collect.files.skeleton import form_file
from assembler.collect.workbook import plan_sheet
from assembler.evaluate import evaluate_case
from assembler.model.answers import AnsweredForm
from assembler.model.types import NUMBERS
from assembler.packet import assemble
from assembler.specs.language.items import (
    APPEARANCES,
    COLUMN,
    COLUMN_TYPES,
    DATE_FORMATS,
    ITEM_SHAPE,
    ITEM_TYPES,
    SELECT_TYPES,
)
from assembler.views.page import form_layout
from assembler.views.page_json import page_json
from tests.building import read_specs, write_case
from tests.conftest import REPOSITORY

PICTURE = REPOSITORY / "samples" / "page.png"
REPORT = """\
report: r
title: گزارش
source: {document: d}
case: [{name: agency, type: text, label: دستگاه}]
parts:
  - {body: body, title: متن, template: body, content: [{answers: x/a}]}
"""
FORM = """\
form: x/a
title: فرم
source: {{document: d}}
choices:
  sides: [{{name: east, label: خاور}}, {{name: west, label: باختر}}]
  towns: [{{name: a, label: الف, within: east}}, {{name: b, label: ب, within: west}}]
items:
  - {{name: side, type: select_one sides, label: سو}}
  - {field}
"""
# What an answer of each type may be; the second kind breaks what the words below ask for.
ANSWERS = {
    "text": ("0499370899", "۷ مصوبه از ۵ مصوبه"),
    "integer": ("1402", "7"),
    "decimal": ("1402.5", "7"),
    "percent": ("12", "7"),
    "year": ("1402", "1407"),
    "date": ("1402/02/03", "1399/01/01"),
    "select_one": ("a", "b"),
    "select_multiple": ("[a, b]", "[b]"),
    "image": ("p.png", "p.png"),
    "file": ("p.png", "p.png"),
    "note": ("", ""),
    "calculate": ("", ""),
    "narrative": ("[بند, بند]", "[۷ مصوبه از ۵ مصوبه]"),
    "table": ("[{c: ۷ مصوبه از ۵ مصوبه}, {c: y}]", "[]"),
}
MADE = {"text": "'x'", "date": "'1402/02/03'", "select_one": "'a'", "select_multiple": "['a']"}
VALUES = {
    "label": "برچسب",
    "hint": "راهنما",
    "required": "true",
    "relevant": "side == 'west'",
    "constraint": "filled(side) and 1 > 2",
    "constraint_message": "نه",
    "constraint_severity": "warning",
    "default": "پیش",
    "format": DATE_FORMATS[-1],
    "marks": "['۷ مصوبه از ۵ مصوبه', '7']",
    "unit": "نفر",
    "blank": "نامعلوم",
    "footnote": "پانوشت",
    "inferred": "ح",
    "doubt": "ت",
    "own": "خ",
    "within": "side",
    "check": "national_id",
    "digits": "10",
    "width": "9",
    "align": "end",
    "merge": "true",
    "caption": "عنوان جدول",
    "heading": "سربرگ",
    "group_rows": "{columns: [c]}",
    "footer": "[{label: جمع, calculation: count(f)}]",
    "notes": "['یادداشت']",
    "min_rows": "5",
    "max_rows": "1",
    "page": "landscape",
    "number": "۳",
    "column_numbers": "true",
    "fit": "shrink",
    "as": "cards",
    "translation": "Label",
    "direction": "ltr",
    "figures": "off",
    "formula": "(۱)=(۲)",
    "entry": "{{ row.c }}",
    "rows": "[{name: r, cells: {c: x}}, {name: s, cells: {}}]",
}
DEFAULTS = {**dict.fromkeys(NUMBERS, "5"), "year": "1400", "date": "1400/01/01", **dict.fromkeys(SELECT_TYPES, "b")}
# Beside a word, what it needs; it is then judged against that alone.
BESIDE = {
    "constraint": {"constraint_message": "نه"},
    "constraint_severity": {"constraint": "1 > 2", "constraint_message": "نه"},
}
# What shows elsewhere, with tests of its own: who makes the next case, lends rows or draws steps, makes a column or
# adds up columns of numbers.
# ``also`` is what tables of others are known by.
# ``was`` and ``carry`` speak of other cases; an edition's items and columns are tried among the editions.
ELSEWHERE = {
    "name",
    "type",
    "also",
    "columns",
    "carry",
    "was",
    "prefill",
    "workflow",
    "group",
    "items",
    "each",
    "totals",
}


def field(kind: str, words: dict[str, str], *, column: bool) -> str:
    """A question or a column of a kind with these words."""
    told = {"name": "f", "type": f"{kind} towns" if kind in SELECT_TYPES else kind, "label": "پرسش"}
    if kind == "table":
        told["columns"] = "[{name: c, type: text, label: ستون}]"
    if kind == "calculate":
        told["calculation"] = "none if filled(z) else 1402" if column else "1402 if side == 'east' else none"
    told |= words
    text = "{" + ", ".join(f"{name}: {_written(value)}" for name, value in told.items()) + "}"
    if not column:
        return text
    return f"{{name: t, type: table, label: جدول, columns: [{text}, {{name: z, type: text, label: ی}}]}}"


def _written(value: str) -> str:
    """A list or a mapping as it stands, any other value between quotes."""
    return value if value[:1] in "[{" and not value.startswith("{{") else f'"{value}"'


def _told(value: object) -> object:
    """A page without the words of the specification that it only hands on."""
    if isinstance(value, dict):
        return {name: _told(each) for name, each in value.items() if name not in ("appearance", "within", "asked")}
    return [_told(each) for each in value] if isinstance(value, list) else value


def effects(folder: Path, kind: str, words: dict[str, str], *, column: bool) -> tuple[str, ...] | None:
    """All that people see of a form with such a field, blank and answered in two ways; None when it is refused."""
    library, problems = read_specs(folder, FORM.format(field=field(kind, words, column=column)), REPORT)
    if problems:
        return None
    spec = library.forms["x/a"]
    seen: list[str] = []
    with spoken("fa"):
        seen.append(form_file(spec, library.forms))
        seen.append(str(_told(page_json(form_layout(spec, library.forms).page))))
        for number, answer in enumerate(("", *ANSWERS[kind])):
            case_folder = folder / str(number)
            told = "form: x/a\n" + ("side: east\n" if number else "")
            given = f"f: {answer}" if answer and "calculation" not in words and "rows" not in words else ""
            told += f"t: [{{{given}}}, {{z: ۱}}]\n" if column else f"{given}\n"
            shutil.copy(PICTURE, write_case(case_folder, told) / "attachments" / "p.png")
            case, misread = read_case(case_folder, library)
            assert case is not None
            forms, failed = evaluate_case(case, library.reports["r"], library)
            used = ("x/a",)
            found = (*misread, *failed, *check_answers(forms, used), *check_figures(forms, used))
            found = (*found, *check_remarks(case, forms, used))
            seen.append(str([(each.code, each.severity, each.message) for each in found]))
            packet, *_ = assemble("c", library.reports["r"], forms)
            seen.append(str([part.blocks for part in packet.parts]))
            answered = case.forms.get("x/a", AnsweredForm("x/a", {}, {}))
            plan = plan_sheet("فرم", spec, answered, forms["x/a"], library.forms)
            seen.append(
                str([(box.row, box.column, box.kind, box.value, box.columns) for box in plan.boxes] + [plan.widths])
            )
    return tuple(seen)


def places() -> Iterator[tuple[str, bool, str, str]]:
    for shape, kinds in ((ITEM_SHAPE, tuple(ITEM_TYPES)), (COLUMN, COLUMN_TYPES)):
        for kind in kinds:
            for word in (word.name for word in shape.words if word.name not in ELSEWHERE):
                if word == "appearance":
                    yield from ((kind, shape is COLUMN, word, value) for value in APPEARANCES)
                elif word == "calculation":
                    yield kind, shape is COLUMN, word, MADE.get(kind, "1400 + 3")
                else:
                    value = DEFAULTS.get(kind, VALUES[word]) if word == "default" else VALUES[word]
                    yield kind, shape is COLUMN, word, value


def test_every_word_has_a_value_to_be_tried_with() -> None:
    words = {word.name for shape in (ITEM_SHAPE, COLUMN) for word in shape.words}
    assert words <= {*VALUES, *ELSEWHERE, "appearance", "calculation"}


@pytest.mark.parametrize("column", [False, True], ids=["item", "column"])
@pytest.mark.parametrize("kind", ITEM_TYPES)
def test_a_word_does_something_or_is_refused(tmp_path: Path, kind: str, column: bool) -> None:
    if column and kind not in COLUMN_TYPES:
        return
    idle = []
    for number, (_, _, word, value) in enumerate(each for each in places() if each[:2] == (kind, column)):
        beside = BESIDE.get(word, {})
        before = effects(tmp_path / f"{number}a", kind, beside, column=column)
        after = effects(tmp_path / f"{number}b", kind, {**beside, word: value}, column=column)
        if before is not None and after == before:
            idle.append(f"{word}: {value}")
    assert idle == [], (kind, column, idle)

"""What would be taken and do nothing is refused where it stands, one kind after the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.building import HEAD, codes, form_text, read_specs, report_text

ITEMS = "items: [{name: a, type: text}, {name: t, type: table, columns: [{name: c, type: text}]}]\n"
LISTS = "choices: {up: [{name: n, label: شمال}], low: [{name: x, label: الف, within: n}]}\n"
CHOOSING = "items: [{name: a, type: select_one up}, {name: b, type: select_one low%s}]\n"
SCORED = """\
items:
  - {name: a, type: integer}
  - name: scores
    type: table
    columns: [{name: no, type: text}, {name: title, type: text}, {name: cap, type: decimal},
              {name: self, type: decimal}, {name: evaluator, type: decimal}, {name: final, type: decimal}]
scores: {number: ۱, cap: 1, rows: [{name: r, title: ر, cap: 1, holds: a > 1}]%s}
"""
GATHER = """\
periods: {year: "1404", number: "1", unit: "{{ case.agency }}"}
gather: {from: r, tables: [{table: x/a.t, of: %s, cells: {c: %s}%s}]}
"""


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (LISTS + CHOOSING % ", within: a", ""),
        (LISTS + "items: [{name: a, type: select_one up}]\n", "word-unfit"),
        (LISTS + CHOOSING % "", "word-unfit"),
        (LISTS + "items: [{name: t, type: table, columns: [{each: up, columns: [{name: c, type: text}]}]}]\n"
         "rules: []\n", "word-unfit"),
        (ITEMS + "sheets: [{name: s, rows: [a, {heading: ب}, {label: پ, items: [a]}]}]\n", ""),
        (ITEMS + "sheets: [{name: s, rows: [{heading: ب, items: [a]}]}]\n", "word-unfit"),
        (ITEMS + "sheets: [{name: s, rows: [{heading: ب, label: پ}]}]\n", "word-unfit"),
        (ITEMS + "sheets: [{name: s, rows: [{label: پ}]}]\n", "missing-key"),
        (ITEMS + "layout: [[{item: a, show: label, span: 2, lines: 2}, {text: متن, lines: 2}], [{table: t}]]\n", ""),
        (ITEMS + "layout: [[{item: a, text: متن}]]\n", "word-unfit"),
        (ITEMS + "layout: [[{text: متن, show: label}]]\n", "word-unfit"),
        (ITEMS + "layout: [[{table: t, lines: 2}]]\n", "word-unfit"),
        (ITEMS + "rules: [{kind: no_more, item: t, limit: 5}]\n", ""),
        (SCORED % ", applies: a > 0, excuse: نه", ""),
        (SCORED % ", excuse: نه", "missing-key"),
    ],
)  # fmt: skip
def test_words_of_forms(tmp_path: Path, body: str, code: str) -> None:
    assert codes(read_specs(tmp_path, form_text(body), report_text("x/a"))[1]) == ([code] if code else [])


@pytest.mark.parametrize("word", ["type: text", "required: true", "width: 2"])
def test_columns_under_each_header_say_their_words_themselves(tmp_path: Path, word: str) -> None:
    form = (
        "choices: {up: [{name: n, label: ن}, {name: m, label: م}]}\n"
        "items: [{name: t, type: table, columns: [{each: up, columns: [{name: c, type: text}]%s}]}]\n"
    )
    assert codes(read_specs(tmp_path / "a", form_text(form % ""))[1]) == []
    assert codes(read_specs(tmp_path / "b", form_text(form % f", {word}"))[1]) == ["word-unfit"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ("choices: {k: [{name: n, label: ن}]}\n", "word-unfit"),
        ("signers: [{key: s, name: ن, post: پ}]\n", "word-unfit"),
        (GATHER % ("cases", "case.agency", ", when: 1 < 2, periods: last, key: [c]"), ""),
        (GATHER % ("missing", "unit", ", order: [c]"), ""),
        (GATHER % ("missing", "unit", ", when: 1 < 2"), "word-unfit"),
        (GATHER % ("findings", "unit", ", periods: last"), "word-unfit"),
        (GATHER % ("unread", "case", ", key: [c]"), "word-unfit"),
    ],
)
def test_words_of_reports(tmp_path: Path, more: str, code: str) -> None:
    found = read_specs(tmp_path, form_text(ITEMS), report_text("x/a", more=more))[1]
    assert [each.code for each in found] == ([code] if code else [])


@pytest.mark.parametrize(("kind", "word"), [("text", "hidden"), ("integer", "hidden"), ("note", "heading")])
def test_fields_of_a_case_are_printed_by_texts_alone(tmp_path: Path, kind: str, word: str) -> None:
    field = f"  - {{name: f, type: {kind}, label: م, appearance: {word}}}\n"
    report = report_text().replace("parts:\n", f"{field}parts:\n", 1)
    assert codes(read_specs(tmp_path, report)[1]) == ["word-unfit"]


def test_a_template_without_room_for_a_signature_or_blocks_signs_and_shows_nothing(tmp_path: Path) -> None:
    templates = {"cover": frozenset({"title"}), "body": frozenset({"title", "body"})}
    signers = "signers: [{key: s, name: ن, post: پ}]\n"

    def told(parts: str, more: str = "") -> list[str]:
        return codes(read_specs(tmp_path, report_text(parts=parts, more=more), templates=templates)[1])

    assert told("  - {cover: c, title: ج, template: cover}\n  - {body: b, title: م, template: body}\n") == []
    assert told("  - {cover: c, title: ج, template: cover, content: [{paragraph: متن}]}\n") == ["word-unfit"]
    assert told("  - {body: b, title: م, template: body, signer: s}\n", signers) == ["word-unfit"]


def test_a_form_that_is_taken_over_lends_all_it_says(tmp_path: Path) -> None:
    base = HEAD.format(form="x/base") + "own: افزوده\nlegal: [ماده ۱]\nlegal_doubt: شاید\n" + SCORED % ""
    library, problems = read_specs(tmp_path, base, form_text("extends: x/base\n"), report_text("x/a"))
    assert problems == ()
    form = library.forms["x/a"]
    assert form.scoring is not None
    assert [row.name for row in form.item("scores").rows] == ["r"]
    assert (form.legal_doubt, {item.own for item in form.items}) == ("شاید", {"افزوده"})

"""An edition is read as if it had been written out: what it changes, what follows by itself, and every refusal."""

# ruff: noqa: E501 - whole forms stand in a line

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assembler.base.problems import Problem
from assembler.model.reports import Library
from assembler.specs.editions import renaming
from assembler.specs.files import spec_texts
from assembler.specs.language.items import FOOTER, GROUP_ROWS, ITEM_SHAPE, PREFILL, PRINTED_ROW, TOTALS, WORKFLOW
from assembler.specs.language.meanings import Either, ListOf, MapOf, Meaning, Use
from tests.building import read_specs, sound_specs

FORM = """\
form: old/02
title: شاخص دو
source: {document: circular, clause: [شاخص ۲], note: چنان‌که چاپ شده است}
choices: {kinds: [{name: a, label: الف}, {name: b, label: ب}]}
items:
  - {name: answer, type: text, label: پاسخ, hint: مانند شاخص ۱, required: true}
  - {name: count, type: integer, label: تعداد}
  - {name: kind, type: select_one kinds, label: نوع}
  - group: بخش
    items: [{name: inner, type: text, label: درون}]
  - name: t
    type: table
    columns:
      - {name: title, type: text, label: عنوان}
      - label: مقدار
        columns: [{name: n, type: integer, label: تعداد}, {name: m, type: integer, label: مبلغ}]
    rows: [{name: r1, cells: {title: یک}}, {name: r2, cells: {title: دو}}]
sheets:
  - {name: box, rows: [answer, count]}
summary: {status: answer, figure: "{{ count }} مورد"}
rules:
  - {kind: finished, item: answer}
  - {kind: expression, item: count, test: form('old/01').base > 0, message: شاخص ۱ را ببینید.}
"""
FIRST = "form: old/01\ntitle: شاخص یک\nsource: {document: circular}\nitems: [{name: base, type: integer}]\n"
THIRD = "form: old/03\ntitle: شاخص سه\nsource: {document: circular}\nextends: old/01\nitems: [{name: more, type: text, hint: شاخص‌های ۱ و ۲}]\n"
REPORT = """\
report: before
title: گزارش
source: {document: circular}
case:
  - {name: agency, type: text, label: دستگاه}
  - {name: head, type: text, label: مقام}
statuses: [{name: yes, label: آری}]
parts:
  - body: body
    title: متن
    template: body
    content:
      - section: بخش
        id: all
        content:
          - {section: شاخص ۱- یک, id: one, content: [{answers: old/01}]}
          - {section: شاخص ۲- دو, id: two, content: [{answers: old/02}]}
          - {section: شاخص ۳- سه, id: three, content: [{answers: old/03}]}
      - {paragraph: نامه شماره ۹ درباره شاخص (۳)}
"""
OLD = (FIRST, FORM, THIRD, REPORT)
HEAD = "report: after\nsource: {document: next}\nedition:\n  of: before\n  folders: {old: new}\n"


def edition(more: str = "", *forms: str, folder: Path) -> Library:
    return sound_specs(folder, *OLD, HEAD + more, *forms)


def over(body: str, folder: Path) -> Library:
    """The form with changes, and nothing else of the edition."""
    return sound_specs(folder, *OLD, f"form: new/02\nedition_of: old/02\n{body}")


def problems_of(folder: Path, *texts: str) -> list[Problem]:
    return list(read_specs(folder, *OLD, *texts)[1])


def said(found: Problem) -> tuple[str, str, int | None]:
    return found.code, (found.place.file or "").rpartition("/")[2], found.place.line


# ---------------------------------------------------------------- what is taken over


def test_what_is_not_named_is_taken_over_under_the_new_folder(tmp_path: Path) -> None:
    library = edition(folder=tmp_path)
    forms = [library.forms[name] for name in ("new/01", "new/02", "new/03")]
    assert [form.was for form in forms] == ["old/01", "old/02", "old/03"]
    assert [item.name for item in forms[2].items] == ["base", "more"]  # what it extends is of the new folder too
    assert forms[1].rules[1].words.given()["test"].source == "form('new/01').base > 0"  # type: ignore[union-attr]
    assert (forms[1].source.document, forms[1].source.note) == ("next", "")
    report = library.reports["after"]
    assert (report.was, report.used_forms) == ("before", ("new/01", "new/02", "new/03"))
    assert library.reports["before"].used_forms == ("old/01", "old/02", "old/03")


def test_numbers_follow_forms_wherever_texts_say_them(tmp_path: Path) -> None:
    library = edition("  called: شاخص\n  renumber: {02: 07, 03: 12}\n", folder=tmp_path)
    form = library.forms["new/07"]
    assert (form.source.clause, form.items[0].hint) == (("شاخص ۷",), "مانند شاخص ۱")
    assert library.forms["new/12"].items[1].hint == "شاخص‌های ۱ و ۷"
    blocks = library.reports["after"].parts[0].content
    assert [vars(block)["title"] for block in vars(blocks[0])["content"]] == ["شاخص ۱- یک", "شاخص ۷- دو", "شاخص ۱۲- سه"]
    assert vars(blocks[1])["text"] == "نامه شماره ۹ درباره شاخص (۱۲)"


def test_phrases_read_otherwise_everywhere(tmp_path: Path) -> None:
    library = edition("  phrases: {نامه شماره ۹: نامه شماره ۱۱}\n", folder=tmp_path)
    assert vars(library.reports["after"].parts[0].content[1])["text"] == "نامه شماره ۱۱ درباره شاخص (۳)"


def test_a_dropped_form_goes_with_what_shows_it(tmp_path: Path) -> None:
    library = edition("  drop: [old/03, case.head]\n", folder=tmp_path)
    report = library.reports["after"]
    assert report.used_forms == ("new/01", "new/02")
    assert [vars(block)["title"] for block in vars(report.parts[0].content[0])["content"]] == [
        "شاخص ۱- یک",
        "شاخص ۲- دو",
    ]
    assert [item.name for item in report.case.items] == ["agency"]


def test_blocks_are_found_by_their_ids_and_new_ones_stand_behind_others(tmp_path: Path) -> None:
    more = "  blocks:\n    - {id: two, section: دوم}\n    - {id: extra, after: one, section: تازه}\n"
    library = edition(
        more + "case: [{name: agency, label: سازمان}, {name: unit, type: text, after: agency}]\n", folder=tmp_path
    )
    report = library.reports["after"]
    titles = [vars(block)["title"] for block in vars(report.parts[0].content[0])["content"]]
    assert titles == ["شاخص ۱- یک", "تازه", "دوم", "شاخص ۳- سه"]
    assert [(item.name, item.label) for item in report.case.items] == [
        ("agency", "سازمان"),
        ("unit", ""),
        ("head", "مقام"),
    ]


def test_a_form_of_the_edition_takes_the_place_of_its_old_one(tmp_path: Path) -> None:
    own = "form: new/09\nedition_of: old/01\ntitle: تازه\n"
    library = edition("  called: شاخص\n", own, folder=tmp_path)
    assert "new/01" not in library.forms
    assert library.forms["new/02"].items[0].hint == "مانند شاخص ۹"
    assert library.reports["after"].used_forms == ("new/09", "new/02", "new/03")


def test_an_item_that_was_renamed_is_named_so_wherever_others_speak_of_it(tmp_path: Path) -> None:
    own = "form: new/01\nedition_of: old/01\nitems: [{name: ground, was: base}]\n"
    rule = edition("", own, folder=tmp_path).forms["new/02"].rules[1]
    assert rule.words.given()["test"].source == "form('new/01').ground > 0"  # type: ignore[union-attr]


def test_an_edition_of_an_edition(tmp_path: Path) -> None:
    third = "report: third\nedition: {of: after, folders: {new: third}, renumber: {05: 06}, called: شاخص}\n"
    library = edition("  called: شاخص\n  renumber: {03: 05}\n", third, folder=tmp_path)
    assert (library.forms["third/06"].was, library.forms["new/05"].was) == ("new/05", "old/03")
    assert "شاخص (۶)" in vars(library.reports["third"].parts[0].content[1])["text"]


# ---------------------------------------------------------------- what a form changes


def test_words_replace_words_and_blank_ones_take_them_away(tmp_path: Path) -> None:
    form = over("title: تازه\nitems:\n  - {name: answer, hint: , type: narrative}\n", tmp_path).forms["new/02"]
    answer = form.item("answer")
    assert (form.title, answer.type, answer.hint, answer.label, answer.required) == (
        "تازه",
        "narrative",
        "",
        "پاسخ",
        True,
    )
    assert [item.name for item in form.items] == ["answer", "count", "kind", "over_inner", "inner", "over_t", "t"]


def test_new_ones_stand_behind_the_one_they_name(tmp_path: Path) -> None:
    form = over(
        "items:\n  - {name: a, type: text, after: answer}\n  - {name: b, type: text, after: inner}\n  - {name: c, type: text}\n"
        "  - name: t\n    columns: [{name: x, type: integer, after: n}, {name: y, type: text}]\n"
        "    rows: [{name: r3, cells: {title: سه}, after: r1}]\n",
        tmp_path,
    ).forms["new/02"]
    assert [item.name for item in form.items] == [
        "answer",
        "a",
        "count",
        "kind",
        "over_inner",
        "inner",
        "b",
        "over_t",
        "t",
        "c",
    ]
    table = form.item("t")
    assert [(column.name, column.group) for column in table.columns] == [
        ("title", ()), ("n", ("مقدار",)), ("x", ("مقدار",)), ("m", ("مقدار",)), ("y", ()),
    ]  # fmt: skip
    assert [row.name for row in table.rows] == ["r1", "r3", "r2"]


def test_one_that_is_known_moves_behind_another(tmp_path: Path) -> None:
    form = over("items: [{name: answer, after: count}]\n", tmp_path).forms["new/02"]
    assert [item.name for item in form.items][:2] == ["count", "answer"]


def test_one_that_was_called_otherwise_is_renamed_with_its_rules(tmp_path: Path) -> None:
    form = over(
        "items:\n  - {name: number, was: count, label: شمار}\n"
        "  - {name: t, columns: [{name: amount, was: m}], rows: [{name: one, was: r1}]}\n"
        "sheets: [{name: box, rows: [answer, number]}]\nsummary: {figure: '{{ number }}'}\n",
        tmp_path,
    ).forms["new/02"]
    number, table = form.item("number"), form.item("t")
    assert (number.was, number.type, number.label) == ("count", "integer", "شمار")
    assert (table.column("amount").was, table.column("amount").group) == ("m", ("مقدار",))
    assert [(row.name, row.was) for row in table.rows] == [("one", "r1"), ("r2", "")]
    assert [rule.item for rule in form.rules] == ["answer", "number"]


LEDGER = """\
form: old/04
title: دفتر
source: {document: circular}
choices: {ticks: [{name: x, label: خ}], paid: [{name: c, label: ج, within: x}]}
items:
  - {name: first, type: select_one ticks, label: نخست}
  - {name: second, type: select_one paid, label: دوم, within: first}
  - name: origin
    type: table
    columns: [{name: title, type: text, label: عنوان}, {name: sum, type: integer, label: جمع}]
  - name: ledger
    type: table
    columns:
      - {name: title, type: text, label: عنوان}
      - {name: sum, type: integer, label: مبلغ}
      - {name: day, type: date, label: روز}
    rows:
      - {name: r1, cells: {title: یک}, closed: [sum]}
      - {name: r2, cells: {title: دو}, calculations: {sum: "7"}}
    footer: [{label: جمع, cells: {sum: "5"}}]
  - name: open
    type: table
    columns: [{name: title, type: text, label: عنوان}, {name: sum, type: integer, label: مبلغ}]
    group_rows: {columns: [title], required: [title]}
    totals: {down: جمع, only: [sum]}
    prefill: {from: [old/04.origin], cells: {title: title, sum: sum}, key: title}
rules:
  - {kind: rising, item: ledger, column: day}
  - {kind: duplicates, item: open, columns: [title]}
"""


def test_what_names_a_column_follows_it_to_its_new_name(tmp_path: Path) -> None:
    """The table itself, its rules, and choices that belong to another answer."""
    changes = (
        "form: new/04\nedition_of: old/04\nitems:\n  - {name: start, was: first}\n"
        "  - {name: ledger, columns: [{name: name, was: title}, {name: amount, was: sum}, {name: on, was: day}]}\n"
        "  - {name: open, columns: [{name: name, was: title}, {name: amount, was: sum}]}\n"
    )
    form = sound_specs(tmp_path, *OLD, LEDGER, changes).forms["new/04"]
    ledger, open_ = form.item("ledger"), form.item("open")
    assert form.item("second").within == "start"
    assert [set(row.cells) for row in ledger.rows] == [{"name"}, {"name"}]
    assert (ledger.rows[0].closed, set(ledger.rows[1].calculations)) == ({"amount"}, {"amount"})
    assert set(ledger.footer[0].cells) == {"amount"}
    assert open_.group_rows is not None
    assert open_.prefill is not None
    assert dict(open_.prefill.cells) == {"name": "title", "amount": "sum"}
    assert [rule.item for rule in form.rules] == ["ledger", "open"]


def test_no_word_of_a_table_that_names_columns_is_forgotten() -> None:
    shapes = {shape.name: shape for shape in (FOOTER, GROUP_ROWS, PREFILL, PRINTED_ROW, TOTALS, WORKFLOW)}
    used = {word.name: use for word in ITEM_SHAPE.words for use in _uses(word.meaning)}
    naming = {word for word, use in used.items() if use in shapes}
    assert naming == set(renaming._OF_COLUMNS)
    # Whatever else an item holds names no columns: columns themselves, and items of a group.
    assert set(used.values()) - set(shapes) <= {"column", "item", "figures", "choice list"}


def _uses(meaning: Meaning) -> Iterator[str]:
    if isinstance(meaning, Use):
        yield meaning.shape
    elif isinstance(meaning, ListOf | MapOf):
        yield from _uses(meaning.of)
    elif isinstance(meaning, Either):
        for each in meaning.of:
            yield from _uses(each)


def test_what_is_dropped_goes_with_its_rules(tmp_path: Path) -> None:
    body = "drop: [count, t.m, t.r2, box, rules.answer]\nsummary: {figure: }\n"
    form = over(body, tmp_path).forms["new/02"]
    assert "count" not in form.by_name
    assert (form.rules, form.sheets) == ((), ())
    assert [column.name for column in form.item("t").columns] == ["title", "n"]
    assert [row.name for row in form.item("t").rows] == ["r1"]


def test_a_rule_takes_the_place_of_those_of_its_kind_on_its_item(tmp_path: Path) -> None:
    form = over(
        "rules: [{kind: expression, item: count, test: count > 1, message: م}, {kind: finished, item: inner}]\n",
        tmp_path,
    ).forms["new/02"]
    assert [(rule.kind, rule.item) for rule in form.rules] == [
        ("finished", "answer"),
        ("expression", "count"),
        ("finished", "inner"),
    ]


# ---------------------------------------------------------------- what a form takes over from another one

BASE = """\
form: old/base
title: پایه
source: {document: circular}
choices: {kinds: [{name: yes, label: بلی}, {name: no, label: خیر}]}
items:
  - {name: answer, type: select_one kinds, label: پاسخ, required: true}
  - {name: reason, type: text, label: دلیل, required: answer == 'no'}
sheets: [{name: paper, rows: [answer, reason]}]
summary: {status: answer, reason: '{{ reason }}'}
rules: [{kind: finished, item: reason}]
"""
PROOF = """\
form: old/proof
title: مستند
source: {document: circular}
items:
  - name: proof
    type: table
    required: answer == 'yes'
    columns: [{name: title, type: text, label: عنوان}, {name: page, type: integer, label: صفحه}]
"""
LENT = """\
form: old/06
title: شاخص شش
source: {document: circular}
extends: old/base
append: old/proof
choices: {kinds: [{name: a, label: الف}]}
items: [{name: kind, type: select_one kinds, label: نوع}]
"""


def lent(body: str, folder: Path, *others: str) -> Library:
    return sound_specs(folder, *OLD, BASE, PROOF, LENT, *others, f"form: new/06\nedition_of: old/06\n{body}")


def names_of(library: Library, form: str = "new/06") -> list[str]:
    return [item.name for item in library.forms[form].items]


def test_what_a_form_takes_over_is_changed_as_what_is_its_own(tmp_path: Path) -> None:
    library = lent(
        "drop: [proof.page, paper]\n"
        "items:\n  - {name: why, was: reason, label: چرا}\n  - {name: fresh, type: text, after: answer}\n"
        "  - {name: proof, columns: [{name: title, label: نام}, {name: day, type: date, after: title}]}\n"
        "  - {name: end, type: text, after: proof}\n  - {name: more, type: text}\n"
        "summary: {reason: '{{ why }}'}\n",
        tmp_path,
    )
    form = library.forms["new/06"]
    assert names_of(library) == ["answer", "fresh", "why", "kind", "more", "proof", "end"]
    assert [(column.name, column.label) for column in form.item("proof").columns] == [("title", "نام"), ("day", "")]
    assert (form.item("why").label, form.item("why").was, form.rules[0].item) == ("چرا", "reason", "why")
    assert form.summary is not None
    assert (str(form.summary.reason), form.sheets) == ("{{ why }}", ())
    assert form.summary.status is not None
    # Each picks from the list it picked from, and the form before is as it was.
    assert [choice.name for choice in form.item("answer").choices] == ["yes", "no"]
    assert [choice.name for choice in form.item("kind").choices] == ["a"]
    assert names_of(library, "old/06") == ["answer", "reason", "kind", "proof"]


def test_what_a_form_takes_over_is_dropped_with_its_rules(tmp_path: Path) -> None:
    library = lent("drop: [reason, proof, paper]\nsummary: {reason: }\n", tmp_path)
    assert (names_of(library), library.forms["new/06"].rules) == (["answer", "kind"], ())


def test_an_item_that_stands_for_one_taken_over_does_not_uncover_it(tmp_path: Path) -> None:
    own = LENT.replace("old/06", "old/08") + "  - {name: reason, type: narrative, label: دلیل دیگر}\n"
    own = own.replace(
        "items: [{name: kind, type: select_one kinds, label: نوع}]\n",
        "items:\n  - {name: kind, type: select_one kinds}\n",
    )
    body = "form: new/08\nedition_of: old/08\ndrop: [reason, paper]\nsummary: {reason: }\n"
    assert names_of(lent("", tmp_path, own, body), "new/08") == ["answer", "kind", "proof"]


def test_a_form_takes_over_what_this_edition_makes_of_the_other_one(tmp_path: Path) -> None:
    changed = "form: new/base\nedition_of: old/base\nitems: [{name: answer, label: پاسخ تازه}]\n"
    library = lent("items: [{name: answer, hint: راهنما}]\n", tmp_path, HEAD, changed)
    answer = library.forms["new/06"].item("answer")
    assert (answer.label, answer.hint) == ("پاسخ تازه", "راهنما")


def test_an_edition_may_take_over_another_form_or_none(tmp_path: Path) -> None:
    library = lent("extends: old/01\nappend:\nitems: [{name: base, label: پایه}]\n", tmp_path)
    assert (names_of(library), library.forms["new/06"].item("base").label) == (["base", "kind"], "پایه")


@pytest.mark.parametrize(
    ("body", "meant"),
    [("drop: [reson]", "reason"), ("drop: [proof.pge]", "proof.page"), ("drop: [rules.reson]", "rules.reason"),
     ("items: [{name: x, type: text, after: anser}]", "answer")],
)  # fmt: skip
def test_what_neither_the_form_nor_what_it_takes_over_has_is_told(tmp_path: Path, body: str, meant: str) -> None:
    found = problems_of(tmp_path, BASE, PROOF, LENT, f"form: new/06\nedition_of: old/06\n{body}\n")
    assert [each.code for each in found] == ["unknown-item"]
    assert f"«{meant}»" in found[0].hint


# ---------------------------------------------------------------- refusals, each where it stands

SPLIT = "form: new/{}\nedition_of: old/02\n"
FORMS = [
    ("drop: [cuont]", "unknown-item", "4.yaml", 3, "count"),
    ("drop: [t.mm]", "unknown-item", "4.yaml", 3, "t.m"),
    ("drop: [rules.kind]", "unknown-item", "4.yaml", 3, "rules.count"),
    ("items:\n  - {name: a, type: text, after: anser}", "unknown-item", "4.yaml", 4, "answer"),
    ("items:\n  - {name: a, type: text, was: cuont}", "unknown-item", "4.yaml", 4, "count"),
    ("items:\n  - {name: a, type: text, was: old/01.bse}", "unknown-item", "4.yaml", 4, "base"),
    ("items:\n  - {name: a, type: text, was: old/11.base}", "unknown-form", "4.yaml", 4, "old/01"),
    ("items:\n  - {name: t, columns: [{name: x, type: text, was: tittle}]}", "unknown-item", "4.yaml", 4, "title"),
    ("items:\n  - {name: t, rows: [{name: x, cells: {title: ی}, was: r9}]}", "unknown-item", "4.yaml", 4, "r1"),
    ("choices: {kinds: [{name: c, label: ج, was: d}]}", "unknown-item", "1.yaml", 8, "a"),
    ("items:\n  - {name: fresh, label: بی نوع}", "missing-key", "4.yaml", 4, "type"),
    ("items:\n  - {name: answer, lable: تازه}", "unknown-key", "4.yaml", 4, "label"),
    ("drop: [answer]\nsummary:", "unknown-item", "1.yaml", 19, "count"),  # the sheet of the old file
    ("titel: تازه", "unknown-key", "4.yaml", 3, "title"),
]


@pytest.mark.parametrize(("body", "code", "file", "line", "hint"), FORMS)
def test_what_is_wrong_with_a_form_is_told_where_it_stands(
    tmp_path: Path, body: str, code: str, file: str, line: int, hint: str
) -> None:
    found = problems_of(tmp_path, f"form: new/02\nedition_of: old/02\n{body}\n")
    assert (code, file, line) in map(said, found)
    assert any(hint in each.hint + each.message for each in found if each.code == code)


REPORTS = [
    ("report: after\nedition:\n  of: befor\n  folders: {old: new}\n", "unknown-report", 3, "before"),
    ("report: after\nedition:\n  folders: {old: new}\n", "missing-key", 3, "of"),
    (HEAD + "  drop: [old/33]\n", "unknown-form", 6, "old/03"),
    (HEAD + "  drop: [case.haed]\n", "unknown-item", 6, "case.haed"),
    (HEAD + "  renumber: {33: 34}\n", "unknown-form", 6, "old/03"),
    (HEAD + "  blocks: [{id: tow, section: دوم}]\n", "unknown-item", 6, "two"),
    (HEAD + "  block: []\n", "unknown-key", 6, "blocks"),
    ("report: after\nedition: {of: after, folders: {old: new}}\n", "cycle", 2, "after ← after"),
    (
        "report: after\nwas: befor\ntitle: x\nsource: {document: d}\ncase: [{name: a, type: text}]\nparts: [{body: b, title: x, template: body}]\n",
        "unknown-report",
        1,
        "before",
    ),
]


@pytest.mark.parametrize(("text", "code", "line", "hint"), REPORTS)
def test_what_is_wrong_with_a_report_is_told_where_it_stands(
    tmp_path: Path, text: str, code: str, line: int, hint: str
) -> None:
    found = problems_of(tmp_path, text)
    assert (code, "4.yaml", line) in map(said, found)
    assert any(hint in each.hint + each.message for each in found if each.code == code)


def test_what_still_names_a_form_that_is_no_more_is_told_at_its_line(tmp_path: Path) -> None:
    found = problems_of(tmp_path, HEAD + "  drop: [old/01]\n  called: شاخص\n")
    told = {(*said(each), each.arguments["name"]) for each in found if each.code == "edition-named"}
    assert told == {
        ("edition-named", "1.yaml", 6, "شاخص ۱"),
        ("edition-named", "1.yaml", 23, "old/01"),
        ("edition-named", "1.yaml", 23, "شاخص ۱"),
        ("edition-named", "2.yaml", 4, "old/01"),
        ("edition-named", "2.yaml", 5, "شاخص ۱"),
    }


def test_a_form_that_was_split_stands_for_nothing_until_it_is_said_which(tmp_path: Path) -> None:
    found = problems_of(tmp_path, HEAD, SPLIT.format("02"), SPLIT.format("04"))
    assert {said(each) for each in found} == {("edition-named", "3.yaml", 17)}
    more = "  drop: [two]\n  blocks: [{id: first, after: one, section: الف, content: [{answers: new/02}, {answers: new/04}]}]\n"
    library = edition(more, SPLIT.format("02"), SPLIT.format("04"), folder=tmp_path / "told")
    assert library.reports["after"].used_forms == ("new/01", "new/02", "new/04", "new/03")


@pytest.mark.parametrize(
    "body",
    [
        "drop: [a]\nitems: [{name: a, type: text}]",
        "items: [{name: a, type: text, after: b}]",
        "items: [{name: a, type: text, was: b}]",
    ],
)
def test_words_of_an_edition_do_nothing_elsewhere(tmp_path: Path, body: str) -> None:
    _, found = read_specs(tmp_path, f"form: x/a\ntitle: x\nsource: {{document: d}}\n{body}\n")
    assert [each.code for each in found] in (["missing-key"], ["unknown-key"], ["word-unfit"])


def test_the_edition_before_is_read_with_the_next_one(tmp_path: Path) -> None:
    for folder, text in (("old", FIRST), ("old", REPORT), ("new", HEAD), ("other", "form: other/a\n")):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / f"{len(text)}.yaml").write_text(text, encoding="utf-8")
    assert {path.parent.name for path in spec_texts(tmp_path, ["after"])} == {"old", "new"}
    assert {path.parent.name for path in spec_texts(tmp_path, ["before"])} == {"old"}


def test_an_expression_that_names_what_is_called_otherwise_now_is_told(tmp_path: Path) -> None:
    old = (
        "form: old/04\ntitle: شاخص چهار\nsource: {document: circular}\n"
        "choices: {kinds: [{name: a, label: الف}, {name: b, label: ب}]}\n"
        "items:\n"
        "  - {name: staff, type: integer, label: کارکنان}\n"
        "  - {name: kind, type: select_one kinds, label: نوع}\n"
        "  - {name: each, type: decimal, label: سرانه, calculation: 100 / staff}\n"
        "  - {name: why, type: text, label: دلیل, relevant: kind == 'a'}\n"
        "  - name: t\n    type: table\n    columns: [{name: n, type: integer, label: تعداد}]\n"
        "  - {name: sum, type: integer, label: جمع, calculation: \"total(t, 'n')\"}\n"
    )
    new = (
        "form: new/04\nedition_of: old/04\n"
        "choices: {kinds: [{name: c, was: a, label: الف}, {name: b, label: ب}]}\n"
        "items: [{name: people, was: staff}, {name: t, columns: [{name: m, was: n}]}]\n"
    )
    problems = problems_of(tmp_path, old, new)
    told = [(each.code, each.place.item, each.arguments["name"], each.arguments["new"]) for each in problems]
    assert told == [
        ("expression-renamed", "each", "staff", "people"), ("expression-renamed", "why", "a", "c"),
        ("expression-renamed", "sum", "n", "m"),
    ]  # fmt: skip
    again = "  - {name: each, calculation: 100 / people}\n  - {name: why, relevant: kind == 'c'}\n"
    again += "  - {name: sum, calculation: \"total(t, 'm')\"}\n"
    mended = new.replace("items: [", "items:\n  - ").replace("}, {name: t", "}\n  - {name: t").replace("]}]", "]}")
    assert problems_of(tmp_path / "2", old, mended + again) == []


def test_boxes_and_sheets_follow_an_item_to_its_new_name(tmp_path: Path) -> None:
    old = (
        "form: old/04\ntitle: چهار\nsource: {document: circular}\n"
        "items:\n  - {name: a, type: text, label: الف}\n  - {name: b, type: text, label: ب}\n"
        "  - {name: t, type: table, label: جدول, columns: [{name: n, type: integer, label: تعداد}]}\n"
        "sheets: [{name: s, rows: [a, {label: هر دو, items: [b]}]}]\n"
        "layout: [[a, {item: b}], [{table: t}]]\n"
        "rules: [{kind: exactly_one, items: [a, b], message: یکی}]\n"
    )
    new = "form: new/04\nedition_of: old/04\nitems: [{name: c, was: a}, {name: d, was: b}, {name: u, was: t}]\n"
    form = sound_specs(tmp_path, *OLD, old, new).forms["new/04"]
    assert form.sheets[0].items == ("c", "d")
    assert [cell.item for row in form.layout for cell in row] == ["c", "d", "u"]
    assert vars(form.rules[0].words)["items"] == ("c", "d")

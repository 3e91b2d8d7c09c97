"""Every word of every kind of rule changes what is found, or is refused: none is taken and passed over."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from assembler.checks import check_rules
from assembler.model import rules
from assembler.model.specs import Expression
from assembler.specs.language.rules import RULE, RULES
from tests.building import World, codes, form_text, read_specs

Words = Mapping[str, str]
# A table with a column of each kind, and a blank fellow of each by which a word names something else.
COLUMNS = """\
    columns:
      - {name: text, type: text, label: متن}
      - {name: name, type: text, label: نام}
      - {name: unit, type: text, label: واحد}
      - {name: n, type: integer, label: عدد}
      - {name: m, type: integer, label: بیشترین}
      - {name: first, type: date, label: آغاز}
      - {name: last, type: date, label: پایان}
      - {name: no_text, type: text, label: بی‌متن}
      - {name: no_number, type: integer, label: بی‌عدد}
      - {name: no_date, type: date, label: بی‌تاریخ}
      - {name: odd, type: text, label: متفاوت, required: 1 > 2}
"""
FORM = f"""\
items:
  - {{name: word, type: text, label: واژه}}
  - {{name: other, type: text, label: دیگر}}
  - {{name: blank, type: text, label: خالی}}
  - {{name: sum, type: integer, label: جمع}}
  - {{name: no_sum, type: integer, label: جمع خالی}}
  - {{name: three, type: text, label: سه}}
  - {{name: some, type: text, label: برخی}}
  - name: t
    type: table
    label: جدول
    group_rows: {{columns: [text, name, unit, n, m, no_number]}}
{COLUMNS}\
  - name: u
    type: table
    label: جدول دیگر
    group_rows: {{columns: [text, name, unit, n, m, no_number]}}
{COLUMNS.replace("label: متفاوت", "label: متفاوت‌تر")}\
  - name: v
    type: table
    label: جدول خالی
    group_rows: {{columns: [text, name, unit, n, m, no_number]}}
{COLUMNS}\
rules:
  - {{{{rule}}}}
"""
# Of each kind: its words, all of them, and the rows among which it then finds something.
KINDS: Mapping[str, tuple[Words, str]] = {
    "expression": ({"item": "t", "test": "1 > 2", "message": "نادرست"}, "{n: 1}"),
    "scores": ({"item": "t", "value": "n", "cap": "m"}, "{n: 9, m: 2}"),
    "row_numbers": ({"item": "t", "column": "n"}, "{n: 1}, {n: 3}"),
    "duplicates": ({"item": "t", "columns": "[text]"}, "{text: یک, n: 1}, {text: یک, n: 2}"),
    "finished": ({"item": "t", "columns": "[text]"}, "{text: این متن ناتمام است و, name: این هم همان و}"),
    "durations": (
        {"item": "t", "start": "first", "end": "last", "days": "n"},
        "{first: 1404/07/05, last: 1404/07/01}, {first: 1404/07/01, last: 1404/07/05, n: 90}",
    ),
    "not_before": (
        {"item": "t", "date": "first", "since": "\"'1404/07/02'\"", "message": "زود"},
        "{first: 1404/07/01}",
    ),
    "holidays": ({"item": "t", "columns": "[first]"}, "{first: 1404/01/01}"),
    "rhythm": (
        {"item": "t", "date": "first", "every": "7"},
        "{first: 1404/07/01}, {first: 1404/07/08}, {first: 1404/07/29}",
    ),
    "room": (
        {"item": "t", "text": "text", "quantity": "n", "start": "first", "end": "last", "unit": "unit"},
        "{text: برگزاری هفتگی جلسه, n: 50, first: 1404/07/01, last: 1404/07/20, unit: جلسه}, "
        "{text: برگزاری هفتگی جلسه, n: 50, first: 1404/07/01, last: 1404/07/20, unit: ساعت}",
    ),
    "group_totals": (
        {"item": "t", "quantity": "n", "unit": "unit"},
        "{group: {text: الف, n: 9, unit: مورد}}, {n: 2, unit: مورد}, {n: 3, unit: مورد}, {n: 4, unit: ساعت}",
    ),
    "said": (
        {"item": "word", "says": "'{} نفر'", "equals": "5", "message": "نادرست"},
        "",
    ),
    "percent": ({"item": "word", "says": "'{} درصد'", "part": "1", "whole": "4"}, ""),
    "parts": ({"item": "t", "column": "n", "whole": "10"}, "{n: 3}, {n: 4}"),
    "same_columns": ({"item": "t", "template": "x/a.u"}, "{n: 1}"),
    "filled": (
        {"item": "t", "items": "[blank]", "columns": "[no_text]", "excused": "name"},
        "{n: 1}, {n: 2, name: نام}",
    ),
    "names": (
        {"among": "[x/a.t.name, x/a.some]"},
        "{name: مریم احمدی‌پور}, {name: مریم احمدی‌پور}, {name: مریم احمدپور}",
    ),
    "agrees": ({"item": "sum", "equals": "8", "within": "1"}, ""),
    "no_more": ({"item": "t", "column": "n", "than": "m"}, "{n: 9, m: 2}"),
    "row_sum": ({"item": "t", "columns": "[n]", "column": "m"}, "{n: 9, m: 2}"),
    "careers": ({"item": "t", "born": "m", "columns": "[n]", "year": "1404"}, "{m: 1380, n: 20}"),
    "tally": ({"item": "sum", "items": "[three]"}, ""),
    "rising": ({"item": "t", "column": "n"}, "{n: 1}, {n: 9}, {n: 3}, {n: 11}"),
    "months": ({"item": "t", "date": "first", "text": "text"}, "{first: 1404/07/01, text: در آبان ماه}"),
    "order": (
        {"item": "t", "start": "first", "end": "last", "rests_on": "unit", "columns": "[name]"},
        "{name: گام یک, first: 1404/07/01, last: 1404/07/20}, {name: گام دو, unit: گام یک, first: 1404/07/05, "
        "last: 1404/07/25}, {name: گام سه, unit: گام یک, first: 1404/07/26, last: 1404/07/27}",
    ),
    "exactly_one": ({"item": "t", "items": "[word, other]", "columns": "[text, name]"}, "{text: ×, name: ×}"),
    "at_most_one": ({"item": "t", "items": "[word, other]", "columns": "[text, name]"}, "{text: ×, name: ×}"),
    "covered": (
        {"item": "t", "column": "text", "among": "[x/a.t.unit]", "excused": "name"},
        "{text: یک, unit: سه}, {text: دو, name: معاف, unit: سه}",
    ),
    "weekdays": ({"item": "t", "date": "first", "column": "text"}, "{first: 1404/07/01, text: جمعه}"),
    "shares": ({"item": "word"}, ""),
    "cited": (
        {"among": "[x/a.t.text, x/a.some]"},
        "{text: نامه شماره ۱۲۳۴۵۶ مورخ ۱۴۰۴/۰۷/۰۱}, {text: نامه شماره ۱۲۳۴۵۶ مورخ ۱۴۰۴/۰۷/۰۱}, "
        "{text: نامه شماره ۱۲۳۴۵۶ مورخ ۱۴۰۴/۰۷/۰۲}",
    ),
}  # fmt: skip
WORD = "از ۲۴۰ نفر، ۲۱۶ نفر (۷۵ درصد) آمدند"
# Kinds that read choices, lists and the case of the period before: of each its words, what each says otherwise, what
# is answered, and what was in the period before.
_TABLE = """\
    columns:
      - {name: key, type: text, label: نام}
      - {name: other_key, type: text, label: نام دیگر}
      - {name: level, type: select_one degrees, label: مدرک}
      - {name: other_level, type: select_one degrees, label: مدرک دیگر}
      - {name: said, type: text, label: شرح}
      - {name: no_said, type: text, label: شرح دیگر}
"""
READING_FORM = f"""\
choices:
  degrees: [{{name: lower, label: کارشناسی}}, {{name: higher, label: دکتری}}]
items:
  - {{name: done, type: text, label: کارها}}
  - {{name: blank, type: text, label: خالی}}
  - {{name: entries, type: text, label: مصوبه‌ها, appearance: numbered}}
  - {{name: none, type: text, label: هیچ, appearance: numbered}}
  - name: t
    type: table
    label: جدول
{_TABLE}\
  - name: u
    type: table
    label: جدول دیگر
{_TABLE}\
  - name: v
    type: table
    label: جدول خالی
{_TABLE}\
rules:
  - {{{{rule}}}}
"""
READING = {
    "levels": (
        {"item": "t", "key": "key", "column": "level", "among": "[x/a.u.said]"},
        {"item": "v", "key": "other_key", "column": "other_level", "among": "[x/a.u.no_said]"},
        "t: [{key: الف, level: lower}]\nu: [{key: الف, said: دکتری حقوق}]",
        "",
    ),
    "entries": (
        {"item": "done", "says": "'مصوبه {}'", "items": "[entries]"},
        {"item": "blank", "says": "'بند {}'", "items": "[none]"},
        "done: مصوبه ۱ و ۴ اجرا شد\nentries: [یک, دو, سه]",
        "",
    ),
    "times": (
        {"item": "done", "says": "'{} نشست'"},
        {"item": "blank", "says": "'{} جلسه'"},
        "done: سه نشست در ۱۴۰۴/۰۷/۰۱ و ۱۴۰۴/۰۷/۰۸",
        "",
    ),
    "pairs": (
        {"item": "t", "key": "key", "column": "said", "among": "[x/a.u]"},
        {"item": "v", "key": "other_key", "column": "no_said", "among": "[x/a.v]"},
        "t: [{key: الف, said: یک}]\nu: [{key: الف, said: دو}]",
        "t: [{key: الف, said: سه}]",
    ),
    "unsettled": (
        {"item": "t", "key": "key", "column": "said", "among": "[x/a.u]"},
        {"item": "v", "key": "other_key", "column": "no_said", "among": "[x/a.v]"},
        "t: [{key: الف, said: یک}]",
        "t: [{key: الف, said: یک}]\nu: [{key: الف}]",
    ),
}
TRIED = [kind for kind in RULES if kind not in READING]
# What each type of word says otherwise: what is blank, or true.
OTHERWISE = {
    rules.ItemName: "some",
    rules.ColumnName: "no_text",
    rules.DateColumn: "no_date",
    rules.NumberColumn: "no_number",
    rules.TextColumn: "no_text",
    rules.TextName: "no_text",
    rules.TableTarget: "x/a.v",
    rules.ColumnTarget: "x/a.t.text",
    rules.Target: "x/a.blank",
}
EXPRESSIONS = {
    "test": "1 < 2",
    "since": "\"'1390/01/01'\"",
    "equals": "216",
    "part": "3",
    "whole": "7",
    "limit": "99",
    "year": "1450",
}
SAID = {"percent": {"whole": "1", "part": "3"}}
PLAIN = {"says": "'{} خانوار'", "every": "3", "within": "9"}
STRICTER_WITHOUT = {"within"}
PARTICULAR = {
    ("filled", "columns"): "[n]",  # all the others are blank too
    ("agrees", "equals"): "3",
}


def found(folder: Path, kind: str, words: Words) -> list[tuple[object, ...]] | None:
    """What a rule finds; None where it is refused."""
    rule = ", ".join([f"kind: {kind}", *(f"{word}: {value}" for word, value in words.items())])
    form = form_text(FORM.replace("{{rule}}", f"{{{rule}}}"))
    if read_specs(folder / "specs", form)[1]:
        return None
    answers = f"form: x/a\nword: {WORD}\nother: ×\nsum: 3\nthree: ۴ مورد\nt: [{KINDS[kind][1]}]\n"
    checked = World(folder / "world", [form], [answers]).checked()
    return [(each.code, each.severity, each.message, each.place[2:]) for each in checked]


def otherwise(kind: str, word: str) -> str:
    """Another value of a word, as its kind declares it."""
    if word == "item":
        return {"word": "blank", "t": "v", "sum": "no_sum"}.get(KINDS[kind][0]["item"], "")
    declared = RULES[kind].words.declared()[word]
    if (kind, word) in PARTICULAR:
        return PARTICULAR[kind, word]
    if declared is Expression:
        return SAID.get(kind, EXPRESSIONS).get(word, "")
    named = RULES[kind].names.get(word)
    if named is None:
        return PLAIN[word]
    return f"[{OTHERWISE[named]}]" if KINDS[kind][0][word].startswith("[") else OTHERWISE[named]


def test_every_kind_is_tried_with_all_its_words() -> None:
    assert KINDS.keys() == set(TRIED)
    for kind, (words, _) in KINDS.items():
        apart = {name for name in RULES[kind].apart if name not in words}  # one stands at a time
        assert {"kind", "severity", "message", *words, *apart} >= {*RULES[kind].needs, *RULES[kind].may}, kind


@pytest.mark.parametrize("kind", TRIED)
def test_a_word_changes_what_is_found(tmp_path: Path, kind: str) -> None:
    words = KINDS[kind][0]
    usual = found(tmp_path / "usual", kind, words)
    assert usual
    idle = []
    tried = [(word, otherwise(kind, word)) for word in words if word != "message"]
    tried += [("message", "پیام دیگر"), ("severity", "error"), ("severity", "information")]
    for number, (word, value) in enumerate(tried):
        changed = found(tmp_path / str(number), kind, {**words, word: value})
        if changed is None or (word != "severity" and changed == usual):
            idle.append(word)
        if word == "severity" and changed and {str(each[1]) for each in changed} != {value}:
            idle.append(f"severity: {value}")
    for word in set(words) - set(RULES[kind].needs) - STRICTER_WITHOUT:
        fewer = {name: value for name, value in words.items() if name != word}
        if found(tmp_path / f"no-{word}", kind, fewer) == usual:
            idle.append(f"without {word}")
    assert idle == []


@pytest.mark.parametrize("kind", TRIED)
def test_a_word_of_other_kinds_is_refused(tmp_path: Path, kind: str) -> None:
    taken = {"kind", "severity", "message", *RULES[kind].needs, *RULES[kind].may}
    values = {word: value for words, _ in KINDS.values() for word, value in words.items()}
    values |= {"key": "name", "limit": "5"}
    words = KINDS[kind][0]
    for number, word in enumerate(each.name for each in RULE.words if each.name not in taken):
        rule = ", ".join([f"kind: {kind}", *(f"{name}: {value}" for name, value in words.items())])
        rule += f", {word}: {values[word]}"
        form = form_text(FORM.replace("{{rule}}", f"{{{rule}}}"))
        assert codes(read_specs(tmp_path / str(number), form)[1]) == ["unknown-key"], word


def found_of_two(folder: Path, kind: str, words: Words) -> list[tuple[object, ...]] | None:
    """What a rule finds that reads the period before too; None where it is refused."""
    rule = ", ".join([f"kind: {kind}", *(f"{word}: {value}" for word, value in words.items())])
    form = form_text(READING_FORM.replace("{{rule}}", f"{{{rule}}}"))
    if read_specs(folder / "specs", form)[1]:
        return None
    now, before = (World(folder / str(n), [form], [f"form: x/a\n{text}\n"]) for n, text in enumerate(READING[kind][2:]))
    checked = check_rules(now.forms, ("x/a",), set(), before.forms if READING[kind][3] else {})
    return [(each.code, each.severity, each.message, each.place[2:]) for each in checked]


@pytest.mark.parametrize("kind", READING)
def test_a_word_of_a_kind_that_reads_others_changes_what_is_found(tmp_path: Path, kind: str) -> None:
    words, otherwise, *_ = READING[kind]
    assert words.keys() == otherwise.keys() == {*RULES[kind].needs, *RULES[kind].may} - {"severity", "message"}
    usual = found_of_two(tmp_path / "usual", kind, words)
    assert usual
    tried = [*otherwise.items(), ("message", "پیام دیگر"), ("severity", "error"), ("severity", "information")]
    idle = []
    for number, (word, value) in enumerate(tried):
        changed = found_of_two(tmp_path / str(number), kind, {**words, word: value})
        if changed is None or (word != "severity" and changed == usual):
            idle.append(word)
        if word == "severity" and changed and {str(each[1]) for each in changed} != {value}:
            idle.append(f"severity: {value}")
    for word in words:
        if found_of_two(tmp_path / f"no-{word}", kind, {name: value for name, value in words.items() if name != word}):
            idle.append(f"without {word}")
    assert idle == []


@pytest.mark.parametrize("kind", READING)
def test_a_word_of_others_is_refused_there_too(tmp_path: Path, kind: str) -> None:
    words, taken = READING[kind][0], {"kind", "severity", "message", *RULES[kind].needs, *RULES[kind].may}
    values = {word: value for told, _ in KINDS.values() for word, value in told.items()}
    values |= {"key": "key", "limit": "5", "items": "[entries]", "item": "t", "says": "'{} نفر'", "among": "[x/a.u]"}
    for number, word in enumerate(each.name for each in RULE.words if each.name not in taken):
        rule = ", ".join(f"{name}: {value}" for name, value in {"kind": kind, **words, word: values[word]}.items())
        form = form_text(READING_FORM.replace("{{rule}}", f"{{{rule}}}"))
        assert codes(read_specs(tmp_path / str(number), form)[1]) == ["unknown-key"], word

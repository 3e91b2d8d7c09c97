"""Audit rules as they are written: what each kind takes, and rules that could never find anything."""

from __future__ import annotations

from pathlib import Path
from typing import get_args, get_origin

import pytest
from jsonschema import Draft202012Validator

from assembler.model.specs import Expression
from assembler.specs.language.meanings import EXPRESSION, WHOLE, ListOf
from assembler.specs.language.rules import RULE, RULES
from assembler.specs.schema import schemas
from tests.building import form_text, read_specs, sound_specs

FORM = """\
items:
  - {name: note, type: text}
  - {name: size, type: integer}
  - name: t
    type: table
    columns:
      - {name: what, type: text}
      - {name: n, type: integer}
      - {name: day, type: date}
      - {name: sum, type: calculate, calculation: n}
  - name: bands
    type: table
    columns: [{name: what, type: text}, {name: n, type: integer}]
    group_rows: {columns: [what]}
rules:
"""
LINE = FORM.count("\n") + 4


def rule_text(rule: str) -> str:
    return form_text(f"{FORM}  - {{{rule}}}\n")


# A rule, the code of what is wrong with it, and what the message or the hint names.
REFUSED = [
    ("kind: exactly_one", "missing-key", "items | columns"),
    ("kind: at_most_one", "missing-key", "items | columns"),
    ("kind: filled", "missing-key", "items | columns"),
    ("kind: exactly_one, items: []", "missing-key", "items | columns"),
    ("kind: exactly_one, item: t", "missing-key", "columns"),
    ("kind: at_most_one, columns: [what, n]", "missing-key", "item"),
    ("kind: filled, item: t, columns: []", "missing-key", "columns"),
    ("kind: filled, items: [note], excused: what", "missing-key", "columns"),
    ("kind: duplicates, item: t, columns: []", "missing-key", "columns"),
    ("kind: holidays, item: t, columns: []", "missing-key", "columns"),
    ("kind: names, among: []", "missing-key", "among"),
    ("kind: rhythm, item: t, date: day, every: 0", "bad-value", "every"),
    ("kind: rhythm, item: t, date: what, every: 7", "wrong-item-kind", "date"),
    ("kind: holidays, item: t, columns: [day, n]", "wrong-item-kind", "date"),
    ("kind: scores, item: t, value: what, cap: n", "wrong-item-kind", "decimal"),
    ("kind: weekdays, item: t, date: day, column: n", "wrong-item-kind", "text"),
    ("kind: finished, item: size", "wrong-item-kind", "narrative"),
    ("kind: shares, item: size", "wrong-item-kind", "narrative"),
    ("kind: said, item: size, says: '{} نفر', equals: size, message: x", "wrong-item-kind", "narrative"),
    ("kind: room, item: t, text: wat, quantity: n, start: day, end: day", "unknown-item", "what"),
    ("kind: room, item: t, text: size, quantity: n, start: day, end: day", "wrong-item-kind", "text"),
    ("kind: same_columns, item: note, template: x/a.t", "wrong-item-kind", "table"),
    ("kind: same_columns, item: t, template: x/a.note", "wrong-item-kind", "table"),
    ("kind: covered, item: t, column: what, among: [x/a.bands]", "wrong-item-kind", "column"),
    ("kind: covered, item: t, column: what, among: [x/a.bands.wat]", "unknown-item", "what"),
    ("kind: group_totals, item: t, quantity: n", "missing-key", "group_rows"),
    ("kind: group_totals, item: bands, quantity: n", "unknown-item", "what"),
    ("kind: row_numbers, item: note, column: what", "unknown-item", "what"),
    ("kind: exactly_one, items: [nota, size]", "unknown-item", "note"),
    ("kind: duplicates, item: t, columns: [what], column: n", "unknown-key", "column"),
    ("kind: names, among: [x/a.note], item: t", "unknown-key", "item"),
    ("kind: agrees, item: note, equals: size", "wrong-item-kind", "decimal"),
    ("kind: agrees, item: size", "missing-key", "equals"),
    ("kind: no_more, item: t", "missing-key", "than | limit"),
    ("kind: no_more, item: t, than: n", "missing-key", "column"),
    ("kind: no_more, item: note, limit: size", "wrong-item-kind", "decimal"),
    ("kind: no_more, item: t, column: what, than: n", "wrong-item-kind", "decimal"),
    ("kind: row_sum, item: t, columns: [n, day], column: n", "wrong-item-kind", "decimal"),
    ("kind: row_sum, item: t, columns: [], column: n", "missing-key", "columns"),
    ("kind: careers, item: t, born: what, columns: [n], year: size", "wrong-item-kind", "decimal"),
    ("kind: tally, item: note, items: [note]", "wrong-item-kind", "decimal"),
    ("kind: tally, item: size, items: [nota]", "unknown-item", "note"),
    ("kind: entries, item: size, says: 'بند {}', items: [note]", "wrong-item-kind", "narrative"),
    ("kind: levels, item: t, key: n, column: what, among: [x/a.bands.what]", "wrong-item-kind", "text"),
    ("kind: levels, item: t, key: what, column: n, among: [x/a.bands]", "wrong-item-kind", "column"),
    ("kind: months, item: t, date: n, text: note", "wrong-item-kind", "date"),
    ("kind: months, item: t, date: day, text: nota", "unknown-item", "note"),
    ("kind: pairs, item: t, key: wat, column: n, among: [x/a.bands]", "unknown-item", "what"),
    ("kind: pairs, item: t, key: what, column: n, among: [x/a.note]", "wrong-item-kind", "table"),
    ("kind: unsettled, item: t, key: what, column: wat, among: [x/a.bands]", "unknown-item", "what"),
    ("kind: times, item: size, says: '{} بار'", "wrong-item-kind", "narrative"),
    ("kind: rising, item: t, column: wat", "unknown-item", "what"),
]


@pytest.mark.parametrize(("rule", "code", "says"), REFUSED, ids=[rule for rule, _, _ in REFUSED])
def test_a_rule_that_has_nothing_to_look_at_is_refused(tmp_path: Path, rule: str, code: str, says: str) -> None:
    _, problems = read_specs(tmp_path, rule_text(rule))
    assert [(found.code, found.place.line) for found in problems] == [(code, LINE)]
    assert says in problems[0].message + problems[0].hint


@pytest.mark.parametrize(
    "rule",
    [
        "kind: exactly_one, items: [note, size]",
        "kind: exactly_one, item: t, columns: [what, n]",
        "kind: filled, items: [note], item: t, columns: [n], excused: what",
        "kind: scores, item: t, value: sum, cap: n",
        "kind: room, item: t, text: note, quantity: n, start: day, end: sum",
        "kind: finished, item: t",
        "kind: expression, test: size > 1, message: x, item: size",
    ],
)
def test_near_misses_are_sound(tmp_path: Path, rule: str) -> None:
    (read,) = sound_specs(tmp_path, rule_text(rule)).forms["x/a"].rules
    assert f"kind: {read.kind}," in rule


# ---------------------------------------------------------------- the table of kinds


def test_a_word_is_read_as_the_language_means_it() -> None:
    for kind in RULES.values():
        for name, declared in kind.words.declared().items():
            word = RULE.word(name)
            assert word is not None, name
            assert (Expression in (declared, *get_args(declared))) == (word.meaning is EXPRESSION), (kind.name, name)
            assert (declared is int) == (word.meaning is WHOLE), (kind.name, name)
            assert (get_origin(declared) is tuple) == isinstance(word.meaning, ListOf), (kind.name, name)


def test_every_word_of_the_language_is_taken_by_a_kind() -> None:
    taken = {word for kind in RULES.values() for word in (*kind.needs, *kind.may)}
    assert {word.name for word in RULE.words} == {"kind", "severity", "message", *taken}


def test_the_schema_knows_the_words_of_each_kind(tmp_path: Path) -> None:
    validator = Draft202012Validator(schemas(sound_specs(tmp_path, rule_text("kind: finished, item: t")))["form"])

    def fits(**rule: object) -> bool:
        return validator.is_valid({"form": "x/a", "title": "x", "source": {"document": "d"}, "rules": [rule]})

    assert fits(kind="duplicates", item="t", columns=["what"], severity="warning")
    assert fits(kind="exactly_one", items=["note"])
    assert not fits(kind="duplicates", item="t")
    assert not fits(kind="duplicates", item="t", columns=["what"], column="n")
    assert not fits(kind="exactly_one", item="t")
    assert not fits(kind="magic", item="t")

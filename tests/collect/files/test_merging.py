"""Two changes of one form brought together: nothing either of them wrote is lost without being told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assembler.answers import same_form
from assembler.base.problems import NOWHERE, Place
from assembler.collect.files.merging import MergedForm, merged_form
from assembler.model.answers import Answer, AnsweredForm, AnsweredRow, Carried, Value
from assembler.model.specs import Column, FormSpec, Item, Source
from assembler.model.tables import PrintedRow

COLUMNS = (Column("a", "text"), Column("b", "text"))
SPEC = FormSpec(
    "x/f",
    "فرم",
    Source("x"),
    (
        Item("one", "text", label="یک"),
        Item("two", "text"),
        Item("rows", "table", label="ردیف‌ها", columns=COLUMNS),
        Item("printed", "table", columns=COLUMNS, rows=(PrintedRow("p", {}), PrintedRow("q", {}))),
    ),
)
Rows = Sequence[tuple[str | None, ...]]


def row(cells: Sequence[str | None], name: str = "") -> AnsweredRow:
    held = zip("ab", cells, strict=False)
    return AnsweredRow({column: Answer(value) for column, value in held if value is not None}, NOWHERE, name=name)


def form(rows: Rows = (), *, carried: Sequence[str] = (), printed: Rows = (), **values: Value) -> AnsweredForm:
    tables = {"rows": tuple(map(row, rows)), "printed": tuple(map(row, printed, "pq"))}
    listed = Carried("پیش", {name: Answer("") for name in carried}) if carried else None
    return AnsweredForm(SPEC.id, {name: Answer(value) for name, value in values.items()}, tables, NOWHERE, listed)


def merge(base: AnsweredForm, ours: AnsweredForm, theirs: AnsweredForm) -> MergedForm:
    return merged_form(SPEC, base, ours, theirs)


def said(merged: MergedForm) -> list[tuple[Value, ...]]:
    return [tuple(answer.value for answer in each.cells.values()) for each in merged.form.tables["rows"]]


def test_each_changed_another_answer() -> None:
    merged = merge(form(one="۱", two="۲"), form(one="من", two="۲"), form(one="۱", two="او"))
    assert same_form(SPEC, merged.form, form(one="من", two="او"))
    assert merged.contested == ()


def test_what_both_changed_is_told_and_the_own_stands() -> None:
    merged = merge(form(one="۱"), form(one="من"), form())
    (found,) = merged.contested
    assert (found.code, found.place) == ("answer-contested", Place(form="x/f", item="one"))
    assert dict(found.arguments) == {"label": "یک", "told": "∅", "typed": "من"}
    assert same_form(SPEC, merged.form, form(one="من"))


@pytest.mark.parametrize(
    ("ours", "theirs", "result"),
    [
        ("A b c", "a b c d", "A b c d"),
        ("a b c x", "a b c d", "a b c d x"),
        ("x a b c", "a b c d", "x a b c d"),
        ("a b", "a b c d", "a b d"),
        ("a b c", "b c", "b c"),
        ("a B c", "n a b c", "n a B c"),
        ("c a b", "a b c d", "c a b d"),
        ("c a b", "a B c", "c a B"),
        ("a b c x", "b a c", "b a c x"),
        ("", "a b c d", "d"),
    ],
)
def test_rows_of_both_go_together(ours: str, theirs: str, result: str) -> None:
    """Letters are rows; a capital is the same row with another second cell."""

    def table(text: str) -> AnsweredForm:
        return form([(letter.lower(), letter) for letter in text.split()])

    base = table("a b c")
    known = {row.cells["b"]: row for row in base.tables["rows"]}
    own = table(ours)
    rows = tuple(known.get(row.cells["b"], row) for row in own.tables["rows"])  # what is not changed is as it was
    own = replace(own, tables={**own.tables, "rows": rows})
    merged = merge(base, own, table(theirs))
    assert " ".join(str(cells[1]) for cells in said(merged)) == result
    assert merged.contested == ()


@pytest.mark.parametrize(
    ("ours", "theirs", "code"),
    [
        ([("a", "من")], [("a", "او")], "answer-contested"),
        ([], [("a", "او")], "rows-contested"),
        ([("a", "من")], [], "rows-contested"),
    ],
)
def test_rows_that_both_changed_are_told(ours: Rows, theirs: Rows, code: str) -> None:
    base, own = form([("a", "b")]), form(ours)
    merged = merge(base, own, form(theirs))
    assert [found.code for found in merged.contested] == [code]
    assert same_form(SPEC, merged.form, own)


def test_printed_rows_go_together_cell_by_cell() -> None:
    base = form(printed=[("۱", "۲"), (None, None)])
    ours, theirs = form(printed=[("من", "۲"), (None, "من")]), form(printed=[("۱", "او"), ("او", None)])
    merged = merge(base, ours, theirs)
    assert same_form(SPEC, merged.form, form(printed=[("من", "او"), ("او", "من")]))


def test_what_either_confirmed_waits_no_more() -> None:
    base = form(one="۱", two="۲", carried=("one", "two", "rows"))
    ours = replace(base, carried=form(carried=("two", "rows")).carried)
    merged = merge(base, ours, form(one="۱", two="او", carried=("one", "rows")))
    assert merged.form.carried is not None
    assert set(merged.form.carried.fingerprints) == {"rows"}


texts = st.sampled_from([None, "a", "b", "c"])
forms = st.builds(
    lambda rows, printed, one, two: form(rows, printed=printed, one=one, two=two),
    st.lists(st.tuples(texts, texts), max_size=4),
    st.lists(st.tuples(texts, texts), max_size=2),
    texts,
    texts,
)


@given(forms, forms)
def test_who_is_alone_gets_what_he_wrote(base: AnsweredForm, changed: AnsweredForm) -> None:
    for merged in (merge(base, changed, base), merge(base, base, changed), merge(base, changed, changed)):
        assert merged.contested == ()
    assert same_form(SPEC, merge(base, changed, base).form, changed)
    assert same_form(SPEC, merge(base, base, changed).form, changed)


@given(forms, forms, forms)
def test_nothing_is_lost_untold(base: AnsweredForm, ours: AnsweredForm, theirs: AnsweredForm) -> None:
    merged = merge(base, ours, theirs)
    told = {(found.place.item, found.place.row, found.place.column) for found in merged.contested}
    for name in ("one", "two"):
        was, own, other, now = (each.values[name].value for each in (base, ours, theirs, merged.form))
        assert now == (other if own == was else own)
        assert ((name, None, None) in told) == (own not in (was, other) and other != was)


@given(forms, st.lists(st.tuples(texts, texts), max_size=3), st.lists(st.tuples(texts, texts), max_size=3))
def test_rows_both_added_are_all_there(base: AnsweredForm, ours: Rows, theirs: Rows) -> None:
    there = base.tables["rows"]
    own, other = (replace(base, tables={**base.tables, "rows": (*there, *map(row, rows))}) for rows in (ours, theirs))
    merged = merge(base, own, other)
    if own.tables["rows"] != there:
        assert len(merged.form.tables["rows"]) == len(there) + len(ours) + len(theirs)

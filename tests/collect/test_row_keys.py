"""Rows keep their keys while others change the file; no key is ever given twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assembler.base.problems import NOWHERE
from assembler.collect.row_keys import Sayings, aligned, rekeyed
from assembler.model.answers import Answer, AnsweredRow
from assembler.model.row_keys import KeyedRow, RowKeys

SAYS = st.lists(st.sampled_from("abcdefgh"), max_size=12)


def keyed(keys: RowKeys, table: str = "t") -> list[str]:
    return [row.key for row in keys.tables.get(table, ())]


def begun(*says: str) -> RowKeys:
    return aligned(RowKeys(), {"t": says})


def test_what_stands_as_it_stood_gives_the_same_object() -> None:
    keys = begun("a", "b")
    assert aligned(keys, {"t": ("a", "b")}) is keys
    assert aligned(keys, {"t": ("a", "b"), "other": ()}) is keys


def test_an_edited_row_keeps_its_key() -> None:
    keys = begun("a", "b", "c")
    now = aligned(keys, {"t": ("a", "x", "c")})
    assert keyed(now) == keyed(keys)
    assert [row.says for row in now.tables["t"]] == ["a", "x", "c"]


def test_rows_keep_their_keys_when_others_come_go_and_move() -> None:
    keys = begun("a", "b", "c", "d")
    a, b, c, d = keyed(keys)
    assert keyed(aligned(keys, {"t": ("n", "a", "b", "c", "d")}))[1:] == [a, b, c, d]
    assert keyed(aligned(keys, {"t": ("a", "c", "d")})) == [a, c, d]
    assert keyed(aligned(keys, {"t": ("d", "a", "b", "c")})) == [d, a, b, c]
    assert keyed(aligned(keys, {"t": ("x", "b", "y", "d")})) == [a, b, c, d]


def test_rows_that_say_the_same_keep_their_order() -> None:
    keys = begun("", "", "")
    one, two, three = keyed(keys)
    assert len({one, two, three}) == 3
    now = keyed(aligned(keys, {"t": ("", "", "", "")}))
    assert now[:3] == [one, two, three]
    assert len(set(now)) == 4


def test_a_row_that_comes_back_is_another() -> None:
    keys = begun("a", "b")
    gone = aligned(keys, {"t": ("a",)})
    back = aligned(gone, {"t": ("a", "b")})
    assert keyed(back)[0] == keyed(keys)[0]
    assert keyed(back)[1] != keyed(keys)[1]


def test_a_table_does_not_touch_another() -> None:
    keys = aligned(RowKeys(), {"t": ("a",), "u": ("a",)})
    now = aligned(keys, {"t": ("a", "b"), "u": ("a",)})
    assert keyed(now, "u") == keyed(keys, "u")
    assert keyed(keys, "u") != keyed(keys)


@given(SAYS, SAYS)
def test_all_rows_have_keys_of_their_own_and_two_processes_give_the_same(before: list[str], after: list[str]) -> None:
    keys = begun(*before)
    one, two = aligned(keys, {"t": tuple(after)}), aligned(keys, {"t": tuple(after)})
    assert one == two
    assert [row.says for row in one.tables.get("t", ())] == after
    assert len(set(keyed(one))) == len(after)
    assert len(set(keyed(one)) & set(keyed(keys))) >= len(_common(before, after))


def _common(one: list[str], other: list[str]) -> list[str]:
    left = list(other)
    return [left.pop(left.index(each)) for each in one if each in left]


@given(st.lists(SAYS, max_size=5))
def test_they_are_kept_as_plain_data(states: list[list[str]]) -> None:
    keys = RowKeys()
    for says in states:
        keys = aligned(keys, {"t": tuple(says)})
    assert RowKeys.from_json(keys.as_json()) == keys


def test_known_keys_are_taken_as_they_are() -> None:
    keys = begun("a", "b")
    now = rekeyed(keys, {"t": (KeyedRow("new", "x"), *keys.tables["t"])})
    assert keyed(now) == ["new", *keyed(keys)]
    assert now.serial > keys.serial


def test_sayings_know_rows_again_and_tell_them_apart() -> None:
    sayings = Sayings()
    row = AnsweredRow({"a": Answer("x")}, NOWHERE)
    same, other = AnsweredRow({"a": Answer("x")}, NOWHERE), AnsweredRow({"a": Answer("y")}, NOWHERE)
    band = AnsweredRow({"a": Answer("x")}, NOWHERE, group=True)
    first, second, third, fourth = sayings.of((row, same, other, band))
    assert first == second
    assert len({first, third, fourth}) == 3
    assert sayings.of((row,)) == (first,)

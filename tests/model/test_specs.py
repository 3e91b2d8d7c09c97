"""What forms, items and columns are called."""

from __future__ import annotations

import pytest

from assembler.model.specs import Column, Field, Item


@pytest.mark.parametrize(
    ("label", "caption", "shown", "title"),
    [
        ("خدمات", "جدول خدمات دستگاه", "خدمات", "جدول خدمات دستگاه"),
        ("خدمات", "", "خدمات", "خدمات"),
        ("", "جدول خدمات دستگاه", "جدول خدمات دستگاه", "جدول خدمات دستگاه"),
        ("", "", "services", ""),
    ],
)
def test_what_a_table_is_called_and_what_stands_above_it(label: str, caption: str, shown: str, title: str) -> None:
    item = Item("services", "table", label=label, caption=caption)
    assert (item.shown, item.title) == (shown, title)


def test_what_a_question_is_called() -> None:
    assert Field("count", "integer", label="شمار").shown == "شمار"
    assert Field("count", "integer").shown == "count"


def test_what_stands_above_a_column() -> None:
    assert Column("before", "integer", label="قبل", group=("زمان", "روز")).heads == ("زمان", "روز", "قبل")
    assert Column("before", "integer").heads == ("before",)

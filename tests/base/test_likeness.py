"""How alike two words are."""

from __future__ import annotations

import pytest

from assembler.base.likeness import labels_alike, nearest, share_alike, within_a_letter
from assembler.base.suggest import guess

KNOWN = ("title", "score", "services", "reason", "توضیح", "تاریخ جلسه")


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("titel", "title"),
        ("scor", "score"),
        ("servics", "services"),
        ("تاریخ جلسات", "تاریخ جلسه"),
        ("توضیحات", "توضیح"),
    ],
)
def test_a_mistyped_name_is_guessed(name: str, near: str) -> None:
    assert guess(name, KNOWN) == nearest(name, KNOWN) == near


def test_a_name_like_none_is_not_guessed() -> None:
    assert guess("xyz", KNOWN) == "?"
    assert nearest("xyz", KNOWN, 0.5) is None
    assert nearest("x", ()) is None


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("رضایی", "رضایی", True),
        ("رضایی", "رضائی", True),
        ("رضایی", "رضای", True),
        ("رضایی", "رضاییی", True),
        ("رضایی", "ضرایی", True),
        ("رضایی", "رضیاا", False),
        ("رضایی", "رضا", False),
        ("", "ر", True),
        ("abcd", "badc", False),
    ],
)
def test_within_a_letter(one: str, other: str, near: bool) -> None:
    assert within_a_letter(one, other) is near
    assert within_a_letter(other, one) is near


def test_the_share_two_words_have_in_common() -> None:
    assert share_alike("نظارت", "نظارت") == 1
    assert share_alike("نظارت", "نظام") > share_alike("نظارت", "قرارداد")


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("تشریحمکانیسم", "تشریحمکانیسمنوبتدهی", True),
        ("تعدادشکایاتثبتشده", "تعدادشکایاتثبتشدهدرسال", True),
        ("تعدادمدیران", "شمارکارکنان", False),
        ("نام", "نامپدر", False),
        ("", "نام", False),
    ],
)
def test_labels_are_alike_when_one_says_what_the_other_says(one: str, other: str, alike: bool) -> None:
    assert (labels_alike(one, other) >= 0.7) is (labels_alike(other, one) >= 0.7) is alike

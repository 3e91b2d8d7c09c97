"""Addressees and signers held against the register of persons."""

from __future__ import annotations

import pytest

from assembler.checks.persons import check_persons
from assembler.checks.titles import check_titles
from assembler.model.packet import Packet, Part, Signer
from assembler.model.persons import Person, Persons

KNOWN = Persons((Person("پ. نمونه", "جناب آقای", "رئیس سازمان"), Person("مریم کریمی", "سرکار خانم دکتر", "معاون")))


def letter(name: str, post: str, signer: Signer | None = None) -> Packet:
    fields = {"addressee": name, "addressee_post": post}
    part = Part(kind="letter", name="ask", title="نامه", template="letterhead", fields=fields, signer=signer)
    return Packet("case", "گزارش", "", (part,))


@pytest.mark.parametrize(
    ("name", "post", "code", "other"),
    [
        ("جناب آقای ث. رضایی", "رئیس محترم سازمان", "post-of-another", "جناب آقای پ. نمونه"),
        ("جناب آقای ن. نمونه", "رئیس سازمان", "post-of-another", "جناب آقای پ. نمونه"),
        ("خانم مریم کریمی", "مدیرکل", "person-other-post", "معاون"),
    ],
)
def test_another_post_is_told(name: str, post: str, code: str, other: str) -> None:
    found = list(check_persons(letter(name, post), KNOWN))
    assert [(one.code, one.arguments["other"]) for one in found] == [(code, other)]


@pytest.mark.parametrize(
    ("name", "post"),
    [
        ("جناب آقای نمونه", "رئیس محترم سازمان"),
        ("سرکار خانم دکتر کریمی", "معاون محترم"),
        ("پ. نمونه", "رئیس سازمان"),
        ("جناب آقای پ. نمونه", "رئیس محترم سازمان"),
        ("آقای ن. نمونه", "استاندار"),
        ("", "رئیس سازمان"),
    ],
)
def test_what_agrees_is_not(name: str, post: str) -> None:
    assert not list(check_persons(letter(name, post), KNOWN))


def test_signers_are_looked_at_too() -> None:
    found = list(check_persons(letter("", "", Signer("head", "ج. احمدی", "رئیس سازمان")), KNOWN))
    assert [one.code for one in found] == ["post-of-another"]


def test_the_title_of_the_register_is_held_against_that_of_the_letter() -> None:
    found = list(check_titles(letter("جناب آقای مریم کریمی", "معاون"), {}, (), KNOWN))
    assert [one.code for one in found] == ["letter-title-differs"]

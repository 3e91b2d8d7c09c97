"""Letters go to who holds the post, by the title the register knows."""

from __future__ import annotations

import pytest

from assembler.model.persons import Person, Persons
from assembler.packet.addressees import addressed

KNOWN = Persons(
    (Person("پ. نمونه", "جناب آقای دکتر", "رئیس سازمان"), Person("ت. نمونه", "سرکار خانم"), Person("ج. کریمی"))
)


@pytest.mark.parametrize(
    ("name", "post", "to", "of"),
    [
        ("", "رئیس محترم سازمان", "جناب آقای دکتر پ. نمونه", "رئیس محترم سازمان"),
        ("رئیس محترم سازمان", "", "جناب آقای دکتر پ. نمونه", "رئیس محترم سازمان"),
        ("پ. نمونه", "", "جناب آقای دکتر پ. نمونه", "رئیس سازمان"),
        ("ت. نمونه", "مدیر", "سرکار خانم ت. نمونه", "مدیر"),
        ("جناب آقای پ. نمونه", "رئیس سازمان", "جناب آقای پ. نمونه", "رئیس سازمان"),
        ("ث. نمونه", "رئیس سازمان", "ث. نمونه", "رئیس سازمان"),
        ("ج. کریمی", "", "ج. کریمی", ""),
        ("", "معاون", "", "معاون"),
        ("", "", "", ""),
    ],
)
def test_what_a_letter_leaves_out_the_register_says(name: str, post: str, to: str, of: str) -> None:
    found = addressed({"addressee": name, "addressee_post": post, "subject": "موضوع"}, KNOWN)
    assert found == {"addressee": to, "addressee_post": of, "subject": "موضوع"}

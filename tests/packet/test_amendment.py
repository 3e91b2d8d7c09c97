"""The packet of an amended issue: which letter it follows, and where the sheet of corrections stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assembler.model.packet import Packet, Paragraph, Part, plain
from assembler.packet.amendment import amended, attachments_with_sheet, follows_line

SHEET = Part("corrections", "corrections", "برگه اصلاحات")
COVER, LETTER, BODY = Part("cover", "cover", "جلد"), Part("letter", "letter", "نامه"), Part("body", "report", "گزارش")


def names(*parts: Part, letter: str = "letter") -> list[str]:
    return [part.name for part in amended(Packet("p", "t", "a", parts), letter, "۱۲", "۱۴۰۵/۰۳/۰۲", SHEET).parts]


def test_sheets_that_speak_of_a_packet_bear_no_numbers() -> None:
    problems = Part("problems", "problems", "ایرادها")
    assert [part.numbered for part in (problems, COVER, LETTER, SHEET, BODY)] == [False, False, True, False, True]


@pytest.mark.parametrize(
    ("already", "expected"),
    [
        ("", "پیرو نامه شماره ۱۲ مورخ ۱۴۰۵/۰۳/۰۲"),
        ("بازگشت به نامه شماره ۷", "پیرو نامه شماره ۱۲ مورخ ۱۴۰۵/۰۳/۰۲ و بازگشت به نامه شماره ۷"),
        ("پیرو نامه شماره 12 مورخ ۱۴۰۵/۳/۲", "پیرو نامه شماره 12 مورخ ۱۴۰۵/۳/۲"),
    ],
)
def test_the_letter_follows_the_one_before(already: str, expected: str) -> None:
    assert follows_line("۱۲", "۱۴۰۵/۰۳/۰۲", already) == expected


def test_a_letter_without_a_date_is_followed_by_its_number() -> None:
    assert follows_line("۱۲", "") == "پیرو نامه شماره ۱۲"


def test_the_sheet_stands_behind_the_letter() -> None:
    assert names(COVER, LETTER, BODY) == ["cover", "letter", "corrections", "report"]


def test_without_a_letter_of_its_own_pages_it_stands_before_the_report() -> None:
    placed = Part("letter", "letter", "نامه", placed=True)
    assert names(COVER, BODY, placed) == ["cover", "corrections", "report", "letter"]
    assert names(COVER, BODY, letter="") == ["cover", "corrections", "report"]


def test_other_letters_stay_as_they_are() -> None:
    other = Part("letter", "other", "نامه دیگر")
    found = amended(Packet("p", "t", "a", (LETTER, other)), "letter", "۱۲", "", None)
    assert found.parts[1] is other
    assert found.part("letter").fields["follows"] == "پیرو نامه شماره ۱۲"


def test_an_amended_letter_says_what_it_amends_and_that_the_earlier_one_is_void() -> None:
    letter = replace(LETTER, fields={"subject": "ارسال گزارش", "attachment": "۳ پیوست"})
    found = amended(Packet("p", "t", "a", (letter, BODY)), "letter", "۱۲", "۱۴۰۵/۰۳/۰۲", SHEET).part("letter")
    assert (found.fields["subject"], found.fields["attachment"]) == ("اصلاحیه ارسال گزارش", "۴ پیوست")
    (said,) = (plain(block.text) for block in found.blocks if isinstance(block, Paragraph))
    assert "جایگزین نامه شماره ۱۲ مورخ ۱۴۰۵/۰۳/۰۲" in said
    assert "از درجه اعتبار ساقط است" in said
    assert "برگه اصلاحات" in said


@pytest.mark.parametrize(
    ("said", "expected"),
    [("دارد", "دارد (با برگه اصلاحات)"), ("ندارد", "برگه اصلاحات"), ("", "برگه اصلاحات"), ("12 پیوست", "۱۳ پیوست")],
)
def test_the_sheet_counts_among_the_annexes(said: str, expected: str) -> None:
    assert attachments_with_sheet(said) == expected

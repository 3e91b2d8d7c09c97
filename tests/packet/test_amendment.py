"""The packet of an amended issue: which letter it follows, and where the sheet of corrections stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assembler.base.persian import latin_digits
from assembler.base.problems import Place
from assembler.base.yamlfile import MappingNode, parse
from assembler.model.packet import Packet, Paragraph, Part, plain
from assembler.packet.amendment import Amends, Wording, amended, follows_line, revised, wording
from assembler.packet.scope import ReportScope
from assembler.specs.amendments import amendment

SHEET = Part("corrections", "corrections", "برگه اصلاحات")
COVER, LETTER, BODY = Part("cover", "cover", "جلد"), Part("letter", "letter", "نامه"), Part("body", "report", "گزارش")


def names(*parts: Part, letter: str = "letter") -> list[str]:
    return [part.name for part in amended(Packet("p", "t", "a", parts), letter, {}, SHEET).parts]


def said(letter: Part, amends: Amends, own: str = "{}", report: str = "{}") -> Wording:
    """What a letter says, by its own ``amendment:`` and that of its report."""
    nodes = [parse(f"amendment: {text}", Place(file="x.yaml"))[0] for text in (own, report)]
    letter_node, report_node = (node if isinstance(node, MappingNode) else pytest.fail("no mapping") for node in nodes)
    return wording(letter, amendment(letter_node, report_node, Place(file="x.yaml")), amends, ReportScope({}))


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
    told = {"letter": said(LETTER, Amends("۱۲", ""))}
    found = amended(Packet("p", "t", "a", (LETTER, other)), "letter", told, SHEET)
    assert found.part("other") is other
    assert found.part("letter").fields["follows"] == "پیرو نامه شماره ۱۲"


BEFORE = Amends("۱۲", "۱۴۰۵/۰۳/۰۲", "برگه اصلاحات")
SENT = replace(LETTER, fields={"subject": "ارسال گزارش", "attachment": "۳ پیوست"}, blocks=(Paragraph(()),))


def test_an_amended_letter_says_what_it_amends_and_that_the_earlier_one_is_void() -> None:
    found = amended(Packet("p", "t", "a", (SENT, BODY)), "letter", {"letter": said(SENT, BEFORE)}, SHEET).part("letter")
    assert (found.fields["subject"], found.fields["attachment"]) == ("اصلاحیه گزارش", "۴ پیوست")
    first, own = (plain(block.text) for block in found.blocks if isinstance(block, Paragraph))
    assert first == (
        "این نامه و پیوست‌های آن جایگزین نامه شماره ۱۲ مورخ ۱۴۰۵/۰۳/۰۲ و پیوست‌های آن می‌گردد و نسخه پیشین از درجه اعتبار "
        "ساقط است. موارد اصلاح‌شده در «برگه اصلاحات» پیوست آمده است."
    )
    assert own == ""


def test_a_letter_without_annexes_and_sheet_speaks_of_itself_alone() -> None:
    found = said(replace(LETTER, fields={"subject": "معرفی نماینده", "attachment": "ندارد"}), Amends("۱۲", ""))
    assert found.body == ("این نامه جایگزین نامه شماره ۱۲ می‌گردد و نسخه پیشین از درجه اعتبار ساقط است.",)
    assert "attachment" not in found.fields


@pytest.mark.parametrize(
    ("attachment", "expected"),
    [
        ("دارد", "دارد (با برگه اصلاحات)"),
        ("ندارد", "برگه اصلاحات"),
        ("", "برگه اصلاحات"),
        ("12 پیوست", "13 پیوست"),
        ("۲ برگ", "۲ برگ (با برگه اصلاحات)"),
    ],
)
def test_the_sheet_counts_among_the_annexes(attachment: str, expected: str) -> None:
    letter = replace(LETTER, fields={"attachment": attachment})
    assert latin_digits(str(said(letter, BEFORE).fields["attachment"])) == latin_digits(expected)


@pytest.mark.parametrize("subject", ["", "اصلاحیه ارسال گزارش", "ارسال گزارش اصلاحی"])
def test_a_subject_that_says_so_already_stays(subject: str) -> None:
    assert "subject" not in said(replace(LETTER, fields={"subject": subject}), BEFORE).fields


def test_the_words_of_the_letter_go_before_those_of_its_report_and_those_of_every_letter() -> None:
    own = "{subject: 'تصحیح {{ amended.subject }}'}"
    found = said(SENT, BEFORE, own, "{subject: دیگر, body: ['نامه {{ amended.number }} باطل است.']}")
    assert found.fields["subject"] == "تصحیح گزارش"
    assert found.body == ("نامه ۱۲ باطل است.",)
    assert found.fields["attachment"] == "۴ پیوست"


def test_a_cover_says_which_issue_it_is_from_the_second_on() -> None:
    packet = Packet("p", "t", "a", (COVER, BODY))
    assert revised(packet, 1) == packet
    told, same = revised(packet, 2).parts
    assert told.fields["revision"] == "۲"
    assert same == BODY

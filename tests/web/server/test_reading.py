"""What pages say in one language at a time, and to people who have no terminal."""

from __future__ import annotations

import pytest

from assembler.base.messages import spoken
from assembler.web.reading import as_read, hint_here, message_as_read

FIRST, LAST = "\u2068", "\u2069"


def bare(text: str) -> str:
    """Without the marks that hold numbers in brackets together."""
    return text.replace("\u200e", "").replace("\u200f", "")


@pytest.mark.parametrize(
    ("told", "read"),
    [
        (
            "31 answers: «مشخصات پرونده» (17)، «امضاها» (2)",
            f"31 answers: {FIRST}«مشخصات پرونده»{LAST} (17), {FIRST}«امضاها»{LAST} (2)",
        ),
        ("خدمات، row 4", f"{FIRST}خدمات{LAST}, row 4"),
        ("The field پیوست (۲)، بخش 2 است is blank.", f"The field {FIRST}پیوست (۲)، بخش ۲ است{LAST} is blank."),
        ("12 of 1398/01/02", "12 of 1398/01/02"),
        ("Write `case.agency`.", "Write `case.agency`."),
    ],
)
def test_an_english_message_keeps_its_own_signs_around_words_of_the_circular(told: str, read: str) -> None:
    with spoken("en"):
        assert bare(message_as_read(told)) == read


def test_a_persian_message_is_persian_throughout() -> None:
    with spoken("fa"):
        assert bare(message_as_read("«خدمات» (2)، «امضاها»")) == "«خدمات» (۲)، «امضاها»"


def test_nobody_in_a_browser_is_sent_to_a_terminal() -> None:
    hint = "`assembler issue` gives the number; what an office gives itself is filled in later."
    with spoken("en"):
        assert hint_here("letter-blank", hint) == "What an office gives itself is filled in later."
        assert "assembler" not in hint_here("carried", "Confirm with `assembler confirm`.")
        told = as_read({"problems": [{"code": "carried", "hint": "Confirm with `assembler confirm`."}]})
    assert "assembler" not in str(told)


@pytest.mark.parametrize("language", ["en", "fa"])
def test_what_is_told_of_an_endless_word_ends(language: str) -> None:
    with spoken(language):
        told = message_as_read("«" + "x" * 1_000_000 + "» عدد نیست")
    assert len(told) < 1000
    assert bare(told).endswith("عدد نیست" + (LAST if language == "en" else ""))

"""Messages in the reader's language: chosen, filled in, and never mixed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest

from assembler.base import messages
from assembler.base.messages import wording
from assembler.base.problems import problem


def test_a_message_speaks_the_chosen_language() -> None:
    found = problem("too-few-rows", label="خدمات", limit=1250)
    assert found.message == "«خدمات» needs at least 1250 rows."
    messages.choose("fa")
    assert found.message == "«خدمات» دست‌کم ۱٬۲۵۰ ردیف لازم دارد."
    assert found.hint == "ردیف‌های کم را بیفزایید."


@pytest.mark.parametrize(("value", "shown"), [(0, "۰"), (12500, "۱۲٬۵۰۰"), (Decimal("7.5"), "۷٫۵")])
def test_numbers_are_printed_as_the_language_prints_them(value: int | Decimal, shown: str) -> None:
    assert messages.number(value) == str(value)
    messages.choose("fa")
    assert messages.number(value) == shown


def test_threads_speak_each_their_own_language() -> None:
    """Both choose before either speaks."""
    chosen = Barrier(len(messages.LANGUAGES))

    def told(language: str) -> str:
        messages.choose(language)
        chosen.wait()
        return problem("too-few-rows", label="خدمات", limit=1250).message

    with ThreadPoolExecutor() as pool:
        english, persian = pool.map(told, messages.LANGUAGES)
    assert english == "«خدمات» needs at least 1250 rows."
    assert persian == "«خدمات» دست‌کم ۱٬۲۵۰ ردیف لازم دارد."
    assert messages.language() == "en"


def test_a_language_is_spoken_within_its_block_only() -> None:
    messages.choose("fa")
    with messages.spoken("en"):
        assert messages.translate("error") == "error"
    with pytest.raises(KeyError), messages.spoken("en"):
        raise KeyError
    assert messages.translate("error") == "خطا"


def test_a_reason_is_worded_when_it_is_read() -> None:
    """What was found by an English check stands in a Persian page."""
    found = problem("file-unreadable", name="a", reason=wording("it would unpack to {size}", size=wording("error")))
    assert found.message.endswith("it would unpack to error")
    with messages.spoken("fa"):
        assert found.arguments["reason"] == wording("it would unpack to {size}", size=wording("error"))
        assert "خطا" in found.message
        assert "unpack" not in found.message


def test_typed_text_is_quoted_as_it_was_typed() -> None:
    messages.choose("fa")
    assert "«12a»" in problem("not-a-number", value="12a", label="شمار").message


def test_an_empty_text_stays_empty() -> None:
    """gettext would give its header for it."""
    messages.choose("fa")
    assert messages.translate("") == ""


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"LANG": "fa_IR.UTF-8"}, "fa"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "fa_IR"}, "fa"),
        ({"LANG": "fa_IR.UTF-8", "LC_MESSAGES": "C"}, "en"),
    ],
)
def test_the_locale_chooses_when_nobody_does(
    variables: dict[str, str], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert messages.choose() == code


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_no_question_is_asked_without_a_guess(language: str) -> None:
    messages.choose(language)
    unknown = problem("unknown-choices", name="x", guess="?", known="yes_no")
    assert "yes_no" in unknown.hint
    assert "?" not in unknown.hint.replace("؟", "?")
    assert problem("unknown-reference", name="x", guess="?").hint == ""
    assert "«demo/visit»" in problem("unknown-form", name="x", guess="demo/visit").hint

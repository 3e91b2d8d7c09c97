"""How long words are is what the shaping of their font says, so that no letter of a head falls to a line of its own."""

from __future__ import annotations

import re
from functools import cache

import pytest
import uharfbuzz

from assembler.documents.lengths import is_number, length, lines, room
from assembler.pdf.fonts import TEXT_FAMILY, find_fonts
from tests.test_samples import ROOT

_WORD = re.compile("[ء-غف-يپچژکگی\u200c]+")
FACE = find_fonts().face(TEXT_FAMILY)
needs_nazli = pytest.mark.skipif(
    FACE is None or not FACE.files[0].name.startswith("nazli"), reason="the widths are those of Nazli"
)


@cache
def _font(bold: bool) -> tuple[uharfbuzz.Font, int]:
    assert FACE is not None
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(FACE.files[-1 if bold else 0])))
    return uharfbuzz.Font(face), face.upem


def shaped(word: str, *, bold: bool) -> float:
    """Its width at 10.5 points, in twips."""
    font, upem = _font(bold)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(word)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    return sum(each.x_advance for each in buffer.glyph_positions) / upem * 210


@cache
def words() -> frozenset[str]:
    """The words of all forms that are delivered."""
    texts = (path.read_text(encoding="utf-8") for path in (ROOT / "form_specs").rglob("*.yaml"))
    return frozenset(word for text in texts for word in _WORD.findall(text) if len(word) > 1 and word.strip("\u200c"))


@needs_nazli
@pytest.mark.parametrize("bold", [False, True])
def test_words_are_as_long_as_their_font_sets_them(bold: bool) -> None:
    differing = {word: length(word, bold=bold) - shaped(word, bold=bold) for word in words()}
    assert len(differing) > 1500
    assert {word: round(by) for word, by in differing.items() if abs(by) > 12} == {}


@needs_nazli
def test_a_word_of_a_head_has_the_room_it_needs() -> None:
    assert [word for word in words() if room(word) < shaped(word, bold=True) + 20] == []


@pytest.mark.parametrize(("word", "broader"), [("خروجی", "خروجیم"), ("جدول", "جدولا"), ("مدیریت", "مدیریتم")])
def test_a_tail_counts_at_the_end_only(word: str, broader: str) -> None:
    assert length(word) + length(broader[-1]) > length(broader) + 20


def test_what_takes_no_room_counts_for_nothing() -> None:
    assert length("") == 0
    assert length("مُهر") == length("مهر")
    assert length("\u2067مهر\u2069") == length("مهر")
    assert length("کمک\u200cهای") > length("کمکهای")  # the first ends its stretch
    assert is_number("۱۲٫۵")


def test_a_word_longer_than_its_line_is_broken() -> None:
    assert lines("خروجی", length("خروجی", bold=True) + 40, bold=True) == 1
    assert lines("خروجی", length("خروجی", bold=True) - 40, bold=True) == 2

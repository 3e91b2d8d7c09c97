"""Numbers in words: «بیست و چهار», «صد و بیست», «دو هزار و سیصد»; and what looks like a number in words but is none."""

from __future__ import annotations

import re

from assembler.base.persian import LRM, RLM, ZWNJ

_UNITS = {
    "یک": 1, "دو": 2, "سه": 3, "چهار": 4, "پنج": 5, "شش": 6, "هفت": 7, "هشت": 8, "نه": 9,
}  # fmt: skip
_TEENS = {
    "ده": 10, "یازده": 11, "دوازده": 12, "سیزده": 13, "چهارده": 14, "پانزده": 15, "شانزده": 16, "هفده": 17, "هجده": 18,
    "هیجده": 18, "نوزده": 19,
}  # fmt: skip
_TENS = {"بیست": 20, "سی": 30, "چهل": 40, "پنجاه": 50, "شصت": 60, "هفتاد": 70, "هشتاد": 80, "نود": 90}
_HUNDREDS = {
    "صد": 100, "یکصد": 100, "دویست": 200, "سیصد": 300, "چهارصد": 400, "پانصد": 500, "ششصد": 600, "هفتصد": 700,
    "هشتصد": 800, "نهصد": 900,
}  # fmt: skip
_SCALES = {"هزار": 1_000, "میلیون": 1_000_000, "میلیارد": 1_000_000_000}
_SMALL = {**_UNITS, **_TEENS, **_TENS, **_HUNDREDS}

_SPACE = rf"[\s{ZWNJ}{LRM}{RLM}]"
_WORD = "|".join(sorted((re.escape(word) for word in (*_SMALL, *_SCALES)), key=len, reverse=True))
# Number words one after the other, with or without «و»; whether they make a number is judged afterwards.
NUMBER_WORDS = rf"(?<![\w{ZWNJ}])(?:{_WORD})(?:{_SPACE}+(?:و{_SPACE}*)?(?:{_WORD}))*(?!\w|{ZWNJ}(?:ها|ام))"
_PARTS = re.compile(rf"{_WORD}|و")
# «هر سه خدمت» are those spoken of before, «یک یا دو», «۲ هزار» and «ده‌ها» are told otherwise.
_OTHERWISE = re.compile(rf"(?:(?<!\w)(?:هر|یا|تا|الی|همین|این|آن|دست|چند)|\d|[-–−/]){_SPACE}*$")
# «یک خدمت» is mostly «a service»; it is counted where the words before it count.
_COUNTING = re.compile(rf"(?<!\w)(?:تعداد|شمار|تنها|فقط|مجموعا|جمعا){_SPACE}*$")


def number_in_words(text: str, before: str, phrase: str) -> int | None:
    """The number that words say; None for «دو سه» and where the words ``before`` take it in another sense.

    ``phrase`` is what a rule looks for in front of the number: «یک» is a number where it, or what is before, counts.
    """
    number = _value(_PARTS.findall(text))
    if number is None or (_OTHERWISE.search(before) and not phrase.strip()):
        return None
    return None if number == 1 and not _COUNTING.search(before + phrase) else number


def _value(parts: list[str]) -> int | None:
    """Thousands, hundreds, tens and units, each once and in this order, with «و» between; «سه هزار» needs none."""
    total, group = 0, 0
    room, scale_room = 1_000, max(_SCALES.values()) * 10  # what the next word, the next scale must stay below
    joined = True
    for part in parts:
        if part == "و":
            joined = True
        elif (scale := _SCALES.get(part)) is not None:
            if scale >= scale_room or joined == bool(group):
                return None
            total, group, room, scale_room, joined = total + (group or 1) * scale, 0, 1_000, scale, False
        elif part == "صد" and 3 <= group <= 9 and not joined:
            group, room = group * 100, 100  # «شش‌صد»
        elif not joined or _SMALL[part] >= room:
            return None
        else:
            group, room, joined = group + _SMALL[part], _room_after(part), False
    return total + group


def _room_after(part: str) -> int:
    """What may follow in the same number: tens after a hundred, units after tens, nothing after those and 10 to 19."""
    return 100 if part in _HUNDREDS else 10 if part in _TENS else 0

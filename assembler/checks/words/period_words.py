"""How often a text says a thing is done: «گزارش ماهانه», «سه‌ماهه»; how many such periods lie between two days."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

import jdatetime

from assembler.base.lexicon import either, lexicon, standing
from assembler.base.persian import ZWNJ

# The number of the period a day lies in, counted from any beginning.
Span = Callable[[jdatetime.date], int]
_YEAR = (jdatetime.date(1399, 1, 1), jdatetime.date(1399, 12, 29))
_JOIN = f"[ {ZWNJ}]*"
# «گزارش ماهانه هر واحد»: as many again for each unit. «هر ماه» only says the period once more.
_EACH = re.compile(rf"(?<!\w)(?:هریک|هر{_JOIN}یک|هر{_JOIN}کدام|هر (?!ماه|هفته|روز|فصل|سال)|به تفکیک)")


def period_of(text: str) -> tuple[str, Span] | None:
    """The shortest period a text says its things come in, and the word for it; None when it says none."""
    found = [_period(match) for match in _word().finditer(text) if not match["before"] and not match["which"]]
    return None if _EACH.search(text) else max(found, key=lambda period: room_of(period[1], *_YEAR), default=None)


def room_of(period: Span, start: jdatetime.date, end: jdatetime.date) -> int:
    """How many periods lie between two days; one that has begun, or has not ended, counts whole."""
    return period(end) - period(start) + 1


def is_measure(unit: str) -> bool:
    """Whether quantities in a unit are measured, not counted one a period."""
    return any(word in unit for word in lexicon(__file__, "periods")["measures"])


def _period(match: re.Match[str]) -> tuple[str, Span]:
    word, months = match.group().strip(" " + ZWNJ), match["months"]
    return word, _span(_standing("months")[months] if months else _standing("periods")[match["word"]])


def _span(period: str) -> Span:
    if period == "day":
        return lambda date: int(date.toordinal())
    if period == "week":
        return lambda date: int(date.toordinal() - date.weekday()) // 7
    months = int(period)
    return lambda date: int(date.year * 12 + date.month - 1) // months


@cache
def _standing(heading: str) -> Mapping[str, str]:
    return standing(lexicon(__file__, "periods")[heading])


@cache
def _word() -> re.Pattern[str]:
    words = lexicon(__file__, "periods")
    return re.compile(
        rf"(?P<before>(?<!\w)(?:{either(words['lengths'])}){_JOIN})?"
        rf"(?<![\w۰-۹])(?:(?P<months>{either(_standing('months'))}){_JOIN}(?:ماهه|ماهانه)"
        rf"|(?P<word>{either(_standing('periods'))}))(?!\w)"
        rf"(?P<which>{_JOIN}(?:{either(words['which'])})(?!\w))?"
    )

"""Moments and days as people read them: Jalali, in the time of Tehran."""

from __future__ import annotations

from datetime import datetime

import jdatetime
from django.utils import timezone

from assembler.base.messages import language
from assembler.base.persian import persian_digits


def moment(when: datetime | float | None) -> str:
    """A day with its time, «» for none; a number counts seconds since 1970."""
    if not when:
        return ""
    aware = datetime.fromtimestamp(when, timezone.get_default_timezone()) if isinstance(when, int | float) else when
    here = timezone.localtime(aware)
    return _shown(jdatetime.datetime.fromgregorian(datetime=here.replace(tzinfo=None)).strftime("%Y/%m/%d %H:%M"))


def day(when: str) -> str:
    """A Jalali day that is kept as data."""
    return _shown(when)


def _shown(text: str) -> str:
    return persian_digits(text) if language() == "fa" else text

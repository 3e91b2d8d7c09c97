"""The names of sheets: number and short title, in 31 characters, each once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assembler.base.persian import persian_digits
from assembler.model.specs import FormSpec

_MOST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NUMBER = re.compile(r"\d+(?:-\d+)*")


def sheet_names(forms: Sequence[FormSpec], taken: Sequence[str] = ()) -> tuple[str, ...]:
    """A name a form, in their order; none of ``taken``."""
    used = {name.casefold() for name in taken}
    found = []
    for form in forms:
        name = _free(_name(form), used)
        used.add(name.casefold())
        found.append(name)
    return tuple(found)


def _name(form: FormSpec) -> str:
    last = form.id.rpartition("/")[2]
    number = persian_digits(last) + " " if _NUMBER.fullmatch(last) else ""
    return _cut(number + _FORBIDDEN.sub(" ", form.shown).strip("' ")) or "-"


def _cut(name: str, room: int = _MOST) -> str:
    """A name that fits, cut between words where there is one."""
    name = " ".join(name.split())
    if len(name) <= room:
        return name
    short = name[:room]
    return (short.rpartition(" ")[0] if " " in short[room // 2 :] else short).rstrip(" '،")


def _free(name: str, used: set[str]) -> str:
    if name.casefold() not in used:
        return name
    numbers = (persian_digits(f" ({number})") for number in range(2, len(used) + 3))
    return next(free for end in numbers if (free := _cut(name, _MOST - len(end)) + end).casefold() not in used)

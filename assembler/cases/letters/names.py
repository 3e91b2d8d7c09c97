"""Names of files for units: what the list calls them, safe on every system, each once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_LONGEST = 180  # bytes: systems allow 255, and endings and temporary names need some


def safe_name(text: str) -> str:
    """A text as the name of a file; «» when nothing of it can be one.

    >>> safe_name("واحد ۱/۲: اراک")
    'واحد ۱-۲- اراک'
    """
    name = re.sub(r"\s+", " ", _FORBIDDEN.sub("-", unicodedata.normalize("NFC", text))).strip(" .-")
    while len(name.encode()) > _LONGEST:
        name = name[:-1].rstrip(" .-")
    return f"{name}-" if _RESERVED.fullmatch(name) else name


def unique_names(wanted: Iterable[str], taken: Iterable[str] = ()) -> tuple[str, ...]:
    """The names in order, each told apart from those before it by a number; letters count the same in either case."""
    used = {name.casefold() for name in taken}
    names = []
    for name in wanted:
        number, free = 1, name
        while free.casefold() in used:
            number += 1
            free = f"{name} ({number})"
        used.add(free.casefold())
        names.append(free)
    return tuple(names)

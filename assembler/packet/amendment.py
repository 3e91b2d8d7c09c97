"""The packet of an amended issue: its letter follows the one before and is followed by the sheet of corrections."""

from __future__ import annotations

from dataclasses import replace

from assembler.base.persian import fold
from assembler.model.packet import Packet, Part

FOLLOWS = "پیرو نامه شماره {number} مورخ {date}"
_FOLLOWS_NUMBER = "پیرو نامه شماره {number}"


def follows_line(number: str, date: str, already: str = "") -> str:
    """What a letter says of the one before, then what it said already; the date may be «»."""
    line = (FOLLOWS if date else _FOLLOWS_NUMBER).format(number=number, date=date)
    if fold(number) in fold(already) and fold(line.partition(" مورخ")[0]) in fold(already):
        return already  # an officer wrote it
    return f"{line} و {already}" if already else line


def amended(packet: Packet, letter: str, number: str, date: str, sheet: Part | None) -> Packet:
    """The packet whose ``letter`` follows the letter of the revision before, with the sheet of corrections after it.

    Without a letter, or one without a number before, the sheet stands in front of the body.
    """
    parts = tuple(_following(part, number, date) if part.name == letter and number else part for part in packet.parts)
    if sheet is not None:
        at = _place_of_sheet(parts, letter)
        parts = (*parts[:at], sheet, *parts[at:])
    return replace(packet, parts=parts)


def _following(part: Part, number: str, date: str) -> Part:
    already = part.fields.get("follows", "")
    line = follows_line(number, date, already if isinstance(already, str) else "")
    return replace(part, fields={**part.fields, "follows": line})


def _place_of_sheet(parts: tuple[Part, ...], letter: str) -> int:
    """Behind the letter where it takes pages of its own; else before the first part that is no cover."""
    for place, part in enumerate(parts):
        if part.name == letter and not part.placed:
            return place + 1
    return next((place for place, part in enumerate(parts) if part.kind != "cover"), len(parts))

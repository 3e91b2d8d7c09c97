"""The packet of an amended issue: its letter follows the one before and is followed by the sheet of corrections."""

from __future__ import annotations

import re
from dataclasses import replace

from assembler.base.persian import fold, latin_digits, persian_digits
from assembler.model.packet import Packet, Paragraph, Part, Span

FOLLOWS = "پیرو نامه شماره {number} مورخ {date}"
_AMENDED = ("follows", "subject", "attachment")
_AMENDS = "اصلاحیه"
_EARLIER = "نامه شماره {number} مورخ {date}"
_EARLIER_NUMBER = "نامه شماره {number}"
_BODY = "این نامه و پیوست‌های آن جایگزین {earlier} و پیوست‌های آن می‌گردد و نسخه پیشین از درجه اعتبار ساقط است.{sheet}"
_WITH_SHEET = " موارد اصلاح‌شده در «برگه اصلاحات» پیوست آمده است."
_SHEET_ALONE = "برگه اصلاحات"
_NO_ANNEX = ("", "ندارد")
_COUNTED = re.compile(r"([0-9۰-۹]+) *(پیوست.*)")
_FOLLOWS_NUMBER = "پیرو نامه شماره {number}"


def follows_line(number: str, date: str, already: str = "") -> str:
    """What a letter says of the one before, then what it said already; the date may be «»."""
    line = (FOLLOWS if date else _FOLLOWS_NUMBER).format(number=number, date=date)
    if fold(number) in fold(already) and fold(line.partition(" مورخ")[0]) in fold(already):
        return already  # an officer wrote it
    return f"{line} و {already}" if already else line


def amended(packet: Packet, letter: str, number: str, date: str, sheet: Part | None) -> Packet:
    """The packet whose ``letter`` amends the letter of the revision before, with the sheet of corrections after it.

    Without a letter, or one without a number before, the sheet stands in front of the body.
    """
    parts = tuple(
        _amending(part, number, date, has_sheet=sheet is not None) if part.name == letter and number else part
        for part in packet.parts
    )
    if sheet is not None:
        at = _place_of_sheet(parts, letter)
        parts = (*parts[:at], sheet, *parts[at:])
    return replace(packet, parts=parts)


def _amending(part: Part, number: str, date: str, *, has_sheet: bool) -> Part:
    """The letter that says what it amends, that the one before is void, and what it brings along."""
    told = {name: text if isinstance(text := part.fields.get(name, ""), str) else "" for name in _AMENDED}
    fields = {"follows": follows_line(number, date, told["follows"]), "subject": amended_subject(told["subject"])}
    if has_sheet and "attachment" in part.fields:
        fields["attachment"] = attachments_with_sheet(told["attachment"])
    earlier = (_EARLIER if date else _EARLIER_NUMBER).format(number=number, date=date)
    said = _BODY.format(earlier=earlier, sheet=_WITH_SHEET if has_sheet else "")
    return replace(part, fields={**part.fields, **fields}, blocks=(Paragraph((Span(said),)), *part.blocks))


def amended_subject(subject: str) -> str:
    """The subject of a letter that amends one; «» stays, and so does what an officer wrote."""
    return subject if not subject or fold(subject).startswith(fold(_AMENDS)) else f"{_AMENDS} {subject}"


def attachments_with_sheet(said: str) -> str:
    """What a letter says of its annexes once the sheet of corrections is one of them."""
    counted = _COUNTED.fullmatch(said.strip())
    if counted:
        return f"{persian_digits(str(int(latin_digits(counted[1])) + 1))} {counted[2]}"
    return _SHEET_ALONE if said.strip() in _NO_ANNEX else f"{said.strip()} (با {_SHEET_ALONE})"


def _place_of_sheet(parts: tuple[Part, ...], letter: str) -> int:
    """Behind the letter where it takes pages of its own; else before the first part that is no cover."""
    for place, part in enumerate(parts):
        if part.name == letter and not part.placed:
            return place + 1
    return next((place for place, part in enumerate(parts) if part.kind != "cover"), len(parts))

"""The packet of an amended issue: letters that say what they amend, and the sheet of corrections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from assembler.base.persian import fold, latin_digits, normalise
from assembler.base.scripts import with_persian_digits
from assembler.base.tongue import printed_in, printed_words
from assembler.model.packet import Packet, Paragraph, Part, Span, TemplateValue
from assembler.model.reports import AmendmentSpec
from assembler.packet.scope import ReportScope

FOLLOWS = "پیرو نامه شماره {number} مورخ {date}"
_FOLLOWS_NUMBER = "پیرو نامه شماره {number}"
_AMENDING = ("اصلاحی", "amend", "correct")  # begin the words by which a subject says that a letter amends one
_SENDING = "ارسال "  # what is amended is what was sent, not that it was
_NO_ANNEX = ("", "ندارد", "none")
_COUNTED = re.compile(r"([0-9۰-۹]+) *(?:پیوست|enclosure).*", re.IGNORECASE)


@dataclass(frozen=True)
class Amends:
    """The letter another one amends, by its number and its date as letters say it, which may be «»; ``sheet`` is the
    title of the sheet of corrections behind the one that amends it."""

    number: str
    date: str
    sheet: str = ""


@dataclass(frozen=True)
class Wording:
    """What a letter says because it amends one: fields, and the paragraphs before its own."""

    fields: Mapping[str, TemplateValue]
    body: tuple[str, ...]


def follows_line(number: str, date: str, already: str = "") -> str:
    """What a letter says of the one before, then what it said already; the date may be «»."""
    line = printed_words(FOLLOWS if date else _FOLLOWS_NUMBER, number=number, date=date)
    undated = printed_words(_FOLLOWS_NUMBER, number=number)
    if fold(number) in fold(already) and fold(undated) in fold(already):
        return already  # an officer wrote it
    return printed_words(" و ").join(filter(None, (line, already)))


def wording(letter: Part, spec: AmendmentSpec, amends: Amends, scope: ReportScope) -> Wording:
    """What a letter says once it amends one; what an officer wrote already stays."""
    told = {name: _text(letter, name) for name in ("follows", "subject", "attachment")}
    attachment = "" if told["attachment"].casefold() in _NO_ANNEX else told["attachment"]
    named = {
        "number": amends.number,
        "date": amends.date,
        "subject": told["subject"].removeprefix(_SENDING),
        "attachment": attachment,
        "annexes": _annexes(attachment) if amends.sheet else 0,
        "sheet": amends.sheet,
    }
    inside = scope.with_amended({name: value or None for name, value in named.items()})
    said = {"subject": inside.text(spec.subject.text), "attachment": inside.text(spec.attachment.text)}
    fields: dict[str, TemplateValue] = {"follows": follows_line(amends.number, amends.date, told["follows"])}
    if told["subject"] and not any(
        word.startswith(_AMENDING) for word in normalise(told["subject"]).casefold().split()
    ):
        fields["subject"] = said["subject"]
    if amends.sheet and "attachment" in letter.fields:
        fields["attachment"] = said["attachment"].strip()
    body = (inside.text(paragraph.text).strip() for paragraph in spec.body)
    return Wording(fields, tuple(filter(None, body)))


def _text(letter: Part, name: str) -> str:
    value = letter.fields.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def _annexes(said: str) -> int:
    """How many annexes a letter has with the sheet; 0 where it does not count them."""
    counted = _COUNTED.fullmatch(said)
    return int(latin_digits(counted[1])) + 1 if counted else 0


def amended(packet: Packet, letter: str, told: Mapping[str, Wording], sheet: Part) -> Packet:
    """The packet whose letters say what they amend, with the sheet of corrections behind ``letter``.

    Without that letter, or where it takes no pages of its own, the sheet stands in front of the body.
    """
    parts = tuple(_amending(part, told[part.name]) if part.name in told else part for part in packet.parts)
    at = _place_of_sheet(parts, letter)
    return replace(packet, parts=(*parts[:at], sheet, *parts[at:]))


def revised(packet: Packet, revision: int) -> Packet:
    """The packet whose covers say which issue it is; a first one says nothing of it."""
    if revision < 2:
        return packet
    with printed_in(packet.tongue):
        said = {"revision": with_persian_digits(str(revision))}
    parts = (replace(part, fields={**part.fields, **said}) if part.kind == "cover" else part for part in packet.parts)
    return replace(packet, parts=tuple(parts))


def _amending(part: Part, said: Wording) -> Part:
    before: Iterator[Paragraph] = (Paragraph((Span(text),)) for text in said.body)
    return replace(part, fields={**part.fields, **said.fields}, blocks=(*before, *part.blocks))


def _place_of_sheet(parts: tuple[Part, ...], letter: str) -> int:
    """Behind the letter where it takes pages of its own; else before the first part that is no cover."""
    for place, part in enumerate(parts):
        if part.name == letter and not part.placed:
            return place + 1
    return next((place for place, part in enumerate(parts) if part.kind != "cover"), len(parts))

"""Findings an officer accepted, and places as a line of text that can be typed and copied."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assembler.base.problems import NOWHERE, Place, Problem

_NAME = r"[^.:\s«»]+"
# Findings of the document name a caption or a heading in place of an item: «…», to the last closing quote.
_PLACE = re.compile(
    rf"(?P<form>{_NAME})?(?:\.(?:«(?P<text>.+)»|(?P<item>{_NAME})))?(?::(?P<row>\d{{1,9}})?(?:\.(?P<column>{_NAME}))?)?",
    re.DOTALL,
)


@dataclass(frozen=True)
class Acceptance:
    """An entry of ``accepted.yaml``: it fits the finding of this code, place and evidence.

    ``place`` has neither file nor line; ``written`` is where the entry itself stands. ``says`` holds the words of the
    finding where several of its code stand at its place: people tell the entries apart by it, the evidence decides.
    """

    code: str
    place: Place
    why: str
    evidence: str
    written: Place = NOWHERE
    says: str = ""


@dataclass(frozen=True)
class Accepted:
    """A finding that stands, with the reason an officer gave."""

    problem: Problem
    why: str

    def as_json(self) -> dict[str, object]:
        """The problem's keys and the reason."""
        return {**self.problem.as_json(), "why": self.why}


def place_text(place: Place) -> str:
    """``form.item:row.column``; what is unknown is left out, an item that is no name stands in «».

    File and line change too easily to name a finding.
    """
    text = place.form or ""
    if place.item:
        text += f".{place.item}" if re.fullmatch(_NAME, place.item) else f".«{place.item}»"
    text += ":" if place.row or place.column else ""
    text += str(place.row) if place.row else ""
    return text + (f".{place.column}" if place.column else "")


def read_place(text: str) -> Place | None:
    """The place a text names, without file and line; None when it is not written as ``place_text`` writes it."""
    found = _PLACE.fullmatch(text.strip())
    if found is None:
        return None
    row = int(found["row"]) if found["row"] else None
    return Place(form=found["form"], item=found["text"] or found["item"], row=row or None, column=found["column"])

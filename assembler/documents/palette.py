"""The colours of charts and diagrams: those of the template's theme and of its style of tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from docx.document import Document
from docx.oxml.ns import qn

from assembler.base.settings import shipped_template
from assembler.documents.looks import DRAWING, theme_of
from assembler.documents.package import open_checked
from assembler.documents.styles import identifiers, table_look

_ACCENTS = 6  # of a theme
_FILL = re.compile(r'w:fill="([0-9A-Fa-f]{6})"')
_COLOUR = re.compile(r'w:color="([0-9A-Fa-f]{6})"')
_WHITE, _BLACK = "#FFFFFF", "#000000"
_TINT, _SHADE = 0.86, 0.45  # how far a colour goes towards white, or towards black
_DECISION, _ENDS = 1, 2  # the accents these boxes are tints of


@dataclass(frozen=True)
class Palette:
    """``series`` are the colours of what a chart tells apart. Of a diagram: the ``head`` of its lanes and the ``words``
    on it, the ``rule`` between them and the ``frame`` around, and the fills of boxes by their kind; ``paper`` is that
    of documents beside a step.
    """

    series: Sequence[str]
    head: str
    words: str
    rule: str
    frame: str
    fills: dict[str, str]
    paper: str


def palette_of(document: Document) -> Palette:
    """The palette of a document; one without a theme has the colours of the delivered theme for what tables have not.

    Word's theme has six accents: what a chart tells apart beyond them is darker.
    """
    accents = _accents(document) or _delivered()
    look = table_look(document)
    ends = _mixed(accents[_ENDS], _WHITE, _TINT)
    shades = {kind: _found(_FILL, look.shades.get(kind, ""), _WHITE) for kind in ("head", "label", "group")}
    fills = {
        "start": ends,
        "end": ends,
        "decision": _mixed(accents[_DECISION], _WHITE, _TINT),
        "document": shades["label"],
        "link": shades["group"],
    }
    rule = _found(_COLOUR, look.inner, _BLACK)
    return Palette(
        (*accents, *(_mixed(one, _BLACK, _SHADE) for one in accents)),
        shades["head"],
        _words(document),
        rule,
        _found(_COLOUR, look.foot, rule),
        fills,
        shades["label"],
    )


def _accents(document: Document) -> tuple[str, ...]:
    root = theme_of(document)
    found = []
    for number in range(1, _ACCENTS + 1):
        told = root.find(f".//{DRAWING}accent{number}") if root is not None else None
        colour = told[0] if told is not None and len(told) else None
        value = colour.get("lastClr") or colour.get("val", "") if colour is not None else ""
        if re.fullmatch("[0-9A-Fa-f]{6}", value):
            found.append(f"#{value.upper()}")
    return tuple(found) if len(found) == _ACCENTS else ()


@cache
def _delivered() -> tuple[str, ...]:
    source = shipped_template("body.docx")
    if source is None:
        raise FileNotFoundError("body.docx")
    return _accents(open_checked(source))


def _words(document: Document) -> str:
    """The colour of words in headers of tables."""
    identifier = identifiers(document).get("TableHead", "")
    for style in document.styles.element.iter(qn("w:style")):
        if style.get(qn("w:styleId")) == identifier:
            told = style.find(f"{qn('w:rPr')}/{qn('w:color')}")
            value = told.get(qn("w:val"), "") if told is not None else ""
            return f"#{value}" if re.fullmatch("[0-9A-Fa-f]{6}", value) else _BLACK
    return _BLACK


def _found(pattern: re.Pattern[str], markup: str, otherwise: str) -> str:
    told = pattern.search(markup)
    return f"#{told[1].upper()}" if told else otherwise


def _mixed(colour: str, other: str, share: float) -> str:
    """The colour with a share of another in it."""
    parts = ((int(colour[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(one + (two - one) * share):02X}" for one, two in parts)

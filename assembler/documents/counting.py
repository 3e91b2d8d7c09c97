"""What Word counts: the lists of a document, level by level, and the number each of its paragraphs gets.

A list is counted over all that refers to it; a reference of its own may begin a level anew. A level begins at one again
behind every level above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from string import ascii_lowercase

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml.ns import qn
from lxml import etree

from assembler.base.persian import persian_digits

LEVELS = 9
LETTERS = ascii_lowercase
_PLACE = re.compile("%([1-9])")


@dataclass
class Counter:
    """How far a list has counted; levels that have not begun have nothing."""

    values: list[int] = field(default_factory=list)

    def following(self, level: int, start: int = 1) -> int:
        """The number the next paragraph of a level gets, counted from 0."""
        return self.values[level] + 1 if level < len(self.values) else start

    def count(self, level: int, number: int) -> None:
        """Gives a paragraph of the level its number; levels above that never began count as one."""
        self.values = [*self.values[:level], *([1] * (level - len(self.values))), number]


@dataclass(frozen=True)
class Level:
    """A level of a list: how it counts, what is printed, whether a tab or a space follows, and in which digits."""

    format: str
    text: str
    start: int
    suffix: str
    is_persian: bool = True

    def label(self, values: list[int]) -> str:
        """What Word prints before the paragraph."""
        told = _PLACE.sub(lambda found: self._shown(values[int(found[1]) - 1]), self.text)
        return persian_digits(told) if self.is_persian else told

    def _shown(self, value: int) -> str:
        return LETTERS[value - 1] if self.format == "lowerLetter" and value <= len(LETTERS) else str(value)


@dataclass(frozen=True)
class Label:
    """What stands before a paragraph; ``level`` is counted from 0, ``name`` that of its list."""

    paragraph: etree._Element
    name: str
    level: int
    text: str
    suffix: str


@dataclass(frozen=True)
class _List:
    """A reference to a list: the list's identifier and name, its levels, and where this reference begins them anew."""

    identifier: str
    name: str
    levels: Mapping[int, Level]
    begins: Mapping[int, int]


def labels(document: Document) -> Iterator[Label]:
    """The paragraphs of the body that Word numbers or marks, in order, with what it prints before them."""
    lists = dict(_lists(document))
    styled = _of_styles(document)
    counters: dict[str, Counter] = {}
    begun: set[tuple[str, int]] = set()
    for paragraph in document.element.body.iter(qn("w:p")) if lists else ():
        number, level = _reference(paragraph, styled)
        found = lists.get(number)
        told = found.levels.get(level) if found else None
        if found is None or told is None:
            continue
        counter = counters.setdefault(found.identifier, Counter())
        value = counter.following(level, told.start)
        if level in found.begins and (number, level) not in begun:
            begun.add((number, level))
            value = found.begins[level]
        counter.count(level, value)
        yield Label(paragraph, found.name, level, told.label(counter.values), told.suffix)


def definitions(document: Document) -> etree._Element | None:
    """The root of the document's lists, None where it has none."""
    part = next((one.target_part for one in document.part.rels.values() if one.reltype == RELATION.NUMBERING), None)
    return part.element if part is not None else None


def _lists(document: Document) -> Iterator[tuple[str, _List]]:
    root = definitions(document)
    if root is None:
        return
    known = {one.get(qn("w:abstractNumId"), ""): one for one in root.iter(qn("w:abstractNum"))}
    for reference in root.iter(qn("w:num")):
        identifier = _value(reference, "w:abstractNumId")
        if identifier in known:
            levels = {int(one.get(qn("w:ilvl"), "0")): _level(one) for one in known[identifier].iter(qn("w:lvl"))}
            begins = {
                int(one.get(qn("w:ilvl"), "0")): int(_value(one, "w:startOverride", "1"))
                for one in reference.iter(qn("w:lvlOverride"))
            }
            name = _value(known[identifier], "w:name")
            yield reference.get(qn("w:numId"), ""), _List(identifier, name, levels, begins)


def _level(element: etree._Element) -> Level:
    start = int(_value(element, "w:start", "1"))
    kind, text, suffix = _value(element, "w:numFmt", "decimal"), _value(element, "w:lvlText"), _value(element, "w:suff")
    look = element.find(qn("w:rPr"))
    is_persian = look is None or _value(look, "w:rtl") not in ("0", "false", "off")
    return Level(kind, text, start, suffix or "tab", is_persian)


def _of_styles(document: Document) -> Mapping[str, tuple[str, int]]:
    """The lists paragraph styles belong to, by the styles' identifiers."""
    found = {}
    for style in document.styles.element.iter(qn("w:style")):
        properties = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if properties is not None:
            level = int(_value(properties, "w:ilvl", "0"))
            found[style.get(qn("w:styleId"), "")] = (_value(properties, "w:numId"), level)
    return found


def _reference(paragraph: etree._Element, styled: Mapping[str, tuple[str, int]]) -> tuple[str, int]:
    """The list of a paragraph and its level there: its own, else that of its style."""
    properties = paragraph.find(qn("w:pPr"))
    if properties is None:
        return "", 0
    number, level = styled.get(_value(properties, "w:pStyle"), ("", 0))
    own = properties.find(qn("w:numPr"))
    if own is not None:
        number, level = _value(own, "w:numId", number), int(_value(own, "w:ilvl", str(level)))
    return number, level


def _value(holder: etree._Element, name: str, otherwise: str = "") -> str:
    child = holder.find(qn(name))
    return str(child.get(qn("w:val"), otherwise)) if child is not None else otherwise

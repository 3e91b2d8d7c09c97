"""Headings and lists numbered by Word itself, so that what an officer puts between them is numbered with them.

The report has counted already: a number that Word would not come to by itself begins its level anew, and one that no
list of Word can show («الف-») stays text. The copy that is printed has all of them as text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsmap, qn
from lxml import etree

from assembler.base.persian import RLM, latin_digits
from assembler.base.tongue import tongue
from assembler.documents.counting import LETTERS, LEVELS, Counter, Label, definitions, labels
from assembler.documents.markup import parse, runs
from assembler.documents.styles import identifiers

_HEADINGS, _NUMBERS, _LETTERS = "ReportHeadings", "ReportNumbers", "ReportLetters"
_MARKS: Mapping[str, str] = {"•": "ReportBullets", "▪": "ReportSquares", "-": "ReportDashes"}
_OURS = (_HEADINGS, _NUMBERS, _LETTERS, *_MARKS.values())
_STYLED = {_HEADINGS: "Heading"}  # the others are those of the styles of lists
_DEEPEST = 4  # level that has a style
_BEFORE_TEXT = (qn("w:pPr"), qn("w:bookmarkStart"))
_COUNTED = re.compile("([0-9]+)[-.]")
NO_NUMBER = '<w:numPr><w:numId w:val="0"/></w:numPr>'
_PERSIAN, _LATIN = '<w:rtl/><w:lang w:bidi="fa-IR"/>', '<w:rtl w:val="0"/>'
# Between the numbers of levels, and behind the last of them; in Persian read from the right, in English from the left.
_BETWEEN: Mapping[str, str] = {"rtl": f"{RLM}-{RLM}", "ltr": "."}
_BEHIND: Mapping[str, str] = {"rtl": "-", "ltr": "."}
_AFTER_LIST = ("w:suppressLineNumbers", "w:pBdr", "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:bidi", "w:spacing")


@dataclass
class Lists:
    """The lists of one document in the making. Identifiers of the template's own lists are below ``first``."""

    first: int = 1
    _names: list[str] = field(default_factory=list)
    _references: list[tuple[str, int, int]] = field(default_factory=list)  # list, level begun anew (or -1), with what
    _headings: Counter = field(default_factory=Counter)
    _plain: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document) -> Lists:
        root = definitions(document)
        names = (qn("w:abstractNumId"), qn("w:numId"))
        told = [int(one.get(name, "0")) for one in root for name in names] if root is not None else []
        return cls(max(told, default=0) + 1)

    def heading(self, number: str, level: int) -> str | None:
        """The property of a heading that Word numbers so, «» where its style does it all; None for one whose number
        must be text.
        """
        if not number:
            return NO_NUMBER
        told = number.split(_BETWEEN[tongue().direction])
        if not all(part.isdecimal() for part in told) or len(told) > LEVELS:
            return None
        *above, own = (int(latin_digits(part)) for part in told)
        if self._headings.values[: len(above)] != above:
            return None
        reference = self._reference(_HEADINGS)
        if own != self._headings.following(len(above)):
            reference = self._anew(_HEADINGS, len(above), own)
        elif len(told) == level <= _DEEPEST:
            reference = 0
        self._headings.count(len(above), own)
        return _belongs(reference, len(above)) if reference else ""

    def entries(self, marks: Sequence[str], level: int) -> str:
        """The property of the entries of a list with these marks; «» where marks are text. ``level`` counts from 1."""
        level = min(level, _DEEPEST) - 1
        if len(set(marks)) == 1 and marks[0] in _MARKS:
            return _belongs(self._reference(_MARKS[marks[0]]), level)
        if marks and list(marks) == [f"{letter}." for letter in LETTERS[: len(marks)]]:
            return _belongs(self._anew(_LETTERS, level, 1), level)
        found = [_COUNTED.fullmatch(latin_digits(mark)) for mark in marks]
        numbers = [int(one[1]) for one in found if one]
        if not marks or len(numbers) < len(marks) or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            return ""
        return _belongs(self._anew(_NUMBERS, level, numbers[0]), level)

    def _reference(self, name: str) -> int:
        """The reference to a list that begins nothing anew."""
        if name not in self._plain:
            self._plain[name] = self._anew(name, -1, 0)
        return self._plain[name]

    def _anew(self, name: str, level: int, number: int) -> int:
        if name not in self._names:
            self._names.append(name)
        self._references.append((name, level, number))
        return self.first + len(self._references) - 1

    def install(self, document: Document) -> None:
        """Puts the lists into the document, and its styles of headings into theirs."""
        if not self._names:
            return
        root = definitions(document)
        root = _new_part(document) if root is None else root
        known = identifiers(document)
        lists = [_list(document, name, self.first + at, known) for at, name in enumerate(self._names)]
        own = root.findall(qn("w:num"))
        for element in parse("".join(lists)):
            own[0].addprevious(element) if own else root.append(element)
        root.extend(parse("".join(self._referring(at) for at in range(len(self._references)))))
        if _HEADINGS in self._plain:
            for level in range(_DEEPEST):
                _number_style(document, known.get(f"Heading{level + 1}", ""), self._plain[_HEADINGS], level)

    def _referring(self, at: int) -> str:
        name, level, number = self._references[at]
        override = f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{number}"/></w:lvlOverride>'
        return (
            f'<w:num w:numId="{self.first + at}"><w:abstractNumId w:val="{self.first + self._names.index(name)}"/>'
            f"{override if level >= 0 else ''}</w:num>"
        )


def _belongs(reference: int, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{reference}"/></w:numPr>'


# ---------------------------------------------------------------- definitions


def _new_part(document: Document) -> etree._Element:
    root = parse_xml(f'<w:numbering xmlns:w="{nsmap["w"]}"/>')
    package = document.part.package
    part = XmlPart(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, root, package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return root


def _list(document: Document, name: str, identifier: int, known: Mapping[str, str]) -> str:
    levels = "".join(_level(document, name, level, known) for level in range(LEVELS))
    return (
        f'<w:abstractNum w:abstractNumId="{identifier}"><w:multiLevelType w:val="multilevel"/><w:name w:val="{name}"/>'
        f"{levels}</w:abstractNum>"
    )


def _level(document: Document, name: str, level: int, known: Mapping[str, str]) -> str:
    ours = f"{_STYLED.get(name, 'List')}{min(level + 1, _DEEPEST)}"
    way = tongue().direction
    linked, look, suffix, kind = "", _PERSIAN if way == "rtl" else _LATIN, "tab", "decimal"
    text = f"%{level + 1}{_BEHIND[way]}"
    if name == _LETTERS:
        kind = "lowerLetter"
    if name == _HEADINGS:
        text, suffix = _BETWEEN[way].join(f"%{number}" for number in range(1, level + 2)) + _BEHIND[way], "space"
        linked = f'<w:pStyle w:val="{known[ours]}"/>' if level < _DEEPEST and ours in known else ""
        look = (_look(document, known.get("ChapterNumber", "")) if level == 0 else "") + look
    for mark, own in _MARKS.items():
        if own == name:
            kind, text = "bullet", mark
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{linked}<w:suff w:val="{suffix}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr>{_place(document, known.get(ours, ""))}</w:pPr>'
        f"<w:rPr>{look}</w:rPr></w:lvl>"
    )


def _style(document: Document, identifier: str) -> etree._Element | None:
    styles = document.styles.element.iter(qn("w:style"))
    return next((one for one in styles if one.get(qn("w:styleId")) == identifier), None)


def _place(document: Document, identifier: str) -> str:
    """Tab stops and indent of a style, as the level of a list goes before it."""
    style = _style(document, identifier)
    told = [style.find(f"{qn('w:pPr')}/{qn(name)}") for name in ("w:tabs", "w:ind")] if style is not None else []
    found = "".join(_bare(one) for one in told if one is not None)
    return found if "<w:ind " in found else f'{found}<w:ind w:left="0" w:firstLine="0"/>'


def _look(document: Document, identifier: str) -> str:
    """The properties of a character style that stand before those of direction."""
    style = _style(document, identifier)
    look = style.find(qn("w:rPr")) if style is not None else None
    return "".join(_bare(one) for one in look if one.tag not in (qn("w:rtl"), qn("w:lang"))) if look is not None else ""


def _bare(element: etree._Element) -> str:
    """The markup of an element without the names its document declares."""
    return re.sub(r' xmlns:\w+="[^"]*"', "", etree.tostring(deepcopy(element), encoding="unicode", with_tail=False))


def _number_style(document: Document, identifier: str, reference: int, level: int) -> None:
    style = _style(document, identifier)
    if style is None:
        return
    properties = style.find(qn("w:pPr"))
    if properties is None:
        properties = parse("<w:pPr/>")[0]
        look = style.find(qn("w:rPr"))
        style.append(properties) if look is None else look.addprevious(properties)
    for old in properties.findall(qn("w:numPr")):
        properties.remove(old)
    numbered = parse(_belongs(reference, level))[0]
    following = next((child for child in properties if child.tag in map(qn, _AFTER_LIST)), None)
    properties.append(numbered) if following is None else following.addprevious(numbered)


# ---------------------------------------------------------------- the copy that is printed


def type_numbers(document: Document) -> None:
    """The numbers of our lists as text, as they are printed; the lists go."""
    root = definitions(document)
    if root is None:
        return
    chapter = identifiers(document).get("ChapterNumber", "")
    for label in [one for one in labels(document) if one.name in _OURS]:
        _type(label, chapter)
    gone = {one.get(qn("w:abstractNumId")) for one in root.iter(qn("w:abstractNum")) if _name(one) in _OURS}
    references = [
        one
        for one in root.iter(qn("w:num"))
        if (told := one.find(qn("w:abstractNumId"))) is not None and told.get(qn("w:val")) in gone
    ]
    unknown = {one.get(qn("w:numId")) for one in references}
    for owner in (document.styles.element, document.element.body):
        for told in list(owner.iter(qn("w:numId"))):
            if told.get(qn("w:val")) in unknown:
                properties = told.getparent()
                properties.getparent().remove(properties)
    for one in [*references, *(one for one in root.iter(qn("w:abstractNum")) if _name(one) in _OURS)]:
        root.remove(one)
    if not len(root):
        part = next(key for key, one in document.part.rels.items() if one.reltype == RELATIONSHIP_TYPE.NUMBERING)
        document.part.rels.pop(part)


def _name(element: etree._Element) -> str:
    told = element.find(qn("w:name"))
    return told.get(qn("w:val"), "") if told is not None else ""


def _type(label: Label, chapter: str) -> None:
    """Puts what Word prints before a paragraph into it, in front of its text; numbers of chapters have a style."""
    if label.name != _HEADINGS:
        typed = runs(label.text) + "<w:r><w:tab/></w:r>"
    elif label.level == 0:
        behind = _BEHIND[tongue().direction]
        typed = runs(label.text.removesuffix(behind), character_style=chapter) + runs(f"{behind} ")
    else:
        typed = runs(f"{label.text} ")
    place = next((child for child in label.paragraph if child.tag not in _BEFORE_TEXT), None)
    fresh = parse(f"<w:p>{typed}</w:p>")[0]
    for run in list(fresh):
        place.addprevious(run) if place is not None else label.paragraph.append(run)

"""Tracked changes, comments and wrappers that Word leaves in a template: told, then taken as accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from docx.oxml.ns import qn
from lxml import etree

from assembler.base.messages import Wording, wording


def _names(prefix: str, *names: str) -> tuple[str, ...]:
    return tuple(qn(f"{prefix}:{name}") for name in names)


_DELETED = _names("w", "del", "moveFrom")
_INSERTED = _names("w", "ins", "moveTo")
# What says how something looked, or where a change or comment begins and ends; nothing of it is printed.
_TRACES = _names(
    "w",
    *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange"),
    *("tblPrExChange", "numberingChange", "cellIns", "cellMerge"),
    *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
    *("customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd"),
    *("customXmlMoveFromRangeStart", "customXmlMoveFromRangeEnd"),
    *("customXmlMoveToRangeStart", "customXmlMoveToRangeEnd"),
)
_ASIDE = _names("w", "commentRangeStart", "commentRangeEnd", "permStart", "permEnd", "proofErr")
_COMMENT = qn("w:commentReference")
# Around text, rows or cells, without being seen: the content stays, what describes it goes.
_WRAPPERS = _names("w", "sdt", "smartTag", "customXml")
_DESCRIPTIONS = _names("w", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr")
_PARAGRAPH, _PROPERTIES, _ROW, _TABLE = _names("w", "p", "pPr", "tr", "tbl")
_MARK, _CELL_DELETED = _names("w", "rPr", "cellDel")


_CLOCK = re.compile(r"(?:^|[\n ])\s*(DATE|TIME|SAVEDATE|PRINTDATE|EDITTIME)\b")
_MERGED = re.compile(r'\bMERGEFIELD\s+("[^"]*"|\S+)', re.IGNORECASE)


# What a change without a text changes.
_LOOKS: Mapping[str, Wording] = {
    **dict.fromkeys(_names("w", "rPrChange"), wording("look of a text")),
    **dict.fromkeys(_names("w", "pPrChange", "numberingChange"), wording("look of a paragraph")),
    **dict.fromkeys(_names("w", "sectPrChange"), wording("page set-up")),
    **dict.fromkeys(
        _names("w", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange", "tblPrExChange"),
        wording("look of a table"),
    ),
    **dict.fromkeys(_names("w", "cellIns", "cellDel", "cellMerge"), wording("cells of a table")),
}


class Change(NamedTuple):
    """A tracked change: who made it, the text it brings or takes, and what of the look it changes."""

    author: str
    text: str
    look: Wording | str = ""


def unwrap(root: etree._Element) -> None:
    """Take away content controls, smart tags and the like around their content, which stays as it is."""
    for wrapper in list(root.iter(*_WRAPPERS)):
        for description in wrapper.iterchildren(*_DESCRIPTIONS):
            wrapper.remove(description)
        _dissolve(wrapper)
    for content in list(root.iter(qn("w:sdtContent"))):
        _dissolve(content)


def _dissolve(element: etree._Element) -> None:
    """The children of an element in its place."""
    parent = element.getparent()
    if parent is not None:
        place = parent.index(element)
        parent[place : place + 1] = list(element)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def changes_in(paragraph: etree._Element) -> Iterator[Change]:
    """The tracked changes of a paragraph, of what stands in it, and of the row it stands in."""
    row = next(paragraph.iterancestors(_ROW), None)
    holders = [paragraph] if row is None else [paragraph, *row.iterchildren(qn("w:trPr"))]
    for holder in holders:
        yield from (change for _, change in _changes(holder))


def changes_around(root: etree._Element) -> Iterator[tuple[etree._Element, Change]]:
    """The tracked changes that stand in no paragraph and no row, such as those of the last section and of tables, each
    with its element.
    """
    inside = (_PARAGRAPH, qn("w:trPr"))
    return ((one, change) for one, change in _changes(root) if next(one.iterancestors(*inside), None) is None)


def _changes(root: etree._Element) -> Iterator[tuple[etree._Element, Change]]:
    for change in root.iter(*_DELETED, *_INSERTED, *_TRACES, _CELL_DELETED):
        if author := change.get(qn("w:author")):
            texts = change.iter(qn("w:t"), qn("w:delText"))
            text = "".join(text.text or "" for text in texts).strip()
            yield change, Change(author, text, _LOOKS.get(change.tag, ""))


def merge_fields(paragraph: etree._Element) -> Iterator[str]:
    """The names of the fields of Word's mail merge in a paragraph; nothing fills them here."""
    for code in _codes(paragraph):
        yield from (found.strip('"') for found in _MERGED.findall(code))


def clock_fields(paragraph: etree._Element) -> Iterator[str]:
    """The fields of a paragraph that say the day on which they are counted, as «DATE»."""
    for code in _codes(paragraph):
        yield from _CLOCK.findall(code)


def _codes(paragraph: etree._Element) -> tuple[str, str]:
    """What the fields of a paragraph do: those in one piece, and those in several."""
    simple = "\n".join(one.get(qn("w:instr"), "") for one in paragraph.iter(qn("w:fldSimple")))
    return simple, "".join(one.text or "" for one in paragraph.iter(qn("w:instrText")))


def prompts(story: etree._Element) -> Iterator[str]:
    """What content controls ask to be typed into them, which is printed as it stands."""
    for control in story.iter(qn("w:sdt")):
        if control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None:
            said = "".join(text.text or "" for text in control.iter(qn("w:t"))).strip()
            if said and "{" not in said:
                yield said


def has_comment(paragraph: etree._Element) -> bool:
    return next(paragraph.iter(_COMMENT, qn("w:commentRangeStart")), None) is not None


def accept(root: etree._Element) -> None:
    """Take all tracked changes as accepted: what was deleted goes, what was inserted stays, and so do no comments."""
    _accept_rows(root)
    _join_paragraphs(root)
    for deleted in list(root.iter(*_DELETED, *_TRACES, *_ASIDE)):
        _remove(deleted)
    for inserted in list(root.iter(*_INSERTED)):
        _dissolve(inserted)
    for reference in list(root.iter(_COMMENT)):
        run = reference.getparent()
        _remove(reference)
        if run.find("*") is None or all(child.tag == _MARK for child in run):
            _remove(run)


def _accept_rows(root: etree._Element) -> None:
    """Deleted rows and cells go, and a table that lost its last row."""
    for mark in list(root.iter(_CELL_DELETED)):
        _remove(mark.getparent().getparent())
    for row in list(root.iter(_ROW)):
        properties = row.find(qn("w:trPr"))
        is_deleted = properties is not None and properties.find(qn("w:del")) is not None
        if is_deleted or row.find(qn("w:tc")) is None:
            table = row.getparent()
            _remove(row)
            if table.tag == _TABLE and table.find(_ROW) is None:
                _remove(table)


def _join_paragraphs(root: etree._Element) -> None:
    """A paragraph whose end was deleted goes on in the next one, whose look it takes."""
    for paragraph in list(root.iter(_PARAGRAPH)):
        properties = paragraph.find(_PROPERTIES)
        mark = properties.find(_MARK) if properties is not None else None
        if mark is None or all(mark.find(tag) is None for tag in _DELETED):
            continue
        following = _next_paragraph(paragraph)
        if following is None:
            continue
        start = 1 if following.find(_PROPERTIES) is not None else 0
        following[start:start] = [child for child in paragraph if child.tag != _PROPERTIES]
        _remove(paragraph)


def _next_paragraph(paragraph: etree._Element) -> etree._Element | None:
    """The paragraph behind this one, marks of changes between them apart."""
    following = paragraph.getnext()
    while following is not None and following.tag in _TRACES + _ASIDE:
        following = following.getnext()
    return following if following is not None and following.tag == _PARAGRAPH else None

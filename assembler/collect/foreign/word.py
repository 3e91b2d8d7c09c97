"""The tables of a Word file, by a walk of its own: what stands in content controls, in text that was inserted under
tracking, in text boxes and in tables within tables is read; what was deleted or is hidden is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from lxml import etree

from assembler.base.archives import part_of
from assembler.base.foreign import UnreadableError, foreign
from assembler.base.messages import wording
from assembler.collect.foreign.grids import ForeignFile, Grid, GridCell, numbered_grids

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MOST = 128 << 20  # bytes of the text of a document
_MOST_CELLS, _MOST_WIDTH, _MOST_TABLES = 200_000, 200, 2_000
_MOST_BEFORE, _MOST_HEADINGS, _MOST_LINE = 3, 4, 300
_THROUGH = frozenset(f"{_W}{name}" for name in ("ins", "customXml", "smartTag", "moveTo", "sdtContent"))
_OFF = frozenset(("0", "false", "off", "none"))
_RAISED = str.maketrans("0123456789۰۱۲۳۴۵۶۷۸۹", "⁰¹²³⁴⁵⁶⁷⁸⁹⁰¹²³⁴⁵⁶⁷⁸⁹")
_LEVEL = re.compile(r"(?:heading|title|عنوان)\s*(\d?)", re.IGNORECASE)
# Ticks of the fonts of symbols, by their letters.
_SYMBOLS = {"FC": "✓", "FE": "☑", "FB": "✗", "FD": "☒", "A8": "☐", "6F": "☐", "52": "☑", "53": "☒"}


def read_word(path: Path) -> ForeignFile:
    """Raises UnreadableError for what is no sound document, and OSError."""
    with foreign(path), ZipFile(path) as archive:
        data = part_of(archive, "word/document.xml", _MOST)
        styles = (
            _headings(part_of(archive, "word/styles.xml", _MOST)) if "word/styles.xml" in archive.namelist() else {}
        )
    with foreign(path):
        body = _parsed(data).find(f"{_W}body")
        if body is None:
            raise UnreadableError(wording("it is no Word document"))
        walk = _Walk(styles)
        walk.blocks(body)
        return ForeignFile(path.name, numbered_grids(walk.grids), tuple(walk.lines))


def _parsed(data: bytes) -> Any:
    if _STRICT in data[:4096]:
        data = data.replace(_STRICT, _USUAL)
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    for gone in list(root.iter(_FALLBACK, f"{_W}del", f"{_W}moveFrom")):
        parent = gone.getparent()
        if parent is not None and parent.tag not in (f"{_W}rPr", f"{_W}trPr"):
            parent.remove(gone)
    return root


def _headings(data: bytes) -> dict[str, int]:
    """The levels of the styles of headings, by their identifiers."""
    found = {}
    for style in etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True)).iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        level = _LEVEL.match(name.get(f"{_W}val", "")) if name is not None else None
        if level:
            found[style.get(f"{_W}styleId", "")] = int(level[1] or 0)
    return found


@dataclass
class _Walk:
    """Goes through a document from its beginning; ``lines`` are its paragraphs outside of tables."""

    styles: dict[str, int]
    grids: list[Grid] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    _since: list[str] = field(default_factory=list)
    _under: list[tuple[int, str]] = field(default_factory=list)
    _cells: int = 0

    def blocks(self, parent: Any) -> None:
        for element in _children(parent, f"{_W}p", f"{_W}tbl"):
            if element.tag == f"{_W}tbl":
                self._table(element)
            else:
                self._paragraph(element)

    def _paragraph(self, paragraph: Any) -> None:
        for box in paragraph.iter(f"{_W}txbxContent"):
            self.blocks(box)
        if text := _text(paragraph).strip()[:_MOST_LINE]:
            self._head(paragraph, text)
            self._since.append(text)
            self.lines.append(text)

    def _head(self, paragraph: Any, text: str) -> None:
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        level = self.styles.get(style.get(f"{_W}val", "")) if style is not None else None
        if level is not None:
            self._under = [each for each in self._under if each[0] < level] + [(level, text)]

    def _table(self, table: Any) -> None:
        before, self._since = tuple(self._since[-_MOST_BEFORE:]), []
        headings = tuple(text for _, text in self._under[-_MOST_HEADINGS:])
        cells, height, width = _Table(table).read()
        self._cells += len(cells)
        if self._cells > _MOST_CELLS or len(self.grids) >= _MOST_TABLES or width > _MOST_WIDTH:
            raise UnreadableError(wording("it has more tables and cells than are read"))
        if any(cell.text.strip() for cell in cells):
            self.grids.append(Grid(tuple(cells), height, width, before, headings))
        for nested in _nested(table):
            self._since = []
            self._table(nested)
        self._since = []


def _nested(table: Any) -> Iterator[Any]:
    """The tables within the cells of a table, each once; those within them come with them."""
    for row in _children(table, f"{_W}tr"):
        for cell in _children(row, f"{_W}tc"):
            yield from _children(cell, f"{_W}tbl")
            for paragraph in _children(cell, f"{_W}p"):
                for box in paragraph.iter(f"{_W}txbxContent"):
                    yield from _children(box, f"{_W}tbl")


class _Table:
    """The cells of a table; one that goes on below is one cell."""

    def __init__(self, table: Any) -> None:
        self._element = table
        self._open: dict[int, int] = {}
        self._cells: list[GridCell] = []

    def read(self) -> tuple[list[GridCell], int, int]:
        height = width = 0
        for row in _children(self._element, f"{_W}tr"):
            if row.find(f"{_W}trPr/{_W}del") is not None:
                continue
            width = max(width, self._row(row, height))
            height += 1
        return self._cells, height, width

    def _row(self, row: Any, number: int) -> int:
        """Reads a row; gives the column behind it."""
        column = _count(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
        for cell in _children(row, f"{_W}tc"):
            wide = _count(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1)
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            going_on = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
            above = self._open.get(column)
            if going_on and above is not None and self._cells[above].columns == wide:
                taller = self._cells[above]
                self._cells[above] = GridCell(taller.text, taller.row, column, taller.rows + 1, wide)
            else:
                self._open.pop(column, None)
                if merge is not None and not going_on:
                    self._open[column] = len(self._cells)
                self._cells.append(GridCell(_cell_text(cell), number, column, 1, wide))
            column += wide
        return column


def _count(element: Any, otherwise: int) -> int:
    text = element.get(f"{_W}val", "") if element is not None else ""
    return min(int(text), _MOST_WIDTH + 1) if text.isdecimal() and int(text[:6]) > 0 else otherwise


def _children(parent: Any, *tags: str) -> Iterator[Any]:
    """The children of these tags, also of those that only wrap them."""
    for element in parent:
        if element.tag in tags:
            yield element
        elif element.tag == f"{_W}sdt":
            content = element.find(f"{_W}sdtContent")
            if content is not None:
                yield from _children(content, *tags)
        elif element.tag in _THROUGH:
            yield from _children(element, *tags)


def _cell_text(cell: Any) -> str:
    """The paragraphs of a cell, without those of tables within it."""
    lines = []
    for paragraph in _children(cell, f"{_W}p"):
        lines.append(_text(paragraph))
        for box in paragraph.iter(f"{_W}txbxContent"):
            lines += [_text(each) for each in _children(box, f"{_W}p")]
    return "\n".join(lines).strip()


def _text(paragraph: Any) -> str:
    """What is read of a paragraph; digits that are raised stay apart from those of a number."""
    return "".join(_runs(paragraph))


def _runs(parent: Any) -> Iterator[str]:
    for element in parent:
        if element.tag == f"{_W}r":
            yield from _run(element)
        elif element.tag == f"{_W}sdt":
            content = element.find(f"{_W}sdtContent")
            if content is not None:
                yield from _runs(content)
        elif element.tag != f"{_W}pPr" and isinstance(element.tag, str) and element.tag.startswith(_W):
            yield from _runs(element)


def _run(run: Any) -> Iterator[str]:
    looks = run.find(f"{_W}rPr")
    if looks is not None and (_is_on(looks.find(f"{_W}vanish")) or _marks_note(looks)):
        return
    raised = looks is not None and looks.find(f"{_W}vertAlign") is not None
    raised = raised and looks.find(f"{_W}vertAlign").get(f"{_W}val") == "superscript"
    for element in run:
        name = element.tag.removeprefix(_W) if isinstance(element.tag, str) else ""
        if name == "t":
            text = element.text or ""
            yield text.translate(_RAISED) if raised else text
        elif name == "sym":
            yield _SYMBOLS.get(element.get(f"{_W}char", "")[-2:].upper(), "?")
        elif name in ("br", "cr"):
            yield "\n"
        elif name == "tab":
            yield "\t"
        elif name == "noBreakHyphen":
            yield "-"


def _is_on(element: Any) -> bool:
    return element is not None and element.get(f"{_W}val", "true") not in _OFF


def _marks_note(looks: Any) -> bool:
    """Whether a run is the mark of a footnote."""
    style = looks.find(f"{_W}rStyle")
    return style is not None and "footnote" in style.get(f"{_W}val", "").lower()

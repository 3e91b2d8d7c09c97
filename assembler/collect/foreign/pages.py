"""The tables of web pages and of plain texts with tabs, as a clipboard holds them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assembler.base.encodings import encoding_of
from assembler.base.file_kinds import SAMPLE
from assembler.base.foreign import UnreadableError, foreign
from assembler.base.messages import wording
from assembler.base.separated import rows_of
from assembler.collect.foreign.grids import ForeignFile, Grid, GridCell, numbered_grids, of_lines

_MOST = 32 << 20  # bytes of a page or a text
_MOST_CELLS, _MOST_SPAN, _MOST_FIELD = 200_000, 200, 1_000_000
_MOST_BEFORE, _MOST_LINE = 3, 300
_LINES = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "caption", "dt", "dd"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_UNSEEN = ("display:none", "visibility:hidden")


def read_page(path: Path) -> ForeignFile:
    """Raises UnreadableError and OSError."""
    return page_of(_bytes(path), path.name)


def page_of(data: bytes, name: str) -> ForeignFile:
    """The tables of a web page. Raises UnreadableError."""
    from lxml import html

    with foreign(name):
        root = html.document_fromstring(_decoded(data), parser=html.HTMLParser(no_network=True, huge_tree=False))
        walk = _Walk()
        walk.through(root)
        return ForeignFile(name, numbered_grids(walk.grids), tuple(walk.lines))


def read_text(path: Path) -> ForeignFile:
    """A text with tabs, as a clipboard holds it, or a list whatever cuts it. Raises UnreadableError and OSError."""
    data = _bytes(path)
    if "\t" in (text := _decoded(data)):
        return text_of(text, path.name)
    lines = [cells for _, cells in rows_of(data)]
    return _of_rows(lines, path.name)


def text_of(text: str, name: str) -> ForeignFile:
    """The one table of a text with tabs between cells; the lines before the first with a tab stand above it."""
    limit = csv.field_size_limit(_MOST_FIELD)
    with foreign(name):
        try:
            rows = text.splitlines(keepends=True)
            whole = text.count('"') % 2 == 0
            plain = csv.reader(rows, delimiter="\t", quoting=csv.QUOTE_NONE)
            lines = list(csv.reader(rows, delimiter="\t") if whole else plain)
        finally:
            csv.field_size_limit(limit)
        return _of_rows(lines, name)


def _of_rows(lines: Sequence[Sequence[str]], name: str) -> ForeignFile:
    """The one table of rows of cells; those before the first with several cells stand above it."""
    if sum(map(len, lines)) > _MOST_CELLS:
        raise UnreadableError(wording("it has more tables and cells than are read"))
    first = next((at for at, line in enumerate(lines) if sum(map(bool, map(str.strip, line))) > 1), None)
    before = [cell.strip() for line in lines[:first] for cell in line if cell.strip()]
    if first is None:
        return ForeignFile(name, (), tuple(before))
    return ForeignFile(name, (of_lines(lines[first:], before[-_MOST_BEFORE:]),), tuple(before))


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > _MOST:
        raise UnreadableError(wording("it has more tables and cells than are read"))
    return path.read_bytes()


def _decoded(data: bytes) -> str:
    encoding = encoding_of(data[:SAMPLE] if not data[:SAMPLE].isascii() else data)
    return data.decode(encoding or "utf-8", errors="replace")


@dataclass
class _Walk:
    """Goes through a page from its beginning."""

    grids: list[Grid] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    _since: list[str] = field(default_factory=list)
    _under: tuple[str, ...] = ()
    _room: int = _MOST_CELLS

    def through(self, element: Any) -> None:
        for child in element:
            if not isinstance(child.tag, str) or child.tag in ("script", "style", "head") or _is_unseen(child):
                continue
            if child.tag == "table":
                self._table(child)
                continue
            if child.tag in _LINES and (text := " ".join(child.text_content().split())[:_MOST_LINE]):
                self._since.append(text)
                self.lines.append(text)
                self._under = (text,) if child.tag in _HEADINGS else self._under
            if child.tag not in _LINES or child.find(".//table") is not None:
                self.through(child)

    def _table(self, table: Any) -> None:
        caption = [" ".join(each.text_content().split()) for each in table.findall("caption")]
        before, self._since = tuple([*self._since, *caption][-_MOST_BEFORE:]), []
        rows = [row for row in table.iter("tr") if _home(row) is table and not _is_unseen(row)]
        cells = tuple(_cells(rows))
        self._room -= sum(cell.rows * cell.columns for cell in cells)
        if self._room < 0:
            raise UnreadableError(wording("it has more tables and cells than are read"))
        if any(cell.text for cell in cells):
            width = max(cell.column + cell.columns for cell in cells)
            self.grids.append(Grid(cells, len(rows), width, before, self._under))
        for nested in table.iter("table"):
            if nested is not table and _home(nested) is table:
                self._table(nested)


def _home(element: Any) -> Any:
    """The table an element stands in."""
    return next(element.iterancestors("table"), None)


def _is_unseen(element: Any) -> bool:
    style = "".join((element.get("style") or "").lower().split())
    return element.get("hidden") is not None or any(each in style for each in _UNSEEN)


def _cells(rows: list[Any]) -> Iterator[GridCell]:
    taken: set[tuple[int, int]] = set()
    for row, element in enumerate(rows):
        column = 0
        for cell in element:
            if cell.tag not in ("td", "th"):
                continue
            while (row, column) in taken:
                column += 1
            tall, wide = min(_span(cell, "rowspan"), len(rows) - row), _span(cell, "colspan")
            taken |= {(row + down, column + along) for down in range(tall) for along in range(wide)}
            yield GridCell(_text(cell), row, column, tall, wide)
            column += wide


def _span(cell: Any, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    return max(1, min(int(text), _MOST_SPAN)) if text.isdecimal() and len(text) < 6 else 1


def _text(cell: Any) -> str:
    """The lines of a cell, without those of tables within it."""
    lines = [""]

    def walk(element: Any) -> None:
        lines[-1] += " ".join((element.text or "").split(" "))
        for child in element:
            if isinstance(child.tag, str) and child.tag != "table" and not _is_unseen(child):
                if child.tag in ("br", "p", "div", "li"):
                    lines.append("")
                walk(child)
            lines[-1] += child.tail or ""

    walk(cell)
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())

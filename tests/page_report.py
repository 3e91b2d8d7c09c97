"""What the pages of the samples look like, measured from their PDFs: ``python -m tests.page_report`` (`make pages`).

A page is measured inside its margins: how far down it is filled, whether it ends with a heading or caption, whether a
table leaves one row alone before or behind the break, how much of the page its repeated header takes, whether a number
is broken or a heading stands one letter a line. The Word file of the part tells what is a heading, and the margins.
"""

from __future__ import annotations

import ctypes
import re
import sys
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from docx import Document
from docx.document import Document as Word
from docx.oxml.ns import qn
from lxml import etree
from PIL import ImageOps

from assembler.actions.build import build
from assembler.base.persian import latin_digits
from assembler.base.settings import Settings
from assembler.documents.counting import labels
from assembler.documents.styles import identifiers, table_look
from assembler.records.receipt import PartRecord, Receipt, read_receipt

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = sorted(path.parent for path in (ROOT / "samples").glob("*/case.yaml"))
LOW, LEAST, HEADER = 0.6, 0.2, 0.2  # of a page: it is well filled, it may not be emptier, its repeated header takes
SHARE = 0.08  # of the body pages may be filled less than LOW
_SLACK = 3.0  # points: a header of the page ends, and rules are as good as one, within this
_HIGH = 0.15  # of a page: a row this high may stand alone
_APART = 6.0  # points: less than two cells stand apart
_NUMBER = re.compile(r"[0-9][0-9٬٫,./]*")
_HEADINGS = ("Heading1", "Heading2", "Heading3", "Heading4", "Subheading")


@dataclass(frozen=True)
class Page:
    """A page of a body, ``number`` in the packet; it ``ends_chapter`` where the next one opens a chapter."""

    number: int
    fill: float
    turned: bool
    ends_chapter: bool
    header: float
    orphan: str
    lone_before: bool
    lone_behind: bool
    broken: tuple[str, ...]
    stacked: int

    @property
    def is_low(self) -> bool:
        return self.fill < LOW and not self.ends_chapter

    def faults(self) -> Iterator[str]:
        if self.fill == 0:
            yield "blank"
        elif self.fill < LEAST:
            yield f"{self.fill:.0%} filled"
        elif self.is_low:
            yield f"{self.fill:.0%} filled, inside a chapter"
        if self.header > HEADER:
            yield f"repeated header takes {self.header:.0%}"
        if self.orphan:
            yield f"ends with the heading «{self.orphan}»"
        if self.lone_before:
            yield "one row alone before the break"
        if self.lone_behind:
            yield "one row alone behind the break"
        yield from (f"the number {number} is broken" for number in self.broken)
        if self.stacked:
            yield f"{self.stacked} headings one letter a line"


def measure(out: Path) -> tuple[Page, ...]:
    """The pages of the bodies of a built packet, of its own receipt and Word files."""
    receipt = read_receipt(out / "receipt.json")
    assert receipt is not None
    assert not receipt.draft, (
        f"{out}: the mark of a draft would count as what fills its pages; build it without --draft"
    )
    with closing(pypdfium2.PdfDocument(out / receipt.pdf)) as pdf:
        chapters = {page for entry in pdf.get_toc() if (page := _chapter(entry)) is not None}
        parts = [(part, range(part.first_page - 1, part.last_page)) for part in _bodies(receipt)]
        return tuple(page for part, own in parts for page in pages_of(pdf, out / part.docx, own, chapters))


def _bodies(receipt: Receipt) -> Iterator[PartRecord]:
    return (part for part in receipt.parts if part.kind == "body" and part.first_page)


def _chapter(entry: pypdfium2.PdfBookmark) -> int | None:
    """The page, from 0, of a bookmark below that of a part."""
    target = entry.get_dest()
    return target.get_index() if entry.level == 1 and target else None


def pages_of(pdf: pypdfium2.PdfDocument, docx: Path, pages: range, chapters: Collection[int]) -> Iterator[Page]:
    """The pages of a PDF that a Word file makes; ``chapters`` are the pages on which chapters begin, from 0."""
    told = _Told.of(Document(str(docx)))
    found = [_Sheet(pdf[number], told) for number in pages]
    for number, (before, sheet, following) in enumerate(
        zip([None, *found], found, [*found[1:], None], strict=False), pages.start + 1
    ):
        yield Page(
            number,
            sheet.fill,
            sheet.turned,
            number in chapters or following is None,
            sheet.tables[0].head_height / sheet.room if _continues(before, sheet) else 0.0,
            sheet.orphan(),
            _continues(sheet, following)
            and not _continues(before, sheet, whole=True)
            and sheet.tables[-1].is_lone(sheet.room),
            _continues(before, sheet)
            and not _continues(sheet, following, whole=True)
            and sheet.tables[0].is_lone(sheet.room),
            tuple(sheet.broken()),
            sheet.stacked(),
        )


@dataclass(frozen=True)
class _Told:
    """What the Word file says: margins (top, bottom) by orientation, headings, numbers of tables, shade of headers."""

    margins: dict[bool, tuple[float, float]]
    headings: frozenset[str]
    numbers: frozenset[str]
    shade: tuple[int, ...]

    @classmethod
    def of(cls, document: Word) -> _Told:
        margins = {
            (one.page_width or 0) > (one.page_height or 0): (one.top_margin.pt, one.bottom_margin.pt)
            for one in document.sections
            if one.top_margin and one.bottom_margin
        }
        known = identifiers(document)
        headings = {own for ours, own in known.items() if ours in _HEADINGS}
        paragraphs = [
            one
            for one in document.element.body.iterchildren(qn("w:p"))
            if _stands_above(one, headings, known["Caption"])
        ]
        counted = {one.paragraph: one.text for one in labels(document)}
        words = {word for cell in document.element.body.iter(qn("w:tc")) for word in _plain(_text(cell)).split()}
        shade = re.search(r'w:fill="([0-9A-Fa-f]{6})"', table_look(document).shades["head"])
        return cls(
            margins,
            frozenset("".join(sorted(_letters(counted.get(one, "") + _text(one)))) for one in paragraphs),
            frozenset(found[0] for word in words for found in _NUMBER.finditer(word)),
            tuple(bytes.fromhex(shade[1])) if shade else (),
        )


def _stands_above(paragraph: etree._Element, headings: Collection[str], caption: str) -> bool:
    """Whether it is a heading, or the caption of what stands below it; those of pictures stand under them."""
    properties = paragraph.find(qn("w:pPr"))
    style = properties.find(qn("w:pStyle")) if properties is not None else None
    told = style.get(qn("w:val")) if style is not None else ""
    keep = properties.find(qn("w:keepNext")) if told == caption else None
    return told in headings or (told == caption and (keep is None or keep.get(qn("w:val")) != "0"))


def _text(element: etree._Element) -> str:
    return " ".join("".join(node.text or "" for node in one.iter(qn("w:t"))) for one in element.iter(qn("w:p")))


def _plain(text: str) -> str:
    return latin_digits(unicodedata.normalize("NFKC", text))


def _letters(text: str) -> str:
    """The letters and digits alone, whichever way round a reader gave signs back."""
    return "".join(letter for letter in _plain(text) if letter.isalnum())


Box = tuple[float, float, float, float]  # left, bottom, right, top


@dataclass(frozen=True)
class _Table:
    """What of a table stands on a page: its upper and lower edge, those of its rows, and the words of its header."""

    top: float
    bottom: float
    head: float
    rows: tuple[float, ...]
    words: str

    @property
    def head_height(self) -> float:
        return self.top - self.head

    def is_lone(self, room: float) -> bool:
        """Whether it has one row alone here, and no high one."""
        return len(self.rows) == 1 and self.head - self.bottom < _HIGH * room


class _Sheet:
    """A page with its boxes of text, shades and rules, those within its margins."""

    def __init__(self, page: pypdfium2.PdfPage, told: _Told) -> None:
        width, height = page.get_size()
        self.turned, self._told = width > height, told
        top, bottom = told.margins[self.turned]
        self._top, self._bottom = height - top, bottom
        self.room = self._top - self._bottom
        self.fill = self._filled(page)
        texts = page.get_textpage()
        boxes = (texts.get_rect(number) for number in range(texts.count_rects()))
        self._texts = [(box, _plain(texts.get_text_bounded(*box)).strip()) for box in boxes if self._is_inside(box)]
        paths = page.get_objects([pdfium.FPDF_PAGEOBJ_PATH], max_depth=3)
        drawn = [(one.get_bounds(), _fill_of(one)) for one in paths]
        drawn = [(box, shade) for box, shade in drawn if self._is_inside(box)]
        self._shades = [box for box, shade in drawn if shade == told.shade]
        self.tables = [self._table(boxes) for boxes in _heaps([box for box, _ in drawn]) if len(boxes) > 3]

    def _filled(self, page: pypdfium2.PdfPage) -> float:
        image = page.render(scale=1).to_pil().convert("L")
        height = image.height
        area = image.crop((0, int(height - self._top) - 6, image.width, int(height - self._bottom) + 2))
        ink = ImageOps.invert(area).point(lambda value: 255 if value > 24 else 0).getbbox()
        return min(1.0, ink[3] / area.height) if ink else 0.0

    def _is_inside(self, box: Box) -> bool:
        return box[3] <= self._top + 2 * _SLACK and box[1] >= self._bottom - 2 * _SLACK

    def _table(self, boxes: Sequence[Box]) -> _Table:
        top, bottom = max(box[3] for box in boxes), min(box[1] for box in boxes)
        head = top
        for shade in sorted((one for one in self._shades if bottom <= one[1] < top), key=lambda box: -box[3]):
            if shade[3] < head - 2 * _SLACK:
                break
            head = min(head, shade[1])
        levels: list[float] = []
        for left, low, right, high in sorted(boxes, key=lambda box: -box[3]):
            is_rule = high - low < 4 < right - left and low < head - 2 * _SLACK
            if is_rule and (not levels or levels[-1] - low > _SLACK):
                levels.append(low)
        words = sorted(_letters("".join(text for box, text in self._texts if head <= box[1] and box[3] <= top)))
        return _Table(top, bottom, head, tuple(levels), "".join(words))

    @property
    def top_table(self) -> _Table | None:
        """The table the page begins with."""
        return self.tables[0] if self.tables and self.tables[0].top > self._top - 3 * _SLACK else None

    @property
    def last_table(self) -> _Table | None:
        """The table the page ends with."""
        lowest = min((box[1] for box, text in self._texts if text), default=0)
        return self.tables[-1] if self.tables and self.tables[-1].bottom < lowest + _SLACK else None

    def orphan(self) -> str:
        """The heading or caption the page ends with."""
        found = ""
        for line in self._lines()[:4]:
            found = line + found
            if "".join(sorted(_letters(found))) in self._told.headings:
                return found
        return ""

    def _lines(self) -> list[str]:
        """The lines of text from the foot of the page up."""
        lines: list[tuple[float, str]] = []
        for box, text in sorted(self._texts, key=lambda one: (one[0][1] + one[0][3]) / 2):
            middle = (box[1] + box[3]) / 2
            if lines and middle - lines[-1][0] < 2 * _SLACK:
                lines[-1] = (lines[-1][0], lines[-1][1] + text)
            else:
                lines.append((middle, text))
        return [text for _, text in lines]

    def broken(self) -> Iterator[str]:
        """Numbers of which a part stands in one line and the rest in the next."""
        digits = [(box, text) for box, text in self._texts if _NUMBER.fullmatch(text) and self._stands_apart(box)]
        for upper, first in digits:
            for lower, second in digits:
                near = 0 <= upper[1] - lower[3] < 2 * (upper[3] - upper[1]) and self._in_one_row(upper, lower)
                if near and upper[0] < lower[2] and lower[0] < upper[2]:
                    told, whole = self._told.numbers, first + second
                    if first not in told and any(number.startswith(whole) for number in told):
                        yield whole

    def _stands_apart(self, box: Box) -> bool:
        """Whether nothing else is written in its line of its cell."""
        beside = (one for one, _ in self._texts if one != box and one[1] < box[3] and box[1] < one[3])
        return not any(one[0] - _APART < box[2] and box[0] < one[2] + _APART for one in beside)

    def _in_one_row(self, upper: Box, lower: Box) -> bool:
        levels = (level for table in self.tables for level in (table.head, *table.rows))
        return not any(lower[3] - _SLACK < level < upper[1] + _SLACK for level in levels)

    def stacked(self) -> int:
        """How many headings stand one letter a line: three lines of one or two letters one under the other."""
        short = [box for box, text in self._texts if 0 < len(_letters(text)) <= 2 and text.isalpha()]
        inside = [box for box in short if any(_holds(shade, box) for shade in self._shades)]
        return sum(1 for box in inside if sum(_holds_across(box, other) for other in inside) >= 3) // 3


def _heaps(boxes: Sequence[Box]) -> Iterator[list[Box]]:
    """The boxes in heaps that touch one another from top to bottom."""
    heap: list[Box] = []
    low = 0.0
    for box in sorted(boxes, key=lambda one: -one[3]):
        if heap and box[3] < low - _SLACK:
            yield heap
            heap = []
        low = min(low, box[1]) if heap else box[1]
        heap.append(box)
    if heap:
        yield heap


def _continues(before: _Sheet | None, sheet: _Sheet | None, *, whole: bool = False) -> bool:
    """Whether a page begins with the header of the table another ends with; ``whole``: and that is all it holds."""
    if before is None or sheet is None or before.last_table is None or sheet.top_table is None:
        return False
    same = before.last_table.words == sheet.top_table.words != ""
    return same and (not whole or len(sheet.tables) == 1)


def _holds(outer: Box, inner: Box) -> bool:
    return outer[0] <= inner[0] and inner[2] <= outer[2] and outer[1] <= inner[1] and inner[3] <= outer[3]


def _holds_across(box: Box, other: Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and abs(box[1] - other[1]) < 60


def _fill_of(path: pypdfium2.PdfObject) -> tuple[int, ...]:
    parts = [ctypes.c_uint() for _ in range(4)]
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path.raw, ctypes.byref(mode), ctypes.byref(stroke))
    pdfium.FPDFPageObj_GetFillColor(path.raw, *map(ctypes.byref, parts))
    return tuple(part.value for part in parts[:3]) if mode.value else ()


def report(name: str, pages: Sequence[Page]) -> str:
    """A sample in lines: how its body pages are filled, and what is wrong with which."""
    low = sum(page.is_low for page in pages)
    least = min((page.fill for page in pages), default=1.0)
    lines = [f"{name}: {len(pages)} pages of bodies, {low} under {LOW:.0%} inside a chapter, the emptiest {least:.0%}"]
    lines += [f"  p. {page.number}: {fault}" for page in pages for fault in page.faults()]
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> None:
    """Measures packets that stand in the folders named, or else those of all samples, built for it."""
    built = [Path(one) for one in arguments]
    for case in () if built else SAMPLES:
        out = ROOT / "build" / "pages" / case.name
        build(case, out, Settings(ROOT / "form_specs", ROOT / "letter_templates"))
        built.append(out)
    for out in built:
        print(report(out.name, measure(out)))


if __name__ == "__main__":
    main(sys.argv[1:])

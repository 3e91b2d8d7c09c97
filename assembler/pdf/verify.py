"""The proof: the finished packet is opened again, by readers other than its writer, and compared to what it must be."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pikepdf
import pypdfium2

from assembler.base.foreign import UnreadableError, foreign
from assembler.base.messages import translate
from assembler.base.persian import latin_digits, persian_digits
from assembler.base.problems import Problem, problem
from assembler.base.tongue import printed_words, tongue
from assembler.pdf.finish import all_fields
from assembler.pdf.fonts import FALLBACK, FontSet
from assembler.pdf.pieces import PAGE_WORDS, Attached, PageRange, Piece, corner_lines, page_lines
from assembler.pdf.positions import own_pages

_ACTIVE = (
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/Rendition",
    "/RichMediaExecute",
    "/GoToE",
    "/GoToR",
)
_HEADER, _FOOTER = 0.8, 0.12  # of a page's height: above and below, pictures belong to its margins
_NO_REFERENCE = "Reference source not found"  # as LibreOffice says it
_SUBSET = re.compile(r"^[A-Z]{6}\+")


@dataclass(frozen=True)
class Expectation:
    """What the packet must be. ``outline`` is (text, level, page index) in order; ``fields`` (key, page index).

    ``margins`` are what a page says that bears nothing between its header and footer, by the piece's name.
    """

    title: str
    ranges: tuple[PageRange, ...]
    outline: tuple[tuple[str, int, int], ...]
    fields: tuple[tuple[str, int], ...]
    attached: tuple[str, ...]
    families: frozenset[str]
    foreign: frozenset[str]
    draft: bool
    page_words: str
    answers: Attached | None = None
    margins: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        return sum(part.pages for part in self.ranges)

    def with_answers(self, answers: Attached | None) -> Expectation:
        """The same of a packet that carries this file as the data it shows."""
        return replace(self, answers=answers, attached=(*self.attached, answers.name)) if answers else self


def expect(
    pieces: Sequence[Piece],
    *,
    title: str,
    fonts: FontSet,
    draft: bool = False,
    page_words: str = "",
    families: Iterable[str] = (),
) -> Expectation:
    """What a packet of these pieces must be, told from the pieces alone.

    ``families`` are allowed beside the fonts. A draft may hold any: the draft engine takes what it finds.
    """
    ranges = _ranges(pieces)
    return Expectation(
        title,
        ranges,
        tuple(_outline(pieces, ranges)),
        tuple(
            (one.key, part.first + one.page)
            for piece, part in zip(pieces, ranges, strict=True)
            for one in all_fields(piece)
        ),
        tuple(attached.name for piece in pieces for attached in piece.attached),
        frozenset(map(_plain_family, (*fonts.printed_names, FALLBACK, *families))),
        frozenset(piece.name for piece in pieces if piece.foreign),
        draft,
        page_words or printed_words(PAGE_WORDS),
        margins={piece.name: frozenset(_margins(piece)) for piece in pieces if not piece.foreign},
    )


def _margins(piece: Piece) -> Iterator[str]:
    for header, footer in itertools.product(("", *piece.headers), ("", *piece.footers)):
        yield header + footer


def _ranges(pieces: Sequence[Piece]) -> tuple[PageRange, ...]:
    ranges, first = [], 0
    for piece in pieces:
        pages, at = own_pages(piece), first - piece.beside
        ranges.append(PageRange(piece.name, piece.title, at, pages, piece.numbered, piece.own_words))
        first += pages
    return tuple(ranges)


def _outline(pieces: Sequence[Piece], ranges: Sequence[PageRange]) -> Iterator[tuple[str, int, int]]:
    depth = 0
    for piece, part in zip(pieces, ranges, strict=True):
        if piece.listed:
            depth = 1
            yield piece.title, 0, part.first
        for entry in piece.outline:
            level = min(max(entry.level, 0), depth)
            depth = level + 1
            yield entry.text, level, part.first + entry.page


def _plain_family(name: str) -> str:
    return _plain(re.split(r"[-,]", name)[0])


def _plain(name: str) -> str:
    return name.casefold().replace(" ", "")


def verify(pdf: Path, expectation: Expectation) -> tuple[Problem, ...]:
    """Compare the packet with the expectation: one ``proof-failed`` problem for each thing that differs."""
    try:
        with foreign(pdf):
            with pikepdf.open(pdf) as document:
                reasons = [*_structure(document, expectation), *_looks(document, expectation)]
            reasons += _texts(pdf, expectation)
    except (UnreadableError, OSError) as error:
        reasons = [f"{translate('it cannot be opened')}: {error}"]
    return tuple(problem("proof-failed", reason=reason) for reason in reasons)


def _structure(document: pikepdf.Pdf, expectation: Expectation) -> Iterator[str]:
    yield from (f"{translate('damaged')}: {fault}" for fault in document.check_pdf_syntax())
    if len(document.pages) != expectation.pages:
        yield f"{translate('number of pages')}: {len(document.pages)} ≠ {expectation.pages}"
    yield from _described(document, expectation)
    yield from _labels(document, expectation)
    yield from _compared(translate("bookmarks"), tuple(_read_outline(document)), expectation.outline)
    yield from _compared(translate("signature fields"), tuple(_read_fields(document)), expectation.fields)
    yield from _compared(translate("attached files"), sorted(document.attachments), sorted(expectation.attached))
    yield from _carried(document, expectation.answers)
    yield from _active(document)


def _carried(document: pikepdf.Pdf, answers: Attached | None) -> Iterator[str]:
    """Whether the answers are inside byte for byte, and told to be those of the whole document."""
    if answers is None:
        return
    told = [each for each in document.Root.get("/AF", ()) if str(each.get("/F", "")) == answers.name]
    whole = [each for each in told if each.get("/AFRelationship") == "/Data"]
    inside = document.attachments[answers.name].get_file().read_bytes() if answers.name in document.attachments else b""
    if len(whole) != 1 or inside != answers.path.read_bytes():
        yield f"{translate('the answers inside')}: {answers.name}"


def _compared(what: str, found: Sequence[object], expected: Sequence[object]) -> Iterator[str]:
    if len(found) != len(expected):
        yield f"{what}: {len(found)} ≠ {len(expected)}"
    for one, other in zip(found, expected, strict=False):
        if one != other:
            yield f"{what}: {one} ≠ {other}"
            return


def _described(document: pikepdf.Pdf, expectation: Expectation) -> Iterator[str]:
    if str(document.Root.get("/Lang", "")) != tongue().code:
        yield f"{translate('language')}: {document.Root.get('/Lang', '')} ≠ {tongue().code}"
    if str(document.docinfo.get("/Title", "")) != expectation.title:
        yield f"{translate('title')}: {document.docinfo.get('/Title', '')} ≠ {expectation.title}"
    for mark in ("/OutputIntents", "/MarkInfo", "/StructTreeRoot"):
        if mark in document.Root:
            yield f"{translate('a mark that is not true of the whole')}: {mark}"


def _labels(document: pikepdf.Pdf, expectation: Expectation) -> Iterator[str]:
    following = 1
    for part in expectation.ranges:
        for offset in range(part.pages if part.first + part.pages <= len(document.pages) else 0):
            expected = str(following) if part.numbered else part.title
            following += part.numbered
            label: object = document.pages[part.first + offset].label
            if label != expected:
                yield f"{translate('page label')}: {label} ≠ {expected}"
                return


def _read_outline(document: pikepdf.Pdf) -> Iterator[tuple[str, int, int]]:
    places = _page_places(document)
    root = document.Root.get("/Outlines")
    stack = [(root.get("/First"), 0)] if isinstance(root, pikepdf.Dictionary) else []
    while stack:
        item, level = stack.pop()
        if not isinstance(item, pikepdf.Dictionary):
            continue
        yield str(item.get("/Title", "")), level, _target(item, places)
        stack.append((item.get("/Next"), level))
        stack.append((item.get("/First"), level + 1))


def _page_places(document: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    return {page.obj.objgen: index for index, page in enumerate(document.pages)}


def _target(item: pikepdf.Dictionary, places: dict[tuple[int, int], int]) -> int:
    """The page an item leads to, -1 when it leads nowhere."""
    action = item.get("/A")
    where = item.get("/Dest") or (action.get("/D") if isinstance(action, pikepdf.Dictionary) else None)
    return places.get(where[0].objgen, -1) if isinstance(where, pikepdf.Array) and len(where) else -1


def _read_fields(document: pikepdf.Pdf) -> Iterator[tuple[str, int]]:
    """The empty signature fields with the page whose annotation they are."""
    widgets = {}
    for index, page in enumerate(document.pages):
        for annotation in page.obj.get("/Annots", ()):
            widgets[annotation.objgen] = index
    form = document.Root.get("/AcroForm")
    for one in form.get("/Fields", ()) if isinstance(form, pikepdf.Dictionary) else ():
        if one.get("/FT") == "/Sig" and "/V" not in one:
            yield str(one.get("/T", "")), widgets.get(one.objgen, -1)


def _active(document: pikepdf.Pdf) -> Iterator[str]:
    """Whatever a reader would run or open by itself."""
    for value in document.objects:
        for action in _actions(value):
            yield f"{translate('an action that runs something')}: {action}"
    for place in (document.Root, document.Root.get("/Names")):
        for key in ("/OpenAction", "/AA", "/JavaScript"):
            if isinstance(place, pikepdf.Dictionary) and key in place:
                yield f"{translate('an action that runs something')}: {key}"


def _actions(value: object) -> Iterator[str]:
    if isinstance(value, pikepdf.Dictionary):
        for holder in (value, value.get("/A")):
            kind = holder.get("/S") if isinstance(holder, pikepdf.Dictionary) else None
            if isinstance(kind, pikepdf.Name) and str(kind) in _ACTIVE:
                yield str(kind)


def _looks(document: pikepdf.Pdf, expectation: Expectation) -> Iterator[str]:
    strangers: set[str] = set()
    seen: set[tuple[int, int]] = set()
    for part in expectation.ranges:
        for page in list(document.pages)[part.first : part.first + part.pages]:
            if ("/AssemblerStamp" in _objects(page.obj)) != expectation.draft:
                yield f"{translate('draft stamp')}: {part.name}"
                break
            if not expectation.draft and part.name not in expectation.foreign:
                strangers |= {name for name in _fonts(page.obj, seen) if not _allowed(name, expectation.families)}
    if strangers:
        yield f"{translate('fonts that were not to be used')}: {', '.join(sorted(strangers))}"


def _objects(holder: pikepdf.Object) -> pikepdf.Object | dict[str, pikepdf.Object]:
    resources = holder.get("/Resources")
    found = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    return found if isinstance(found, pikepdf.Dictionary) else {}


def _fonts(holder: pikepdf.Object, seen: set[tuple[int, int]]) -> Iterator[str]:
    """The fonts of a page or form and of all the forms it draws."""
    resources = holder.get("/Resources")
    fonts = resources.get("/Font") if isinstance(resources, pikepdf.Dictionary) else None
    if isinstance(fonts, pikepdf.Dictionary):
        yield from (_SUBSET.sub("", str(font.get("/BaseFont", ""))[1:]) for _, font in fonts.items())
    for _, form in _objects(holder).items():
        if form.objgen not in seen and form.get("/Subtype") == "/Form":
            seen.add(form.objgen)
            yield from _fonts(form, seen)


def _allowed(name: str, families: frozenset[str]) -> bool:
    family = _plain_family(name)
    return family in families or family.removesuffix("bold") in families


def _texts(pdf: Path, expectation: Expectation) -> Iterator[str]:
    """Every numbered page bears its number; every piece of ours says something besides."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        words = _letters(expectation.page_words.format(page="", pages=""))
        total = sum(part.pages for part in expectation.ranges if part.numbered)
        following = 1
        for part in expectation.ranges:
            last = min(part.first + part.pages, len(document))
            texts = [_text(document, index) for index in range(part.first, last)]
            if part.numbered:
                yield from _unnumbered(texts, following, total, words)
                following += part.pages
            elif part.own_words:
                yield from _unnumbered(texts, 1, part.pages, _letters(part.own_words.format(page="", pages="")))
            if part.name not in expectation.foreign and any(_NO_REFERENCE in text for text in texts):
                yield f"{translate('a reference that leads nowhere')}: {part.title}"
            if not expectation.draft:
                yield from _empty(document, part, texts, expectation)
            remainder = sum(len(_letters(text)) - (len(words) if part.numbered else 0) for text in texts)
            if part.name not in expectation.foreign and remainder <= 0:
                yield f"{translate('a part without text')}: {part.name}"
    finally:
        document.close()


def _empty(
    document: pypdfium2.PdfDocument, part: PageRange, texts: Sequence[str], expectation: Expectation
) -> Iterator[str]:
    margins = expectation.margins.get(part.name, ())
    words = (expectation.ranges, expectation.page_words)
    lines, corners = page_lines(*words), corner_lines(*words)
    for offset, text in enumerate(texts):
        shown = lines.get(part.first + offset, "") + corners.get(part.first + offset, "")
        if len(texts) > 1 and _is_empty(document[part.first + offset], text, margins, shown):
            yield f"{translate('a page with nothing on it')}: {part.title}, {persian_digits(str(offset + 1))}"


def _is_empty(page: pypdfium2.PdfPage, text: str, margins: Iterable[str], number: str) -> bool:
    """Whether a page bears nothing but what stands in its margins and its number."""
    return _signs(text) in {_signs(margin + number) for margin in margins} and not any(
        _is_content(picture.get_bounds(), page.get_height())
        for picture in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
    )


def _is_content(bounds: tuple[float, float, float, float], height: float) -> bool:
    """Whether a picture reaches into the middle of its page, where no header and no footer is."""
    _, bottom, _, top = bounds
    return bottom < height * _HEADER and top > height * _FOOTER


def _signs(text: str) -> str:
    """The letters of a text in the order of the alphabet: readers give them back in orders of their own."""
    known = unicodedata.normalize("NFKC", text).replace("\u0640", "")
    return "".join(sorted(letter for letter in latin_digits(known) if letter.isalnum()))


def _text(document: pypdfium2.PdfDocument, index: int) -> str:
    page = document[index]
    return str(page.get_textpage().get_text_range())


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalpha())


def _unnumbered(texts: Sequence[str], first: int, total: int, words: str) -> Iterator[str]:
    for number, text in enumerate(texts, first):
        digits = sorted(persian_digits(f"{number}{total}"))
        tail = text[-200:]
        if any(tail.count(digit) < digits.count(digit) for digit in digits) or not set(words) <= set(_letters(tail)):
            yield f"{translate('page number')}: {number}"
            return

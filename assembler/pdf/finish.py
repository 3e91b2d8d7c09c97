"""Many PDFs become the packet: merged, numbered, bookmarked, described, and with empty signature fields put in last.

The result depends on the pieces and arguments only: two runs give the same bytes, written in one step or not at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    Fit,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from assembler.base.files import write_whole, writing
from assembler.base.messages import translate
from assembler.base.persian import persian_digits
from assembler.base.problems import AssemblerError, ExitCode, problem
from assembler.base.tongue import printed_words, tongue
from assembler.pdf.behind import lead_behind
from assembler.pdf.drawing import draw, fence, form_of, numbers, operands, seen
from assembler.pdf.fonts import FontSet
from assembler.pdf.overlay import (
    BAND_HEIGHT,
    BAND_SIDE,
    BAND_TOP,
    GUTTER,
    NUMBER_STRIP,
    STAMP_STRIP,
    TOTAL_STRIP,
    band_strips,
    number_strips,
    stamp_strip,
    total_strip,
)
from assembler.pdf.pieces import (
    PAGE_WORDS,
    Attached,
    Binding,
    Finished,
    OutlineEntry,
    PageRange,
    Piece,
    Placement,
    SignatureField,
    band_texts,
    corner_lines,
    page_lines,
)

NUMBER_HEIGHT = 31.0  # points from the paper's lower edge to the middle of the page number: 1.1 cm
_CORNER, _CORNER_SCALE = 92.0, 0.75  # the middle of the packet's number in the corner of a letter, and its size
_STAMP_FACTORS = (0.7071, 0.7071)  # cosine and sine of 45 degrees
_STAMP_SHARE = 0.8  # of the shorter side of a page
_FRAME_GREY = b"0.5 w 0.6 G"
_PDF_VERSION = "%PDF-1.7"
_NO_DETAILS: Mapping[str, str] = MappingProxyType({})
# The identifier is computed from the file that holds this placeholder in its stead.
_IDENTIFIER = bytes(range(16))


def finish(
    pieces: Sequence[Piece],
    out: Path,
    *,
    title: str,
    author: str,
    fonts: FontSet,
    draft: bool = False,
    page_words: str = "",
    details: Mapping[str, str] = _NO_DETAILS,
    answers: Attached | None = None,
    binding: Binding = "",
) -> Finished:
    """Merge the pieces into ``out`` and return where each stands.

    ``page_words``, the usual ones when «», are printed on every numbered page, with ``{page}`` and ``{pages}``.
    ``details`` are further entries of the document information, such as ``{"/Subject": …}``. ``answers`` is a file with
    the data the whole document shows; pages that lie are turned to their ``binding``. Raises AssemblerError:
    ``engine-failed`` for a piece that cannot be read, ``output-unwritable``.
    """
    page_words = page_words or printed_words(PAGE_WORDS)
    writer = PdfWriter()
    writer.pdf_header = _PDF_VERSION
    ranges = _merge(writer, pieces)
    for part in ranges:
        lead_behind(writer, part)
    fence(writer)
    _draw_placements(writer, pieces, ranges)
    if draft:
        _stamp(writer, fonts)
    _band(writer, pieces, ranges, fonts, binding)
    _turn(writer, binding)
    _number(writer, ranges, fonts, page_words)
    _total(writer, pieces, ranges, fonts)
    _label(writer, ranges)
    _outline(writer, pieces, ranges)
    _describe(writer, title, author, details)
    writer.compress_identical_objects()
    for attached in (attached for piece in pieces for attached in piece.attached):
        writer.add_attachment(attached.name, attached.path.read_bytes())
    if answers:
        _carry(writer, answers)
    _sign_here(writer, pieces, ranges)
    data = _bytes(writer)
    publish(out, data)
    return Finished(out, len(writer.pages), ranges, hashlib.sha256(data).hexdigest())


# ---------------------------------------------------------------- merging


def _merge(writer: PdfWriter, pieces: Sequence[Piece]) -> tuple[PageRange, ...]:
    ranges = []
    for piece in pieces:
        first = len(writer.pages)
        if piece.beside:
            ranges.append(PageRange(piece.name, piece.title, first - 1, 0, piece.numbered, piece.own_words))
            continue
        try:
            writer.append(_reader(piece.pdf), import_outline=False)
        except (PyPdfError, OSError, ValueError, KeyError, TypeError) as error:
            reason = f"{translate('it cannot be merged')}: {error}"
            raise AssemblerError([problem("engine-failed", name=piece.name, reason=reason)], ExitCode.ENGINE) from error
        ranges.append(
            PageRange(piece.name, piece.title, first, len(writer.pages) - first, piece.numbered, piece.own_words)
        )
    _forget_origins(writer)
    return tuple(ranges)


def _reader(pdf: Path) -> PdfReader:
    """A piece without its named destinations: links are explicit already, and merging names takes quadratic time."""
    reader = PdfReader(pdf)
    for name in ("/Dests", "/Names", "/OpenAction", "/AA"):
        reader.root_object.pop(NameObject(name), None)
    return reader


def _forget_origins(writer: PdfWriter) -> None:
    """Take out what held for one piece but not for the whole: conformance marks, structure, scripts."""
    for name in (
        "/Metadata",
        "/OutputIntents",
        "/MarkInfo",
        "/StructTreeRoot",
        "/Names",
        "/Dests",
        "/OpenAction",
        "/AA",
        "/AF",
    ):
        writer.root_object.pop(NameObject(name), None)
    for page in writer.pages:
        for name in ("/StructParents", "/AA", "/Tabs"):
            page.pop(NameObject(name), None)


# ---------------------------------------------------------------- drawing


def _number(writer: PdfWriter, ranges: Sequence[PageRange], fonts: FontSet, words: str) -> None:
    lines, corners = page_lines(ranges, words), corner_lines(ranges, words)
    shown = [(index, line, 1.0) for index, line in lines.items()]
    shown += [(index, line, _CORNER_SCALE) for index, line in corners.items()]
    strips = number_strips([line for _, line, _ in shown], fonts).pages if shown else ()
    for (index, _, scale), strip in zip(shown, strips, strict=True):
        page = writer.pages[index]
        width = seen(page).width
        corner = _CORNER if tongue().direction == "rtl" else width - _CORNER
        middle = width / 2 if scale == 1 else corner
        left = middle - scale * NUMBER_STRIP[0] / 2
        place = operands(scale, 0, 0, scale, left, NUMBER_HEIGHT - scale * NUMBER_STRIP[1] / 2)
        name = "AssemblerNumber" if scale == 1 else "AssemblerFolio"
        draw(writer, page, form_of(writer, strip), b"%s cm" % place, name)


def _total(writer: PdfWriter, pieces: Sequence[Piece], ranges: Sequence[PageRange], fonts: FontSet) -> None:
    """How many pages are counted, where a page says so."""
    counted = persian_digits(str(sum(part.pages for part in ranges if part.numbered)))
    for piece, part in zip(pieces, ranges, strict=True):
        for number, at in enumerate(piece.totals):
            strip = total_strip(counted, at.size, fonts, bold=at.bold).pages[0]
            left = at.x - (TOTAL_STRIP[0] if tongue().direction == "rtl" else 0)
            place = b"1 0 0 1 %s cm" % operands(left, at.y - TOTAL_STRIP[1])
            draw(writer, writer.pages[part.first + at.page], form_of(writer, strip), place, f"AssemblerTotal{number}")


def _band(
    writer: PdfWriter, pieces: Sequence[Piece], ranges: Sequence[PageRange], fonts: FontSet, binding: Binding
) -> None:
    """The bands over the pages of files, which say what each is."""
    banded = [
        (writer.pages[part.first + page], piece.band, band_texts(piece.band, page, part.pages))
        for piece, part in zip(pieces, ranges, strict=True)
        if piece.band
        for page in range(max(part.pages, 1))
    ]
    places = [band.at or _over(page, binding) for page, band, _ in banded]
    strips = band_strips([texts for _, _, texts in banded], [each[2] for each in places], fonts).pages if banded else ()
    for number, ((page, _, _), (left, top, _), strip) in enumerate(zip(banded, places, strips, strict=True)):
        drawing = b"1 0 0 1 %s cm" % operands(left, seen(page).height - top - BAND_HEIGHT)
        draw(writer, page, form_of(writer, strip), drawing, f"AssemblerBand{number}")


def _over(page: PageObject, binding: Binding) -> tuple[float, float, float]:
    """Where a band lies over a whole page."""
    top = BAND_TOP + (GUTTER if binding and _lies(page) else 0)
    return BAND_SIDE, top, seen(page).width - 2 * BAND_SIDE


def _lies(page: PageObject) -> bool:
    return seen(page).width > seen(page).height


def _turn(writer: PdfWriter, binding: Binding) -> None:
    """Pages that lie stand upright, their heads at the side where sheets are bound."""
    for page in writer.pages if binding else ():
        if _lies(page):
            page[NameObject("/Rotate")] = NumberObject((page.rotation + (90 if binding == "right" else 270)) % 360)


def _stamp(writer: PdfWriter, fonts: FontSet) -> None:
    form = form_of(writer, stamp_strip(fonts).pages[0])
    for page in writer.pages:
        box = seen(page)
        scale = _STAMP_SHARE * min(box.width, box.height) / STAMP_STRIP[0]
        cosine, sine = (scale * factor for factor in _STAMP_FACTORS)
        across, up = STAMP_STRIP[0] / 2, STAMP_STRIP[1] / 2
        left = box.width / 2 - across * cosine + up * sine
        bottom = box.height / 2 - across * sine - up * cosine
        draw(writer, page, form, b"%s cm" % operands(cosine, sine, -sine, cosine, left, bottom), "AssemblerStamp")


def _draw_placements(writer: PdfWriter, pieces: Sequence[Piece], ranges: Sequence[PageRange]) -> None:
    for piece, part in zip(pieces, ranges, strict=True):
        for number, placement in enumerate(piece.placements, 1):
            source = PdfReader(placement.source).pages[placement.source_page]
            scale, left, bottom = _fit(placement, source)
            frame = operands(placement.x, placement.y, placement.width, placement.height)
            drawing = b"q %s %s re S Q %s cm" % (_FRAME_GREY, frame, operands(scale, 0, 0, scale, left, bottom))
            page = writer.pages[part.first + placement.page]
            draw(writer, page, form_of(writer, source), drawing, f"AssemblerLetter{number}")


def _fit(placement: Placement, source: PageObject) -> tuple[float, float, float]:
    """The scale at which the source page fills its frame, and where its lower left corner comes to lie."""
    width, height = float(source.cropbox.width), float(source.cropbox.height)
    scale = min(placement.width / width, placement.height / height)
    left = placement.x + (placement.width - scale * width) / 2
    return scale, left, placement.y + (placement.height - scale * height) / 2


# ---------------------------------------------------------------- describing


def _label(writer: PdfWriter, ranges: Sequence[PageRange]) -> None:
    """Page labels: decimal numbers for numbered pieces, the title («جلد») for the others."""
    entries, following = ArrayObject(), 1
    for part in ranges:
        label = DictionaryObject({NameObject("/P"): TextStringObject(part.title)})
        if part.numbered:
            label = DictionaryObject({NameObject("/S"): NameObject("/D"), NameObject("/St"): NumberObject(following)})
            following += part.pages
        if part.pages:
            entries.extend((NumberObject(part.first), label))
    writer.root_object[NameObject("/PageLabels")] = DictionaryObject({NameObject("/Nums"): entries})


def _outline(writer: PdfWriter, pieces: Sequence[Piece], ranges: Sequence[PageRange]) -> None:
    """One bookmark a listed piece, its entries below it by their levels; the pieces' own entries start closed."""
    above: list[IndirectObject] = []
    for piece, part in zip(pieces, ranges, strict=True):
        if piece.listed:
            above = [writer.add_outline_item(title=piece.title, page_number=part.first, fit=Fit.xyz())]
        for entry in piece.outline:
            above = above[: max(entry.level, 0)]
            above.append(_bookmark(writer, entry, part, above[-1] if above else None))
    writer.root_object[NameObject("/PageMode")] = NameObject("/UseOutlines")


def _bookmark(writer: PdfWriter, entry: OutlineEntry, part: PageRange, parent: IndirectObject | None) -> IndirectObject:
    fit = Fit.xyz(top=entry.y) if entry.y is not None else Fit.xyz()
    page = part.first + entry.page
    return writer.add_outline_item(title=entry.text, page_number=page, parent=parent, fit=fit, is_open=False)


def _describe(writer: PdfWriter, title: str, author: str, details: Mapping[str, str]) -> None:
    """Title, author and language. There is no creation date: a build is known by its contents, not by its hour."""
    writer.metadata = None
    writer.add_metadata({"/Title": title, "/Author": author, "/Creator": "assembler", **details})
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject(tongue().code)
    root[NameObject("/ViewerPreferences")] = DictionaryObject(
        {
            NameObject("/Direction"): NameObject("/R2L" if tongue().direction == "rtl" else "/L2R"),
            NameObject("/DisplayDocTitle"): BooleanObject(True),
        }
    )


def _carry(writer: PdfWriter, answers: Attached) -> None:
    """Attach the data the document shows, told to be of the document as a whole (PDF 2.0, 14.13)."""
    file = writer.add_attachment(answers.name, answers.path.read_bytes())
    file.associated_file_relationship = NameObject("/Data")
    file.subtype = NameObject("/application#2Fzip")
    reference = file.pdf_object.indirect_reference
    assert reference is not None
    writer.root_object[NameObject("/AF")] = ArrayObject([reference])


# ---------------------------------------------------------------- signature fields


def placed_fields(placement: Placement) -> Iterator[SignatureField]:
    """The fields of a placed letter in the coordinates of the page it is drawn on."""
    if not placement.fields:
        return
    scale, left, bottom = _fit(placement, PdfReader(placement.source).pages[placement.source_page])
    for field in placement.fields:
        x, y = left + scale * field.x, bottom + scale * field.y
        yield SignatureField(field.key, field.label, placement.page, x, y, scale * field.width, scale * field.height)


def all_fields(piece: Piece) -> tuple[SignatureField, ...]:
    """The fields of a piece, those of its placed letters included."""
    return (*piece.fields, *(field for placement in piece.placements for field in placed_fields(placement)))


def _sign_here(writer: PdfWriter, pieces: Sequence[Piece], ranges: Sequence[PageRange]) -> None:
    widgets = ArrayObject()
    for piece, part in zip(pieces, ranges, strict=True):
        for field in all_fields(piece):
            widgets.append(_widget(writer, field, writer.pages[part.first + field.page]))
    writer.root_object.pop(NameObject("/AcroForm"), None)
    if widgets:
        form = DictionaryObject({NameObject("/Fields"): widgets, NameObject("/SigFlags"): NumberObject(1)})
        writer.root_object[NameObject("/AcroForm")] = writer._add_object(form)


def _widget(writer: PdfWriter, field: SignatureField, page: PageObject) -> IndirectObject:
    rectangle = numbers(field.x, field.y, field.x + field.width, field.y + field.height)
    widget = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Sig"),
            NameObject("/T"): TextStringObject(field.key),
            NameObject("/TU"): TextStringObject(field.label),
            NameObject("/F"): NumberObject(4),  # is printed
            NameObject("/Rect"): rectangle,
        }
    )
    if page.indirect_reference is not None:
        widget[NameObject("/P")] = page.indirect_reference
    reference = writer._add_object(widget)
    present = page.get("/Annots", ArrayObject()).get_object()
    page[NameObject("/Annots")] = ArrayObject([*present, reference])
    return reference


# ---------------------------------------------------------------- writing


def _bytes(writer: PdfWriter) -> bytes:
    placeholder = ByteStringObject(_IDENTIFIER)
    writer._ID = ArrayObject([placeholder, placeholder])
    buffer = BytesIO()
    writer.write(buffer)
    data = buffer.getvalue()
    identifier = hashlib.sha256(data).hexdigest()[:32].encode()
    head, trailer = data[: data.rindex(b"trailer")], data[data.rindex(b"trailer") :]
    return head + trailer.replace(_IDENTIFIER.hex().encode(), identifier)


def publish(out: Path, data: bytes) -> None:
    """Write a result in one step. Raises AssemblerError (output-unwritable)."""
    with writing(out):
        out.parent.mkdir(parents=True, exist_ok=True)
        write_whole(out, data)

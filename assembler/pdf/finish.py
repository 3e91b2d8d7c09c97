"""Many PDFs become the packet: merged, numbered, bookmarked, described, and with empty signature fields put in last.

The result depends on the pieces and arguments only: two runs give the same bytes, written in one step or not at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from assembler.base.files import write_whole, writing
from assembler.base.messages import translate
from assembler.base.persian import persian_digits
from assembler.base.problems import AssemblerError, ExitCode, problem
from assembler.base.tongue import printed_words, tongue
from assembler.pdf.behind import lead_behind
from assembler.pdf.drawing import draw, fence, form_of, numbers, operands, seen, size
from assembler.pdf.fonts import FontSet
from assembler.pdf.identical import Shared
from assembler.pdf.moving import take_over
from assembler.pdf.overlay import (
    BAND_HEIGHT,
    BAND_SIDE,
    BAND_TOP,
    GUTTER,
    NUMBER_STRIP,
    STAMP_STRIP,
    TOTAL_STRIP,
    Kept,
    anew,
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
_PDF_VERSION = "1.7"
_NO_DETAILS: Mapping[str, str] = MappingProxyType({})
_ZIP = "application/zip"
# LibreOffice gives them twelve decimals, which those who sign with other programs would shorten: a page was changed.
_BOXES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")


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
    kept: Kept = anew,
) -> Finished:
    """Merge the pieces into ``out`` and return where each stands.

    ``page_words``, the usual ones when «», are printed on every numbered page, with ``{page}`` and ``{pages}``.
    ``details`` are further entries of the document information, such as ``{"/Subject": …}``. ``answers`` is a file with
    the data the whole document shows; pages that lie are turned to their ``binding``. Numbers, bands and stamps are
    drawn by way of ``kept``. Raises AssemblerError: ``engine-failed`` for a piece that cannot be read,
    ``output-unwritable``.
    """
    with ExitStack() as opened:
        packet = _Packet(opened, opened.enter_context(pikepdf.new()), fonts, kept)
        ranges = packet.merge(pieces)
        for part in ranges:
            lead_behind(packet.document, part)
        fence(packet.document)
        packet.place(pieces, ranges)
        if draft:
            packet.stamp()
        packet.band(pieces, ranges, binding)
        packet.turn(binding)
        packet.number(ranges, page_words or printed_words(PAGE_WORDS))
        packet.total(pieces, ranges)
        _label(packet.document, ranges)
        _outline(packet.document, pieces, ranges)
        _describe(packet.document, title, author, details)
        _attach(packet.document, [attached for piece in pieces for attached in piece.attached])
        if answers:
            _carry(packet.document, answers)
        _sign_here(packet.document, pieces, ranges)
        pages, data = len(packet.pages), _bytes(packet.document)
    publish(out, data)
    return Finished(out, pages, ranges, hashlib.sha256(data).hexdigest())


@dataclass
class _Packet:
    """The document while it is made; what its pages come from is ``opened`` until it is written."""

    opened: ExitStack
    document: pikepdf.Pdf
    fonts: FontSet
    kept: Kept
    pages: Sequence[pikepdf.Page] = ()
    _sources: dict[Path, pikepdf.Pdf] = field(default_factory=dict)

    def _source(self, pdf: Path) -> pikepdf.Pdf:
        if pdf not in self._sources:
            self._sources[pdf] = self.opened.enter_context(pikepdf.open(pdf))
        return self._sources[pdf]

    def _strips(self, data: bytes) -> Iterator[pikepdf.Object]:
        """The pages of a drawing as forms."""
        source = self.opened.enter_context(pikepdf.open(BytesIO(data)))
        return (form_of(self.document, source, page) for page in source.pages)

    # ------------------------------------------------------------ merging

    def merge(self, pieces: Sequence[Piece]) -> tuple[PageRange, ...]:
        """The pages of all pieces. Of their catalogues nothing comes along: what they say is not true of the whole."""
        ranges, shared = [], Shared()
        for piece in pieces:
            first = len(self.document.pages)
            pages = 0 if piece.beside else self._append(piece)
            at = first - 1 if piece.beside else first
            ranges.append(PageRange(piece.name, piece.title, at, pages, piece.numbered, piece.own_words))
        self.pages = list(self.document.pages)
        for page in self.pages:
            for name in ("/StructParents", "/AA", "/Tabs"):
                if name in page.obj:
                    del page.obj[name]
            for name in _BOXES:
                if name in page.obj:
                    page.obj[name] = numbers(*map(float, page.obj[name]))
            shared.once(page.obj)
        return tuple(ranges)

    def _append(self, piece: Piece) -> int:
        try:
            source = self.opened.enter_context(pikepdf.open(piece.pdf))
            return len(take_over(self.document, source))
        except (pikepdf.PdfError, OSError, ValueError, KeyError, TypeError) as error:
            reason = f"{translate('it cannot be merged')}: {error}"
            raise AssemblerError([problem("engine-failed", name=piece.name, reason=reason)], ExitCode.ENGINE) from error

    # ------------------------------------------------------------ drawing

    def _draw(self, page: pikepdf.Page, form: pikepdf.Object, drawing: bytes, name: str) -> None:
        draw(self.document, page, form, drawing, name)

    def number(self, ranges: Sequence[PageRange], words: str) -> None:
        lines, corners = page_lines(ranges, words), corner_lines(ranges, words)
        shown = [(index, line, 1.0) for index, line in lines.items()]
        shown += [(index, line, _CORNER_SCALE) for index, line in corners.items()]
        strips = self._strips(number_strips([line for _, line, _ in shown], self.fonts, self.kept)) if shown else ()
        for (index, _, scale), strip in zip(shown, strips, strict=True):
            page = self.pages[index]
            width = seen(page).width
            corner = _CORNER if tongue().direction == "rtl" else width - _CORNER
            middle = width / 2 if scale == 1 else corner
            left = middle - scale * NUMBER_STRIP[0] / 2
            place = operands(scale, 0, 0, scale, left, NUMBER_HEIGHT - scale * NUMBER_STRIP[1] / 2)
            self._draw(page, strip, b"%s cm" % place, "AssemblerNumber" if scale == 1 else "AssemblerFolio")

    def total(self, pieces: Sequence[Piece], ranges: Sequence[PageRange]) -> None:
        """How many pages are counted, where a page says so."""
        counted = persian_digits(str(sum(part.pages for part in ranges if part.numbered)))
        for piece, part in zip(pieces, ranges, strict=True):
            for number, at in enumerate(piece.totals):
                drawing = total_strip(counted, at.size, self.fonts, self.kept, bold=at.bold)
                left = at.x - (TOTAL_STRIP[0] if tongue().direction == "rtl" else 0)
                place = b"1 0 0 1 %s cm" % operands(left, at.y - TOTAL_STRIP[1])
                for strip in self._strips(drawing):
                    self._draw(self.pages[part.first + at.page], strip, place, f"AssemblerTotal{number}")

    def band(self, pieces: Sequence[Piece], ranges: Sequence[PageRange], binding: Binding) -> None:
        """The bands over the pages of files, which say what each is."""
        banded = [
            (self.pages[part.first + page], piece.band, band_texts(piece.band, page, part.pages))
            for piece, part in zip(pieces, ranges, strict=True)
            if piece.band
            for page in range(max(part.pages, 1))
        ]
        if not banded:
            return
        places = [band.at or _over(page, binding) for page, band, _ in banded]
        texts, widths = [texts for _, _, texts in banded], [each[2] for each in places]
        strips = self._strips(band_strips(texts, widths, self.fonts, self.kept))
        for number, ((page, _, _), (left, top, _), strip) in enumerate(zip(banded, places, strips, strict=True)):
            drawing = b"1 0 0 1 %s cm" % operands(left, seen(page).height - top - BAND_HEIGHT)
            self._draw(page, strip, drawing, f"AssemblerBand{number}")

    def turn(self, binding: Binding) -> None:
        """Pages that lie stand upright, their heads at the side where sheets are bound."""
        for page in self.pages if binding else ():
            if _lies(page):
                page.rotate(90 if binding == "right" else 270, relative=True)

    def stamp(self) -> None:
        (form,) = self._strips(stamp_strip(self.fonts, self.kept))
        for page in self.pages:
            box = seen(page)
            scale = _STAMP_SHARE * min(box.width, box.height) / STAMP_STRIP[0]
            cosine, sine = (scale * factor for factor in _STAMP_FACTORS)
            across, up = STAMP_STRIP[0] / 2, STAMP_STRIP[1] / 2
            left = box.width / 2 - across * cosine + up * sine
            bottom = box.height / 2 - across * sine - up * cosine
            place = operands(cosine, sine, -sine, cosine, left, bottom)
            self._draw(page, form, b"%s cm" % place, "AssemblerStamp")

    def place(self, pieces: Sequence[Piece], ranges: Sequence[PageRange]) -> None:
        """Letters that are shown on pages of others."""
        for piece, part in zip(pieces, ranges, strict=True):
            for number, placement in enumerate(piece.placements, 1):
                source = self._source(placement.source)
                page = source.pages[placement.source_page]
                scale, left, bottom = _fit(placement, page)
                frame = operands(placement.x, placement.y, placement.width, placement.height)
                drawing = b"q %s %s re S Q %s cm" % (_FRAME_GREY, frame, operands(scale, 0, 0, scale, left, bottom))
                form = form_of(self.document, source, page)
                self._draw(self.pages[part.first + placement.page], form, drawing, f"AssemblerLetter{number}")


def _over(page: pikepdf.Page, binding: Binding) -> tuple[float, float, float]:
    """Where a band lies over a whole page."""
    top = BAND_TOP + (GUTTER if binding and _lies(page) else 0)
    return BAND_SIDE, top, seen(page).width - 2 * BAND_SIDE


def _lies(page: pikepdf.Page) -> bool:
    return seen(page).width > seen(page).height


def _fit(placement: Placement, source: pikepdf.Page) -> tuple[float, float, float]:
    """The scale at which the source page fills its frame, and where its lower left corner comes to lie."""
    width, height = size(source)
    scale = min(placement.width / width, placement.height / height)
    left = placement.x + (placement.width - scale * width) / 2
    return scale, left, placement.y + (placement.height - scale * height) / 2


# ---------------------------------------------------------------- describing


def _label(document: pikepdf.Pdf, ranges: Sequence[PageRange]) -> None:
    """Page labels: decimal numbers for numbered pieces, the title («جلد») for the others."""
    entries: list[int | Dictionary] = []
    following = 1
    for part in ranges:
        label = Dictionary(P=String(part.title))
        if part.numbered:
            label = Dictionary(S=Name.D, St=following)
            following += part.pages
        if part.pages:
            entries += (part.first, label)
    document.Root.PageLabels = Dictionary(Nums=Array(entries))


def _outline(document: pikepdf.Pdf, pieces: Sequence[Piece], ranges: Sequence[PageRange]) -> None:
    """One bookmark a listed piece, its entries below it by their levels; the pieces' own entries start closed."""
    pages = list(document.pages)
    with document.open_outline() as outline:
        above: list[pikepdf.OutlineItem] = []
        for piece, part in zip(pieces, ranges, strict=True):
            if piece.listed:
                above = [_bookmark(OutlineEntry(piece.title, 0, 0), part, pages)]
                outline.root.append(above[0])
            for entry in piece.outline:
                above = above[: max(entry.level, 0)]
                item = _bookmark(entry, part, pages)
                (above[-1].children if above else outline.root).append(item)
                above.append(item)
    document.Root.PageMode = Name.UseOutlines


def _bookmark(entry: OutlineEntry, part: PageRange, pages: Sequence[pikepdf.Page]) -> pikepdf.OutlineItem:
    top = numbers(entry.y)[0] if entry.y is not None else None
    place = Array([pages[part.first + entry.page].obj, Name.XYZ, None, top, None])
    item = pikepdf.OutlineItem(entry.text, place)
    item.is_closed = entry.level > 0
    return item


def _describe(document: pikepdf.Pdf, title: str, author: str, details: Mapping[str, str]) -> None:
    """Title, author and language. There is no creation date: a build is known by its contents, not by its hour."""
    told = {"/Title": title, "/Author": author, "/Creator": "assembler", **details}
    document.docinfo = document.make_indirect(Dictionary({name: String(text) for name, text in told.items()}))
    document.Root.Lang = String(tongue().code)
    document.Root.ViewerPreferences = Dictionary(
        Direction=Name.R2L if tongue().direction == "rtl" else Name.L2R, DisplayDocTitle=True
    )


# ---------------------------------------------------------------- files inside


def _attach(document: pikepdf.Pdf, files: Sequence[Attached]) -> None:
    for attached in files:
        document.attachments[attached.name] = _file(document, attached)


def _file(document: pikepdf.Pdf, attached: Attached, kind: str = "") -> pikepdf.AttachedFileSpec:
    return pikepdf.AttachedFileSpec(document, attached.path.read_bytes(), filename=attached.name, mime_type=kind)


def _carry(document: pikepdf.Pdf, answers: Attached) -> None:
    """Attach the data the document shows, told to be of the document as a whole (PDF 2.0, 14.13)."""
    file = _file(document, answers, _ZIP)
    file.relationship = Name.Data
    document.attachments[answers.name] = file
    document.Root.AF = Array([document.attachments[answers.name].obj])


# ---------------------------------------------------------------- signature fields


def placed_fields(placement: Placement) -> Iterator[SignatureField]:
    """The fields of a placed letter in the coordinates of the page it is drawn on."""
    if not placement.fields:
        return
    with pikepdf.open(placement.source) as source:
        scale, left, bottom = _fit(placement, source.pages[placement.source_page])
    for one in placement.fields:
        x, y = left + scale * one.x, bottom + scale * one.y
        yield SignatureField(one.key, one.label, placement.page, x, y, scale * one.width, scale * one.height)


def all_fields(piece: Piece) -> tuple[SignatureField, ...]:
    """The fields of a piece, those of its placed letters included."""
    return (*piece.fields, *(field for placement in piece.placements for field in placed_fields(placement)))


def _sign_here(document: pikepdf.Pdf, pieces: Sequence[Piece], ranges: Sequence[PageRange]) -> None:
    pages = list(document.pages)
    widgets = [
        _widget(document, one, pages[part.first + one.page])
        for piece, part in zip(pieces, ranges, strict=True)
        for one in all_fields(piece)
    ]
    if widgets:
        document.Root.AcroForm = document.make_indirect(Dictionary(Fields=Array(widgets), SigFlags=1))


def _widget(document: pikepdf.Pdf, signing: SignatureField, page: pikepdf.Page) -> pikepdf.Object:
    widget = document.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String(signing.key),
            TU=String(signing.label),
            F=4,  # is printed
            Rect=numbers(signing.x, signing.y, signing.x + signing.width, signing.y + signing.height),
            P=page.obj,
        )
    )
    page.obj.Annots = Array([*page.obj.get("/Annots", ()), widget])
    return widget


# ---------------------------------------------------------------- writing


def _bytes(document: pikepdf.Pdf) -> bytes:
    """Written plainly, object after object, as those who sign add to it; its identifier comes from its contents."""
    buffer = BytesIO()
    document.save(
        buffer,
        force_version=_PDF_VERSION,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        deterministic_id=True,
    )
    return buffer.getvalue()


def publish(out: Path, data: bytes) -> None:
    """Write a result in one step. Raises AssemblerError (output-unwritable)."""
    with writing(out):
        out.parent.mkdir(parents=True, exist_ok=True)
        write_whole(out, data)

"""Evidence brought by the agency: pictures, PDFs and files of Office of any origin become clean A4 pages with room for
the page number.

Nothing of a foreign PDF but its looks reaches the packet: no scripts, links, forms or attachments. A signed PDF is not
taken apart; the packet carries it whole, and a sheet says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import Protocol

import pikepdf
from PIL import Image

from assembler.base.file_kinds import DRAWING, PDF
from assembler.base.files import writing
from assembler.base.foreign import UnreadableError
from assembler.base.persian import numbered
from assembler.base.problems import Problem
from assembler.base.scripts import with_persian_digits
from assembler.base.tongue import printed_words
from assembler.model.answers import Attachment
from assembler.pdf import layers
from assembler.pdf.attachments import (
    RefusalError,
    document,
    drawing,
    frames,
    is_made_by_office,
    is_signed,
    kind_of_file,
    picture,
    refuse_locked,
)
from assembler.pdf.fields import draw_fields, draw_texts
from assembler.pdf.fonts import FontSet
from assembler.pdf.marks import drawn_by_pdfium
from assembler.pdf.overlay import A4, Picture, picture_page, sheet
from assembler.pdf.pages import picture as picture_of
from assembler.pdf.pictures import DPI, fitted, measures
from assembler.pdf.pieces import Attached, Band, Binding, Piece
from assembler.pdf.rooms import cells_of, room_on
from assembler.pdf.sharing import picture_in, together
from assembler.pdf.vector_pictures import picture_of_drawing

SIGNED_TITLE = "سند امضاشده"
SIGNED_LINES = (
    "این سند امضای الکترونیکی دارد و برای حفظ اعتبار امضا، صفحه‌های آن در این بسته نیامده است.",
    "اصل سند به صورت کامل پیوست این پرونده (بخش پیوست‌های فایل) است:",
)


UNDRAWN_TITLE = "سند برنامه‌های اداری"
UNDRAWN_LINES = ("صفحه‌های این سند را LibreOffice می‌سازد که در این پیش‌نویس به کار نرفته است:",)


class Kept(Protocol):
    """Pages made before, found again by what they were made of."""

    def find(self, *what: object) -> Path | None: ...

    def keep(self, made: Path, *what: object) -> Path: ...


# Makes a PDF of a file of Office or an e-mail; raises RefusalError when nothing can be made of it.
ToPdf = Callable[[Attachment, str], Path]


@dataclass(frozen=True)
class Prepared:
    """The pieces made of the files, in their order, and what was wrong with the others."""

    pieces: tuple[Piece, ...]
    problems: tuple[Problem, ...]


def prepare(
    files: Sequence[Attachment],
    work: Path,
    *,
    fonts: FontSet,
    separated: bool = False,
    to_pdf: ToPdf | None = None,
    kept: Kept | None = None,
    sharing: int = 1,
    binding: Binding = "",
) -> Prepared:
    """Make a piece of each file, in ``work``. Damaged, empty, locked and unknown files become problems. A file that is
    cited has a band over its pages, or where they are ``separated`` a sheet before them. Without ``to_pdf`` a sheet
    stands for what only LibreOffice can draw. Pages that are ``kept`` are not made again. Small pictures that follow
    one another share a page, up to ``sharing``; on pages that will be turned to their ``binding`` there is room for it.

    Raises AssemblerError (output-unwritable) when ``work`` cannot be written.
    """
    making = _Making(work, fonts, to_pdf, kept, separated, binding)
    pieces: list[Piece] = []
    with writing(work):
        work.mkdir(parents=True, exist_ok=True)
        for group in together(files, 1 if separated else sharing):
            pieces.extend(making.pieces(group, len(pieces) + len(making.problems) + 1))
    return Prepared(tuple(pieces), tuple(making.problems))


@dataclass
class _Making:
    """Makes pieces of files; ``problems`` fills as it goes."""

    work: Path
    fonts: FontSet
    to_pdf: ToPdf | None
    kept: Kept | None
    separated: bool
    binding: Binding
    problems: list[Problem] = field(default_factory=list)

    def pieces(self, files: Sequence[Attachment], number: int) -> Iterator[Piece]:
        """The pieces of files that stand on one page, or of one file; the first is of this ``number``."""
        begun = [self._begun(file, number + at) for at, file in enumerate(files)]
        if len(files) > 1:
            yield from self._shared(files, begun)
            return
        try:
            yield self._drawn(files[0], begun[0])
        except RefusalError as refusal:
            self.problems.append(refusal.problem(files[0]))

    def _begun(self, file: Attachment, number: int) -> Piece:
        """What is said of the file's pages, which are yet to be made."""
        title = with_persian_digits(next(filter(None, file.about), ""))
        band = Band(file.label, title, file.section) if file.label and not self.separated else None
        name = f"evidence-{number}"
        return Piece(name, title_of(file), self.work / f"{name}.pdf", foreign=True, band=band)

    def _drawn(self, file: Attachment, piece: Piece) -> Piece:
        """The piece with its pages. What the packet carries whole, and what a sheet stands for, is not kept."""
        is_separated = bool(file.label) and self.separated
        separator = (file.label, file.about) if is_separated else ()
        what = (file.path, file.path.suffix.lower(), piece.band is not None, separator, self.binding)
        if self.kept and (found := self.kept.find(*what)):
            return replace(piece, pdf=found)
        made = self._pages(file, piece)
        made = _behind_separator(made, file, self.fonts) if is_separated else made
        if self.kept and self.to_pdf and not made.attached:
            return replace(made, pdf=self.kept.keep(made.pdf, *what))
        return made

    def _pages(self, file: Attachment, piece: Piece) -> Piece:
        kind = kind_of_file(file)
        if kind == PDF:
            return _document(file, piece, self.fonts, self.binding)
        if kind == DRAWING:
            return _drawing(file, piece, self.fonts, self.binding)
        if not is_made_by_office(kind):
            return _pictures(file, piece, self.binding)
        refuse_locked(file)
        if self.to_pdf is None:
            sheet(UNDRAWN_TITLE, (*UNDRAWN_LINES, f"«{file.name}»"), self.fonts, piece.pdf)
            return piece
        return _document(replace(file, path=self.to_pdf(file, kind)), piece, self.fonts, self.binding)

    def _shared(self, files: Sequence[Attachment], begun: Sequence[Piece]) -> Iterator[Piece]:
        """The pieces of pictures on one page, which is that of the first; none when one of them is broken."""
        cells = cells_of(len(files))
        drawn: list[Picture] = []
        for file, cell in zip(files, cells, strict=True):
            try:
                drawn.append(picture_in(file, cell))
            except RefusalError as refusal:
                self.problems.append(refusal.problem(file))
        if len(drawn) == len(files):
            picture_page(drawn, A4, begun[0].pdf)
            for at, (piece, cell) in enumerate(zip(begun, cells, strict=True)):
                assert piece.band is not None  # only what is cited shares a page
                yield replace(piece, band=replace(piece.band, at=cell.band), beside=at > 0)


def title_of(file: Attachment) -> str:
    """What a file is called in bookmarks and receipts: its number and title, or its name where nobody gave it any."""
    stem = Path(file.name).stem
    return with_persian_digits(numbered(file.label, next(filter(None, file.about), stem))) if file.label else stem


def _behind_separator(piece: Piece, file: Attachment, fonts: FontSet) -> Piece:
    """The piece with a sheet before it that bears the name by which the report cites it."""
    separator = sheet(file.label, tuple(filter(None, file.about)), fonts, piece.pdf.with_suffix(".separator.pdf"))
    with pikepdf.open(separator) as pages, pikepdf.open(piece.pdf) as content:
        pages.pages.extend(content.pages)
        _save(pages, piece.pdf)
    return replace(piece, title=title_of(file))


# ---------------------------------------------------------------- PDFs


def _document(file: Attachment, piece: Piece, fonts: FontSet, binding: Binding) -> Piece:
    with document(file) as source:
        if is_signed(source):
            name = " - ".join(Path(file.name).parts)  # it names the file carried; those of one name stay two
            sheet(printed_words(SIGNED_TITLE), (*map(printed_words, SIGNED_LINES), f"«{name}»"), fonts, piece.pdf)
            return replace(piece, attached=(Attached(name, file.path),))
        _redraw(source, piece, fonts, binding)
    return piece


def _redraw(source: pikepdf.Pdf, piece: Piece, fonts: FontSet, binding: Binding) -> None:
    """Every page, with what its annotations show, drawn onto an A4 page of its orientation; as a picture where layers
    are switched off, which a reader would show once it stands among other pages, or where marks have no look.
    """
    is_pictured = layers.switched_off(source)
    draw_fields(source, fonts)
    draw_texts(source, fonts)
    bare = [drawn_by_pdfium(page) for page in source.pages]
    source.flatten_annotations("print")
    for page, marks in zip(source.pages, bare, strict=True):
        if marks:
            page.obj.Annots, is_pictured = pikepdf.Array(marks), True
    if is_pictured:
        _pictured(source, piece, binding)
        return
    with pikepdf.new() as target:
        for page in source.pages:
            _draw_onto_a4(page, target, banded=piece.band is not None, binding=binding)
        _save(target, piece.pdf)


def _pictured(source: pikepdf.Pdf, piece: Piece, binding: Binding) -> None:
    """The pages as they are printed, each as a picture."""
    whole = piece.pdf.with_suffix(".layers.pdf")
    _save(source, whole)
    pages = []
    for number in range(len(source.pages)):
        drawn = picture_of(whole, number, piece.pdf.with_name(f"{piece.pdf.stem}-{number}.png"), DPI, printed=True)
        with Image.open(drawn) as image:
            pages.append(_page_of(image, drawn, piece, number, binding))
    _join(pages, piece.pdf)


def _save(pdf: pikepdf.Pdf, out: Path) -> None:
    """Through memory, so that a full disk is an error of the disk and not of the attachment."""
    buffer = BytesIO()
    pdf.save(buffer, deterministic_id=True)
    out.write_bytes(buffer.getvalue())


def _draw_onto_a4(page: pikepdf.Page, target: pikepdf.Pdf, *, banded: bool, binding: Binding) -> None:
    """As pikepdf's ``add_overlay``, but under a name that is not drawn by lot: the same file gives the same bytes."""
    _straighten(page)
    room = room_on(A4 if _is_upright(page) else A4[::-1], banded=banded, binding=binding)
    target.add_blank_page(page_size=room.page)
    sheet_of_paper = target.pages[-1]
    form = target.copy_foreign(page.as_form_xobject())
    name = sheet_of_paper.add_resource(form, pikepdf.Name.XObject, pikepdf.Name.Evidence)
    upper = room.page[1] - room.top
    frame = pikepdf.Rectangle(room.left, upper - room.height, room.left + room.width, upper)
    drawing = sheet_of_paper.calc_form_xobject_placement(
        form, name, frame, invert_transformations=True, allow_shrink=True, allow_expand=True
    )
    sheet_of_paper.contents_add(drawing)


def _straighten(page: pikepdf.Page) -> None:
    """Boxes that are given from the wrong corner or reach beyond the paper; what is seen is the crop box."""
    paper = _sorted(page.mediabox)
    cut = _sorted(page.cropbox)
    seen = [max(paper[0], cut[0]), max(paper[1], cut[1]), min(paper[2], cut[2]), min(paper[3], cut[3])]
    for name in ("/TrimBox", "/BleedBox", "/ArtBox"):
        if name in page.obj:
            del page.obj[name]
    page.mediabox = page.cropbox = pikepdf.Array(seen if seen[0] < seen[2] and seen[1] < seen[3] else paper)


def _sorted(box: pikepdf.Array) -> list[float]:
    left, bottom, right, top = (float(value) for value in box)
    return [min(left, right), min(bottom, top), max(left, right), max(bottom, top)]


def _is_upright(page: pikepdf.Page) -> bool:
    left, bottom, right, top = (float(value) for value in page.cropbox)
    turned = int(page.obj.get("/Rotate", 0)) % 180 != 0
    return (top - bottom >= right - left) != turned


# ---------------------------------------------------------------- pictures


def _pictures(file: Attachment, piece: Piece, binding: Binding) -> Piece:
    with picture(file) as image:
        pages = [_page_of(frame, file.path, piece, number, binding) for number, frame in enumerate(frames(image))]
    _join(pages, piece.pdf)
    return piece


def _page_of(frame: Image.Image, source: Path, piece: Piece, number: int, binding: Binding) -> Path:
    width, height = measures(frame)
    room = room_on(A4 if height >= width else A4[::-1], banded=piece.band is not None, binding=binding)
    drawn = fitted(frame, source, room.left, room.top, room.width, room.height)
    return picture_page([drawn], room.page, piece.pdf.with_name(f"{piece.pdf.stem}-{number}.pdf"))


def _drawing(file: Attachment, piece: Piece, fonts: FontSet, binding: Binding) -> Piece:
    """Alone on its page, as large as it fits."""
    found = drawing(file)
    room = room_on(A4 if found.height >= found.width else A4[::-1], banded=piece.band is not None, binding=binding)
    scale = min(room.width / found.width, room.height / found.height)
    wide, high = found.width * scale, found.height * scale
    try:
        data = picture_of_drawing(found, wide, high, fonts)
    except UnreadableError as error:
        raise RefusalError("attachment-broken", reason=error.reason) from error
    left, top = room.left + (room.width - wide) / 2, room.top + (room.height - high) / 2
    picture_page([Picture(data, left, top, wide, high)], room.page, piece.pdf)
    return piece


def _join(pages: Sequence[Path], out: Path) -> None:
    with pikepdf.new() as target:
        for page in pages:
            with pikepdf.open(page) as source:
                target.pages.extend(source.pages)
        _save(target, out)

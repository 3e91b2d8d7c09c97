"""Evidence brought by the agency: pictures, PDFs and files of Office of any origin become clean A4 pages with room for
the page number.

Nothing of a foreign PDF but its looks reaches the packet: no scripts, links, forms or attachments. A signed PDF is not
taken apart; the packet carries it whole, and a sheet says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Protocol

import pikepdf
from PIL import Image, ImageOps

from assembler.base.file_kinds import PDF
from assembler.base.files import writing
from assembler.base.persian import numbered
from assembler.base.problems import Problem
from assembler.base.scripts import with_persian_digits
from assembler.base.tongue import printed_words
from assembler.model.answers import Attachment
from assembler.pdf import layers
from assembler.pdf.attachments import (
    RefusalError,
    document,
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
from assembler.pdf.overlay import A4, BAND_HEIGHT, BAND_TOP, picture_page, sheet
from assembler.pdf.pages import picture as picture_of
from assembler.pdf.pieces import Attached, Band, Piece

MARGIN = 34.0  # points at the sides and at the top
FOOT = 56.0  # points at the bottom, where the page number stands
DPI = 200
_BELOW_BAND = 8.0  # points
_SMALLEST_DPI = 96  # small pictures are not blown up beyond this
_JPEG_QUALITY = 88
_JPEG_MODES = ("L", "RGB")
_ORIENTATION = 0x0112
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


# Makes a PDF of a file of Office, an e-mail or a drawing; raises RefusalError when nothing can be made of it.
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
) -> Prepared:
    """Make a piece of each file, in ``work``. Damaged, empty, locked and unknown files become problems. A file that is
    cited has a band over its pages, or where they are ``separated`` a sheet before them. Without ``to_pdf`` a sheet
    stands for what only LibreOffice can draw. Pages that are ``kept`` are not made again.

    Raises AssemblerError (output-unwritable) when ``work`` cannot be written.
    """
    pieces: list[Piece] = []
    problems: list[Problem] = []
    with writing(work):
        work.mkdir(parents=True, exist_ok=True)
        for number, file in enumerate(files, 1):
            try:
                is_separated = bool(file.label) and separated
                piece = _piece_of(file, work / f"evidence-{number}.pdf", banded=bool(file.label) and not separated)
                pieces.append(_drawn(file, piece, fonts, to_pdf, kept, is_separated=is_separated))
            except RefusalError as refusal:
                problems.append(refusal.problem(file))
    return Prepared(tuple(pieces), tuple(problems))


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


def _piece_of(file: Attachment, out: Path, *, banded: bool) -> Piece:
    """What is said of the file's pages, which are yet to be made."""
    title = with_persian_digits(next(filter(None, file.about), ""))
    band = Band(file.label, title, file.section) if banded else None
    return Piece(out.stem, title_of(file), out, foreign=True, band=band)


def _drawn(
    file: Attachment, piece: Piece, fonts: FontSet, to_pdf: ToPdf | None, kept: Kept | None, *, is_separated: bool
) -> Piece:
    """The piece with its pages. What the packet carries whole, and what a sheet stands for, is not kept."""
    separator = (file.label, file.about) if is_separated else ()
    what = (file.path, file.path.suffix.lower(), piece.band is not None, separator)
    if kept and (found := kept.find(*what)):
        return replace(piece, pdf=found)
    made = _pages(file, piece, fonts, to_pdf)
    made = _behind_separator(made, file, fonts) if is_separated else made
    return replace(made, pdf=kept.keep(made.pdf, *what)) if kept and to_pdf and not made.attached else made


def _pages(file: Attachment, piece: Piece, fonts: FontSet, to_pdf: ToPdf | None) -> Piece:
    kind = kind_of_file(file)
    if kind == PDF:
        return _document(file, piece, fonts)
    if not is_made_by_office(kind):
        return _pictures(file, piece)
    refuse_locked(file)
    if to_pdf is None:
        sheet(UNDRAWN_TITLE, (*UNDRAWN_LINES, f"«{file.name}»"), fonts, piece.pdf)
        return piece
    return _document(replace(file, path=to_pdf(file, kind)), piece, fonts)


def _top(piece: Piece) -> float:
    """The points kept free at the top of its pages."""
    return BAND_TOP + BAND_HEIGHT + _BELOW_BAND if piece.band else MARGIN


# ---------------------------------------------------------------- PDFs


def _document(file: Attachment, piece: Piece, fonts: FontSet) -> Piece:
    with document(file) as source:
        if is_signed(source):
            name = " - ".join(Path(file.name).parts)  # it names the file carried; those of one name stay two
            sheet(printed_words(SIGNED_TITLE), (*map(printed_words, SIGNED_LINES), f"«{name}»"), fonts, piece.pdf)
            return replace(piece, attached=(Attached(name, file.path),))
        _redraw(source, piece, fonts)
    return piece


def _redraw(source: pikepdf.Pdf, piece: Piece, fonts: FontSet) -> None:
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
        _pictured(source, piece)
        return
    with pikepdf.new() as target:
        for page in source.pages:
            _draw_onto_a4(page, target, _top(piece))
        _save(target, piece.pdf)


def _pictured(source: pikepdf.Pdf, piece: Piece) -> None:
    """The pages as they are printed, each as a picture."""
    whole = piece.pdf.with_suffix(".layers.pdf")
    _save(source, whole)
    pages = []
    for number in range(len(source.pages)):
        drawn = picture_of(whole, number, piece.pdf.with_name(f"{piece.pdf.stem}-{number}.png"), DPI, printed=True)
        with Image.open(drawn) as image:
            pages.append(_page_of(image, drawn, piece, number))
    _join(pages, piece.pdf)


def _save(pdf: pikepdf.Pdf, out: Path) -> None:
    """Through memory, so that a full disk is an error of the disk and not of the attachment."""
    buffer = BytesIO()
    pdf.save(buffer, deterministic_id=True)
    out.write_bytes(buffer.getvalue())


def _draw_onto_a4(page: pikepdf.Page, target: pikepdf.Pdf, top: float) -> None:
    """As pikepdf's ``add_overlay``, but under a name that is not drawn by lot: the same file gives the same bytes."""
    _straighten(page)
    size = A4 if _is_upright(page) else A4[::-1]
    target.add_blank_page(page_size=size)
    sheet_of_paper = target.pages[-1]
    form = target.copy_foreign(page.as_form_xobject())
    name = sheet_of_paper.add_resource(form, pikepdf.Name.XObject, pikepdf.Name.Evidence)
    frame = pikepdf.Rectangle(MARGIN, FOOT, size[0] - MARGIN, size[1] - top)
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


def _pictures(file: Attachment, piece: Piece) -> Piece:
    with picture(file) as image:
        pages = [_page_of(frame, file.path, piece, number) for number, frame in enumerate(frames(image))]
    _join(pages, piece.pdf)
    return piece


def _page_of(frame: Image.Image, source: Path, piece: Piece, number: int) -> Path:
    out, top = piece.pdf, _top(piece)
    untouched = _original(frame, source)
    upright = ImageOps.exif_transpose(frame)
    size = A4 if upright.height >= upright.width else A4[::-1]
    room = (size[0] - 2 * MARGIN, size[1] - top - FOOT)
    scale = min(room[0] / upright.width, room[1] / upright.height, 72 / _SMALLEST_DPI)
    width, height = upright.width * scale, upright.height * scale
    data = untouched if untouched and scale >= 72 / DPI else _encoded(upright, scale)
    position = ((size[0] - width) / 2, top + (room[1] - height) / 2)
    return picture_page(data, size, (*position, width, height), out.with_name(f"{out.stem}-{number}.pdf"))


def _original(frame: Image.Image, source: Path) -> bytes:
    """The bytes of a JPEG that needs no turning, to be embedded as they are; empty for anything else."""
    plain = frame.format == "JPEG" and frame.mode in _JPEG_MODES and frame.getexif().get(_ORIENTATION, 1) == 1
    frame.load()  # a damaged picture is found out here, not when it is printed
    return source.read_bytes() if plain else b""


def _encoded(image: Image.Image, scale: float) -> bytes:
    """The picture at no more than DPI: drawings and scans without loss, photographs as JPEG."""
    opaque = _opaque(image)
    shrink = min(1.0, scale * DPI / 72)
    size = (max(1, round(opaque.width * shrink)), max(1, round(opaque.height * shrink)))
    if size != opaque.size:
        opaque = opaque.resize(size, Image.Resampling.LANCZOS)
    buffer = BytesIO()
    if opaque.getcolors(256) is None:
        opaque.save(buffer, "JPEG", quality=_JPEG_QUALITY)
    else:
        opaque.save(buffer, "PNG")
    return buffer.getvalue()


def _opaque(image: Image.Image) -> Image.Image:
    if image.mode in ("1", "L"):
        return image.convert("L")
    if image.mode == "I" or image.mode.startswith("I;16"):  # 16 bits a pixel: converted at once, all would be white
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layered = image.convert("RGBA")
        paper = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(paper, layered).convert("RGB")
    return image.convert("RGB")


def _join(pages: Sequence[Path], out: Path) -> None:
    with pikepdf.new() as target:
        for page in pages:
            with pikepdf.open(page) as source:
                target.pages.extend(source.pages)
        _save(target, out)

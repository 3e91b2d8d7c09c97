"""Files brought by the agency, opened as what they are: a clear refusal for each that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import pikepdf
from PIL import Image, ImageSequence, UnidentifiedImageError

from assembler.base.file_kinds import (
    DRAWING,
    HEAD,
    MAIL,
    OFFICE,
    PDF,
    Content,
    content_of,
    content_of_bytes,
    kind_of,
    named,
)
from assembler.base.foreign import UnreadableError, foreign
from assembler.base.messages import Wording, wording
from assembler.base.pictures import opened
from assembler.base.problems import Place, Problem, problem
from assembler.model.answers import Attachment
from assembler.pdf.marks import is_undrawable
from assembler.pdf.vectors import Drawing, drawing_of

MOST_PAGES = 1000  # of one file: no packet is signed with more, and each page is drawn anew
_SMALL = (64, 64)  # pixels: a JPEG is read to its end, but need not be unpacked whole to be found sound
_FIELDS = 100_000  # of one form; more are no form
_NAMED = 5  # files of a portfolio that are told by their names


class RefusalError(Exception):
    """Why a file cannot become pages: the code and arguments of a problem."""

    def __init__(self, code: str, **arguments: object) -> None:
        super().__init__(code)
        self.code, self.arguments = code, arguments

    def problem(self, file: Attachment) -> Problem:
        return problem(self.code, Place(file=file.name), severity=None, name=file.name, **self.arguments)


def inspect(files: Sequence[Attachment]) -> tuple[Problem, ...]:
    """What would keep files from becoming pages; nothing is made of them yet."""
    return tuple(refusal.problem(file) for file in files if (refusal := _refusal(file)))


def _refusal(file: Attachment) -> RefusalError | None:
    try:
        kind = kind_of_file(file)
        if kind == PDF:
            with document(file):
                return None
        if kind == OFFICE:
            refuse_locked(file)
        if is_made_by_office(kind):
            return None
        if kind == DRAWING:
            drawing(file)
            return None
        with picture(file) as image:
            image.draft(None, _SMALL)
            for frame in frames(image):
                frame.load()  # a damaged picture is found out here, not when it is printed
    except RefusalError as refusal:
        return refusal
    except OSError:
        return RefusalError("attachment-missing")
    return None


def count(file: Attachment) -> int | None:
    """The pages a file will have; None where only drawing it tells, or where it cannot be drawn."""
    try:
        kind = kind_of_file(file)
        if kind == PDF:
            with document(file) as source:
                return 1 if is_signed(source) else len(source.pages)
        if is_made_by_office(kind):
            return None
        if kind == DRAWING:
            return 1
        with picture(file) as image:
            return sum(1 for _ in frames(image))
    except (RefusalError, OSError):
        return None


def kind_of_file(file: Attachment) -> str:
    """What a file is: a kind of ``base.file_kinds``. Raises RefusalError when it is none, empty or not there."""
    try:
        size = file.path.stat().st_size
        with file.path.open("rb") as stream:
            head = stream.read(HEAD)
    except (OSError, RuntimeError):  # a link that leads to itself
        raise RefusalError("attachment-missing") from None
    if not size:
        raise RefusalError("attachment-broken", reason=wording("the file is empty"))
    if kind := kind_of(head, file.path.name):
        return kind
    said = named(file.path.name)
    if said is None:
        expected = wording("a PDF, a picture, a file of Office or an e-mail")
        raise RefusalError("attachment-type", expected=expected, remedy=_way_out(head, file.path.suffix.lower()))
    if said == PDF:
        raise RefusalError("attachment-broken", reason=wording("it is no PDF, whatever its name says"))
    if said == OFFICE:
        raise RefusalError("attachment-broken", reason=wording("it is no file of Office, whatever its name says"))
    raise RefusalError("attachment-broken", reason=wording("it is no picture, whatever its name says"))


_PACKED = wording("Unpack it and attach the files it holds, one by one.")
_LETTER = wording("Save it in Outlook as PDF, or as .eml, and attach that.")
_FILM = wording("Attach a picture or a page of it.")
_PICTURE = wording("Save it as PNG or JPEG and attach that.")
_WAYS_OUT: Mapping[str, Wording] = {
    ".msg": _LETTER,
    **dict.fromkeys((".zip", ".rar", ".7z", ".gz", ".tar"), _PACKED),
    **dict.fromkeys((".mp4", ".mov", ".avi", ".3gp", ".mkv", ".mp3", ".wav", ".ogg", ".m4a"), _FILM),
    **dict.fromkeys((".jp2", ".psd", ".ico", ".ppm", ".tga", ".emf", ".wmf", ".cr2", ".nef", ".dng"), _PICTURE),
}
_PRINT = wording("Open it in its own program, print it to PDF and attach that.")


def _way_out(head: bytes, ending: str) -> Wording:
    """What can be done with a file of a kind no pages are made of."""
    if content_of_bytes(head) == Content.PACKED and ending not in (".xps", ".oxps", ".svgz"):
        return _PACKED
    return _WAYS_OUT.get(ending, _PRINT)


def is_made_by_office(kind: str) -> bool:
    """Whether LibreOffice makes the pages of such files."""
    return kind in (OFFICE, MAIL)


def refuse_locked(file: Attachment) -> None:
    """Raises RefusalError for a file of Office that is locked, or is an archive that was cut off."""
    content = content_of(file.path)
    if content == Content.LOCKED:
        raise RefusalError("attachment-encrypted")
    if content == Content.BROKEN:
        raise RefusalError("attachment-broken", reason=wording("a part of it is missing"))


@contextmanager
def document(file: Attachment) -> Iterator[pikepdf.Pdf]:
    """An opened PDF with pages that show what it holds. Raises RefusalError when it is locked, broken, or made of what
    no page shows, also from within.
    """
    try:
        with foreign(file.path, RefusalError, pikepdf.PasswordError), pikepdf.open(file.path) as source:
            if source.get_warnings() and _lacks_objects(source):
                raise RefusalError("attachment-broken", reason=wording("a part of it is missing"))
            _refuse_unshown(source)
            yield source
    except pikepdf.PasswordError:
        raise RefusalError("attachment-encrypted") from None
    except UnreadableError as error:
        raise RefusalError("attachment-broken", reason=error.reason) from error


def _lacks_objects(pdf: pikepdf.Pdf) -> bool:
    """Whether a repaired PDF speaks of objects that are gone: it was cut off, and its pages would be blank."""
    return any(found is None for found in pdf.objects)


def _refuse_unshown(pdf: pikepdf.Pdf) -> None:
    count = len(pdf.pages)
    if not count:
        raise RefusalError("attachment-broken", reason=wording("it has no pages"))
    if count > MOST_PAGES:
        raise RefusalError("attachment-pages", count=count, limit=MOST_PAGES)
    if "/Collection" in pdf.Root:
        names = list(pdf.attachments)
        raise RefusalError("attachment-portfolio", count=len(names), names="، ".join(names[:_NAMED]))
    if _is_drawn_by_its_program(pdf):
        raise RefusalError("attachment-xfa")
    if is_undrawable(pdf):
        raise RefusalError(
            "attachment-unprinted", reason=wording("what was drawn onto its pages has no look of its own")
        )


def _is_drawn_by_its_program(pdf: pikepdf.Pdf) -> bool:
    """Whether it is a form that Adobe's program lays out when it opens it: its page says «Please wait» only."""
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary) or "/XFA" not in form:
        return False
    fields = form.get("/Fields")
    return bool(pdf.Root.get("/NeedsRendering", False)) or not isinstance(fields, pikepdf.Array) or not len(fields)


def is_signed(pdf: pikepdf.Pdf) -> bool:
    """Whether any signature field of the document holds a signature."""
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        return False
    seen: set[tuple[int, int]] = set()
    return any(_holds_signature(field, seen) for field in _list(form.get("/Fields")))


def _holds_signature(field: pikepdf.Object, seen: set[tuple[int, int]], inherited: object = None) -> bool:
    """``inherited`` is the type of the field above, which its kids need not repeat; one may name itself among them."""
    if not isinstance(field, pikepdf.Dictionary) or (field.is_indirect and field.objgen in seen) or len(seen) > _FIELDS:
        return False
    seen.add(field.objgen)
    kind = field.get("/FT", inherited)
    if kind == "/Sig" and "/V" in field:
        return True
    return any(_holds_signature(kid, seen, kind) for kid in _list(field.get("/Kids")))


def _list(value: object) -> Iterator[pikepdf.Object]:
    if isinstance(value, pikepdf.Array):
        yield from value


def drawing(file: Attachment) -> Drawing:
    """A drawing that fetches nothing. Raises RefusalError when it is none."""
    try:
        with foreign(file.path):
            return drawing_of(file.path.read_bytes())
    except UnreadableError as error:
        raise RefusalError("attachment-broken", reason=error.reason) from error


@contextmanager
def picture(file: Attachment) -> Iterator[Image.Image]:
    """An opened picture. Raises RefusalError when it is broken, also from within; OSError is the disk's."""
    try:
        passing = (RefusalError, UnidentifiedImageError, Image.DecompressionBombError, MemoryError)
        with foreign(file.path, *passing), file.path.open("rb") as stream, opened(stream) as image:
            yield image
    except UnidentifiedImageError as error:
        reason = _of_telephone(file) or wording("it is no picture, whatever its name says")
        raise RefusalError("attachment-broken", reason=reason) from error
    except (Image.DecompressionBombError, MemoryError) as error:
        most = 2 * (Image.MAX_IMAGE_PIXELS or 0) // 1_000_000  # at twice of what it warns of Pillow opens none
        told = wording(
            "the picture has more than {count} million dots; scan or save it at a lower resolution", count=most
        )
        raise RefusalError("attachment-broken", reason=told) from error
    except UnreadableError as error:
        raise RefusalError("attachment-broken", reason=_fault(error, file)) from error


def _fault(error: UnreadableError, file: Attachment) -> str | Wording:
    """What is said of a broken picture; that it was cut off, in the reader's language."""
    is_cut = "truncated" in str(error.__cause__).lower()
    return _of_telephone(file) or (wording("a part of it is missing") if is_cut else error.reason)


def _of_telephone(file: Attachment) -> Wording | None:
    with file.path.open("rb") as stream:
        kind = kind_of(stream.read(HEAD), file.path.name)
    found = wording("it is a photograph of a telephone ({kind}) that cannot be read; save it as JPEG", kind=kind)
    return found if kind in ("HEIC", "AVIF") else None


def frames(image: Image.Image) -> Iterator[Image.Image]:
    """The pages of a scanned TIFF; of anything else the first frame only."""
    if image.format == "TIFF":
        yield from ImageSequence.Iterator(image)
    else:
        yield image

"""Files brought by the agency, opened as what they are: a clear refusal for each that cannot be read."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pikepdf
from PIL import Image, ImageSequence, UnidentifiedImageError

from assembler.base.messages import Wording, wording
from assembler.base.problems import Place, Problem, problem
from assembler.model.answers import Attachment

_PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif", ".webp")
# Pillow would start other programs for some formats, whatever the name of the file says. It brings the common ones
# along (``preinit``), and loads all it knows for any other: those come last.
_FORMATS = ("JPEG", "PNG", "BMP", "GIF", "TIFF", "WEBP")
_HEAD = 1024  # bytes within which a PDF says that it is one
_SMALL = (64, 64)  # pixels: a JPEG is read to its end, but need not be unpacked whole to be found sound


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
        if is_document(file):
            with document(file):
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


def is_document(file: Attachment) -> bool:
    """Whether a file is a PDF; a picture otherwise. Raises RefusalError when it is neither, or empty, or not there."""
    try:
        size = file.path.stat().st_size
        with file.path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        raise RefusalError("attachment-missing") from None
    if not size:
        raise RefusalError("attachment-broken", reason=wording("the file is empty"))
    if b"%PDF-" in head or file.path.suffix.lower() == ".pdf":
        return True
    if file.path.suffix.lower() not in _PICTURES:
        raise RefusalError("attachment-type", expected=wording("a PDF or a picture"))
    return False


@contextmanager
def document(file: Attachment) -> Iterator[pikepdf.Pdf]:
    """An opened PDF with at least one page. Raises RefusalError when it is locked or broken, also from within."""
    try:
        with pikepdf.open(file.path) as source:
            if source.get_warnings() and _lacks_objects(source):
                raise RefusalError("attachment-broken", reason=wording("a part of it is missing"))
            if not len(source.pages):
                raise RefusalError("attachment-broken", reason=wording("it has no pages"))
            yield source
    except pikepdf.PasswordError:
        raise RefusalError("attachment-encrypted") from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RuntimeError) as error:
        raise RefusalError("attachment-broken", reason=_reason(error, file)) from error


def _lacks_objects(pdf: pikepdf.Pdf) -> bool:
    """Whether a repaired PDF speaks of objects that are gone: it was cut off, and its pages would be blank."""
    return any(found is None for found in pdf.objects)


def _reason(error: Exception, file: Attachment) -> str | Wording:
    with file.path.open("rb") as stream:
        if b"%PDF-" not in stream.read(_HEAD):
            return wording("it is no PDF, whatever its name says")
    return str(error).removeprefix(f"{file.path}: ")


@contextmanager
def picture(file: Attachment) -> Iterator[Image.Image]:
    """An opened picture. Raises RefusalError when it is broken, also from within; OSError is the disk's."""
    try:
        with warnings.catch_warnings():
            # Scans of large drawings are what they are; what no memory could hold is an error anyway.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            Image.preinit()
            with Image.open(file.path, formats=_FORMATS) as image:
                yield image
    except UnidentifiedImageError as error:
        reason = wording("it is no picture, whatever its name says")
        raise RefusalError("attachment-broken", reason=reason) from error
    except Image.DecompressionBombError as error:
        raise RefusalError("attachment-broken", reason=wording("the picture is too large")) from error
    except (SyntaxError, ValueError, EOFError) as error:
        raise RefusalError("attachment-broken", reason=_fault(error)) from error
    except OSError as error:
        if error.errno is not None:
            raise
        raise RefusalError("attachment-broken", reason=_fault(error)) from error  # Pillow's word for a broken picture


def _fault(error: Exception) -> str | Wording:
    """What Pillow says of a broken picture; that it was cut off, in the reader's language."""
    return wording("a part of it is missing") if "truncated" in str(error).lower() else str(error)


def frames(image: Image.Image) -> Iterator[Image.Image]:
    """The pages of a scanned TIFF; of anything else the first frame only."""
    if image.format == "TIFF":
        yield from ImageSequence.Iterator(image)
    else:
        yield image

"""Files brought by the agency, opened as what they are: a clear refusal for each that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pikepdf
from PIL import Image, ImageSequence, UnidentifiedImageError

from assembler.messages import translate
from assembler.model import Attachment
from assembler.problems import Place, Problem, problem

_PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif", ".webp")
# Pillow would start other programs for some formats, whatever the name of the file says.
_FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "GIF", "WEBP")
_SMALL = (64, 64)  # pixels: a JPEG is read to its end, but need not be unpacked whole to be found sound


class RefusalError(Exception):
    """Why a file cannot become pages: the code and arguments of a problem."""

    def __init__(self, code: str, **arguments: str) -> None:
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
            head = stream.read(1024)
    except OSError:
        raise RefusalError("attachment-missing") from None
    if not size:
        raise RefusalError("attachment-broken", reason=translate("the file is empty"))
    if b"%PDF-" in head or file.path.suffix.lower() == ".pdf":
        return True
    if file.path.suffix.lower() not in _PICTURES:
        raise RefusalError("attachment-type", expected=translate("a PDF or a picture"))
    return False


@contextmanager
def document(file: Attachment) -> Iterator[pikepdf.Pdf]:
    """An opened PDF with at least one page. Raises RefusalError when it is locked or broken, also from within."""
    try:
        with pikepdf.open(file.path) as source:
            if not len(source.pages):
                raise RefusalError("attachment-broken", reason=translate("it has no pages"))
            yield source
    except pikepdf.PasswordError:
        raise RefusalError("attachment-encrypted") from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RuntimeError) as error:
        raise RefusalError("attachment-broken", reason=str(error)) from error


@contextmanager
def picture(file: Attachment) -> Iterator[Image.Image]:
    """An opened picture. Raises RefusalError when it is broken, also from within; OSError is the disk's."""
    try:
        with Image.open(file.path, formats=_FORMATS) as image:
            yield image
    except (UnidentifiedImageError, Image.DecompressionBombError, SyntaxError, ValueError, EOFError) as error:
        raise RefusalError("attachment-broken", reason=str(error)) from error
    except OSError as error:
        if error.errno is not None:
            raise
        raise RefusalError("attachment-broken", reason=str(error)) from error  # Pillow's word for a truncated picture


def frames(image: Image.Image) -> Iterator[Image.Image]:
    """The pages of a scanned TIFF; of anything else the first frame only."""
    if image.format == "TIFF":
        yield from ImageSequence.Iterator(image)
    else:
        yield image

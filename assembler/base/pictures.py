"""The one way pictures of others are opened: as what they are, by no other program, photographs of telephones too."""

from __future__ import annotations

import ctypes
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import IO

import PIL
from PIL import Image

from assembler.base.file_kinds import HEAD, kind_of

# Pillow would start other programs for some formats, whatever the name of the file says. It brings the common ones
# along (``preinit``), and loads all it knows for any other: those come last.
_FORMATS = ("JPEG", "PNG", "BMP", "GIF", "TIFF", "WEBP")
_OF_TELEPHONES = {"HEIC": "HEIF", "AVIF": "AVIF"}


@contextmanager
def opened(stream: IO[bytes]) -> Iterator[Image.Image]:
    """A picture to be read from a stream. Raises what Pillow raises of a broken one."""
    head = stream.read(HEAD)
    stream.seek(0)
    if (kind := kind_of(head, "")) == "TIFF":
        _silence_libtiff()
    Image.preinit()
    with warnings.catch_warnings():
        # Scans of large drawings are what they are; what no memory could hold is an error anyway.
        # Oddities of what cameras and scanners note beside are nobody's concern.
        warnings.simplefilter("ignore")
        with Image.open(stream, formats=_formats(kind)) as image:
            yield image


@cache
def _silence_libtiff() -> None:
    """It tells the terminal, in its own words, of each oddity of a file, where Pillow brings it as a library apart."""
    for file in Path(PIL.__file__).parent.parent.glob("[Pp]illow.libs/libtiff*"):
        library = ctypes.CDLL(str(file))
        for kind in ("Error", "Warning"):
            getattr(library, f"TIFFSet{kind}Handler")(ctypes.c_void_p(None))


def _formats(kind: str | None) -> tuple[str, ...]:
    if kind == "HEIC":
        import pi_heif  # a decoder few files need

        pi_heif.register_heif_opener()
    elif kind == "AVIF":
        Image.init()
    return (_OF_TELEPHONES[kind],) if kind in _OF_TELEPHONES else _FORMATS

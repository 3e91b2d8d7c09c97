"""Pictures as they go into pages: upright, on white, in no more pixels than paper shows."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import cast

from PIL import Image, ImageOps

from assembler.pdf.overlay import Picture

DPI = 200
_SMALLEST_DPI = 96  # small pictures are not blown up beyond this
_JPEG_QUALITY = 88
_JPEG_MODES = ("L", "RGB")
_ORIENTATION = 0x0112
_LYING = (5, 6, 7, 8)  # orientations of pictures that were taken with the camera turned
_MOST_OBLONG = 4.0  # a dot that is longer is a mistake of who wrote the file
_WHITES = (1.0, 255.0, 65535.0)


def fitted(frame: Image.Image, source: Path, left: float, top: float, width: float, height: float) -> Picture:
    """The picture in the middle of a frame given in points, ``top`` from the upper edge of the page."""
    untouched = original(frame, source)
    own = measures(frame)
    scale = min(width / own[0], height / own[1], 72 / _SMALLEST_DPI)
    wide, high = own[0] * scale, own[1] * scale
    data = untouched if untouched and scale >= 72 / DPI else encoded(ImageOps.exif_transpose(frame), wide, high)
    return Picture(data, left + (width - wide) / 2, top + (height - high) / 2, wide, high)


def measures(image: Image.Image) -> tuple[float, float]:
    """Width and height as it is seen, in its finer dots: those of a fax are twice as high as they are wide."""
    width, height = float(image.width), float(image.height)
    across, down = (float(each) for each in image.info.get("dpi") or (1, 1))
    if 1 / _MOST_OBLONG <= (ratio := across / down if across > 0 and down > 0 else 1.0) <= _MOST_OBLONG:
        width, height = (width / ratio, height) if ratio < 1 else (width, height * ratio)
    return (height, width) if image.getexif().get(_ORIENTATION, 1) in _LYING else (width, height)


def original(frame: Image.Image, source: Path) -> bytes:
    """The bytes of a JPEG that needs no turning, to be embedded as they are; empty for anything else."""
    plain = frame.format == "JPEG" and frame.mode in _JPEG_MODES and frame.getexif().get(_ORIENTATION, 1) == 1
    frame.load()  # a damaged picture is found out here, not when it is printed
    return source.read_bytes() if plain else b""


def encoded(image: Image.Image, width: float, height: float) -> bytes:
    """The picture at no more than DPI on so many points: drawings and scans without loss, photographs as JPEG."""
    opaque = _opaque(image)
    room = (width * DPI / 72, height * DPI / 72)
    size = (max(1, round(min(opaque.width, room[0]))), max(1, round(min(opaque.height, room[1]))))
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
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        return _greys(image)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layered = image.convert("RGBA")
        paper = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(paper, layered).convert("RGB")
    return image.convert("RGB")


def _greys(image: Image.Image) -> Image.Image:
    """A picture of more than 8 bits a dot in greys; converted at once it would be all black or all white."""
    values = image.convert("F")
    least, most = cast("tuple[float, float]", values.getextrema())
    if image.mode.startswith("I;16"):
        darkest, lightest = 0.0, _WHITES[-1]
    else:  # what is white is told by the values alone
        darkest = min(least, 0.0)
        whites = _WHITES if image.mode == "F" else _WHITES[1:]
        lightest = next((white for white in whites if most <= white), most)
    scale = 255 / (lightest - darkest)
    return values.point(lambda value: value * scale + (0.5 - darkest * scale)).convert("L")

"""Pictures as they go into pages: upright, on white, in no more pixels than paper shows."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from assembler.pdf.overlay import Picture

DPI = 200
_SMALLEST_DPI = 96  # small pictures are not blown up beyond this
_JPEG_QUALITY = 88
_JPEG_MODES = ("L", "RGB")
_ORIENTATION = 0x0112


def fitted(frame: Image.Image, source: Path, left: float, top: float, width: float, height: float) -> Picture:
    """The picture in the middle of a frame given in points, ``top`` from the upper edge of the page."""
    untouched = original(frame, source)
    upright = ImageOps.exif_transpose(frame)
    scale = min(width / upright.width, height / upright.height, 72 / _SMALLEST_DPI)
    wide, high = upright.width * scale, upright.height * scale
    data = untouched if untouched and scale >= 72 / DPI else encoded(upright, scale)
    return Picture(data, left + (width - wide) / 2, top + (height - high) / 2, wide, high)


def original(frame: Image.Image, source: Path) -> bytes:
    """The bytes of a JPEG that needs no turning, to be embedded as they are; empty for anything else."""
    plain = frame.format == "JPEG" and frame.mode in _JPEG_MODES and frame.getexif().get(_ORIENTATION, 1) == 1
    frame.load()  # a damaged picture is found out here, not when it is printed
    return source.read_bytes() if plain else b""


def encoded(image: Image.Image, scale: float) -> bytes:
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

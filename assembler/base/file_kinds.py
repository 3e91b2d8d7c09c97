"""What a file is by its first bytes, whatever its name says: one home for all who take files that others made."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

HEAD = 1024  # bytes within which a PDF says that it is one, and all others at their beginning
PDF, OFFICE, MAIL, DRAWING = "PDF", "Office", "EML", "SVG"
ARCHIVE, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"  # how new and old files of Office begin
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HEADS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (ARCHIVE, OFFICE),
    (OLD_OFFICE, OFFICE),
    (b"{\\rtf", OFFICE),
)
# The brands by which photographs of telephones say what packs them, behind the fourth byte.
_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"), "HEIC"),
    **dict.fromkeys((b"avif", b"avis"), "AVIF"),
}
_PHOTOGRAPH = 30  # bytes a photograph of a telephone has at least before its brands end
# The endings of each kind; of pictures those that Windows, telephones and scanners give.
ENDINGS: Mapping[str, tuple[str, ...]] = {
    PDF: (".pdf",),
    "PNG": (".png",),
    "JPEG": (".jpg", ".jpeg", ".jfif", ".jpe", ".jif"),
    "GIF": (".gif",),
    "BMP": (".bmp", ".dib"),
    "TIFF": (".tif", ".tiff"),
    "WEBP": (".webp",),
    "HEIC": (".heic", ".heif", ".hif"),
    "AVIF": (".avif",),
    DRAWING: (".svg",),
    OFFICE: (
        *(".docx", ".docm", ".dotx", ".doc", ".odt", ".rtf"),
        *(".xlsx", ".xlsm", ".xls", ".ods"),
        *(".pptx", ".ppt", ".odp"),
    ),
    MAIL: (".eml",),
}
PICTURES = frozenset(("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "HEIC", "AVIF"))


def kind_of(head: bytes, name: str) -> str | None:
    """What a file is by its first HEAD bytes: a key of ENDINGS, or None of all else.

    Texts say by their name that they are an e-mail; archives and Office's own container may hold anything, and are
    taken for what their name says.
    """
    ending = PurePath(name).suffix.lower()
    if b"%PDF-" in head:
        return PDF
    found = _picture(head) or next((kind for begin, kind in _HEADS if head.startswith(begin)), None)
    if found == OFFICE:
        return OFFICE if ending in ENDINGS[OFFICE] else None
    if found:
        return found
    if b"<svg" in head or (ending in ENDINGS[DRAWING] and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")):
        return DRAWING
    return MAIL if ending in ENDINGS[MAIL] and b"\0" not in head else None


def is_locked(data: bytes) -> bool:
    """Whether a whole file of Office opens with a password only."""
    return data.startswith(OLD_OFFICE) and _ENCRYPTED in data


def named(name: str) -> str | None:
    """What a file is called by its ending: a key of ENDINGS."""
    ending = PurePath(name).suffix.lower()
    return next((kind for kind, endings in ENDINGS.items() if ending in endings), None)


def _picture(head: bytes) -> str | None:
    """The kinds that are told by more than how they begin."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp":
        brands = (head[at : at + 4] for at in (8, *range(16, _PHOTOGRAPH, 4)))
        return next((_BRANDS[brand] for brand in brands if brand in _BRANDS), None)
    # A text whose first word is «BMI» begins alike; no text of one byte a letter holds a zero.
    return "BMP" if head.startswith(b"BM") and b"\0" in head[:64] else None

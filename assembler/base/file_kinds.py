"""What a file is by its bytes, whatever its name says: one home for all who take files that others made. Each reader
says what it takes, and what to do with the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import Enum
from pathlib import Path, PurePath
from zipfile import ZipFile

from assembler.base.archives import part_of
from assembler.base.encodings import encoding_of
from assembler.base.foreign import attempt
from assembler.base.messages import Wording, wording

HEAD = 1024  # bytes within which a PDF says that it is one, and all others at their beginning
PDF, OFFICE, MAIL, DRAWING = "PDF", "Office", "EML", "SVG"
ARCHIVE, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"  # how new and old files of Office begin
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


# ---------------------------------------------------------------- what a whole file holds

SAMPLE = 1 << 16  # bytes by which a text is told from what is none
_MOST_OLD = 256 << 20  # of a file of old Office, whose names may stand anywhere in it
_MIME = 200  # bytes of the name a file of OpenDocument gives itself


class Content(Enum):
    """What a file holds, finer than what pages are made of; its value says so in a sentence."""

    EMPTY = wording("it is empty")
    WORKBOOK = wording("it is an Excel workbook")
    BINARY_WORKBOOK = wording("it is a binary workbook (.xlsb)")
    OLD_WORKBOOK = wording("it is a workbook of old Excel (.xls)")
    CALC = wording("it is an OpenDocument workbook (.ods)")
    WORD = wording("it is a Word file")
    OLD_WORD = wording("it is a Word 97–2003 file (.doc)")
    WRITER = wording("it is an OpenDocument file (.odt)")
    RICH = wording("it is a Rich Text file (.rtf)")
    SLIDES = wording("it is a PowerPoint file")
    DRAWING = wording("it is an OpenDocument drawing")
    LOCKED = wording("it is protected by a password")
    OUTLOOK = wording("it is a mail of Outlook (.msg)")
    MAIL = wording("it is an e-mail (.eml)")
    OLD_OFFICE = wording("it is a file of old Office, or one with a password")
    PDF = wording("it is a PDF")
    PICTURE = wording("it is a picture")
    PAGE = wording("it is a web page or XML file")
    PACKED = wording("it is a packed file")
    DATABASE = wording("it is a database")
    PROGRAM = wording("it is a program")
    FILM = wording("it is a film or a sound")
    FONT = wording("it is a font")
    BINARY = wording("it is no text")
    TEXT = wording("it is a text")
    BROKEN = wording("it is a packed file that is damaged, or was cut off")

    @property
    def said(self) -> Wording:
        return self.value


_CONTENTS: tuple[tuple[bytes, Content], ...] = (
    (b"%PDF-", Content.PDF),
    (b"{\\rtf", Content.RICH),
    (b"\x1f\x8b", Content.PACKED),
    (b"BZh", Content.PACKED),
    (b"\xfd7zXZ\0", Content.PACKED),
    (b"7z\xbc\xaf\x27\x1c", Content.PACKED),
    (b"Rar!\x1a\x07", Content.PACKED),
    (b"\x28\xb5\x2f\xfd", Content.PACKED),
    (b"MSCF\0", Content.PACKED),
    (b"PK\x05\x06", Content.PACKED),  # an archive that holds nothing
    (b"PK\x07\x08", Content.PACKED),
    (b"SQLite format 3\0", Content.DATABASE),
    (b"\0\x01\0\0Standard Jet DB", Content.DATABASE),
    (b"\0\x01\0\0Standard ACE DB", Content.DATABASE),
    (b"MZ\x90\0", Content.PROGRAM),
    (b"\x7fELF", Content.PROGRAM),
    (b"ID3", Content.FILM),
    (b"OggS\0", Content.FILM),
    (b"fLaC", Content.FILM),
    (b"\x1a\x45\xdf\xa3", Content.FILM),
    (b"\0\x01\0\0\0", Content.FONT),
    (b"OTTO\0", Content.FONT),
    (b"wOFF", Content.FONT),
    (b"wOF2", Content.FONT),
    (b"8BPS\0", Content.PICTURE),
    (b"\0\0\0\x0cjP  ", Content.PICTURE),
)
# A text may begin as these do; no text of one byte a letter holds a zero.
_LIKE_TEXTS = (b"BZh", b"ID3", b"fLaC", b"wOFF", b"wOF2")
_PAGE = re.compile(rb"<(?:[!?]|[a-z][a-z0-9:]*[\s/>])")
# The lines an e-mail begins with, whatever a mail box writes before them, and those that only programs write.
_HEADERS = re.compile(rb"(?:From [^\n]*\n)?(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){3}")
_OF_MAIL = re.compile(rb"^(?:mime-version|received|message-id|return-path):", re.IGNORECASE | re.MULTILINE)
_LONGEST_HEAD = 8192
# How old Office calls its streams, in UTF-16.
_STREAMS: tuple[tuple[str, Content], ...] = (
    ("EncryptedPackage", Content.LOCKED),
    ("Workbook", Content.OLD_WORKBOOK),
    ("WordDocument", Content.OLD_WORD),
    ("PowerPoint Document", Content.SLIDES),
    ("__substg1.0_", Content.OUTLOOK),
    ("Book", Content.OLD_WORKBOOK),
)
_MIMES: tuple[tuple[bytes, Content], ...] = (
    (b"opendocument.spreadsheet", Content.CALC),
    (b"opendocument.text", Content.WRITER),
    (b"opendocument.presentation", Content.SLIDES),
    (b"opendocument", Content.DRAWING),
)
_PARTS: tuple[tuple[Callable[[str], bool], Content], ...] = (
    (lambda name: name.startswith("word/"), Content.WORD),
    (lambda name: name.startswith("ppt/"), Content.SLIDES),
    (lambda name: name.endswith("workbook.bin"), Content.BINARY_WORKBOOK),
    (lambda name: name.startswith("xl/"), Content.WORKBOOK),
)


def content_of(path: Path) -> Content:
    """What a file holds, by its bytes and, of archives, by the names in them. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    if head.startswith(ARCHIVE):
        return attempt(lambda: _content_of_archive(path), path, Content.BROKEN)
    if head.startswith(OLD_OFFICE):
        with path.open("rb") as file:
            return _content_of_old(file.read(_MOST_OLD))
    return content_of_bytes(head)


def content_of_bytes(data: bytes) -> Content:
    """What bytes are by how they begin; of an archive only that it is packed."""
    if not data:
        return Content.EMPTY
    if data.startswith(ARCHIVE):
        return Content.PACKED
    if data.startswith(OLD_OFFICE):
        return _content_of_old(data)
    sample = data[:SAMPLE]
    for begin, content in _CONTENTS:
        if sample.startswith(begin) and (begin not in _LIKE_TEXTS or b"\0" in sample):
            return content
    begin = sample.lstrip(b"\xef\xbb\xbf \t\r\n")
    if _PAGE.match(begin[:HEAD].lower()):
        return Content.PAGE
    if begin.startswith((b"%PDF-", b"{\\rtf")):  # behind blanks
        return Content.PDF if begin.startswith(b"%") else Content.RICH
    # A list whose first column is called «GIF8» begins as some pictures do.
    if b"\0" in sample and (_picture(sample[:HEAD]) or any(sample.startswith(each) for each, _ in _HEADS)):
        return Content.PICTURE
    if sample[4:8] == b"ftyp" or (sample[:4] == b"RIFF" and sample[8:12] in (b"AVI ", b"WAVE")):
        return Content.FILM
    if sample[257:262] == b"ustar":
        return Content.PACKED
    if _HEADERS.match(sample) and _OF_MAIL.search(sample[:_LONGEST_HEAD]):
        return Content.MAIL
    return Content.BINARY if encoding_of(sample) is None else Content.TEXT


def _content_of_old(data: bytes) -> Content:
    found = next((content for name, content in _STREAMS if name.encode("utf-16-le") in data), Content.OLD_OFFICE)
    is_guarded = (found == Content.OLD_WORKBOOK and _is_guarded_sheet(data)) or (
        found == Content.OLD_WORD and _is_guarded_text(data)
    )
    return Content.LOCKED if is_guarded else found


# How the book of old Excel begins, and how many bytes stand before what follows; the record that says how it is locked.
_BOOK, _BOOK_LENGTH, _FILE_PASS = b"\x09\x08\x10\x00\x00\x06\x05\x00", 20, 0x2F
# How the text of old Word begins, at a sector; where it says that it is locked.
_OLD_TEXT, _SECTOR, _FLAGS, _IS_LOCKED = b"\xec\xa5", 512, 11, 1


def _is_guarded_sheet(data: bytes) -> bool:
    """Whether one of the first records of the book says so; one that only guards against writing may stand before."""
    at = data.find(_BOOK) + _BOOK_LENGTH
    for _ in range(3 if at >= _BOOK_LENGTH else 0):
        if int.from_bytes(data[at : at + 2], "little") == _FILE_PASS:
            return True
        at += 4 + int.from_bytes(data[at + 2 : at + 4], "little")
    return False


def _is_guarded_text(data: bytes) -> bool:
    begins = (at for at in range(_SECTOR, len(data), _SECTOR) if data.startswith(_OLD_TEXT, at))
    return any(at + _FLAGS < len(data) and data[at + _FLAGS] & _IS_LOCKED for at in begins)


def _content_of_archive(path: Path) -> Content:
    with ZipFile(path) as archive:
        names = archive.namelist()
        if "mimetype" in names:
            said = part_of(archive, "mimetype", SAMPLE)[:_MIME]
            if found := next((content for word, content in _MIMES if word in said), None):
                return _unless_locked(archive, found)
    return next((content for is_of, content in _PARTS if any(map(is_of, names))), Content.PACKED)


def _unless_locked(archive: ZipFile, found: Content) -> Content:
    """OpenDocument packs what a password guards as it packs all else; its manifest says how it is to be unlocked."""
    manifest = "META-INF/manifest.xml"
    if manifest in archive.namelist() and b"encryption-data" in part_of(archive, manifest, 16 << 20):
        return Content.LOCKED
    return found

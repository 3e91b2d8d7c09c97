"""What a file that is to be a Word document really is: read as one, or told in words why it cannot be."""

from __future__ import annotations

import io
from pathlib import Path
from zipfile import ZipFile, is_zipfile

from assembler.base.file_kinds import OLD_OFFICE, is_locked
from assembler.base.foreign import attempt
from assembler.base.messages import Wording, wording

_TYPES = "[Content_Types].xml"
_DOCUMENT = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
# Word's templates and documents with macros differ from documents by this name alone.
_LIKE_DOCUMENTS = (
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    b"application/vnd.ms-word.document.macroEnabled.main+xml",
    b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)
_STRICT = b"http://purl.oclc.org/ooxml/"
_HEAD, _MOST = 2048, 200_000_000


def readable(file: Path) -> Path | io.BytesIO:
    """The file, or a copy in memory that says it is a document where it is a template of Word or has macros.

    Raises what a damaged archive raises.
    """
    with ZipFile(file) as archive:
        types = archive.read(_TYPES)
        if not any(one in types for one in _LIKE_DOCUMENTS):
            return file
        for one in _LIKE_DOCUMENTS:
            types = types.replace(one, _DOCUMENT)
        copy = io.BytesIO()
        with ZipFile(copy, "w") as target:
            for entry in archive.infolist():
                target.writestr(entry, types if entry.filename == _TYPES else archive.read(entry))
    copy.seek(0)
    return copy


def mistaken_for_word(file: Path) -> Wording | None:
    """What a file is that cannot be read as a Word document, in words; None when nobody can tell."""
    return attempt(lambda: _mistaken(file), file, None)


def _mistaken(file: Path) -> Wording | None:
    if is_zipfile(file):
        return _kind_of_archive(file)
    data = file.read_bytes() if file.stat().st_size < _MOST else b""
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if not data:
        return wording("it is empty")
    if is_locked(data):
        return wording("it is protected by a password")
    if data.startswith(OLD_OFFICE):
        return wording("it is a Word 97–2003 file (.doc)")
    if head.startswith(b"{\\rtf"):
        return wording("it is a Rich Text file (.rtf)")
    if head.startswith(b"%pdf"):
        return wording("it is a PDF")
    return wording("it is a web page or XML file") if head.startswith(b"<") else None


def _kind_of_archive(file: Path) -> Wording | None:
    with ZipFile(file) as archive:
        names = archive.namelist()
        if "mimetype" in names and b"opendocument" in archive.read("mimetype"):
            return wording("it is an OpenDocument file (.odt)")
        if "_rels/.rels" in names and _STRICT in archive.read("_rels/.rels"):
            return wording("it is saved as «Strict Open XML»")
    return None

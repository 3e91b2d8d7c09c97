"""What a file that is to be a Word document really is: read as one, or told in words why it cannot be."""

from __future__ import annotations

import io
from pathlib import Path
from zipfile import ZipFile

from assembler.base.archives import part_of
from assembler.base.file_kinds import Content, content_of
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
_MOST = 1 << 20


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
    content = content_of(file)
    if content == Content.WORD:
        return wording("it is saved as «Strict Open XML»") if _is_strict(file) else None
    return None if content in (Content.TEXT, Content.BINARY, Content.BROKEN) else content.said


def _is_strict(file: Path) -> bool:
    with ZipFile(file) as archive:
        return "_rels/.rels" in archive.namelist() and _STRICT in part_of(archive, "_rels/.rels", _MOST)

"""Word files opened with care and written so that the same content is always the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.opc.pkgwriter import PackageWriter
from docx.oxml.ns import qn
from lxml import etree

from assembler.base.foreign import UnreadableError, foreign
from assembler.base.problems import AssemblerError, ExitCode, Place, problem
from assembler.base.tongue import tongue
from assembler.documents.kinds import mistaken_for_word, readable

# A Word file that is open, as those name it who only hand it on.
Opened: TypeAlias = Document

_EPOCH = (1980, 1, 1, 0, 0, 0)
_WRITTEN = datetime(2021, 3, 21)
_LONGEST_PROPERTY = 255
_MARGIN = re.compile(r"word/(header|footer)\d*\.xml")


def open_checked(file: Path) -> Document:
    """The Word document in the file; raises AssemblerError (``template-broken``) when it is none."""
    with within(file):
        opened = readable(file)
        document = docx.Document(str(opened) if isinstance(opened, Path) else opened)
        _probe(document)
        return document


@contextmanager
def within(file: Path) -> Iterator[None]:
    """Works at a Word document that others made inside; raises AssemblerError (``template-broken``) for whatever
    cannot be made of it.
    """
    try:
        with foreign(file):
            yield
    except (UnreadableError, OSError) as error:
        reason = mistaken_for_word(file) or (error.reason if isinstance(error, UnreadableError) else error.strerror)
        found = problem("template-broken", Place(file=str(file)), reason=reason)
        raise AssemblerError([found], ExitCode.TEMPLATE) from error


def _probe(document: Document) -> None:
    """Asks for all that a document must have: where another part is called so, or none, it raises here."""
    _ = document.element.body, document.styles.element, document.settings.element, document.core_properties.title
    for section in document.sections:
        _ = section.page_width, section.header.is_linked_to_previous, section.footer.is_linked_to_previous


def set_properties(document: Document, title: str, author: str) -> None:
    """Title, author and language; the dates are fixed, because the time of the build is no part of the document."""
    core = document.core_properties
    core.title = title[:_LONGEST_PROPERTY]
    core.author = core.last_modified_by = author[:_LONGEST_PROPERTY]
    core.language = tongue().code
    core.created = core.modified = _WRITTEN
    core.revision = 1


def save(document: Document, out: Path) -> None:
    """Write the document: the same content gives the same bytes."""
    members, package = _Members(), document.part.package
    writer: Any = PackageWriter
    writer._write_content_types_stream(members, package.parts)
    writer._write_pkg_rels(members, package.rels)
    writer._write_parts(members, package.parts)
    out.write_bytes(_archive(members))


class _Members(dict[str, bytes]):
    """What python-docx would write into an archive, by name: so it is compressed once only."""

    def write(self, name: PackURI, data: bytes) -> None:
        self[name.membername] = data


def normalise_zip(data: bytes) -> bytes:
    """The same archive with fixed times and attributes, its members in order after the list of content types."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return _archive({name: source.read(name) for name in source.namelist()})


def _archive(members: Mapping[str, bytes]) -> bytes:
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(members, key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            target.writestr(entry, members[name], compresslevel=6)
    return result.getvalue()


def story_parts(document: Document) -> list[XmlPart]:
    """The parts that hold text: the body, then headers and footers by name."""
    kinds = (RELATION.HEADER, RELATION.FOOTER)
    rels = (rel for rel in document.part.rels.values() if not rel.is_external)
    linked = {rel.target_part for rel in rels if rel.reltype in kinds}
    others = [part for part in linked if isinstance(part, XmlPart)]
    return [document.part, *sorted(others, key=lambda part: str(part.partname))]


def margin_texts(file: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The texts of a Word file's headers and of its footers; lines with fields, such as page numbers, are left out."""
    with zipfile.ZipFile(file) as archive:
        roots = {name: etree.fromstring(archive.read(name)) for name in archive.namelist() if _MARGIN.fullmatch(name)}
    headers, footers = (
        tuple(_fixed_text(root) for name, root in roots.items() if kind in name) for kind in ("header", "footer")
    )
    return headers, footers


def _fixed_text(root: etree._Element) -> str:
    fields = (qn("w:fldChar"), qn("w:fldSimple"))
    lines = (one for one in root.iter(qn("w:p")) if next(one.iter(*fields), None) is None)
    return "\n".join("".join(text.text or "" for text in line.iter(qn("w:t"))) for line in lines)

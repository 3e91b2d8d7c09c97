"""The embedded draft engine: pages without LibreOffice, good enough to read, not to sign.

Its pages carry named destinations like those LibreOffice writes, so headings and signature lines are found in them.
"""

from __future__ import annotations

import importlib.metadata
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NullObject

from assembler.base.problems import AssemblerError, ExitCode, problem
from assembler.pdf.finish import publish
from assembler.pdf.fonts import FontSet
from assembler.pdf.positions import Position, destination_name

if TYPE_CHECKING:
    import rdocx

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def version() -> str | None:
    """The version of the draft engine, None when it is not installed."""
    try:
        return importlib.metadata.version("rdocx")
    except importlib.metadata.PackageNotFoundError:
        return None


def convert(documents: Sequence[Path], out: Path, *, fonts: FontSet) -> tuple[Path, ...]:
    """Convert ``.docx`` files to ``out/<stem>.pdf`` and return the results in the same order; always the same bytes.

    Raises AssemblerError: ``draft-engine-missing``, ``draft-engine-failed`` (one problem a document),
    ``output-unwritable``.
    """
    if version() is None:
        raise AssemblerError([problem("draft-engine-missing")], ExitCode.ENGINE)
    faces = _faces(fonts)
    results, problems = [], []
    for document in documents:
        try:
            results.append((out / f"{document.stem}.pdf", _draw(document, faces)))
        except Exception as error:  # the engine's errors have no common base; each names its document
            problems.append(problem("draft-engine-failed", name=document.name, reason=str(error)))
    if problems:
        raise AssemblerError(problems, ExitCode.ENGINE)
    for target, data in results:
        publish(target, data)
    return tuple(target for target, _ in results)


def _faces(fonts: FontSet) -> list[tuple[str, bytes]]:
    """The fonts under the names the documents use for them."""
    faces = [(face.family, file.read_bytes()) for face in fonts.faces for file in face.files]
    return faces + ([(fonts.fallback.family, fonts.fallback.regular.read_bytes())] if fonts.fallback else [])


def _draw(path: Path, faces: list[tuple[str, bytes]]) -> bytes:
    import rdocx

    document = rdocx.Document(str(path))
    reader = PdfReader(BytesIO(document.to_pdf(fonts=faces)))
    writer = PdfWriter()
    writer.append(reader, import_outline=False)
    heights = [float(page.mediabox.height) for page in writer.pages]
    _name_destinations(writer, _positions(path, document, faces, heights))
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _positions(
    path: Path, document: rdocx.Document, faces: list[tuple[str, bytes]], heights: Sequence[float]
) -> Iterator[tuple[str, Position]]:
    """Each bookmark at the upper edge of the paragraph or table it stands in."""
    places: dict[int, Position] = {}
    for fragment in document.layout(fonts=faces):
        page = fragment.physical_page - 1
        if page < len(heights):
            top = heights[page] - fragment.bounds.y
            places.setdefault(fragment.body_index, Position(page, fragment.bounds.x, top))
    for name, index in _bookmarks(path):
        if index in places:
            yield name, places[index]


def _bookmarks(path: Path) -> Iterator[tuple[str, int]]:
    """The bookmarks of a document with the index of the body's child each stands in."""
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("word/document.xml"), etree.XMLParser(resolve_entities=False))
    body = root.find(f"{_WORD}body")
    for index, child in enumerate(body if body is not None else ()):
        for mark in child.iter(f"{_WORD}bookmarkStart"):
            yield mark.get(f"{_WORD}name", ""), index


def _name_destinations(writer: PdfWriter, positions: Iterator[tuple[str, Position]]) -> None:
    names = DictionaryObject()
    for name, position in positions:
        page = writer.pages[position.page].indirect_reference
        where = (FloatObject(f"{position.x:.2f}"), FloatObject(f"{position.y:.2f}"))
        target = ArrayObject([page, NameObject("/XYZ"), *where, NullObject()])
        names[NameObject("/" + destination_name(name))] = target
    writer.root_object[NameObject("/Dests")] = writer._add_object(names)

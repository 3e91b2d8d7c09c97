"""The copy of a Word file that is printed, and what the printed pages give back to the editable one."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from assembler.base.persian import persian_digits
from assembler.documents.blocks import blank_page, placed_name
from assembler.documents.conditions import draw_conditions
from assembler.documents.embedding import Carried, embed_fonts
from assembler.documents.holding import hold_brackets
from assembler.documents.markup import bookmark_name, parse
from assembler.documents.merges import mark_merges
from assembler.documents.numbering import type_numbers
from assembler.documents.package import open_checked, save, story_parts
from assembler.documents.page_numbers import number_lines
from assembler.documents.page_references import open_contents, settle, write_pages
from assembler.documents.page_total import say_total
from assembler.documents.sequences import type_fields
from assembler.model.merged import MergedLabel

_NOTHING: Mapping[str, int] = MappingProxyType({})
# What may follow w:pgNumType in a section.
_AFTER_NUMBERING = tuple(
    qn(f"w:{name}")
    for name in (
        "cols",
        "formProt",
        "vAlign",
        "noEndnote",
        "titlePg",
        "textDirection",
        "bidi",
        "rtlGutter",
        "docGrid",
        "printerSettings",
        "sectPrChange",
    )
)


def print_copy(docx: Path | Document, out: Path, *, first_page: int) -> tuple[MergedLabel, ...]:
    """Writes the variant that is converted, as ``prepare`` makes it, its pages counted from ``first_page``."""
    document = open_checked(docx) if isinstance(docx, Path) else docx
    merged = prepare(document)
    _start_at(document, first_page)
    save(document, out)
    return merged


def prepare(document: Document) -> tuple[MergedLabel, ...]:
    """Makes a document the one that is converted: page-number lines empty but as high as before, numbers of headings,
    lists and captions as text, brackets kept with their numbers, and the pages of placed letters white, over which the
    real pages are laid afterwards. Returns the labels that may have to be said again on its pages.
    """
    _empty_page_numbers(document)
    say_total(document, "")
    type_numbers(document)
    type_fields(document.element.body)
    open_contents(document.element.body)
    draw_conditions(document)
    merged = mark_merges(document)
    for part in story_parts(document):
        hold_brackets(part.element)
    for drawing in document.element.body.iter(qn("wp:docPr")):
        if drawing.get("name", "").startswith(placed_name("")):
            _replace(document, drawing, blank_page())
    return merged


def fill_contents(
    docx: Path,
    pages: Mapping[str, int],
    pictures: Mapping[str, Sequence[Path]],
    *,
    first_page: int | None = None,
    behind: Mapping[str, int] = _NOTHING,
    total: int = 0,
    fonts: Sequence[Carried] = (),
) -> None:
    """Write the page numbers of the anchors into the contents of the editable file, in place, and the real pictures
    of placed letters by part name; those of the evidence ``behind`` it are text, as Word cannot count them. With
    ``first_page`` Word counts the pages from there, as the packet does; ``total`` is how many that has. The file
    carries the ``fonts``.
    """
    document = open_checked(docx)
    if total:
        say_total(document, persian_digits(str(total)))
    known = {bookmark_name(anchor): page for anchor, page in (*pages.items(), *behind.items())}
    write_pages(document.element.body, known)
    settle(document.element.body, behind)
    wanted = {
        placed_name(part, page): picture for part, found in pictures.items() for page, picture in enumerate(found)
    }
    for drawing in list(document.element.body.iter(qn("wp:docPr"))):
        picture = wanted.get(drawing.get("name", ""))
        if picture:
            _replace(document, drawing, picture.read_bytes())
    if first_page is not None:
        _start_at(document, first_page)
    if fonts:
        embed_fonts(document, fonts)
    save(document, docx)


def _empty_page_numbers(document: Document) -> None:
    for line in list(number_lines(document)):
        for child in [one for one in line if one.tag != qn("w:pPr")]:
            line.remove(child)


def _start_at(document: Document, first_page: int) -> None:
    section = next(document.element.body.iter(qn("w:sectPr")))
    numbering = section.find(qn("w:pgNumType"))
    if numbering is None:
        numbering = parse("<w:sectPr><w:pgNumType/></w:sectPr>")[0][0]
        following = next((child for child in section if child.tag in _AFTER_NUMBERING), None)
        if following is None:
            section.append(numbering)
        else:
            following.addprevious(numbering)
    numbering.set(qn("w:start"), str(first_page))


def _replace(document: Document, drawing: etree._Element, picture: bytes) -> None:
    """Show another picture at the same size."""
    relation, _ = document.part.get_or_add_image(io.BytesIO(picture))
    for blip in drawing.getparent().iter(qn("a:blip")):
        blip.set(qn("r:embed"), relation)
    _drop_unused_pictures(document)


def _drop_unused_pictures(document: Document) -> None:
    used = {value for element in document.element.iter(etree.Element) for value in element.attrib.values()}
    for key, relation in list(document.part.rels.items()):
        if relation.reltype.endswith("/image") and key not in used:
            document.part.rels.pop(key)

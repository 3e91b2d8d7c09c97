"""One part of the packet as a Word file: the template filled, then its body set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from assembler.base.problems import AssemblerError, ExitCode, Place, problem
from assembler.base.tongue import tongue
from assembler.documents import codes, fields, spacing, styles
from assembler.documents.blocks import Builder, Room, build, fits_upright, placed_size
from assembler.documents.conditions import settle_bold
from assembler.documents.continuing import continue_letter
from assembler.documents.drawings import Drawings
from assembler.documents.endings import hold_endings
from assembler.documents.leftwards import turn_left
from assembler.documents.markup import end, parse, signature_bookmark
from assembler.documents.numbering import Lists
from assembler.documents.opening import open_template, text_of
from assembler.documents.outside import drop_outside
from assembler.documents.package import save, set_properties
from assembler.documents.page_numbers import add_number_lines, mark_persian
from assembler.documents.page_total import mark_total
from assembler.documents.sequences import settle_references
from assembler.documents.stretches import Orientation, is_short, stretches
from assembler.model.packet import FigureBlock, GridBlock, Part, Signer
from assembler.model.templates import BODY, DOCUMENT_ID, PAGES, SIGNATURE

_TWIPS_PER_CM = 1440 / 2.54
_DEFAULT_ROOM = Room(width=16.4, height=25.0, twips=9298)  # the report body as it is delivered


def write_part(
    part: Part,
    template: Path,
    out: Path,
    *,
    title: str,
    author: str,
    pictures: Mapping[str, Sequence[Path]],
    drawings: Drawings,
    chart_font: Path | None = None,
    closer: int = 0,
) -> Document:
    """Write the part to ``out`` as a Word file that is the same, byte for byte, every time; returns it open.

    ``pictures`` are the PNG pages of placed letters by part name (a white page stands in for a missing one),
    ``drawings`` gives charts and diagrams, ``chart_font`` is a font file with Persian letters; ``closer`` is by how
    many degrees lines are set closer than the template has them.
    Raises AssemblerError with ``template-*`` problems when the template cannot be filled.
    """
    code = part.document_id
    document, marks = fields.render(template, {**part.fields, DOCUMENT_ID: code.content if code else ""})
    drop_outside(document)
    styles.lend(document)
    if tongue().direction == "ltr":
        turn_left(document)
    if part.numbered:
        add_number_lines(document)
    if tongue().digits == "persian":
        mark_persian(document)
    _sign(document, marks[SIGNATURE], part.signer)
    if PAGES in marks:
        mark_total(document, marks[PAGES])
    codes.stamp(document, marks.get(DOCUMENT_ID, ""), code, part.fields)
    if any(isinstance(block, GridBlock) for block in part.blocks):
        settle_bold(document)
    builder = _builder(document, part, pictures, drawings, chart_font)
    document = _fill(document, marks[BODY], builder, template)
    if part.kind == "letter":
        continue_letter(document, part.fields)
    if part.kind == "body":
        hold_endings(document)
    spacing.set_closer(document, closer)
    set_properties(document, title, author)
    save(document, out)
    return document


def letter_picture_size(figure: FigureBlock, template: Path | None = None) -> tuple[float, float]:
    """Width and height in cm of a placed letter's page inside the body that ``template`` makes."""
    if template is None:
        return placed_size(figure.width, _DEFAULT_ROOM)
    return placed_size(figure.width, _rooms(_Sections.of(open_template(template)))["portrait"])


# ---------------------------------------------------------------- the signature


def _sign(document: Document, mark: str, signer: Signer | None) -> None:
    """Bookmark the paragraph kept for the signature; without a signer it goes."""
    for found in _paragraphs_holding(document, mark):
        if signer is None:
            found.getparent().remove(found)
            continue
        _empty(found)
        name = signature_bookmark(signer.key)
        found.extend(parse(f'<w:bookmarkStart w:id="999" w:name="{name}"/><w:bookmarkEnd w:id="999"/>'))
        spacing.keep_together(found, document)


def _paragraphs_holding(document: Document, mark: str) -> list[etree._Element]:
    return [one for one in document.element.body.iter(qn("w:p")) if mark in text_of(one)]


def _empty(element: etree._Element) -> None:
    for child in list(element):
        if child.tag != qn("w:pPr"):
            element.remove(child)


# ---------------------------------------------------------------- the body


@dataclass(frozen=True)
class _Sections:
    """The page set-ups of a template: its first section, and the second as the model of wide pages."""

    portrait: etree._Element
    landscape: etree._Element

    @classmethod
    def of(cls, document: Document) -> _Sections:
        found = list(document.element.body.iter(qn("w:sectPr")))
        return cls(found[0], found[1] if len(found) > 1 else _turned(found[0]))


def _turned(section: etree._Element) -> etree._Element:
    turned = deepcopy(section)
    size = turned.find(qn("w:pgSz"))
    if size is not None:
        width, height = size.get(qn("w:w")), size.get(qn("w:h"))
        size.set(qn("w:w"), height)
        size.set(qn("w:h"), width)
        size.set(qn("w:orient"), "landscape")
    return turned


def _rooms(sections: _Sections) -> dict[Orientation, Room]:
    return {"portrait": _room(sections.portrait), "landscape": _room(sections.landscape)}


def _room(section: etree._Element) -> Room:
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    if size is None or margins is None:
        return _DEFAULT_ROOM

    def twips(element: etree._Element, name: str) -> int:
        return abs(int(element.get(qn(f"w:{name}"), "0")))

    across = twips(size, "w") - twips(margins, "left") - twips(margins, "right") - twips(margins, "gutter")
    down = twips(size, "h") - twips(margins, "top") - twips(margins, "bottom")
    return Room(across / _TWIPS_PER_CM, down / _TWIPS_PER_CM, across)


def _builder(
    document: Document, part: Part, pictures: Mapping[str, Sequence[Path]], drawings: Drawings, chart_font: Path | None
) -> Builder:
    rooms = _rooms(_Sections.of(document))
    look, lists = styles.table_look(document), Lists.of(document)
    return Builder(document, part.blocks, rooms, look, pictures, drawings, chart_font, lists=lists)


def _fill(document: Document, mark: str, builder: Builder, template: Path) -> Document:
    """The document with the blocks where the mark stood. It is parsed anew: moving big tables between trees is slow."""
    holders = _paragraphs_holding(document, mark)
    if not holders and not builder.blocks:
        return document
    _check_body(document, holders, template)
    sections = _Sections.of(document)
    known = styles.substitutes(document)
    turned_page = builder.rooms["landscape"]
    runs = stretches(
        builder.blocks,
        lambda grid: fits_upright(grid, builder.rooms, builder.look),
        lambda texts: is_short(texts, turned_page.twips, turned_page.twips_down),
    )
    made = [(turned, styles.rename(build(builder, blocks, turned), known)) for turned, blocks in runs]
    builder.lists.install(document)
    turns = _lay_out(document.element.body, holders[0], [turned for turned, _ in made], sections)
    whole = etree.tostring(document.element, encoding="unicode")
    for number, (_, markup) in enumerate(made):
        whole = whole.replace(f"<!--stretch {number}-->", markup, 1)
    root = parse_xml(whole)
    _close_sections(root.find(qn("w:body")), turns, sections)
    document.part._element = root
    settle_references(root)
    result: Document = document.part.document
    return result


def _check_body(document: Document, holders: list[etree._Element], template: Path) -> None:
    if len(holders) != 1 or holders[0].getparent() is not document.element.body:
        fault = problem("template-missing-placeholder", Place(file=str(template)), what="{{ body }}")
        raise AssemblerError([fault], ExitCode.TEMPLATE)


def _lay_out(
    body: etree._Element, holder: etree._Element, turns: list[Orientation], sections: _Sections
) -> list[Orientation]:
    """Put comments where the stretches and the ends of sections go; returns the orientation of every section."""
    before, after = _around(body, holder)
    pieces: list[tuple[Orientation, list[etree._Element]]] = [
        (turned, [etree.Comment(f"stretch {number}")]) for number, turned in enumerate(turns)
    ]
    if not pieces or (before and turns[0] == "landscape"):
        pieces.insert(0, ("portrait", []))
    if after and pieces[-1][0] == "landscape":
        pieces.append(("portrait", []))
    pieces[0][1][:0] = before
    pieces[-1][1].extend(after)
    for child in list(body):
        body.remove(child)
    for number, (_, elements) in enumerate(pieces[:-1]):
        body.extend((*elements, etree.Comment(f"section {number}")))
    body.extend(pieces[-1][1])
    body.append(_section(sections, pieces[-1][0], first=len(pieces) == 1))
    return [turned for turned, _ in pieces]


def _close_sections(body: etree._Element, turns: list[Orientation], sections: _Sections) -> None:
    ends = [child for child in body.iterchildren(etree.Comment) if (child.text or "").startswith("section ")]
    for number, each in enumerate(ends):
        _close(each, _section(sections, turns[number], first=number == 0))
        body.remove(each)


def _around(body: etree._Element, holder: etree._Element) -> tuple[list[etree._Element], list[etree._Element]]:
    """What stands before the placeholder, and after it in the same section."""
    children = list(body)
    place = children.index(holder)
    after: list[etree._Element] = []
    ends_here = holder.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None  # LibreOffice ends a section so
    for child in () if ends_here else children[place + 1 :]:
        if child.tag == qn("w:sectPr"):
            break
        inner = child.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        if inner is not None:
            inner.getparent().remove(inner)
            if "".join(child.itertext()).strip():
                after.append(child)
            break
        after.append(child)
    return children[:place], after


def _section(sections: _Sections, turned: Orientation, *, first: bool) -> etree._Element:
    section = deepcopy(sections.portrait if turned == "portrait" else sections.landscape)
    if not first:
        for name in ("w:titlePg", "w:pgNumType"):
            for child in section.findall(qn(name)):
                section.remove(child)
    return section


def _close(mark: etree._Element, section: etree._Element) -> None:
    """End a section in the paragraph before the mark; after a table, in a tiny one of its own."""
    last = mark.getprevious()
    if last is None or last.tag != qn("w:p") or last.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
        last = parse(end())[0]
        mark.addprevious(last)
    properties = last.find(qn("w:pPr"))
    if properties is None:
        properties = parse("<w:p><w:pPr/></w:p>")[0][0]
        last.insert(0, properties)
    for change in properties.findall(qn("w:pPrChange")):
        properties.remove(change)
    properties.append(section)

"""Blocks as Word paragraphs, tables and pictures, gathered into portrait and landscape stretches."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from docx.document import Document
from docx.image.exceptions import UnrecognizedImageError
from docx.image.image import Image as WordImage
from PIL import Image, ImageOps

from assembler.base.persian import listed_texts, numbered
from assembler.base.pictures import opened
from assembler.base.scripts import with_persian_digits
from assembler.base.tongue import printed_words
from assembler.documents import drawings, markup
from assembler.documents.columns import Needs
from assembler.documents.drawings import Drawings
from assembler.documents.markup import PAGE_UNKNOWN, Numbers, bookmark_name, figure_bookmark, paragraph, runs, spans
from assembler.documents.numbering import NO_NUMBER, Lists
from assembler.documents.palette import Palette, palette_of
from assembler.documents.parting import parted
from assembler.documents.sequences import Sequences, counted_by, sequence_name
from assembler.documents.signatures import signatures
from assembler.documents.stretches import Orientation
from assembler.documents.styles import TableLook, contents_tabs, lend_list_style
from assembler.documents.tables import height_of, notes_inside, table
from assembler.documents.workflow.layout import is_turned, step_words
from assembler.model.packet import (
    Block,
    ChartBlock,
    ContentsBlock,
    FigureBlock,
    GridBlock,
    Heading,
    ListBlock,
    Listing,
    ListKind,
    PageBreak,
    Paragraph,
    SignaturesBlock,
    Span,
    Text,
    WorkflowBlock,
    WorkflowStep,
    direction_of,
    headings,
    plain,
)

_ROLES = {"body": "BodyText", "note": "Note", "card": "CardLine"}
_LEVELS = 4
_NO_KEEP = '<w:keepNext w:val="0"/>'
_NEW_PAGE = "<w:pageBreakBefore/>"
_OWN_PAGE = 8  # lines of contents that are worth a page of their own
_CAPTION_ROOM = 3.6  # cm of a page kept for the heading above and the caption below a picture
_UPRIGHT = 0.4  # of a page: a wide table that is not higher there need not turn the paper
_A4 = 297 / 210
_TWIPS_PER_CM = 1440 / 2.54
_LIST_LEVEL = 2  # of the contents, whose look the lists have
_LISTS: Mapping[ListKind, str] = {
    "tables": "فهرست جدول‌ها",
    "figures": "فهرست شکل‌ها و نمودارها",
    "evidence": "فهرست مستندات",
}
_NO_PICTURE = "تصویری ثبت نشده است"
_NO_STEPS = "گامی ثبت نشده است"
_CONTINUED = " (ادامه)"


@dataclass(frozen=True)
class Room:
    """The text area of a page, in cm, and the width in twips."""

    width: float
    height: float
    twips: int

    @property
    def twips_down(self) -> int:
        return round(self.height * _TWIPS_PER_CM)


@dataclass
class Builder:
    """What the blocks of one document share."""

    document: Document
    blocks: tuple[Block, ...]
    rooms: Mapping[Orientation, Room]
    look: TableLook
    pictures: Mapping[str, Sequence[Path]]
    drawings: Drawings
    chart_font: Path | None
    numbers: Numbers = field(default_factory=Numbers)
    lists: Lists = field(default_factory=Lists)
    sequences: Sequences = field(default_factory=Sequences)

    @cached_property
    def palette(self) -> Palette:
        """The colours of charts and diagrams."""
        return palette_of(self.document)

    @cached_property
    def diagram_size(self) -> float:
        """The size of letters, in points, of all diagrams of the document."""
        diagrams = [one for one in self.blocks if isinstance(one, WorkflowBlock) and not is_turned(one.steps)]
        room = _diagram_room(self.rooms["portrait"], *diagrams)
        return drawings.letters(self.drawings, diagrams, self.chart_font, **room)


def _diagram_room(room: Room, *diagrams: WorkflowBlock) -> dict[str, float]:
    """What each of the diagrams may take of a page, in cm."""
    return {"width": min((room.width, *(one.width for one in diagrams))), "height": room.height - _CAPTION_ROOM}


def placed_size(wanted: float, room: Room) -> tuple[float, float]:
    """Width and height in cm of a placed letter: an A4 page, made smaller when it would not fit one page."""
    width = min(wanted, room.width, (room.height - _CAPTION_ROOM) / _A4)
    return round(width, 3), round(width * _A4, 3)


def build(builder: Builder, blocks: Sequence[Block], orientation: Orientation) -> str:
    """The markup of one stretch. A page break becomes a property of what follows it, so no page stays empty."""
    room = builder.rooms[orientation]
    parts: list[str] = []
    fresh = False
    for block in blocks:
        if isinstance(block, PageBreak):
            fresh = bool(parts)
            if fresh:  # air at the foot of a full page would take a page of its own
                parts[-1] = parts[-1].removesuffix(_air())
            continue
        made = _MAKERS[type(block)](builder, block, room)
        parts.append(_on_new_page(made) if fresh else made)
        fresh = isinstance(block, ContentsBlock) and _lines_of(builder, block) >= _OWN_PAGE
        if isinstance(block, ContentsBlock) and not fresh:
            parts.append(_air())
    return _ended("".join(parts))


def _ended(made: str) -> str:
    """The markup of a stretch without air at its foot: behind a table that fills its page even the least line would
    take a page of its own.
    """
    made = made.removesuffix(_air())
    return made + markup.end() if made.endswith("</w:tbl>") else made


def _air() -> str:
    return paragraph("AfterTable", "")


def _on_new_page(made: str) -> str:
    """The markup with a page break before its first paragraph."""
    if made.startswith("<w:p>"):
        head, rest = made.split("/>", 1)  # the style stands first among the properties
        keep = "<w:keepNext/>" if rest.startswith("<w:keepNext/>") else ""
        keep = _NO_KEEP if rest.startswith(_NO_KEEP) else keep
        return f"{head}/>{keep}{_NEW_PAGE}{rest[len(keep) :]}"
    return paragraph("SectionEnd", "", before=_NEW_PAGE) + made


# ---------------------------------------------------------------- text


def _heading(builder: Builder, block: Heading, room: Room) -> str:
    style = f"Heading{min(max(block.level, 1), _LEVELS)}" if block.listed else "Subheading"
    belongs = builder.lists.heading(block.number, block.level) if block.listed else ""
    content = runs(heading_text(block) if belongs is None else with_persian_digits(block.text))
    if block.anchor:
        content = builder.numbers.bookmark(bookmark_name(block.anchor), content)
    return paragraph(style, content, before=NO_NUMBER if belongs is None else belongs)


def heading_text(block: Heading) -> str:
    """The heading as it is printed, its number first."""
    text = with_persian_digits(block.text)
    return numbered(block.number, text)


def _paragraph(builder: Builder, block: Paragraph, room: Room) -> str:
    # A line that ends before its paragraph does must not be stretched to the margin.
    direction = direction_of(block.text)
    alignment = "left" if direction or "\n" in plain(block.text) else ""
    before = "<w:keepNext/>" if block.kept else ""
    return paragraph(_ROLES[block.role], spans(block.text), alignment=alignment, before=before, direction=direction)


def _list(builder: Builder, block: ListBlock, room: Room) -> str:
    return "".join(_entries(builder, block, 1))


def _entries(builder: Builder, block: ListBlock, level: int) -> Iterator[str]:
    belongs = builder.lists.entries([entry.mark for entry in block.entries], level)
    for entry in block.entries:
        typed = "" if belongs else runs(entry.mark) + "<w:r><w:tab/></w:r>"
        yield paragraph(f"List{min(level, _LEVELS)}", typed + spans(entry.text), before=belongs)
        for inner in entry.lists:
            yield from _entries(builder, inner, level + 1)


def _caption(builder: Builder, anchor: str, text: Text, *, keep: bool) -> str:
    if not text:
        return ""
    content = builder.sequences.caption(anchor, text, builder.numbers)
    if anchor:
        content = builder.numbers.bookmark(bookmark_name(anchor), content)
    return paragraph("Caption", content, before="" if keep else _NO_KEEP)


def _notes(notes: Sequence[Text], *, follow: bool = False) -> str:
    """Notes below each other; the last one does not stand alone on a page, the first may ``follow`` others."""
    before = len(notes) - 1
    return "".join(
        paragraph(
            "TableNote",
            spans(note),
            before="<w:keepNext/>" if number == before else "",
            spacing='w:before="0"' if follow and number == 1 else "",
        )
        for number, note in enumerate(notes, 1)
    )


# ---------------------------------------------------------------- tables, contents


def fits_upright(grid: GridBlock, rooms: Mapping[Orientation, Room], look: TableLook) -> bool:
    """Whether a table for a wide page is small enough for an upright one, its words whole in type of the usual size."""
    room = rooms["portrait"]
    needs = sum(Needs.of((*grid.head, *grid.body), len(grid.widths)).sized(look.size)[1])
    return needs <= room.twips and height_of(grid, room.twips, look, room.twips_down) <= _UPRIGHT * room.twips_down


def _grid(builder: Builder, block: GridBlock, room: Room) -> str:
    parts = parted(block, room.twips, builder.look.size)
    return "".join(_table(builder, part, room) for part in parts)


def _table(builder: Builder, block: GridBlock, room: Room) -> str:
    made = table(block, room.twips, builder.look, room.twips_down) if block.head or block.body else ""
    if block.anchor and not block.caption:  # its page is found by its first paragraph
        made = made.replace("</w:p>", f"{builder.numbers.bookmark(bookmark_name(block.anchor), '')}</w:p>", 1)
    keep = bool(block.notes) or not block.caption_below
    caption = _caption(builder, block.anchor, block.caption, keep=keep)
    inside = notes_inside(block, room.twips, room.twips_down)
    notes = _notes(block.notes[inside:], follow=inside > 0)
    if block.caption_below:
        return made + caption + notes
    # Two tables in a row would grow together, and text after a table needs air.
    return caption + made + notes + _air()


def _listed(builder: Builder, block: ContentsBlock) -> list[Heading]:
    return [one for one in headings(builder.blocks) if one.level <= min(block.levels, _LEVELS)]


def _lines_of(builder: Builder, block: ContentsBlock) -> int:
    return len(_listed(builder, block)) + sum(len(each.entries) for each in block.lists)


def _contents(builder: Builder, block: ContentsBlock, room: Room) -> str:
    levels, listed = min(block.levels, _LEVELS), _listed(builder, block)
    title = paragraph("ContentsTitle", runs(block.title)) if block.title else ""
    if not listed:
        return title
    shown = _in_field(f'TOC \\o "1-{levels}" \\h \\z', [_entry(one) for one in listed])
    tabs = {level: contents_tabs(builder.document, level, room.twips) for level in {one.level for one in listed}}
    entries = (
        paragraph(f"TOC{one.level}", entry, before=tabs[one.level]) for one, entry in zip(listed, shown, strict=True)
    )
    return title + "".join(entries) + "".join(_listing(builder, one, room) for one in block.lists)


def _listing(builder: Builder, listing: Listing, room: Room) -> str:
    """A list behind the contents; the lines of evidence are where links of the Word file lead."""
    tabs = contents_tabs(builder.document, _LIST_LEVEL, room.twips)
    lines = []
    for anchor, words in listing.entries:
        page = markup.field(f"PAGEREF {bookmark_name(anchor)} \\h", PAGE_UNKNOWN)
        line = markup.link(anchor, spans(words) + markup.tab() + page)
        if listing.kind == "evidence":
            line = builder.numbers.bookmark(bookmark_name(anchor), line)
        lines.append(line)
    if word := counted_by([words for _, words in listing.entries]):
        lend_list_style(builder.document)
        lines = _in_field(f'TOC \\h \\z \\c "{sequence_name(word)}"', lines)
    shown = "".join(paragraph(f"TOC{_LIST_LEVEL}", line, before=tabs) for line in lines)
    return _air() + paragraph("ContentsTitle", runs(printed_words(_LISTS[listing.kind]))) + shown


def _in_field(code: str, lines: Sequence[str]) -> list[str]:
    """The lines within a field over all of them."""
    whole = markup.field(code, "")
    middle = whole.index("<w:r>", whole.index('"separate"'))
    made = list(lines)
    made[0] = whole[:middle] + made[0]
    made[-1] += whole[middle:]
    return made


def _entry(heading: Heading) -> str:
    page = markup.field(f"PAGEREF {bookmark_name(heading.anchor)} \\h", PAGE_UNKNOWN)
    content = runs(heading_text(heading)) + markup.tab() + page
    return markup.link(heading.anchor, content)


# ---------------------------------------------------------------- signatures


def _signatures(builder: Builder, block: SignaturesBlock, room: Room) -> str:
    return signatures(block, room.twips, builder.numbers)


# ---------------------------------------------------------------- pictures


def _figure(builder: Builder, block: FigureBlock, room: Room) -> str:
    if block.part:
        return _placed_letter(builder, block, room)
    if block.image:
        shown = paragraph("Figure", _image(builder, block.image, block.width, room, plain(block.caption)))
    else:
        shown = paragraph("Figure", runs(printed_words(_NO_PICTURE)))
    return shown + _caption(builder, block.anchor, block.caption, keep=False)


def _placed_letter(builder: Builder, block: FigureBlock, room: Room) -> str:
    """The letter's pages one under the other, white until their pictures are known; all but the last go on."""
    width, height = placed_size(block.width, room)
    sources = builder.pictures.get(block.part, ())
    pages = []
    for page in range(block.pages):
        relation = _embed(builder.document, sources[page].read_bytes() if page < len(sources) else blank_page())
        name = placed_name(block.part, page)
        number = builder.numbers.drawing()
        shown = markup.picture(relation, width, height, number, name, plain(block.caption), frame=True)
        marked = builder.numbers.bookmark(figure_bookmark(block.anchor, page), shown)
        pages.append(paragraph("PlacedLetter", marked))
        pages.append(_picture_caption(builder, block, page, keep=False))
    return "".join(pages)


def _picture_caption(builder: Builder, block: FigureBlock | WorkflowBlock, picture: int, *, keep: bool) -> str:
    """The caption below one of the pictures of a figure: its number stands below the first, where lists lead to; what
    follows continues it.
    """
    if picture == 0 or not block.caption:
        return _caption(builder, block.anchor, block.caption, keep=keep)
    return _caption(builder, "", (*block.caption, Span(printed_words(_CONTINUED))), keep=keep)


def placed_name(part: str, page: int = 0) -> str:
    """The name of the drawing that shows a page of this letter part."""
    return f"letter:{part}" + (f":{page}" if page else "")


def blank_page() -> bytes:
    """A small white PNG with the proportions of A4."""
    buffer = io.BytesIO()
    Image.new("L", (210, 297), 255).save(buffer, "PNG")
    return buffer.getvalue()


def _image(builder: Builder, image: Path, wanted: float, room: Room, description: str, name: str = "") -> str:
    data = _readable(image)
    known = WordImage.from_blob(data)
    ratio = known.px_height / known.px_width
    width = min(wanted, room.width, (room.height - _CAPTION_ROOM) / ratio)
    relation = _embed(builder.document, data)
    return markup.picture(
        relation, width, width * ratio, builder.numbers.drawing(), name or image.name, description, frame=False
    )


def _readable(image: Path) -> bytes:
    """The picture's bytes, upright and in a format Word knows."""
    data = image.read_bytes()
    with opened(io.BytesIO(data)) as picture:
        if picture.getexif().get(0x0112, 1) == 1 and _known(data):
            return data
        upright = ImageOps.exif_transpose(picture)
        buffer = io.BytesIO()
        upright.convert("RGBA" if "A" in upright.getbands() else "RGB").save(buffer, "PNG")
    return buffer.getvalue()


def _known(data: bytes) -> bool:
    try:
        WordImage.from_blob(data)
    except UnrecognizedImageError:
        return False
    return True


def _embed(document: Document, data: bytes) -> str:
    relation, _ = document.part.get_or_add_image(io.BytesIO(data))
    return relation


def _chart(builder: Builder, block: ChartBlock, room: Room) -> str:
    drawn = drawings.chart(builder.drawings, block, builder.palette, builder.chart_font)
    name = f"{bookmark_name(block.anchor or 'chart')}.png"
    picture = paragraph("Figure", _image(builder, drawn.files[0], block.width, room, drawn.told, name))
    return picture + _caption(builder, block.anchor, block.caption, keep=bool(block.notes)) + _notes(block.notes)


def _workflow(builder: Builder, block: WorkflowBlock, room: Room) -> str:
    """The diagram, in several pictures where it would not fit one page; what it shows in part stands in notes."""
    size = _diagram_room(room, *() if is_turned(block.steps) else (block,))
    letters = builder.diagram_size
    drawn = drawings.workflow(builder.drawings, block, builder.palette, builder.chart_font, **size, size=letters)
    if not drawn.files:
        caption = _caption(builder, block.anchor, block.caption, keep=bool(block.notes))
        return paragraph("Figure", runs(printed_words(_NO_STEPS))) + caption + _notes(block.notes)
    cut = tuple((Span(_whole(block.steps[step])),) for _, steps in drawn.told for step in steps)
    notes = (*cut, *block.notes)
    shown = []
    for number, (file, (described, _)) in enumerate(zip(drawn.files, drawn.told, strict=True)):
        description = f"{plain(block.caption)}: {described}"
        name = f"{bookmark_name(block.anchor or 'workflow')}{f'-{number + 1}' if number else ''}.png"
        shown.append(paragraph("Figure", _image(builder, file, size["width"], room, description, name)))
        shown.append(_picture_caption(builder, block, number, keep=bool(notes) and file is drawn.files[-1]))
    return "".join(shown) + _notes(notes)


def _whole(step: WorkflowStep) -> str:
    """A step whose text the diagram could show in part only."""
    words = listed_texts(word for word, _ in step.next if word)
    told = (f"{step_words(step.number)}: {step.action}", step.document, words)
    return printed_words("؛ ").join(filter(None, told))


_MAKERS: Mapping[type, Callable[..., str]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    ListBlock: _list,
    GridBlock: _grid,
    FigureBlock: _figure,
    ChartBlock: _chart,
    WorkflowBlock: _workflow,
    ContentsBlock: _contents,
    SignaturesBlock: _signatures,
}

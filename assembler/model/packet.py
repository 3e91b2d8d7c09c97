"""The packet: parts, blocks and texts as they will be printed, with nothing left to decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeAlias

from assembler.base.tongue import PERSIAN, Tongue
from assembler.model.answers import Attachment
from assembler.model.fields import Direction


@dataclass(frozen=True)
class Span:
    """A stretch of text; ``link`` names the anchor it leads to, ``strong`` text stands out, a ``raised`` one is the
    mark of a footnote, a ``chip`` says in a word or two how something stands. One that is ``cited`` leads to evidence
    behind its document, and is followed by its page; a ``key`` number stands large. Its ``direction`` is that of the
    page where it is «». A caption, or what leads to one, that is counted says by which word of captions: ``counter``;
    what leads to a ``section`` by its number ends with it.
    """

    text: str
    link: str = ""
    strong: bool = False
    raised: bool = False
    chip: bool = False
    cited: bool = False
    key: bool = False
    direction: Direction = ""
    counter: str = ""
    section: bool = False


Text = tuple[Span, ...]


def plain(text: Text) -> str:
    """The words of a text, without the marks of its footnotes."""
    return "".join(span.text for span in text if not span.raised)


def direction_of(text: Text) -> Direction:
    """The direction all of a line is read in; «» for that of the page."""
    found = {span.direction for span in text if span.text.strip() and not span.raised}
    return found.pop() if len(found) == 1 else ""


@dataclass(frozen=True)
class Heading:
    """A numbered heading of level 1… or, with ``number`` empty, a sub-heading that stays out of the contents."""

    text: str
    level: int
    number: str
    anchor: str
    listed: bool = True


@dataclass(frozen=True)
class Paragraph:
    """``role`` is body, note, or card: the line below the heading of an indicator. One that is ``kept`` stays on the
    page of what follows.
    """

    text: Text
    role: Literal["body", "note", "card"] = "body"
    kept: bool = False


@dataclass(frozen=True)
class ListEntry:
    """An entry with its printed mark («۱-», «•», «الف-»)."""

    mark: str
    text: Text
    lists: tuple[ListBlock, ...] = ()


@dataclass(frozen=True)
class ListBlock:
    entries: tuple[ListEntry, ...]


Align = Literal["start", "center", "end"]
CellKind = Literal["body", "head", "label", "group", "footer", "total", "closed"]


@dataclass(frozen=True)
class GridCell:
    """A cell of a grid, each standing once at its upper leading corner; ``lines`` are its paragraphs.

    ``mark`` is a superscript footnote mark after the last line.
    """

    lines: tuple[Text, ...] = ()
    columns: int = 1
    rows: int = 1
    align: Align = "start"
    kind: CellKind = "body"
    mark: str = ""


@dataclass(frozen=True)
class GridBlock:
    """A table as it is printed: leading column first (right-to-left), cells in reading order as in HTML.

    ``head`` rows repeat on every page. ``widths`` are relative. ``notes`` stand under the table. ``origins`` names
    the items it shows, as ``form.item``. Questions with their answers are a grid, not ``counted`` among the tables.
    One that is ``fit`` to shrink is set in smaller type where its words would be broken otherwise; one that is
    ``whole`` does not break over pages. The widths of a ``flexible`` one are where to begin: it becomes as low as
    others make it.
    """

    anchor: str
    caption: Text
    widths: tuple[float, ...]
    head: tuple[tuple[GridCell, ...], ...]
    body: tuple[tuple[GridCell, ...], ...]
    notes: tuple[Text, ...] = ()
    page: Literal["portrait", "landscape"] = "portrait"
    caption_below: bool = False
    origins: tuple[str, ...] = ()
    counted: bool = True
    fit: Literal["", "shrink"] = ""
    whole: bool = False
    flexible: bool = False


@dataclass(frozen=True)
class FigureBlock:
    """A picture with its caption below: an image file, or the ``pages`` of a letter part. ``width`` in cm."""

    anchor: str
    caption: Text
    image: Path | None = None
    part: str = ""
    width: float = 14.0
    pages: int = 1


@dataclass(frozen=True)
class Series:
    """A part of each bar of a chart, with its name for the legend; ``is_rest`` of what is left up to the whole."""

    label: str
    values: tuple[int | Decimal, ...]
    is_rest: bool = False


@dataclass(frozen=True)
class ChartBlock:
    """A chart drawn from data. ``values`` may be blank: the category then stands without a bar.

    With ``series`` each bar is made up of them and is as long as any other, and ``values`` are the sums.
    ``notes`` are printed under the caption («برگرفته از …»); ``decimals`` are those of the percentages.
    """

    anchor: str
    caption: Text
    kind: Literal["bar", "pie"]
    labels: tuple[str, ...]
    values: tuple[int | Decimal | None, ...]
    percent: bool = False
    decimals: int = 0
    width: float = 14.0
    notes: tuple[Text, ...] = ()
    series: tuple[Series, ...] = ()


StepKind = Literal["start", "action", "decision", "document", "end"]


@dataclass(frozen=True)
class WorkflowStep:
    """A step as drawn: ``number`` is how branches name it; ``next`` are the branches: their words («» for the only
    way on) and the number of the step they lead to."""

    number: str
    kind: StepKind
    actor: str
    action: str
    document: str = ""
    next: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class WorkflowBlock:
    """A process drawn from right to left: a lane an actor, its steps from top to bottom. ``width`` in cm."""

    anchor: str
    caption: Text
    steps: tuple[WorkflowStep, ...]
    width: float = 16.0
    notes: tuple[Text, ...] = ()


ListKind = Literal["tables", "figures", "evidence"]
LIST_KINDS: tuple[ListKind, ...] = ("tables", "figures", "evidence")


@dataclass(frozen=True)
class Listing:
    """A list behind the contents: the anchors of what it lists, each with its words."""

    kind: ListKind
    entries: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True)
class ContentsBlock:
    """The contents of the part it stands in: its headings down to ``levels``, then its ``lists``."""

    title: str
    levels: int = 3
    lists: tuple[Listing, ...] = ()


@dataclass(frozen=True)
class PageBreak:
    pass


@dataclass(frozen=True)
class Turn:
    """What follows stands on sheets of its own, all of one orientation; of None the blocks say it themselves again."""

    page: Literal["portrait", "landscape"] | None = None


@dataclass(frozen=True)
class Signer:
    """Who signs a part. ``key`` is unique in the packet and names the signature field."""

    key: str
    name: str
    post: str


@dataclass(frozen=True)
class SignaturesBlock:
    """Signers side by side, ``across`` in a row, in the order they sign."""

    signers: tuple[Signer, ...]
    across: int


Block = (
    Heading
    | Paragraph
    | ListBlock
    | GridBlock
    | FigureBlock
    | ChartBlock
    | WorkflowBlock
    | ContentsBlock
    | PageBreak
    | Turn
    | SignaturesBlock
)


@dataclass(frozen=True)
class DocumentId:
    """What the code on a letter's first page holds, and the number of the letter."""

    content: str
    number: str


# What a template may print: a text, a list of texts, or a list of rows of texts.
TemplateValue = str | tuple[str, ...] | tuple[Mapping[str, str], ...]


PartKind: TypeAlias = Literal["cover", "letter", "body", "evidence", "problems", "corrections"]
# Sheets that speak of a packet and are no part of what it says.
SHEETS: tuple[PartKind, ...] = ("problems", "corrections")


@dataclass(frozen=True)
class Part:
    """One document of the packet.

    ``placed`` letters are shown inside another part (a FigureBlock names them) and take no pages of their own.
    ``files`` are the pieces of an evidence part, each ``separated`` by a sheet before it or with a band over its pages,
    small pictures ``sharing`` one;
    ``own`` are the sentences of a letter that are the office's own.
    """

    kind: PartKind
    name: str
    title: str
    template: str = ""
    fields: Mapping[str, TemplateValue] = field(default_factory=lambda: MappingProxyType({}))
    blocks: tuple[Block, ...] = ()
    signer: Signer | None = None
    placed: bool = False
    files: tuple[Attachment, ...] = ()
    separated: bool = False
    sharing: int = 1
    document_id: DocumentId | None = None
    own: tuple[str, ...] = ()

    def anchor(self, number: int) -> str:
        """How references name its file of this number."""
        return f"{self.name}-evidence-{number}"

    @property
    def numbered(self) -> bool:
        """Whether its pages are counted and bear numbers: a sheet that has none moves no part behind it."""
        return self.kind not in ("cover", *SHEETS)


@dataclass(frozen=True)
class Packet:
    """Everything that becomes one PDF, in order and numbered."""

    name: str
    title: str
    author: str
    parts: tuple[Part, ...]
    draft: bool = False
    tongue: Tongue = PERSIAN
    binding: Literal["", "right", "left"] = ""

    def tongue_of(self, part: Part) -> Tongue:
        """The findings of a draft are for the office, and in its language."""
        return PERSIAN if part.kind == "problems" else self.tongue

    def part(self, name: str) -> Part:
        return next(part for part in self.parts if part.name == name)


def headings(blocks: tuple[Block, ...]) -> Iterator[Heading]:
    """The listed headings of a part, in order."""
    return (block for block in blocks if isinstance(block, Heading) and block.listed)

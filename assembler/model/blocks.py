"""The blocks a part of a report is made of, a class a kind: what the report language says of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from assembler.base.problems import NOWHERE, Place
from assembler.model.specs import Expression

Counter = Literal["table", "figure", "chart"]
Marks = Literal["numbered", "bulleted", "lettered", "dashed"]
# A block is told from others by being itself: nothing compares two, and two dozen classes are defined at every start.


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Standing:
    """What every block has: how references name it, the condition under which it is there, and the clauses of the
    guidance that say it.
    """

    id: str = ""
    source: tuple[str, ...] = ()
    when: Expression | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Captioned(Standing):
    """A block with a caption of its own, or that of what it shows; an empty one is neither captioned nor counted."""

    caption: str | None = None

    @property
    def counter(self) -> Counter | None:
        """Among which it is counted."""
        return "table"


@dataclass(frozen=True, eq=False, repr=False)
class OfItem(Standing):
    """A block that shows an item, as ``form.item``."""

    item: str

    @property
    def form(self) -> str:
        return self.item.rpartition(".")[0]


@dataclass(frozen=True, eq=False, repr=False)
class OfForm(Standing):
    """A block that shows a form."""

    form: str


# ---------------------------------------------------------------- the words of the language


@dataclass(frozen=True, eq=False, repr=False)
class ContentsSpec(Standing):
    """``lists`` are those of tables, figures and evidence that stand behind it."""

    title: str
    levels: int = 3
    lists: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, repr=False)
class SectionSpec(Standing):
    title: str
    content: tuple[BlockSpec, ...] = ()
    page_break: bool = False
    numbered: bool = True


@dataclass(frozen=True, eq=False, repr=False)
class TurnedSpec(Standing):
    """Blocks that stand together on sheets of one orientation, whatever they are by themselves."""

    page: Literal["portrait", "landscape"]
    content: tuple[BlockSpec, ...] = ()


@dataclass(frozen=True, eq=False, repr=False)
class SignaturesSpec(Standing):
    """Signers side by side, by their keys in the order they sign; ``across`` is how many stand in a row, 0 for all."""

    signers: tuple[str, ...]
    across: int = 0


@dataclass(frozen=True, eq=False, repr=False)
class SubheadingSpec(Standing):
    text: str


@dataclass(frozen=True, eq=False, repr=False)
class ParagraphSpec(Standing):
    text: str


@dataclass(frozen=True, eq=False, repr=False)
class PageBreakSpec(Standing):
    pass


@dataclass(frozen=True, eq=False, repr=False)
class TextSpec(OfItem):
    pass


@dataclass(frozen=True, eq=False, repr=False)
class TableSpec(OfItem, Captioned):
    """``nothing`` stands in place of the rows an answered form leaves empty, ``blank_rows`` in one not answered.

    ``heads`` are texts of the case that stand above columns in place of their labels, by column. ``as_`` says how it
    is printed; the item does when it says nothing.
    """

    blank_rows: int = 3
    nothing: str = ""
    heads: Mapping[str, str] = field(default_factory=dict)
    as_: Literal["", "table", "cards"] = ""


@dataclass(frozen=True, eq=False, repr=False)
class ListSpec(OfItem):
    entry: str = ""
    marks: Marks = "bulleted"


@dataclass(frozen=True, eq=False, repr=False)
class PrintedFormSpec(OfForm, Captioned):
    as_: Literal["table", "figure"] = "table"

    @property
    def counter(self) -> Counter:
        return self.as_


@dataclass(frozen=True, eq=False, repr=False)
class AnswersSpec(OfForm):
    """Stands for the blocks a form prints, in its own order; with ``fold`` without questions that do not apply."""

    fold: bool = False


@dataclass(frozen=True, eq=False, repr=False)
class WorkflowSpec(OfItem):
    """Stands for the diagrams of a table of steps."""


@dataclass(frozen=True, eq=False, repr=False)
class SummarySpec(Captioned):
    """``only`` names a status; a ``chapter`` shows the forms of the section it stands in, ``numbers`` and ``missing``
    all at a glance. ``width`` in cm.
    """

    shows: Literal["table", "chapter", "list", "chart", "numbers", "missing"]
    only: str = ""
    marks: Marks = "numbered"
    width: float | None = None

    @property
    def counter(self) -> Counter | None:
        return self.shows if self.shows in ("table", "chart") else None


@dataclass(frozen=True, eq=False, repr=False)
class ScoreSheetSpec(OfForm, Captioned):
    @property
    def counter(self) -> None:
        return None


@dataclass(frozen=True, eq=False, repr=False)
class ScoresSpec(Captioned):
    """``width`` in cm."""

    shows: Literal["summary", "pending", "chart", "documents", "numbers", "missing"]
    width: float | None = None

    @property
    def counter(self) -> Counter | None:
        if self.shows in ("numbers", "missing"):
            return None
        return "chart" if self.shows == "chart" else "table"


@dataclass(frozen=True, eq=False, repr=False)
class FigureSpec(OfItem, Captioned):
    """The picture of an item, or of the pages of a ``letter`` of this packet. ``width`` in cm."""

    letter: str = ""
    width: float | None = None

    @property
    def counter(self) -> Counter:
        return "figure"


@dataclass(frozen=True, eq=False, repr=False)
class ChartSpec(OfItem, Captioned):
    """``label`` and ``value`` are columns; ``decimals`` are those of the percentages, ``width`` in cm."""

    label: str = ""
    value: str = ""
    kind: Literal["bar", "pie"] = "bar"
    percent: bool = False
    decimals: int = 0
    width: float | None = None
    notes: tuple[str, ...] = ()

    @property
    def counter(self) -> Counter:
        return "chart"


# ---------------------------------------------------------------- what answers and workflow stand for


@dataclass(frozen=True, eq=False, repr=False)
class LegalSpec(OfForm):
    """The status of a form and its legal references; ``kept`` on the page of what follows."""

    kept: bool = True


@dataclass(frozen=True, eq=False, repr=False)
class QuestionsSpec(OfForm):
    items: tuple[str, ...]


@dataclass(frozen=True, eq=False, repr=False)
class SheetSpec(OfForm, Captioned):
    """A printed sheet of a form, by its name."""

    sheet: str


@dataclass(frozen=True, eq=False, repr=False)
class DiagramSpec(OfItem, Captioned):
    """One process of a table of steps."""

    process: str

    @property
    def counter(self) -> Counter:
        return "figure"


BlockSpec = (
    ContentsSpec
    | SectionSpec
    | TurnedSpec
    | SignaturesSpec
    | SubheadingSpec
    | ParagraphSpec
    | PageBreakSpec
    | TextSpec
    | TableSpec
    | ListSpec
    | PrintedFormSpec
    | AnswersSpec
    | WorkflowSpec
    | SummarySpec
    | ScoreSheetSpec
    | ScoresSpec
    | FigureSpec
    | ChartSpec
    | LegalSpec
    | QuestionsSpec
    | SheetSpec
    | DiagramSpec
)


def walk(blocks: Sequence[BlockSpec]) -> Iterator[BlockSpec]:
    """Blocks and those within them, depth first."""
    for block in blocks:
        yield block
        if isinstance(block, SectionSpec | TurnedSpec):
            yield from walk(block.content)


def forms_in(blocks: Sequence[BlockSpec]) -> Iterator[str]:
    """The forms that blocks and those within them show, in order; one may come several times."""
    return (block.form for block in walk(blocks) if isinstance(block, OfItem | OfForm) and block.form)

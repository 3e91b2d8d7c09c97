"""Makes the printed blocks of a numbered report: a function for every kind of block the report language has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import islice
from typing import assert_never

from assembler.base.persian import listed_texts, numbered
from assembler.base.problems import Place, Problem, problem
from assembler.base.suggest import guess
from assembler.base.tongue import printed_words
from assembler.model.answers import Attachment, Prose
from assembler.model.blocks import (
    AnswersSpec,
    BlockSpec,
    Captioned,
    ChartSpec,
    ContentsSpec,
    DiagramSpec,
    FigureSpec,
    LegalSpec,
    ListSpec,
    PageBreakSpec,
    ParagraphSpec,
    PrintedFormSpec,
    QuestionsSpec,
    ScoreSheetSpec,
    ScoresSpec,
    SectionSpec,
    SheetSpec,
    SignaturesSpec,
    Standing,
    SubheadingSpec,
    SummarySpec,
    TableSpec,
    TextSpec,
    TurnedSpec,
    WorkflowSpec,
)
from assembler.model.filled import FilledItem
from assembler.model.packet import (
    LIST_KINDS,
    Block,
    ChartBlock,
    ContentsBlock,
    FigureBlock,
    GridBlock,
    Heading,
    ListBlock,
    Listing,
    PageBreak,
    Paragraph,
    SignaturesBlock,
    Signer,
    Span,
    Text,
    Turn,
    WorkflowBlock,
    plain,
)
from assembler.model.values import printed
from assembler.packet import glance, scores
from assembler.packet.cards import cards
from assembler.packet.grids import grid
from assembler.packet.labels import lines_of
from assembler.packet.material import Material
from assembler.packet.numbering import Numbering
from assembler.packet.prose import Linker, linked, marked_list, prose_blocks
from assembler.packet.scope import ReportScope
from assembler.packet.sheets import label_and_answer, questions, sheet
from assembler.packet.signers import signer_of
from assembler.packet.summaries import listed_entry, of_chapter, series, status_of, table

_WIDTH = 14.0  # cm
_LEVELS = 3
_NOTHING_MISSING = "چیزی نمانده است."
_DIAGRAM = "نمودار جریان کار «{process}»"


@dataclass(frozen=True)
class Printing:
    """What every block of a part is made with; ``problems`` gathers references that lead nowhere."""

    material: Material
    numbering: Numbering
    part: str = ""
    problems: list[Problem] = field(default_factory=list)
    signed: Counter[str] = field(default_factory=Counter)  # how often each signs a part so far

    def signer(self, key: str) -> Signer:
        """Who signs here: whoever signs several forms of a part has a field at each."""
        self.signed[f"{self.part}-{key}"] += 1
        return signer_of(key, self.part, self.material, self.signed[f"{self.part}-{key}"])

    def anchor(self, block: Standing) -> str:
        return self.numbering.label(block).anchor

    def caption(self, block: Captioned, otherwise: str = "") -> Text:
        label = self.numbering.label(block)
        if not (label.number or label.bare):
            return ()
        text = self.material.scope.text(block.caption or otherwise)
        if label.bare:
            return (Span(text),) if text else ()
        return (Span(numbered(f"{label.word} {label.number}", text), counter=label.counter),)

    def linker(self, place: Place) -> Linker:
        """Looks references up; one that leads nowhere stays as typed and is reported."""

        def link(name: str, number_only: bool) -> Span:
            label = self.numbering.named.get(name)
            if label is None or not label.number:
                known, near = "، ".join(self.numbering.named), guess(name, self.numbering.named)
                self.problems.append(problem("broken-reference", place, name=name, guess=near, known=known))
                return Span(f"[[{name}]]")
            told = label.number if number_only else f"{label.word} {label.number}"
            return Span(told, label.anchor, counter=label.counter, section=label.is_section)

        return link


def made_blocks(blocks: Sequence[BlockSpec], printing: Printing, level: int = 1) -> Iterator[Block]:
    """The blocks as they are printed; headings among them are of ``level``."""
    for block in filter(printing.material.has, blocks):
        yield from _made(block, printing, level)


def _made(block: BlockSpec, printing: Printing, level: int) -> Iterator[Block]:
    match block:
        case SectionSpec():
            yield from _section(block, printing, level)
        case TurnedSpec():
            yield from (Turn(block.page), *made_blocks(block.content, printing, level), Turn())
        case SignaturesSpec():
            yield _signatures(block, printing)
        case ContentsSpec():
            lists = tuple(Listing(kind) for kind in LIST_KINDS if kind in block.lists)
            yield ContentsBlock(printing.material.scope.text(block.title), block.levels or _LEVELS, lists)
        case SubheadingSpec():
            yield Heading(printing.material.scope.text(block.text), level, "", "", listed=False)
        case ParagraphSpec():
            yield Paragraph(linked(printing.material.scope.text(block.text), printing.linker(block.place)))
        case PageBreakSpec():
            yield PageBreak()
        case TextSpec():
            yield from _text(printing.material.item(block.item), printing)
        case ListSpec():
            yield from _list(block, printing)
        case TableSpec():
            yield from _table(block, printing)
        case PrintedFormSpec():
            yield _form(block, printing)
        case LegalSpec():
            yield from _legal(block, printing)
        case QuestionsSpec():
            yield questions(printing.material.forms[block.form], block.items, printing.anchor(block))
        case SheetSpec():
            yield _sheet(block, printing)
        case DiagramSpec():
            yield _diagram(block, printing)
        case SummarySpec(shows="numbers" | "missing") | ScoresSpec(shows="numbers" | "missing"):
            yield from _glance(block, printing)
        case SummarySpec():
            yield _summary(block, printing)
        case ScoreSheetSpec():
            yield from _score_sheet(block, printing)
        case ScoresSpec():
            yield from _scores(block, printing)
        case FigureSpec():
            yield from _figure(block, printing)
        case ChartSpec():
            yield _chart(block, printing)
        case AnswersSpec() | WorkflowSpec():
            raise AssertionError("spelled out before anything is printed")
        case _:
            assert_never(block)


def _signatures(block: SignaturesSpec, printing: Printing) -> SignaturesBlock:
    signers = tuple(map(printing.signer, block.signers))
    return SignaturesBlock(signers, block.across or len(signers))


def _section(block: SectionSpec, printing: Printing, level: int) -> Iterator[Block]:
    label = printing.numbering.label(block)
    if block.page_break:
        yield PageBreak()
    title = printing.material.scope.text(block.title)
    yield Heading(title, level, label.number, label.anchor)
    content = made_blocks(block.content, printing, level + 1)
    for first in islice(content, 1):
        yield _without_title(first, title)
    yield from content


def _without_title(block: Block, title: str) -> Block:
    """A block right below its heading; a caption without a number says no word of the heading a second time."""
    if not isinstance(block, GridBlock) or block.counted or title not in plain(block.caption):
        return block
    said = (replace(span, text=said_once(span.text, title)) for span in block.caption)
    return replace(block, caption=tuple(span for span in said if span.text))


def said_once(text: str, title: str) -> str:
    """A caption without the title: «شاخص اول (۲۰ امتیاز)» of «شاخص اول- ارائه خدمات (۲۰ امتیاز)».

    >>> said_once("شاخص اول- ارائه خدمات (۲۰ امتیاز)", "ارائه خدمات")
    'شاخص اول (۲۰ امتیاز)'
    """
    before, found, after = text.partition(title)
    if not found:
        return text
    return f"{before.rstrip(' -–—:')} {after.strip()}".strip()


# ---------------------------------------------------------------- texts and lists


def _text(item: FilledItem, printing: Printing) -> Iterator[Block]:
    if isinstance(item.value, Prose):
        yield from prose(item, printing)
    else:
        for line in filter(plain, lines_of(printed(item.value, item.spec), item.spec.answer_direction)):
            yield Paragraph(line)
    if item.value is not None and item.spec.footnote:
        yield Paragraph((Span(f"({item.spec.footnote})"),), role="note")


def prose(item: FilledItem, printing: Printing) -> Iterator[Block]:
    """A narrative; nothing when it was left blank."""
    if isinstance(item.value, Prose):
        yield from prose_blocks(item.value, printing.linker(item.place))


def _list(block: ListSpec, printing: Printing) -> Iterator[ListBlock]:
    item, scope = printing.material.item(block.item), printing.material.scope
    texts = [scope.with_row(item, row).text(block.entry).strip() for row in item.rows if row.is_ordinary]
    if texts:
        yield marked_list(texts, block.marks)


# ---------------------------------------------------------------- forms and their tables


def _table(block: TableSpec, printing: Printing) -> Iterator[GridBlock]:
    item = _with_heads(printing.material.item(block.item), block.heads, printing.material.scope)
    caption = printing.caption(block, item.spec.title)
    nothing = block.nothing if printing.material.forms[block.form].answered else ""
    anchor, counted = printing.anchor(block), not printing.numbering.label(block).bare
    if (block.as_ or item.spec.as_) == "cards" and (item.rows or not nothing):
        made: Sequence[GridBlock] = tuple(cards(item, anchor, caption, block.blank_rows))
    else:
        made = (grid(item, anchor, caption, block.blank_rows, nothing),)
    for each in made:
        yield replace(each, origins=(block.item,), counted=each.counted and counted)


def _with_heads(item: FilledItem, heads: Mapping[str, str], scope: ReportScope) -> FilledItem:
    """The table with texts of the case above its columns."""
    if not heads:
        return item
    columns = (
        replace(column, label=scope.text(heads[column.name])) if column.name in heads else column
        for column in item.spec.columns
    )
    return replace(item, spec=replace(item.spec, columns=tuple(columns)))


def _form(block: PrintedFormSpec, printing: Printing) -> GridBlock:
    form = printing.material.forms[block.form]
    caption = printing.caption(block, form.spec.title)
    return sheet(form, printing.anchor(block), caption, caption_below=block.counter == "figure")


def _sheet(block: SheetSpec, printing: Printing) -> GridBlock:
    form = printing.material.forms[block.form]
    sheet_of = form.spec.sheet(block.sheet)
    made = label_and_answer(form, sheet_of, printing.anchor(block), printing.caption(block, sheet_of.caption))
    return replace(made, counted=not printing.numbering.label(block).bare)


def _legal(block: LegalSpec, printing: Printing) -> Iterator[Block]:
    """How a form is answered, where the report has a word for it, and its legal references."""
    form = printing.material.forms[block.form]
    status = status_of(form, printing.material.report)
    told = [Span(f"{printed_words('وضعیت')}: {status}", chip=True)] if status else []
    if form.spec.legal:
        told.append(
            Span(
                ("\u00a0 " if told else "")
                + f"{printed_words('مستند قانونی')}: "
                + listed_texts(form.spec.legal, "؛ ", "; ")
            )
        )
    if told:
        yield Paragraph(tuple(told), role="card", kept=block.kept)


def _diagram(block: DiagramSpec, printing: Printing) -> WorkflowBlock:
    processes = printing.material.item(block.item).processes
    steps = next(each.walked for each in processes if each.name == block.process)
    caption = printing.caption(block, printed_words(_DIAGRAM, process=block.process))
    return WorkflowBlock(printing.anchor(block), caption, steps)


# ---------------------------------------------------------------- summaries and scores


def _summary(block: SummarySpec, printing: Printing) -> Block:
    found, report = printing.material.entries(block), printing.material.report
    if block.shows == "list":
        return marked_list([listed_entry(entry) for entry in found], block.marks)
    if block.shows == "chapter":
        return of_chapter(found, report)
    caption, anchor = printing.caption(block), printing.anchor(block)
    if block.shows == "table":
        return table(found, report, anchor, caption)
    chapters, parts = series(found, report)
    sums = tuple(sum(values) for values in zip(*(part.values for part in parts), strict=True))
    return ChartBlock(anchor, caption, "bar", chapters, sums, width=block.width or _WIDTH, series=parts)


def _glance(block: SummarySpec | ScoresSpec, printing: Printing) -> Iterator[Block]:
    """Key numbers, or what is missing; a sentence where nothing is."""
    material, made = printing.material, None
    if isinstance(block, SummarySpec):
        found = material.entries(block)
        if block.shows == "numbers":
            made = glance.key_numbers(found, material.report, material.evidence)
        else:
            made = glance.missing(found, material.report, printing.numbering.section_of)
    elif material.card is not None:
        made = glance.key_scores(material.card) if block.shows == "numbers" else glance.missing_scores(material.card)
    yield made or Paragraph((Span(printed_words(_NOTHING_MISSING)),))


def _score_sheet(block: ScoreSheetSpec, printing: Printing) -> Iterator[Block]:
    """The sheet of an indicator with its three scores, and how each came about."""
    card, anchor = printing.material.card, printing.anchor(block)
    found = next((each for each in card.indicators if each.form.spec.id == block.form), None) if card else None
    if card is None or found is None:
        return
    number = found.sheet.ordinal or found.sheet.number
    title = numbered(number, scores.titled(found.form.spec.title, found.sheet.cap))
    yield scores.score_sheet(found, card, anchor, printing.caption(block, title))
    yield scores.derivations(found, card, f"{anchor}_how")


def _scores(block: ScoresSpec, printing: Printing) -> Iterator[Block]:
    card, anchor, caption = printing.material.card, printing.anchor(block), printing.caption(block)
    if card is None:
        return
    made: GridBlock | None
    match block.shows:
        case "chart":
            axes, parts = scores.axes_chart(card)
            ceilings = tuple(axis.ceiling for axis in card.axes)
            yield ChartBlock(anchor, caption, "bar", axes, ceilings, width=block.width or _WIDTH, series=parts)
            return
        case "documents":
            made = scores.documents(card.indicators, anchor, caption)
        case "pending":
            made = scores.pending(card, anchor, caption)
        case "summary":
            made = scores.summary(card, anchor, caption)
    if made is not None:
        yield replace(made, counted=not printing.numbering.label(block).bare)


# ---------------------------------------------------------------- figures and charts


def _figure(block: FigureSpec, printing: Printing) -> Iterator[FigureBlock]:
    anchor, width = printing.anchor(block), block.width or _WIDTH
    if block.letter:
        yield FigureBlock(anchor, printing.caption(block), part=block.letter, width=width)
        return
    item = printing.material.item(block.item)
    if isinstance(item.value, Attachment):
        yield FigureBlock(anchor, printing.caption(block, item.spec.label), image=item.value.path, width=width)


def _chart(block: ChartSpec, printing: Printing) -> ChartBlock:
    item = printing.material.item(block.item)
    label, value = item.spec.column(block.label), item.spec.column(block.value)
    rows = [row for row in item.rows if row.is_ordinary]
    return ChartBlock(
        anchor=printing.anchor(block),
        caption=printing.caption(block, item.spec.title),
        kind=block.kind,
        labels=tuple(printed(row.cells[label.name].value, label) for row in rows),
        values=tuple(_number(row.cells[value.name].value) for row in rows),
        percent=block.percent,
        decimals=block.decimals,
        width=block.width or _WIDTH,
        notes=tuple((Span(printing.material.scope.text(note)),) for note in block.notes),
    )


def _number(value: object) -> int | Decimal | None:
    return value if isinstance(value, int | Decimal) else None

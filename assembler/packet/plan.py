"""Makes the packet: numbers the report, then turns every block of its spec into printed blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import cast

from assembler.base.persian import persian_digits, section_number
from assembler.base.problems import Problem, problem
from assembler.base.suggest import guess
from assembler.model.answers import Attachment, Prose
from assembler.model.filled import FilledForm, FilledItem
from assembler.model.packet import (
    Block,
    ChartBlock,
    ContentsBlock,
    DocumentId,
    FigureBlock,
    GridBlock,
    Heading,
    Packet,
    PageBreak,
    Paragraph,
    Part,
    Signer,
    Span,
    TemplateValue,
    Text,
    WorkflowBlock,
)
from assembler.model.reports import BlockSpec, DocumentIdSpec, PartSpec, ReportSpec
from assembler.model.scores import ScoreCard, score_text
from assembler.model.specs import FormSpec, Sheet
from assembler.packet import scores
from assembler.packet.answers import spelled_out
from assembler.packet.codes import document_id
from assembler.packet.evidence import Evidence, card_of, cited
from assembler.packet.fields import OFFERED, item_field, lines_or_text
from assembler.packet.grids import grid, notes_of
from assembler.packet.prose import Linker, linked, marked_list, prose_blocks
from assembler.packet.scope import NO_FORMS
from assembler.packet.sheets import label_and_answer, questions, sheet
from assembler.packet.summaries import Entry, entries, listed_entry, report_scope, series, table
from assembler.packet.values import shown

_BLANK_ROWS = 3
_DIAGRAM = "نمودار جریان کار «{process}»"


def assemble(
    name: str,
    report: ReportSpec,
    forms: Mapping[str, FilledForm],
    previous: Mapping[str, FilledForm] = NO_FORMS,
    card: ScoreCard | None = None,
) -> tuple[Packet, tuple[Problem, ...]]:
    """The packet of a case called ``name``, and what its texts get wrong: references in its narratives that lead
    nowhere, document IDs no code can hold. ``previous`` are the forms of the case of the period before, ``card`` the
    scores of a report that adds them up.
    """
    forms, evidence = cited(report, forms)
    report = spelled_out(report, forms)
    planner = _Planner(report, forms, evidence, previous, card and card_of(card, forms))
    parts = tuple(planner.part(part) for part in report.parts if planner.scope.holds(part.when))
    shown_letters = {block.part for part in parts for block in part.blocks if isinstance(block, FigureBlock)}
    parts = tuple(replace(part, placed=part.name in shown_letters) for part in parts)
    packet = Packet(name, planner.scope.text(report.title), planner.scope.text(report.author), parts)
    return packet, tuple(planner.problems)


@dataclass(frozen=True)
class Label:
    """How the report calls one of its tables, figures, charts or sections."""

    word: str
    number: str
    anchor: str
    bare: bool = False  # captioned, and not numbered


class _Planner:
    def __init__(
        self,
        report: ReportSpec,
        forms: Mapping[str, FilledForm],
        evidence: Evidence,
        previous: Mapping[str, FilledForm],
        card: ScoreCard | None,
    ) -> None:
        self.report = report
        self.card = card
        self.forms = forms
        self.evidence = evidence
        self.scope = report_scope(report, forms, previous, self._annexes)
        self.problems: list[Problem] = []
        self._labels: dict[int, Label] = {}  # by the identity of the block's spec
        self._by_id: dict[str, Label] = {}
        self._counters = {"table": 0, "figure": 0, "chart": 0}
        for part in report.parts:
            self._number(part.content, ())

    # ------------------------------------------------------------ numbering

    def _number(self, blocks: tuple[BlockSpec, ...], chapter: tuple[int, ...]) -> None:
        section = 0
        for block in blocks:
            if not self._stands(block):
                continue
            if block.kind == "section" and block.options.get("numbered") is False:
                self._label(block, Label("", "", f"unnumbered_{len(self._labels)}", bare=True))
                self._number(block.content, chapter)
            elif block.kind == "section":
                section += 1
                numbers = (*chapter, section)
                anchor = "section_" + "_".join(map(str, numbers))
                self._label(block, Label(self.report.labels["section"], section_number(numbers), anchor))
                self._number(block.content, numbers)
            elif block.kind == "questions":
                self._label(block, Label("", "", f"questions_{len(self._labels)}"))
            elif block.kind == "score_sheet":
                self._label(block, Label("", "", f"scores_{len(self._labels)}", bare=True))
            elif (counted := _counted_as(block)) is not None and block.options.get("caption") == "":
                # An explicitly empty caption: neither captioned nor counted.
                self._label(block, Label("", "", f"{counted}_{block.id or len(self._labels)}"))
            elif counted == "table" and self.report.own_numbers:
                self._label(block, self._as_the_guidance_numbers(block))
            elif counted is not None:
                self._counters[counted] += 1
                number = self._counters[counted]
                word = self.report.labels[counted]
                self._label(block, Label(word, persian_digits(str(number)), f"{counted}_{number}"))

    def _as_the_guidance_numbers(self, block: BlockSpec) -> Label:
        """The number the guidance gives a table, so that what it says of «جدول شماره ۴» holds; others have none."""
        number = self._item(block.target).spec.number if block.kind == "table" else ""
        anchor = f"table_{len(self._labels)}"
        word = self.report.labels["table"]
        return Label(word, persian_digits(number), anchor) if number else Label("", "", anchor, bare=True)

    def _stands(self, block: BlockSpec) -> bool:
        """Whether a block is in the report: its condition holds, its item applies, and its picture was given."""
        if not self.scope.holds(block.when):
            return False
        if block.kind in ("table", "chart", "list", "text"):
            return self._item(block.target).relevant
        if block.kind == "sheet":
            return any(self._form_of(block).items[name].relevant for name in self._printed_sheet(block).items)
        if block.kind == "summary":
            return bool(self._entries(block))
        if block.kind == "scores" and block.target == "pending":
            return self.card is not None and scores.pending(self.card, "", ()) is not None
        if block.kind == "figure" and not block.target.startswith("letter:"):
            return isinstance(self._item(block.target).value, Attachment)
        return True

    def _label(self, block: BlockSpec, label: Label) -> None:
        self._labels[id(block)] = label
        if block.id:
            self._by_id[block.id] = label

    def _caption(self, block: BlockSpec, otherwise: str) -> Text:
        label = self._labels[id(block)]
        if not (label.number or label.bare):
            return ()
        text = self.scope.text(str(block.options.get("caption") or otherwise))
        if label.bare:
            return (Span(text),) if text else ()
        return (Span(f"{label.word} {label.number}- {text}" if text else f"{label.word} {label.number}"),)

    # ------------------------------------------------------------ parts

    def part(self, spec: PartSpec) -> Part:
        blocks: tuple[Block, ...] = tuple(self._blocks(spec.content, 1))
        signer = self._signer(spec)
        fields = self._standing_fields(spec, signer)
        if spec.form:
            letter, body = self._letter(self.forms[spec.form])
            fields |= letter
            blocks = (*body, *blocks)
        if spec.kind == "letter":
            blocks = _with_the_signature(tuple(_without_notes(block) for block in blocks))
        for name, text in spec.fields.items():
            fields[name] = lines_or_text(name, spec.kind, self.scope.text(text))
        return Part(
            kind=spec.kind,
            name=spec.name,
            title=self.scope.text(spec.title),
            template=spec.template,
            fields=fields,
            blocks=blocks,
            signer=signer,
            files=self.evidence.get(spec.name, ()),
            document_id=self._document_id(spec.document_id),
        )

    def _annexes(self) -> int:
        """How many annexes follow the letter: the bodies that stand, and every file of evidence."""
        standing = [part for part in self.report.parts if self.scope.holds(part.when)]
        bodies = sum(part.kind == "body" for part in standing)
        return bodies + sum(len(self.evidence.get(part.name, ())) for part in standing)

    def _document_id(self, spec: DocumentIdSpec | None) -> DocumentId | None:
        """What a letter's code holds, once the letter has a number and where it is asked for."""
        if spec is None or not self.scope.holds(spec.when):
            return None
        found, problems = document_id(spec, self.scope, self.forms)
        self.problems.extend(problems)
        return found

    def _standing_fields(self, part: PartSpec, signer: Signer | None) -> dict[str, TemplateValue]:
        """What every template of the kind may print, filled as far as the report itself knows it."""
        fields = dict(OFFERED[part.kind])
        fields |= {"report_title": self.scope.text(self.report.title), "title": self.scope.text(part.title)}
        fields["agency"] = self.scope.text(self.report.author)
        return fields | ({"signer_name": signer.name, "signer_post": signer.post} if signer else {})

    def _signer(self, part: PartSpec) -> Signer | None:
        found = next((signer for signer in self.report.signers if signer.key == part.signer), None)
        if found is None:
            return None
        return Signer(f"{part.name}-{found.key}", self.scope.text(found.name), self.scope.text(found.post))

    def _letter(self, form: FilledForm) -> tuple[dict[str, TemplateValue], tuple[Block, ...]]:
        """A letter's form as template fields; its narrative ``body`` becomes blocks."""
        fields: dict[str, TemplateValue] = {}
        blocks: tuple[Block, ...] = ()
        for name, item in form.items.items():
            if isinstance(item.value, Prose) or item.spec.type == "narrative":
                blocks = tuple(self._prose(item))
            else:
                fields[name] = item_field(item)
        return fields, blocks

    # ------------------------------------------------------------ blocks

    def _blocks(self, specs: tuple[BlockSpec, ...], level: int) -> Iterator[Block]:
        for spec in specs:
            if self._stands(spec):
                yield from self._block(spec, level)

    def _block(self, spec: BlockSpec, level: int) -> Iterator[Block]:
        match spec.kind:
            case "section":
                yield from self._section(spec, level)
            case "contents":
                yield ContentsBlock(self.scope.text(spec.target), cast(int, spec.options.get("levels") or 3))
            case "subheading":
                yield Heading(self.scope.text(spec.target), level, "", "", listed=False)
            case "paragraph":
                yield Paragraph(linked(self.scope.text(spec.target), self._linker(spec)))
            case "page_break":
                yield PageBreak()
            case "text":
                yield from self._text(self._item(spec.target))
            case "list":
                yield from self._list(spec)
            case "table":
                yield self._table(spec)
            case "form":
                yield self._sheet(spec)
            case "legal":
                yield from self._legal(self.forms[spec.target].spec, bool(spec.options.get("kept", True)))
            case "questions":
                names = cast("tuple[str, ...]", spec.options["items"])
                yield questions(self.forms[spec.target], names, self._labels[id(spec)].anchor)
            case "sheet":
                printed = self._printed_sheet(spec)
                caption, label = self._caption(spec, printed.caption), self._labels[id(spec)]
                block = label_and_answer(self._form_of(spec), printed, label.anchor, caption)
                yield replace(block, counted=not label.bare)
            case "diagram":
                yield self._diagram(spec)
            case "summary":
                yield self._summary(spec)
            case "score_sheet":
                yield from self._score_sheet(spec)
            case "scores":
                yield from self._scores(spec)
            case "figure":
                yield from self._figure(spec)
            case "chart":
                yield self._chart(spec)

    def _item(self, target: str) -> FilledItem:
        form, _, name = target.rpartition(".")
        return self.forms[form].items[name]

    def _form_of(self, spec: BlockSpec) -> FilledForm:
        return self.forms[spec.target.rpartition(".")[0]]

    def _printed_sheet(self, spec: BlockSpec) -> Sheet:
        name = spec.target.rpartition(".")[2]
        return next(sheet for sheet in self._form_of(spec).spec.sheets if sheet.name == name)

    def _section(self, spec: BlockSpec, level: int) -> Iterator[Block]:
        label = self._labels[id(spec)]
        if spec.options.get("page_break"):
            yield PageBreak()
        yield Heading(self.scope.text(spec.target), level, label.number, label.anchor)
        yield from self._blocks(spec.content, level + 1)

    def _text(self, item: FilledItem) -> Iterator[Block]:
        if not item.relevant:
            return
        if isinstance(item.value, Prose):
            yield from self._prose(item)
        else:
            for line in filter(None, shown(item.value, item.spec).split("\n")):
                yield Paragraph((Span(line),))
        if item.value is not None:
            for note in notes_of(item.spec):
                yield Paragraph((Span(f"({note})"),), role="restored")

    def _prose(self, item: FilledItem) -> Iterator[Block]:
        if isinstance(item.value, Prose):
            yield from prose_blocks(item.value, self._linker(item))

    def _linker(self, owner: FilledItem | BlockSpec) -> Linker:
        """Looks references up; one that leads nowhere stays as typed and is reported."""

        def link(name: str, number_only: bool) -> Span:
            label = self._by_id.get(name)
            if label is None or not label.number:
                known = "، ".join(self._by_id)
                near = guess(name, self._by_id)
                self.problems.append(problem("broken-reference", owner.place, name=name, guess=near, known=known))
                return Span(f"[[{name}]]")
            text = label.number if number_only else f"{label.word} {label.number}"
            return Span(text, label.anchor)

        return link

    def _list(self, spec: BlockSpec) -> Iterator[Block]:
        item = self._item(spec.target)
        entry = str(spec.options.get("entry", ""))
        texts = [self.scope.with_row(item, row).text(entry).strip() for row in item.rows if not row.group]
        if texts:
            yield marked_list(texts, str(spec.options.get("marks", "bulleted")))

    def _table(self, spec: BlockSpec) -> GridBlock:
        item = self._item(spec.target)
        blank_rows = cast(int, spec.options.get("blank_rows", _BLANK_ROWS))
        caption = self._caption(spec, item.spec.title)
        nothing = str(spec.options.get("nothing", "")) if self._form_of(spec).answered else ""
        label = self._labels[id(spec)]
        printed = grid(item, label.anchor, caption, blank_rows, nothing)
        return replace(printed, origins=(spec.target,), counted=not label.bare)

    def _sheet(self, spec: BlockSpec) -> GridBlock:
        form = self.forms[spec.target]
        below = _counted_as(spec) == "figure"
        caption = self._caption(spec, form.spec.title)
        return sheet(form, self._labels[id(spec)].anchor, caption, caption_below=below)

    def _legal(self, form: FormSpec, kept: bool) -> Iterator[Block]:
        """The legal references of a form, and what of the form was restored or is doubtful."""
        if form.legal:
            yield Paragraph((Span("مستند قانونی: " + "؛ ".join(form.legal)),), role="note", kept=kept)
        if form.legal_doubt:
            yield Paragraph((Span(f"(محل تردید در مستند قانونی: {form.legal_doubt})"),), role="restored", kept=kept)
        if form.inferred:
            yield Paragraph((Span(f"(بازسازی‌شده: {form.inferred})"),), role="restored", kept=kept)

    def _diagram(self, spec: BlockSpec) -> WorkflowBlock:
        process = str(spec.options["process"])
        steps = next(each.walked for each in self._item(spec.target).processes if each.name == process)
        caption = self._caption(spec, _DIAGRAM.format(process=process))
        return WorkflowBlock(self._labels[id(spec)].anchor, caption, steps)

    @cached_property
    def _every_entry(self) -> tuple[Entry, ...]:
        return entries(self.report, self.forms)

    def _entries(self, spec: BlockSpec) -> tuple[Entry, ...]:
        """The forms a summary tells, those of one status when it names it."""
        only = str(spec.options.get("only", ""))
        return tuple(entry for entry in self._every_entry if not only or entry.status == only)

    def _summary(self, spec: BlockSpec) -> Block:
        found = self._entries(spec)
        if spec.target == "list":
            texts = [listed_entry(entry) for entry in found]
            return marked_list(texts, str(spec.options.get("marks", "numbered")))
        caption, anchor = self._caption(spec, ""), self._labels[id(spec)].anchor
        if spec.target == "table":
            return table(found, self.report, anchor, caption)
        chapters, parts = series(found, self.report)
        sums = tuple(sum(values) for values in zip(*(part.values for part in parts), strict=True))
        width = cast(float, spec.options.get("width") or 14.0)
        return ChartBlock(anchor, caption, "bar", chapters, sums, width=width, series=parts)

    def _score_sheet(self, spec: BlockSpec) -> Iterator[Block]:
        """The sheet of an indicator with its three scores, and how each came about."""
        card = self.card
        found = next((each for each in card.indicators if each.form.spec.id == spec.target), None) if card else None
        if card is None or found is None:
            return
        sheet, anchor = found.sheet, self._labels[id(spec)].anchor
        title = f"{sheet.ordinal or found.sheet.number}- {found.form.spec.title} ({score_text(sheet.cap)} امتیاز)"
        yield scores.score_sheet(found, card, anchor, self._caption(spec, title))
        yield scores.derivations(found, card, f"{anchor}_how")

    def _scores(self, spec: BlockSpec) -> Iterator[Block]:
        card, anchor = self.card, self._labels[id(spec)].anchor
        if card is None:
            return
        caption = self._caption(spec, "")
        if spec.target == "chart":
            axes, series_ = scores.axes_chart(card)
            ceilings = tuple(axis.ceiling for axis in card.axes)
            width = cast(float, spec.options.get("width") or 14.0)
            yield ChartBlock(anchor, caption, "bar", axes, ceilings, width=width, series=series_)
            return
        if spec.target == "documents":
            printed: GridBlock | None = scores.documents(card.indicators, anchor, caption)
        else:
            printed = (scores.pending if spec.target == "pending" else scores.summary)(card, anchor, caption)
        if printed is not None:
            yield replace(printed, counted=not self._labels[id(spec)].bare)

    def _figure(self, spec: BlockSpec) -> Iterator[Block]:
        anchor = self._labels[id(spec)].anchor
        width = cast(float, spec.options.get("width") or 14.0)
        if spec.target.startswith("letter:"):
            name = spec.target.removeprefix("letter:")
            notes = tuple((Span(note),) for note in self._letter_notes(name))
            yield FigureBlock(anchor, self._caption(spec, ""), part=name, width=width, notes=notes)
            return
        item = self._item(spec.target)
        if isinstance(item.value, Attachment):
            yield FigureBlock(anchor, self._caption(spec, item.spec.label), image=item.value.path, width=width)

    def _letter_notes(self, name: str) -> Iterator[str]:
        """What of a letter was restored or is doubtful: said under its picture, since a letter carries no notes."""
        part = next(part for part in self.report.parts if part.name == name)
        if not part.form:
            return
        form = self.forms[part.form]
        if form.spec.inferred:
            yield f"بازسازی‌شده: {form.spec.inferred}"
        for item in form.items.values():
            if item.value is not None:
                yield from (f"{item.spec.label}: {note}" for note in notes_of(item.spec))

    def _chart(self, spec: BlockSpec) -> ChartBlock:
        item = self._item(spec.target)
        label, value = (item.spec.column(str(spec.options[name])) for name in ("label", "value"))
        rows = [row for row in item.rows if not row.group]
        notes = cast("tuple[str, ...]", spec.options.get("notes", ()))
        return ChartBlock(
            anchor=self._labels[id(spec)].anchor,
            caption=self._caption(spec, item.spec.title),
            kind="pie" if spec.options.get("kind") == "pie" else "bar",
            labels=tuple(shown(row.cells[label.name].value, label) for row in rows),
            values=tuple(_chart_number(row.cells[value.name].value) for row in rows),
            percent=bool(spec.options.get("percent")),
            decimals=cast(int, spec.options.get("decimals", 0)),
            width=cast(float, spec.options.get("width") or 14.0),
            notes=tuple((Span(self.scope.text(note)),) for note in notes),
        )


def _without_notes(block: Block) -> Block:
    """A table in a letter: what was restored or is doubtful is said where the table stands in the report."""
    if not isinstance(block, GridBlock):
        return block
    head = tuple(tuple(replace(cell, mark="") for cell in row) for row in block.head)
    return replace(block, head=head, notes=())


def _with_the_signature(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """A signature never stands alone on a page: the last paragraph of a letter goes with it."""
    if blocks and isinstance(blocks[-1], Paragraph):
        return (*blocks[:-1], replace(blocks[-1], kept=True))
    return blocks


def _counted_as(block: BlockSpec) -> str | None:
    """Which counter a block uses."""
    if block.kind in ("table", "figure", "chart"):
        return block.kind
    if block.kind == "form":
        return str(block.options.get("as", "table"))
    if block.kind == "summary":
        return {"table": "table", "chart": "chart"}.get(block.target)
    if block.kind == "scores":
        return "chart" if block.target == "chart" else "table"
    return {"sheet": "table", "diagram": "figure"}.get(block.kind)


def _chart_number(value: object) -> int | Decimal | None:
    return value if isinstance(value, int | Decimal) else None

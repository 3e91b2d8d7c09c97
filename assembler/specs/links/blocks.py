"""Names in the blocks of a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assembler.base.problems import Problem, problem
from assembler.base.suggest import guess, listed
from assembler.model.blocks import (
    BlockSpec,
    ChartSpec,
    FigureSpec,
    ListSpec,
    OfForm,
    OfItem,
    PrintedFormSpec,
    ScoreSheetSpec,
    ScoresSpec,
    SignaturesSpec,
    SummarySpec,
    TableSpec,
    TurnedSpec,
    walk,
)
from assembler.model.reports import ReportSpec
from assembler.specs.blocks import field_of
from assembler.specs.language.blocks import BLOCK, KIND_OF, BlockKind
from assembler.specs.language.meanings import TEMPLATE, ListOf, MapOf
from assembler.specs.links.names import Names, check_expression, check_item, check_text, item_of, unknown


def check_block(block: BlockSpec, report: ReportSpec, names: Names) -> Iterator[Problem]:
    """What a block lacks, and what it, its condition and its texts name."""
    kind = KIND_OF[type(block)]
    if block.when:
        yield from check_expression(block.when, names)
    for word in kind.needs:
        if not getattr(block, field_of(word)):
            yield problem("missing-key", block.place, shape=kind.name, name=word)
    inside = replace(names, row=item_of(block.item, names.forms)) if isinstance(block, ListSpec) else names
    for text in _texts(block, kind):
        yield from check_text(text, block.place, inside)
    if isinstance(block, OfForm):
        yield from _check_form(block, names)
    elif isinstance(block, OfItem) and not (isinstance(block, FigureSpec) and block.letter):
        yield from check_item(block.item, kind.types, block.place, names)
    yield from _check_own(block, report, names)


def _texts(block: BlockSpec, kind: BlockKind) -> Iterator[str]:
    """The texts with expressions: what stands at the word of the block, and at its other words."""
    if kind.meaning == TEMPLATE:
        yield getattr(block, kind.subject)
    for word in kind.words:
        meaning = next(each.meaning for each in BLOCK.words if each.name == word)
        if meaning == TEMPLATE:
            yield getattr(block, field_of(word)) or ""
        elif meaning == ListOf(TEMPLATE):
            yield from getattr(block, field_of(word))
        elif meaning == MapOf(TEMPLATE):
            yield from getattr(block, field_of(word)).values()


def _check_form(block: OfForm, names: Names) -> Iterator[Problem]:
    if block.form not in names.forms:
        yield problem("unknown-form", block.place, name=block.form, guess=guess(block.form, names.forms))
    elif isinstance(block, ScoreSheetSpec) and names.forms[block.form].scoring is None:
        yield problem("missing-key", block.place, shape=block.form, name="scores")


def _check_own(block: BlockSpec, report: ReportSpec, names: Names) -> Iterator[Problem]:
    """What only blocks of one kind name: statuses, letters, columns."""
    match block:
        case SummarySpec(only=only) if only:
            known = [status.name for status in report.statuses]
            if only not in known:
                yield problem("bad-value", block.place, value=only, name="only", known=listed(known))
        case ScoresSpec() if report.scores is None:
            yield problem("missing-key", block.place, shape=report.id, name="scores")
        case FigureSpec(letter=letter) if letter:
            letters = [part.name for part in report.parts if part.kind == "letter"]
            if letter not in letters:
                yield problem("unknown-reference", block.place, name=letter, guess=guess(letter, letters))
        case TurnedSpec(content=content) if any(isinstance(each, TurnedSpec) for each in walk(content)):
            yield problem("word-unfit", block.place, name="sheet", shape="sheet")
        case SignaturesSpec(signers=signers):
            known = [signer.key for signer in report.signers]
            for key in (each for each in signers if each not in known):
                yield problem("bad-value", block.place, value=key, name="signatures", known=listed(known))
        case TableSpec(as_="figure") | PrintedFormSpec(as_="cards"):
            known = ("table", "cards") if isinstance(block, TableSpec) else ("table", "figure")
            yield problem("bad-value", block.place, value=block.as_, name="as", known=listed(known))
        case TableSpec(heads=heads) if item := item_of(block.item, names.forms):
            yield from unknown(heads, [column.name for column in item.columns], block.item, block.place)
        case ChartSpec() if item := item_of(block.item, names.forms):
            columns = [column.name for column in item.columns]
            yield from unknown(filter(None, (block.label, block.value)), columns, block.item, block.place)

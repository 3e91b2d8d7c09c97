"""Spells out what ``answers`` and ``workflow`` stand for: the blocks a form prints, in its own order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from assembler.base.tongue import printed_words
from assembler.model.blocks import (
    AnswersSpec,
    BlockSpec,
    DiagramSpec,
    FigureSpec,
    LegalSpec,
    ListSpec,
    QuestionsSpec,
    SectionSpec,
    SheetSpec,
    SubheadingSpec,
    TableSpec,
    TextSpec,
    TurnedSpec,
    WorkflowSpec,
)
from assembler.model.filled import FilledForm, FilledItem
from assembler.model.reports import ReportSpec
from assembler.model.specs import FormSpec

_NOTHING = "موردی ندارد"  # in place of the rows of a table that an answered form leaves empty


def spelled_out(report: ReportSpec, forms: Mapping[str, FilledForm]) -> ReportSpec:
    """The report with the blocks that stand for others replaced by those."""
    return replace(report, parts=tuple(replace(part, content=_spelled(part.content, forms)) for part in report.parts))


def _spelled(blocks: tuple[BlockSpec, ...], forms: Mapping[str, FilledForm]) -> tuple[BlockSpec, ...]:
    return tuple(each for block in blocks for each in _blocks(block, forms))


def _blocks(block: BlockSpec, forms: Mapping[str, FilledForm]) -> Iterator[BlockSpec]:
    """A block, or those it stands for; a condition of the block holds for them too."""
    match block:
        case AnswersSpec():
            for own in answers(forms[block.form], fold=block.fold):
                yield from _blocks(_in_place_of(block, own), forms)
        case WorkflowSpec():
            for diagram in _diagrams(block, forms):
                yield _in_place_of(block, diagram)
        case SectionSpec() | TurnedSpec():
            yield replace(block, content=_spelled(block.content, forms))
        case _:
            yield block


def _in_place_of(block: BlockSpec, own: BlockSpec) -> BlockSpec:
    return replace(own, when=block.when, place=block.place)


def answers(form: FilledForm, *, fold: bool = False) -> Iterator[BlockSpec]:
    """A form as it is answered: legal references, questions, tables, sheets, pictures, lists, diagrams."""
    rest = list(_after_the_references(form, fold))
    # Kept with what follows of the same form: where nothing does, the next form's heading must not be held by it.
    yield LegalSpec(form.spec.id, kept=bool(rest))
    yield from rest


def _after_the_references(form: FilledForm, fold: bool) -> Iterator[BlockSpec]:
    """The blocks in order. A heading stands there once something does that it stands over."""
    questions: list[str] = []
    headings: list[SubheadingSpec] = []
    for shape, name in _shapes(form.spec):
        if shape == "heading":
            yield from _questions(form, questions)
            questions, headings = [], _heading(form, name, fold)
        elif shape == "question":
            if form.items[name].relevant or not fold:
                yield from headings
                headings = []
                questions.append(name)
        elif _applies(form, shape, name):
            yield from _questions(form, questions)
            questions = []
            if shape == "item" or _is_under_one(form.spec, name):
                yield from headings
                headings = []
            yield from _item_blocks(form, form.items[name]) if shape == "item" else (SheetSpec(form.spec.id, name),)
    yield from _questions(form, questions)


def _heading(form: FilledForm, name: str, fold: bool) -> list[SubheadingSpec]:
    """A heading that applies, or that of a group of which all is printed, whatever applies."""
    item = form.items[name]
    return [SubheadingSpec(item.spec.label)] if item.relevant or (item.spec.under and not fold) else []


def _is_under_one(form: FormSpec, sheet: str) -> bool:
    """Whether the items of a sheet stand under one heading; where they do not, none of theirs heads the sheet."""
    items = form.sheet(sheet).items
    last, found = "", set[str]()
    for item in form.items:
        last = item.name if item.is_heading else last
        found |= {last} if item.name in items else set()
    return len(found) == 1


def _shapes(form: FormSpec) -> Iterator[tuple[str, str]]:
    """What a form consists of, in order: ``heading``, ``question``, ``item`` with an item's name, ``sheet``."""
    sheets = list(form.sheets)
    in_sheets = {name for sheet in sheets for name in sheet.items}
    seen: set[str] = set()
    apart_from = {"scores", "documents"} if form.scoring else set()  # printed with the score sheet
    for item in form.items:
        seen.add(item.name)
        if item.name in in_sheets:
            # A sheet stands where its first new item does; one that only asks again follows the sheet before it.
            while sheets and not seen.isdisjoint(sheets[0].items):
                yield "sheet", sheets[0].name
                seen.update(sheets.pop(0).items)
        elif item.name not in apart_from and "hidden" not in item.appearance:
            apart = item.is_table or item.type in ("narrative", "image")
            yield "heading" if item.is_heading else "item" if apart else "question", item.name


def _applies(form: FilledForm, shape: str, name: str) -> bool:
    """Whether a sheet or an item apart is printed at all: questions around one that is not stand together."""
    if shape == "item":
        item = form.items[name]
        return item.relevant and (bool(item.rows) or not item.spec.entry)
    return any(form.items[item].relevant for item in form.spec.sheet(name).items)


def _questions(form: FilledForm, names: list[str]) -> Iterator[BlockSpec]:
    if names:
        yield QuestionsSpec(form.spec.id, tuple(names))


def _item_blocks(form: FilledForm, item: FilledItem) -> Iterator[BlockSpec]:
    spec, target = item.spec, f"{form.spec.id}.{item.spec.name}"
    if spec.workflow:
        yield WorkflowSpec(target)
    elif spec.entry:
        yield SubheadingSpec(spec.label)
        yield ListSpec(target, spec.entry)
    elif spec.is_table:
        yield TableSpec(target, nothing=printed_words(_NOTHING))
    elif spec.type == "image":
        yield FigureSpec(target)
    else:
        if item.value is not None:
            yield SubheadingSpec(spec.label)
        yield TextSpec(target)


def _diagrams(block: WorkflowSpec, forms: Mapping[str, FilledForm]) -> Iterator[BlockSpec]:
    item = forms[block.form].items[block.item.rpartition(".")[2]]
    for process in item.processes if item.relevant else ():
        yield DiagramSpec(block.item, process.name)

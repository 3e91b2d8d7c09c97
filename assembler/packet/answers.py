"""Spells out what ``answers`` and ``workflow`` stand for: the blocks a form prints, in its own order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from assembler.model.filled import FilledForm, FilledItem
from assembler.model.reports import BlockSpec, ReportSpec
from assembler.model.specs import FormSpec

_ENTRY_MARKS = "bulleted"
_NOTHING = "موردی ندارد"  # in place of the rows of a table that an answered form leaves empty


def spelled_out(report: ReportSpec, forms: Mapping[str, FilledForm]) -> ReportSpec:
    """The report with the blocks that stand for others replaced by those."""
    return replace(report, parts=tuple(replace(part, content=_spelled(part.content, forms)) for part in report.parts))


def _spelled(blocks: tuple[BlockSpec, ...], forms: Mapping[str, FilledForm]) -> tuple[BlockSpec, ...]:
    return tuple(each for block in blocks for each in _blocks(block, forms))


def _blocks(block: BlockSpec, forms: Mapping[str, FilledForm]) -> Iterator[BlockSpec]:
    if block.kind == "answers":
        for own in answers(forms[block.target], block):
            yield from _blocks(own, forms)
    elif block.kind == "workflow":
        yield from _diagrams(block, forms)
    else:
        yield replace(block, content=_spelled(block.content, forms))


def answers(form: FilledForm, block: BlockSpec) -> Iterator[BlockSpec]:
    """A form as it is answered: legal references, questions, tables, sheets, pictures, lists, diagrams."""
    rest = list(_after_the_references(form, block))
    # Kept with what follows of the same form: where nothing does, the next form's heading must not be held by it.
    yield _block(block, "legal", form.spec.id, kept=bool(rest))
    yield from rest


def _after_the_references(form: FilledForm, block: BlockSpec) -> Iterator[BlockSpec]:
    questions: list[str] = []
    for shape, name in _shapes(form.spec):
        if shape == "question":
            questions.append(name)
        if shape == "question" or not _applies(form, shape, name):
            continue
        yield from _questions(form, questions, block)
        questions = []
        yield from _item_blocks(form.items[name], block) if shape == "item" else (_block(block, "sheet", name),)
    yield from _questions(form, questions, block)


def _shapes(form: FormSpec) -> Iterator[tuple[str, str]]:
    """What a form consists of, in order: ``question`` and ``item`` with an item's name, ``sheet`` with form.sheet."""
    sheets = list(form.sheets)
    in_sheets = {name for sheet in sheets for name in sheet.items}
    seen: set[str] = set()
    apart_from = {"scores", "documents"} if form.scoring else set()  # printed with the score sheet
    for item in form.items:
        seen.add(item.name)
        if item.name in in_sheets:
            # A sheet stands where its first new item does; one that only asks again follows the sheet before it.
            while sheets and not seen.isdisjoint(sheets[0].items):
                yield "sheet", f"{form.id}.{sheets[0].name}"
                seen.update(sheets.pop(0).items)
        elif item.name not in apart_from and "hidden" not in item.appearance:
            apart = item.is_table or item.type in ("narrative", "image")
            yield "item" if apart else "question", item.name


def _applies(form: FilledForm, shape: str, name: str) -> bool:
    """Whether a sheet or an item apart is printed at all: questions around one that is not stand together."""
    if shape == "item":
        item = form.items[name]
        return item.relevant and (bool(item.rows) or not item.spec.entry)
    sheet = next(sheet for sheet in form.spec.sheets if sheet.name == name.rpartition(".")[2])
    return any(form.items[item].relevant for item in sheet.items)


def _questions(form: FilledForm, names: list[str], block: BlockSpec) -> Iterator[BlockSpec]:
    if names:
        yield _block(block, "questions", form.spec.id, items=tuple(names))


def _item_blocks(item: FilledItem, block: BlockSpec) -> Iterator[BlockSpec]:
    spec, target = item.spec, f"{block.target}.{item.spec.name}"
    if spec.workflow:
        yield _block(block, "workflow", target)
    elif spec.entry:
        yield _block(block, "subheading", spec.label)
        yield _block(block, "list", target, entry=spec.entry, marks=_ENTRY_MARKS)
    elif spec.is_table:
        yield _block(block, "table", target, nothing=_NOTHING)
    elif spec.type == "image":
        yield _block(block, "figure", target)
    else:
        if item.value is not None:
            yield _block(block, "subheading", spec.label)
        yield _block(block, "text", target)


def _diagrams(block: BlockSpec, forms: Mapping[str, FilledForm]) -> Iterator[BlockSpec]:
    form, _, name = block.target.rpartition(".")
    item = forms[form].items[name]
    for process in item.processes if item.relevant else ():
        yield _block(block, "diagram", block.target, process=process.name)


def _block(block: BlockSpec, kind: str, target: str, **options: object) -> BlockSpec:
    """A block in place of another; a condition of the other holds for it too."""
    return BlockSpec(kind, target, options=MappingProxyType(options), when=block.when, place=block.place)

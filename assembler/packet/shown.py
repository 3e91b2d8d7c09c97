"""Which answers a packet prints, or rests on: what is answered and is nowhere among them would be lost in silence."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import is_dataclass

from assembler.base.expressions import ExpressionError, Tree, parse, parse_text, references
from assembler.base.problems import Place
from assembler.model.answers import Attachment
from assembler.model.blocks import (
    BlockSpec,
    ChartSpec,
    ListSpec,
    OfItem,
    PrintedFormSpec,
    QuestionsSpec,
    ScoreSheetSpec,
    SheetSpec,
    walk,
)
from assembler.model.filled import FilledForm, FilledItem
from assembler.model.packet import Part
from assembler.model.reports import Library, PartSpec
from assembler.model.specs import Expression, FormSpec
from assembler.packet.material import Material
from assembler.packet.sheets import standing_in

Templates = Mapping[str, frozenset[str] | None]
Target = tuple[str, str]  # a form and an item of it
Unprinted = tuple[str, str, str]  # and a column, «» for the whole item
CASE = "case"


def unprinted(material: Material, parts: Sequence[Part], library: Library) -> tuple[Unprinted, ...]:
    """The answers that no part of the packet prints, and nothing that is printed rests on, and the columns of tables
    of which a list, a chart or the evidence shows others only; those hidden on purpose are not among them. ``library``
    has the forms as they are written.
    """
    standing = set(_standing(material, parts, library.templates))
    found = _items_left(material, standing, library)
    columns = _columns_left(material, parts, standing, library)
    return (*((*target, "") for target in found), *columns)


def _items_left(material: Material, standing: Collection[Target], library: Library) -> tuple[Target, ...]:
    left = set(_answered(material)) - set(standing)
    if not left:
        return ()
    report = material.report
    told = (report.title, report.author, report.parts, report.signers, report.scores)
    named = set(_named((*told, report.deadlines, report.periods, report.years), ""))
    named.update(target for name in material.forms for target in _named(material.forms[name].spec.summary, name))
    if report.scores:
        named.add((CASE, report.scores.stage))
    if left <= named:
        return ()
    left -= _with_sources(named | set(standing), {**library.forms, CASE: report.case})
    return tuple(target for target in _answered(material) if target in left)


def _answered(material: Material) -> Iterator[Target]:
    for name in (*material.report.used_forms, CASE):
        for item in material.forms[name].items.values():
            given = item.answered and item.relevant and (item.value is not None or bool(item.rows))
            if given and item.spec.is_asked and "hidden" not in item.spec.appearance:
                yield name, item.spec.name


def _standing(material: Material, parts: Sequence[Part], templates: Templates) -> Iterator[Target]:
    """The items that stand in parts of the packet; ``templates`` tells the names each of them prints."""
    names = {part.name for part in parts}
    for spec in material.report.parts:
        if spec.name in names:
            yield from _in_part(spec, material, templates)
    yield from _evidence(parts, material.forms)


def _in_part(spec: PartSpec, material: Material, templates: Templates) -> Iterator[Target]:
    if spec.form:
        printed = templates.get(spec.template)
        for name, item in material.forms[spec.form].items.items():
            if printed is None or name in printed or item.spec.type == "narrative":
                yield spec.form, name
    for block in walk(spec.content):
        # A chart that waits for its numbers stands for its labels too.
        if material.has(block) or isinstance(block, ChartSpec):
            yield from _in_block(block, material)


def _in_block(block: BlockSpec, material: Material) -> Iterator[Target]:
    match block:
        case PrintedFormSpec(form=form):
            yield from ((form, name) for name in standing_in(material.forms[form]))
        case QuestionsSpec(form=form, items=names):
            yield from ((form, name) for name in names)
        case SheetSpec(form=form, sheet=sheet):
            yield from ((form, name) for name in material.forms[form].spec.sheet(sheet).items)
        case ScoreSheetSpec(form=form):
            spec = material.forms[form].spec
            yield from ((form, name) for name in ("scores", "documents"))
            yield from _named((spec.scoring, spec.documents), form)
        case OfItem(item=target) if target:
            form, _, name = target.rpartition(".")
            yield form, name


def _evidence(parts: Sequence[Part], forms: Mapping[str, FilledForm]) -> Iterator[Target]:
    """The items whose files stand as evidence."""
    files = {file.path for part in parts for file in part.files}
    for form, filled in forms.items() if files else ():
        for name, item in filled.items.items():
            if any(value.path in files for value in _files(item)):
                yield form, name


# ---------------------------------------------------------------- tables of which some columns are shown


def _columns_left(
    material: Material, parts: Sequence[Part], standing: Collection[Target], library: Library
) -> Iterator[Unprinted]:
    """The columns with answers that neither stand anywhere nor are named by what does."""
    shown = _partly(material, parts)
    whole = {target for target, columns in shown.items() if "" in columns}
    for target in [target for target in shown if target in standing and target not in whole]:
        form, name = target
        item = material.forms[form].items[name]
        asked = [column for column in item.spec.columns if column.is_asked and "hidden" not in column.appearance]
        left = [column.name for column in asked if _is_answered(item, column.name)]
        if not shown[target].issuperset(left):
            named = shown[target] | set(_columns_named(target, library, material))
            yield from ((form, name, column) for column in left if column not in named)


def _is_answered(item: FilledItem, column: str) -> bool:
    return any(row.cells[column].value is not None for row in item.rows if column in row.cells)


def _partly(material: Material, parts: Sequence[Part]) -> Mapping[Target, set[str]]:
    """The columns of tables that stand in the packet, «» where all of them do."""
    found: dict[Target, set[str]] = {}
    names = {part.name for part in parts}
    for spec in (spec for spec in material.report.parts if spec.name in names):
        if spec.form:
            found |= {(spec.form, name): {""} for name in material.forms[spec.form].items}
        for block in walk(spec.content):
            for form, name in _in_block(block, material) if material.has(block) or isinstance(block, ChartSpec) else ():
                if material.forms[form].spec.item(name).is_table:
                    found.setdefault((form, name), set()).update(_columns_of(block))
    files = {file.path for part in parts for file in part.files}
    for form, filled in material.forms.items() if files else ():
        for name, item in filled.items.items():
            shown = {
                column
                for row in item.rows
                for column, cell in row.cells.items()
                if isinstance(cell.value, Attachment) and cell.value.path in files
            }
            if shown:
                found.setdefault((form, name), set()).update(shown)
    return found


def _columns_of(block: BlockSpec) -> Iterator[str]:
    match block:
        case ListSpec(entry=entry):
            yield from (found.name for tree in _in_text(entry) for found in references(tree) if found.form == "row")
        case ChartSpec(label=label, value=value):
            yield from (label, value)
        case _:
            yield ""


def _columns_named(target: Target, library: Library, material: Material) -> Iterator[str]:
    """The columns of a table that expressions and rules anywhere name, or that other tables take their rows from."""
    form, name = target
    spec = library.forms.get(form) or material.forms[form].spec
    for column in spec.item(name).columns:
        yield from (found.name for tree in _trees(column) for found in references(tree) if not found.form)
    for own, value in (*library.forms.items(), ("", material.report)):
        for tree in _trees(value):
            for found in references(tree):
                if found.column and found.name == name and (found.form or own) == form:
                    yield found.column
    for other in library.forms.values():
        for item in other.items:
            if item.prefill and f"{form}.{name}" in item.prefill.sources:
                yield from item.prefill.cells.values()


def _files(item: FilledItem) -> Iterator[Attachment]:
    values = (item.value, *(cell.value for row in item.rows for cell in row.cells.values()))
    return (value for value in values if isinstance(value, Attachment))


# ---------------------------------------------------------------- what something rests on


def _with_sources(found: Collection[Target], forms: Mapping[str, FormSpec]) -> set[Target]:
    """Items, and those their conditions, calculations and texts name, and so on."""
    known: set[Target] = set()
    waiting = list(found)
    while waiting:
        target = waiting.pop()
        if target in known:
            continue
        known.add(target)
        form = forms.get(target[0])
        if form is not None and target[1] in form.by_name:
            waiting.extend(_named(form.item(target[1]), target[0]))
            waiting.extend(_lenders(form, target[1]))
    return known


def _lenders(form: FormSpec, name: str) -> Iterator[Target]:
    """The tables an item takes its rows from."""
    prefill = form.item(name).prefill
    for source in prefill.sources if prefill else ():
        owner, _, item = source.rpartition(".")
        yield owner or form.id, item


def _named(value: object, own: str) -> Iterator[Target]:
    """The items that expressions and texts anywhere within a value name; ``own`` is the form it belongs to."""
    for tree in _trees(value):
        for reference in references(tree):
            if not reference.previous:
                yield reference.form or own, reference.name


def _trees(value: object) -> Iterator[Tree]:
    """The expressions within a value, those within its texts too. Whole reports are walked at every check: no calls."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield from _in_text(one) if "{{" in one else ()
        elif isinstance(one, Expression):
            yield parse(one.source)
        elif isinstance(one, tuple):
            waiting.extend(one)
        elif isinstance(one, Mapping):
            waiting.extend(one.values())
        elif is_dataclass(one) and not isinstance(one, Place):
            waiting.extend(vars(one).values())


def _in_text(source: str) -> Iterator[Tree]:
    try:
        pieces = parse_text(source)
    except ExpressionError:  # a text in which braces are only braces
        return
    yield from (piece for piece in pieces if not isinstance(piece, str))

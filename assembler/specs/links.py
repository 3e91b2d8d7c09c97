"""Follows names across specs: every name an expression or a block uses must exist, and nothing may depend on itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter

from assembler.base.expressions import ExpressionError, Reference, compared, parse, parse_text, references
from assembler.base.problems import Place, Problem, problem
from assembler.base.suggest import guess, listed
from assembler.model.reports import BlockSpec, Gather, GatheredTable, PartSpec, ReportSpec
from assembler.model.specs import Column, Expression, Field, FormSpec, Item, Rule
from assembler.specs.language.gathering import GATHERED_LISTS
from assembler.specs.language.rules import RULE_COLUMNS
from assembler.specs.reports import walk
from assembler.specs.shapes import expression_problem

# Names that stand for something in a row besides its columns.
ROW_NAMES = ("position",)
PACKET_NAMES = frozenset({"annexes"})
_Node = tuple[str, str, str]  # form, item, column («» for the item itself)


@dataclass(frozen=True)
class Names:
    """What an expression may name where it stands.

    ``own`` is the form whose items go by their bare names, ``columns`` those of the row it stands in, ``row`` the
    table of a list's entries. ``case`` is None while it is not known which report asks: ``case.field`` is then taken
    on trust. ``statuses`` are what ``summary.`` may be followed by in the texts and conditions of a report, ``packet``
    what ``packet.`` may be followed by in the texts of its parts and in letters.
    Forms in ``broken`` have problems of their own; nothing is said of their items.
    """

    forms: Mapping[str, FormSpec]
    own: FormSpec | None = None
    columns: tuple[Column, ...] = ()
    row: Item | None = None
    case: FormSpec | None = None
    statuses: frozenset[str] | None = None
    packet: frozenset[str] = frozenset()
    broken: frozenset[str] = frozenset()

    def bare(self) -> dict[str, Field | None]:
        """The bare names with what they name; None for names that are no field."""
        items: dict[str, Field | None] = {item.name: item for item in self.own.items} if self.own else {}
        if not self.columns:
            return items
        return {**items, **dict.fromkeys(ROW_NAMES), **{column.name: column for column in self.columns}}


def check_forms(
    forms: Mapping[str, FormSpec], broken: frozenset[str] = frozenset(), lent: frozenset[str] = frozenset()
) -> Iterator[Problem]:
    """Unknown names in the expressions of all forms but those only ``lent`` to others, then circles."""
    sound = not broken
    for form in (form for form in forms.values() if form.id not in lent):
        for found in _check_form(form, Names(forms, form, broken=broken)):
            sound = False
            yield found
    if sound:
        yield from _circles(forms)


def _check_form(form: FormSpec, names: Names) -> Iterator[Problem]:
    if form.id in names.broken:
        return
    for item in form.items:
        for expression in _expressions(item):
            yield from _check_expression(expression, names)
        for column in item.columns:
            for expression in _expressions(column):
                yield from _check_expression(expression, replace(names, columns=item.columns))
        for row in item.footer:
            for expression in (*([row.calculation] if row.calculation else []), *row.cells.values()):
                yield from _check_expression(expression, names)
        yield from _check_entry(item, names)
        yield from _check_prefill(item, names)
    yield from _check_sheets(form)
    yield from _check_scoring(form, names)
    yield from _check_survey(form, names)
    yield from _check_summary(form, names)
    for rule in form.rules:
        known = [item.name for item in form.items]
        if rule.item and rule.item not in known:
            near = guess(rule.item, known)
            yield problem("unknown-item", rule.place, name=rule.item, shape=form.id, guess=near, known=listed(known))
        for option in rule.options.values():
            if isinstance(option, Expression):
                yield from _check_expression(option, names)
        yield from _check_text(rule.message, rule.place, names)
        yield from _check_rule(rule, form, names)


def _check_entry(item: Item, names: Names) -> Iterator[Problem]:
    if item.entry:
        yield from _check_text(item.entry, item.place, replace(names, row=item))


def _check_prefill(item: Item, names: Names) -> Iterator[Problem]:
    """The tables rows come from, and the columns taken from them."""
    if item.prefill is None:
        return
    for source in item.prefill.sources:
        yield from _check_item(source, ("table",), item.prefill.place, names)
        table = _item(source, names.forms)
        if table is None:
            continue
        columns = [column.name for column in table.columns]
        for name in item.prefill.cells.values():
            if name not in columns:
                near, known = guess(name, columns), listed(columns)
                yield problem("unknown-item", item.prefill.place, name=name, shape=source, guess=near, known=known)
        if item.prefill.when:
            owner = names.forms[source.rpartition(".")[0]]
            yield from _check_expression(item.prefill.when, replace(names, own=owner, columns=table.columns))


def _check_sheets(form: FormSpec) -> Iterator[Problem]:
    """Every item of a sheet is an item of the form and no table; one asked in several stands in each of them."""
    items = {item.name: item for item in form.items}
    for sheet in form.sheets:
        for name in sheet.items:
            if name not in items:
                near = guess(name, items)
                yield problem(
                    "unknown-item", sheet.place, name=name, shape=sheet.name, guess=near, known=listed([*items])
                )
            elif items[name].is_table:
                yield problem("wrong-item-kind", sheet.place, name=name, found="table", expected="value")


def _check_scoring(form: FormSpec, names: Names) -> Iterator[Problem]:
    """What the rules of a score sheet name: their expressions, the items they need, the choice they go by."""
    if form.scoring is None:
        return
    if form.scoring.applies:
        yield from _check_expression(form.scoring.applies, names)
    items = {item.name: item for item in form.items}
    for row in form.scoring.rows:
        for found in (row.rule.value, row.rule.target):
            if found:
                yield from _check_expression(found, names)
        for text in (row.rule.shows, row.rule.unit):
            yield from _check_text(text, row.place, names)
        needed = (name for band in row.rule.bands for name in band.needs)
        yield from _unknown((*needed, *filter(None, [row.rule.level])), items, form.id, row.place)
        if row.rule.level in items:
            choices = [choice.name for choice in items[row.rule.level].choices]
            yield from _unknown(row.rule.shares, choices, row.rule.level, row.place)


def _check_survey(form: FormSpec, names: Names) -> Iterator[Problem]:
    """The parts a questionnaire names, and that its results have a column for every level."""
    survey = form.survey
    if survey is None:
        return
    items = {item.name: item for item in form.items}
    named = (survey.questions, survey.response, survey.service, survey.period, survey.comment, *survey.headers)
    yield from _unknown(filter(None, named), items, form.id, survey.place)
    table = items.get(survey.questions)
    if table is None:
        return
    columns = {column.name: column for column in table.columns}
    told = (survey.number, survey.question, survey.level, survey.group)
    yield from _unknown(filter(None, told), columns, table.name, survey.place)
    yield from _unknown(survey.inverted, [row.name for row in table.rows], table.name, survey.place)
    levels = [choice.name for choice in columns[survey.level].choices] if survey.level in columns else []
    yield from _unknown(survey.numbers, levels, survey.level, survey.place)
    if survey.results not in names.forms:
        near = guess(survey.results, names.forms)
        yield problem("unknown-form", survey.place, name=survey.results, guess=near)
        return
    results = next((item for item in names.forms[survey.results].items if item.name == "questions"), None)
    counted = [column.name for column in results.columns] if results else []
    if survey.results not in names.broken:
        yield from _unknown((*levels, "answered"), counted, f"{survey.results}.questions", survey.place)


def _unknown(names: Iterable[str], known: Collection[str], shape: str, place: Place) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            yield problem("unknown-item", place, name=name, shape=shape, guess=guess(name, known), known=listed(known))


def _check_summary(form: FormSpec, names: Names) -> Iterator[Problem]:
    if form.summary:
        yield from _check_expression(form.summary.status, names)
        for text in (form.summary.figure, form.summary.reason):
            yield from _check_text(text, form.summary.status.place, names)


def _check_rule(rule: Rule, form: FormSpec, names: Names) -> Iterator[Problem]:
    """The columns and items a rule names."""
    item = next((item for item in form.items if item.name == rule.item), None)
    columns = [column.name for column in item.columns] if item else []
    for word in RULE_COLUMNS:
        option = rule.options.get(word, ())
        for name in (option,) if isinstance(option, str) else option if isinstance(option, tuple) else ():
            if item is not None and name not in columns:
                near = guess(name, columns)
                yield problem("unknown-item", rule.place, name=name, shape=rule.item, guess=near, known=listed(columns))
    own = {item.name for item in form.items}
    for target in (*_texts(rule, "items"), *_texts(rule, "among"), *_texts(rule, "template")):
        yield from _check_target(target, own, rule, names)


def _texts(rule: Rule, word: str) -> tuple[str, ...]:
    option = rule.options.get(word, ())
    return (option,) if isinstance(option, str) else option if isinstance(option, tuple) else ()


def _check_target(target: str, own: Collection[str], rule: Rule, names: Names) -> Iterator[Problem]:
    """``item``, ``form.item`` or ``form.item.column``."""
    form, *path = target.split(".") if "." in target else ("", target)
    if not form:
        if target not in own:
            near = guess(target, own)
            yield problem("unknown-item", rule.place, name=target, shape="rule", guess=near, known=listed(own))
        return
    if form in names.broken:
        return
    items = {item.name: item for item in names.forms[form].items} if form in names.forms else {}
    item = items.get(path[0])
    columns = {column.name for column in item.columns} if item else set()
    if item is None or (len(path) > 1 and path[1] not in columns):
        known = [*items] if item is None else [*columns]
        near = guess(path[-1], known)
        yield problem("unknown-item", rule.place, name=target, shape="rule", guess=near, known=listed(known))


def _expressions(field: Field) -> Iterator[Expression]:
    for found in (field.required, field.relevant, field.calculation, field.constraint and field.constraint.test):
        if isinstance(found, Expression):
            yield found


def _check_expression(expression: Expression, names: Names) -> Iterator[Problem]:
    """Names an expression uses that nothing answers to."""
    for reference in references(parse(expression.source)):
        yield from _check_reference(reference, expression.source, expression.place, names)
    for reference, choice in compared(parse(expression.source)):
        yield from _check_choice(reference, choice, expression.place, names)


def _check_choice(reference: Reference, choice: str, place: Place, names: Names) -> Iterator[Problem]:
    """A select item can only be compared with one of its choices."""
    known = _known(reference, names) or {}
    field = known.get(reference.name)
    choices = [each.name for each in field.choices] if field else []
    if choices and choice not in choices:
        yield problem("bad-value", place, value=choice, name=reference.name, known=listed(choices))


def _check_text(source: str, place: Place, names: Names) -> Iterator[Problem]:
    """The same for a text with ``{{ expressions }}``."""
    try:
        pieces = parse_text(source)
    except ExpressionError as error:
        yield expression_problem(error, place)
        return
    for piece in pieces:
        for reference in references(piece) if not isinstance(piece, str) else ():
            yield from _check_reference(reference, source, place, names)


def _check_reference(reference: Reference, source: str, place: Place, names: Names) -> Iterator[Problem]:
    known = _known(reference, names)
    if known is None:
        return
    if reference.form and reference.form not in (*names.forms, *_standing(reference, names)):
        yield problem("unknown-form", place, name=reference.form, guess=guess(reference.form, names.forms))
    elif not reference.name:
        word = "previous" if reference.previous else "form"
        usage = f"{word}('{reference.form}').item"
        yield problem("expression-arguments", place, expression=source, name=word, usage=usage)
    elif reference.name not in known:
        yield _unknown_name(reference.name, known, source, place)
    else:
        yield from _check_kind(reference, known[reference.name], source, place)


def _standing(reference: Reference, names: Names) -> tuple[str, ...]:
    """The names that stand for something besides forms; of the case before there are its fields only."""
    if reference.previous:
        return ("case",)
    summary, packet = ("summary",) if names.statuses is not None else (), ("packet",) if names.packet else ()
    return ("case", "row", *summary, *packet)


def _known(reference: Reference, names: Names) -> Mapping[str, Field | None] | None:
    """The names a reference may choose from; None when nothing can be said of them."""
    if not reference.form:
        return names.bare()
    if reference.previous and reference.form in ("row", "summary", "packet"):
        return {}
    if reference.form == "row":
        return {column.name: column for column in names.row.columns} if names.row else {}
    if reference.form == "case":
        return {item.name: item for item in names.case.items} if names.case else None
    if reference.form == "summary" and names.statuses is not None:
        return dict.fromkeys(sorted(names.statuses))
    if reference.form == "packet" and names.packet:
        return dict.fromkeys(sorted(names.packet))
    if reference.form in names.broken:
        return None
    owner = names.forms.get(reference.form)
    return {item.name: item for item in owner.items} if owner else {}


def _check_kind(reference: Reference, named: Field | None, source: str, place: Place) -> Iterator[Problem]:
    """A table stands where a function takes one, and nowhere else; its column must be one of its own."""
    is_table = isinstance(named, Item) and named.is_table
    if is_table != reference.table:
        found, expected = (named.type, "table") if reference.table and named else ("table", "value")
        yield problem("wrong-item-kind", place, name=reference.name, found=found, expected=expected)
    elif isinstance(named, Item) and reference.column:
        columns = [column.name for column in named.columns]
        if reference.column not in columns:
            yield _unknown_name(reference.column, columns, source, place)


def _unknown_name(name: str, known: Iterable[str], source: str, place: Place) -> Problem:
    known = list(known)
    return problem(
        "expression-unknown-name", place, expression=source, name=name, guess=guess(name, known), known=listed(known)
    )


def _circles(forms: Mapping[str, FormSpec]) -> Iterator[Problem]:
    graph: dict[_Node, set[_Node]] = {}
    places: dict[_Node, Place] = {}
    for form in forms.values():
        for item in form.items:
            node = (form.id, item.name, "")
            places[node] = item.place
            graph.setdefault(node, set()).update(_dependencies(form, item, item, forms))
            graph[node].update(_sources(item))
            for column in item.columns:
                cell = (form.id, item.name, column.name)
                places[cell] = column.place
                graph.setdefault(cell, set()).update(_dependencies(form, item, column, forms))
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle: list[_Node] = error.args[1]
        path = " ← ".join(".".join(filter(None, node)) for node in circle)
        yield problem("cycle", places.get(circle[0], Place()), path=path)


def _sources(item: Item) -> Iterator[_Node]:
    """The tables a prefilled table looks into."""
    for source in item.prefill.sources if item.prefill else ():
        form, _, name = source.rpartition(".")
        yield (form, name, "")


def _dependencies(form: FormSpec, item: Item, field: Field, forms: Mapping[str, FormSpec]) -> Iterator[_Node]:
    columns = {column.name for column in item.columns} if field is not item else set()
    deciding = [found for found in (field.relevant, field.calculation) if found]
    for expression in deciding:
        for reference in references(parse(expression.source)):
            if reference.name in ROW_NAMES or reference.form in ("case", "row") or not reference.name:
                continue
            if reference.previous:
                continue  # another case: nothing there depends on this one
            if not reference.form and reference.name in columns:
                yield (form.id, item.name, reference.name)
                continue
            owner = reference.form or form.id
            yield (owner, reference.name, reference.column)
            # Counting rows looks at whether the table applies, not into its cells.
            if reference.table:
                yield (owner, reference.name, "")


# ---------------------------------------------------------------- reports


def check_report(
    report: ReportSpec, forms: Mapping[str, FormSpec], broken: frozenset[str] = frozenset()
) -> Iterator[Problem]:
    """Blocks, parts and texts that name forms, items, case fields, letters or signers nobody has."""
    names = Names(forms, case=report.case, broken=broken)
    inside = replace(names, statuses=frozenset({*(status.name for status in report.statuses), "open", "all"}))
    yield from _check_form(report.case, replace(names, own=report.case))
    for name in report.used_forms:
        if name in forms:
            yield from _check_form(forms[name], replace(names, own=forms[name]))
    yield from _circles({"case": report.case})
    for name in report.forms:
        if name not in forms:
            yield problem("unknown-form", report.place, name=name, guess=guess(name, forms))
    signers = [text for signer in report.signers for text in (signer.name, signer.post)]
    for text in (report.title, report.author, *signers):
        yield from _check_text(text, report.place, names)
    for deadline in report.deadlines:
        for expression in (deadline.date, deadline.when, deadline.done):
            if expression:
                yield from _check_expression(expression, inside)
    if report.scores:
        yield from _check_text(report.scores.agency, report.scores.place, names)
    if report.periods:
        for expression in report.periods.expressions:
            yield from _check_expression(expression, names)
        yield from _check_text(report.periods.unit, report.periods.place, names)
    printed = replace(inside, packet=PACKET_NAMES)
    for part in report.parts:
        yield from _check_part(part, report, inside, printed)
        for block in walk(replace(report, parts=(part,))):
            yield from _check_block(block, report, printed if part.kind == "letter" else inside)


def _check_part(part: PartSpec, report: ReportSpec, names: Names, printed: Names) -> Iterator[Problem]:
    """``printed`` are the names of its texts: what stands in the packet is not known while its parts are chosen."""
    if part.form and part.form not in names.forms:
        yield problem("unknown-form", part.place, name=part.form, guess=guess(part.form, names.forms))
    keys = [signer.key for signer in report.signers]
    if part.signer and part.signer not in keys:
        yield problem("bad-value", part.place, value=part.signer, name="signer", known=listed(keys))
    if part.when:
        yield from _check_expression(part.when, names)
    for text in (part.title, *part.fields.values()):
        yield from _check_text(text, part.place, printed)
    if part.document_id:
        for text in part.document_id.texts:
            yield from _check_text(text, part.document_id.place, printed)
        if part.document_id.when:
            yield from _check_expression(part.document_id.when, names)
    for file in part.files:
        yield from _check_item(file, ("file", "image"), part.place, names)


def check_gather(
    report: ReportSpec, reports: Mapping[str, ReportSpec], forms: Mapping[str, FormSpec],
    broken: frozenset[str] = frozenset(),
) -> Iterator[Problem]:  # fmt: skip
    """What a report gathers: the cases it is made of, its own tables, and what expressions name in those cases."""
    gather = report.gather
    if gather is None:
        return
    own = Names(forms, case=report.case, broken=broken)
    yield from _unknown(gather.fields, [item.name for item in report.case.items], "case.yaml", gather.place)
    for table in gather.tables:
        yield from _check_item(table.target, ("table",), table.place, own)
    source = reports.get(gather.source)
    if source is None:
        near, known = guess(gather.source, reports), listed(reports)
        yield problem("unknown-report", gather.place, name=gather.source, guess=near, known=known)
        return
    if source.periods is None:
        yield problem("missing-key", gather.place, shape=source.id, name="periods")
    used = {name: forms[name] for name in source.used_forms if name in forms}
    yield from _check_gathered(gather, Names(used, case=source.case, broken=broken), own)


def _check_gathered(gather: Gather, inside: Names, own: Names) -> Iterator[Problem]:
    """The expressions evaluated in each case, and the columns their values go into."""
    for table in gather.tables:
        yield from _check_columns(table, own)
        if table.of == "cases":
            across = [table.across.at] if table.across else []
            for found in (*table.cells.values(), *across, *([table.when] if table.when else [])):
                yield from _check_expression(found, inside)
        else:
            names = [found.source.strip() for found in table.cells.values()]
            yield from _unknown(names, GATHERED_LISTS.get(table.of, ()), table.of, table.place)
    for check in gather.checks:
        yield from _check_expression(check.test, inside)
        yield from _check_text(check.message, check.place, inside)
    for fall in gather.falls:
        for found in (fall.value, *([fall.unless] if fall.unless else [])):
            yield from _check_expression(found, inside)


def _check_columns(table: GatheredTable, own: Names) -> Iterator[Problem]:
    """Cells go into columns that can be answered; those that stand side by side go where ``across`` says."""
    item = _item(table.target, own.forms)
    if item is None or not item.is_table or table.target.rpartition(".")[0] in own.broken:
        return
    asked = [column.name for column in item.columns if column.calculation is None]
    spread = table.across.columns if table.across else {}
    straight = [name for name in table.cells if name not in spread]
    yield from _unknown(straight, asked, table.target, table.place)
    yield from _unknown((name for names in spread.values() for name in names), asked, table.target, table.place)
    yield from _unknown((*spread, *table.key), table.cells, table.target, table.place)
    yield from _unknown(table.order, straight, table.target, table.place)


_EXPECTED = {
    "text": ("text", "narrative", "calculate", "note", "select_one", "integer", "decimal", "percent", "date"),
    "table": ("table",),
    "list": ("table",),
    "chart": ("table",),
    "figure": ("image", "file"),
    "workflow": ("table",),
}
_NEEDED = {"list": ("entry",), "chart": ("label", "value")}


def _check_block(block: BlockSpec, report: ReportSpec, names: Names) -> Iterator[Problem]:
    if block.when:
        yield from _check_expression(block.when, names)
    for option in _NEEDED.get(block.kind, ()):
        if not block.options.get(option):
            yield problem("missing-key", block.place, shape=block.kind, name=option)
    entries = replace(names, row=_item(block.target, names.forms))
    for text in _block_texts(block):
        yield from _check_text(text, block.place, entries if block.kind == "list" else names)
    if block.kind == "summary":
        known = [status.name for status in report.statuses]
        if (only := str(block.options.get("only", ""))) and only not in known:
            yield problem("bad-value", block.place, value=only, name="only", known=listed(known))
    elif block.kind == "scores" and report.scores is None:
        yield problem("missing-key", block.place, shape=report.id, name="scores")
    elif block.kind in ("form", "answers", "score_sheet"):
        if block.target not in names.forms:
            yield problem("unknown-form", block.place, name=block.target, guess=guess(block.target, names.forms))
        elif block.kind == "score_sheet" and names.forms[block.target].scoring is None:
            yield problem("missing-key", block.place, shape=block.target, name="scores")
    elif block.target.startswith("letter:"):
        letters = [part.name for part in report.parts if part.kind == "letter"]
        if block.target.removeprefix("letter:") not in letters:
            name = block.target.removeprefix("letter:")
            yield problem("unknown-reference", block.place, name=name, guess=guess(name, letters))
    elif block.kind in _EXPECTED:
        yield from _check_item(block.target, _EXPECTED[block.kind], block.place, names)
        if block.kind == "chart":
            yield from _check_chart(block, names)


def _block_texts(block: BlockSpec) -> Iterator[str]:
    if block.kind in ("contents", "section", "subheading", "paragraph"):
        yield block.target
    for option in ("caption", "entry"):
        if option in block.options:
            yield str(block.options[option])
    notes = block.options.get("notes", ())
    yield from notes if isinstance(notes, tuple) else ()


def _item(target: str, forms: Mapping[str, FormSpec]) -> Item | None:
    form, _, name = target.rpartition(".")
    return next((item for item in forms[form].items if item.name == name), None) if form in forms else None


def _check_item(target: str, types: tuple[str, ...], place: Place, names: Names) -> Iterator[Problem]:
    form, _, name = target.rpartition(".")
    if not form:
        return  # the shape has reported it
    if form not in names.forms:
        yield problem("unknown-form", place, name=form, guess=guess(form, names.forms))
        return
    if form in names.broken:
        return
    item = _item(target, names.forms)
    if item is None:
        known = [item.name for item in names.forms[form].items]
        yield problem("unknown-item", place, name=name, shape=form, guess=guess(name, known), known=listed(known))
    elif item.type not in types:
        yield problem("wrong-item-kind", place, name=target, found=item.type, expected=listed(types))


def _check_chart(block: BlockSpec, names: Names) -> Iterator[Problem]:
    item = _item(block.target, names.forms)
    columns = [column.name for column in item.columns] if item else []
    for option in _NEEDED["chart"]:
        column = str(block.options.get(option, ""))
        if item and column and column not in columns:
            yield problem(
                "unknown-item", block.place, name=column, shape=block.target, guess=guess(column, columns),
                known=listed(columns),
            )  # fmt: skip

"""Builds a FormSpec from a node that fits its shape, and reports what a shape cannot know: types, choices, columns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assembler.base.catalogue.entries import Severity
from assembler.base.problems import Place, Problem, problem
from assembler.base.suggest import guess, listed
from assembler.base.yamlfile import MappingNode, Node, Scalar
from assembler.model.sheets import LayoutCell, Sheet, SheetRow
from assembler.model.specs import (
    Choice,
    Column,
    Constraint,
    Expression,
    FormSpec,
    Item,
    Prefill,
    Rule,
    Summary,
    SurveySpec,
    WorkflowColumns,
)
from assembler.model.tables import FooterRow, GroupRows
from assembler.specs import nodes, scoring
from assembler.specs.also import taken_names
from assembler.specs.choices import check_within, choice_lists
from assembler.specs.each import spelled_out
from assembler.specs.groups import grouped
from assembler.specs.language.forms import SURVEY
from assembler.specs.language.items import (
    APPEARANCES,
    COLUMN_TYPES,
    FITTING,
    ITEM_TYPES,
    SELECT_TYPES,
    SHOWN_BY,
    WORKFLOW,
)
from assembler.specs.nodes import expression, flag, items, mapping, number, text, texts, whole
from assembler.specs.printed_rows import RowReader
from assembler.specs.rules import read_rule
from assembler.specs.shapes import FALSE
from assembler.specs.totals import Totals
from assembler.specs.unfit import beside_each_other
from assembler.specs.wording import with_words

TABLE_WORDS = (
    *("caption", "columns", "rows", "group_rows", "footer", "heading", "notes", "min_rows", "max_rows"),
    *("totals", "column_numbers", "page", "fit", "as", "number", "entry", "prefill", "workflow"),
)
_OF_PAPER = frozenset({"hidden", "heading"})
# What a cell of a printed form says in vain where it shows a table, or a text.
_BESIDE_CELL = {"table": ("item", "text", "show", "lines"), "text": ("item", "show")}
UNLIKE_CARDS = ("heading", "column_numbers", "fit", "entry", "workflow")  # cards have no header and no columns
SURVEY_NAMES = tuple(word.name for word in SURVEY.words if word.name not in ("numbers", "inverted", "headers"))
WORKFLOW_WORDS = tuple(word.name for word in WORKFLOW.words)


@dataclass
class FormBuilder:
    """Builds one form; ``problems`` fills as it goes."""

    place: Place
    choices: Mapping[str, tuple[Choice, ...]]
    problems: list[Problem]

    def report(self, code: str, place: Place, **arguments: object) -> None:
        self.problems.append(problem(code, place, **arguments))

    def items(self, node: Node | None) -> tuple[Item, ...]:
        found = [each for entry in items(node) for each in grouped(mapping(entry), self.place, self._item)]
        self.problems.extend(each for each in found if isinstance(each, Problem))
        built = with_words(each for each in found if isinstance(each, Item))
        self.problems.extend(check_within(built))
        self._unique(built, "form")
        self.problems.extend(taken_names(built))
        return built

    def _unique(self, fields: Iterable[Item | Column], shape: str) -> None:
        seen: set[str] = set()
        for field in fields:
            if field.name and field.name in seen:
                self.report("duplicate-name", field.place, name=field.name, shape=shape)
            seen.add(field.name)

    def _item(self, node: MappingNode) -> Item:
        place = self.place.within(line=node.line, item=text(node, "name"))
        shared = self._field(node, place, ITEM_TYPES)
        is_table = shared["type"] == "table"
        if not is_table:
            for word in TABLE_WORDS:
                if word in node.entries:
                    where = place.within(line=node.line_of(word))
                    self.report("unknown-key", where, name=word, shape=shared["type"], guess="table", known="")
            if "also" in node.entries and ("calculation" in node.entries or shared["type"] == "calculate"):
                self.report("word-unfit", place.within(line=node.line_of("also")), name="also", shape="calculation")
            return Item(**shared)
        columns = with_words(self._columns(node.get("columns"), (), place))
        totals = Totals(node, columns, place, self.report)
        columns = (*columns, *totals.columns())
        self._unique(columns, "table")
        self.problems.extend(taken_names(columns))
        if not columns:
            self.report("missing-key", place, shape="table", name="columns")
        names = [column.name for column in columns]
        self._check_words(node, columns, place)
        return Item(
            **shared,
            caption=text(node, "caption"),
            heading=text(node, "heading"),
            columns=columns,
            rows=RowReader(columns, self.report).read(node, place),
            group_rows=self._group_rows(node, names, place),
            footer=(*self._footer(node, columns, place), *totals.footer()),
            notes=texts(node, "notes"),
            min_rows=whole(node, "min_rows"),
            max_rows=whole(node, "max_rows"),
            page="landscape" if text(node, "page") == "landscape" else "portrait",
            fit="shrink" if text(node, "fit") == "shrink" else "",
            as_="cards" if text(node, "as") == "cards" else "",
            number=text(node, "number"),
            entry=text(node, "entry"),
            prefill=self._prefill(node, names, place),
            workflow=self._workflow(node, names, place),
            column_numbers=text(node, "column_numbers"),
        )

    def _check_words(self, node: MappingNode, columns: Sequence[Column], place: Place) -> None:
        """Words of a table that do nothing beside others: rows that are printed are neither added nor counted."""
        if columns and all("hidden" in column.appearance for column in columns):
            self.report("table-hidden", place)
        for word in UNLIKE_CARDS if "as" in node.entries else ():
            if word in node.entries:
                self.report("word-unfit", place.within(line=node.line_of(word)), name=word, shape="cards")
        for column in columns if "column_numbers" not in node.entries else ():
            if column.formula:
                self.report("word-unfit", column.place, name="formula", shape="column")
        for word in ("group_rows", "min_rows", "max_rows", "prefill") if "rows" in node.entries else ():
            if word in node.entries:
                self.report("word-unfit", place.within(line=node.line_of(word)), name=word, shape="rows")

    def _prefill(self, node: MappingNode, columns: list[str], place: Place) -> Prefill | None:
        if "prefill" not in node.entries:
            return None
        found = mapping(node.get("prefill"))
        where = place.within(line=found.line)
        cells = mapping(found.get("cells"))
        names = {own: text(cells, own) for own in cells.entries}
        key = text(found, "key") or next(iter(names), "")
        self._known_columns(names, columns, where)
        self._known_columns([key] if names else [], list(names), where)
        return Prefill(texts(found, "from"), names, key, expression(found, "when", where), where)

    def _workflow(self, node: MappingNode, columns: list[str], place: Place) -> WorkflowColumns | None:
        if "workflow" not in node.entries:
            return None
        found = mapping(node.get("workflow"))
        names = {word: text(found, word) for word in WORKFLOW_WORDS}
        self._known_columns(filter(None, names.values()), columns, place.within(line=found.line))
        return WorkflowColumns(**names)

    def _field(self, node: MappingNode, place: Place, types: Collection[str]) -> dict[str, Any]:
        bare, choices = self._type(node, place, types)
        for word, fitting in FITTING.items():
            if word in node.entries and bare not in fitting:
                self.report("word-unfit", place.within(line=node.line_of(word)), name=word, shape=bare)
        self.problems.extend(beside_each_other(node, place))
        return {
            "name": text(node, "name"),
            "type": bare,
            "label": text(node, "label"),
            "hint": text(node, "hint"),
            "also": texts(node, "also"),
            "required": self._required(node, place),
            "relevant": expression(node, "relevant", place),
            "constraint": self._constraint(node, place),
            "calculation": expression(node, "calculation", place),
            "default": text(node, "default") or None,
            "appearance": self._appearance(node, bare, place),
            "choices": choices,
            "format": text(node, "format"),
            "marks": texts(node, "marks"),
            "blank": text(node, "blank"),
            "unit": text(node, "unit"),
            "footnote": text(node, "footnote"),
            "inferred": text(node, "inferred"),
            "doubt": text(node, "doubt"),
            "own": text(node, "own"),
            "carry": flag(node, "carry") if "carry" in node.entries else None,
            "within": text(node, "within"),
            "check": text(node, "check"),
            "digits": whole(node, "digits"),
            "translation": text(node, "translation"),
            "direction": text(node, "direction"),
            "figures": text(node, "figures"),
            "was": text(node, "was"),
            "place": place,
        }

    def _type(self, node: MappingNode, place: Place, types: Collection[str]) -> tuple[str, tuple[Choice, ...]]:
        bare, _, list_name = text(node, "type").partition(" ")
        where = place.within(line=node.line_of("type"))
        if not bare:
            return "text", ()
        if bare not in types:
            self.report("unknown-type", where, value=bare, guess=guess(bare, types), known=listed(types, 20))
            return "text", ()
        if bare not in SELECT_TYPES:
            if list_name:
                self.report("unknown-type", where, value=f"{bare} {list_name}", guess=bare, known=listed(types, 20))
            return bare, ()
        if list_name not in self.choices:
            known = tuple(self.choices)
            self.report("unknown-choices", where, name=list_name, guess=guess(list_name, known), known=listed(known))
            return bare, ()
        return bare, self.choices[list_name]

    @staticmethod
    def _required(node: MappingNode, place: Place) -> Expression | bool:
        if flag(node, "required"):
            return True
        if text(node, "required") in ("", *FALSE):
            return False
        return expression(node, "required", place) or False

    def _constraint(self, node: MappingNode, place: Place) -> Constraint | None:
        test = expression(node, "constraint", place)
        if test is None:
            return None
        if not text(node, "constraint_message"):
            self.report("missing-key", test.place, shape="constraint", name="constraint_message")
        severity = nodes.severity(node, "constraint_severity", Severity.ERROR)
        return Constraint(test, text(node, "constraint_message"), severity)

    def _appearance(self, node: MappingNode, bare: str, place: Place) -> tuple[str, ...]:
        words = tuple(text(node, "appearance").split())
        where = place.within(line=node.line_of("appearance"))
        for word in words:
            if word not in APPEARANCES:
                self.report("bad-value", where, value=word, name="appearance", known=listed(APPEARANCES))
            elif bare not in SHOWN_BY.get(word, (bare,)) or (word == "ticks" and not place.column):
                self.report("word-unfit", where, name=word, shape=bare)
        return words

    def _columns(self, node: Node | None, group: tuple[str, ...], place: Place) -> tuple[Column, ...]:
        built: list[Column] = []
        for column in spelled_out(node, self.choices, place, self.report):
            where = place.within(line=column.line, column=text(column, "name") or text(column, "label"))
            if "columns" in column.entries:
                built.extend(self._spanning(column, group, where))
            else:
                built.append(self._column(column, group, where))
        return tuple(built)

    def _spanning(self, node: MappingNode, group: tuple[str, ...], place: Place) -> tuple[Column, ...]:
        for key in node.entries:
            if key not in ("label", "columns"):
                where = place.within(line=node.line_of(key))
                known = "label، columns"
                self.report("unknown-key", where, name=key, shape="spanning header", guess="label", known=known)
        if not text(node, "label"):
            self.report("missing-key", place, shape="spanning header", name="label")
        return self._columns(node.get("columns"), (*group, text(node, "label")), place)

    def _column(self, node: MappingNode, group: tuple[str, ...], place: Place) -> Column:
        for key in ("name", "type"):
            if not text(node, key):
                self.report("missing-key", place, shape="column", name=key)
        return Column(
            **self._field(node, place, COLUMN_TYPES),
            group=group,
            width=number(node, "width"),
            align=text(node, "align"),
            merge=flag(node, "merge"),
            formula=text(node, "formula"),
        )

    def _known_columns(self, names: Iterable[str], known: list[str], place: Place) -> None:
        for name in names:
            if name not in known:
                near = guess(name, known)
                self.report("unknown-item", place, name=name, shape="table", guess=near, known=listed(known))

    def _group_rows(self, node: MappingNode, columns: list[str], place: Place) -> GroupRows | None:
        if "group_rows" not in node.entries:
            return None
        found = mapping(node.get("group_rows"))
        group = GroupRows(texts(found, "columns"), texts(found, "required"))
        self._known_columns((*group.columns, *group.required), columns, place.within(line=found.line))
        missing = [name for name in group.required if name in columns]
        self._known_columns(missing, list(group.columns), place.within(line=found.line))
        return group

    def _footer(self, node: MappingNode, columns: Sequence[Column], place: Place) -> tuple[FooterRow, ...]:
        rows = []
        known = [column.name for column in columns]
        hidden = [column.name for column in columns if "hidden" in column.appearance]
        for entry in items(node.get("footer")):
            row = mapping(entry)
            where = place.within(line=row.line)
            cells = mapping(row.get("cells"))
            self._known_columns((key.partition(".")[0] for key in cells.entries), known, where)
            for name in (key for key in cells.entries if key.partition(".")[0] in hidden):
                self.report("word-unfit", where.within(line=cells.line_of(name)), name=name, shape="hidden")
            calculations = {key: found for key in cells.entries if (found := expression(cells, key, where))}
            rows.append(FooterRow(text(row, "label"), expression(row, "calculation", where), calculations))
        return tuple(rows)

    def layout(self, node: Node | None, known: list[str] | None) -> tuple[tuple[LayoutCell, ...], ...]:
        return tuple(tuple(self._layout_cell(cell, known) for cell in items(row)) for row in items(node))

    def _layout_cell(self, node: Node, known: list[str] | None) -> LayoutCell:
        if isinstance(node, Scalar):
            cell = LayoutCell(item=node.text or "")
        else:
            found = mapping(node)
            show: Any = text(found, "show", "both")
            span, lines = whole(found, "span") or 1, whole(found, "lines") or 1
            table = text(found, "table")
            beside = "table" if table else "text" if "text" in found.entries else ""
            for word in _BESIDE_CELL.get(beside, ()):
                if word in found.entries:
                    self.report("word-unfit", self.place.within(line=found.line_of(word)), name=word, shape=beside)
            cell = LayoutCell(table or text(found, "item"), text(found, "text"), show, span, lines, bool(table))
        if cell.item and known is not None and cell.item not in known:
            place = self.place.within(line=node.line)
            near = guess(cell.item, known)
            self.report("unknown-item", place, name=cell.item, shape="layout", guess=near, known=listed(known))
        return cell

    def sheets(self, node: Node | None) -> tuple[Sheet, ...]:
        return tuple(self._sheet(mapping(sheet)) for sheet in items(node))

    def _sheet(self, node: MappingNode) -> Sheet:
        place = self.place.within(line=node.line)
        heads = texts(node, "heads")
        if len(heads) not in (0, 2):
            self.report("bad-value", place, value=listed(heads), name="heads", known="2")
        return Sheet(
            name=text(node, "name"),
            rows=tuple(self._sheet_row(row, place) for row in items(node.get("rows"))),
            caption=text(node, "caption"),
            heads=heads,
            notes=texts(node, "notes"),
            inferred=text(node, "inferred"),
            place=place,
        )

    def _sheet_row(self, node: Node, place: Place) -> SheetRow:
        """An item alone, a heading, or several items under one label."""
        if isinstance(node, Scalar):
            return SheetRow((node.text or "",))
        found = mapping(node)
        where = place.within(line=found.line)
        for word in ("label", "items") if "heading" in found.entries else ():
            if word in found.entries:
                self.report("word-unfit", where.within(line=found.line_of(word)), name=word, shape="heading")
        if "heading" not in found.entries and not texts(found, "items"):
            self.report("missing-key", where, shape="sheet row", name="items")
        return SheetRow(texts(found, "items"), text(found, "label"), text(found, "heading"))

    def rules(self, node: Node | None) -> tuple[Rule, ...]:
        found = ((mapping(rule), self.place.within(line=rule.line)) for rule in items(node))
        read = (read_rule(rule, place.within(item=text(rule, "item") or None), self.problems) for rule, place in found)
        return tuple(rule for rule in read if rule is not None)


def _summary(node: MappingNode, place: Place) -> Summary | None:
    found = mapping(node.get("summary"))
    status = expression(found, "status", place.within(line=found.line))
    return Summary(status, text(found, "figure"), text(found, "reason")) if status else None


def _survey(node: MappingNode, place: Place) -> SurveySpec | None:
    if "survey" not in node.entries:
        return None
    found = mapping(node.get("survey"))
    names = {word: text(found, word) for word in SURVEY_NAMES}
    where = place.within(line=found.line)
    headers = mapping(found.get("headers"))
    return SurveySpec(
        **names,
        numbers=texts(found, "numbers"),
        inverted=texts(found, "inverted"),
        headers={name: texts(headers, name) for name in headers.entries},
        place=where,
    )


# The forms whose items come before and after those of a form; «» for none.
Bases = tuple[str, str]


def build_form(
    node: MappingNode, place: Place, root: Path | None = None
) -> tuple[FormSpec, Bases, tuple[Problem, ...]]:
    """A form as its file says it, the forms it takes over, and its problems; ``root`` is the folder of them all."""
    place = place.within(form=text(node, "form"), line=node.line)
    builder = FormBuilder(place, *choice_lists(node.get("choices"), place, root))
    own_items = builder.items(node.get("items"))
    form = FormSpec(
        id=text(node, "form"),
        title=text(node, "title"),
        source=nodes.source(node.get("source")),
        items=own_items,
        legal=texts(node, "legal"),
        inferred=text(node, "inferred"),
        own=text(node, "own"),
        rules=builder.rules(node.get("rules")),
        legal_doubt=text(node, "legal_doubt"),
        sheets=builder.sheets(node.get("sheets")),
        summary=_summary(node, place),
        survey=_survey(node, place),
        scoring=scoring.score_sheet(node.get("scores"), place),
        documents=scoring.documents(node.get("documents"), place),
        was=text(node, "was"),
        figures="off" if text(node, "figures") else "",
        place=place,
    )
    bases = (text(node, "extends"), text(node, "append"))
    if "layout" in node.entries:
        known = None if any(bases) else [item.name for item in own_items]
        form = replace(form, layout=builder.layout(node.get("layout"), known))
        for item in own_items:
            if item.as_ and any(cell.item == item.name for row in form.layout for cell in row):
                builder.report("word-unfit", item.place, name="as", shape="layout")
    return form, bases, tuple(builder.problems)


def build_case_form(node: MappingNode, place: Place, root: Path | None = None) -> tuple[FormSpec, tuple[Problem, ...]]:
    """The fields of ``case.yaml`` as a form, so that they are typed and checked like any other."""
    place = place.within(form="case")
    builder = FormBuilder(place, *choice_lists(node.get("choices"), place, root))
    title = text(node, "title")
    form = FormSpec("case", title, nodes.source(node.get("source")), builder.items(node.get("case")), place=place)
    groups = [each for each in nodes.items(node.get("case")) if "group" in mapping(each).entries]
    for group in groups:
        builder.report("word-unfit", place.within(line=group.line), name="group", shape="case")
    for item in () if groups else form.items:
        for word in _OF_PAPER.intersection(item.appearance):  # its fields are printed where a text names them
            builder.report("word-unfit", item.place, name=word, shape="case")
    return form, tuple(builder.problems)

"""Builds score sheets and score cards, and holds their caps against one another: rows, indicators, axes, the total."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from assembler.base.problems import Place, Problem, problem
from assembler.base.suggest import guess, listed
from assembler.base.yamlfile import MappingNode, Node
from assembler.model.reports import Axis, ReportSpec, ScoreCardSpec
from assembler.model.specs import STAGES, Band, Expression, FormSpec, Item, ScoredRow, ScoreRule, ScoreSheet
from assembler.model.tables import PrintedRow
from assembler.specs.language.scoring import SCORED_ROW
from assembler.specs.nodes import expression, items, mapping, text, texts
from assembler.specs.shapes import NUMBER

SCORES, DOCUMENTS = "scores", "documents"  # the tables a form that is scored has
HOW = "how"  # its column that tells how a row is scored, where it has one
_HOW = {
    "bands": "از ارقام فرم محاسبه می‌شود",
    "holds": "از ارقام فرم محاسبه می‌شود",
    "target": "از تحقق هدف پیشنهاد می‌شود",
    "levels": "از سطح انتخاب‌شده؛ سطحی که امتیاز معین ندارد به تشخیص ارزیاب",
    "manual": "به تشخیص ارزیاب",
}
_EXTERNAL = "ارزیابی با {assessor}"
_GIVEN = ("no", "title", "cap")  # the columns of «scores» that the rows fill
_NO_EXPRESSION = Expression("''")


def score_sheet(node: Node | None, place: Place) -> ScoreSheet | None:
    """How a form is scored; None of a form that is not."""
    if node is None:
        return None
    found = mapping(node)
    where = place.within(line=found.line)
    return ScoreSheet(
        number=text(found, "number"),
        cap=_decimal(found, "cap"),
        rows=tuple(_row(mapping(row), where) for row in items(found.get("rows"))),
        ordinal=text(found, "ordinal"),
        unit=text(found, "unit"),
        goal=text(found, "goal"),
        applies=expression(found, "applies", where),
        excuse=text(found, "excuse"),
        measures=text(found, "measures"),
        footnote=text(found, "footnote"),
        place=where,
    )


def _row(node: MappingNode, place: Place) -> ScoredRow:
    where = place.within(line=node.line, item=SCORES)
    kind = next((word for word in SCORED_ROW.one_of if word in node.entries), "manual")
    rule = replace(
        _RULES[kind](node, where),
        shows=text(node, "shows"),
        quote=text(node, "quote"),
        compares=tuple(stage for stage in STAGES if stage in texts(node, "compares")),
    )
    return ScoredRow(
        name=text(node, "name"),
        no=text(node, "no"),
        title=text(node, "title"),
        measure=text(node, "measure"),
        method=text(node, "method"),
        cap=_decimal(node, "cap"),
        rule=rule,
        footnote=text(node, "footnote"),
        inferred=text(node, "inferred"),
        doubt=text(node, "doubt"),
        place=where,
    )


def _bands(node: MappingNode, place: Place) -> ScoreRule:
    found = mapping(node.get("bands"))
    steps = tuple(_band(mapping(step)) for step in items(found.get("steps")))
    return ScoreRule("bands", expression(found, "value", place), unit=text(found, "unit"), bands=steps)


def _band(node: MappingNode) -> Band:
    below, to = (_decimal(node, word) if word in node.entries else None for word in ("below", "to"))
    return Band(_decimal(node, "share"), below, to, texts(node, "needs"))


def _target(node: MappingNode, place: Place) -> ScoreRule:
    found = mapping(node.get("target"))
    achieved, target = (expression(found, word, place) for word in ("achieved", "target"))
    return ScoreRule("target", achieved, target or _NO_EXPRESSION, text(found, "unit"))


def _levels(node: MappingNode, place: Place) -> ScoreRule:
    found = mapping(node.get("levels"))
    shares = mapping(found.get("shares"))
    worth = {name: _decimal(shares, name) for name in shares.entries}
    return ScoreRule("levels", level=text(found, "of"), shares=worth)


_RULES: Mapping[str, Callable[[MappingNode, Place], ScoreRule]] = {
    "bands": _bands,
    "holds": lambda node, place: ScoreRule("holds", expression(node, "holds", place)),
    "target": _target,
    "levels": _levels,
    "manual": lambda node, place: ScoreRule("manual"),
    "external": lambda node, place: ScoreRule("external", assessor=text(node, "external")),
}


def _decimal(node: MappingNode, key: str) -> Decimal:
    """A number at a key, exactly as written; 0 in place of what the shape has reported."""
    found = text(node, key)
    return Decimal(found) if NUMBER.fullmatch(found) else Decimal(0)


def documents(node: Node | None, place: Place) -> tuple[PrintedRow, ...]:
    """The documents to submit, as rows of the table of that name."""
    return tuple(_document(mapping(entry), place) for entry in items(node))


def _document(node: MappingNode, place: Place) -> PrintedRow:
    cells, where = {"title": text(node, "title")}, place.within(line=node.line)
    return PrintedRow(text(node, "name"), cells, where, inferred=text(node, "inferred"))


def score_card(node: MappingNode, place: Place) -> ScoreCardSpec:
    """How a report adds up the scores of its forms."""
    where = place.within(line=node.line)
    stages = mapping(node.get("stages"))
    return ScoreCardSpec(
        total=_decimal(node, "total"),
        stage=text(node, "stage"),
        stages={stage: text(stages, stage) or stage for stage in STAGES},
        agency=text(node, "agency"),
        axes=tuple(_axis(mapping(axis), place) for axis in items(node.get("axes"))),
        province=text(node, "province"),
        place=where,
    )


def _axis(node: MappingNode, place: Place) -> Axis:
    where = place.within(line=node.line)
    return Axis(text(node, "name"), text(node, "title"), _decimal(node, "cap"), texts(node, "indicators"), where)


# ---------------------------------------------------------------- tables filled with rows


def with_rows(form: FormSpec) -> tuple[FormSpec, tuple[Problem, ...]]:
    """The form with the rows of its score sheet and its documents in the tables of these names."""
    problems: list[Problem] = []
    if form.scoring:
        rows = tuple(_printed(row, form) for row in form.scoring.rows)
        form = _filled(form, SCORES, rows, (*_GIVEN, *STAGES), form.scoring.place, problems)
    if form.documents:
        form = _filled(form, DOCUMENTS, form.documents, ("title",), form.place, problems)
    return form, tuple(problems)


def _printed(row: ScoredRow, form: FormSpec) -> PrintedRow:
    cells = {"no": row.no, "title": row.title, "cap": f"{row.cap:f}"}
    told = any(column.name == HOW for item in form.items if item.name == SCORES for column in item.columns)
    return PrintedRow(row.name, {**cells, HOW: _how(row.rule)} if told else cells, row.place)


def _how(rule: ScoreRule) -> str:
    """How a row is scored, for the person who fills in its scores."""
    return _EXTERNAL.format(assessor=rule.assessor) if rule.kind == "external" else _HOW[rule.kind]


def _filled(
    form: FormSpec,
    name: str,
    rows: tuple[PrintedRow, ...],
    columns: tuple[str, ...],
    place: Place,
    problems: list[Problem],
) -> FormSpec:
    table = next((item for item in form.items if item.name == name and item.is_table), None)
    if table is None:
        known = [item.name for item in form.items]
        fault = problem("unknown-item", place, name=name, shape=form.id, guess=guess(name, known), known=listed(known))
        problems.append(fault)
        return form
    own = [column.name for column in table.columns]
    for column in columns:
        if column not in own:
            near = guess(column, own)
            problems.append(problem("unknown-item", place, name=column, shape=name, guess=near, known=listed(own)))
    problems.extend(_twice(rows, name))
    filled: dict[str, Item] = {name: replace(table, rows=rows)}
    return replace(form, items=tuple(filled.get(item.name, item) for item in form.items))


def _twice(rows: Iterable[PrintedRow], shape: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for row in rows:
        if row.name in seen:
            yield problem("duplicate-name", row.place, name=row.name, shape=shape)
        seen.add(row.name)


# ---------------------------------------------------------------- caps


def check_sheet(sheet: ScoreSheet) -> Iterator[Problem]:
    """Rows must add up to the cap of their form, and bands must end with one that has no bound."""
    yield from _sum(sheet.rows, sheet.cap, sheet.number, sheet.place)
    for row in sheet.rows:
        bands = row.rule.bands
        if row.rule.kind == "bands" and not _is_ladder(bands):
            yield problem("bands-open", row.place, name=row.title)
        shares = (*(band.share for band in bands), *row.rule.shares.values())
        for share in shares:
            if share > 1:
                yield problem("bad-value", row.place, value=f"{share:f}", name="share", known="0 … 1")


def _is_ladder(bands: Sequence[Band]) -> bool:
    """Whether each band but the last has one bound, above that of the one before, and the last none."""
    bounds = [band.to if band.below is None else band.below for band in bands]
    single = all(band.below is None or band.to is None for band in bands)
    rising = [bound for bound in bounds if bound is not None]
    return single and bounds[-1:] == [None] and len(rising) == len(bands) - 1 and rising == sorted(set(rising))


def check_card(report: ReportSpec, forms: Mapping[str, FormSpec]) -> Iterator[Problem]:
    """Indicators must add up to the cap of their axis, axes to the total; each form is scored once."""
    card = report.scores
    if card is None:
        return
    yield from _stage_field(report, card)
    yield from _sum(card.axes, card.total, "total", card.place)
    seen: set[str] = set()
    for axis in card.axes:
        sheets = []
        for name in axis.indicators:
            sheet = forms[name].scoring if name in forms else None
            if name not in forms:
                yield problem("unknown-form", axis.place, name=name, guess=guess(name, forms))
            elif sheet is None:
                yield problem("missing-key", forms[name].place, shape=name, name="scores")
            else:
                sheets.append(sheet)
            if name in seen:
                yield problem("duplicate-name", axis.place, name=name, shape=axis.name)
            seen.add(name)
        yield from _sum(sheets, axis.cap, axis.title, axis.place)


def _stage_field(report: ReportSpec, card: ScoreCardSpec) -> Iterator[Problem]:
    """The field of the case that says which stage is reached must offer the stages."""
    fields = {item.name: item for item in report.case.items}
    field = fields.get(card.stage)
    if field is None:
        near = guess(card.stage, fields)
        yield problem("unknown-item", card.place, name=card.stage, shape="case", guess=near, known=listed([*fields]))
        return
    for choice in field.choices:
        if choice.name not in STAGES:
            yield problem("bad-value", field.place, value=choice.name, name=card.stage, known=listed(STAGES))


def _sum(parts: Iterable[Any], cap: Decimal, name: str, place: Place) -> Iterator[Problem]:
    found = sum((part.cap for part in parts), Decimal(0))
    if found != cap:
        yield problem("caps-differ", place, name=name, cap=f"{cap:f}", total=f"{found:f}")

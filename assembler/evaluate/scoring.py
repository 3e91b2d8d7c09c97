"""Scores: what the rules of a score sheet make of the answers of its form, beside what was entered."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import cast

from assembler.base.expressions import Tree, parse, parse_text, references
from assembler.evaluate.evaluation import Evaluation
from assembler.evaluate.scopes import FormScope, Rows, RowScope
from assembler.model.answers import Attachment, Value
from assembler.model.filled import FilledScore, GivenScore
from assembler.model.specs import STAGES, Band, Expression, FormSpec, Item, ScoredRow, Stage

_TABLE = "scores"


def filled_scores(evaluation: Evaluation, spec: FormSpec) -> Iterator[FilledScore]:
    """The scored rows of a form in order; none of a form that is not scored."""
    if spec.scoring is None:
        return
    scope = FormScope(evaluation, spec.id)
    applies = spec.scoring.applies is None or evaluation.run(spec.scoring.applies, scope) is not False
    table = spec.item(_TABLE)
    for number, row in enumerate(spec.scoring.rows):
        cells = RowScope(evaluation, spec.id, table, number)
        yield _Scorer(evaluation, spec, scope, row).score(applies, _Entered(evaluation, cells, table))


class _Entered:
    """What people wrote beside a scored row."""

    def __init__(self, evaluation: Evaluation, scope: RowScope, table: Item) -> None:
        self._evaluation, self._scope = evaluation, scope
        self._columns = {column.name: column for column in table.columns}
        self.place = scope.answered.place

    def value(self, name: str) -> Value:
        column = self._columns.get(name)
        return self._evaluation.cell(self._scope, column) if column else None

    def text(self, name: str) -> str:
        return str(self.value(name) or "")

    def given(self, stage: Stage) -> GivenScore:
        value, answer = self.value(stage), self._scope.answered.cells.get(stage)
        place = answer.place if answer and answer.place.file else self.place.within(column=stage)
        score = value if isinstance(value, int | Decimal) else None
        return GivenScore(score, self.text(f"{stage}_by"), self.text(f"{stage}_why"), place)


class _Scorer:
    """Applies the rule of one row."""

    def __init__(self, evaluation: Evaluation, form: FormSpec, scope: FormScope, row: ScoredRow) -> None:
        self._evaluation, self._form, self._scope, self._row = evaluation, form, scope, row

    def score(self, applies: bool, entered: _Entered) -> FilledScore:
        rule = self._row.rule
        figure, target = (self._number(expression) for expression in (rule.value, rule.target))
        if rule.kind == "levels":
            figure = cast(Value, self._evaluation.item(self._form.id, rule.level))
        share, missing = self._share(figure, target) if applies else (None, ())
        evidence = entered.value("evidence")
        return FilledScore(
            spec=self._row,
            applies=applies,
            given={stage: entered.given(stage) for stage in STAGES},
            figure=figure,
            target=target,
            unit=self._text(rule.unit),
            shown=self._text(rule.shows) if self._answered(rule.shows) else "",
            share=share,
            proposal=None if share is None else self._row.cap * share,
            missing=missing,
            comment=entered.text("comment"),
            evidence=evidence if isinstance(evidence, Attachment) else None,
            choices=self._choices(),
            place=entered.place,
        )

    def _choices(self) -> tuple[tuple[str, str], ...]:
        level = self._row.rule.level
        return tuple((choice.name, choice.label) for choice in self._form.item(level).choices) if level else ()

    def _number(self, expression: Expression | None) -> Value:
        return cast(Value, self._evaluation.run(expression, self._scope)) if expression else None

    def _text(self, source: str) -> str:
        return self._evaluation.text(source, self._row.place, self._scope)

    def _answered(self, source: str) -> bool:
        """Whether all that a text names is answered: « از  شکایت» says nothing."""
        return not any(self._blank_in(piece) for piece in parse_text(source) if not isinstance(piece, str))

    def _blank_in(self, tree: Tree) -> list[Item]:
        """The items an expression names that are not answered, each once; a table without rows is not."""
        found: dict[tuple[str, str], Item] = {}
        for reference in references(tree):
            owner = reference.form or self._form.id
            spec = self._evaluation.specs.get(owner)
            item = {item.name: item for item in spec.items}.get(reference.name) if spec else None
            if item is not None and self._is_blank(owner, item):
                found[owner, item.name] = item
        return list(found.values())

    def _is_blank(self, form: str, item: Item) -> bool:
        value = self._evaluation.item(form, item.name)
        return not len(value) if isinstance(value, Rows) else value is None

    # ------------------------------------------------------------ the part of the cap

    def _share(self, figure: Value, target: Value) -> tuple[Decimal | None, tuple[str, ...]]:
        """The share a rule gives, and what is not answered yet; None where somebody must say it."""
        rule = self._row.rule
        if rule.kind == "levels":
            return self._of_level(figure)
        if rule.kind in ("manual", "external"):
            return None, ()
        if figure is None or (rule.kind == "target" and target is None):
            return None, self._missing()
        if rule.kind == "bands":
            return self._of_band(figure)
        if rule.kind == "holds":
            return Decimal(bool(figure)), ()
        return _reached(figure, target), ()

    def _of_level(self, figure: Value) -> tuple[Decimal | None, tuple[str, ...]]:
        item = self._form.item(self._row.rule.level)
        if figure is None:
            return None, (item.shown,)
        return self._row.rule.shares.get(str(figure)), ()

    def _of_band(self, figure: Value) -> tuple[Decimal | None, tuple[str, ...]]:
        if not isinstance(figure, int | Decimal):
            return None, ()
        band: Band = next(band for band in self._row.rule.bands if band.holds(figure))
        items = {item.name: item for item in self._form.items}
        lacking = [name for name in band.needs if self._evaluation.item(self._form.id, name) is None]
        missing = tuple(items[name].shown for name in lacking)
        return (None, missing) if missing else (band.share, ())

    def _missing(self) -> tuple[str, ...]:
        """The labels of the items the rule looks at and finds blank."""
        trees = (parse(found.source) for found in (self._row.rule.value, self._row.rule.target) if found)
        blank = (item for tree in trees for item in self._blank_in(tree))
        return tuple(dict.fromkeys(item.shown for item in blank))


def _reached(achieved: Value, target: Value) -> Decimal | None:
    """How far a target was reached, 1 at most; None of a target that can be no measure."""
    if not isinstance(achieved, int | Decimal) or not isinstance(target, int | Decimal) or target <= 0:
        return None
    return min(max(Decimal(achieved) / Decimal(target), Decimal(0)), Decimal(1))

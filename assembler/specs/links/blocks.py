"""Names in the blocks of a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assembler.base.problems import Problem, problem
from assembler.base.suggest import guess, listed
from assembler.model.reports import BlockSpec, ReportSpec
from assembler.specs.links.names import Names, check_expression, check_item, check_text, item_of

_EXPECTED = {
    "text": ("text", "narrative", "calculate", "note", "select_one", "integer", "decimal", "percent", "date"),
    "table": ("table",),
    "list": ("table",),
    "chart": ("table",),
    "figure": ("image", "file"),
    "workflow": ("table",),
}
_NEEDED = {"list": ("entry",), "chart": ("label", "value")}


def check_block(block: BlockSpec, report: ReportSpec, names: Names) -> Iterator[Problem]:
    if block.when:
        yield from check_expression(block.when, names)
    for option in _NEEDED.get(block.kind, ()):
        if not block.options.get(option):
            yield problem("missing-key", block.place, shape=block.kind, name=option)
    entries = replace(names, row=item_of(block.target, names.forms))
    for text in _block_texts(block):
        yield from check_text(text, block.place, entries if block.kind == "list" else names)
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
        yield from check_item(block.target, _EXPECTED[block.kind], block.place, names)
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


def _check_chart(block: BlockSpec, names: Names) -> Iterator[Problem]:
    item = item_of(block.target, names.forms)
    columns = [column.name for column in item.columns] if item else []
    for option in _NEEDED["chart"]:
        column = str(block.options.get(option, ""))
        if item and column and column not in columns:
            yield problem(
                "unknown-item",
                block.place,
                name=column,
                shape=block.target,
                guess=guess(column, columns),
                known=listed(columns),
            )

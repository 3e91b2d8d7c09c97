"""Proves that the counts a letter says of the report are those the report's summary shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from assembler.base.expressions import Tree, parse_text, references, value_of
from assembler.base.functions import printable
from assembler.base.messages import wording
from assembler.base.problems import Place, Problem, problem
from assembler.model.blocks import ParagraphSpec, SubheadingSpec, walk
from assembler.model.reports import PartSpec
from assembler.packet.scope import ReportScope

_SUMMARY = "summary"


def other_counts(letter: PartSpec, scope: ReportScope) -> Iterator[Problem]:
    """Numbers a letter reckons from the summary that are neither one of the counts they name nor their sum."""
    for text, place in _texts(letter, scope):
        for piece in parse_text(text):
            if not isinstance(piece, str):
                yield from _wrong(piece, place, scope)


def _wrong(node: Tree, place: Place, scope: ReportScope) -> Iterator[Problem]:
    summary = scope.name(_SUMMARY)
    assert isinstance(summary, Mapping)
    named = {one.name: int(summary[one.name]) for one in references(node) if one.form == _SUMMARY}
    said = value_of(node, scope) if named else None
    if isinstance(said, int | Decimal) and said not in (*named.values(), sum(named.values())):
        shown = "، ".join(f"{name} = {printable(count)}" for name, count in named.items())
        yield problem("letter-count", place, said=printable(said), shown=shown or wording("blank"))


def _texts(letter: PartSpec, scope: ReportScope) -> Iterator[tuple[str, Place]]:
    """The texts of a letter that stand, its fields and its paragraphs."""
    for field in letter.fields.values():
        yield field.text, field.place
    for block in walk(letter.content):
        if isinstance(block, ParagraphSpec | SubheadingSpec) and scope.holds(block.when):
            yield block.text, block.place

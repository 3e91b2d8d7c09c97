"""Builds what belongs to the years of a report, and says what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assembler.base.persian import normalise
from assembler.base.problems import Place, Problem, problem
from assembler.base.suggest import guess, listed
from assembler.base.yamlfile import MappingNode, Scalar
from assembler.model.reports import ReportSpec, YearDates, Years
from assembler.model.specs import Item
from assembler.model.types import NUMBERS
from assembler.model.values import typed_text
from assembler.specs.nodes import expression, items, mapping, text, texts

_OF_YEARS = ("year", "integer", "text")
_TYPES = ("text", *NUMBERS, "date", "select_one")


def years(node: MappingNode, place: Place) -> Years:
    """The word ``years`` of a report."""
    known = mapping(node.get("known"))
    found = {int(year): mapping(known.get(year)) for year in known.entries if year.isdecimal()}
    return Years(
        year_field=text(node, "field"),
        kit=texts(node, "kit"),
        known={year: {name: text(values, name) for name in values.entries} for year, values in found.items()},
        dates=tuple(_dates(mapping(entry), place) for entry in items(node.get("dates"))),
        place=place.within(line=node.line),
    )


def _dates(node: MappingNode, place: Place) -> YearDates:
    where = place.within(line=node.line)
    return YearDates(texts(node, "of"), expression(node, "from", where), expression(node, "to", where), where)


def check_years(report: ReportSpec, node: MappingNode) -> Iterator[Problem]:
    """Fields the case does not have, or that say no year, and values that are none of their fields; ``node`` is the
    word ``years`` of the report.
    """
    fields, place = [item.name for item in report.case.items], report.place
    where = place.within(line=node.line_of("field"))
    year = report.case.by_name.get(text(node, "field"))
    yield from _named(text(node, "field"), fields, where)
    if year and year.type not in _OF_YEARS:
        yield problem("wrong-item-kind", where, name=year.name, found=year.type, expected=listed(_OF_YEARS))
    kit = [entry for entry in items(node.get("kit")) if isinstance(entry, Scalar)]
    for entry in kit:
        yield from _named(normalise(entry.text or ""), fields, place.within(line=entry.line))
    for values in map(mapping, mapping(node.get("known")).entries.values()):
        for name in values.entries:
            where = place.within(line=values.line_of(name))
            yield from _named(name, texts(node, "kit"), where)
            yield from _fits(report.case.by_name.get(name), text(values, name), where)


def _named(name: str, known: Sequence[str], place: Place) -> Iterator[Problem]:
    if name and name not in known:
        near = guess(name, known)
        yield problem("unknown-item", place, name=name, shape="years", guess=near, known=listed(known))


def _fits(item: Item | None, value: str, place: Place) -> Iterator[Problem]:
    if item is None:
        return
    choices = [choice.name for choice in item.choices]
    if item.type not in _TYPES:
        yield problem("wrong-item-kind", place, name=item.name, found=item.type, expected=listed(_TYPES))
    elif typed_text(value, item) is None or (choices and value not in choices):
        yield problem("bad-value", place, value=value, name=item.name, known=listed(choices or [item.type]))

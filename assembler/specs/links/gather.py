"""Names in what a report gathers from many cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assembler.base.problems import Problem, problem
from assembler.base.suggest import guess, listed
from assembler.model.folders import CASE_FILE
from assembler.model.reports import Gather, GatheredTable, ReportSpec
from assembler.model.specs import FormSpec
from assembler.specs.language.gathering import GATHERED_LISTS
from assembler.specs.links.names import Names, check_expression, check_item, check_text, item_of, unknown


def check_gather(
    report: ReportSpec,
    reports: Mapping[str, ReportSpec],
    forms: Mapping[str, FormSpec],
    broken: frozenset[str] = frozenset(),
) -> Iterator[Problem]:
    """What a report gathers: the cases it is made of, its own tables, and what expressions name in those cases."""
    gather = report.gather
    if gather is None:
        return
    own = Names(forms, case=report.case, broken=broken)
    yield from unknown(gather.fields, [item.name for item in report.case.items], CASE_FILE, gather.place)
    for table in gather.tables:
        yield from check_item(table.target, ("table",), table.place, own)
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
                yield from check_expression(found, inside)
        else:
            names = [found.source.strip() for found in table.cells.values()]
            yield from unknown(names, GATHERED_LISTS.get(table.of, ()), table.of, table.place)
    for check in gather.checks:
        yield from check_expression(check.test, inside)
        yield from check_text(check.message, check.place, inside)
    for fall in gather.falls:
        for found in (fall.value, *([fall.unless] if fall.unless else [])):
            yield from check_expression(found, inside)


def _check_columns(table: GatheredTable, own: Names) -> Iterator[Problem]:
    """Cells go into columns that can be answered; those that stand side by side go where ``across`` says."""
    item = item_of(table.target, own.forms)
    if item is None or not item.is_table or table.target.rpartition(".")[0] in own.broken:
        return
    asked = [column.name for column in item.columns if column.calculation is None]
    spread = table.across.columns if table.across else {}
    straight = [name for name in table.cells if name not in spread]
    yield from unknown(straight, asked, table.target, table.place)
    yield from unknown((name for names in spread.values() for name in names), asked, table.target, table.place)
    yield from unknown((*spread, *table.key), table.cells, table.target, table.place)
    yield from unknown(table.order, straight, table.target, table.place)

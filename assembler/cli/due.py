"""``assembler due DIR``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import jdatetime

from assembler.actions.due import BrokenCase, DueState, PeriodState, Standing, UnitState, due, due_json
from assembler.base.catalogue.entries import Severity
from assembler.base.messages import fill, number, translate
from assembler.base.settings import Settings
from assembler.base.tongue import printed_in
from assembler.cli.console import name, show_json, today_option, with_settings
from assembler.cli.paths import FOLDER
from assembler.cli.say import say
from assembler.cli.status import day_text
from assembler.cli.table import aligned, one_line, widths

_COLOURS = {"over": "red", "missing": "red", "due": "yellow", "late": "yellow", "sent": "green"}


@click.command("due")
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--json", "as_json", is_flag=True, help="One object instead of a table.")
@today_option
@with_settings
def command(folder: Path, as_json: bool, today: jdatetime.date, settings: Settings) -> None:
    """Show what is due among all cases below a folder: per unit what was sent, what is due or overdue, and the periods
    since its first case that have no case.

    Reports without periods are left out. A case that cannot be read is listed with its error.
    """
    found = due(folder, settings, today)
    if as_json:
        show_json(due_json(found))
        return
    for line in _lines(found):
        say(line)


def _lines(found: DueState) -> Iterator[str]:
    with printed_in(found.tongue):
        yield click.style(day_text(found.today), bold=True)
    told = [(unit, _told(unit)) for unit in found.units]
    rooms = widths(cells for _, rows in told for cells in rows)
    several = len({unit.report for unit in found.units}) > 1
    for unit, rows in told:
        report = f"  [{unit.report}]" if several else ""
        yield from ("", click.style(unit.unit, bold=True) + report)
        yield from (_row(period, cells, rooms) for period, cells in zip(unit.periods, rows, strict=True))
    yield from _broken(found.broken)
    yield ""
    yield _totals(found)


def _told(unit: UnitState) -> list[tuple[str, ...]]:
    """The rows of a unit, in the calendar and the digits of its report."""
    with printed_in(unit.tongue):
        return [_cells(period) for period in unit.periods]


def _row(period: PeriodState, cells: tuple[str, ...], rooms: Sequence[int]) -> str:
    """How it stands, which period, by when, and how many days are left; the folder last, as it has no fixed width."""
    start, *rest = aligned(cells, rooms)
    return "  ".join(["", click.style(start, fg=_COLOURS[period.standing]), *rest, period.case]).rstrip()


def _cells(period: PeriodState) -> tuple[str, ...]:
    return (_word(period.standing), period.period.label, fill("by {due}", due=day_text(period.due)), _days(period))


def _word(standing: Standing) -> str:
    words: dict[Standing, str] = {
        "over": translate("overdue"),
        "missing": translate("no case"),
        "due": translate("due"),
        "late": translate("sent late"),
        "sent": translate("sent"),
    }
    return words[standing]


def _days(period: PeriodState) -> str:
    days, sent = abs(period.days), day_text(period.sent)
    if period.standing == "sent":
        return fill("sent on {sent}", sent=sent)
    if period.standing == "late":
        return fill("sent on {sent}, days late: {days}", sent=sent, days=days)
    if period.days < 0:
        return fill("days over: {days}", days=days)
    return fill("days left: {days}", days=days) if days else translate("today")


def _broken(cases: Sequence[BrokenCase]) -> Iterator[str]:
    """The cases that could not be placed, each with its errors."""
    if not cases:
        return
    yield from ("", click.style(translate("Cases that cannot be read"), bold=True))
    for case in cases:
        for found in case.problems:
            line = f":{found.place.line}" if found.place.line else ""
            colour = "red" if found.severity is Severity.ERROR else "yellow"
            yield f"  {case.case}{line}  {click.style(name(found), fg=colour)}  {one_line(found.message)}"


def _totals(found: DueState) -> str:
    counts = [(_word(standing), count) for standing, count in found.totals.items() if count]
    counts += [(translate("unreadable"), len(found.broken))] if found.broken else []
    told = "، ".join(f"{word}: {number(count)}" for word, count in counts)
    return told or translate("No case of a period was found.")

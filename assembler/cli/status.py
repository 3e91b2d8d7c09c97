"""``assembler status CASE``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import jdatetime

from assembler.actions.status import CaseState, DeadlineState, FormState, Progress, status, status_json
from assembler.base.messages import comma, fill, number, translate
from assembler.base.persian import format_date, weekday
from assembler.base.settings import Settings
from assembler.base.tongue import printed_in
from assembler.cli.console import counted, show_json, today_option, with_settings
from assembler.cli.letter_lines import outgoing_lines
from assembler.cli.paths import FILE, FOLDER
from assembler.cli.say import say
from assembler.cli.table import NOTHING, aligned, columns, cut, one_line, width, widths

_COLOURS = {"complete": "green", "incomplete": "yellow", "open": "red", "late": "yellow", "over": "red"}
_NUMBERS = range(1, 5)  # the cells that hold numbers


@click.command("status")
@click.argument("case", type=FOLDER)
@click.option("--json", "as_json", is_flag=True, help="One object instead of a table.")
@click.option("--registry", type=FILE, help="The registry of its numbers; the one it was issued with when left out.")
@today_option
@with_settings
def command(case: Path, as_json: bool, registry: Path | None, today: jdatetime.date, settings: Settings) -> None:
    """Show how far a case is: what is answered, what is missing, the days left until its deadlines, and its letters.

    Attachments are not opened and no font is asked for; `assembler check` does both.
    """
    found = status(case, settings, today, registry)
    if as_json:
        show_json(status_json(found))
        return
    with printed_in(found.tongue):
        for line in (*_lines(found), *outgoing_lines(found.outgoing)):
            say(line)


def _lines(found: CaseState) -> Iterator[str]:
    yield click.style(one_line(found.title) or found.case, bold=True)
    yield _completeness(found)
    yield from _forms(found)
    if found.deadlines:
        yield from ("", click.style(translate("Deadlines"), bold=True))
        yield from (f"  {_deadline(each)}" for each in found.deadlines)
    yield ""
    yield _totals(found)
    yield counted(found.errors, found.warnings, found.information)


def _completeness(found: CaseState) -> str:
    return fill(
        "{today}: {percent} percent complete ({done} of {all} forms that apply)",
        today=day_text(found.today),
        percent=found.percent,
        done=found.totals["complete"],
        all=found.applying,
    )


def _totals(found: CaseState) -> str:
    """How many forms have each status of the report; of a report without any, how many are how far."""
    between = ", " if found.tongue.language == "en" else "، "
    counts = [(status.label, status.count) for status in found.statuses]
    if not counts:
        between = comma()
        counts = [(_word(progress), count) for progress, count in found.totals.items() if count]
    return between.join(f"{label}: {number(count)}" for label, count in counts)


# ---------------------------------------------------------------- forms


def _forms(found: CaseState) -> Iterator[str]:
    """Forms one under the other, section by section; the columns before the title are as wide as the widest of all."""
    heads = ["", translate("missing"), translate("errors"), translate("warnings"), translate("evidence")]
    rooms = widths([heads, *(_cells(form) for form in (*found.forms, found.fields))])
    head = _line(heads, rooms)
    for title, forms in _sections(found):
        yield from ("", *([head] if head else []), click.style(one_line(title), bold=True))
        head = ""
        yield from (_form(form, rooms) for form in forms)


def _sections(found: CaseState) -> Iterator[tuple[str, Sequence[FormState]]]:
    """The sections that have forms to show. Of a report with statuses the others are shown where something is left."""
    for dimension in found.dimensions:
        if dimension.forms:
            yield dimension.title, dimension.forms
    rest = [form for form in (found.fields, *found.others) if not (found.statuses and form.settled)]
    if rest:
        yield translate("Besides") if found.dimensions else translate("Forms"), rest


def _form(form: FormState, rooms: Sequence[int]) -> str:
    start = _line(_cells(form), rooms)
    return f"{click.style(start, fg=_COLOURS.get(form.progress))}  {_tail(form, width(start) + 2)}"


def _line(cells: Sequence[str], rooms: Sequence[int]) -> str:
    return "  " + "  ".join(aligned(cells, rooms, right=_NUMBERS))


def _cells(form: FormState) -> list[str]:
    counts = (form.missing, form.errors, form.warnings, form.evidence)
    return [_word(form.progress), *(number(count) if count else NOTHING for count in counts)]


def _tail(form: FormState, used: int) -> str:
    """The title, cut where the terminal ends, then status, key figure and identifier."""
    told = form.label if form.label != _word(form.progress) and form.progress != "open" else ""
    more = "".join(f" — {one_line(text)}" for text in (told, form.figure) if text) + f"  [{form.form}]"
    return cut(one_line(form.title), columns() - used - width(more)) + more


def _word(progress: Progress) -> str:
    words = {
        "complete": translate("complete"),
        "incomplete": translate("incomplete"),
        "open": translate("open"),
        "not_applicable": translate("not applicable"),
        "optional": translate("may stay blank"),
    }
    return words[progress]


# ---------------------------------------------------------------- deadlines


def _deadline(deadline: DeadlineState) -> str:
    due = f" — {day_text(deadline.due)}" if deadline.due else ""
    return f"{deadline.label}{due}: {click.style(_days(deadline), fg=_COLOURS.get(deadline.standing))}"


def _days(deadline: DeadlineState) -> str:
    days, done = abs(deadline.days or 0), day_text(deadline.done)
    match deadline.standing:
        case "done":
            return fill("done on {done}", done=done)
        case "late":
            return fill("done on {done}, days late: {days}", done=done, days=days)
        case "over":
            return fill("days over: {days}", days=days)
        case "unsaid":
            return translate("no day set")
    return fill("days left: {days}", days=days) if days else translate("today")


def day_text(day: jdatetime.date | None) -> str:
    """A day with its weekday, «» for none."""
    return f"{weekday(day)} {format_date(day)}" if day else ""

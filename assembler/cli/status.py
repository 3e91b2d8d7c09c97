"""``assembler status CASE``."""

from __future__ import annotations

import json
import shutil
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import jdatetime

from assembler.base.messages import fill, number, translate
from assembler.base.persian import format_date, weekday
from assembler.base.settings import Settings
from assembler.cli.console import FOLDER, counted, today_option, with_settings
from assembler.pipeline import state
from assembler.views.status import CaseState, DeadlineState, FormState, Progress

_COLOURS = {"complete": "green", "incomplete": "yellow", "open": "red", "late": "yellow", "over": "red"}
_LEAST_TITLE = 24  # letters a title keeps on the narrowest terminal
_NONE = "·"


@click.command("status")
@click.argument("case", type=FOLDER)
@click.option("--json", "as_json", is_flag=True, help="One object instead of a table.")
@today_option
@with_settings
def command(case: Path, as_json: bool, today: jdatetime.date, settings: Settings) -> None:
    """Show how far a case is: what is answered, what is missing, and the days left until its deadlines.

    Attachments are not opened and no font is asked for; `assembler check` does both.
    """
    found = state(case, settings, today)
    if as_json:
        click.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
        return
    for line in _lines(found):
        click.echo(line)


def _lines(found: CaseState) -> Iterator[str]:
    yield click.style(one_line(found.title) or found.case, bold=True)
    yield _completeness(found)
    table = _Table(found)
    for dimension in found.dimensions:
        yield from table.lines(dimension.title, dimension.forms)
    rest = (found.fields, *found.others)
    besides = translate("Besides") if found.dimensions else translate("Forms")
    yield from table.lines(besides, [form for form in rest if table.shows_all or not form.settled])
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
    counts = [(status.label, status.count) for status in found.statuses]
    counts = counts or [(_word(progress), count) for progress, count in found.totals.items() if count]
    return "، ".join(f"{label}: {number(count)}" for label, count in counts)


# ---------------------------------------------------------------- forms


class _Table:
    """Forms one under the other; the columns before the title are as wide as the widest of the whole case.

    A line begins with a word of the reader's language, by which terminals that can tell set its direction, and ends
    with what has no fixed width.
    """

    def __init__(self, found: CaseState) -> None:
        self.shows_all = not found.statuses
        self._heads = ["", translate("missing"), translate("errors"), translate("warnings"), translate("evidence")]
        rows = [self._heads, *(_cells(form) for form in (*found.forms, found.fields))]
        self._widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
        self._headed = False

    def lines(self, title: str, forms: Sequence[FormState]) -> Iterator[str]:
        if not forms:
            return
        yield ""
        if not self._headed:
            yield self._row(self._heads)
            self._headed = True
        yield click.style(one_line(title), bold=True)
        for form in forms:
            start = self._row(_cells(form))
            colour = _COLOURS.get(form.progress)
            yield f"{click.style(start, fg=colour)}  {_tail(form, width(start) + 2)}"

    def _row(self, cells: Sequence[str]) -> str:
        first, *numbers = zip(cells, self._widths, strict=True)
        padded = [first[0] + " " * (first[1] - width(first[0]))]
        padded += [" " * (room - width(text)) + text for text, room in numbers]
        return "  " + "  ".join(padded)


def _cells(form: FormState) -> list[str]:
    counts = (form.missing, form.errors, form.warnings, form.evidence)
    return [_word(form.progress), *(number(count) if count else _NONE for count in counts)]


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


# ---------------------------------------------------------------- width


def columns() -> int:
    """How much fits a line; any length where nobody reads the lines on a terminal."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else sys.maxsize


def width(text: str) -> int:
    """The columns a text takes on a terminal: joiners and vowel signs take none."""
    return sum(unicodedata.category(letter) not in ("Mn", "Me", "Cf") for letter in text)


def cut(text: str, room: int) -> str:
    """A text that fits so many columns, but no shorter than it takes to tell titles apart."""
    room = max(room, _LEAST_TITLE)
    return text if width(text) <= room else text[: room - 1].rstrip() + "…"


def one_line(text: str) -> str:
    """A text without line breaks."""
    return " ".join(text.split())

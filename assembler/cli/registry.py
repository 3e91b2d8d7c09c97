"""``assembler registry …``: the secretariat's letter numbers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

import click
import jdatetime
from click.core import ParameterSource

from assembler.actions import registry
from assembler.actions.registry import (
    COUNTINGS,
    STATES,
    Counting,
    Entry,
    LetterKey,
    NumberPattern,
    Search,
    State,
    entry_json,
)
from assembler.base.messages import fill, number, translate
from assembler.base.persian import format_date
from assembler.base.problems import ExitCode, Problem, has_errors
from assembler.base.scripts import with_persian_digits
from assembler.base.tongue import printed_in
from assembler.cli.console import DATE, problem_lines, show_json, show_problems
from assembler.cli.paths import FILE, NEW_FILE
from assembler.cli.say import say
from assembler.cli.spoken import Group
from assembler.cli.table import aligned, widths

_SERIAL = click.IntRange(min=0)
_STATE_HELP = "Only numbers in this state; recorded are letters that are issued, and neither signed nor sent."
_CASE_HELP = "The name of the folder of the case, so that `issue` takes the number; of other letters any name of yours."
_LEAST_NUMBER = 14  # letters a number is given room for


today_option = click.option(
    "--today",
    type=DATE,
    default=jdatetime.date.today,
    help="The day this is done, such as 1405/02/20; the machine's when left out.",
)
_counting_option = click.option(
    "--counting",
    type=click.Choice(COUNTINGS),
    default="year",
    show_default=True,
    help="Whether serials begin anew each Jalali year, or go on over the years.",
)


def with_pattern(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command its ``pattern``, how numbers look and are counted, and the serial of the first one."""

    @click.option("--unit", default="", metavar="LETTERS", help="The letters of the unit, for {unit}.")
    @_counting_option
    @click.option("--start", type=_SERIAL, default=1, show_default=True, help="The serial of each beginning.")
    @click.option("--first", type=_SERIAL, help="The serial of the first number, as on paper before.")
    @today_option
    @wraps(command)
    def given(text: str, unit: str, counting: Counting, start: int, **rest: Any) -> Any:
        return command(pattern=NumberPattern(text, unit, counting, start), **rest)

    return given


def with_search(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command its ``search``: which letters are meant."""

    @click.option("--search", "text", default="", metavar="TEXT", help="Words that occur, however they are spelled.")
    @click.option("--year", type=int, help="The Jalali year, such as 1405.")
    @click.option("--from", "start", type=DATE, help="The first day.")
    @click.option("--to", "end", type=DATE, help="The last day.")
    @click.option("--state", type=click.Choice(STATES), help=_STATE_HELP)
    @wraps(command)
    def given(
        text: str,
        year: int | None,
        start: jdatetime.date | None,
        end: jdatetime.date | None,
        state: State | None,
        **rest: Any,
    ) -> Any:
        return command(search=Search(text, year, start, end, state), **rest)

    return given


@click.group("registry", cls=Group)
def command() -> None:
    """Give letter numbers by a pattern, record the letters, and find them.

    FILE is the registry of one secretariat. A number is given once, in order and without gaps; it may be voided, but
    never taken back.
    """


@command.command("init")
@click.argument("file", type=NEW_FILE)
@click.option("--pattern", "text", required=True, metavar="PATTERN", help="Such as {year}/{unit}/{serial:04}.")
@with_pattern
def init(file: Path, pattern: NumberPattern, first: int | None, today: jdatetime.date) -> None:
    """Start a registry in a new FILE.

    PATTERN has places in braces: {year} (1405), {yy} (05), {month} (03), {unit} and {serial}; {serial:04} is four
    digits wide. Digits are printed in Persian.
    """
    _tell_next(registry.start_registry(file, pattern, today, first))


@command.command("pattern")
@click.argument("file", type=NEW_FILE)
@click.argument("text", metavar="PATTERN")
@with_pattern
def pattern(file: Path, pattern: NumberPattern, first: int | None, today: jdatetime.date) -> None:
    """Let numbers follow another PATTERN from now on. Given numbers stay as they are, and their count goes on."""
    _tell_next(registry.change_pattern(file, pattern, today, first))


def _tell_next(letter_number: str) -> None:
    say(fill("The next number will be {number}", number=letter_number))


@command.command("give")
@click.argument("file", type=NEW_FILE)
@click.option("--case", "case_name", required=True, metavar="CASE", help=_CASE_HELP)
@click.option("--letter", required=True, help="The letter of the case.")
@click.option("--revision", type=click.IntRange(min=0), default=1, show_default=True, help="Which issue of the letter.")
@today_option
@click.pass_context
def give(ctx: click.Context, file: Path, case_name: str, letter: str, revision: int, today: jdatetime.date) -> None:
    """Reserve a number and print it. Asked again for the same letter, it is the same number."""
    if not case_name.strip() or not letter.strip():
        raise click.UsageError(translate("--case and --letter must not be blank."))
    by_clock = ctx.get_parameter_source("today") is ParameterSource.DEFAULT
    given = registry.give(file, LetterKey(case_name, letter, revision), today, by_clock=by_clock)
    say(given.number)
    _warn(given.notes)


@command.command("record")
@click.argument("file", type=NEW_FILE)
@click.argument("letter_number", metavar="NUMBER")
@click.argument("letter", type=FILE)
@click.option("--date", type=DATE, required=True, help="The date of the letter.")
@click.option("--subject", required=True, help="What it is about.")
@click.option("--recipient", required=True, help="To whom it goes.")
def record(file: Path, letter_number: str, letter: Path, date: jdatetime.date, subject: str, recipient: str) -> None:
    """Record the LETTER that is issued as NUMBER, with the hash of its file."""
    recorded = registry.record(file, letter_number, letter, date, subject, recipient)
    say(fill("Recorded: {number}", number=recorded.entry.number))
    _warn(recorded.notes)


def _warn(notes: Sequence[Problem]) -> None:
    """Warnings of a day, where scripts that read the number do not take them for it."""
    for line in problem_lines(notes):
        say(line, err=True)


@command.command("sent")
@click.argument("file", type=NEW_FILE)
@click.argument("letter_number", metavar="NUMBER")
@click.option("--date", type=DATE, default=jdatetime.date.today, help="The day it was sent; today when left out.")
@click.option("--by", default="", metavar="TEXT", help="By which way, such as a courier or the post.")
def sent(file: Path, letter_number: str, date: jdatetime.date, by: str) -> None:
    """Record that the letter NUMBER was sent."""
    recorded = registry.send(file, letter_number, date, by)
    with printed_in(registry.tongue_of(file, recorded.entry)):
        words = {"number": with_persian_digits(recorded.entry.number), "date": format_date(date)}
    say(fill("Letter {number}: sent on {date}", **words))
    _warn(recorded.notes)


@command.command("void")
@click.argument("file", type=NEW_FILE)
@click.argument("letter_number", metavar="NUMBER")
@click.option("--why", required=True, help="The reason, as it will stand in the registry.")
@today_option
def void(file: Path, letter_number: str, why: str, today: jdatetime.date) -> None:
    """Take NUMBER out of use; it stays in the registry and is never given again."""
    say(fill("Voided: {number}", number=registry.void(file, letter_number, why, today).number))


@command.command("list")
@click.argument("file", type=NEW_FILE)
@with_search
@click.option("--json", "as_json", is_flag=True, help="One object for each number.")
def list_(file: Path, search: Search, as_json: bool) -> None:
    """List the numbers in the order they were given. Dates are those of the letters."""
    found = registry.entries(file, search)
    if as_json:
        show_json([entry_json(entry) for entry in found])
        return
    say("\n".join([*_lines(file, found), fill("Numbers: {count}", count=len(found))]))


@command.command("show")
@click.argument("file", type=NEW_FILE)
@click.argument("letter_number", metavar="NUMBER")
@click.option("--json", "as_json", is_flag=True, help="One object instead of lines.")
def show(file: Path, letter_number: str, as_json: bool) -> None:
    """Show everything recorded under NUMBER, typed in any digits."""
    entry = registry.find(file, letter_number)
    if as_json:
        show_json(entry_json(entry))
        return
    with printed_in(registry.tongue_of(file, entry)):
        told = list(_details(entry))
    for label, text in told:
        if text:
            say(f"{label}: {text}")


@command.command("export")
@click.argument("file", type=NEW_FILE)
@click.argument("out", type=NEW_FILE)
@with_search
def export(file: Path, out: Path, search: Search) -> None:
    """Write the list to the Excel workbook OUT."""
    if out.suffix.lower() != ".xlsx":
        raise click.BadParameter(fill("«{text}» does not end in .xlsx.", text=out.name), param_hint=translate("OUT"))
    registry.export(file, out, search)
    say(fill("Made: {names}", names=out))


@command.command("verify")
@click.argument("file", type=NEW_FILE)
def verify(file: Path) -> None:
    """Prove that the file is whole, no number is missing or doubled, and the letters are those that were sent."""
    problems, count = registry.verify(file)
    show_problems(problems)
    say(fill("Numbers: {count}", count=count))
    sys.exit(ExitCode.REGISTRY if has_errors(problems) else ExitCode.OK)


@command.command("backup")
@click.argument("file", type=NEW_FILE)
@click.argument("copy", type=NEW_FILE)
def backup(file: Path, copy: Path) -> None:
    """Write a COPY as of one moment, also while others take numbers."""
    registry.back_up(file, copy)
    say(fill("Made: {names}", names=copy))


# ---------------------------------------------------------------- lines


def _lines(file: Path, found: Sequence[Entry]) -> Iterator[str]:
    """One line a number: its state, the number, its day, and what it is of."""
    least = [*((_word(state), "", "") for state in STATES), ("", " " * _LEAST_NUMBER, "")]
    told = [_line(file, entry) for entry in found]
    rooms = widths([*least, *(cells for cells, _ in told)])
    for cells, rest in told:
        yield "  ".join([*aligned(cells, rooms), rest])


def _line(file: Path, entry: Entry) -> tuple[tuple[str, str, str], str]:
    """The cells of a line and what follows them, in the calendar and the digits of the letter."""
    with printed_in(registry.tongue_of(file, entry)):
        cells = (_word(entry.state), with_persian_digits(entry.number), format_date(entry.day))
        return cells, " — ".join(filter(None, _told(entry)))


def _told(entry: Entry) -> tuple[str, ...]:
    """What a line says of a letter: of one that is not recorded, whose it will be; of a void number, why."""
    if not entry.is_recorded:
        return f"{entry.case} / {entry.letter}", with_persian_digits(entry.why)
    signed = fill("signed on {date}", date=_day(entry.signed)) if entry.signed else ""
    sent = fill("sent on {date}", date=_day(entry.sent)) if entry.sent else ""
    return with_persian_digits(entry.subject), with_persian_digits(entry.recipient), signed, sent


def _word(state: State) -> str:
    words = {
        "open": translate("reserved"),
        "recorded": translate("issued"),
        "signed": translate("signed"),
        "sent": translate("sent"),
        "void": translate("void"),
    }
    return words[state]


def _details(entry: Entry) -> Iterator[tuple[str, str]]:
    yield translate("number"), with_persian_digits(entry.number)
    yield translate("state"), _word(entry.state)
    yield translate("date"), _day(entry.date)
    yield translate("subject"), with_persian_digits(entry.subject)
    yield translate("recipient"), with_persian_digits(entry.recipient)
    yield translate("case"), entry.case
    yield translate("letter"), entry.letter
    yield translate("revision"), number(entry.revision)
    yield translate("number given on"), _day(entry.given)
    yield translate("signed on"), _day(entry.signed)
    yield translate("sent on"), _day(entry.sent)
    yield translate("way it was sent"), with_persian_digits(entry.sent_by)
    yield translate("voided on"), _day(entry.voided)
    yield translate("reason"), with_persian_digits(entry.why)
    yield translate("file"), entry.path
    yield "SHA-256", entry.sha256
    yield translate("signed copy"), entry.scan_path
    yield fill("{name} of the signed copy", name="SHA-256"), entry.scan_sha256


def _day(day: jdatetime.date | None) -> str:
    return format_date(day) if day else ""

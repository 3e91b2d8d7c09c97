"""``assembler registry …``: the secretariat's letter numbers."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import jdatetime

from assembler.base.files import writing
from assembler.base.messages import fill, number, translate
from assembler.base.persian import ZWNJ, format_date, parse_date
from assembler.base.problems import ExitCode, has_errors
from assembler.cli.console import show_problems
from assembler.records import file_hash
from assembler.records.registry import COUNTINGS, STATES, Counting, Entry, LetterKey, NumberPattern, Registry, State

FILE = click.Path(dir_okay=False, path_type=Path)
LETTER_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_LEAST_NUMBER = 14  # letters a number is given room for


class _Date(click.ParamType[jdatetime.date]):
    """A Jalali date, in Persian or Latin digits."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> jdatetime.date:
        day = parse_date(value) if isinstance(value, str) else value
        if not isinstance(day, jdatetime.date):
            self.fail(f"{value!r} is not a Jalali date, such as 1405/02/20.", param, context)
        return day


today_option = click.option(
    "--today",
    type=_Date(),
    metavar="DATE",
    default=jdatetime.date.today,
    help="The day this is done, such as 1405/02/20; the machine's when left out.",
)


def pattern_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """How numbers look and are counted."""
    options = (
        click.option("--unit", default="", metavar="LETTERS", help="The letters of the unit, for {unit}."),
        click.option(
            "--counting", type=click.Choice(COUNTINGS), default="year", show_default=True,
            help="Whether serials begin anew each Jalali year, or go on over the years.",
        ),
        click.option(
            "--start", type=click.IntRange(min=0), default=1, show_default=True, help="The serial of each beginning."
        ),
        click.option(
            "--first", type=click.IntRange(min=0), help="The serial of the first number, as on paper before."
        ),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return today_option(command)


def filters(command: Callable[..., Any]) -> Callable[..., Any]:
    """Which letters are meant; given to the command as one list of entries."""
    options = (
        click.option("--search", default="", metavar="TEXT", help="Words that occur, however they are spelled."),
        click.option("--year", type=int, help="The Jalali year, such as 1405."),
        click.option("--from", "start", type=_Date(), help="The first day."),
        click.option("--to", "end", type=_Date(), help="The last day."),
        click.option("--state", type=click.Choice(STATES), help="Only numbers in this state."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group("registry")
def command() -> None:
    """Give letter numbers by a pattern, record the letters, and find them.

    FILE is the registry of one secretariat. A number is given once, in order and without gaps; it may be voided, but
    never taken back.
    """


@command.command("init")
@click.argument("file", type=FILE)
@click.option("--pattern", "text", required=True, metavar="PATTERN", help="Such as {year}/{unit}/{serial:04}.")
@pattern_options
def init(
    file: Path, text: str, unit: str, counting: Counting, start: int, first: int | None, today: jdatetime.date
) -> None:
    """Start a registry in a new FILE.

    PATTERN has places in braces: {year} (1405), {yy} (05), {month} (03), {unit} and {serial}; {serial:04} is four
    digits wide. Digits are printed in Persian.
    """
    with Registry.create(file, NumberPattern(text, unit, counting, start), today, first=first) as registry:
        _tell_pattern(registry, today, start if first is None else first)


@command.command("pattern")
@click.argument("file", type=FILE)
@click.argument("text", metavar="PATTERN")
@pattern_options
def pattern(
    file: Path, text: str, unit: str, counting: Counting, start: int, first: int | None, today: jdatetime.date
) -> None:
    """Let numbers follow another PATTERN from now on. Given numbers stay as they are, and their count goes on."""
    with Registry.open(file) as registry:
        registry.change_pattern(NumberPattern(text, unit, counting, start), today, first=first)
        _tell_pattern(registry, today, registry.next_serial(today))


def _tell_pattern(registry: Registry, today: jdatetime.date, serial: int) -> None:
    click.echo(fill("The next number will be {number}", number=registry.pattern.number(today, serial)))


@command.command("give")
@click.argument("file", type=FILE)
@click.option("--case", "case_name", required=True, metavar="CASE", help="A name of the case that stays the same.")
@click.option("--letter", required=True, help="The letter of the case.")
@click.option("--revision", type=click.IntRange(min=0), default=1, show_default=True, help="Which issue of the letter.")
@today_option
def give(file: Path, case_name: str, letter: str, revision: int, today: jdatetime.date) -> None:
    """Reserve a number and print it. Asked again for the same letter, it is the same number."""
    if not case_name.strip() or not letter.strip():
        raise click.UsageError("--case and --letter must not be blank.")
    with Registry.open(file) as registry:
        click.echo(registry.reserve(LetterKey(case_name, letter, revision), today))


@command.command("record")
@click.argument("file", type=FILE)
@click.argument("letter_number", metavar="NUMBER")
@click.argument("letter", type=LETTER_FILE)
@click.option("--date", type=_Date(), required=True, help="The date of the letter.")
@click.option("--subject", required=True, help="What it is about.")
@click.option("--recipient", required=True, help="To whom it goes.")
def record(file: Path, letter_number: str, letter: Path, date: jdatetime.date, subject: str, recipient: str) -> None:
    """Record the LETTER that was sent as NUMBER, with the hash of its file."""
    with Registry.open(file) as registry:
        entry = registry.record(letter_number, date, subject, recipient, file_hash(letter), letter)
        click.echo(fill("Recorded: {number}", number=entry.number))


@command.command("void")
@click.argument("file", type=FILE)
@click.argument("letter_number", metavar="NUMBER")
@click.option("--why", required=True, help="The reason, as it will stand in the registry.")
@today_option
def void(file: Path, letter_number: str, why: str, today: jdatetime.date) -> None:
    """Take NUMBER out of use; it stays in the registry and is never given again."""
    with Registry.open(file) as registry:
        click.echo(fill("Voided: {number}", number=registry.void(letter_number, why, today).number))


@command.command("list")
@click.argument("file", type=FILE)
@filters
@click.option("--json", "as_json", is_flag=True, help="One object for each number.")
def list_(
    file: Path,
    search: str,
    year: int | None,
    start: jdatetime.date | None,
    end: jdatetime.date | None,
    state: State | None,
    as_json: bool,
) -> None:
    """List the numbers in the order they were given. Dates are those of the letters."""
    with Registry.open(file) as registry:
        found = registry.entries(search, year=year, start=start, end=end, state=state)
    if as_json:
        click.echo(json.dumps([entry.as_json() for entry in found], ensure_ascii=False, indent=2))
        return
    click.echo("\n".join([*_lines(found), fill("Numbers: {count}", count=len(found))]))


@command.command("show")
@click.argument("file", type=FILE)
@click.argument("letter_number", metavar="NUMBER")
@click.option("--json", "as_json", is_flag=True, help="One object instead of lines.")
def show(file: Path, letter_number: str, as_json: bool) -> None:
    """Show everything recorded under NUMBER, typed in any digits."""
    with Registry.open(file) as registry:
        entry = registry.find(letter_number)
    if as_json:
        click.echo(json.dumps(entry.as_json(), ensure_ascii=False, indent=2))
        return
    for label, text in _details(entry):
        if text:
            click.echo(f"{label}: {text}")


@command.command("export")
@click.argument("file", type=FILE)
@click.argument("out", type=FILE)
@filters
def export(
    file: Path,
    out: Path,
    search: str,
    year: int | None,
    start: jdatetime.date | None,
    end: jdatetime.date | None,
    state: State | None,
) -> None:
    """Write the list to the Excel workbook OUT."""
    from assembler.records.registry.workbook import write_workbook  # Excel is loaded for those who ask for it

    if out.suffix.lower() != ".xlsx":
        raise click.BadParameter(f"{out.name!r} does not end in .xlsx", param_hint="OUT")
    with Registry.open(file) as registry:
        found = registry.entries(search, year=year, start=start, end=end, state=state)
    with writing(out):
        write_workbook(found, out)
    click.echo(fill("Made: {names}", names=out))


@command.command("verify")
@click.argument("file", type=FILE)
def verify(file: Path) -> None:
    """Prove that the file is whole, no number is missing or doubled, and the letters are those that were sent."""
    with Registry.open(file) as registry:
        problems, count = registry.verify(), len(registry.entries())
    show_problems(problems)
    click.echo(fill("Numbers: {count}", count=count))
    sys.exit(ExitCode.REGISTRY if has_errors(problems) else ExitCode.OK)


@command.command("backup")
@click.argument("file", type=FILE)
@click.argument("copy", type=FILE)
def backup(file: Path, copy: Path) -> None:
    """Write a COPY as of one moment, also while others take numbers."""
    with Registry.open(file) as registry:
        registry.backup(copy)
    click.echo(fill("Made: {names}", names=copy))


# ---------------------------------------------------------------- lines


def _lines(found: Sequence[Entry]) -> Iterator[str]:
    """One line a number. It begins with a word, by which terminals that can tell set its direction."""
    words = {state: _word(state) for state in STATES}
    wide = max(map(_width, words.values()))
    numbered = max([_LEAST_NUMBER, *(len(entry.number) for entry in found)])
    for entry in found:
        day = format_date(entry.date or entry.given)
        tail = " — ".join(filter(None, _told(entry)))
        word = words[entry.state] + " " * (wide - _width(words[entry.state]))
        yield f"{word}  {entry.number:<{numbered}}  {day}  {tail}"


def _width(word: str) -> int:
    """The columns a word takes on a terminal; a joiner takes none."""
    return len(word.replace(ZWNJ, ""))


def _told(entry: Entry) -> tuple[str, ...]:
    """What a line says of a letter: of one that is not recorded, whose it will be; of a void number, why."""
    if entry.state == "recorded":
        return entry.subject, entry.recipient
    return f"{entry.case} / {entry.letter}", entry.why


def _word(state: State) -> str:
    words = {"open": translate("reserved"), "recorded": translate("recorded"), "void": translate("void")}
    return words[state]


def _details(entry: Entry) -> Iterator[tuple[str, str]]:
    yield translate("number"), entry.number
    yield translate("state"), _word(entry.state)
    yield translate("date"), _day(entry.date)
    yield translate("subject"), entry.subject
    yield translate("recipient"), entry.recipient
    yield translate("case"), entry.case
    yield translate("letter"), entry.letter
    yield translate("revision"), number(entry.revision)
    yield translate("number given on"), _day(entry.given)
    yield translate("voided on"), _day(entry.voided)
    yield translate("reason"), entry.why
    yield translate("file"), entry.path
    yield "SHA-256", entry.sha256


def _day(day: jdatetime.date | None) -> str:
    return format_date(day) if day else ""

"""How the letters of a case stand, in lines: ``assembler status``."""

from __future__ import annotations

from collections.abc import Iterator

import click
import jdatetime

from assembler.actions.status import LetterState, Outgoing, Stage
from assembler.base.messages import fill, number, translate
from assembler.base.persian import format_date
from assembler.base.scripts import with_persian_digits
from assembler.cli.console import problem_lines
from assembler.cli.table import NOTHING, aligned, widths

_COLOURS = {"issued": "yellow", "signed": "green", "sent": "green"}


def outgoing_lines(told: Outgoing) -> Iterator[str]:
    """The letters of a case, numbers nobody used, and what is to say of its revisions."""
    if told.letters:
        yield from ("", click.style(translate("Letters"), bold=True))
        yield from _letters(told.letters)
    for unused in told.unused:
        words = {"number": unused.number, "letter": unused.letter, "date": format_date(unused.given)}
        yield "  " + fill("Number {number} was given to {letter} on {date}, and no letter bears it.", **words)
    for revision in told.revisions:
        if revision.unconfirmed:
            reason = with_persian_digits(revision.unconfirmed)
            words = {"revision": number(revision.number), "reason": reason}
            yield "  " + fill(
                "Revision {revision} went out with unconfirmed answers, for this reason: {reason}", **words
            )
    if told.changed:
        last = number(told.revisions[-1].number)
        yield "  " + fill(
            "Answers were changed since revision {revision}: what they say now is not issued.", revision=last
        )
    if told.problems:
        yield ""
        yield from problem_lines(told.problems)


def _letters(letters: tuple[LetterState, ...]) -> Iterator[str]:
    """One line a letter: how far it has come, its number, its day, then what it is."""
    rows = [(_word(one.stage), with_persian_digits(one.number) or NOTHING, _day(one.date)) for one in letters]
    rooms = widths(rows)
    for one, cells in zip(letters, rows, strict=True):
        start = "  ".join(aligned(cells, rooms))
        yield f"  {click.style(start, fg=_COLOURS.get(one.stage))}  {' — '.join(_told(one))}  [{one.letter}]"


def _told(letter: LetterState) -> Iterator[str]:
    yield letter.title
    if letter.revision:
        yield fill("revision {revision}", revision=number(letter.revision))
    if letter.signed:
        yield fill("signed on {date}", date=_day(letter.signed))
    elif letter.revision and not letter.amended_by:
        yield translate("not signed")
    if letter.sent:
        yield fill("sent on {date}", date=_day(letter.sent))
    if letter.amended_by:
        yield fill("replaced by {number}", number=with_persian_digits(letter.amended_by))


def _word(stage: Stage) -> str:
    words = {
        "open": translate("not issued"),
        "issued": translate("issued"),
        "signed": translate("signed"),
        "sent": translate("sent"),
    }
    return words[stage]


def _day(day: jdatetime.date | None) -> str:
    return format_date(day) if day else NOTHING

"""What commands share: options, printed problems, the progress bar."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any, TextIO

import click
import jdatetime

from assembler.base.catalogue.entries import Severity
from assembler.base.messages import fill, number, translate
from assembler.base.periods import from_gregorian
from assembler.base.persian import date_parts, parse_date
from assembler.base.problems import AssemblerError, Problem
from assembler.base.progress import Progress
from assembler.base.settings import EngineChoice, Settings, find_settings
from assembler.cli.paths import FOLDER
from assembler.cli.say import give, say
from assembler.model.acceptances import place_text

_NO_PAGES: Mapping[str, int] = {}
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFORMATION: "blue"}


def severity_word(severity: Severity) -> str:
    """A severity in the reader's language."""
    words = {
        Severity.ERROR: translate("error"),
        Severity.WARNING: translate("warning"),
        Severity.INFORMATION: translate("information"),
    }
    return words[severity]


def with_settings(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command its ``settings``, after the options that say where specifications and templates are."""

    @click.option("--fonts", type=FOLDER, help="Folder of fonts, used before those of the machine.")
    @click.option("--templates", type=FOLDER, help="Folder of Word templates.")
    @click.option("--specs", type=FOLDER, help="Folder of form specifications.")
    @wraps(command)
    def given(specs: Path | None, templates: Path | None, fonts: Path | None, **rest: Any) -> Any:
        return command(settings=find_settings(specs, templates, fonts=fonts), **rest)

    return given


_ENGINE = "The program that makes the pages."


def with_engine(*engines: EngineChoice) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Lets a command that builds choose among engines, in its ``settings``; stands below ``with_settings``."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @click.option("--engine", type=click.Choice(engines), default=engines[0], show_default=True, help=_ENGINE)
        @click.option("--timeout", type=float, default=300.0, show_default=True, help="Seconds LibreOffice may take.")
        @wraps(command)
        def given(settings: Settings, engine: EngineChoice, timeout: float, **rest: Any) -> Any:
            return command(settings=replace(settings, engine=engine, timeout=timeout), **rest)

        return given

    return decorate


class _Date(click.ParamType[jdatetime.date]):
    """A date of the Jalali calendar or of the Gregorian one, which their years tell apart, in Persian or Latin
    digits.
    """

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> jdatetime.date:
        day = _day(value) if isinstance(value, str) else value
        if not isinstance(day, jdatetime.date):
            self.fail(fill("«{text}» is not a date, such as 1405/02/20 or 2026/05/10.", text=value), param, context)
        return day


def _day(text: str) -> jdatetime.date | None:
    parts = date_parts(text)
    return (from_gregorian(*parts) if parts else None) or parse_date(text)


DATE = _Date()


def today_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option that says which day it is, given to the command as a Jalali date."""
    text = "The day deadlines are reckoned from, such as 1399/02/20; the machine's when left out."
    return click.option("--today", type=DATE, default=jdatetime.date.today, help=text)(command)


def show_problems(
    problems: Sequence[Problem], stream: TextIO | None = None, pages: Mapping[str, int] = _NO_PAGES
) -> None:
    """Problems one under the other: how grave, where, what, what to do; then how many there are.

    ``pages`` are the pages of a build on which tables begin, by ``form.item``.
    """
    stream = stream or sys.stdout
    for line in problem_lines(problems, pages):
        say(line, file=stream)
    say(summary(problems), file=stream)


def problem_lines(problems: Sequence[Problem], pages: Mapping[str, int] = _NO_PAGES) -> Iterator[str]:
    """How grave, where and what; in grey behind it what programs call it and where it is written; then what to do."""
    for found in problems:
        word = click.style(severity_word(found.severity), fg=_COLOURS[found.severity], bold=True)
        page = pages.get(f"{found.place.form}.{found.place.item}")
        printed = " " + fill("(page {page})", page=page) if page else ""
        place = found.where or written_at(found)
        told = ": ".join(filter(None, (word, place, found.message))) + printed
        yield f"{told}  {click.style(_behind(found), dim=True)}"
        if found.hint:
            yield f"    ↳ {found.hint}"


def _behind(found: Problem) -> str:
    return f"[{name(found)}] {written_at(found) if found.where else ''}".strip()


def name(found: Problem) -> str:
    """The code of a problem and its place, to be copied behind `assembler accept` or `assembler set`."""
    placed = found.acceptable or found.place.form
    return f"{found.code} {place_text(found.place)}".strip() if placed else found.code


def written_at(found: Problem) -> str:
    """``file:line``, as far as known."""
    return ":".join(str(part) for part in (found.place.file, found.place.line) if part)


def summary(problems: Sequence[Problem]) -> str:
    """How many problems of each severity."""
    return counted(*(sum(found.severity is severity for found in problems) for severity in Severity))


def counted(errors: int, warnings: int, notes: int) -> str:
    """So many problems, in words."""
    if not errors + warnings + notes:
        return translate("No problems.")
    return fill(
        "Errors: {errors}, warnings: {warnings}, information: {notes}", errors=errors, warnings=warnings, notes=notes
    )


def show_failure(error: AssemblerError) -> None:
    """The problems a run ended with, on standard error."""
    show_problems(error.problems, sys.stderr)


def show_json(found: object) -> None:
    """What is published, for programs: on standard output, in any language the same."""
    give(json.dumps(found, ensure_ascii=False, indent=2))


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A bar on a terminal once work takes over a second; silence elsewhere."""
    if not sys.stderr.isatty():
        yield lambda step, done, total: None
        return
    bar = _Bar()
    try:
        yield bar.show
    finally:
        bar.clear()


class _Bar:
    WIDTH = 24

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.shown = False

    def show(self, step: str, done: int, total: int) -> None:
        if time.monotonic() - self.started < 1:
            return
        filled = self.WIDTH * done // max(total, 1)
        text = f"{'█' * filled}{'░' * (self.WIDTH - filled)} {translate(step)} {number(done)}/{number(total)}"
        say(text, start="\r\033[K", nl=False, err=True)
        self.shown = True

    def clear(self) -> None:
        if self.shown:
            say(start="\r\033[K", nl=False, err=True)

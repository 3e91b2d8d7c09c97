"""The program speaks the reader's language from the first word: help, refusals, guesses; lines turned for terminals."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from assembler import cli
from assembler.base import messages
from assembler.cli.spoken import spoken, teach_click
from assembler.cli.table import width
from tests.cli.conftest import Run

# Names of programs, formats and files, and what is typed as it stands; everything else is said in Persian.
TYPED = re.compile(
    r"`[^`]*`|5\.3=column|(?<![\w-])--?[a-z][a-z-]*|x(?=[<>]=)|PDF(?=ها)|\{[^}]*\}|\$?[A-Z]+_[A-Z]+|form\.item(:row\.column)?|case\.field|"
    r"postgresql://\S*|\.site|[\w-]*\.(yaml|csv|pdf|docx|xlsx)|attachments/|case-REPORT|answers-FORM|"
    r"\b(PDF|Word|Excel|CSV|YAML|JSON( Schema)?|LibreOffice|assembler|python|output|revisions|combined|case|fa|en)\b|"
    r"\b(https|SQLite)\b"
)
TOPICS = {
    *("form", "report", "rule", "functions", "letter", "template", "findings", "severities", "exit-codes", "accepted"),
    "units",
}


def _commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    for name, each in command.commands.items() if isinstance(command, click.Group) else ():
        yield from _commands(each, (*path, name))


COMMANDS = {
    path: command
    for name in cli.COMMANDS
    if (top := cli.cli.declared(name))
    for path, command in _commands(top, (name,))
}


@pytest.mark.parametrize("path", [(), *COMMANDS], ids=" ".join)
def test_no_english_word_is_left_in_help(path: tuple[str, ...]) -> None:
    page = _help(path)
    assert "گزینه‌ها" in page
    names = {*cli.COMMANDS, *(word for each in COMMANDS for word in each), *_choices(COMMANDS.get(path, cli.cli))}
    left = set(re.findall(r"[A-Za-z][\w-]*", TYPED.sub(" ", page))) - names - TOPICS
    assert left == set()


def _help(path: tuple[str, ...]) -> str:
    """The page of a command, without a call of those it stands below."""
    teach_click()
    with messages.spoken("fa"):
        command = spoken(COMMANDS.get(path, cli.cli))
        return command.get_help(command.make_context(" ".join(("assembler", *path)), [], resilient_parsing=True))


def _choices(command: click.Command) -> Iterator[str]:
    for param in command.params:
        yield from map(str, param.type.choices) if isinstance(param.type, click.Choice) else ()


@pytest.mark.parametrize("columns", [60, 80, 200])
def test_help_fits_the_terminal_by_the_width_of_letters(
    run: Run, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for path in ((), ("check",), ("accept",)):
        lines = run("--lang", "fa", *path, "--help").out.splitlines()
        assert [line for line in lines if width(line) > min(columns, 80)] == []


def test_options_stand_one_under_the_other_with_their_meaning_beside(run: Run) -> None:
    lines = run("--lang", "fa", "check", "--help").out.splitlines()
    rows = [line for line in lines if line.startswith("  \u200e--")]
    assert len(rows) > 5
    begins = {width(re.split(r" {2,}", line.strip())[0]) for line in rows}
    assert len(begins) > 1
    columns = {width(line[: len(line) - len(re.split(r" {2,}", line.strip(), maxsplit=1)[1])]) for line in rows}
    assert len(columns) == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["chek"], "خطا: فرمانی به نام «chek» وجود ندارد. آیا منظور «check» است؟"),
        (["registry", "giv"], "فرمانی به نام «giv» وجود ندارد. آیا منظور «give» است؟"),
        (["build", ".", "--engin"], "گزینه‌ای به نام '--engin' وجود ندارد. آیا منظور '--engine' است؟"),
        (["check"], "این ورودی نوشته نشده است: 'پرونده'."),
        (["check", "nowhere"], "مقدار 'پرونده' درست نیست: پوشه 'nowhere' وجود ندارد."),
        (["build", ".", "--engine", "x"], "'x' یکی از این‌ها نیست"),
        (["check", ".", "--today", "x"], "«x» تاریخ نیست؛ تاریخ شمسی مانند"),
        (["accept", ".", "code", "--why", "x"], "یا «جا» را بنویسید یا"),
        (["build", ".", "--timeout", "x"], "'x' عدد درستی نیست"),
        (["check", ".", "a", "b"], "این ورودی‌ها زیادی است: a b"),
    ],
)
def test_refusals_are_said_in_persian(run: Run, typed: list[str], told: str) -> None:
    outcome = run("--lang", "fa", *typed)
    assert (outcome.code, outcome.out) == (2, "")
    assert told in outcome.err
    assert outcome.err.startswith("شیوه کاربرد: assembler")
    assert "راهنما: assembler" in outcome.err


def test_the_language_holds_wherever_it_is_said_before_the_command(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "گزینه‌ها" in run("--help", "--lang", "fa").out
    assert "گزینه‌ها" in run("--lang=fa", "--help").out
    assert "وجود ندارد" in run("--bogus", "--lang", "fa").err
    monkeypatch.setenv("LC_ALL", "fa_IR.UTF-8")
    assert "گزینه‌ها" in run("build", "--help").out
    assert "Options:" in run("--lang", "en", "build", "--help").out
    assert "does not exist" in run("--lang", "en", "check", "nowhere").err


def test_a_command_is_declared_in_one_language_and_spoken_in_another() -> None:
    declared = cli.cli.declared("check")
    assert declared is not None
    before = declared.help
    assert spoken(declared) is not declared
    assert declared.help == before


def test_all_that_commands_print_is_turned_when_asked_for(run: Run) -> None:
    plain = run("--lang", "fa", "check", "--help").out
    turned = run("--lang", "fa", "--bidi", "on", "check", "--help").out
    assert "پرونده" in plain
    assert not re.search("[آ-ی]", turned)
    assert "ه" not in turned
    assert "--today" in turned
    refused = run("--lang", "fa", "--bidi", "on", "chek").err
    assert refused
    assert not re.search("[آ-ی]", refused)

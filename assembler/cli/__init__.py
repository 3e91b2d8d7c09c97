"""The command line: the only place that prints, and the only one that exits.

Commands are imported when they are called, so that ``--help`` answers at once.
"""

from __future__ import annotations

import importlib
import itertools
import signal
import sys
import warnings
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, cast

import click

from assembler.base.garbage import paused_collector, spare_what_is_there
from assembler.base.messages import LANGUAGES, choose, translate
from assembler.base.version import __version__
from assembler.cli.paths import FOLDER
from assembler.cli.say import choose_bidi, say, speak_utf8
from assembler.cli.spoken import Group, spoken, teach_click, usage_lines

if TYPE_CHECKING:
    from assembler.cli.bidi import Mode

# Each command, where it lives, and its line in the overview.
COMMANDS = {
    "new": ("assembler.cli.new", "Start a case: its folder with every file ready to fill in."),
    "fill": ("assembler.cli.fill", "Answer what is missing, question by question."),
    "confirm": ("assembler.cli.confirm", "Confirm answers taken over from another case."),
    "check": ("assembler.cli.check", "Find every problem of a case."),
    "status": ("assembler.cli.status", "Show how far a case is, and the days left."),
    "due": ("assembler.cli.due", "Show what is due among many cases."),
    "set": ("assembler.cli.set", "Change one answer of a case."),
    "get": ("assembler.cli.get", "Print one answer of a case."),
    "export": ("assembler.cli.export", "Write a workbook of Excel to fill in."),
    "import": ("assembler.cli.import_", "Read workbooks that were filled in."),
    "hand-out": ("assembler.cli.hand_out", "Write a workbook for each department."),
    "collect": ("assembler.cli.collect", "Read what departments sent back, and list who is missing."),
    "accept": ("assembler.cli.accept", "Let a finding stand, with a reason."),
    "persons": ("assembler.cli.persons", "See and change to whom letters go."),
    "build": ("assembler.cli.build", "Make the signed-ready PDF and its Word files."),
    "diff": ("assembler.cli.diff", "Show what changed since a case was issued."),
    "issue": ("assembler.cli.issue", "Number, build and freeze what goes out."),
    "signed": ("assembler.cli.signed", "Keep the scan of a signed letter."),
    "verify": ("assembler.cli.verify", "Prove that nothing issued was altered."),
    "extract": ("assembler.cli.extract", "Get the case back out of its PDF."),
    "letters": ("assembler.cli.letters", "Make letters for every unit of a list."),
    "registry": ("assembler.cli.registry", "Give letter numbers, and find letters by them."),
    "aggregate": ("assembler.cli.aggregate", "Make one report of many cases."),
    "scores": ("assembler.cli.scores", "Rank the agencies of many cases by their scores."),
    "survey": ("assembler.cli.survey", "Count responses of a survey into a case."),
    "new-report": ("assembler.cli.new_report", "Start a report of your own, with a sample case."),
    "words": ("assembler.cli.words", "Look up the words of specifications and templates."),
    "reports": ("assembler.cli.reports", "List the reports, and for whom they are; or show one."),
    "forms": ("assembler.cli.forms", "List the forms, or show one."),
    "schema": ("assembler.cli.schema", "Write JSON Schemas for editors."),
    "template": ("assembler.cli.template", "Check the Word templates."),
    "handbook": ("assembler.cli.handbook", "Read the handbook, on the terminal or as a page."),
    "serve": ("assembler.cli.serve", "Let people fill in forms in a browser."),
    "user": ("assembler.cli.user", "Add people to the site, list them, give new passwords."),
    "doctor": ("assembler.cli.doctor", "Say what is installed and what is missing."),
}


# What a command is told of folders may stand before its name too.
_AHEAD = ("--specs", "--templates", "--fonts")


def _folders_first(words: Sequence[str], options: Collection[str]) -> list[str]:
    """The words with these options, and what each of them is told, in front of all others."""
    first: list[str] = []
    rest: list[str] = []
    left = list(words)
    while left and left[0] != "--":
        word = left.pop(0)
        if word in options and left:
            first += [word, left.pop(0)]
        else:
            (first if word.partition("=")[0] in options and "=" in word else rest).append(word)
    return [*first, *rest, *left]


class _Commands(Group):
    """Commands by name, imported on first use; the overview needs their lines only."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """What was said of folders before the command is said to it; what stands behind its name goes before.

        A group that takes them is told before the name of its command, wherever they stand.
        """
        name, found, rest = super().resolve_command(ctx, args)
        params = found.params if isinstance(found, click.Group) else ()
        taken = {option for param in params for option in param.opts}
        rest = _folders_first(rest, taken.intersection(_AHEAD))
        end = rest.index("--") if "--" in rest else len(rest)
        behind = {word.partition("=")[0] for word in rest[:end]}
        told = {option: ctx.params.get(option.removeprefix("--")) for option in _AHEAD if option not in behind}
        is_help = not behind.isdisjoint(ctx.help_option_names)
        ahead = [f"{option}={folder}" for option, folder in told.items() if folder is not None and not is_help]
        if taken.issuperset(_AHEAD):
            return name, found, [*ahead, *rest]
        return name, found, [*rest[:end], *ahead, *rest[end:]]

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        command = self.declared(name)
        return spoken(command) if command else None

    def declared(self, name: str) -> click.Command | None:
        """The command as it stands in its module, in English."""
        if name not in COMMANDS:
            return None
        with paused_collector():  # nothing of what is loaded is garbage
            command: click.Command = importlib.import_module(COMMANDS[name][0]).command
            spare_what_is_there()
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(translate("Commands")):
            formatter.write_dl([(name, translate(line)) for name, (_, line) in COMMANDS.items()])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of the messages; the locale's when left out.")
@click.option(
    "--bidi",
    type=click.Choice(["auto", "on", "off"]),
    default="auto",
    help="Join and turn Persian lines for terminals that do not; $ASSEMBLER_BIDI when left out.",
)
@click.option("--specs", type=FOLDER, help="Folder of form specifications.")
@click.option("--templates", type=FOLDER, help="Folder of Word templates.")
@click.option("--fonts", type=FOLDER, help="Folder of fonts, used before those of the machine.")
@click.version_option(__version__, prog_name="assembler", help="Show the version and exit.")
def cli(lang: str | None, bidi: str, **folders: object) -> None:
    """Official reports and letters: from form specifications and answers to one signed-ready PDF."""
    choose(lang)
    choose_bidi(cast("Mode", bidi))


def _told_ahead(words: Sequence[str], option: str, known: Sequence[str]) -> str | None:
    """What is said of an option before the command: help and refusals, too, are to follow it, wherever it stands."""
    before = list(itertools.takewhile(lambda word: word not in COMMANDS, words))
    pairs = itertools.pairwise([*before, ""])
    told = [after if word == option else word.partition("=")[2] for word, after in pairs if word.startswith(option)]
    return next((each for each in told if each in known), None)


def main() -> None:
    """Runs the command line. Errors of ours print as problems; a failure nobody foresaw prints as one line."""
    # A polite kill must unwind like Ctrl-C, or LibreOffice would outlive us in its own session.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    speak_utf8()
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # what libraries remark of a file is nothing an officer could act upon
    choose(_told_ahead(sys.argv[1:], "--lang", LANGUAGES))
    choose_bidi(cast("Mode", _told_ahead(sys.argv[1:], "--bidi", ("on", "off")) or "auto"))
    teach_click()
    try:
        spoken(cli)(prog_name="assembler", standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):
        from assembler.base.problems import ExitCode

        say("\n" + translate("Interrupted; nothing half-made is left."), err=True)
        sys.exit(ExitCode.INTERRUPTED)
    except click.ClickException as error:
        for line in usage_lines(error):
            say(line, err=True)
        sys.exit(error.exit_code)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except Exception as error:
        sys.exit(_unforeseen(error))
    finally:
        spare_what_is_there()  # the system takes its memory back at once


def _unforeseen(error: Exception) -> int:
    """Our own errors by their exit code; anything else as a short message with the trace in a file."""
    from assembler.base.problems import AssemblerError, ExitCode
    from assembler.cli.console import show_failure

    if isinstance(error, AssemblerError):
        show_failure(error)
        return error.exit_code
    from assembler.base.log import log_trace

    log = log_trace(error, " ".join(sys.argv[1:]))
    say(f"assembler: {type(error).__name__}: {error}" + (f"\n  → {log}" if log else ""), err=True)
    return ExitCode.UNEXPECTED

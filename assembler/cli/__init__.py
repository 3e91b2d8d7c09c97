"""The command line: the only place that prints, and the only one that exits.

Commands are imported when they are called, so that ``--help`` answers at once.
"""

from __future__ import annotations

import importlib
import signal
import sys

import click

from assembler.base.garbage import paused_collector, spare_the_end
from assembler.base.version import __version__

# Each command, where it lives, and its line in the overview.
COMMANDS = {
    "new": ("assembler.cli.new", "Start a case: its folder with every file ready to fill in."),
    "fill": ("assembler.cli.fill", "Answer what is missing, question by question."),
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
    "forms": ("assembler.cli.forms", "List the forms, or show one."),
    "schema": ("assembler.cli.schema", "Write JSON Schemas for editors."),
    "template": ("assembler.cli.template", "Check the Word templates."),
    "doctor": ("assembler.cli.doctor", "Say what is installed and what is missing."),
}


class _Commands(click.Group):
    """Commands by name, imported on first use; the overview needs their lines only."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        with paused_collector():  # nothing of what is loaded is garbage
            command: click.Command = importlib.import_module(COMMANDS[name][0]).command
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--lang", type=click.Choice(["fa", "en"]), help="Language of the messages; the locale's when left out.")
@click.version_option(__version__, prog_name="assembler")
def cli(lang: str | None) -> None:
    """Official reports and letters: from form specifications and answers to one signed-ready PDF."""
    from assembler.base.messages import choose

    choose(lang)


def main() -> None:
    """Runs the command line. Errors of ours print as problems; a failure nobody foresaw prints as one line."""
    # A polite kill must unwind like Ctrl-C, or LibreOffice would outlive us in its own session.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        cli(standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):
        from assembler.base.messages import translate
        from assembler.base.problems import ExitCode

        click.echo("\n" + translate("Interrupted; nothing half-made is left."), err=True)
        sys.exit(ExitCode.INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except Exception as error:
        sys.exit(_unforeseen(error))
    finally:
        spare_the_end()


def _unforeseen(error: Exception) -> int:
    """Our own errors by their exit code; anything else as a short message with the trace in a file."""
    from assembler.base.problems import AssemblerError, ExitCode
    from assembler.cli.console import show_failure

    if isinstance(error, AssemblerError):
        show_failure(error)
        return error.exit_code
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="assembler-", suffix=".log", delete=False, encoding="utf-8") as log:
        traceback.print_exception(error, file=log)
    click.echo(f"assembler: {type(error).__name__}: {error}\n  → {log.name}", err=True)
    return ExitCode.UNEXPECTED

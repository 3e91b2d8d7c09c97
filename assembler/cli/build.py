"""``assembler build CASE``."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from assembler.actions.build import Built, CaseHasErrors, build
from assembler.base.messages import digits, fill, translate
from assembler.base.problems import AssemblerError
from assembler.base.settings import Settings
from assembler.cli.console import progress_bar, show_problems, with_engine, with_settings
from assembler.cli.findings import all_option, show_findings
from assembler.cli.paths import FOLDER, NEW_FOLDER
from assembler.cli.say import say
from assembler.model.folders import CaseFolder


@click.command("build")
@click.argument("case", type=FOLDER)
@click.option("--out", type=NEW_FOLDER, help="Output folder; CASE/output when left out.")
@click.option("--draft", is_flag=True, help="Build despite errors, stamped as a draft, the problems in front.")
@all_option
@click.option("--watch", "watches", is_flag=True, help="Build again whenever a file changes, until you end it.")
@click.option("--quiet", "-q", is_flag=True, help="Say only what is wrong, and where the PDF is.")
@with_settings
@with_engine("auto", "libreoffice", "draft")
def command(
    case: Path, out: Path | None, draft: bool, everything: bool, watches: bool, quiet: bool, settings: Settings
) -> None:
    """Make one signed-ready PDF, its parts as Word files, and a receipt. Only what changed is made again."""
    out, settings = out or CaseFolder(case).output.path, replace(settings, draft=draft)
    if watches:
        _watch(case, out, settings, everything=everything, quiet=quiet)
        return
    try:
        with progress_bar() as progress:
            built = build(case, out, settings, progress)
    except CaseHasErrors as error:
        _refuse(error, case, everything=everything)
        sys.exit(error.exit_code)
    tell(built, case, everything=everything, quiet=quiet)


def _watch(case: Path, out: Path, settings: Settings, *, everything: bool, quiet: bool) -> None:
    from assembler.actions.watch import watch

    def told(result: Built | AssemblerError) -> None:
        say(click.style(f"── {digits(f'{datetime.now():%H:%M:%S}')}", dim=True))
        if isinstance(result, CaseHasErrors):
            _refuse(result, case, everything=everything)
        elif isinstance(result, AssemblerError):
            show_problems(result.problems, stream=sys.stderr)
        else:
            tell(result, case, everything=everything, quiet=quiet)

    say(translate("Every change is built as it is saved; Ctrl-C ends it."))
    with suppress(KeyboardInterrupt):
        watch(case, out, settings, told, progress_bar)


def _refuse(error: CaseHasErrors, case: Path, *, everything: bool) -> None:
    show_findings(error.problems, case, everything=everything, stream=sys.stderr)
    say(translate("A draft can be made despite them, with --draft."), err=True)


def tell(built: Built, case: Path, *, everything: bool = False, quiet: bool = False) -> None:
    """Says what is wrong, what was made, what was put aside and where the PDF stands."""
    if built.problems:
        show_findings(built.problems, case, everything=everything, pages=built.receipt.item_pages)
    if not quiet:
        _tell_made(built)
    for path in built.put_aside:
        say(fill("A document edited by hand was kept as {path}", path=path))
    say(fill("{path} (pages: {pages})", path=built.pdf, pages=built.receipt.pages))


def _tell_made(built: Built) -> None:
    if built.made_now:
        names = "، ".join(built.made_now)
        say(fill("Made: {names}", names=names))
    elif built.joined:
        say(translate("No letter or text changed; the PDF was joined anew."))
    else:
        say(translate("Nothing changed; nothing was made."))

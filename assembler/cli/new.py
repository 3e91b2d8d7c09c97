"""``assembler new REPORT FOLDER``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from assembler.actions.intake import Scrap, asked_again
from assembler.actions.new import Started, begin
from assembler.base.commands import as_typed
from assembler.base.messages import fill, translate
from assembler.base.settings import Settings
from assembler.cli.again import folders_again
from assembler.cli.case_fields import ask, pairs
from assembler.cli.console import show_problems, with_settings
from assembler.cli.intake import as_option, tell_scraps
from assembler.cli.paths import NEW_FOLDER, THERE
from assembler.cli.say import say


@click.command("new")
@click.argument("report")
@click.argument("folder", type=NEW_FOLDER)
@click.option("--set", "given", multiple=True, metavar="NAME=VALUE", help="A field of the case; may be repeated.")
@click.option("--no-input", is_flag=True, help="Ask nothing; fields that were not set stay as proposed, or blank.")
@click.option(
    "--from",
    "other",
    type=THERE,
    metavar="CASE|FILE",
    help="Take over the answers of another case, or of last year's report: the PDF that carries it, or a Word file.",
)
@as_option
@with_settings
def command(
    report: str,
    folder: Path,
    given: tuple[str, ...],
    no_input: bool,
    other: Path | None,
    said: tuple[str, ...],
    settings: Settings,
) -> None:
    """Start a case of REPORT in a new FOLDER: case.yaml, an answer file for every form, and attachments/.

    --from takes the folder of another case, its PDF, or a Word or PDF report made without this program: of that the
    tables that are known are taken, and `not-taken-over.txt` beside the answers says what was left.

    Required fields of the case are asked for. Answers taken over with --from wait to be confirmed: `assembler check`
    names them until they are corrected, or confirmed with `assembler confirm` or in `assembler fill`.
    """
    case = begin(report, folder, settings, pairs(given), other, said)
    tell_scraps(case.scraps)
    if case.problems:
        show_problems(case.problems)
    if not no_input:
        ask(case.fields)
    _tell(case.start(), case.scraps)


def _tell(done: Started, scraps: Sequence[Scrap]) -> None:
    say(fill("Case started in {folder} (files: {files})", folder=done.folder, files=len(done.files)))
    if done.taken:
        say(fill("Answers taken over, to be confirmed: {count}", count=done.taken))
    for offer in () if scraps else done.offered:  # what a file brought is told table by table
        say(fill("Taken for a question with a like label: «{old}» → «{new}»", old=offer.old, new=offer.new))
    if done.left_file:
        say(
            fill(
                "Answers without a place here: {count}; they stand in {file}", count=len(done.lost), file=done.left_file
            )
        )
    told = {lost.place for lost in done.lost}
    if left := [name for name in done.left if name not in told and not _is_told(name, told)]:
        say(fill("Not taken over: {names}", names="، ".join(left)))
    if asked := list(asked_again(scraps)):
        said = ("import", str(_seen(done.folder)), str(scraps[0].path), *asked, *folders_again())
        say(translate("What is not sure was left out. Where the guess is right, see with this what it brings:"))
        say("  " + as_typed("assembler", *said))
    folder = as_typed(str(_seen(done.folder)), *folders_again())
    say(translate("Go on with these:"))
    if done.taken:
        say(f"  assembler confirm {folder}   # {translate('look through what was taken over, and confirm it')}")
    say(f"  assembler fill {folder}   # {translate('answer what is asked, one by one; or edit the files')}")
    say(f"  assembler check {folder}   # {translate('see what is missing or wrong')}")
    say(f"  assembler build {folder}   # {translate('make the PDF and its Word files')}")


def _is_told(form: str, told: set[str]) -> bool:
    """Whether answers of a form that is left behind as a whole are told of one by one."""
    return any(place.startswith(f"{form}.") for place in told)


def _seen(folder: Path) -> Path:
    """The folder as it is named from here."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) and folder != here else folder

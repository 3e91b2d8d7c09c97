"""How the terminal tells what workbooks bring: cell by cell, then conflicts, then what is wrong."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from assembler.actions.import_ import CASE, CellChange, Conflict, Imported, ReadBook
from assembler.base.commands import as_typed
from assembler.base.messages import comma, fill, translate
from assembler.base.persian import agrees
from assembler.base.problems import ExitCode, Place, has_errors, place_words
from assembler.cli.console import show_problems
from assembler.cli.say import say
from assembler.model.acceptances import place_text

_LONGEST = 80  # letters of a text that is told

prefer_option = click.option(
    "--prefer",
    multiple=True,
    metavar="[PLACE=]FILE|case",
    help="Whose side is taken where two changed the same differently: everywhere, or at one form.item:row.column.",
)

anyway_option = click.option(
    "--anyway", is_flag=True, help="Read workbooks of a case of another name too, as before its folder was renamed."
)


def asks_whose(imported: Imported) -> bool:
    """Asks whether workbooks of a case of another name are of this one; no where nobody sits at a terminal."""
    others = [found for found in imported.problems if found.code == "workbook-other-case"]
    if not others or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    for found in others:
        say(f"{Path(found.place.file or '').name}: {found.message}")
    say(translate("Is it the same case under its new name? (yes/no)"))
    return agrees(input("> "))


def tell(imported: Imported) -> None:
    """Everything workbooks bring: of each first what it is and what was read of it."""
    for book in imported.books:
        say(_book(book, imported))
    for form in imported.forms:
        if form.changes:
            say(click.style(f"{form.title}  [{form.after.form}]", bold=True))
        for change in form.changes:
            say(_change(change))
    for conflict in imported.conflicts:
        _tell_conflict(conflict)
    if imported.problems:
        show_problems(imported.problems)
    count, conflicts = len(imported.changes), len(imported.conflicts)
    say(fill("Changes: {count}, conflicts: {conflicts}", count=count, conflicts=conflicts))


def tell_end(imported: Imported, *, dry_run: bool, with_errors: bool, write: bool = False) -> None:
    """What was written of it, or that nothing was; and what can be done about what was not taken."""
    if dry_run:
        say(translate("Nothing was written, as asked."))
    elif imported.scraps and not write:
        say(translate("Nothing was written: foreign files are only shown. To write what is sure, add --write."))
    elif imported.writable or with_errors:
        _tell_written(imported)
        if imported.aside:
            names = comma().join(path.name for path in imported.aside)
            say(fill("Left out, for the reasons above: {names}", names=names))
    else:
        say(translate("Nothing was written."))
    if write and any(scrap.is_asking for scrap in imported.scraps):
        say(translate("What is not sure was left out; nothing was guessed."))
    if imported.conflicts:
        say(_how_to_settle(imported.conflicts[-1]))
    if has_errors(imported.problems) and not (imported.writable or with_errors):
        say(translate("With --with-errors all else is written that could be read."))


def _book(book: ReadBook, imported: Imported) -> str:
    changes = sum(change.source == str(book.path) for change in imported.changes)
    return fill(
        "{name}: a workbook of {unit}, exported on {day}; forms read: {forms}, changes: {changes}",
        name=book.path.name,
        unit=book.memory.unit or translate("the whole case"),
        day=book.memory.exported,
        forms=len(book.forms),
        changes=changes,
    )


def _how_to_settle(conflict: Conflict) -> str:
    return fill(
        "Say whose side is taken: --prefer {side} everywhere, --prefer {place}={side} in one place.",
        side=as_typed(conflict.sides[-1][0]),
        place=_typed_place(conflict),
    )


def _change(change: CellChange) -> str:
    head = f"  {change.where}  {_place(change)}: "
    if change.kind == "added":
        return head + fill("new row: {row}", row=_short(change.new))
    if change.kind == "deleted":
        return head + fill("row deleted: {row}", row=_short(change.old))
    if change.kind == "order":
        return head + change.new
    return f"{head}{_short(change.old) or '∅'} → {_short(change.new) or '∅'}"


def _tell_conflict(conflict: Conflict) -> None:
    word = click.style(translate("conflict"), fg="red", bold=True)
    say(f"{word} {conflict.where}  {_place(conflict)}  [{_typed_place(conflict)}]")
    exported = () if conflict.base is None else ((translate("at export"), conflict.base),)
    for source, text in (*exported, *conflict.sides):
        say(f"    {translate('case') if source == CASE else source}: {_short(text) or '∅'}")


def _typed_place(conflict: Conflict) -> str:
    return place_text(Place(None, None, conflict.form, conflict.item, conflict.row, conflict.column or None))


def _place(found: CellChange | Conflict) -> str:
    return " ".join(place_words(found.label, found.row, column=found.head).split())


def _short(text: str) -> str:
    line = " ⏎ ".join(text.split("\n"))
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _tell_written(imported: Imported) -> None:
    for path in imported.written:
        say(fill("Written: {path}", path=path))
    if not imported.changes and (imported.books or imported.scraps or not imported.aside):
        say(translate("Nothing was changed since the export; nothing is written."))


def left_over(imported: Imported, *, write: bool = False) -> int:
    """The exit code: what was not taken counts as an error; of files that are only shown a question is none."""
    asked = write and any(scrap.is_asking for scrap in imported.scraps)
    return ExitCode.OK if imported.clean and not asked else ExitCode.ANSWERS

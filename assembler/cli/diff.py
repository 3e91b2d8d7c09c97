"""``assembler diff CASE [REV [REV]]``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assembler.base.messages import fill, translate
from assembler.base.settings import Settings
from assembler.cli.console import progress_bar, show_json, with_settings
from assembler.cli.paths import FOLDER, NEW_FILE
from assembler.cli.say import say
from assembler.model.changes import Change, Resigned, TouchedBlock, TouchedPart, shortened

if TYPE_CHECKING:
    from assembler.actions.diff import Comparison, Side

_ROOM = 160  # letters of a text on the terminal
_COLOURS = {"added": "green", "deleted": "red", "moved": "cyan"}


@click.command("diff")
@click.argument("case", type=FOLDER)
@click.argument("revisions", nargs=-1, type=click.IntRange(min=1), metavar="[REV [REV]]")
@click.option("--with", "other", type=FOLDER, help="Another case folder, in place of revisions: what is other in it.")
@click.option("--json", "as_json", is_flag=True, help="One object instead of lines.")
@click.option(
    "--sheet",
    "sheets",
    type=NEW_FILE,
    multiple=True,
    metavar="FILE.docx|FILE.pdf",
    help="Write the sheet of corrections in Word or as PDF; may be given for each.",
)
@with_settings
def command(
    case: Path,
    revisions: tuple[int, ...],
    other: Path | None,
    as_json: bool,
    sheets: tuple[Path, ...],
    settings: Settings,
) -> None:
    """Show what changed since a case was issued, what that touches, and who must sign again.

    Without REV the last issue is held against the case as it is now, with one REV that issue; two are held against
    each other. Exits with 0 whether anything changed or not.
    """
    _check(revisions, other, sheets)
    from assembler.actions.diff import comparison_json, diff, write_sheet

    found = diff(case, settings, revisions, other)
    if as_json:
        show_json(comparison_json(found))
    else:
        for line in _lines(found):
            say(line)
    for file in sheets:
        with progress_bar() as progress:
            write_sheet(found, file, settings, progress)
        say(fill("Sheet of corrections written into {path}", path=file), err=as_json)


def _check(revisions: Sequence[int], other: Path | None, sheets: Sequence[Path]) -> None:
    if len(revisions) > 2:
        raise click.UsageError(translate("Give at most two revisions."))
    if other is not None and revisions:
        raise click.UsageError(translate("Give either revisions or --with."))
    for file in sheets:
        if file.suffix.lower() not in (".docx", ".pdf"):
            raise click.BadParameter(
                fill("«{text}» ends neither in .docx nor in .pdf.", text=file.name), param_hint="--sheet"
            )


# ---------------------------------------------------------------- the terminal


def _lines(found: Comparison) -> Iterator[str]:
    yield click.style(fill("From {before} to {after}", before=_name(found.before), after=_name(found.after)), bold=True)
    for each in (found.before, found.after):
        if each.errors:
            yield fill(
                "{name} has errors ({count}); what cannot be read counts as blank.", name=_name(each), count=each.errors
            )
    if not found.changes and not found.touched.anything:
        yield translate("Nothing changed.")
        return
    for title, listed in groupby(found.changes, key=lambda change: change.title):
        yield from ("", click.style(_short(title), bold=True))
        yield from _items(list(listed), found.touched.pages)
    yield from _listed(translate("These parts come out otherwise:"), map(_part, found.touched.parts))
    yield from _listed(translate("What changed in them:"), map(_block, found.touched.blocks))
    if found.touched.signatures:
        yield from _listed(translate("These letters must be signed again:"), map(_signature, found.touched.signatures))
    else:
        yield from ("", translate("No letter must be signed again."))


def _name(side: Side) -> str:
    return fill("revision {number}", number=side.revision) if side.revision else str(side.folder)


def _items(listed: Sequence[Change], pages: Mapping[str, int]) -> Iterator[str]:
    """The changes of a form; those of a table stand under its name."""
    for label, same in groupby(
        listed, key=lambda change: change.item_label if change.label != change.item_label else ""
    ):
        if label:
            yield f"  {_short(label)}"
        indent = "    " if label else "  "
        yield from (f"{indent}{_told(change, pages)}" for change in same)


def _told(change: Change, pages: Mapping[str, int]) -> str:
    """A change in one line, with the page its table begins on."""
    old, new = shortened(change.old, change.new, _ROOM)
    page = pages.get(f"{change.form}.{change.item}")
    calculated = translate("(calculated)") if change.kind == "calculated" else ""
    printed = fill("(page {page})", page=page) if page else ""
    line = " ".join(filter(None, (_sentence(change, old, new), calculated, printed)))
    return click.style(line, fg=_COLOURS.get(change.what))


def _sentence(change: Change, old: str, new: str) -> str:
    inner = change.label.removeprefix(change.item_label).removeprefix("، ")
    label = _short(inner or change.label)
    match change.what:
        case "added":
            return fill("{label}: row added: {text}", label=label, text=new or translate("blank"))
        case "deleted":
            return fill("{label}: row deleted: {text}", label=label, text=old or translate("blank"))
        case "moved":
            return fill("{label}: row moved, it was row {was}", label=label, was=change.was or 0)
    return fill("{label}: {old} became {new}", label=label, old=_quoted(old), new=_quoted(new))


def _quoted(text: str) -> str:
    return f"«{text}»" if text else translate("blank")


def _listed(heading: str, lines: Iterable[str]) -> Iterator[str]:
    texts = list(lines)
    if texts:
        yield from ("", click.style(heading, bold=True))
        yield from (f"  {text}" for text in texts)


def _part(part: TouchedPart) -> str:
    name = f"{_short(part.title)} [{part.name}]"
    if not part.first_page:
        return f"{name}: {_what(part.what)}"
    if part.first_page == part.last_page:
        return fill("{name}: {what} (sheet {page})", name=name, what=_what(part.what), page=part.first_page)
    pages = {"first": part.first_page, "last": part.last_page}
    return fill("{name}: {what} (sheets {first} to {last})", name=name, what=_what(part.what), **pages)


def _block(block: TouchedBlock) -> str:
    caption = fill("text of «{heading}»", heading=block.caption) if block.kind == "text" else block.caption
    page = " " + fill("(page {page})", page=block.page) if block.page else ""
    return f"{_short(caption)}: {_what(block.what)}{page}"


def _what(what: str) -> str:
    words = {
        "changed": translate("changed"),
        "added": translate("added"),
        "deleted": translate("deleted"),
        "renumbered": translate("only its number changed"),
    }
    return words[what]


def _signature(one: Resigned) -> str:
    why = translate("its annexes changed") if one.because == "annexes" else translate("it says something else")
    who = " — ".join(filter(None, (one.signer.name, one.signer.post)))
    return f"{_short(one.title)} [{one.letter}]: {who} ({why})"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _ROOM else text[: _ROOM - 1].rstrip() + "…"

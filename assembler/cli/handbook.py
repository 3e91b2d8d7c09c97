"""``assembler handbook [TOPIC]``."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import click

from assembler.actions.handbook import blocks, chapter, chapters, contents, write_handbook
from assembler.base.messages import fill, translate
from assembler.cli.bidi import wrapped
from assembler.cli.paths import NEW_FILE
from assembler.cli.say import say
from assembler.cli.table import width
from assembler.model.handbook import Block

_WIDEST = 100  # longer lines are hard to read


@click.command("handbook")
@click.argument("topic", required=False)
@click.option(
    "--html",
    "page",
    type=NEW_FILE,
    metavar="FILE",
    help="Write it as a page with pictures, to read in a browser and to print; all of it without TOPIC.",
)
def command(topic: str | None, page: Path | None) -> None:
    """Read the handbook: its contents, or the chapter TOPIC.

    In Persian for those who answer, send and run; in English for developers: --lang fa and --lang en choose.
    """
    found = chapter(topic) if topic else None
    if page is not None:
        write_handbook(page, [found] if found else chapters())
        say(fill("Handbook written into {path}", path=page))
        return
    shown = blocks(found or contents())
    for block, following in zip(shown, (*shown[1:], None), strict=True):
        _show(block)
        if not (following and block.kind == following.kind == "item"):
            say("")
    if found is None:
        say(translate("Read one with `assembler handbook TOPIC`:"))
        for each in chapters():
            say(f"  {each.name:<16}{each.title}")


def _show(block: Block) -> None:
    room = min(shutil.get_terminal_size((100, 24)).columns - 1, _WIDEST)
    for line in _lines(block, room):
        say(click.style(line, bold=True) if block.kind == "heading" else line)


def _lines(block: Block, room: int) -> Iterator[str]:
    indent = "  " * block.level
    match block.kind:
        case "heading":
            yield from wrapped(block.text, room)
            if block.level == 1:
                yield "═" * min(width(block.text), room)
        case "item":
            yield from wrapped(f"{indent}{block.mark} {block.text}" if block.mark else f"{indent}  {block.text}", room)
        case "code":  # never broken: it is there to be copied
            yield from (f"    {indent}{line}" for line in block.text.split("\n"))
        case "table":
            yield from _table(block.rows, room)
        case "picture":
            yield from wrapped(fill("[picture: {what}]", what=block.text), room)
        case _:
            yield from wrapped(block.text, room)


def _table(rows: tuple[tuple[str, ...], ...], room: int) -> Iterator[str]:
    """Each row as its first cell with what is said of it below: cells side by side would not fit."""
    for name, *said in rows[1:]:
        yield from wrapped(name, room)
        yield from wrapped("    " + " — ".join(filter(None, said)), room)

"""Commands in the reader's language: their help, options, placeholders, and what click itself says.

Commands are declared in English. When one is asked for, a copy of it is given out in the language of the context.
"""

from __future__ import annotations

import copy
import gettext
import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

import click

from assembler.base.likeness import nearest
from assembler.base.messages import fill, language, translate
from assembler.cli.bidi import OPTION, wrapped
from assembler.cli.paths import PathWord
from assembler.cli.say import shown
from assembler.cli.table import width

AnyCommand = TypeVar("AnyCommand", bound=click.Command)
_GAP, _NAMES = 2, 30  # columns between a name and what it means; longer names stand on a line of their own
_CHOICES = re.compile(r"\[[a-z|-]+\]")


class Group(click.Group):
    """A group of commands that says which one may have been meant."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Raises UsageError with the nearest name when there is no such command."""
        known = self.list_commands(ctx)
        if args[0] not in known and not args[0].startswith("-"):
            told, near = fill("There is no command «{name}».", name=args[0]), nearest(args[0], known, 0.5)
            raise click.UsageError(f"{told} {fill('Did you mean «{name}»?', name=near)}" if near else told, ctx)
        return super().resolve_command(ctx, args)


def spoken(command: AnyCommand) -> AnyCommand:
    """A copy of a command in the chosen language, its subcommands too."""
    told = copy.copy(command)
    told.context_class = _Context
    told._help_option = None  # click keeps the one it made, in the language of that moment
    told.help = "\n\n".join(map(translate, paragraphs(command.help)))
    told.options_metavar = translate(command.options_metavar or "")
    told.params = [_parameter(param) for param in command.params]
    if isinstance(told, click.Group):
        told.subcommand_metavar = translate(told.subcommand_metavar)
        told.commands = {name: spoken(each) for name, each in told.commands.items()}
    return told


def paragraphs(text: str | None) -> list[str]:
    """A help text by its paragraphs, each on one line."""
    return [" ".join(each.split()) for each in inspect.cleandoc(text or "").split("\n\n")]


def _parameter(param: click.Parameter) -> click.Parameter:
    told = copy.copy(param)
    if isinstance(told, click.Option) and told.help:
        told.help = " ".join(map(translate, paragraphs(told.help)))
    word = placeholder(param)
    if word and isinstance(told, click.Argument) and not param.metavar:
        word = translate(word) if param.required else f"[{translate(word)}]"
        told.metavar = word + ("..." if param.nargs != 1 else "")
    elif word:
        told.metavar = translate(word)
    return told


def placeholder(param: click.Parameter) -> str:
    """What stands for a value in the help, «» where nothing does or it is one of listed words."""
    if param.metavar:
        return param.metavar
    if isinstance(param.type, click.Choice) or (isinstance(param, click.Option) and (param.is_flag or param.count)):
        return ""
    if isinstance(param, click.Argument):
        return (param.name or "").upper()
    return (param.type.kind if isinstance(param.type, PathWord) else param.type.name).upper()


def texts(command: click.Command) -> Iterator[str]:
    """All that is said of a command, as it is declared: to be translated."""
    yield from paragraphs(command.help)
    for param in command.params:
        yield placeholder(param)
        yield from paragraphs(param.help) if isinstance(param, click.Option) else ()
    for each in command.commands.values() if isinstance(command, click.Group) else ():
        yield from texts(each)


# ---------------------------------------------------------------- the page


class _Formatter(click.HelpFormatter):
    """A page of help by the width letters have on a terminal."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        start = f"{prefix if prefix is not None else translate('Usage:') + ' '}{prog} "
        self._write(" " * self.current_indent + start + _marked(args))

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        self._write(_marked("\n\n".join(indent + " ".join(each.split()) for each in text.split("\n\n"))))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = _NAMES, col_spacing: int = _GAP) -> None:
        """Names and what they mean, one under the other."""
        rows = list(rows)
        room = min(max(width(name) for name, _ in rows), col_max) + col_spacing
        indent = " " * self.current_indent
        for name, text in rows:
            lines = list(wrapped(text, self.width - room - self.current_indent))
            beside = width(name) + col_spacing <= room
            self.write(indent + _marked(name) + (" " * (room - width(name)) + lines.pop(0) if beside else "") + "\n")
            for line in lines:
                self.write(indent + " " * room + line + "\n")

    def _write(self, text: str) -> None:
        for line in wrapped(text, self.width):
            self.write(line.rstrip() + "\n")

    def getvalue(self) -> str:
        return shown(super().getvalue(), sys.stdout)


def _marked(text: str) -> str:
    """Options keep their hyphens in front and choices their brackets, also in a line that runs from right to left."""
    return _CHOICES.sub("\\g<0>\u200e", OPTION.sub("\u200e", text)) if language() == "fa" else text


class _Context(click.Context):
    formatter_class = _Formatter


# ---------------------------------------------------------------- what click says


def teach_click() -> None:
    """Lets click take its own texts from our catalogue, in the language of the context it speaks in."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "click"]:
        for word, value in list(vars(sys.modules[name]).items()):
            if value is gettext.gettext:
                setattr(sys.modules[name], word, translate)
            elif value is gettext.ngettext:
                setattr(sys.modules[name], word, _plural)


def _plural(one: str, many: str, count: int) -> str:
    return translate(one if count == 1 else many)


def usage_lines(error: click.ClickException) -> Iterator[str]:
    """How the command is called, where help is, and what was wrong."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is not None:
        yield context.get_usage()
        words = {"command": context.command_path, "option": "--help"}
        yield translate("Try '{command} {option}' for help.").format(**words)
        yield ""
    yield translate("Error: {message}").format(message=error.format_message())

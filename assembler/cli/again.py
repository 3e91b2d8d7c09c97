"""The command that was given, to be typed once more: with all the caller said, quoted as terminals take it."""

from __future__ import annotations

from collections.abc import Iterator

import click
from click.core import ParameterSource

_FOLDERS = ("specs", "templates", "fonts")


def given_again(*without: str) -> tuple[str, ...]:
    """The words of the command that runs, from the program's name on; without the options of some parameters."""
    contexts: list[click.Context] = []
    context: click.Context | None = click.get_current_context()
    while context is not None:
        contexts.insert(0, context)
        context = context.parent
    program, *commands = contexts
    words = ["assembler", *_options(program, (*without, *_FOLDERS))]  # folders are told to the command by now
    for each in commands:
        words += [each.info_name or "", *_arguments(each), *_options(each, without)]
    return tuple(words)


def folders_again() -> tuple[str, ...]:
    """The options that said where specifications, templates and fonts are: whoever goes on needs them too."""
    context = click.get_current_context()
    told = {param.name for param in context.command.params} - set(_FOLDERS)
    return tuple(_options(context, tuple(map(str, told))))


def _options(context: click.Context, without: tuple[str, ...]) -> Iterator[str]:
    for param in context.command.params:
        name = param.name or ""
        typed = context.get_parameter_source(name) is ParameterSource.COMMANDLINE
        if not isinstance(param, click.Option) or name in without or not typed:
            continue
        value = context.params.get(name)
        if param.is_flag:
            yield (param.opts if value else param.secondary_opts or param.opts)[-1]
            continue
        for one in value if isinstance(value, tuple) else (value,):
            yield from (param.opts[-1], str(one))


def _arguments(context: click.Context) -> Iterator[str]:
    for param in context.command.params:
        if isinstance(param, click.Argument) and param.name in context.params:
            value = context.params[param.name]
            yield from map(str, value if isinstance(value, tuple) else (value,))

"""The fields of a case as they are set on the command line or asked for in the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import click

from assembler.actions.new import CaseFields
from assembler.base.messages import fill, number, translate
from assembler.base.persian import fold, parse_number
from assembler.base.problems import has_errors
from assembler.cli.say import say
from assembler.model.specs import Item

_COMMAS = re.compile(r"[,،]")


def pairs(given: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Words NAME=VALUE. Raises click.BadParameter when one is none."""
    for each in given:
        if "=" not in each:
            raise click.BadParameter(
                fill("«{text}» is not written as {form}.", text=each, form=translate("NAME=VALUE")), param_hint="--set"
            )
    return tuple((name.strip(), typed) for name, _, typed in (each.partition("=") for each in given))


def ask(fields: CaseFields) -> None:
    """Asks for every required field that has no value yet."""
    for item in fields.open():
        _ask(item, fields)


def _ask(item: Item, fields: CaseFields) -> None:
    """Asks until the answer is right."""
    for line in _lines(item, fields):
        say(line)
    while True:
        problems = fields.take(item, _chosen(_typed(item), item))
        for found in problems:
            say(f"  ✗ {found.message}" + (f" {found.hint}" if found.hint else ""))
        if not has_errors(problems):
            return


def _lines(item: Item, fields: CaseFields) -> Iterator[str]:
    """A question with all that helps to answer it."""
    asked = fields.question(item)
    yield ""
    yield click.style(asked.label, bold=True)
    yield from (f"  {text}" for text in (*asked.helps, *asked.notes))
    for place, choice in enumerate(asked.choices, start=1):
        yield f"  {number(place)}. {choice.label}"
    if item.type == "select_multiple":
        yield "  " + translate("Several numbers may stand between commas.")
    elif item.has_lines:
        yield "  " + translate("Several lines; a blank one ends them.")
    elif asked.kind and not asked.choices:
        yield f"  {asked.kind}"


def _typed(item: Item) -> str:
    """What is typed; of several lines, up to the first blank one. A blank answer is the proposed one."""
    first = _line(f"[{item.default}]: " if item.default else ": ")
    if not first or not item.has_lines:
        return first or item.default or ""
    lines = [first]
    while line := _line(": "):
        lines.append(line)
    return "\n".join(lines)


def _line(prompt: str) -> str:
    typed: str = click.prompt("", default="", show_default=False, prompt_suffix=prompt)
    return typed.strip()


def _chosen(typed: str, item: Item) -> str:
    """Numbers of choices become their names."""
    if not item.choices:
        return typed
    labels = {fold(choice.label) for choice in item.choices}
    pieces = _COMMAS.split(typed) if item.type == "select_multiple" else [typed]
    return ",".join(each if fold(each) in labels else _numbered(each, item) for each in pieces)


def _numbered(typed: str, item: Item) -> str:
    place = parse_number(typed)
    if place is None or place not in range(1, len(item.choices) + 1):
        return typed
    return item.choices[int(place) - 1].name

"""``assembler words [TOPIC [NAME]]``."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import asdict

import click

from assembler.actions.words import Entry, Section, topics, words
from assembler.base.messages import fill, translate
from assembler.cli.bidi import wrapped
from assembler.cli.console import show_json
from assembler.cli.say import say

_WIDEST, _NAMES = 110, 22  # longer lines are hard to read; longer names stand on a line of their own


@click.command("words")
@click.argument("topic", required=False)
@click.argument("name", required=False, default="")
@click.option("--json", "as_json", is_flag=True, help="As JSON; of all topics when none is named.")
def command(topic: str | None, name: str, as_json: bool) -> None:
    """Look up what specifications and Word templates may say: form, report, rule, functions, letter, template; and what
    the program itself says: findings, severities, exit-codes.

    With NAME only that section, or the words that are called so: `assembler words report block`.
    """
    if as_json:
        found = asdict(words(topic, name)) if topic else [asdict(words(each.name)) for each in topics()]
        show_json(found)
    elif topic:
        for section in words(topic, name).sections:
            _show(section)
    else:
        for line in _overview():
            say(line)


def _overview() -> Iterator[str]:
    yield from (line for topic in topics() for line in _beside(topic.name, topic.doc))
    yield ""
    yield translate("Look one up with `assembler words TOPIC`; a word of it with `assembler words TOPIC NAME`.")


def _show(section: Section) -> None:
    head, *rest = _wrapped(f"{section.name} — {section.doc}", 0)
    say(click.style(section.name, bold=True) + head.removeprefix(section.name))
    for line in rest:
        say(line)
    if section.one_of:
        for line in _wrapped(fill("One of these must be there: {names}", names=" | ".join(section.one_of)), 2):
            say(line)
    bare = [entry.name for entry in section.entries if not any(_said(entry))]
    for line in _wrapped(", ".join(bare), 2):
        say(line)
    for entry in (entry for entry in section.entries if entry.name not in bare):
        for line in _beside(entry.name + (" *" if entry.required else ""), *_said(entry)):
            say(line)
    say("")


def _said(entry: Entry) -> Iterator[str]:
    yield " — ".join(filter(None, (entry.takes, entry.doc)))
    if entry.needs:
        yield fill("needs: {names}", names=", ".join(entry.needs))
    if entry.may:
        yield fill("may have: {names}", names=", ".join(entry.may))


def _beside(name: str, *texts: str) -> Iterator[str]:
    """A name with what is said of it to its right; below a name that is too long."""
    lines = [line for text in texts for line in _wrapped(text, _NAMES + 2)] or [""]
    if len(name) < _NAMES:
        yield f"  {name:<{_NAMES}}{lines[0].lstrip()}".rstrip()
        yield from lines[1:]
    else:
        yield f"  {name}"
        yield from filter(None, lines)


def _wrapped(text: str, indent: int) -> list[str]:
    width = min(shutil.get_terminal_size((100, 24)).columns - 1, _WIDEST)
    return list(wrapped(" " * indent + text, width)) if text else []

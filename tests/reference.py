"""The reference parts of the contributor pages and the handbook: between ``<!-- words: TOPIC -->`` and ``<!-- end -->``
stands what ``assembler words TOPIC`` tells, as Markdown; of the topic ``commands``, what ``--help`` tells of each.
``make words`` writes them anew; a test holds the pages to it.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import click

from assembler.actions.handbook import FOLDER
from assembler.actions.words import Entry, Section, words
from assembler.base import messages
from assembler.cli import cli

REPOSITORY = Path(__file__).resolve().parent.parent
_PART = re.compile(r"(<!-- words: ([a-z-]+) -->\n).*?(?=<!-- end -->)", re.DOTALL)
_HANDBOOK = sorted(str(path.relative_to(REPOSITORY)) for path in FOLDER.rglob("*.md") if _PART.search(path.read_text()))
PAGES = ("form_specs/README.md", "letter_templates/README.md", *_HANDBOOK)
# What the pages say besides the texts of the program.
_SAID = {
    "word": "واژه",
    "what stands there": "چه می‌آید",
    "kind": "نوع",
    "meaning": "معنا",
    "needs": "لازم دارد",
    "may have": "می‌تواند داشته باشد",
    "option": "گزینه",
    "One of these must be there": "یکی از این‌ها باید باشد",
}


def referenced(page: str, name: str = "") -> str:
    """A page with its reference parts as they are now, in the language of its folder."""
    with messages.spoken("fa" if "/fa/" in name else "en"):
        return _PART.sub(lambda found: found[1] + "\n".join(_topic(found[2])) + "\n", page)


def _say(text: str) -> str:
    return _SAID[text] if messages.language() == "fa" else text


def _topic(name: str) -> Iterator[str]:
    if name == "commands":
        yield from _commands()
        return
    for section in words(name).sections:
        yield from ("", f"### {section.name}", "", section.doc)
        if section.one_of:
            yield f"{_say('One of these must be there')}: {', '.join(map(_code, section.one_of))}."
        yield from ("", *_entries(section, "kind" if name in ("template", "findings") else "what stands there"))
    yield ""


def _commands() -> Iterator[str]:
    """Each command: how it is written, what it does, its options."""
    with click.Context(cli, info_name="assembler") as context:
        for name in cli.list_commands(context):
            command = cli.get_command(context, name)
            assert command is not None
            yield from _command(command, f"assembler {name}", context)
    yield ""


def _command(command: click.Command, name: str, parent: click.Context) -> Iterator[str]:
    context = click.Context(command, info_name=name, parent=None)
    # Persian words one after the other would run from right to left; a mark behind each keeps the line in its order.
    order = "\u200e" if messages.language() == "fa" else ""
    usage = " ".join([name, *(piece + order for piece in command.collect_usage_pieces(context))])
    yield from ("", f"### {name.removeprefix('assembler ')}", "", "```sh", usage, "```", "", _prose(command.help))
    options = [each for each in command.params if isinstance(each, click.Option)]
    if options:
        yield from ("", _row([_say("option"), _say("meaning")]), "|---|---|")
    for option in options:
        record = option.get_help_record(context)
        assert record is not None
        yield _row([_code(record[0]), _cell(_prose(option.help))])
    for child in command.commands.values() if isinstance(command, click.Group) else ():
        yield from _command(child, f"{name} {child.name}", context)


def _prose(text: str | None) -> str:
    return " ".join(messages.translate(inspect.cleandoc(text or "")).split())


def _entries(section: Section, takes: str) -> Iterator[str]:
    """A table with the columns that are not blank all the way; bare names side by side."""
    told = [(entry, _meaning(entry)) for entry in section.entries]
    if not any(entry.takes or meaning for entry, meaning in told):
        yield ", ".join(_code(entry.name) for entry in section.entries)
        return
    heads = ["word", takes, "meaning"] if any(entry.takes for entry in section.entries) else ["word", "meaning"]
    yield _row([_say(head) for head in heads])
    yield "|" + "---|" * len(heads)
    for entry, meaning in told:
        name = _code(entry.name) + (" *" if entry.required else "")
        yield _row([name, _cell(entry.takes), meaning] if takes in heads else [name, meaning])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _meaning(entry: Entry) -> str:
    others = (("needs", entry.needs), ("may have", entry.may))
    told = (f"{_say(word)}: {', '.join(map(_code, names))}" for word, names in others if names)
    return "<br>".join(filter(None, (_cell(entry.doc), *told)))


def _code(text: str) -> str:
    return f"`{_cell(text)}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    for each in PAGES:
        path = REPOSITORY / each
        path.write_text(referenced(path.read_text(encoding="utf-8"), each), encoding="utf-8")

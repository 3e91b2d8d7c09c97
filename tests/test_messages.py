"""The Persian catalogue: every text of the program has its translation, and the compiled file says the same.

After changing a text, edit ``assembler.po`` and compile it with ``make messages``.
"""

from __future__ import annotations

import ast
import gettext
import io
import re
import string
from collections.abc import Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

import assembler
from assembler import cli
from assembler.actions.words import topics, words
from assembler.base import progress
from assembler.base.catalogue import CATALOGUE
from assembler.base.catalogue.entries import Severity
from assembler.cli.spoken import texts

PACKAGE = Path(assembler.__file__).parent
FOLDER = PACKAGE / "base" / "locale" / "fa" / "LC_MESSAGES"
# The functions that are given texts to translate, and how many of their first arguments are such texts.
MARKERS = {"translate": 1, "fill": 1, "wording": 1, "error": 2, "warning": 2, "information": 2}


_FOR_DEVELOPERS = re.compile(
    "%\\(prog|Deprecat|declaration|same flag|defined twice|No options defined|iterable|len_type|UUID|format|Choice\\(|"
    "start character|Confirm the|Do you want"
)
_OF_OTHER_CLICKS = {
    "required",
    "No such option: {name}",
    "(Possible options: {possibilities})",
    "Positional arguments",
    "{editor}: Editing failed",
    "{editor}: Editing failed: {e}",
}


def _texts_of(source: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            for argument in node.args[: MARKERS.get(node.func.id, 0)]:
                if isinstance(argument, ast.Constant) and argument.value:
                    yield str(argument.value)


def _texts_of_page(source: Path) -> Iterator[str]:
    """The texts of a template of pages: those it gives to ``_``."""
    calls = Environment(autoescape=True).parse(source.read_text(encoding="utf-8")).find_all(nodes.Call)
    for call in calls:
        if isinstance(call.node, nodes.Name) and call.node.name == "_" and isinstance(call.args[0], nodes.Const):
            yield str(call.args[0].value)


def _texts() -> set[str]:
    """Every text of the source that a reader may see translated; the steps of a build are constants."""
    marked = {text for source in PACKAGE.rglob("*.py") for text in _texts_of(source)}
    marked |= {text for source in PACKAGE.glob("web/templates/*.html") for text in _texts_of_page(source)}
    steps = {value for name, value in vars(progress).items() if name.isupper()}
    return marked | _documented() | _helped() | _of_click() | steps


def _documented() -> set[str]:
    """What is said of the words of the language, in English; problems are texts of the catalogue."""
    found = [words(topic.name) for topic in topics()]
    sections = [section for topic in found for section in topic.sections]
    told = [
        section
        for topic in found
        for section in topic.sections
        if topic.name != "findings" and section.name != "problems"
    ]
    entries = [entry.doc for section in told for entry in section.entries]
    return {*(topic.doc for topic in found), *(section.doc for section in sections), *entries} - {""}


def _helped() -> set[str]:
    """What help says of every command; names of choices stay as they are typed."""
    commands = [command for name in cli.COMMANDS if (command := cli.cli.declared(name))]
    said = {text for command in (cli.cli, *commands) for text in texts(command)}
    usage = {metavar for command in (cli.cli, *commands) for metavar in _metavars(command)}
    return (said | usage | {line for _, line in cli.COMMANDS.values()}) - {""}


def _metavars(command: click.Command) -> Iterator[str]:
    yield command.options_metavar or ""
    if isinstance(command, click.Group):
        yield command.subcommand_metavar


def _of_click() -> set[str]:
    """What click says to whoever types a command, of the installed version and of those before."""
    modules = ("core", "decorators", "exceptions", "formatting", "parser", "types")
    sources = [Path(click.__file__).with_name(f"{name}.py") for name in modules]
    marked = (node for source in sources for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))))
    calls = [node for node in marked if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    first = {"_": 1, "ngettext": 2}
    texts = {arg for call in calls for arg in call.args[: first.get(getattr(call.func, "id", ""), 0)]}
    said = {str(text.value) for text in texts if isinstance(text, ast.Constant)}
    return {text for text in said if not _FOR_DEVELOPERS.search(text)} | _OF_OTHER_CLICKS


def _catalogue() -> Catalog:
    with (FOLDER / "assembler.po").open("rb") as stream:
        return read_po(stream, locale="fa", abort_invalid=True)


def _translations() -> dict[str, str]:
    return {str(message.id): str(message.string or "") for message in _catalogue() if message.id}


def _places(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def test_every_text_is_translated() -> None:
    translations = _translations()
    assert sorted(text for text in _texts() if not translations.get(text)) == []


def test_no_stale_translation_stays() -> None:
    catalogue = _catalogue()
    assert sorted(_translations().keys() - _texts()) == []
    assert list(catalogue.obsolete) == []
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


def test_every_problem_code_is_among_the_texts() -> None:
    spoken = {text for entry in CATALOGUE.values() for text in (entry.message, entry.hint) if text}
    assert spoken <= _texts()


def test_translations_fill_in_the_same_places() -> None:
    assert {text: found for text, found in _translations().items() if _places(text) != _places(found)} == {}


def test_commands_and_options_stay_as_they_are_typed() -> None:
    typed = re.compile(r"`[^`]+`|--[a-z]+|\[\[\{name\}\]\]|receipt\.json|UTF-8")
    wrong = {text for text, found in _translations().items() if set(typed.findall(text)) != set(typed.findall(found))}
    assert wrong == set()


def test_translations_are_spelled_in_persian() -> None:
    """Persian letters and digits, no hamza on a final ه, no stray spaces, no joiner at the edge of a word."""
    wrong = re.compile(r"[يىكۀة]|[٠-٩]|  |^\s|\s$|\u200c(?![آ-ی])|(?<![آ-ی])\u200c| [،؛؟.:]|(?<=[آ-ی]) ها(?![آ-ی])")
    assert {found for found in _translations().values() if wrong.search(found)} == set()


def test_a_mark_of_direction_stands_only_before_an_option() -> None:
    """Such marks are invisible and would be copied along; an option would lose its hyphens to the other side."""
    stray = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069](?!--)|(?<!\u200e)--")
    assert {found for found in _translations().values() if stray.search(found)} == set()


def test_the_compiled_catalogue_is_that_of_its_source() -> None:
    expected = io.BytesIO()
    write_mo(expected, _catalogue())
    expected.seek(0)
    with (FOLDER / "assembler.mo").open("rb") as stream:
        assert _entries(stream) == _entries(expected)


def _entries(compiled: io.BufferedIOBase) -> dict[str, str]:
    """What a compiled catalogue holds, but for its header: Babel writes its own version there."""
    found: dict[str, str] = gettext.GNUTranslations(compiled)._catalog  # type: ignore[attr-defined]
    return {text: translation for text, translation in found.items() if text}


def test_the_header_stands_still() -> None:
    header = dict(_catalogue().mime_headers)
    assert header["POT-Creation-Date"] == header["PO-Revision-Date"] == "2020-01-01 00:00+0000"


def test_severities_are_words_of_the_catalogue() -> None:
    assert {str(severity) for severity in Severity} <= _translations().keys()

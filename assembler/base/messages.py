"""The messages of the program in the reader's language: one gettext catalogue, English as the source.

The language belongs to the context (``contextvars``): two threads or two tasks speak each their own. A new thread
begins in English; one that is to go on in the language of another runs in a copy of its context.
"""

from __future__ import annotations

import gettext
import locale
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

LANGUAGES = ("en", "fa")
_FOLDER = os.path.join(os.path.dirname(__file__), "locale")  # noqa: PTH118, PTH120  # `--help` need not wait for paths
_language: ContextVar[str] = ContextVar("language", default="en")


def choose(language: str | None = None) -> str:
    """Set the language of all messages of this context: the given one, else the locale's, else English; its code."""
    code = language or _from_locale()
    _translations(code)
    _language.set(code)
    return code


def language() -> str:
    """The code of the language messages are in."""
    return _language.get()


def comma() -> str:
    """What stands between two names of a list."""
    return "، " if language() == "fa" else ", "


@contextmanager
def spoken(language: str) -> Iterator[None]:
    """Messages in this language within the block: what is printed on paper does not follow the terminal."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


@cache
def _translations(code: str) -> gettext.NullTranslations:
    return gettext.NullTranslations() if code == "en" else gettext.translation("assembler", _FOLDER, [code])


def _from_locale() -> str:
    named = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    code = (named or locale.getlocale()[0] or "")[:2].lower()
    return code if code in LANGUAGES else "en"


def translate(message: str) -> str:
    """The message in the chosen language, or itself; an empty message stays empty."""
    return _translations(_language.get()).gettext(message) if message else ""


def fill(message: str, /, **arguments: object) -> str:
    """The message in the chosen language, its places filled; numbers as that language prints them."""
    return translate(message).format_map({name: _shown(value) for name, value in arguments.items()})


@dataclass(frozen=True)
class Wording:
    """A text that is put in words when it is read: in the language of the message it then stands in."""

    message: str
    arguments: Mapping[str, object]

    def __str__(self) -> str:
        return fill(self.message, **self.arguments)


def wording(message: str, /, **arguments: object) -> Wording:
    """A reason or a name to stand in a problem: problems outlive the language they were found in."""
    return Wording(message, arguments)


def _shown(value: object) -> object:
    if isinstance(value, str) and value[:1].isupper():
        return _of_the_system().get(value, value)
    from decimal import Decimal  # `--help` says no numbers

    return number(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value


def _of_the_system() -> dict[str, str]:
    """The reasons for which the operating system refuses a file, in the reader's language."""
    return {
        "No space left on device": translate("No space left on device"),
        "Disk quota exceeded": translate("Disk quota exceeded"),
        "Permission denied": translate("Permission denied"),
        "Operation not permitted": translate("Operation not permitted"),
        "Read-only file system": translate("Read-only file system"),
        "No such file or directory": translate("No such file or directory"),
        "Is a directory": translate("Is a directory"),
        "Not a directory": translate("Not a directory"),
        "File exists": translate("File exists"),
        "File name too long": translate("File name too long"),
        "Input/output error": translate("Input/output error"),
    }


def number(value: int | Decimal) -> str:
    """A number as the chosen language prints it: ``12500`` or ``۱۲٬۵۰۰``."""
    if _language.get() != "fa":
        return str(value)
    from assembler.base.persian import format_number  # it loads the calendar, which `--help` need not wait for
    from assembler.base.tongue import PERSIAN, printed_in

    with printed_in(PERSIAN):  # whatever the paper is written in
        return format_number(value)


def digits(value: int | str) -> str:
    """A number that numbers something, or a time, in the digits of the chosen language: no thousands are set apart."""
    if _language.get() != "fa":
        return str(value)
    from assembler.base.persian import persian_digits  # as above
    from assembler.base.tongue import PERSIAN, printed_in

    with printed_in(PERSIAN):
        return persian_digits(str(value))

"""The messages of the program in the reader's language: one gettext catalogue, English as the source."""

from __future__ import annotations

import gettext
import locale
import os
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

LANGUAGES = ("en", "fa")
_FOLDER = Path(__file__).parent / "locale"
_current: gettext.NullTranslations = gettext.NullTranslations()
_code = "en"


def choose(language: str | None = None) -> str:
    """Set the language of all messages: the given one, else the locale's, else English. Returns its code."""
    global _current, _code
    code = language or _from_locale()
    _current = gettext.NullTranslations() if code == "en" else gettext.translation("assembler", _FOLDER, [code])
    _code = code
    return code


@contextmanager
def spoken(language: str) -> Iterator[None]:
    """Messages in this language within the block: what is printed on paper does not follow the terminal."""
    before = _code
    choose(language)
    try:
        yield
    finally:
        choose(before)


def _from_locale() -> str:
    named = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    code = (named or locale.getlocale()[0] or "")[:2].lower()
    return code if code in LANGUAGES else "en"


def translate(message: str) -> str:
    """The message in the chosen language, or itself; an empty message stays empty."""
    return _current.gettext(message) if message else ""


def fill(message: str, /, **arguments: object) -> str:
    """The message in the chosen language, its places filled; numbers as that language prints them."""
    return translate(message).format_map({name: _shown(value) for name, value in arguments.items()})


def _shown(value: object) -> object:
    if isinstance(value, str) and value[:1].isupper():
        return _of_the_system().get(value, value)
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
    if _code != "fa":
        return str(value)
    from assembler.base.persian import format_number  # it loads the calendar, which `--help` need not wait for

    return format_number(value)

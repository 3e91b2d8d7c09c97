"""How templates are rendered: everything escaped, texts from the catalogue of messages, addresses by name."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from assembler.base.messages import comma, fill, language, number
from assembler.base.persian import persian_digits
from assembler.web.reading import hint_here, message_as_read, text_as_read
from assembler.web.static import static_address
from assembler.web.times import day, moment


def environment(**options: Any) -> Environment:
    """The environment of Jinja2: a name that is not there is an error, not a blank."""
    strict = {"autoescape": True, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(**{**options, **strict})  # noqa: S701
    made.globals |= {
        "_": fill,
        "url": reverse,
        "static": static_address,
        "language": language,
        "number": number,
        "comma": comma,
    }
    made.filters |= {
        "digits": shown_digits,
        "moment": moment,
        "day": day,
        "bdi": _bdi,
        "readable": text_as_read,
        "prose": _prose,
        "hint": lambda found: hint_here(found.code, found.hint),
    }
    return made


def shown_digits(text: object) -> str:
    """A text with the digits of the reader's language."""
    return persian_digits(str(text)) if language() == "fa" else str(text)


def _prose(text: str) -> Markup:
    """A message as it is read; what stands between backticks are commands and names."""
    code = Markup('<code dir="ltr">{}</code>')
    parts = message_as_read(text).split("`")
    return Markup("").join(code.format(part) if n % 2 else part for n, part in enumerate(parts))


def _bdi(text: object) -> Markup:
    """A text of unknown direction."""
    return Markup("<bdi>{}</bdi>").format(text)

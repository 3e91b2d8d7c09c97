"""How pages that stand alone are made of their templates: what others wrote is escaped."""

from __future__ import annotations

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assembler.base.messages import number
from assembler.base.scripts import readable

# What HTML may not hold, and the marks that would turn the text around them.
_BARRED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e]")


def environment() -> Environment:
    """What loads the templates of this package."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["persian"] = number
    environment.filters["readable"] = readable
    return environment


def _printable(value: object) -> object:
    return _BARRED.sub("\N{REPLACEMENT CHARACTER}", value) if type(value) is str else value

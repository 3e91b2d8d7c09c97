"""Official reports and letters of Iranian agencies: from form specifications and answers to one signed-ready PDF.

What programs use of it, loaded when it is used:

    from assembler import build, check, open_case

    with open_case("cases/demo") as case:
        case.set("demo/services.listed", "yes")
    if not any(found.severity == "error" for found in check("cases/demo")):
        print(build("cases/demo").pdf)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assembler.base.version import __version__ as __version__

if TYPE_CHECKING:
    from assembler.actions.api import build, check, diff, issue, status, verify
    from assembler.actions.open_case import open_case
    from assembler.base.problems import AssemblerError, Problem
    from assembler.base.settings import Settings

__all__ = [
    "AssemblerError",
    "Problem",
    "Settings",
    "build",
    "check",
    "diff",
    "issue",
    "open_case",
    "status",
    "verify",
]

_API = "assembler.actions.api"
_HOMES = {
    "AssemblerError": "assembler.base.problems",
    "Problem": "assembler.base.problems",
    "Settings": "assembler.base.settings",
    "open_case": "assembler.actions.open_case",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES.get(name, _API)), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])

"""Finds every problem of a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import jdatetime

from assembler.assembly.unchanged import last_build
from assembler.base.files import write_whole, writing
from assembler.base.problems import AssemblerError, ExitCode, Problem, has_errors
from assembler.base.settings import Settings
from assembler.model.acceptances import Accepted
from assembler.model.judged import Judged
from assembler.pipeline import read
from assembler.views.json import problems_json

__all__ = ["Checked", "check", "printed_pages", "problems_json", "write_findings"]


@dataclass(frozen=True)
class Checked:
    """The open problems of a case with what is remarked beside them, and what was accepted; without ``judged`` those
    for which nobody can judge it. ``exit_code`` says what the errors are of.
    """

    folder: Path
    problems: tuple[Problem, ...]
    judged: Judged | None
    exit_code: ExitCode

    @property
    def accepted(self) -> tuple[Accepted, ...]:
        return self.judged.accepted if self.judged else ()


def check(folder: Path, settings: Settings, today: jdatetime.date | None = None) -> Checked:
    """All problems of a case, those of its deadlines when a day is given. Broken specs are problems too."""
    try:
        judged = read(folder, settings, today)
    except AssemblerError as error:
        return Checked(folder, tuple(error.problems), None, error.exit_code)
    failed = ExitCode.ANSWERS if has_errors(judged.problems) else ExitCode.OK
    return Checked(folder, (*judged.problems, *judged.remarks), judged, failed)


def printed_pages(checked: Checked, settings: Settings) -> Mapping[str, int]:
    """The pages on which tables begin, by ``form.item``, when the last build is of the case as it is; else none."""
    built = last_build(checked.folder, settings) if checked.judged else None
    return built.item_pages if built else {}


def write_findings(checked: Checked, page: Path, settings: Settings) -> None:
    """Writes what was found as a page to read and print. Raises AssemblerError (``output-unwritable``)."""
    from assembler.views.findings import findings_page  # loaded for a page only

    judged, folder = checked.judged, checked.folder
    title = judged.packet.title if judged else folder.resolve().name
    forms, pages = judged.forms if judged else {}, printed_pages(checked, settings)
    text = findings_page(title, checked.problems, checked.accepted, forms, folder=str(folder), pages=pages)
    with writing(page):
        write_whole(page, text.encode("utf-8", "replace"))

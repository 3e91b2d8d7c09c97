"""Finds every problem of a case."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import jdatetime

from assembler.assembly.unchanged import last_build
from assembler.base.catalogue import CATALOGUE
from assembler.base.catalogue.entries import Severity
from assembler.base.catalogue.reasons import MEANINGS, opened, reason_of
from assembler.base.files import write_whole, writing
from assembler.base.messages import translate
from assembler.base.problems import AssemblerError, ExitCode, Problem, has_errors, problem
from assembler.base.settings import Settings
from assembler.base.suggest import guess, listed
from assembler.model.acceptances import Accepted
from assembler.model.folders import CaseFolder
from assembler.model.judged import Judged
from assembler.pipeline import read
from assembler.views.json import problems_json

__all__ = ["Checked", "Explained", "check", "explain", "printed_pages", "problems_json", "write_findings"]


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


@dataclass(frozen=True)
class Explained:
    """What a code means, in the reader's language: what it says with its places left open, why it is as grave as it is,
    what to do.
    """

    code: str
    severity: Severity
    message: str
    reason: str
    meaning: str
    remedy: str


def explain(code: str) -> Explained:
    """A code in words. Raises AssemblerError (``bad-value``) when there is none of this name."""
    if code not in CATALOGUE:
        names = listed(list(filter(None, (guess(code, CATALOGUE),))) or sorted(CATALOGUE), 8)
        raise AssemblerError([problem("bad-value", value=code, name="--explain", known=names)], ExitCode.USAGE)
    entry = CATALOGUE[code]
    texts = translate(reason_of(code, entry.severity)), translate(MEANINGS[entry.severity])
    message, remedy = opened(entry.message), opened(entry.hint)
    if not _says_anything(message):
        message = translate("The sentence the guidance or the form has for it.")
    if remedy and not _says_anything(remedy):
        remedy = translate("What helps depends on what was found: each finding says it.")
    return Explained(code, entry.severity, message, *texts, remedy)


def _says_anything(text: str) -> bool:
    """Whether a text with its places left open is more than places."""
    return any(letter.isalpha() for letter in text)


def printed_pages(checked: Checked, settings: Settings) -> Mapping[str, int]:
    """The pages on which tables begin, by ``form.item``, when the last build is of the case as it is; else none."""
    built = last_build(checked.folder, settings) if checked.judged else None
    return built.item_pages if built else {}


def write_findings(checked: Checked, page: Path, settings: Settings) -> None:
    """Writes what was found as a page to read and print. Raises AssemblerError (``output-unwritable``)."""
    from assembler.views.findings import Links, findings_page  # loaded for a page only

    judged, folder = checked.judged, checked.folder
    built = last_build(folder, settings) if judged else None
    title = judged.packet.title if judged else folder.resolve().name
    forms, pages = judged.forms if judged else {}, built.item_pages if built else {}
    root, out = (_seen_from(page, path) for path in (folder, CaseFolder(folder).output.path))
    links = Links(root, f"{out}/{quote(built.pdf)}" if built else "")
    text = findings_page(title, checked.problems, checked.accepted, forms, folder=str(folder), pages=pages, links=links)
    with writing(page):
        write_whole(page, text.encode("utf-8", "replace"))


def _seen_from(page: Path, path: Path) -> str:
    """The address of a path in a page; «» on another drive, from where nothing leads there."""
    try:
        return quote(os.path.relpath(path, page.parent).replace(os.sep, "/"))
    except ValueError:
        return ""

"""Lets open findings of a case stand, with a reason: which one is meant, and its entry in ``accepted.yaml``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assembler.actions.locking import locked
from assembler.answers import tidy, with_added
from assembler.base.files import write_whole, writing
from assembler.base.persian import fold
from assembler.base.problems import AssemblerError, ExitCode, Place, Problem, has_errors, problem
from assembler.base.settings import Settings
from assembler.checks import acceptance
from assembler.model.acceptances import Acceptance, place_text
from assembler.model.folders import CaseFolder
from assembler.model.judged import Judged
from assembler.model.names import forms_called
from assembler.pipeline import read


@locked("accept")
def accept(
    folder: Path, code: str, place: Place | None, why: str, settings: Settings, words: str = ""
) -> tuple[Problem, ...]:
    """Writes into ``accepted.yaml`` that the open finding of a code at a place stands for a reason; without a place
    all of the code.

    ``words`` of its message tell it apart where several of the code stand at the place: one is accepted at a time.
    Raises AssemblerError: no reason is given, it cannot be told which is meant, nothing open fits, it cannot be
    accepted, the file cannot be read or written.
    """
    if not tidy(why):
        raise AssemblerError([problem("accept-no-reason")], ExitCode.USAGE)
    reading = read(folder, settings)
    path = CaseFolder(folder).accepted_file
    if broken := [found for found in reading.problems if found.place.file == str(path) and has_errors([found])]:
        raise AssemblerError(broken, ExitCode.ANSWERS)
    place = place and _whole(place, reading)
    fitting = _fitting(reading.problems, code, place)
    fitting = fitting if place is None else _meant(fitting, words)
    entries = [_entry(found, why, reading) for found in fitting]
    with writing(path):
        text = path.read_bytes().decode("utf-8") if path.exists() else ""
        if (added := with_added(text, entries)) is None:
            where, expected = Place(file=str(path)), "- {code, place, why, evidence}"
            fault = problem("acceptance-broken", where, expected=expected, found="…")
            raise AssemblerError([fault], ExitCode.ANSWERS)
        write_whole(path, added.encode("utf-8", "replace"))
    return fitting


def _whole(place: Place, reading: Judged) -> Place:
    """The place with the whole name of a form that was named by its end."""
    called = forms_called(reading.forms, place.form) if place.form else ()
    return place.within(form=called[0]) if len(called) == 1 else place


def _entry(found: Problem, why: str, reading: Judged) -> Acceptance:
    """With the words of the finding, where another of its code stands or stood at the same place."""
    judged = (*(one for one in reading.problems if one.acceptable), *(one.problem for one in reading.accepted))
    name = (found.code, place_text(found.place))
    several = sum((one.code, place_text(one.place)) == name for one in judged) > 1
    return replace(acceptance(found, tidy(why), reading.forms), says=tidy(found.message) if several else "")


def _meant(fitting: Sequence[Problem], words: str) -> tuple[Problem, ...]:
    """The one finding at a place that the words tell of; an error that says what there is when they do not tell."""
    told = [found for found in fitting if fold(words) in fold(found.message)]
    if len(told) == 1:
        return tuple(told)
    said = " / ".join(f"«{found.message}»" for found in told or fitting)
    code = "accept-several" if told else "accept-words"
    fault = problem(code, name=fitting[0].code, where=place_text(fitting[0].place) or "—", known=said, words=words)
    raise AssemblerError([fault], ExitCode.USAGE)


def _fitting(problems: Sequence[Problem], code: str, place: Place | None) -> tuple[Problem, ...]:
    """The open findings of a code at a place; an error that says what there is instead when there is none."""
    named = [found for found in problems if found.code == code]
    acceptable = [found for found in named if found.acceptable]
    fitting = [found for found in acceptable if place is None or place_text(found.place) == place_text(place)]
    if fitting:
        return tuple(fitting)
    if acceptable:
        known = dict.fromkeys(place_text(found.place) for found in acceptable)
        where = place_text(place) if place else ""
        fault = problem("accept-nowhere", name=code, where=where or "—", known="، ".join(known))
    elif named:
        fault = problem("accept-refused", named[0].place, name=code)
    else:
        known = dict.fromkeys(found.code for found in problems if found.acceptable)
        fault = problem("accept-unknown", name=code, known="، ".join(known) or "—")
    raise AssemblerError([fault], ExitCode.USAGE)

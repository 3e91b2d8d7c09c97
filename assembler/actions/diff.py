"""What changed between two states of a case: as it is now, as it was issued, or another folder."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from assembler.actions.numbering import letter_slots
from assembler.answers import names_in
from assembler.assembly.unchanged import last_build
from assembler.base import messages
from assembler.base.persian import format_date, parse_date
from assembler.base.problems import AssemblerError, ExitCode, problem
from assembler.base.progress import Progress, silent
from assembler.base.settings import Settings
from assembler.base.tongue import printed_in
from assembler.model.changes import Change
from assembler.model.judged import Judged
from assembler.model.packet import Part
from assembler.model.reports import Library
from assembler.packet.amendment import follows_line
from assembler.packet.corrections import corrections_part, office_part
from assembler.pipeline import judged_at, library
from assembler.records import Receipt
from assembler.records.revisions import Revision, read_revision, revisions
from assembler.views.changes.comparison import Comparison, Side, compare
from assembler.views.json import comparison_json

__all__ = ["Comparison", "Side", "compare_folders", "comparison_json", "diff", "sheet_since", "write_sheet"]


def diff(folder: Path, settings: Settings, numbers: Sequence[int] = (), other: Path | None = None) -> Comparison:
    """Two revisions of a case held against each other, one against the case as it is, or without numbers the last one;
    with another folder, that against the case.

    Raises AssemblerError: the case was never issued or has no such revision, a state cannot be read, or the folders are
    of different reports.
    """
    return compare_folders(folder, other, settings) if other else _compare_revisions(folder, numbers, settings)


def write_sheet(found: Comparison, file: Path, settings: Settings, progress: Progress = silent) -> None:
    """Writes the sheet of corrections an issue would carry, in Word or as PDF by the ending of its name.

    Raises AssemblerError.
    """
    from assembler.assembly.sheet import write_part_alone

    packet = found.after.judged.packet
    specs = library(settings, names_in(found.after.folder))
    before = read_revision(found.before.folder.parent) if found.before.revision else None
    with printed_in(packet.tongue):
        part = _sheet(found, follows(before), own_items(found.after.judged, specs))
    write_part_alone(
        part, file, settings, title=packet.title, author=packet.author, written=packet.tongue, progress=progress
    )


def _sheet(found: Comparison, subject: str, besides: Collection[str]) -> Part:
    packet = found.after.judged.packet
    kept = corrected(found, besides)
    with printed_in(packet.tongue):
        return corrections_part(kept, found.touched, subject=subject, title=packet.title, author=packet.author)


def follows(before: Revision | None, letter: str = "") -> str:
    """What the sheet says of the letter of a revision that it goes with, the first when it is «»; «» of none."""
    letters = before.letters if before else ()
    main = next((one for one in letters if letter in ("", one.part) and one.number), None)
    return follows_line(main.number, shown_day(main.date)) if main else ""


def own_items(judged: Judged, specs: Library) -> frozenset[str]:
    """The items that hold numbers and dates of letters, by ``form.item``."""
    slots = letter_slots(judged, specs)
    return frozenset(".".join(target) for slot in slots for target in (slot.number, slot.date) if target)


def corrected(found: Comparison, besides: Collection[str]) -> tuple[Change, ...]:
    """The changes that are corrections: not ``besides``, nor what only repeats one of those, nor sums that are kept out
    of print where a table of their form shows the same.
    """
    own = {(one.old, one.new) for one in found.changes if f"{one.form}.{one.item}" in besides}
    hidden = frozenset(_hidden(found.after.judged))
    printed = {(one.form, one.old, one.new) for one in found.changes if (one.form, one.item) not in hidden}

    def repeats(one: Change) -> bool:
        told = (one.form, one.item) in hidden and (one.form, one.old, one.new) in printed
        return one.kind == "calculated" and (told or (one.old, one.new) in own)

    return tuple(one for one in found.changes if f"{one.form}.{one.item}" not in besides and not repeats(one))


def _hidden(judged: Judged) -> Iterator[tuple[str, str]]:
    """The items that are kept out of print, by form and name."""
    for name, form in judged.forms.items():
        yield from ((name, item.name) for item in form.spec.items if "hidden" in item.appearance)


def shown_day(text: str) -> str:
    """A date as letters say it; «» of none."""
    day = parse_date(text)
    return format_date(day) if day else ""


def write_office_list(
    reading: Judged, before: Revision, specs: Library, file: Path, settings: Settings, built: Receipt
) -> None:
    """Writes the list of the office of an amended issue, what was made again and who signs again, in Word."""
    from assembler.assembly.sheet import write_part_alone

    found = compare(_issued(reading.case.folder, before, specs), Side(reading.case.folder, reading, built))
    packet = reading.packet
    part = office_part(found.touched, title=packet.title, author=packet.author)
    write_part_alone(part, file, settings, title=packet.title, author=packet.author)


def changed_letters(reading: Judged, before: Revision, specs: Library) -> frozenset[str]:
    """The letters that say something else than in a revision, their numbers and dates apart, by name."""
    found = compare(_issued(reading.case.folder, before, specs), Side(reading.case.folder, reading, None))
    return frozenset(letter.name for letter in found.touched.letters if letter.what == "changed")


def _compare_revisions(folder: Path, numbers: Sequence[int], settings: Settings) -> Comparison:
    known = revisions(folder)
    if not known:
        raise AssemblerError([problem("diff-never-issued", name=folder.name)], ExitCode.USAGE)
    chosen = [_revision(known, number) for number in numbers] or [known[-1]]
    specs = library(settings, [name for path in (folder, *_folders(chosen)) for name in names_in(path)])
    first = _issued(folder, chosen[0], specs)
    return compare(first, _issued(folder, chosen[1], specs) if len(chosen) > 1 else _now(folder, specs, settings))


def sheet_since(
    reading: Judged,
    before: Revision,
    specs: Library,
    *,
    subject: str = "",
    besides: Collection[str] = (),
    built: Receipt | None = None,
) -> Part:
    """The sheet of corrections of a case against one of its revisions; its pages are those of the build ``built``.

    ``besides`` are items, by ``form.item``, that differ in every issue and are no corrections: the letter's own number
    and date. Raises AssemblerError when the revision cannot be read.
    """
    found = compare(_issued(reading.case.folder, before, specs), Side(reading.case.folder, reading, built))
    return _sheet(found, subject, besides)


def compare_folders(one: Path, other: Path, settings: Settings) -> Comparison:
    """Two case folders as they are. Raises AssemblerError when one cannot be read, or they are of different reports."""
    specs = library(settings, (*names_in(one), *names_in(other)))
    before, after = _now(one, specs, settings), _now(other, specs, settings)
    reports = before.judged.case.report, after.judged.case.report
    if reports[0] != reports[1]:
        raise AssemblerError([problem("diff-other-report", one=reports[0], other=reports[1])], ExitCode.USAGE)
    return compare(before, after)


def _folders(chosen: Sequence[Revision]) -> list[Path]:
    return [revision.case_folder for revision in chosen]


def _revision(known: Sequence[Revision], number: int) -> Revision:
    found = next((revision for revision in known if revision.number == number), None)
    if found is None:
        listed = "، ".join(messages.number(revision.number) for revision in known)
        raise AssemblerError([problem("diff-no-revision", number=number, known=listed)], ExitCode.USAGE)
    return found


def _now(folder: Path, specs: Library, settings: Settings) -> Side:
    return Side(folder, judged_at(folder, specs), last_build(folder, settings))


def _issued(folder: Path, revision: Revision, specs: Library) -> Side:
    judged = judged_at(revision.case_folder, specs, home=folder)
    return Side(revision.case_folder, judged, revision.receipt, revision.number)

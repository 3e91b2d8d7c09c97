"""What an amended issue adds to its packet: what its letters say of those they amend, and the sheet of corrections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from assembler.actions.diff import follows, own_items, sheet_since, shown_day
from assembler.actions.numbering import letter_of
from assembler.base.persian import fold
from assembler.base.tongue import printed_in, printed_words
from assembler.evaluate import PreviousForms
from assembler.model.judged import Judged
from assembler.model.packet import Packet
from assembler.model.reports import AmendmentSpec, Library
from assembler.packet.amendment import Amends, amended, wording
from assembler.packet.corrections import CORRECTIONS_TITLE
from assembler.packet.plan import letter_scope
from assembler.records import Receipt
from assembler.records.bundle import IssuedLetter
from assembler.records.revisions import Revision


def amendment(
    judged: Judged,
    specs: Library,
    earlier: Sequence[Revision],
    letters: Sequence[IssuedLetter],
    built: Receipt | None = None,
) -> partial[Packet]:
    """What an amended issue adds to the packet, told the pages of its last build; nothing of a first one.

    ``letters`` are those of the issue, the one that carries the report first, ``earlier`` the revisions before it.
    """
    if not earlier:
        return partial(_nothing_added)
    with printed_in(judged.packet.tongue):
        return _added(judged, specs, earlier, letters, built)


def _added(
    judged: Judged,
    specs: Library,
    earlier: Sequence[Revision],
    letters: Sequence[IssuedLetter],
    built: Receipt | None,
) -> partial[Packet]:
    main = letters[0].part if letters else ""
    subject, besides = follows(earlier[-1], main), own_items(judged, specs)
    sheet = sheet_since(judged, earlier[-1], specs, subject=subject, besides=besides, built=built)
    report = specs.reports[judged.case.report]
    scope = letter_scope(report, judged.forms, PreviousForms(judged.case, report, specs))
    told = {
        part: wording(judged.packet.part(part), spec, amends, scope)
        for part, spec, amends in _amending(judged, specs, earlier, letters)
    }
    return partial(amended, letter=main, told=told, sheet=sheet)


def _amending(
    judged: Judged, specs: Library, earlier: Sequence[Revision], letters: Sequence[IssuedLetter]
) -> Iterator[tuple[str, AmendmentSpec, Amends]]:
    """The letters of an issue that amend one, with how that is said."""
    said = {part.name: part.amendment for part in specs.reports[judged.case.report].parts}
    for at, letter in enumerate(letters):
        spec, amends = said.get(letter.part), _amends(letter, earlier, is_main=at == 0)
        if spec and amends:
            yield letter.part, spec, amends


def _amends(letter: IssuedLetter, earlier: Sequence[Revision], *, is_main: bool) -> Amends | None:
    """What a letter amends: the one that went out last under another number. A letter that kept its number says what it
    said when it got it.
    """
    carries = is_main
    for revision in reversed(earlier):
        before = letter_of(revision, letter.part)
        if before is None:
            return None
        if fold(before.number) != fold(letter.number):
            return Amends(before.number, shown_day(before.date), printed_words(CORRECTIONS_TITLE) if carries else "")
        carries = revision.letters[0] == before
    return None


def _nothing_added(packet: Packet) -> Packet:
    return packet

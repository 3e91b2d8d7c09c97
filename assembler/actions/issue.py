"""Issues a case: its letter gets number and date, the final PDF is built, and the whole is frozen as a revision.

Whoever is killed in between runs again and goes on with the same number: the registry gives a letter of a revision one
number only, what is written into the answers stays there, and a revision appears whole or not at all.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

import jdatetime

from assembler import __version__
from assembler.actions.diff import own_items, sheet_since, shown_day, write_office_list
from assembler.actions.locking import locked
from assembler.actions.numbering import Numbering, identity, letter_of, letter_slots, numbered_letters, write_values
from assembler.answers import names_in
from assembler.assembly.build import Issue, build
from assembler.assembly.engine import choose
from assembler.assembly.unchanged import Built
from assembler.base.files import writing
from assembler.base.persian import parse_date
from assembler.base.problems import AssemblerError, ExitCode, Problem, has_errors, problem
from assembler.base.progress import Progress, silent
from assembler.base.settings import Settings
from assembler.model.answers import AnsweredForm, Case
from assembler.model.folders import RECEIPT, CaseFolder
from assembler.model.judged import Judged
from assembler.model.packet import Packet
from assembler.model.reports import Library
from assembler.packet.amendment import amended, follows_line
from assembler.pdf.answers import packed_answers
from assembler.pipeline import judged_at, library, read, with_unprintable
from assembler.records import Cache, Receipt, fingerprint, folder_fingerprint, own_fingerprint
from assembler.records.bundle import CASE_FILE, MOST_BYTES, IssuedLetter, case_hashes, sha256, unpack
from assembler.records.registry import Entry, Registry
from assembler.records.revisions import CASE, PAGES, Revision, clear_leftovers, freeze, prove, revisions, stands

OFFICE_LIST = "office-list.docx"
NO_NUMBERS: Mapping[str, str] = MappingProxyType({})
_ROUNDS = 3  # of builds until the sheet of corrections tells the right pages


@dataclass(frozen=True)
class Issued:
    """What an issue left. ``is_new`` is false when a revision stood already and only its record was still missing."""

    revision: Revision
    built: Built | None
    letter: IssuedLetter | None
    recorded: tuple[Entry, ...]
    notes: tuple[Problem, ...]
    is_new: bool = True


@locked("issue")
def issue(
    folder: Path,
    settings: Settings,
    today: jdatetime.date,
    *,
    registry: Path | None = None,
    letter: str = "",
    date: jdatetime.date | None = None,
    number: str = "",
    numbers: Mapping[str, str] = NO_NUMBERS,
    progress: Progress = silent,
) -> Issued:
    """Makes the next revision of a case. Its letters get the numbers that are told (``number`` that of ``letter``, the
    first when it is «», ``numbers`` by letter), stand in the answers, or that the registry gives, and the date that is
    told, stands in the answers, or else is today.

    Raises AssemblerError: somebody else works on the case; it has errors, or an earlier revision was altered;
    LibreOffice is missing; nothing changed; a letter has no number; the build failed.
    """
    if settings.draft or choose(settings).office is None:
        raise AssemblerError([problem("issue-draft")], ExitCode.ENGINE)
    clear_leftovers(folder)
    if faults := [found for found in prove(folder) if has_errors([found])]:
        raise AssemblerError(faults, ExitCode.OUTPUT)
    with Registry.open(registry) if registry else nullcontext() as opened:
        numbers = {**numbers, **({"": number} if number else {})}
        numbering = Numbering(today, opened, letter, numbers, date)
        return _Issuing(folder, settings, library(settings, names_in(folder)), numbering, progress).run()


def standing_issue(folder: Path, settings: Settings) -> Issue | None:
    """What makes a build of a case that has not changed since its newest revision the same as that revision."""
    earlier = revisions(folder)
    if not earlier or not stands(folder, earlier[-1]):
        return None
    revision = earlier[-1]
    specs = library(settings, names_in(folder))
    before = earlier[-2] if len(earlier) > 1 else None
    part = revision.letters[0].part if revision.letters else ""
    amend = _amendment(judged_at(folder, specs), specs, before, part, revision.receipt)
    carries = revision.carries_previous
    return Issue(revision.number, revision.letters, revision.previous, amend, carries_previous=carries)


@dataclass(frozen=True)
class _Issuing:
    folder: Path
    settings: Settings
    specs: Library
    numbering: Numbering
    progress: Progress

    def run(self) -> Issued:
        earlier = revisions(self.folder)
        before = earlier[-1] if earlier else None
        judged = self._sound()
        slots = letter_slots(judged, self.specs)
        if before and before.state == self._state(judged):
            return self._completed(before, judged)
        if before:
            self._record(before, judged)
        slot = self.numbering.slot(slots)
        if slot and write_values(judged.case, self.specs, self.numbering.answers(judged, slots, slot, before)):
            judged = self._sound()
        letters = tuple(numbered_letters(slots, slot, judged))
        self.numbering.tell_unused(judged, before, letters)
        return self._made(judged, before, letters)

    def _sound(self) -> Judged:
        """The case as it is now; one with errors is not issued."""
        judged = with_unprintable(judged_at(self.folder, self.specs), self.settings)
        if has_errors(judged.problems):
            raise AssemblerError(judged.problems, ExitCode.ANSWERS)
        return judged

    def _state(self, judged: Judged) -> str:
        """The fingerprint of what is answered and what is printed, wherever it stands in the files."""
        packet = judged.packet
        templates = sorted({part.template for part in packet.parts if part.template})
        return fingerprint(
            _said(judged.case),
            CaseFolder(self.folder).accepted_file,
            packet.title,
            packet.author,
            packet.parts,
            [self.settings.templates / f"{name}.docx" for name in templates],
        )

    def _made(self, judged: Judged, before: Revision | None, letters: tuple[IssuedLetter, ...]) -> Issued:
        """Builds, freezes what was built, and records it."""
        hashes = case_hashes(self.folder)
        number = before.number + 1 if before else 1
        main = letters[0] if letters else None
        told = Issue(number, letters, before.record_hash if before else "")
        built = self._settled(judged, before, told) if before else self._built(told)
        case = unpack(packed_answers(built.pdf, CASE_FILE, MOST_BYTES)[0])[1]
        if {name: sha256(data) for name, data in case.items()} != hashes or case_hashes(self.folder) != hashes:
            raise AssemblerError([problem("issue-changed")], ExitCode.ANSWERS)
        revision = self._revision(judged, before, told, built)
        frozen = self._frozen(revision, built, case, self._office_list(judged, before, built))
        return Issued(frozen, built, main, self._record(frozen, judged), tuple(self.numbering.notes))

    def _settled(self, judged: Judged, before: Revision, told: Issue) -> Built:
        """The build of an amended issue, once its sheet of corrections tells the pages of this very build."""
        letter = told.letters[0].part if told.letters else ""
        amend = _amendment(judged, self.specs, before, letter)
        for _ in range(_ROUNDS):
            built = self._built(replace(told, amend=amend, is_final=False))
            again = _amendment(judged, self.specs, before, letter, built.receipt)
            if again.keywords == amend.keywords:  # the next build has these pages
                break
            amend = again
        return self._built(replace(told, amend=amend))

    def _built(self, told: Issue) -> Built:
        """The final build, made again when what it was made of is no longer all there."""
        out = CaseFolder(self.folder).output
        built = build(self.folder, out.path, self.settings, read, self.progress, told)
        if not all(map(Cache(out.kept).holds, _cached(built).values())):
            out.receipt.unlink()
            built = build(self.folder, out.path, self.settings, read, self.progress, told)
        return built

    def _revision(self, judged: Judged, before: Revision | None, told: Issue, built: Built) -> Revision:
        settings, receipt = self.settings, built.receipt
        made_with = {
            "assembler": __version__,
            "code": own_fingerprint(),
            "engine": " ".join(receipt.engine.values()),
            "fonts": receipt.fonts["sha256"],
            "specs": folder_fingerprint(settings.specs, ["**/*.yaml"]),
            "templates": folder_fingerprint(settings.templates, ["*.docx"]),
        }
        return Revision(
            told.revision,
            judged.case.name,
            before.identity if before else identity(judged),
            judged.case.report,
            self._state(judged),
            told.letters,
            receipt.pdf,
            receipt.pages,
            made_with,
            told.previous,
        )

    def _office_list(self, judged: Judged, before: Revision | None, built: Built) -> Mapping[str, bytes]:
        """What stays in the office of an amended issue, beside what goes out."""
        if before is None:
            return {}
        with tempfile.TemporaryDirectory(prefix="assembler-") as work:
            file = Path(work) / OFFICE_LIST
            write_office_list(judged, before, self.specs, file, self.settings, built.receipt)
            return {OFFICE_LIST: file.read_bytes()}

    def _frozen(
        self, revision: Revision, built: Built, case: Mapping[str, bytes], beside: Mapping[str, bytes]
    ) -> Revision:
        out = CaseFolder(self.folder).output
        contents: dict[str, Path | bytes] = {f"{CASE}/{name}": data for name, data in case.items()}
        contents |= {name: out.kept / own for name, own in _cached(built).items()}
        contents |= {revision.pdf: built.pdf, RECEIPT: out.receipt, **beside}
        with writing(self.folder, within=True):
            return freeze(self.folder, revision, contents)

    # ------------------------------------------------------------ the registry

    def _completed(self, revision: Revision, judged: Judged) -> Issued:
        """Nothing changed since a revision; what was still to do is that the registry does not know of it yet."""
        entries = self._record(revision, judged)
        if not entries:
            main = revision.letters[0].number if revision.letters else "—"
            fault = problem("issue-nothing-new", revision=revision.number, number=main or "—")
            raise AssemblerError([fault], ExitCode.USAGE)
        return Issued(revision, None, revision.letters[0], entries, tuple(self.numbering.notes), is_new=False)

    def _record(self, revision: Revision, judged: Judged) -> tuple[Entry, ...]:
        """Records the letters of a revision where that is still to do."""
        if self.numbering.registry is None:
            return ()
        made = (self._recorded(letter, revision, judged, self.numbering.registry) for letter in revision.letters)
        return tuple(entry for entry in made if entry)

    def _recorded(self, letter: IssuedLetter, revision: Revision, judged: Judged, registry: Registry) -> Entry | None:
        entry = self.numbering.entry(letter.number)
        if entry is None:
            self.numbering.notes.append(problem("issue-number-unknown", number=letter.number))
            return None
        if entry.state != "open":
            return None
        fields = next((part.fields for part in judged.packet.parts if part.name == letter.part), {})
        words = (str(fields.get(name, "")) for name in ("addressee", "addressee_post"))
        day = parse_date(letter.date) or self.numbering.today
        sha = revision.files[revision.pdf]
        subject = str(fields.get("subject", "")) or judged.packet.title
        return registry.record(letter.number, day, subject, " ".join(filter(None, words)), sha, revision.pdf_path)


# ---------------------------------------------------------------- what an amended issue adds


def _amendment(
    judged: Judged, specs: Library, before: Revision | None, letter: str, built: Receipt | None = None
) -> partial[Packet]:
    """What an amended issue adds to the packet, told the pages of its last build; nothing of a first one."""
    if before is None:
        return partial(_nothing_added)
    earlier = letter_of(before, letter)
    number, date = (earlier.number, shown_day(earlier.date)) if earlier else ("", "")
    own = own_items(judged, specs)
    subject = follows_line(number, date) if number else ""
    sheet = sheet_since(judged, before, specs, subject=subject, besides=own, built=built)
    return partial(amended, letter=letter, number=number, date=date, sheet=sheet)


def _nothing_added(packet: Packet) -> Packet:
    return packet


# ---------------------------------------------------------------- what cases and builds say


def _cached(built: Built) -> Mapping[str, str]:
    """The documents and pages of the parts of a build: their names in a revision, and in the cache of the build."""
    names: dict[str, str] = {}
    for part in built.receipt.parts:
        if part.docx:
            names[part.docx] = f"{part.key}.editable.docx"
            names |= {f"{PAGES}/{part.pdf_key}.{end}": f"{part.pdf_key}.{end}" for end in ("pdf", "docx")}
    return names


def _said(case: Case) -> Mapping[str, object]:
    """What a case says, without the places where it says it."""
    return {form.form: _answers(form) for form in (case.fields, *case.forms.values())}


def _answers(form: AnsweredForm) -> Mapping[str, object]:
    tables = {
        name: [(row.name, row.group, {column: answer.value for column, answer in row.cells.items()}) for row in rows]
        for name, rows in form.tables.items()
    }
    return {name: answer.value for name, answer in form.values.items()} | tables

"""Issues a case: its letter gets number and date, the final PDF is built, and the whole is frozen as a revision.

Whoever is killed in between runs again and goes on with the same number: the registry gives a letter of a revision one
number only, what is written into the answers stays there, and a revision appears whole or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import MappingProxyType

import jdatetime

from assembler import __version__
from assembler.actions.amending import amendment
from assembler.actions.diff import changed_letters, write_office_list
from assembler.actions.locking import locked
from assembler.actions.numbering import Numbering, identity, letter_slots, numbered_letters, write_values
from assembler.answers import names_in
from assembler.answers.families import settings_of
from assembler.assembly.build import Issue, build
from assembler.assembly.engine import choose
from assembler.assembly.unchanged import Built
from assembler.base.catalogue.entries import Severity
from assembler.base.files import temporary_folder, writing
from assembler.base.persian import parse_date
from assembler.base.problems import AssemblerError, ExitCode, Problem, has_errors, problem
from assembler.base.progress import Progress, silent
from assembler.base.settings import Settings
from assembler.base.tongue import PERSIAN, Tongue
from assembler.checks import YEAR_FINDINGS
from assembler.model.answers import AnsweredForm, Case
from assembler.model.folders import RECEIPT, CaseFolder
from assembler.model.judged import Judged
from assembler.model.packet import Packet
from assembler.model.reports import Library
from assembler.pdf.answers import packed_answers
from assembler.pipeline import judged_at, library, read, with_unprintable
from assembler.records import Cache, fingerprint, folder_fingerprint, own_fingerprint
from assembler.records.bundle import CASE_FILE, MOST_BYTES, IssuedLetter, case_hashes, sha256, unpack
from assembler.records.registry import Entry, Registry
from assembler.records.revisions import CASE, PAGES, Revision, clear_leftovers, freeze, prove, revisions, stands, way_to

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
    tongue: Tongue = PERSIAN  # of its report


@locked("issue")
def issue(
    folder: Path,
    settings: Settings,
    today: jdatetime.date,
    *,
    registry: Path | None = None,
    letter: str = "",
    date: jdatetime.date | None = None,
    numbers: Mapping[str, str] = NO_NUMBERS,
    unconfirmed: str = "",
    progress: Progress = silent,
) -> Issued:
    """Makes the next revision of a case. ``letter`` carries the report, the first when it is «».

    Its letters get the numbers that are told (``numbers`` by letter, that of the carrying one under «»), stand in the
    answers, or that the registry gives, and the date that is told, stands in the answers, or else is today.
    ``unconfirmed`` says why answers of another case go out that nobody confirmed; it is kept in the record.

    Raises AssemblerError: somebody else works on the case; it has errors, answers nobody confirmed, or an earlier
    revision was altered; LibreOffice is missing; nothing changed; a letter has no number; the build failed.
    """
    settings = settings_of(folder, settings)
    if settings.draft or choose(settings).office is None:
        raise AssemblerError([problem("issue-draft")], ExitCode.ENGINE)
    clear_leftovers(folder)
    if faults := [found for found in prove(folder) if has_errors([found])]:
        raise AssemblerError(faults, ExitCode.OUTPUT)
    with Registry.open(registry) if registry else nullcontext() as opened:
        numbering = Numbering(today, opened, letter, numbers, date)
        return _Issuing(
            folder, settings, library(settings, names_in(folder)), numbering, progress, unconfirmed.strip()
        ).run()


def standing_issue(folder: Path, settings: Settings) -> Issue | None:
    """What makes a build of a case that has not changed since its newest revision the same as that revision."""
    earlier = revisions(folder)
    if not earlier or not stands(folder, earlier[-1]):
        return None
    revision = earlier[-1]
    specs = library(settings_of(folder, settings), names_in(folder))
    amend = amendment(judged_at(folder, specs), specs, earlier[:-1], revision.letters, revision.receipt)
    return Issue(revision.number, revision.letters, revision.previous, amend, carries=revision.carries)


@dataclass(frozen=True)
class _Issuing:
    folder: Path
    settings: Settings
    specs: Library
    numbering: Numbering
    progress: Progress
    unconfirmed: str = ""

    def run(self) -> Issued:
        earlier = revisions(self.folder)
        before = earlier[-1] if earlier else None
        judged = self._sound()
        slots = letter_slots(judged, self.specs)
        if before and before.state == self._state(judged):
            return self._completed(before, judged, earlier[:-1])
        if before:
            self._record(before, judged, earlier[:-1])
        slot = self.numbering.slot(slots)
        changed = changed_letters(judged, before, self.specs) if before else frozenset()
        if slot and write_values(judged.case, self.specs, self.numbering.answers(judged, slots, slot, before, changed)):
            judged = self._sound()
        letters = tuple(numbered_letters(slots, slot, judged))
        self.numbering.tell_unused(judged, before, letters)
        return self._made(judged, earlier, letters)

    def _sound(self) -> Judged:
        """The case as it is now; one with errors is not issued."""
        judged = with_unprintable(judged_at(self.folder, self.specs), self.settings)
        if has_errors(judged.problems):
            raise AssemblerError(judged.problems, ExitCode.ANSWERS)
        yearly = [found for found in judged.problems if found.code in YEAR_FINDINGS]
        if yearly:
            raise AssemblerError([replace(found, graver=Severity.ERROR) for found in yearly], ExitCode.ANSWERS)
        carried = [found for found in judged.problems if found.code == "carried"]
        if carried and not self.unconfirmed:
            faults = [problem("issue-unconfirmed", found.place, **found.arguments) for found in carried]
            raise AssemblerError(faults, ExitCode.ANSWERS)
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

    def _made(self, judged: Judged, earlier: tuple[Revision, ...], letters: tuple[IssuedLetter, ...]) -> Issued:
        """Builds, freezes what was built, and records it."""
        before = earlier[-1] if earlier else None
        hashes = case_hashes(self.folder)
        number = before.number + 1 if before else 1
        main = letters[0] if letters else None
        told = Issue(number, letters, before.record_hash if before else "")
        built = self._settled(judged, earlier, told) if earlier else self._built(told)
        case = unpack(packed_answers(built.pdf, CASE_FILE, MOST_BYTES)[0])[1]
        if {name: sha256(data) for name, data in case.items()} != hashes or case_hashes(self.folder) != hashes:
            raise AssemblerError([problem("issue-changed")], ExitCode.ANSWERS)
        revision = self._revision(judged, before, told, built)
        frozen = self._frozen(revision, built, case, self._office_list(judged, before, built))
        return Issued(
            frozen,
            built,
            main,
            self._record(frozen, judged, earlier),
            tuple(self.numbering.notes),
            tongue=judged.packet.tongue,
        )

    def _settled(self, judged: Judged, earlier: tuple[Revision, ...], told: Issue) -> Built:
        """The build of an amended issue, once its sheet of corrections tells the pages of this very build."""
        amend = amendment(judged, self.specs, earlier, told.letters)
        for _ in range(_ROUNDS):
            built = self._built(replace(told, amend=amend, is_final=False))
            again = amendment(judged, self.specs, earlier, told.letters, built.receipt)
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
            "specs": folder_fingerprint(settings.specs, ["**/*.yaml", "**/*.csv"]),
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
            unconfirmed=self.unconfirmed if any(found.code == "carried" for found in judged.problems) else "",
            registry=way_to(self.numbering.registry.path, self.folder) if self.numbering.registry else "",
            written=asdict(judged.packet.tongue),
        )

    def _office_list(self, judged: Judged, before: Revision | None, built: Built) -> Mapping[str, bytes]:
        """What stays in the office of an amended issue, beside what goes out."""
        if before is None:
            return {}
        with temporary_folder() as work:
            file = work / OFFICE_LIST
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

    def _completed(self, revision: Revision, judged: Judged, earlier: tuple[Revision, ...]) -> Issued:
        """Nothing changed since a revision; what was still to do is that the registry does not know of it yet."""
        entries = self._record(revision, judged, earlier)
        if not entries:
            main = revision.letters[0].number if revision.letters else "—"
            fault = problem("issue-nothing-new", revision=revision.number, number=main or "—")
            raise AssemblerError([fault], ExitCode.USAGE)
        return Issued(
            revision,
            None,
            revision.letters[0],
            entries,
            tuple(self.numbering.notes),
            is_new=False,
            tongue=judged.packet.tongue,
        )

    def _record(self, revision: Revision, judged: Judged, earlier: tuple[Revision, ...]) -> tuple[Entry, ...]:
        """Records the letters of a revision where that is still to do; ``earlier`` are the revisions before it."""
        registry = self.numbering.registry
        due = [letter for letter in revision.letters if self._is_due(letter)]
        if registry is None or not due:
            return ()
        # What an amended letter says of the one it amends is no answer: its subject is that of the packet as issued.
        packet = amendment(judged, self.specs, earlier, revision.letters, revision.receipt)(judged.packet)
        return tuple(self._recorded(letter, revision, packet, registry) for letter in due)

    def _is_due(self, letter: IssuedLetter) -> bool:
        """Whether the registry has the number of a letter, and not the letter yet."""
        if self.numbering.registry is None:
            return False
        entry = self.numbering.entry(letter.number)
        if entry is None:
            self.numbering.notes.append(problem("issue-number-unknown", number=letter.number))
        return entry is not None and entry.state == "open"

    def _recorded(self, letter: IssuedLetter, revision: Revision, packet: Packet, registry: Registry) -> Entry:
        fields = next((part.fields for part in packet.parts if part.name == letter.part), {})
        words = (str(fields.get(name, "")) for name in ("addressee", "addressee_post"))
        day = parse_date(letter.date) or self.numbering.today
        sha = revision.files[revision.pdf]
        subject = str(fields.get("subject", "")) or packet.title
        return registry.record(letter.number, day, subject, " ".join(filter(None, words)), sha, revision.pdf_path)


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

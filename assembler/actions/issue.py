"""Issues a case: its letter gets number and date, the final PDF is built, and the whole is frozen as a revision.

Whoever is killed in between runs again and goes on with the same number: the registry gives a letter of a revision one
number only, what is written into the answers stays there, and a revision appears whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import jdatetime

from assembler import __version__
from assembler.actions.diff import sheet_since
from assembler.actions.locking import locked
from assembler.answers import names_in
from assembler.assembly.build import Issue, build
from assembler.assembly.engine import choose
from assembler.assembly.unchanged import Built
from assembler.base.expressions import parse_text, reference_of
from assembler.base.files import writing
from assembler.base.persian import date_text, fold, format_date, normalise, parse_date
from assembler.base.problems import AssemblerError, ExitCode, Place, Problem, has_errors, problem
from assembler.base.progress import Progress, silent
from assembler.base.settings import Settings
from assembler.base.suggest import guess
from assembler.collect.files.saving import save_form
from assembler.model.answers import Answer, AnsweredForm, Case, Value
from assembler.model.folders import RECEIPT, CaseFolder
from assembler.model.judged import Judged
from assembler.model.packet import Packet, Part
from assembler.model.reports import PartSpec
from assembler.model.specs import FormSpec
from assembler.packet.amendment import amended, follows_line
from assembler.pdf.answers import packed_answers
from assembler.pipeline import judged_at, library, read, with_unprintable
from assembler.records import Cache, Receipt, fingerprint, folder_fingerprint, own_fingerprint
from assembler.records.bundle import CASE_FILE, MOST_BYTES, IssuedLetter, case_hashes, sha256, unpack
from assembler.records.registry import Entry, LetterKey, Registry
from assembler.records.revisions import CASE, PAGES, Revision, clear_leftovers, freeze, prove, revisions

_ROUNDS = 3  # of builds until the sheet of corrections tells the right pages
_UNKNOWN = "registry-number-unknown"


@dataclass(frozen=True)
class Order:
    """What an issue was told: the registry that gives the number, or the number itself; the letter that carries it.

    ``date`` is the letter's, ``today`` where neither it nor the answers say one.
    """

    today: jdatetime.date
    registry: Path | None = None
    letter: str = ""
    date: jdatetime.date | None = None
    number: str = ""


@dataclass(frozen=True)
class Issued:
    """What an issue left. ``is_new`` is false when a revision stood already and only its record was still missing."""

    revision: Revision
    built: Built | None
    letter: IssuedLetter | None
    recorded: Entry | None
    notes: tuple[Problem, ...]
    is_new: bool = True


@dataclass(frozen=True)
class Slot:
    """Where a letter takes its number and its date from: form and item; no date where the letter prints none."""

    part: str
    title: str
    number: tuple[str, str]
    date: tuple[str, str] | None


@locked("issue")
def issue(folder: Path, settings: Settings, order: Order, progress: Progress = silent) -> Issued:
    """Makes the next revision of a case. Raises AssemblerError: somebody else works on the case; it has errors, or an
    earlier revision was altered; LibreOffice is missing; nothing changed; the letter has no number; the build failed.
    """
    if settings.draft or choose(settings).office is None:
        raise AssemblerError([problem("issue-draft")], ExitCode.ENGINE)
    clear_leftovers(folder)
    if faults := [found for found in prove(folder) if has_errors([found])]:
        raise AssemblerError(faults, ExitCode.OUTPUT)
    if order.registry is None:
        return _Issuing(folder, settings, order, progress, None).run()
    with Registry.open(order.registry) as registry:
        return _Issuing(folder, settings, order, progress, registry).run()


def standing_issue(folder: Path, settings: Settings) -> Issue | None:
    """What makes a build of a case that has not changed since its newest revision the same as that revision."""
    earlier = revisions(folder)
    if not earlier or case_hashes(folder) != earlier[-1].case_hashes:
        return None
    revision = earlier[-1]
    work = _Issuing(folder, settings, Order(jdatetime.date.today()), silent, None)
    before = earlier[-2] if len(earlier) > 1 else None
    part = revision.letters[0].part if revision.letters else ""
    amend = work.amendment(judged_at(folder, work.specs), before, part, revision.receipt)
    return Issue(revision.number, revision.letters, revision.previous, amend)


def _nothing_added(packet: Packet) -> Packet:
    return packet


@dataclass
class _Issuing:
    folder: Path
    settings: Settings
    order: Order
    progress: Progress
    registry: Registry | None
    notes: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.specs = library(self.settings, names_in(self.folder))

    def run(self) -> Issued:
        earlier = revisions(self.folder)
        before = earlier[-1] if earlier else None
        reading = self._sound()
        state = self._state(reading)
        slots = tuple(self._slots(reading))
        if before and before.state == state:
            return self._completed(before, reading)
        if before:
            self._record(before, reading)
        slot = self._slot(slots)
        if slot:
            reading = self._numbered(reading, slot, before)
        letters = tuple(_letters(slots, slot, reading))
        self.notes += [
            problem("issue-letter-unnumbered", letter=one.title)
            for one in slots
            if one.part not in {letter.part for letter in letters}
        ]
        return self._made(reading, before, letters)

    # ------------------------------------------------------------ reading

    def _sound(self) -> Judged:
        """The case as it is now; one with errors is not issued."""
        reading = with_unprintable(judged_at(self.folder, self.specs))
        if has_errors(reading.problems):
            raise AssemblerError(reading.problems, ExitCode.ANSWERS)
        return reading

    def _state(self, reading: Judged) -> str:
        """The fingerprint of what is answered and what is printed, wherever it stands in the files."""
        packet = reading.packet
        templates = sorted({part.template for part in packet.parts if part.template})
        return fingerprint(
            _said(reading.case), CaseFolder(self.folder).accepted_file, packet.title, packet.author, packet.parts,
            [self.settings.templates / f"{name}.docx" for name in templates],
        )  # fmt: skip

    # ------------------------------------------------------------ the letter

    def _slots(self, reading: Judged) -> Iterator[Slot]:
        """The letters of the packet that take their number from an answer, in order."""
        standing = {part.name: part for part in reading.packet.parts if part.kind == "letter"}
        for spec in self.specs.reports[reading.case.report].parts:
            if spec.name in standing and (number := self._source(spec, "number")):
                yield Slot(spec.name, standing[spec.name].title, number, self._source(spec, "date"))

    def _source(self, part: PartSpec, name: str) -> tuple[str, str] | None:
        """The form and the item from which a letter takes a field: the first one its text names."""
        for piece in parse_text(part.fields[name].text if name in part.fields else ""):
            named = None if isinstance(piece, str) else reference_of(piece)
            if named and named.form and not named.previous:
                return named.form, named.name
        if name not in part.fields and part.form:
            items = {item.name for item in self.specs.forms[part.form].items}
            return (part.form, name) if name in items else None
        return None

    def _slot(self, slots: Sequence[Slot]) -> Slot | None:
        """The letter that is numbered: the one asked for, else the first."""
        known = {slot.part: slot for slot in slots}
        if self.order.letter and self.order.letter not in known:
            names = "، ".join(known) or "—"
            near = guess(self.order.letter, known)
            fault = problem("issue-letter-unknown", name=self.order.letter, guess=near, known=names)
            raise AssemblerError([fault], ExitCode.USAGE)
        if not slots and (self.registry or self.order.number):
            raise AssemblerError([problem("issue-no-letter")], ExitCode.USAGE)
        return known.get(self.order.letter) or next(iter(slots), None)

    def _numbered(self, reading: Judged, slot: Slot, before: Revision | None) -> Judged:
        """The case once its letter bears number and date, written into the answers."""
        earlier = _letter_of(before, slot.part)
        typed = _typed(reading, slot.number)
        is_own = bool(typed) and (earlier is None or fold(str(typed)) != fold(earlier.number))
        day = self._day(reading, slot, earlier, is_own)
        number = self._number(slot, reading, before, str(typed) if is_own else "", day)
        if earlier and fold(number) == fold(earlier.number):
            raise AssemblerError([problem("issue-number-again", number=number)], ExitCode.USAGE)
        values: dict[tuple[str, str], Value] = {slot.number: number}
        if slot.date:
            is_date = self._type(slot.date, reading.case) == "date"
            values[slot.date] = day if is_date else format_date(day)
        return self._sound() if self._write(reading.case, values) else reading

    def _day(self, reading: Judged, slot: Slot, earlier: IssuedLetter | None, is_own: bool) -> jdatetime.date:
        typed = _typed(reading, slot.date) if slot.date else None
        typed = parse_date(typed) if isinstance(typed, str) else typed
        if self.order.date:
            return self.order.date
        if isinstance(typed, jdatetime.date) and (is_own or earlier is None or date_text(typed) != earlier.date):
            return typed
        return self.order.today

    def _number(self, slot: Slot, reading: Judged, before: Revision | None, typed: str, day: jdatetime.date) -> str:
        key = _key(reading, slot.part, before)
        told = normalise(self.order.number) or typed
        held = self.registry.held(key) if self.registry else None
        if told and not (held and fold(held.number) == fold(told)):
            self._prove_number(told, key)
            if not self.order.number:
                self.notes.append(problem("issue-number-kept", number=told, letter=slot.title))
        if told:
            return told
        if self.registry is None:
            where = Place(form=slot.number[0], item=slot.number[1])
            raise AssemblerError([problem("issue-no-number", where, letter=slot.title)], ExitCode.USAGE)
        if held and held.state == "recorded":
            fault = problem("issue-recorded", number=held.number, revision=key.revision)
            raise AssemblerError([fault], ExitCode.REGISTRY)
        return self.registry.reserve(key, day)

    def _prove_number(self, number: str, key: LetterKey) -> None:
        """A number that was told and is of another letter must not go out."""
        entry = self._find(number)
        if entry is None:
            return
        if entry.state == "void":
            fault = problem("registry-number-void", number=entry.number, why=entry.why)
            raise AssemblerError([fault], ExitCode.REGISTRY)
        if entry.key.tidied() != key.tidied():
            raise self._of_another(entry)

    def _of_another(self, entry: Entry) -> AssemblerError:
        named = f"{entry.case} / {entry.letter}"
        return AssemblerError([problem("issue-number-other", number=entry.number, letter=named)], ExitCode.REGISTRY)

    def _find(self, number: str) -> Entry | None:
        """What the registry has of a number; None when it does not know it, or there is none."""
        if self.registry is None:
            return None
        try:
            return self.registry.find(number)
        except AssemblerError as error:
            if all(found.code == _UNKNOWN for found in error.problems):
                return None
            raise

    def _type(self, target: tuple[str, str], case: Case) -> str:
        return self._spec_of(case, target[0]).item(target[1]).type

    def _spec_of(self, case: Case, form: str) -> FormSpec:
        return self.specs.reports[case.report].case if form == "case" else self.specs.forms[form]

    def _write(self, case: Case, values: Mapping[tuple[str, str], Value]) -> bool:
        """Writes values into the answers; whether they were not there."""
        report = self.specs.reports[case.report]
        forms = {**self.specs.forms, "case": report.case}
        written = False
        for form in dict.fromkeys(form for form, _ in values):
            before = case.fields if form == "case" else case.forms.get(form)
            base = before or AnsweredForm(form, {}, {})
            told = {item: Answer(value) for (owner, item), value in values.items() if owner == form}
            after = replace(base, values={**base.values, **told})
            saved = save_form(self.folder, forms[form], forms, before, after, report.used_forms)
            written |= saved is not None
        return written

    # ------------------------------------------------------------ the revision

    def amendment(
        self, reading: Judged, before: Revision | None, letter: str, built: Receipt | None = None
    ) -> partial[Packet]:
        """What an amended issue adds to the packet, told the pages of its last build; nothing of a first one."""
        if before is None:
            return partial(_nothing_added)
        earlier = _letter_of(before, letter)
        day = parse_date(earlier.date) if earlier else None
        number, date = earlier.number if earlier else "", format_date(day) if day else ""
        sheet = self._sheet(reading, before, follows_line(number, date) if number else "", built)
        return partial(amended, letter=letter, number=number, date=date, sheet=sheet)

    def _sheet(self, reading: Judged, before: Revision, subject: str, built: Receipt | None) -> Part:
        own = {f"{form}.{item}" for slot in self._slots(reading) for form, item in (slot.number, slot.date or ("", ""))}
        return sheet_since(reading, before, self.specs, subject=subject, besides=own, built=built)

    def _made(self, reading: Judged, before: Revision | None, letters: tuple[IssuedLetter, ...]) -> Issued:
        """Builds, freezes what was built, and records it."""
        hashes = case_hashes(self.folder)
        number = before.number + 1 if before else 1
        main = letters[0] if letters else None
        told = Issue(number, letters, before.record_hash if before else "")
        built = self._settled(reading, before, told) if before else self._built(told)
        case = unpack(packed_answers(built.pdf, CASE_FILE, MOST_BYTES)[0])[1]
        if {name: sha256(data) for name, data in case.items()} != hashes or case_hashes(self.folder) != hashes:
            raise AssemblerError([problem("issue-changed")], ExitCode.ANSWERS)
        revision = self._revision(reading, before, told, built)
        frozen = self._frozen(revision, built, case)
        return Issued(frozen, built, main, self._record(frozen, reading), tuple(self.notes))

    def _settled(self, reading: Judged, before: Revision, told: Issue) -> Built:
        """The build of an amended issue, once its sheet of corrections tells the pages of this very build."""
        letter = told.letters[0].part if told.letters else ""
        amend = self.amendment(reading, before, letter)
        for _ in range(_ROUNDS):
            built = self._built(replace(told, amend=amend, is_final=False))
            again = self.amendment(reading, before, letter, built.receipt)
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

    def _revision(self, reading: Judged, before: Revision | None, told: Issue, built: Built) -> Revision:
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
            told.revision, reading.case.name, before.identity if before else _identity(reading), reading.case.report,
            self._state(reading), told.letters, receipt.pdf, receipt.pages, made_with, told.previous,
        )  # fmt: skip

    def _frozen(self, revision: Revision, built: Built, case: Mapping[str, bytes]) -> Revision:
        out = CaseFolder(self.folder).output
        contents: dict[str, Path | bytes] = {f"{CASE}/{name}": data for name, data in case.items()}
        contents |= {name: out.kept / own for name, own in _cached(built).items()}
        contents |= {revision.pdf: built.pdf, RECEIPT: out.receipt}
        with writing(self.folder, within=True):
            return freeze(self.folder, revision, contents)

    # ------------------------------------------------------------ the registry

    def _completed(self, revision: Revision, reading: Judged) -> Issued:
        """Nothing changed since a revision; what was still to do is that the registry does not know of it yet."""
        entry = self._record(revision, reading)
        if entry is None:
            main = revision.letters[0].number if revision.letters else "—"
            fault = problem("issue-nothing-new", revision=revision.number, number=main or "—")
            raise AssemblerError([fault], ExitCode.USAGE)
        return Issued(revision, None, revision.letters[0], entry, tuple(self.notes), is_new=False)

    def _record(self, revision: Revision, reading: Judged) -> Entry | None:
        """Records the letter of a revision where that is still to do; None when it is not."""
        main = revision.letters[0] if revision.letters else None
        if self.registry is None or main is None:
            return None
        entry = self._find(main.number)
        if entry is None:
            self.notes.append(problem("issue-number-unknown", number=main.number))
            return None
        if entry.state != "open":
            return None
        fields = next((part.fields for part in reading.packet.parts if part.name == main.part), {})
        words = (str(fields.get(name, "")) for name in ("addressee", "addressee_post"))
        day = parse_date(main.date) or self.order.today
        sha = revision.files[revision.pdf]
        subject = str(fields.get("subject", "")) or reading.packet.title
        return self.registry.record(main.number, day, subject, " ".join(filter(None, words)), sha, revision.pdf_path)


# ---------------------------------------------------------------- what cases and builds say


def _cached(built: Built) -> Mapping[str, str]:
    """The documents and pages of the parts of a build: their names in a revision, and in the cache of the build."""
    names: dict[str, str] = {}
    for part in built.receipt.parts:
        if part.docx:
            names[part.docx] = f"{part.key}.editable.docx"
            names |= {f"{PAGES}/{part.pdf_key}.{end}": f"{part.pdf_key}.{end}" for end in ("pdf", "docx")}
    return names


def _identity(reading: Judged) -> str:
    """What names the case in a registry: its folder, its report and whose it is."""
    return " — ".join(filter(None, (reading.case.name, reading.case.report, reading.packet.author)))


def _key(reading: Judged, part: str, before: Revision | None) -> LetterKey:
    identity = before.identity if before else _identity(reading)
    return LetterKey(identity, part, before.number + 1 if before else 1)


def _letter_of(revision: Revision | None, part: str) -> IssuedLetter | None:
    letters = revision.letters if revision else ()
    return next((letter for letter in letters if letter.part == part and letter.number), None)


def _typed(reading: Judged, target: tuple[str, str]) -> Value:
    return reading.forms[target[0]].items[target[1]].value


def _letters(slots: Sequence[Slot], main: Slot | None, reading: Judged) -> Iterator[IssuedLetter]:
    """The letters that have a number, the one that carries the report first."""
    for slot in sorted(slots, key=lambda slot: slot is not main):
        number = str(_typed(reading, slot.number) or "").strip()
        typed = _typed(reading, slot.date) if slot.date else None
        day = typed if isinstance(typed, jdatetime.date) else parse_date(str(typed or ""))
        if number:
            yield IssuedLetter(slot.part, number, date_text(day) if day else "")


def _said(case: Case) -> Mapping[str, object]:
    """What a case says, without the places where it says it."""
    return {form.form: _answers(form) for form in (case.fields, *case.forms.values())}


def _answers(form: AnsweredForm) -> Mapping[str, object]:
    tables = {
        name: [(row.name, row.group, {column: answer.value for column, answer in row.cells.items()}) for row in rows]
        for name, rows in form.tables.items()
    }
    return {name: answer.value for name, answer in form.values.items()} | tables

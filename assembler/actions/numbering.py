"""The number and the date of a letter that is issued: where it takes them from, who gives them, what is written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import jdatetime

from assembler.base.expressions import parse_text, reference_of
from assembler.base.persian import date_text, fold, normalise, parse_date
from assembler.base.problems import AssemblerError, ExitCode, Place, Problem, problem
from assembler.base.suggest import guess
from assembler.collect.files.saving import AnswerFiles
from assembler.model.answers import Answer, AnsweredForm, Case, Value
from assembler.model.judged import Judged
from assembler.model.names import named
from assembler.model.reports import Library, PartSpec
from assembler.model.specs import Item
from assembler.model.values import read_date, typed_date
from assembler.records.bundle import IssuedLetter
from assembler.records.registry import Entry, LetterKey, Registry, out_of_order
from assembler.records.revisions import Revision

_UNKNOWN = "registry-number-unknown"
Target: TypeAlias = tuple[str, str]  # a form and one of its items


@dataclass(frozen=True)
class Slot:
    """Where a letter takes its number and its date from; no date where the letter prints none."""

    part: str
    title: str
    number: Target
    date: Target | None


@dataclass(frozen=True)
class Numbering:
    """What an issue was told of its letters: the one that carries the report, the first when it is «», and the date.

    ``numbers`` are those told, by letter; that of the carrying letter may stand under «». Where nobody says them, the
    registry gives the numbers and ``today`` is the date. ``notes`` gather what is to say.
    """

    today: jdatetime.date
    registry: Registry | None = None
    letter: str = ""
    numbers: Mapping[str, str] = field(default_factory=dict)
    date: jdatetime.date | None = None
    notes: list[Problem] = field(default_factory=list)

    def slot(self, slots: Sequence[Slot]) -> Slot | None:
        """The letter that is numbered. Raises AssemblerError: there is no such letter, or none for a number told."""
        known = {slot.part: slot for slot in slots}
        strange = next((name for name in (self.letter, *self.numbers) if name and name not in known), "")
        if strange:
            names, near = "، ".join(known) or "—", guess(strange, known)
            fault = problem("issue-letter-unknown", name=strange, guess=near, known=names)
            raise AssemblerError([fault], ExitCode.USAGE)
        if not slots and (self.registry or self.numbers):
            raise AssemblerError([problem("issue-no-letter")], ExitCode.USAGE)
        return known.get(self.letter) or next(iter(slots), None)

    def answers(
        self,
        judged: Judged,
        slots: Sequence[Slot],
        main: Slot,
        before: Revision | None,
        changed: Collection[str] = (),
    ) -> Mapping[Target, Value]:
        """The numbers and dates the letters of the next revision bear, by the answers they are taken from: the one that
        carries the report gets new ones in every revision, and so do those in ``changed``, which say something else
        than in the one before; the others keep theirs.

        Raises AssemblerError: nobody gives a number to some of them, or one told is not that letter's.
        """
        renewed = {slot for slot in slots if slot is main or slot.part in changed}
        named = {slot: self._told(judged, slot, main, before, is_new=slot in renewed) for slot in slots}
        missing = [slot for slot in slots if not named[slot] and self.registry is None]
        if missing:
            faults = [
                problem(
                    "issue-no-number",
                    Place(form=slot.number[0], item=slot.number[1]),
                    letter=slot.title,
                    name=slot.part,
                )
                for slot in missing
            ]
            raise AssemblerError(faults, ExitCode.USAGE)
        _prove_apart(named)
        found: dict[Target, Value] = {}
        for slot in slots:
            if slot in renewed and slot is not main and letter_of(before, slot.part):
                self.notes.append(problem("issue-letter-amended", letter=slot.title))
            found |= self._answers_of(judged, slot, before, named[slot], is_new=slot in renewed)
        return found

    def _told(self, judged: Judged, slot: Slot, main: Slot, before: Revision | None, *, is_new: bool) -> str:
        """The number somebody gave a letter: told now, or typed and not that of the revision before; else «»."""
        told = normalise(self.numbers.get(slot.part) or (self.numbers.get("", "") if slot is main else ""))
        typed, earlier = str(_typed(judged, slot.number) or ""), letter_of(before, slot.part)
        is_spent = is_new and earlier is not None and fold(typed) == fold(earlier.number)
        return told or ("" if is_spent else typed)

    def _answers_of(
        self, judged: Judged, slot: Slot, before: Revision | None, told: str, *, is_new: bool
    ) -> Mapping[Target, Value]:
        earlier = letter_of(before, slot.part)
        keeps = not is_new and earlier is not None and fold(told) == fold(earlier.number)
        if keeps:
            return {}
        typed = str(_typed(judged, slot.number) or "")
        is_own = bool(typed) and (earlier is None or fold(typed) != fold(earlier.number))
        day = self._day(judged, slot, earlier, is_own=is_own)
        number = self._number(judged, slot, before, told, day)
        if earlier and fold(number) == fold(earlier.number):
            raise AssemblerError([problem("issue-number-again", number=number)], ExitCode.USAGE)
        self._compare_days(number, day, before)
        if slot.date is None:
            return {slot.number: number}
        asked = _asked(judged, slot.date)
        return {slot.number: number, slot.date: day if asked.type == "date" else typed_date(day, asked)}

    def _compare_days(self, number: str, day: jdatetime.date, before: Revision | None) -> None:
        told = ((one.number, parse_date(one.date)) for one in (before.letters if before else ()))
        self.notes.extend(out_of_order(number, day, self.registry, [(other, last) for other, last in told if last]))

    def tell_unused(self, judged: Judged, before: Revision | None, letters: Sequence[IssuedLetter]) -> None:
        """Numbers the registry gave this case that none of its letters bears."""
        if self.registry is None:
            return
        names = (before.identity if before else identity(judged), judged.case.name)
        for entry in unused_numbers(self.registry, names, (letter.number for letter in letters)):
            self.notes.append(problem("issue-number-unused", number=entry.number, letter=entry.letter))

    def entry(self, number: str) -> Entry | None:
        """What the registry has of a number; None when it does not know it, or there is none."""
        if self.registry is None:
            return None
        try:
            return self.registry.find(number)
        except AssemblerError as error:
            if all(found.code == _UNKNOWN for found in error.problems):
                return None
            raise

    def _day(self, judged: Judged, slot: Slot, earlier: IssuedLetter | None, *, is_own: bool) -> jdatetime.date:
        typed = _day_typed(judged, slot)
        if self.date:
            return self.date
        if typed and (is_own or earlier is None or date_text(typed) != earlier.date):
            return typed
        return self.today

    def _number(self, judged: Judged, slot: Slot, before: Revision | None, told: str, day: jdatetime.date) -> str:
        key = _key(judged, slot.part, before)
        held = self._held(key, judged.case.name)
        if told and not (held and fold(held.number) == fold(told)):
            self._prove(told, key)
            if fold(told) == fold(str(_typed(judged, slot.number) or "")):
                self.notes.append(problem("issue-number-kept", number=told, letter=slot.title))
        if told:
            return told
        if self.registry is None:
            where = Place(form=slot.number[0], item=slot.number[1])
            fault = problem("issue-no-number", where, letter=slot.title)
            raise AssemblerError(named([fault], judged.forms), ExitCode.USAGE)
        if held and held.is_recorded:
            fault = problem("issue-recorded", number=held.number, revision=key.revision)
            raise AssemblerError([fault], ExitCode.REGISTRY)
        if held:
            return held.number
        if self.date is None and day == self.today:  # as the clock says
            self.registry.trust_clock(day)
        return self.registry.reserve(key, day)

    def _held(self, key: LetterKey, folder: str) -> Entry | None:
        """The number of a letter: that of an issue, else one reserved under the case's folder, as a secretary does."""
        if self.registry is None:
            return None
        own = self.registry.held(key)
        named = None if own else self.registry.held(key._replace(case=folder))
        return named if named and named.state == "open" else own

    def _prove(self, number: str, key: LetterKey) -> None:
        """A number that was told and is of another letter must not go out."""
        entry = self.entry(number)
        if entry is None:
            return
        if entry.state == "void":
            fault = problem("registry-number-void", number=entry.number, why=entry.why)
            raise AssemblerError([fault], ExitCode.REGISTRY)
        if entry.key.tidied() != key.tidied():
            fault = problem("issue-number-other", number=entry.number, letter=f"{entry.case} / {entry.letter}")
            raise AssemblerError([fault], ExitCode.REGISTRY)


def _prove_apart(named: Mapping[Slot, str]) -> None:
    """Two letters never go out under one number."""
    numbers = [fold(number) for number in named.values() if number]
    twice = next((number for slot, number in named.items() if number and numbers.count(fold(number)) > 1), "")
    if twice:
        titles = "» / «".join(slot.title for slot, number in named.items() if fold(number) == fold(twice))
        raise AssemblerError([problem("issue-number-shared", number=twice, letters=titles)], ExitCode.USAGE)


# ---------------------------------------------------------------- letters of a packet


def letter_slots(judged: Judged, specs: Library) -> tuple[Slot, ...]:
    """The letters of the packet that take their number from an answer, in order; those the report shows as pictures
    went out long ago.
    """
    standing = {part.name: part for part in judged.packet.parts if part.kind == "letter" and not part.placed}
    found = []
    for spec in specs.reports[judged.case.report].parts:
        if spec.name in standing and (number := _source(spec, "number", specs)):
            found.append(Slot(spec.name, standing[spec.name].title, number, _source(spec, "date", specs)))
    return tuple(found)


def _source(part: PartSpec, name: str, specs: Library) -> Target | None:
    """The form and the item from which a letter takes a field: the first one its text names."""
    for piece in parse_text(part.fields[name].text if name in part.fields else ""):
        named = None if isinstance(piece, str) else reference_of(piece)
        if named and named.form and not named.previous:
            return named.form, named.name
    if name not in part.fields and part.form:
        items = {item.name for item in specs.forms[part.form].items}
        return (part.form, name) if name in items else None
    return None


def numbered_letters(slots: Sequence[Slot], main: Slot | None, judged: Judged) -> Iterator[IssuedLetter]:
    """The letters that have a number, the one that carries the report first."""
    for slot in sorted(slots, key=lambda slot: slot is not main):
        number = str(_typed(judged, slot.number) or "").strip()
        day = _day_typed(judged, slot)
        if number:
            yield IssuedLetter(slot.part, number, date_text(day) if day else "")


def letter_of(revision: Revision | None, part: str) -> IssuedLetter | None:
    """The letter a part of a revision went out as; None of one that had no number."""
    letters = revision.letters if revision else ()
    return next((letter for letter in letters if letter.part == part and letter.number), None)


def unused_numbers(registry: Registry, names: Iterable[str], borne: Iterable[str]) -> tuple[Entry, ...]:
    """The numbers a registry reserved for a case, by the names it has there, that none of its letters bears."""
    used, cases = set(map(fold, borne)), set(map(normalise, names))
    held = (entry for entry in registry.entries(state="open") if normalise(entry.case) in cases)
    return tuple(entry for entry in held if fold(entry.number) not in used)


def identity(judged: Judged) -> str:
    """What names the case in a registry: its folder, its report and whose it is."""
    return " — ".join(filter(None, (judged.case.name, judged.case.report, judged.packet.author)))


def _key(judged: Judged, part: str, before: Revision | None) -> LetterKey:
    return LetterKey(before.identity if before else identity(judged), part, before.number + 1 if before else 1)


def _typed(judged: Judged, target: Target) -> Value:
    return judged.forms[target[0]].items[target[1]].value


def _asked(judged: Judged, target: Target) -> Item:
    return judged.forms[target[0]].spec.item(target[1])


def _day_typed(judged: Judged, slot: Slot) -> jdatetime.date | None:
    """The date that stands in the answers, in the calendar of the report where it is a text; None while it is none."""
    typed = _typed(judged, slot.date) if slot.date else None
    if isinstance(typed, str) and slot.date:
        return read_date(typed, _asked(judged, slot.date))
    return typed if isinstance(typed, jdatetime.date) else None


# ---------------------------------------------------------------- writing


def write_values(case: Case, specs: Library, values: Mapping[Target, Value]) -> bool:
    """Writes values into the answers of a case; whether they were not there. Raises AssemblerError."""
    report = specs.reports[case.report]
    files = AnswerFiles(case.folder, {**specs.forms, "case": report.case}, report.used_forms, written=report.tongue)
    written = False
    for form in dict.fromkeys(form for form, _ in values):
        before = case.fields if form == "case" else case.forms.get(form)
        base = before or AnsweredForm(form, {}, {})
        told = {item: Answer(value) for (owner, item), value in values.items() if owner == form}
        after = replace(base, values={**base.values, **told})
        written |= files.save(before, after).path is not None
    return written

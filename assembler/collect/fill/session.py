"""The walk through the questions of a case: what comes next, where one can go back or jump to, what is missing.

Where a session goes on is reckoned from the answers alone: at the first open question behind the last answered one.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import NamedTuple

from assembler.base.messages import fill, translate
from assembler.base.persian import fold
from assembler.base.problems import AssemblerError, ExitCode, Place, Problem, has_errors
from assembler.base.tongue import PERSIAN, Tongue
from assembler.collect.asking import question_of
from assembler.collect.fill.asking import Asker, Prompt, Reply
from assembler.collect.fill.open_case import Contested, OpenCase
from assembler.collect.fill.screens import (
    ConfirmForm,
    Dialogue,
    GoBack,
    GoTo,
    Line,
    PutDown,
    Screen,
    changed_lines,
    done,
    problem_lines,
    refused,
    sure,
)
from assembler.collect.fill.tables import TableDialogue
from assembler.collect.fill.telling import alike_line, carried_lines, form_lines, question_lines, short
from assembler.collect.fill.typed import read_typed
from assembler.model.answers import Answer, AnsweredForm
from assembler.model.carried import confirmed, is_alike, waiting
from assembler.model.filled import FilledItem
from assembler.model.specs import Item

_MOST_LISTED = 40
_MOST_FOUND = 9
_LONGEST_NOTE = 360  # letters
# Of files of the case: what keeps an answer from being written now, and may be over soon.
_LATER = ("answers-changed", "file-unreadable", "file-missing", "yaml-broken")


class Spot(NamedTuple):
    """A question: an item of a form."""

    form: str
    item: str


@dataclass(frozen=True)
class Scope:
    """Which forms are asked, in order, and whether answered questions are asked too."""

    forms: tuple[str, ...]
    everything: bool = False


class Filling:
    """A session of filling in; ``dialogue`` runs it, and values are shown as on paper in its ``tongue``."""

    def __init__(self, case: OpenCase, scope: Scope, tongue: Tongue = PERSIAN) -> None:
        self.case, self.scope, self.tongue = case, scope, tongue
        self.asker = Asker(case, self._missing_lines)
        self.spots = tuple(
            Spot(form, item.name) for form in scope.forms for item in case.specs[form].items if item.is_asked
        )
        self._items = {spot: case.specs[spot.form].item(spot.item) for spot in self.spots}
        self._passed: set[Spot] = set()
        self._trail: list[int] = []
        self._shown: list[str] = []  # the forms whose heads were shown, the last one last
        self._noted: set[Spot] = set()
        self._told: list[Line] = []  # what stands above the next question
        self._first = self._resumed()

    # ------------------------------------------------------------ the walk

    def dialogue(self) -> Dialogue:
        """Asks question after question until none is open; raises LeaveDialogue when the officer leaves."""
        at: int | None = self._next(self._first)
        while at is not None:
            if self._read_again():
                at = self._next(at)
                continue
            try:
                yield from self._question(at)
            except GoBack:
                at = self._before(at)
                continue
            except GoTo as wish:
                at = self._jump(at, wish.wanted)
                continue
            except ConfirmForm:
                yield from self._confirm(self.spots[at].form)
                at = self._next(at)
                continue
            self._trail.append(at)
            self._passed.add(self.spots[at])
            at = self._next(at + 1)
        yield Screen((*self._told, *self._end_lines()), "")

    def _before(self, at: int) -> int:
        """The question answered last; the first one has none before it."""
        while self._trail:
            last = self._trail.pop()
            if self._applies(self.spots[last]):
                return last
        self._told.append(refused(translate("This is the first question of the session.")))
        return at

    def _confirm(self, form: str) -> Dialogue:
        """Confirms all of a form that came from another case."""
        spots = [spot for spot in self.spots if spot.form == form and self._origin(spot)]
        if not spots:
            self._told.append(refused(translate("Nothing of this form waits to be confirmed.")))
            return
        answered = self.case.answered(form)
        problems = yield from self._put(confirmed(answered, waiting(answered)))
        if problems:
            self._told += problem_lines(problems)
            return
        self._passed.update(spot for spot in spots if not self._lacks(spot))
        self._told.append(done(fill("Confirmed: {count}", count=len(spots))))

    def _jump(self, at: int, wanted: str) -> int:
        found = self._matching(wanted, self.spots[at].form)
        if len(found) == 1:
            self._trail.append(at)
            return found[0]
        if not found:
            self._told.append(refused(fill("Nothing here is called «{wanted}».", wanted=short(wanted, 60))))
        else:
            self._told.append(Line(translate("Several are called so; say more:")))
            self._told += [Line(f"  {self._address(self.spots[each])} — {self._label(each)}") for each in found]
        return at

    def _matching(self, wanted: str, here: str) -> list[int]:
        """The questions that may be meant, by the sharpest way in which any is: names, numbers of forms, labels."""
        ways: tuple[Callable[[Spot], bool], ...] = (
            lambda spot: fold(wanted) in (fold(f"{spot.form}.{spot.item}"), fold(self._address(spot))),
            lambda spot: spot.form == here and fold(wanted) == fold(spot.item),
            lambda spot: self._is_form(spot, wanted),
            lambda spot: fold(wanted) == fold(spot.item),
            lambda spot: spot.form == here and fold(wanted) in fold(self._items[spot].shown),
            lambda spot: fold(wanted) in fold(self._items[spot].shown),
        )
        asked = [at for at, spot in enumerate(self.spots) if self._applies(spot)]
        for way in ways:
            if found := [at for at in asked if way(self.spots[at])]:
                return found[:_MOST_FOUND]
        return []

    def _is_form(self, spot: Spot, wanted: str) -> bool:
        """Whether a spot is the first of a form that is meant by its name, its number here or its title."""
        asked = (each for each in self.spots if each.form == spot.form and self._applies(each))
        if next(asked, None) != spot:
            return False
        names = (spot.form, spot.form.rpartition("/")[2], spot.form.rpartition("/")[2].lstrip("0"))
        if any(fold(wanted) == fold(name) for name in names):
            return True
        numbered = any(fold(wanted) == fold(form.rpartition("/")[2].lstrip("0")) for form in self.scope.forms)
        if not numbered and fold(wanted) == str(self.scope.forms.index(spot.form) + 1):
            return True
        return len(fold(wanted)) > 2 and fold(wanted) in fold(self.case.specs[spot.form].shown)

    @staticmethod
    def _address(spot: Spot) -> str:
        """How «برو» names a question: the last word of its form, and its own name."""
        return f"{spot.form.rpartition('/')[2]}.{spot.item}"

    def _label(self, at: int) -> str:
        item = self._items[self.spots[at]]
        return short(item.shown, 60)

    # ------------------------------------------------------------ what is open

    def _resumed(self) -> int:
        """Where a session begins: behind the last answer, or at the beginning when everything is asked."""
        if self.scope.everything:
            return 0
        given = [at for at, spot in enumerate(self.spots) if self._chosen(spot) and not self._origin(spot)]
        return given[-1] + 1 if given else 0

    def _next(self, start: int) -> int | None:
        """The next open question, from one on and then from the beginning; None when all are done."""
        count = len(self.spots)
        for at in chain(range(start, count), range(min(start, count))):
            spot = self.spots[at]
            if spot not in self._passed and self._open(spot, early=at < self._first):
                return at
        return None

    def _open(self, spot: Spot, *, early: bool) -> bool:
        """Whether a question is to be asked. One before the place where the session began was seen already: when it
        need not be answered and its form was begun, it was passed over on purpose.
        """
        if self.scope.everything:
            return self._applies(spot)
        if self._given(spot) and not self._origin(spot):
            return self._items[spot].is_table and self._applies(spot) and self._lacks(spot)
        if not self._applies(spot):
            return False
        return not early or bool(self._origin(spot)) or self._lacks(spot) or not self._begun(spot.form)

    def _applies(self, spot: Spot) -> bool:
        return self.case.view(spot.form).relevant(spot.item)

    def _given(self, spot: Spot) -> bool:
        """Whether there is any answer, be it complete or not."""
        answered = self.case.answered(spot.form)
        if self._items[spot].is_table:
            rows = answered.tables.get(spot.item, ())
            return any(cell.value is not None for row in rows for cell in row.cells.values())
        given = answered.values.get(spot.item)
        return given is not None and given.value is not None

    def _chosen(self, spot: Spot) -> bool:
        """Whether somebody gave an answer: the defaults in the files of a new case are nobody's."""
        item = self._items[spot]
        if item.is_table or not item.default:
            return self._given(spot)
        proposed, _ = read_typed(item.default, item, self.case.attachments, Place())
        return self._given(spot) and self.case.answered(spot.form).values[spot.item].value != proposed

    def _begun(self, form: str) -> bool:
        return any(self._given(spot) for spot in self.spots if spot.form == form)

    def _origin(self, spot: Spot) -> str:
        """The case an answer came from while it waits to be confirmed; «» of others."""
        answered = self.case.answered(spot.form)
        if answered.carried is None or spot.item not in waiting(answered):
            return ""
        return answered.carried.origin or "—"

    def _lacks(self, spot: Spot) -> bool:
        """Whether an item that applies lacks what must be there."""
        item, view = self._items[spot], self.case.view(spot.form)
        if not item.is_table:
            return not self._given(spot) and view.required(spot.item)
        if not self._given(spot) and not (item.rows or item.min_rows or item.prefill) and item.required is False:
            return False
        return table_lacks(view.filled().items[spot.item])

    def missing(self) -> tuple[tuple[Spot, str], ...]:
        """What must still be answered: the questions with their labels."""
        return tuple(
            (spot, self._items[spot].shown) for spot in self.spots if self._applies(spot) and self._lacks(spot)
        )

    def _missing_lines(self) -> Iterator[Line]:
        found = self.missing()
        carried = sum(bool(self._origin(spot)) for spot in self.spots)
        yield Line(fill("Still missing: {count}", count=len(found)) if found else translate("Nothing is missing."))
        form = ""
        for spot, label in found[:_MOST_LISTED]:
            if spot.form != form:
                form = spot.form
                yield Line(f"  {short(self.case.specs[form].shown, 70)}", "title")
            yield Line(f"    {self._address(spot)} — {short(label, 60)}")
        if len(found) > _MOST_LISTED:
            yield Line("    " + fill("… and {count} more", count=len(found) - _MOST_LISTED), "faint")
        yield from self._doubt_lines()
        if carried:
            yield Line(fill("From last year, to be confirmed: {count}", count=carried))

    def _doubt_lines(self) -> Iterator[Line]:
        """The answers the agency itself is not sure of."""
        doubted = [spot for spot in self.spots if spot.item in self.case.answered(spot.form).doubts]
        if doubted:
            yield Line(fill("Doubtful in your own words: {count}", count=len(doubted)))
        for spot in doubted[:_MOST_LISTED]:
            yield Line(f"    {self._address(spot)} — {short(self._items[spot].shown, 60)}")

    def _end_lines(self) -> Iterator[Line]:
        yield Line("")
        yield Line(translate("No question is open any more."), "title")
        yield from self._missing_lines()

    # ------------------------------------------------------------ one question

    def _question(self, at: int) -> Dialogue:
        spot = self.spots[at]
        if self._items[spot].is_table:
            lines = (*self._heading(at), *self._question_lines(spot), *self._alike_lines(spot))
            yield from TableDialogue(self, spot.form, self._items[spot], lines, self._origin(spot)).run()
        else:
            yield from self._value(at)

    def _question_lines(self, spot: Spot) -> Iterator[Line]:
        item, specs = self._asked(spot), self.case.specs
        yield from question_lines(item, question_of(item, specs[spot.form], specs), required=self._required(spot))
        for doubt in self.case.answered(spot.form).doubts.get(spot.item, ()):
            yield Line("  " + fill("Your own doubt: {doubt}", doubt=doubt), "warning")

    def _asked(self, spot: Spot) -> Item:
        """The question, with the choices that belong to what was chosen in another one."""
        of = self.case.answered(spot.form).values.get(self._items[spot].within)
        return self._items[spot].narrowed(of.value if of else None)

    def _value(self, at: int) -> Dialogue:
        """Asks for an item's value; a value with errors is kept, shown with them and asked for again."""
        spot = self.spots[at]
        item, place = self._asked(spot), Place(form=spot.form, item=spot.item)
        lines = (*self._heading(at), *self._question_lines(spot), *self._alike_lines(spot))
        while True:
            answered = self.case.answered(spot.form)
            current = answered.values[spot.item].value if spot.item in answered.values else None
            prompt = Prompt(item, place, lines, current, self._origin(spot), self._required(spot))
            reply = yield from self.asker.ask(prompt)
            assert isinstance(reply, Reply)
            problems = yield from self._taken(answered, item, reply)
            self._told += problem_lines(problems)
            if not has_errors(problems):
                return
            lines, self._told = tuple(self._told), []

    def _taken(self, answered: AnsweredForm, item: Item, reply: Reply) -> Generator[Screen, str, tuple[Problem, ...]]:
        """Puts what was answered down and says what is wrong with it."""
        if reply.kind == "skipped":
            return ()
        if reply.kind == "kept":
            return (yield from self._put(confirmed(answered, (item.name,))))
        values = {name: answer for name, answer in answered.values.items() if name != item.name}
        if reply.kind == "value":
            values[item.name] = Answer(reply.value, Place(form=answered.form, item=item.name))
        problems = yield from self._put(confirmed(replace(answered, values=values), (item.name,)))
        if problems or reply.kind == "cleared":
            self._told += [] if problems else [done(translate("Cleared."))]
            return problems
        found = self.case.view(answered.form).problems()
        return tuple(each for each in found if each.place.item == item.name)

    # ------------------------------------------------------------ what others write meanwhile

    def _read_again(self) -> bool:
        """Whether somebody else changed the case since, which is read and told; what cannot be read waits."""
        try:
            changed = self.case.refresh()
        except AssemblerError as error:
            self._told += problem_lines(error.problems)
            return False
        self._told += changed_lines(changed)
        return bool(changed)

    def _put(self, answered: AnsweredForm) -> Generator[Screen, str, tuple[Problem, ...]]:
        """Puts a form down, and tells above the next question what there is to tell."""
        put = yield from self.put(answered)
        self._told += put.lines
        return put.problems

    def put(self, answered: AnsweredForm) -> Generator[Screen, str, PutDown]:
        """Puts a form down. What somebody else wrote meanwhile stays; where both changed the same answer the officer
        says which one holds, and where the case cannot be written now he may try again: nothing typed is lost.
        """
        was_read = False
        while True:
            try:
                changed = self.case.put(answered)
                return PutDown(True, (), tuple(changed_lines(changed)), was_read or bool(changed))
            except Contested as found:
                question = Line("  " + translate("Write what you answered over it?"), "question")
                was_read, answered = True, found.over
                if not (yield from sure(question, *problem_lines(found.problems), pending=True)):
                    return PutDown(False, (), (refused(translate("Left as the other one wrote it.")),), was_read)
            except AssemblerError as error:
                problems = tuple(error.problems)
                if not _may_be_over(error) or not (yield from _again(problems)):
                    return PutDown(False, problems, (), was_read)

    def _required(self, spot: Spot) -> bool:
        return self.case.view(spot.form).required(spot.item)

    def _heading(self, at: int) -> Iterator[Line]:
        """What was told since, the head of a form that is entered, and how far the session is."""
        spot = self.spots[at]
        told, self._told = self._told, []
        yield from told
        if [spot.form] != self._shown[-1:]:
            again = spot.form in self._shown
            yield from form_lines(self.case.specs[spot.form], again=again)
            yield from () if again else self._carried_lines(spot.form)
            self._shown.append(spot.form)
        asked = [each for each in self.spots if self._applies(each) or each == spot]
        words = fill(
            "Question {at} of {count}, form {form} of {forms}",
            at=asked.index(spot) + 1,
            count=len(asked),
            form=self.scope.forms.index(spot.form) + 1,
            forms=len(self.scope.forms),
        )
        yield Line("")
        yield Line(words, "faint")
        yield from self._notes(spot)

    def _alike_lines(self, spot: Spot) -> Iterator[Line]:
        if self._origin(spot) and is_alike(self.case.answered(spot.form), spot.item):
            yield alike_line()

    def _carried_lines(self, form: str) -> Iterator[Line]:
        """What of a form came from another case, when it is more than one answer."""
        spots = [spot for spot in self.spots if spot.form == form and self._applies(spot) and self._origin(spot)]
        if len(spots) > 1:
            filled = self.case.view(form).filled()
            items = [filled.items[spot.item] for spot in spots]
            yield from carried_lines(items, self.case.answered(form), self._origin(spots[0]))

    def _notes(self, spot: Spot) -> Iterator[Line]:
        """What the guidance says between the question before and this one, where it applies; once, and not at length:
        a screen should still hold the question.
        """
        notes: list[Item] = []
        for item in self.case.specs[spot.form].items:
            if item.name == spot.item:
                break
            notes = [*notes, item] if item.type == "note" else [] if item.is_asked else notes
        view = self.case.view(spot.form)
        for note in notes:
            if note.label and Spot(spot.form, note.name) not in self._noted and view.relevant(note.name):
                self._noted.add(Spot(spot.form, note.name))
                yield Line(short(note.label, _LONGEST_NOTE), "title" if note.is_heading else "")

    def tell(self, lines: list[Line]) -> None:
        """Lines to stand above the next question."""
        self._told += lines


def _may_be_over(error: AssemblerError) -> bool:
    """Whether what keeps an answer from being written lies in the disk or in what others do."""
    disk = error.exit_code in (ExitCode.LOCKED, ExitCode.OUTPUT)
    return disk or any(found.code in _LATER for found in error.problems)


def _again(problems: tuple[Problem, ...]) -> Generator[Screen, str, bool]:
    """Whether an officer tries to write once more what could not be written."""
    told = Line("  " + translate("Enter: write it now; anything else: leave it unwritten."), "question")
    typed = yield Screen((*problem_lines(problems), told), pending=True)
    return not typed.strip()


def table_lacks(item: FilledItem) -> bool:
    """Whether a table lacks rows or cells that must be there; of rows that other tables lend, what they lack counts."""
    least = max(item.spec.min_rows or 0, 1 if item.required else 0)
    if not item.spec.rows and sum(not row.group for row in item.rows) < least:
        return True
    return any(cell.required and cell.value is None for row in item.rows for cell in row.cells.values())

"""A case kept open between acts: its pages as they are now, and the one way in which acts change it.

Several processes may each keep the same case open: what is true is on disk. A desk looks there before it says or does
anything; it holds the case for as long as an act writes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock, RLock
from typing import TypeAlias, TypeVar

from assembler.actions.desk.links import looking_at
from assembler.actions.desk.rights import Rights, refused, rights_of
from assembler.actions.open_case import OpenCase
from assembler.base.garbage import paused_collector
from assembler.base.messages import language
from assembler.base.problems import AssemblerError, Place, Problem, place_words
from assembler.base.settings import Settings
from assembler.base.tongue import Tongue, printed_in
from assembler.collect.row_keys import Sayings, aligned, rekeyed
from assembler.collect.rows import standing_rows
from assembler.model.acts import Change, Conflict, Contested, Outcome, Person, Refused, Target, Written
from assembler.model.answers import AnsweredForm, AnsweredRow, Attachment, Value
from assembler.model.judged import Judged
from assembler.model.names import names_of, short_name, tells_row
from assembler.model.page import FormPage, PageDelta
from assembler.model.row_keys import KeyedRow, KeyStore, RowKeys
from assembler.model.specs import FormSpec, Item
from assembler.records.lock import case_lock
from assembler.views.page import Answered, FormLayout, MadeRows, form_layout, form_page
from assembler.views.page_delta import page_delta, seen_page

_TRIES = 3  # to write into a file that others are writing into just now without holding the case
_KEPT = 8  # pages of a form, from which what changed can be told
Line: TypeAlias = tuple[str, AnsweredRow]  # a row with its key


@dataclass(frozen=True)
class Sheet:
    """A form as it stands on disk while the case is held: what an act changes."""

    spec: FormSpec
    answered: AnsweredForm
    keys: RowKeys
    rows: Callable[[Item], tuple[AnsweredRow, ...]]
    attachments: Path

    def lines(self, item: Item) -> tuple[Line, ...]:
        """The rows of a table with their keys; of printed ones those that are answered, by their names."""
        rows = self.rows(item)
        if item.rows:
            return tuple((row.name, row) for row in rows)
        return tuple((key.key, row) for key, row in zip(self.keys.tables.get(item.name, ()), rows, strict=True))

    def stamps(self, item: Item) -> tuple[KeyedRow, ...]:
        """What tells each row of a table apart from what it said before."""
        return self.keys.tables.get(item.name, ())


@dataclass(frozen=True)
class Draft:
    """What an act would make of a form: ``lines`` are the rows of the tables it changed."""

    answered: AnsweredForm
    changes: tuple[Change, ...]
    lines: Mapping[str, Sequence[Line]] = field(default_factory=dict)
    kept: tuple[Change, ...] = ()
    warnings: tuple[Problem, ...] = ()


Step = Callable[[Sheet, Rights], Draft | tuple[Contested, ...]]
Seen = TypeVar("Seen")


Keep = Callable[[Sequence[Change]], object]
_keep: ContextVar[Keep | None] = ContextVar("keep", default=None)


@contextmanager
def keeping(keep: Keep) -> Iterator[None]:
    """Acts within the block give their changes to ``keep`` once they are on disk and while the case is still held: what
    all processes keep stands in the order in which it was done.
    """
    token = _keep.set(keep)
    try:
        yield
    finally:
        _keep.reset(token)


def _given_to_keep(changes: Sequence[Change]) -> None:
    keep = _keep.get()
    if keep is not None and changes:
        keep(changes)


class Desk:
    """A case that is open for several people. It may be used by several threads."""

    def __init__(self, folder: Path, settings: Settings, store: KeyStore) -> None:
        """Raises AssemblerError when the specs are broken or a file of the case cannot be read."""
        self.folder, self.settings, self._store = folder, settings, store
        self._acting, self._guard = Lock(), RLock()  # taken in this order: who acts, who looks or changes what is known
        self._case = OpenCase.read(folder, settings)
        self._layouts: dict[tuple[str, str], FormLayout] = {}
        self._pages: dict[tuple[str, str], deque[FormPage]] = {}
        self._keys: dict[str, RowKeys] = {}
        self._sayings = Sayings()
        self._made: dict[tuple[str, str], MadeRows] = {}
        self._judged: tuple[tuple[str, str], Judged] | None = None
        self._links: dict[str, tuple[str, ...]] = {}
        self._held = False

    # ------------------------------------------------------------ looking

    @contextmanager
    def looking(self, person: Person) -> Iterator[tuple[OpenCase, Rights]]:
        """The case as it is on disk, with what somebody may do. Raises AssemblerError."""
        with self._guard:
            self._case.refresh()
            with printed_in(self.tongue):
                yield self._case, rights_of(person, self._case)

    @property
    def tongue(self) -> Tongue:
        """What the paper of its report is written in: values are shown and typed so."""
        return self._case.report.tongue

    def version(self) -> str:
        """What tells this state of the case from all others, in every process. Raises AssemblerError."""
        with self._guard:
            self._case.refresh()
            return self._case.version

    def page(self, person: Person, form: str) -> FormPage:
        """A form as one person sees it. Raises AssemblerError, «not-on-page» when he sees nothing of it."""
        with self.looking(person) as (_, rights):
            rights.readable(form)
            return self._seen(self._page(form), rights)

    def since(self, person: Person, form: str, version: str) -> PageDelta | FormPage:
        """What changed on the page of a form since a version of it; the whole page when that is too long ago."""
        with self.looking(person) as (_, rights):
            rights.readable(form)
            now = self._page(form)
            before = next((page for page in self._pages[form, language()] if page.version == version), None)
            return self._delta(before, now, rights) if before else self._seen(now, rights)

    def field(self, name: str) -> str:
        """A field of the case as it is answered, such as its agency; «» of a blank one. Raises AssemblerError."""
        with self._guard:
            self._case.refresh()
            answer = self._case.case.fields.values.get(name)
            return str(answer.value) if answer and isinstance(answer.value, str) else ""

    def place_of(self, at: Target) -> tuple[str, str]:
        """What people call the form of a target, and the place in it: «خدمات، ردیف ۴، ستون «تعداد»»; «» of what is no
        more. Raises AssemblerError.
        """
        with self._guard:
            self._case.refresh()
            spec = self._case.specs.get(at.form)
            if spec is None:
                return "", ""
            item, names = spec.by_name.get(at.item), names_of(Place(item=at.item, column=at.column), spec)
            row, name = self._row_at(at, item) if item and at.row else (None, "")
            return names.form, place_words(names.item, row, name, names.column)

    def _row_at(self, at: Target, item: Item) -> tuple[int | None, str]:
        """The number of a row from 1, or how the circular calls it; neither of one that is no more."""
        if item.rows:
            printed = item.printed_rows.get(at.row)
            return None, short_name(next(filter(tells_row, printed.cells.values()), "")) if printed else ""
        keys = self._keys_of(at)
        return keys.index(at.row) + 1 if at.row in keys else None, ""

    def _keys_of(self, at: Target) -> tuple[str, ...]:
        return tuple(key.key for key in self._row_keys(at.form).tables.get(at.item, ()))

    def judged(self) -> Judged:
        """The whole case evaluated and checked, in the language of who asks. Raises AssemblerError."""
        with self._guard:
            self._case.refresh()
            now = (self._case.version, language())
            if self._judged is None or self._judged[0] != now:
                self._judged = (now, self._case.judged())
            return self._judged[1]

    def look(self, person: Person, form: str, see: Callable[[Sheet, Rights], Seen]) -> Seen:
        """What is seen on a form as it stands, while nobody holds the case. Raises AssemblerError."""
        with self.looking(person) as (_, rights):
            rights.readable(form)
            return see(self._sheet(form), rights)

    def attachment(self, person: Person, at: Target) -> Path:
        """The file of an answer somebody sees. Raises AssemblerError «not-on-page» when there is none."""

        def see(sheet: Sheet, rights: Rights) -> Path:
            value = rights.sees(at.form, at.item) and self._value(sheet, at)
            if not isinstance(value, Attachment) or not value.path.is_file():
                raise refused("not-on-page")
            return value.path

        return self.look(person, at.form, see)

    def _value(self, sheet: Sheet, at: Target) -> Value:
        item = sheet.spec.by_name.get(at.item)
        if item is None or not item.is_table:
            answer = sheet.answered.values.get(at.item)
        else:
            row = dict(sheet.lines(item)).get(at.row)
            answer = row.cells.get(at.column) if row else None
        return answer.value if answer else None

    def _seen(self, page: FormPage, rights: Rights) -> FormPage:
        if rights.writes_all:
            return page
        return seen_page(page, lambda item: rights.sees(page.form, item), lambda item: rights.writes(page.form, item))

    def _delta(self, before: FormPage, after: FormPage, rights: Rights) -> PageDelta:
        return page_delta(self._seen(before, rights), self._seen(after, rights))

    @paused_collector()
    def _page(self, form: str) -> FormPage:
        """The page as it is now, in the language of who asks."""
        pages = self._pages.setdefault((form, language()), deque(maxlen=_KEPT))
        version = self._case.version
        if not pages or pages[-1].version != version:
            made = self._made.setdefault((form, language()), {})
            page = form_page(self._layout(form), self._answered(form), version, made)
            pages.append(page)
        return pages[-1]

    def _layout(self, form: str) -> FormLayout:
        at = (form, language())
        if at not in self._layouts:
            made = form_layout(self._case.specs[form], self._case.specs)
            direction = self._case.report.tongue.direction
            self._layouts[at] = replace(made, page=replace(made.page, direction=direction))
        return self._layouts[at]

    def _answered(self, form: str) -> Answered:
        view = self._case.view(form)
        open_problems, accepted = view.parted()
        given = self._case.answered(form)
        keys = self._row_keys(form)
        return Answered(view.filled(), given, keys, view.cell_relevant, self._case.attachments, open_problems, accepted)

    # ------------------------------------------------------------ keys

    def _row_keys(self, form: str) -> RowKeys:
        """The keys of the rows as they stand. New ones are kept once the case can be held; until then they are those
        that any other process gives too.
        """
        known = self._known_keys(form)
        says = self._says(form)
        now = aligned(known, says)
        if now is known:
            return now
        if self._held:
            return self._kept(form, now)
        if self._acting.acquire(blocking=False):  # else somebody who acts waits for us to look no more
            try:
                with suppress(AssemblerError), case_lock(self.folder, "web"):
                    return self._kept(form, aligned(self._store.load(self.folder, form) or RowKeys(), says))
            finally:
                self._acting.release()
        return now

    def _known_keys(self, form: str) -> RowKeys:
        known = self._keys.get(form)
        if known is not None and aligned(known, self._says(form)) is known:
            return known
        return self._store.load(self.folder, form) or RowKeys()

    def _kept(self, form: str, keys: RowKeys) -> RowKeys:
        self._store.save(self.folder, form, keys)
        self._keys[form] = keys
        return keys

    def _says(self, form: str) -> dict[str, tuple[str, ...]]:
        """What the rows say that have keys, by table."""
        items = self._case.specs[form].items
        tables = (item for item in items if item.is_table and not item.rows)
        return {item.name: self._sayings.of(self._rows(form, item)) for item in tables}

    def _rows(self, form: str, item: Item) -> tuple[AnsweredRow, ...]:
        answered = self._case.answered(form)
        if item.prefill is None:
            return answered.tables.get(item.name, ()) if answered else ()
        return standing_rows(answered, self._case.view(form).filled().items[item.name])

    # ------------------------------------------------------------ acting

    def act(self, person: Person, form: str, step: Step) -> Outcome:
        """Does one act on a form, on what stands on disk while the case is held."""
        try:
            with self._acting, case_lock(self.folder, "web", brief=True), self._guard:
                return self._acted(person, form, step)
        except AssemblerError as error:
            return Refused(error.problems)

    def _acted(self, person: Person, form: str, step: Step) -> Outcome:
        before = self._before(form)
        for _ in range(_TRIES):
            self._case.refresh()
            rights = rights_of(person, self._case)
            rights.readable(form)
            with self._holding():
                before = before or self._page(form)
                made = step(self._sheet(form), rights)
                if not isinstance(made, Draft):
                    return Conflict(made, self._delta(before, self._page(form), rights))
                try:
                    self._put(form, made)
                except AssemblerError as error:
                    if all(found.code != "answers-changed" for found in error.problems):
                        raise
                    self._case.reread()
                    continue
                _given_to_keep(made.changes)
                delta = self._delta(before, self._page(form), rights)
                return Written(made.changes, delta, self._others(form, rights), made.kept, made.warnings)
        raise refused("answers-changed", name=form)

    def beside(self, person: Person, form: str, do: Callable[[Rights], tuple[Change, ...]]) -> Written:
        """Does what changes no answer of a form but what is told of it. Raises AssemblerError."""
        with self._acting, self.looking(person) as (_, rights):
            rights.readable(form)
            before = self._before(form) or self._page(form)
            changes = do(rights)
            _given_to_keep(changes)
            self._case.refresh()
            return Written(changes, self._delta(before, self._page(form), rights))

    @contextmanager
    def _holding(self) -> Iterator[None]:
        self._held = True
        try:
            with printed_in(self.tongue):
                yield
        finally:
            self._held = False

    def _before(self, form: str) -> FormPage | None:
        pages = self._pages.get((form, language()))
        return pages[-1] if pages else None

    def _sheet(self, form: str) -> Sheet:
        answered = self._case.answered(form) or AnsweredForm(form, {}, {}, Place(form=form))
        keys = self._row_keys(form)
        return Sheet(
            self._case.specs[form], answered, keys, lambda item: self._rows(form, item), self._case.attachments
        )

    def _put(self, form: str, made: Draft) -> None:
        """Writes a form, then the keys of its rows: should this process die between, they are found again."""
        keys = self._row_keys(form)
        self._case.save(made.answered)
        tables = {}
        for name, lines in made.lines.items():
            item = self._case.specs[form].item(name)
            if not item.rows:
                says = self._sayings.of(self._rows(form, item))
                if len(says) == len(lines):  # of a table that was emptied, rows may be lent again
                    tables[name] = [KeyedRow(key, said) for (key, _), said in zip(lines, says, strict=True)]
        if tables:
            self._kept(form, rekeyed(keys, tables))

    def _others(self, form: str, rights: Rights) -> tuple[str, ...]:
        """The forms somebody sees that may say something else when this one does."""
        if form not in self._links:
            self._links[form] = looking_at(form, self._case.specs)
        return tuple(name for name in self._links[form] if name in rights.forms)

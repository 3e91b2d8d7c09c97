"""Which form, question, column, row and choice of an edition is which of the one before: by what it says that it was,
by its name, and, of those left, by a label that is alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

from assembler.base.likeness import labels_alike
from assembler.base.persian import fold
from assembler.model.reports import Library, ReportSpec
from assembler.model.specs import Choice, Column, FormSpec, Item
from assembler.model.tables import PrintedRow

_ALIKE = 0.7  # labels of less are of two questions
Thing = TypeVar("Thing", bound=FormSpec | Item | Column | PrintedRow | Choice)


@dataclass(frozen=True)
class Pair(Generic[Thing]):
    """What is one thing in both editions; without a side it is gone, or new. ``is_alike`` when labels alone tell so."""

    old: Thing | None
    new: Thing | None
    is_alike: bool = False


@dataclass(frozen=True)
class ItemPair(Pair[Item]):
    """A question in both; ``home`` is the form the old one stands in."""

    home: FormSpec | None = None

    @cached_property
    def columns(self) -> tuple[Pair[Column], ...]:
        return paired(
            self.old.columns if self.old else (), self.new.columns if self.new else (), lambda column: column.path
        )

    @cached_property
    def rows(self) -> tuple[Pair[PrintedRow], ...]:
        return paired(self.old.rows if self.old else (), self.new.rows if self.new else (), row_words)


@dataclass(frozen=True)
class FormPair:
    """A form of the new edition with the one it was; without a side it is new, or gone. ``items`` are in the order of
    the new one, those that are gone behind them. Of a form that was split each has those that are gone from all.
    """

    old: FormSpec | None
    new: FormSpec | None
    items: tuple[ItemPair, ...] = ()
    is_alike: bool = False
    is_split: bool = False


@dataclass(frozen=True)
class Editions:
    """Two editions; ``forms`` are in the order of the new one, those that are gone behind them."""

    forms: tuple[FormPair, ...]

    @cached_property
    def by_new(self) -> Mapping[str, FormPair]:
        return {pair.new.id: pair for pair in self.forms if pair.new}


def choices_paired(old: Item | Column, new: Item | Column) -> tuple[Pair[Choice], ...]:
    """The choices of two questions."""
    return paired(old.choices, new.choices, lambda choice: choice.label)


def row_words(row: PrintedRow) -> str:
    """What a printed row is known by: the longest of its cells, or its heading."""
    return row.heading or max(row.cells.values(), key=len, default="")


def paired(old: Sequence[Thing], new: Sequence[Thing], label: Callable[[Thing], str]) -> tuple[Pair[Thing], ...]:
    """All of both: in the order of the new ones, those that are gone behind them."""
    known = {_name(each): each for each in old}
    found = {_name(each): known[name] for each in new if (name := each.was or _name(each)) in known}
    taken = {_name(each) for each in found.values()}
    left, fresh = [one for one in old if _name(one) not in taken], [one for one in new if _name(one) not in found]
    alike = _alike(left, fresh, label)
    sure = {**alike, **found}
    pairs = [Pair(sure.get(_name(each)), each, _name(each) in alike) for each in new]
    told = taken | {_name(each) for each in alike.values()}
    return (*pairs, *(Pair(each, None) for each in old if _name(each) not in told))


def editions_of(old: ReportSpec, new: ReportSpec, library: Library, before: Library | None = None) -> Editions:
    """Two reports side by side, the fields of their cases as a form of their own."""
    earlier = before or library
    forms = [earlier.forms[name] for name in old.used_forms if name in earlier.forms]
    return matched([old.case, *forms], [new.case, *(library.forms[name] for name in new.used_forms)])


def matched(old: Sequence[FormSpec], new: Sequence[FormSpec]) -> Editions:
    """Forms of two editions side by side."""
    sources = _sources(old, new)
    matcher = _Matcher({each.id: each for each in old})
    told = {each.id: matcher.sure(each, sources.get(each.id, (None, False))[0]) for each in new}
    taken = {(pair.home.id, pair.old.name) for pairs in told.values() for pair in pairs if pair.home and pair.old}
    counts = [source.id for source, _ in sources.values()]
    pairs = []
    for each in new:
        source, is_alike = sources.get(each.id, (None, False))
        items = matcher.completed(told[each.id], source, taken)
        taken |= {(pair.home.id, pair.old.name) for pair in items if pair.home and pair.old and pair.new}
        pairs.append(FormPair(source, each, items, is_alike, source is not None and counts.count(source.id) > 1))
    pairs = [_without_moved(pair, taken) for pair in pairs]
    gone = [each for each in old if each.id not in counts]
    return Editions((*pairs, *(FormPair(each, None, _gone(each, taken)) for each in gone)))


def _without_moved(pair: FormPair, taken: set[tuple[str, str]]) -> FormPair:
    """Without those as gone that stand in another form of the new edition."""
    kept = tuple(
        one for one in pair.items if one.new or not (one.home and one.old) or (one.home.id, one.old.name) not in taken
    )
    return FormPair(pair.old, pair.new, kept, pair.is_alike, pair.is_split)


def _sources(old: Sequence[FormSpec], new: Sequence[FormSpec]) -> dict[str, tuple[FormSpec, bool]]:
    """Of each new form the one it was, and whether labels alone tell so."""
    known = {each.id: each for each in old}
    found = {each.id: (known[name], False) for each in new if (name := each.was or each.id) in known}
    taken = {each.id for each, _ in found.values()}
    for each in new:
        namesakes = [one for one in old if one.id not in taken and _is_namesake(one, each)]
        if each.id not in found and len(namesakes) == 1:
            found[each.id] = (namesakes[0], False)
            taken.add(namesakes[0].id)
    alike = _alike(
        [o for o in old if o.id not in taken], [n for n in new if n.id not in found], lambda form: form.title
    )
    return found | {name: (each, True) for name, each in alike.items()}


def _is_namesake(old: FormSpec, new: FormSpec) -> bool:
    """Whether one form of another folder is another under its name: all it asks is asked there."""
    asked = {item.name for item in old.items if item.is_asked}
    return old.id.rpartition("/")[2] == new.id.rpartition("/")[2] and asked <= new.by_name.keys()


@dataclass(frozen=True)
class _Matcher:
    forms: Mapping[str, FormSpec] = field(default_factory=dict)

    def sure(self, form: FormSpec, source: FormSpec | None) -> tuple[ItemPair, ...]:
        """The questions of a form with those they are by name."""
        return tuple(self._pair(item, source) for item in _telling(form))

    def _pair(self, item: Item, source: FormSpec | None) -> ItemPair:
        owner, _, name = item.was.rpartition(".")
        home = self.forms.get(owner) if owner else source
        old = home.by_name.get(name or item.name) if home else None
        return ItemPair(old, item, False, home if old else None)

    def completed(
        self, pairs: Sequence[ItemPair], source: FormSpec | None, taken: set[tuple[str, str]]
    ) -> tuple[ItemPair, ...]:
        """With those that are alike, and those that are gone."""
        if source is None:
            return tuple(pairs)
        left = [item for item in _telling(source) if (source.id, item.name) not in taken]
        fresh = [pair.new for pair in pairs if pair.new and not pair.old]
        alike = _alike(left, fresh, lambda item: item.shown, _fitting)
        found = [
            ItemPair(alike[pair.new.name], pair.new, True, source) if pair.new and pair.new.name in alike else pair
            for pair in pairs
        ]
        told = {each.name for each in alike.values()}
        return (*found, *(ItemPair(item, None, False, source) for item in left if item.name not in told))


def _gone(form: FormSpec, taken: set[tuple[str, str]]) -> tuple[ItemPair, ...]:
    return tuple(ItemPair(item, None, False, form) for item in _telling(form) if (form.id, item.name) not in taken)


def _telling(form: FormSpec) -> Iterable[Item]:
    """What somebody answers: notes and what is reckoned are told of by nobody."""
    return (item for item in form.items if item.is_asked)


def _fitting(old: Item, new: Item) -> bool:
    """Whether an answer of the one may be one of the other; whoever reads it decides."""
    return old.is_table == new.is_table


def _alike(
    old: Sequence[Thing],
    new: Sequence[Thing],
    label: Callable[[Thing], str],
    fitting: Callable[[Thing, Thing], bool] = lambda one, other: True,
) -> dict[str, Thing]:
    """Of new ones, by their names, the old ones whose labels are alike; the most alike first, each once."""
    if not (old and new):
        return {}
    before, after = [fold(label(each)) for each in old], [fold(label(each)) for each in new]
    ranked = sorted(
        (-likeness, at, to)
        for at, one in enumerate(before)
        for to, other in enumerate(after)
        if (likeness := labels_alike(one, other)) >= _ALIKE and fitting(old[at], new[to])
    )
    found: dict[int, int] = {}
    for _, at, to in ranked:
        if to not in found and at not in found.values():
            found[to] = at
    return {_name(new[to]): old[at] for to, at in found.items()}


def _name(thing: FormSpec | Item | Column | PrintedRow | Choice) -> str:
    return thing.id if isinstance(thing, FormSpec) else thing.name

"""The tables of a case that a foreign table may be, with all by which they are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from assembler.collect.intake.likeness import letters, scopes, without_number
from assembler.model.specs import Column, FormSpec, Item, Source
from assembler.packet.grids import Leaf, leaves

_UNASKED = 0.4  # what a column is worth that nobody answers: a number of the row is often left out
_SHORT = 2  # letters of a printed cell that tell nothing


@dataclass(frozen=True, eq=False)
class Candidate:
    """A table of a form. ``leaves`` are its printed columns, ``also`` of each the letters of other headers it is known
    by; ``captions`` are what may stand above it.
    """

    form: FormSpec
    item: Item
    leaves: tuple[Leaf, ...]
    captions: tuple[str, ...]
    also: tuple[frozenset[str], ...]
    years: frozenset[str] = frozenset()  # those the case is of; none where nobody knows

    @property
    def name(self) -> str:
        """As commands spell it."""
        return f"{self.form.id}.{self.item.name}"

    @property
    def title(self) -> str:
        """What the form is called."""
        return without_number(self.form.title)

    @cached_property
    def own_words(self) -> frozenset[str]:
        """The letters of the title of its form, and of what stands above it."""
        texts = (self.form.title, self.item.caption, self.item.heading)
        return frozenset(letters(without_number(text)) for text in texts if text)

    @cached_property
    def scopes(self) -> frozenset[str]:
        """What its title and what stands above it say of the numbers in it."""
        texts = (self.form.title, *self.captions, *(note for note in self.item.notes if note))
        return frozenset(each for text in texts for each in scopes(text)) | self.years

    @cached_property
    def leaf_names(self) -> tuple[str, ...]:
        """What its printed columns are called."""
        return tuple(map(leaf_name, self.leaves))

    @cached_property
    def called(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """Of each printed column all it is called, with the headers above it: as it is printed, and what else the
        specification says.
        """
        return tuple((leaf.path, *_also(leaf)) for leaf in self.leaves)

    @cached_property
    def weights(self) -> tuple[float, ...]:
        """What each printed column is worth."""
        return tuple(1.0 if self.asks(leaf.column) else _UNASKED for leaf in self.leaves)

    def asks(self, column: Column) -> bool:
        """Whether anybody answers a column."""
        return column.is_asked and column.name not in self.fixed

    @cached_property
    def fixed(self) -> frozenset[str]:
        """The columns all rows of which are printed."""
        if not self.item.rows:
            return frozenset()
        rows = [row for row in self.item.rows if not row.heading]
        return frozenset(
            column.name for column in self.item.columns if rows and all(row.shuts(column.name) for row in rows)
        )

    @cached_property
    def printed(self) -> tuple[tuple[str, ...], ...]:
        """The telling texts its rows print, by their letters; behind each what offices write for it."""
        rows = ((row, text) for row in self.item.rows for text in row.cells.values() if len(letters(text)) > _SHORT)
        return tuple(tuple(map(letters, (text, *row.also_for(text)))) for row, text in rows)

    @cached_property
    def texts(self) -> frozenset[str]:
        """All of these."""
        return frozenset(text for each in self.printed for text in each)

    @cached_property
    def by_choice(self) -> Mapping[str, frozenset[int]]:
        """The leaves of each ticked column."""
        found: dict[str, set[int]] = {}
        for at, leaf in enumerate(self.leaves):
            if leaf.choice is not None:
                found.setdefault(leaf.column.name, set()).add(at)
        return {name: frozenset(each) for name, each in found.items()}

    @cached_property
    def signature(self) -> tuple[object, ...]:
        """Under which tables with the same headers meet."""
        return tuple(zip(self.called, self.weights, self.also, strict=True))


Also = Mapping[str, Mapping[str, str]]  # of a table, as ``form.item``: headers by their letters, and their columns


def candidates(
    forms: Mapping[str, FormSpec], also: Also = MappingProxyType({}), years: frozenset[str] = frozenset()
) -> tuple[Candidate, ...]:
    """All tables of some forms in which anything is answered; ``also`` are headers somebody said the meaning of,
    ``years`` those the case is of.
    """
    return tuple(
        _candidate(form, item, also.get(f"{form.id}.{item.name}", {}), years)
        for form in forms.values()
        for item in form.items
        if item.is_table and leaves(item) and any(map(_is_typed, item.columns))
    )


def _is_typed(column: Column) -> bool:
    """Whether a table of texts can answer a column: files it cannot."""
    return column.is_asked and column.type not in ("image", "file")


def candidate_of(item: Item) -> Candidate:
    """A table by itself, whatever form it is of."""
    return _candidate(FormSpec("", "", Source(""), (item,)), item, {})


def _candidate(form: FormSpec, item: Item, also: Mapping[str, str], years: frozenset[str] = frozenset()) -> Candidate:
    printed = leaves(item)
    known = (frozenset(head for head, name in also.items() if name == leaf_name(leaf)) for leaf in printed)
    return Candidate(form, item, printed, _captions(form, item), tuple(known), years)


def _also(leaf: Leaf) -> Iterator[tuple[str, ...]]:
    """Its headers with other words in place of the column's own."""
    own = len(leaf.column.group)
    for text in leaf.column.also:
        yield (*leaf.path[:own], text, *leaf.path[own + 1 :])


def leaf_name(leaf: Leaf) -> str:
    """What a printed column is called: its column, and behind it the choice it stands for."""
    return f"{leaf.column.name}.{leaf.choice.name}" if leaf.choice else leaf.column.name


def _captions(form: FormSpec, item: Item) -> tuple[str, ...]:
    texts = (item.caption, item.label, item.heading, *item.also, form.title)
    return tuple(dict.fromkeys(without_number(text) for text in texts if text))

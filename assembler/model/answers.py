"""A case as it was answered: every value with its type, every place with its file and line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

import jdatetime

from assembler.base.problems import NOWHERE, Place, Problem
from assembler.model.persons import NOBODY, Persons


@dataclass(frozen=True)
class Attachment:
    """A file of the case, by its path inside ``attachments/``; ``path`` is absolute.

    ``label`` is how the report cites it («مستند شماره ۴») once it stands among the evidence, ``about`` what it is: the
    title it was given, the form it belongs to, whose identifier is ``form``; ``section`` is where the report speaks of
    that form («شاخص ۳»).
    """

    name: str
    path: Path
    label: str = ""
    about: tuple[str, ...] = ()
    form: str = ""
    section: str = ""

    @property
    def shown(self) -> str:
        """What people call it: as the report cites it, else by its name."""
        return self.label or self.name


ProseKind = Literal["numbered", "bulleted", "lettered", "dashed"]


@dataclass(frozen=True)
class ProseList:
    """A list inside a narrative; each entry has a text and may hold lists of its own."""

    kind: ProseKind
    entries: tuple[ProseEntry, ...]


@dataclass(frozen=True)
class ProseEntry:
    text: str
    lists: tuple[ProseList, ...] = ()


@dataclass(frozen=True)
class Prose:
    """A narrative answer: paragraphs and lists in order. ``[[id]]`` in its texts refers to a table or figure."""

    blocks: tuple[str | ProseList, ...]


# A blank is None. Numbers are exact: int or Decimal. Choices are their names: str for one, a tuple for several; a list
# of texts is a tuple too.
Value: TypeAlias = str | int | Decimal | bool | jdatetime.date | tuple[str, ...] | Attachment | Prose | None


class Answer(NamedTuple):
    """A value and where it was written. A tuple, as every cell has one: they are made fastest."""

    value: Value
    place: Place = NOWHERE


@dataclass(frozen=True)
class AnsweredRow:
    """A row of a table: ``group`` for a band row, ``name`` for a printed one. Cells by column name."""

    cells: Mapping[str, Answer]
    place: Place
    group: bool = False
    name: str = ""


@dataclass(frozen=True)
class Carried:
    """Answers that came from the case ``origin`` and wait to be confirmed: by item, the fingerprint they had then.

    ``alike`` are those that were taken from a question of another name, as the labels are alike.
    """

    origin: str
    fingerprints: Mapping[str, Answer]
    place: Place = NOWHERE
    alike: frozenset[str] = frozenset()


@dataclass(frozen=True)
class AnsweredForm:
    """The answers of one form: single values and tables, by item name.

    ``doubts`` say, by item, what the agency itself is not sure of: a word it could not read, a name it restored.
    """

    form: str
    values: Mapping[str, Answer]
    tables: Mapping[str, tuple[AnsweredRow, ...]]
    place: Place = NOWHERE
    carried: Carried | None = None
    doubts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class EarlierCase:
    """The case of the period before, named at ``place``.

    ``read`` gives it with the problems of its files: its answers are read when an expression needs one, and once.
    """

    folder: Path
    read: Callable[[], tuple[Case | None, tuple[Problem, ...]]]
    place: Place = NOWHERE


@dataclass(frozen=True)
class Case:
    """One agency's answers for one period, as read from its folder."""

    name: str
    folder: Path
    report: str
    fields: AnsweredForm
    forms: Mapping[str, AnsweredForm]
    files: tuple[Path, ...] = ()
    previous: EarlierCase | None = None
    persons: Persons = NOBODY


def texts_in(value: Value) -> Iterator[str]:
    """The texts a value holds: one, several, or those of a narrative's paragraphs and lists, in order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        yield from value
    elif isinstance(value, Prose):
        for block in value.blocks:
            if isinstance(block, str):
                yield block
            else:
                yield from _texts_of_list(block)


def _texts_of_list(listed: ProseList) -> Iterator[str]:
    for entry in listed.entries:
        yield entry.text
        for inner in entry.lists:
            yield from _texts_of_list(inner)

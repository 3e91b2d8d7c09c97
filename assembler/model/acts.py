"""What people do on the page of a form, each by name and with his rights, and what comes of it.

An act names rows by their keys and says what its writer saw; it never says what he did not see away. Whoever calls
keeps the `Change` records: they are history and audit, and what can be undone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from assembler.base.problems import Problem
from assembler.model.page import PageDelta

Role: TypeAlias = Literal["officer", "department", "reviewer", "signer", "secretary", "admin"]
ROLES: tuple[Role, ...] = ("officer", "department", "reviewer", "signer", "secretary", "admin")


@dataclass(frozen=True)
class Person:
    """Who acts: ``name`` is unique, ``shown`` is what others read. ``units`` are the departments of ``units.yaml`` he
    answers for. What he may see and write follows from the roles: see `actions.desk.rights`.
    """

    name: str
    shown: str
    roles: frozenset[Role]
    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class Target:
    """A place on a page: an item, a row of it by its key, or a cell. The fields of the case are the form «case»."""

    form: str
    item: str
    row: str = ""
    column: str = ""


# «removed» and «inserted» rows and those that were «moved» say behind which row they stood or stand («» for the first
# place), a «confirmed» answer from which case it came, an «accepted» problem its code and the reason.
ChangeKind: TypeAlias = Literal["answer", "inserted", "removed", "moved", "confirmed", "accepted"]
CHANGE_KINDS: tuple[ChangeKind, ...] = ("answer", "inserted", "removed", "moved", "confirmed", "accepted")


@dataclass(frozen=True)
class Change:
    """One thing an act changed. ``before`` and ``after`` are texts for people; ``was`` and ``now`` are the same as a
    file holds them (texts, whole numbers, lists, mappings), by which an answer can be put back whole.

    ``act`` is shared by all changes of one act. Nobody looks at the clock here: whoever keeps it says when.
    """

    act: str
    who: str
    kind: ChangeKind
    at: Target
    before: str = ""
    after: str = ""
    was: object = None
    now: object = None
    band: bool = False


@dataclass(frozen=True)
class Written:
    """It is on disk. ``delta`` leads from the page as this desk last made it for the person; ``others`` are the forms
    that look at this one, and may say something else now. Of an act to be undone, ``kept`` are the changes somebody
    else has changed since: they stay.
    """

    changes: tuple[Change, ...]
    delta: PageDelta
    others: tuple[str, ...] = ()
    kept: tuple[Change, ...] = ()
    warnings: tuple[Problem, ...] = ()

    @property
    def version(self) -> str:
        return self.delta.version


@dataclass(frozen=True)
class Contested:
    """An answer that is not what its writer saw: ``theirs`` stands, ``yours`` was to be written, over ``base``.
    Whose it is stands in the history that the caller keeps.
    """

    at: Target
    theirs: str
    yours: str
    base: str


@dataclass(frozen=True)
class Conflict:
    """Nothing was written: somebody else changed what the act would have gone over. ``delta`` brings the page up to
    date.
    """

    contested: tuple[Contested, ...]
    delta: PageDelta


@dataclass(frozen=True)
class Refused:
    """Nothing was written: the problems say why."""

    problems: tuple[Problem, ...]


Outcome: TypeAlias = Written | Conflict | Refused


@dataclass(frozen=True)
class PastedCell:
    """A cell of a block: where it goes (``row`` is the key of a row that is there, «» of one that would be added), what
    was ``typed``, what stands there now and what it would become. One with a ``problem`` stays as it is.
    """

    line: int  # of the block, from 0
    row: str
    number: int  # of the row, from 1
    column: str
    typed: str
    was: str = ""
    becomes: str = ""
    problem: Problem | None = None


@dataclass(frozen=True)
class Preview:
    """What a block would do; nothing is written. ``base`` says what it would go over: given back with the block, it
    proves that this was seen. ``headed`` tells that columns were found by their headers.

    ``passed`` counts cells that belong to no column that is answered, ``left`` lines for which there is no row.
    """

    cells: tuple[PastedCell, ...]
    base: str
    columns: tuple[str, ...]
    headed: bool = False
    added: int = 0
    passed: int = 0
    left: int = 0


State: TypeAlias = Literal["empty", "begun", "complete", "not_applicable", "optional"]


@dataclass(frozen=True)
class FormStanding:
    """How far a form is, of those a person sees: counts are of what he sees of it. ``source`` is where the guidance
    has it, in short.
    """

    form: str
    title: str
    state: State
    missing: int = 0
    errors: int = 0
    warnings: int = 0
    label: str = ""
    writable: bool = True
    source: str = ""


@dataclass(frozen=True)
class Section:
    """Forms that stand together: a dimension of the report, the fields of the case, or what stands in none («»)."""

    title: str
    forms: tuple[FormStanding, ...]


@dataclass(frozen=True)
class Due:
    """A deadline in words and days: ``day`` as data («1405/02/31»), «» while nobody has said it."""

    label: str
    day: str
    days: int | None
    standing: str


@dataclass(frozen=True)
class CaseOverview:
    """A case on the work list and at the head of its page. ``percent`` is of the forms that apply; ``changed`` is when
    any of its files was changed last, in seconds since 1970.
    """

    name: str
    title: str
    report: str
    version: str
    sections: tuple[Section, ...]
    percent: int
    errors: int
    warnings: int
    changed: float
    due: tuple[Due, ...] = ()
    problems: tuple[Problem, ...] = field(default=())  # that belong to no form he sees, such as broken files

"""What is asked and how: expressions, choices, and what questions and columns share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, TypeVar

from assembler.base.catalogue.entries import Severity
from assembler.base.problems import NOWHERE, Place
from assembler.model.types import YEAR, Worded

Direction: TypeAlias = Literal["", "ltr", "rtl"]
_READ = ("text", "narrative", "select_one", "select_multiple")  # answers that are words, and are read as their label is
LISTS = frozenset({"numbered", "bulleted", "dashed"})


@dataclass(frozen=True, eq=False, repr=False)
class Expression:
    """A checked expression: its source text and the names it uses."""

    source: str
    place: Place = NOWHERE


@dataclass(frozen=True)
class Source:
    """Where the guidance prints a thing: document, then clause, table, page as the document counts them."""

    document: str
    clause: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Choice:
    """``code`` is what the guidance, a survey or another program calls it, ``within`` the choice of another list it
    belongs to, ``ask`` the question that is asked of whoever makes it: «which?», ``was`` its name in the edition
    before.
    """

    name: str
    label: str
    inferred: str = ""
    code: str = ""
    within: str = ""
    ask: str = ""
    was: str = ""


@dataclass(frozen=True, eq=False, repr=False)
class Constraint:
    """A condition an answered value must meet; ``message`` is shown as it stands in the spec."""

    test: Expression
    message: str
    severity: Severity = Severity.ERROR


AnyField = TypeVar("AnyField", bound="Field")


@dataclass(frozen=True, eq=False, repr=False)
class Field:
    """What items and columns share. ``type`` is the bare type; ``choices`` belong to select types.

    ``inferred`` and ``doubt`` carry the reason why a part was restored or is doubtful, ``own`` why it is the office's
    own: empty when it is none of these.
    ``also`` is what offices call it besides.
    ``marks`` are texts that may stand in place of a value (such as «-») and count as blank in calculations;
    ``blank`` is printed where there is no value. ``carry`` says whether the next case may take the answer over; of None
    the type decides. Of its choices those are meant that belong to what is chosen ``within``, another item or column;
    ``beside`` names the one whose choice asked for these words. ``check`` and ``digits`` say what a text is.
    ``translation`` is its label in another language; label and answer are read in a ``direction``, «» for that of the
    page. Its dates and years are typed in a ``calendar``, «» for the Jalali one.
    ``was`` is its name in the edition before, where that was another one. Numbers said in it are held against the data
    unless ``figures`` are off.
    """

    name: str
    type: str
    label: str = ""
    hint: str = ""
    also: tuple[str, ...] = ()
    required: Expression | bool = False
    relevant: Expression | None = None
    constraint: Constraint | None = None
    calculation: Expression | None = None
    default: str | None = None
    appearance: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    format: str = ""
    marks: tuple[str, ...] = ()
    blank: str = ""
    unit: str = ""
    footnote: str = ""
    inferred: str = ""
    doubt: str = ""
    own: str = ""
    carry: bool | None = None
    within: str = ""
    beside: str = ""
    check: str = ""
    digits: int | None = None
    translation: str = ""
    direction: Direction = ""
    was: str = ""
    calendar: Literal["", "gregorian"] = ""
    figures: Literal["", "off"] = ""
    place: Place = NOWHERE

    @property
    def answer_direction(self) -> Direction:
        """In which direction its answer is read: numbers and dates have their own."""
        return self.direction if self.type in _READ else ""

    @property
    def both_labels(self) -> str:
        """Its label, and below it the one in another language."""
        return "\n".join(filter(None, (self.shown, self.translation)))

    @property
    def shown(self) -> str:
        """What people call it; its name is for files and programs, and shown only for want of another word."""
        return self.label or self.name

    @property
    def spelled(self) -> str:
        """Its name as files and commands spell it, with what people call it."""
        return f"{self.name} ({self.label})" if self.label else self.name

    @property
    def is_asked(self) -> bool:
        """Whether somebody answers it: nothing calculated, no mere note."""
        return self.type not in ("note", "calculate") and self.calculation is None

    @property
    def is_plain(self) -> bool:
        """Whether it is a number in which no thousands are set apart: a year, a code."""
        return self.type == YEAR or "plain" in self.appearance

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading over the questions that follow."""
        return self.type == "note" and "heading" in self.appearance

    @property
    def is_list(self) -> bool:
        """Whether it is a text of entries, each with its mark."""
        return self.type == "text" and not LISTS.isdisjoint(self.appearance)

    @property
    def has_lines(self) -> bool:
        """Whether it is a text of several lines."""
        return self.is_list or (self.type == "text" and "multiline" in self.appearance)

    def label_of(self, choice: str) -> str:
        """The label of a choice; what is none, such as a mark, stands for itself."""
        label = next((each.label for each in self.choices if each.name == choice), choice)
        return f"{label}: {choice.words}" if isinstance(choice, Worded) else label

    def narrowed(self: AnyField, chosen: object) -> AnyField:
        """The field with the choices that belong to what is chosen within; with all while nothing is."""
        if not self.within or chosen is None:
            return self
        return replace(self, choices=tuple(each for each in self.choices if each.within == chosen))

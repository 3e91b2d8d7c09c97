"""What may stand at a word of the language: texts, names, lists, mappings, shapes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

SEVERITIES = ("error", "warning", "information")
# Who gives a score, in turn: the agency itself, the evaluator, and whoever decides at the end.
STAGES = ("self", "evaluator", "final")
NAME = r"[a-z][a-z0-9_]*"
SLUG = r"[a-z][a-z0-9-]*"
COLUMN_OR_CHOICE = NAME + r"(\." + NAME + ")?"
FORM_ID = r"[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9_-]*"


@dataclass(frozen=True)
class Kind:
    """What may stand at a word: ``base`` is text, template, expression, flag, number, whole, name or choice."""

    base: str
    options: tuple[str, ...] = ()
    pattern: str = ""


@dataclass(frozen=True)
class ListOf:
    of: Meaning


@dataclass(frozen=True)
class MapOf:
    of: Meaning
    keys: str = NAME


@dataclass(frozen=True)
class Either:
    """The first meaning whose outer form (scalar, list, mapping) fits."""

    of: tuple[Meaning, ...]


@dataclass(frozen=True)
class Use:
    """A shape by its name: shapes may hold themselves."""

    shape: str


Meaning = Kind | ListOf | MapOf | Either | Use


@dataclass(frozen=True)
class Word:
    name: str
    meaning: Meaning
    doc: str
    required: bool = False


@dataclass(frozen=True)
class Shape:
    """A mapping with known words; exactly one of ``one_of`` must be there, beside one of them what it ``needs``.
    ``besides`` are words it takes too, which are told elsewhere.
    """

    name: str
    doc: str
    words: tuple[Word, ...]
    one_of: tuple[str, ...] = field(default=())
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    besides: tuple[Word, ...] = ()

    @property
    def taken(self) -> tuple[Word, ...]:
        """All its words."""
        return (*self.words, *self.besides)

    def word(self, name: str) -> Word | None:
        return next((word for word in self.taken if word.name == name), None)


TEXT = Kind("text")
TEMPLATE = Kind("template")
EXPRESSION = Kind("expression")
FLAG = Kind("flag")
NUMBER = Kind("number")
WHOLE = Kind("whole")
IDENTIFIER = Kind("name", pattern=NAME)
SLUG_NAME = Kind("name", pattern=SLUG)
FORM = Kind("name", pattern=FORM_ID)
ITEM = Kind("name", pattern=FORM_ID + r"\." + NAME)
TEXTS = ListOf(TEXT)


def choice(*options: str) -> Kind:
    return Kind("choice", options)

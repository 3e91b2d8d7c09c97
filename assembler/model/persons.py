"""The persons an office writes to: who holds a post, and how they are addressed."""

from __future__ import annotations

from dataclasses import dataclass

from assembler.base.persian import fold
from assembler.base.problems import NOWHERE, Place

_OF_RESPECT = "محترم"  # «رئیس محترم سازمان» is the post «رئیس سازمان»


@dataclass(frozen=True)
class Person:
    """``name`` without ``title``, which is «جناب آقای»; ``post`` may be blank, as may be the title."""

    name: str
    title: str = ""
    post: str = ""
    place: Place = NOWHERE

    @property
    def addressed(self) -> str:
        """«جناب آقای پ. نمونه»"""
        return " ".join(filter(None, (self.title, self.name)))

    def is_named(self, text: str) -> bool:
        """Whether a text is their name, with whatever title."""
        words, own = text.split(), self.name.split()
        return bool(own) and fold(" ".join(words[-len(own) :])) == fold(self.name)

    def holds(self, post: str) -> bool:
        return bool(self.post and post) and post_key(self.post) == post_key(post)


def post_key(post: str) -> str:
    """Under which spellings of a post meet: words of respect are no part of it."""
    return fold(" ".join(word for word in post.split() if word != _OF_RESPECT))


@dataclass(frozen=True)
class Persons:
    """The register of a case, in its order; no two have one name, or one post."""

    all: tuple[Person, ...] = ()

    def named(self, text: str) -> Person | None:
        """The person a text names, the one of the longest name where several fit."""
        found = [one for one in self.all if one.is_named(text)]
        return max(found, key=lambda one: len(one.name), default=None)

    def holding(self, post: str) -> Person | None:
        return next((one for one in self.all if one.holds(post)), None)


NOBODY = Persons()

"""Addressees and signers of letters, held against the register of persons."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.base.persian import fold
from assembler.base.problems import Problem, problem
from assembler.checks.words.name_forms import titled_names
from assembler.model.packet import Packet, Part
from assembler.model.persons import Person, Persons


def check_persons(packet: Packet, persons: Persons) -> Iterator[Problem]:
    """Letters to, or signed by, a person who holds another post by the register, or whose post another holds."""
    for part in packet.parts if persons.all else ():
        for name, post in _named(part):
            if found := _differing(part, name, post, persons):
                yield found


def _named(part: Part) -> Iterator[tuple[str, str]]:
    if part.kind == "letter":
        yield str(part.fields.get("addressee") or ""), str(part.fields.get("addressee_post") or "")
    if part.signer is not None:
        yield part.signer.name, part.signer.post


def _differing(part: Part, name: str, post: str, persons: Persons) -> Problem | None:
    if not name or not post:
        return None
    person, holder = persons.named(name), persons.holding(post)
    if holder is not None and not _may_be(holder, name):
        place = holder.place.within(item=part.title)
        return problem("post-of-another", place, title=part.title, name=name, post=post, other=holder.addressed)
    if person is not None and person.post and not person.holds(post):
        place = person.place.within(item=part.title)
        return problem("person-other-post", place, title=part.title, name=name, post=post, other=person.post)
    return None


def _may_be(person: Person, text: str) -> bool:
    """Whether a text may name the person: the family name alone, behind whatever title, is enough."""
    titled = next(iter(titled_names(text)), None)
    told = titled.words if titled else _words(text)
    own = _words(person.name)
    most = min(len(told), len(own))
    return told[-most:] == own[-most:]


def _words(name: str) -> tuple[str, ...]:
    """The words of a name; the dot of an initial is none of it."""
    return tuple(fold(word).strip(".") for word in name.split())

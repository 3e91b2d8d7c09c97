"""To whom letters go: what a letter leaves out of its addressee, the register of persons says."""

from __future__ import annotations

from collections.abc import Mapping

from assembler.model.packet import TemplateValue
from assembler.model.persons import Persons

ADDRESSEE, POST = "addressee", "addressee_post"


def addressed(fields: Mapping[str, TemplateValue], persons: Persons) -> dict[str, TemplateValue]:
    """The fields of a letter with its addressee in full: who holds the post it is to, the title of a name that stands
    without one, the post of a person it names. What the letter says itself stays.
    """
    told = {name: text for name in (ADDRESSEE, POST) if isinstance(text := fields.get(name, ""), str)}
    name, post = told.get(ADDRESSEE, ""), told.get(POST, "")
    if not post and (holder := persons.holding(name)):  # addressed by nothing but the post
        name, post = "", name
    else:
        holder = persons.holding(post)
    found = persons.named(name) if name else holder
    if found is None:
        return dict(fields)
    whole = found.addressed if len(name.split()) <= len(found.name.split()) else name
    return {**fields, ADDRESSEE: whole, POST: post or found.post}

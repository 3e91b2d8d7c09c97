"""Offices by their names, in a line of a letterhead or in the post of who signs."""

from __future__ import annotations

import re
from typing import NamedTuple

from assembler.base.lexicon import either, lexicon, standing
from assembler.base.persian import fold, normalise

_LISTS = lexicon(__file__, "offices")
_HEADS = standing(_LISTS["heads"])
_OFFICE = re.compile(rf"({either(_LISTS['offices'])}) (.+)")
_HEAD = re.compile(rf"({either(_HEADS)}) (.+)")
_PART = re.compile(rf"({either(_LISTS['parts'])})(?: |$)")
# Where the name ends: the province is compared apart.
_END = re.compile(r"\s*(?:[،,؛;:()«»/\n-]|(?<!\w)استان(?!\w)).*", re.DOTALL)


class Office(NamedTuple):
    """An office: what it is, and its name behind that."""

    kind: str
    name: str

    def may_be(self, other: Office) -> bool:
        """Whether both may be the same office, one said in fewer words."""
        mine, others = fold(self.name), fold(other.name)
        return self.kind == other.kind and (mine in others or others in mine)


def office_in(line: str) -> Office | None:
    """The office a line names; None of one that names none."""
    return _office(_OFFICE.match(normalise(line)))


def headed_by(post: str) -> Office | None:
    """The office whose head a post is; None where it does not say."""
    found = _HEAD.match(normalise(post))
    office = _office(found)
    return Office(_HEADS[found[1]], office.name) if found and office else None


def _office(found: re.Match[str] | None) -> Office | None:
    name = _END.sub("", found[2]).strip() if found else ""
    return Office(found[1], name) if found and name and not _PART.match(name) else None

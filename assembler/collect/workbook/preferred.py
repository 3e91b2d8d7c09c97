"""Whose side is taken where two sides of a case changed the same differently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from assembler.base.problems import Place
from assembler.model.acceptances import place_text


@dataclass(frozen=True)
class Preferred:
    """The side that is taken: a workbook as it was named, «case», or «» where neither is.

    ``places`` says it of cells, rows, items and forms, by their places as ``place_text`` writes them; the narrowest
    counts. ``everywhere`` is for the rest.
    """

    everywhere: str = ""
    places: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def at(self, place: Place) -> str:
        """Whose side is taken at a place."""
        row = place.within(column=None)
        item = row.within(row=None)
        wider = (place, row, item, item.within(item=None))
        return next((self.places[name] for name in map(place_text, wider) if name in self.places), self.everywhere)


NOBODY = Preferred()

"""One answer or name with all the ways it is written, as those are told that differ by a slip."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from assembler.base.problems import Place


@dataclass(kw_only=True)
class Written:
    """What stands at several places: where it stands first, and how often it is written in which way."""

    place: Place
    written: Counter[str] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        return self.written.total()

    @property
    def shown(self) -> str:
        """How it is mostly written."""
        return self.written.most_common(1)[0][0]

    def beside(self, common: Written) -> Mapping[str, object]:
        """What is said of it beside a commoner one that seems to mean the same."""
        return {"name": self.shown, "count": self.count, "other": common.shown, "others": common.count}

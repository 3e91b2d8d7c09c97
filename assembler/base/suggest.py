"""Words for messages about a mistyped name: what may have been meant, and what there is."""

from __future__ import annotations

from collections.abc import Iterable

from assembler.base.likeness import nearest


def guess(name: str, known: Iterable[str], cutoff: float = 0.5) -> str:
    """The known name nearest to a mistyped one, or «?». ``cutoff`` is how alike they must be, from 0 to 1."""
    return nearest(name, known, cutoff) or "?"


def listed(names: Iterable[str], limit: int = 12) -> str:
    """Names for a message, the first few of many."""
    names = list(names)
    return "، ".join(names[:limit]) + ("، …" if len(names) > limit else "")
